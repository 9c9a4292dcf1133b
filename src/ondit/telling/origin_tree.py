"""The origin tree of a claim, laid out: who has it from whom, from the origins down to the reports.

In: the `Origins` of one claim and stance, as counted. Out: `OriginTree`, rows with places and labels, for a
template to draw as SVG with real text. Whoever has it from several stands under the nearest to an origin and
names the others, so that the drawing is a tree and reads line by line. Nothing is counted here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ondit.records import UNKNOWN, Agent, Claim, Evidence, Origins, Span, Stance, Statement
from ondit.telling.tree import DOUBTS, Shown
from ondit.telling.words import NO_LINEAGE, clean, kind_in_words, listed, name_of, number_of, shortened

Pair = tuple[str, str]
"""(relay, giver), both vertices."""

LEAVES = 14
"""So many reports that end a line are drawn under one giver before the rest is only counted."""

ANONYMOUS = ("anonymous_person", "anonymous_group")

TOP, LINE, NOTE, GLYPH, GAP = 16, 30, 16, 22, 26
NAME_SIZE, NOTE_SIZE = 14.0, 12.0
LONGEST_NAME, LONGEST_LABEL, LONGEST_NOTE = 44, 22, 96


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on an edge: a report's words of saying (`cue`), or in our words how one used the other.

    `stated` is False where the report does not say so itself.
    """

    text: str
    cue: bool
    stated: bool = True
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One vertex and its place. `glyph` is its kind, `head` the head count inside it ("6", "?").

    `parent` is the number of the row it hangs on; `path` the line from there, `label` what stands on it, both
    as seen from the row's own place. `reports` are the documents in which it is the outlet.
    """

    number: int
    vertex: str
    name: str
    glyph: str
    level: int
    x: float
    y: float
    note: str = ""
    head: str = ""
    parent: int | None = None
    path: str = ""
    label: Label | None = None
    label_x: float = 0
    bottleneck: bool = False
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OriginTree:
    """Rows from top to bottom, and the size of the drawing in pixels."""

    rows: tuple[Row, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Graph:
    """The counted graph, ready to be walked: who took it from each vertex, and who stands where."""

    at: Shown
    origins: Origins
    takers: Mapping[str, Sequence[str]]
    givers: Mapping[str, Sequence[str]]
    labels: Mapping[Pair, Label]
    reports: Mapping[str, Sequence[str]]
    firsthand: frozenset[str]


def origin_tree(at: Shown, claim: Claim, stance: Stance, origins: Origins) -> OriginTree:
    """The drawing for one stance of a claim; without rows where nobody has it from anybody."""
    if not origins.edges:
        return OriginTree((), 0, 0)
    graph = _graph(at, claim, stance, origins)
    return _placed(graph, _hang(graph))


def width_of(text: str, size: float) -> float:
    """About as wide as a text is in a sans-serif face of this size, rather more than less.

    >>> width_of("million", 10) < width_of("MILLION", 10)
    True
    """
    return size * sum(
        0.32
        if c in "iljtfr.,:;'|!()[] ’“”"
        else 0.95
        if c in "mwMW@—…" or ord(c) > 0x2E80
        else 0.7
        if c.isupper()
        else 0.57
        for c in text
    )


# ------------------------------------------------------------------------ the graph


def _graph(at: Shown, claim: Claim, stance: Stance, origins: Origins) -> _Graph:
    said = [stmt for stmt in claim.statements if stmt.stance == stance and stmt.chain]
    into = {merge.agent: merge.into for merge in origins.merges if not merge.why.endswith(DOUBTS)}
    outlet = {stmt.document: _outlet(stmt, into) for stmt in said}
    takers, givers = defaultdict(list), defaultdict(list)
    for edge in origins.edges:
        takers[edge.giver].append(edge.relay)
        givers[edge.relay].append(edge.giver)
    order = {document.id: number for number, document in enumerate(at.trace.documents)}
    reports = defaultdict(list)
    for document in sorted(outlet, key=lambda d: order.get(d, len(order))):
        reports[outlet[document]].append(document)
    return _Graph(
        at, origins, takers, givers, _labels(at, said, into, outlet), reports,
        frozenset(outlet[stmt.document] for stmt in said if stmt.firsthand and len(stmt.chain) == 1),
    )  # fmt: skip


def _outlet(stmt: Statement, into: Mapping[str, str]) -> str:
    last = stmt.chain[-1]
    return f"{UNKNOWN}:{stmt.document}" if last == UNKNOWN else into.get(last, last)


def _labels(
    at: Shown, said: Sequence[Statement], into: Mapping[str, str], outlet: Mapping[str, str]
) -> dict[Pair, Label]:
    """For each edge the words of saying, where a report says who told it; else how it used the other."""
    labels: dict[Pair, Label] = {}
    cues = {att.id: att for att in at.trace.attributions}
    for stmt in said:
        for holder, (giver, relay) in zip(stmt.holders, pairwise(stmt.chain), strict=False):
            pair = (into.get(relay, relay), into.get(giver, giver))
            att = cues.get(holder.attribution or "")
            if pair not in labels and att is not None and att.cue:
                labels[pair] = _cue(at, stmt.document, att.cue[0])
    for drv in at.trace.derivations:
        if drv.child in outlet and drv.parent in outlet:
            pair = (outlet[drv.child], outlet[drv.parent])
            how = Label(drv.kind, False, drv.stated, next(iter(drv.evidence), None))
            labels.setdefault(pair, how)
    return labels


def _cue(at: Shown, document: str, span: Span) -> Label:
    found = at.documents.get(document)
    words = clean(found.text[span.start : span.end]) if found else ""
    place = Evidence(document, span, "says that they say it")
    return Label(f"“{shortened(words, LONGEST_LABEL)}”", True, evidence=place)


# ------------------------------------------------------------------------- the tree


@dataclass(frozen=True, slots=True)
class _Hung:
    """A vertex, the number of the row that it hangs on, and its level.

    No vertex: the line above reports without lineage, or `more` that are not drawn.
    """

    vertex: str
    parent: int | None = None
    level: int = 0
    more: int = 0


def _hang(graph: _Graph) -> list[_Hung]:
    """Every vertex once, depth first: below stated origins, then other ends, then loops; last the bare."""
    ends = [v for v in graph.takers if v not in graph.givers and v not in graph.origins.stated]
    loops = [loop[0] for loop in graph.origins.loops if loop]
    roots = list(dict.fromkeys([*graph.origins.stated, *ends, *loops]))
    nearest = _nearest(graph, roots)
    while rest := [v for v in graph.takers if v not in nearest]:
        roots.append(rest[0])
        nearest = _nearest(graph, roots)
    waiting = [_Hung(root) for root in reversed(roots)]
    found: list[_Hung] = []
    taken: set[str] = set()
    while waiting:
        hung = waiting.pop()
        if hung.vertex in taken and not hung.more:
            continue
        taken.add(hung.vertex)
        under = [v for v in graph.takers.get(hung.vertex, ()) if nearest.get(v) == hung.vertex]
        waiting += reversed(_under(graph, under, len(found), hung.level + 1))
        found.append(hung)
    unsourced = set(graph.origins.unsourced)
    bare = [v for v, reports in graph.reports.items() if v not in taken and unsourced.intersection(reports)]
    return found + ([_Hung(""), *_under(graph, bare, len(found), 1)] if bare else [])


def _under(graph: _Graph, vertices: Sequence[str], parent: int, level: int) -> list[_Hung]:
    """What hangs on one row: those from whom others have it after those who end a line."""
    ends = [v for v in vertices if v not in graph.takers]
    rows = [_Hung(v, parent, level) for v in ends[:LEAVES]]
    if more := len(ends) - LEAVES:
        rows += [_Hung("", parent, level, more)] if more > 0 else []
    return rows + [_Hung(v, parent, level) for v in vertices if v in graph.takers]


def _nearest(graph: _Graph, roots: Sequence[str]) -> dict[str, str]:
    """For each vertex the giver under which it hangs: one on a shortest way from an end."""
    found: dict[str, str] = dict.fromkeys(roots, "")
    layer = list(found)
    while layer:
        after = []
        for giver in layer:
            for taker in graph.takers.get(giver, ()):
                if taker not in found:
                    found[taker] = giver
                    after.append(taker)
        layer = after
    return found


# ------------------------------------------------------------------------ the places


def _placed(graph: _Graph, hung: Sequence[_Hung]) -> OriginTree:
    runs = _runs(graph, hung)
    rows: list[Row] = []
    y: float = TOP
    for number, each in enumerate(hung):
        x = 15 + sum(runs.get(step, 0) for step in range(1, each.level + 1))
        row = replace(
            _row(graph, number, each, "" if each.parent is None else hung[each.parent].vertex), x=x, y=y
        )
        if each.parent is not None:
            above = rows[each.parent]
            label = graph.labels.get((each.vertex, above.vertex))
            row = replace(row, path=_path(above, row), label=label, label_x=above.x + 12 - x)
        rows.append(row)
        y += LINE + (NOTE if row.note else 0)
    width = max((_right(row) for row in rows), default=0) + 8
    return OriginTree(tuple(rows), round(width), round(y - LINE / 2 + 4))


def _runs(graph: _Graph, hung: Sequence[_Hung]) -> dict[int, float]:
    """How far the rows of each level stand in: as wide as the longest label that leads to one."""
    runs: dict[int, float] = {}
    for each in hung:
        if each.parent is not None:
            label = graph.labels.get((each.vertex, hung[each.parent].vertex))
            wide = width_of(label.text, NOTE_SIZE) + 32 if label else GAP
            runs[each.level] = max(runs.get(each.level, GAP), wide)
    return runs


def _row(graph: _Graph, number: int, hung: _Hung, above: str) -> Row:
    vertex, level, parent = hung.vertex, hung.level, hung.parent
    if hung.more:
        more = f"and {number_of(hung.more, 'more report')}"
        return Row(number, "", more, "more", level, 0, 0, parent=parent)
    if not vertex:
        note = "never counted as an origin"
        return Row(number, "", NO_LINEAGE, "none", level, 0, 0, note=note)
    agent = graph.at.agents.get(vertex)
    kind = agent.kind if agent else "unknown"
    return Row(
        number,
        vertex,
        shortened(_name(graph, vertex), LONGEST_NAME),
        "anonymous" if kind in ANONYMOUS else kind,
        level,
        0,
        0,
        note=shortened("; ".join(_notes(graph, vertex, above)), LONGEST_NOTE),
        head=_head(agent) if agent and kind in ANONYMOUS else "",
        parent=parent,
        bottleneck=_is_bottleneck(graph, vertex),
        reports=tuple(graph.reports.get(vertex, ())),
    )


def _head(agent: Agent) -> str:
    """How many nameless heads: one, the number that the reports give, or that they give none."""
    return "1" if agent.kind == "anonymous_person" else str(agent.count or "?")


def _name(graph: _Graph, vertex: str) -> str:
    """The name of a vertex; of an outlet that nobody knows, the report that it published."""
    _, _, document = vertex.partition(":")
    if vertex not in graph.at.agents and document in graph.at.documents:
        return f"the outlet of {graph.at.report(document)}"
    return name_of(vertex, graph.at.agents)


def _notes(graph: _Graph, vertex: str, parent: str) -> Iterator[str]:
    agent = graph.at.agents.get(vertex)
    if vertex in graph.origins.stated:
        yield "origin"
    if agent is not None and agent.kind != "outlet":
        yield kind_in_words(agent) + ("" if agent.identified else ", only described")
    if vertex in graph.firsthand:
        yield "saw it itself"
    if _is_bottleneck(graph, vertex):
        yield "all that is sourced comes through here"
    if any(vertex in loop for loop in graph.origins.loops):
        yield "only cites others who cite it"
    if others := [giver for giver in graph.givers.get(vertex, ()) if giver not in (parent, vertex)]:
        yield f"{'also ' if parent else ''}from {listed((_name(graph, giver) for giver in others), 2)}"
    joined = [m.agent for m in graph.origins.merges if m.into == vertex and not m.why.endswith(DOUBTS)]
    if joined:
        yield f"through {listed((name_of(a, graph.at.agents) for a in dict.fromkeys(joined)), 3)}"


def _is_bottleneck(graph: _Graph, vertex: str) -> bool:
    """Whether it is to be marked as one: in a single report everything comes through everybody."""
    return graph.origins.reports > 1 and vertex in graph.origins.bottlenecks


def _path(above: Row, row: Row) -> str:
    """Down from the row above, round a corner, and across to this row."""
    return f"M{above.x - row.x:.0f} {above.y + 9 - row.y:.0f}V-8q0 8 8 8H{-GLYPH / 2:.0f}"


def _right(row: Row) -> float:
    reports = sum(width_of(report, NOTE_SIZE) + 10 for report in row.reports[:4])
    return row.x + 14 + max(width_of(row.name, NAME_SIZE) + reports + 8, width_of(row.note, NOTE_SIZE))
