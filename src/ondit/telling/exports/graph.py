"""Who cites whom, over all claims of some stories, as nodes and edges for programs that draw graphs.

In: finished traces. Out: a `Graph`, of which GEXF and GraphML are two spellings. A node is an agent; an edge
runs from who reports to whom they have it from, one a place where they say so, with the cue and where it
stands. Where a report shows that it used another, an edge runs between their outlets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

from ondit.records import UNKNOWN, Agent, Spans, Statement, Trace
from ondit.telling.tree import Shown, shown
from ondit.telling.words import NOBODY, clean, name_of, quoted

WORDS = 300
"""So many characters of a report an edge carries at most."""

KNOWN = {"id", "label", "relay", "giver"}
"""What every graph format has a place of its own for."""

_NOT_XML = re.compile(
    "[^\t\n\r -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


@dataclass(frozen=True, slots=True)
class Node:
    """An agent of one story: how many reports it published, of how many claims it is an origin."""

    id: str
    label: str
    story: str
    kind: str
    head_count: int
    identified: bool
    principal: str
    reports: int
    origin_of_claims: int


@dataclass(frozen=True, slots=True)
class Arc:
    """`relay` has something from `giver`: words of `report`, whose cue (or all of which) is at start..end.

    `kind` is "says", or that of a derivation; `stated` is False where only shared text shows it.
    """

    id: str
    relay: str
    giver: str
    label: str
    story: str
    kind: str
    stated: bool
    directed: bool
    stance: str
    report: str
    start: int
    end: int
    words: str
    claims: str


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and edges of all stories; stories share none."""

    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]


def citing(traces: Iterable[Trace]) -> Graph:
    """The citing graph of some stories."""
    nodes: list[Node] = []
    arcs: list[Arc] = []
    for at in map(shown, traces):
        drawn = [*_said(at), *_used(at)]
        nodes += _nodes(at, {end for arc in drawn for end in (arc.relay, arc.giver)})
        arcs += drawn
    return Graph(tuple(nodes), tuple(arcs))


def values(record: Node | Arc) -> dict[str, Any]:
    """What a node or an edge carries beside its ids and its label."""
    return {name: getattr(record, name) for name in types(type(record))}


def types(kind: type[Node | Arc]) -> dict[str, str]:
    """Name and type of each of these values; GEXF and GraphML call the types the same."""
    called = {"str": "string", "int": "int", "bool": "boolean"}
    return {field.name: called[str(field.type)] for field in fields(kind) if field.name not in KNOWN}


def as_xml(value: object) -> str:
    """A value as XML 1.0 can hold it; what it cannot, and what would not be seen, becomes U+FFFD.

    >>> as_xml("a\\x00b\\ufffe"), as_xml(True), as_xml(7)
    ('a\ufffdb\ufffd', 'true', '7')
    """
    return str(value).lower() if isinstance(value, bool) else _NOT_XML.sub("\ufffd", str(value))


def document(root: ET.Element) -> bytes:
    """The XML document, indented so that it can be read and compared."""
    ET.indent(root, " ")
    made: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return made + b"\n"


# --------------------------------------------------------------------------- nodes


def _nodes(at: Shown, met: set[str]) -> Iterator[Node]:
    """All agents, and nobody named where somebody has something from there."""
    published = Counter(_outlets(at).values())
    stated = Counter(vertex for claim in at.trace.claims for vertex in _stated(claim.origins.values()))
    for agent in (at.agents[agent.id] for agent in at.trace.agents):
        yield _node(at, agent, published[agent.id], stated[agent.id])
    if _id(at, UNKNOWN) in met and UNKNOWN not in at.agents:
        yield _node(at, Agent(UNKNOWN, NOBODY, "unknown", identified=False), 0, 0)


def _node(at: Shown, agent: Agent, published: int, stated: int) -> Node:
    return Node(
        id=_id(at, agent.id),
        label=name_of(agent.id, {agent.id: agent}),
        story=at.trace.story,
        kind=agent.kind,
        head_count=agent.count or 0,
        identified=agent.identified,
        principal=name_of(agent.principal, at.agents) if agent.principal else "",
        reports=published,
        origin_of_claims=stated,
    )


def _stated(counted: Iterable[Any]) -> set[str]:
    return {vertex for origins in counted for vertex in origins.stated}


def _id(at: Shown, agent: str) -> str:
    return f"{at.trace.story}/{agent if agent in at.agents else UNKNOWN}"


def _outlets(at: Shown) -> dict[str, str]:
    """The agent that published each report: the last link of its chains."""
    every = (stmt for claim in at.trace.claims for stmt in claim.statements)
    return {stmt.document: stmt.chain[-1] for stmt in every if stmt.chain}


# --------------------------------------------------------------------------- edges


def _said(at: Shown) -> Iterator[Arc]:
    """An edge a link of a chain; what one attribution says for several claims is one edge."""
    attributions = {att.id: att for att in at.trace.attributions}
    said: dict[tuple[str, str, str, str], tuple[Statement, list[str]]] = {}
    for claim in at.trace.claims:
        for stmt in claim.statements:
            for place, (giver, relay) in enumerate(pairwise(stmt.chain)):
                key = (relay, giver, stmt.document, _by(stmt, place))
                said.setdefault(key, (stmt, []))[1].append(clean(claim.id))
    for nr, ((relay, giver, report, by), (stmt, claims)) in enumerate(said.items()):
        att = attributions.get(by)
        cue = att.cue if att else ()
        yield Arc(
            f"{at.trace.story}/says-{nr}",
            _id(at, relay),
            _id(at, giver),
            _quoted(at, report, cue),
            at.trace.story,
            "says",
            True,
            True,
            stmt.stance,
            *_place(report, cue or stmt.spans),
            _quoted(at, report, att.content if att else stmt.spans),
            " ".join(sorted(set(claims))),
        )


def _by(stmt: Statement, place: int) -> str:
    """The attribution of a link; where there is none, the statement stands for it."""
    if tuple(holder.agent for holder in stmt.holders) != stmt.chain:
        return stmt.id
    return stmt.holders[place].attribution or stmt.id


def _used(at: Shown) -> Iterator[Arc]:
    outlets = _outlets(at)
    for nr, drv in enumerate((*at.trace.derivations, *at.trace.undirected)):
        if drv.child not in outlets or drv.parent not in outlets:
            continue
        spans = tuple(e.span for e in drv.evidence if e.document == drv.child)[:1]
        yield Arc(
            f"{at.trace.story}/used-{nr}",
            _id(at, outlets[drv.child]),
            _id(at, outlets[drv.parent]),
            drv.kind,
            at.trace.story,
            drv.kind,
            drv.stated,
            drv.directed,
            "",
            *_place(drv.child, spans),
            _quoted(at, drv.child, spans),
            "",
        )


def _place(report: str, spans: Spans) -> tuple[str, int, int]:
    return (report, spans[0].start, spans[-1].end) if spans else (report, 0, 0)


def _quoted(at: Shown, report: str, spans: Spans) -> str:
    return quoted(at.documents.get(report), spans, WORDS).removeprefix("“").removesuffix("”")
