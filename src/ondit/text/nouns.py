"""The nouns that head names and descriptions: their class, and their singular.

The classes (speaks, role, org, outlet, document) stand in data/en/nouns.tsv.
"""

from __future__ import annotations

from ondit.text.lexicon import table


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


def singular(word: str) -> str:
    """The singular of a folded English noun, as far as its form tells."""
    irregular = {"men": "man", "women": "woman", "people": "people", "children": "child", "mps": "mp"}
    for plural, single in irregular.items():
        if word == plural or (word.endswith(plural) and plural in {"men", "women"}):
            return word[: -len(plural)] + single
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is", "news")) else word
