"""Quotations of a report: what stands between quotation marks, with missing marks repaired.

Double marks (straight, curly, angle, `` and ''), single marks told from apostrophes by their neighbours,
quotations over several paragraphs that repeat the opening mark (one `group`), and quotations whose
closing or opening mark is missing: those end before the words that attribute them, or at the paragraph's
end. In: text and the stretches (paragraphs) to look at. Out: `Quotation`s in text order.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ondit.records import Quotation, Span

_MARK = re.compile(r"''|``|[\"“”«»‘’']")
_DOUBLE = {'"', "“", "”", "«", "»", "''", "``"}
_OPENING = {"“", "«", "``", "‘"}
_CLOSING = {"”", "»"}
_ATTRIBUTED = re.compile(
    r",\s+(?:(?:he|she|they|it|I)\s+\w+s?\b|(?:said|says|say|added|adds|wrote|writes|told|warned|explained|insisted|snapped"
    r"|replied|claimed|continued|noted|recalled|argued|declared)\b|(?:[A-Z][\w'’.-]+\s+){1,4}(?:said|says|told|added|wrote)\b)"
    r"|(?:,|\.)\s+(?:[a-z]+ed|writes|says|said)\s+[A-Z]"
)


@dataclass(slots=True)
class _Open:
    start: int
    double: bool
    group: int


def quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """The quotations of `text` inside `paragraphs`, outermost ones only, spans without their marks.

    >>> quotations("“We go,” he said.", [Span(0, 17)])
    (Quotation(span=Span(start=1, end=7), group=0, opened=True, closed=True),)
    """
    found: list[Quotation] = []
    carried: _Open | None = None
    for number, paragraph in enumerate(paragraphs):
        after = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        carried = _paragraph(text, paragraph, after, carried, found)
    return tuple(found)


def _paragraph(
    text: str, span: Span, after: Span | None, carried: _Open | None, found: list[Quotation]
) -> _Open | None:
    """Read one paragraph; append to `found`; give back the quotation that goes on in the next one."""
    pending: _Open | None = None
    group = carried.group if carried else -1
    first = len(found)
    for mark in _MARK.finditer(text, span.start, span.end):
        kind = _side(text, mark, pending, span)
        double = mark.group() in _DOUBLE
        if kind == "open" and pending is None:
            number = group if group >= 0 and not text[span.start : mark.start()].strip() else _next(found)
            pending = _Open(mark.end(), double, number)
        elif kind == "close" and pending is not None and pending.double == double:
            found.append(Quotation(Span(pending.start, mark.start()), pending.group))
            pending = None
        elif kind == "close" and pending is None and double and _unopened(text, span, mark, found, first):
            found.append(Quotation(Span(span.start, mark.start()), _next(found), opened=False))
    if pending is None:
        return None
    return _unclosed(text, span, after, pending, found)


def _next(found: list[Quotation]) -> int:
    return found[-1].group + 1 if found else 0


def _unopened(text: str, span: Span, mark: re.Match[str], found: list[Quotation], first: int) -> bool:
    return len(found) == first and mark.start() - span.start > 2 and mark.group() in _CLOSING | {'"'}


def _unclosed(
    text: str, span: Span, after: Span | None, pending: _Open, found: list[Quotation]
) -> _Open | None:
    if after is not None and _opens_like(text, after, pending):
        found.append(Quotation(Span(pending.start, span.end), pending.group, closed=False))
        return pending
    if not pending.double and text[pending.start - 1] == "'":
        return None
    attributed = _ATTRIBUTED.search(text, pending.start, span.end)
    end = attributed.start() if attributed else span.end
    found.append(Quotation(Span(pending.start, end), pending.group, closed=False))
    return None


def _opens_like(text: str, after: Span, pending: _Open) -> bool:
    mark = _MARK.match(text, after.start)
    return bool(mark) and (mark.group() in _DOUBLE) == pending.double if mark else False


def _side(text: str, mark: re.Match[str], pending: _Open | None, span: Span) -> str:
    """Whether a mark opens, closes, or is an apostrophe ("none")."""
    sign = mark.group()
    before = text[mark.start() - 1] if mark.start() > span.start else " "
    after = text[mark.end()] if mark.end() < span.end else " "
    if sign in {"’", "'"} and (before.isalnum() and after.isalnum()):
        return "none"
    if sign == "‘":
        return (
            "none"
            if after.isdigit() and after != " " and pending is None and _decade(text, mark.end())
            else "open"
        )
    if sign in {"’", "'"}:
        return _single(sign, before, after, pending)
    if sign in _OPENING:
        return "open"
    if sign in _CLOSING:
        return "close"
    if pending is None:
        closing = not before.isspace() and before not in "([—–-" and (after.isspace() or after in ".,;:!?)")
        return "close" if closing else "open"
    return "close" if not (before.isspace() and after.isalnum()) else "none"


def _decade(text: str, at: int) -> bool:
    return bool(re.match(r"\d0s\b", text[at : at + 4]))


def _single(sign: str, before: str, after: str, pending: _Open | None) -> str:
    if pending is not None and not pending.double:
        closes = not before.isspace() and not after.isalnum()
        return "close" if closes else "none"
    opens = sign == "'" and (before.isspace() or before in '([—–“"') and after.isalpha()
    return "open" if opens and pending is None else "none"


def inside(span: Span, quotes: Sequence[Quotation]) -> int:
    """How many characters of `span` lie inside `quotes`, which are in text order."""
    first = bisect_right(quotes, span.start, key=lambda q: q.span.end)
    quotes = quotes[first : bisect_left(quotes, span.end, first, key=lambda q: q.span.start)]
    return sum(max(0, min(span.end, q.span.end) - max(span.start, q.span.start)) for q in quotes)
