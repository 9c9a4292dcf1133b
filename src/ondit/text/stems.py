"""Words of a text and their rough stems: enough that "cuts" and "cut", "flares" and "flare" meet."""

from __future__ import annotations

import re

from ondit.text.lexicon import words_of
from ondit.text.nouns import singular

WORD = re.compile(r"%|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
"""A word, a number or a per cent sign."""

_LETTERS = 3
"""A word that tells something is longer."""

_ENDINGS = (
    "ations", "ation", "ments", "ment", "ings", "ing", "edly", "ied", "ies", "ers", "ed", "es", "er", "ly",
    "s", "e",
)  # fmt: skip


def stem(word: str) -> str:
    """A rough stem of a folded word: enough that "cuts" and "cut", "flares" and "flare" meet."""
    if len(word) > 4:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)]
    return singular(word) or word


def telling(text: str, without: frozenset[str] = frozenset()) -> frozenset[str]:
    """The stems of the longer words of a text that are neither grammar nor in `without` (folded).

    >>> sorted(telling("The boat that sank was old"))
    ['boat', 'sank']
    """
    words = (w.casefold() for w in WORD.findall(text))
    kept = (w for w in words if len(w) > _LETTERS and w not in words_of("stopwords"))
    return frozenset(stem(w) for w in kept if w not in without)
