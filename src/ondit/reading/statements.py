"""What a report states, clause by clause: who holds it, through whom, with what stance and certainty.

In: a document, its attribution levels with the figures behind them. Out: `Statement`s. Every readable
sentence is divided among the innermost attribution that covers it and the outlet's own voice; the words
that attribute (source, cue) state nothing themselves. Stance here is what the words do (affirm, deny,
ask); which side of a claim that is, is decided when claims are aligned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ondit.reading.figures import Figure
from ondit.reading.levels import READ, Level, cue_features, quote_type
from ondit.reading.linking import Cast
from ondit.records import (
    UNKNOWN,
    Block,
    Certainty,
    Document,
    Holder,
    Quotation,
    Span,
    Stance,
    Statement,
    content_id,
)
from ondit.text.lexicon import table, words_of
from ondit.text.sentences import WORD, clauses, is_finite, is_verb, sentences

_ORDER: tuple[Certainty, ...] = ("certain", "probable", "possible", "unknown")
_NEGATION = re.compile(
    r"\b(?:not|never|no|nobody|nothing|none|neither|nor|cannot|without|no-one)\b|n['’]t\b", re.IGNORECASE
)
_NOT_NEGATION = re.compile(
    r"\b(?:not only|no doubt|not least|no matter|nothing but|no fewer|no less|no more than|whether or not|not yet known)\b",
    re.IGNORECASE,
)
_RULES_OUT = re.compile(
    r"\b(?:not|n['’]t|cannot be|could not be)\s+(?:\w+\s+){0,2}(?:rule[d]? out|exclude[d]?)", re.IGNORECASE
)
_FIRSTHAND = re.compile(
    r"\b(?:I|we|(?:our|this|a|an|the)\s+(?:[\w’'-]+\s+){0,3}(?:reporter|correspondent|photographer|team|crew))\b[^.;]{0,60}?"
    r"\b(?:saw|heard(?!\s+(?:from|that))|watched|counted|walked|witnessed|visited|stood|got as far|was with|were with|obtained)\b"
    r"|\bseen by\s+(?:the\s+)?(?:[A-Z]\w+|us\b|this)|\b(?:I|we) (?:was|were) (?:there|standing|with them)\b"
)
_EDGES = " \t\n,;:–—-“”\"‘’'«»()[]•●+*>|"


def statements(
    document: Document, levels: Sequence[Level], figures: Mapping[int, Figure | None], cast: Cast, quotes: Sequence[Quotation], ids: Mapping[int, str]
) -> tuple[Statement, ...]:  # fmt: skip
    """The statements of `document` in text order.

    `figures` and `ids` give, by `id(level)`, the figure behind a level and its attribution's id.
    """
    out: list[Statement] = []
    for block in document.blocks:
        if block.kind not in READ:
            continue
        for sentence in sentences(document.text, block.span):
            for span, level in _runs(document.text, sentence, levels, block.kind == "headline"):
                for clause in _clauses(document.text, span, level):
                    out.append(
                        _statement(document, block, sentence, clause, level, figures, cast, quotes, ids)
                    )
    return tuple({s.id: s for s in reversed(out)}.values())[::-1]


# ---------------------------------------------------------------- dividing


def _runs(
    text: str, sentence: Span, levels: Sequence[Level], headline: bool
) -> Iterator[tuple[Span, Level | None]]:
    """The stretches of a sentence with the innermost level that holds each, attributing words left out."""
    near = [lv for lv in levels if _touches(lv, sentence)]
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
                for at in range(max(s.start, sentence.start), min(s.end, sentence.end)):
                    framed[at - sentence.start] = 1
    attributed = any(lv.holds and lv.method != "block" for lv in near)
    start = 0
    while start < len(owner):
        end = start
        while end < len(owner) and owner[end] is owner[start] and framed[end] == framed[start]:
            end += 1
        if not framed[start]:
            span = _stripped(text, Span(sentence.start + start, sentence.start + end))
            if _worth(text, span, owner[start], near, attributed, headline):
                yield span, owner[start]
        start = end


def _touches(level: Level, sentence: Span) -> bool:
    return any(
        s.start < sentence.end and sentence.start < s.end for s in (*level.content, *level.source, *level.cue)
    )


_LEAD = re.compile(
    r"(?:\d{1,2}[.:]\d{2}\s?(?:[ap]\.?m\.?)?|(?:is|was|are|were)\s+that|that|as\s+(?:having\s+)?(?:said|saying|writing|claiming)(?:\s+that)?"
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
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    while start < end and text[start] in _EDGES:
        start += 1
    return Span(start, end)


def _worth(
    text: str, span: Span, level: Level | None, near: Sequence[Level], attributed: bool, headline: bool
) -> bool:
    """Whether a stretch can state something: a whole content always; left-over words only with a finite verb."""
    words = [w.casefold() for w in WORD.findall(text, *span)]
    if not words:
        return False
    children = any(lv.parent is level and lv is not level for lv in near) if level is not None else attributed
    if level is not None and level.method != "block" and not children:
        return len(words) >= 2 or sum(len(WORD.findall(text, *c)) for c in level.content) == 1
    if headline and not children:
        return len(words) >= 2
    if children:
        return (
            len(words) >= 5
            and any(is_finite(w) for w in words)
            and words[0] not in {"who", "which", "when", "speaking", "as"}
        )
    return len(words) >= 2 and (any(is_verb(w) for w in words) or len(words) >= 5)


def _clauses(text: str, span: Span, level: Level | None) -> list[Span]:
    parts = [_stripped(text, c) for c in clauses(text, span)]
    kept = [p for p in parts if p.end > p.start] or [span]
    return [_with_frame(text, kept[0], level)] if len(kept) == 1 else kept


def _with_frame(text: str, clause: Span, level: Level | None) -> Span:
    """A content of a word or three with the words that attribute it ("police suspect arson"): alone it says too little."""
    if level is None or not level.cue or not level.source or len(WORD.findall(text, *clause)) > 3:
        return clause
    parts = [clause, *level.source, *level.cue]
    whole = Span(min(p.start for p in parts), max(p.end for p in parts))
    return (
        whole
        if len(WORD.findall(text, *whole)) <= 12 and "\n" not in text[whole.start : whole.end]
        else clause
    )


# ----------------------------------------------------------------- stating


def _statement(
    document: Document, block: Block, sentence: Span, clause: Span, level: Level | None, figures: Mapping[int, Figure | None],
    cast: Cast, quotes: Sequence[Quotation], ids: Mapping[int, str],
) -> Statement:  # fmt: skip
    text = document.text
    words = text[clause.start : clause.end]
    stance, certainty = said(
        words, asked=text[clause.end : sentence.end].strip("”\"’' )").endswith("?") or words.endswith("?")
    )
    path = list(_path(level))
    holders: list[Holder] = []
    for number, lv in enumerate(path):
        figure = figures.get(id(lv))
        agent = cast.agent(figure) if figure is not None else UNKNOWN
        if agent == UNKNOWN and (number or lv.cue_kind != "hearsay"):
            continue
        _, turn, sure = cue_features(text, lv)
        evidence = lv.cue[0] if lv.cue else (lv.source[0] if lv.source else None)
        if holders and holders[-1].agent == agent:
            continue
        holders.append(Holder(agent, ids[id(lv)], _stance(turn), _certainty(sure), evidence))
        if number == 0 or turn == "deny":
            stance = _turned(stance, turn)
            certainty = weakest(certainty, _certainty(sure))
    hearsay = _hearsay(words) or (holders and holders[0].agent == UNKNOWN)
    if hearsay and not (holders and holders[0].agent == UNKNOWN):
        holders.insert(0, Holder(UNKNOWN, None, stance, "unknown", clause))
    if hearsay:
        certainty = "unknown"
    publisher = cast.agent(cast.publisher)
    holders = [h for h in holders if h.agent != publisher] + [Holder(publisher)]
    kind = quote_type((clause,), quotes, text) if len(holders) > 1 else "none"
    before = max(
        block.span.start, text.rfind(". ", block.span.start, max(block.span.start, sentence.start - 2)) + 1
    )
    firsthand = len(holders) == 1 and bool(_FIRSTHAND.search(text[before : sentence.end]))
    chain = tuple(h.agent for h in holders)
    ident = content_id("stm", document.id, *clause, *chain)
    return Statement(ident, document.id, (clause,), chain, kind, stance, certainty, firsthand, tuple(holders))


def _path(level: Level | None) -> Iterator[Level]:
    seen: set[int] = set()
    while level is not None and id(level) not in seen:
        seen.add(id(level))
        yield level
        level = level.parent


def said(words: str, *, asked: bool = False) -> tuple[Stance, Certainty]:
    """What the words of a clause do by themselves: affirm, deny or ask, and how surely.

    >>> said("It did not hold fertiliser"), said("The fire may have been lit")
    (('deny', 'certain'), ('affirm', 'possible'))
    """
    if asked:
        return "question", "unknown"
    if _RULES_OUT.search(words):
        return "affirm", "possible"
    main = re.match(r"[^,]*\w+[^,]*\s[^,]*\w", words)
    plain = _NOT_NEGATION.sub(
        " ", main.group() if main and words[main.end() : main.end() + 1] == "," else words
    )
    stance: Stance = "deny" if _NEGATION.search(plain) else "affirm"
    return stance, _hedged(words)


def _hedged(words: str) -> Certainty:
    folded = " " + " ".join(w.casefold().replace("’", "'") for w in WORD.findall(words)) + " "
    found = [f[0] for phrase, f in table("hedges").items() if f" {phrase} " in folded]
    return max((_certainty(c) for c in found), key=_ORDER.index, default="certain")


def _hearsay(words: str) -> bool:
    folded = " " + " ".join(w.casefold() for w in WORD.findall(words)) + " "
    return any(f" {phrase} " in folded for phrase in words_of("hearsay"))


def weakest(a: Certainty, b: Certainty) -> Certainty:
    """The less certain of two."""
    return max(a, b, key=_ORDER.index)


def _turned(stance: Stance, turn: str) -> Stance:
    if turn == "question":
        return "question"
    if turn == "deny" and stance != "question":
        return "deny" if stance == "affirm" else "affirm"
    return stance


def _stance(word: str) -> Stance:
    return word if word in {"affirm", "deny", "question"} else "affirm"


def _certainty(word: str) -> Certainty:
    return word if word in _ORDER else "certain"
