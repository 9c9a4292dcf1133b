"""Who speaks a quotation to which the tagger gives no source.

By the words around it, surest first: a colon before it, a name right behind it, another quotation of its
paragraph, a name before it, the paragraph before; for a headline whoever says the same words in the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ondit.reading.levels import Level, block_at, shares
from ondit.reading.mentions import names, phrase
from ondit.reading.patterns import somebody
from ondit.records import Block, Quotation, Span, Spans
from ondit.text.offsets import trimmed
from ondit.text.sentences import WORD, sentences

_LEAST = 4
_BESIDE = 60
"""Characters behind a quotation in which its own attribution would stand."""
_LEAST_AGAIN = 4
"""Words of a quotation that are enough to find it again."""

_TOLD = re.compile(
    r"(?:^|(?<=[.!?]\s))(?P<who>[A-Z][^,;:.!?“”\"]{0,60}?)\s(?:has\s|have\s)?(?:told|tells|said\sto|wrote\sto)\s[^,;:.!?“”\"]{2,60}:\s*$"
)
"""The line before a quotation that says who spoke to whom."""


def speakerless(
    text: str, readable: Sequence[Block], quotes: Sequence[Quotation], found: list[Level]
) -> list[Level]:
    added: list[Level] = []
    for quote in quotes:
        size = quote.span.end - quote.span.start
        headline = any(
            b.kind == "headline" and b.span.start <= quote.span.start < b.span.end for b in readable
        )
        if not (_speech(text, quote) or (headline and len(WORD.findall(text, *quote.span)) > 2)) or any(
            lv.covers(quote.span) * 2 > size for lv in found + added
        ):
            continue
        block = block_at(readable, quote.span.start)
        if block is None:
            continue
        speaker = _speaker(text, block, readable, quote, quotes, found + added)
        if speaker is not None:
            added.append(Level(speaker, (), (quote.span,), "quotation", 0.5))
    return added


_APPROACHED = re.compile(
    r"\b(?:I|[Ww]e)(?:['’]ve|\shave)?\s(?:then\s|also\s)?(?:rang|call|called|phoned|telephoned|ask|asked|texted|e-?mailed|met|reached"
    r"|visited|wrote\sto|spoke\sto|got\shold\sof|caught\sup\swith|put\s(?:it|this|that)\sto)\s(?P<who>[^,;:.!?“”\"]{3,60})"
)
_WROTE = re.compile(
    r"(?P<who>[^;:.!?“”\"]{3,80}?),?\s(?:(?:has|have|had)\s)?(?:sent|e-?mailed|texted|messaged|rang|rung|called|phoned|wrote|written)"
    r"\s(?:back\b|in(?=[.,:]|\s(?:to|from)\b|$)|to\s(?:me|us)\b|me\b|us\b)"
)
"""Whom an outlet went to, and who came to it: a quotation right behind is theirs."""


def answered(
    text: str, readable: Sequence[Block], quotes: Sequence[Quotation], found: Sequence[Level]
) -> list[Level]:
    """`found` with the quotations behind "I rang X." and "X has sent us a line." said by X, where nothing
    beside the quotation names another speaker."""
    out = list(found)
    for quote in quotes:
        block = block_at(readable, quote.span.start)
        if block is None or block.kind == "headline" or not _speech(text, quote):
            continue
        before = _sentence_before(text, block, readable, quote.span.start - 1)
        who = _approached(text, before) if before is not None else None
        who = who or _presented(text, block, readable, quote, out)
        if who is None:
            continue
        whole = tuple(q.span for q in quotes if q.group == quote.group)
        saying = [lv for lv in out if lv.covers(quote.span)]
        line = text.find("\n", whole[-1].end)
        near = Span(quote.span.start, min(whole[-1].end + _BESIDE, line if line >= 0 else len(text)))
        beside = any(near.start <= c.start < near.end for lv in saying for c in (*lv.cue, *lv.source))
        if beside or _GOES_ON.match(text, whole[-1].end):
            continue
        for lv in saying:
            lv.content = tuple(c for c in lv.content if not shares((c,), whole))
        out = [lv for lv in out if lv.content]
        out.append(Level((who,), (), whole, "quotation", 0.5))
    return out


_GOES_ON = re.compile(r"[\"”’'»]?\s[a-z]")
"""The sentence of a quotation that goes on behind it, perhaps with who said it."""
_HEARER_ENDS = re.compile(r"\s(?:about|at|again|on|to|for|in|over|by|who|this|last|yesterday|and)\b")


def _sentence_before(text: str, block: Block, readable: Sequence[Block], at: int) -> Span | None:
    """The sentence that ends right before `at`, in this paragraph or, at its start, in the one before."""
    ahead = text[block.span.start : at].rstrip()
    if not ahead:
        place = readable.index(block)
        previous = readable[place - 1] if place else None
        return sentences(text, previous.span)[-1] if previous and previous.kind == "paragraph" else None
    if not ahead.endswith((".", ":", "!", "?")):
        return None
    return sentences(text, Span(block.span.start, block.span.start + len(ahead)))[-1]


def _approached(text: str, sentence: Span) -> Span | None:
    asked = _APPROACHED.search(text, *sentence)
    match = asked or _WROTE.match(text, *sentence)
    if match is None:
        return None
    who = trimmed(text, *match.span("who"), " ,")
    cut = _HEARER_ENDS.search(text, *who) if asked is not None else None
    who = Span(who.start, cut.start()) if cut is not None else who
    return who if somebody(text, who) and phrase(text, who).form != "pronoun" else None


def _presented(
    text: str, block: Block, readable: Sequence[Block], quote: Quotation, found: Sequence[Level]
) -> Span | None:
    """Who is named at the start of the paragraph before a quotation that begins its own, where that paragraph
    says nothing of what anybody says, and the tagger looks for the speaker further off."""
    place = readable.index(block)
    previous = readable[place - 1] if place and readable[place - 1].kind == "paragraph" else None
    if previous is None or text[block.span.start : quote.span.start].strip(" “\"‘'«>"):
        return None
    near = Span(previous.span.start, block.span.end)
    saying = [lv for lv in found if lv.covers(quote.span) and lv.source]
    here = any(shares((*lv.source, *lv.cue), (near,)) for lv in saying)
    told = any(lv.source and shares(lv.content, (previous.span,)) for lv in found)
    first = next(names(text, previous.span), None)
    begins = first is not None and first.kind == "person" and " " in first.text
    opens = first is not None and not WORD.search(text, previous.span.start, first.span.start)
    return first.span if saying and not here and not told and first and begins and opens else None


def headlined(
    text: str, readable: Sequence[Block], quotes: Sequence[Quotation], found: Sequence[Level]
) -> list[Level]:
    """`found` with every quotation of a headline said by whom the body quotes with the same words: a headline
    names its speaker by half, or not at all ("“We ran”: families on the fire")."""
    out = list(found)
    heads = [b.span for b in readable if b.kind == "headline"]
    for quote in quotes:
        if not any(h.start <= quote.span.start < h.end for h in heads):
            continue
        again = _quoted_again(text, quote, quotes, out, heads)
        if again is None or any(lv.covers(quote.span) and _says_who(text, lv, again) for lv in out):
            continue
        out = [lv for lv in out if not lv.covers(quote.span)]
        out.append(Level(again.source, (), (quote.span,), "quotation", again.confidence))
    return out


def _says_who(text: str, level: Level, again: Level) -> bool:
    """Whether a headline says itself who speaks: by a verb, by a bare name, or that there are several."""
    if not level.source:
        return False
    if level.cue and text[level.cue[0].start : level.cue[-1].end] != ":":
        return True
    part, other = phrase(text, level.source[0]), phrase(text, again.source[0])
    return (part.form == "name" and part.kind == "person") or (part.plural and not other.plural)


def _quoted_again(
    text: str, quote: Quotation, quotes: Sequence[Quotation], found: Sequence[Level], heads: Sequence[Span]
) -> Level | None:
    """The level with a source whose quoted content holds all words of `quote`, below the headlines."""
    words = _folded(text, quote.span)
    if len(words) < _LEAST_AGAIN:
        return None
    for other in quotes:
        below = not any(h.start <= other.span.start < h.end for h in heads)
        said = _folded(text, other.span) if below else []
        if any(said[at : at + len(words)] == words for at in range(len(said) - len(words) + 1)):
            holding = [lv for lv in found if lv.source and lv.covers(other.span)]
            if holding:
                return max(holding, key=lambda lv: lv.covers(other.span))
    return None


def _folded(text: str, span: Span) -> list[str]:
    return [w.casefold().replace("’", "'") for w in WORD.findall(text, *span)]


def _speech(text: str, quote: Quotation) -> bool:
    """Whether a quotation is something said, not a few words in quotation marks inside another sentence."""
    words = len(WORD.findall(text, *quote.span))
    ends = text[quote.span.start : quote.span.end].rstrip()[-1:] in {".", ",", "!", "?", "…"}
    return words >= 8 or (ends and words >= 2) or (words >= _LEAST and not quote.closed)


def _speaker(
    text: str,
    block: Block,
    readable: Sequence[Block],
    quote: Quotation,
    quotes: Sequence[Quotation],
    found: list[Level],
) -> Spans | None:
    """The source span of whoever speaks `quote`, from the words around it; None where nothing shows it."""
    start = quote.span.start - 1
    before = text[block.span.start : start].rstrip()
    if before.endswith(":"):
        last = sentences(text, Span(block.span.start, block.span.start + len(before)))
        named = _first_person(text, last[-1]) if last else None
        if named:
            return (named,)
    after = re.match(r"[\"”’'»]?\s*", text[quote.span.end : block.span.end])
    tail = Span(quote.span.end + (after.end() if after else 0), block.span.end)
    named = _first_person(text, tail)
    if named and named.start - tail.start < 8:
        return (named,)
    same = [
        lv
        for lv in found
        if any(block.span.start <= c.start < block.span.end for c in lv.content) and lv.source
    ]
    if same:
        return min(same, key=lambda lv: abs(lv.start - start)).source
    here = _first_person(text, Span(block.span.start, start)) if block.kind != "headline" else None
    if here:
        return (here,)
    if block.kind == "headline":
        return _said_again(text, quote, found)
    return _from_before(text, block, readable, quotes, found)


def _from_before(
    text: str, block: Block, readable: Sequence[Block], quotes: Sequence[Quotation], found: list[Level]
) -> Spans | None:
    place = readable.index(block)
    previous = readable[place - 1] if place else None
    if previous is None or previous.kind == "headline":
        return None
    spoken = [
        lv
        for lv in found
        if lv.source and any(previous.span.start <= c.start < previous.span.end for c in lv.content)
    ]
    asked = _TOLD.search(text, *previous.span)
    if asked is not None:
        return (Span(*asked.span("who")),)
    ends = text[previous.span.start : previous.span.end].rstrip()[-1:]
    if spoken and (ends in {":", "”", '"', "’"} or not _first_person(text, previous.span)):
        return spoken[-1].source
    named = _first_person(text, previous.span)
    return (named,) if named else (spoken[-1].source if spoken else None)


def _first_person(text: str, span: Span) -> Span | None:
    for name in names(text, span):
        placed = re.search(
            r"\b(?:in|at|from|of|on|near|to|the|off|over|for)\s+$",
            text[max(span.start, name.span.start - 8) : name.span.start],
        )
        if name.title or (name.kind == "person" and placed is None):
            return name.span
    return None


def _said_again(text: str, quote: Quotation, found: list[Level]) -> Spans | None:
    """For a quotation in a headline: the source to whom the body gives the same words."""
    words = [w.casefold() for w in WORD.findall(text, *quote.span)]
    for lv in found:
        said = {w.casefold() for c in lv.content for w in WORD.findall(text, *c)}
        if lv.source and lv.start > quote.span.end and sum(w in said for w in words) >= 0.8 * len(words):
            return lv.source
    return None
