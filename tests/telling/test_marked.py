"""A report cut for a page: nothing is lost, and every stretch knows whose voice it is."""

from __future__ import annotations

from hypothesis import given, settings

import strategies
from ondit.records import Attribution, Block, Document, Reading, Span
from ondit.telling.marked import Stretch, marked

TEXT = "Fire\n\nSix officials said the depot burned. It rained."
SOURCE, CUE, CONTENT, OWN = Span(6, 19), Span(20, 24), Span(25, 41), Span(43, 52)
DOCUMENT = Document("r1", TEXT, blocks=(Block("headline", Span(0, 4)), Block("paragraph", Span(6, 53))))
ATT = Attribution("a", "r1", (SOURCE,), (CUE,), (CONTENT,), "indirect")


def test_a_paragraph_is_cut_where_the_voice_changes() -> None:
    _, paragraph = marked(DOCUMENT, [ATT], {}, {})
    assert paragraph.stretches == (
        Stretch("Six officials", 6, role="source"),
        Stretch(" ", 19),
        Stretch("said", 20, role="cue"),
        Stretch(" ", 24),
        Stretch("the depot burned", 25, depth=1),
        Stretch(". It rained.", 41),
    )


def test_a_claim_has_its_number_where_its_statement_ends() -> None:
    _, paragraph = marked(DOCUMENT, [], {(CONTENT,): {3, 1}, (OWN,): {2}}, {})
    assert [(s.text, s.claims) for s in paragraph.stretches if s.claims] == [
        ("the depot burned", (1, 3)),
        ("It rained", (2,)),
    ]


def test_a_place_has_its_name_where_it_begins() -> None:
    _, paragraph = marked(DOCUMENT, [], {}, {"r1:25-41": (CONTENT,), "r1:25-31": (Span(25, 31),)})
    assert [s.names for s in paragraph.stretches if s.names] == [("r1:25-31", "r1:25-41")]


def test_what_a_place_covers_is_pointed_at_and_nothing_else() -> None:
    _, paragraph = marked(DOCUMENT, [ATT], {}, {"r1:25-41": (CONTENT,)})
    assert [s.text for s in paragraph.stretches if s.pointed] == ["the depot burned"]


def test_a_place_between_two_blocks_belongs_to_the_next() -> None:
    _, paragraph = marked(DOCUMENT, [], {}, {"x": (Span(5, 12),)})
    assert paragraph.stretches[0].names == ("x",)


def test_nested_contents_are_deeper() -> None:
    inner = Attribution("b", "r1", (), (), (Span(29, 34),), "indirect", parent="a")
    _, paragraph = marked(DOCUMENT, [ATT, inner], {}, {})
    assert [s.depth for s in paragraph.stretches if s.start >= 25] == [1, 2, 1, 0]


def test_text_outside_of_blocks_is_read_too() -> None:
    parts = marked(Document("r1", "one\n\ntwo", blocks=(Block("tail", Span(5, 8)),)), [], {}, {})
    assert [(part.kind, part.stretches[0].text) for part in parts] == [
        ("paragraph", "one\n\n"),
        ("tail", "two"),
    ]


def test_signs_between_blocks_begin_the_next() -> None:
    blocks = (Block("paragraph", Span(0, 3)), Block("blockquote", Span(7, 10)))
    parts = marked(Document("r1", "one\n\n> two", blocks=blocks), [], {}, {})
    assert [(part.kind, part.stretches[0].text) for part in parts] == [
        ("paragraph", "one"),
        ("blockquote", "> two"),
    ]


@settings(max_examples=25)
@given(strategies.readings())
def test_no_word_of_a_report_is_lost(reading: Reading) -> None:
    document = reading.document
    statements = {stmt.spans: {1} for stmt in reading.statements if stmt.spans}
    parts = marked(document, reading.attributions, statements, {})
    shown = "".join(stretch.text for part in parts for stretch in part.stretches)
    assert "".join(shown.split()) == "".join(document.text.split())
    starts = [stretch.start for part in parts for stretch in part.stretches]
    assert starts == sorted(starts)
