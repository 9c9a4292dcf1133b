"""What a clause denies beside what it affirms: "paint, not solvent", "not three but two were hurt".

In: a clause. Out: the words of what is affirmed and of what is denied, as spans. What both share is in both,
what is corrected is in one: "19,000 people had left, not 31,000" affirms "19,000 people had left" and denies
"people had left, not 31,000". Where it does not show which words are corrected, nothing is cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ondit.reading.patterns import number_word
from ondit.records import Span, Spans
from ondit.text.offsets import trimmed
from ondit.text.sentences import WORD, is_verb

_RUN = r"(?:[^,;:–—]|,(?=\d))"
_BEHIND = re.compile(
    rf"(?:,\s+(?:and\s+|but\s+)?|\s+[–—-]{{1,2}}\s+|\s+and\s+)(?P<denied>not\s+(?P<not>{_RUN}+?))"
    r"(?=\s*(?:,(?!\d)|[;–—]|[.!?”\"’)]*\s*\Z))",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"\b(?P<denied>not\s+(?P<not>{_RUN}+?)),?\s+but\s+(?P<for>{_RUN}+)", re.IGNORECASE)
_NO_CONTRAST = frozenset(
    {
        "only", "just", "merely", "simply", "solely", "least", "even", "yet", "to", "including", "counting",
        "all", "always", "every", "everyone", "everybody", "far", "much", "many", "unlike", "that", "because",
        "so", "if", "when", "until", "whether", "one", "without", "any", "once", "again", "now", "today",
        "here", "ever", "long", "often", "alone", "enough", "outside", "me", "us", "him", "her", "them", "i",
        "we", "he", "she", "they", "mine", "ours",
    }
)  # fmt: skip
"""First words after a "not" that corrects nothing ("not only", "not least", "not all of it")."""
_FRAMES = frozenset(
    {
        "the", "a", "an", "his", "her", "its", "their", "our", "my", "this", "that", "these", "those", "in",
        "on", "at", "by", "from", "for", "with", "under", "over", "of", "to", "near", "about", "into",
        "through", "against", "during", "after", "before", "between",
    }
)  # fmt: skip
"""First words by which one shows whose place the other takes ("in the cellar, not in the kitchen")."""
_LONGEST = 6
"""Words of what is denied."""
_BACK = 8
"""Words before it among which the beginning of what it corrects is sought."""
_EDGES = " \t\n,;:–—-.“”\"‘’'"


class Contrast(NamedTuple):
    """The spans of the two statements that a clause makes."""

    affirmed: Spans
    denied: Spans


def contrast(text: str, clause: Span) -> Contrast | None:
    """What `clause` of `text` affirms and what it denies, `None` if it corrects nothing.

    >>> said = "It carried paint, not solvent"
    >>> found = contrast(said, Span(0, len(said)))
    >>> [said[a:b] for a, b in found.affirmed], [said[a:b] for a, b in found.denied]
    (['It carried paint'], ['It carried', 'not solvent'])
    """
    for match in _BEHIND.finditer(text, *clause):
        if _corrects(text, match, verb=False):
            return _behind(text, clause, match)
    for match in _BEFORE.finditer(text, *clause):
        if _corrects(text, match, verb=True):
            return _ahead(text, clause, match)
    return None


def _corrects(text: str, match: re.Match[str], *, verb: bool) -> bool:
    """Whether a few words behind a "not" are what is wrong, and no clause. `verb`: the first may be one."""
    words = _words(text, Span(*match.span("not")))
    folded = [text[w.start : w.end].casefold() for w in words]
    if not 0 < len(words) <= _LONGEST or folded[0] in _NO_CONTRAST or folded[0].endswith("ly"):
        return False
    return folded[:2] != ["a", "single"] and not any(map(is_verb, folded[verb:]))


def _behind(text: str, clause: Span, match: re.Match[str]) -> Contrast | None:
    """For "A, not B": what stands before and after is shared but for what B corrects in it."""
    before, after = Span(clause.start, match.start()), Span(match.end(), clause.end)
    corrected = _corrected(text, before, Span(*match.span("not")))
    if corrected is None:
        return None
    shared = (Span(before.start, corrected.start), Span(corrected.end, before.end))
    denied = _kept(text, (*shared, Span(*match.span("denied")), after))
    return Contrast(_kept(text, (before, after)), denied) if _says_more(text, denied, match) else None


def _ahead(text: str, clause: Span, match: re.Match[str]) -> Contrast | None:
    """For "not B but A": A takes the place of the end of B, or of its number."""
    begin = Span(clause.start, match.start())
    wrong, right = Span(*match.span("not")), Span(match.start("for"), clause.end)
    numbers = _numbers(text, wrong), _numbers(text, right)
    if len(numbers[0]) == 1 == len(numbers[1]) and numbers[0][0].start == wrong.start:
        count = numbers[1][0]
        shared = (Span(right.start, count.start), Span(count.end, right.end))
        return Contrast(
            _kept(text, (begin, right)), _kept(text, (begin, Span(*match.span("denied")), *shared))
        )
    corrected = _frame(text, wrong, right)
    if corrected is None:
        return None
    affirmed = _kept(text, (begin, Span(wrong.start, corrected.start), right))
    return Contrast(affirmed, _kept(text, (begin, Span(*match.span("denied")))))


def _corrected(text: str, before: Span, wrong: Span) -> Span | None:
    """The words of `before` in whose place `wrong` would stand: its number, what begins alike, its name or
    its last word."""
    if _numbers(text, wrong):
        numbers = _numbers(text, before)
        at_the_end = bool(numbers) and not WORD.search(text, numbers[-1].end, before.end)
        return numbers[-1] if at_the_end or len(numbers) == 1 else None
    framed = _frame(text, before, wrong)
    if framed is not None:
        return framed
    words, others = _words(text, before), _words(text, wrong)
    if not words or len(others) > 2 or text[others[0].start : others[0].end].casefold() in _FRAMES:
        return None
    start = words[-1].start
    if all(text[w.start].isupper() for w in others):
        for word in reversed(words):
            if not text[word.start].isupper():
                break
            start = word.start
    return Span(start, words[-1].end)


def _frame(text: str, before: Span, wrong: Span) -> Span | None:
    """From where `before` begins to end as `wrong` begins ("in the cellar" for "in the kitchen")."""
    words = _words(text, before)[-_BACK:]
    first = _words(text, wrong)[0]
    opening = text[first.start : first.end].casefold()
    if opening not in _FRAMES:
        return None
    alike = [w for w in words if text[w.start : w.end].casefold() == opening]
    return Span(alike[-1].start, words[-1].end) if alike else None


def _numbers(text: str, span: Span) -> list[Span]:
    """The numbers in a span, words that follow each other as one ("nine hundred million")."""
    found: list[Span] = []
    for word in _words(text, span):
        if not number_word(text[word.start : word.end]):
            continue
        if found and text[found[-1].end : word.start] in {" ", ","}:
            found[-1] = Span(found[-1].start, word.end)
        else:
            found.append(word)
    return found


def _says_more(text: str, denied: Spans, match: re.Match[str]) -> bool:
    return sum(len(_words(text, s)) for s in denied) > len(_words(text, Span(*match.span("denied"))))


def _kept(text: str, spans: Sequence[Span]) -> Spans:
    found = (trimmed(text, *span, _EDGES) for span in spans)
    return tuple(span for span in found if span.end > span.start)


def _words(text: str, span: Span) -> list[Span]:
    return [Span(*m.span()) for m in WORD.finditer(text, *span)]
