from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import judgedstory as story
import strategies
from ondit.records import Anchor, Document, Span
from ondit.tracing.anchors import Place, agent_at, attribution_at, find, statement_at

DOC = Document("r1", "Hale spoke. Hale left. Hale slept.", url="https://tide.example/a")


@pytest.mark.parametrize(("near", "start"), [(0, 0), (11, 12), (20, 23), (99, 23)])
def test_the_occurrence_nearest_to_where_it_was_is_meant(near: int, start: int) -> None:
    assert find(Anchor("r1", "Hale", near), [DOC]) == Place("r1", Span(start, start + 4))


def test_words_are_found_after_the_report_has_grown() -> None:
    grown = replace(DOC, text=f"CORRECTED. {DOC.text}")
    assert find(Anchor("r1", "Hale left", 12), [grown]) == Place("r1", Span(23, 32))


def test_a_later_version_of_a_report_is_found_by_its_address() -> None:
    later = replace(DOC, id="r1-0a1b2c", text="New. Hale left.")
    assert find(Anchor("r1", "Hale left", 12, DOC.url), [later]) == Place("r1-0a1b2c", Span(5, 14))


def test_words_that_are_gone_are_not_found_elsewhere() -> None:
    other = Document("r2", DOC.text, url="https://echo.example/a")
    gone = replace(DOC, text="Nobody spoke.")
    assert find(Anchor("r1", "Hale", 0, DOC.url), [gone, other]) is None


def test_no_words_mean_the_report_itself() -> None:
    assert find(Anchor("r1"), [DOC]) == Place("r1", Span(0, 0))
    assert find(Anchor("r9"), [DOC]) is None


def place(report: str, quote: str = "") -> Place:
    found = find(story.words(report, quote), [r.document for r in story.readings()])
    assert found is not None
    return found


def test_the_agent_named_at_a_place() -> None:
    reading = story.readings()[1]
    names = {agent.id: agent.name for agent in reading.agents}
    assert names[agent_at(place("r2", "Commander Hale"), reading) or ""] == "Hale"
    assert names[agent_at(place("r2"), reading) or ""] == "The Echo"
    assert agent_at(place("r2", "falling stones"), reading) is None


def test_the_statement_made_at_a_place() -> None:
    reading = story.readings()[2]
    stmt = statement_at(place("r3", "ferry"), reading)
    assert stmt is not None
    assert reading.document.text[slice(*stmt.spans[0])] == "the ferry would run on Friday"
    assert statement_at(place("r3", "added"), reading) is None


def test_the_attribution_with_these_words_of_saying_and_said() -> None:
    reading = story.readings()[2]
    att = attribution_at(place("r3", "Commander Hale"), place("r3", "stones had hurt nine"), reading)
    assert att is not None
    assert [reading.document.text[slice(*s)] for s in att.source] == ["Commander Hale"]
    assert attribution_at(place("r3", "Bo Lark"), place("r3", "stones had hurt nine"), reading) is None


@given(reading=strategies.readings(), data=st.data())
def test_every_place_of_every_reading_can_be_asked(
    reading: strategies.r.Reading, data: st.DataObject
) -> None:
    spot = Place(reading.document.id, data.draw(strategies.spans(reading.document.text)))
    assert agent_at(spot, reading) in {None, *(a.id for a in reading.agents)}
    assert statement_at(spot, reading) in {None, *reading.statements}
    assert attribution_at(spot, spot, reading) in {None, *reading.attributions}


@given(document=strategies.documents(), data=st.data())
def test_words_of_a_report_are_found_where_they_were(document: Document, data: st.DataObject) -> None:
    span = data.draw(strategies.spans(document.text))
    quote = document.text[span.start : span.end]
    expected = span if quote else Span(0, 0)
    assert find(Anchor(document.id, quote, span.start), [document]) == Place(document.id, expected)
