"""Furniture that an outlet repeats: what is learnt, from how many reports, and what is never taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ondit.intake import load, take
from ondit.intake.furniture import without_furniture
from ondit.records import Document, Problem

LEADS = (
    "The harbour authority closed all berths on Thursday evening after an explosion tore a shed apart.",
    "Ships that wait outside the port of Velmar may sail on Monday, the coast guard said late on Friday.",
    "Divers have found the anchor of a ferry that sank eleven years ago, its owner has confirmed.",
    "The council put off its vote on the new tram line for the third time, after nine long hours.",
)


def reports(*ends: str, outlet: str = "The Tide", leads: tuple[str, ...] = LEADS) -> list[Document]:
    texts = [
        f"Report {n}\n\n{lead}\n\nMore of report {n} stands here, and it says {n}.\n\n"
        for n, lead in enumerate(leads)
    ]
    found = []
    for text in texts:
        (doc,) = take((text + "\n\n".join(ends)).encode())
        assert isinstance(doc, Document)
        found.append(Document(doc.id, doc.text, outlet, blocks=doc.blocks, place=doc.place))
    return found


def lost(docs: list[Document]) -> set[str]:
    return {
        doc.text[block.span.start : block.span.end]
        for doc in without_furniture(docs)
        if isinstance(doc, Document)
        for block in doc.blocks
        if block.kind == "boilerplate"
    }


@pytest.mark.parametrize(
    "line", ["Tide Plus: all the winners", "Hear it first in our morning podcast, every day."]
)
def test_a_line_at_the_end_of_three_reports_is_furniture(line: str) -> None:
    assert (lost(reports(line)), lost(reports(line)[:2])) == ({line}, set())


def test_background_that_an_outlet_repeats_is_a_claim_and_stays() -> None:
    assert lost(reports("More than 40,000 people have died since the war began.")) == set()


def test_versions_and_copies_of_one_report_count_once() -> None:
    assert lost(reports("Tide Plus: all the winners", leads=LEADS[:1] * 5)) == set()


def test_another_outlets_lines_say_nothing() -> None:
    line = "Tide Plus: all the winners"
    mixed = [reports(line)[0], reports(line, outlet="The Buoy")[1], reports(line, outlet="The Lantern")[2]]
    assert lost(mixed) == set()


def test_a_line_in_the_middle_of_a_report_stays() -> None:
    long = [f"Paragraph {n} of this long report is here to fill it." for n in range(12)]
    assert lost(reports("Two dead, nine hurt", *long)) == set()


def test_texts_ids_and_problems_stay_as_they_are() -> None:
    docs = reports("Tide Plus: all the winners")
    given = [docs[0], Problem("empty", "x", "nothing"), *docs[1:]]
    found = list(without_furniture(given))
    assert [getattr(r, "text", r) for r in found] == [getattr(r, "text", r) for r in given]


def test_reports_of_a_folder_are_cleared_together(tmp_path: Path) -> None:
    for number, lead in enumerate(LEADS):
        page = f"<p>{lead}</p><p>More of it stands in report {number}.</p><p>Tide Plus: all the winners</p>"
        head = '<meta property="og:site_name" content="The Tide">'
        (tmp_path / f"{number}.html").write_text(
            f"<html><head>{head}</head><h1>Report {number}</h1>{page}</html>"
        )
    kinds = [doc.blocks[-1].kind for doc in load([tmp_path]) if isinstance(doc, Document)]
    assert kinds == ["boilerplate"] * 4
