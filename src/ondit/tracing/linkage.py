"""Average-link clustering where most pairs are not known.

In: the scores of some pairs of things, and whom to ask for others. Out: groups. Two groups are compared if
some pair between them is known; what their average lacks is asked for, of at most `SAMPLE` members of each.
In each round all groups that are each other's nearest are joined: average linkage is reducible (Bruynooghe
1977), so this makes the groups that joining the best two again and again makes, without a table of all pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ondit.tracing.features import Places, ragged

Scores = NDArray[np.float64]

Ask = Callable[[Places, Places], Scores]
"""Gives the scores of pairs of things: rows, columns, row < column."""

SAMPLE = 16
"""Members of a group that stand for all of them where an average is asked for: spread evenly over it."""

AT_ONCE = 1 << 16
"""Pairs that are asked for at once, about."""


class Scored(NamedTuple):
    """What is known of pairs, of things or of groups: row < column, in order, each pair once."""

    rows: Places
    columns: Places
    score: Scores

    def keys(self, count: int) -> Places:
        """Both places in one number, of `count` things."""
        return self.rows * count + self.columns


def cluster(size: int, known: Scored, threshold: float, ask: Ask) -> Places:
    """The group of each of `size` things; groups are numbered by their first member.

    >>> known = Scored(np.array([0, 0, 1]), np.array([1, 2, 2]), np.array([0.9, 0.1, 0.2]))
    >>> cluster(3, known, 0.5, ask=lambda rows, columns: np.zeros(len(rows))).tolist()
    [0, 0, 1]
    """
    group, count = np.arange(size), size
    while (into := _joined(known, count, threshold)) is not None:
        known = _contracted(known, group, into, ask)
        group, count = into[group], int(into.max()) + 1
    return group


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


def _joined(known: Scored, count: int, threshold: float) -> Places | None:
    """The new number of each of `count` groups, those joined that are each other's nearest; None if none are.
    Of equally near ones that with the least exclusive or of both numbers is the nearest: it is the same from
    both sides, so that some two always are each other's, and copies, which are all alike, pair up at once."""
    best, least = np.full(count, -np.inf), np.full(count, np.iinfo(np.int64).max)
    sides = (known.rows, known.columns), (known.columns, known.rows)
    for own, _ in sides:
        np.maximum.at(best, own, known.score)
    for own, other in sides:
        top = (known.score == best[own]) & (known.score >= threshold)
        np.minimum.at(least, own[top], own[top] ^ other[top])
    into = np.arange(count)
    nearest = np.where(best >= threshold, into ^ least, into)
    own = np.flatnonzero((nearest[nearest] == into) & (into < nearest))
    into[nearest[own]] = own
    return np.unique(into, return_inverse=True)[1].reshape(-1) if len(own) else None


def _contracted(old: Scored, group: Places, into: Places, ask: Ask) -> Scored:
    """The averages between the groups that `into` makes of those of `group`."""
    before, after = len(into), int(into.max()) + 1
    sizes = np.bincount(group)
    left, right = into[old.rows], into[old.columns]
    apart = left != right
    new = np.minimum(left, right) * after + np.maximum(left, right)
    keys, which = np.unique(new[apart], return_inverse=True)
    weight = (sizes[old.rows] * sizes[old.columns])[apart]
    total = np.bincount(which, weights=old.score[apart] * weight, minlength=len(keys))
    one, two = np.divmod(keys, after)
    full = np.bincount(into, weights=sizes)
    lacks = np.flatnonzero(np.bincount(which, weights=weight, minlength=len(keys)) < full[one] * full[two])
    for lacking, left, right in _parts(one[lacks], two[lacks], into):
        left, right = np.minimum(left, right), np.maximum(left, right)
        unknown = ~_among(left * before + right, old.keys(before))
        left, right = left[unknown], right[unknown]
        asked = _asked(group, sizes, left, right, ask) * sizes[left] * sizes[right]
        total += np.bincount(lacks[lacking[unknown]], weights=asked, minlength=len(keys))
    return Scored(one, two, total / (full[one] * full[two]))


def _among(wanted: Places, known: Places) -> NDArray[np.bool_]:
    """Which of the wanted numbers are among the known, which are in order."""
    at = np.searchsorted(known, wanted)
    return np.asarray(known[np.minimum(at, len(known) - 1)] == wanted)


def _parts(one: Places, two: Places, into: Places) -> Iterator[tuple[Places, Places, Places]]:
    """For pairs of new groups the pairs of old ones that they are made of: which pair, its left and right."""
    first = np.unique(into, return_index=True)[1]
    last = len(into) - 1 - np.unique(into[::-1], return_index=True)[1]
    for left in (first, last):
        for right in (first, last):
            some = np.flatnonzero(
                ((left is first) | (first != last)[one]) & ((right is first) | (first != last)[two])
            )
            yield some, left[one[some]], right[two[some]]


def _asked(group: Places, sizes: Places, one: Places, two: Places, ask: Ask) -> Scores:
    """The average score between groups, asked for."""
    members, starts = np.argsort(group, kind="stable"), np.cumsum(sizes) - sizes
    counts = np.minimum(sizes, SAMPLE)
    found = [np.zeros(0)]
    cuts = np.flatnonzero(np.diff(np.cumsum(counts[one] * counts[two]) // AT_ONCE)) + 1
    for left, right in zip(np.split(one, cuts), np.split(two, cuts), strict=True):
        pair, offset = ragged(counts[left] * counts[right])
        row, column = np.divmod(offset, counts[right][pair])
        sides = [
            members[starts[side][pair] + nth * sizes[side][pair] // counts[side][pair]]
            for side, nth in ((left, row), (right, column))
        ]
        scores = ask(np.minimum(*sides), np.maximum(*sides))
        found.append(np.bincount(pair, weights=scores, minlength=len(left)) / (counts[left] * counts[right]))
    return np.concatenate(found)
