"""Vertex-disjoint chains, smallest cuts and loops of a small directed graph.

In: leaves, roots and edges (relay, giver) over strings. Out: the chains, the cut nearest to the roots,
the groups that cite each other. Unit-capacity maximum flow (Menger 1927; Ford and Fulkerson 1956):
a claim's graph has at most some hundred vertices. Every answer is the same for any order of input.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable
from typing import NamedTuple, TypeVar

V = TypeVar("V")

Arc = tuple[str, str]
"""An edge of the citing graph: (relay, giver)."""

_Pipe = tuple[int, int]
"""An arc of the flow network. Vertex i is entered at port 2i and left at 2i + 1; the last two ports are
the start and the goal. Only the pipes 2i to 2i + 1 are narrow, so every smallest cut is one of vertices."""


class Disjoint(NamedTuple):
    """The most chains from a leaf to a root that share no vertex, and a smallest set that meets them all.

    A chain runs from its leaf to its root. `cut` has as many vertices as there are chains (Menger) and
    is, of all smallest cuts, the one nearest to the roots. Both are sorted.
    """

    chains: tuple[tuple[str, ...], ...]
    cut: tuple[str, ...]


def disjoint_chains(leaves: Collection[str], edges: Iterable[Arc], roots: Collection[str]) -> Disjoint:
    """Largest set of vertex-disjoint chains from `leaves` to `roots`; a leaf that is a root is a chain.

    >>> disjoint_chains({"blog", "post"}, {("blog", "wire"), ("post", "wire"), ("wire", "ana")}, {"ana"})
    Disjoint(chains=(('blog', 'wire', 'ana'),), cut=('ana',))
    """
    arcs = {(relay, giver) for relay, giver in edges if relay != giver}
    names = sorted({*leaves, *roots, *(vertex for arc in arcs for vertex in arc)})
    network = _network(names, set(leaves), arcs, set(roots))
    flow: set[_Pipe] = set()
    while path := _augmenting(network, flow):
        for tail, head in path:
            if (head, tail) in flow:
                flow.remove((head, tail))
            else:
                flow.add((tail, head))
    chains = (tuple(names[vertex] for vertex in chain) for chain in _chains(flow, len(names)))
    return Disjoint(tuple(sorted(chains)), tuple(names[vertex] for vertex in _cut_near_goal(network, flow)))


def reaching(goals: Iterable[str], edges: Iterable[Arc]) -> frozenset[str]:
    """Every vertex from which some goal can be reached along `edges`, the goals themselves included.

    >>> sorted(reaching({"wire"}, {("blog", "wire"), ("wire", "ana")}))
    ['blog', 'wire']
    """
    relays = defaultdict(list)
    for relay, giver in edges:
        relays[giver].append(relay)
    return frozenset(_spread(goals, relays, set()))


def loops(edges: Iterable[Arc]) -> tuple[tuple[str, ...], ...]:
    """Strongly connected components of two or more vertices: groups that have it from each other.

    >>> loops({("a", "b"), ("b", "a"), ("c", "a")})
    (('a', 'b'),)
    """
    givers, relays = defaultdict(list), defaultdict(list)
    for relay, giver in sorted(set(edges)):
        givers[relay].append(giver)
        relays[giver].append(relay)
    done: set[str] = set()
    groups = []
    for root in reversed(_finishing_order(sorted({*givers, *relays}), givers)):
        group = _spread({root}, relays, done)
        done |= group
        if len(group) > 1:
            groups.append(tuple(sorted(group)))
    return tuple(sorted(groups))


def circle(group: Collection[str], edges: Iterable[Arc]) -> tuple[str, ...]:
    """A shortest way along `edges` from the first vertex of a loop back to it.

    >>> circle(("a", "b", "c"), {("a", "c"), ("c", "b"), ("b", "a")})
    ('a', 'c', 'b', 'a')
    """
    givers = defaultdict(list)
    for relay, giver in sorted(set(edges)):
        if relay in group and giver in group:
            givers[relay].append(giver)
    start = min(group)
    ways: deque[tuple[str, ...]] = deque([(start,)])
    seen: set[str] = set()
    while ways:
        way = ways.popleft()
        for giver in givers[way[-1]]:
            if giver == start:
                return (*way, start)
            if giver not in seen:
                seen.add(giver)
                ways.append((*way, giver))
    return ()


def _network(names: list[str], leaves: set[str], arcs: set[Arc], roots: set[str]) -> list[list[int]]:
    """Heads by tail. Sorted, so that equal flows are found in the same order everywhere."""
    port = {name: 2 * i for i, name in enumerate(names)}
    start, goal = 2 * len(names), 2 * len(names) + 1
    network: list[list[int]] = [[] for _ in range(goal + 1)]
    for name in names:
        network[port[name]].append(port[name] + 1)
    for relay, giver in sorted(arcs):
        network[port[relay] + 1].append(port[giver])
    network[start] = [port[leaf] for leaf in sorted(leaves)]
    for root in roots:
        network[port[root] + 1].append(goal)
    return network


def _augmenting(network: list[list[int]], flow: set[_Pipe]) -> list[_Pipe]:
    """A shortest path on which one more chain fits, as pipes; empty if there is none.

    A pipe in use is closed forwards and may be taken back; closing the wide ones too changes nothing,
    because each leads to or from a narrow one that is in use as well.
    """
    start, goal = len(network) - 2, len(network) - 1
    back = defaultdict(list)
    for tail, head in sorted(flow):
        back[head].append(tail)
    came = {start: start}
    queue = deque([start])
    while queue and goal not in came:
        port = queue.popleft()
        for head in [h for h in network[port] if (port, h) not in flow] + back[port]:
            if head not in came:
                came[head] = port
                queue.append(head)
    path = []
    port = goal if goal in came else start
    while port != start:
        path.append((came[port], port))
        port = came[port]
    return path


def _chains(flow: set[_Pipe], size: int) -> list[list[int]]:
    """The flow as chains of vertex numbers, leaf first."""
    start, goal = 2 * size, 2 * size + 1
    after = {tail: head for tail, head in flow if tail != start}
    chains = []
    for port in sorted(head for tail, head in flow if tail == start):
        chain = []
        while port != goal:
            chain.append(port // 2)
            port = after[after[port]]
        chains.append(chain)
    return chains


def _cut_near_goal(network: list[list[int]], flow: set[_Pipe]) -> list[int]:
    """The vertices that can be left but no longer entered on a way to the goal."""
    start, goal = len(network) - 2, len(network) - 1
    into = defaultdict(list)
    for tail, heads in enumerate(network):
        narrow = tail < start and tail % 2 == 0
        for head in heads:
            if not narrow or (tail, head) not in flow:
                into[head].append(tail)
    for tail, head in flow:
        into[tail].append(head)
    open_ports = _spread({goal}, into, set())
    return [port // 2 for port in range(0, start, 2) if port + 1 in open_ports and port not in open_ports]


def _spread(sources: Iterable[V], onward: dict[V, list[V]], closed: set[V]) -> set[V]:
    """Everything that can be reached from `sources` without entering `closed`."""
    seen = set(sources) - closed
    queue = list(seen)
    while queue:
        for vertex in onward.get(queue.pop(), ()):
            if vertex not in seen and vertex not in closed:
                seen.add(vertex)
                queue.append(vertex)
    return seen


def _finishing_order(vertices: list[str], givers: dict[str, list[str]]) -> list[str]:
    """Depth-first finishing order without recursion (Kosaraju's first pass)."""
    seen: set[str] = set()
    order: list[str] = []
    for root in vertices:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(givers.get(root, ())))]
        while stack:
            vertex, rest = stack[-1]
            giver = next((g for g in rest if g not in seen), None)
            if giver is None:
                order.append(vertex)
                stack.pop()
            else:
                seen.add(giver)
                stack.append((giver, iter(givers.get(giver, ()))))
    return order
