"""What is compared of two statements: features of any list of pairs, one array a feature.

In: the points of a story and the vectors of its statements. Out: for pairs given as two arrays of places, one
number a pair and feature. Nothing is held for pairs that nobody asks for, so that memory goes with the
statements and not with their square.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ondit.records import Reading
from ondit.tracing.points import Point, tells
from ondit.tracing.quantities import Quantity, differing

Places = NDArray[np.int64]
"""Places in the list of points: one side of a list of pairs."""

Values = NDArray[np.float32]
"""One number a pair, or a statement."""

CROWD = 24
"""Statements in the longer of two reports, on the average of the stories that the weights were learnt on."""

FEW = 12
"""Reports shorter than this are no evidence that what they do say is the same."""

GRAM = 4
"""Words in a row that count as quoted."""

NEAR = 160
"""Characters of a report within which two of its statements count as one sentence's."""

OF_NUMBERS = frozenset({"numbers_same", "numbers_differ", "numbers_one", "contrary", "contrary_time"})
"""The features that see numbers."""


class Features:
    """The statements of a story, laid out so that the features of any pairs of them can be asked for."""

    def __init__(self, found: Sequence[Point], readings: Sequence[Reading]) -> None:
        idf = rarity(found)
        stated = [p.statement for p in found]
        self.vectors = Vectors(readings)
        self.stems = Held([p.stems for p in found], idf.__getitem__)
        self._names = Held([p.names for p in found])
        self._numbers = Held([p.numbers for p in found], tells)
        self._grams = Held([_grams(p.sequence) for p in found])
        self._quantities = _Quantities([p.quantities for p in found])
        self._among = _values(p.among for p in found)
        self._told = _values(math.fsum(idf[s] for s in sorted(p.stems)) for p in found)
        self._named = _values(len(p.names) for p in found)
        self._counted = _values(max(map(tells, p.numbers), default=0.0) for p in found)
        self._lengths = _values(len(p.sequence) for p in found)
        self._starts = _values(s.spans[0].start for s in stated)
        self._denies = np.array([s.stance == "deny" for s in stated], dtype=bool)
        self._asks = np.array([s.stance == "question" for s in stated], dtype=bool)
        self._documents = _codes([s.document for s in stated])
        self._origins = _codes(
            s.chain[0] if len(s.chain) > 1 and s.chain[0] != "unknown" else i for i, s in enumerate(stated)
        )

    def of(self, rows: Places, columns: Places) -> Iterator[tuple[str, Values]]:
        """Every feature by name, for the pairs of `rows[i]` and `columns[i]`."""
        pair = (rows, columns)
        cosine = self.vectors.cosines(rows, columns)
        yield "bias", np.ones_like(cosine)
        yield "crowd", self._crowd(pair)
        yield "cosine", cosine
        yield "cosine_high", np.maximum(0, cosine - np.float32(0.6))
        yield from self._of_words(pair)
        yield from self._of_names(pair)
        yield from self._of_numbers(pair)
        yield "polarity", _where(self._denies[rows] != self._denies[columns])
        yield "question", _where(self._asks[rows] | self._asks[columns])
        yield from self._of_place(pair)
        yield "length", _ratio(_least(self._lengths, pair), _most(self._lengths, pair), 1)
        yield "quoted", np.minimum(1, self._grams.shared(*pair)[0] / np.float32(3))

    def _crowd(self, pair: _Pair) -> Values:
        """The log-odds that long reports take off: of a hundred statements one is the counterpart of a given
        statement less probably than one of ten. Its weight is 1 by this reasoning, not learnt."""
        return np.log(CROWD / np.maximum(_most(self._among, pair), FEW)).astype(np.float32)

    def _of_words(self, pair: _Pair) -> Iterator[tuple[str, Values]]:
        shared, rarest = self.stems.shared(*pair)
        one, two = (self._told[side] for side in pair)
        yield "overlap", _ratio(shared, one + two - shared, 1e-6)
        yield "containment", _ratio(shared, np.minimum(one, two), 1e-6)
        yield "rare", rarest / np.float32(2)

    def _of_names(self, pair: _Pair) -> Iterator[tuple[str, Values]]:
        shared, _ = self._names.shared(*pair)
        least = _least(self._named, pair)
        yield "names", _ratio(shared, least, 1)
        yield "names_differ", _where((shared == 0) & (least > 0))

    def _of_numbers(self, pair: _Pair) -> Iterator[tuple[str, Values]]:
        _, same = self._numbers.shared(*pair)
        least = _least(self._counted, pair)
        yield "numbers_same", same
        yield "numbers_differ", np.where((least > 0) & (same == 0), least, np.float32(0))
        yield "numbers_one", _where((least == 0) & (_most(self._counted, pair) > 0))
        yield from self._quantities.contrary(*pair)

    def _of_place(self, pair: _Pair) -> Iterator[tuple[str, Values]]:
        same = _where(np.equal(*(self._documents[side] for side in pair)))
        apart = np.abs(np.subtract(*(self._starts[side] for side in pair)))
        yield "same_document", same
        yield "same_origin", _where(np.equal(*(self._origins[side] for side in pair)))
        yield "same_sentence", same * (apart < NEAR)


_Pair = tuple[Places, Places]


def rarity(found: Sequence[Point]) -> dict[str, float]:
    """Inverse document frequency of the stems in the story (a document: one report)."""
    by_report: dict[str, set[str]] = defaultdict(set)
    for point in found:
        by_report[point.statement.document] |= point.stems
    seen = Counter(s for stems in by_report.values() for s in stems)
    return {s: math.log((len(by_report) + 1) / n) + 0.3 for s, n in seen.items()}


class Vectors:
    """The sentence vectors of a story, row by row; cosines are 0 where readings hold none.

    Products of int8 are whole numbers that float32 holds exactly, so a cosine is the same on every machine,
    however it is asked for.
    """

    def __init__(self, readings: Sequence[Reading]) -> None:
        told = [r for r in readings if r.statements]
        width = {len(r.vectors) / len(r.statements) for r in told}
        known = b"".join(r.vectors for r in told) if len(width) == 1 else b""
        size = sum(len(r.statements) for r in told)
        flat = np.frombuffer(known, dtype=np.int8).astype(np.float32)
        self._rows = flat.reshape(size, len(known) // max(1, size))
        self._lengths = np.maximum(np.linalg.norm(self._rows, axis=1), np.float32(1e-9))

    def cosines(self, rows: Places, columns: Places) -> Values:
        """The cosine of every pair."""
        products: Values = np.einsum("ij,ij->i", self._rows[rows], self._rows[columns])
        return np.asarray(products / (self._lengths[rows] * self._lengths[columns]))

    def against(self, part: slice) -> Values:
        """The cosines of some rows with all: an array of rows by statements."""
        products: Values = self._rows[part] @ self._rows.T
        return np.asarray(products / (self._lengths[part, None] * self._lengths[None]))


class Held:
    """What each statement holds of one kind (stems, names), so that what two share can be weighed.

    Only what two statements hold at least is kept: nothing else can be shared.
    """

    def __init__(self, sets: Sequence[Iterable[Any]], weight: Callable[[Any], float] = lambda _: 1.0) -> None:
        ordered = [sorted(members) for members in sets]
        held = Counter(chain.from_iterable(ordered))
        codes = {member: code for code, member in enumerate(m for m, n in held.items() if n > 1)}
        coded = [sorted(codes[m] for m in members if m in codes) for members in ordered]
        self._sizes = np.array([len(c) for c in coded], dtype=np.int64)
        self._starts = np.cumsum(self._sizes) - self._sizes
        self._members = np.array([c for places in coded for c in places], dtype=np.int64)
        self._weights = np.array([weight(m) for m in codes], dtype=np.float64)
        order = np.argsort(self._members, kind="stable")
        times = np.bincount(self._members, minlength=len(codes))
        self._holders = np.split(ragged(self._sizes)[0][order], np.cumsum(times)[:-1])

    def shared(self, rows: Places, columns: Places) -> tuple[Values, Values]:
        """For every pair the sum of the weights of what both hold, and the heaviest of them."""
        kinds = max(1, len(self._weights))
        both = np.intersect1d(self._keys(rows, kinds), self._keys(columns, kinds), assume_unique=True)
        pair, member = np.divmod(both, kinds)
        total = np.bincount(pair, weights=self._weights[member], minlength=len(rows))
        most = np.zeros(len(rows))
        np.maximum.at(most, pair, self._weights[member])
        return total.astype(np.float32), most.astype(np.float32)

    def _keys(self, places: Places, kinds: int) -> Places:
        """Which pair holds which member on one side, both in one number."""
        pair, offset = ragged(self._sizes[places])
        return np.asarray(pair * kinds + self._members[self._starts[places][pair] + offset])

    def heaviest(self, part: slice, most: int) -> Values:
        """The heaviest that some statements share with each of all, an array of rows by statements; what more
        than `most` statements hold is left out."""
        out = np.zeros((part.stop - part.start, len(self._sizes)), dtype=np.float32)
        begin, end = self._starts[part.start], self._starts[part.stop - 1] + self._sizes[part.stop - 1]
        for member in np.unique(self._members[begin:end]).tolist():
            places = self._holders[member]
            if len(places) <= most:
                low, high = np.searchsorted(places, (part.start, part.stop))
                block = np.ix_(places[low:high] - part.start, places)
                out[block] = np.maximum(out[block], np.float32(self._weights[member]))
        return out


class _Quantities:
    """The quantities of statements, each list of them looked at once however many statements give it."""

    def __init__(self, given: Sequence[tuple[Quantity, ...]]) -> None:
        alike = [frozenset((q.low, q.high, q.units) for q in some) for some in given]
        self._codes = _codes(alike)
        self._lists = dict(zip(self._codes.tolist(), given, strict=True))
        self._units = Held([{u for q in some for u in q.units} for some in given])

    def contrary(self, rows: Places, columns: Places) -> Iterator[tuple[str, Values]]:
        """1 where two statements give different numbers for what both count (then they are two claims), or
        other times for when it was."""
        comparable = np.flatnonzero(self._units.shared(rows, columns)[0])
        codes = np.stack([self._codes[side[comparable]] for side in (rows, columns)])
        kinds, which = np.unique(codes, axis=1, return_inverse=True)
        found = [self._differ(one, two) for one, two in kinds.T.tolist()]
        for dated, name in enumerate(("contrary", "contrary_time")):
            layer = np.zeros(len(rows), dtype=np.float32)
            differs = np.array([dated in times for times in found], dtype=np.float32)
            layer[comparable] = differs[which.reshape(-1)]
            yield name, layer

    def _differ(self, one: int, two: int) -> set[bool]:
        """Whether what differs between two lists is a number (False), a time (True), both or nothing."""
        return {a.dated for a, _ in differing(self._lists[one], self._lists[two])} if one != two else set()


def ragged(sizes: Places) -> tuple[Places, Places]:
    """For lists of these sizes, laid end to end: of which list each member is, and the how manieth of it.

    >>> [side.tolist() for side in ragged(np.array([2, 0, 1]))]
    [[0, 0, 2], [0, 1, 0]]
    """
    which = np.repeat(np.arange(len(sizes)), sizes)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def _grams(sequence: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(*(sequence[k:] for k in range(GRAM)), strict=False))


def _values(found: Iterable[float]) -> Values:
    return np.fromiter(found, dtype=np.float32)


def _codes(values: Iterable[Hashable]) -> Places:
    """A number for every value, the same for the same."""
    codes: dict[Hashable, int] = {}
    return np.fromiter((codes.setdefault(v, len(codes)) for v in values), dtype=np.int64)


def _least(values: Values, pair: _Pair) -> Values:
    return np.minimum(values[pair[0]], values[pair[1]])


def _most(values: Values, pair: _Pair) -> Values:
    return np.maximum(values[pair[0]], values[pair[1]])


def _where(holds: NDArray[np.bool_]) -> Values:
    return holds.astype(np.float32)


def _ratio(part: Values, whole: Values, least: float) -> Values:
    """`part` of `whole`, where `whole` counts as `least` at least."""
    return np.asarray(part / np.maximum(np.float32(least), whole), dtype=np.float32)
