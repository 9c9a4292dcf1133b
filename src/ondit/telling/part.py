"""One claim or one report of a story as a small page of its own, from the templates of the whole page.

In: a finished `Trace` and the id of a claim or a report. Out: HTML that asks no network for anything.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from ondit.records import Claim, Trace
from ondit.telling.page import render, story_context

if TYPE_CHECKING:
    from ondit.tracing.recounts import Recount


def claim_page(trace: Trace, claim: Claim, recounts: Sequence[Recount] = ()) -> str:
    """A claim with all that it rests on, and the reports that state it."""
    reports = {stmt.document for stmt in claim.statements} | {claim.gist.document}
    return _page(trace, {claim.id}, reports, recounts, report_first=False)


def report_page(trace: Trace, report: str) -> str:
    """A report with its marks, and the claims that it states."""
    stated = {claim.id for claim in trace.claims if any(s.document == report for s in claim.statements)}
    return _page(trace, stated, {report}, (), report_first=True)


def _page(
    trace: Trace,
    claims: Collection[str],
    reports: Collection[str],
    recounts: Sequence[Recount],
    *,
    report_first: bool,
) -> str:
    whole = story_context(trace, recounts)
    places = whole["places"]
    claim_places = {places.claims[claim] for claim in claims}
    report_places = {places.reports[report] for report in reports}
    return render(
        "part.html",
        title=whole["title"][0],
        views=[view for view in (*whole["several"], *whole["single"]) if view.place in claim_places],
        reports=[report for report in whole["reports"] if report.place in report_places],
        numbers=whole["numbers"],
        report_first=report_first,
        assets=None,
    )
