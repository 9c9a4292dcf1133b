"""Attributions that the layout makes: block quotations with their lead-ins, and pages that only republish."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ondit.reading.levels import Level
from ondit.reading.mentions import names
from ondit.records import Block, Document, Span, Spans
from ondit.text.nouns import classify
from ondit.text.sentences import WORD, is_finite, sentences

_LEADS = re.compile(r"^(?:from\s+|via\s+|as\s+)?(?:the\s+)?(?=[A-Z])", re.IGNORECASE)


def block_levels(document: Document, readable: Sequence[Block], found: list[Level]) -> list[Level]:
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
        named = [
            n
            for n in names(text, sentence)
            if n.kind in {None, "outlet", "organisation", "person"} and n.title is None
        ]
        outlet = [
            n for n in named if n.kind == "outlet" or _LEADS.match(text[sentence.start : n.span.start] or "x")
        ]
        if outlet or named:
            return (outlet or named)[0].span
        for match in re.finditer(
            r"\b(?:the|a|an|this)\s+(?:[\w’'-]+\s+){0,3}?([\w-]+)",
            text[sentence.start : sentence.end],
            re.IGNORECASE,
        ):
            if classify(match.group(1)) == "document":
                return Span(sentence.start + match.start(), sentence.start + match.end())
    return None


def _unmarked_blocks(document: Document, readable: Sequence[Block], found: list[Level]) -> list[Level]:
    out: list[Level] = []
    for place, block in enumerate(readable):
        line = document.text[block.span.start : block.span.end].strip()
        lead = re.fullmatch(r"(?:From\s+|Via\s+)?(?:[Tt]he\s+)?[A-Z][\w’'&.\- ]{1,40}:", line)
        said = any(is_finite(w.casefold()) for w in WORD.findall(line))
        if lead is None or block.kind != "paragraph" or said:
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
    """The paragraphs behind a lead-in that still read like the quoted report: the long or attributing ones.
    A short line without attribution between them is the quoter's own; with two in a row he has taken over."""

    def reported(block: Block) -> bool:
        attributes = any(lv.covers(block.span) and lv.source for lv in found)
        return len(WORD.findall(text, *block.span)) >= 18 or (
            attributes and len(WORD.findall(text, *block.span)) > 8
        )

    marks = [reported(b) for b in body]
    end = next((i for i, pair in enumerate(pairwise(marks)) if not any(pair)), len(marks))
    return tuple(b.span for b, m in zip(body[:end], marks, strict=False) if m)


def enclose(everything: list[Level], blocks: list[Level]) -> None:
    for lv in everything:
        if lv in blocks or lv.parent is not None:
            continue
        whole = sum(c.end - c.start for c in lv.content)
        lv.parent = next((b for b in blocks if sum(b.covers(c) for c in lv.content) * 2 > whole), None)


_WHOLE = re.compile(
    r"\bread (?:the )?(?:entire|full|whole|original) (?:article|story|post)\b|\bcontinue reading\b",
    re.IGNORECASE,
)


def republished(document: Document, readable: Sequence[Block], found: list[Level]) -> Level | None:
    """The level of another outlet around all below the headline, for a page that only carries its article
    ("Read Entire Article" and nothing of its own); the outlet is the one that people "told"."""
    residue = [b for b in document.blocks if b.kind == "boilerplate"]
    if not any(_WHOLE.fullmatch(document.text[b.span.start : b.span.end].strip(" .…[]»>")) for b in residue):
        return None
    told = [
        lv
        for lv in found
        if lv.cue_kind == "credit" and lv.source and not document.text[lv.source[0].start :][:1].islower()
    ]
    outlets = {document.text[lv.source[0].start : lv.source[0].end].casefold() for lv in told}
    body = tuple(b.span for b in readable if b.kind != "headline" or b is not readable[0])
    if len(outlets) != 1 or not body or any(lv.method == "block" for lv in found):
        return None
    return Level(told[0].source, told[0].cue, body, "credit", 0.7, cue_kind="credit")


def passed_along(document: Document, readable: Sequence[Block], found: list[Level]) -> Level | None:
    """The level of the outlet from whom a page has all that people say in its paragraphs, its one credit
    ("via Corbel", "Read full article at Corbel"); what it says in its own voice stays its own."""
    text = document.text
    named = [
        credit
        for credit in document.credits
        if credit.span is not None
        and credit.name[:1].isupper()
        and (
            credit.kind == "cite"
            or (credit.kind == "link" and _WHOLE.search(text, *_line(text, credit.span)))
        )
    ]
    said = [b.span for b in readable if b.kind == "paragraph"]
    if len({credit.name.casefold() for credit in named}) != 1 or not said or not _may_publish(named[0].name):
        return None
    source = named[0].span
    if source is None or any(lv.method == "block" for lv in found):
        return None
    if named[0].kind == "link" and any(lv.source and lv.start > source.end for lv in found):
        return None  # a digest, with more items behind the link
    whole = Level((source,), (), tuple(said), "credit", 0.6, cue_kind="credit", holds=False)
    inside = [
        lv
        for lv in found
        if lv.parent is None
        and lv.source
        and any(whole.covers(c) for c in lv.content)
        and not _told_here(document, lv)
    ]
    for lv in inside:
        lv.parent = whole
    return whole if inside else None


_HERE = re.compile(r"\b(?:told|tells|spoke\sto|wrote\sto)\s(?:us|me|this\s\w+)\b")


def _told_here(document: Document, level: Level) -> bool:
    """Whether somebody told it to the page itself."""
    own, text = (document.outlet or "").casefold().removeprefix("the "), document.text
    low, high = min(s.start for s in level.source), max(s.end for s in (*level.source, *level.cue))
    told = _HERE.search(text, low, min(len(text), high + len(" this newspaper"))) is not None
    return told or text[level.source[0].start : level.source[0].end].casefold().removeprefix("the ") == own


def _may_publish(name: str) -> bool:
    """Whether a credit names an outlet, not an office or a page ("the coastguard", "Low's own website")."""
    last = re.findall(r"[\w-]+", name)[-1:]
    return (
        bool(last) and classify(last[0]) not in {"org", "role", "speaks"} and not re.search(r"['’]s\s", name)
    )


def _line(text: str, span: Span) -> Span:
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(text))


def same_name(text: str, a: Level, b: Level) -> bool:
    return (
        bool(a.source and b.source)
        and text[a.source[0].start : a.source[0].end].casefold()
        == text[b.source[0].start : b.source[0].end].casefold()
    )
