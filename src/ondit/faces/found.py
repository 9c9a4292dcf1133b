"""Claims and agents found by what a person types: ids, their beginnings, names; in a case or a trace JSON.

In: a path and words. Out: records, or JSON lines of them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from typing import Any

from ondit.casefile import Case
from ondit.errors import CaseError, InputError, UnknownIdError
from ondit.faces.terminal import is_database, say
from ondit.records import Agent, Claim, Stance, Trace
from ondit.schema import loads_trace

COUNTED: tuple[Stance, ...] = ("affirm", "deny")


@dataclass(frozen=True, slots=True)
class Found:
    """A claim and the story that it stands in."""

    trace: Trace
    claim: Claim

    @property
    def stances(self) -> tuple[Stance, ...]:
        """The stances that are counted and that somebody takes."""
        taken = {stmt.stance for stmt in self.claim.statements}
        return tuple(stance for stance in COUNTED if stance in taken)


def find(prefix: str, path: str) -> Found:
    """The one claim in a case or trace file whose id begins so. `UnknownIdError` if none or several do."""
    if is_case(path):
        with open_case(path) as case:
            story, claim = case.claim(prefix)
            trace = case.trace(story)
            return Found(trace, next(c for c in trace.claims if c.id == claim))
    hits = [Found(trace, claim) for trace in traces_in(path) for claim in trace.claims]
    hits = [hit for hit in hits if hit.claim.id.startswith(prefix)]
    hits = [hit for hit in hits if hit.claim.id == prefix] or hits
    if len(hits) != 1:
        named = ": " + ", ".join(hit.claim.id for hit in hits[:8]) if hits else ""
        number = len(hits) or "no"
        raise UnknownIdError(f"{number} claims begin with {prefix!r}{named}; see `ondit claims {path}`")
    return hits[0]


def traces_in(path: str) -> list[Trace]:
    """The traces of a case file, a trace JSON, or JSON Lines of traces; - is a trace JSON on stdin."""
    if is_case(path):
        with open_case(path) as case:
            return list(case.traces())
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as fault:
        raise InputError(f"{path} cannot be read: {fault.strerror}") from fault
    lines = [line for line in raw.split(b"\n") if line.strip()]
    try:
        if len(lines) > 1 and lines[0].startswith(b"{") and lines[0].rstrip().endswith(b"}"):
            return [loads_trace(line) for line in lines]
        return [loads_trace(raw)]
    except InputError as fault:
        raise InputError(f"{path}: {fault}") from fault


def is_case(path: str) -> bool:
    """Whether a file is an SQLite database: a case, or to be refused as none."""
    return is_database(Path(path))


def open_case(path: str) -> Case:
    """A case to read from; traces that a crash has cost are made again first, where it can be written."""
    from ondit.faces.work import made_by
    from ondit.pipeline import trace

    case = Case.open(path, readonly=True)
    if not case.stale():
        return case
    case.close()
    try:
        with Case.open(path, made_by=made_by()) as writer:
            list(writer.retrace(trace))
    except CaseError as fault:
        say(f"some stories are shown as they were before their last report: {fault}")
    return Case.open(path, readonly=True)


def agent_in(trace: Trace, name: str) -> Agent:
    """The agent with this id, name or alias, or the only one whose id begins so."""
    wanted = _folded(name)
    for hits in (
        [agent for agent in trace.agents if agent.id == name],
        [agent for agent in trace.agents if _folded(agent.name) == wanted],
        [agent for agent in trace.agents if wanted in map(_folded, agent.aliases)],
        [agent for agent in trace.agents if name and agent.id.startswith(name)],
    ):
        if len(hits) == 1:
            return hits[0]
        if hits:
            named = ", ".join(f"{agent.id} ({agent.name})" for agent in hits)
            raise UnknownIdError(f"{name!r} may be any of these, name one by its id: {named}")
    known = ", ".join(sorted(agent.name for agent in trace.agents)[:30])
    raise UnknownIdError(f"story {trace.story} has no agent {name!r}; it has {known}")


def _folded(name: str) -> str:
    """A name without case and article: "The Guardian" is asked for as "guardian" too."""
    words = name.replace("’", "'").casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)


def claim_rows(trace: Trace, limit: int | None) -> Iterator[str]:
    """A JSON line a claim, in the order of the tree."""
    from ondit.telling.weight import by_weight

    texts = {document.id: document.text for document in trace.documents}
    for claim in by_weight(trace)[:limit]:
        start, end = claim.gist.span
        gist = texts.get(claim.gist.document, "")[start:end]
        yield as_line(story=trace.story, id=claim.id, gist=gist, origins=claim.origins)


def as_line(**fields: object) -> str:
    """Records as one line of JSON."""
    return json.dumps(fields, default=_plain)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
