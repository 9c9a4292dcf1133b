"""Names as they are compared: one folding for a report and for a story."""

from __future__ import annotations

import re

from ondit.text.lexicon import table, words_of
from ondit.text.nouns import classify

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*|&")


def fold(name: str) -> str:
    """A name as it is compared: lower case, hyphens as spaces, no article, possessive or title of a person.

    >>> fold("The Jakarta Post’s"), fold("Mr Kim Jong-un"), fold("Justice Ministry")
    ('jakarta post', 'kim jong un', 'justice ministry')
    """
    words = [w.removesuffix("'s") for w in _WORD.findall(name.replace("’", "'").casefold())]
    words = [part for word in words for part in word.split("-") if part]
    if len(words) > 1 and words[0] in {"the", "a", "an"}:
        words = words[1:]
    while len(words) > 1 and words[0].rstrip(".") in words_of("titles") and not classify(words[-1]):
        words = words[1:]
    return " ".join(words)


def gender_of(name: str) -> str:
    """The gender that the first of two names or more tells: m, f or ""."""
    words = name.split()
    first = table("firstnames").get(words[0].casefold()) if len(words) > 1 else None
    return first[0] if first else ""
