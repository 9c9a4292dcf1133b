"""Attributions by form that a tagger trained on verbs of saying leaves out.

"By her count nine are dead"; "The coastguard: no call on its tapes"; "if you ask the union"; headlines such
as "Police: fire was lit". In: a sentence. Out: source, cue and content of the relation, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ondit.reading.mentions import phrase
from ondit.reading.owned import owned
from ondit.reading.quotes import inside
from ondit.records import Quotation, Span, Spans
from ondit.text.lexicon import alternatives, table, words_of
from ondit.text.nouns import classify
from ondit.text.offsets import trimmed
from ondit.text.sentences import CLOCK, WORD, is_finite

Found = tuple[Spans, Spans, Spans]

_ACCORDING = re.compile(
    r"\b(?:according to|in the words of|per)\s+"
    r"(?P<who>(?:an?\s|the\s)?[^,.;:“”\"]{2,90}?)(?=[,.;:]|\s(?:who|which|that)\s|$)",
    re.IGNORECASE,
)
_HEADLINE = re.compile(
    r"^(?P<content>.{8,}?)(?:,\s+|\s+[-–—]\s+|:\s+)"
    r"(?P<who>(?:[\w’'&.-]+\s){0,3}?[\w’'&.-]+?)"
    r"(?:\s+(?P<cue>say|says|said|show|shows|reports|claims?|warns?|admits?|finds?|reveals?|insists?|fears?))?$",
    re.IGNORECASE,
)
_RECKONED = re.compile(
    r"\b(?:by|on|in)\s+"
    r"(?P<who>her|his|their|its|my|our|(?:the\s+)?[\w’'.-]+(?:\s[\w’'.-]+){0,4}?(?:['’]s|s['’]))\s+(?:own\s+)?"
    r"(?P<cue>count|reckoning|estimate|estimation|account|figures|calculation|calculations|reading|view"
    r"|words|telling|version|tally)\b"
    r"(?P<rest>\s+of\s+[^,.]{3,40})?",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\bif you (?:ask|believe)\s+(?P<who>(?:the\s+)?[\w’'-]+(?:\s[\w’'-]+){0,3})", re.IGNORECASE
)
_COLON = re.compile(
    rf"^(?:[•+*\-–]\s+)?(?:{CLOCK}\s+)?"
    r"(?P<who>[A-Z“][^.:;,!?“”\"]{1,60}?)(?:,\s[^.:;!?“”\"]{3,60})?:\s+(?=\S)"
)
_FIGURE = re.compile(
    rf"^(?:{CLOCK}\s+)?(?:[A-Z][\w ]{{2,20}}\.\s+)?"
    r"(?P<who>[^,;:“”\"]{2,70}?)(?:,[^;:“”\"]{2,110},)?\s+"
    r"(?P<cue>(?:has |have |had |would )?"
    r"(?:(?:makes?|made)(?=\s(?:it|them|that|those)\b)|puts?|gives?|gave|counts|counted|spoke of|spoken of"
    r"|speaks? of|reckons?|dates|dated))\s+"
    r"(?P<content>(?!(?:off|up|down|away|aside|back|out)\b)[^;“”\"]{3,})(?=;|$)"
)
_OWNED = re.compile(
    r"(?:^|[;,]\s(?:and\s|while\s)?)(?P<who>(?:[Tt]he\s)?\w[^,;:“”\"]{2,50}?)['’]s?\s"
    r"(?:(?:own|final|first|latest|last|official|original|new)\s)?"
    r"(?P<cue>figure|count|tally|estimate|reckoning)(?:\s|(?=,)|(?=:))"
    r"(?:(?:for|at|on|in|of)\s[^,;]{3,40}?\s|,\s[^,;:]{3,40}?(?=:)|,\s[^,;:]{3,40}?,\s)?"
    r"(?:was|is|stands at|stood at|came to|comes to|remains|:)\s(?P<content>[^;]{2,60})$"
)
_FROM = re.compile(
    r"\b(?:we|I|(?:the\s)?(?:[A-Z][\w’'-]+\s){1,4}has)\s+(?:have\s+)?"
    r"(?P<cue>hear|heard|learn|learned|learnt|have it|got it)\s+from\s+"
    r"(?P<who>(?:the\s|an?\s)?[\w’' -]{3,50}?)"
    r"(?=\s(?:first|on|this|last|that|yesterday|today)\b|[,.;]|$)"
)
_EDGES = " ,;:"
_SPEAKING_PLAINLY = {"police", "report", "reports", "hospital", "ministry", "army"}
"""What stands alone before or behind the words of a headline as their source."""
_TELLING = r"(?:tell|inform|assure|remind|warn)|told\b"
"""Verbs behind which stands whom they tell, not who tells."""
_EXPLETIVE = {"it", "there", "this", "what", "so", "then"}
_DETERMINERS = {"the", "a", "an", "one", "two", "three"}


@cache
def _delayed() -> tuple[re.Pattern[str], ...]:
    """ "What, who said" and "what, said who", with the verbs of data/en/saying.tsv."""
    verbs = alternatives(words_of("saying"))
    what = r"^(?P<content>.{12,}?[\w)”\"’%]),\s+"
    return (
        re.compile(
            what + r"(?P<who>(?!and |but |or |which |who |that |as |when |while )[^,;:“”\"]{2,90}?)\s+"
            rf"(?P<cue>(?:has |have |had )?(?:{verbs}))(?P<after>\s+[^,;“”\"]{{1,60}})?[.!]?\s*$"
        ),
        re.compile(
            what
            + rf"(?P<cue>(?!{_TELLING})(?:{verbs}))\s+"
            + r"(?P<who>(?:the\s|an?\s)?[^,;:“”\"]{2,60}?)(?:,[^“”\"]*)?[.!]?\s*$"
        ),
    )


def found_by_form(
    text: str, sentence: Span, quotes: Sequence[Quotation], *, headline: bool = False
) -> Iterator[Found]:
    """The relations that the form of `sentence` shows."""
    reckoned = _RECKONED.search(text, *sentence)
    if reckoned is not None and not inside(Span(*reckoned.span("who")), quotes):
        content = _rest(text, sentence, Span(*reckoned.span()))
        if content:
            yield (_possessor(text, Span(*reckoned.span("who"))),), (Span(*reckoned.span("cue")),), content
        return
    asked = _ASKED.search(text, *sentence)
    if asked is not None:
        content = _rest(text, sentence, Span(*asked.span()))
        if content:
            yield (Span(*asked.span("who")),), (), content
        return
    if headline:
        plain = text[sentence.start : sentence.end]
        yield from list(_headline(text, sentence)) or _delayed_saying(text, sentence, plain, quotes)
        return
    colon = list(_colon(text, sentence, headline=headline))
    said = colon or list(_said(text, sentence, quotes)) or list(_figured(text, sentence))
    yield from said or owned(text, sentence)


def _figured(text: str, sentence: Span) -> Iterator[Found]:
    """ "The office makes it 3,100", "the Tide has learned from it": a figure or a fact and who gives it."""
    words = text[sentence.start : sentence.end]
    heard = _FROM.search(words)
    if heard is not None and somebody(text, _at(sentence, heard, "who")):
        content = _rest(text, sentence, _at(sentence, heard))
        if content:
            yield (_at(sentence, heard, "who"),), (_at(sentence, heard, "cue"),), content
        return
    owned = _OWNED.search(words)
    given = owned is not None and any(number_word(w) for w in WORD.findall(owned.group("content")))
    if owned is not None and given and _counts(text, _at(sentence, owned, "who")):
        yield (
            (_at(sentence, owned, "who"),),
            (_at(sentence, owned, "cue"),),
            (trimmed(text, *_at(sentence, owned, "content"), _EDGES),),
        )
        return
    match = _FIGURE.match(words)
    if match is None or not any(number_word(w) for w in WORD.findall(match.group("content"))):
        return
    who = _at(sentence, match, "who")
    part = phrase(text, who)
    speaks = classify(part.head) in {"speaks", "org", "role", "outlet"} or (
        part.name is not None and part.name.kind in {"person", "organisation", "outlet"}
    )
    if somebody(text, who) and (speaks or (part.form == "pronoun" and part.head in {"he", "she", "they"})):
        yield (
            (who,),
            (_at(sentence, match, "cue"),),
            (trimmed(text, *_at(sentence, match, "content"), _EDGES),),
        )


def _counts(text: str, who: Span) -> bool:
    """Whether the owner of a figure is a body, an outlet or an official, who may have counted."""
    part = phrase(text, who)
    body = part.name is not None and part.name.kind in {None, "organisation", "outlet"}
    return classify(part.head) in {"org", "outlet", "speaks"} or body


def number_word(word: str) -> bool:
    """Whether a word is a number in digits or letters ("seventeen", "6,700")."""
    return word[:1].isdigit() or all(p in table("numbers") for p in word.casefold().split("-"))


def _said(text: str, sentence: Span, quotes: Sequence[Quotation]) -> Iterator[Found]:
    """ "What, who said" and "what, said who" at the end of a sentence; "according to who" anywhere."""
    words = text[sentence.start : sentence.end]
    according = _ACCORDING.search(words)
    if according is not None:
        who = _at(sentence, according, "who")
        if not inside(who, quotes) and somebody(text, who):
            content = _rest(text, sentence, _at(sentence, according))
            if content:
                yield (who,), (), content
            return
    yield from _delayed_saying(text, sentence, words, quotes)


def _delayed_saying(text: str, sentence: Span, words: str, quotes: Sequence[Quotation]) -> Iterator[Found]:
    for pattern in _delayed():
        match = pattern.match(words)
        if match is None:
            continue
        who, content = _at(sentence, match, "who"), trimmed(text, *_at(sentence, match, "content"), _EDGES)
        if somebody(text, who) and not inside(_at(sentence, match, "cue"), quotes):
            yield (who,), (_at(sentence, match, "cue"),), (content,)
            return


def _headline(text: str, sentence: Span) -> Iterator[Found]:
    """ "What - who", "what, who say" and "what: who" in a headline, where who can say something."""
    match = _HEADLINE.match(text[sentence.start : sentence.end])
    colon = list(_colon(text, sentence, headline=True))
    if colon or match is None:
        yield from colon
        return
    who = _at(sentence, match, "who")
    words = WORD.findall(text, *who)
    head = classify(words[-1]) if words else ""
    alone = text[who.start : who.end].casefold() in _SPEAKING_PLAINLY
    if alone or head in {"speaks", "role", "document"} or (match.group("cue") and somebody(text, who)):
        cue = (_at(sentence, match, "cue"),) if match.group("cue") else ()
        yield (who,), cue, (trimmed(text, *_at(sentence, match, "content"), _EDGES),)


def _at(sentence: Span, match: re.Match[str], group: str | int = 0) -> Span:
    """Where a group of a match in the words of `sentence` (all of it: 0) stands in the text."""
    return Span(sentence.start + match.start(group), sentence.start + match.end(group))


def somebody(text: str, who: Span) -> bool:
    """Whether a stretch can speak: a name or a known head, and no finite verb before a relative clause."""
    words = WORD.findall(text, *who)
    head = re.split(r"\s(?:who|which|that|familiar|close|with)\s", text[who.start : who.end])[0].split()
    if not words or any(is_finite(w.casefold()) for w in head[1:]) or words[0].casefold() in _EXPLETIVE:
        return False
    part = phrase(text, who)
    return part.form in {"pronoun", "anonymous", "name"} or bool(classify(part.head))


def _possessor(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    cut = 2 if words.endswith(("'s", "’s")) else 1 if words.endswith(("'", "’")) else 0
    return Span(span.start, span.end - cut)


def _rest(text: str, sentence: Span, cue: Span) -> Spans:
    parts = [(sentence.start, cue.start), (cue.end, sentence.end)]
    kept = [trimmed(text, *trimmed(text, *p), _EDGES) for p in parts]
    kept = [p for p in kept if len(WORD.findall(text, *p)) >= 2]
    return (max(kept, key=lambda p: p.end - p.start),) if kept else ()


def _colon(text: str, sentence: Span, *, headline: bool) -> Iterator[Found]:
    """ "Who: what" at the start of a line or sentence, where Who is somebody who can say something."""
    match = _COLON.match(text, *sentence)
    if match is None:
        return
    who = Span(*match.span("who"))
    if text[who.start : who.end].isupper() and " " in text[who.start : who.end]:
        return
    words = [w.casefold() for w in WORD.findall(text, *who)]
    if not 0 < len(words) <= 6 or any(map(is_finite, words)):
        return
    if words[0] in words_of("openers") - _DETERMINERS and not classify(words[0]):
        return
    part = phrase(text, who)
    speaks = classify(part.head) in {"speaks", "org"} or (classify(part.head) == "role" and not headline)
    named = part.name is not None and part.name.kind in {"person", "organisation"} and not headline
    content = trimmed(text, match.end(), sentence.end, _EDGES)
    quoted = text[content.start : content.start + 1] in '“"‘'
    if (speaks or named) and not quoted and WORD.search(text, *content):
        yield (who,), (), (content,)
