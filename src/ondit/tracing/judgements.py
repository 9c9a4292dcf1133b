"""What analysts decided, applied to a story: their judgements overrule what Ondit concludes.

In: readings and judgements in the order in which they were made. Out: the readings without rejected
attributions, and which agents, statements and reports are one, are not, or used each other. Nobody's decision
is lost silently: of two that contradict each other the later one holds, and what is overruled or no longer
finds its words becomes a `Problem`. What holds is applied in one step, so the order of the rest is no matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ondit.errors import InputError
from ondit.records import (
    Agent,
    Anchor,
    Derivation,
    Evidence,
    Holder,
    Judgement,
    JudgementKind,
    Problem,
    Reading,
    Span,
    Spans,
    content_id,
)
from ondit.tracing.anchors import Place, agent_at, attribution_at, find, statement_at, why
from ondit.tracing.citing import in_order
from ondit.tracing.settlement import PARTLY, Settlement, Verdict, join_all, part_all

CODE = "judgement"
"""The code of the problems that tell what became of a judgement."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A story's readings with the judgements that hold for them.

    `agents` and `statements` are decided by the ids of the readings, `used` gives the (child, parent) pairs
    of reports with their judgement, `apart` the pairs of reports of which neither used the other.
    """

    readings: tuple[Reading, ...]
    agents: Verdict = field(default_factory=Verdict)
    statements: Verdict = field(default_factory=Verdict)
    used: tuple[tuple[str, str, Judgement], ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()
    named: tuple[tuple[str, Evidence], ...] = ()
    """Agents of readings that a judgement names, with its words."""
    judgements: tuple[Judgement, ...] = ()
    problems: tuple[Problem, ...] = ()


def judgement(
    kind: JudgementKind,
    by: str,
    at: str,
    note: str,
    one: Iterable[Anchor] = (),
    other: Iterable[Anchor] = (),
    withdraws: str | None = None,
) -> Judgement:
    """A new judgement, its id made from all that it says. `InputError` without a name or a note."""
    by, note, one, other = by.strip(), note.strip(), tuple(one), tuple(other)
    if not by or not note:
        raise InputError("a judgement needs the name of who makes it and a note that says why")
    return Judgement(
        content_id("jdg", kind, by, at, note, one, other, withdraws),
        kind,
        by,
        at,
        note,
        one,
        other,
        withdraws,
    )


def judge(readings: Sequence[Reading], judgements: Sequence[Judgement]) -> Judged:
    """Apply what holds of `judgements` to the readings of one story; the later ones stand last."""
    if not judgements:
        return Judged(tuple(readings))
    standing = in_force(judgements)
    placed, problems = _placed(standing, readings)
    rejected, more = _rejected(placed, readings)
    pruned = [without(r, rejected.get(r.document.id, frozenset())) for r in readings]
    split = [_split(r, placed) for r in pruned]
    agents, agents_held, lost = _settled(placed, ("same agent", "different agents"), split)
    statements, statements_held, lost_too = _settled(placed, ("same claim", "different claims"), split)
    used, apart, edges_held, overruled = _edges(placed)
    held = agents_held | statements_held | edges_held | more.held
    return Judged(
        tuple(split),
        agents,
        statements,
        used,
        apart,
        tuple(_named(placed, agents_held, split)),
        tuple(j for j in standing if j.id in held),
        (*problems, *more.problems, *lost, *lost_too, *overruled),
    )


def in_force(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Those that no later one withdraws, withdrawals left out; each once."""
    gone = withdrawn(judgements)
    return tuple(j for j in dict.fromkeys(judgements) if j.withdraws is None and j.id not in gone)


def withdrawn(judgements: Sequence[Judgement]) -> frozenset[str]:
    """The ids of those that a later one withdraws. A withdrawal that is withdrawn withdraws nothing."""
    gone: set[str] = set()
    for one in reversed(judgements):
        if one.withdraws is not None and one.id not in gone:
            gone.add(one.withdraws)
    return frozenset(gone)


# -------------------------------------------------------------------- places

Sides = tuple[tuple[Place, ...], tuple[Place, ...]]
Placed = Sequence[tuple[Judgement, Sides]]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Ids of judgements that hold, and the problems of those that do not."""

    held: frozenset[str]
    problems: tuple[Problem, ...]


def _placed(standing: Sequence[Judgement], readings: Sequence[Reading]) -> tuple[Placed, list[Problem]]:
    """The judgements with the places of their words, and a problem for each that has lost some of them."""
    documents = [r.document for r in readings]
    placed, problems = [], []
    for one in standing:
        sides = [[(a, find(a, documents)) for a in side] for side in (one.one, one.other)]
        lost = [anchor for side in sides for anchor, place in side if place is None]
        if lost:
            words = lost[0].quote or "the report itself"
            said = f"of {one.kind!r}, the words “{words}” are not found any more"
            problems.append(_problem(one, said, lost[0].document))
        left, right = (tuple(place for _, place in side if place is not None) for side in sides)
        placed.append((one, (left, right)))
    return placed, problems


def _problem(one: Judgement, said: str, document: str | None = None) -> Problem:
    return Problem(CODE, one.id, f"judgement of {one.by} ({one.note}): {said}", document, "kept in the case")


# -------------------------------------------------------------- attributions


def _rejected(placed: Placed, readings: Sequence[Reading]) -> tuple[dict[str, frozenset[str]], _Outcome]:
    """The attributions that are rejected, by document."""
    by_id = {r.document.id: r for r in readings}
    found: dict[str, set[str]] = defaultdict(set)
    held, problems = set(), []
    for one, (saying, said) in placed:
        if one.kind != "no attribution" or not saying or not said:
            continue
        att = attribution_at(saying[0], said[0], by_id[said[0].document])
        if att is None:
            problems.append(_problem(one, "nobody is read as saying these words any more", said[0].document))
        else:
            found[att.document].add(att.id)
            held.add(one.id)
    return {doc: frozenset(atts) for doc, atts in found.items()}, _Outcome(frozenset(held), tuple(problems))


def without(reading: Reading, rejected: Collection[str]) -> Reading:
    """The reading without some of its attributions, and every chain without the links that they made.

    What lay in the content of such an attribution lies in that of its parent.
    """
    if not rejected:
        return reading
    parents = {att.id: att.parent for att in reading.attributions}

    def outer(parent: str | None) -> str | None:
        while parent in rejected:
            parent = parents.get(parent or "")
        return parent

    kept = tuple(
        replace(att, parent=outer(att.parent)) for att in reading.attributions if att.id not in rejected
    )
    statements = []
    for stmt in reading.statements:
        holders = tuple(h for h in stmt.holders if h.attribution not in rejected)
        kind = stmt.quote_type if len(holders) > 1 else "none"
        changed = replace(stmt, holders=holders, chain=tuple(h.agent for h in holders), quote_type=kind)
        statements.append(stmt if len(holders) == len(stmt.holders) else changed)
    return replace(reading, attributions=kept, statements=tuple(statements))


# -------------------------------------------------------------------- agents


def _split(reading: Reading, placed: Placed) -> Reading:
    """The reading with agents of their own for mentions that are judged not to be whom they were read as."""
    for one, sides in sorted(placed, key=lambda judged: judged[0].id):  # whatever order they were made in
        if one.kind != "different agents":
            continue
        left, right = ([p for p in side if p.document == reading.document.id] for side in sides)
        others = {agent_at(place, reading) for place in left} - {None}
        for place in right:
            agent = agent_at(place, reading)
            if agent in others and place.span.end:
                reading = _with_another(reading, agent or "", place.span)
    return reading


def _with_another(reading: Reading, agent: str, span: Span) -> Reading:
    """The reading with a new agent for what `agent` is called at `span`."""
    text = reading.document.text[span.start : span.end]
    old = next(a for a in reading.agents if a.id == agent)
    new = Agent(content_id("agt", agent, span), text, old.kind, identified=old.identified)
    sources = {att.id: (*att.source, *att.cue) for att in reading.attributions}

    def held(holder: Holder) -> Holder:
        words = sources.get(holder.attribution or "", ())
        return replace(holder, agent=new.id) if holder.agent == agent and _meet(span, words) else holder

    mentions = tuple(
        replace(m, agent=new.id) if m.agent == agent and _meet(span, (m.span,)) else m
        for m in reading.mentions
    )
    statements = []
    for stmt in reading.statements:
        holders = tuple(map(held, stmt.holders))
        changed = replace(stmt, holders=holders, chain=tuple(h.agent for h in holders))
        statements.append(stmt if holders == stmt.holders else changed)
    return replace(reading, agents=(*reading.agents, new), mentions=mentions, statements=tuple(statements))


def _meet(span: Span, others: Spans) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _named(
    placed: Placed, held: Collection[str], readings: Sequence[Reading]
) -> Iterable[tuple[str, Evidence]]:
    by_id = {r.document.id: r for r in readings}
    for one, sides in placed:
        for place in (*sides[0], *sides[1]) if one.id in held else ():
            agent = agent_at(place, by_id[place.document])
            if agent is not None:
                yield agent, Evidence(place.document, place.span, why(one))


def with_reasons(agents: Sequence[Agent], mapping: Mapping[str, str], judged: Judged) -> tuple[Agent, ...]:
    """The story's agents with the words of the judgements that joined or parted them."""
    basis: dict[str, list[Evidence]] = defaultdict(list)
    for agent, evidence in judged.named:
        basis[mapping[agent]].append(evidence)
    return tuple(
        replace(a, basis=tuple(dict.fromkeys((*a.basis, *in_order(basis[a.id]))))) if a.id in basis else a
        for a in agents
    )


# ------------------------------------------------------------------- settling


def _settled(
    placed: Placed, kinds: tuple[JudgementKind, JudgementKind], readings: Sequence[Reading]
) -> tuple[Verdict, frozenset[str], list[Problem]]:
    """What the judgements of two opposite kinds decide, those that hold, and what is to be told of them.

    The last one is settled first, so that of each earlier one just what contradicts a later one is left out.
    """
    by_id = {r.document.id: r for r in readings}
    settlement, held, problems = Settlement(), set(), []
    for one, sides in reversed(placed):
        if one.kind not in kinds:
            continue
        left, right = (_nodes(side, one.kind, by_id) for side in sides)
        if not left or not right:
            said = "nothing is read at its words now" if all(sides) else ""
        elif one.kind == kinds[0]:
            said = join_all(settlement, list(dict.fromkeys((*left, *right))))
        else:
            said = part_all(settlement, left, right)
        if left and right and said in ("", PARTLY):
            held.add(one.id)
        if said:
            problems.append(_problem(one, said, sides[0][0].document))
    return settlement.verdict(), frozenset(held), problems


def _nodes(places: Iterable[Place], kind: JudgementKind, readings: Mapping[str, Reading]) -> list[str]:
    found = []
    for place in places:
        reading = readings[place.document]
        if kind in ("same agent", "different agents"):
            found.append(agent_at(place, reading))
        else:
            stmt = statement_at(place, reading)
            found.append(stmt.id if stmt else None)
    return list(dict.fromkeys(node for node in found if node is not None))


# --------------------------------------------------------------- derivations


def _edges(
    placed: Placed,
) -> tuple[tuple[tuple[str, str, Judgement], ...], frozenset[frozenset[str]], frozenset[str], list[Problem]]:
    """For every pair of reports what the last judgement on it says."""
    last: dict[frozenset[str], tuple[Judgement, str, str]] = {}
    problems, held = [], set()
    for one, (children, parents) in reversed(placed):
        if one.kind not in ("derivation", "no derivation") or not children or not parents:
            continue
        child, parent = children[0].document, parents[0].document
        if child == parent:
            problems.append(_problem(one, "its two reports are one here", child))
            continue
        later, first, second = last.setdefault(frozenset((child, parent)), (one, child, parent))
        agree = later.kind == one.kind and (one.kind == "no derivation" or (first, second) == (child, parent))
        if agree:
            held.add(one.id)
        else:
            problems.append(_problem(one, f"overruled by the later {later.id} of {later.by}"))
    used = sorted((c, p, one) for one, c, p in last.values() if one.kind == "derivation")
    apart = frozenset(pair for pair, (one, *_) in last.items() if one.kind == "no derivation")
    return tuple(used), apart, frozenset(held), problems


def judged_derivations(
    directed: Sequence[Derivation], undirected: Sequence[Derivation], judged: Judged
) -> tuple[tuple[Derivation, ...], tuple[Derivation, ...]]:
    """The derivations of a story with those that analysts asserted, without those that they rejected.

    An asserted one keeps the kind and the words that were found; where nothing was, both reports as a whole
    are its evidence, so that the least count takes all that they share for taken over.
    """
    if not judged.used and not judged.apart:
        return tuple(directed), tuple(undirected)
    decided = {frozenset((child, parent)) for child, parent, _ in judged.used} | judged.apart
    found = {frozenset((d.child, d.parent)): d for d in (*undirected, *directed)}
    whole = {r.document.id: Span(0, len(r.document.text)) for r in judged.readings}
    asserted = []
    for child, parent, one in judged.used:
        old = found.get(frozenset((child, parent)))
        words = tuple(Evidence(doc, whole[doc], why(one)) for doc in (child, parent))
        stated = old is not None and old.stated and old.child == child
        kind, evidence = (old.kind, old.evidence) if old is not None else ("rewrite", words)
        asserted.append(Derivation(child, parent, kind, stated, evidence, why(one)))
    kept = [d for d in directed if frozenset((d.child, d.parent)) not in decided]
    left = tuple(d for d in undirected if frozenset((d.child, d.parent)) not in decided)
    return tuple(sorted((*kept, *asserted), key=lambda d: (d.child, d.parent))), left
