"""Sentences from patterns: alternatives in brackets, slots in braces, and no run of words said twice.

In: patterns such as "[It rained|Rain fell] at {time}" and a random generator. Out: one of the many texts that
a pattern stands for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

INNERMOST = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")
RUN = 8
"""Words in a row that no two reports share unless one used the other or both quote."""

TRIES = 60


@cache
def stock(name: str) -> Any:
    """What a file of patterns beside this module holds."""
    return json.loads(Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8"))


def expanded(pattern: str, chance: Random) -> str:
    """`pattern` with one of each set of alternatives.

    >>> expanded("[a|a] b", Random(1))
    'a b'
    """
    while True:
        pattern, changed = INNERMOST.subn(lambda m: chance.choice(m[1].split("|")), pattern)
        if not changed:
            return pattern


def filled(pattern: str, slots: Mapping[str, str]) -> str:
    """`pattern` with its slots; a slot with a capital begins with one.

    >>> filled("{Who} said so, {who} did.", {"who": "two officials"})
    'Two officials said so, two officials did.'
    """

    def value(match: re.Match[str]) -> str:
        word = slots[match[1].casefold()]
        return word[:1].upper() + word[1:] if match[1][0].isupper() else word

    return SLOT.sub(value, pattern)


class Said:
    """The runs of words that reports of a story hold so far, so that no other report says them again."""

    def __init__(self) -> None:
        self._runs: set[tuple[str, ...]] = set()
        self.repeated = 0
        """Sentences for which no wording was left that nobody had used."""

    def fresh(self, make: Callable[[], str]) -> str:
        """The first text of `make` that says again no run of words said before."""
        text = make()
        for _ in range(TRIES):
            if not self._runs & runs(text):
                break
            text = make()
        else:
            self.repeated += 1
        self._runs |= runs(text)
        return text


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of `RUN` words of a text that stand outside quotation marks."""
    found = set()
    for part in re.split(r"“[^”]*”", text):
        words = re.findall(r"\w+", part.casefold())
        found |= {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
    return found


def one(patterns: Sequence[str], chance: Random, slots: Mapping[str, str] | None = None) -> str:
    """One of some patterns, made text."""
    return filled(expanded(chance.choice(patterns), chance), slots or {})
