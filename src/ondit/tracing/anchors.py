"""Where a judgement's words stand now, and what of a reading stands there.

In: an anchor and readings. Out: its place, and the agent, statement or attribution at a place. Ids of ours
change whenever a report is added or read anew, words do not (as the text quote selectors of W3C Web
Annotation): of the occurrences of a quote the one nearest to where it was judged is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ondit.records import (
    JUDGED,
    UNKNOWN,
    Anchor,
    Attribution,
    Document,
    Evidence,
    Judgement,
    Reading,
    Span,
    Statement,
)


class Place(NamedTuple):
    """A stretch of a report; empty where the report itself is meant."""

    document: str
    span: Span


def find(anchor: Anchor, documents: Sequence[Document]) -> Place | None:
    """Where the words of an anchor stand; None if the report or its words are not there any more."""
    document = _document(anchor, documents)
    if document is None:
        return None
    if not anchor.quote:
        return Place(document.id, Span(0, 0))
    starts = list(_occurrences(document.text, anchor.quote))
    if not starts:
        return None
    start = min(starts, key=lambda at: (abs(at - anchor.near), at))
    return Place(document.id, Span(start, start + len(anchor.quote)))


def evidence_of(judgement: Judgement, documents: Sequence[Document]) -> tuple[Evidence, ...]:
    """The words of a judgement where they stand now, with who decided and why."""
    found = (find(anchor, documents) for anchor in (*judgement.one, *judgement.other))
    return tuple(Evidence(place.document, place.span, why(judgement)) for place in found if place)


def why(judgement: Judgement) -> str:
    """Who decided it, and why: the reason of every merge and edge that rests on a judgement."""
    return f"{JUDGED}{judgement.by}: {judgement.note}"


def agent_at(place: Place, reading: Reading) -> str | None:
    """The agent of a report that is named at a place; its outlet where the report itself is meant."""
    if not place.span.end:
        return reading.agents[0].id if reading.agents else None
    named = [m for m in reading.mentions if m.agent is not None]
    best = _best(place.span, [(m.span,) for m in named])
    if best is not None:
        return named[best].agent
    by_source = {att.id: att.source for att in reading.attributions}
    held = [h for stmt in reading.statements for h in stmt.holders[:-1] if h.agent != UNKNOWN]
    best = _best(place.span, [by_source.get(h.attribution or "", ()) for h in held])
    return held[best].agent if best is not None else None


def statement_at(place: Place, reading: Reading) -> Statement | None:
    """The statement of a report that is made at a place."""
    best = _best(place.span, [stmt.spans for stmt in reading.statements])
    return reading.statements[best] if best is not None else None


def attribution_at(saying: Place, said: Place, reading: Reading) -> Attribution | None:
    """The attribution with these words of source or cue, and this content.

    Where an attribution has neither source nor cue, its content stands for them.
    """
    fits = [
        (_overlap(saying.span, (*att.source, *att.cue) or att.content), _overlap(said.span, att.content), att)
        for att in reading.attributions
    ]
    sure = [(a + b, att) for a, b, att in fits if a > 0 and b > 0]
    return max(sure, key=lambda fit: fit[0])[1] if sure else None


def _document(anchor: Anchor, documents: Sequence[Document]) -> Document | None:
    """The report of an anchor: by its id, else the one of its address that has the words."""
    same = [d for d in documents if d.id == anchor.document]
    moved = [d for d in documents if anchor.url and d.url == anchor.url and anchor.quote in d.text]
    return next(iter([*same, *moved]), None)


def _occurrences(text: str, quote: str) -> Iterable[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _best(span: Span, candidates: Sequence[Sequence[Span]]) -> int | None:
    """Of several groups of spans the one that covers most of `span` and least else; None if none touches."""
    fits = [_overlap(span, group) for group in candidates]
    best = max(range(len(fits)), key=fits.__getitem__, default=None)
    return best if best is not None and fits[best] > 0 else None


def _overlap(span: Span, group: Sequence[Span]) -> float:
    """What is common of what is covered (Jaccard), counted in characters."""
    common = sum(max(0, min(span.end, s.end) - max(span.start, s.start)) for s in group)
    covered = span.end - span.start + sum(s.end - s.start for s in group) - common
    return common / covered if covered else 0.0
