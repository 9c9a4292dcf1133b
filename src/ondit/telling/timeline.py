"""Which report used which, on the line of when they were published, laid out from top to bottom.

In: a finished `Trace`. Out: `Timeline`, rows in order of publication and an arc for every derivation, for a
template to draw as SVG. The distance between rows says nothing: hours and days stand in words.
"""

from __future__ import annotations

from dataclasses import dataclass

from ondit.records import Derivation, Document, Trace
from ondit.telling.origin_tree import width_of
from ondit.telling.tree import Shown
from ondit.telling.words import clean, moment, number_of, outlet_and_id, shortened, used_how

TOP, LINE = 18, 46
DERIVATIONS = 80
"""So many derivations are told before the rest is only counted."""

NEAREST, STEP, WIDEST = 16.0, 9.0, 150.0
LONGEST_HEADLINE = 52


@dataclass(frozen=True, slots=True)
class Published:
    """One report on the line; `id` is as it is shown."""

    document: str
    id: str
    y: float
    when: str
    outlet: str
    headline: str


@dataclass(frozen=True, slots=True)
class Arc:
    """One derivation: from the parent's row to the child's. `how` is "stated", "found" or "undirected"."""

    path: str
    tip: str
    how: str
    said: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows, arcs, the place of the line between them and the size of the drawing."""

    rows: tuple[Published, ...]
    arcs: tuple[Arc, ...]
    line: float
    width: float
    height: float


def timeline(at: Shown) -> Timeline:
    """The reports of a story on the line of time, undated ones at the end."""
    ordered = sorted(at.trace.documents, key=lambda d: (d.published is None, d.published or ""))
    place = {document.id: TOP + LINE * number for number, document in enumerate(ordered)}
    found = [d for d in told_derivations(at.trace) if d.child in place and d.parent in place]
    line = 20 + max((_reach(abs(place[d.child] - place[d.parent])) for d in found), default=0.0)
    rows = tuple(_published(document, place[document.id]) for document in ordered)
    arcs = tuple(_arc(at, drv, line, place[drv.parent], place[drv.child]) for drv in found)
    width = max((width_of(row.outlet + row.id, 15) for row in rows), default=0)
    width = max([width, *(width_of(f"{row.when} {row.headline}", 12.5) for row in rows)])
    return Timeline(rows, arcs, line, round(line + 24 + width), TOP + LINE * len(rows))


def _published(document: Document, y: float) -> Published:
    outlet, ident = outlet_and_id(document)
    headline = shortened(clean(document.headline or ""), LONGEST_HEADLINE)
    return Published(document.id, ident, y, moment(document.published) or "undated", outlet, headline)


def told_derivations(trace: Trace) -> tuple[Derivation, ...]:
    """The derivations of a story that are drawn and told: all, or those first that a report states itself."""
    every = sorted((*trace.derivations, *trace.undirected), key=lambda drv: not drv.stated)
    return tuple(every[:DERIVATIONS])


def _reach(distance: float) -> float:
    """How far an arc stands out from the line: further the more rows it spans, up to a limit."""
    return min(WIDEST, NEAREST + STEP * (distance / LINE - 1)) if distance else 0.0


def _arc(at: Shown, drv: Derivation, line: float, parent: float, child: float) -> Arc:
    out = line - 8 - _reach(abs(child - parent))
    turn = min(12.0, abs(child - parent) / 2)
    side = turn if child > parent else -turn
    path = (
        f"M{line - 7:.0f} {parent:.0f}H{out + turn:.0f}"
        f"Q{out:.0f} {parent:.0f} {out:.0f} {parent + side:.0f}V{child - side:.0f}"
        f"Q{out:.0f} {child:.0f} {out + turn:.0f} {child:.0f}H{line - 9:.0f}"
    )
    how = "undirected" if not drv.directed else "stated" if drv.stated else "found"
    return Arc(path, f"M{line - 13:.0f} {child - 4:.0f}l5 4l-5 4", how, used(at, drv))


def used(at: Shown, drv: Derivation) -> str:
    """One derivation as a sentence."""
    child, parent = at.report(drv.child), at.report(drv.parent)
    if not drv.directed:
        return f"{child} and {parent} share text: who had it from whom is not known"
    return f"{child} used {parent}: {used_how(drv)}"


def outline(at: Shown) -> str:
    """The line of time as a sentence, for who hears the drawing."""
    reports = number_of(len(at.trace.documents), "report")
    found = number_of(len(at.trace.derivations) + len(at.trace.undirected), "derivation")
    return f"{reports} in order of publication, {found}"
