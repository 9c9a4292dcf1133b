"""The claims of a story: its statements grouped by what they say.

Groups by best matches over the pairs of `alignment`; a claim and its denial are one claim with two
stances, different numbers for the same thing are two. The stance that a statement takes is settled here:
the wording that most statements use is the claim, so that a claim which everybody words with "not" is
affirmed, not denied, by all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ondit.records import Agent, Claim, Evidence, Holder, Reading, Stance, Statement, content_id
from ondit.text.scope import NEGATIONS, OPPOSITE
from ondit.tracing.alignment import Pairs, weights
from ondit.tracing.features import Places
from ondit.tracing.linkage import Scored, cluster, components, members, numbered
from ondit.tracing.points import Point
from ondit.tracing.settlement import Pair

SURE = 0.95
"""From this score on two statements say the same beyond the doubt that the least count must leave out."""

DENIES = 0.15
"""From this score on a group that only denies is taken to deny the claim of the other statement."""


def without_addressed(
    readings: Sequence[Reading], agents: Sequence[Agent], mapping: Mapping[str, str]
) -> list[Reading]:
    """The readings without links to those addressed who turn out to be no outlet ("told Anna at the gate").

    `agents` are the story's, `mapping` gives one of them for every agent id of a report.
    """
    no_outlet = {a.id for a in agents if a.kind not in {"outlet", "state_media", "social_account"}}
    relayed = {
        a.id for r in readings for a in r.attributions if a.method == "citing" and a.cue_kind == "credit"
    }
    dropped = {(att, agent) for att in relayed for agent in no_outlet}
    return [_pruned(r, dropped, mapping) for r in readings]


def _pruned(reading: Reading, dropped: Collection[tuple[str, str]], mapping: Mapping[str, str]) -> Reading:
    statements = []
    for stmt in reading.statements:
        holders = tuple(h for h in stmt.holders if (h.attribution or "", mapping[h.agent]) not in dropped)
        statements.append(replace(stmt, holders=holders, chain=tuple(h.agent for h in holders)))
    return replace(reading, statements=tuple(statements))


def align(
    pairs: Pairs, mapping: Mapping[str, str], same: Iterable[Pair] = (), different: Iterable[Pair] = ()
) -> tuple[Claim, ...]:
    """The claims of the story, without origins yet, in the order of their first statement.

    `mapping` gives an agent of the story for every agent id of a report; `same` are pairs of statements that
    say the same whatever their score, `different` pairs that do not.
    """
    points = pairs.points
    known = _decided(pairs, same, [*different, *_corrected(points)])
    groups = cluster(len(points), known, weights()["threshold"])
    groups = denied(known, groups, [p.statement.stance for p in points])
    sure = core(known, groups, np.array([len(p.statement.chain) for p in points], dtype=np.int64))
    return tuple(
        _claim([points[i] for i in places], sure[places].tolist(), mapping) for places in members(groups)
    )


def _decided(pairs: Pairs, same: Iterable[Pair], different: Iterable[Pair]) -> Scored:
    """The scores of the pairs, infinite where it is known: averages of them are infinite too, so that what is
    one is joined first, and no group ever holds two that are not."""
    at = {point.statement.id: place for place, point in enumerate(pairs.points)}
    decided = {
        (min(at[a], at[b]), max(at[a], at[b])): score
        for given, score in ((same, np.inf), (different, -np.inf))
        for a, b in given
        if at[a] != at[b]
    }
    ends = np.array(list(decided), dtype=np.int64).reshape(-1, 2).T
    both = [np.concatenate(side) for side in zip(ends, (pairs.rows, pairs.columns), strict=True)]
    chance = np.where(pairs.contrary, -np.inf, pairs.chance)
    score = np.concatenate([np.array(list(decided.values())), chance])
    _, first = np.unique(both[0] * len(pairs.points) + both[1], return_index=True)
    return Scored(both[0][first], both[1][first], score[first])


def _corrected(points: Sequence[Point]) -> Iterator[Pair]:
    """What a clause affirms with what it denies, one after the other ("two, not three"): the words that both
    share make them no claim."""
    for one, two in pairwise(p.statement for p in points):
        overlap = any(a.start < b.end and b.start < a.end for a in one.spans for b in two.spans)
        if one.document == two.document and one.spans != two.spans and overlap:
            yield one.id, two.id


def denied(known: Scored, groups: Places, stances: Sequence[Stance]) -> Places:
    """Groups that only deny joined to the claim that they deny: the affirming group in which some statement
    scores highest against one of theirs, if it scores at least `DENIES`. A denial shares fewer words with its
    claim than two affirmations do, and nobody denies what nobody says."""
    taken = [{stances[i] for i in places} for places in members(groups)]
    into = list(range(len(taken)))
    for group, near in sorted(_near(known, groups, [stance == {"deny"} for stance in taken]).items()):
        claims: dict[int, list[float]] = defaultdict(list)
        for other, scores in near.items():
            claims[into[other]] += scores
        best = {c: max(s) for c, s in claims.items() if "affirm" in taken[c] and min(s) > -np.inf}
        claim = max(best, key=lambda c: (best[c], -c), default=group)
        if best.get(claim, 0.0) >= DENIES:
            into[group] = claim
    return numbered(np.array(into, dtype=np.int64)[groups])


def _near(known: Scored, groups: Places, wanted: Sequence[bool]) -> dict[int, dict[int, list[float]]]:
    """For each group that is wanted the scores of its members with those of every other one."""
    ends, which = groups[np.stack([known.rows, known.columns])], np.array(wanted, dtype=bool)
    some = (ends[0] != ends[1]) & which[ends].any(axis=0)
    out: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for one, two, score in zip(*ends[:, some].tolist(), known.score[some].tolist(), strict=True):
        for group, other in ((one, two), (two, one)):
            if wanted[group]:
                out[group][other].append(score)
    return out


def core(known: Scored, groups: Places, told: Places) -> NDArray[np.bool_]:
    """Which statements surely say the same as their group: the part of it held together by scores of at least
    `SURE` that spans most members, of equal ones the one `told` through most hands; all of them where the
    group is one."""
    sure = (known.score >= SURE) & (groups[known.rows] == groups[known.columns])
    part = components(len(groups), known.rows[sure], known.columns[sure])
    sizes = np.bincount(part, minlength=len(groups))
    hands = np.zeros(len(groups), dtype=np.int64)
    np.maximum.at(hands, part, told)
    order = np.lexsort((part, -hands[part], -sizes[part], groups))
    best = part[order[np.unique(groups[order], return_index=True)[1]]]
    return np.asarray(part == best[groups])


def _claim(members: Sequence[Point], sure: Sequence[bool], mapping: Mapping[str, str]) -> Claim:
    stances = Counter(p.statement.stance for p in members)
    flipped = _worded_with_not(members) and not stances["affirm"]
    settled = tuple(
        replace(_settled(p.statement, flipped, mapping), sure=s) for p, s in zip(members, sure, strict=True)
    )
    best = gist(_affirming([p for p, s in zip(members, sure, strict=True) if s], members))
    evidence = Evidence(best.statement.document, best.statement.spans[0], "gist")
    return Claim(content_id("clm", *sorted(p.statement.id for p in members)), evidence, settled)


def _affirming(core: Sequence[Point], members: Sequence[Point]) -> Sequence[Point]:
    """Of whose words a claim can be shown by: who affirms it, surely if anybody does; else its core."""
    for some in (core, members):
        if affirmed := [p for p in some if p.statement.stance == "affirm"]:
            return affirmed
    return core


def _worded_with_not(members: Sequence[Point]) -> bool:
    """Whether most who deny do so by a negation in their words, not by denying what another one says."""
    denials = [p for p in members if p.statement.stance == "deny"]
    negated = [p for p in denials if any(w in NEGATIONS or w.endswith("n't") for w in p.sequence)]
    return 2 * len(negated) > len(denials)


def _settled(statement: Statement, flipped: bool, mapping: Mapping[str, str]) -> Statement:
    """The statement with the story's agents in its chain and its stance towards the claim."""
    holders = [
        replace(h, agent=mapping[h.agent], stance=OPPOSITE[h.stance] if flipped else h.stance)
        for h in statement.holders
    ]
    kept = [h for i, h in enumerate(holders) if i == len(holders) - 1 or h.agent != holders[i + 1].agent]
    seen: set[str] = set()
    path: list[Holder] = []
    for holder in reversed(kept):
        if holder.agent not in seen:
            path.append(holder)
            seen.add(holder.agent)
    path.reverse()
    stance = OPPOSITE[statement.stance] if flipped else statement.stance
    kind = statement.quote_type if len(path) > 1 else "none"
    return replace(
        statement, chain=tuple(h.agent for h in path), holders=tuple(path), stance=stance, quote_type=kind
    )


def gist(members: Sequence[Point]) -> Point:
    """The clearest statement: affirming, plain, of a clause's length, closest in words to the others, with no
    number that none of them has."""
    plain: dict[Stance, float] = {"affirm": 1.0, "deny": 0.8, "question": 0.5}
    holders = Counter(number for p in members for number in p.numbers)
    giving = sum(bool(p.numbers) for p in members)

    def clear(point: Point) -> tuple[float, int]:
        others = [
            len(point.stems & p.stems) / max(1, len(point.stems | p.stems)) for p in members if p is not point
        ]
        near = sum(others) / max(1, len(others))
        alone = sum(holders[n] == 1 for n in point.numbers) if giving > 1 else 0
        size = len(point.sequence)
        fit = 1.0 if 5 <= size <= 25 else 0.5
        return near + fit + plain[point.statement.stance] - 0.4 * point.loud - 0.3 * alone, -size

    return max(members, key=clear)
