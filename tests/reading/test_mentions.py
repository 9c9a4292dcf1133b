from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.reading.mentions import Name, Phrase, names, phrase
from ondit.records import Span
from readingfakes import span_of
from strategies import news_texts, spans, texts


def whole(text: str) -> Span:
    return Span(0, len(text))


def named(text: str) -> list[str]:
    return [name.text for name in names(text, whole(text))]


def first(text: str) -> Name:
    return next(names(text, whole(text)))


def source(text: str) -> Phrase:
    return phrase(text, whole(text))


# ------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In the end Anna Low met Radu Low.", ["Anna Low", "Radu Low"]),
        ("He called Low's brother and Merrow’s mayor.", ["Low", "Merrow"]),
        ("Anna Low of Merrow Police left.", ["Anna Low", "Merrow Police"]),
        ("It went to the Bank of Merrow.", ["Bank of Merrow"]),
        ("It rained. Nine were hurt on Monday in March.", []),
        ("Police said so. Officials agreed.", []),
        ("", []),
    ],
)
def test_names_stand_out_by_their_capitals(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_line_in_capitals_shows_no_names() -> None:
    assert named("PIER SHUT AFTER FIRE IN MERROW") == []


def test_word_that_also_stands_small_is_no_name_where_a_sentence_begins() -> None:
    assert named("Fertiliser burned. It was fertiliser.") == []


def test_span_is_the_name_without_title_and_possessive() -> None:
    text = "On Monday Mr Radu Low’s brother left."
    assert first(text) == Name(span_of(text, "Radu Low"), "Radu Low", "person", "mr")


def test_words_before_a_title_are_its_body() -> None:
    text = "Karsenian President Ilvo Drasten left."
    body = first(text).body
    assert (first(text).text, first(text).title) == ("Ilvo Drasten", "president")
    assert body is not None
    assert text[body.start : body.end].strip() == "Karsenian"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the Merrow Herald", "outlet"),
        ("the Hallow Port Authority", "organisation"),
        ("the University of Merrow", "organisation"),
        ("the brewers Low & Sons", "organisation"),
        ("by Low Storage's gate", "organisation"),
        ("when Ada Quill", "person"),
        ("when Dr. Quill", "person"),
        ("near Crane Street", None),
        ("near Merrow", None),
    ],
)
def test_form_gives_a_guess_at_the_kind(text: str, kind: str | None) -> None:
    assert first(text).kind == kind


@given(news_texts() | texts())
def test_names_lie_in_their_stretch_in_order_and_apart(text: str) -> None:
    found = [name.span for name in names(text, whole(text))]
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


# ----------------------------------------------------------------- phrases


@pytest.mark.parametrize(
    ("text", "form", "kind"),
    [
        ("Anna Low", "name", "person"),
        ("Low Storage", "name", "organisation"),
        ("Radu Low, a spokesman for Merrow Police", "name", "person"),
        ("ministry spokesman Radu Low", "name", "person"),
        ("the minister", "role", "person"),
        ("the harbour master", "role", "person"),
        ("the company", "role", "organisation"),
        ("a spokeswoman for Low Storage", "anonymous", "anonymous_person"),
        ("a source close to the company", "anonymous", "anonymous_person"),
        ("one of the men", "anonymous", "anonymous_person"),
        ("officials", "anonymous", "anonymous_group"),
        ("six senior officials", "anonymous", "anonymous_group"),
        ("the paper", "outlet", "outlet"),
        ("a memo", "document", "document"),
        ("Low Storage’s memo", "document", "document"),
        ("Anna Low’s lawyer", "role", "person"),
        ("she", "pronoun", None),
        ("", "role", None),
    ],
)
def test_source_is_taken_apart(text: str, form: str, kind: str | None) -> None:
    assert (source(text).form, source(text).kind) == (form, kind)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("six senior officials", "official"),
        ("a source close to the mayor", "source"),
        ("Low’s lawyer", "lawyer"),
    ],
)
def test_head_is_the_noun_before_what_describes_it(text: str, head: str) -> None:
    assert source(text).head == head


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("a spokeswoman for Low Storage", "Low Storage"),
        ("Radu Low, a spokesman for Merrow Police", "Merrow Police"),
        ("Anna Low’s lawyer", "Anna Low"),
        ("the ministry of health", "health"),
    ],
)
def test_body_is_for_whom_the_head_speaks(text: str, body: str) -> None:
    found = source(text).body
    assert found is not None
    assert text[found.start : found.end] == body


def test_outlet_named_behind_a_comma_is_the_source() -> None:
    name = source("the state news agency, Ravna").name
    assert name is not None
    assert name.text == "Ravna"


def test_time_of_day_before_and_himself_behind_belong_to_nobody() -> None:
    assert phrase("14.05 Anna Low", whole("14.05 Anna Low")).span == Span(6, 14)
    assert source("the minister himself").span == Span(0, 12)


def test_somebody_alone_has_no_count() -> None:
    assert (source("one official").kind, source("one official").count) == ("anonymous_person", None)


@given((news_texts() | texts()).flatmap(lambda text: st.tuples(st.just(text), spans(text))))
def test_any_stretch_gives_a_phrase_inside_it(case: tuple[str, Span]) -> None:
    text, span = case
    part = phrase(text, span)
    assert span.start <= part.span.start <= part.span.end <= span.end
    for inner in (part.body, part.name and part.name.span):
        assert inner is None or span.start <= inner.start <= inner.end <= span.end
