"""Who says what the sentence before says: "That is what two deckhands told us", "The firm admitted it".

The tagger looks for what is said in the sentence of its cue, and finds "it". In: the relations of a report.
Out: the same, where such a cue has for its content the sentence to which the pronoun points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ondit.reading.levels import Level, meets, shares
from ondit.reading.mentions import phrase
from ondit.reading.patterns import somebody
from ondit.reading.quotes import inside
from ondit.records import Block, Quotation, Span
from ondit.text.lexicon import alternatives, words_of
from ondit.text.offsets import trimmed
from ondit.text.sentences import WORD, is_finite, sentences

_WHO = r"(?P<who>[^,;:“”\"]{2,80}?(?:,\s(?:the|an?|its|his|her|who)\s[^,;:“”\"]{3,60},)?)"
_HAS = r"(?:(?:has|have|had|also|later|since|now)\s)*"
_ADMITS = (
    r"confirm(?:s|ed)?|admit(?:s|ted)?|acknowledge[sd]?|concede[sd]?|announce[sd]?|reveal(?:s|ed)?|disclose[sd]?"
    r"|boasted|claims?|claimed"
)
_ENDS = (
    r"(?P<rest>$|,[^;:“”\"]*|\s(?:on|in|at|last|yesterday|today|this|late|early|later|during|under|without|to\s(?:us|me)|too)\b"
    r"[^;:“”\"]*)"
)
"""What may follow "it": when and where, not what it did."""
_TERMS = re.compile(r",|\son\scondition\b")
_CONFIDENCE = 0.5
_LEAST = 4
"""Words of a sentence to which a pronoun can point."""


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    verbs = alternatives(words_of("saying"))
    return (
        re.compile(
            rf"(?:That|This|Such)\s(?:is|was)\s(?:at\sleast\s|also\s)?what\s{_WHO}\s(?P<cue>{_HAS}(?:{verbs}))\b[^;:“”\"]*"
        ),
        re.compile(rf"{_WHO}\s(?P<cue>{_HAS}(?:{_ADMITS}))\s(?:it|this){_ENDS}"),
        re.compile(
            rf"{_WHO}\s(?P<cue>{_HAS}(?:says?|said|reported|{_ADMITS}))\s(?:so|as\smuch|the\ssame){_ENDS}"
        ),
        re.compile(
            rf"{_WHO}\s(?P<cue>{_HAS}(?:told|tells|informed))\s(?:us|me|reporters|journalists|(?:the\s)?[A-Z][^,;:“”\"]{{1,40}}?)"
            rf"\s(?:of\s(?:it|this|that)|so|as\smuch){_ENDS}"
        ),
        re.compile(rf"(?:Or\s|And\s)?[Ss]o(?:,\sat\sleast,)?\s(?P<cue>says?|said|claims?|claimed)\s{_WHO}"),
        re.compile(rf"(?:Or\s|And\s)?[Ss]o\s{_WHO}\s(?P<cue>says?|said|claims?|claimed|insists?|insisted)"),
        re.compile(
            rf"(?:This|That|It)\s(?:is|was|has\sbeen)\s(?P<cue>{_HAS}(?:confirmed|announced|disclosed|admitted|acknowledged))\sby\s"
            r"(?P<who>[^,;:“”\"]{2,80}(?:,\s[^,;:“”\"]{3,60})?)"
        ),
    )


def echoed(
    text: str, readable: Sequence[Block], quotes: Sequence[Quotation], found: Sequence[Level]
) -> list[Level]:
    """`found` with the sentences that somebody is said, in the next one, to say too."""
    out = list(found)
    before: Span | None = None
    for block in readable:
        if block.kind == "headline":
            continue
        for sentence in sentences(text, block.span):
            match = _echo(text, sentence, quotes) if before is not None else None
            if match is not None and before is not None and _open(text, before, quotes, out):
                out = [lv for lv in out if not _only_here(lv, match, sentence, before)]
                content = trimmed(text, *before, " .,;:!")
                around = next((lv for lv in out if lv.source and lv.covers(match[1])), None)
                out.append(Level((match[0],), (match[1],), (content,), "tagger", _CONFIDENCE, around))
            before = sentence
    return out


def _echo(text: str, sentence: Span, quotes: Sequence[Quotation]) -> tuple[Span, Span] | None:
    """Who says again what stands before, and the words for it, where all of `sentence` tells only that."""
    words = text[sentence.start : sentence.end].rstrip(" .!")
    for match in _matches(words):
        who, cue = (
            Span(sentence.start + match.start(g), sentence.start + match.end(g)) for g in ("who", "cue")
        )
        rest = match.groupdict().get("rest") or ""
        further = any(is_finite(w.casefold()) for w in WORD.findall(_TERMS.split(rest)[0]))
        if not further and not inside(cue, quotes) and _says_it(text, who):
            return trimmed(text, *who, " ,"), cue
    return None


_NOT_SO = re.compile(
    r"(?:neither|nor|not|no|nobody|none|few|hardly|only|even|just|until|when|if|had|as|while|once|after|before|since|unless"
    r"|because|although|though|where|what|how|why)\b",
    re.IGNORECASE,
)


def _says_it(text: str, who: Span) -> bool:
    """Whether a stretch is somebody, not a negation, a subordinate clause or a paper, and says it surely."""
    words = text[who.start : who.end]
    doubted = {"allegedly", "reportedly", "supposedly", "never", "wrongly"} & set(words.casefold().split())
    return (
        not (_NOT_SO.match(words) or doubted) and somebody(text, who) and phrase(text, who).form != "document"
    )


def _matches(words: str) -> Iterator[re.Match[str]]:
    yield from (match for form in _forms() if (match := form.fullmatch(words)))


def _open(text: str, sentence: Span, quotes: Sequence[Quotation], found: Sequence[Level]) -> bool:
    """Whether a sentence states something of which nobody is yet said to say it."""
    asked = text[sentence.start : sentence.end].rstrip().endswith("?")
    if asked or inside(sentence, quotes) or _POINTS.match(text, *sentence):
        return False
    size = sentence.end - sentence.start
    said = any(
        lv.source and lv.cue and meets(lv, sentence) and lv.cue[0].start < sentence.end for lv in found
    )
    return not said and len(WORD.findall(text, *sentence)) >= _LEAST and size < 400


_POINTS = re.compile(r"(?:it|this|that)[’'\s]|please\b", re.IGNORECASE)
"""How a sentence begins that itself points to another one, or asks for something."""


def _only_here(level: Level, found: tuple[Span, Span], sentence: Span, before: Span) -> bool:
    """Whether a relation is the one of the echo as the tagger sees it, with "it" for its content."""
    return shares(level.cue, (found[1],)) and all(
        before.start <= c.start and c.end <= sentence.end for c in level.content
    )
