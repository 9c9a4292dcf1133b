"""Statements as alignment sees them: stems, names, numbers and what they count.

In: readings. Out: one `Point` a statement. A rough stem is enough here: what matters is that "cuts" and "cut"
meet, and that "3,200" and "3200" do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ondit.records import Reading, Statement
from ondit.text.lexicon import table, words_of
from ondit.text.nouns import singular

WORD = re.compile(r"%|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_ENDINGS = [
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "edly",
    "ied",
    "ies",
    "ers",
    "ed",
    "es",
    "er",
    "ly",
    "s",
    "e",
]


@dataclass(slots=True)
class Point:
    """A statement as the scorer sees it."""

    statement: Statement
    stems: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    quantities: dict[str, frozenset[str]]
    sequence: tuple[str, ...]
    loud: bool = False
    """Whether it has a word in capitals of four letters or more, as headlines of tabloids do."""
    among: int = 1
    """Statements of its report."""


def stem(word: str) -> str:
    """A rough stem of a folded word: enough that "cuts" and "cut", "flares" and "flare" meet."""
    if len(word) > 4:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)]
    return singular(word)


def number(token: str) -> str:
    """A number in one spelling: digits without separators; words as digits; "" if it is none."""
    if _NUMBER.fullmatch(token):
        plain = token.replace(",", "").rstrip(".")
        return str(float(plain)) if plain.replace(".", "", 1).isdigit() else plain
    folded = token.casefold()
    parts = folded.split("-")
    if all(p in table("numbers") for p in parts) and folded != "one":
        return str(float(sum(int(table("numbers")[p][0]) for p in parts)))
    return ""


def points(readings: Sequence[Reading]) -> list[Point]:
    """Every statement of the story as a `Point`, reading by reading."""
    return [_point(r, s) for r in readings for s in r.statements]


def _point(reading: Reading, statement: Statement) -> Point:
    text = " ".join(reading.document.text[s.start : s.end] for s in statement.spans)
    tokens = WORD.findall(text.replace("’", "'"))
    folded = [t.casefold().removesuffix("'s") for t in tokens]
    numbers = frozenset(n for i, t in enumerate(tokens) if (n := number(t)) and not _labels(tokens, i))
    content = [w for w in folded if w not in words_of("stopwords") and not number(w)]
    caps = text.isupper()
    proper = frozenset(
        w
        for i, (t, w) in enumerate(zip(tokens, folded, strict=True))
        if t[0].isupper()
        and not caps
        and (i or not w.isalpha() or w not in words_of("openers"))
        and w not in words_of("stopwords")
    )
    return Point(
        statement,
        frozenset(stem(w) for w in content),
        frozenset(stem(w) for w in proper),
        numbers,
        quantities(tokens),
        tuple(folded),
        any(t.isupper() and len(t) > 3 for t in tokens),
        len(reading.statements),
    )


def quantities(tokens: Sequence[str]) -> dict[str, frozenset[str]]:
    """What is counted or measured in a clause, and the numbers given for it.

    >>> quantities("turnout was 68 per cent".split())
    {'per': frozenset({'68.0'})}
    """
    found: dict[str, set[str]] = {}
    for place, token in enumerate(tokens):
        value = number(token)
        if not value or _labels(tokens, place):
            continue
        unit = next(
            (
                t.casefold()
                for t in tokens[place + 1 : place + 3]
                if not number(t) and t.casefold() not in words_of("stopwords")
            ),
            "",
        )
        unit = {"percent": "per", "pc": "per", "%": "per"}.get(unit, unit)
        if unit:
            found.setdefault(stem(unit), set()).add(value)
    return {unit: frozenset(values) for unit, values in found.items()}


def _labels(tokens: Sequence[str], place: int) -> bool:
    """Whether the number at `place` is part of a name ("Hall 14", "No 61"), not a quantity."""
    before = tokens[place - 1] if place else ""
    return (
        before[:1].isupper()
        and before.casefold() not in words_of("openers")
        and tokens[place].isdigit()
        and place > 1
    )


def tells(number_: str) -> float:
    """How much it tells that two statements share a number: "two" little, "6,700" much."""
    value = abs(float(number_)) if number_.replace(".", "", 1).isdigit() else 100.0
    return 0.2 if value <= 3 else 0.6 if value <= 10 else 1.0
