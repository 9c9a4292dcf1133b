"""Recounts made beforehand are those that somebody would ask for one by one."""

from __future__ import annotations

from hypothesis import given, settings

import strategies
from ondit.records import Agent, Claim, Document, Evidence, Span, Statement, Trace
from ondit.tracing.origins import recount, with_origins
from ondit.tracing.recounts import on_the_record, recounts

AGENTS = (
    Agent("six", "six officials", "anonymous_group", count=6),
    Agent("mayor", "Ada Quill", "person"),
    Agent("minister", "the minister", "person", identified=False),
    Agent("nbc", "NBC-9", "outlet"),
    Agent("tide", "The Tide", "outlet"),
    Agent("sun", "The Sun", "outlet"),
)
SPAN = Span(0, 3)


def said(document: str, *chain: str, firsthand: bool = False) -> Statement:
    return Statement(f"{document}-{chain}", document, (SPAN,), chain, firsthand=firsthand)


def story(*statements: Statement) -> Trace:
    documents = tuple(Document(name, "six died") for name in sorted({s.document for s in statements}))
    claim = Claim("c", Evidence(documents[0].id, SPAN, ""), statements)
    return Trace("s", documents, AGENTS, with_origins((claim,), AGENTS))


TRACE = story(
    said("r1", "six", "nbc"), said("r2", "mayor", "tide"), said("r3", "minister", "sun"), said("r4", "sun")
)


def found(trace: Trace, way: str, agent: str | None = None) -> tuple[int, int, int]:
    origins = next(r.origins["affirm"] for r in recounts(trace) if (r.way, r.agent) == (way, agent))
    return origins.reports, origins.lo, origins.hi


def test_without_an_agent_its_reports_are_gone() -> None:
    assert found(TRACE, "without", "mayor") == (3, 1, 2)


def test_named_only_leaves_out_what_ends_in_nobody_named() -> None:
    assert found(TRACE, "named only") == (3, 1, 2)


def test_on_the_record_leaves_out_the_unnamed_the_described_and_the_unsourced() -> None:
    assert found(TRACE, "on the record") == (1, 1, 1)


def test_what_an_outlet_saw_itself_is_on_the_record() -> None:
    claim = story(said("r1", "nbc", firsthand=True), said("r2", "tide")).claims[0]
    kept = on_the_record(claim, {agent.id: agent for agent in AGENTS})
    assert [stmt.document for stmt in kept.statements] == ["r1"]


def test_whoever_changes_nothing_is_not_listed() -> None:
    only = story(said("r1", "mayor", "nbc"))
    assert [(r.way, r.agent) for r in recounts(only)] == [("without", "mayor"), ("without", "nbc")]


@settings(max_examples=20)
@given(strategies.traces())
def test_every_recount_is_the_one_that_what_if_gives(trace: Trace) -> None:
    for each in recounts(trace):
        for stance, origins in each.origins.items():
            if each.way == "without":
                assert origins == recount(trace, each.claim, stance, without=(each.agent or "",))
            elif each.way == "named only":
                assert origins == recount(trace, each.claim, stance, named_only=True)
