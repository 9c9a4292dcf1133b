"""Rare words that two reports of one story share outside quotation marks: the traces of a silent rewrite.

In: the readings of one story. Out: for each pair a score and the details it rests on, rarest first. No
threshold on the likeness of two reports separates rewrites from independent reports (token Jaccard .17-.28
against .25-.50), so what counts is how far a pair stands out from the likeness that each of the two has
with the story's other reports: rarity is the story's own, and no list of words is needed but stopwords.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ondit.grouping.reuse import Page, page
from ondit.records import Evidence, Reading, Span
from ondit.text.lexicon import words_of
from ondit.text.shingles import Hashes, words

LIKELY, POSSIBLE = 0.08, 0.06
"""From `LIKELY` on, a pair is a rewrite rather than two independent reports; between the two it is doubtful.
Set on twenty training stories: 26 of 30 pairs right and 26 of 42 found; from `POSSIBLE` 30 of 38 and 42."""

USUAL, USUAL_WEIGHT, MOST_USUAL = 0.09, 2, 0.15
"""Likeness of independent reports of one event: what is expected of a story with few reports, as if it were
that of so many pairs more, and the most that is believed where most of a story is copied."""

NEAR = 4
"""Shared words that stand no farther apart in both reports are one detail."""

REPEATS = 4
"""Of a word that a report repeats, its first so many places are looked at."""

_COLUMNS = 8192


class Detail(NamedTuple):
    """Rare words close together in both reports; `weight` sums their rarity (logarithms)."""

    a: Span
    b: Span
    weight: float


@dataclass(frozen=True, slots=True)
class Reuse:
    """How far two reports stand out as alike in what is rare; `a` was given before `b`."""

    a: str
    b: str
    score: float
    details: tuple[Detail, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The details as words of both reports."""
        places = [(self.a, d.a) for d in self.details] + [(self.b, d.b) for d in self.details]
        return tuple(Evidence(document, span, "shared detail") for document, span in places)


def reuse_evidence(readings: Sequence[Reading], least: float = LIKELY, limit: int = 8) -> tuple[Reuse, ...]:
    """The pairs of one story that score at least `least`, best first, with up to `limit` details each.

    Give the readings in the order of time. The score says that one used the other or both a third, not who
    used whom.
    """
    voices = [voice(page(reading)) for reading in readings]
    terms = [np.unique(v.hashes) for v in voices]
    rarity = Rarity.of(terms)
    scores = standing_out(likeness(terms, rarity))
    found = []
    for i, j in zip(*np.nonzero(np.triu(scores >= least, 1)), strict=True):
        a, b = voices[i], voices[j]
        details = shared_details(a, b, rarity)[:limit]
        found.append(Reuse(a.page.document, b.page.document, float(scores[i, j]), details))
    return tuple(sorted(found, key=lambda reuse: (-reuse.score, reuse.a, reuse.b)))


def rare_details(readings: Sequence[Reading], limit: int = 8) -> dict[tuple[str, str], tuple[Detail, ...]]:
    """For every pair of reports, what is rare in the story and shared outside quotation marks."""
    return {(r.a, r.b): r.details for r in reuse_evidence(readings, least=-1.0, limit=limit)}


class Voice(NamedTuple):
    """What a report says in its own voice that is more than grammar: places among its words, and hashes."""

    page: Page
    places: NDArray[np.int64]
    hashes: Hashes

    def rare(self, rarity: Rarity) -> Voice:
        """Only the words that a detail may have."""
        rare = rarity(self.hashes) >= rarity.least - 1e-9
        return Voice(self.page, self.places[rare], self.hashes[rare])

    def span(self, places: set[int]) -> Span:
        """The stretch from the first to the last of some words."""
        return self.page.span(min(places), max(places) - min(places) + 1)


def voice(page: Page) -> Voice:
    """The words outside quotation marks and furniture that are no stopwords."""
    own = ~page.quoted & ~page.furniture & ~np.isin(page.words.hashes, _stopwords())
    return Voice(page, np.flatnonzero(own), page.words.hashes[own])


class Rarity(NamedTuple):
    """The words of a story, sorted by hash, and how rare each is: log((reports + 1) / reports with it)."""

    hashes: Hashes
    weights: NDArray[np.float64]
    reports: int

    @classmethod
    def of(cls, terms: Sequence[Hashes]) -> Rarity:
        """Counted over the terms of every report, each once a report."""
        hashes, counts = np.unique(np.concatenate([*terms, np.zeros(0, np.uint64)]), return_counts=True)
        return cls(hashes, np.log((len(terms) + 1) / counts), len(terms))

    @property
    def least(self) -> float:
        """The least weight of a word of a detail: half of the reports hold it, or two."""
        return float(np.log(2)) if self.reports > 2 else float(np.log(3 / 2))

    def __call__(self, hashes: Hashes) -> NDArray[np.float64]:
        """The weights of words that the story holds."""
        found: NDArray[np.float64] = self.weights[np.searchsorted(self.hashes, hashes)]
        return found


def likeness(terms: Sequence[Hashes], rarity: Rarity) -> NDArray[np.float64]:
    """Weighted overlap of every two reports, 0..1: shared weight over the geometric mean of their weights."""
    totals = np.array([rarity(t).sum() for t in terms])
    shared = np.zeros((len(terms), len(terms)))
    columns = [np.searchsorted(rarity.hashes, t) for t in terms]
    for begin in range(0, len(rarity.hashes), _COLUMNS):
        block = np.zeros((len(terms), min(_COLUMNS, len(rarity.hashes) - begin)))
        for row, held in enumerate(columns):
            block[row, held[(held >= begin) & (held < begin + _COLUMNS)] - begin] = 1.0
        shared += (block * rarity.weights[begin : begin + _COLUMNS]) @ block.T
    scale = np.sqrt(np.outer(totals, totals))
    np.divide(shared, scale, out=shared, where=scale > 0)
    return shared


def standing_out(likeness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each pair, its likeness less what each of the two has on average with the others."""
    count = len(likeness)
    sums = likeness.sum(axis=0) - likeness.diagonal()
    others = sums[:, None] + sums[None, :] - 2 * likeness
    usual = (others + USUAL_WEIGHT * USUAL) / (max(0, 2 * (count - 2)) + USUAL_WEIGHT)
    out: NDArray[np.float64] = likeness - np.minimum(usual, MOST_USUAL)
    return out


def shared_details(a: Voice, b: Voice, rarity: Rarity) -> tuple[Detail, ...]:
    """The details of two reports, by weight; no word is in two of them."""
    hashes = a.page.words.hashes
    groups = _groups(_meetings(a.rare(rarity), b.rare(rarity)))
    weighed = [(float(rarity(np.unique(hashes[[i for i, _ in g]])).sum()), g) for g in groups]
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    found = []
    for weight, group in sorted(weighed, key=lambda pair: (-pair[0], pair[1])):
        at_a, at_b = {i for i, _ in group}, {j for _, j in group}
        if not (at_a & taken_a or at_b & taken_b):
            taken_a |= at_a
            taken_b |= at_b
            found.append(Detail(a.span(at_a), b.span(at_b), weight))
    return tuple(found)


@cache
def _stopwords() -> Hashes:
    return words(" ".join(sorted(words_of("stopwords")))).hashes


def _meetings(a: Voice, b: Voice) -> list[tuple[int, int]]:
    """The places of the same word in both reports, in the order of `a`."""
    there: dict[int, list[int]] = defaultdict(list)
    for j, word in zip(b.places.tolist(), b.hashes.tolist(), strict=True):
        there[word].append(j)
    seen: Counter[int] = Counter()
    found = []
    for i, word in zip(a.places.tolist(), a.hashes.tolist(), strict=True):
        seen[word] += 1
        if word in there and seen[word] <= REPEATS:
            found += [(i, j) for j in there[word][:REPEATS]]
    return found


def _groups(meetings: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Meetings that follow each other closely in both reports, in any order in the second, as groups."""
    groups: list[list[tuple[int, int]]] = []
    latest: dict[int, list[tuple[int, int]]] = {}
    for i, j in meetings:
        at = j // NEAR
        beside = (latest.get(place, ()) for place in (at, at - 1, at + 1))
        near = next((group for group in beside if group and _close(group, i, j)), None)
        if near is None:
            near = []
            groups.append(near)
        near.append((i, j))
        latest[at] = near
    return groups


def _close(group: Sequence[tuple[int, int]], i: int, j: int) -> bool:
    """Whether a meeting belongs to a group: near its last ones, and its words are not there yet."""
    last = group[-1][0]
    return last < i <= last + NEAR and any(0 < abs(j - there) <= NEAR for _, there in group[-3:])
