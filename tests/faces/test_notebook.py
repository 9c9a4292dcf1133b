"""In a notebook a story, a claim or a report is a frame with a page of its own; nothing gets out of it."""

from __future__ import annotations

from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest

import hostile
import ondit
from exportfakes import DOCUMENTS, FIRE, STORY
from ondit.errors import UnknownIdError
from ondit.faces.notebook import View, show
from ondit.records import Document, Trace

ACTIVE = {
    "script", "style", "iframe", "img", "svg", "link", "base", "meta", "object", "embed", "form", "input",
    "body",
}  # fmt: skip


class Elements(HTMLParser):
    """The elements of a piece of HTML, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def framed(view: View) -> dict[str, str | None]:
    """The frame of a view; that there is nothing else beside the caption is checked."""
    elements = Elements(view._repr_html_()).found
    assert [tag for tag, _ in elements] == ["div", "p", "iframe"]
    return elements[-1][1]


@pytest.mark.parametrize("part", [None, FIRE, "claim-f", DOCUMENTS[0], "r1"])
def test_the_frame_holds_the_page_and_has_no_right_beyond_it(part: Any) -> None:
    view = show(STORY, part)
    frame = framed(view)
    assert frame["srcdoc"] == view.page
    assert frame["sandbox"] == "allow-scripts allow-popups"
    assert "default-src &#39;none&#39;" in view.page


def test_a_story_is_captioned_by_its_numbers() -> None:
    assert show(STORY).caption.startswith("3 reports, 2 claims: 1 rests on nobody named.")


def test_a_claim_is_shown_with_its_words_its_counts_and_the_reports_that_state_it() -> None:
    view = show(STORY, "claim-fire")
    assert view.caption == "“the depot may have burned” 3 reports, 1 to 2 origins; denied: 1 report, 1 origin"
    assert [
        tag for tag, how in Elements(view.page).found if (how.get("class") or "").startswith("report")
    ] == ["article"] * 3


def test_a_report_is_shown_with_the_claims_that_it_states() -> None:
    view = show(STORY, DOCUMENTS[1])
    articles = [how.get("class") for tag, how in Elements(view.page).found if tag == "article"]
    assert articles == ["report", "claim"]
    assert view.caption == "The Tide [r2] “Depot burned”"


def test_a_terminal_shows_text() -> None:
    assert "“the depot may have burned”" in repr(show(STORY))
    assert "<" not in repr(show(STORY))


@pytest.mark.parametrize("ident", ["", "x", "r"])
def test_an_id_that_is_not_clear_is_refused(ident: str) -> None:
    with pytest.raises(UnknownIdError, match="claims or reports begin with"):
        show(STORY, ident)


def test_hostile_words_change_no_element_of_a_claim_or_report() -> None:
    def shape(text: str) -> list[list[str]]:
        trace = hostile.trace_of(text)
        views = [show(trace, trace.claims[0]), show(trace, trace.documents[0])]
        for view in views:
            framed(view)
        return [[tag for tag, _ in Elements(view.page).found if tag in ACTIVE] for view in views]

    plain = shape("velmar")
    assert [text for text in hostile.STRINGS if shape(text) != plain] == []


def test_the_extension_makes_traces_and_documents_show_themselves() -> None:
    shown: dict[type, Any] = {}
    html = SimpleNamespace(for_type=shown.__setitem__)
    ondit.load_ipython_extension(
        SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": html}))
    )
    assert shown[Trace](STORY) == show(STORY)._repr_html_()
    assert "Six officials said" in shown[Document](DOCUMENTS[0])
