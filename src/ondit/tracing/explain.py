"""Why a claim has this many origins: every vertex, edge and merge with the words that justify it.

In: what `origins.count` takes. Out: one `Explanation`, ready to be shown; nothing in it is computed anew,
it is the counted graph itself, so that what is explained is what was counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from ondit.records import (
    Agent,
    AgentKind,
    Claim,
    Derivation,
    Edge,
    Evidence,
    Judgement,
    Merge,
    Origins,
    Span,
    Stance,
    Trace,
)
from ondit.tracing.anchors import evidence_of
from ondit.tracing.citing import (
    ClaimGraph,
    Count,
    citing_graph,
    counted_graph,
    in_order,
    joining,
    line_of_principals,
    name_of,
)
from ondit.tracing.flow import circle, reaching
from ondit.tracing.origins import claim_in, least, origins_of

Role = Literal["reports", "relays", "stated origin", "possible origin", "firsthand", "left out"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One vertex: who it is, what it does for this claim, in which reports, and which agents count as it.

    `evidence` holds the words that make it an origin (the statements at whose end it stands).
    """

    vertex: str
    name: str
    kind: AgentKind
    roles: tuple[Role, ...]
    documents: tuple[str, ...] = ()
    members: tuple[Merge, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """One of the `lo` chains that share no vertex: from a reporting outlet to a stated origin."""

    vertices: tuple[str, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A vertex of the smallest set that all chains to stated origins pass, and the reports behind it."""

    vertex: str
    name: str
    documents: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A report that may have an origin of its own, or may not: it can raise `hi` and never `lo`.

    `possible` is False where other words show whom the vertex has it from, so that it raises nothing.
    """

    document: str
    vertex: str
    why: str
    possible: bool
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement on which the count rests, with its words where they stand now."""

    judgement: Judgement
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A count with its reasons. `origins` is the count itself; its `edges` and `merges` are all there are.
    `circles` go once round each group that only cites itself, from a vertex back to it.

    `gaps` are the reports without lineage and the hearsay, `doubts` the joins that hold for `lo` only,
    `unsure` the words that may say something else and add nothing to what is surely said, `silent` the words
    in a report's own voice that its own attribution accounts for, `rulings` what analysts decided about it.
    """

    stance: Stance
    origins: Origins
    standings: tuple[Standing, ...]
    chains: tuple[Chain, ...]
    bottlenecks: tuple[Bottleneck, ...]
    circles: tuple[Chain, ...] = ()
    gaps: tuple[Gap, ...] = ()
    doubts: tuple[Merge, ...] = ()
    unsure: tuple[Evidence, ...] = ()
    silent: tuple[Evidence, ...] = ()
    rulings: tuple[Ruling, ...] = ()


def explain(
    claim: Claim,
    stance: Stance,
    agents: Mapping[str, Agent],
    derivations: Iterable[Derivation] = (),
    undirected: Iterable[Derivation] = (),
    *,
    outlets: Mapping[str, str] | None = None,
    without: Collection[str] = frozenset(),
    named_only: bool = False,
) -> Explanation:
    """The reasons of `origins.count`; the parameters are the same."""
    graph = citing_graph(
        claim.statements,
        stance,
        agents,
        outlets,
        derivations,
        undirected,
        without=without,
        named_only=named_only,
    )
    origins, high = origins_of(graph, agents), counted_graph(graph)
    part, low, disjoint = least(graph)
    edges = {(edge.relay, edge.giver): edge for edge in origins.edges}
    silent = (
        Evidence(stmt.document, span, "own voice, accounted for by an attribution of the same report")
        for stmt in graph.explained
        for span in stmt.spans
    )
    return Explanation(
        stance=stance,
        origins=origins,
        standings=_standings(graph, high, _merges_but(origins, part), agents),
        chains=tuple(Chain(path, _steps(path, edges, part.doubts)) for path in disjoint.chains),
        bottlenecks=tuple(_bottleneck(v, part, low, agents) for v in origins.bottlenecks),
        circles=tuple(
            Chain(round_, tuple(edges[arc] for arc in pairwise(round_)))
            for round_ in (circle(group, edges) for group in origins.loops)
        ),
        gaps=_gaps(graph, high, agents),
        doubts=part.doubts,
        unsure=in_order(e for s in (graph.full or graph).supports if not s.sure for e in s.evidence),
        silent=in_order(silent),
    )


def explain_in(
    trace: Trace,
    claim_id: str,
    stance: Stance = "affirm",
    *,
    without: Collection[str] = frozenset(),
    named_only: bool = False,
) -> Explanation:
    """`explain` on a finished trace, by ids. Raises `UnknownIdError` for a claim or agent that it lacks."""
    agents = {agent.id: agent for agent in trace.agents}
    claim = claim_in(trace, claim_id, agents, without)
    found = explain(
        claim, stance, agents, trace.derivations, trace.undirected, without=without, named_only=named_only
    )
    return replace(found, rulings=rulings(trace, claim, agents))


def rulings(trace: Trace, claim: Claim, agents: Mapping[str, Agent]) -> tuple[Ruling, ...]:
    """The judgements that a trace follows and that bear on a claim: on its statements, on who is in its
    chains, on which of its reports used which."""
    said = {(s.document, span) for s in claim.statements for span in s.spans}
    linked = {
        agent for s in claim.statements for link in s.chain for agent in line_of_principals(link, agents)
    }
    basis = {e for agent in linked if agent in agents for e in agents[agent].basis}
    telling = {s.document for s in claim.statements}
    out = []
    for judgement in trace.judgements:
        evidence = evidence_of(judgement, trace.documents)
        if judgement.kind in ("same agent", "different agents"):
            bears = not basis.isdisjoint(evidence)
        elif judgement.kind in ("derivation", "no derivation"):
            bears = {e.document for e in evidence} <= telling
        else:
            bears = any(_meets(e, doc, span) for e in evidence for doc, span in said)
        out += [Ruling(judgement, evidence)] if bears else []
    return tuple(out)


def _meets(evidence: Evidence, document: str, span: Span) -> bool:
    at = evidence.span
    return evidence.document == document and at.start < span.end and span.start < at.end


def _merges_but(origins: Origins, part: ClaimGraph) -> tuple[Merge, ...]:
    """The merges that always hold: all but the doubts."""
    return tuple(merge for merge in origins.merges if merge not in part.doubts)


def _standings(
    graph: ClaimGraph, count: Count, merges: Iterable[Merge], agents: Mapping[str, Agent]
) -> tuple[Standing, ...]:
    documents: dict[str, set[str]] = defaultdict(set)
    evidence: dict[str, set[Evidence]] = defaultdict(set)
    for support in graph.supports:
        documents[support.path[0]].add(support.document)
        if support.end != "parent":
            evidence[support.path[-1]].update(support.evidence)
    vertices = {vertex for support in graph.supports for vertex in support.path}
    return tuple(
        Standing(
            vertex=vertex,
            name=name_of(vertex, agents),
            kind=agents[vertex].kind if vertex in agents else "unknown",
            roles=tuple(_roles(vertex, graph, count)),
            documents=tuple(sorted(documents[vertex])),
            members=tuple(merge for merge in merges if merge.into == vertex),
            evidence=in_order(evidence[vertex]),
        )
        for vertex in sorted(vertices)
    )


def _roles(vertex: str, graph: ClaimGraph, count: Count) -> Iterable[Role]:
    if vertex in count.leaves:
        yield "reports"
    if any(vertex == relay for relay, _ in count.arcs):
        yield "relays"
    if vertex in count.stated:
        yield "stated origin"
    if vertex in count.possible - count.stated:
        yield "possible origin"
    if any(s.end == "witness" and s.path[0] == vertex for s in graph.supports):
        yield "firsthand"
    if vertex in graph.barred:
        yield "left out"


def _steps(
    path: tuple[str, ...], edges: Mapping[tuple[str, str], Edge], doubts: Iterable[Merge]
) -> tuple[Edge, ...]:
    """The edges of a chain. Where a doubt joins vertices, the edge may start or end at any of them."""
    joined = joining(doubts)
    by_joined = defaultdict(list)
    for (relay, giver), edge in edges.items():
        by_joined[joined(relay), joined(giver)].append(edge)
    return tuple(edge for arc in pairwise(path) for edge in by_joined[arc])


def _bottleneck(vertex: str, graph: ClaimGraph, low: Count, agents: Mapping[str, Agent]) -> Bottleneck:
    """The reports whose chains lead to the vertex, and the words that lead right to it."""
    joined = joining(graph.doubts)
    behind = reaching({vertex}, low.arcs)
    at = [s for s in graph.supports if vertex in {joined(v) for v in s.path}]
    documents = {
        s.document for s in graph.supports if joined(s.path[0]) == vertex or joined(s.next) in behind
    }
    return Bottleneck(
        vertex=vertex,
        name=name_of(vertex, agents),
        documents=tuple(sorted(documents)),
        evidence=in_order(evidence for support in at for evidence in support.evidence),
    )


def _gaps(graph: ClaimGraph, count: Count, agents: Mapping[str, Agent]) -> tuple[Gap, ...]:
    gaps = []
    for support in graph.supports:
        if support.end != "possible":
            continue
        if support.unsourced:
            why = "lineage not recorded"
        else:
            why = f"{name_of(support.path[-1], agents)} passes on what nobody named said"
        at = support.path[-1]
        gaps.append(Gap(support.document, at, why, at in count.possible, in_order(support.evidence)))
    return tuple(sorted(gaps, key=lambda gap: (gap.document, gap.vertex)))
