"""Statements as alignment sees them: stems, names, numbers and what they count.

In: readings. Out: one `Point` a statement. A rough stem is enough here: what matters is that "cuts" and "cut"
meet. Numbers are those of `quantities`; a year is one too, though it counts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ondit.records import Reading, Statement
from ondit.text.lexicon import words_of
from ondit.text.offsets import words_at
from ondit.text.stems import WORD, stem
from ondit.tracing.quantities import WEEKDAY, Quantity, quantities


@dataclass(slots=True)
class Point:
    """A statement as the scorer sees it."""

    statement: Statement
    stems: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    """What is counted, measured or dated, and years: each in one spelling, times with their kind."""
    quantities: tuple[Quantity, ...]
    """Their spans lie in the words of the statement, not in the report."""
    sequence: tuple[str, ...]
    loud: bool = False
    """Whether it has a word in capitals of four letters or more, as headlines of tabloids do."""
    among: int = 1
    """Statements of its report."""


def points(readings: Sequence[Reading]) -> list[Point]:
    """Every statement of the story as a `Point`, reading by reading."""
    return [_point(r, s) for r in readings for s in r.statements]


def _point(reading: Reading, statement: Statement) -> Point:
    text = words_at(reading.document.text, statement.spans)
    tokens = WORD.findall(text.replace("’", "'"))
    folded = [t.casefold().removesuffix("'s") for t in tokens]
    counted = tuple(quantities(text))
    content = [w for w in folded if w not in words_of("stopwords") and not _digits(w)]
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
        frozenset({spelt(q) for q in counted} | {t for t in tokens if _year(t)}),
        counted,
        tuple(folded),
        any(t.isupper() and len(t) > 3 for t in tokens),
        len(reading.statements),
    )


def spelt(quantity: Quantity) -> str:
    """A quantity in one spelling, whatever it counts; a time with its kind ("DAY 714")."""
    kind = f"{min(quantity.units)} " if quantity.dated else ""
    return f"{kind}{quantity.value:g}"


def tells(number: str) -> float:
    """How much it tells that two statements share a number: "two" little, "6,700" much."""
    if number.startswith(WEEKDAY):
        return 0.2
    value = float(number.split()[-1])
    return 0.2 if value <= 3 else 0.6 if value <= 10 else 1.0


def _digits(word: str) -> bool:
    return word[:1].isdigit()


def _year(token: str) -> bool:
    return len(token) == 4 and token.isdecimal() and token.isascii() and 1500 <= int(token) <= 2099
