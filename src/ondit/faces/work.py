"""The work behind a command: inputs in; readings, or the traces of their stories, out.

With a case the reports that it knows already are not read again and only the stories touched are traced;
without one everything is read and nothing is kept. Faults of inputs come back as `Problem`s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256

from ondit.casefile import Added, Case
from ondit.errors import CaseError, InputError
from ondit.faces.given import GivenReader, load_rows, strangers
from ondit.faces.terminal import progress, say, say_problems
from ondit.records import Document, Problem, Reading, Trace
from ondit.telling.words import number_of
from ondit.version import __version__


@dataclass(frozen=True, slots=True)
class Order:
    """What a command is to read: inputs, attributions made elsewhere, how many processes, names of
    columns."""

    inputs: tuple[str, ...]
    attributions: str | None = None
    workers: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """What came of it."""

    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...]


def read_reports(order: Order) -> Read:
    """Read every report. `InputError` if there is none that could be read."""
    from ondit.engines.local import read_all
    from ondit.intake import load

    rows, problems = load_rows(order.attributions) if order.attributions else ({}, [])
    documents = []
    for record in load(order.inputs, order.columns):
        if isinstance(record, Document):
            documents.append(record)
        else:
            problems.append(record)
    problems += strangers(rows, [document.id for document in documents])
    readings = []
    with progress("reading", len(documents)) as step:
        for result in read_all(documents, GivenReader(rows), order.workers):
            if isinstance(result, Reading):
                readings.append(result)
            else:
                problems.append(result)
            step()
    if not readings:
        say_problems(problems)
        raise InputError("no report could be read")
    return Read(tuple(readings), tuple(problems))


def trace_once(order: Order, one_story: bool) -> tuple[list[Trace], list[Problem]]:
    """Read and trace, and keep nothing: one trace, or one a story with the largest first.

    Problems of inputs stand in the trace of their report, those that belong to none in the first.
    """
    from ondit.pipeline import trace

    read = read_reports(order)
    if one_story:
        made = [trace(read.readings)]
    else:
        groups = _stories(read.readings)
        made = [trace(groups[story], story) for story in sorted(groups, key=lambda s: (-len(groups[s]), s))]
    story_of = {document.id: number for number, found in enumerate(made) for document in found.documents}
    of_story: dict[int, list[Problem]] = defaultdict(list)
    for problem in read.problems:
        of_story[story_of.get(problem.document or "", 0)].append(problem)
    traces = [
        replace(found, problems=(*of_story[number], *found.problems)) for number, found in enumerate(made)
    ]
    return traces, _once(read.problems, traces)


def _stories(readings: Sequence[Reading]) -> dict[str, list[Reading]]:
    from ondit.grouping.stories import group

    story_of = group(reading.document for reading in readings)
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[story_of[reading.document.id]].append(reading)
    return groups


def _once(problems: Iterable[Problem], traces: Iterable[Trace]) -> list[Problem]:
    every = [*problems, *(problem for found in traces for problem in found.problems)]
    return list(dict.fromkeys(every))


def trace_in_case(order: Order, path: str, one_story: bool) -> tuple[list[Trace], list[Problem]]:
    """Add the reports to the case: the traces of their stories (of all stories without inputs)."""
    with Case.open(path, made_by=made_by()) as case:
        results = _add(order, case, one_story)
        added = [result for result in results if isinstance(result, Added)]
        problems = [result for result in results if isinstance(result, Problem)]
        if order.inputs and not added:
            say_problems(problems)
            raise InputError("no report could be read")
        touched = {result.story for result in added}
        traces = [found for found in case.traces() if not order.inputs or found.story in touched]
        _say_added(case, added)
        return traces, _once(problems, traces)


def _add(order: Order, case: Case, one_story: bool) -> list[Added | Problem]:
    from ondit.engines.local import read_all
    from ondit.grouping.stories import story_for
    from ondit.intake import load
    from ondit.pipeline import trace

    if one_story and len(case.stories()) > 1:
        raise CaseError(f"{case.path} holds {len(case.stories())} stories; --one-story needs a case with one")
    rows, problems = load_rows(order.attributions) if order.attributions else ({}, [])
    results: list[Added | Problem] = [*problems]
    read = partial(read_all, read=GivenReader(rows), workers=order.workers)
    assign = (lambda *_: next(iter(case.stories()), None)) if one_story else story_for
    with progress("reading", None) as step:
        for result in case.add_all(load(order.inputs, order.columns), read, assign, trace):
            results.append(result)
            step()
    known = {result.report: result.new for result in results if isinstance(result, Added)}
    results += strangers(rows, list(known))
    for report in sorted(set(rows) & {report for report, new in known.items() if not new}):
        why = "line not used: the case has read this report before; give it to a new case"
        results.append(Problem("attribution", rows[report].place, why, document=report))
    return results


def add_to(case: Case, records: Iterable[Document | Problem]) -> list[Added | Problem]:
    """Add records that are there already: read, put into their stories, and the stories traced again."""
    from ondit.engines.local import read_all
    from ondit.grouping.stories import story_for
    from ondit.pipeline import trace

    read = partial(read_all, read=GivenReader({}), workers=None)
    return list(case.add_all(records, read, story_for, trace))


def _say_added(case: Case, added: list[Added]) -> None:
    new, stories = sum(result.new for result in added), len({result.story for result in added})
    counted = f"{number_of(new, 'new report')}, {len(added) - new} known" if added else "nothing to add"
    say(f"{case.path}: {counted}; {number_of(stories or len(case.stories()), 'story')}")


def weights() -> str:
    """A short name of the weights: the beginning of a hash over the hashes of their files."""
    from ondit.text.encoder import Encoder

    manifest = Encoder().manifest
    return sha256("".join(manifest[name]["sha256"] for name in sorted(manifest)).encode()).hexdigest()[:12]


def made_by() -> str:
    """What is written in a case beside everything that this tool and these weights make."""
    return f"ondit {__version__}, weights {weights()}"
