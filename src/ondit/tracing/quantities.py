"""What is counted, measured or dated in a clause: a number as an interval, and what it is a number of.

Words, digits and multipliers become one number ("2.1 million", "one hundred and twelve"); what is said
around it widens it ("about", "at least", "or more", "between 40 and 50"). Times of day, days of a month and
days of the week are numbers of their own kind. Two quantities differ only if their intervals do not meet:
"about 3,200" and "3,180" are one figure told twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from ondit.records import Span
from ondit.text.lexicon import table, words_of
from ondit.text.nouns import classify, singular
from ondit.text.stems import stem

_TOKEN = re.compile(r"%|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[.;!?£$€]")
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_TIMES = {
    "hundred": 1e2, "dozen": 12.0, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6,
    "billion": 1e9, "bn": 1e9, "trillion": 1e12,
}  # fmt: skip
_PER_CENT = {"%", "percent", "pc"}
_AT_LEAST = {"least", "over", "exceeding", "upwards", "than"}
_NEAR = {
    "about", "around", "some", "roughly", "approximately", "estimated", "nearly", "almost", "nearer", "circa",
}  # fmt: skip

_ABOUT = 0.1
"""How far "about" reaches, as a share."""
_BEYOND = 1.2
"""How far "at least" reaches, as a factor: who says "at least nine" does not mean thirty."""
_REACH = 4
"""Words after a number among which its noun is sought."""
_BACK = 6
"""Words before a number among which the noun for what it measures is sought, if no noun follows it."""
_SIGNS = {"£", "$", "€"}

CLOCK, DAY, WEEKDAY = "CLOCK", "DAY", "WEEKDAY"
"""What a time is a number of: minutes after midnight, the day of a month (in month m 100 m more), the day of
the week from Monday, 0."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number from `low` to `high`, the stems and kinds of what it counts (none if unnamed), its words."""

    low: float
    high: float
    units: frozenset[str]
    span: Span
    value: float
    """The number that was said, where the interval is what it may stand for."""

    def meets(self, other: Quantity) -> bool:
        return self.low <= other.high and other.low <= self.high

    @property
    def dated(self) -> bool:
        return not self.units.isdisjoint({CLOCK, DAY, WEEKDAY})


def number(word: str) -> str:
    """A number of one word in one spelling ("3,200", "seventeen"); "" if it is none.

    >>> number("3,200"), number("Twenty-one"), number("pier")
    ('3200', '21', '')
    """
    value = _plain(word.casefold()) if word else None
    return "" if value is None else f"{value:.15g}"


def comparable(one: Quantity, two: Quantity) -> bool:
    """Whether both count the same kind of thing, as far as their nouns tell."""
    return not one.units.isdisjoint(two.units)


def differing(ones: Sequence[Quantity], twos: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Quantities of one kind that differ, of which neither is given on the other side too."""

    def shared(q: Quantity, others: Sequence[Quantity]) -> bool:
        return any(comparable(q, other) and q.meets(other) for other in others)

    for a, b in product(ones, twos):
        if comparable(a, b) and not a.meets(b) and not shared(a, twos) and not shared(b, ones):
            yield a, b


def quantities(text: str) -> list[Quantity]:
    """The quantities and times of a clause in order; spans lie in `text`.

    >>> [(q.low, q.high, sorted(q.units)) for q in quantities("Some 1,200 people left at 9.40 p.m.")]
    [(1080.0, 1320.0, ['PERSON', 'left', 'peopl']), (1300.0, 1300.0, ['CLOCK'])]
    """
    times = [*_clocks(text), *_days(text)]
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    words = [t[0].casefold() for t in tokens]
    free = [not any(q.span.start < end and start < q.span.end for q in times) for _, start, end in tokens]
    return sorted([*times, *_counted(tokens, words, free)], key=lambda q: q.span)


# ------------------------------------------------------------------------ times

_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[.:](\d\d))?\s*([ap])\.?m\b\.?"
    r"|(?:(?<=\bat )|(?<=\bby ))(\d{1,2})[.:](\d\d)\b|\b(\d{1,2}):(\d\d)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\b(half|quarter|ten|five|twenty)\s+(past|to)\s+(\w+)\b", re.IGNORECASE)
_SPOKEN_MINUTES = {"half": 30, "quarter": 15, "ten": 10, "five": 5, "twenty": 20}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}\b|\b{_MONTH}\s+(\d{{1,2}})\b(?!\d|,\d)"
)
_NTH = re.compile(r"\bthe\s+(\d{1,2})(?:st|nd|rd|th)\b")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)


def _clocks(text: str) -> Iterator[Quantity]:
    for found in _CLOCK.finditer(text):
        hour, minute = int(found[1] or found[4] or found[6]), int(found[2] or found[5] or found[7] or 0)
        hour = hour % 12 + 12 * (found[3].casefold() == "p") if found[3] else hour
        if hour < 24 and minute < 60:
            yield _time(60 * hour + minute, CLOCK, found)
    for found in _SPOKEN.finditer(text):
        spoken = _plain(found[3].casefold())
        if spoken is not None and 1 <= spoken <= 12:
            off = _SPOKEN_MINUTES[found[1].casefold()]
            yield _time(60 * (spoken % 12) + (off if found[2].casefold() == "past" else -off), CLOCK, found)


def _days(text: str) -> Iterator[Quantity]:
    dates = list(_DATE.finditer(text))
    for found in dates:
        month, day = (found[2] or found[3])[:3].casefold(), int(found[1] or found[4])
        yield _time(100 * (_MONTHS.index(month) + 1) + day, DAY, found)
    if not dates:
        for found in _NTH.finditer(text):
            yield _time(int(found[1]), DAY, found)
    for found in _WEEKDAY.finditer(text):
        yield _time(_WEEKDAYS.index(found[1].casefold()), WEEKDAY, found)


def _time(value: float, unit: str, found: re.Match[str]) -> Quantity:
    return Quantity(float(value), float(value), frozenset({unit}), Span(*found.span()), float(value))


# ---------------------------------------------------------------------- numbers


def _counted(
    tokens: Sequence[tuple[str, int, int]], words: Sequence[str], free: Sequence[bool]
) -> Iterator[Quantity]:
    at = 0
    while at < len(words):
        value, after = _value(words, at) if free[at] else (None, at)
        if value is None or value == 1 or _labels(tokens, at):
            at = max(after, at + 1)
            continue
        low, high, after = _ranged(words, at, after, value)
        yield Quantity(low, high, _kind(tokens, words, at, after), _span(tokens, at, after), value)
        at = after


def _span(tokens: Sequence[tuple[str, int, int]], at: int, after: int) -> Span:
    return Span(tokens[at][1], tokens[after - 1][2])


def _kind(
    tokens: Sequence[tuple[str, int, int]], words: Sequence[str], at: int, after: int
) -> frozenset[str]:
    """What a number is a number of: by the sign or the measure that it stands by, the words behind it, or a
    measure further before it."""
    if at and words[at - 1] in _SIGNS:
        return frozenset({"MONEY"})
    near = _measured(words[max(0, at - 2) : at])
    return near or _units(tokens, words, after) or _measured(words[max(0, at - _BACK) : at])


def _value(words: Sequence[str], at: int) -> tuple[float | None, int]:
    """The number that begins at a word ("one hundred and twelve"), and the place after it."""
    if words[at] == "half" and words[at + 1 : at + 2] == ["a"] and at + 2 < len(words):
        return (_TIMES[words[at + 2]] / 2, at + 3) if words[at + 2] in _TIMES else (None, at)
    place = at + (words[at] == "a" and words[at + 1 : at + 2] != [] and words[at + 1] in _TIMES)
    total, part, begun = 0.0, 0.0, place > at
    while place < len(words):
        plain, word = _plain(words[place]), words[place]
        if plain is not None and (not part or (part % 100 == 0 and plain < 100)):
            part += plain
        elif word in _TIMES and begun:
            total, part = _multiplied(total, part, _TIMES[word])
        elif not (
            word == "and" and begun and words[place - 1] in _TIMES and _small(words[place + 1 : place + 2])
        ):
            break
        begun, place = True, place + 1
    if begun and words[place : place + 3] == ["and", "a", "half"]:
        return total + part + 0.5, place + 3
    return (total + part, place) if begun else (None, at)


def _multiplied(total: float, part: float, by: float) -> tuple[float, float]:
    """What is complete and what still grows, after a multiplier: thousands and more close a part."""
    part = (part or 1.0) * by
    return (total + part, 0.0) if by >= 1000 else (total, part)


def _small(words: Sequence[str]) -> bool:
    """Whether the words are one number below a hundred, in words."""
    return bool(words) and words[0][0].isalpha() and (_plain(words[0]) or 100) < 100


def _plain(word: str) -> float | None:
    if _DIGITS.fullmatch(word):
        return float(word.replace(",", ""))
    parts = word.split("-")
    if word not in _TIMES and all(p in table("numbers") for p in parts):
        return float(sum(int(table("numbers")[p][0]) for p in parts))
    return None


def _ranged(words: Sequence[str], at: int, after: int, value: float) -> tuple[float, float, int]:
    """The interval of a number with what is said around it, and the place after it."""
    before = words[max(0, at - 2) : at]
    if words[after : after + 1] in (["to"], ["and"]) and after + 1 < len(words):
        other, end = _value(words, after + 1)
        if other is not None and other > value and (words[after] == "to" or "between" in before):
            return value, other, end
    if words[after : after + 2] == ["or", "more"]:
        return value, value * _BEYOND, after + 2
    if "than" in before and {"fewer", "less"} & set(before) and "no" not in words[max(0, at - 3) : at]:
        return 0.0, value, after
    if before[-1:] and before[-1] in _AT_LEAST:
        return value, value * _BEYOND, after
    if before == ["up", "to"] or before[-1:] == ["under"]:
        return 0.0, value, after
    if _NEAR & set(before):
        return value * (1 - _ABOUT), value * (1 + _ABOUT), after
    return value, value, after


def _units(tokens: Sequence[tuple[str, int, int]], words: Sequence[str], after: int) -> frozenset[str]:
    """What a number counts: the stems of the words that follow it, and the kind of thing if it is known."""
    if words[after : after + 2] == ["per", "cent"] or (
        words[after : after + 1] and words[after] in _PER_CENT
    ):
        return frozenset({"%"})
    found: set[str] = set()
    for (token, _, _), word in zip(
        tokens[after : after + _REACH], words[after : after + _REACH], strict=True
    ):
        idle = word in words_of("stopwords")
        if not word[0].isalpha() or (idle and (found or word not in {"of", "more"})):
            break
        if not idle and (not token[0].isupper() or token.isupper()):
            noun = singular(word)
            found |= {stem(word), _KINDS.get(word) or _KINDS.get(noun) or _person(noun)}
    return frozenset(found - {""})


def _measured(before: Sequence[str]) -> frozenset[str]:
    """What a number without a noun of its own measures ("a magnitude of 6.4", "the toll reached 112")."""
    return next((frozenset({_MEASURES[w]}) for w in reversed(before) if w in _MEASURES), frozenset())


def _person(noun: str) -> str:
    return "PERSON" if classify(noun) in {"role", "speaks"} and noun not in _SOME else ""


_SOME = {"man", "woman", "boy", "girl"}
"""Nouns that count some of the people, so that "34 men" and "12 women" are two figures."""

_KINDS = {
    word: kind
    for kind, words in {
        "PERSON": "people person child children pupil student passenger soldier troop patient "
        "worker employee resident victim dead death killed life lives body bodies casualty fatality family "
        "protester demonstrator refugee migrant civilian fighter militant household participant evacuee",
        "BUILDING": "home house building dwelling property",
        "JOB": "job post position redundancy",
        "MONEY": "dollar euro pound mark crown franc krone krona yen rouble ruble rupee peso florin taler "
        "dinar dirham yuan lira shekel zloty forint rand real won",
    }.items()
    for word in words.split()
}

_MEASURES = {
    word: kind
    for kind, words in {
        "PERSON": "toll dead",
        "MONEY": "price fee cost sum loan bid offer",
        "%": "turnout",
        "MAGNITUDE": "magnitude",
    }.items()
    for word in words.split()
}


def _labels(tokens: Sequence[tuple[str, int, int]], at: int) -> bool:
    """Whether a number is part of a name or a year ("Hall 14", "in 2033"), not a quantity."""
    word = tokens[at][0]
    before = tokens[at - 1][0] if at else ""
    after = tokens[at + 1][0].casefold() if at + 1 < len(tokens) else ""
    if not word[0].isdigit():
        return False
    if ":" in word or after in {"th", "st", "nd", "rd"}:
        return True
    year = word.isdigit() and len(word) == 4 and 1500 <= int(word) <= 2099
    return year or (at > 1 and before[:1].isupper() and before.casefold() not in words_of("openers"))
