"""What rests on how little: the order of claims, and the numbers at the head of a story in words.

In: a finished `Trace`, or the counts of its claims. Out: claims in order, sentences. The same order and the
same sentences stand in the terminal, on the page and in what the server answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ondit.records import Claim, Origins, Span, Stance, Trace
from ondit.telling.words import number_of

ORDER: tuple[Stance, ...] = ("affirm", "deny", "question")


def by_weight(trace: Trace) -> list[Claim]:
    """Claims by how much rests on how little: most reports beyond their origins first."""

    def key(claim: Claim) -> tuple[int, int, int, int, str, Span, str]:
        origins = main_count(claim)
        surplus = origins.reports - max(origins.lo, 1)
        longest = max((len(stmt.chain) for stmt in claim.statements), default=0)
        return (
            -surplus,
            origins.lo,
            -origins.reports,
            -longest,
            claim.gist.document,
            claim.gist.span,
            claim.id,
        )

    return sorted(trace.claims, key=key)


def counts_of(claim: Claim) -> list[tuple[Stance, Origins]]:
    """What was counted, first for those who say it, then for those who deny it."""
    return [(stance, claim.origins[stance]) for stance in ORDER if stance in claim.origins]


def main_count(claim: Claim) -> Origins:
    """The count of those who say it; of those who deny it, if nobody says it."""
    counts = counts_of(claim)
    return counts[0][1] if counts else Origins((), 0, 0, len({stmt.document for stmt in claim.statements}))


def in_numbers(reports: int, counts: Iterable[Origins]) -> Iterator[str]:
    """The story in numbers: all its claims, then those that stand in more than one report.

    >>> list(in_numbers(8, [Origins(("a",), 1, 1, 6), Origins((), 0, 1, 1)]))
    ['8 reports, 2 claims: 1 rests on one origin, 1 on nobody named', \
'1 claim stands in more than one report: 1 rests on one origin']
    """
    every = list(counts)
    yield f"{number_of(reports, 'report')}, {number_of(len(every), 'claim')}{_rest(every)}"
    several = [origins for origins in every if origins.reports > 1]
    if several and len(several) < len(every):
        stand = "stands" if len(several) == 1 else "stand"
        yield f"{number_of(len(several), 'claim')} {stand} in more than one report{_rest(several)}"


def _rest(counts: list[Origins]) -> str:
    """How many claims rest on one origin, and how many on nobody named."""
    one = sum(origins.lo == origins.hi == 1 for origins in counts)
    none = sum(origins.lo == 0 for origins in counts)
    said = [f"{one} {'rests' if one == 1 else 'rest'} on one origin"] if one else []
    if none:
        rest = "" if said else "rests " if none == 1 else "rest "
        said.append(f"{none} {rest}on nobody named")
    return f": {', '.join(said)}" if said else ""
