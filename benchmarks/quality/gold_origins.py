"""How many independent origins the annotation of a claim implies: the yardstick for `ondit.tracing.origins`.

Kept apart from the library on purpose, and simple: a yardstick must not share the fault that it is to find.
The definition is in tests/stories/README.md, under "Counting origins".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from benchmarks.quality.gold import GoldClaim, GoldMention, Story

Vertex = str
Place = tuple[Vertex, bool]
"""A vertex is left (True) and entered (False) at two places, so that one chain at most passes through it."""


@dataclass(frozen=True, slots=True)
class GoldOrigins:
    """At least `lo`, at most `hi`; `stated` are vertices, `unsourced` reports."""

    lo: int
    hi: int
    stated: frozenset[str]
    unsourced: frozenset[str]


@dataclass(slots=True)
class _Graph:
    leaves: set[Vertex] = field(default_factory=set)
    edges: set[tuple[Vertex, Vertex]] = field(default_factory=set)
    stated: set[Vertex] = field(default_factory=set)
    possible: set[Vertex] = field(default_factory=set)
    witnesses: set[Vertex] = field(default_factory=set)
    unsourced: set[str] = field(default_factory=set)


def gold_origins(story: Story, claim: GoldClaim, stance: str) -> GoldOrigins:
    """The interval of independent origins of `claim` with `stance`."""
    by_report = defaultdict[str, list[GoldMention]](list)
    for mention in claim.mentions:
        if mention.stance == stance:
            by_report[mention.report].append(mention)
    graph = _Graph()
    for report, mentions in by_report.items():
        used = [p for c, p in sorted(story.derivations) if c == report and p in by_report]
        _add_report(graph, story, report, mentions, used)
    # Whoever has it from somebody else is a link, not an origin, unless he saw it himself.
    relays = {relay for relay, _ in graph.edges} - graph.witnesses
    stated, possible = graph.stated - relays, graph.possible - relays
    return GoldOrigins(
        lo=disjoint_chains(graph.leaves, graph.edges, stated),
        hi=max(1, disjoint_chains(graph.leaves, graph.edges, stated | possible)),
        stated=frozenset(stated),
        unsourced=frozenset(graph.unsourced),
    )


def _add_report(
    graph: _Graph, story: Story, report: str, mentions: Sequence[GoldMention], used: Iterable[str]
) -> None:
    outlet = story.vertex(story.reports[report].outlet)
    graph.leaves.add(outlet)
    sourced = [m for m in mentions if len(m.chain) > 1 and m.chain[0] != "unknown"]
    firsthand = any(m.firsthand and len(m.chain) == 1 for m in mentions)
    for mention in sourced:
        graph.stated.add(_add_chain(graph, story, mention.chain))
    if firsthand:
        graph.stated.add(outlet)
        graph.witnesses.add(outlet)
    if sourced or firsthand:
        return
    parents = {story.vertex(story.reports[parent].outlet) for parent in used}
    graph.edges |= {(outlet, parent) for parent in parents - {outlet}}
    hearsay = [m.chain[1:] for m in mentions if m.chain[0] == "unknown" and len(m.chain) > 2]
    for chain in hearsay:
        graph.possible.add(_add_chain(graph, story, chain))
    if not parents and not hearsay:
        graph.unsourced.add(report)
        graph.possible.add(outlet)


def _add_chain(graph: _Graph, story: Story, chain: Sequence[str]) -> Vertex:
    """Add the edges of a chain, relay to giver; give back its origin."""
    path = [story.vertex(agent) for agent in chain]
    graph.edges |= {(relay, giver) for giver, relay in pairwise(path) if giver != relay}
    return path[0]


def disjoint_chains(leaves: set[Vertex], edges: set[tuple[Vertex, Vertex]], roots: set[Vertex]) -> int:
    """The most chains from leaves to roots of which no two share a vertex (Menger 1927; Ford-Fulkerson).

    >>> disjoint_chains({"a", "b"}, {("a", "x"), ("b", "x")}, {"x"})
    1
    >>> disjoint_chains({"a", "b"}, {("a", "x"), ("b", "y")}, {"x", "y"})
    2
    """
    room = defaultdict[Place, set[Place]](set)
    for vertex in leaves | roots | {end for edge in edges for end in edge}:
        room[vertex, False].add((vertex, True))
    for relay, giver in edges:
        room[relay, True].add((giver, False))
    open_leaves, open_roots, chains = set(leaves), set(roots), 0
    while path := _free_path(room, open_leaves, open_roots):
        for here, there in pairwise(path):
            room[here].remove(there)
            room[there].add(here)
        open_leaves.discard(path[0][0])
        open_roots.discard(path[-1][0])
        chains += 1
    return chains


def _free_path(room: dict[Place, set[Place]], leaves: set[Vertex], roots: set[Vertex]) -> list[Place]:
    """Places from a free leaf to a free root, breadth first; empty if there is no way left."""
    queue: list[Place] = [(leaf, False) for leaf in sorted(leaves)]
    came_from: dict[Place, Place | None] = dict.fromkeys(queue)
    for place in queue:
        if place[1] and place[0] in roots:
            return _walk_back(place, came_from)
        for after in sorted(room[place] - came_from.keys()):
            came_from[after] = place
            queue.append(after)
    return []


def _walk_back(place: Place | None, came_from: dict[Place, Place | None]) -> list[Place]:
    path = []
    while place is not None:
        path.append(place)
        place = came_from[place]
    return path[::-1]
