"""What a page says of each claim: its count, who stands behind it, who denies it, every report's own words.

In: a finished `Trace` and the recounts that `tracing` made of it. Out: frozen views for templates, made of
`Bit`s: each is a span of a report (`words`) or plainly ours. Nothing is counted here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ondit.records import Claim, Conflict, HedgeLoss, Holder, Origins, Stance, Statement
from ondit.telling.origin_tree import OriginTree, origin_tree
from ondit.telling.places import Places
from ondit.telling.tree import OTHER_STANCES, Shown, used_too
from ondit.telling.weight import (
    ORDER,
    by_weight,
    count_in_words,
    counts_of,
    main_count,
    main_in_words,
    main_stance,
)
from ondit.telling.words import (
    NO_LINEAGE,
    certainty_in_words,
    chain_in_words,
    cited_round,
    clean,
    described,
    name_of,
    number_of,
    origins_in_words,
    outlet_and_id,
    quoted,
    shortened,
)

if TYPE_CHECKING:
    from ondit.tracing.recounts import Recount

NAMED = 3
"""So many origins are named at the head of a claim before the rest is only counted."""

DIFFERENCES = 4
"""So many conflicts are told at the head of a claim before the rest is only counted."""

GIST, WORDS = 300, 600
"""So many characters of a gist, and of what a report says, before an ellipsis."""

NAME = 48
"""So many characters of a name where one claim is counted without somebody; the cast has it whole."""

DEGREES = {"possible": 1, "probable": 2, "certain": 3}
STANCE_HEADS: dict[Stance, str] = {"affirm": "Who says so", "deny": "Who denies it", "question": "Who asks"}


Switched = tuple[str, str | None]
"""A way to count again, and who is left out, if anybody."""


@dataclass(frozen=True, slots=True)
class Bit:
    """A piece of a line: `words` if it is a span of a report, `to` the name of a place that it leads to."""

    text: str
    words: bool = False
    to: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to know of a claim at its head; `kind` only decides how it is set."""

    kind: str
    bits: tuple[Bit, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One statement: who said it through whom, in our words, and the report's words with their place."""

    who: str
    words: str
    to: str


@dataclass(frozen=True, slots=True)
class Said:
    """One report's statements of a claim; `report` is its id to be shown."""

    id: str
    outlet: str
    report: str
    to: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """One stance of a claim: its count in words, the drawing, the reports."""

    stance: Stance
    head: str
    count: str
    tree: OriginTree | None
    said: tuple[Said, ...]

    @property
    def to(self) -> Mapping[str, str]:
        """By report, the place of the first words that it has on this."""
        return {each.id: each.lines[0].to for each in self.said}

    @property
    def ids(self) -> Mapping[str, str]:
        """By report, its id as it is shown."""
        return {each.id: each.report for each in self.said}


@dataclass(frozen=True, slots=True)
class Way:
    """The claim looked at in one way, or in several that come to the same: `keys` name the switches.

    `more` is the count of other stances, `gone` the rows of the first tree that fall away.
    """

    keys: tuple[int, ...]
    labels: tuple[str, ...]
    reports: str
    origins: str
    more: str = ""
    gone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as a page shows it. `reports` and `origins` are the two halves of its count.

    `nothing` are the keys of the ways to count in which no report is left.
    """

    number: int
    place: str
    gist: str
    gist_to: str
    gist_report: str
    reports: str
    origins: str
    several: bool
    facts: tuple[Fact, ...]
    counted: tuple[Counted, ...]
    ways: tuple[Way, ...]
    nothing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A trace with its claims in order, their numbers and the places of everything."""

    at: Shown
    places: Places
    claims: tuple[Claim, ...]
    numbers: Mapping[str, int]
    switches: Mapping[Switched, int]
    hardened: frozenset[str] = frozenset()
    """The statements that dropped a hedge."""

    @classmethod
    def of(cls, at: Shown, recounts: Iterable[Recount] = ()) -> Numbered:
        """Claims get their numbers in the order of weight, ways to count in that of how much they change."""
        claims = tuple(by_weight(at.trace))
        numbers = {claim.id: number for number, claim in enumerate(claims, 1)}
        changed = Counter((recount.way, recount.agent) for recount in recounts)
        ways = sorted(changed, key=lambda w: (w[0] == "without", -changed[w], way_label(at, w), w[1] or ""))
        lost = frozenset(loss.later for claim in claims for loss in claim.hedges)
        return cls(at, Places.of(at.trace), claims, numbers, {w: key for key, w in enumerate(ways)}, lost)


def claim_views(shown: Numbered, recounts: Iterable[Recount] = ()) -> tuple[ClaimView, ...]:
    """Every claim of a story, in order of weight."""
    found: dict[str, list[Recount]] = defaultdict(list)
    for recount in recounts:
        found[recount.claim].append(recount)
    conflicts: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in shown.at.trace.conflicts:
        for claim in dict.fromkeys(conflict.claims):
            conflicts[claim].append(conflict)
    return tuple(claim_view(shown, claim, found[claim.id], conflicts[claim.id]) for claim in shown.claims)


def claim_view(
    shown: Numbered, claim: Claim, recounts: Sequence[Recount] = (), conflicts: Sequence[Conflict] = ()
) -> ClaimView:
    """One claim."""
    reports, origins = halves(main_in_words(claim))
    counted = tuple(_counted(shown, claim))
    main = main_stance(claim)
    return ClaimView(
        shown.numbers.get(claim.id, 0),
        shown.places.claims[claim.id],
        quoted(shown.at.documents.get(claim.gist.document), (claim.gist.span,), GIST),
        shown.places.evidence(claim.gist),
        shown.at.report(claim.gist.document),
        reports,
        origins,
        main_count(claim).reports > 1,
        (*_facts(shown, claim), *_conflicts(shown, claim, conflicts)),
        counted,
        tuple(_ways(shown, [found for found in recounts if main_of(found, main).reports], counted, main)),
        tuple(shown.switches[r.way, r.agent] for r in recounts if not main_of(r, main).reports),
    )


def halves(count: str) -> tuple[str, str]:
    """A count in words: its reports, and the rest.

    >>> halves("7 reports, 1 to 2 origins")
    ('7 reports', '1 to 2 origins')
    """
    reports, _, rest = count.partition(", ")
    return reports, rest


# ----------------------------------------------------------------------------- the head


def _facts(shown: Numbered, claim: Claim) -> Iterator[Fact]:
    counts = counts_of(claim)
    main = main_count(claim)
    if main.stated:
        yield Fact("origin", tuple(_origins(shown, main)))
    if set(main.bottlenecks) - set(main.stated):
        names = ", ".join(name_of(vertex, shown.at.agents) for vertex in main.bottlenecks)
        yield Fact("through", (Bit("all that is sourced comes through "), Bit(names)))
    for loop in main.loops:
        yield Fact("loop", (Bit(cited_round([name_of(vertex, shown.at.agents) for vertex in loop])),))
    if main.unsourced and main.stated:
        yield Fact("bare", (Bit(f"{number_of(len(main.unsourced), 'report')}: {NO_LINEAGE}"),))
    for stance, origins in counts[1:]:
        yield Fact(stance, (Bit(f"{OTHER_STANCES[stance]}: {origins_in_words(origins)}"),))
    asked = {stmt.document for stmt in claim.statements if stmt.stance == "question"}
    if asked and main_stance(claim) != "question" and "question" not in dict(counts):
        yield Fact("question", (Bit(f"{OTHER_STANCES['question']}: {number_of(len(asked), 'report')}"),))
    yield from (Fact("hedge", tuple(_hedge(shown, loss))) for loss in claim.hedges[:NAMED])
    told = {loss.later for loss in claim.hedges}
    lost = [stmt for stmt in claim.statements if stmt.id not in told and hedge_lost(stmt)]
    if lost:
        first = list({stmt.document: stmt for stmt in lost}.values())[:NAMED]
        where = (Bit(shown.at.report(stmt.document), to=_to(shown, stmt)) for stmt in first)
        yield Fact("hedge", (Bit("a hedge is lost: "), *where))


def _hedge(shown: Numbered, loss: HedgeLoss) -> Iterator[Bit]:
    """Who was how sure, in whose words, on both sides of a hedge that was lost."""
    yield Bit("a hedge is lost: ")
    for certainty, found in zip((loss.was, loss.became), loss.evidence, strict=False):
        label = f"{certainty_in_words(certainty)} in {shown.at.report(found.document)}"
        yield Bit(label, to=shown.places.spans(found.document, (found.span,)))


def _origins(shown: Numbered, origins: Origins) -> Iterator[Bit]:
    yield Bit("origin: " if len(origins.stated) == 1 else "origins: ")
    for number, vertex in enumerate(origins.stated[:NAMED]):
        yield Bit((", " if number else "") + described(vertex, shown.at.agents))
    if len(origins.stated) > NAMED:
        yield Bit(f" and {len(origins.stated) - NAMED} more")


def _conflicts(shown: Numbered, claim: Claim, conflicts: Sequence[Conflict]) -> Iterator[Fact]:
    for conflict in conflicts[:DIFFERENCES]:
        yield _differs(shown, claim, conflict)
    if len(conflicts) > DIFFERENCES:
        yield Fact("more", (Bit(f"differs on {len(conflicts) - DIFFERENCES} more"),))


def _differs(shown: Numbered, claim: Claim, conflict: Conflict) -> Fact:
    why = clean(conflict.why).removeprefix("differs on: ")
    label = why if why.startswith(conflict.kind) else f"{conflict.kind} {why}".strip()
    others = [c for c in dict.fromkeys(conflict.claims) if c != claim.id and c in shown.numbers]
    links = (Bit(f"claim {shown.numbers[other]}", to=shown.places.claims[other]) for other in others)
    return Fact("differs", (Bit(f"differs on {label}: "), *links))


def hedge_lost(stmt: Statement) -> bool:
    """Whether a link of the chain is more certain than the one that it has the statement from."""
    degrees = [DEGREES[h.certainty] for h in _holders(stmt) if h.certainty in DEGREES]
    return any(after > before for before, after in pairwise(degrees))


def _holders(stmt: Statement) -> Sequence[Holder]:
    return stmt.holders if tuple(h.agent for h in stmt.holders) == stmt.chain else ()


# ------------------------------------------------------------------------- who says so


def _counted(shown: Numbered, claim: Claim) -> Iterator[Counted]:
    for stance in ORDER:
        said = [stmt for stmt in claim.statements if stmt.stance == stance]
        origins = dict(counts_of(claim)).get(stance)
        if not said and origins is None:
            continue
        if origins is None:
            left_out = "" if stance == "question" else ", not counted"
            count = f"{number_of(len({stmt.document for stmt in said}), 'report')}{left_out}"
            tree = None
        else:
            count, tree = origins_in_words(origins), origin_tree(shown.at, claim, stance, origins)
        yield Counted(stance, STANCE_HEADS[stance], count, tree, tuple(_said(shown, said, origins)))


def _said(shown: Numbered, statements: Iterable[Statement], origins: Origins | None) -> Iterator[Said]:
    """The reports in order of publication, each with all its words."""
    by_report: dict[str, list[Statement]] = defaultdict(list)
    for stmt in statements:
        by_report[stmt.document].append(stmt)
    documents = shown.at.documents
    order = {document: number for number, document in enumerate(documents)}

    def published(document: str) -> tuple[bool, str, int]:
        when = documents[document].published if document in documents else None
        return when is None, when or "", order.get(document, len(order))

    for document in sorted(by_report, key=published):
        stmts = sorted(by_report[document], key=lambda stmt: (stmt.spans, -len(stmt.chain)))
        found = documents.get(document)
        yield Said(
            document,
            *(outlet_and_id(found) if found else ("", clean(document))),
            shown.places.reports.get(document, ""),
            tuple(_line(shown, stmt, origins, set(by_report)) for stmt in stmts),
        )


def _line(shown: Numbered, stmt: Statement, origins: Origins | None, stating: set[str]) -> Line:
    who = [chain_in_words(stmt, shown.at.agents, stmt.stance).replace(" -> ", " → ")]
    if len(stmt.chain) == 1:
        who = ["saw it itself" if stmt.firsthand else "in its own voice"]
    if origins is not None and stmt.document in origins.unsourced:
        who.append(NO_LINEAGE)
    elif len(stmt.chain) == 1 and not stmt.firsthand:
        who[-1] += used_too(shown.at, stmt, stating)
    if hedge_lost(stmt) or stmt.id in shown.hardened:
        who.append("a hedge is lost")
    if not stmt.sure:
        who.append("perhaps the same")
    words = quoted(shown.at.documents.get(stmt.document), stmt.spans, WORDS)
    return Line(", ".join(who), words, _to(shown, stmt))


def _to(shown: Numbered, stmt: Statement) -> str:
    """The place of a statement; of one without words, its report."""
    if not stmt.spans:
        return shown.places.reports.get(stmt.document, "")
    return shown.places.spans(stmt.document, stmt.spans)


# ----------------------------------------------------------------------------- what if


def way_label(at: Shown, way: Switched) -> str:
    """The switch in words."""
    name, agent = way
    if agent is not None:
        return f"without {shortened(name_of(agent, at.agents), NAME)}"
    return "on the record only" if name == "on the record" else "named origins only"


def main_of(recount: Recount, main: Stance) -> Origins:
    """The recount of the stance that the head of a claim shows."""
    return recount.origins.get(main, Origins((), 0, 0, 0))


def _ways(
    shown: Numbered, recounts: Iterable[Recount], counted: Sequence[Counted], main: Stance
) -> Iterator[Way]:
    """The ways of a claim, those with the same outcome together."""
    tree = next((each.tree for each in counted if each.tree), None)
    same: dict[tuple[str, str, str, tuple[int, ...]], list[Switched]] = defaultdict(list)
    for recount in recounts:
        after = main_of(recount, main)
        others = [(s, found) for s, found in recount.origins.items() if s != main and found.reports]
        more = "; ".join(
            f"{OTHER_STANCES.get(stance, 'said')}: {origins_in_words(each)}"
            for stance, each in sorted(others, key=lambda other: ORDER.index(other[0]))
        )
        gone = tuple(_gone(tree, after)) if tree and after.reports else ()
        same[*halves(count_in_words(after, main)), more, gone].append((recount.way, recount.agent))
    for (reports, origins, more, gone), ways in same.items():
        keys = tuple(shown.switches[way] for way in ways)
        yield Way(keys, tuple(way_label(shown.at, way) for way in ways), reports, origins, more, gone)


def _gone(tree: OriginTree, after: Origins) -> Iterator[int]:
    """The rows whose vertex the recount has no more."""
    left = {*after.stated, *(v for edge in after.edges for v in (edge.relay, edge.giver))}
    bare = set(after.unsourced)
    for row in tree.rows:
        if row.vertex and row.vertex not in left and not bare.intersection(row.reports):
            yield row.number
