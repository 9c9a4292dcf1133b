"""A `Document` in, one `Reading` out. Pure: the same document gives the same reading anywhere.

Holds what is costly to open (tagger, linker, sentence encoder), nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from ondit.reading.attribution import build, levels
from ondit.reading.figures import Figure, told_of
from ondit.reading.levels import READ, Finder, Level, nobodys, quote_type
from ondit.reading.linking import Cast
from ondit.reading.quotes import inside, quotations
from ondit.reading.statements import statements
from ondit.records import Attribution, Document, Problem, Quotation, Reading, Span, content_id
from ondit.text.offsets import words_at

Encode = Callable[[Sequence[str]], bytes]
"""Texts to sentence vectors: int8, one row a text, packed."""


_DEEPEST = 32

LONGEST = 120_000
"""Characters of a report that are read, about 20,000 words: what is longer is a book or a log."""


class Reader:
    """Reads reports. `find` gives the relations of texts, `encode` their vectors (None: none are kept)."""

    def __init__(self, find: Finder, encode: Encode | None = None) -> None:
        self._find = find
        self._encode = encode

    def read(self, document: Document, given: Sequence[Attribution] | None = None) -> Reading:
        """Read one report. `given` replaces what is found here: the outermost level, and what lies inside
        those of its attributions to which it gives inner ones."""
        if len(document.text) > LONGEST:
            kept = None if given is None else [a for a in given if _within(a)]
            reading = self.read(_shortened(document), kept)
            return replace(reading, document=document, problems=(*reading.problems, _too_long(document)))
        stretches = [b.span for b in document.blocks if b.kind in READ]
        quotes = quotations(document.text, stretches)
        if given is None:
            found = levels(document, quotes, self._find)
        else:
            found = build(document, quotes, *_handed_in(given, self._find))
        cast = Cast(document, stretches)
        figures = _resolved(found, cast)
        cast.settle()
        ids = _ids(document, found)
        said = statements(document, found, figures, cast, quotes, ids)
        records = tuple(_record(document, lv, ids, quotes) for lv in found)
        used = {f.key for f in figures.values() if f is not None} | {cast.publisher.key}
        vectors = (
            self._encode([words_at(document.text, s.spans) for s in said]) if self._encode and said else b""
        )
        mentions = tuple(sorted(cast.mentions, key=lambda m: m.span))
        return Reading(document, quotes, records, mentions, cast.agents(used), said, (), vectors)


def _shortened(document: Document) -> Document:
    kept = (replace(b, span=Span(b.span.start, min(b.span.end, LONGEST))) for b in document.blocks)
    blocks = tuple(b for b in kept if b.span.start < LONGEST)
    return replace(document, text=document.text[:LONGEST], blocks=blocks)


def _within(given: Attribution) -> bool:
    return all(s.end <= LONGEST for s in (*given.source, *given.cue, *given.content))


def _too_long(document: Document) -> Problem:
    size = f"{LONGEST:,} of {len(document.text):,} characters"
    message = f"only the first {size} were read; split it into reports"
    return Problem("too_long", document.place or document.id, message, document=document.id)


def _handed_in(given: Sequence[Attribution], find: Finder) -> tuple[list[Level], Finder, list[Level]]:
    """Attributions made elsewhere as levels: the outermost, a finder for what they leave open, the inner."""
    made = {a.id: Level(a.source, a.cue, a.content, "given", a.confidence) for a in given}
    for a in given:
        made[a.id].parent = made.get(a.parent or "")
    outer = [lv for lv in made.values() if lv.parent is None]
    return outer, find, [lv for lv in made.values() if lv.parent is not None]


def _resolved(found: Sequence[Level], cast: Cast) -> dict[int, Figure | None]:
    """The figure behind each level: outer levels before the inner ones, who only passes on not counted, in
    text order, headlines last: they name by half what the body names in full."""
    figures: dict[int, Figure | None] = {}
    last: dict[int, Figure] = {}
    headlines = [b.span for b in cast.document.blocks if b.kind == "headline"]
    late = {id(lv) for lv in found if any(h.start <= lv.start < h.end for h in headlines)}
    waiting = sorted(found, key=lambda lv: (id(lv) in late, lv.source[0].start if lv.source else lv.start))
    for lv in sorted(waiting, key=lambda lv: _speaks_inside(lv.parent)):
        if not lv.source or nobodys(cast.text, lv):
            figures[id(lv)] = None
            continue
        around = _speaker(lv.parent, figures)
        before = last.get(id(lv.parent)) or last.get(id(None))
        figure = cast.source(lv.source[0], inside=around, last=before, said=lv.content)
        if figure is not None and told_of(figure) is None and _told_the(cast, lv):
            figure.kind = "outlet"
        figures[id(lv)] = figure
        if figure is not None and lv.method != "credit":
            last[id(lv.parent)] = figure
    return figures


def _speaks_inside(level: Level | None) -> bool:
    """Whether there is a speaker at or around `level`, not only outlets that pass on."""
    steps = 0
    while level is not None and steps < _DEEPEST:
        if level.holds:
            return True
        level, steps = level.parent, steps + 1
    return False


def _told_the(cast: Cast, level: Level) -> bool:
    """Whether a level stands for whom somebody "told the Tide": a name with an article is an outlet's."""
    before = cast.text[max(0, level.source[0].start - 4) : level.source[0].start]
    return level.method == "citing" and level.cue_kind == "credit" and before.casefold() == "the "


def _speaker(level: Level | None, figures: dict[int, Figure | None]) -> Figure | None:
    while level is not None:
        figure = figures.get(id(level))
        if figure is not None and level.holds:
            return figure
        level = level.parent
    return None


def _ids(document: Document, found: Sequence[Level]) -> dict[int, str]:
    """An id for every level, by `id(level)`; of levels with the same words the later ones are numbered."""
    seen: Counter[str] = Counter()
    out: dict[int, str] = {}
    for lv in found:
        ident = content_id("att", document.id, lv.method, lv.source, lv.cue, lv.content)
        seen[ident] += 1
        out[id(lv)] = ident if seen[ident] == 1 else content_id("att", ident, seen[ident])
    return out


def _own_quotations(text: str, level: Level, quotes: Sequence[Quotation]) -> list[Quotation]:
    """The quotations that can be what the source of a level says: of one around the source or the cue only
    what is quoted in it."""
    own: list[Quotation] = []
    for quote in quotes:
        around = any(inside(s, [quote]) for s in (*level.source, *level.cue))
        own += quotations(text, [quote.span]) if around else [quote]
    return own


def _record(
    document: Document, level: Level, ids: dict[int, str], quotes: Sequence[Quotation]
) -> Attribution:
    kind = quote_type(level.content, _own_quotations(document.text, level, quotes), document.text)
    parent = ids.get(id(level.parent)) if level.parent is not None else None
    return Attribution(
        ids[id(level)],
        document.id,
        level.source,
        level.cue,
        level.content,
        kind,
        level.cue_kind,
        level.method,
        parent,
        round(level.confidence, 4),
    )
