"""How far two statements of a story say the same: features of a pair, and a scorer with learnt weights.

Sentence vectors propose, words decide: embeddings see neither a negation nor a number (measured: a negated
twin has cosine .79), so a pair is judged by shared rare words, numbers, names and vectors together. Weights:
data/en/alignment.json, made by training/alignment.py; a logistic regression, so that every score can be
taken apart.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from ondit.records import Reading, Statement
from ondit.text.lexicon import table, words_of
from ondit.text.nouns import singular

_WORD = re.compile(r"%|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "edly",
    "ied",
    "ies",
    "ers",
    "ed",
    "es",
    "er",
    "ly",
    "s",
    "e",
)
FEATURES = (
    "bias", "cosine", "cosine_high", "overlap", "containment", "rare", "names", "names_differ", "numbers_same",
    "numbers_differ", "contrary", "numbers_one", "polarity", "same_document", "same_origin", "same_sentence", "length", "quoted", "question",
)  # fmt: skip


CONTRARY = 2.0
"""What a different number for the same thing takes off the log-odds, beyond its learnt weight: rare in training,
and to count two figures as one claim is worse than to part two wordings."""


@dataclass(slots=True)
class Point:
    """A statement as the scorer sees it."""

    statement: Statement
    text: str
    stems: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    quantities: dict[str, frozenset[str]]
    sequence: tuple[str, ...]


def stem(word: str) -> str:
    """A rough stem of a folded word: enough that "cuts" and "cut", "flares" and "flare" meet."""
    if len(word) > 4:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)]
    return singular(word)


def number(token: str) -> str:
    """A number in one spelling: digits without separators; words as digits; "" if it is none."""
    if _NUMBER.fullmatch(token):
        plain = token.replace(",", "").rstrip(".")
        return str(float(plain)) if plain.replace(".", "", 1).isdigit() else plain
    folded = token.casefold()
    parts = folded.split("-")
    if all(p in table("numbers") for p in parts) and folded != "one":
        return str(float(sum(int(table("numbers")[p][0]) for p in parts)))
    return ""


def points(readings: Sequence[Reading]) -> list[Point]:
    """Every statement of the story as a `Point`, reading by reading."""
    return [_point(r, s) for r in readings for s in r.statements]


def _point(reading: Reading, statement: Statement) -> Point:
    text = " ".join(reading.document.text[s.start : s.end] for s in statement.spans)
    tokens = _WORD.findall(text.replace("’", "'"))
    folded = [t.casefold().removesuffix("'s") for t in tokens]
    numbers = frozenset(n for i, t in enumerate(tokens) if (n := number(t)) and not _labels(tokens, i))
    content = [w for w in folded if w not in words_of("stopwords") and not number(w)]
    caps = text.isupper()
    proper = frozenset(
        w
        for i, (t, w) in enumerate(zip(tokens, folded, strict=True))
        if t[0].isupper()
        and not caps
        and (i or not w.isalpha() or w not in words_of("openers"))
        and w not in words_of("stopwords")
    )
    return Point(
        statement,
        text,
        frozenset(stem(w) for w in content),
        frozenset(stem(w) for w in proper),
        numbers,
        quantities(tokens),
        tuple(folded),
    )


def quantities(tokens: Sequence[str]) -> dict[str, frozenset[str]]:
    """What is counted or measured in a clause, and the numbers given for it.

    >>> quantities("turnout was 68 per cent".split())
    {'per': frozenset({'68.0'})}
    """
    found: dict[str, set[str]] = {}
    for place, token in enumerate(tokens):
        value = number(token)
        if not value or _labels(tokens, place):
            continue
        unit = next(
            (
                t.casefold()
                for t in tokens[place + 1 : place + 3]
                if not number(t) and t.casefold() not in words_of("stopwords")
            ),
            "",
        )
        unit = {"percent": "per", "pc": "per", "%": "per"}.get(unit, unit)
        if unit:
            found.setdefault(stem(unit), set()).add(value)
    return {unit: frozenset(values) for unit, values in found.items()}


def contrary(a: Point, b: Point) -> bool:
    """Whether two statements give different numbers for what both count: then they are two claims."""
    return any(
        not a.quantities[unit] & b.quantities[unit] for unit in a.quantities.keys() & b.quantities.keys()
    )


def _tells(number_: str) -> float:
    """How much it tells that two statements share a number: "two" little, "6,700" much."""
    value = abs(float(number_)) if number_.replace(".", "", 1).isdigit() else 100.0
    return 0.2 if value <= 3 else 0.6 if value <= 10 else 1.0


def _labels(tokens: Sequence[str], place: int) -> bool:
    """Whether the number at `place` is part of a name ("Shed 14", "No 61"), not a quantity."""
    before = tokens[place - 1] if place else ""
    return (
        before[:1].isupper()
        and before.casefold() not in words_of("openers")
        and tokens[place].isdigit()
        and place > 1
    )


def rarity(points: Sequence[Point]) -> dict[str, float]:
    """Inverse document frequency of the stems in the story (a document: one report)."""
    seen: Counter[str] = Counter()
    documents = {p.statement.document for p in points}
    for document in documents:
        seen.update({s for p in points if p.statement.document == document for s in p.stems})
    return {s: math.log((len(documents) + 1) / n) + 0.3 for s, n in seen.items()}


def features(a: Point, b: Point, cosine: float, idf: dict[str, float]) -> list[float]:
    """The features of a pair, in the order of `FEATURES`; symmetric."""
    shared = a.stems & b.stems
    weight = sum(idf[s] for s in shared)
    low, high = sorted((sum(idf[s] for s in a.stems), sum(idf[s] for s in b.stems)))
    union = sum(idf[s] for s in a.stems | b.stems)
    both = a.numbers & b.numbers
    differ = bool(a.numbers and b.numbers and not both)
    lengths = sorted((len(a.sequence), len(b.sequence)))
    grams = _grams(a.sequence) & _grams(b.sequence)
    negated = (a.statement.stance == "deny") != (b.statement.stance == "deny")
    return [
        1.0,
        cosine,
        max(0.0, cosine - 0.6),
        weight / union if union else 0.0,
        weight / low if low else 0.0,
        max((idf[s] for s in shared), default=0.0) / 2,
        len(a.names & b.names) / max(1, min(len(a.names), len(b.names))),
        float(bool(a.names and b.names and not a.names & b.names)),
        max((_tells(n) for n in both), default=0.0),
        float(differ)
        * min(max(map(_tells, a.numbers), default=0.0), max(map(_tells, b.numbers), default=0.0)),
        float(contrary(a, b)),
        float(bool(a.numbers) != bool(b.numbers)),
        float(negated),
        float(a.statement.document == b.statement.document),
        float(
            a.statement.chain[0] == b.statement.chain[0]
            and len(a.statement.chain) > 1
            and a.statement.chain[0] != "unknown"
        ),
        float(
            a.statement.document == b.statement.document
            and abs(a.statement.spans[0].start - b.statement.spans[0].start) < 160
        ),
        lengths[0] / lengths[1] if lengths[1] else 0.0,
        min(1.0, len(grams) / 3),
        float("question" in {a.statement.stance, b.statement.stance}),
    ]


def _grams(words: Sequence[str], size: int = 4) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


@cache
def weights() -> dict[str, NDArray[np.float64] | float]:
    """The learnt weights: a vector in the order of `FEATURES`, and the threshold for joining."""
    loaded = json.loads(files("ondit").joinpath("data", "en", "alignment.json").read_text(encoding="utf-8"))
    vector = np.array([loaded["weights"][name] for name in FEATURES], dtype=np.float64)
    return {"weights": vector, "threshold": float(loaded["threshold"])}


def cosines(readings: Sequence[Reading]) -> NDArray[np.float32]:
    """Cosine of every pair of statements, n x n; zeros where readings hold no vectors."""
    rows = []
    for reading in readings:
        count = len(reading.statements)
        if reading.vectors and count:
            rows.append(np.frombuffer(reading.vectors, dtype=np.int8).reshape(count, -1).astype(np.float32))
        elif count:
            rows.append(np.zeros((count, 0), dtype=np.float32))
    if not rows or any(r.shape[1] != rows[0].shape[1] for r in rows) or rows[0].shape[1] == 0:
        size = sum(len(r) for r in rows)
        return np.zeros((size, size), dtype=np.float32)
    matrix = np.concatenate(rows)
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    return np.asarray(matrix @ matrix.T, dtype=np.float32)


def scores(readings: Sequence[Reading]) -> tuple[list[Point], NDArray[np.float64]]:
    """The statements of a story, and for every pair the probability that they say the same (n x n)."""
    all_points = points(readings)
    cosine = cosines(readings)
    idf = rarity(all_points)
    vector = weights()["weights"]
    size = len(all_points)
    table_ = np.zeros((size, size))
    for i in range(size):
        for j in range(i):
            if cosine[i, j] < 0.2 and not (all_points[i].stems & all_points[j].stems):
                continue
            value = float(np.dot(features(all_points[i], all_points[j], float(cosine[i, j]), idf), vector))
            if contrary(all_points[i], all_points[j]):
                value -= CONTRARY
            table_[i, j] = table_[j, i] = 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
    return all_points, table_
