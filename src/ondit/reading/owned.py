"""Figures by their owner: "the paper has seven", "forty is the Port's".

News that compares what others say leaves the verb of saying out. In: a sentence. Out: source, cue and
content, where the owner can say something and owns a bare number, or an outlet has somebody do something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ondit.reading.mentions import phrase
from ondit.records import Span, Spans
from ondit.text.lexicon import alternatives, table, words_of
from ondit.text.nouns import classify
from ondit.text.sentences import WORD, is_finite

_BEGINS = r"(?:^|[;:]\s|,\s(?:and|but|while)\s)"
_WHO = r"(?P<who>[^,;:“”\"]{2,60}?)(?:,\s[^;:“”\"]{2,90}?,)?\s"
_DOING = re.compile(
    _BEGINS + _WHO + r"(?:also\s)?(?P<cue>has|have|had)\s"
    r"(?P<content>(?!\w+(?:ed|en)\b)(?:him|her|them|it|(?:[\w’'-]+\s){0,4}?[\w’'”\"-]+)\s"
    r"(?:\w+ing\b|at\s\d)(?:[^;,]|,(?!\snot\s))*)"
)


@cache
def _counted() -> tuple[re.Pattern[str], ...]:
    """ "X has seven" and "seven is X's", with the numbers of data/en/numbers.tsv."""
    word = alternatives(table("numbers"))
    digits = r"\d+(?:[.,:]\d+)*"
    number = rf"(?:{digits}|{word})(?:[\s-](?:{word}|million|billion|past))*"
    bare = rf"(?:(?:about|some|only|just|nearly|over)\s)?{number}(?=[,.;:)]|\s(?:by|at|on|in|is|was|to)\b|$)"
    return (
        re.compile(
            _BEGINS + _WHO + rf"(?:also\s)?(?P<cue>has|have|had)\s(?P<content>{bare}[^;,]*)", re.IGNORECASE
        ),
        re.compile(
            rf"(?:^|[;,]\s)(?P<content>{number})\s(?:is|was|are|were)\s"
            r"(?P<who>(?:the\s)?[A-Za-z][\w -]{2,40}?)(?P<cue>['’]s?)(?=[,.;]|$)",
            re.IGNORECASE,
        ),
    )


def owned(text: str, sentence: Span) -> Iterator[tuple[Spans, Spans, Spans]]:
    """The relation of `sentence` in which a figure or a fact is somebody's, if there is one."""
    words = text[sentence.start : sentence.end].rstrip(' .!?\n”"')
    for pattern in (*_counted(), _DOING):
        match = pattern.search(words)
        if match is None:
            continue
        who = _at(sentence, match, "who")
        if _speaks(text, who, publishes=match.re is _DOING and "ing" in match.group("content")):
            yield (who,), (_at(sentence, match, "cue"),), (_at(sentence, match, "content"),)
            return


def _at(sentence: Span, match: re.Match[str], group: str) -> Span:
    return Span(sentence.start + match.start(group), sentence.start + match.end(group))


def _speaks(text: str, who: Span, *, publishes: bool) -> bool:
    """Whether a stretch is somebody who can say something; `publishes`: an outlet, a paper or a name."""
    words = [w.casefold() for w in WORD.findall(text, *who)]
    if not words or any(map(is_finite, words)) or words[0] in words_of("pronouns"):
        return False
    part = phrase(text, who)
    head = classify(part.head)
    if publishes:
        return head in {"outlet", "document"} or part.form == "name"
    return bool(head) or part.form == "name"
