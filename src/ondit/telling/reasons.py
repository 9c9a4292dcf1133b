"""Why a claim has so many origins, and what changes without somebody: the counted graph in words.

In: a `Trace` and what `tracing` explains or counts on it. Out: rich renderables. Each vertex, edge and
merge stands with the words of the reports that make it; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from ondit.records import Claim, Edge, Evidence, Merge, Origins, Stance
from ondit.telling import quoting
from ondit.telling.judged import in_words
from ondit.telling.tree import OTHER_STANCES, Shown, gist
from ondit.telling.words import KINDS, clean, described, listed, name_of, number_of, origins_in_words

if TYPE_CHECKING:
    from ondit.tracing.explain import Explanation, Standing

QUOTES = 4
"""So many stretches of words are shown for one reason before the rest is only counted."""


def tell_reasons(at: Shown, claim: Claim, explanations: Sequence[Explanation]) -> RenderableType:
    """Everything on which the counts of a claim rest: first for those who say it, then who deny it."""
    parts: list[RenderableType] = [_head(at, claim)]
    for found in explanations:
        parts.append(Text(_stance(found.stance, found.origins), style="bold"))
        for title, nodes in _sections(at, found):
            tree = Tree(Text(title), guide_style="dim")
            for label, evidence in nodes:
                _words_into(tree.add(Text(label)), at, evidence)
            if nodes:
                parts.append(tree)
        parts.append(Text(""))
    parts += _quotings(at, claim)
    return Group(*parts)


def _quotings(at: Shown, claim: Claim) -> list[RenderableType]:
    """How the reports quote each other's words for a claim."""
    found = quoting.quotings_of(at.trace, claim)
    if not found:
        return []
    tree = Tree(Text("how the words are quoted", style="bold"), guide_style="dim")
    for each in found[: quoting.TOLD]:
        _words_into(tree.add(Text(quoting.in_words(at, each))), at, quoting.sides(each))
    if len(found) > quoting.TOLD:
        tree.add(Text(f"and {len(found) - quoting.TOLD} more"))
    return [tree, Text("")]


def tell_change(
    at: Shown, claim: Claim, counts: Sequence[tuple[Stance, Origins, Origins]], left_out: str
) -> RenderableType:
    """For each stance the count as reported, and as it is with something left out."""
    parts: list[RenderableType] = [_head(at, claim)]
    for stance, before, after in counts:
        tree = Tree(Text(f"as reported: {_stance(stance, before)}"), guide_style="dim")
        rest = tree.add(Text(f"{left_out}: {_stance(stance, after)}", style="bold"))
        for vertex in after.stated:
            rest.add(Text(f"origin: {described(vertex, at.agents)}"))
        gone = [vertex for vertex in before.stated if vertex not in after.stated]
        for vertex in gone:
            rest.add(Text(f"no origin any more: {described(vertex, at.agents)}"))
        for document in after.unsourced:
            rest.add(Text(f"lineage not recorded: {at.report(document)}"))
        parts.append(tree)
    return Group(*parts)


def _head(at: Shown, claim: Claim) -> Text:
    return Text.assemble((gist(at, claim), "bold"), "\n", (clean(claim.id), "dim"), "\n")


def _stance(stance: Stance, origins: Origins) -> str:
    said = origins_in_words(origins)
    return said if stance == "affirm" else f"{OTHER_STANCES[stance]}: {said}"


Nodes = list[tuple[str, tuple[Evidence, ...]]]


def _sections(at: Shown, found: Explanation) -> list[tuple[str, Nodes]]:
    chains = number_of(found.origins.lo, "chain")
    apart = "from an origin to a report" + (", sharing nobody" if found.origins.lo > 1 else "")
    return [
        ("who does what", [node for standing in found.standings for node in _standing(at, standing)]),
        ("who has it from whom", [_edge(at, edge) for edge in found.origins.edges]),
        (
            f"{chains} {apart}",
            [(_path(at, chain.vertices), ()) for chain in found.chains],
        ),
        (
            "all that is sourced comes through",
            [
                (f"{vertex_name(at, b.vertex)}, to {_reports(at, b.documents)}", b.evidence)
                for b in found.bottlenecks
            ],
        ),
        (
            "these only cite each other",
            [
                (_circle(at, c.vertices), tuple(e for edge in c.edges for e in edge.evidence))
                for c in found.circles
            ],
        ),
        (
            "what may be an origin more, or not",
            [
                (f"{at.report(g.document)}: {clean(g.why)}{_effect(g.possible)}", g.evidence)
                for g in found.gaps
            ],
        ),
        ("counts as one at least and as two at most", [_merge(at, merge) for merge in found.doubts]),
        (
            "said in the report's own voice as well, and accounted for",
            _by_report(at, found.silent),
        ),
        ("as analysts judged", [(in_words(ruling.judgement), ruling.evidence) for ruling in found.rulings]),
    ]


def _standing(at: Shown, standing: Standing) -> Nodes:
    kind = described(standing.vertex, at.agents)
    if standing.vertex not in at.agents:
        kind = f"{vertex_name(at, standing.vertex)} ({KINDS[standing.kind]})"
    reports = f" in {_reports(at, standing.documents)}" if standing.documents else ""
    nodes: Nodes = [(f"{kind}: {', '.join(standing.roles)}{reports}", standing.evidence)]
    return nodes + [_merge(at, merge) for merge in standing.members]


def _edge(at: Shown, edge: Edge) -> tuple[str, tuple[Evidence, ...]]:
    return f"{vertex_name(at, edge.relay)} has it from {vertex_name(at, edge.giver)}", edge.evidence


def _merge(at: Shown, merge: Merge) -> tuple[str, tuple[Evidence, ...]]:
    label = f"{vertex_name(at, merge.agent)} counts as {vertex_name(at, merge.into)}: {clean(merge.why)}"
    return label, merge.evidence


def _by_report(at: Shown, evidence: Iterable[Evidence]) -> Nodes:
    of: dict[str, list[Evidence]] = {}
    for each in evidence:
        of.setdefault(each.document, []).append(each)
    return [(at.report(document), tuple(found)) for document, found in of.items()]


def _path(at: Shown, vertices: Iterable[str]) -> str:
    return " -> ".join(vertex_name(at, vertex) for vertex in reversed(tuple(vertices)))


def _circle(at: Shown, vertices: Iterable[str]) -> str:
    return " cites ".join(vertex_name(at, vertex) for vertex in vertices)


def _effect(possible: bool) -> str:
    return "; it may be an origin of its own, so it counts at most" if possible else "; it adds no origin"


def vertex_name(at: Shown, vertex: str) -> str:
    """The name of a vertex; of an outlet that nobody knows, the report that it published."""
    _, _, document = vertex.partition(":")
    if vertex not in at.agents and document in at.documents:
        return f"the outlet of {at.report(document)}"
    return name_of(vertex, at.agents)


def _reports(at: Shown, documents: Sequence[str]) -> str:
    return listed(map(at.report, documents))


def _words_into(node: Tree, at: Shown, evidence: Sequence[Evidence]) -> None:
    quotes = dict.fromkeys(
        f"{at.quote(e.document, (e.span,))} [{clean(e.document)}]"
        for e in evidence
        if e.span.end > e.span.start
    )
    for quote in list(quotes)[:QUOTES]:
        node.add(Text(quote, style="italic"))
    if len(quotes) > QUOTES:
        node.add(Text(f"and {len(quotes) - QUOTES} more"))
