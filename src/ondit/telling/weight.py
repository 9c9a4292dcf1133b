"""What rests on how little: the order of claims, and the numbers at the head of a story in words.

In: a finished `Trace`, or the counts of its claims. Out: claims in order, sentences. The same order and the
same sentences stand in the terminal, on the page and in what the server answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ondit.records import Claim, Origins, Span, Stance, Trace
from ondit.telling.words import number_of, origins_in_words

ORDER: tuple[Stance, ...] = ("affirm", "deny", "question")
_AS: dict[Stance, str] = {"affirm": "", "deny": ", as a denial", "question": ", as a question"}


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
    """What was counted, first for those who say it, then for those who deny it. No report is no count."""
    found = ((stance, claim.origins.get(stance)) for stance in ORDER)
    return [(stance, origins) for stance, origins in found if origins and origins.reports]


def main_stance(claim: Claim) -> Stance:
    """How the head of a claim counts it: as said; if nobody says it as denied, and else as asked."""
    stances = [stance for stance, _ in counts_of(claim)] or [
        stance for stance in ORDER[::-1] if any(stmt.stance == stance for stmt in claim.statements)
    ]
    return stances[0] if stances else "affirm"


def main_count(claim: Claim) -> Origins:
    """The count of those who say it; of those who deny it, if nobody says it; else the reports alone."""
    if counts := counts_of(claim):
        return counts[0][1]
    main = main_stance(claim)
    return Origins((), 0, 0, len({stmt.document for stmt in claim.statements if stmt.stance == main}))


def main_in_words(claim: Claim) -> str:
    """The count at the head of a claim: "1 report, 1 origin, as a denial", "2 reports, as a question"."""
    return count_in_words(main_count(claim), main_stance(claim))


def count_in_words(origins: Origins, stance: Stance) -> str:
    """A count that stands without a heading, so that it says itself what the reports do.

    >>> count_in_words(Origins(("a",), 1, 1, 2), "deny"), count_in_words(Origins((), 0, 0, 1), "question")
    ('2 reports, 1 origin, as a denial', '1 report, as a question')
    """
    if not origins.reports:
        return origins_in_words(origins)
    asked = stance == "question" and origins.hi == 0
    return f"{number_of(origins.reports, 'report') if asked else origins_in_words(origins)}{_AS[stance]}"


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
