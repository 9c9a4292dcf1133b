"""Counting origins the long way: every chain, every subset. Written apart from `ondit.tracing`, to check it.

Works on the plain words of an annotated story (dicts as in tests/stories), not on records.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from ondit.records import Agent, Derivation, Evidence, Span, Statement

Arcs = Iterable[tuple[str, str]]


def simple_chains(leaves: Iterable[str], arcs: Arcs, roots: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Every chain from a leaf to a root that passes no vertex twice."""
    arcs, roots = set(arcs), set(roots)

    def grow(chain: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if chain[-1] in roots:
            yield chain
        for relay, giver in arcs:
            if relay == chain[-1] and giver not in chain:
                yield from grow((*chain, giver))

    for leaf in set(leaves):
        yield from grow((leaf,))


def most_disjoint(chains: Iterable[tuple[str, ...]]) -> int:
    """The most chains of which no two share a vertex."""
    sets = sorted({frozenset(chain) for chain in chains}, key=len)
    minimal = [s for s in sets if not any(other < s for other in sets)]

    def best(at: int, used: frozenset[str]) -> int:
        found = 0
        for i in range(at, len(minimal)):
            if not used & minimal[i]:
                found = max(found, 1 + best(i + 1, used | minimal[i]))
        return found

    return best(0, frozenset())


def smallest_cuts(chains: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Every smallest set of vertices that meets all chains."""
    sets = {frozenset(chain) for chain in chains}
    vertices = sorted(set().union(*sets))
    for size in range(len(vertices) + 1):
        cuts = [cut for cut in combinations(vertices, size) if all(s & set(cut) for s in sets)]
        if cuts:
            return cuts
    raise AssertionError("all vertices together meet every chain")


def principal(agents: dict[str, Any], agent: str) -> str:
    """Up to the last principal; in a ring of principals, the first of the ring."""
    line = [agent]
    while (up := agents.get(line[-1], {}).get("principal")) and up not in line:
        line.append(up)
    return min(line[line.index(up) :]) if up else line[-1]


def without_repeats(vertices: Iterable[str]) -> list[str]:
    out: list[str] = []
    for vertex in vertices:
        if out[-1:] != [vertex]:
            out.append(vertex)
    return out


def graph(story: dict[str, Any], claim: dict[str, Any], stance: str) -> dict[str, set[Any]]:
    """Leaves, arcs, stated and possible origins and unsourced reports, by the definition."""
    who = story["agents"]
    outlet = {report["id"]: principal(who, report["outlet"]) for report in story["reports"]}
    said = [m for m in claim["mentions"] if m["stance"] == stance]
    stating = {m["report"] for m in said}
    g: dict[str, set[Any]] = {k: set() for k in ("leaves", "arcs", "stated", "possible", "unsourced", "saw")}
    for report in stating:
        mine = [m for m in said if m["report"] == report]
        named = [m for m in mine if len(m["chain"]) >= 2 and m["chain"][0] != "unknown"]
        saw = [m for m in mine if len(m["chain"]) == 1 and m.get("firsthand")]
        g["leaves"].add(outlet[report])
        for m in named:
            add_chain(g, "stated", [principal(who, a) for a in m["chain"]])
        if saw:
            g["stated"].add(outlet[report])
            g["saw"].add(outlet[report])
        if named or saw:
            continue
        parents = {d["parent"] for d in story["derivations"] if d["child"] == report} & stating
        relayed = [m for m in mine if m["chain"][0] == "unknown" and len(m["chain"]) >= 3]
        g["arcs"] |= {(outlet[report], outlet[p]) for p in parents if outlet[p] != outlet[report]}
        for m in relayed:
            add_chain(g, "possible", [principal(who, a) for a in m["chain"][1:]])
        if not parents and not relayed:
            g["unsourced"].add(report)
            g["possible"].add(outlet[report])
    relays = {relay for relay, _ in g["arcs"]} - g["saw"]
    g["stated"] -= relays
    g["possible"] -= relays
    return g


def add_chain(g: dict[str, set[Any]], end: str, chain: list[str]) -> None:
    vertices = without_repeats(chain)
    g[end].add(vertices[0])
    g["arcs"] |= set(zip(vertices[1:], vertices[:-1], strict=True))


def expected(story: dict[str, Any], claim: dict[str, Any], stance: str) -> dict[str, Any]:
    """What `count` must give: the definition, by brute force."""
    g = graph(story, claim, stance)
    low = most_disjoint(simple_chains(g["leaves"], g["arcs"], g["stated"]))
    high = most_disjoint(simple_chains(g["leaves"], g["arcs"], g["stated"] | g["possible"]))
    return {
        "stated": tuple(sorted(g["stated"])),
        "lo": low,
        "hi": max(1, high) if g["leaves"] else 0,
        "unsourced": tuple(sorted(g["unsourced"])),
        "reports": len({m["report"] for m in claim["mentions"] if m["stance"] == stance}),
    }


def annotated(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*/story.json"))]


def agents_of(story: dict[str, Any]) -> dict[str, Agent]:
    return {
        key: Agent(key, a.get("name", key), a.get("kind", "person"), principal=a.get("principal"))
        for key, a in story["agents"].items()
    }


def statements_of(claim: dict[str, Any]) -> list[Statement]:
    return [
        Statement(
            id=f"s{nr}",
            document=m["report"],
            spans=(Span(10 * nr, 10 * nr + 5),),
            chain=tuple(m["chain"]),
            stance=m["stance"],
            firsthand=bool(m.get("firsthand")),
        )
        for nr, m in enumerate(claim["mentions"])
    ]


def derivations_of(story: dict[str, Any], key: str = "derivations") -> list[Derivation]:
    return [
        Derivation(
            d["child"], d["parent"], "rewrite", False, (Evidence(d["child"], Span(900, 950), "prose"),), ""
        )
        for d in story.get(key, [])
    ]


def outlets_of(story: dict[str, Any]) -> dict[str, str]:
    return {report["id"]: report["outlet"] for report in story["reports"]}


def random_story(chance: random.Random, rings: bool = True) -> dict[str, Any]:
    """A small story with one claim: anybody may cite anybody, outlets have principals, reports derive."""
    names = [f"a{nr}" for nr in range(chance.randint(1, 7))]
    agents: dict[str, Any] = {name: {} for name in names}
    for nr, name in enumerate(names):
        others = names if rings and chance.random() < 0.1 else names[:nr]
        if others and chance.random() < 0.25:
            agents[name]["principal"] = chance.choice(others)
    reports = [{"id": f"r{nr}", "outlet": chance.choice(names)} for nr in range(chance.randint(1, 6))]
    ids = [report["id"] for report in reports]
    pairs = [{"child": chance.choice(ids), "parent": chance.choice(ids)} for _ in range(chance.randint(0, 5))]
    pairs = [pair for pair in pairs if pair["child"] != pair["parent"]]
    half = chance.randint(0, len(pairs))
    mentions = [random_mention(chance, names, chance.choice(reports)) for _ in range(chance.randint(1, 8))]
    return {
        "agents": agents,
        "reports": reports,
        "derivations": pairs[:half],
        "undirected": pairs[half:],
        "claims": [{"mentions": mentions}],
    }


def random_mention(chance: random.Random, names: list[str], report: dict[str, str]) -> dict[str, Any]:
    chain = [chance.choice(names) for _ in range(chance.randint(0, 3))]
    if chain and chance.random() < 0.3:
        chain[0] = "unknown"
    stance = chance.choice(["affirm", "affirm", "affirm", "deny"])
    firsthand = not chain and chance.random() < 0.3
    return {
        "report": report["id"],
        "chain": [*chain, report["outlet"]],
        "stance": stance,
        "firsthand": firsthand,
    }
