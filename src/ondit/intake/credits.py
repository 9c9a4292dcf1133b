"""The credits that stand in a text: agencies, makers, lead-ins, "first appeared on", picture credits.

A text and its blocks in, `Credit`s with their spans out, in text order. Forms only: how far a lead-in
reaches and who an outlet is belongs to later steps. Who made a report (`reporting_by`, `byline`) and whose
pictures it shows (`photo`) never says whom it has its words from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ondit.intake import forms
from ondit.records import Block, Credit, CreditKind, Span

_MOST = 500
_AND = re.compile(r"\s*(?:[,;&/]|\band\b|\bwith\b)\s*")
_AT = re.compile(r"\s+(?:in|at|for|on|from|of)\s+(?!the\b(?=\s[A-Z]))")
_NAME = (
    r"(?:[Tt]he\s)?(?:[A-Z0-9][\w.&'’-]*)(?:\s(?:of\s|the\s|and\s|de\s|for\s|in\s)?[A-Z0-9][\w.&'’-]*){0,5}"
)
_VERB = r"(?:reports?|reported|writes?|wrote|says|said|notes?|noted|had|has)"
_LEAD_ALONE = re.compile(
    rf"(?:(?:From|Via|Per|In)\s)?(?P<name>{_NAME})(?:\s{_VERB})?(?:\s(?:today|yesterday|here))?\s?:"
)
_FROM_ALONE = re.compile(rf"(?:From|Via|Courtesy of)\s(?P<name>{_NAME})\.?")
_LEAD_LAST = re.compile(
    rf"(?:^|[.!?…,;]\s|[”\"]\s|\b[Ff]rom\s|\bvia\s)(?P<name>{_NAME})(?:,\s(?:which|who)\b[^:.!?]{{0,120}})?(?:\s{_VERB})?(?:\s\w+)?\s?:$"
)
_LEAD_FIRST = re.compile(
    rf"(?:^|[.!?]\s)(?P<name>{_NAME})(?:,\s[^.!?]{{2,140}},)?\s(?:{_VERB}|puts|tells|told)\b[^.!?]{{0,120}}:$"
)
_LEAD_FROM = re.compile(rf"\b(?:[Ff]rom|[Vv]ia)\s(?P<name>{_NAME})(?:,[^:.!?]{{0,140}})?:$")
_HEADINGS = frozenset(
    str.split(
        "background details context update updates correction summary analysis conclusion introduction "
        "question answer note q a monday tuesday wednesday thursday friday saturday sunday weather sport "
        "traffic video photos pictures read related more also interviewer reporter moderator host editor "
        "advertisement comments watch listen"
    )
)
_AGENCY_END = re.compile(r"(?:[.!?”\"’]\s?)(?:[-–—]{1,2}\s?|\()(?P<name>[A-Z][\w/ .-]{1,30}?)\)?\.?$")
_READ_AT = re.compile(
    r"(?:read|view|continue|see)\b[^:]{0,40}\s(?:at|on)\s(?P<name>[A-Z].{1,40})$", re.IGNORECASE
)
_VIA = re.compile(rf"(?:^|[|/·•]\s)(?:via|[Ss]ource:)\s(?P<name>{_NAME})")
_HAT = re.compile(r"(?:\bh/t|\bhat[ -]tip)\s*:?\s*(?:to\s)?(?P<name>[A-Z@][^.()\n]{1,40})", re.IGNORECASE)
_STAFF = re.compile(
    r"(?P<name>[A-Z][^.,]{1,40}?)(?:[’']s)?\s(?:writer|reporter|journalist|correspondent|staff)s?\b"
)
_YEARS = re.compile(r"(?:©|\(c\)|copyright|\d{4}|[-–,;:]|\s|by\b)+", re.IGNORECASE)
_RIGHTS_END = re.compile(r"[.,;|]?\s*(?:all rights reserved.*|\d{4}\b.*|\.$)", re.IGNORECASE)
_NAMED_IN = re.compile(rf"{_NAME}\sin\s{_NAME}")
_PHOTO_INSIDE = re.compile(
    r"[.!?”\"]\s(?:Photo|Photograph|Picture|Image|Credit)s?(?:\s(?:by|credit))?\s?[:/]\s?(?=[A-Z©])"
)
_HOUSE_RULE = re.compile(r"_{3,}\.?")
_OURSELVES = re.compile(r"\b(?:[Tt]he|[Aa]n?)\s(?P<name>Associated Press|AP)\b(?=[^.!?\n]*[.!?\n:])")
_IN_BRACKETS = re.compile(r"\((?P<name>[A-Z][^()]{2,60})\)\s*\.?$")


def credits_in(text: str, blocks: Sequence[Block]) -> tuple[Credit, ...]:
    """Every credit that stands in the text, in text order.

    >>> from ondit.intake.blocks import blocks
    >>> text = "Blast\\n\\nODESSA (Reuters) - A shed blew up.\\n\\n(Reporting by Ana Reyes; Editing by Oram)"
    >>> [(credit.kind, credit.name) for credit in credits_in(text, blocks(text))]
    [('dateline', 'Reuters'), ('reporting_by', 'Ana Reyes'), ('reporting_by', 'Oram')]
    """
    out: list[Credit] = []
    last = max((at for at, block in enumerate(blocks) if block.kind == "paragraph"), default=-1)
    for at, block in enumerate(blocks):
        if len(out) >= _MOST:
            break
        line = text[block.span.start : block.span.end]
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        found = _found(block, line, after, last=at == last)
        out.extend(_placed(found, block.span.start, signed=forms.signed_off(line)))
    return tuple(out) if len(out) >= _MOST else _with_house_mark(out, text, blocks)


def wire(credits: Sequence[Credit]) -> Credit | None:
    """The credit by which a report is an agency's: one that names it, or the form in which agencies sign.

    A sign-off that names who reported and who edited is an agency's even where it does not say whose:
    such a credit keeps its kind, so that nobody becomes an origin by it.
    """
    named = (c for c in credits if c.kind in _SIGNED_BY and forms.is_agency(c.name))
    by_form = (c for c in credits if c.kind == "reporting_by" and c.place == _AGENCY_FORM)
    return next(named, None) or next(by_form, None)


_SIGNED_BY = frozenset({"dateline", "tail", "byline", "meta", "first_appeared"})
_AGENCY_FORM = "agency sign-off"


def _with_house_mark(out: list[Credit], text: str, blocks: Sequence[Block]) -> tuple[Credit, ...]:
    """The Associated Press sets three underscores between parts of a report; where a report has them and
    speaks of the agency in its own column, it is the agency's (PolNeAR: 16 of 16 reports with the mark)."""
    marked = any(
        b.kind == "boilerplate" and _HOUSE_RULE.fullmatch(text[b.span.start : b.span.end]) for b in blocks
    )
    if not marked or wire(out) is not None:
        return tuple(out)
    for block in blocks:
        if block.kind == "paragraph" and (found := _OURSELVES.search(text, block.span.start, block.span.end)):
            own = Credit("tail", found.group("name"), Span(*found.span("name")), place="house mark")
            return tuple(sorted([*out, own], key=lambda credit: credit.span or Span(0, 0)))
    return tuple(out)


_Found = tuple[CreditKind, str, int]
"""A kind, a name, and where the name starts in its line."""


def _found(block: Block, line: str, after: Block | None, *, last: bool) -> Iterator[_Found]:
    if block.kind == "dateline":
        yield from _of_dateline(line)
    elif block.kind == "byline":
        yield from _of_byline(line)
    elif block.kind == "tail":
        yield from _of_tail(line)
    elif block.kind == "caption":
        yield from _of_caption(line, after)
    elif block.kind == "boilerplate":
        yield from _named("link", _READ_AT, line)
        yield from _named("cite", _VIA, line)
    elif block.kind == "paragraph":
        yield from _of_paragraph(line, after, last=last)


def _placed(found: Iterator[_Found], start: int, *, signed: bool) -> Iterator[Credit]:
    for kind, name, at in found:
        bare = name.strip(" \t\u00a0,;:|")
        if bare:
            begin = start + at + name.index(bare)
            place = _AGENCY_FORM if kind == "reporting_by" and signed else "text"
            yield Credit(kind, bare, Span(begin, begin + len(bare)), place=place)


def _named(kind: CreditKind, form: re.Pattern[str], line: str) -> Iterator[_Found]:
    found = form.search(line)
    if found is not None:
        yield kind, found.group("name"), found.start("name")


def _of_dateline(line: str) -> Iterator[_Found]:
    at = forms.dateline(line + " A")
    if at is not None and at.agency[1]:
        yield "dateline", line[slice(*at.agency)], at.agency[0]


def _of_byline(line: str) -> Iterator[_Found]:
    start = forms.byline(line)
    if start is None:
        start = forms.byline_inside(line)
    if start is None and (forms.a_name_line(line) or forms.masthead(line) or _NAMED_IN.fullmatch(line)):
        first = _AND.split(line, maxsplit=1)[0]
        named = forms.is_agency(first) or len(_AT.split(first, maxsplit=1)[0].split()) > 1
        start = 0 if named and not forms.DATE.search(first) else None
    if start is None:
        return
    stop = re.compile(r"\s[|/·•–—]\s|\.\s(?=[A-Z][a-z]{3})|\.$").search(line, start)
    yield from _makers("byline", line, start, stop.start() if stop else len(line))


def _makers(kind: CreditKind, line: str, start: int, end: int) -> Iterator[_Found]:
    """The names of a list of makers, without where they were and what they are."""
    pieces: list[tuple[int, int]] = []
    at = start
    for mark in _AND.finditer(line, start, end):
        pieces.append((at, mark.start()))
        at = mark.end()
    pieces.append((at, end))
    for first, (begin, stop) in enumerate(pieces):
        place = _AT.search(line, begin, stop)
        name = line[begin : place.start() if place else stop].strip(" .)")
        words = name.split()
        role = first > 0 and forms.is_role(name) and not forms.is_agency(name)
        if (
            words
            and not role
            and (first == 0 or forms.name_like(words) or forms.is_agency(name))
            and not forms.DATE.search(name)
        ):
            yield kind, name, line.index(name, begin)


def _of_tail(line: str) -> Iterator[_Found]:
    makers = list(forms.MAKERS.finditer(line))
    if makers:
        ends = [found.start() for found in makers[1:]] + [len(line)]
        for found, end in zip(makers, ends, strict=True):
            stop = end - (len(line[found.end() : end]) - len(line[found.end() : end].rstrip(" ;,.()[]")))
            yield from _makers("reporting_by", line, found.end(), max(found.end(), stop))
        return
    appeared = forms.APPEARED.search(line)
    if appeared is not None:
        yield from _up_to_stop("first_appeared", line, appeared.end())
        return
    yield from _of_signature(line)


def _of_signature(line: str) -> Iterator[_Found]:
    where = forms.signature(line)
    if where is not None:
        if where[1]:
            yield "tail", line[slice(*where)], where[0]
        return
    rights = forms.RIGHTS.match(line)
    if rights is not None:
        start = _YEARS.match(line)
        begin = start.end() if start else rights.end()
        stop = _RIGHTS_END.search(line, begin)
        yield "tail", line[begin : stop.start() if stop else len(line)], begin
        return
    helped, given = forms.HELPED.match(line), forms.WITH.match(line)
    if helped is not None:
        staff = _STAFF.match(line)
        name = staff.group("name") if staff is not None else helped.group("who")
        yield "tail" if forms.outlet_like(name) else "reporting_by", name, line.index(name)
    elif given is not None:
        yield from _up_to_stop("tail", line, given.end())
    elif (source := forms.SOURCE.match(line)) is not None:
        yield from _up_to_stop("cite", line, source.end())


def _up_to_stop(kind: CreditKind, line: str, start: int) -> Iterator[_Found]:
    """The name that starts here: to the end of the sentence, a bracket, or a word that no name holds."""
    found = re.compile(rf"{_NAME}").match(line, start)
    if found is not None:
        yield kind, found.group().rstrip("."), start
    elif line[start:].strip(" .)"):
        stop = re.compile(r"[.,;()|]").search(line, start)
        yield kind, line[start : stop.start() if stop else len(line)], start


def _of_caption(line: str, after: Block | None) -> Iterator[_Found]:
    head = forms.PHOTO.match(line) or _PHOTO_INSIDE.search(line)
    agency = forms.PHOTO_BY.search(line, max(0, len(line) - 80))
    bracket = _IN_BRACKETS.search(line)
    if agency is not None and (head is None or agency.start() < head.end()):
        yield "photo", agency.group().strip("()"), agency.start() + (line[agency.start()] == "(")
    elif bracket is not None:
        marked = forms.PHOTO.match(bracket.group("name"))
        start = bracket.start("name") + (marked.end() if marked is not None else 0)
        yield "photo", line[start : bracket.end("name")], start
    elif head is not None and "caption" not in head.group().lower():
        stop = re.compile(r"(?<=[a-z]{4})\.\s|(?<=\s[A-Z]\.\s[a-z]{3})|\.$").search(line, head.end())
        name = line[head.end() : stop.start() if stop else len(line)]
        if len(name.split()) <= 8:
            yield "photo", name, head.end()
    elif after is not None and after.kind == "caption" and forms.name_like(re.split(r"[\s/]+", line), 5):
        yield "photo", line, 0


def _of_paragraph(line: str, after: Block | None, *, last: bool) -> Iterator[_Found]:
    quoted = after is not None and after.kind == "blockquote"
    if line.endswith(":"):
        yield from _lead_in(line, quoted=quoted)
    elif len(line) <= 60:
        whole = _FROM_ALONE.fullmatch(line)
        if whole is not None and (quoted or forms.outlet_like(whole.group("name"))):
            yield "lead_in", whole.group("name"), whole.start("name")
    appeared = forms.APPEARED.search(line) if len(line) <= 300 else None
    if appeared is not None and forms.THIS_PIECE.search(line):
        yield from _up_to_stop("first_appeared", line, appeared.end())
    if "h/t" in line[-60:].lower() or "tip" in line[-60:].lower():
        yield from _named("cite", _HAT, line)
    if last:
        yield from _agency_at_end(line)


def _lead_in(line: str, *, quoted: bool) -> Iterator[_Found]:
    """The name before a colon: alone on its line, or last before a block quotation."""
    alone = _LEAD_ALONE.fullmatch(line)
    if alone is not None:
        name = alone.group("name")
        words = name.lower().removeprefix("the ").split()
        heading = not words or words[0] in _HEADINGS
        if not heading and (quoted or forms.outlet_like(name)):
            yield "lead_in", name, alone.start("name")
        return
    if quoted:
        tail = line[-260:]
        found = _LEAD_FROM.search(tail) or _LEAD_LAST.search(tail) or _LEAD_FIRST.search(tail)
        if found is not None and found.group("name").lower() not in _HEADINGS:
            yield "lead_in", found.group("name"), len(line) - len(tail) + found.start("name")


def _agency_at_end(line: str) -> Iterator[_Found]:
    at = max(0, len(line) - 45)
    found = _AGENCY_END.search(line, at)
    if found is not None and forms.is_agency(found.group("name").rstrip(".")):
        yield "tail", found.group("name"), found.start("name")
