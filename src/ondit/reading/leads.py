"""Whom the lead of a report only describes, and the paragraph behind it names.

"A local farmer has told how he spent the night on his roof. / Egon Low, 61, had gone out ...": news keeps the
name for the second paragraph. In: a description of one person, the figures. Out: the person, where the next
paragraph begins with somebody new and nothing speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ondit.reading.figures import Figure, suits
from ondit.reading.mentions import Phrase, names
from ondit.records import Block, Span
from ondit.text.nouns import classify, singular
from ondit.text.sentences import WORD, is_finite, sentences

_LEADS = 2
"""Paragraphs at the top of a report that may keep a name back."""
_TOLD_LATER = re.compile(r"(?:,\s(?P<age>\d{1,3}),)?\shad\s(?!been\s(?:charged|arrested|held|jailed))")
"""What stands behind a name that goes on with what its bearer told: "Egon Low, 61, had gone out"."""
_GROWN = 16
"""The age from which somebody who is told of may be a witness with an occupation."""
_ANYBODY = {
    "man", "woman", "resident", "local", "father", "mother", "grandmother", "grandfather", "pensioner", "mum",
    "neighbour", "neighbor", "passenger", "witness", "survivor", "customer", "fan", "person", "worker", "dad",
    "victim", "patient", "parent", "boy", "girl", "teenager", "villager", "employee", "expert",
}  # fmt: skip
"""Nouns that leave open what somebody is."""
_KIN = {
    "son", "daughter", "wife", "husband", "brother", "sister", "friend", "child", "baby", "partner",
    "colleague", "coach", "driver", "boss", "landlord", "twin", "uncle", "aunt", "cousin", "mate",
    "stranger", "killer", "girlfriend", "boyfriend", "gunman", "attacker", "thief", "burglar", "builder",
    "youth", "toddler",
}  # fmt: skip
_GENDERED = {
    "m": r"\b(?:he|his|him|himself|man|father|dad|grandfather)\b",
    "f": r"\b(?:she|her|herself|woman|mother|mum|grandmother)\b",
}


def named_next(text: str, blocks: Sequence[Block], figures: Iterable[Figure], part: Phrase) -> Figure | None:
    """Who the description `part` in the lead means: the person with whose name the next paragraph begins to
    tell what happened before. Nobody, if the lead speaks of anybody else, or the report goes on to call him
    by the same noun, or gender or occupation do not agree."""
    body = [b.span for b in blocks if b.kind == "paragraph" and _tells(text, b.span)]
    place = next((n for n, s in enumerate(body[:_LEADS]) if s.start <= part.span.start < s.end), None)
    if place is None or place + 1 >= len(body) or part.plural or (part.count or 1) > 1:
        return None
    lead, following = body[place], body[place + 1]
    if _others(text, lead, part) or re.search(rf"\b[Tt]he {re.escape(part.head)}\b", text[following.start :]):
        return None
    first = next(iter(sentences(text, following)), following)
    found = next((n for n in names(text, first) if n.kind == "person" and " " in n.text), None)
    if found is None or found.title is not None or WORD.search(text, first.start, found.span.start):
        return None
    later = _TOLD_LATER.match(text, found.span.end)
    figure = next((f for f in figures if f.kind == "person" and f.start == found.span.start), None)
    if figure is None or later is None or int(later["age"] or _GROWN) < _GROWN:
        return None
    return figure if _agree(text, lead, figure, part) else None


def _tells(text: str, span: Span) -> bool:
    """Whether a paragraph has a sentence, and is not a byline or a dateline of its own."""
    words = WORD.findall(text, *span)
    return len(words) >= 8 and any(is_finite(w.casefold()) for w in words)


def _others(text: str, lead: Span, part: Phrase) -> bool:
    """Whether the lead names somebody or speaks of another person than `part`."""
    if any(n.kind == "person" for n in names(text, lead)):
        return True
    around = [*WORD.findall(text, lead.start, part.span.start), *WORD.findall(text, part.span.end, lead.end)]
    nouns = {singular(w.casefold()) for w in around}
    return any(w in _ANYBODY or w in _KIN or classify(w) in {"speaks", "role"} for w in nouns)


def _agree(text: str, lead: Span, figure: Figure, part: Phrase) -> bool:
    """Whether a description that tells of itself ("a vet on his way") and the person named can be one: gender
    and occupation agree, and who speaks for a body is called the same."""
    sentence = next((s for s in sentences(text, lead) if s.start <= part.span.start < s.end), lead)
    words = text[part.span.start : sentence.end]
    told = {g for g, pattern in _GENDERED.items() if re.search(pattern, words, re.IGNORECASE)}
    trades = {h for h in figure.heads if classify(h)} - _ANYBODY
    if part.head in trades:
        return len(told) != 1 or suits(figure, *told)
    if len(told) != 1 or not suits(figure, *told) or classify(part.head) == "speaks":
        return False
    return part.head in _ANYBODY or not trades
