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
from ondit.text.lexicon import words_of
from ondit.text.nouns import classify
from ondit.text.sentences import WORD, is_finite, sentences

_LEADS = 2
"""Paragraphs at the top of a report that may keep a name back."""
_AGED = re.compile(r",\s\d{1,3}\b")
_NOT_ALONE = re.compile(r"(?:,\s\d{1,3})?,?\sand\s")
_QUOTED = re.compile(r"\s*[“\"‘'«].{2,}?[”\"’'»],?\s", re.DOTALL)
_NEAR = 40
"""Characters at the start of a paragraph, or behind the quotation that begins it, in which a name stands."""
_ANYBODY = {
    "man", "woman", "resident", "local", "father", "mother", "grandmother", "grandfather", "pensioner", "mum",
    "neighbour", "neighbor", "passenger", "witness", "survivor", "customer", "fan", "person", "worker", "dad",
    "victim", "patient", "parent", "boy", "girl", "teenager", "villager", "employee", "expert",
}  # fmt: skip
"""Nouns that leave open what somebody is."""
_GENDERED = {
    "m": r"\b(?:he|his|him|himself|man|father|dad|grandfather)\b",
    "f": r"\b(?:she|her|herself|woman|mother|mum|grandmother)\b",
}


def named_next(text: str, blocks: Sequence[Block], figures: Iterable[Figure], part: Phrase) -> Figure | None:
    """Who the description `part` in the lead means: the first person whom the next paragraph names."""
    body = [b.span for b in blocks if b.kind == "paragraph" and _tells(text, b.span)]
    place = next((n for n, s in enumerate(body[:_LEADS]) if s.start <= part.span.start < s.end), None)
    if place is None or place + 1 >= len(body) or part.plural or (part.count or 1) > 1:
        return None
    lead, following = body[place], body[place + 1]
    if any(n.kind == "person" for n in names(text, lead)):
        return None
    first = next(iter(sentences(text, following)), following)
    found = next((n for n in names(text, first) if n.kind == "person" and " " in n.text), None)
    if found is None or not _begins(text, first, found.span.start):
        return None
    figure = next((f for f in figures if f.kind == "person" and f.start == found.span.start), None)
    if figure is None or _NOT_ALONE.match(text, found.span.end):
        return None
    return figure if _agree(text, lead, figure, part, aged=bool(_AGED.match(text, found.span.end))) else None


def _tells(text: str, span: Span) -> bool:
    """Whether a paragraph has a sentence, and is not a byline or a dateline of its own."""
    words = WORD.findall(text, *span)
    return len(words) >= 8 and any(is_finite(w.casefold()) for w in words)


def _begins(text: str, sentence: Span, at: int) -> bool:
    """Whether a name at `at` opens its sentence, or stands right behind the quotation that opens it."""
    quote = _QUOTED.match(text, sentence.start, at)
    start = quote.end() if quote is not None else sentence.start
    between = [w.casefold() for w in WORD.findall(text, start, at)]
    verbs = [w for w in between if is_finite(w) and w not in words_of("saying")]
    return (
        at - start < _NEAR and not verbs and not {"in", "at", "from", "of", "to", "for", "as"} & set(between)
    )


def _agree(text: str, lead: Span, figure: Figure, part: Phrase, *, aged: bool) -> bool:
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
    return aged or part.head in _ANYBODY or not trades
