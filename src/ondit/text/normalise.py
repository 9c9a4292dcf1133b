"""Text folded for the encoder without moving a character: same length in, same offsets out.

Quotation marks of every style become “ and ” by turns, apostrophes become ', every kind of space a space,
lone surrogates U+FFFD. Weights are trained on folded text, so a report in the French, British or
typewriter style reads like any other (PolNeAR alone mixes four styles).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARKS = re.compile(
    r"""\n|["“”„‟«»]|''|``
    |(?P<single>(?<![\w'’.,;:!?])['‘](?=[\w\[(£$€])(?!(?:\d0s|em|tis|twas|til|cause|n)\b)
      (?:[^\n'‘’"“”„‟«»]|(?<=\w)['’](?=\w)|“[^”\n]{0,500}”)*
      (?<=\S)['’](?!['’\w]))""",
    re.VERBOSE | re.IGNORECASE,
)
_OPENING = frozenset(("“", "„", "«", "``"))
_CLOSING = frozenset(("”", "»"))
_SURROGATES = re.compile("[\ud800-\udfff]")
_SINGLES = str.maketrans(
    dict.fromkeys("‘’‛ʼ`´", "'") | dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " ")
)


class Mark(NamedTuple):
    """A quotation mark of one or two characters; `opens` says on which side of a quotation it stands."""

    start: int
    end: int
    opens: bool


def quotation_marks(text: str) -> Iterator[Mark | None]:
    """The marks of a text in order, None for each line end (where an open quotation is given up).

    Double marks of any style, and single ones where they stand in pairs outside double ones (British style).
    """
    inside = False
    at = 0
    while found := _MARKS.search(text, at):
        start, end = found.span()
        at = end
        if found.group() == "\n":
            inside = False
            yield None
        elif found.group("single") is None:
            inside = found.group() in _OPENING or (found.group() not in _CLOSING and not inside)
            yield Mark(start, end, inside)
        elif inside:
            at = start + 1
        else:
            yield Mark(start, start + 1, True)
            yield Mark(end - 1, end, False)


def fold(text: str) -> str:
    """The text as the encoder reads it; `len(fold(text)) == len(text)`.

    >>> fold("''It’s done,'' he said. 'Yes.'")
    "“ It's done,”  he said. “Yes.”"
    """
    out = list(_SURROGATES.sub("\ufffd", text.translate(_SINGLES)))
    for mark in quotation_marks(text):
        if mark is not None:
            out[mark.start : mark.end] = ("“" if mark.opens else "”").ljust(mark.end - mark.start)
    return "".join(out)


def quoted(text: str) -> bytearray:
    """One byte a character: 1 between quotation marks, up to the end of the line if none closes.

    >>> list(quoted('a "b" c'))
    [0, 0, 0, 1, 0, 0, 0]
    """
    mask = bytearray(len(text))
    begin: int | None = None
    for mark in [*quotation_marks(text), None]:
        if begin is not None:
            end = mark.start if mark is not None else _line_end(text, begin)
            mask[begin:end] = b"\1" * (end - begin)
        begin = mark.end if mark is not None and mark.opens else None
    return mask


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


_LEADING_THAT = re.compile(r"\s*(that)\b[\s,]*(?=\S)", re.IGNORECASE)
_STOPS = tuple(".!?…:;\"”'’»")


def as_sentence(text: str) -> str:
    """A clause (a content) made to look like a sentence: a leading "that" blanked, a capital, a full stop.

    Offsets stay those of `text`; a full stop may stand after its end.

    >>> as_sentence("that the ship had sailed")
    '     The ship had sailed.'
    """
    that = _LEADING_THAT.match(text)
    lead = that.end() if that else len(text) - len(text.lstrip())
    capital = text[lead : lead + 1].upper()
    first = capital if len(capital) == 1 else text[lead : lead + 1]
    body = " " * lead + first + text[lead + 1 :]
    return body if not body.strip() or body.rstrip().endswith(_STOPS) else body + "."
