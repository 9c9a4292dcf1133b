"""A report as it is read on a page: its blocks cut into stretches that know whose voice they are.

In: a `Document`, its attributions and statements, the spans that something points at. Out: `Part`s of
`Stretch`es, whose texts joined are the report's text again. Cut once, in Python: the page only shows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, pairwise
from typing import Self

from ondit.records import Attribution, Block, BlockKind, Document, Span, Spans


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of one block: `start` its offset, `depth` in how many contents it lies (0: own voice), `role`
    whether it names who says so ("source") or says that they do ("cue").

    `names` are the names of places that begin here, `claims` the numbers of those whose statements end here;
    `pointed` is whether any place covers it.
    """

    text: str
    start: int
    depth: int = 0
    role: str = ""
    names: tuple[str, ...] = ()
    claims: tuple[int, ...] = ()
    pointed: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the report, cut."""

    kind: BlockKind
    depth: int
    stretches: tuple[Stretch, ...]


def marked(
    document: Document,
    attributions: Sequence[Attribution],
    statements: Mapping[Spans, Collection[int]],
    places: Mapping[str, Spans],
) -> tuple[Part, ...]:
    """The report in parts: `statements` has the numbers of claims by what states them, `places` the names."""
    marks = _Marks.of(attributions, statements, places)
    parts, read = [], 0
    for block in _covering(document):
        parts.append(Part(block.kind, block.depth, tuple(_stretches(document.text, block.span, read, marks))))
        read = block.span.end
    if left := marks.names_from(read, len(document.text) + 1):
        parts.append(Part("paragraph", 0, (Stretch("", read, names=left),)))
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where something begins, ends or changes: everything at which a text is cut."""

    cuts: Sequence[int]
    names: Sequence[tuple[int, str]]
    ends: Mapping[int, Collection[int]]
    depths: Sequence[tuple[int, int]]
    places: Sequence[tuple[int, int]]
    roles: Sequence[tuple[Span, str]]

    @classmethod
    def of(
        cls,
        attributions: Iterable[Attribution],
        statements: Mapping[Spans, Collection[int]],
        places: Mapping[str, Spans],
    ) -> Self:
        ends: dict[int, set[int]] = defaultdict(set)
        for spans, numbers in statements.items():
            ends[spans[-1].end].update(numbers)
        names = sorted((spans[0].start, name) for name, spans in places.items())
        sources = [(span, "source") for att in attributions for span in att.source]
        cues = [(span, "cue") for att in attributions for span in att.cue]
        depths = _depths(span for att in attributions for span in att.content)
        covered, roles = _depths(chain.from_iterable(places.values())), sorted([*sources, *cues])
        spans = (*chain(*places.values(), *statements), *(span for span, _ in roles))
        return cls(
            sorted({*(at for s in spans for at in s), *(at for at, _ in depths)}),
            names,
            ends,
            depths,
            covered,
            roles,
        )

    def between(self, start: int, end: int) -> Sequence[int]:
        return self.cuts[bisect_right(self.cuts, start) : bisect_left(self.cuts, end)]

    def names_from(self, start: int, end: int) -> tuple[str, ...]:
        within = slice(bisect_left(self.names, (start,)), bisect_left(self.names, (end,)))
        return tuple(name for _, name in self.names[within])

    def depth(self, at: int) -> int:
        return _depth(self.depths, at)

    def pointed(self, at: int) -> bool:
        return _depth(self.places, at) > 0

    def role(self, at: int) -> str:
        return next((role for span, role in self.roles if span.start <= at < span.end), "")


def _depths(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Offsets at which it changes in how many of the spans the text lies, and in how many from there on."""
    change: dict[int, int] = defaultdict(int)
    for span in spans:
        change[span.start] += 1
        change[span.end] -= 1
    return list(zip(sorted(change), accumulate(change[at] for at in sorted(change)), strict=True))


def _depth(depths: Sequence[tuple[int, int]], at: int) -> int:
    before = bisect_right(depths, at, key=lambda change: change[0])
    return depths[before - 1][1] if before else 0


def _covering(document: Document) -> Iterator[Block]:
    """The blocks, and as paragraphs whatever words lie outside of all of them; signs begin the next block."""
    at, size = 0, len(document.text)
    for block in (*document.blocks, Block("paragraph", Span(size, size))):
        between = document.text[at : block.span.start].lstrip()
        if any(map(str.isalnum, between)):
            yield Block("paragraph", Span(at, block.span.start))
        elif between:
            block = replace(block, span=Span(block.span.start - len(between), block.span.end))
        if block.span.end > block.span.start:
            yield block
        at = max(at, block.span.end)


def _stretches(text: str, block: Span, read: int, marks: _Marks) -> Iterator[Stretch]:
    """The stretches of a block; what begins between it and the text `read` before begins with its first."""
    places = [block.start, *marks.between(block.start, block.end), block.end]
    for start, end in pairwise(places):
        names = marks.names_from(min(read, start), start + 1)
        numbers = tuple(sorted(marks.ends.get(end, ())))
        depth, role, pointed = marks.depth(start), marks.role(start), marks.pointed(start)
        yield Stretch(text[start:end], start, depth, role, names, numbers, pointed)
        read = start + 1
