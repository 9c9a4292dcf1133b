"""How many independent origins stand behind a claim: at least `lo`, at most `hi`.

In: the statements of one claim, the agents, the derivations. Out: `Origins`, with the words on which every
edge and merge rests. The count is the one of docs/explanation/independent-origins.md: vertex-disjoint
chains from reporting outlets to origins (Menger 1927). It fails closed: what is not known may raise `hi`,
never `lo`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from ondit.errors import UnknownIdError
from ondit.records import Agent, Claim, Derivation, Edge, Evidence, Merge, Origins, Stance, Statement, Trace
from ondit.tracing.citing import (
    ClaimGraph,
    Count,
    citing_graph,
    counted_graph,
    in_order,
    joining,
    line_of_principals,
    name_of,
    vertex,
)
from ondit.tracing.flow import Arc, Disjoint, disjoint_chains, loops

COUNTED: tuple[Stance, ...] = ("affirm", "deny")
"""The stances of which a trace counts the origins: a question has none."""


def count(
    statements: Iterable[Statement],
    stance: Stance,
    agents: Mapping[str, Agent],
    outlets: Mapping[str, str] | None = None,
    derivations: Iterable[Derivation] = (),
    undirected: Iterable[Derivation] = (),
    *,
    without: Collection[str] = frozenset(),
    named_only: bool = False,
) -> Origins:
    """The independent origins of one claim; of `statements`, those with this `stance` count.

    `outlets` gives the outlet's agent by document id; where it is silent, the end of the chain is the outlet.
    `undirected` derivations join two outlets for `lo` and not for `hi`. `without` leaves out all that came
    through these agents or those who speak for them, `named_only` all that ends in nobody named.
    """
    graph = citing_graph(
        statements, stance, agents, outlets, derivations, undirected, without=without, named_only=named_only
    )
    return origins_of(graph, agents)


def with_origins(
    claims: Iterable[Claim],
    agents: Iterable[Agent],
    outlets: Mapping[str, str] | None = None,
    derivations: Iterable[Derivation] = (),
    undirected: Iterable[Derivation] = (),
) -> tuple[Claim, ...]:
    """The claims of a story, each with its origins for those who affirm it and for those who deny it."""
    by_id = {agent.id: agent for agent in agents}
    directed, doubtful = tuple(derivations), tuple(undirected)
    return tuple(
        replace(
            claim,
            origins={
                stance: count(claim.statements, stance, by_id, outlets, directed, doubtful)
                for stance in COUNTED
                if any(stmt.stance == stance for stmt in claim.statements)
            },
        )
        for claim in claims
    )


def what_if(
    claim: Claim,
    agents: Mapping[str, Agent],
    derivations: Iterable[Derivation] = (),
    undirected: Iterable[Derivation] = (),
    *,
    stance: Stance = "affirm",
    without: Collection[str] = frozenset(),
    named_only: bool = False,
) -> Origins:
    """The count as if what came through `without` had not been said.

    A statement counts no longer if somebody left out is in its chain, and neither does what rests on it: a
    silent copy of such a report, or a report that only cites an outlet which had it from there.
    """
    return count(
        claim.statements,
        stance,
        agents,
        None,
        derivations,
        undirected,
        without=without,
        named_only=named_only,
    )


def recount(
    trace: Trace,
    claim_id: str,
    stance: Stance = "affirm",
    *,
    without: Collection[str] = frozenset(),
    named_only: bool = False,
) -> Origins:
    """`what_if` on a finished trace, by ids. Raises `UnknownIdError` for a claim or agent that it lacks."""
    agents = {agent.id: agent for agent in trace.agents}
    return what_if(
        claim_in(trace, claim_id, agents, without),
        agents,
        trace.derivations,
        trace.undirected,
        stance=stance,
        without=without,
        named_only=named_only,
    )


def claim_in(
    trace: Trace, claim_id: str, agents: Mapping[str, Agent], without: Collection[str] = ()
) -> Claim:
    """The claim of this id. Raises `UnknownIdError` if the trace lacks it or an agent of `without`."""
    strangers = sorted(set(without) - set(agents))
    if strangers:
        raise UnknownIdError(
            f"story {trace.story} has no agent {strangers[0]}; its agents are listed in its trace"
        )
    for claim in trace.claims:
        if claim.id == claim_id:
            return claim
    raise UnknownIdError(f"story {trace.story} has no claim {claim_id}; `ondit claims` lists them")


def least(graph: ClaimGraph) -> tuple[ClaimGraph, Count, Disjoint]:
    """The graph that `lo` is counted on: with all doubts joined, and of sure or of all statements if less."""
    counts = []
    for part in (graph, graph.sure, graph.full):
        if part is not None:
            count = counted_graph(part, joining(part.doubts))
            counts.append((part, count, disjoint_chains(count.leaves, count.arcs, count.stated)))
    return min(counts, key=lambda counted: len(counted[2].cut))


def origins_of(graph: ClaimGraph, agents: Mapping[str, Agent]) -> Origins:
    """The count of a citing graph, with its evidence. Nobody states it: all zero."""
    part, _, disjoint = least(graph)
    high = counted_graph(graph.sure or graph)
    most = disjoint_chains(high.leaves, high.arcs, high.stated | high.possible)
    return Origins(
        stated=tuple(sorted(high.stated)),
        lo=len(disjoint.cut),
        hi=max(len(most.cut), 1 if graph.supports else 0),
        reports=len(graph.documents),
        unsourced=graph.unsourced,
        bottlenecks=disjoint.cut,
        loops=loops(high.arcs),
        edges=_edges(graph),
        merges=(*_merges(graph, agents), *part.doubts),
    )


def _edges(graph: ClaimGraph) -> tuple[Edge, ...]:
    """Every arc of the graph once, with all words that make it."""
    words: dict[Arc, set[Evidence]] = defaultdict(set)
    for support in graph.supports:
        for arc in pairwise(support.path):
            words[arc].update(support.evidence, (words for name, words in support.names if name in arc))
    return tuple(Edge(*arc, evidence=in_order(found)) for arc, found in sorted(words.items()))


def _merges(graph: ClaimGraph, agents: Mapping[str, Agent]) -> tuple[Merge, ...]:
    """Every agent that counts as another, with the words that say for whom it speaks."""
    merges = []
    for agent in sorted({agent for support in graph.supports for agent in support.chain}):
        into = vertex(agent, agents)
        if into == agent:
            continue
        line = line_of_principals(agent, agents)
        names = (name_of(a, agents) for a in line)
        basis = (evidence for a in line if a in agents for evidence in agents[a].basis)
        merges.append(Merge(agent, into, " speaks for or belongs to ".join(names), in_order(basis)))
    return tuple(merges)
