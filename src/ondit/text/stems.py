"""Words of a text and their rough stems: enough that "cuts" and "cut", "flares" and "flare" meet."""

from __future__ import annotations

import re

from ondit.text.nouns import singular

WORD = re.compile(r"%|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
"""A word, a number or a per cent sign."""

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
