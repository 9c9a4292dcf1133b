"""Hedges that are lost on the way: an origin's "may" that became a report's "is", and who dropped it.

In: claims, derivations, the story's reports. Out: the same claims with a `HedgeLoss` for each statement that
is surer than what its report has it from: the report it used, the outlet it passes on, the same origin told
in another report, or the attribution of its own page that its headline leaves out. A side is only called
hedged where everything it says of the claim is, so that nobody is said to drop what was dropped before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ondit.records import UNKNOWN, Claim, Derivation, Document, Evidence, HedgeLoss, Statement
from ondit.text.scope import CERTAINTIES


def with_hedges(
    claims: Iterable[Claim], derivations: Iterable[Derivation], documents: Sequence[Document]
) -> tuple[Claim, ...]:
    """The claims with the hedges that their statements lost; `documents` in order of publication."""
    used: dict[str, list[str]] = defaultdict(list)
    for drv in derivations:
        used[drv.child].append(drv.parent)
    order = {document.id: number for number, document in enumerate(documents)}
    return tuple(replace(claim, hedges=tuple(_losses(claim, used, order))) for claim in claims)


def _losses(claim: Claim, used: Mapping[str, Sequence[str]], order: Mapping[str, int]) -> Iterator[HedgeLoss]:
    """At most one loss a report: of its surest statement, against the nearest side that hedges."""
    stating = [s for s in claim.statements if s.sure and s.stance != "question" and s.chain and s.spans]
    reports: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for stmt in stating:
        reports[stmt.document, stmt.stance].append(stmt)
    for document, stance in sorted(reports, key=lambda key: (order.get(key[0], 0), key[1])):
        said = reports[document, stance]
        others = [s for s in stating if s.stance == stance and s.document != document]
        loss = next((found for found in _of_report(said, others, used, order) if found), None)
        if loss is not None:
            yield loss


def _of_report(
    said: Sequence[Statement],
    others: Sequence[Statement],
    used: Mapping[str, Sequence[str]],
    order: Mapping[str, int],
) -> Iterator[HedgeLoss | None]:
    """The losses of what one report says of a claim, the best founded first."""
    later = surest(said)
    for parent in used.get(later.document, ()):
        yield _loss([s for s in others if s.document == parent], later, "uses that report")
    for outlet in later.chain[:-1]:
        published = [s for s in others if s.chain[-1] == outlet]
        yield _loss(published, later, "passes that outlet on")
    if len(later.chain) == 1 and not later.firsthand:
        yield _loss([s for s in said if len(s.chain) > 1], later, "gives that as its source")
    elif later.chain[0] != UNKNOWN and len(later.chain) > 1:
        before = [s for s in others if order.get(s.document, 0) < order.get(later.document, 0)]
        yield _loss([s for s in before if s.chain[0] == later.chain[0]], later, "tells of the same origin")


def surest(said: Sequence[Statement]) -> Statement:
    """The surest of some statements, the first in the text of equally sure ones."""
    return min(said, key=lambda s: (CERTAINTIES.index(s.certainty), s.spans[0].start))


def _loss(hedged: Sequence[Statement], later: Statement, why: str) -> HedgeLoss | None:
    if not hedged:
        return None
    earlier = surest(hedged)
    if CERTAINTIES.index(earlier.certainty) <= CERTAINTIES.index(later.certainty):
        return None
    evidence = tuple(Evidence(s.document, s.spans[0], s.certainty) for s in (earlier, later))
    return HedgeLoss(later.chain[-1], earlier.id, later.id, earlier.certainty, later.certainty, why, evidence)
