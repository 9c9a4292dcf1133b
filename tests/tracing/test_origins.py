"""The count of origins: against brute force, against the annotated stories, and what must never happen."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brute import (
    agents_of,
    annotated,
    derivations_of,
    expected,
    outlets_of,
    random_story,
    simple_chains,
    smallest_cuts,
    statements_of,
)
from ondit.errors import UnknownIdError
from ondit.records import (
    Agent,
    Claim,
    Derivation,
    Document,
    Evidence,
    Holder,
    Origins,
    Span,
    Statement,
    Trace,
)
from ondit.tracing.citing import citing_graph, counted_graph, vertex
from ondit.tracing.origins import count, recount, what_if, with_origins

ELSEWHERE = Span(100, 120)
"""Where no statement made by `told` lies."""

stories_at_random = st.integers(0, 2**32).map(lambda seed: random_story(random.Random(seed)))


def count_story(story: dict[str, Any], claim: dict[str, Any], stance: Any = "affirm", **how: Any) -> Origins:
    return count(
        statements_of(claim), stance, agents_of(story), outlets_of(story), derivations_of(story), **how
    )


def told(document: str, *chain: str, **fields: Any) -> Statement:
    return Statement(f"s-{document}-{'-'.join(chain)}", document, (Span(0, 9),), chain, **fields)


def derived(child: str, parent: str, at: Span = ELSEWHERE, **fields: Any) -> Derivation:
    return Derivation(child, parent, "rewrite", False, (Evidence(child, at, "shared prose"),), "", **fields)


def interval(*statements: Statement, agents: tuple[Agent, ...] = (), **how: Any) -> tuple[int, int]:
    origins = count(statements, "affirm", {agent.id: agent for agent in agents}, **how)
    return origins.lo, origins.hi


# -------------------------------------------------------------- as defined


@pytest.mark.parametrize("seed", range(5))
def test_counts_what_an_exhaustive_search_counts(seed: int) -> None:
    chance = random.Random(f"origins {seed}")
    for _ in range(400):
        story = random_story(chance)
        for stance in ("affirm", "deny"):
            want = expected(story, story["claims"][0], stance)
            got = count_story(story, story["claims"][0], stance)
            assert {key: getattr(got, key) for key in want} == want, story


def test_counts_every_claim_of_the_annotated_stories_as_defined(stories: Path) -> None:
    counted = 0
    for story in annotated(stories):
        for claim in story["claims"]:
            for stance in sorted({m["stance"] for m in claim["mentions"]}):
                want = expected(story, claim, stance)
                got = count_story(story, claim, stance)
                assert {key: getattr(got, key) for key in want} == want, (story["id"], claim["id"])
                counted += 1
    assert counted >= 100


@given(stories_at_random)
def test_bottlenecks_are_a_smallest_cut(story: dict[str, Any]) -> None:
    found = count_story(story, story["claims"][0])
    graph = citing_graph(
        statements_of(story["claims"][0]), "affirm", agents_of(story), None, derivations_of(story)
    )
    counted = counted_graph(graph)
    chains = list(simple_chains(counted.leaves, counted.arcs, counted.stated))
    assert found.bottlenecks in smallest_cuts(chains)
    assert len(found.bottlenecks) == found.lo


def test_nobody_states_it() -> None:
    assert count((), "affirm", {}) == Origins(stated=(), lo=0, hi=0, reports=0)


def test_many_reports_of_one_chain_are_one_origin() -> None:
    reports = [told(f"r{nr}", "officials", "network", f"paper{nr}") for nr in range(10)]
    found = count(reports, "affirm", {})
    assert (found.lo, found.hi, found.reports) == (1, 1, 10)
    assert found.bottlenecks == ("officials",)


def test_an_unsourced_report_raises_only_hi() -> None:
    assert interval(told("r1", "ana", "tide"), told("r2", "post")) == (1, 2)


def test_a_report_that_attributes_and_repeats_is_explained_by_the_attribution() -> None:
    assert interval(told("r1", "ana", "tide"), told("r1", "tide")) == (1, 1)


def test_a_firsthand_outlet_is_an_origin_even_if_it_also_relays() -> None:
    saw = told("r1", "tide", firsthand=True)
    assert interval(saw, told("r2", "ana", "tide"), told("r3", "ana", "post")) == (2, 2)


def test_outlets_that_only_cite_each_other_have_no_stated_origin() -> None:
    found = count([told("r1", "post", "tide"), told("r2", "tide", "post")], "affirm", {})
    assert (found.lo, found.hi, found.stated, found.loops) == (0, 1, (), (("post", "tide"),))


def test_reports_of_one_outlet_count_once() -> None:
    assert interval(told("r1", "ana", "tide"), told("r2", "bo", "tide")) == (1, 1)


def test_who_speaks_for_one_principal_counts_once() -> None:
    agents = (Agent("ana", "Ana", "person", principal="port"), Agent("bo", "Bo", "person", principal="port"))
    assert interval(told("r1", "ana", "tide"), told("r2", "bo", "post"), agents=agents) == (1, 1)


def test_hearsay_passed_on_by_a_spokesman_of_the_outlet_itself_may_be_an_origin() -> None:
    agents = (Agent("aide", "Aide", "person", principal="tide"),)
    assert interval(told("r1", "unknown", "aide", "tide"), told("r2", "post"), agents=agents) == (0, 2)


def test_a_ring_of_principals_is_one_vertex() -> None:
    ring = {
        "a": Agent("a", "A", "organisation", principal="b"),
        "b": Agent("b", "B", "organisation", principal="a"),
        "c": Agent("c", "C", "person", principal="b"),
    }
    assert [vertex(agent, ring) for agent in "abc"] == ["a", "a", "a"]


def test_reports_without_an_outlet_are_one_for_lo_and_each_its_own_for_hi() -> None:
    assert interval(told("r1", "ana", "unknown"), told("r2", "bo", "unknown")) == (1, 2)


# ------------------------------------------------------------ what must hold


@given(stories_at_random)
def test_lo_is_never_above_hi(story: dict[str, Any]) -> None:
    undirected = derivations_of(story, "undirected")
    found = count_story(story, story["claims"][0], undirected=undirected)
    assert 0 <= found.lo <= found.hi


@given(stories_at_random, st.randoms(use_true_random=False))
def test_order_of_the_input_changes_nothing(story: dict[str, Any], chance: random.Random) -> None:
    undirected = derivations_of(story, "undirected")
    statements, derivations = statements_of(story["claims"][0]), derivations_of(story)
    first = count(statements, "affirm", agents_of(story), None, derivations, undirected)
    for made in (statements, derivations, undirected):
        chance.shuffle(made)
    assert count(statements, "affirm", agents_of(story), None, derivations, undirected) == first


@given(stories_at_random)
def test_an_unsourced_report_of_a_new_outlet_never_raises_lo(story: dict[str, Any]) -> None:
    statements = statements_of(story["claims"][0])
    before = count(statements, "affirm", agents_of(story), None, derivations_of(story))
    after = count(
        [*statements, told("new", "fresh")], "affirm", agents_of(story), None, derivations_of(story)
    )
    assert after.lo == before.lo
    assert before.hi <= after.hi <= before.hi + 1


@given(stories_at_random)
def test_a_derivation_never_raises_lo(story: dict[str, Any]) -> None:
    less = count_story(story, story["claims"][0])
    more = dict(story, derivations=story["derivations"] + story["undirected"])
    assert count_story(more, story["claims"][0]).lo <= less.lo


@given(stories_at_random)
def test_shared_text_of_unknown_direction_never_raises_lo_and_leaves_hi(story: dict[str, Any]) -> None:
    sure = count_story(story, story["claims"][0])
    doubtful = count_story(story, story["claims"][0], undirected=derivations_of(story, "undirected"))
    assert doubtful.lo <= sure.lo
    assert (doubtful.hi, doubtful.stated, doubtful.unsourced) == (sure.hi, sure.stated, sure.unsourced)


@given(stories_at_random)
def test_every_edge_and_merge_is_there_once_and_joins_two(story: dict[str, Any]) -> None:
    found = count_story(story, story["claims"][0])
    arcs = [(edge.relay, edge.giver) for edge in found.edges]
    assert arcs == sorted(set(arcs))
    assert all(relay != giver for relay, giver in arcs)
    assert all(merge.agent != merge.into for merge in found.merges)


# ---------------------------------------------------------- doubtful sharing


def test_shared_text_of_unknown_direction_joins_outlets_for_lo_where_the_claim_is_in_it() -> None:
    reports = (told("r1", "ana", "tide"), told("r2", "bo", "post"))
    shared = derived("r2", "r1", at=Span(5, 30), directed=False)
    assert interval(*reports, undirected=[shared]) == (1, 2)


def test_shared_text_that_holds_other_claims_leaves_two_attributions_apart() -> None:
    reports = (told("r1", "ana", "tide"), told("r2", "bo", "post"))
    assert interval(*reports, undirected=[derived("r2", "r1", directed=False)]) == (2, 2)


def test_shared_text_of_unknown_direction_joins_a_report_that_gives_no_lineage() -> None:
    reports = (told("r1", "tide", firsthand=True), told("r2", "post", firsthand=True), told("r3", "echo"))
    shared = [derived("r3", "r1", directed=False), derived("r3", "r2", directed=False)]
    assert interval(*reports, undirected=shared) == (1, 3)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [("Halden", "person", (1, 2)), ("Hal", "person", (2, 2)), ("Halden Steelworks", "organisation", (2, 2))],
)
def test_a_bare_name_may_be_the_body_that_is_called_after_it(
    name: str, kind: Any, expected: tuple[int, int]
) -> None:
    agents = (Agent("bare", name, kind), Agent("steel", "Halden Steel", "organisation"))
    outlets = tuple(Agent(outlet, outlet, "outlet") for outlet in ("nbc", "tide"))
    said = told("r1", "bare", "nbc"), told("r2", "steel", "tide")
    assert interval(*said, agents=(*agents, *outlets)) == expected


def test_a_doubt_is_told_with_its_words() -> None:
    shared = derived("r2", "r1", directed=False)
    found = count([told("r1", "ana", "tide"), told("r2", "post")], "affirm", {}, undirected=[shared])
    assert [(m.agent, m.into, m.evidence) for m in found.merges] == [("tide", "post", shared.evidence)]


# --------------------------------------------- doubtful statements and people


def test_somebody_only_described_may_be_anybody_named() -> None:
    minister = Agent("minister", "the minister", "person", identified=False)
    reports = (told("r1", "ana", "tide"), told("r2", "minister", "post"))
    assert interval(*reports) == (2, 2)
    assert interval(*reports, agents=(minister,)) == (1, 2)


def test_an_official_of_nobody_may_speak_for_a_body_that_says_the_same() -> None:
    company = Agent("firm", "Low Storage", "organisation")
    boss = Agent("ana", "Ana Low", "person", aliases=("the chief executive, Ana Low",))
    reports = (told("r1", "ana", "tide"), told("r2", "firm", "post"))
    assert interval(*reports, agents=(company, boss)) == (1, 2)
    assert interval(*reports, agents=(company, replace(boss, aliases=("the docker Ana Low",)))) == (2, 2)
    assert interval(*reports, agents=(company, replace(boss, principal="port"))) == (2, 2)


def test_a_statement_that_may_say_something_else_adds_nothing_to_one_that_surely_says_it() -> None:
    doubtful = told("r2", "bo", "post", sure=False)
    assert interval(told("r1", "ana", "tide"), doubtful) == (1, 1)
    assert interval(replace(told("r1", "ana", "tide"), sure=False), doubtful) == (1, 2)


def test_an_unsure_statement_opens_no_second_way_to_origins_that_are_sure() -> None:
    sure = (told("r1", "ana", "tide"), told("r1", "bo", "tide"))
    assert interval(*sure) == (1, 1)
    assert interval(*sure, told("r2", "bo", "post", sure=False)) == (1, 1)


def test_an_outlet_that_may_have_seen_something_else_adds_nothing() -> None:
    saw = told("r2", "post", firsthand=True, sure=False)
    assert interval(told("r1", "ana", "tide"), saw) == (1, 1)
    assert interval(told("r1", "ana", "tide"), replace(saw, sure=True)) == (2, 2)


def unsure(statements: list[Statement], chance: random.Random) -> list[Statement]:
    return [replace(stmt, sure=chance.random() < 0.6) for stmt in statements]


@given(stories_at_random, st.integers(0, 999))
def test_unsure_statements_never_raise_the_count(story: dict[str, Any], seed: int) -> None:
    statements = unsure(statements_of(story["claims"][0]), random.Random(seed))
    rest = (agents_of(story), None, derivations_of(story), derivations_of(story, "undirected"))
    found = count(statements, "affirm", *rest)
    if_sure = count([replace(stmt, sure=True) for stmt in statements], "affirm", *rest)
    only_sure = count([stmt for stmt in statements if stmt.sure], "affirm", *rest)
    assert found.lo <= if_sure.lo
    assert found.lo <= max(1, only_sure.lo)
    assert found.lo <= found.hi
    assert len(found.bottlenecks) == found.lo


def test_an_unsure_report_that_names_nobody_counts_for_nothing() -> None:
    sure, unsure_ = told("r1", "six", "tide"), replace(told("r2", "post"), sure=False)
    assert (count([sure, unsure_], "affirm", {}).lo, count([sure, unsure_], "affirm", {}).hi) == (1, 1)
    assert count([sure, replace(unsure_, sure=True)], "affirm", {}).hi == 2


@given(stories_at_random, st.integers(0, 999))
def test_people_only_described_never_raise_lo_and_leave_hi(story: dict[str, Any], seed: int) -> None:
    chance = random.Random(seed)
    agents = {a.id: replace(a, identified=chance.random() < 0.6) for a in agents_of(story).values()}
    rest = (None, derivations_of(story), derivations_of(story, "undirected"))
    found = count(statements_of(story["claims"][0]), "affirm", agents, *rest)
    if_known = count(statements_of(story["claims"][0]), "affirm", agents_of(story), *rest)
    assert found.lo <= if_known.lo
    assert (found.hi, found.stated) == (if_known.hi, if_known.stated)


# --------------------------------------------------------------------- words


def test_an_edge_rests_on_the_statement_and_on_the_words_that_name_its_ends() -> None:
    holders = (Holder("six", evidence=Span(20, 33)), Holder("network", evidence=Span(40, 48)), Holder("tide"))
    agents = {"six": Agent("six", "six officials", "anonymous_group", count=6)}
    stmt = told("r1", "six", "network", "tide", holders=holders)
    found = {(e.relay, e.giver): e.evidence for e in count([stmt], "affirm", agents).edges}
    states = Evidence("r1", Span(0, 9), "states the claim")
    network = Evidence("r1", Span(40, 48), "names network")
    assert found == {
        ("network", "six"): (states, Evidence("r1", Span(20, 33), "names six officials"), network),
        ("tide", "network"): (states, network),
    }


def test_an_edge_of_a_silent_copy_rests_on_the_shared_prose() -> None:
    shared = derived("r2", "r1")
    found = count([told("r1", "ana", "tide"), told("r2", "post")], "affirm", {}, None, [shared])
    assert [e.evidence for e in found.edges if e.relay == "post"] == [shared.evidence]


def test_a_merge_rests_on_the_words_that_say_for_whom_somebody_speaks() -> None:
    role = Evidence("r1", Span(3, 9), "role")
    agents = {
        "ana": Agent("ana", "Ana", "person", principal="port", basis=(role,)),
        "port": Agent("port", "the port", "organisation"),
    }
    merge = count([told("r1", "ana", "tide")], "affirm", agents).merges[0]
    assert (merge.agent, merge.into, merge.evidence) == ("ana", "port", (role,))
    assert merge.why == "Ana speaks for or belongs to the port"


# ------------------------------------------------------------------- what if


def test_without_an_origin_what_only_came_from_there_is_gone() -> None:
    reports = (
        told("r1", "officials", "nbc", "guardian"),
        told("r2", "nbc", "blog"),
        told("r3", "bo", "post"),
    )
    assert interval(*reports) == (2, 2)
    assert interval(*reports, without=["officials"]) == (1, 1)


def test_without_an_origin_a_silent_copy_of_its_report_is_gone_too() -> None:
    reports = (told("r1", "ana", "tide"), told("r2", "post"))
    assert interval(*reports, derivations=[derived("r2", "r1")], without=["ana"]) == (0, 0)


def test_without_an_origin_its_report_does_not_become_unsourced() -> None:
    reports = (told("r1", "ana", "tide"), told("r1", "tide"))
    assert interval(*reports, without=["ana"]) == (0, 0)


def test_without_a_link_another_way_to_the_same_origin_remains() -> None:
    reports = (told("r1", "ana", "nbc", "guardian"), told("r2", "ana", "tide"))
    assert interval(*reports, without=["nbc"]) == (1, 1)


def test_without_an_outlet_what_only_it_told_of_others_is_not_known() -> None:
    reports = (told("r1", "ana", "tide", "blog"), told("r2", "tide"))
    assert interval(*reports) == (1, 1)
    assert interval(*reports, without=["blog"]) == (0, 1)


def test_without_a_state_those_who_speak_for_it_are_gone() -> None:
    agents = (Agent("aide", "Aide", "person", principal="state"), Agent("state", "State", "organisation"))
    reports = (told("r1", "aide", "tide"), told("r2", "bo", "post"))
    assert interval(*reports, agents=agents, without=["state"]) == (1, 1)


def test_without_one_spokesman_another_of_the_same_principal_remains() -> None:
    agents = (Agent("a", "A", "person", principal="state"), Agent("b", "B", "person", principal="state"))
    found = count(
        [told("r1", "a", "tide"), told("r2", "b", "post")], "affirm", {a.id: a for a in agents}, without=["a"]
    )
    assert (found.lo, found.hi, found.stated, found.reports) == (1, 1, ("state",), 1)


def test_named_only_leaves_out_chains_that_end_in_nobody_named() -> None:
    agents = (Agent("six", "six officials", "anonymous_group", count=6), Agent("ana", "Ana", "person"))
    reports = (told("r1", "six", "tide"), told("r2", "ana", "post"), told("r3", "unknown", "echo"))
    assert interval(*reports, agents=agents) == (2, 3)
    assert interval(*reports, agents=agents, named_only=True) == (1, 1)


@given(stories_at_random)
def test_leaving_out_nobody_changes_nothing(story: dict[str, Any]) -> None:
    assert count_story(story, story["claims"][0], without=[]) == count_story(story, story["claims"][0])


@given(stories_at_random)
def test_leaving_out_everybody_leaves_nothing(story: dict[str, Any]) -> None:
    found = count_story(story, story["claims"][0], without=set(story["agents"]) | {"unknown"})
    assert found == Origins(stated=(), lo=0, hi=0, reports=0)


@given(stories_at_random, st.sampled_from(["a0", "a1", "a2"]), st.booleans())
def test_a_recount_is_a_count_and_holds_nobody_left_out(
    story: dict[str, Any], who: str, named_only: bool
) -> None:
    agents = agents_of(story)
    found = count_story(story, story["claims"][0], without=[who], named_only=named_only)
    assert 0 <= found.lo <= found.hi <= found.reports
    assert len(found.bottlenecks) == found.lo
    left = [m.agent for m in found.merges] + [v for e in found.edges for v in (e.relay, e.giver)]
    assert who not in left or any(vertex(other, agents) == who for other in set(agents) - {who})


# ------------------------------------------------------------------ by trace


def test_the_claims_of_a_story_get_origins_for_affirming_and_denying_but_not_for_asking(trace: Trace) -> None:
    said = (*trace.claims[0].statements, told("r1", "bo", "tide", stance="deny"))
    claims = [replace(trace.claims[0], statements=said), replace(trace.claims[0], id="c2", statements=())]
    asked = replace(claims[1], statements=(told("r1", "bo", "tide", stance="question"),))
    found = with_origins([*claims, asked], trace.agents, None, trace.derivations)
    assert [sorted(claim.origins) for claim in found] == [["affirm", "deny"], [], []]
    assert found[0].origins["affirm"] == recount(trace, "c1")


@pytest.fixture
def trace() -> Trace:
    statements = (told("r1", "ana", "tide"), told("r2", "six", "post"), told("r3", "echo"))
    people = (
        Agent("ana", "Ana", "person"),
        Agent("six", "six officials", "anonymous_group"),
        *(Agent(outlet, outlet, "outlet") for outlet in ("tide", "post", "echo")),
    )
    claim = Claim("c1", Evidence("r1", Span(0, 9), "gist"), statements)
    texts = tuple(Document(doc, "something burned") for doc in ("r1", "r2", "r3"))
    return Trace("story", texts, people, (claim,), (derived("r3", "r2"),))


def test_a_trace_is_recounted_by_ids(trace: Trace) -> None:
    found = [
        recount(trace, "c1"),
        recount(trace, "c1", named_only=True),
        recount(trace, "c1", without=["ana"]),
    ]
    assert [(o.lo, o.hi, o.reports) for o in found] == [(2, 2, 3), (1, 1, 1), (1, 1, 2)]


def test_a_recount_is_what_if_on_the_claim(trace: Trace) -> None:
    agents = {agent.id: agent for agent in trace.agents}
    expected = what_if(trace.claims[0], agents, trace.derivations, without=["post"])
    assert recount(trace, "c1", without=["post"]) == expected


@pytest.mark.parametrize(("claim", "without"), [("c9", []), ("c1", ["nobody"])])
def test_an_id_that_the_trace_lacks_is_refused(trace: Trace, claim: str, without: list[str]) -> None:
    with pytest.raises(UnknownIdError, match=r"has no (claim c9|agent nobody)"):
        recount(trace, claim, without=without)


def test_undirected_derivations_of_a_trace_count(trace: Trace) -> None:
    loose = replace(trace, derivations=(), undirected=(replace(trace.derivations[0], directed=False),))
    assert [merge.into for merge in recount(loose, "c1").merges] == ["echo"]


def test_edges_follow_chains(trace: Trace) -> None:
    chains = [("ana", "tide"), ("six", "post"), ("post", "echo")]
    expected = sorted((relay, giver) for chain in chains for giver, relay in pairwise(chain))
    assert [(edge.relay, edge.giver) for edge in recount(trace, "c1").edges] == expected
