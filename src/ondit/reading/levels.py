"""The levels of attribution of a report, under construction, and what their cues say.

A `Level` is an attribution before it has a record: spans and the level in whose content it lies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ondit.reading.mentions import phrase
from ondit.reading.quotes import inside
from ondit.records import Block, CueKind, Method, Quotation, QuoteType, Span, Spans
from ondit.text.lexicon import table
from ondit.text.offsets import words_at
from ondit.text.sentences import WORD

READ = frozenset({"headline", "paragraph", "blockquote", "list", "caption"})
"""The kinds of block that hold statements."""


class Relation(Protocol):
    """What the tagger and the linker find in one text."""

    @property
    def source(self) -> Spans: ...
    @property
    def cue(self) -> Spans: ...
    @property
    def content(self) -> Spans: ...
    @property
    def confidence(self) -> float: ...


Finder = Callable[[Sequence[str]], Sequence[Sequence[Relation]]]


@dataclass(slots=True, eq=False)
class Level:
    """An attribution under construction. `parent` is the level in whose content it lies."""

    source: Spans
    cue: Spans
    content: Spans
    method: Method = "tagger"
    confidence: float = 1.0
    parent: Level | None = None
    cue_kind: CueKind = "speech"
    holds: bool = True
    """False for a level that only passes on what its own children say."""

    @property
    def start(self) -> int:
        """Where its content begins."""
        return self.content[0].start

    def covers(self, span: Span) -> int:
        """How many characters of `span` its content holds."""
        return sum(max(0, min(c.end, span.end) - max(c.start, span.start)) for c in self.content)


def joined(spans: Iterable[Span]) -> Spans:
    """`spans` in order, overlapping and touching ones made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end + 1:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        elif span.end > span.start:
            out.append(span)
    return tuple(out)


def shares(a: Spans, b: Spans) -> bool:
    """Whether some span of `a` and one of `b` have a character in common."""
    return any(x.start < y.end and y.start < x.end for x in a for y in b)


def meets(level: Level, span: Span) -> bool:
    return shares((*level.content, *level.source, *level.cue), (span,))


def block_at(readable: Sequence[Block], at: int) -> Block | None:
    """The block in which the character at `at` stands."""
    return next((b for b in readable if b.span.start <= at < b.span.end), None)


def cue(text: str, level: Level) -> str:
    return words_at(text, level.cue)


def cue_words(text: str, level: Level) -> list[str]:
    """The folded words of a level's cue, in order."""
    return [w.casefold() for c in level.cue for w in WORD.findall(text, *c)]


def cue_features(text: str, level: Level) -> tuple[str, str, str]:
    """Kind, stance, certainty of a level's cue by data/en/cues.tsv; speech, affirm, certain if unlisted."""
    words = cue_words(text, level)
    listed = [table("cues")[w] for w in words if w in table("cues")]
    if any(_EARLIER.match(text, s.start, s.end) for s in level.source):
        return ("document", "deny", "certain")
    taken_back = any(_TAKES_BACK.search(text, c.start, c.end) for c in level.cue)
    if taken_back or _called_false(text, level, words) or _FALSE_TALK.match(text, level.start):
        return ("speech", "deny", "certain")
    if not listed:
        return ("speech", "affirm", "certain")
    denial = next((f for f in listed if f[1] == "deny"), None)
    kind, stance, certainty = denial or listed[0]
    if not _withheld(text, level):
        return (kind, stance, certainty)
    if _LEAVES_OPEN & set(words) or (denial and not set(words) & _CONFIRMS):
        return (kind, "affirm", "possible" if denial is None or certainty == "certain" else "certain")
    return ("thought", "deny", "probable") if kind == "thought" else (kind, "question", "unknown")


_EARLIER = re.compile(
    r"(?:(?:an?|our|the)\s)?(?:earlier|previous|prior|original)\s(?:\w+\s)?"
    r"(?:version|headline|article|story|report|caption|update|post|item)s?\b(?!\s(?:by|in|from)\b)",
    re.IGNORECASE,
)
"""What a correction calls the words that it takes back."""
_TAKES_BACK = re.compile(r"\b(?:withdr[ae]w\w*|disown\w*|t(?:akes?|ook|aken|aking)\sback)\b", re.IGNORECASE)
_LEAVES_OPEN = {"rule", "ruled", "exclude", "excluded"}
_CONFIRMS = {"confirm", "confirmed", "say"}
_CALLS = {"call", "calls", "called", "calling", "describe", "describes", "described", "branded", "dubbed"}
_NOT_SO = (
    r"(?:false|untrue|fake|fabricat\w+|lies?|nonsense|baseless|unfounded|groundless|inventions?|fantas\w+|hoax|rubbish"
    r"|fiction|wrong|absurd|ridiculous|slander|impossible)\b"
)
_FALSE = re.compile(
    rf"[”\"’']?,?\s*(?:as\s+)?(?:[“\"‘']\s*)?(?:\w+ly\s)?(?:a\s|an\s)?(?:\w+\s)?{_NOT_SO}", re.IGNORECASE
)
_FALSE_AT_LAST = re.compile(rf".+\w\s{_NOT_SO}\W*", re.IGNORECASE | re.DOTALL)


_TALK = r"(?:rumou?rs?|reports?|claims?|allegations?|suggestions?|accusations?|stor(?:y|ies))\b"
_FALSE_TALK = re.compile(
    rf"[“\"‘']?(?:the\s)?(?:\w+ly\s)?(?:made-up|fabricated|false|fake|bogus|baseless|unfounded)[”\"’']?\s{_TALK}",
    re.IGNORECASE,
)
"""A content that its own words call false ("slams 'made-up' rumours")."""


def _called_false(text: str, level: Level, words: Sequence[str]) -> bool:
    """Whether a content is called false ("called reports that it sank false")."""
    if not _CALLS.intersection(words):
        return False
    after = max(level.cue[-1].end, level.content[-1].end)
    inside = any(_FALSE.fullmatch(text, c.start, c.end) for c in level.cue)
    last = level.content[-1]
    return inside or any((_FALSE.match(text, after), _FALSE_AT_LAST.fullmatch(text, last.start, last.end)))


_WITHHELD = re.compile(
    r"\b(?:not|never|cannot|neither|refus(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|unable|fail(?:s|ed)?|yet to)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)


def _withheld(text: str, level: Level) -> bool:
    """Whether the cue tells that something is not said ("did not say", "could not confirm")."""
    if not level.cue:
        return False
    start, end = level.cue[0].start, level.cue[-1].end
    edge = max((s.end for s in level.source if s.end <= start), default=start)
    edge = max(edge, text.rfind(",", edge, start) + 1)  # what stands between commas is of the source
    return _WITHHELD.search(text, edge if start - edge < 30 else start, end) is not None


_PASSED_ON = re.compile(
    r"(?:is|was|has been|had been|[’']s)\s(?:\w+ly\s|also\s|being\s|now\s)?"
    r"(?:said|understood|believed|thought|rumou?red|whispered|claimed|alleged|reported|told|feared|known)\b"
)
_HEARS = re.compile(
    r"(?:(?:\w+\s)?(?:am|are|was|were|been|[’'](?:m|re|ve been))\s(?:\w+\s)?"
    r"(?:told|informed|assured|given to understand|hearing)"
    r"|(?:\w+\s)?(?:hears?|gathers?|understands?)|(?:ha(?:s|ve)\s)?come to understand)\b"
    r"(?!.*\b(?:by|from)\b)",
    re.IGNORECASE,
)


_GIVER = re.compile(r"\s?(?:by|from)\s")


def nobodys(text: str, level: Level) -> bool:
    """Whether "it" is said, and nobody says it ("it is said that", "it was widely believed")."""
    said = len(level.source) == 1 and text[slice(*level.source[0])].casefold() == "it"
    return said and _PASSED_ON.match(cue(text, level)) is not None


def only_hears(text: str, level: Level) -> bool:
    """Whether its source tells what it hears, not from whom ("we are told", "the Tide understands")."""
    ends = (*(c.start for c in level.content), *(c.end for c in level.cue))
    given = any(_GIVER.match(text, at) for at in ends)
    return not given and _HEARS.match(cue(text, level)) is not None


def cue_kind(text: str, level: Level) -> CueKind:
    """Hearsay where nobody is named, document where a document speaks, else the kind of its cue."""
    kind = cue_features(text, level)[0]
    if nobodys(text, level):
        return "hearsay"
    if level.source and phrase(text, level.source[0]).form == "document":
        return "document"
    if not level.source and level.method == "tagger":
        return "hearsay"
    return kind if kind in {"speech", "thought", "document", "hearsay"} else "speech"  # type: ignore[return-value]


def quote_type(content: Spans, quotes: Sequence[Quotation], text: str) -> QuoteType:
    """direct where every word of `content` is between quotation marks, indirect where none is, else mixed."""
    words = [Span(m.start(), m.end()) for c in content for m in WORD.finditer(text, *c)]
    quoted = sum(1 for w in words if inside(w, quotes))
    return "direct" if words and quoted == len(words) else "mixed" if quoted else "indirect"
