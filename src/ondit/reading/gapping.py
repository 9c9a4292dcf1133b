"""Verbs of saying that a sentence leaves out: "A said that this was so, B that it was not".

The tagger, which looks for a cue in every relation, gives B's words to A, or takes B for the cue. Out come
two relations with the one cue.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ondit.reading.levels import Level
from ondit.reading.patterns import number_word, somebody
from ondit.records import Span
from ondit.text.sentences import WORD

_NAME = r"(?:(?:Mr|Ms|Mrs|Dr)\.?\s)?[A-Z][\w’-]+(?:\s[A-Z][\w’-]+)*"
_LINK = r"(?:and|while|but)\s"
_WITHIN = re.compile(rf",\s(?:{_LINK})?(?P<who>{_NAME})\sthat\s(?P<what>[^;]+?)(?=[.;]?$)")
_BETWEEN = re.compile(rf"(?:,\s(?:{_LINK})?|\s{_LINK})(?P<who>the\s\w+|{_NAME})\s")
_OF = re.compile(
    rf"(?:,\s(?:{_LINK})?|\s{_LINK})(?P<who>(?:[Tt]he\s)?(?:[\w’-]+\s){{0,4}}?[\w’-]+)\sof\s(?P<what>[^;,]+?)(?=[.;]?$)"
)
"""The second half of "X spoke of seven and Y of nine"."""
_SPOKE_OF = re.compile(
    r"(?:sp[eo]ak\w*|spoken?|t[ao]lk\w*|warn\w*|told|tells|complain\w*)\sof", re.IGNORECASE
)
_THAT = re.compile(r"that\s", re.IGNORECASE)


def parted(text: str, found: list[Level]) -> list[Level]:
    """What second speakers say is taken from the first ones' contents and given back as relations of their
    own; a second speaker read as the cue of such a relation becomes its source."""
    out: list[Level] = []
    for lv in found:
        if not lv.source or not lv.cue:
            continue
        first = next((other for other in found if _follows(text, other, lv)), None)
        if first is not None:
            lv.source, lv.cue = lv.cue, first.cue
            continue
        split = _between(text, lv) or _within(text, lv) or _of(text, lv)
        if split is not None:
            own, who, what = split
            lv.content = own
            out.append(Level((who,), lv.cue, what, lv.method, lv.confidence, lv.parent))
    return out


def _follows(text: str, first: Level, second: Level) -> bool:
    """Whether the cue of `second` is somebody who stands, with no verb, between what its source says in
    `first` and what he says himself."""
    if first is second or first.source != second.source or not first.cue or len(second.cue) != 1:
        return False
    between = _BETWEEN.fullmatch(text, first.content[-1].end, second.start)
    return (
        between is not None and Span(*between.span("who")) == second.cue[0] and _that(text, second.content[0])
    )


_Split = tuple[tuple[Span, ...], Span, tuple[Span, ...]]
"""What the first one says, the second one, and what he says."""


def _between(text: str, level: Level) -> _Split | None:
    """The split where the second speaker stands between two parts of the content."""
    for place, (one, two) in enumerate(pairwise(level.content), 1):
        match = _BETWEEN.fullmatch(text, one.end, two.start)
        if match is not None and _that(text, two):
            return level.content[:place], Span(*match.span("who")), level.content[place:]
    return None


def _within(text: str, level: Level) -> _Split | None:
    """The split where the second speaker stands inside a part of the content."""
    for place, part in enumerate(level.content):
        match = _WITHIN.search(text[part.start : part.end])
        if match is not None:
            who, what = (
                Span(part.start + start, part.start + end) for start, end in map(match.span, ("who", "what"))
            )
            return (*level.content[:place], Span(part.start, part.start + match.start())), who, (what,)
    return None


def _of(text: str, level: Level) -> _Split | None:
    """The split of "spoke of seven and the hospital of eleven", where both give a number."""
    if len(level.content) != 1 or not _SPOKE_OF.search(text, level.cue[-1].start, level.cue[-1].end):
        return None
    part = level.content[0]
    match = _OF.search(text[part.start : part.end])
    if match is None:
        return None
    who, what = (
        Span(part.start + start, part.start + end) for start, end in map(match.span, ("who", "what"))
    )
    own = Span(part.start, part.start + match.start())
    counted = all(any(number_word(w) for w in WORD.findall(text, *said)) for said in (own, what))
    return ((own,), who, (what,)) if counted and somebody(text, who) else None


def _that(text: str, content: Span) -> bool:
    return _THAT.match(text, content.start) is not None
