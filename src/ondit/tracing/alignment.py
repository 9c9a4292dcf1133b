"""How probably two statements of a story say the same: the pairs worth a look, and a score for each.

Sentence vectors propose, words decide: embeddings see neither a negation nor a number (measured: a negated
twin has cosine .79), so a pair is judged by shared rare words, numbers, names and vectors together. A
logistic regression, so that every score can be taken apart. Weights: data/en/alignment.json, made by
training/alignment.py. Of a long story each statement is compared with its nearest alone: what most pairs
would say is that they are of different things, and their number grows with the square of the statements.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from ondit.records import Reading
from ondit.tracing.features import OF_NUMBERS, Features, Places, Values
from ondit.tracing.points import Point, points

Chances = NDArray[np.float64]
"""One probability a pair; infinite where an analyst has decided."""

CONTRARY = 2.0
"""What a different number for the same thing takes off the log-odds, beyond its learnt weight: rare in
training, and to count two figures as one claim is worse than to part two wordings."""

NEAREST = 256
"""Others with which a statement is compared at most, if none of them chose it: those nearest by vector and
rarest shared word. Stories of up to so many statements are compared throughout."""

KEPT = 0.15
"""Pairs under this score are not kept: they join nothing, and what they add to an average is made again."""

COMMON = 512
"""A word of more statements than this proposes no pair: it tells next to nothing, and the pairs are many."""

CHUNK = 8192
"""Pairs whose features are made at once."""

BLOCK = 256
"""Statements whose nearest are sought at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The pairs of statements that may say the same, as arrays of one length; every other pair scores less
    than `KEPT` or was not compared.

    `rows` and `columns` are places in `points`, row < column, each pair once and in order. `chance`: how
    probably they say the same; `but_for_numbers`: the same by what they say besides their numbers. `features`
    gives every feature of any pair, `scores` what they come to. Who scores some of the pairs in another way
    replaces their `chance`.
    """

    points: tuple[Point, ...]
    features: Features
    rows: Places
    columns: Places
    chance: Chances
    but_for_numbers: Chances

    def scores(self, rows: Places, columns: Places) -> Chances:
        """How probably any two statements say the same, by their features alone."""
        parts = [_scored(self.features, *part)[0] for part in _chunks(rows, columns)]
        return np.concatenate([np.zeros(0), *parts])


def compared(readings: Sequence[Reading], nearest: int = NEAREST) -> Pairs:
    """The statements of a story, and which of them may say the same."""
    found = tuple(points(readings))
    features = Features(found, readings)
    rows, columns = proposed(features, len(found), nearest)
    kept: list[tuple[Places, Places, Chances, Chances]] = []
    for some_rows, some_columns in _chunks(rows, columns):
        chance, plain = _scored(features, some_rows, some_columns)
        some = np.maximum(chance, plain) >= KEPT
        kept.append((some_rows[some], some_columns[some], chance[some], plain[some]))
    none = (rows[:0], columns[:0], np.zeros(0), np.zeros(0))
    return Pairs(found, features, *(np.concatenate(parts) for parts in zip(none, *kept, strict=True)))


def proposed(features: Features, size: int, nearest: int = NEAREST) -> tuple[Places, Places]:
    """Every statement with its `nearest` others, each pair once and in order."""
    if size <= nearest:
        rows, columns = np.triu_indices(size, 1)
        return rows, columns
    learnt = weights()
    found = []
    for start in range(0, size, BLOCK):
        part = slice(start, min(start + BLOCK, size))
        near = np.float32(learnt["cosine"]) * features.vectors.against(part)
        near += np.float32(learnt["rare"] / 2) * features.stems.heaviest(part, COMMON)
        near[np.arange(len(near)), np.arange(part.start, part.stop)] = -np.inf
        row, column = _first(near, nearest)
        row += start
        found.append(np.minimum(row, column) * size + np.maximum(row, column))
    pairs = np.sort(np.concatenate(found))
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return pairs // size, pairs % size


def _first(table: Values, count: int) -> tuple[Places, Places]:
    """The places of the `count` highest values of every row; of equal ones the first."""
    least = np.partition(table, -count, axis=1)[:, -count, None]
    higher, equal = table > least, table == least
    room = count - higher.sum(axis=1, keepdims=True)
    row, column = np.nonzero(higher | (equal & (equal.cumsum(axis=1) <= room)))
    return row, column


def _chunks(rows: Places, columns: Places) -> Iterator[tuple[Places, Places]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK], columns[start : start + CHUNK]


def _scored(features: Features, rows: Places, columns: Places) -> tuple[Chances, Chances]:
    """Probabilities from all features, and from those that see no numbers."""
    learnt = weights()
    odds, plain = np.zeros((2, len(rows)), dtype=np.float32)
    for name, values in features.of(rows, columns):
        part = np.float32(learnt.get(name, 0.0) - CONTRARY * (name == "contrary")) * values
        odds += part
        plain += part if name not in OF_NUMBERS else 0
    return _logistic(odds), _logistic(plain)


def _logistic(odds: Values) -> Chances:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds.astype(np.float64), -30, 30))), dtype=np.float64)


@cache
def weights() -> Mapping[str, float]:
    """The learnt weight of every feature, and under "threshold" the score from which groups are joined."""
    loaded = json.loads(files("ondit").joinpath("data", "en", "alignment.json").read_text(encoding="utf-8"))
    return {**loaded["weights"], "threshold": float(loaded["threshold"])}
