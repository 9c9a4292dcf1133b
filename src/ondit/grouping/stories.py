"""Which reports tell the same event: single pass, nearest centroid, TF-IDF.

In: documents. Out: a story id for each. How common a word is comes from a fixed table, not from the case, so
that a report added later changes nothing about the others, and two reports alone can be compared. What a
report must have in common with a story grows with the number of stories it could be confused with, and
with the days since anybody told the story.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ondit.records import Document, Reading, content_id
from ondit.text.lexicon import table, words_of
from ondit.text.shingles import Hashes, words

ALIKE, ALIKE_PER_TENFOLD = 0.12, 0.055
"""Cosine from which a report joins the only story there is, and how much more for every ten times as many."""

AGE_PER_TENFOLD, MOST_AGE, FRESH = 0.06, 0.12, 2.0
"""How much more a story must be alike for every tenfold of its age in days, beginning with about `FRESH`;
at most `MOST_AGE`, so that a late report of a story still finds it. Worth .06 of B-cubed on dated reports."""

LEAD = 60
"""The first words (headline and lead) count twice: there a report says what it is about."""

_LISTED = 1000
_NOWHERE: dict[int, float] = {}
_UNLISTED = math.log(841)
"""Rarity of a word that is not in the table: in less than one of its 840 articles."""


class Vector(NamedTuple):
    """The weighted words of a report, heaviest first, and the day it was published, if known.

    The squares of the weights add up to one.
    """

    terms: list[int]
    weights: list[float]
    day: int | None = None


@dataclass(slots=True)
class Centroids:
    """The stories that a new report may join, as sums of their reports' vectors.

    Working state of one pass: the memberships are all that must be kept, `of` builds it anew from them.
    """

    names: list[str] = field(default_factory=list)
    squares: list[float] = field(default_factory=list)
    postings: dict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    places: dict[str, int] = field(default_factory=dict)
    days: dict[int, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, members: Iterable[tuple[str, Document]]) -> Centroids:
        """The centroids of reports whose stories are known, as (story, report)."""
        made = cls()
        for story, document in members:
            made.add(vector(document), story)
        return made

    @property
    def threshold(self) -> float:
        """The least cosine with which a report joins one of these stories."""
        return ALIKE + ALIKE_PER_TENFOLD * math.log10(max(1, len(self.names)))

    def add(self, vector: Vector, story: str) -> None:
        """Put a report into a story, a new one if need be."""
        place = self.places.setdefault(story, len(self.names))
        if place == len(self.names):
            self.names.append(story)
            self.squares.append(0.0)
        if vector.day is not None:
            first, last = self.days.get(place, (vector.day, vector.day))
            self.days[place] = min(first, vector.day), max(last, vector.day)
        grown = self.squares[place]
        for term, weight in zip(vector.terms, vector.weights, strict=True):
            held = self.postings[term]
            before = held.get(place, 0.0)
            grown += weight * (weight + 2 * before)
            held[place] = before + weight
        self.squares[place] = grown

    def nearest(self, vector: Vector) -> tuple[str, float] | None:
        """The story with the highest cosine, less its age, and that; of equals the one founded first.

        None if none reaches the threshold. Stories that share none of the heavy words cannot (what is
        left of the vector is shorter than that), so common words are looked up for few stories only.
        """
        dots, cut, rest = self._heavy(vector)
        known = sorted((-dot / math.sqrt(self.squares[place]), place) for place, dot in dots.items())
        best, found = self.threshold, len(self.names)
        for heavy, place in known:
            if rest - heavy < best:
                break
            cosine = (dots[place] + self._dot(vector, place, cut)) / math.sqrt(self.squares[place])
            if (alike := cosine - self._age(place, vector.day), -place) >= (best, -found):
                best, found = alike, place
        return (self.names[found], best) if found < len(self.names) else None

    def _age(self, place: int, day: int | None) -> float:
        """What a report of this day must be more alike, because the story is old by then."""
        if day is None or place not in self.days:
            return 0.0
        first, last = self.days[place]
        days = max(0, day - last, first - day)
        return min(MOST_AGE, AGE_PER_TENFOLD * math.log10(1 + days / FRESH))

    def _dot(self, vector: Vector, place: int, start: int) -> float:
        """Dot product of a story with the words of a report from `start` on."""
        left = zip(vector.terms[start:], vector.weights[start:], strict=True)
        return sum(weight * self.postings.get(term, _NOWHERE).get(place, 0.0) for term, weight in left)

    def _heavy(self, vector: Vector) -> tuple[dict[int, float], int, float]:
        """Dot products over the heaviest words, how many these are, and the length of the rest of the vector.

        The rest is shorter than the threshold.
        """
        dots: dict[int, float] = defaultdict(float)
        left, floor = 1.0, self.threshold**2
        for cut, (term, weight) in enumerate(zip(vector.terms, vector.weights, strict=True)):
            if left < floor:
                return dots, cut, math.sqrt(max(0.0, left))
            left -= weight * weight
            for place, held in self.postings.get(term, _NOWHERE).items():
                dots[place] += weight * held
        return dots, len(vector.terms), 0.0


def group(documents: Iterable[Document], *, one: bool = False) -> dict[str, str]:
    """The story of every document, by ids; with `one`, all are reports of one story.

    The documents are taken in the order of time, then of their ids, whatever the order they are given in;
    a story is called after the first of its reports.
    """
    ordered = sorted(documents, key=lambda document: (document.published or "", document.id))
    centroids = Centroids()
    stories: dict[str, str] = {}
    for document in ordered:
        weighed = vector(document)
        found = ordered[0].id if one else None
        story = content_id("story", found) if found else assign(weighed, centroids)
        stories[document.id] = story or content_id("story", document.id)
        centroids.add(weighed, stories[document.id])
    return stories


def assign(vector: Vector, centroids: Centroids) -> str | None:
    """The story that a report joins, None if it is the first of a new one."""
    found = centroids.nearest(vector)
    return found[0] if found else None


def story_for(reading: Reading, neighbours: Sequence[tuple[str, Reading]]) -> str | None:
    """The story that a report joins, of those that `neighbours`, as (story, reading), belong to."""
    centroids = Centroids.of((story, other.document) for story, other in neighbours)
    return assign(vector(reading.document), centroids)


def vector(document: Document) -> Vector:
    """The words of a report, weighted by 1 + log(times) and by how rare they are in news."""
    text = document.text
    if document.headline and document.headline not in text[: len(document.headline) + LEAD]:
        text = f"{document.headline}\n{text}"
    found = words(text)
    hashes = np.concatenate([found.hashes, found.hashes[:LEAD]])
    long = np.concatenate([found.ends - found.starts, (found.ends - found.starts)[:LEAD]]) > 1
    terms, times = np.unique(hashes[long & ~np.isin(hashes, _stopwords())], return_counts=True)
    weights = (1 + np.log(times)) * _rarity(terms)
    weights /= math.sqrt(float(np.sum(weights**2))) or 1.0
    order = np.lexsort((terms, -weights))
    return Vector(terms[order].tolist(), weights[order].tolist(), _day(document.published))


def _day(published: str | None) -> int | None:
    """The day of an ISO time as a number; None if it is not known or not in that form."""
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def _rarity(terms: Hashes) -> NDArray[np.float64]:
    """log(articles / articles that hold the word), never quite nothing."""
    hashes, rarity = _table()
    at = np.minimum(np.searchsorted(hashes, terms), len(hashes) - 1)
    return np.where(hashes[at] == terms, rarity[at], _UNLISTED)


@cache
def _table() -> tuple[Hashes, NDArray[np.float64]]:
    listed: Mapping[str, tuple[str, ...]] = table("frequency")
    hashes = words(" ".join(listed)).hashes
    shares = np.array([int(row[0]) for row in listed.values()], dtype=np.float64)
    order = np.argsort(hashes)
    return hashes[order], np.maximum(np.log(_LISTED / shares[order]), 1e-3)


@cache
def _stopwords() -> Hashes:
    return words(" ".join(sorted(words_of("stopwords")))).hashes
