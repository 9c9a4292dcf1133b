"""`cite news` lines: one a report, parsed as one template, with a hint which lines hang together."""

from __future__ import annotations

from dataclasses import replace

import mwparserfromhell
import pytest

from exportfakes import DOCUMENTS, STORY
from ondit.records import Credit, Document
from ondit.telling.exports.wiki import export, harmless


def lines(*documents: Document) -> list[str]:
    story = replace(STORY, documents=documents) if documents else STORY
    return export([story])["cite-news.txt"].decode().splitlines()


def fields(document: Document) -> dict[str, str]:
    (template,) = mwparserfromhell.parse(lines(document)[0]).filter_templates()
    return {str(param.name): str(param.value).strip() for param in template.params}


def test_every_report_is_one_line_with_what_it_used_beside_it() -> None:
    undated, first, second = lines()
    assert undated == (
        "* {{cite news |title=Depot burned (corrected) |work=The Tide}} "
        "<!-- used The Tide &#91;r2&#93;: rewrite, not stated -->"
    )
    assert first == (
        "* {{cite news |author=Ada Vint |title=Depot burned, officials say "
        "|url=https://nbc9.example/depot?id=1 |work=NBC-9 |agency=Keld |date=2031-02-01 |language=en}}"
    )
    assert second == (
        "* {{cite news |title=Depot burned |work=The Tide |date=2031-02-02}} "
        "<!-- used NBC-9 &#91;r1&#93;: block quotation, as it says itself -->"
    )


def test_several_authors_are_numbered() -> None:
    by = tuple(Credit("byline", name) for name in ("Ada Vint", "Bo Lund", "Ada Vint"))
    found = fields(replace(DOCUMENTS[0], credits=by))
    assert (found["author1"], found["author2"]) == ("Ada Vint", "Bo Lund")


def test_an_agency_that_is_the_outlet_itself_is_not_named_twice() -> None:
    assert "agency" not in fields(replace(DOCUMENTS[0], credits=(Credit("dateline", "nbc-9"),)))


def test_a_date_that_is_none_is_left_out() -> None:
    assert "date" not in fields(replace(DOCUMENTS[0], published="last week"))


@pytest.mark.parametrize(
    "title", ["a|b=c", "[[x]] {{y}}", "''slant''", "<ref>x</ref>", "~~~~", "RFC 1149", "# x"]
)
def test_a_title_is_shown_as_it_is(title: str) -> None:
    code = mwparserfromhell.parse(harmless(title))
    assert code.strip_code(normalize=True, collapse=False) == title
    assert [
        type(node).__name__ for node in code.nodes if type(node).__name__ not in {"Text", "HTMLEntity"}
    ] == []
