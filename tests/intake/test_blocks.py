from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.intake.blocks import blocks
from ondit.records import Block
from strategies import news_texts

LAYOUT = st.lists(
    st.sampled_from(
        [
            "By Ana Reyes", "> ", ">> deep ", "- ", "1. ", "2. ", "+ ", "    ", "[/caption]", "Reuters", "\n",
            "\n\n", "\r\n", "PARIS (AP) - ", "The Guardian:", "(Reporting by Ana Reyes)", "nst/Duvarre",
            "Two died.", "a b c ", "Read more", "Photo: Jo Penn", "\u2028", "\x00", "“", "4 March 2031",
            "News | Home | 1 min",
            "You may also like",
        ]
    ),
    max_size=30,
).map("".join)  # fmt: skip
STORY = "Shed blows up in Velmar\n\n"
CLAIMS = {"headline", "paragraph", "blockquote", "list"}


def kinds(text: str, headline: str | None = None) -> list[tuple[str, str]]:
    return [(block.kind, text[block.span.start : block.span.end]) for block in blocks(text, headline)]


def uncovered(text: str, found: tuple[Block, ...]) -> str:
    marks = bytearray(len(text))
    for block in found:
        marks[block.span.start : block.span.end] = b"\1" * (block.span.end - block.span.start)
    return "".join(c for c, mark in zip(text, marks, strict=True) if not mark)


@given(LAYOUT | news_texts())
def test_blocks_are_in_order_apart_and_trimmed(text: str) -> None:
    at = 0
    for block in blocks(text):
        piece = text[block.span.start : block.span.end]
        assert block.span.start >= at
        assert piece == piece.strip() != ""
        at = block.span.end


@given(LAYOUT | news_texts())
def test_no_word_stays_outside(text: str) -> None:
    assert not any(c.isalpha() for c in uncovered(text, blocks(text)))


@given(LAYOUT)
def test_same_text_same_blocks(text: str) -> None:
    assert blocks(text) == blocks(text)


def test_a_wire_report() -> None:
    text = (
        "Shed blows up in Velmar\n\nBy Ana Reyes\n\n"
        "VELMAR, Oct 8 (Duvarre) - Nine people died, police said.\n\n"
        '"It was loud," one said.\n\n(Reporting by Ana Reyes; Editing by P. Oram)\n'
    )
    assert kinds(text) == [
        ("headline", "Shed blows up in Velmar"),
        ("byline", "By Ana Reyes"),
        ("dateline", "VELMAR, Oct 8 (Duvarre) -"),
        ("paragraph", "Nine people died, police said."),
        ("paragraph", '"It was loud," one said.'),
        ("tail", "(Reporting by Ana Reyes; Editing by P. Oram)"),
    ]


def test_aggregator_residue() -> None:
    text = (
        "Shed blows up in Velmar as nine die\n\n2 hours ago 7\nARTICLE AD BOX\n\n"
        "NINE people died on the quay.\n\n"
        "Reuters\nThe quay on Friday[/caption]\nJo Penn\nSmoke over the port[/caption]\n\n"
        "The mayor wept.\n\n"
        "Sailors heard two bangs, expert says\n\nby Bo Lind, Senior Reporter\n\nA sailor heard two bangs.\n\n"
        "Read Entire Article"
    )
    assert [kind for kind, _ in kinds(text)] == [
        "headline", "boilerplate", "boilerplate", "paragraph", "caption", "caption", "boilerplate",
        "caption", "caption", "boilerplate", "paragraph", "headline", "byline", "paragraph", "boilerplate",
    ]  # fmt: skip


def test_block_quotations_have_depth_and_lose_their_marks() -> None:
    text = STORY + "The Tide:\n\n> Nine died.\n>\n> > Ten died.\n\nSo it goes on."
    found = [(b.kind, b.depth, text[b.span.start : b.span.end]) for b in blocks(text)[2:]]
    assert found == [
        ("blockquote", 1, "Nine died."),
        ("blockquote", 2, "Ten died."),
        ("paragraph", 0, "So it goes on."),
    ]


def test_what_stands_in_after_a_colon_is_quoted() -> None:
    text = STORY + "The notice says:\n\n    Keep out.\n\nNobody did."
    assert kinds(text)[2] == ("blockquote", "Keep out.")


def test_a_lead_in_is_a_paragraph_of_its_own() -> None:
    text = STORY + "They are now allies.\n\nThe Guardian:\n\nThe two have signed a pact."
    assert kinds(text)[2] == ("paragraph", "The Guardian:")


def test_live_entries_are_paragraphs() -> None:
    text = STORY + "12.40 Was it a drone? No.\n\n12.05 The mayor rang back.\n\n11.30 It is eleven."
    assert [kind for kind, _ in kinds(text)[1:]] == ["paragraph"] * 3


def test_bullets_make_a_list_without_them() -> None:
    text = STORY + "+ A shed blew up\n+ Nine died\n\nA shed blew up on Friday."
    assert kinds(text)[1:3] == [("list", "A shed blew up"), ("list", "Nine died")]


def test_a_standfirst_above_a_date_is_no_byline() -> None:
    text = STORY + "Six killed as bridge falls\n18 September\n\nSix people died on Friday, police said."
    assert kinds(text)[1] == ("paragraph", "Six killed as bridge falls")


def test_dashes_far_apart_make_no_list() -> None:
    text = STORY + "— from our man\n\nNine died, police said.\n\n— Dana Ostrow, pilot"
    assert [kind for kind, _ in kinds(text)[1:]] == ["paragraph"] * 3


def test_one_dash_makes_no_list() -> None:
    assert kinds(STORY + "- No, he said.")[1] == ("paragraph", "- No, he said.")


def test_numbers_in_order_make_a_list() -> None:
    text = STORY + "1. Who did it? Nobody knows.\n\n2. Why? See above."
    assert kinds(text)[1:] == [("list", "Who did it? Nobody knows."), ("list", "Why? See above.")]


def test_the_given_headline_is_found() -> None:
    text = "Kicker of the day that is quite long.\n\nShed blows up.\n\nNine died."
    assert kinds(text, "Shed Blows Up")[1] == ("headline", "Shed blows up.")


def test_a_lead_is_no_headline_where_the_headline_is_known() -> None:
    text = "Nine people died on Friday.\n\nThe port is shut, the harbour authority said."
    assert [kind for kind, _ in kinds(text, "Shed blows up in Velmar")] == ["paragraph", "paragraph"]


def test_header_lines_of_outlet_and_date() -> None:
    text = STORY + (
        "Nonstop | Home | 09.10.2037, 06:55 | 1 min\n\n"
        "Bo Lind in Velmar and Ana Reyes in Ilgaro\nFri 9 Oct, 7.00\n\nOk."
    )
    assert [kind for kind, _ in kinds(text)[1:]] == ["boilerplate", "byline", "byline", "paragraph"]


def test_links_under_a_heading_of_furniture() -> None:
    text = STORY + (
        "Nine died, the police said.\n\n"
        "You may also like\nVelmar in maps\nHow to sail (Sponsored)\n\nTen died."
    )
    assert [kind for kind, _ in kinds(text)[2:]] == ["boilerplate", "boilerplate", "boilerplate", "paragraph"]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = STORY + (
        "The harbour authority closed all berths on Thursday evening after\n"
        "an explosion tore a warehouse apart, and officials said that the\n"
        "channel would be checked by divers before any ship could sail\n"
        "again.\n\n"
        "Residents of the flats above the quay swept up glass all through\n"
        "the night.\n"
    )
    assert [len(body.split("\n")) for kind, body in kinds(text) if kind == "paragraph"] == [4, 2]


def test_lines_of_their_own_stay_apart() -> None:
    text = STORY + "A short line.\nAnother one, rather longer than that.\nA third."
    assert [kind for kind, _ in kinds(text)[1:]] == ["paragraph"] * 3


def test_corrections_stay_paragraphs() -> None:
    text = STORY + "Nine died.\n\nCorrection: An earlier version of this article said ten."
    assert kinds(text)[-1][0] == "paragraph"


@pytest.mark.parametrize("given_headline", [True, False])
def test_no_annotated_claim_is_taken_for_furniture(stories: Path, given_headline: bool) -> None:
    lost: list[str] = []
    for path in sorted(stories.glob("*/story.json")):
        story = json.loads(path.read_text("utf-8"))
        for report in story["reports"]:
            text = (path.parent / "reports" / report["file"]).read_text("utf-8")
            found = blocks(text, report["headline"] if given_headline else None)
            for claim in story["claims"]:
                for mention in (m for m in claim["mentions"] if m["report"] == report["id"]):
                    at = -1
                    for _ in range(mention.get("occurrence", 1)):
                        at = text.index(mention["quote"], at + 1)
                    end = at + len(mention["quote"])
                    around = {b.kind for b in found if b.span.start < end and at < b.span.end}
                    lost += [mention["quote"]] * (not around or not around <= CLAIMS)
    assert lost == []
