"""What a report states, clause by clause: who holds it, through whom, with what stance and certainty.

In: a document, its attribution levels with the figures behind them. Out: `Statement`s. Every readable
sentence is divided among the innermost attribution that covers it and the outlet's own voice; the words
that attribute (source, cue) state nothing themselves. Stance here is what the words do (affirm, deny,
ask); which side of a claim that is, is decided when claims are aligned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ondit.reading.attributing import puts
from ondit.reading.contrasts import contrast
from ondit.reading.figures import Figure, names_nobody
from ondit.reading.levels import READ, Level, cue_features, cue_words, meets, only_hears, quote_type
from ondit.reading.linking import Cast
from ondit.reading.stances import is_hearsay, said, stance_of, turned, weakest
from ondit.records import (
    UNKNOWN,
    Block,
    Certainty,
    Document,
    Holder,
    Quotation,
    Span,
    Spans,
    Stance,
    Statement,
    content_id,
)
from ondit.text.offsets import trimmed, words_at
from ondit.text.scope import certainty_of
from ondit.text.sentences import CLOCK, WORD, clauses, headline_clauses, is_verb, sentences

_FIRSTHAND = re.compile(
    r"\b(?:I|we|our\s+(?:[\w’'-]+\s+){0,3}(?:team|crew)"
    r"|(?:our|this|[Aa]n?|[Tt]he)\s+(?:[\w’'-]+\s+){0,3}(?:reporter|correspondent|photographer))\b"
    r"[^.;]{0,60}?"
    r"\b(?:saw|heard(?!\s+(?:from|that))|watched|counted|walked|witnessed|visited|stood|got as far"
    r"|was with|were with|obtained)\b"
    r"|\bseen by\s+(?:the\s+)?(?:[A-Z]\w+|us\b|this)"
    r"|\b(?:I|we) (?:was|were) (?:there|standing|with them)\b"
)
_SEES = frozenset({"saw", "sees", "counted", "counts", "watched", "heard", "found", "witnessed", "noticed"})
_CONDITION = re.compile(r"\W*(?:if|unless)\s[^,;]*,\s*", re.IGNORECASE)
_THERE = re.compile(
    r"(?:there|here|behind|beside|inside|outside|under|above|below|around|beyond|next to|near|in front of"
    r"|from there)\b",
    re.IGNORECASE,
)
_AROUND = {"block", "credit"}
"""The methods of levels that lie around whole paragraphs, in which not every word is said."""
_SUBORDINATE = {"who", "which", "when", "speaking", "as"}
_EDGES = " \t\n,;:–—-“”\"‘’'«»()[]•●+*>|"


@dataclass(frozen=True, slots=True)
class _Heard:
    """What is known of a report when its statements are made; `figures` and `ids` by `id(level)`."""

    document: Document
    figures: Mapping[int, Figure | None]
    cast: Cast
    quotes: Sequence[Quotation]
    ids: Mapping[int, str]


def statements(
    document: Document,
    levels: Sequence[Level],
    figures: Mapping[int, Figure | None],
    cast: Cast,
    quotes: Sequence[Quotation],
    ids: Mapping[int, str],
) -> tuple[Statement, ...]:
    """The statements of `document` in text order.

    `figures` and `ids` give, by `id(level)`, the figure behind a level and its attribution's id.
    """
    heard = _Heard(document, figures, cast, quotes, ids)
    out: list[Statement] = []
    for block in document.blocks:
        if block.kind not in READ:
            continue
        for sentence in sentences(document.text, block.span):
            for span, level in _runs(document.text, sentence, levels, block.kind == "headline"):
                for clause in _clauses(document.text, span, level, headline=block.kind == "headline"):
                    out += _stated(heard, block, sentence, clause, level)
    return tuple({s.id: s for s in reversed(out)}.values())[::-1]


# ---------------------------------------------------------------- dividing


def _runs(
    text: str, sentence: Span, levels: Sequence[Level], headline: bool
) -> Iterator[tuple[Span, Level | None]]:
    """The stretches of a sentence with the innermost level that holds each, attributing words left out."""
    near = [lv for lv in levels if meets(lv, sentence)]
    owner: list[Level | None] = [None] * (sentence.end - sentence.start)
    framed = bytearray(len(owner))
    for lv in sorted(
        (lv for lv in near if lv.holds), key=lambda lv: -sum(c.end - c.start for c in lv.content)
    ):
        for c in lv.content:
            for at in range(max(c.start, sentence.start), min(c.end, sentence.end)):
                owner[at - sentence.start] = lv
                framed[at - sentence.start] = 0
        for s in (*lv.source, *lv.cue):
            if not lv.covers(s):
                part_of_it = s in lv.cue and s.end + 1 == lv.start and puts(text, lv)
                for at in range(max(s.start, sentence.start), min(s.end + part_of_it, sentence.end)):
                    framed[at - sentence.start] = not part_of_it
                    if part_of_it:
                        owner[at - sentence.start] = lv
    attributed = any(lv.holds and lv.method not in _AROUND for lv in near)
    start = 0
    while start < len(owner):
        end = start
        while end < len(owner) and owner[end] is owner[start] and framed[end] == framed[start]:
            end += 1
        if not framed[start]:
            span = _stripped(text, Span(sentence.start + start, sentence.start + end))
            if _worth(text, span, owner[start], near, attributed, headline):
                yield span, owner[start]
                yield from ((span, lv) for lv in near if _denies(text, lv, owner[start], span))
        start = end


def _denies(text: str, level: Level, owner: Level | None, span: Span) -> bool:
    """Whether `level` denies what `owner`, whom it does not pass on, says in `span` ("denied Y's claim")."""
    if owner is None or level is owner or not level.holds or level.covers(span) < span.end - span.start:
        return False
    return level not in _path(owner) and cue_features(text, level)[1] == "deny"


_LEAD = re.compile(
    rf"(?:{CLOCK}|(?:is|was|are|were)\s+that|that"
    r"|as\s+(?:having\s+)?(?:said|saying|writing|claiming)(?:\s+that)?"
    r"|and(?:\s+that)?|but(?:\s+that)?|which|who|because|while|whereas|although|though|where|when)\s+(?=\S+\s+\S)",
    re.IGNORECASE,
)


def _stripped(text: str, span: Span) -> Span:
    """`span` without the punctuation and the linking words at its ends."""
    start, end = span
    lead = _LEAD.match(text, start, end)
    while lead is not None:
        start = lead.end()
        lead = _LEAD.match(text, start, end)
    return trimmed(text, start, end, _EDGES)


def _worth(
    text: str, span: Span, level: Level | None, near: Sequence[Level], attributed: bool, headline: bool
) -> bool:
    """Whether a stretch can state something: a whole content always, left-over words with a finite verb."""
    words = [w.casefold() for w in WORD.findall(text, *span)]
    if not words:
        return False
    children = attributed
    if level is not None:
        children = any(lv.holds and lv is not level and level in _path(lv) for lv in near)
    if level is not None and level.method not in _AROUND and not children:
        return len(words) >= 2 or sum(len(WORD.findall(text, *c)) for c in level.content) == 1
    if headline and not children:
        return len(words) >= 2
    if children:
        return len(words) >= 5 and any(map(is_verb, words)) and words[0] not in _SUBORDINATE
    return len(words) >= 2 and (any(is_verb(w) for w in words) or len(words) >= 5)


def _clauses(text: str, span: Span, level: Level | None, *, headline: bool) -> list[Span]:
    cut = headline_clauses if headline else clauses
    parts = [_stripped(text, c) for c in cut(text, span)]
    kept = [p for p in parts if p.end > p.start] or [span]
    return [_with_frame(text, kept[0], level)] if len(kept) == 1 else kept


def _with_frame(text: str, clause: Span, level: Level | None) -> Span:
    """A content of at most three words with those that attribute it ("police suspect arson")."""
    if level is None or not level.cue or not level.source or len(WORD.findall(text, *clause)) > 3:
        return clause
    told = level.source[0]
    shared = told.end <= clause.start  # a cue before both is another's: "A spoke of nine and B of ten"
    parts = [clause, *level.source, *(c for c in level.cue if not (shared and c.end + 1 < told.start))]
    whole = Span(min(p.start for p in parts), max(p.end for p in parts))
    short = len(WORD.findall(text, *whole)) <= 12 and "\n" not in text[whole.start : whole.end]
    return whole if short else clause


# ----------------------------------------------------------------- stating


def _stated(
    heard: _Heard, block: Block, sentence: Span, clause: Span, level: Level | None
) -> Iterator[Statement]:
    """What a clause states: one thing, or what it affirms and what it denies by correcting it."""
    text = heard.document.text
    found = None if _asked(text, clause, sentence) else contrast(text, clause)
    if found is None or said(words_at(text, found.affirmed))[0] != "affirm":
        yield _statement(heard, block, sentence, (clause,), level)
        return
    yield _statement(heard, block, sentence, found.affirmed, level)
    yield _statement(heard, block, sentence, found.denied, level, corrected=True)


def _statement(
    heard: _Heard, block: Block, sentence: Span, spans: Spans, level: Level | None, *, corrected: bool = False
) -> Statement:
    """`corrected`: the clause says of these words that they are wrong."""
    document, text = heard.document, heard.document.text
    clause = Span(spans[0].start, spans[-1].end)
    words = words_at(text, spans)
    denied = level is not None and cue_features(text, level)[1] == "deny"
    hangs = _CONDITION.fullmatch(text, sentence.start, clause.start) is not None
    bare = " ".join(_unframed(text, span, level) for span in spans)
    taken = said(bare, asked=_asked(text, clause, sentence), denied=denied, hangs=hangs)
    if corrected and taken[0] == "affirm":
        taken = "deny", taken[1]
    holders = _holders(heard, level, taken)
    stance, certainty = _ends_up(heard, level, taken, holders)
    unnamed = bool(holders) and holders[0].agent == UNKNOWN
    if unnamed or is_hearsay(words, denied=stance == "deny"):
        holders = holders if unnamed else [Holder(UNKNOWN, None, stance, "unknown", clause), *holders]
        certainty = "unknown"
    publisher = heard.cast.agent(heard.cast.publisher)
    own = Holder(publisher, None, stance, certainty)
    path = (*(h for h in holders if h.agent != publisher), own)
    kind = quote_type(spans, heard.quotes, text) if len(path) > 1 else "none"
    saw = level is not None and _SEES.intersection(cue_words(text, level)) and _by_staff(heard, level)
    firsthand = len(path) == 1 and (bool(saw) or _firsthand(text, block.span, sentence))
    chain = tuple(h.agent for h in path)
    edges = (at for span in spans for at in span)
    ident = content_id("stm", document.id, *edges, *chain)
    return Statement(ident, document.id, spans, chain, kind, stance, certainty, firsthand, path)


def _by_staff(heard: _Heard, level: Level) -> bool:
    """Whether the source of a level is a reporter of the outlet."""
    return any(source.start in heard.cast.witnessed for source in level.source)


def _asked(text: str, clause: Span, sentence: Span) -> bool:
    behind = text[clause.end : sentence.end].strip("”\"’' )")
    return text.endswith("?", clause.start, clause.end) or behind.endswith("?")


def _unframed(text: str, clause: Span, level: Level | None) -> str:
    """The words of a clause without those that attribute it."""
    out = text[clause.start : clause.end]
    for s in (*level.source, *level.cue) if level is not None else ():
        if clause.start <= s.start and s.end <= clause.end:
            at, end = s.start - clause.start, s.end - clause.start
            out = out[:at] + " " * (end - at) + out[end:]
    return out.strip()


def _holders(heard: _Heard, level: Level | None, taken: tuple[Stance, Certainty]) -> list[Holder]:
    """Who holds what `level` covers and how, from the innermost level out; nobody but by hearsay is left out.

    Each takes it as the one before has it, turned or weakened by its own cue; `taken` is what the words do.
    """
    stance, certainty = taken
    holders: list[Holder] = []
    for number, lv in enumerate(_path(level)):
        _, turn, sure = cue_features(heard.document.text, lv)
        stance, certainty = turned(stance, stance_of(turn)), weakest(certainty, certainty_of(sure))
        figure = heard.figures.get(id(lv))
        vague = figure is None or figure.vague
        vague = vague or (figure is heard.cast.publisher and only_hears(heard.document.text, lv))
        agent = UNKNOWN if figure is None or vague else heard.cast.agent(figure)
        if vague and (number or not (figure or _from_nobody(heard.document.text, lv))):
            continue
        if holders and holders[-1].agent == agent:
            continue
        shown = next(iter((*lv.cue, *lv.source)), None)
        holders.append(Holder(agent, heard.ids[id(lv)], stance, certainty, shown))
    return holders


def _ends_up(
    heard: _Heard, level: Level | None, taken: tuple[Stance, Certainty], holders: Sequence[Holder]
) -> tuple[Stance, Certainty]:
    """How the report ends up taking what `taken` does: as the innermost level does, unless an outer one
    denies it. An outer one who believes that somebody said it makes it no less certain, and a denial is
    somebody's, unless a text takes itself back."""
    stance, certainty = taken
    held = {holder.attribution for holder in holders}
    for number, lv in enumerate(_path(level)):
        kind, turn, sure = cue_features(heard.document.text, lv)
        counts = kind == "document" or heard.ids[id(lv)] in held if turn == "deny" else number == 0
        if counts:
            stance, certainty = turned(stance, stance_of(turn)), weakest(certainty, certainty_of(sure))
    return stance, certainty


def _from_nobody(text: str, level: Level) -> bool:
    """Whether a level is hearsay ("it is said", "sources said"); "she said" of we know not whom is not."""
    source = words_at(text, level.source)
    return level.cue_kind == "hearsay" or names_nobody(source)


def _firsthand(text: str, block: Span, sentence: Span) -> bool:
    """Whether a sentence tells what a reporter of the outlet saw, or where he stood the sentence before."""
    if _FIRSTHAND.search(text[sentence.start : sentence.end]):
        return True
    if not _THERE.match(text, sentence.start, sentence.end):
        return False
    before = max(block.start, text.rfind(". ", block.start, max(block.start, sentence.start - 2)) + 1)
    return _FIRSTHAND.search(text[before : sentence.start]) is not None


def _path(level: Level | None) -> Iterator[Level]:
    seen: set[int] = set()
    while level is not None and id(level) not in seen:
        seen.add(id(level))
        yield level
        level = level.parent
