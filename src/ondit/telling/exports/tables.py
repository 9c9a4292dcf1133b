"""Traces as flat tables, defined once for SQLite, Parquet and CSV: names, keys, references, rows.

In: finished traces. Out: for each of `TABLES` its rows, in the order of the records. Text is as the reports
have it, but for what databases cannot hold: NUL and lone surrogates become U+FFFD, one for one, so that
offsets hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from ondit.records import (
    UNKNOWN,
    Claim,
    Edge,
    Evidence,
    HedgeLoss,
    Holder,
    Merge,
    Span,
    Spans,
    Statement,
    Trace,
)
from ondit.telling.exports.cited import first_report
from ondit.telling.exports.rows import (
    AgentRow,
    AliasRow,
    AttributionRow,
    BlockRow,
    ClaimRow,
    ConflictRow,
    CountRow,
    CreditRow,
    DerivationRow,
    EdgeRow,
    EvidenceRow,
    HedgeRow,
    LinkRow,
    MergeRow,
    OriginRow,
    PassageRow,
    PieceRow,
    ProblemRow,
    ReportRow,
    RoleRow,
    StatementRow,
    StoryRow,
    UnsourcedRow,
)
from ondit.telling.reasons import vertex_name
from ondit.telling.tree import Shown, shown
from ondit.telling.words import NOBODY, chain_in_words, name_of, origins_in_words
from ondit.version import __version__

GAP = " … "
"""Stands between the pieces of what is not in one place."""

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


References = dict[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the class of its rows, its key, and which columns (after `story`) name a row elsewhere."""

    name: str
    row: type[tuple[Any, ...]]
    rows: Callable[[Shown], Iterator[tuple[Any, ...]]]
    key: tuple[str, ...]
    refers: References

    @property
    def columns(self) -> dict[str, tuple[type, bool]]:
        """Name of each column, its type, and whether it may be empty."""
        return {name: _column(hint) for name, hint in get_type_hints(self.row).items()}


def flat(traces: Iterable[Trace]) -> Iterator[tuple[Table, Iterator[tuple[Any, ...]]]]:
    """Each table with its rows, story after story."""
    told = [shown(trace) for trace in traces]
    return ((table, _rows(table, told)) for table in TABLES)


def _rows(table: Table, told: Iterable[Shown]) -> Iterator[tuple[Any, ...]]:
    for at in told:
        for row in table.rows(at):
            yield tuple(storable(cell) if isinstance(cell, str) else cell for cell in row)


def storable(text: str) -> str:
    """
    >>> storable("a\\0b\\ud800")
    'a\ufffdb\ufffd'
    """
    return _NO_TEXT.sub("\ufffd", text)


def _column(hint: Any) -> tuple[type, bool]:
    if get_origin(hint) is UnionType:
        return next(part for part in get_args(hint) if part is not NoneType), True
    return hint, False


# ------------------------------------------------------------------------- reports


def _stories(at: Shown) -> Iterator[StoryRow]:
    trace = at.trace
    first = first_report(trace.documents)
    title = first.headline if first else None
    yield StoryRow(trace.story, title, len(trace.documents), len(trace.claims), f"ondit {__version__}")


def _reports(at: Shown) -> Iterator[ReportRow]:
    for d in at.trace.documents:
        facts = (d.outlet, d.url, d.headline, d.published, d.language, d.text, d.digest, d.place)
        yield ReportRow(at.trace.story, d.id, *facts)


def _blocks(at: Shown) -> Iterator[BlockRow]:
    for d in at.trace.documents:
        for nr, block in enumerate(d.blocks):
            yield BlockRow(at.trace.story, d.id, nr, block.kind, block.depth, *block.span)


def _credits(at: Shown) -> Iterator[CreditRow]:
    for d in at.trace.documents:
        for nr, credit in enumerate(d.credits):
            start, end = credit.span or (None, None)
            yield CreditRow(
                at.trace.story, d.id, nr, credit.kind, credit.name, start, end, credit.url, credit.place
            )


def _passages(at: Shown) -> Iterator[PassageRow]:
    for nr, p in enumerate(at.trace.passages):
        places = (p.a, *p.a_span, p.b, *p.b_span)
        yield PassageRow(at.trace.story, nr, *places, p.words, p.kind, _words(at, p.a, (p.a_span,)))


def _problems(at: Shown) -> Iterator[ProblemRow]:
    for nr, p in enumerate(at.trace.problems):
        yield ProblemRow(at.trace.story, nr, p.code, p.place, p.message, p.document, p.saved)


# -------------------------------------------------------------------- who says what


def _agents(at: Shown) -> Iterator[AgentRow]:
    """The agents, and as the last row nobody named, who stands in chains too."""
    for agent in (at.agents[agent.id] for agent in at.trace.agents):
        facts = (agent.name, agent.kind, agent.count, agent.principal, agent.identified)
        yield AgentRow(at.trace.story, agent.id, *facts)
    if UNKNOWN not in at.agents:
        yield AgentRow(at.trace.story, UNKNOWN, NOBODY, "unknown", None, None, False)


def _aliases(at: Shown) -> Iterator[AliasRow]:
    for agent in at.trace.agents:
        for nr, alias in enumerate(agent.aliases):
            yield AliasRow(at.trace.story, agent.id, nr, alias)


def _attributions(at: Shown) -> Iterator[AttributionRow]:
    for att in at.trace.attributions:
        yield AttributionRow(
            at.trace.story,
            att.id,
            att.document,
            _words(at, att.document, att.source),
            _words(at, att.document, att.cue),
            _words(at, att.document, att.content),
            att.type,
            att.cue_kind,
            att.method,
            att.parent,
            att.confidence,
        )


def _roles(at: Shown) -> Iterator[RoleRow]:
    for att in at.trace.attributions:
        for role, spans in (("source", att.source), ("cue", att.cue), ("content", att.content)):
            for nr, span in enumerate(spans):
                words = _words(at, att.document, (span,))
                yield RoleRow(at.trace.story, att.id, role, nr, *span, words)


def _statements(at: Shown) -> Iterator[StatementRow]:
    for claim, stmt in _said(at):
        yield StatementRow(
            at.trace.story,
            stmt.id,
            claim.id,
            stmt.document,
            _words(at, stmt.document, stmt.spans),
            chain_in_words(stmt, at.agents, stmt.stance),
            len(stmt.chain) == 1,
            stmt.firsthand,
            stmt.quote_type,
            stmt.stance,
            stmt.certainty,
            stmt.sure,
        )


def _pieces(at: Shown) -> Iterator[PieceRow]:
    for claim, stmt in _said(at):
        for nr, span in enumerate(stmt.spans):
            words = _words(at, stmt.document, (span,))
            yield PieceRow(at.trace.story, claim.id, stmt.id, nr, *span, words)


def _links(at: Shown) -> Iterator[LinkRow]:
    for claim, stmt in _said(at):
        holders: Sequence[Holder | None] = [None] * len(stmt.chain)
        if tuple(holder.agent for holder in stmt.holders) == stmt.chain:
            holders = stmt.holders
        for nr, (agent, holder) in enumerate(zip(stmt.chain, holders, strict=True)):
            start, end = holder.evidence if holder and holder.evidence else (None, None)
            yield LinkRow(
                at.trace.story,
                claim.id,
                stmt.id,
                nr,
                agent,
                name_of(agent, at.agents),
                holder.attribution if holder else None,
                holder.stance if holder else None,
                holder.certainty if holder else None,
                start,
                end,
            )


# -------------------------------------------------------------------------- counts


def _claims(at: Shown) -> Iterator[ClaimRow]:
    for claim in at.trace.claims:
        gist = _words(at, claim.gist.document, (claim.gist.span,))
        reports = len({stmt.document for stmt in claim.statements})
        place = (claim.gist.document, *claim.gist.span)
        yield ClaimRow(at.trace.story, claim.id, gist, *place, len(claim.statements), reports)


def _counts(at: Shown) -> Iterator[CountRow]:
    for claim in at.trace.claims:
        for stance, counted in claim.origins.items():
            numbers = (counted.reports, counted.lo, counted.hi)
            yield CountRow(at.trace.story, claim.id, stance, *numbers, origins_in_words(counted))


def _origins(at: Shown) -> Iterator[OriginRow]:
    for claim in at.trace.claims:
        for stance, counted in claim.origins.items():
            looped = [vertex for loop in counted.loops for vertex in loop]
            for role, vertices in (
                ("origin", counted.stated),
                ("bottleneck", counted.bottlenecks),
                ("loop", looped),
            ):
                for nr, vertex in enumerate(vertices):
                    where = (at.trace.story, claim.id, stance)
                    yield OriginRow(*where, role, nr, vertex, vertex_name(at, vertex))


def _unsourced(at: Shown) -> Iterator[UnsourcedRow]:
    for claim in at.trace.claims:
        for stance, counted in claim.origins.items():
            for nr, report in enumerate(counted.unsourced):
                yield UnsourcedRow(at.trace.story, claim.id, stance, nr, report)


def _edges(at: Shown) -> Iterator[EdgeRow]:
    for ident, claim, stance, edge in _each_edge(at.trace):
        ends = (edge.relay, vertex_name(at, edge.relay), edge.giver, vertex_name(at, edge.giver))
        yield EdgeRow(at.trace.story, ident, claim, stance, *ends)


def _merges(at: Shown) -> Iterator[MergeRow]:
    for ident, claim, stance, merge in _each_merge(at.trace):
        ends = (merge.agent, vertex_name(at, merge.agent), merge.into, vertex_name(at, merge.into))
        yield MergeRow(at.trace.story, ident, claim, stance, *ends, merge.why)


def _derivations(at: Shown) -> Iterator[DerivationRow]:
    for nr, drv in enumerate((*at.trace.derivations, *at.trace.undirected)):
        facts = (drv.child, drv.parent, drv.kind, drv.stated, drv.directed, drv.why)
        yield DerivationRow(at.trace.story, f"drv-{nr}", *facts)


def _conflicts(at: Shown) -> Iterator[ConflictRow]:
    for nr, conflict in enumerate(at.trace.conflicts):
        yield ConflictRow(at.trace.story, f"cnf-{nr}", *conflict.claims, conflict.kind, conflict.why)


def _hedges(at: Shown) -> Iterator[HedgeRow]:
    for ident, claim, loss in _each_hedge(at.trace):
        facts = (loss.agent, loss.earlier, loss.later, loss.was, loss.became, loss.why)
        yield HedgeRow(at.trace.story, ident, claim, *facts)


def _evidence(at: Shown) -> Iterator[EvidenceRow]:
    for shows, ident, found in _reasons(at.trace):
        for nr, e in enumerate(found):
            words = _words(at, e.document, (e.span,))
            yield EvidenceRow(at.trace.story, shows, ident, nr, e.document, *e.span, words, e.why)


def _reasons(trace: Trace) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    """Table and id of every row that rests on words, and these words."""
    yield from (("agents", agent.id, agent.basis) for agent in trace.agents)
    yield from (("edges", ident, edge.evidence) for ident, _, _, edge in _each_edge(trace))
    yield from (("merges", ident, merge.evidence) for ident, _, _, merge in _each_merge(trace))
    for nr, drv in enumerate((*trace.derivations, *trace.undirected)):
        yield "derivations", f"drv-{nr}", drv.evidence
    for nr, conflict in enumerate(trace.conflicts):
        yield "conflicts", f"cnf-{nr}", conflict.evidence
    yield from (("hedges", ident, loss.evidence) for ident, _, loss in _each_hedge(trace))


def _each_hedge(trace: Trace) -> Iterator[tuple[str, str, HedgeLoss]]:
    for claim in trace.claims:
        for nr, loss in enumerate(claim.hedges):
            yield f"{claim.id}-hedge-{nr}", claim.id, loss


def _each_edge(trace: Trace) -> Iterator[tuple[str, str, str, Edge]]:
    for claim in trace.claims:
        for stance, counted in claim.origins.items():
            for nr, edge in enumerate(counted.edges):
                yield f"{claim.id}-{stance}-edge-{nr}", claim.id, stance, edge


def _each_merge(trace: Trace) -> Iterator[tuple[str, str, str, Merge]]:
    for claim in trace.claims:
        for stance, counted in claim.origins.items():
            for nr, merge in enumerate(counted.merges):
                yield f"{claim.id}-{stance}-merge-{nr}", claim.id, stance, merge


def _said(at: Shown) -> Iterator[tuple[Claim, Statement]]:
    return ((claim, stmt) for claim in at.trace.claims for stmt in claim.statements)


def _words(at: Shown, document: str, spans: Spans | Sequence[Span]) -> str:
    text = at.documents[document].text if document in at.documents else ""
    return GAP.join(text[span.start : span.end] for span in spans)


REPORT: References = {("report",): "reports"}
CLAIM: References = {("claim",): "claims"}
AGENT: References = {("agent",): "agents"}
STATEMENT: References = {("claim", "statement"): "statements"}
TABLES = (
    Table("stories", StoryRow, _stories, ("story",), {}),
    Table("reports", ReportRow, _reports, ("story", "id"), {}),
    Table("claims", ClaimRow, _claims, ("story", "id"), REPORT),
    Table("counts", CountRow, _counts, ("story", "claim", "stance"), CLAIM),
    Table("agents", AgentRow, _agents, ("story", "id"), {("principal",): "agents"}),
    Table("aliases", AliasRow, _aliases, ("story", "agent", "nr"), AGENT),
    Table("statements", StatementRow, _statements, ("story", "claim", "id"), CLAIM | REPORT),
    Table("pieces", PieceRow, _pieces, ("story", "claim", "statement", "nr"), STATEMENT),
    Table("links", LinkRow, _links, ("story", "claim", "statement", "nr"), STATEMENT | AGENT),
    Table("origins", OriginRow, _origins, ("story", "claim", "stance", "role", "nr"), CLAIM),
    Table("unsourced", UnsourcedRow, _unsourced, ("story", "claim", "stance", "nr"), CLAIM),
    Table("edges", EdgeRow, _edges, ("story", "id"), CLAIM),
    Table("merges", MergeRow, _merges, ("story", "id"), CLAIM),
    Table("derivations", DerivationRow, _derivations, ("story", "id"), {}),
    Table("conflicts", ConflictRow, _conflicts, ("story", "id"), CLAIM | {("other",): "claims"}),
    Table("hedges", HedgeRow, _hedges, ("story", "id"), CLAIM | AGENT),
    Table("evidence", EvidenceRow, _evidence, ("story", "shows", "id", "nr"), REPORT),
    Table("attributions", AttributionRow, _attributions, ("story", "id"), REPORT),
    Table(
        "roles", RoleRow, _roles, ("story", "attribution", "role", "nr"), {("attribution",): "attributions"}
    ),
    Table("passages", PassageRow, _passages, ("story", "nr"), REPORT | {("other",): "reports"}),
    Table("blocks", BlockRow, _blocks, ("story", "report", "nr"), REPORT),
    Table("credits", CreditRow, _credits, ("story", "report", "nr"), REPORT),
    Table("problems", ProblemRow, _problems, ("story", "nr"), {}),
)
"""All tables; a table stands after those that it refers to, but for the principals of agents."""
