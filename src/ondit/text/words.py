"""Words of a text as rows for the encoder: piece ids, surface features, and windows that fit it.

In comes a text and its word pieces, out come paragraphs (cut at line ends) and windows of paragraphs. The
encoder is uncased and sees a window at a time, so what it would lose is put in as features: the case of a
word, quotation marks, where a paragraph begins and which it is. Training and run time share this module.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from ondit.records import Span
from ondit.text.normalise import quoted

CLS, SEP, MASK = 101, 102, 103
LOWER, TITLE, CAPITALS, DIGIT, PUNCTUATION, MIXED = range(6)
UNQUOTED, QUOTED = 6, 7
INSIDE, FIRST, MARKER = 8, 9, 10
FIRST_PARAGRAPH, LATER_PARAGRAPH = 11, 14
FEATURES = 15
"""Rows of the feature table: case, quotation, place in the paragraph, number of the paragraph."""

LONGEST = 1000
"""Words after which a paragraph is cut, so that no later step grows with the square of a text."""

_SHORTEST_CUT = 16

Features = tuple[int, int, int, int]
EDGE: Features = (PUNCTUATION, UNQUOTED, INSIDE, LATER_PARAGRAPH)


class Pieces(NamedTuple):
    """Word pieces of a text: ids, code-point offsets, and whether a piece continues the word before it."""

    ids: Sequence[int]
    spans: Sequence[tuple[int, int]]
    continues: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a text. `begins[w]` is where word `w` begins in `ids`, with the total length at the end."""

    ids: list[int] = field(default_factory=list)
    features: list[Features] = field(default_factory=list)
    begins: list[int] = field(default_factory=lambda: [0])
    words: list[Span] = field(default_factory=list)

    def width(self, start: int, end: int) -> int:
        """Pieces of the words `start` to `end`."""
        return self.begins[end] - self.begins[start]

    def add(self, ids: Sequence[int], features: Features, span: Span) -> None:
        """Append one word."""
        self.ids.extend(ids)
        self.features.extend([features] * len(ids))
        self.begins.append(len(self.ids))
        self.words.append(span)


class Stretch(NamedTuple):
    """Words `start` to `end` of paragraph number `paragraph`."""

    paragraph: int
    start: int
    end: int


class Unit(NamedTuple):
    """What is labelled: a word (the state of its first piece, `at`), or the marker between paragraphs (-1).

    `body` is False for words that stand in a window only as context.
    """

    at: int
    paragraph: int
    word: int
    body: bool


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder sees at once."""

    ids: list[int]
    features: list[Features]
    units: list[Unit]


def shape(word: str) -> int:
    """The case of a word, which an uncased encoder cannot see.

    >>> [shape(word) for word in ("said", "NATO", "Putin", "eBay", "2,000", "”")]
    [0, 2, 1, 5, 3, 4]
    """
    if word.isupper() and len(word) > 1:
        return CAPITALS
    if word[:1].isupper():
        return TITLE
    if word[:1].isdigit():
        return DIGIT
    if not word[:1].isalnum():
        return PUNCTUATION
    return MIXED if any(letter.isupper() for letter in word) else LOWER


def paragraphs(text: str, pieces: Pieces) -> list[Paragraph]:
    """The words of a text, a paragraph a line that has any."""
    mask = quoted(text)
    out: list[Paragraph] = []
    end = 0
    for first, last in _words(pieces.continues):
        start, before, end = pieces.spans[first][0], end, pieces.spans[last - 1][1]
        if not out or "\n" in text[before:start] or len(out[-1].words) >= LONGEST:
            out.append(Paragraph())
        features = (
            shape(text[start:end] or "."),
            QUOTED if mask[start] else UNQUOTED,
            INSIDE if out[-1].words else FIRST,
            min(FIRST_PARAGRAPH + len(out) - 1, LATER_PARAGRAPH),
        )
        out[-1].add(pieces.ids[first:last], features, Span(start, end))
    return out


def _words(continues: Sequence[bool]) -> Iterator[tuple[int, int]]:
    starts = [at for at, inside in enumerate(continues) if not inside or at == 0]
    return zip(starts, [*starts[1:], len(continues)], strict=False)


def pack(paras: Sequence[Paragraph], size: int, chance: random.Random | None = None) -> list[list[Stretch]]:
    """Paragraphs packed greedily into windows of at most `size` pieces, markers and edges counted.

    One that does not fit waits for the next window, unless it is longer than half of one and less than half
    of this one is filled: then it is cut at a word. With `chance` the first window is smaller at random, so
    that in training the seams move from epoch to epoch.
    """
    out: list[list[Stretch]] = [[]]
    room = budget = (size if chance is None else chance.randint(size // 3, size)) - 2
    for number, para in enumerate(paras):
        start, last = 0, len(para.words)
        while start < last:
            need = para.width(start, last) + 1
            end = _fit(para, start, room)
            worth = need > size - 2 or (need > size // 2 and room > budget / 2)
            if end < last and not (worth and (end >= start + _SHORTEST_CUT or not out[-1])):
                end = start
            if end == start and not out[-1] and room == size - 2:
                end = start + 1
            if end > start:
                out[-1].append(Stretch(number, start, end))
                room -= para.width(start, end) + 1
                start = end
            if start < last:
                out.append([])
                room = budget = size - 2
    return [stretches for stretches in out if stretches]


def _fit(para: Paragraph, start: int, room: int) -> int:
    end = start
    while end < len(para.words) and para.width(start, end + 1) + 1 <= room:
        end += 1
    return end


def window(paras: Sequence[Paragraph], body: Sequence[Stretch], context: int = 0) -> Window:
    """The rows of one window, with up to `context` pieces of the text on both sides."""
    before, after = _before(paras, body[0], context), _after(paras, body[-1], context)
    ids, features = [CLS], [EDGE]
    units: list[Unit] = []
    flagged = [(s, False) for s in before] + [(s, True) for s in body] + [(s, False) for s in after]
    for number, group in groupby(flagged, key=lambda pair: pair[0].paragraph):
        para = paras[number]
        if units:
            units.append(Unit(len(ids), -1, -1, False))
            ids.append(SEP)
            features.append((PUNCTUATION, UNQUOTED, MARKER, min(FIRST_PARAGRAPH + number, LATER_PARAGRAPH)))
        for (_, start, end), is_body in group:
            shift = len(ids) - para.begins[start]
            units.extend(Unit(para.begins[w] + shift, number, w, is_body) for w in range(start, end))
            ids.extend(para.ids[para.begins[start] : para.begins[end]])
            features.extend(para.features[para.begins[start] : para.begins[end]])
    return Window([*ids, SEP], [*features, EDGE], units)


def _before(paras: Sequence[Paragraph], first: Stretch, context: int) -> list[Stretch]:
    out: list[Stretch] = []
    number, end = first.paragraph, first.start
    while context > 0 and number >= 0:
        start = end
        while start and paras[number].width(start - 1, end) <= context:
            start -= 1
        if start < end:
            out.insert(0, Stretch(number, start, end))
            context -= paras[number].width(start, end) + 1
        if start:
            break
        number -= 1
        end = len(paras[number].words) if number >= 0 else 0
    return out


def _after(paras: Sequence[Paragraph], last: Stretch, context: int) -> list[Stretch]:
    out: list[Stretch] = []
    number, start = last.paragraph, last.end
    while context > 0 and number < len(paras):
        end = _fit(paras[number], start, context)
        if end > start:
            out.append(Stretch(number, start, end))
            context -= paras[number].width(start, end) + 1
        if end < len(paras[number].words):
            break
        number, start = number + 1, 0
    return out


def windows(paras: Sequence[Paragraph], size: int, context: int = 0) -> list[Window]:
    """Windows of at most `size` pieces whose bodies together hold every word exactly once, in order."""
    return [window(paras, body, context) for body in pack(paras, size - 2 * context)]
