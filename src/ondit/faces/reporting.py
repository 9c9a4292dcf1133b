"""Traces as one-file pages: where `tracing` and `telling` meet.

In: a case file, a trace JSON, or reports. Out: the HTML of one story, every recount made beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ondit.errors import InputError, UnknownIdError
from ondit.faces.found import is_case, traces_in
from ondit.faces.work import Order, trace_once
from ondit.records import Problem, Trace
from ondit.telling.page import story_page
from ondit.tracing.recounts import recounts


def page_of(trace: Trace) -> str:
    """The page of one story, with all recounts made beforehand."""
    return story_page(trace, recounts(trace))


def stories_of(inputs: Sequence[str], workers: int | None) -> tuple[list[Trace], list[Problem]]:
    """The stories of a case, of a trace JSON, or of reports that are read and traced as one story now."""
    if len(inputs) == 1 and (is_case(inputs[0]) or _is_trace(inputs[0])):
        return traces_in(inputs[0]), []
    return trace_once(Order(tuple(inputs), None, workers), one_story=True)


def _is_trace(path: str) -> bool:
    """Whether a file begins like the trace JSON that Ondit writes."""
    try:
        with Path(path).open("rb") as file:
            return b'"schema_version"' in file.read(200)
    except OSError:
        return False


def chosen(traces: Sequence[Trace], story: str | None) -> Trace:
    """The one story, or the only one whose id begins so. `UnknownIdError` lists what there is to choose."""
    if not traces:
        raise InputError("there is no story to report on yet; add reports first")
    found = [trace for trace in traces if story is None or trace.story.startswith(story)]
    if len(found) == 1:
        return found[0]
    listed = "".join(f"\n  {trace.story}  ({len(trace.documents)} reports)" for trace in found or traces)
    why = f"no story begins with {story!r}" if not found else f"{len(found)} stories to choose from"
    raise UnknownIdError(f"{why}; name one with --story:{listed}")
