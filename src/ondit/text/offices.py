"""Heads of state and of government since 2000: who held an office when, and which offices somebody held.

A state, the word for an office and the date of a report in, the one who is meant out, or None: in a month in
which two held it, and where the register is not sure, nobody is. Wrong office-holders are wrong origins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ondit.text.register import fold, own, rows

_RULER = re.compile(r"\b(?:leader|dictator|despot|tyrant|strongman|ruler|supremo|autocrat)s?\b")
_STATE = re.compile(r"\b(?:head of state)\b")
_GOVERNMENT = re.compile(r"\b(?:head of (?:the )?government|prime minister|premier|chancellor|taoiseach)\b")
_OTHER = re.compile(r"\b(?:vice|deputy|former|ex|then|late|next|future|first lady|opposition|rebel|party)\b")


@dataclass(frozen=True, slots=True)
class Office:
    """One term of one holder. `start` and `until` are months ("2017-05"), `until` is "" for who holds it."""

    state: str
    office: str
    powers: Literal["state", "government", "both"]
    leads: bool
    name: str
    aliases: tuple[str, ...]
    gender: str
    start: str
    until: str
    sure: bool

    def held(self, month: str) -> bool:
        """Whether it was held in `month`, its first and last included."""
        return self.start <= month and (not self.until or month <= self.until)

    def is_called(self, words: str) -> bool:
        """Whether folded `words` ("president", "head of government", "dictator") can mean this office."""
        if _OTHER.search(words):
            return False
        named = re.search(rf"\b{self.office}s?\b", words) is not None
        government = self.powers != "state" and self.office != "president" and _GOVERNMENT.search(words)
        state = self.powers != "government" and _STATE.search(words)
        return named or bool(government) or bool(state) or (self.leads and _RULER.search(words) is not None)


def offices() -> tuple[Office, ...]:
    """Every term, by state, office and month."""
    return _offices(own())


@cache
def _offices(_: str) -> tuple[Office, ...]:
    return tuple(_office(row) for row in rows("offices"))


def _office(row: Sequence[str]) -> Office:
    state, office, powers, leads, name, aliases, gender, start, until, note = row
    kind: Literal["state", "government", "both"] = (
        "both" if powers == "both" else "government" if powers == "government" else "state"
    )
    others = tuple(filter(None, aliases.split("|")))
    return Office(state, office, kind, leads == "yes", name, others, gender, start, until, note == "")


@cache
def _by_state(_: str) -> dict[str, list[Office]]:
    found: dict[str, list[Office]] = {}
    for office in offices():
        found.setdefault(office.state, []).append(office)
    return found


@cache
def _by_name(_: str) -> dict[str, list[Office]]:
    found: dict[str, list[Office]] = {}
    for office in offices():
        for name in dict.fromkeys(map(fold, (office.name, *office.aliases))):
            found.setdefault(name, []).append(office)
    return found


@cache
def _by_part(_: str) -> dict[str, list[Office]]:
    found: dict[str, list[Office]] = {}
    for office in offices():
        for word in dict.fromkeys(fold(office.name).split()):
            found.setdefault(word, []).append(office)
    return found


def holder(state: str, words: str, date: str) -> Office | None:
    """Who was meant by `words` for an office of `state` in the month of `date`, if it was one person.

    >>> [found and found.name for found in (holder("kp", "dictator", "2024-06-20"), holder("us", "president",
    ... "2018-05-01"), holder("us", "president", "2021-01-20"))]
    ['Kim Jong-un', 'Donald Trump', None]
    """
    month, words = date[:7], words.casefold()
    held = [o for o in _by_state(own()).get(state, ()) if o.held(month) and o.is_called(words)]
    names = {o.name for o in held}
    return held[0] if len(names) == 1 and all(o.sure for o in held) and len(month) == 7 else None


def held_by(name: str, date: str = "") -> tuple[Office, ...]:
    """The offices that the bearer of a full name held at `date`, or ever if no date is known.

    >>> [(o.state, o.office) for o in held_by("Kim Jong Un", "2024-06-20")]
    [('kp', 'leader')]
    """
    found = _by_name(own()).get(fold(name), [])
    return tuple(o for o in found if len(date) < 7 or o.held(date[:7]))


def held_under(word: str, date: str) -> list[Office]:
    """The offices held at `date` (ever, if it is "") by those whose names the folded `word` is a part of."""
    found = _by_part(own()).get(word, [])
    return [o for o in found if o.sure and (not date or o.held(date[:7]))]
