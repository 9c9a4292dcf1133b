"""How far two statements of a story say the same: features of every pair, and a scorer with learnt weights.

Sentence vectors propose, words decide: embeddings see neither a negation nor a number (measured: a negated
twin has cosine .79), so a pair is judged by shared rare words, numbers, names and vectors together. A
logistic regression, so that every score can be taken apart. Weights: data/en/alignment.json, made by
training/alignment.py. Features are made for all pairs at once, one after the other, as n x n arrays.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ondit.records import Reading
from ondit.tracing.points import Point, points, tells
from ondit.tracing.quantities import differing

Pairs = NDArray[np.float32]
"""A symmetric n x n array: one number for every pair of statements."""

CROWD = 24
"""Statements in the longer of two reports, on the average of the stories that the weights were learnt on."""

FEW = 12
"""Reports shorter than this are no evidence that what they do say is the same."""

CONTRARY = 2.0
"""What a different number for the same thing takes off the log-odds, beyond its learnt weight: rare in
training, and to count two figures as one claim is worse than to part two wordings."""

GRAM = 4
"""Words in a row that count as quoted."""


OF_NUMBERS = frozenset({"numbers_same", "numbers_differ", "numbers_one", "contrary", "contrary_time"})
"""The features that see numbers."""


def scores(readings: Sequence[Reading]) -> tuple[list[Point], NDArray[np.float64]]:
    """The statements of a story, and how probably each two say the same (n x n, 0 on the diagonal)."""
    found = points(readings)
    return found, _chances(features(found, cosines(readings), rarity(found)))


def but_for_numbers(
    readings: Sequence[Reading], kept: Collection[str]
) -> tuple[list[Point], NDArray[np.float64]]:
    """The same for the statements with the ids `kept`, by what they say besides their numbers."""
    found = points(readings)
    places = [i for i, point in enumerate(found) if point.statement.id in kept]
    some = [found[i] for i in places]
    seen = features(some, cosines(readings)[np.ix_(places, places)], rarity(found))
    return some, _chances((name, values) for name, values in seen if name not in OF_NUMBERS)


def _chances(seen: Iterable[tuple[str, Pairs]]) -> NDArray[np.float64]:
    """Probabilities from features."""
    learnt = weights()
    odds = sum(np.float32(learnt.get(n, 0.0) - CONTRARY * (n == "contrary")) * values for n, values in seen)
    chances = 1 / (1 + np.exp(-np.clip(np.asarray(odds, dtype=np.float64), -30, 30)))
    np.fill_diagonal(chances, 0.0)
    return np.asarray(chances, dtype=np.float64)


@cache
def weights() -> Mapping[str, float]:
    """The learnt weight of every feature, and under "threshold" the score from which groups are joined."""
    loaded = json.loads(files("ondit").joinpath("data", "en", "alignment.json").read_text(encoding="utf-8"))
    return {**loaded["weights"], "threshold": float(loaded["threshold"])}


def cosines(readings: Sequence[Reading]) -> Pairs:
    """Cosine of every pair of statements; zeros where readings hold no vectors."""
    rows = []
    for reading in readings:
        count = len(reading.statements)
        if count:
            flat = np.frombuffer(reading.vectors, dtype=np.int8).astype(np.float32)
            rows.append(flat.reshape(count, -1) if len(flat) else np.zeros((count, 0), dtype=np.float32))
    size = sum(len(r) for r in rows)
    if not rows or len({r.shape[1] for r in rows}) > 1 or rows[0].shape[1] == 0:
        return np.zeros((size, size), dtype=np.float32)
    matrix = np.concatenate(rows)
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    return np.asarray(matrix @ matrix.T, dtype=np.float32)


def features(found: Sequence[Point], cosine: Pairs, idf: Mapping[str, float]) -> Iterator[tuple[str, Pairs]]:
    """Every feature by name, for all pairs; the diagonal means nothing. `idf`: the `rarity` of the stems."""
    yield "bias", np.ones_like(cosine)
    yield "crowd", _crowd(found)
    yield "cosine", cosine
    yield "cosine_high", np.maximum(0, cosine - np.float32(0.6))
    yield from _of_words(found, idf)
    yield from _of_names(found)
    yield from _of_numbers(found)
    stances = [p.statement.stance for p in found]
    yield "polarity", _differ([s == "deny" for s in stances])
    yield "question", np.maximum(*_sides(np.array([s == "question" for s in stances], dtype=np.float32)))
    yield from _of_place(found)
    lengths = np.array([len(p.sequence) for p in found], dtype=np.float32)
    yield "length", _ratio(np.minimum(*_sides(lengths)), np.maximum(*_sides(lengths)), 1)
    grams = [set(zip(*(p.sequence[k:] for k in range(GRAM)), strict=False)) for p in found]
    yield "quoted", np.minimum(1, _shared(grams, lambda _: 1.0, add=True) / np.float32(3))


def _crowd(found: Sequence[Point]) -> Pairs:
    """The log-odds that long reports take off: of a hundred statements one is the counterpart of a given
    statement less probably than one of ten. Its weight is 1 by this reasoning, not learnt."""
    one, two = _sides(np.array([p.among for p in found], dtype=np.float32))
    return np.asarray(np.log(CROWD / np.maximum(np.maximum(one, two), FEW)), dtype=np.float32)


def rarity(found: Sequence[Point]) -> dict[str, float]:
    """Inverse document frequency of the stems in the story (a document: one report)."""
    by_report: dict[str, set[str]] = defaultdict(set)
    for point in found:
        by_report[point.statement.document] |= point.stems
    seen = Counter(s for stems in by_report.values() for s in stems)
    return {s: math.log((len(by_report) + 1) / n) + 0.3 for s, n in seen.items()}


def _of_words(found: Sequence[Point], idf: Mapping[str, float]) -> Iterator[tuple[str, Pairs]]:
    stems = [p.stems for p in found]
    shared = _shared(stems, idf.__getitem__, add=True)
    one, two = _sides(np.array([math.fsum(idf[s] for s in p.stems) for p in found], dtype=np.float32))
    yield "overlap", _ratio(shared, one + two - shared, 1e-6)
    yield "containment", _ratio(shared, np.minimum(one, two), 1e-6)
    yield "rare", _shared(stems, idf.__getitem__, add=False) / np.float32(2)


def _of_names(found: Sequence[Point]) -> Iterator[tuple[str, Pairs]]:
    shared = _shared([p.names for p in found], lambda _: 1.0, add=True)
    one, two = _sides(np.array([len(p.names) for p in found], dtype=np.float32))
    yield "names", _ratio(shared, np.minimum(one, two), 1)
    yield "names_differ", ((shared == 0) & (np.minimum(one, two) > 0)).astype(np.float32)


def _of_numbers(found: Sequence[Point]) -> Iterator[tuple[str, Pairs]]:
    same = _shared([p.numbers for p in found], tells, add=False)
    one, two = _sides(np.array([max(map(tells, p.numbers), default=0.0) for p in found], dtype=np.float32))
    both, least = np.minimum(one, two) > 0, np.minimum(one, two)
    yield "numbers_same", same
    yield "numbers_differ", np.where(both & (same == 0), least, np.float32(0))
    yield "numbers_one", ((one > 0) != (two > 0)).astype(np.float32)
    yield from _contrary(found)


def _contrary(found: Sequence[Point]) -> Iterator[tuple[str, Pairs]]:
    """1 where two statements give different numbers for what both count (then they are two claims), or other
    times for when it was."""
    layers = {name: np.zeros((len(found), len(found)), dtype=np.float32) for name in _CONTRARY}
    counting: dict[str, list[int]] = defaultdict(list)
    for place, point in enumerate(found):
        for unit in {u for q in point.quantities for u in q.units}:
            counting[unit].append(place)
    for i, j in {pair for places in counting.values() for pair in combinations(places, 2)}:
        for a, _ in differing(found[i].quantities, found[j].quantities):
            layers[_CONTRARY[a.dated]][i, j] = layers[_CONTRARY[a.dated]][j, i] = 1
    yield from layers.items()


_CONTRARY = ("contrary", "contrary_time")


def _of_place(found: Sequence[Point]) -> Iterator[tuple[str, Pairs]]:
    same = 1 - _differ([p.statement.document for p in found])
    origins = [
        p.statement.chain[0] if len(p.statement.chain) > 1 and p.statement.chain[0] != "unknown" else i
        for i, p in enumerate(found)
    ]
    one, two = _sides(np.array([p.statement.spans[0].start for p in found], dtype=np.float32))
    yield "same_document", same
    yield "same_origin", 1 - _differ(origins)
    yield "same_sentence", same * (np.abs(one - two) < 160)


def _sides(values: NDArray[np.float32]) -> tuple[Pairs, Pairs]:
    """A value a statement as two n x n arrays: that of the row and that of the column."""
    square = (len(values), len(values))
    return np.broadcast_to(values[:, None], square), np.broadcast_to(values[None], square)


def _ratio(part: Pairs, whole: Pairs, least: float) -> Pairs:
    """`part` of `whole`, where `whole` counts as `least` at least."""
    return np.asarray(part / np.maximum(np.float32(least), whole), dtype=np.float32)


def _differ(values: Sequence[Hashable]) -> Pairs:
    codes = {value: code for code, value in enumerate(dict.fromkeys(values))}
    row = np.array([codes[v] for v in values], dtype=np.int64)
    return np.asarray(row[:, None] != row[None], dtype=np.float32)


def _shared(sets: Sequence[Iterable[Any]], weight: Callable[[Any], float], *, add: bool) -> Pairs:
    """What pairs of sets share, by weight: summed (in one order, so that every process gets the same),
    or the heaviest alone."""
    out = np.zeros((len(sets), len(sets)), dtype=np.float32)
    holders: dict[Hashable, list[int]] = defaultdict(list)
    for place, members in enumerate(sets):
        for member in sorted(members):
            holders[member].append(place)
    for member, places in holders.items():
        if len(places) > 1:
            block = np.ix_(places, places)
            value = np.float32(weight(member))
            out[block] = out[block] + value if add else np.maximum(out[block], value)
    return out
