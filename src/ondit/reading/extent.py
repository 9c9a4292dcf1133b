"""How far a content reaches: not into another sentence or entry, to the end of a quotation, over a rest that
is said too.

In: a relation as the tagger or a form gives it. Out: the same, its content mended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ondit.reading.attributing import has_saying
from ondit.reading.levels import Level, block_at, joined, meets
from ondit.reading.quotes import inside
from ondit.records import Block, Quotation, Span
from ondit.text.offsets import trimmed
from ondit.text.sentences import CLOCK, WORD, is_finite, sentences


def in_its_sentence(text: str, level: Level, readable: Sequence[Block], quotes: Sequence[Quotation]) -> Level:
    """A content without what stands, in no quotation marks, in a later sentence than its cue: there the
    outlet goes on in its own voice, as far as the words show."""
    at = level.cue[0] if level.cue else None
    block = block_at(readable, at.start) if at is not None else None
    if at is None or block is None:
        return level
    end = next((s.end for s in sentences(text, block.span) if s.start <= at.start < s.end), block.span.end)
    own = (
        Span(c.start, min(c.end, max(end, c.start))) if not inside(c, quotes) else c for c in level.content
    )
    kept = tuple(c for c in own if c.end > c.start)
    if kept:
        level.content = kept
    return level


_STAMPED = re.compile(rf"\s*(?:[•+*\-–]\s+)?{CLOCK}")


def in_its_entry(text: str, level: Level, readable: Sequence[Block]) -> Level:
    """A content without what stands in another entry of a live blog than its source and its cue."""
    placed = [*level.source, *level.cue]
    stamped = [b.span for b in readable if _STAMPED.match(text, *b.span)]
    if not placed or not stamped:
        return level

    def entry(at: int) -> int:
        return max((s.start for s in stamped if s.start <= at), default=-1)

    kept = tuple(c for c in level.content if any(entry(c.start) == entry(p.start) for p in placed))
    level.content = kept or level.content
    return level


_TAIL = re.compile(r"\s?[–—]\s|\s-\s|,\s(?=(?:who|which|whose|and|but|as|while)\s)")
_OBJECT = re.compile(r"\W*(?:which|whom)\s(?:(?:the|an?|his|her|he|she|they|it)\s|[A-Z])")
"""A relative clause with a subject of its own, which may say it."""
_REASON = re.compile(r"\s(?:because|since|as|if)\s")
"""What goes on with words of which some are quoted: inside in 46 contents of PolNeAR, outside in 2."""


def with_its_tail(
    text: str, level: Level, found: Sequence[Level], readable: Sequence[Block], quotes: Sequence[Quotation]
) -> Level:
    """A content behind its cue with the rest of the sentence, if that goes on behind a dash or a comma with
    words in quotation marks that nobody else is said to say, or gives a reason behind such words."""
    last = level.content[-1]
    if not level.source or not level.cue or level.cue[-1].end > level.start:
        return level
    reason = _REASON.match(text, last.end) and text[last.end - 1] in '”"’' and _clausal(text, last, quotes)
    if not reason and not _TAIL.match(text, last.end):
        return level
    block = block_at(readable, last.start)
    whole = sentences(text, block.span) if block is not None else []
    end = next((s.end for s in whole if s.start <= last.start < s.end), last.end)
    tail = Span(last.end, end)
    if _OBJECT.match(text, *tail):
        return level
    quoted = [q for q in quotes if tail.start <= q.span.start and q.span.end <= tail.end]
    mixed = any(last.start <= q.span.start and q.span.end <= last.end for q in quotes)
    others = any(meets(lv, tail) for lv in found if lv is not level)
    if (reason or quoted) and mixed and not others and not has_saying(text, tail, quotes):
        level.content = (*level.content[:-1], Span(last.start, trimmed(text, *tail, " .,;:").end))
    return level


def _clausal(text: str, content: Span, quotes: Sequence[Quotation]) -> bool:
    """Whether a content has a verb of its own outside quotation marks ("he felt “sick”", not "it “sick”")."""
    outside = (m for m in WORD.finditer(text, *content) if not inside(Span(*m.span()), quotes))
    return any(is_finite(m.group().casefold()) for m in outside)


def whole_quotes(level: Level, quotes: Sequence[Quotation]) -> Level:
    """A content that holds most of a quotation, or its start, holds it to its end in later paragraphs too."""
    groups = {
        q.group
        for q in quotes
        if level.covers(q.span) * 2 > q.span.end - q.span.start
        or (level.covers(q.span) > 3 and q.span.start >= level.start - 2)
    }
    added = [
        q.span
        for q in quotes
        if q.group in groups and not level.covers(q.span) * 10 >= 9 * (q.span.end - q.span.start)
    ]
    if added:
        level.content = joined([*level.content, *added])
    return level
