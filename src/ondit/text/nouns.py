"""The nouns that head names and descriptions: their class, and their singular.

The classes (speaks, role, org, outlet, document) stand in data/en/nouns.tsv.
"""

from __future__ import annotations

from collections.abc import Sequence

from ondit.text.lexicon import table, words_of

_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "people": "people",
    "children": "child",
    "mps": "mp",
    "series": "series",
}
_SEATS = {"kremlin", "pentagon"}
"""Nouns of data/en/nouns.tsv that name one body all the same."""


def classify(word: str) -> str:
    """The class of a noun in data/en/nouns.tsv ("" if it is in none), plural forms included.

    >>> classify("spokeswoman"), classify("Officials"), classify("harbour")
    ('speaks', 'speaks', 'org')
    """
    folded = word.casefold().strip(".,'’")
    nouns = table("nouns")
    for form in (folded, singular(folded)):
        if form in nouns:
            return nouns[form][0]
    return ""


def of_a_place(name: Sequence[str]) -> bool:
    """Whether the first folded word of a body's name is the place that it serves, by the nouns after it.

    >>> of_a_place(["ilgaro", "port", "authority"]), of_a_place(["halvane", "electric"])
    (True, False)
    """
    return len(name) > 1 and all(word in words_of("public") for word in name[1:])


def singular(word: str) -> str:
    """The singular of a folded English noun, as far as its form tells."""
    for plural, single in _IRREGULAR.items():
        if word == plural or (word.endswith(plural) and plural in {"men", "women"}):
            return word[: -len(plural)] + single
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is", "news")) else word


def acronym(short: str, long: str) -> bool:
    """Whether `short` is made of the initials of `long`.

    >>> acronym("IRCB", "International Road Cycling Board"), acronym("US", "Unesco")
    (True, False)
    """
    letters = short.replace(".", "")
    words = [w for w in long.replace("-", " ").split() if w[:1].isupper()]
    return (
        2 <= len(letters) <= 6
        and letters.isupper()
        and letters == "".join(w[0] for w in words)
        and len(words) > 1
    )


def generic(name: str) -> bool:
    """Whether a capitalised word only says what somebody is ("Company", "Nurse") and names nobody."""
    return " " not in name.strip() and classify(name) != "" and name.casefold() not in _SEATS
