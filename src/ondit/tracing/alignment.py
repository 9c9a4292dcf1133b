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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ondit.records import Reading
from ondit.tracing.features import OF_NUMBERS, Features, Places, Values
from ondit.tracing.points import Point, points

Chances = NDArray[np.float64]
"""One probability a pair."""

CONTRARY = 2.0
"""What a different number for the same thing takes off the log-odds, beyond its learnt weight: rare in
training, and to count two figures as one claim is worse than to part two wordings."""

NEAREST = 384
"""Others with which a statement is compared at most, if none of them chose it: those nearest by vector and
rarest shared word. Stories of up to so many statements are compared throughout."""

KEPT = 0.15
"""Pairs under this score are not kept: they join nothing, and what they add to an average is made again."""

COMMON = 512
"""A word of more statements than this proposes no pair: it tells next to nothing, and the pairs are many."""

CHUNK = 4096
"""Pairs whose features are made at once."""

BLOCK = 128
"""Statements whose nearest are sought at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The pairs of statements that may say the same, as arrays of one length; every other pair scores less
    than `KEPT` or was not compared.

    `rows` and `columns` are places in `points`, row < column, each pair once and in order. `chance`: how
    probably they say the same; `but_for_numbers`: the same by what they say besides their numbers;
    `contrary`: whether they give different numbers for one thing and share no other. `features` gives every
    feature of any pair. Who scores some of the pairs in another way replaces their `chance`.
    """

    points: tuple[Point, ...]
    features: Features
    rows: Places
    columns: Places
    chance: Chances
    but_for_numbers: Chances
    contrary: NDArray[np.bool_]


def compared(readings: Sequence[Reading], nearest: int = NEAREST) -> Pairs:
    """The statements of a story, and which of them may say the same."""
    found = tuple(points(readings))
    features = Features(found, readings)
    none = np.zeros(0, dtype=np.int64)
    nil = np.zeros(0)
    kept: list[list[NDArray[Any]]] = [[none], [none], [nil], [nil], [nil.astype(bool)]]
    for rows, columns in proposed(features, len(found), nearest):
        chance, plain, contrary = scored(features, rows, columns)
        some = np.maximum(chance, plain) >= KEPT
        for parts, side in zip(kept, (rows, columns, chance, plain, contrary), strict=True):
            parts.append(side[some])
    return Pairs(found, features, *(np.concatenate(kept.pop(0)) for _ in range(len(kept))))


def proposed(features: Features, size: int, nearest: int = NEAREST) -> Iterator[tuple[Places, Places]]:
    """Every statement with its `nearest` others, each pair once and in order, some pairs at a time."""
    if size <= nearest:
        yield from _chunks(*np.triu_indices(size, 1))
    else:
        pairs = _nearest(features, size, nearest)
        for start in range(0, len(pairs), CHUNK):
            yield np.divmod(pairs[start : start + CHUNK], size)


def _nearest(features: Features, size: int, nearest: int) -> Places:
    """The pairs of which one is among the nearest of the other, both places in one number, in order."""
    learnt = weights()
    pairs = np.empty(size * nearest, dtype=np.int64)
    for start in range(0, size, BLOCK):
        part = slice(start, min(start + BLOCK, size))
        near = np.float32(learnt["cosine"]) * features.vectors.against(part)
        near += np.float32(learnt["rare"] / 2) * features.stems.heaviest(part, COMMON)
        near[np.arange(len(near)), np.arange(part.start, part.stop)] = -np.inf
        row, column = _first(near, nearest)
        row += start
        pairs[start * nearest :][: len(row)] = np.minimum(row, column) * size + np.maximum(row, column)
    pairs.sort()
    return np.asarray(pairs[np.append(pairs[1:] != pairs[:-1], True)])


def _first(table: Values, count: int) -> tuple[Places, Places]:
    """The places of the `count` highest values of every row; of equal ones the first."""
    least = np.partition(table, -count, axis=1)[:, -count, None]
    higher, equal = table > least, table == least
    room = count - higher.sum(axis=1, keepdims=True)
    row, column = np.nonzero(higher | (equal & (equal.cumsum(axis=1, dtype=np.int32) <= room)))
    return row, column


def _chunks(rows: Places, columns: Places) -> Iterator[tuple[Places, Places]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK], columns[start : start + CHUNK]


def scored(features: Features, rows: Places, columns: Places) -> tuple[Chances, Chances, NDArray[np.bool_]]:
    """Probabilities from all features, and from those that see no numbers; which pairs are contrary."""
    learnt = weights()
    odds, plain = np.zeros((2, len(rows)), dtype=np.float32)
    differs, same = np.zeros((2, len(rows)), dtype=bool)
    for name, values in features.of(rows, columns):
        differs |= (name == "contrary") & (values > 0)
        same |= (name == "numbers_same") & (values > 0)
        part = np.float32(learnt.get(name, 0.0) - CONTRARY * (name == "contrary")) * values
        odds += part
        plain += part if name not in OF_NUMBERS else 0
    return _logistic(odds), _logistic(plain), differs & ~same


def _logistic(odds: Values) -> Chances:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds.astype(np.float64), -30, 30))), dtype=np.float64)


@cache
def weights() -> Mapping[str, float]:
    """The learnt weight of every feature, and under "threshold" the score from which groups are joined."""
    loaded = json.loads(files("ondit").joinpath("data", "en", "alignment.json").read_text(encoding="utf-8"))
    return {**loaded["weights"], "threshold": float(loaded["threshold"])}
