"""Plain text to the blocks of a report's layout: headline, byline, dateline, paragraph, quotation, furniture.

A text and what is known of it in; blocks in text order out that do not overlap and leave no line with a
word outside. Marks of layout ("> ", "- ", "1. ") lie before the block that they make. Whatever has no
form of furniture (`forms`) is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ondit.intake import forms
from ondit.records import Block, BlockKind, Span
from ondit.text.offsets import Line, lines, trimmed

_QUOTED = re.compile(r"(?:>\s?)+")
_BULLET = re.compile(r"[+•●▪◦‣∙*]\s+(?=\S)")
_DASHED = re.compile(r"[-–—]\s+(?=\S)")
_NUMBERED = re.compile(r"\(?(\d{1,2})[.)]\s+(?=\S)")
_WORD = re.compile(r"\w+")
_INDENT = 4
_HEADER_STANZAS = 6
_OPENING_LINES = 8


@dataclass(slots=True)
class _Row:
    """A line under work: `body` is its text without marks, `kind` None as long as nothing is known."""

    start: int
    body: str
    opens: bool
    kind: BlockKind | None = None
    depth: int = 0
    indent: int = 0
    joined: bool = False
    end: int = field(init=False)

    def __post_init__(self) -> None:
        self.end = self.start + len(self.body)


def blocks(text: str, headline: str | None = None) -> tuple[Block, ...]:
    """The blocks of a plain text; `headline`, where it is known from elsewhere, is looked for in it.

    >>> [b.kind for b in blocks("Two dead in fire\\n\\nBy Ana Reyes\\n\\nPARIS (AP) - Two people died.")]
    ['headline', 'byline', 'dateline', 'paragraph']
    """
    return _typed([_row(line) for line in lines(text)], headline, wrapped=True)


def blocks_of(text: str, known: Sequence[Block], headline: str | None = None) -> tuple[Block, ...]:
    """The same where a page's tags say where blocks stand and what some of them are.

    A "paragraph" among `known` is open: its form decides; every other kind and all depths stay.
    """
    rows = [
        _Row(
            b.span.start,
            text[b.span.start : b.span.end],
            True,
            None if b.kind == "paragraph" else b.kind,
            b.depth,
        )
        for b in known
    ]
    return _typed(rows, headline, wrapped=False)


def _typed(rows: list[_Row], headline: str | None, *, wrapped: bool) -> tuple[Block, ...]:
    if wrapped:
        _mark_indented(rows)
        _mark_lists(rows)
        _join_wrapped(rows)
    _mark_captions(rows)
    _mark_furniture(rows)
    _mark_headline(rows, headline)
    _mark_header(rows)
    _mark_subheads(rows)
    for row in rows:
        if row.kind is None and not row.joined and forms.only_when(row.body):
            row.kind = "boilerplate"
    return _cut(rows)


def _row(line: Line) -> _Row:
    found = _QUOTED.match(line.text)
    if found is None:
        return _Row(line.span.start, line.text, line.opens, indent=line.indent)
    depth = found.group().count(">")
    body = line.text[found.end() :]
    kind: BlockKind = "blockquote" if body else "boilerplate"
    return _Row(line.span.start + found.end(), body, line.opens, kind, depth)


# ------------------------------------------------------- quotations and lists


def _mark_indented(rows: list[_Row]) -> None:
    """Paragraphs that stand in from a text that does not are quoted, as in Markdown."""
    deep = [row for row in rows if row.indent >= _INDENT and row.kind is None]
    if not deep or len(deep) * 2 > len(rows):
        return
    for before, row in pairwise(rows):
        led_in = before.body.endswith(":") or before.kind == "blockquote"
        if row.indent >= _INDENT and row.kind is None and led_in:
            row.kind, row.depth = "blockquote", 1


def _mark_lists(rows: list[_Row]) -> None:
    """Bullets make a list; dashes and figures only where there are several."""
    dashes = [row for row, other in _neighbours(rows) if _dashed(row) and _dashed(other)]
    numbers = [(row, m) for row in rows if row.kind is None and (m := _NUMBERED.match(row.body))]
    for row in rows:
        found = _BULLET.match(row.body) if row.kind is None else None
        if found is not None:
            _make_item(row, found.end())
    for row in dashes:
        _make_item(row, len(row.body) - len(_DASHED.sub("", row.body, count=1)))
    if len(numbers) > 1 and int(numbers[1][1].group(1)) == int(numbers[0][1].group(1)) + 1:
        for row, found in numbers:
            _make_item(row, found.end())


def _dashed(row: _Row) -> bool:
    return row.kind is None and _DASHED.match(row.body) is not None


def _neighbours(rows: list[_Row]) -> Iterator[tuple[_Row, _Row]]:
    """Every row once with one that stands next to it, a dashed one if there is one."""
    for before, row, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        other = after if after is not None and _dashed(after) else before
        if other is not None:
            yield row, other


def _make_item(row: _Row, at: int) -> None:
    row.kind, row.start, row.body = "list", row.start + at, row.body[at:]


def _join_wrapped(rows: list[_Row]) -> None:
    """In a text set to a width, lines are one paragraph where the next word had no room left."""
    plain = [row for row in rows if row.kind in (None, "blockquote")]
    width = max((len(row.body) for row in plain), default=0)
    pairs = [(a, b) for a, b in pairwise(rows) if _same_stanza(a, b)]
    full = [(a, b) for a, b in pairs if len(a.body) + 1 + len(b.body.split(None, 1)[0]) > width]
    if not 40 <= width <= 120 or len(full) < 3 or len(full) * 10 < len(pairs) * 6:
        return
    for _, row in full:
        row.joined = True


def _same_stanza(before: _Row, row: _Row) -> bool:
    return (
        not row.opens
        and before.kind == row.kind
        and before.depth == row.depth
        and row.kind in (None, "blockquote")
    )


# --------------------------------------------------------- captions, furniture


def _mark_captions(rows: list[_Row]) -> None:
    """Picture lines, and the agency's name alone on the line before one."""
    for row, after in zip(rows, [*rows[1:], None], strict=False):
        if row.kind is not None:
            continue
        marked = forms.CAPTION_MARK.search(row.body) if "[" in row.body else None
        if marked is not None:
            if marked.end() < len(row.body) or marked.start() > 0:
                row.kind = "caption"
        elif (after is not None and after.body.lower().startswith("[/caption")) or forms.caption(row.body):
            row.kind = "caption"
    for row, after in pairwise(rows):
        if row.kind is None and after.kind == "caption" and not after.opens and _a_picture_credit(row.body):
            row.kind = "caption"


def _a_picture_credit(body: str) -> bool:
    return len(body) <= 50 and not forms.a_sentence(body) and forms.name_like(re.split(r"[\s/]+", body), 5)


def _mark_furniture(rows: list[_Row]) -> None:
    under = False
    for at, row in enumerate(rows):
        under = under and not row.opens and row.kind in (None, "list") and not forms.a_sentence(row.body)
        if at and row.kind == "headline" and forms.furniture(row.body) == "line":
            row.kind = "boilerplate"
        if row.kind not in (None, "list") or row.joined:
            continue
        what = forms.furniture(row.body, late=at * 3 >= len(rows) * 2)
        if what == "tail" or (what is None and forms.tail(row.body)):
            row.kind = "tail"
        elif what is not None or (under and len(row.body) < 100):
            row.kind = "boilerplate"
            under = under or what == "heading"


# --------------------------------------------------------- headline and header


def _mark_headline(rows: list[_Row], headline: str | None) -> None:
    if any(row.kind == "headline" for row in rows[:_OPENING_LINES]):
        return
    open_rows = [row for row in rows[:_OPENING_LINES] if row.kind is None]
    if headline:
        wanted = _letters(headline)
        for row in open_rows[:3]:
            if _alike(_letters(row.body), wanted):
                row.kind = "headline"
                return
    if open_rows and _shaped_like_headline(open_rows[0], rows, given=bool(headline)):
        open_rows[0].kind = "headline"
        if open_rows[0].body.endswith(";") and len(open_rows) > 1 and not open_rows[1].opens:
            open_rows[1].kind = "headline"


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _alike(line: str, headline: str) -> bool:
    shorter, longer = sorted((line, headline), key=len)
    return bool(shorter) and shorter in longer and len(shorter) * 4 >= len(longer) * 3


def _shaped_like_headline(row: _Row, rows: list[_Row], *, given: bool) -> bool:
    body, at = row.body, rows.index(row)
    words = len(body.split())
    if words > 30 or at + 1 >= len(rows) or rows[at + 1].joined:
        return False
    if forms.byline(body) is not None or forms.dateline(body) is not None or forms.masthead(body):
        return False
    follows = rows[at + 1]
    if body.endswith((":", ",")) or (body.endswith(";") and follows.opens):
        return False
    if not body.rstrip("”\"’'").endswith(".") or body.endswith("..."):
        return True
    longer = any(len(below.body) > len(body) for below in rows[at + 1 : at + 4])
    return not given and words <= 20 and follows.opens and longer


def _mark_header(rows: list[_Row]) -> None:
    """Bylines anywhere; between headline and report also lines of outlet, section, date and name."""
    for row in rows:
        if row.kind is None and not row.joined and forms.byline(row.body) is not None:
            row.kind = "byline"
    for at, stanza in enumerate(_stanzas(rows)[:_HEADER_STANZAS]):
        _mark_stanza([row for row in stanza if row.kind != "headline"], next_to_headline=at < 2)


def _stanzas(rows: list[_Row]) -> list[list[_Row]]:
    out: list[list[_Row]] = []
    for row in rows[: _HEADER_STANZAS * 4]:
        if row.opens or not out:
            out.append([])
        out[-1].append(row)
    return out


def _mark_stanza(stanza: list[_Row], *, next_to_headline: bool) -> None:
    free = [row for row in stanza if row.kind is None and not row.joined]
    heads = [row for row in free if forms.masthead(row.body)]
    named = [row for row in free if row not in heads and forms.a_name_line(row.body)]
    short = len(stanza) <= 4 and all(
        len(row.body) <= 120 and not forms.a_sentence(row.body) for row in stanza
    )
    makers = any(row.kind == "byline" or forms.byline_inside(row.body) is not None for row in stanza)
    signed = short and (bool(heads) or makers)
    header = [row for row in free if row in heads or row in named or forms.mostly_capitals(row.body, 0.5)]
    for row in header if signed else [*heads, *(named if next_to_headline else ())]:
        at_by = forms.byline_inside(row.body) is not None
        piped = re.search(r"\s[|/·•]\s", row.body) is not None
        row.kind = "byline" if at_by or row in named or (signed and not piped) else "boilerplate"


def _mark_subheads(rows: list[_Row]) -> None:
    """A short line right above a byline heads a second report on the same page."""
    for row, after in pairwise(rows):
        if row.kind is None and row.opens and after.kind == "byline" and 3 <= len(row.body.split()) <= 25:
            last = row.body[-1]
            if last not in ".,:;" and forms.byline(after.body) is not None:
                row.kind = "headline"


# --------------------------------------------------------------------- blocks


def _cut(rows: list[_Row]) -> tuple[Block, ...]:
    out: list[Block] = []
    paragraphs = 0
    for row in rows:
        if row.joined and out and out[-1].kind in ("paragraph", "blockquote"):
            out[-1] = Block(out[-1].kind, Span(out[-1].span.start, row.end), out[-1].depth)
        elif row.body:
            paragraphs += row.kind is None
            out.extend(_pieces(row, first=paragraphs <= 3))
    return tuple(out)


def _pieces(row: _Row, *, first: bool) -> list[Block]:
    """One row as blocks: a dateline before its paragraph, a sign-off after it, marks out of a caption."""
    if row.kind == "caption":
        return _caption_pieces(row)
    if row.kind not in (None, "blockquote"):
        return [Block(row.kind, Span(row.start, row.end), row.depth)]
    kind: BlockKind = row.kind or "paragraph"
    at = forms.dateline(row.body, first=first)
    begin = at.end if at is not None else 0
    stop = forms.tail_start(row.body)
    cuts: list[tuple[BlockKind, int, int]] = [
        ("dateline", 0, begin),
        (kind, begin, len(row.body) if stop is None else stop),
    ]
    if stop is not None:
        cuts.append(("tail", stop, len(row.body)))
    return _blocks(row, cuts)


def _caption_pieces(row: _Row) -> list[Block]:
    cuts: list[tuple[BlockKind, int, int]] = []
    at, inside = 0, True
    for mark in forms.CAPTION_MARK.finditer(row.body):
        cuts.append(("caption" if inside else "paragraph", at, mark.start()))
        cuts.append(("boilerplate", mark.start(), mark.end()))
        at, inside = mark.end(), mark.group()[1] != "/"
    cuts.append(("caption" if inside else "paragraph", at, len(row.body)))
    return _blocks(row, cuts)


def _blocks(row: _Row, cuts: list[tuple[BlockKind, int, int]]) -> list[Block]:
    out: list[Block] = []
    for kind, start, end in cuts:
        span = trimmed(row.body, start, end)
        if span.start < span.end:
            out.append(Block(kind, Span(row.start + span.start, row.start + span.end), row.depth))
    return out
