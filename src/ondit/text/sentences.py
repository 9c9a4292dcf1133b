"""Sentences and clauses of a stretch of text, as spans.

A sentence ends at . ! ? (with closing marks) before white space and a likely beginning; abbreviations and
initials do not end one. A clause is a part of a sentence that can state a fact of its own: it is cut only
at punctuation or a conjunction where both sides are long enough and show a finite verb. Rules, no parser:
a wrong cut costs a little overlap, a missing one joins two facts in one statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ondit.records import Span
from ondit.text.lexicon import words_of
from ondit.text.offsets import trimmed

WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
# Possessive and from the first stop on: a line of a million full stops is looked at once.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’'»)\]]*+(?:(?=\s++[\"“‘'«(\[–—-]*[A-Z0-9À-ÞŠŽ])|\s*+$)|\n++")
_CUT = re.compile(
    r"(?P<semi>;)\s|(?P<dash>\s[–—-]{1,2}\s)|(?P<colon>:)\s(?=\w)"
    r"|(?P<comma>,)\s(?:(?:and|but)(?: that)? |yet |so |or )?"
    r"|\s(?:and|but)(?:\s(?:that\s)?|,\s)|\s(?:because|while|whereas|although|though|after|before|when"
    r"|as(?!\s(?:many|much|few|little|well|soon|far|long)\sas\b))\s",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(?:if|unless)\s", re.IGNORECASE)
_MIN_WORDS = 3
_LONGEST = 2000
"""Characters of a sentence; what is longer (a table, a page without stops) is cut at white space."""
_SUBORDINATING = {"because", "while", "whereas", "although", "though", "after", "before", "as", "when"}
_WHAT_TIME = {
    "know", "knew", "known", "say", "said", "tell", "told", "ask", "asked", "remember", "see", "clear",
    "unclear", "decide", "decided", "recall", "recalled", "announce", "wonder", "on", "of", "about", "even",
    "just", "only",
}  # fmt: skip
"""Words behind which "when" begins what is told or asked, not a clause of its own."""
_MANY = {
    "half", "thousands", "hundreds", "dozens", "scores", "more", "fewer", "about", "around", "nearly",
    "almost",
}  # fmt: skip
"""Words that begin a number of people or things."""
CLOCK = r"\d{1,2}[.:]\d{2}\s?(?:[ap]\.?m\.?)?"
"""The form of a time of day, which live reports put before an entry."""


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences of `text` inside `span`, trimmed of white space, in order.

    >>> sentences("Dr. Low left. He said so.", Span(0, 25))
    [Span(start=0, end=13), Span(start=14, end=25)]
    """
    found: list[Span] = []
    start = span.start
    for end in _END.finditer(text, span.start, span.end):
        if text[end.start()] == "." and _abbreviated(text, end.start()):
            continue
        found.append(Span(start, end.end()))
        start = end.end()
    found.append(Span(start, span.end))
    parts = (trimmed(text, *part) for s in found for part in _shorter(text, s))
    return [s for s in parts if s.end > s.start]


def _shorter(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > _LONGEST:
        space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = space if space > 0 else start + _LONGEST
        yield Span(start, cut)
        start = cut
    yield Span(start, end)


def _abbreviated(text: str, dot: int) -> bool:
    word = re.search(r"[\w.]*$", text[max(0, dot - 12) : dot])
    before = word.group() if word else ""
    return (len(before) == 1 and before.isupper()) or before.casefold() in words_of("abbreviations")


def clauses(text: str, span: Span) -> list[Span]:
    """The clauses of one sentence, trimmed, in order; the sentence itself where nothing can be cut.

    >>> s = "Two men died and the port was closed"
    >>> [s[a:b] for a, b in clauses(s, Span(0, len(s)))]
    ['Two men died', 'the port was closed']
    """
    parts: list[Span] = []
    start = span.start
    for cut in _CUT.finditer(text, span.start, span.end):
        left, right = Span(start, cut.start()), Span(cut.end(), span.end)
        if _divides(text, left, cut, right):
            parts.append(left)
            start = cut.end()
    parts.append(Span(start, span.end))
    return [s for s in (trimmed(text, *p) for p in parts) if s.end > s.start]


def _divides(text: str, left: Span, cut: re.Match[str], right: Span) -> bool:
    """Whether clauses stand on both sides of `cut`; a semicolon needs no verbs to show it."""
    if cut.group("semi") and _long(text, left) and _long(text, right):
        return True
    joined = text[cut.start() : cut.end()].casefold().strip()
    if joined == "because":
        return _long(text, left, 2) and _long(text, right, 2)
    if joined == "and" and (last := _last(text, left)).endswith("ed") and len(last) > 4:
        return False  # "wounded and killed many"
    if cut.group("comma") and _CONDITION.match(text, left.start, left.end):
        return _long(text, left) and _states(text, right)
    return _states(text, left) and _opens(text, left, cut, right) and _states(text, right)


_LINE = re.compile(r",\s+|:\s+|\s[-–—]\s|\s(?=but\s)")


def headline_clauses(text: str, span: Span) -> list[Span]:
    """The facts of a headline, which come without "and" and often without a finite verb.

    >>> s = "Vannet to buy Kestel Bank, deal on Thursday"
    >>> [s[a:b] for a, b in headline_clauses(s, Span(0, len(s)))]
    ['Vannet to buy Kestel Bank', 'deal on Thursday']
    """
    starts, ends = [span.start], list[int]()
    apposed = text.count(",", *span) > 1
    for cut in _LINE.finditer(text, *span):
        following = _LINE.search(text, cut.end(), span.end)
        right = Span(cut.end(), following.start() if following else span.end)
        if apposed and cut.group().startswith(","):
            continue
        if _long(text, Span(starts[-1], cut.start())) and _long(
            text, right, _MIN_WORDS + text.startswith("but ", right.start)
        ):
            ends.append(cut.start())
            starts.append(cut.end())
    parts = (Span(a, b) for a, b in zip(starts, [*ends, span.end], strict=True))
    return [clause for part in parts for clause in clauses(text, trimmed(text, *part))]


def _long(text: str, span: Span, least: int = _MIN_WORDS) -> bool:
    return len(WORD.findall(text, *span)) >= least


def _states(text: str, span: Span) -> bool:
    found = [m.group().casefold() for m in WORD.finditer(text, span.start, span.end)]
    return len(found) >= _MIN_WORDS and (found[0].endswith("ing") or any(is_verb(w) for w in found))


def _opens(text: str, left: Span, cut: re.Match[str], right: Span) -> bool:
    """Whether what follows `cut` begins a clause, not another member of a list or an apposition."""
    first = [m.group() for m in WORD.finditer(text, right.start, min(right.end, right.start + 80))][:6]
    if not first:
        return False
    low = [w.casefold() for w in first]
    joined = text[cut.start() : cut.end()].casefold().split()
    if cut.group("semi") or cut.group("dash"):
        return True
    if cut.group("colon"):
        return any(is_verb(w) for w in low)
    if "when" in joined:
        return _last(text, left) not in _WHAT_TIME and _begins(low, first)
    if _SUBORDINATING & set(joined):
        return low[0] in words_of("subjects") or any(is_verb(w) for w in low[1:5])
    if joined[-1:] == ["that"]:
        return any(is_verb(w) for w in low[1:])
    if cut.group("comma") and len(joined) == 1:
        opening = low[0] in words_of("relatives") or (low[0].endswith("ing") and len(low[0]) > 4)
        then = low[0] == "then" and any(is_verb(w) for w in low[1:2])
        return opening or then or (low[0] in words_of("subjects") and any(is_verb(w) for w in low[1:5]))
    listed = "," in text[left.start : left.end]
    if cut.group("comma") and joined[-1:] == ["and"] and not listed and _plural_subject(low):
        return True
    if joined[-1:] in (["and,"], ["but,"]):
        aside = _ASIDE.match(text, right.start, right.end)
        deed = WORD.match(text, aside.end(), right.end) if aside is not None else None
        return deed is not None and is_verb(deed.group().casefold()) and not deed.group().endswith("ing")
    return _begins(low, first) or is_finite(low[0]) or _goes_on(low)


_ASIDE = re.compile(r"(?:without|with|after|in|at|on|by|for|to)\s[^,;:]{3,40},\s")
"""What stands between "and" and another deed of one subject ("and, without warning, opened fire")."""


def _plural_subject(low: list[str]) -> bool:
    """Whether words begin with a bare plural and its verb ("soldiers spirited it away")."""
    verb = low[0].endswith("s") and len(low[0]) > 4 and any(is_verb(w) for w in low[1:2])
    return verb and not {"in", "by", "with", "to", "at", "from", "on", "for"}.intersection(low[2:3])


def _begins(low: list[str], first: list[str]) -> bool:
    """Whether words begin a clause with its subject and verb: a pronoun or an article, or a number."""
    if low[0] in words_of("subjects"):
        return any(is_verb(w) for w in low[1:6])
    counted = first[0][0].isdigit() or low[0] in _MANY
    return counted and any(is_finite(w) for w in low[1:6])


def _goes_on(low: list[str]) -> bool:
    """Whether words go on with another deed of the same subject ("and swallowed more than 10,000 acres")."""
    deed = len(low[0]) > 4 and low[0].endswith("ed") and not low[0].endswith("eed")
    return deed and len(low) > 1 and low[1] not in {"and", "or", "by", "people", "persons"}


def _last(text: str, span: Span) -> str:
    """The last word of a stretch, folded."""
    found = WORD.findall(text[max(span.start, span.end - 40) : span.end])
    return found[-1].casefold() if found else ""


def is_finite(word: str) -> bool:
    """Whether a folded word is a finite auxiliary or a frequent finite verb form."""
    return word in words_of("finite")


def is_verb(word: str) -> bool:
    """Whether a folded word can be a verb form: a frequent one, or an -ed or -ing form."""
    if is_finite(word) or word.endswith(("n't", "n’t", "'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll")):
        return True
    return len(word) > 4 and word.endswith("ed") and not word.endswith("eed")
