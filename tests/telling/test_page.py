"""The page as a file: one, whole, well-formed, small, and no word of a report is ever anything but text."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

import hostile
import strategies
from ondit.intake import load
from ondit.pipeline import trace_all
from ondit.records import Quoting, Trace
from ondit.schema import loads_trace
from ondit.telling.page import policy, static, story_page
from ondit.tracing.recounts import recounts
from tellingfakes import BURNED, NOT, TRACE

STORIES = Path(__file__).parents[1] / "stories"
VOID = {"meta", "link", "input", "br", "path", "use", "circle", "rect"}
OPTIONAL = {"li", "p", "option", "dt", "dd"}
VERDICTS = re.compile(
    r"\b(false|true|credible|reliable|biased?|fake|misinformation|debunked)\b", re.IGNORECASE
)


class Page(HTMLParser):
    """What a browser would find: elements with their attributes, ids, links, text, and what is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unclosed: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] != tag and self.open[-1] in OPTIONAL:
            self.open.pop()
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in VOID:
            self.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in {"script", "style"}:
            self.words.append(data)

    def of(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.elements if attribute in attrs]


@pytest.fixture(scope="module")
def example(root: Path) -> Trace:
    """The example story."""
    return trace_all(load([str(root / "examples" / "port-explosion" / "reports.jsonl")]))


@pytest.fixture(scope="module")
def whole(example: Trace) -> str:
    return story_page(example, recounts(example))


@pytest.mark.parametrize("story", sorted(p.parent.name for p in STORIES.glob("*/story.json")))
def test_eight_reports_are_at_most_250_kilobytes(story: str) -> None:
    found = trace_all(load([str(STORIES / story / "reports")]))
    assert len(found.documents) == 8
    assert len(story_page(found, recounts(found)).encode()) <= 250_000


def test_the_page_is_well_formed(whole: str) -> None:
    page = Page(whole)
    assert (page.unclosed, page.open) == ([], [])


def test_every_id_is_there_once_and_every_link_leads_somewhere(whole: str) -> None:
    page = Page(whole)
    ids = page.of("id")
    assert len(ids) == len(set(ids))
    inside = {href[1:] for href in page.of("href") if href.startswith("#")}
    assert inside - set(ids) == set()


def test_nothing_is_fetched(whole: str) -> None:
    page = Page(whole)
    assert not [tag for tag, _ in page.elements if tag in {"link", "img", "iframe", "source", "object"}]
    assert page.of("src") == []
    away = {href for href in page.of("href") if not href.startswith("#")}
    assert all(href.startswith("https://") and ".example/" in href for href in away)
    assert "url(" not in static("page.css")


def test_only_its_own_style_and_script_may_run(whole: str) -> None:
    assert policy().startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy()
    page = Page(whole)
    assert page.of("style") == []
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
    assert [tag for tag, _ in page.elements if tag in {"script", "style"}] == ["style", "script"]


def test_every_word_that_is_ours_is_free_of_verdicts() -> None:
    assert VERDICTS.findall(" ".join(Page(story_page(TRACE, recounts(TRACE))).words)) == []


def test_the_headline_numbers_are_words(whole: str) -> None:
    words = " ".join(" ".join(Page(whole).words).split())
    assert re.search(r"8 reports, \d+ claims: \d+ rest on one origin, \d+ on nobody named\.", words)


def test_a_story_without_claims_has_a_page() -> None:
    page = Page(story_page(Trace("s", ())))
    assert "0 reports, 0 claims." in page.words
    assert page.unclosed == []


def shape(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """Elements and the names of their attributes: what must not depend on any word of a report."""
    return [(tag, tuple(attrs)) for tag, attrs in Page(html).elements]


@pytest.fixture(scope="module")
def harmless() -> set[tuple[str, tuple[str, ...]]]:
    return set(shape(story_page(hostile.trace_of("word"), recounts(hostile.trace_of("word")))))


@pytest.mark.parametrize("text", hostile.STRINGS, ids=range(len(hostile.STRINGS)))
def test_a_hostile_string_in_every_field_stays_text(
    text: str, harmless: set[tuple[str, tuple[str, ...]]]
) -> None:
    trace = hostile.trace_of(text)
    html = story_page(trace, recounts(trace))
    html.encode()
    page = Page(html)
    assert {(tag, tuple(attrs)) for tag, attrs in page.elements} - harmless - web_links(page) == set()
    assert page.unclosed == []
    ids = page.of("id")
    assert len(ids) == len(set(ids))
    assert not [c for c in "\x00\x07\x08\x1b\x9b\u202e\u2066" if c in html]
    schemes = {href.partition(":")[0] for href in page.of("href") if not href.startswith("#")}
    assert schemes <= {"http", "https"}


def web_links(page: Page) -> set[tuple[str, tuple[str, ...]]]:
    """The link of a report whose address may be followed: the one element that words can make."""
    return {(tag, tuple(attrs)) for tag, attrs in page.elements if tag == "a" and "rel" in attrs}


def test_a_hostile_string_is_shown_as_it_is() -> None:
    html = story_page(hostile.trace_of("<script>alert(1)</script>"))
    assert "<script>alert(1)</script>" in "".join(Page(html).words)


@settings(max_examples=8)
@given(strategies.traces())
def test_any_trace_has_a_well_formed_page(trace: Trace) -> None:
    page = Page(story_page(trace, recounts(trace)))
    assert page.unclosed == []
    ids = page.of("id")
    assert len(ids) == len(set(ids))
    inside = {href[1:] for href in page.of("href") if href.startswith("#")}
    assert inside - set(ids) == set()


def test_a_trace_from_its_json_has_the_same_page(example: Trace) -> None:
    from ondit.schema import dumps_trace

    again = loads_trace(dumps_trace(example))
    assert story_page(again) == story_page(example)


def test_quotations_that_differ_are_told_with_the_words_of_both() -> None:
    quoting = Quoting("r2", BURNED, "r1", NOT, "altered", "six", "six")
    page = story_page(replace(TRACE, quotings=(quoting,)))
    section = page[page.index('id="quoted"') :]
    assert "The Tide [r2] quotes other words than NBC-9 [r1]" in section
    assert section.index("It did not burn") < section.index("depot burned")
    assert 'id="quoted"' not in story_page(TRACE)
