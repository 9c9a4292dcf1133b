"""Where things stand in a text: lines, trimmed spans, and characters exchanged one for one.

A text never changes once it is stored, so everything here takes code-point offsets and gives
code-point offsets; what must be replaced is replaced by as many characters as it had.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ondit.records import Span

_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+|\r\n|.", re.DOTALL)


class Line(NamedTuple):
    """A line with something on it: text without outer blanks, indent, line ends since the last one."""

    span: Span
    text: str
    indent: int
    gap: int

    @property
    def opens(self) -> bool:
        """A blank line, or the start of the text, stands before this line."""
        return self.gap != 1


def lines(text: str) -> Iterator[Line]:
    """The lines of a text that are not blank, whatever ends them; the first one has a gap of 0.

    >>> [(line.span, line.text, line.gap) for line in lines("One\\r\\n\\r\\n  two ")]
    [(Span(start=0, end=3), 'One', 0), (Span(start=9, end=12), 'two', 2)]
    """
    gap = 0
    first = True
    for found in _LINE.finditer(text):
        line = found.group()
        body = line.strip()
        if body:
            indent = len(line) - len(line.lstrip())
            start = found.start() + indent
            yield Line(Span(start, start + len(body)), body, indent, 0 if first else gap)
            gap, first = 0, False
        elif line[0] in "\n\r\x0b\x0c\x85\u2028\u2029":
            gap += 1


def trimmed(text: str, start: int, end: int, marks: str | None = None) -> Span:
    """The stretch without the blanks (or `marks`) at both ends; empty at `start` if there is nothing else.

    >>> trimmed("  a b ", 0, 6), trimmed("(a b),", 0, 6, "(),")
    (Span(start=2, end=5), Span(start=1, end=4))
    """
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip(marks))
    body = len(piece.strip(marks))
    return Span(start + lead, start + lead + body) if body else Span(start, start)


def words_at(text: str, spans: Iterable[Span]) -> str:
    """The words of several stretches as one text.

    >>> words_at("It fell, he said, at noon", [Span(0, 7), Span(18, 25)])
    'It fell at noon'
    """
    return " ".join(text[start:end] for start, end in spans)


def without_surrogates(text: str) -> str:
    """Lone surrogates, which no encoding can write, become U+FFFD one for one.

    >>> without_surrogates("a\\ud800b")
    'a\ufffdb'
    """
    return _SURROGATES.sub("\ufffd", text) if _SURROGATES.search(text) else text
