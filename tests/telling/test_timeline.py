"""The line of time: order of publication, an arc for every derivation, words for what it is."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

import strategies
from ondit.records import Trace
from ondit.telling.timeline import outline, timeline, used
from ondit.telling.tree import shown
from tellingfakes import TRACE


def test_reports_stand_in_order_of_publication_and_undated_ones_last() -> None:
    rows = timeline(shown(TRACE)).rows
    assert [(row.document, row.when) for row in rows] == [
        ("r1", "2031-02-01"),
        ("r2", "2031-02-02"),
        ("r3", "undated"),
    ]


def test_an_arc_says_whether_the_report_does() -> None:
    silent = replace(TRACE.derivations[0], stated=False)
    both = replace(TRACE, derivations=(*TRACE.derivations, silent))
    assert [arc.how for arc in timeline(shown(both)).arcs] == ["stated", "found", "undirected"]


def test_a_derivation_is_a_sentence() -> None:
    at = shown(TRACE)
    assert used(at, TRACE.derivations[0]) == "The Tide [r2] used NBC-9 [r1]: rewrite, as it says itself"
    assert used(at, TRACE.undirected[0]) == (
        "The Tide [r2] and Blog [r3] share text: who had it from whom is not known"
    )


def test_the_line_is_told_to_who_hears_it() -> None:
    assert outline(shown(TRACE)) == "3 reports in order of publication, 2 derivations"


@settings(max_examples=8)
@given(strategies.traces())
def test_any_story_has_a_line(trace: Trace) -> None:
    found = timeline(shown(trace))
    assert len(found.rows) == len(trace.documents)
    assert all(0 < row.y < found.height for row in found.rows)
