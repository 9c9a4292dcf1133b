"""The trace JSON leaves as it is written elsewhere."""

from __future__ import annotations

from dataclasses import replace

from exportfakes import STORY
from ondit.schema import dumps_trace, loads_trace
from ondit.telling.exports.trace_json import export

KELD = replace(STORY, story="keld")


def test_one_story_is_one_object() -> None:
    assert export([STORY]) == {"trace.json": dumps_trace(STORY)}


def test_several_stories_are_a_line_each_and_come_back() -> None:
    lines = export([STORY, KELD])["trace.json"].splitlines()
    assert tuple(map(loads_trace, lines)) == (STORY, KELD)
