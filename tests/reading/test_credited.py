from __future__ import annotations

from dataclasses import replace

import pytest

from ondit.reading.credited import credited
from ondit.reading.reader import Reader
from ondit.records import BlockKind, Credit, CreditKind, Document, Span
from readingfakes import Said, finder, report, told

BODY = "A ferry sank off Odessa on Tuesday."
PAGE = f"Ferry sinks\n{BODY}\n"


def signed(line: str, *credits: tuple[CreditKind, str], outlet: str | None = "The Tide") -> Document:
    """A report of `outlet` with `line` below it, in which `credits` stand."""
    document = report(PAGE + line, "headline", "paragraph", "tail", outlet=outlet)
    found = []
    for kind, name in credits:
        start = document.text.index(name, len(PAGE))
        found.append(Credit(kind, name, Span(start, start + len(name))))
    return replace(document, credits=tuple(found))


def whose(document: Document) -> list[Said]:
    level = credited(document, [b for b in document.blocks if b.kind != "tail"])
    return told(document.text, [level] if level else [])


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("ODESSA (Reuters) -", "dateline", "Reuters"),
        ("KELD (Merrow Wire) -", "dateline", "Merrow Wire"),
        ("This article first appeared on The Lantern.", "first_appeared", "The Lantern"),
        ("© 2026 AFP. All rights reserved.", "tail", "AFP"),
        ("(AP)", "tail", "AP"),
        ("Source: Reuters", "cite", "Reuters"),
        ("By Ana Reyes, The Associated Press", "byline", "The Associated Press"),
    ],
)
def test_credit_for_the_whole_report_encloses_all_below_the_headline(
    line: str, kind: CreditKind, name: str
) -> None:
    assert whose(signed(line, (kind, name))) == [(name, "", BODY)]


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("nst/Reuters", "tail", "Reuters"),
        ("KELD (AFP/Reuters) -", "dateline", "AFP/Reuters"),
        ("Sources: Reuters, AP", "cite", "Reuters"),
        ("By Ana Reyes and AFP", "byline", "AFP"),
        ("By Ana Reyes", "byline", "Ana Reyes"),
        ("With material from AFP", "tail", "AFP"),
        ("© 2026 Merrow Media Group", "tail", "Merrow Media Group"),
        ("Source: agencies", "cite", "agencies"),
        ("Source: Ministry of Health", "cite", "Ministry of Health"),
        ("Reporting by Ana Reyes", "reporting_by", "Ana Reyes"),
        ("Photo: Reuters", "photo", "Reuters"),
    ],
)
def test_credit_for_a_part_for_makers_or_for_rights_does_not_enclose(
    line: str, kind: CreditKind, name: str
) -> None:
    assert whose(signed(line, (kind, name))) == []


@pytest.mark.parametrize(
    ("outlet", "name"),
    [
        ("Reuters", "Reuters"),
        ("The Associated Press", "AP"),
        ("www.reuters.com", "Reuters"),
        ("Merrow Wire", "Merrow"),
        ("AFP", "Agence France-Presse"),
    ],
)
def test_credit_of_the_publisher_itself_does_not_enclose(outlet: str, name: str) -> None:
    assert whose(signed(f"KELD ({name}) -", ("dateline", name), outlet=outlet)) == []


def test_two_whose_report_it_is_are_nobody() -> None:
    assert whose(signed("AP (Reuters)", ("dateline", "AP"), ("dateline", "Reuters"))) == []


def test_report_without_an_outlet_is_still_the_agencys() -> None:
    assert whose(signed("(AP)", ("tail", "AP"), outlet=None)) == [("AP", "", BODY)]


def test_credit_in_metadata_alone_has_no_words_to_show_and_does_not_enclose() -> None:
    document = replace(signed("-"), credits=(Credit("first_appeared", "The Lantern"),))
    assert whose(document) == []


def test_chains_of_a_credited_report_run_through_whose_it_is() -> None:
    text = "Ferry sinks\nODESSA (Reuters) - \nA ferry sank off Odessa on Tuesday.\nIt was full, Ana Low said."
    kinds: tuple[BlockKind, ...] = ("headline", "dateline")
    document = replace(report(text, *kinds), credits=(Credit("dateline", "Reuters", Span(20, 27)),))
    reading = Reader(finder(text, ("Ana Low", "said", "It was full"))).read(document)
    names = {a.id: a.name for a in reading.agents}
    assert [[names[link] for link in s.chain] for s in reading.statements] == [
        ["The Tide"],
        ["Reuters", "The Tide"],
        ["Ana Low", "Reuters", "The Tide"],
    ]
