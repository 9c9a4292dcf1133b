"""Clustering where most pairs are not known, and groups are as near as their members' best matches.

In: the scores of some pairs of things. Out: groups. How near two groups are is the mean, over the members of
both, of the best score that each has with the other group (the modified Hausdorff distance of Dubuisson and
Jain 1994): a claim is told in wordings of which not every two are alike, so that the mean over all pairs, as
average linkage has it, parts what is one. The two nearest groups are joined until none are near enough.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ondit.tracing.features import Places

Scores = NDArray[np.float64]

UNKNOWN = 0.05
"""The best score of a thing with a group of which no pair is known, about: what was too low to keep."""


COPIES = 0.97
"""From this score on two things are one before anything else is looked at."""


class Scored(NamedTuple):
    """What is known of pairs of things: row < column, in order, each pair once; inf where they are one
    whatever else is known, -inf where they are never."""

    rows: Places
    columns: Places
    score: Scores


class _Groups:
    """Groups while they are joined, each named by one of its members, which `owner` gives for every thing.

    `best[i][g]` is the best score of the thing i with a member of the group g, `knows[g]` the things that
    have one, `total[g][h]` the sum over the members of g of what their best scores with h are over UNKNOWN.
    """

    def __init__(self, first: Places, known: Scored) -> None:
        """Groups to begin with: `first` gives the first member of the group of each thing."""
        self.owner = first.tolist()
        self.members: dict[int, list[int]] = defaultdict(list)
        for thing, group in enumerate(self.owner):
            self.members[group].append(thing)
        self.best: list[dict[int, float]] = [{} for _ in self.owner]
        self.knows: dict[int, set[int]] = defaultdict(set)
        self.total: dict[int, dict[int, float]] = defaultdict(dict)
        self.apart: dict[int, set[int]] = defaultdict(set)
        self.heap: list[tuple[float, int, int, int, int]] = []
        for thing, group, score in _best_matches(first, known):
            self._match(thing, group, score)
        never = known.score == -math.inf
        for one, two in first[np.stack([known.rows[never], known.columns[never]])].T.tolist():
            self.apart[one].add(two)
            self.apart[two].add(one)

    def near(self, one: int, two: int) -> float:
        """How near two groups are, by the best matches of the members of both."""
        sides = ((one, two), (two, one))
        return UNKNOWN + sum(self.total[a].get(b, 0.0) / len(self.members[a]) for a, b in sides) / 2

    def propose(self, one: int, two: int, threshold: float) -> None:
        """Keep two groups in mind if they are near enough and nothing parts them."""
        low, high = min(one, two), max(one, two)
        if high not in self.apart[low] and (score := self.near(low, high)) >= threshold:
            sizes = len(self.members[low]), len(self.members[high])
            heapq.heappush(self.heap, (-score, low, high, *sizes))

    def nearest(self) -> tuple[int, int] | None:
        """The two nearest groups as they are now; None if no two are near enough."""
        while self.heap:
            _, low, high, *sizes = heapq.heappop(self.heap)
            if [len(self.members.get(low, ())), len(self.members.get(high, ()))] == sizes:
                return low, high
        return None

    def join(self, one: int, two: int) -> int:
        """Make one group of two; its name is that of the one which more things know."""
        kept, gone = sorted((one, two), key=lambda group: (-len(self.knows[group]), group))
        for thing in sorted(self.knows.pop(gone)):
            score = self.best[thing].pop(gone)
            self.total[self.owner[thing]].pop(gone, None)
            if self.owner[thing] != kept:
                self._match(thing, kept, score)
        for thing in self.members[gone]:
            self.owner[thing] = kept
            if self.best[thing].pop(kept, None) is not None:
                self.knows[kept].discard(thing)
        for group, value in self.total.pop(gone, {}).items():
            if group != kept:
                self.total[kept][group] = self.total[kept].get(group, 0.0) + value
        for group in self.apart.pop(gone, ()):
            self.apart[group] = self.apart[group] - {gone} | {kept}
            self.apart[kept].add(group)
        self.members[kept] += self.members.pop(gone)
        return kept

    def _match(self, thing: int, group: int, score: float) -> None:
        """Take a score of a thing with a member of another group, if none was better."""
        old = self.best[thing].get(group, UNKNOWN)
        self.knows[group].add(thing)
        if score > old or group not in self.best[thing]:
            self.best[thing][group] = score
            total = self.total[self.owner[thing]]
            total[group] = total.get(group, 0.0) + score - old


def cluster(size: int, known: Scored, threshold: float) -> Places:
    """The group of each of `size` things; groups are numbered by their first member.

    >>> known = Scored(np.array([0, 0, 1]), np.array([1, 2, 2]), np.array([0.9, 0.1, 0.2]))
    >>> cluster(3, known, 0.5).tolist()
    [0, 0, 1]
    """
    groups = _Groups(_copies(size, known), known)
    for one in sorted(groups.total):
        for two in sorted(groups.total[one]):
            if one < two:
                groups.propose(one, two, threshold)
    while (pair := groups.nearest()) is not None:
        joined = groups.join(*pair)
        for other in sorted(groups.total[joined]):
            groups.propose(joined, other, threshold)
    return numbered(np.array(groups.owner, dtype=np.int64))


def _copies(size: int, known: Scored) -> Places:
    """For each thing the first of those that scores of at least `COPIES` connect it with, if no two of them
    are parted: a wire report in a hundred outlets is one thing, and its pairs need not be looked at."""
    alike, never = known.score >= COPIES, known.score == -math.inf
    first = components(size, known.rows[alike], known.columns[alike])
    parted = first[known.rows[never]][first[known.rows[never]] == first[known.columns[never]]]
    return np.where(np.isin(first, parted), np.arange(size), first)


def _best_matches(first: Places, known: Scored) -> Iterator[tuple[int, int, float]]:
    """Things, groups of which they are no members, and the best score of the thing with one of those."""
    apart = (first[known.rows] != first[known.columns]) & (known.score > -math.inf)
    rows, columns, score = (side[apart] for side in known)
    things, groups = np.concatenate([rows, columns]), first[np.concatenate([columns, rows])]
    order = np.lexsort((groups, things))
    things, groups, score = things[order], groups[order], np.concatenate([score, score])[order]
    if len(things):
        new = np.append(True, (things[1:] != things[:-1]) | (groups[1:] != groups[:-1]))
        starts = np.flatnonzero(new)
        best = np.maximum.reduceat(score, starts)
        yield from zip(things[starts].tolist(), groups[starts].tolist(), best.tolist(), strict=True)


def components(size: int, rows: Places, columns: Places) -> Places:
    """For each of `size` things the first of those that pairs connect it with.

    >>> components(5, np.array([0, 2]), np.array([3, 3])).tolist()
    [0, 1, 0, 0, 4]
    """
    first = np.arange(size)
    while True:
        low = np.minimum(first[rows], first[columns])
        lower = first.copy()
        np.minimum.at(lower, first[rows], low)
        np.minimum.at(lower, first[columns], low)
        lower = lower[lower]
        if np.array_equal(lower, first):
            return first
        first = lower


def members(group: Places) -> list[Places]:
    """The things of each group, in order."""
    return (
        np.split(np.argsort(group, kind="stable"), np.cumsum(np.bincount(group))[:-1]) if len(group) else []
    )


def numbered(group: Places) -> Places:
    """The same groups, numbered by their first member."""
    _, first, which = np.unique(group, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[which.reshape(-1)]
