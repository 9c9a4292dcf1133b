from __future__ import annotations

import pytest
from hypothesis import given

from ondit.intake.blocks import blocks
from ondit.intake.credits import credits_in
from strategies import news_texts

STORY = "Shed blows up in Velmar\n\nNine people died on the quay, police said.\n\n"


def found(text: str) -> list[tuple[str, str]]:
    return [(credit.kind, credit.name) for credit in credits_in(text, blocks(text))]


@given(news_texts())
def test_the_name_is_what_stands_in_its_span(text: str) -> None:
    for credit in credits_in(text, blocks(text)):
        assert credit.span is not None
        assert text[credit.span.start : credit.span.end] == credit.name


def test_makers_come_one_by_one_without_their_places() -> None:
    text = (
        STORY + "(Reporting by Hanno Estrel and Bo Lind; Additional reporting by Celia Vint in Maurent; "
        "Editing by P. Oram)"
    )
    assert found(text) == [
        ("reporting_by", name) for name in ("Hanno Estrel", "Bo Lind", "Celia Vint", "P. Oram")
    ]


def test_makers_at_the_end_of_a_paragraph() -> None:
    text = STORY + "The port is shut. (Reporting by Ana Reyes in Ilgaro; Editing by P. Oram.)"
    assert found(text) == [("reporting_by", "Ana Reyes"), ("reporting_by", "P. Oram")]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("nst/Duvarre", "Duvarre"),
        ("(Polden) mk/ad", "Polden"),
        ("rc/wmr (AP, AFP, Reuters)", "AP, AFP, Reuters"),
        ("(c) AFP", "AFP"),
        ("© 2031 The Associated Press. All rights reserved.", "The Associated Press"),
        ("Copyright 2031 The Associated Press", "The Associated Press"),
        ("— Reuters", "Reuters"),
        ("The Associated Press contributed to this report.", "The Associated Press"),
        ("With files from The Canadian Press", "The Canadian Press"),
        ("Associated Press writer Jo Penn in Paris contributed to this report.", "Associated Press"),
        ("(PTI)", "PTI"),
    ],
)
def test_signatures(line: str, name: str) -> None:
    assert found(STORY + line) == [("tail", name)]


def test_an_agency_signs_the_last_paragraph() -> None:
    assert found(STORY + "The port is shut until Monday, he said. — Bernama") == [("tail", "Bernama")]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("This story first appeared on The Guardian.", "The Guardian"),
        ("This article was originally published by The Tide on 3 March.", "The Tide"),
        ("Republished from Harbour Weekly under a licence.", "Harbour Weekly"),
    ],
)
def test_where_it_first_appeared(line: str, name: str) -> None:
    assert found(STORY + line) == [("first_appeared", name)]


@pytest.mark.parametrize("line", ["Source: NATO", "Source: NATO.", "h/t: The Hill", "h/t The Hill"])
def test_sources_and_hat_tips(line: str) -> None:
    assert [kind for kind, _ in found(STORY + line)] == ["cite"]


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        ("The Tide:", "The Tide"),
        ("NBC News reports:", "NBC News"),
        ("From The Breakwater, which had the story first:", "The Breakwater"),
        ("So it goes. From the Lantern:", "the Lantern"),
        ("Ravna, which is the state talking to itself:", "Ravna"),
        ("For those who like their whispers with a crossword, The Courant:", "The Courant"),
        ("The Cockerel, never knowingly out-crowed, has heard about it:", "The Cockerel"),
        ("From The Guardian", "The Guardian"),
    ],
)
def test_lead_ins_before_a_block_quotation(lead: str, name: str) -> None:
    assert found(STORY + lead + "\n\n> Ships will not sail.") == [("lead_in", name)]


def test_an_outlet_alone_on_its_line_leads_in_without_a_quotation() -> None:
    assert found(STORY + "The Guardian:\n\nThe two have signed a pact.") == [("lead_in", "The Guardian")]


@pytest.mark.parametrize(
    "line", ["Background:", "He told Perrin:", "What we know:", "Update:", "The details:"]
)
def test_headings_lead_nobody_in(line: str) -> None:
    assert found(STORY + line + "\n\nThe port is shut.") == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Photograph: the works at Brannoch (Hanne Osk/Ishel Post)", "Hanne Osk/Ishel Post"),
        ("Pictures: Denholm Features", "Denholm Features"),
        ("Photographs: I. Mollar. Blood donors: St Amabel, east door.", "I. Mollar"),
        ("The quay on Friday. (AP Photo/Jo Penn)", "AP Photo/Jo Penn"),
    ],
)
def test_picture_credits_are_photo_credits(line: str, name: str) -> None:
    assert found(STORY + line) == [("photo", name)]


def test_an_agency_above_a_caption_is_a_photo_credit() -> None:
    assert found(STORY + "Reuters\nThe quay on Friday[/caption]") == [("photo", "Reuters")]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Reyes and agencies", ["Ana Reyes", "agencies"]),
        ("By Cornelia Thane, Parliamentary Correspondent, and Jos Eyre", ["Cornelia Thane", "Jos Eyre"]),
        ("By Associated Press", ["Associated Press"]),
        ("Reuters", ["Reuters"]),
        ("Korven Tide and agencies", ["Korven Tide", "agencies"]),
        ("Bettina Roe in Maurent and Lucan Farr in Ilgaro", ["Bettina Roe", "Lucan Farr"]),
    ],
)
def test_bylines(line: str, names: list[str]) -> None:
    text = (
        f"Shed blows up in Velmar\n\n{line}\nFriday 9 October, 7.00\n\n"
        "Nine people died on the quay, police said."
    )
    assert [name for kind, name in found(text) if kind == "byline"] == names


def test_via_and_read_at() -> None:
    text = (
        "Shed blows up\n\nSkerry World | 2 min read | via Corbel\n\n"
        "Nine died, police said.\n\nRead full article at Ravelin"
    )
    assert found(text) == [("cite", "Corbel"), ("link", "Ravelin")]
