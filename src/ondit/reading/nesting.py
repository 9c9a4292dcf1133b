"""Levels inside levels: the tagger again on every content, as if it were a sentence, to any depth."""

from __future__ import annotations

import re

from ondit.reading.levels import Finder, Level, Relation, cue_kind, cue_words, is_act, says
from ondit.reading.mentions import phrase
from ondit.records import Span, Spans
from ondit.text.lexicon import words_of
from ondit.text.offsets import trimmed
from ondit.text.sentences import WORD, sentences

_DEPTH = 4


def nested(text: str, outer: list[Level], find: Finder) -> list[Level]:
    """Run `find` inside every content, and inside what it finds there, until nothing new comes."""
    out = list(outer)
    front = [lv for lv in outer if lv.holds]
    for _ in range(_DEPTH):
        pieces = [
            (lv, s)
            for lv in front
            for c in lv.content
            for s in sentences(text, c)
            if len(WORD.findall(text, *s)) > 3
        ]
        front = []
        prepared = [as_sentence(text, s) for _, s in pieces]
        for (lv, piece), (_, lead), found in zip(
            pieces, prepared, find([p for p, _ in prepared]) if pieces else [], strict=True
        ):
            for relation in found:
                inner = shifted(relation, piece, lead)
                if inner is not None and _deeper(text, lv, inner, piece):
                    inner.parent = lv
                    inner.cue_kind = cue_kind(text, inner)
                    front.append(inner)
        out += front
        if not front:
            break
    return out


def as_sentence(text: str, span: Span) -> tuple[str, int]:
    """A content as a sentence of its own, and how many characters were left out at its start."""
    words = text[span.start : span.end]
    lead = re.match(r"(?:[\"“”‘’']\s*)?(?:that|whether|if)\s+", words, re.IGNORECASE)
    cut = lead.end() if lead else 0
    rest = words[cut:].rstrip(" ,;:")
    return rest[:1].upper() + rest[1:] + ("" if rest.endswith((".", "!", "?", "”", '"')) else "."), cut


def shifted(relation: Relation, piece: Span, lead: int) -> Level | None:
    def move(spans: Spans) -> Spans:
        shift = piece.start + lead
        moved = (Span(s.start + shift, min(s.end + shift, piece.end)) for s in spans)
        return tuple(s for s in moved if s.end > s.start)

    content = move(relation.content)
    return (
        Level(move(relation.source), move(relation.cue), content, confidence=relation.confidence)
        if content
        else None
    )


def _deeper(text: str, outer: Level, inner: Level, piece: Span) -> bool:
    """Whether an inner relation is a level of its own: source, cue, and a content without them."""
    promises = words_of("promises").intersection(cue_words(text, inner))
    if is_act(text, inner) or not says(text, inner, ()) or promises:
        return False
    size = sum(len(WORD.findall(text, *c)) for c in inner.content)
    if not inner.source or not inner.cue or size < 2 or inner.confidence < 0.4:
        return False
    part = phrase(text, inner.source[0])
    if part.form == "pronoun" and part.head in {"i", "we", "you", "it", "that", "which"}:
        return False
    begins = trimmed(text, *inner.content[0])
    return inner.content != (piece,) and begins.end > begins.start
