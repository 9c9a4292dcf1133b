"""Where the claims of a story differ: on a number or on a time. Never who is right.

Two claims conflict where statements of theirs say nearly the same but for it: scored by `alignment` without
its numbers, they would be one claim, and what they count is of one kind. In: claims. Out: `Conflict`s with
the words of both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ondit.records import Claim, Conflict, ConflictKind, Evidence, Reading, Span, Statement
from ondit.tracing.alignment import Pairs
from ondit.tracing.quantities import Quantity, differing, quantities

ALIKE = 0.36
"""From this score on two statements that give different numbers speak of the same thing."""

ALIKE_IN_SIZE = 0.15
"""The same where the numbers are of one size: 1,200 and 3,000 may count one crowd, 3 and 410,000 do not."""

SIZE = 3.5
"""Up to this factor two numbers are of one size."""

ALIKE_IN_TIME = 0.7
"""The same for different times: most things that are told alike happened one after the other."""


@dataclass(frozen=True, slots=True)
class _Fact:
    """A statement with its quantities, and the place of its claim."""

    statement: Statement
    quantities: tuple[Quantity, ...]
    claim: int


_Side = tuple[_Fact, Quantity]


def conflicts(claims: Sequence[Claim], readings: Sequence[Reading], pairs: Pairs) -> tuple[Conflict, ...]:
    """The conflicts between the claims of a story, at most one a pair of claims. `pairs` are of its
    statements."""
    texts = {r.document.id: r.document.text for r in readings}
    facts = {
        s.id: _Fact(s, found, place)
        for place, c in enumerate(claims)
        for s in c.statements
        if (found := tuple(_told(s, texts[s.document])))
    }
    clashes: dict[tuple[int, int], tuple[_Side, _Side]] = {}
    for one, two, alike in _alike([facts.get(p.statement.id) for p in pairs.points], pairs):
        if (two.claim, one.claim) not in clashes and (clash := _clash(one, two, alike)):
            clashes[two.claim, one.claim] = clash
    return tuple(
        _conflict(claims[i].id, claims[j].id, *sides, texts) for (j, i), sides in sorted(clashes.items())
    )


def _alike(facts: Sequence[_Fact | None], pairs: Pairs) -> Iterator[tuple[_Fact, _Fact, float]]:
    """Facts of two claims that are nearly alike but for their numbers, those most alike first, with how much;
    that of the earlier claim first."""
    claim = np.array([-1 if fact is None else fact.claim for fact in facts], dtype=np.int64)
    ends = np.stack([pairs.rows, pairs.columns])
    ends = np.take_along_axis(ends, np.argsort(claim[ends], axis=0, kind="stable"), axis=0)
    of = claim[ends]
    some = np.flatnonzero((pairs.but_for_numbers >= ALIKE_IN_SIZE) & (of[0] >= 0) & (of[0] != of[1]))
    for at in some[np.lexsort((*ends[::-1, some], -pairs.but_for_numbers[some]))].tolist():
        one, two = (facts[place] for place in ends[:, at].tolist())
        if one and two:
            yield one, two, float(pairs.but_for_numbers[at])


def _told(statement: Statement, text: str) -> Iterator[Quantity]:
    """The quantities of a statement, with spans in the report."""
    for span in statement.spans:
        for q in quantities(text[span.start : span.end]):
            moved = Span(q.span.start + span.start, q.span.end + span.start)
            yield replace(q, span=moved)


def _clash(one: _Fact, two: _Fact, alike: float) -> tuple[_Side, _Side] | None:
    """The quantities of two facts that differ in what both count, if the facts are alike enough for that."""
    clashes = sorted(differing(one.quantities, two.quantities), key=lambda pair: pair[0].dated)
    for a, b in clashes:
        least = ALIKE_IN_TIME if a.dated else ALIKE_IN_SIZE if _of_one_size(a, b) else ALIKE
        if alike >= least:
            return (one, a), (two, b)
    return None


def _of_one_size(a: Quantity, b: Quantity) -> bool:
    low, high = sorted((a.value, b.value))
    return 0 < high <= SIZE * low


def _conflict(one: str, two: str, left: _Side, right: _Side, texts: Mapping[str, str]) -> Conflict:
    kind: ConflictKind = "date" if left[1].dated else "number"
    said = [texts[fact.statement.document][q.span.start : q.span.end] for fact, q in (left, right)]
    evidence = tuple(
        Evidence(fact.statement.document, fact.statement.spans[0], words)
        for (fact, _), words in zip((left, right), said, strict=True)
    )
    return Conflict((one, two), kind, f"differs on: {kind} {said[0]} against {said[1]}", evidence)
