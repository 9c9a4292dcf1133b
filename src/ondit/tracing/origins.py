"""How many independent origins stand behind a claim: at least `lo`, at most `hi`.

In: the statements of one claim, the agents, the derivations. Out: `Origins`, with the words on which every
edge and merge rests. The count is the one of docs/explanation/independent-origins.md: vertex-disjoint
chains from reporting outlets to origins (Menger 1927). It fails closed: what is not known may raise `hi`,
never `lo`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from ondit.errors import UnknownIdError
from ondit.records import (
    UNKNOWN,
    Agent,
    Claim,
    Derivation,
    Edge,
    Evidence,
    Merge,
    Origins,
    Span,
    Stance,
    Statement,
    Trace,
)
from ondit.tracing.flow import Arc, disjoint_chains, loops, reaching

NAMELESS = frozenset({"anonymous_person", "anonymous_group", "unknown"})
"""The kinds of agent that `named_only` leaves out as origins."""

COUNTED: tuple[Stance, ...] = ("affirm", "deny")
"""The stances of which a trace counts the origins: a question has none."""

Vertex = str
End = Literal["stated", "witness", "possible", "parent"]


@dataclass(frozen=True, slots=True)
class Support:
    """Why one report has the claim: a way from its outlet towards an origin.

    `path` holds vertices, the outlet first; `chain` the agents behind them, the outlet last. `end` says
    what the far end is: a stated origin, the outlet as witness, a possible origin (nobody is named), or
    the outlet of a parent report, which has its own supports.
    """

    document: str
    path: tuple[Vertex, ...]
    chain: tuple[str, ...]
    end: End
    evidence: tuple[Evidence, ...]
    names: tuple[tuple[Vertex, Evidence], ...] = ()
    """The words that name a vertex of the path."""

    sure: bool = True
    """Whether its statement surely says the same as the claim."""

    @property
    def next(self) -> Vertex:
        """The vertex that the outlet has it from; the outlet itself if it has it from nobody."""
        return self.path[min(1, len(self.path) - 1)]

    @property
    def unsourced(self) -> bool:
        """No lineage: the outlet's own voice, or nobody named at first hand."""
        return self.end == "possible" and self.chain[:-1] in ((), (UNKNOWN,))


@dataclass(frozen=True, slots=True)
class ClaimGraph:
    """The citing graph of one claim and stance, before anything is counted.

    `doubts` join vertices that count as one in `lo` and as two in `hi`; `barred` vertices are no origins,
    because all that they had came through somebody left out; `explained` are statements in a report's own
    voice that an attribution of the same report accounts for.
    """

    supports: tuple[Support, ...]
    doubts: tuple[Merge, ...] = ()
    barred: frozenset[Vertex] = frozenset()
    explained: tuple[Statement, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """The reports that state the claim."""
        return tuple(sorted({support.document for support in self.supports}))

    @property
    def unsourced(self) -> tuple[str, ...]:
        """The reports that give no lineage: nobody is named, and no derivation explains it."""
        return tuple(sorted(s.document for s in self.supports if s.unsourced))


@dataclass(frozen=True, slots=True)
class Count:
    """A citing graph as counted: for `lo` with its doubts joined, for `hi` without."""

    leaves: frozenset[Vertex]
    arcs: frozenset[Arc]
    stated: frozenset[Vertex]
    possible: frozenset[Vertex]


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


def vertex(agent: str, agents: Mapping[str, Agent]) -> Vertex:
    """The top principal of an agent; of agents that are each other's principals, the first by id.

    >>> agents = {"tass": Agent("tass", "Tass", "state_media", principal="russia")}
    >>> vertex("tass", agents), vertex("nbc", agents)
    ('russia', 'nbc')
    """
    path = line_of_principals(agent, agents)
    last = agents[path[-1]].principal if path[-1] in agents else None
    return min(path[path.index(last) :]) if last else path[-1]


def line_of_principals(agent: str, agents: Mapping[str, Agent]) -> tuple[str, ...]:
    """The agent, its principal, the principal's principal and so on, each once."""
    path = [agent]
    while path[-1] in agents:
        principal = agents[path[-1]].principal
        if not principal or principal in path:
            break
        path.append(principal)
    return tuple(path)


def name_of(agent: str, agents: Mapping[str, Agent]) -> str:
    """The name of an agent; its id where there is no record of it."""
    return agents[agent].name if agent in agents else agent


# ------------------------------------------------------------------ the graph


def citing_graph(
    statements: Iterable[Statement],
    stance: Stance,
    agents: Mapping[str, Agent],
    outlets: Mapping[str, str] | None = None,
    derivations: Iterable[Derivation] = (),
    undirected: Iterable[Derivation] = (),
    *,
    without: Collection[str] = frozenset(),
    named_only: bool = False,
) -> ClaimGraph:
    """The graph that `count` counts; the parameters are the same."""
    by_report: dict[str, list[Statement]] = defaultdict(list)
    for stmt in sorted(statements, key=lambda s: (s.document, s.spans, s.id)):
        if stmt.stance == stance and stmt.chain:
            by_report[stmt.document].append(stmt)
    used: dict[str, list[Derivation]] = defaultdict(list)
    for drv in sorted(derivations, key=lambda d: (d.child, d.parent, d.kind, _places(d.evidence))):
        if drv.parent in by_report and drv.child != drv.parent:
            used[drv.child].append(drv)
    outlet = {doc: (outlets or {}).get(doc, stmts[0].chain[-1]) for doc, stmts in by_report.items()}
    supports: list[Support] = []
    explained: list[Statement] = []
    for doc, stmts in by_report.items():
        found = _supports(doc, stmts, outlet, used[doc], agents)
        supports += found
        if all(s.end in ("stated", "witness") for s in found):
            explained += [stmt for stmt in stmts if not _sourced(stmt) and not _firsthand(stmt)]
    kept, barred = _leave_out(supports, without, named_only, agents)
    doubts = _doubts(kept, by_report, undirected, agents)
    documents = {support.document for support in kept}
    explained = [stmt for stmt in explained if stmt.document in documents]
    return ClaimGraph(tuple(kept), tuple(doubts), barred, tuple(explained))


def _sourced(stmt: Statement) -> bool:
    return len(stmt.chain) > 1 and stmt.chain[0] != UNKNOWN


def _firsthand(stmt: Statement) -> bool:
    return stmt.firsthand and len(stmt.chain) == 1


def _hearsay(stmt: Statement) -> bool:
    """Nobody named said it to somebody named, who is not the outlet itself."""
    return stmt.chain[0] == UNKNOWN and bool(stmt.chain[1:-1])


def _supports(
    doc: str,
    stmts: Sequence[Statement],
    outlet: Mapping[str, str],
    used: Sequence[Derivation],
    agents: Mapping[str, Agent],
) -> list[Support]:
    """Attributions and what the outlet saw itself explain a report; failing them, what it used."""
    own = (outlet[doc],)
    found = [_told(stmt, stmt.chain, "stated", agents) for stmt in stmts if _sourced(stmt)]
    found += [_told(stmt, own, "witness", agents) for stmt in stmts if _firsthand(stmt)]
    if found:
        return found
    found = [_derived(drv, outlet, agents) for drv in used]
    found += [_told(stmt, stmt.chain, "possible", agents) for stmt in stmts if _hearsay(stmt)]
    if found:
        return found
    chain = own if any(len(stmt.chain) == 1 for stmt in stmts) else (UNKNOWN, *own)
    words = tuple(evidence for stmt in stmts for evidence in _words(stmt))
    return [Support(doc, _path(own, doc, agents), chain, "possible", words)]


def _told(stmt: Statement, chain: tuple[str, ...], end: End, agents: Mapping[str, Agent]) -> Support:
    """The support that a statement gives; nobody named is no vertex at the end of a chain."""
    known = chain[1:] if chain[0] == UNKNOWN and len(chain) > 1 else chain
    names = []
    for holder in stmt.holders:
        if holder.evidence is not None:
            why = f"names {name_of(holder.agent, agents)}"
            names.append((vertex(holder.agent, agents), Evidence(stmt.document, holder.evidence, why)))
    path = _path(known, stmt.document, agents)
    return Support(stmt.document, path, chain, end, tuple(_words(stmt)), tuple(names), stmt.sure)


def _derived(drv: Derivation, outlet: Mapping[str, str], agents: Mapping[str, Agent]) -> Support:
    """The support that a derivation gives: the child has it from wherever the parent has it."""
    chain = (outlet[drv.parent], outlet[drv.child])
    path = _path(chain[1:], drv.child, agents) + _path(chain[:1], drv.parent, agents)
    return Support(drv.child, tuple(v for v, _ in groupby(path)), chain, "parent", drv.evidence)


def _path(chain: tuple[str, ...], doc: str, agents: Mapping[str, Agent]) -> tuple[Vertex, ...]:
    """A chain as vertices, outlet first, runs of one vertex as one; an unknown outlet is its own."""
    vertices = [vertex(agent, agents) for agent in chain]
    if vertices[-1] == UNKNOWN:
        vertices[-1] = f"{UNKNOWN}:{doc}"
    return tuple(v for v, _ in groupby(reversed(vertices)))


def _words(stmt: Statement) -> list[Evidence]:
    return [Evidence(stmt.document, span, "states the claim") for span in stmt.spans]


def _doubts(
    supports: Iterable[Support],
    by_report: Mapping[str, Sequence[Statement]],
    undirected: Iterable[Derivation],
    agents: Mapping[str, Agent],
) -> list[Merge]:
    """What joins vertices for `lo`: shared text of unknown direction, outlets that nobody knows, and people
    who are only described."""
    outlet = {support.document: support.path[0] for support in supports}
    bare = {support.document for support in supports if support.end in ("possible", "parent")}
    doubts = []
    for drv in undirected:
        a, b = sorted((drv.child, drv.parent))
        if a not in outlet or b not in outlet or outlet[a] == outlet[b]:
            continue
        if bare & {a, b} or _touches(drv, by_report[a]) or _touches(drv, by_report[b]):
            low, high = sorted((outlet[a], outlet[b]))
            why = f"{a} and {b} share text, and who had it from whom is not known: one in lo, two in hi"
            doubts.append(Merge(high, low, why, drv.evidence))
    nameless = sorted(v for v in set(outlet.values()) if v.startswith(f"{UNKNOWN}:"))
    for a, b in pairwise(nameless):
        doubts.append(Merge(b, a, "neither report names its outlet: one in lo, two in hi"))
    surely = {s.path[-1] for s in supports if s.end == "stated" and s.sure}
    ends = sorted({s.path[-1] for s in supports if s.end == "stated"}, key=lambda v: (v not in surely, not _known(v, agents), v))
    for end in ends[1:]:
        one = f"{name_of(ends[0], agents)}: one in lo, two in hi"
        if end not in surely:
            doubts.append(Merge(end, ends[0], f"it is doubtful that {name_of(end, agents)} says the same as {one}"))
        elif not _known(end, agents):
            doubts.append(Merge(end, ends[0], f"{name_of(end, agents)} is only described and may be {one}"))
    return sorted(
        set(doubts), key=lambda merge: (merge.agent, merge.into, merge.why, _places(merge.evidence))
    )


def _known(vertex_: Vertex, agents: Mapping[str, Agent]) -> bool:
    return vertex_ not in agents or agents[vertex_].identified


def _touches(drv: Derivation, stmts: Iterable[Statement]) -> bool:
    """Whether the shared text holds the claim itself; evidence without words says nothing against it."""
    spans = [(e.document, e.span) for e in drv.evidence]
    return not spans or any(
        doc == stmt.document and span.start < at.end and at.start < span.end
        for doc, span in spans
        for stmt in stmts
        for at in stmt.spans
    )


# --------------------------------------------------------------------- what if


def _leave_out(
    supports: Sequence[Support], without: Collection[str], named_only: bool, agents: Mapping[str, Agent]
) -> tuple[list[Support], frozenset[Vertex]]:
    """The supports that remain, and the vertices that are no origins because all they had is left out."""
    out = {
        s: at for s in supports if (at := _left_out_at(s, frozenset(without), named_only, agents)) is not None
    }
    if not out:
        return list(supports), frozenset()
    rest = [s for s in supports if s not in out]
    receivers = {v for s, at in out.items() for v in _below(s, at, agents)}
    downstream = reaching(receivers, (arc for s in supports for arc in pairwise(s.path)))
    barred = downstream - {s.path[-1] for s in rest if s.end == "witness"}
    counted = counted_graph(ClaimGraph(tuple(rest), barred=barred))
    grounded = reaching(counted.stated | counted.possible, counted.arcs)
    return [s for s in rest if s.next in grounded or s.next not in downstream], barred


def _left_out_at(
    support: Support, without: frozenset[str], named_only: bool, agents: Mapping[str, Agent]
) -> int | None:
    """The place in the chain, counted from the origin, of the first agent that is left out."""
    if named_only and support.end != "parent" and _nameless(support.chain[0], agents):
        return 0
    for at, agent in enumerate(support.chain):
        if without.intersection(line_of_principals(agent, agents)):
            return at
    return None


def _nameless(agent: str, agents: Mapping[str, Agent]) -> bool:
    return agent == UNKNOWN or (agent in agents and agents[agent].kind in NAMELESS)


def _below(support: Support, at: int, agents: Mapping[str, Agent]) -> set[Vertex]:
    """The vertices that had it from the link at this place."""
    return set(_path(support.chain[at:], support.document, agents)) - {vertex(support.chain[at], agents)}


# ------------------------------------------------------------------- the count


def counted_graph(graph: ClaimGraph, joined: Callable[[Vertex], Vertex] = lambda v: v) -> Count:
    """Leaves, arcs and ends, with vertices renamed by `joined`.

    Whoever has it from somebody else is a link and no origin, unless it saw for itself.
    """
    arcs = {(joined(g), joined(u)) for s in graph.supports for g, u in pairwise(s.path)}
    arcs = {(g, u) for g, u in arcs if g != u}

    def ends(*kinds: End) -> set[Vertex]:
        return {
            joined(s.path[-1]) for s in graph.supports if s.end in kinds and s.path[-1] not in graph.barred
        }

    relays = {g for g, _ in arcs} - ends("witness")
    return Count(
        leaves=frozenset(joined(s.path[0]) for s in graph.supports),
        arcs=frozenset(arcs),
        stated=frozenset(ends("stated", "witness") - relays),
        possible=frozenset(ends("possible") - relays),
    )


def joining(doubts: Iterable[Merge]) -> Callable[[Vertex], Vertex]:
    """Maps every vertex to the first by id of those that `doubts` join with it."""
    group: dict[Vertex, set[Vertex]] = {}
    for merge in doubts:
        both = group.get(merge.agent, {merge.agent}) | group.get(merge.into, {merge.into})
        group.update(dict.fromkeys(both, both))
    return lambda v: min(group[v]) if v in group else v


def origins_of(graph: ClaimGraph, agents: Mapping[str, Agent]) -> Origins:
    """The count of a citing graph, with its evidence. Nobody states it: all zero."""
    low, high = counted_graph(graph, joining(graph.doubts)), counted_graph(graph)
    disjoint = disjoint_chains(low.leaves, low.arcs, low.stated)
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
        merges=_merges(graph, agents),
    )


def _edges(graph: ClaimGraph) -> tuple[Edge, ...]:
    """Every arc of the graph once, with all words that make it."""
    words: dict[Arc, set[Evidence]] = defaultdict(set)
    for support in graph.supports:
        for arc in pairwise(support.path):
            words[arc].update(support.evidence, (words for name, words in support.names if name in arc))
    return tuple(Edge(*arc, evidence=in_order(found)) for arc, found in sorted(words.items()))


def _merges(graph: ClaimGraph, agents: Mapping[str, Agent]) -> tuple[Merge, ...]:
    """Every agent that counts as another, with the words that say for whom it speaks; then the doubts."""
    merges = []
    for agent in sorted({agent for support in graph.supports for agent in support.chain}):
        into = vertex(agent, agents)
        if into == agent:
            continue
        line = line_of_principals(agent, agents)
        names = (name_of(a, agents) for a in line)
        basis = (evidence for a in line if a in agents for evidence in agents[a].basis)
        merges.append(Merge(agent, into, " speaks for or belongs to ".join(names), in_order(basis)))
    return (*merges, *graph.doubts)


def in_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each piece of evidence once, in the order of the text."""
    return tuple(sorted(set(evidence), key=_place))


def _place(evidence: Evidence) -> tuple[str, Span, str]:
    return evidence.document, evidence.span, evidence.why


def _places(evidence: Iterable[Evidence]) -> list[tuple[str, Span, str]]:
    return [_place(e) for e in evidence]
