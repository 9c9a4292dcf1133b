"""Several people without a name: how many, and of whom ("six officials", "some of Low's allies", "many").

In: the words of a source. Out: a head count, what a quantifier tells, the end of the first of several who are
named together. Shares ("four in 10 voters", "half") are no head counts; a quantifier alone names nobody.
"""

from __future__ import annotations

import re

from ondit.text.lexicon import table
from ondit.text.nouns import classify, singular

_SHARE = re.compile(
    r"\b\w+(?:-\w+)? (?:in|out of|of) (?:every )?(?:two|three|four|five|six|ten|twenty|a hundred|\d+)\b"
    r"|\b(?:per ?cent|percent|percentage|half|thirds?|quarters?)\b",
    re.IGNORECASE,
)
_QUANTIFIERS = {
    "some", "many", "several", "others", "most", "few", "all", "both", "half", "majority", "third",
    "thirds", "two-thirds", "quarter", "quarters", "three-quarters", "percent", "plurality", "dozens",
    "scores", "hundreds", "thousands", "millions",
}  # fmt: skip
_MEASURES = {
    "nearly", "about", "almost", "only", "at", "least", "more", "than", "fewer", "less", "roughly", "over",
    "just", "perhaps", "maybe", "around", "as", "a", "an", "the", "vast", "large", "huge", "great",
    "overwhelming", "clear", "slim", "good", "but", "still", "yet", "and", "not", "well", "one", "two",
    "three",
}  # fmt: skip
"""Words before a quantifier that say how it is meant."""
_ANYBODY = {"someone", "somebody"}
_SEVERAL = {"two": 2, "both": 2, "three": 3, "four": 4, "pair": 2, "duo": 2, "couple": 2, "trio": 3}
_NAMED_BEFORE = re.compile(
    r"(?:(?:the|these|those)\s)?(two|both|three|four|pair|duo|trio|couple)(?:\s(?:men|women|leaders))?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_AND = re.compile(r"\s+(?:and|&)\s+")
_FRESH = {
    "the", "a", "an", "some", "many", "several", "other", "others", "his", "her", "their", "its", "two",
    "three",
}  # fmt: skip
"""Words with which another noun phrase begins."""


def count_of(words: list[str], text: str = "") -> int | None:
    """The literal head count with which a phrase opens ("six senior officials", "two dozen", "34").

    `text` is the phrase as it stands, for numbers with a comma ("43,000 voters").
    """
    opening = " ".join(words[:8])
    if _SHARE.search(opening):
        return None
    thousands = _THOUSANDS.search(text, 0, 40)
    if thousands is not None:
        return int(thousands.group().replace(",", ""))
    numbers = (_number(words, at) for at in range(len(words[:4])))
    return next((number for number in numbers if number is not None), None)


def _number(words: list[str], at: int) -> int | None:
    """The number that the word at `at` opens, if it does."""
    numbers, folded = table("numbers"), words[at].casefold()
    if folded == "dozen" and at and words[at - 1].casefold() == "a":
        return 12
    if folded.isdecimal() and len(folded) < 4:
        return int(folded)
    if folded not in numbers:
        return None
    scaled = words[at + 1].casefold() if at + 1 < len(words) else ""
    return int(numbers[folded][0]) * {"dozen": 12, "hundred": 100}.get(scaled, 1)


def counted(words: list[str]) -> bool:
    """Whether folded `words` begin with their number ("two letters", "the three", not "of the seven")."""
    begin = int(words[:1] != [] and words[0] in {"the", "all", "these", "those", "both"})
    return begin < len(words) and _number(words, begin) is not None


def together(words: str) -> int | None:
    """How many "the two", "both", "the pair" are: people who were named before, and nobody else.

    >>> together("The two men"), together("the trio"), together("the two engineers")
    (2, 3, None)
    """
    match = _NAMED_BEFORE.fullmatch(words.strip())
    return None if match is None else _SEVERAL[match.group(1).casefold()]


def quantified(words: list[str]) -> str:
    """Whether folded `words` say how many and hardly who: "alone" ("nearly half", "many"), "of" where the
    people follow ("most of the crew"), "one" for somebody ("someone who was there"), else ""."""
    if words[:1] and words[0] in _ANYBODY:
        return "one"
    for at, word in enumerate(words):
        if word in _QUANTIFIERS:
            rest = words[at + 1 :]
            if not rest or rest[0] in {"who", "that"} or rest[:2] in (["of", "them"], ["of", "those"]):
                return "alone"
            return "of" if rest[0] == "of" else ""
        if word not in _MEASURES:
            return ""
    return ""


def first_of(words: str) -> int | None:
    """Where the first of several sources ends that are named together ("the board and some engineers");
    None where `words` name one, or "and" may join two words for one ("president and owner Ana Low")."""
    for link in _AND.finditer(words):
        left, right = words[: link.start()].split(), words[link.end() :].split()
        if left and right and classify(left[-1]) and _starts_another(left, right):
            return link.start()
    return None


def _starts_another(left: list[str], right: list[str]) -> bool:
    if right[0].casefold() in _FRESH:
        return True
    many = right[-1].casefold()
    one = singular(left[-1].casefold()) == left[-1].casefold()
    return one and right[0].islower() and classify(many) in {"speaks", "role"} and singular(many) != many
