"""Levels inside levels: the tagger again on every content, as if it were a sentence, to any depth.

A quotation is read without its marks, for the tagger takes what stands in marks as somebody's words and looks
for no other speaker in it. The parts of a content that its own attribution divides are read as one.
Where somebody tells what they themselves think, the words are looked into and make no level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ondit.reading.attributing import is_act, says
from ondit.reading.levels import Finder, Level, Relation, cue, cue_features, cue_kind, cue_words
from ondit.reading.mentions import phrase
from ondit.records import Quotation, Span, Spans
from ondit.text.lexicon import words_of
from ondit.text.offsets import trimmed
from ondit.text.sentences import WORD, is_finite, sentences

_DEPTH = 5
_LEAST = 0.4
_LEAD = re.compile(r"\s*(?:(?:[\"“”‘’']\s*)?(?:that|whether|if)(?:,\s*|\s+))?", re.IGNORECASE)
_OPENS = re.compile(r"[>\s]*(?P<mark>''|``|[\"“«])")
_CLOSES = re.compile(r"(?P<mark>''|[\"”»]|(?<=[.,!?])['’])[\s.,;:!?]*$")
_SINGLE = re.compile(r"[>\s]*(?P<open>[‘'])(?=\w).*(?<=[\w.,!?…])(?P<close>['’])[\s.,;:!?]*$", re.DOTALL)
_DOUBLE = re.compile(r"''|``|[\"“”«»]")
_MARK = re.compile(r"''|``|[\"“”«»]|(?<!\w)[‘'](?=\w)|(?<=[\w.,!?…])[’'](?!\w)")
_CLAUSE = re.compile(r"that\s|(?:[“\"‘«']|``|'')\s?[A-Z]|(?:I|we|he|she|it|they)['’\s]")
_CLAIM = re.compile(
    r"(?:(?:the|a|an)\s)?(?:claim|account|version|statement|report|allegation|assertion|suggestion|accusation|charge"
    r"|view|estimate|figure|story|denial|announcement)s?(?:\s(?:by|of|from|in))?",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?<=\w)(?:['’]s|(?<=s)['’])$")
_NEVER = {"you", "that", "which"}
_OWN = {"i", "we"}
_REPORTED = re.compile(r"(?:(?:has|have|had)\s)?report(?:s|ed)?", re.IGNORECASE)
_RELATIVE = re.compile(r"\s(?:that|which|who|whose)\s")
_PERCEIVED = {"hear", "heard", "learn", "learned", "learnt", "saw", "seen", "noticed"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a content that is read as a sentence; `gaps` are the words in it that are not content."""

    level: Level
    span: Span
    gaps: Spans = ()


def nested(text: str, outer: list[Level], find: Finder, quotes: Sequence[Quotation] = ()) -> list[Level]:
    """Run `find` inside every content, and inside what it finds there, until nothing new comes."""
    out = list(outer)
    front = [piece for lv in outer if lv.holds for piece in _pieces(text, lv, lv.content)]
    for _ in range(_DEPTH):
        found, bare = _look(text, front, find, quotes)
        again = [piece for piece in bare if _MARK.search(text, *piece.span)]
        unmarked, _ = _look(text, again, find, quotes, blank=_MARK)
        front = []
        for piece, inner in [*found, *unmarked]:
            if not _own(text, piece, inner):
                inner.parent = piece.level.parent if _rebutted(text, piece.level, inner) else piece.level
                inner.source = tuple(_owner(text, s) for s in inner.source)
                inner.cue_kind = cue_kind(text, inner)
                out.append(inner)
                front += _pieces(text, inner, inner.content)
            else:
                front += _pieces(text, piece.level, inner.content)
        if not front:
            break
    return out


def _pieces(text: str, level: Level, content: Spans) -> Iterator[Piece]:
    """The sentences of more than three words in a content of `level`."""
    for whole, gaps in _undivided(text, content):
        for sentence in sentences(text, whole):
            if len(WORD.findall(text, *sentence)) > 3:
                inside = (g for g in gaps if sentence.start < g.start and g.end < sentence.end)
                yield Piece(level, sentence, tuple(inside))


def _undivided(text: str, content: Spans) -> Iterator[tuple[Span, Spans]]:
    """The parts of a content; those of one sentence as one, with what divides them."""
    whole, gaps = content[0], list[Span]()
    for part in content[1:]:
        between = text[whole.end : part.start]
        goes_on = text[part.start].islower() and text[whole.end - 1] not in ".!?" and len(between) < 120
        if goes_on and "\n" not in between and not _DOUBLE.search(between):
            gaps.append(Span(whole.end, part.start))
            whole = Span(whole.start, part.end)
        else:
            yield whole, tuple(gaps)
            whole, gaps = part, []
    yield whole, tuple(gaps)


def _look(
    text: str,
    front: Sequence[Piece],
    find: Finder,
    quotes: Sequence[Quotation],
    blank: re.Pattern[str] | None = None,
) -> tuple[list[tuple[Piece, Level]], list[Piece]]:
    """The levels that `find` gives in each piece, read without what `blank` matches, and the pieces in which
    it gives none."""
    read = [as_sentence(_plain(text, piece, blank)) for piece in front]
    found: list[tuple[Piece, Level]] = []
    bare: list[Piece] = []
    for piece, (_, lead), relations in zip(
        front, read, find([words for words, _ in read]) if read else [], strict=True
    ):
        moved = [shifted(relation, piece.span, lead, piece.gaps) for relation in relations]
        inner = [lv for lv in moved if lv is not None and _deeper(text, lv, piece, quotes)]
        found += [(piece, lv) for lv in inner]
        if not inner:
            bare.append(piece)
    return found, bare


def _plain(text: str, piece: Piece, blank: re.Pattern[str] | None) -> str:
    """The words of a piece with blanks for its gaps, for the marks around a quotation, and for `blank`."""
    words = text[piece.span.start : piece.span.end]
    for gap in piece.gaps:
        words = _blanked(words, gap.start - piece.span.start, gap.end - piece.span.start)
    return unquoted(words) if blank is None else blank.sub(lambda mark: " " * len(mark.group()), words)


def unquoted(words: str) -> str:
    """A quotation with blanks for the marks around it; those of a quotation inside it stay.

    >>> unquoted("“He said, ‘Go.’”"), unquoted("“Go,” he said, “now”")
    (' He said, ‘Go.’ ', '“Go,” he said, “now”')
    """
    first, last, single = _OPENS.match(words), _CLOSES.search(words), _SINGLE.match(words)
    marks = len(_DOUBLE.findall(words))
    if marks == 0 and single is not None:
        return _blanked(_blanked(words, 0, single.end("open")), *single.span("close"))
    if first is not None and (marks == 1 or (marks == 2 and last is not None)):
        words = _blanked(words, 0, first.end())
        return _blanked(words, *last.span("mark")) if last is not None else words
    if marks == 1 and last is not None:
        return _blanked(words, *last.span("mark"))
    return words


def _blanked(words: str, start: int, end: int) -> str:
    return words[:start] + " " * (end - start) + words[end:]


def as_sentence(words: str) -> tuple[str, int]:
    """A content as a sentence of its own, and how many characters were left out at its start."""
    lead = _LEAD.match(words)
    cut = lead.end() if lead else 0
    rest = words[cut:].rstrip(" ,;:")
    return rest[:1].upper() + rest[1:] + ("" if rest.endswith((".", "!", "?", "”", '"')) else "."), cut


def shifted(relation: Relation, piece: Span, lead: int, gaps: Spans = ()) -> Level | None:
    """A relation that was found in a piece read as a sentence, where it stands in the report."""

    def move(spans: Spans) -> Spans:
        shift = piece.start + lead
        moved = (Span(s.start + shift, min(s.end + shift, piece.end)) for s in spans)
        return tuple(part for s in moved for part in _without(s, gaps) if part.end > part.start)

    content = move(relation.content)
    if not content:
        return None
    return Level(move(relation.source), move(relation.cue), content, confidence=relation.confidence)


def _without(span: Span, gaps: Spans) -> Iterator[Span]:
    start = span.start
    for gap in gaps:
        if start <= gap.start and gap.end <= span.end:
            yield Span(start, gap.start)
            start = gap.end
    yield Span(start, span.end)


def _deeper(text: str, inner: Level, piece: Piece, quotes: Sequence[Quotation]) -> bool:
    """Whether an inner relation is a level of its own: source, cue, and a content without them."""
    clause = _clause(text, inner)
    promises = words_of("promises").intersection(cue_words(text, inner))
    if (is_act(text, inner) or promises or not says(text, inner, (), doubtful=True)) and not clause:
        return False
    size = sum(len(WORD.findall(text, *c)) for c in inner.content)
    if _REPORTED.fullmatch(cue(text, inner)) and not clause and not _stated(text, inner):
        return False
    if not inner.source or not inner.cue or size < 2 or inner.confidence < _LEAST:
        return False
    part = phrase(text, inner.source[0])
    if part.form == "pronoun" and part.head in _NEVER | {"it"}:
        return False
    begins = trimmed(text, *inner.content[0])
    return inner.content != (piece.span,) and begins.end > begins.start


def _stated(text: str, inner: Level) -> bool:
    """Whether a content holds a finite verb: "reported nausea" tells what happened, not what was said."""
    whole = text[inner.start : inner.content[-1].end]
    return any(is_finite(w.casefold()) for w in WORD.findall(_RELATIVE.split(whole)[0]))


def _rebutted(text: str, outer: Level, inner: Level) -> bool:
    """In "X denied Y's claim that" the claim of Y, which X does not pass on."""
    if cue_features(text, outer)[1] != "deny" or not inner.cue:
        return False
    between = text[inner.source[0].start : inner.cue[0].start]
    owned = re.search(r"['’]s?\s", between + " ") is not None or inner.cue[0].start < inner.source[0].start
    return owned and _CLAIM.fullmatch(text, *inner.cue[0]) is not None


def _owner(text: str, source: Span) -> Span:
    """A source without the mark of the possessive behind it."""
    mark = _POSSESSIVE.search(text[source.start : source.end])
    return Span(source.start, source.start + mark.start()) if mark else source


def _clause(text: str, inner: Level) -> bool:
    """Whether a content behind its cue is a clause with "that" or a pronoun, or a sentence in marks: then it
    is said, whatever the cue is."""
    behind = bool(inner.cue) and inner.cue[-1].end <= inner.content[0].start
    return behind and _CLAUSE.match(text, *inner.content[0]) is not None


def _own(text: str, piece: Piece, inner: Level) -> bool:
    """Whether somebody tells of their own saying, thinking or hearing ("I said", "he remembered", "in what
    they called"): no level."""
    source = inner.source[0]
    part = phrase(text, source)
    if part.head == "who":
        return source.start == piece.span.start
    if part.form != "pronoun" or part.head in _OWN:
        return part.form == "pronoun"
    told = text[max(0, source.start - 5) : source.start].casefold() == "what "
    heard = _PERCEIVED.intersection(cue_words(text, inner))
    if not (told or heard or cue_features(text, inner)[0] == "thought") or not piece.level.source:
        return False
    speaker = phrase(text, piece.level.source[0])
    several = speaker.plural or (speaker.count or 1) > 1
    if speaker.form == "pronoun":
        return speaker.head == part.head
    return several if part.head == "they" else not several
