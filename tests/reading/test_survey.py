from __future__ import annotations

import pytest
from hypothesis import given

from ondit.reading.figures import Figure
from ondit.reading.survey import Survey
from ondit.records import BlockKind
from readingfakes import lines, report, words_at
from strategies import news_texts, texts


def surveyed(text: str, *kinds: BlockKind) -> Survey:
    document = report(text, *kinds)
    return Survey(document, lines(document))


def figure(survey: Survey, name: str) -> Figure:
    (found,) = (f for f in survey.figures if f.name == name)
    return found


def principal(text: str, name: str, *, settled: bool = False) -> str | None:
    survey = surveyed(text)
    if settled:
        survey.settle()
    key = figure(survey, name).principal
    return survey.figures[key].name if key is not None else None


@pytest.mark.parametrize(
    ("text", "name", "heads"),
    [
        ("Ada Quill, the mayor of Merrow, left.", "Ada Quill", {"mayor"}),
        ("It was Mayor Ada Quill who left.", "Ada Quill", {"mayor"}),
        ("It was shut, said her lawyer Ada Quill.", "Ada Quill", {"lawyer"}),
        ("The harbour owner, Radu Low, left.", "Radu Low", {"owner"}),
    ],
)
def test_titles_and_appositions_describe(text: str, name: str, heads: set[str]) -> None:
    assert heads <= figure(surveyed(text), name).heads


def test_longest_form_of_a_name_is_its_name() -> None:
    survey = surveyed("Mayor Quill left. Then Ada Quill came back.")
    assert [f.name for f in survey.figures if f is not survey.publisher] == ["Ada Quill"]
    assert figure(survey, "Ada Quill").aliases == ["Quill"]


def test_gender_comes_from_titles() -> None:
    survey = surveyed("Mr Low met Ms Quill.")
    assert [figure(survey, name).gender for name in ("Low", "Quill")] == ["m", "f"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("He wrote in the Merrow Herald.", "Merrow Herald", "outlet"),
        ("It was the brewer Low & Sons.", "Low & Sons", "organisation"),
        ("It was shut, said mayor Ada Quill.", "Ada Quill", "person"),
        ("It was reported by state news agency Ravna.", "Ravna", "state_media"),
        ("It happened in Hallow Ferring again, near Hallow Ferring.", "Hallow Ferring", None),
    ],
)
def test_kind_comes_from_form_and_description(text: str, name: str, kind: str | None) -> None:
    assert figure(surveyed(text), name).kind == kind


def test_spokesman_has_the_body_he_speaks_for_as_principal() -> None:
    text = "Radu Low, a spokesman for Merrow Police, left."
    assert principal(text, "Radu Low") == "Merrow Police"


def test_president_of_a_state_speaks_for_it() -> None:
    assert (
        principal("It burns in Karsenia. Karsenian President Ilvo Drasten left.", "Ilvo Drasten")
        == "Karsenia"
    )


def test_two_ministers_of_no_country_are_of_one_government() -> None:
    text = "Minister Ada Quill left. Later Premier Radu Low left."
    assert [principal(text, name, settled=True) for name in ("Ada Quill", "Radu Low")] == [
        "the government"
    ] * 2


def test_headline_in_title_case_gives_no_figures() -> None:
    survey = surveyed("Old Crane Falls In Merrow Harbour\nIt rained.", "headline")
    assert survey.figures == [survey.publisher]


def test_evidence_is_the_words_that_describe() -> None:
    survey = surveyed("So it is, said Radu Low, a spokesman for Merrow Police.")
    (basis,) = figure(survey, "Radu Low").basis
    assert "spokesman for Merrow Police" in words_at(survey.text, [basis.span])


@given(news_texts() | texts())
def test_any_text_can_be_surveyed(text: str) -> None:
    survey = surveyed(text)
    survey.settle()
    assert [f.key for f in survey.figures] == list(range(len(survey.figures)))
    assert all(0 <= f.start + f.size <= len(text) for f in survey.figures if f.start >= 0)
    assert all(0 <= e.span.start <= e.span.end <= len(text) for f in survey.figures for e in f.basis)
