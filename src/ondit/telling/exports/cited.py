"""Claims and their words as exports for people cite them: on one line, with the place where they stand.

In: records of a `Shown` trace. Out: plain strings, safe for a terminal; each format escapes them its own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ondit.records import Claim, Derivation, Document, Span
from ondit.telling.tree import OTHER_STANCES, Shown
from ondit.telling.weight import counts_of, main_in_words
from ondit.telling.words import origins_in_words, quoted, used_how


def words_of(at: Shown, document: str, spans: Sequence[Span], limit: int = 300) -> str:
    """At most `limit` characters of a report, without quotation marks of ours."""
    return quoted(at.documents.get(document), spans, limit).removeprefix("“").removesuffix("”")


def gist_of(at: Shown, claim: Claim, limit: int = 300) -> str:
    """The words of a report that say the claim best."""
    return words_of(at, claim.gist.document, (claim.gist.span,), limit)


def places(spans: Sequence[Span]) -> str:
    """
    >>> places([Span(3, 9), Span(20, 31)])
    '3-9, 20-31'
    """
    return ", ".join(f"{span.start}-{span.end}" for span in spans)


def counted(claim: Claim) -> str:
    """All counts of a claim: "6 reports, 1 to 2 origins; denied: 1 report, 1 origin"."""
    others = (f"{OTHER_STANCES[stance]}: {origins_in_words(found)}" for stance, found in counts_of(claim)[1:])
    return "; ".join([main_in_words(claim), *others])


def how_used(at: Shown, drv: Derivation) -> str:
    """How the child of a derivation used the parent, and the first words of the child that show it."""
    how = used_how(drv)
    if not drv.directed:
        how = "shared text, who had it from whom is not known"
    shown = [e for e in drv.evidence if e.span.end > e.span.start]
    of_child = [e for e in shown if e.document == drv.child] or shown
    return f"{how}: “{words_of(at, of_child[0].document, (of_child[0].span,), 120)}”" if of_child else how


def first_report(documents: Sequence[Document]) -> Document | None:
    """The report that was published first, as far as they say when."""
    return min(documents, key=lambda d: (d.published is None, d.published or ""), default=None)


def title_of(at: Shown) -> str:
    """The headline of the first report; the id of the story where that has none."""
    first = first_report(at.trace.documents)
    return (first.headline if first else None) or at.trace.story


def day_of(published: str | None) -> str | None:
    """
    >>> day_of("2037-10-08T19:40:00Z"), day_of("last week")
    ('2037-10-08', None)
    """
    try:
        return datetime.fromisoformat(published or "").date().isoformat()
    except ValueError:
        return None
