"""The claims of a story: its statements grouped by what they say.

Average-link clustering over the scores of `alignment`; a claim and its denial are one claim with two
stances, different numbers for the same thing are two. The stance that a statement takes is settled here:
the wording that most statements use is the claim, so that a claim which everybody words with "not" is
affirmed, not denied, by all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ondit.records import Agent, Claim, Evidence, Holder, Reading, Stance, Statement, content_id
from ondit.text.scope import NEGATIONS, OPPOSITE
from ondit.tracing.alignment import scores, weights
from ondit.tracing.points import Point
from ondit.tracing.settlement import Pair

SURE = 0.76
"""From this score on two statements say the same beyond the doubt that the least count must leave out."""

DENIES = 0.15
"""From this score on a group that only denies is taken to deny the claim of the other statement."""


def align(
    readings: Sequence[Reading],
    agents: Sequence[Agent],
    mapping: Mapping[str, str],
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
) -> tuple[Claim, ...]:
    """The claims of the story, without origins yet, in the order of their first statement.

    `agents` are the story's, `mapping` gives one of them for every agent id of a report; `same` are pairs of
    statements that say the same whatever their score, `different` pairs that do not.
    """
    no_outlet = {a.id for a in agents if a.kind not in {"outlet", "state_media", "social_account"}}
    relayed = {
        a.id for r in readings for a in r.attributions if a.method == "citing" and a.cue_kind == "credit"
    }
    dropped = {(att, agent) for att in relayed for agent in no_outlet}
    readings = [_pruned(r, dropped, mapping) for r in readings]
    points, table = scores(readings)
    _decide(table, [p.statement.id for p in points], same, different)
    threshold = weights()["threshold"]
    groups = denied(table, cluster(table, threshold), [p.statement.stance for p in points])
    claims = [_claim([points[i] for i in group], core(table, group), mapping) for group in groups]
    return tuple(claims)


def _decide(
    table: NDArray[np.float64], ids: Sequence[str], same: Iterable[Pair], different: Iterable[Pair]
) -> None:
    """Scores beyond doubt where it is known: averages of them are infinite too, so that what is one is joined
    first, and no group ever holds two that are not."""
    at = {ident: i for i, ident in enumerate(ids)}
    for pairs, score in ((same, np.inf), (different, -np.inf)):
        for a, b in pairs:
            table[at[a], at[b]] = table[at[b], at[a]] = score


def denied(
    table: NDArray[np.float64], groups: Sequence[Sequence[int]], stances: Sequence[Stance]
) -> list[list[int]]:
    """Groups that only deny joined to the claim that they deny: the affirming group in which some statement
    scores highest against one of theirs, if it scores at least `DENIES`. A denial shares fewer words with its
    claim than two affirmations do, and nobody denies what nobody says."""
    out = [list(g) for g in groups]
    denials = [g for g in out if all(stances[i] == "deny" for i in g)]
    for group in denials:
        others = [g for g in out if any(stances[i] == "affirm" for i in g)]
        others = [g for g in others if table[np.ix_(group, g)].min() > -np.inf]
        best = max(others, key=lambda g: table[np.ix_(group, g)].max(), default=None)
        if best is not None and table[np.ix_(group, best)].max() >= DENIES:
            out.remove(group)
            best += group
    return sorted((sorted(g) for g in out), key=lambda g: g[0])


def _pruned(reading: Reading, dropped: Collection[tuple[str, str]], mapping: Mapping[str, str]) -> Reading:
    """The reading without links to those addressed who turn out to be no outlet ("told Anna at the gate")."""
    statements = []
    for stmt in reading.statements:
        holders = tuple(h for h in stmt.holders if (h.attribution or "", mapping[h.agent]) not in dropped)
        statements.append(replace(stmt, holders=holders, chain=tuple(h.agent for h in holders)))
    return replace(reading, statements=tuple(statements))


def core(table: NDArray[np.float64], group: Sequence[int]) -> list[bool]:
    """Which members of a group surely say the same: the part held together by scores of at least `SURE` that
    spans most members; all of them where the group is one."""
    left, parts = set(group), []
    while left:
        part, front = set(), [min(left)]
        while front:
            i = front.pop()
            part.add(i)
            front += [j for j in left - part if table[i, j] >= SURE and j not in front]
        left -= part
        parts.append(part)
    best = max(parts, key=lambda p: (len(p), -min(p)))
    return [i in best for i in group]


def cluster(table: NDArray[np.float64], threshold: float) -> list[list[int]]:
    """Average-link groups of the rows of `table` (symmetric, 0..1): indices, ordered by first member.

    >>> cluster(np.array([[0, 0.9, 0.1], [0.9, 0, 0.2], [0.1, 0.2, 0]]), 0.5)
    [[0, 1], [2]]
    """
    groups: dict[int, list[int]] = {i: [i] for i in range(len(table))}
    alive = np.ones(len(table), dtype=bool)
    link = table.copy()
    np.fill_diagonal(link, -1.0)
    best = link.max(axis=1) if len(link) else np.zeros(0)
    while len(groups) > 1:
        i = int(best.argmax())
        if best[i] < threshold:
            break
        j = int(link[i].argmax())
        a, b = len(groups[i]), len(groups[j])
        alive[j] = False
        touched = np.flatnonzero(alive & ((link[i] >= best) | (link[j] >= best)))
        joined = (link[i] * a + link[j] * b) / (a + b)
        link[i], link[:, i] = joined, joined
        link[i, i] = -1.0
        link[j], link[:, j] = -1.0, -1.0
        groups[i] += groups.pop(j)
        for row in {*touched.tolist(), i, j}:
            best[row] = link[row].max()
        best = np.maximum(best, link[i])
        best[i] = link[i].max()
    return sorted((sorted(g) for g in groups.values()), key=lambda g: g[0])


def _claim(members: Sequence[Point], sure: Sequence[bool], mapping: Mapping[str, str]) -> Claim:
    stances = Counter(p.statement.stance for p in members)
    plainly = any(p.statement.stance == "affirm" and s for p, s in zip(members, sure, strict=True))
    flipped = _worded_with_not(members) and not plainly and 2 * stances["affirm"] <= stances["deny"]
    settled = tuple(
        replace(_settled(p.statement, flipped, mapping), sure=s) for p, s in zip(members, sure, strict=True)
    )
    best = gist([p for p, s in zip(members, sure, strict=True) if s])
    evidence = Evidence(best.statement.document, best.statement.spans[0], "gist")
    return Claim(content_id("clm", *sorted(p.statement.id for p in members)), evidence, settled)


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
    """The clearest statement: affirming, plain, of a clause's length, closest in words to the others."""
    plain: dict[Stance, float] = {"affirm": 1.0, "deny": 0.8, "question": 0.5}

    def clear(point: Point) -> tuple[float, int]:
        others = [
            len(point.stems & p.stems) / max(1, len(point.stems | p.stems)) for p in members if p is not point
        ]
        near = sum(others) / max(1, len(others))
        size = len(point.sequence)
        fit = 1.0 if 5 <= size <= 25 else 0.5
        return near + fit + plain[point.statement.stance] - 0.4 * point.loud, -size

    return max(members, key=clear)
