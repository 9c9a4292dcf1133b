"""The citing graph of one claim: who has it from whom, in which report, in which words.

In: the statements of one claim, the agents, the derivations. Out: a `ClaimGraph` of supports, one for each
reason why a report has the claim, and what joins vertices in case of doubt. Vertices are top principals, so
that all who speak for one body count once. Nothing is counted here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from ondit.records import UNKNOWN, Agent, Derivation, Evidence, Merge, Span, Stance, Statement
from ondit.text.names import fold
from ondit.text.nouns import classify
from ondit.text.principals import line
from ondit.tracing.flow import Arc, reaching

NAMELESS = frozenset({"anonymous_person", "anonymous_group", "unknown"})
"""The kinds of agent that `named_only` leaves out as origins."""

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

    `doubts` join vertices that count as one in `lo` and as two in `hi`. `barred` vertices are no origins,
    because all that they had came through somebody left out. `explained` are statements in a report's own
    voice that an attribution of the same report accounts for. `sure` is the same graph without statements
    that may say something else, on which `hi` is counted; None if there are none of these, or no others that
    name an origin. `full` is it with reports that name nobody and may say something else, which bear on `lo`
    alone; None without such.
    """

    supports: tuple[Support, ...]
    doubts: tuple[Merge, ...] = ()
    barred: frozenset[Vertex] = frozenset()
    explained: tuple[Statement, ...] = ()
    sure: ClaimGraph | None = None
    full: ClaimGraph | None = None

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
    return line(agent, lambda who: (agents[who].principal or None) if who in agents else None)


def name_of(agent: str, agents: Mapping[str, Agent]) -> str:
    """The name of an agent; its id where there is no record of it."""
    return agents[agent].name if agent in agents else agent


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
    """The graph that `origins.count` counts; the parameters are the same."""
    taken = [stmt for stmt in statements if stmt.stance == stance and stmt.chain]
    said = [stmt for stmt in taken if _counts(stmt)]
    stating = {stmt.document for stmt in taken}
    within = [drv for drv in derivations if drv.child in stating and drv.parent in stating]
    directed = sorted(within, key=lambda d: (d.child, d.parent, d.kind, _places(d.evidence)))
    shared = tuple(drv for drv in undirected if drv.child in stating and drv.parent in stating)

    def graph(some: Sequence[Statement]) -> ClaimGraph:
        return _graph(some, agents, outlets or {}, directed, shared, frozenset(without), named_only)

    certain = [stmt for stmt in said if stmt.sure]
    whole = replace(graph(said), full=graph(taken) if len(said) < len(taken) else None)
    if len(certain) == len(said):
        return whole
    sure = graph(certain)
    named = any(support.end in ("stated", "witness") for support in sure.supports)
    return replace(whole, sure=sure if named else None)


def _counts(stmt: Statement) -> bool:
    """Whether a statement may raise the count: not if it names nobody and may not say the same at all."""
    return stmt.sure or _sourced(stmt) or _firsthand(stmt)


def _graph(
    statements: Sequence[Statement],
    agents: Mapping[str, Agent],
    outlets: Mapping[str, str],
    derivations: Iterable[Derivation],
    undirected: Iterable[Derivation],
    without: frozenset[str],
    named_only: bool,
) -> ClaimGraph:
    by_report: dict[str, list[Statement]] = defaultdict(list)
    for stmt in sorted(statements, key=lambda s: (s.document, s.spans, s.id)):
        by_report[stmt.document].append(stmt)
    used: dict[str, list[Derivation]] = defaultdict(list)
    for drv in derivations:
        if drv.parent in by_report and drv.child != drv.parent:
            used[drv.child].append(drv)
    outlet = {doc: outlets.get(doc, stmts[0].chain[-1]) for doc, stmts in by_report.items()}
    supports: list[Support] = []
    explained: list[Statement] = []
    for doc, stmts in by_report.items():
        found = _supports(doc, stmts, outlet, used[doc], agents)
        supports += found
        if all(s.end in ("stated", "witness") for s in found):
            explained += [stmt for stmt in stmts if not _sourced(stmt) and not _firsthand(stmt)]
    kept, barred = _leave_out(supports, without, named_only, agents)
    documents = {support.document for support in kept}
    explained = [stmt for stmt in explained if stmt.document in documents]
    graph = ClaimGraph(tuple(kept), barred=barred, explained=tuple(explained))
    silent = (d for d in derivations if not d.stated and d.evidence)
    doubts = {*_doubtful_outlets(graph, by_report, (*undirected, *silent)), *_doubtful_ends(graph, agents)}
    order = sorted(doubts, key=lambda merge: (merge.agent, merge.into, merge.why, _places(merge.evidence)))
    return replace(graph, doubts=tuple(order))


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
    sure = any(stmt.sure for stmt in stmts)
    found = [replace(_derived(drv, outlet, agents), sure=sure) for drv in used]
    found += [_told(stmt, stmt.chain, "possible", agents) for stmt in stmts if _hearsay(stmt)]
    if found:
        return found
    chain = own if any(len(stmt.chain) == 1 for stmt in stmts) else (UNKNOWN, *own)
    words = tuple(evidence for stmt in stmts for evidence in _words(stmt))
    return [Support(doc, _path(own, doc, agents), chain, "possible", words, sure=sure)]


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


def _doubtful_outlets(
    graph: ClaimGraph, by_report: Mapping[str, Sequence[Statement]], undirected: Iterable[Derivation]
) -> Iterator[Merge]:
    """Outlets that share text of unknown direction, or of which one took the claim's very words from the
    other (then it has the speaker from there too), and outlets that nobody knows."""
    outlet = {support.document: support.path[0] for support in graph.supports}
    bare = {support.document for support in graph.supports if support.end in ("possible", "parent")}
    for drv in undirected:
        a, b = sorted((drv.child, drv.parent))
        if a not in outlet or b not in outlet or outlet[a] == outlet[b]:
            continue
        shared = _touches(drv, by_report[a]) or _touches(drv, by_report[b])
        if shared or (not drv.directed and bare & {a, b}):
            low, high = sorted((outlet[a], outlet[b]))
            unknown = "who had it from whom is not known" if not drv.directed else "the words are the same"
            yield Merge(
                high, low, f"{a} and {b} share text, and {unknown}: one in lo, two in hi", drv.evidence
            )
    nameless = sorted(v for v in set(outlet.values()) if v.startswith(f"{UNKNOWN}:"))
    for a, b in pairwise(nameless):
        yield Merge(b, a, "neither report names its outlet: one in lo, two in hi")


def _doubtful_ends(graph: ClaimGraph, agents: Mapping[str, Agent]) -> Iterator[Merge]:
    """Origins who are only described, or of whom it is not sure that they say this.

    Only origins are joined, never links: then no way to an origin opens that was closed before.
    """
    surely = {s.path[-1] for s in graph.supports if s.end in ("stated", "witness") and s.sure}
    roots = counted_graph(graph).stated
    first, *others = sorted(roots, key=lambda v: (v not in surely, not _known(v, agents), v)) or [""]
    for end in others:
        one = f"{name_of(first, agents)}: one in lo, two in hi"
        if end not in surely:
            same = f"that {name_of(end, agents)} says the same as {name_of(first, agents)}"
            yield Merge(end, first, f"it is doubtful {same}: counts for nothing")
        elif not _known(end, agents):
            yield Merge(end, first, f"{name_of(end, agents)} is only described and may be {one}")
    bodies = sorted(v for v in roots if v in agents and agents[v].kind in _BODIES)
    officials = [end for end in sorted(roots) if _speaks_for_somebody(end, agents)]
    for end in officials:
        body = (bodies or officials)[0]
        if end != body:
            words = f"for whom {name_of(end, agents)} speaks is not known, perhaps for"
            yield Merge(end, body, f"{words} {name_of(body, agents)}: one in lo, two in hi")
    for end in sorted(roots):
        if (named := _called_after(end, bodies, agents)) is not None:
            words = f"{name_of(end, agents)} may be a place or {name_of(named, agents)}"
            yield Merge(end, named, f"{words}: one in lo, two in hi")


_BODIES = frozenset({"organisation", "state"})


def _called_after(vertex_: Vertex, bodies: Iterable[Vertex], agents: Mapping[str, Agent]) -> Vertex | None:
    """For a bare name ("Halden") the first of the bodies whose name begins with it ("Halden Steel")."""
    name = fold(name_of(vertex_, agents))
    return next((v for v in bodies if fold(agents[v].name).startswith(f"{name} ")), None) if name else None


def _speaks_for_somebody(vertex_: Vertex, agents: Mapping[str, Agent]) -> bool:
    """Whether somebody is described as an official, and no text says whose."""
    agent = agents.get(vertex_)
    if agent is None or agent.kind != "person":
        return False
    return any(classify(word) == "speaks" for name in (agent.name, *agent.aliases) for word in name.split())


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
    supports: Sequence[Support], without: frozenset[str], named_only: bool, agents: Mapping[str, Agent]
) -> tuple[list[Support], frozenset[Vertex]]:
    """The supports that remain, and the vertices that are no origins because all they had is left out."""
    out = {s: at for s in supports if (at := _left_out_at(s, without, named_only, agents)) is not None}
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


def counted_graph(graph: ClaimGraph, joined: Callable[[Vertex], Vertex] | None = None) -> Count:
    """Leaves, arcs and ends, with vertices renamed by `joined`.

    Whoever has it from somebody else is a link and no origin, unless it saw for itself; and who is no origin
    becomes none by being joined, not even where a loop closes on itself.
    """
    if joined is not None:
        return _joined(counted_graph(graph), joined, {joined(v) for v in _ends(graph, "witness")})
    arcs = {arc for support in graph.supports for arc in pairwise(support.path)}
    relays = {relay for relay, _ in arcs} - _ends(graph, "witness")
    return Count(
        leaves=frozenset(support.path[0] for support in graph.supports),
        arcs=frozenset(arcs),
        stated=frozenset(_ends(graph, "stated", "witness") - relays),
        possible=frozenset(_ends(graph, "possible") - relays),
    )


def _ends(graph: ClaimGraph, *kinds: End) -> set[Vertex]:
    return {s.path[-1] for s in graph.supports if s.end in kinds and s.path[-1] not in graph.barred}


def _joined(count: Count, joined: Callable[[Vertex], Vertex], witnesses: set[Vertex]) -> Count:
    arcs = {(joined(relay), joined(giver)) for relay, giver in count.arcs}
    arcs = {(relay, giver) for relay, giver in arcs if relay != giver}
    relays = {relay for relay, _ in arcs} - witnesses
    return Count(
        leaves=frozenset(map(joined, count.leaves)),
        arcs=frozenset(arcs),
        stated=frozenset(map(joined, count.stated)) - relays,
        possible=frozenset(map(joined, count.possible)) - relays,
    )


def joining(doubts: Iterable[Merge]) -> Callable[[Vertex], Vertex]:
    """Maps every vertex to one of those that `doubts` join with it: the first by id that joins no other."""
    doubts = tuple(doubts)
    group: dict[Vertex, set[Vertex]] = {}
    for merge in doubts:
        both = group.get(merge.agent, {merge.agent}) | group.get(merge.into, {merge.into})
        group.update(dict.fromkeys(both, both))
    joins = {merge.agent for merge in doubts}
    return lambda v: min(group[v], key=lambda other: (other in joins, other)) if v in group else v


def in_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each piece of evidence once, in the order of the text."""
    return tuple(sorted(set(evidence), key=_place))


def _place(evidence: Evidence) -> tuple[str, Span, str]:
    return evidence.document, evidence.span, evidence.why


def _places(evidence: Iterable[Evidence]) -> list[tuple[str, Span, str]]:
    return [_place(e) for e in evidence]
