"""How old the register is: what it holds as of when, and the entries that may have changed since.

An entry is stale when the facts of its file are older than a year; terms of office that have ended do not
change and never are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from ondit.text.register import FILES, as_of, rows

_YEAR = timedelta(days=365)
_UNTIL = -2
"""The cell of a term of office that says when it ended."""


def summary() -> Iterator[str]:
    """A line a file: how many entries, as of when, how many of them stale."""
    for name in FILES:
        stale = len(_stale(name))
        yield f"{name:14}{len(rows(name)):6,} entries, as of {as_of(name)}; stale: {stale:,}"


def entries() -> Iterator[str]:
    """A line a stale entry: file, date, and the first cells of the entry."""
    for name in FILES:
        for row in _stale(name):
            yield f"{name}\t{as_of(name)}\t{' '.join(filter(None, row[:5]))}"


def _stale(name: str) -> list[list[str]]:
    limit = (datetime.now(UTC) - _YEAR).date().isoformat()
    held = rows(name) if as_of(name) < limit else []
    return [row for row in held if name != "offices" or not row[_UNTIL]]
