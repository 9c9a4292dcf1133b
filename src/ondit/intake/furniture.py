"""Furniture of one site, learnt across its reports: lines that stand at the edge of several different
ones.

Records in, the same records out, some blocks now "boilerplate"; texts and ids never change. One report
cannot show that "Tide Plus: all the winners" is no part of it; three reports of the outlet that end
with it can. It is intake's work (a block's kind is decided here and nowhere else) over the reports of
one run, a window at a time, so that an archive of any size goes through. Background that an outlet
repeats under every report ("More than 40,000 people have died since ...") is a claim and stays: a whole
sentence is furniture only where it speaks to the reader.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from ondit.intake import forms
from ondit.intake.harvest import host_of
from ondit.records import Block, Document, Problem

WINDOW = 400
"""So many records are held to learn from; what was learnt stays for the rest of the run."""

_REPORTS = 3
_SHARE = 0.2
_LONGEST = 220
_HEAD, _TAIL = 3, 8
_KINDS = frozenset({"paragraph", "list", "headline"})
_TO_READER = re.compile(
    r"\b(?:you|your|us|our|we|subscribe|newsletter|inbox|sign up|follow|click|tap|download|app|podcast)\b",
    re.IGNORECASE,
)


class _Site:
    """What was seen at the edges of one outlet's reports: for each line the leads of the reports that have
    it."""

    def __init__(self) -> None:
        self.leads: set[str] = set()
        self.lines: dict[str, set[str]] = defaultdict(set)

    def learn(self, doc: Document, edge: list[Block]) -> None:
        """Count a report; versions and copies of one, which begin alike, count once."""
        lead = _lead(doc)
        self.leads.add(lead)
        for block in edge:
            self.lines[_key(doc, block)].add(lead)

    def repeats(self, line: str) -> bool:
        """Whether a line stands in several different reports and in no few of them."""
        seen = len(self.lines.get(line, ()))
        return seen >= _REPORTS and seen >= _SHARE * len(self.leads)


def without_furniture(records: Iterable[Document | Problem]) -> Iterator[Document | Problem]:
    """The records in order, with the furniture that their outlets repeat marked as such."""
    sites: dict[str, _Site] = defaultdict(_Site)
    stream = iter(records)
    while window := list(islice(stream, WINDOW)):
        for record in window:
            if isinstance(record, Document) and (name := _site(record)):
                sites[name].learn(record, _edge(record))
        for record in window:
            yield _marked(record, sites) if isinstance(record, Document) else record


def _site(doc: Document) -> str:
    return (host_of(doc.url) or doc.outlet or "").casefold()


def _edge(doc: Document) -> list[Block]:
    """The blocks at a report's beginning and end that could be furniture."""
    first, last = doc.blocks[1:_HEAD], doc.blocks[max(_HEAD, len(doc.blocks) - _TAIL) :]
    return [block for block in (*first, *last) if _could_be(doc, block)]


def _could_be(doc: Document, block: Block) -> bool:
    if block.kind not in _KINDS or block.depth or block.span.end - block.span.start > _LONGEST:
        return False
    line = doc.text[block.span.start : block.span.end]
    return not forms.a_sentence(line) or _TO_READER.search(line) is not None


def _key(doc: Document, block: Block) -> str:
    return " ".join(doc.text[block.span.start : block.span.end].casefold().split())


def _lead(doc: Document) -> str:
    """The first words of a report that are long enough to tell it from others."""
    blocks = (b for b in doc.blocks if b.kind == "paragraph" and b.span.end - b.span.start > 80)
    first = next(blocks, None)
    return _key(doc, first)[:80] if first is not None else doc.text[:80]


def _marked(doc: Document, sites: dict[str, _Site]) -> Document:
    site = sites.get(_site(doc))
    if site is None:
        return doc
    found = {block for block in _edge(doc) if site.repeats(_key(doc, block))}
    if not found:
        return doc
    blocks = tuple(replace(b, kind="boilerplate") if b in found else b for b in doc.blocks)
    return replace(doc, blocks=blocks)
