"""Facts about pairs of tagged stretches, from which the linker learns what belongs together.

In comes a tagged text, out come candidate pairs and one row of 48 numbers a pair: order, distance, what
stands between, rivals on both sides, quotation marks, the words at the edges. All pairs of a text at once, in
numpy; candidates are the nearest on each side, so that work grows linearly with the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ondit.reading.tags import Role, TaggedText
from ondit.text.normalise import fold, quoted

Ints = NDArray[np.int64]
Pairs = list[tuple[int, int]]

ORDER: tuple[Role, ...] = ("source", "cue", "content")
SOURCE, CUE, CONTENT, _START, _END = range(5)
WIDTH = 48
NEAREST = 8
_FAR = 99
_ELSEWHERE = {"distance": 60, "sentences": 5}

_SAY = frozenset(
    """said says say told added adds tweeted wrote writes according asked explained noted argued saying
    continued claimed insisted replied""".split()  # noqa: SIM905
)
_PRONOUNS = frozenset(
    (
        "he",
        "she",
        "they",
        "it",
        "i",
        "we",
        "you",
        "who",
        "which",
        "that",
        "his",
        "her",
        "their",
        "its",
        "my",
        "our",
    )
)
_COMMAS = frozenset((",", ";", ":", "—", "–", "-"))
_QUOTES = frozenset(('"', "“", "”"))
_JOINTS = frozenset(("and", "but", "who", "which", "that", "while", "as"))
_STOPS = frozenset(".?!")
_PLACES = frozenset(("in", "on", "at", "to", "during"))


class Layout:
    """The words and tags of a text as arrays, words counted through the whole text."""

    def __init__(self, tagged: TaggedText) -> None:
        folded, mask = fold(tagged.text), quoted(tagged.text)
        paras = tagged.paragraphs
        self.tags = tagged.tags
        self.words = [folded[s:e].lower() or "." for para in paras for s, e in para.words]
        begins = np.cumsum([0, *(len(para.words) for para in paras)])
        sentences = [number for para in paras for number in _sentences(folded, para.words)]
        self.sentence = np.array([*sentences, 0], np.int64)
        self.role = np.array([ORDER.index(tag.role) for tag in self.tags], np.int64)
        self.paragraph = np.array([tag.paragraph for tag in self.tags], np.int64)
        self.start = np.array([begins[tag.paragraph] + tag.first for tag in self.tags], np.int64)
        self.end = np.array([begins[tag.paragraph] + tag.last for tag in self.tags], np.int64)
        self.sure = np.array([tag.confidence for tag in self.tags], np.float32)
        self.length = np.diff(begins)[self.paragraph] if len(self.tags) else self.start
        self.opened = np.array([_opens_quoted(mask, tag.span.start, tag.role) for tag in self.tags], np.int64)
        self.closed = np.array(
            [any(mask[max(0, tag.span.end - 2) : tag.span.end]) for tag in self.tags], np.int64
        )
        self.between = [self._running(words) for words in (_COMMAS, _QUOTES, _JOINTS)]
        self._edges(begins)
        self._neighbours()

    def _running(self, words: frozenset[str]) -> Ints:
        return np.cumsum([0, *(word in words for word in self.words)])

    def _edges(self, begins: NDArray[np.int64]) -> None:
        last = begins[self.paragraph + 1] if len(self.tags) else self.start
        first = begins[self.paragraph] if len(self.tags) else self.start
        self.opening = [self.words[at] for at in self.start]
        self.closing = [self.words[at - 1] for at in self.end]
        self.after = [self.words[at] if at < end else "$" for at, end in zip(self.end, last, strict=True)]
        self.before = [
            self.words[at - 1] if at > begin else "^" for at, begin in zip(self.start, first, strict=True)
        ]

    def _neighbours(self) -> None:
        count = len(self.tags)
        self.index, self.siblings = np.zeros(count, np.int64), np.zeros(count, np.int64)
        self.alike = np.zeros(count, np.int64)
        self.left, self.right = np.full(count, _START), np.full(count, _END)
        self.group: dict[tuple[int, int], list[int]] = {}
        members: dict[int, list[int]] = {}
        for at in range(count):
            members.setdefault(int(self.paragraph[at]), []).append(at)
            self.group.setdefault((int(self.paragraph[at]), int(self.role[at])), []).append(at)
        for inside in members.values():
            self.index[inside] = np.arange(len(inside))
            self.siblings[inside] = len(inside)
            self.left[inside[1:]] = self.role[inside[:-1]]
            self.right[inside[:-1]] = self.role[inside[1:]]
        for same in self.group.values():
            self.alike[same] = len(same)

    def flag(self, words: Sequence[str], test: Callable[[str], bool]) -> Ints:
        """1 for each tag whose word passes the test."""
        return np.array([test(word) for word in words], np.int64)

    def near(self, at: int, role: int) -> list[int]:
        """Tags of a role in the paragraph of tag `at`: the nearest on each side, in order."""
        same = self.group.get((int(self.paragraph[at]), role), [])
        place = bisect_left(same, at)
        return same[max(0, place - NEAREST) : place + NEAREST]


def _sentences(folded: str, words: Sequence[tuple[int, int]]) -> list[int]:
    """The number of the sentence of each word of a paragraph: roughly, from stops and capitals."""
    out: list[int] = []
    number = 0
    last = earlier = ""
    for start, end in words:
        capital = folded[start : start + 1].isupper()
        ended = last in _STOPS and (capital or folded[start : start + 1] in "“”'\"[")
        closed = last in _QUOTES and len(out) > 1 and earlier in _STOPS and capital
        number += bool(last) and (ended or closed)
        out.append(number)
        earlier, last = last[:1], folded[start:end]
    return out


def _opens_quoted(mask: bytearray, start: int, role: Role) -> bool:
    return bool(mask[start] or (role == "content" and start + 1 < len(mask) and mask[start + 1]))


def source_pairs(layout: Layout, role: int) -> Pairs:
    """(source, other) for each cue or content: the sources of its paragraph, and the last one before it."""
    out: Pairs = []
    for at in np.flatnonzero(layout.role == role).tolist():
        earlier = layout.group.get((int(layout.paragraph[at]) - 1, SOURCE), [])
        out.extend((source, at) for source in [*layout.near(at, SOURCE), *earlier[-1:]])
    return out


def cue_pairs(layout: Layout) -> Pairs:
    """(content, cue) for each content: the cues of its paragraph and the last before it, else the next."""
    out: Pairs = []
    for at in np.flatnonzero(layout.role == CONTENT).tolist():
        number = int(layout.paragraph[at])
        found = [*layout.near(at, CUE), *layout.group.get((number - 1, CUE), [])[-1:]]
        found = found or layout.group.get((number + 1, CUE), [])[:1]
        out.extend((at, cue) for cue in found)
    return out


def facts(layout: Layout, pairs: Pairs) -> NDArray[np.float32]:
    """One row of 48 facts for each pair (x, k); all x are of one role, all k of another."""
    if not pairs:
        return np.zeros((0, WIDTH), np.float32)
    x, k = np.array(pairs, np.int64).T
    columns = [*_distance(layout, x, k), *_kind(layout, x, k), *_wording(layout, x, k)]
    return np.stack([np.asarray(column, np.float32) for column in columns], 1)


def _distance(lay: Layout, x: Ints, k: Ints) -> list[NDArray[np.generic]]:
    same = lay.paragraph[x] == lay.paragraph[k]
    before = lay.start[x] < lay.start[k]
    low, high = np.where(before, x, k), np.where(before, k, x)
    gap = np.maximum(0, lay.start[high] - lay.end[low])
    left = np.minimum(lay.end[low], lay.start[high])
    right = np.maximum(lay.end[low], lay.start[high])
    crossed = [np.where(same, run[right] - run[left], 0) for run in lay.between]
    sentences = lay.sentence[lay.start[high]] - lay.sentence[lay.end[low] - 1]
    middle = [_between(lay, role, low, high) for role in (SOURCE, CUE, CONTENT)]
    rank = middle[int(lay.role[x[0]])]
    rival = _nearer(lay, x, k, before, gap) + middle[int(lay.role[k[0]])]
    other_side, other_cue = _other_side(lay, x, k, before), _other_cue(lay, x, k)
    distance = np.where(same, gap, _ELSEWHERE["distance"])
    return [
        before,
        distance,
        np.log1p(distance),
        *crossed,
        np.where(same, sentences, _ELSEWHERE["sentences"]),
        np.where(same, rank, 0),
        np.where(same, rival, 0),
        np.where(same, other_side, _FAR),
        np.where(same, other_cue, _FAR),
        *(np.where(same, count, -1) for count in middle),
        same,
        lay.paragraph[k] - lay.paragraph[x],
    ]


def _of_role(lay: Layout, role: int) -> Ints:
    return np.flatnonzero(lay.role == role)


def _between(lay: Layout, role: int, low: Ints, high: Ints) -> Ints:
    starts = lay.start[_of_role(lay, role)]
    inside = np.searchsorted(starts, lay.start[high], "left") - np.searchsorted(
        starts, lay.start[low], "right"
    )
    return np.asarray(np.maximum(inside, 0), np.int64)


def _nearer(lay: Layout, x: Ints, k: Ints, before: NDArray[np.bool_], gap: Ints) -> Ints:
    """Rivals of k that are nearer to x, on the side of x that is away from k, in the paragraph."""
    rivals = _of_role(lay, int(lay.role[k[0]]))
    starts, ends, home = lay.start[rivals], lay.end[rivals], lay.paragraph[rivals]
    first = np.searchsorted(home, lay.paragraph[x], "left")
    last = np.searchsorted(home, lay.paragraph[x], "right")
    behind = np.searchsorted(starts, lay.start[x], "left") - np.maximum(
        first, np.searchsorted(ends, lay.start[x] - gap, "right")
    )
    ahead = np.minimum(last, np.searchsorted(starts, lay.end[x] + gap, "left")) - np.searchsorted(
        starts, lay.start[x], "right"
    )
    return np.maximum(0, np.where(before, behind, ahead))


def _other_side(lay: Layout, x: Ints, k: Ints, before: NDArray[np.bool_]) -> Ints:
    """Distance from k to the nearest tag like x on its other side."""
    likes = _of_role(lay, int(lay.role[x[0]]))
    place = np.searchsorted(lay.start[likes], lay.start[k], "left")
    return np.where(before, _gap(lay, likes, place, k), _gap(lay, likes, place - 1, k))


def _other_cue(lay: Layout, x: Ints, k: Ints) -> Ints:
    """Distance from x to the nearest rival of k."""
    rivals = _of_role(lay, int(lay.role[k[0]]))
    place = np.searchsorted(lay.start[rivals], lay.start[x], "left")
    own = np.searchsorted(rivals, k)
    left = np.where(place - 1 == own, place - 2, place - 1)
    right = np.where(place == own, place + 1, place)
    return np.minimum(_gap(lay, rivals, left, x), _gap(lay, rivals, right, x))


def _gap(lay: Layout, tags: Ints, place: Ints, other: Ints) -> Ints:
    """Words between the tag at `place` and `other`; far if there is none in the paragraph."""
    there = (place >= 0) & (place < len(tags))
    tag = tags[np.where(there, place, 0)]
    there &= lay.paragraph[tag] == lay.paragraph[other]
    gap = np.maximum(lay.start[tag] - lay.end[other], lay.start[other] - lay.end[tag])
    return np.asarray(np.where(there, np.clip(gap, 0, _FAR), _FAR), np.int64)


def _kind(lay: Layout, x: Ints, k: Ints) -> list[NDArray[np.generic]]:
    x_sentence, k_sentence = lay.sentence[lay.start[x]], lay.sentence[lay.start[k]]
    return [
        lay.opened[x],
        lay.closed[x],
        lay.opened[k],
        lay.end[x] - lay.start[x],
        lay.end[k] - lay.start[k],
        x_sentence - k_sentence,
        lay.left[k],
        lay.right[k],
        lay.left[x],
        lay.right[x],
        lay.alike[x],
        lay.alike[k],
    ]


def _wording(lay: Layout, x: Ints, k: Ints) -> list[NDArray[np.generic]]:
    same = lay.paragraph[x] == lay.paragraph[k]
    says = [a in _SAY or b in _SAY for a, b in zip(lay.opening, lay.closing, strict=True)]
    by = [b == "by" or a in ("by", "from") for a, b in zip(lay.opening, lay.closing, strict=True)]
    return [
        np.array(says)[k],
        lay.flag(lay.opening, lambda word: word == "according")[k],
        np.array(by)[k],
        lay.flag(lay.opening, lambda word: word in _PRONOUNS)[x],
        lay.flag(lay.after, lambda word: word == ",")[x],
        lay.flag(lay.before, lambda word: word == ",")[x],
        lay.flag(lay.after, lambda word: word == "that")[k],
        lay.flag(lay.after, lambda word: word in (",", '"', "“"))[k],
        lay.flag(lay.before, lambda word: word in (",", '"', "”"))[k],
        lay.flag(lay.after, lambda word: word in (".", "$"))[k],
        lay.flag(lay.opening, lambda word: word in ("that", "to", "for"))[x],
        lay.flag(lay.closing, lambda word: word.endswith("ing"))[k],
        lay.sure[x],
        lay.sure[k],
        lay.index[k],
        np.where(same, lay.index[x] - lay.index[k], -20),
        lay.siblings[k],
        lay.flag(lay.after, lambda word: word in _PLACES)[k],
        lay.flag(lay.after, lambda word: word in ("who", "which"))[x],
        lay.length[k],
    ]
