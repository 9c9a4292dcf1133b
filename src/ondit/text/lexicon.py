"""Word lists of English news, read from `data/en` once and kept.

A list file is TSV with `#` comments; its first column is the entry, the others are its features.
What each list is for and where it comes from stands in data/SOURCES.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> dict[str, tuple[str, ...]]:
    """The list `name`: folded entry to its features (empty where the list has one column)."""
    text = files("ondit").joinpath("data", "en", f"{name}.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {row[0].strip().casefold(): tuple(cell.strip() for cell in row[1:]) for row in rows}


@cache
def words_of(name: str) -> frozenset[str]:
    """The entries of the list `name`."""
    return frozenset(table(name))


def alternatives(words: Iterable[str]) -> str:
    """Words as alternatives of a regular expression, longer ones first.

    >>> alternatives(["said", "say", "says"])
    'said|says|say'
    """
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
