"""How faithfully reports quote each other, in words: who leaves out what, who quotes otherwise.

In: a finished `Trace`. Out: a sentence for every comparison that is to be told, and the words of both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ondit.records import Claim, Evidence, Quoting, QuotingKind, Span, Trace
from ondit.telling.words import name_of, quoted

if TYPE_CHECKING:
    from ondit.telling.tree import Shown

TOLD = 40
"""So many comparisons are told of a story before the rest is only counted."""

NAMED = 3
"""So many differences of two quotations are said."""

WORDS = 70
"""So many characters of a difference."""

_HOW: Mapping[QuotingKind, str] = {
    "altered": "quotes other words than",
    "unmarked": "puts in quotation marks what stands without them in",
    "paraphrased": "quotes in other words what is quoted in",
    "trimmed": "quotes less than",
    "fuller": "quotes more than",
    "same": "quotes the same words as",
}
"""What each kind is in a sentence, the most telling first."""


def told_quotings(trace: Trace) -> tuple[Quoting, ...]:
    """The comparisons of a story that show a difference, the most telling first."""
    order = list(_HOW)
    telling = [q for q in trace.quotings if q.kind != "same"]
    return tuple(sorted(telling, key=lambda q: (order.index(q.kind), q.document, q.span)))


def quotings_of(trace: Trace, claim: Claim) -> tuple[Quoting, ...]:
    """The comparisons that bear on a claim: one of both sides holds words that state it."""
    said = [(stmt.document, span) for stmt in claim.statements for span in stmt.spans]

    def meets(document: str, span: Span) -> bool:
        return any(doc == document and at.start < span.end and span.start < at.end for doc, at in said)

    return tuple(q for q in trace.quotings if meets(q.document, q.span) or meets(q.other, q.other_span))


def in_words(at: Shown, quoting: Quoting) -> str:
    """Which report quotes how, beside which other."""
    said = f"{at.report(quoting.document)} {_HOW[quoting.kind]} {at.report(quoting.other)}"
    differences = list(_differences(at, quoting))
    if differences:
        said += f": {'; '.join(differences[:NAMED])}"
    if len(differences) > NAMED:
        said += f"; and {len(differences) - NAMED} more"
    if _two_speakers(quoting):
        one, other = (name_of(s or "", at.agents) for s in (quoting.speaker, quoting.other_speaker))
        said += f"; the speaker is {one} in the one and {other} in the other"
    return said


def sides(quoting: Quoting) -> tuple[Evidence, Evidence]:
    """The words of both."""
    return (
        Evidence(quoting.other, quoting.other_span, "quoted there"),
        Evidence(quoting.document, quoting.span, "quoted here"),
    )


def _differences(at: Shown, quoting: Quoting) -> Iterator[str]:
    for change in quoting.changes:
        before = _words(at, quoting.other, change.before)
        after = _words(at, quoting.document, change.after)
        if before and after:
            yield f"{after} for {before}"
        elif before:
            yield f"without {before}"
        elif after:
            yield f"with {after}"


def _words(at: Shown, document: str, span: Span) -> str:
    return quoted(at.documents.get(document), (span,), WORDS) if span.end > span.start else ""


def _two_speakers(quoting: Quoting) -> bool:
    """Whether two are given as the speakers of the same words."""
    return None not in (quoting.speaker, quoting.other_speaker) and quoting.speaker != quoting.other_speaker
