"""Traces as CSV (RFC 4180): one file a table, made to be opened in a spreadsheet without harm.

A spreadsheet takes a cell that begins with = + - or @ for a formula, and a program that splits at another
separator sees beginnings of cells inside one; there an apostrophe is put before the sign. Control characters
and marks that turn the direction of writing become U+FFFD. For words as they are, take SQLite or Parquet.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ondit.records import Trace
from ondit.telling.exports.tables import Table, flat

_FORMULA = re.compile(r"(?:^|(?<=[\t\n\r;,|]))(?=[\s\ufeff\u200b'\"]*[=+\-@＝＋－＠])")
_UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def export(traces: Sequence[Trace]) -> Mapping[str, bytes]:
    """`claims.csv` and so on, UTF-8 with the mark that spreadsheets know it by."""
    return {f"{table.name}.csv": _file(table, rows) for table, rows in flat(traces)}


def harmless(text: str) -> str:
    """
    >>> harmless("=1+1"), harmless("a; @b"), harmless("twenty-one"), harmless("\\x1b[2J")
    ("'=1+1", "a;' @b", 'twenty-one', '\ufffd[2J')
    """
    return _FORMULA.sub("'", _UNSEEN.sub("\ufffd", text))


def _file(table: Table, rows: Iterable[tuple[Any, ...]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
    writer.writerow(table.columns)
    writer.writerows(map(_cells, rows))
    return out.getvalue().encode("utf-8-sig")


def _cells(row: tuple[Any, ...]) -> list[Any]:
    return [int(cell) if isinstance(cell, bool) else _cell(cell) for cell in row]


def _cell(cell: Any) -> Any:
    return harmless(cell) if isinstance(cell, str) else cell
