"""A trace as a tree for the terminal: what rests on how little first, each number with its words.

In: a finished `Trace`. Out: rich renderables made of `Text` (never markup), or plain text of any width.
Nothing is computed here but order and length; nothing is said by colour alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from ondit.records import (
    Agent,
    Claim,
    Conflict,
    Derivation,
    Document,
    Evidence,
    HedgeLoss,
    Origins,
    Span,
    Stance,
    Statement,
    Trace,
)
from ondit.telling.weight import by_weight, counts_of, in_numbers, main_count, main_in_words, main_stance
from ondit.telling.words import (
    NO_LINEAGE,
    certainty_in_words,
    chain_in_words,
    cited_round,
    clean,
    described,
    listed,
    name_of,
    number_of,
    origins_in_words,
    quoted,
    report_name,
    used_how,
)

ROWS = 8
"""So many reports are shown under a claim before the rest is only counted."""

NO_NAME = "this report"
"""What reading calls the outlet of a report that names none."""

DOUBT = "one in lo, two in hi"
"""How the reason of a merge ends that holds for the least number of origins only."""

OUTSIDE = "counts for nothing"
"""How the reason of a merge ends that holds for neither number: the agent may say something else."""

DOUBTS = (DOUBT, OUTSIDE)
"""How the reasons of all merges end that do not make two agents one."""

OTHER_STANCES: dict[Stance, str] = {"deny": "denied", "question": "raised as a question"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A trace by id, and the room there is to show it."""

    trace: Trace
    documents: Mapping[str, Document]
    agents: Mapping[str, Agent]
    claims: Mapping[str, Claim]
    width: int
    rows: int

    def quote(self, document: str, spans: Sequence[Span], share: float = 0.8) -> str:
        """Words of a report, as long as this share of a line."""
        return quoted(self.documents.get(document), spans, int(share * self.width))

    def words(self, evidence: Iterable[Evidence]) -> str:
        """The first words that show something."""
        return next(
            (self.quote(e.document, (e.span,), 0.6) for e in evidence if e.span.end > e.span.start), ""
        )

    def report(self, document: str) -> str:
        """The outlet and the id of a report."""
        return report_name(self.documents[document]) if document in self.documents else f"[{clean(document)}]"


def shown(trace: Trace, width: int = 80, rows: int = ROWS) -> Shown:
    """The trace, ready to be looked up in."""
    return Shown(
        trace,
        {document.id: document for document in trace.documents},
        {agent.id: agent for agent in trace.agents} | dict(_by_file(trace)),
        {claim.id: claim for claim in trace.claims},
        width,
        rows,
    )


def _by_file(trace: Trace) -> Iterator[tuple[str, Agent]]:
    """The outlets that have no name, each called by the file that its report was read from."""
    nameless = {agent.id: agent for agent in trace.agents if agent.name == NO_NAME}
    files = {doc.id: Path(doc.place).name for doc in trace.documents if not doc.place.startswith("-")}
    for stmt in (stmt for claim in trace.claims for stmt in claim.statements):
        last = stmt.chain[-1] if stmt.chain else ""
        if last in nameless and (file := files.get(stmt.document)):
            yield last, replace(nameless[last], name=file)


def tell(trace: Trace, *, width: int = 80, limit: int | None = 12) -> RenderableType:
    """The story as a tree: headline numbers, then at most `limit` claims (None: all, with every report)."""
    at = shown(trace, width, ROWS if limit is not None else max(ROWS, len(trace.documents)))
    claims = by_weight(trace)
    parts: list[RenderableType] = [*_head(at)]
    parts += [_claim(at, number, claim) for number, claim in enumerate(claims[:limit], 1)]
    if limit is not None and len(claims) > limit:
        parts.append(Text(f"and {number_of(len(claims) - limit, 'more claim')}\n"))
    parts += _who_used_whom(at)
    return Group(*parts)


def claim_list(trace: Trace, *, width: int = 80, limit: int | None = None) -> RenderableType:
    """One row a claim, in the order of `tell`: id, reports and origins, gist."""
    at = shown(trace, width)
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for name, ratio in (("id", None), ("origins", 1), ("gist", 2)):
        table.add_column(name, ratio=ratio, no_wrap=name == "id")
    for claim in by_weight(trace)[:limit]:
        others = (_counted(stance, origins) for stance, origins in counts_of(claim)[1:])
        said = "; ".join([main_in_words(claim), *others])
        table.add_row(Text(clean(claim.id)), Text(said), Text(gist(at, claim)))
    return Group(*_head(at), table)


def plain(renderable: RenderableType, width: int = 80) -> str:
    """What the renderable looks like as text alone: no colour, no escape, no trailing spaces."""
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None, force_terminal=False, highlight=False)
    console.print(renderable)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().split("\n")[:-1])


# ------------------------------------------------------------------------ head


def _head(at: Shown) -> Iterator[Text]:
    trace = at.trace
    first = min(trace.documents, key=lambda d: (d.published is None, d.published or ""), default=None)
    if first is not None and first.headline:
        title = clean(first.headline)
        yield Text.assemble((f"“{title}”", "bold"), f" {report_name(first)}")
    yield from map(Text, in_numbers(len(trace.documents), map(main_count, trace.claims)))
    yield Text("")


# ---------------------------------------------------------------------- claims


def gist(at: Shown, claim: Claim) -> str:
    """The claim in the words of a report."""
    return at.quote(claim.gist.document, (claim.gist.span,), 1.8)


def _claim(at: Shown, number: int, claim: Claim) -> RenderableType:
    counts, main = counts_of(claim), main_stance(claim)
    label = Text.assemble((gist(at, claim), "bold"), f"\n{main_in_words(claim)}  ")
    label.append(clean(claim.id), "dim")
    tree = Tree(label, guide_style="dim")
    for stance, origins in counts:
        branch = tree if stance == main else tree.add(Text(_counted(stance, origins)))
        _count_into(branch, at, claim, stance, origins)
    _questions_into(tree, at, claim, [stance for stance, _ in counts])
    for conflict in at.trace.conflicts:
        if claim.id in conflict.claims:
            tree.add(_conflict(at, claim, conflict))
    for loss in claim.hedges[: at.rows]:
        tree.add(_hedge(at, loss))
    grid = Table.grid(padding=(0, 1, 0, 0), pad_edge=False)
    grid.add_row(Text(f"{number}."), tree)
    return Group(grid, Text(""))


def _counted(stance: Stance, origins: Origins) -> str:
    said = origins_in_words(origins)
    return said if stance == "affirm" else f"{OTHER_STANCES[stance]}: {said}"


def _count_into(branch: Tree, at: Shown, claim: Claim, stance: Stance, origins: Origins) -> None:
    """The origins of one count, then the reports, each with its chain and its words."""
    for vertex in origins.stated[: at.rows]:
        branch.add(
            Text(f"origin: {described(vertex, at.agents)}{_through(at, claim, stance, origins, vertex)}")
        )
    if len(origins.stated) > at.rows:
        branch.add(Text(f"and {number_of(len(origins.stated) - at.rows, 'more origin')}"))
    if set(origins.bottlenecks) - set(origins.stated):
        through = listed(name_of(vertex, at.agents) for vertex in origins.bottlenecks)
        branch.add(Text(f"all that is sourced comes through {through}"))
    for loop in origins.loops:
        branch.add(Text(cited_round([name_of(vertex, at.agents) for vertex in loop])))
    said = [stmt for stmt in claim.statements if stmt.stance == stance]
    _rows_into(branch, at, said, origins)


def _through(at: Shown, claim: Claim, stance: Stance, origins: Origins, vertex: str) -> str:
    """Those who spoke, where their principal is what counts; and those of whom it is only possible."""
    spoke = {stmt.chain[0] for stmt in claim.statements if stmt.stance == stance and stmt.chain}
    joined = [
        m for m in origins.merges if m.into == vertex and m.agent in spoke and not m.why.endswith(OUTSIDE)
    ]
    said = ""
    for label, doubted in (("through", False), ("perhaps the same as", True)):
        names = (_beside(at, m.agent, vertex) for m in joined if m.why.endswith(DOUBT) == doubted)
        if some := listed(dict.fromkeys(names)):
            said += f", {label} {some}"
    return said


def _beside(at: Shown, agent: str, vertex: str) -> str:
    """The name of an agent beside that of another, who may be called the same."""
    name = name_of(agent, at.agents)
    return f"{name} of another report" if name.casefold() == name_of(vertex, at.agents).casefold() else name


def _rows_into(branch: Tree, at: Shown, statements: Sequence[Statement], origins: Origins | None) -> None:
    rows = one_a_speaker(at, statements)
    for stmt in rows[: at.rows]:
        branch.add(_row(at, stmt, statements, origins))
    more = {stmt.document for stmt in rows[at.rows :]} - {stmt.document for stmt in rows[: at.rows]}
    if more:
        branch.add(Text(f"and {number_of(len(more), 'more report')}"))


def one_a_speaker(at: Shown, statements: Sequence[Statement]) -> list[Statement]:
    """Of each report its surest and fullest words for everyone who speaks in it, in order of publication.

    What a report also says in its own voice is left out where it says who it has it from.
    """
    sourced = {stmt.document for stmt in statements if len(stmt.chain) > 1 or stmt.firsthand}
    best: dict[tuple[str, str], Statement] = {}
    for stmt in sorted(statements, key=lambda s: (not s.sure, -len(s.chain), -_length(s), s.spans)):
        if stmt.chain and (len(stmt.chain) > 1 or stmt.firsthand or stmt.document not in sourced):
            best.setdefault((stmt.document, stmt.chain[0]), stmt)
    order = {d.id: ((d.published is None, d.published or ""), i) for i, d in enumerate(at.trace.documents)}
    last = ((True, ""), len(order))
    return sorted(best.values(), key=lambda stmt: (order.get(stmt.document, last), stmt.spans))


def _length(stmt: Statement) -> int:
    return sum(span.end - span.start for span in stmt.spans)


def _row(at: Shown, stmt: Statement, others: Sequence[Statement], origins: Origins | None) -> Text:
    quote = at.quote(stmt.document, stmt.spans)
    who = who_says(at, stmt, others, origins)
    return Text.assemble(who, ": ", (quote, "italic"), (f" [{clean(stmt.document)}]", "dim"))


def who_says(at: Shown, stmt: Statement, others: Sequence[Statement], origins: Origins | None) -> str:
    """The chain of a statement in words, and what makes it count for more or less."""
    who = chain_in_words(stmt, at.agents, stmt.stance)
    if len(stmt.chain) == 1:
        who += ", saw it itself" if stmt.firsthand else ", in its own voice"
    if origins is not None and stmt.document in origins.unsourced:
        who += f", {NO_LINEAGE}"
    elif len(stmt.chain) == 1 and not stmt.firsthand:
        who += used_too(at, stmt, {other.document for other in others})
    if not stmt.sure:
        who += ", perhaps the same"
    return who


def used_too(at: Shown, stmt: Statement, stating: set[str]) -> str:
    """The reports that this one used and that state the claim too."""
    parents = (d.parent for d in at.trace.derivations if d.child == stmt.document and d.parent in stating)
    return f", used {said}" if (said := listed(map(at.report, dict.fromkeys(parents)))) else ""


def _questions_into(tree: Tree, at: Shown, claim: Claim, counted: Sequence[Stance]) -> None:
    """Statements of a stance for which nothing was counted."""
    for stance, label in OTHER_STANCES.items():
        found = [stmt for stmt in claim.statements if stmt.stance == stance]
        if found and stance not in counted:
            reports = number_of(len({stmt.document for stmt in found}), "report")
            _rows_into(tree.add(Text(f"{label}: {reports}")), at, found, None)


def _conflict(at: Shown, claim: Claim, conflict: Conflict) -> Text:
    others = [other for other in conflict.claims if other != claim.id]
    why = clean(conflict.why).removeprefix("differs on: ")
    label = why if why.startswith(conflict.kind) else f"{conflict.kind} {why}".strip()
    text = Text(f"differs on: {label}")
    for other in others:
        if other in at.claims:
            text.append(f", from {_other_side(at, at.claims[other], conflict)} ")
            text.append(clean(other), "dim")
    return text


def _other_side(at: Shown, other: Claim, conflict: Conflict) -> str:
    """The words of the other claim in which it differs; where none are on record, its gist."""
    shown = {(e.document, e.span) for e in conflict.evidence}
    for stmt in other.statements:
        if any((stmt.document, span) in shown for span in stmt.spans):
            return at.quote(stmt.document, stmt.spans)
    return gist(at, other)


def _hedge(at: Shown, loss: HedgeLoss) -> Text:
    """Who dropped a hedge, and the words on both sides."""
    was, became = certainty_in_words(loss.was), certainty_in_words(loss.became)
    earlier, later = loss.evidence[0], loss.evidence[-1]
    return Text.assemble(
        f"a hedge is lost: {name_of(loss.agent, at.agents)} ({clean(loss.why)}): ",
        (at.quote(earlier.document, (earlier.span,)), "italic"),
        f" [{clean(earlier.document)}], {was}, became ",
        (at.quote(later.document, (later.span,)), "italic"),
        f" [{clean(later.document)}], {became}",
    )


# ----------------------------------------------------------------- derivations


def _who_used_whom(at: Shown) -> list[RenderableType]:
    found = [*at.trace.derivations, *at.trace.undirected]
    if not found:
        return []
    tree = Tree(Text("Which report used which", style="bold"), guide_style="dim")
    for drv in found[: 3 * at.rows]:
        tree.add(_derivation(at, drv))
    if len(found) > 3 * at.rows:
        tree.add(Text(f"and {len(found) - 3 * at.rows} more"))
    return [tree]


def _derivation(at: Shown, drv: Derivation) -> Text:
    child, parent = at.report(drv.child), at.report(drv.parent)
    words = at.words(drv.evidence)
    if drv.directed:
        how = f"{child} used {parent}: {used_how(drv)}"
    else:
        how = f"{child} and {parent} share text: who had it from whom is not known"
    return Text(f"{how}{f': {words}' if words else ''}")
