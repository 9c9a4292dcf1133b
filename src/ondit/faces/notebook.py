"""Stories, claims and reports in a notebook: what `show` gives has an HTML form that a cell displays.

In: a finished `Trace`, or one record of it. Out: a `View`. Its HTML is a frame that holds the page, so that
neither style, script nor permalinks reach the notebook or what else it shows; records stay free of HTML.
`%load_ext ondit` makes a trace or a document that ends a cell show itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from ondit.errors import UnknownIdError
from ondit.records import Claim, Document, Trace
from ondit.telling.exports.cited import counted, gist_of
from ondit.telling.page import story_page
from ondit.telling.part import claim_page, report_page
from ondit.telling.tree import claim_list, plain, shown
from ondit.telling.weight import in_numbers, main_count
from ondit.telling.words import clean, listed
from ondit.tracing.recounts import recounts

STORY, PART = 46, 34
"""Height of the frame in lines of text, for a story and for a part of it; a reader can pull it longer."""

RIGHTS = 'sandbox="allow-scripts allow-popups"'
STYLE = "width:100%;border:1px solid #8885;border-radius:4px;resize:vertical;overflow:auto"


@dataclass(frozen=True, slots=True)
class View:
    """What a notebook shows: `page` stands alone, `caption` in a line what it is, `text` serves terminals."""

    page: str
    caption: str
    text: str
    lines: int

    def _repr_html_(self) -> str:
        """A frame without rights in the notebook: scripts of the page run in it, and nothing gets out.

        The caption is left where a notebook that is not trusted has its frames taken away.
        """
        page = self.page.replace("&", "&amp;").replace('"', "&quot;")
        frame = (
            f'<iframe {RIGHTS} title="Ondit" style="{STYLE};height:{self.lines}rem" srcdoc="{page}"></iframe>'
        )
        return f"<div><p>{escape(self.caption)}</p>{frame}</div>"

    def __repr__(self) -> str:
        return self.text


def show(trace: Trace, part: Claim | Document | str | None = None) -> View:
    """A story, or a claim or report of it, given as the record or by its id or the beginning of one."""
    if part is None:
        numbers = " ".join(f"{line}." for line in _numbers(trace))
        return View(story_page(trace, recounts(trace)), numbers, plain(claim_list(trace, limit=12)), STORY)
    found = _found(trace, part)
    at = shown(trace)
    if isinstance(found, Claim):
        made = tuple(each for each in recounts(trace) if each.claim == found.id)
        said = f"“{gist_of(at, found)}” {counted(found)}"
        return View(claim_page(trace, found, made), said, said, PART)
    said = f"{at.report(found.id)} “{clean(found.headline or '')}”"
    return View(report_page(trace, found.id), said, said, PART)


def _numbers(trace: Trace) -> Iterator[str]:
    return in_numbers(len(trace.documents), map(main_count, trace.claims))


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext ondit` does: a trace, and a document on its own, are shown where they end a cell."""
    formatter = shell.display_formatter.formatters["text/html"]
    formatter.for_type(Trace, lambda trace: show(trace)._repr_html_())
    formatter.for_type(Document, lambda doc: show(Trace("", (doc,)), doc)._repr_html_())


def _found(trace: Trace, part: Claim | Document | str) -> Claim | Document:
    every: list[Claim | Document] = [*trace.claims, *trace.documents]
    if not isinstance(part, str):
        every = [record for record in every if type(record) is type(part)]
    ident = part if isinstance(part, str) else part.id
    hits = [record for record in every if record.id == ident]
    hits = hits or [record for record in every if ident and record.id.startswith(ident)]
    if len(hits) != 1:
        known = listed((record.id for record in hits or every), 8)
        raise UnknownIdError(
            f"{len(hits) or 'no'} claims or reports begin with {ident!r}; there are: {known}"
        )
    return hits[0]
