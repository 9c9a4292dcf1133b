"""The attributions of one report, every level of them.

In: a document, its quotations and a function that finds relations (tagger and linker). Out: `Level`s, the
attributions under construction, linked to the level in whose content they lie. Relations come from the
tagger on the whole text, then again inside each content to any depth; from the layout (block quotations
and their lead-ins); from quotations that the tagger leaves without a speaker; and from the words by which
one outlet passes another on ("told the Post", "citing six officials", "was quoted by Tass as saying").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ondit.reading.mentions import names, phrase
from ondit.reading.patterns import found_by_form, gapped
from ondit.reading.quotes import inside
from ondit.records import Block, CueKind, Document, Method, Quotation, QuoteType, Span, Spans
from ondit.text.lexicon import table, words_of
from ondit.text.nouns import classify
from ondit.text.sentences import WORD, is_finite, sentences, trim

READ = frozenset({"headline", "paragraph", "blockquote", "list", "caption"})
"""The kinds of block that hold statements."""

_CITING = re.compile(r"\b(?:cit(?:e|es|ed|ing)|quot(?:e|es|ed|ing))\b", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:tells?|told|telling|informed|interview(?:ed)? (?:with|by)|speaking to|spoke to|e-?mail to|(?:state|letter)ment to|quoted by)\s+"
)
_LEADS = re.compile(r"^(?:from\s+|via\s+|as\s+)?(?:the\s+)?(?=[A-Z])", re.IGNORECASE)
_DEPTH = 4
_LEAST = 4


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


def levels(document: Document, quotes: Sequence[Quotation], find: Finder) -> list[Level]:
    """All attributions of `document`, outermost first, parents set, contents inside their parents'."""
    text = document.text
    found = [Level(r.source, r.cue, r.content, confidence=r.confidence) for r in find([text])[0] if r.content]
    return build(document, quotes, found + _second_look(document, quotes, found, find), find)


def _second_look(document: Document, quotes: Sequence[Quotation], found: list[Level], find: Finder) -> list[Level]:
    """Sentences with a cue of saying outside quotation marks in which the first pass found nothing, read alone:
    the tagger was trained on whole articles of one style and misses some under datelines and in short lists."""
    text = document.text
    missed: list[Span] = []
    for block in document.blocks:
        for sentence in sentences(text, block.span) if block.kind in READ else ():
            untouched = not any(_meets(lv, sentence) for lv in found)
            if untouched and any(m.group().casefold() in words_of("saying") and not inside(Span(*m.span()), quotes) for m in WORD.finditer(text, *sentence)):
                missed.append(sentence)
    prepared = [_as_sentence(text, s) for s in missed]
    out: list[Level] = []
    for sentence, (_, lead), relations in zip(missed, prepared, find([p for p, _ in prepared]) if missed else [], strict=True):
        shifted = [_shifted(r, sentence, lead) for r in relations]
        out += [lv for lv in shifted if lv is not None and lv.source and lv.cue]
    return out


def _meets(level: Level, span: Span) -> bool:
    return any(s.start < span.end and span.start < s.end for s in (*level.content, *level.source, *level.cue))


def build(document: Document, quotes: Sequence[Quotation], found: list[Level], find: Finder) -> list[Level]:
    """The same from outermost levels that were found already (by the tagger, or handed in)."""
    readable = [b for b in document.blocks if b.kind in READ]
    kept = [lv for lv in found if _readable(lv, readable) and _sound(document.text, lv)]
    kept = [_whole_quotes(lv, quotes) for lv in kept]
    kept += _by_form(document.text, readable, quotes, kept)
    kept += _speakerless(document.text, readable, quotes, kept)
    kept = _cited(document.text, kept)
    kept = [_quoted_passive(document.text, lv) for lv in kept]
    kept += _gapped(document.text, kept)
    for lv in kept:
        lv.cue_kind = cue_kind(document.text, lv)
        lv.holds = lv.holds and not is_act(document.text, lv)
    blocks = _block_levels(document, readable, kept)
    everything = _nest(document.text, kept, find)
    everything = blocks + everything
    _enclose(everything, blocks)
    for lv in list(everything):
        passed = _passed_on(document.text, lv)
        if passed is not None:
            lv.parent, passed.parent = passed, lv.parent
            everything.append(passed)
    whole = _republished(document, readable, everything)
    if whole is not None:
        for lv in everything:
            if lv.parent is None:
                lv.parent = whole
            elif lv.parent.cue_kind == "credit" and _same_name(document.text, lv.parent, whole):
                lv.parent = whole
        everything = [lv for lv in everything if not (lv.cue_kind == "credit" and _same_name(document.text, lv, whole))] + [whole]
    return sorted(everything, key=lambda lv: (lv.start, -lv.content[-1].end, _depth(lv)))


_WHOLE = re.compile(r"\bread (?:the )?(?:entire|full|whole|original) (?:article|story|post)\b|\bcontinue reading\b", re.IGNORECASE)


def _republished(document: Document, readable: Sequence[Block], found: list[Level]) -> Level | None:
    """For a page that only carries another outlet's article ("Read Entire Article" and nothing of its own): the
    level of that outlet, named where people "told" it, around everything below the headline."""
    residue = [b for b in document.blocks if b.kind == "boilerplate"]
    if not any(_WHOLE.fullmatch(document.text[b.span.start : b.span.end].strip(" .…[]»>")) for b in residue):
        return None
    told = [lv for lv in found if lv.cue_kind == "credit" and lv.source]
    outlets = {document.text[lv.source[0].start : lv.source[0].end].casefold() for lv in told}
    body = tuple(b.span for b in readable if b.kind != "headline" or b is not readable[0])
    if len(outlets) != 1 or not body or any(lv.method == "block" for lv in found):
        return None
    return Level(told[0].source, told[0].cue, body, "credit", 0.7, cue_kind="credit")


def _same_name(text: str, a: Level, b: Level) -> bool:
    return bool(a.source and b.source) and text[a.source[0].start : a.source[0].end].casefold() == text[b.source[0].start : b.source[0].end].casefold()


def _depth(level: Level) -> int:
    count, step, seen = 0, level.parent, {id(level)}
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        count, step = count + 1, step.parent
    return count


# ------------------------------------------------------------ what is kept


def _readable(level: Level, readable: Sequence[Block]) -> bool:
    whole = sum(c.end - c.start for c in level.content)
    return whole > 0 and sum(level.covers(b.span) for b in readable) * 2 >= whole


def _sound(text: str, level: Level) -> bool:
    """Whether a relation says enough to count: a source or a cue that attributes, or words between quotation marks."""
    if level.source and level.cue:
        return True
    if not level.cue:
        return bool(level.source) and level.confidence >= 0.5
    return cue_features(text, level)[0] in {"speech", "hearsay", "thought", "document"} and level.confidence >= 0.35


def _whole_quotes(level: Level, quotes: Sequence[Quotation]) -> Level:
    """A content that holds most of a quotation's start holds it to its end, in the following paragraphs too."""
    groups = {q.group for q in quotes if level.covers(q.span) * 2 > q.span.end - q.span.start or (level.covers(q.span) > 3 and q.span.start >= level.start - 2)}
    added = [q.span for q in quotes if q.group in groups and not level.covers(q.span) * 10 >= 9 * (q.span.end - q.span.start)]
    if added:
        level.content = joined([*level.content, *added])
    return level


def joined(spans: Iterable[Span]) -> Spans:
    """`spans` in order, overlapping and touching ones made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end + 1:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        elif span.end > span.start:
            out.append(span)
    return tuple(out)


def _by_form(text: str, readable: Sequence[Block], quotes: Sequence[Quotation], found: list[Level]) -> list[Level]:
    """Relations by form in sentences where no relation with a source stands yet."""
    out: list[Level] = []
    for block in readable:
        for sentence in sentences(text, block.span):
            if any(lv.source and _meets(lv, sentence) for lv in found):
                continue
            for source, cue, content in found_by_form(text, sentence, quotes, headline=block.kind == "headline"):
                out.append(Level(source, cue, content, "headline" if block.kind == "headline" else "tagger", 0.6))
    return out


# ---------------------------------------------------- quotations without relation


def _speakerless(text: str, readable: Sequence[Block], quotes: Sequence[Quotation], found: list[Level]) -> list[Level]:
    added: list[Level] = []
    for quote in quotes:
        size = quote.span.end - quote.span.start
        if not _speech(text, quote) or any(lv.covers(quote.span) * 2 > size for lv in found + added):
            continue
        block = next((b for b in readable if b.span.start <= quote.span.start < b.span.end), None)
        if block is None:
            continue
        speaker = _speaker(text, block, readable, quote, quotes, found + added)
        if speaker is not None:
            added.append(Level(speaker, (), (quote.span,), "quotation", 0.5))
    return added


def _speech(text: str, quote: Quotation) -> bool:
    """Whether a quotation is something said, not a few words in quotation marks inside another sentence."""
    words = len(WORD.findall(text, *quote.span))
    ends = text[quote.span.start : quote.span.end].rstrip()[-1:] in {".", ",", "!", "?", "…"}
    return words >= 8 or (ends and words >= 2) or (words >= _LEAST and not quote.closed)


def _speaker(
    text: str, block: Block, readable: Sequence[Block], quote: Quotation, quotes: Sequence[Quotation], found: list[Level]
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
    same = [lv for lv in found if any(block.span.start <= c.start < block.span.end for c in lv.content) and lv.source]
    if same:
        return min(same, key=lambda lv: abs(lv.start - start)).source
    here = _first_person(text, Span(block.span.start, start)) if block.kind != "headline" else None
    if here:
        return (here,)
    if block.kind == "headline":
        return _said_again(text, quote, found)
    return _from_before(text, block, readable, quotes, found)


def _from_before(text: str, block: Block, readable: Sequence[Block], quotes: Sequence[Quotation], found: list[Level]) -> Spans | None:
    place = readable.index(block)
    previous = readable[place - 1] if place else None
    if previous is None or previous.kind == "headline":
        return None
    spoken = [lv for lv in found if lv.source and any(previous.span.start <= c.start < previous.span.end for c in lv.content)]
    ends = text[previous.span.start : previous.span.end].rstrip()[-1:]
    if spoken and (ends in {":", "”", '"', "’"} or not _first_person(text, previous.span)):
        return spoken[-1].source
    named = _first_person(text, previous.span)
    return (named,) if named else (spoken[-1].source if spoken else None)


def _first_person(text: str, span: Span) -> Span | None:
    for name in names(text, span):
        placed = re.search(r"\b(?:in|at|from|of|on|near|to|the|off|over|for)\s+$", text[max(span.start, name.span.start - 8) : name.span.start])
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


# ----------------------------------------------------------- citing, telling


def _cited(text: str, found: list[Level]) -> list[Level]:
    """Turn "X, citing Y, said Z" and "X cited Y as saying Z" into Y's saying inside X's."""
    out: list[Level] = []
    cites = [lv for lv in found if lv.cue and _CITING.search(_cue(text, lv)) and _names_somebody(text, lv)]
    for lv in found:
        if lv in cites:
            continue
        cite = next((c for c in cites if _same_sentence(text, c, lv) and _shares(c.source, lv.source)), None)
        out.append(lv)
        if cite is not None:
            out.append(Level(cite.content, cite.cue, lv.content, "citing", min(lv.confidence, cite.confidence), lv))
            lv.holds = False
    for lv in list(out):
        outer = _citer(text, lv)
        if outer is not None:
            level = Level((outer,), lv.cue, (Span(min(lv.source[0].start, lv.start), lv.content[-1].end),), "citing", lv.confidence, lv.parent, holds=False)
            lv.parent = level
            out.append(level)
    return out


def _cue(text: str, level: Level) -> str:
    return " ".join(text[s.start : s.end] for s in level.cue)


def _names_somebody(text: str, level: Level) -> bool:
    words = text[level.content[0].start : level.content[-1].end]
    return len(words.split()) <= 14 and not any(is_finite(w.casefold()) for w in WORD.findall(words)[:4])


def _same_sentence(text: str, a: Level, b: Level) -> bool:
    low, high = sorted((a, b), key=lambda lv: lv.start)
    between = text[low.content[0].start : high.start]
    return "\n" not in between and len(between) < 400


def _shares(a: Spans, b: Spans) -> bool:
    return any(x.start < y.end and y.start < x.end for x in a for y in b)


def _citer(text: str, level: Level) -> Span | None:
    """In "X cited Y as saying Z" and "X, quoting Y, ..." read as Y's saying: where X stands."""
    if not level.source:
        return None
    head = text[max(0, level.source[0].start - 60) : level.source[0].start]
    match = re.search(r"([A-Z][\w’'&.-]*(?:\s[A-Z][\w’'&.-]*){0,3}),?\s+(?:which\s+)?(?:cited|citing|quoted|quoting|cites|quotes)\s+(?:the\s+|an?\s+)?$", head)
    if match is None or match.group(1).casefold() in words_of("openers"):
        return None
    start = level.source[0].start - len(head) + match.start(1)
    return Span(start, start + len(match.group(1)))


def _passed_on(text: str, level: Level) -> Level | None:
    """The level of the outlet to whom it was said ("told the Post", "quoted by Tass"): it encloses."""
    if not level.source or level.method == "block" or level.content[-1].end - level.start > 4000:
        return None
    low = min([level.source[0].start, level.start, *(c.start for c in level.cue)])
    high = max([level.source[-1].end, level.content[-1].end, *(c.end for c in level.cue)])
    end = text.find("\n", high)
    region = text[low : min(high + 120, end if end >= 0 else len(text))]
    for told in _TOLD.finditer(region):
        at = low + told.end()
        if level.covers(Span(at, at + 1)) or not _near(level, low + told.start()):
            continue
        named = _addressee(text, Span(at, min(at + 80, low + len(region))))
        if named is not None:
            whole = Span(min(low, level.start), level.content[-1].end)
            return Level((named,), (Span(low + told.start(), at - 1),), (whole,), "citing", level.confidence, cue_kind="credit", holds=False)
    return None


def _near(level: Level, at: int) -> bool:
    places = [*level.source, *level.cue]
    return any(-30 <= at - p.end <= 60 or p.start <= at <= p.end for p in places)


def _addressee(text: str, span: Span) -> Span | None:
    """The outlet that the words after "told" name: a proper name, not a person's, not a place behind "in"."""
    opening = re.match(r"(?:(?:the|a|an)\s+)?(?:[a-z’'-]+\s+){0,5}?(?=[A-Z])", text[span.start : span.end])
    if opening is None:
        return None
    lead = opening.group()
    if any(w in words_of("breaks") or is_finite(w) for w in lead.casefold().split()):
        return None
    first = next(names(text, Span(span.start + opening.end(), span.end)), None)
    if first is None or first.span.start > span.start + opening.end() + 4 or first.title:
        return None
    described = any(classify(w) == "outlet" for w in lead.split())
    if first.kind == "person" and not described and not lead.casefold().startswith("the "):
        return None
    return first.span if described or first.kind != "organisation" else None


# ------------------------------------------------------------------ layout


def _block_levels(document: Document, readable: Sequence[Block], found: list[Level]) -> list[Level]:
    """One level for each run of block quotations whose lead-in names an outlet or a document, and for the
    paragraphs that follow a lead-in line of nothing but an outlet's name and a colon."""
    out: list[Level] = []
    text = document.text
    place = 0
    while place < len(readable):
        if readable[place].kind != "blockquote":
            place += 1
            continue
        end = place
        while end < len(readable) and readable[end].kind == "blockquote":
            end += 1
        source = _lead_in(text, readable[place - 1]) if place else None
        if source is not None:
            spans = tuple(b.span for b in readable[place:end])
            out.append(Level((source,), (), spans, "block", holds=True))
        place = end
    return out + _unmarked_blocks(document, readable, found)


def _lead_in(text: str, block: Block) -> Span | None:
    """Who is quoted in the block behind `block`: its last outlet-like name, else the document it shows."""
    last = sentences(text, block.span)
    for sentence in reversed(last[-3:]):
        named = [n for n in names(text, sentence) if n.kind in {None, "outlet", "organisation", "person"} and n.title is None]
        outlet = [n for n in named if n.kind == "outlet" or _LEADS.match(text[sentence.start : n.span.start] or "x")]
        if outlet or named:
            return (outlet or named)[0].span
        for match in re.finditer(r"\b(?:the|a|an|this)\s+(?:[\w’'-]+\s+){0,3}?([\w-]+)", text[sentence.start : sentence.end]):
            if classify(match.group(1)) == "document":
                return Span(sentence.start + match.start(), sentence.start + match.end())
    return None


def _unmarked_blocks(document: Document, readable: Sequence[Block], found: list[Level]) -> list[Level]:
    out: list[Level] = []
    leads = {c.span.start for c in document.credits if c.kind == "lead_in" and c.span is not None}
    for place, block in enumerate(readable):
        line = document.text[block.span.start : block.span.end].strip()
        lead = re.fullmatch(r"(?:From\s+|Via\s+)?(?:[Tt]he\s+)?[A-Z][\w’'&.\- ]{1,40}:", line)
        if lead is None or block.kind != "paragraph" or not (leads or lead):
            continue
        body = readable[place + 1 :]
        if not body or body[0].kind == "blockquote":
            continue
        spans = _quoted_paragraphs(document.text, body, found)
        name = next(names(document.text, block.span), None)
        if spans and name is not None:
            out.append(Level((name.span,), (), spans, "block", 0.7))
    return out


def _quoted_paragraphs(text: str, body: Sequence[Block], found: list[Level]) -> Spans:
    """The paragraphs behind a lead-in that still read like the quoted report: up to the last long or
    attributing one; short lines without attribution in between are the quoter's own."""

    def reported(block: Block) -> bool:
        attributes = any(lv.covers(block.span) and lv.source for lv in found)
        return len(WORD.findall(text, *block.span)) >= 18 or (attributes and len(WORD.findall(text, *block.span)) > 8)

    marks = [reported(b) for b in body]
    last = max((i for i, m in enumerate(marks) if m), default=-1)
    return tuple(b.span for b, m in list(zip(body, marks, strict=True))[: last + 1] if m)


def _enclose(everything: list[Level], blocks: list[Level]) -> None:
    for lv in everything:
        if lv in blocks or lv.parent is not None:
            continue
        whole = sum(c.end - c.start for c in lv.content)
        lv.parent = next((b for b in blocks if sum(b.covers(c) for c in lv.content) * 2 > whole), None)


# ----------------------------------------------------------------- nesting


def _nest(text: str, outer: list[Level], find: Finder) -> list[Level]:
    """Run `find` inside every content, and inside what it finds there, until nothing new comes."""
    out = list(outer)
    front = [lv for lv in outer if lv.holds]
    for _ in range(_DEPTH):
        pieces = [(lv, s) for lv in front for c in lv.content for s in sentences(text, c) if len(WORD.findall(text, *s)) > 3]
        front = []
        prepared = [_as_sentence(text, s) for _, s in pieces]
        for (lv, piece), (_, lead), found in zip(pieces, prepared, find([p for p, _ in prepared]) if pieces else [], strict=True):
            for relation in found:
                inner = _shifted(relation, piece, lead)
                if inner is not None and _deeper(text, lv, inner, piece):
                    inner.parent = lv
                    inner.cue_kind = cue_kind(text, inner)
                    front.append(inner)
        out += front
        if not front:
            break
    return out


def _as_sentence(text: str, span: Span) -> tuple[str, int]:
    """A content as a sentence of its own, and how many characters were left out at its start."""
    words = text[span.start : span.end]
    lead = re.match(r"(?:[\"“”‘’']\s*)?(?:that|whether|if)\s+", words, re.IGNORECASE)
    cut = lead.end() if lead else 0
    rest = words[cut:].rstrip(" ,;:")
    return rest[:1].upper() + rest[1:] + ("" if rest.endswith((".", "!", "?", "”", '"')) else "."), cut


def _shifted(relation: Relation, piece: Span, lead: int) -> Level | None:
    def move(spans: Spans) -> Spans:
        shift = piece.start + lead
        moved = (Span(s.start + shift, min(s.end + shift, piece.end)) for s in spans)
        return tuple(s for s in moved if s.end > s.start)

    content = move(relation.content)
    return Level(move(relation.source), move(relation.cue), content, confidence=relation.confidence) if content else None


def _deeper(text: str, outer: Level, inner: Level, piece: Span) -> bool:
    """Whether an inner relation is a level of its own: a source and a cue, and a content that leaves them outside."""
    cue = {w.casefold() for c in inner.cue for w in WORD.findall(text, *c)}
    if is_act(text, inner) or cue & words_of("promises"):
        return False
    size = sum(len(WORD.findall(text, *c)) for c in inner.content)
    if not inner.source or not inner.cue or size < 2 or inner.confidence < 0.4:
        return False
    part = phrase(text, inner.source[0])
    if part.form == "pronoun" and part.head in {"i", "we", "you", "it", "that", "which"}:
        return False
    return inner.content != (piece,) and bool(trim(text, inner.content[0]))


# -------------------------------------------------------------------- cues


def cue_features(text: str, level: Level) -> tuple[str, str, str]:
    """Kind, stance and certainty of a level's cue, by data/en/cues.tsv; speech, affirm, certain if unlisted."""
    words = [w.casefold() for c in level.cue for w in WORD.findall(text, *c)]
    listed = [table("cues")[w] for w in words if w in table("cues")]
    if not listed:
        return ("speech", "affirm", "certain")
    denial = next((f for f in listed if f[1] == "deny"), None)
    kind, stance, certainty = denial or listed[0]
    if "not" in words or "never" in words or any(w.endswith("n't") for w in words):
        return (kind, stance, "possible" if "rule" in words or "exclude" in words else certainty)
    return (kind, stance, certainty)


def cue_kind(text: str, level: Level) -> CueKind:
    """The kind of a level: hearsay where nobody is named, document where a document speaks, else its cue's."""
    kind = cue_features(text, level)[0]
    if level.source and phrase(text, level.source[0]).form == "document":
        return "document"
    if not level.source and level.method == "tagger":
        return "hearsay"
    return kind if kind in {"speech", "thought", "document", "hearsay"} else "speech"  # type: ignore[return-value]


def _gapped(text: str, found: list[Level]) -> list[Level]:
    """"A said this, B that it was so": B's part leaves A's content and becomes a relation of its own."""
    out: list[Level] = []
    for lv in found:
        for place, content in enumerate(lv.content):
            parts = gapped(text, content) if lv.source and lv.cue else None
            if parts is None:
                continue
            who, what = parts
            lv.content = (*lv.content[:place], Span(content.start, who.start), *lv.content[place + 1 :])
            out.append(Level((who,), lv.cue, (what,), lv.method, lv.confidence, lv.parent))
            break
    return out


def is_act(text: str, level: Level) -> bool:
    """Whether the cue tells what somebody does or wants ("plans", "ordered", "wanted"), not what he says is so."""
    words = [w.casefold() for c in level.cue for w in WORD.findall(text, *c)]
    return bool(words) and not any(w in table("cues") for w in words) and any(w in words_of("acts") for w in words)


def _quoted_passive(text: str, level: Level) -> Level:
    """In "X was quoted by Y as saying" and "X was quoted as saying" the source is X: the subject before the cue."""
    if not level.cue:
        return level
    start = min(c.start for c in level.cue)
    cue = text[start : max(c.end for c in level.cue)]
    passive = re.match(r"(?:(?:is|was|were|has been|had been|been)\s+(?:\w+\s+)?)?(?:quoted|cited)\b", cue)
    if passive is None or not re.search(r"\b(?:is|was|were|been)\s+(?:\w+\s+)?(?:quoted|cited)\b", text[max(0, start - 14) : start + len(cue)]):
        return level
    line = text.rfind("\n", 0, start) + 1
    sentence = next((x for x in sentences(text, Span(line, start))[::-1]), Span(line, start))
    named = [n.span for n in names(text, sentence) if n.kind == "person" or n.title]
    last = re.search(r"([\w’'-]+(?:\s[\w’'-]+){0,3}?)\s*(?:(?:who|which)\s+)?(?:(?:is|was|were|has been|had been|been)\s+)?(?:\w+\s+)?$", text[sentence.start : start])
    span = named[0] if named else trim(text, Span(sentence.start + last.start(1), sentence.start + last.end(1))) if last else None
    if span is not None and span.end > span.start and not level.covers(span):
        level.source = (span,)
    return level


def quote_type(content: Spans, quotes: Sequence[Quotation], text: str) -> QuoteType:
    """direct where every word of `content` is between quotation marks, indirect where none is, else mixed."""
    words = [Span(m.start(), m.end()) for c in content for m in WORD.finditer(text, *c)]
    quoted = sum(1 for w in words if inside(w, quotes))
    return "direct" if words and quoted == len(words) else "mixed" if quoted else "indirect"
