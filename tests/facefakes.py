"""A reader and a tracer for the faces: quick, without weights, and true to what the records promise.

`Ann said it rained.` is a statement of Ann's; any other sentence is the outlet's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

import ondit.grouping.stories
import ondit.pipeline
from ondit.records import (
    Agent,
    Attribution,
    Claim,
    Document,
    Evidence,
    Judgement,
    Problem,
    Reading,
    Span,
    Statement,
    Trace,
    content_id,
)
from ondit.tracing.origins import count

SENTENCE = re.compile(r"(?:(?P<who>[A-Z]\w+) (?P<cue>said) )?(?P<what>[^.\s][^.\n]*)\.")


def read(document: Document, attributions: Sequence[Attribution] | None = None) -> Reading:
    """Every sentence is a statement; what is given replaces what is found."""
    if "explode" in document.text:
        raise ValueError("it exploded")
    text, found = document.text, []
    for match in SENTENCE.finditer(text):
        if match["who"] and attributions is None:
            spans = [(Span(*match.span(name)),) for name in ("who", "cue", "what")]
            ident = content_id("att", document.id, *spans)
            found.append(Attribution(ident, document.id, spans[0], spans[1], spans[2], "indirect"))
    atts = tuple(found if attributions is None else attributions)
    said = [(text[a.source[0].start : a.source[0].end] if a.source else "unknown", a.content) for a in atts]
    taken = {content for _, content in said}
    own = [(Span(*m.span("what")),) for m in SENTENCE.finditer(text) if (Span(*m.span("what")),) not in taken]
    outlet = document.outlet or document.id
    statements = tuple(
        Statement(content_id("st", document.id, spans), document.id, spans, (*who, outlet))
        for who, spans in [((name,), spans) for name, spans in said] + [((), spans) for spans in own]
    )
    people = (Agent(name, name, "person") for name in dict(said))
    agents = (*people, Agent(outlet, outlet, "outlet"))
    problems = (Problem("odd", document.place, "an odd thing", document.id),) if "odd" in text else ()
    return Reading(document, attributions=atts, agents=agents, statements=statements, problems=problems)


def trace(
    readings: Sequence[Reading], story: str | None = None, judgements: Sequence[Judgement] = ()
) -> Trace:
    """Statements with the same words are one claim."""
    documents = {r.document.id: r.document for r in readings}
    agents = {agent.id: agent for r in readings for agent in r.agents}
    by_words: dict[str, list[Statement]] = {}
    for reading in readings:
        for stmt in reading.statements:
            words = " ".join(reading.document.text[s.start : s.end] for s in stmt.spans)
            by_words.setdefault(words, []).append(stmt)
    claims = tuple(
        Claim(
            content_id("claim", words),
            Evidence(stmts[0].document, stmts[0].spans[0], "the first"),
            tuple(stmts),
            {"affirm": count(stmts, "affirm", agents)},
        )
        for words, stmts in by_words.items()
    )
    return Trace(
        story or content_id("story", *sorted(documents)),
        tuple(documents.values()),
        tuple(agents.values()),
        claims,
        attributions=tuple(a for r in readings for a in r.attributions),
        problems=tuple(p for r in readings for p in r.problems),
    )


def group(documents: Iterable[Document], *, one: bool = False) -> dict[str, str]:
    """Same headline, same story."""
    return {document.id: f"story-{document.headline}" for document in documents}


def story_for(reading: Reading, neighbours: Sequence[tuple[str, Reading]]) -> str | None:
    """Same headline, same story."""
    headline = reading.document.headline
    return next((story for story, other in neighbours if other.document.headline == headline), None)


ROWS = (
    {"id": "r1", "outlet": "Tide", "headline": "Fire", "text": "Ann said the depot burned. It rained."},
    {
        "id": "r2",
        "outlet": "NBC",
        "headline": "Fire",
        "text": "Ann said the depot burned. Bob said it rained.",
    },
    {"id": "r3", "outlet": "Sun", "headline": "Vote", "text": "Cleo said nobody won."},
)


def reports(folder: Path, rows: Sequence[object] = ROWS, name: str = "reports.jsonl") -> str:
    """A file of reports."""
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def quicken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put these steps in the place of the real ones, in this process."""
    for name in ("read", "trace"):
        monkeypatch.setattr(ondit.pipeline, name, globals()[name])
    for name in ("group", "story_for"):
        monkeypatch.setattr(ondit.grouping.stories, name, globals()[name])
