"""Search hits in words."""

from __future__ import annotations

from ondit.casefile import Hit
from ondit.records import Span
from ondit.telling.hits import tell_hits
from ondit.telling.tree import plain


def test_a_hit_names_outlet_report_headline_words_and_story() -> None:
    hit = Hit("r1", "story-1", "The Tide", "[b]Fire\x1b[31m", Span(0, 9), "the depot")
    assert plain(tell_hits([hit])) == "The Tide [r1] “[b]Fire”\n  “the depot”\n  story story-1\n\n1 report\n"


def test_no_hits_are_said_too() -> None:
    assert plain(tell_hits([])) == "0 reports\n"
