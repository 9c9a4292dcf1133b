from __future__ import annotations

import pytest
from hypothesis import given

from ondit.reading.patterns import found_by_form, number_word
from ondit.records import Span
from readingfakes import Said, quotes_in, report, words_at
from strategies import news_texts, texts


def found(text: str, *, headline: bool = False) -> list[Said]:
    relations = found_by_form(text, Span(0, len(text)), quotes_in(report(text)), headline=headline)
    return [(words_at(text, s), words_at(text, k), words_at(text, c)) for s, k, c in relations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By her count nine are dead.", ("her", "count", "nine are dead.")),
        ("Nine are dead, by the union’s own estimate.", ("the union", "estimate", "Nine are dead")),
        ("The coastguard: no call on its tapes.", ("The coastguard", "", "no call on its tapes.")),
        ("14.05 Police: the crane fell.", ("Police", "", "the crane fell.")),
        ("If you ask the union, the crane was old.", ("the union", "", "the crane was old.")),
        ("The crane was old, according to the union.", ("the union", "", "The crane was old")),
        ("According to Ada Quill, the crane was old.", ("Ada Quill", "", "the crane was old.")),
        ("The crane fell at noon, the union said.", ("the union", "said", "The crane fell at noon")),
        ("The crane fell at noon, said the union.", ("the union", "said", "The crane fell at noon")),
        ("The office makes it 3,100.", ("The office", "makes", "it 3,100.")),
        ("The union’s figure was 3,100.", ("The union", "figure", "3,100.")),
        ("The Board’s final count, out yesterday: 64.9.", ("The Board’s final count", "", "64.9.")),
        ("The Board’s final count, out yesterday, was 64.9.", ("The Board", "count", "64.9.")),
        ("The official count of the dead is 112.", None),
        ("Smith’s number was 12.", None),
        ("Leeds’ total was 40 points.", None),
        ("The batsman’s final count was 94.", None),
    ],
)
def test_form_shows_who_says_what(text: str, expected: Said | None) -> None:
    assert found(text) == ([expected] if expected else [])


@pytest.mark.parametrize(
    "text",
    [
        "It rained all day.",
        "He made a speech.",
        "Update: the crane fell.",
        "There were 34 cranes.",
        "“The crane fell at noon, the union said,” he wrote.",
        "PIER SHUT: the crane fell.",
        "",
    ],
)
def test_what_has_no_such_form_gives_nothing(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police: crane was old", ("Police", "", "crane was old")),
        ("Crane was old - police", ("police", "", "Crane was old")),
        ("Crane was old: report", ("report", "", "Crane was old")),
        ("Crane was old, minister says", ("minister", "says", "Crane was old")),
        ("Nine dead, union fears", ("union", "fears", "Nine dead")),
    ],
)
def test_headlines_have_forms_of_their_own(text: str, expected: Said) -> None:
    assert found(text, headline=True) == [expected]


@pytest.mark.parametrize("text", ["Merrow: crane falls", "Crane falls in Merrow", "Crane falls - again", ""])
def test_places_and_topics_before_a_colon_say_nothing_in_a_headline(text: str) -> None:
    assert found(text, headline=True) == []


def test_number_words() -> None:
    words = ("seventeen", "6,700", "twenty-one", "old", "")
    assert [number_word(word) for word in words] == [True, True, True, False, False]


@given(news_texts() | texts())
def test_spans_lie_in_the_sentence(text: str) -> None:
    quotes = quotes_in(report(text))
    for headline in (True, False):
        for relation in found_by_form(text, Span(0, len(text)), quotes, headline=headline):
            assert all(0 <= s.start <= s.end <= len(text) for part in relation for s in part)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union makes it about 400.", [("The union", "makes", "it about 400")]),
        ("The factory makes 40 cars a day.", []),
    ],
)
def test_makes_tells_a_figure_of_it_alone(text: str, expected: list[Said]) -> None:
    assert [(who, cue, what.rstrip(".")) for who, cue, what in found(text)] == expected
