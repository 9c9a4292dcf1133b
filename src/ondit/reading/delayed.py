"""Clauses that a sentence gives to somebody behind them: "They had begged for months, she told her staff".

The tagger sometimes takes a part of such a clause for all of it, or passes over the clause. In: the relations
found in a report. Out: the same, with every such clause in the content of who says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ondit.reading.levels import Level, shares
from ondit.reading.patterns import somebody
from ondit.reading.quotes import inside
from ondit.records import Block, Quotation, Span
from ondit.text.lexicon import alternatives, table, words_of
from ondit.text.nouns import classify
from ondit.text.offsets import trimmed
from ondit.text.sentences import CLOCK, WORD, is_finite, sentences

_ADDRESSED = r"(?P<after>\s(?!(?:that|from)\b)[^\s,;:“”\"][^,;:“”\"]{0,58})?"
_CONFIDENCE = 0.6
_LEAST = 3
"""Words of a clause."""
_ARTICLES = {
    "the", "a", "an", "its", "his", "her", "their", "our", "both", "one", "two", "three", "four", "five",
    "six", "several", "some", "many",
}  # fmt: skip
_ORDINALS = {"first", "second", "third", "last", "next"}


@cache
def _form() -> re.Pattern[str]:
    """ "What, who said", "what, who told somebody", up to the end of a sentence."""
    listed = (word for word, (kind, *_) in table("cues").items() if kind in {"speech", "thought", "document"})
    verbs = alternatives({*listed, *words_of("saying")})
    return re.compile(
        rf"^(?:[•+*\-–]\s+)?(?:{CLOCK}\s+)?(?P<content>.{{8,}}?[\w)”\"’%]),\s"
        r"(?P<who>(?!(?:and|but|or|which|who|that|as|when|while|where|if|because|after|before)\s)"
        r"[^\s,;:“”\"][^,;:“”\"]{0,88}?)\s"
        rf"(?P<cue>(?:has |have |had |also )?(?:{verbs})){_ADDRESSED}[.!]?\s*$"
    )


def completed(
    text: str, readable: Sequence[Block], quotes: Sequence[Quotation], found: Sequence[Level]
) -> list[Level]:
    """`found` with the clauses that are said by who stands behind them; what lies inside one is left to be
    found again there."""
    out = list(found)
    for block in readable:
        for sentence in sentences(text, block.span) if block.kind != "headline" else ():
            if (whole := delayed(text, sentence, quotes)) is not None:
                _give(whole, sentence, quotes, out)
    return out


def delayed(text: str, sentence: Span, quotes: Sequence[Quotation] = ()) -> Level | None:
    """The relation that the form of `sentence` shows, its clause with a finite verb."""
    match = _form().match(text[sentence.start : sentence.end])
    if match is None:
        return None
    who, cue, content = (
        Span(sentence.start + match.start(group), sentence.start + match.end(group))
        for group in ("who", "cue", "content")
    )
    words = WORD.findall(text, *content)
    stated = len(words) >= _LEAST and any(is_finite(w.casefold()) for w in words)
    further = any(is_finite(w.casefold()) for w in WORD.findall(match.group("after") or ""))
    if not stated or further or inside(cue, quotes) or not _subject(text, who):
        return None
    return Level((who,), (cue,), (trimmed(text, *content, " ,;:"),), confidence=_CONFIDENCE)


def _subject(text: str, who: Span) -> bool:
    """Whether a stretch is somebody, not the end of something else that begins or ends by a small word."""
    words = [w.casefold() for w in WORD.findall(text, *who)]
    if not words:
        return False
    begins = words[0] in _ARTICLES | table("pronouns").keys() or classify(words[0])
    ends = words[-1] in table("pronouns") or words[-1] not in words_of("stopwords") | _ORDINALS
    return (
        bool(begins or words[0] not in words_of("openers"))
        and ends
        and not words[-1].endswith(("'s", "’s"))
        and somebody(text, who)
    )


def _give(whole: Level, sentence: Span, quotes: Sequence[Quotation], found: list[Level]) -> None:
    """Put the relation `whole` of a sentence into `found`, where nobody is said to say its clause yet."""
    clause, cue = whole.content[0], whole.cue[0]
    if any(2 * lv.covers(clause) > clause.end - clause.start for lv in found):
        return
    mine = next((lv for lv in found if shares(lv.cue, (cue,))), None)
    if mine is not None and any(cue.end <= c.start < sentence.end for c in mine.content):
        return
    if mine is not None:
        found.remove(mine)
        quoted = (c for c in mine.content if inside(c, quotes))
        whole.content = tuple(sorted({clause, *(c for c in quoted if not shares((c,), (clause,)))}))
        whole.confidence = max(whole.confidence, mine.confidence)
    found[:] = [lv for lv in found if not _lies_in(lv, clause)]
    found.append(whole)


def _lies_in(level: Level, clause: Span) -> bool:
    return all(
        clause.start <= s.start and s.end <= clause.end for s in (*level.source, *level.cue, *level.content)
    )
