"""Where the claims of a story differ: on a number or on a time. Never who is right.

Two claims conflict where statements of theirs say nearly the same but for it: scored by `alignment` without
its numbers, they would be one claim, and what they count is of one kind. Only surely aligned statements are
compared. In: claims. Out: `Conflict`s with the words of both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ondit.records import Claim, Conflict, ConflictKind, Evidence, Reading, Span, Statement
from ondit.tracing.alignment import but_for_numbers
from ondit.tracing.quantities import Quantity, differing, quantities

ALIKE = 0.36
"""From this score on two statements that give different numbers speak of the same thing."""

ALIKE_IN_TIME = 0.7
"""The same for different times: most things that are told alike happened one after the other."""


@dataclass(frozen=True, slots=True)
class _Fact:
    """A statement with its quantities, and where it stands in the table of scores."""

    statement: Statement
    quantities: tuple[Quantity, ...]
    place: int


def conflicts(claims: Sequence[Claim], readings: Sequence[Reading]) -> tuple[Conflict, ...]:
    """The conflicts between the claims of a story, at most one a pair of claims."""
    texts = {r.document.id: r.document.text for r in readings}
    told = {
        s.id: (s, found)
        for c in claims
        for s in c.statements
        if s.sure and (found := tuple(_told(s, texts[s.document])))
    }
    some, table = but_for_numbers(readings, told.keys())
    places = {p.statement.id: i for i, p in enumerate(some)}
    facts = [[_Fact(*told[s.id], places[s.id]) for s in c.statements if s.id in told] for c in claims]
    out: list[Conflict] = []
    for j, right in enumerate(claims):
        for i in range(j):
            clash = _clash(facts[i], facts[j], table)
            if clash is not None:
                out.append(_conflict(claims[i].id, right.id, clash[0], clash[1], texts))
    return tuple(out)


def _told(statement: Statement, text: str) -> Iterator[Quantity]:
    """The quantities of a statement, with spans in the report."""
    for span in statement.spans:
        for q in quantities(text[span.start : span.end]):
            moved = Span(q.span.start + span.start, q.span.end + span.start)
            yield replace(q, span=moved)


_Side = tuple[_Fact, Quantity]


def _clash(
    left: Sequence[_Fact], right: Sequence[_Fact], table: NDArray[np.float64]
) -> tuple[_Side, _Side] | None:
    """The two statements that are most alike and give another number for what both count."""
    if not left or not right:
        return None
    scores = table[np.ix_([fact.place for fact in left], [fact.place for fact in right])]
    near = sorted(np.argwhere(scores >= ALIKE).tolist(), key=lambda at: -scores[at[0], at[1]])
    for one, two, alike in ((left[i], right[j], scores[i, j]) for i, j in near):
        for a, b in differing(one.quantities, two.quantities):
            if alike >= (ALIKE_IN_TIME if a.dated else ALIKE):
                return (one, a), (two, b)
    return None


def _conflict(one: str, two: str, left: _Side, right: _Side, texts: Mapping[str, str]) -> Conflict:
    kind: ConflictKind = "date" if left[1].dated else "number"
    said = [texts[fact.statement.document][q.span.start : q.span.end] for fact, q in (left, right)]
    evidence = tuple(
        Evidence(fact.statement.document, fact.statement.spans[0], words)
        for (fact, _), words in zip((left, right), said, strict=True)
    )
    return Conflict((one, two), kind, f"differs on: {kind} {said[0]} against {said[1]}", evidence)
