"""A claim or a report as a page of its own: what belongs to it is there, and nothing else."""

from __future__ import annotations

import re

from exportfakes import FIRE, STORY
from ondit.telling.part import claim_page, report_page
from ondit.tracing.recounts import recounts


def articles(page: str) -> list[str]:
    return re.findall(r'<article class="?(\w+)', page)


def test_a_claim_comes_open_and_before_the_reports_that_state_it() -> None:
    page = claim_page(STORY, FIRE, recounts(STORY))
    assert articles(page) == ["claim", "report", "report", "report"]
    assert "<details open>" in page


def test_links_of_a_claim_lead_to_places_on_its_page() -> None:
    page = claim_page(STORY, FIRE)
    places = set(re.findall(r' id="?([^" >]+)', page))
    words = re.findall(r"<p>[^<]*<a href=#([^>]+)>", page)
    assert words
    assert set(words) <= places


def test_a_report_comes_before_the_claims_that_it_states() -> None:
    page = report_page(STORY, "r1")
    assert articles(page) == ["report", "claim", "claim"]
    assert "<details open>" not in page


def test_nothing_is_fetched_from_elsewhere() -> None:
    for page in (claim_page(STORY, FIRE), report_page(STORY, "r1")):
        assert not re.search(r"<(link|img|script[^>]+src)", page)
        assert "default-src &#39;none&#39;" in page
