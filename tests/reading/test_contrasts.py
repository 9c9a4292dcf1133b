from __future__ import annotations

import pytest
from hypothesis import given

from ondit.reading.contrasts import contrast
from ondit.records import Span, Spans
from readingfakes import read, words_at
from strategies import texts


def parts(said: str) -> tuple[list[str], list[str]] | None:
    found = contrast(said, Span(0, len(said)))
    return found and (_texts(said, found.affirmed), _texts(said, found.denied))


def _texts(said: str, spans: Spans) -> list[str]:
    return [said[a:b] for a, b in spans]


@pytest.mark.parametrize(
    ("said", "affirmed", "denied"),
    [
        ("It carried paint, not solvent", "It carried paint", "It carried / not solvent"),
        (
            "19,000 people had left, not 31,000",
            "19,000 people had left",
            "people had left / not 31,000",
        ),
        ("It had 52 beds and not 140", "It had 52 beds", "It had / beds / not 140"),
        ("On page 5 it was 3,100, not 31,000", "On page 5 it was 3,100", "On page 5 it was / not 31,000"),
        ("Three, not two, participants died", "Three / participants died", "not two / participants died"),
        (
            "He was shot by the army, not by the police, on Monday",
            "He was shot by the army / on Monday",
            "He was shot / not by the police / on Monday",
        ),
        (
            "It was the clerk Ana Reyes, not Tom Low, who signed",
            "It was the clerk Ana Reyes / who signed",
            "It was the clerk / not Tom Low / who signed",
        ),
        ("Not three but two men were held", "two men were held", "Not three / men were held"),
        (
            "The fire did not start in the kitchen but in the cellar",
            "The fire did / start / in the cellar",
            "The fire did / not start in the kitchen",
        ),
        ("It is not a strike but a holiday", "It is / a holiday", "It is / not a strike"),
    ],
)  # fmt: skip
def test_what_is_corrected_is_denied(said: str, affirmed: str, denied: str) -> None:
    assert parts(said) == (affirmed.split(" / "), denied.split(" / "))


@pytest.mark.parametrize(
    "said",
    [
        "It burned for days, not only in the north",
        "They are well paid, not least by us",
        "He was hurt, not seriously",
        "It was him, not me",
        "It was quiet, not a single word was said",
        "She did not resign but was dismissed",
        "Between 5 and 9 were hurt in all, not 40",
        "They had not slept for three days",
        "not 31,000",
        "",
    ],
)
def test_where_nothing_shows_what_is_corrected_nothing_is_cut(said: str) -> None:
    assert parts(said) is None


@given(texts())
def test_any_text_gives_words_of_its_own_in_order(said: str) -> None:
    found = contrast(said, Span(0, len(said)))
    for spans in found or ():
        assert all(0 <= a < b <= len(said) for a, b in spans)
        assert list(spans) == sorted(spans)


def test_who_corrects_a_number_affirms_one_and_denies_the_other() -> None:
    said = ("Ada Quill", "said", "nine men were hurt, not forty")
    found = read("Ada Quill said nine men were hurt, not forty.", said)
    stances = {words_at(found.document.text, stmt.spans): stmt.stance for stmt in found.statements}
    assert stances == {"nine men were hurt": "affirm", "men were hurt | not forty": "deny"}


def test_who_denies_a_correction_affirms_what_it_denies() -> None:
    said = ("Ada Quill", "denied", "it carried paint, not solvent")
    found = read("Ada Quill denied it carried paint, not solvent.", said)
    stances = {words_at(found.document.text, stmt.spans): stmt.stance for stmt in found.statements}
    assert stances == {"it carried paint": "deny", "it carried | not solvent": "affirm"}


def test_what_is_open_is_not_cut() -> None:
    (stmt,) = read("Was it nine, not forty?").statements
    assert stmt.stance == "question"
