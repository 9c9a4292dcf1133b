"""A source summary statement and source references, in the manner of ICD 206, of what some stories rest on.

In: finished traces. Out: plain text. It holds counts, names, words of reports with their place, and fixed
phrases of ours, nothing else: how reliable a source is and how credible a claim is left to the analyst, as
the lines say that are there for it. Sentences of reports stand in quotation marks, on one line each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ondit.records import Claim, Document, Trace
from ondit.telling.exports.addresses import web_address
from ondit.telling.exports.cited import counted, day_of, gist_of, how_used, places, title_of, words_of
from ondit.telling.tree import Shown, one_a_speaker, shown, who_says
from ondit.telling.weight import by_weight, counts_of, in_numbers, main_count
from ondit.telling.words import clean, described, listed, name_of, number_of
from ondit.version import __version__

CLAIMS = 25
"""So many claims of a story are set out, what rests on how little first; the rest is counted."""


def export(traces: Sequence[Trace]) -> Mapping[str, bytes]:
    """One text, story after story."""
    lines = [line for trace in traces for line in _story(shown(trace))]
    return {"source-summary.txt": ("\n".join(lines) + "\n").encode()}


def _story(at: Shown) -> Iterator[str]:
    yield from ("SOURCE SUMMARY STATEMENT", clean(title_of(at)), "")
    yield f"{clean(at.trace.story)}, counted by Ondit {__version__} from the words of the reports below."
    yield "It says who says so and through whom, not what is true. Brackets hold the place in a report."
    yield from ("", "SOURCE BASE")
    yield from _base(at)
    yield from ("", "CLAIMS, WHAT RESTS ON HOW LITTLE FIRST")
    claims = by_weight(at.trace)
    for number, claim in enumerate(claims[:CLAIMS], 1):
        yield from _claim(at, number, claim)
    if len(claims) > CLAIMS:
        yield f"{number_of(len(claims) - CLAIMS, 'more claim')} not set out here."
    yield from ("", "WHICH REPORT USED WHICH")
    yield from _used(at)
    yield from ("", "LEFT TO THE ANALYST")
    yield "Reliability of each source: not judged. Credibility of each claim: not judged."
    yield "Access, expertise and motive of each origin: not known from the texts unless quoted above."
    yield from ("", "SOURCE REFERENCES")
    yield from (_reference(doc) for doc in at.trace.documents)
    yield ""


def _base(at: Shown) -> Iterator[str]:
    documents = at.trace.documents
    outlets = {clean(doc.outlet) for doc in documents if doc.outlet}
    days = sorted(filter(None, (day_of(doc.published) for doc in documents)))
    span = f", published {days[0]} to {days[-1]}" if days else ""
    dated = f" ({len(documents) - len(days)} undated)" if len(days) < len(documents) else ""
    yield f"{number_of(len(documents), 'report')} of {number_of(len(outlets), 'outlet')}{span}{dated}."
    counts = [main_count(claim) for claim in at.trace.claims]
    yield from (f"{line}." for line in in_numbers(len(documents), counts))
    several = sum(origins.lo > 1 for origins in counts)
    yield f"Two or more origins that do not depend on each other: {number_of(several, 'claim')}."
    origin_of = Counter(vertex for origins in counts for vertex in set(origins.stated))
    alone = Counter(
        origins.stated[0] for origins in counts if origins.lo == origins.hi == len(origins.stated) == 1
    )
    ranked = sorted(origin_of, key=lambda vertex: (-origin_of[vertex], name_of(vertex, at.agents), vertex))
    for vertex in ranked[:10]:
        only = f", for {alone[vertex]} the only one" if alone[vertex] else ""
        yield f"Origin of {number_of(origin_of[vertex], 'claim')}{only}: {described(vertex, at.agents)}."
    if len(ranked) > 10:
        yield f"{number_of(len(ranked) - 10, 'more origin')} of fewer claims."
    if at.trace.problems:
        them = "it" if len(at.trace.problems) == 1 else "them"
        yield f"{number_of(len(at.trace.problems), 'problem')} with the input; the trace lists {them}."


def _claim(at: Shown, number: int, claim: Claim) -> Iterator[str]:
    yield f"{number}. “{gist_of(at, claim)}” ({clean(claim.id)})"
    yield f"   {counted(claim)}."
    for stance, origins in counts_of(claim):
        denied = "" if stance == "affirm" else " (denial)" if stance == "deny" else " (question)"
        for vertex in origins.stated:
            yield f"   Origin{denied}: {described(vertex, at.agents)}."
        if set(origins.bottlenecks) - set(origins.stated):
            through = listed((name_of(vertex, at.agents) for vertex in origins.bottlenecks), 10)
            yield f"   All that is sourced comes through{denied}: {through}."
        said = [stmt for stmt in claim.statements if stmt.stance == stance]
        for stmt in one_a_speaker(at, said):
            words = words_of(at, stmt.document, stmt.spans, 160)
            place = f"[{clean(stmt.document)} {places(stmt.spans)}]"
            yield f"   {who_says(at, stmt, said, origins)}: “{words}” {place}"
    for conflict in at.trace.conflicts:
        if claim.id in conflict.claims:
            why = clean(conflict.why).removeprefix("differs on: ")
            others = listed(clean(other) for other in conflict.claims if other != claim.id)
            yield f"   Differs from {others} on: {why}."


def _used(at: Shown) -> Iterator[str]:
    found = (*at.trace.derivations, *at.trace.undirected)
    for drv in found:
        verb = "used" if drv.directed else "and"
        yield f"{at.report(drv.child)} {verb} {at.report(drv.parent)}: {how_used(at, drv)}."
    if not found:
        yield "None that the texts show."


def _reference(doc: Document) -> str:
    facts = (
        clean(doc.outlet) if doc.outlet else "no outlet given",
        f"“{clean(doc.headline)}”" if doc.headline else "no headline",
        clean(doc.published) if doc.published else "no date given",
        web_address(doc.url) or "no address",
        f"sha256 {clean(doc.digest)}" if doc.digest else "no hash",
    )
    return f"[{clean(doc.id)}] {', '.join(facts)}"
