"""The reasons of a count: all of them, with words, and of the very graph that was counted."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brute import agents_of, annotated, derivations_of, outlets_of, random_story, statements_of
from ondit.errors import UnknownIdError
from ondit.records import Agent, Claim, Derivation, Document, Evidence, Span, Statement, Trace
from ondit.tracing.explain import Explanation, Gap, explain, explain_in
from ondit.tracing.origins import count

stories_at_random = st.integers(0, 2**32).map(lambda seed: random_story(random.Random(seed)))


def claim_of(mentions: dict[str, Any]) -> Claim:
    return Claim("c1", Evidence("r0", Span(0, 5), "gist"), tuple(statements_of(mentions)))


def explained(story: dict[str, Any]) -> Explanation:
    """Every third statement is unsure, every third agent only described."""
    undirected = derivations_of(story, "undirected")
    claim = claim_of(story["claims"][0])
    said = tuple(replace(stmt, sure=nr % 3 != 1) for nr, stmt in enumerate(claim.statements))
    agents = {k: replace(a, identified=nr % 3 != 2) for nr, (k, a) in enumerate(agents_of(story).items())}
    return explain(replace(claim, statements=said), "affirm", agents, derivations_of(story), undirected)


@pytest.fixture
def trace() -> Trace:
    """Ana told the Tide; the Post copied it in silence; the Echo names nobody and shares with the Post."""
    prose = (Evidence("r2", Span(40, 90), "shared prose"),)
    said = (
        Statement("s1", "r1", (Span(0, 9),), ("aide", "tide")),
        Statement("s2", "r1", (Span(20, 29),), ("tide",)),
        Statement("s3", "r2", (Span(0, 9),), ("post",)),
        Statement("s4", "r3", (Span(0, 9),), ("echo",)),
        Statement("s5", "r3", (Span(12, 19),), ("unknown", "echo")),
    )
    people = (
        Agent("aide", "Ana", "person", principal="port", basis=(Evidence("r1", Span(10, 14), "role"),)),
        Agent("port", "the port", "organisation"),
        *(Agent(outlet, outlet.title(), "outlet") for outlet in ("tide", "post", "echo")),
    )
    return Trace(
        "story",
        tuple(Document(doc, "x" * 100) for doc in ("r1", "r2", "r3")),
        people,
        (Claim("c1", Evidence("r1", Span(0, 9), "gist"), said),),
        derivations=(Derivation("r2", "r1", "copy", False, prose, ""),),
        undirected=(Derivation("r2", "r3", "rewrite", False, prose, "", directed=False),),
    )


def test_explains_the_count_itself(trace: Trace) -> None:
    agents = {agent.id: agent for agent in trace.agents}
    expected = count(
        trace.claims[0].statements,
        "affirm",
        agents,
        None,
        trace.derivations,
        trace.undirected,
    )
    assert explain_in(trace, "c1").origins == expected


def test_every_vertex_says_what_it_does_and_who_counts_as_it(trace: Trace) -> None:
    found = {s.vertex: (s.name, s.roles, s.documents) for s in explain_in(trace, "c1").standings}
    assert found == {
        "port": ("the port", ("stated origin",), ()),
        "tide": ("Tide", ("reports", "relays"), ("r1",)),
        "post": ("Post", ("reports", "relays"), ("r2",)),
        "echo": ("Echo", ("reports", "possible origin"), ("r3",)),
    }


def test_a_vertex_shows_the_words_of_its_members_and_of_what_it_is_said_to_have_said(trace: Trace) -> None:
    port = next(s for s in explain_in(trace, "c1").standings if s.vertex == "port")
    assert [(m.agent, m.evidence) for m in port.members] == [
        ("aide", (Evidence("r1", Span(10, 14), "role"),))
    ]
    assert port.evidence == (Evidence("r1", Span(0, 9), "states the claim"),)


def test_a_chain_of_lo_is_told_edge_by_edge(trace: Trace) -> None:
    (chain,) = explain_in(trace, "c1").chains
    assert (chain.vertices[-1], chain.edges[-1].giver) == ("port", "port")


def test_the_bottleneck_names_all_reports_behind_it(trace: Trace) -> None:
    (neck,) = explain_in(trace, "c1").bottlenecks
    assert (neck.vertex, neck.name, neck.documents) == ("port", "the port", ("r1", "r2", "r3"))


def test_what_may_raise_hi_is_named_with_its_words(trace: Trace) -> None:
    words = tuple(Evidence("r3", span, "states the claim") for span in (Span(0, 9), Span(12, 19)))
    assert explain_in(trace, "c1").gaps == (Gap("r3", "echo", "lineage not recorded", True, words),)


def test_hearsay_through_somebody_is_a_gap_of_whoever_passes_it_on() -> None:
    claim = Claim(
        "c",
        Evidence("r1", Span(0, 9), ""),
        (Statement("s", "r1", (Span(0, 9),), ("unknown", "tass", "tide")),),
    )
    (gap,) = explain(claim, "affirm", {"tass": Agent("tass", "Tass", "state_media")}).gaps
    assert (gap.vertex, gap.why, gap.possible) == ("tass", "Tass passes on what nobody named said", True)


def test_own_words_that_an_attribution_accounts_for_are_shown(trace: Trace) -> None:
    assert [(e.document, e.span) for e in explain_in(trace, "c1").silent] == [("r1", Span(20, 29))]


def test_doubts_are_told_apart(trace: Trace) -> None:
    assert [(m.agent, m.into) for m in explain_in(trace, "c1").doubts] == [("post", "echo")]
    sure = replace(trace, undirected=())
    assert explain_in(sure, "c1").doubts == ()


def test_what_is_left_out_is_left_out_of_the_explanation(trace: Trace) -> None:
    found = explain_in(trace, "c1", without=["aide"])
    assert (found.origins.lo, found.origins.hi, found.chains) == (0, 1, ())
    assert [s.vertex for s in found.standings] == ["echo"]


def test_a_loop_is_told_once_round() -> None:
    said = (
        Statement("s1", "r1", (Span(0, 9),), ("tide", "post")),
        Statement("s2", "r2", (Span(0, 9),), ("echo", "tide")),
        Statement("s3", "r3", (Span(0, 9),), ("post", "echo")),
    )
    found = explain(Claim("c1", Evidence("r1", Span(0, 9), "gist"), said), "affirm", {})
    assert [circle.vertices for circle in found.circles] == [("echo", "post", "tide", "echo")]
    assert [len(circle.edges) for circle in found.circles] == [3]


def test_an_unknown_claim_is_refused(trace: Trace) -> None:
    with pytest.raises(UnknownIdError, match="no claim c9"):
        explain_in(trace, "c9")


def test_what_may_say_something_else_is_shown(trace: Trace) -> None:
    said = tuple(replace(stmt, sure=stmt.id != "s4") for stmt in trace.claims[0].statements)
    doubtful = replace(trace, claims=(replace(trace.claims[0], statements=said[:-1]),))
    assert explain_in(doubtful, "c1").unsure == (Evidence("r3", Span(0, 9), "states the claim"),)


@given(stories_at_random)
def test_the_chains_are_as_many_as_lo_and_follow_edges_that_are_told(story: dict[str, Any]) -> None:
    found = explained(story)
    assert len(found.chains) == len(found.bottlenecks) == found.origins.lo
    for chain in found.chains:
        assert len(chain.edges) >= len(list(pairwise(chain.vertices)))
        assert set(chain.edges) <= set(found.origins.edges)


@given(stories_at_random)
def test_every_report_stands_at_a_vertex_and_every_unsourced_one_in_a_gap(story: dict[str, Any]) -> None:
    found = explained(story)
    at = {document for standing in found.standings for document in standing.documents}
    assert len(at) == found.origins.reports
    assert set(found.origins.unsourced) <= {gap.document for gap in found.gaps}


@given(stories_at_random)
def test_no_more_possible_origins_than_gaps(story: dict[str, Any]) -> None:
    """What is between `lo` and `hi` is accounted for by gaps, doubts and unsure statements."""
    found = explained(story)
    raising = {gap.vertex for gap in found.gaps if gap.possible}
    possible = {s.vertex for s in found.standings if "possible origin" in s.roles}
    assert possible <= raising
    if not raising and not found.doubts and not found.unsure and found.origins.lo:
        assert found.origins.lo == found.origins.hi


def test_every_edge_of_the_annotated_stories_has_words(stories: Path) -> None:
    for story in annotated(stories):
        for claim in story["claims"]:
            found = explain(
                claim_of(claim),
                "affirm",
                agents_of(story),
                derivations_of(story),
                outlets=outlets_of(story),
            )
            assert all(edge.evidence for edge in found.origins.edges), (story["id"], claim["id"])
