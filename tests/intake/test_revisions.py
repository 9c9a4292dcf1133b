"""Versions of one report: what addresses are one, what texts agree, which is later."""

from __future__ import annotations

import pytest

import intakefakes as fakes
from ondit.intake.revisions import canonical, later, one_report
from ondit.records import Document

TEXT = f"{fakes.LEAD}\n\n{fakes.MORE}"


def doc(text: str = TEXT, url: str | None = "https://tide.example/shed", **fields: str) -> Document:
    return Document("d", text, url=url, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.tide.example/shed",
        "http://tide.example/shed/",
        "https://tide.example/shed?utm_source=feed&fbclid=1#top",
        "https://m.tide.example/shed/amp",
        "https://amp.tide.example/shed.amp",
    ],
)
def test_one_page_has_one_address(url: str) -> None:
    assert canonical(url) == "tide.example/shed"


@pytest.mark.parametrize("url", ["", None, "tide.example/shed", "ftp://tide.example/", "http://[x"])
def test_what_is_no_address_has_none(url: str | None) -> None:
    assert canonical(url) == ""


def test_what_chooses_the_page_stays_in_its_address() -> None:
    assert canonical("https://tide.example/?id=8&a=1") != canonical("https://tide.example/?id=9&a=1")


def test_a_changed_text_at_one_address_is_another_version() -> None:
    assert one_report(doc(), doc(TEXT.replace("said", "warned") + "\n\nMore to follow."))


@pytest.mark.parametrize(
    "other",
    [
        doc(url="https://buoy.example/shed"),
        doc("Ships wait outside the port for a second day."),
        doc(url=None),
    ],
)
def test_another_address_or_another_text_is_another_report(other: Document) -> None:
    assert not one_report(doc(), other)


def test_the_later_version_is_told_by_its_date_and_else_by_when_it_came() -> None:
    one, two = doc(published="2031-03-04T09:00:00Z"), doc(published="2031-03-04T10:30:00+01:00")
    assert (later(one, two), later(two, one), later(doc(), doc())) == (True, False, True)
