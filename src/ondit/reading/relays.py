"""How one passes on what another said: "citing six officials", "told the Post", "was quoted by Tass".

In: levels. Out: the levels that stand around or inside them, so that the chain has every link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ondit.reading.levels import Level, cue, shares
from ondit.reading.mentions import names, phrase
from ondit.records import Block, Span
from ondit.text import register
from ondit.text.lexicon import words_of
from ondit.text.nouns import classify
from ondit.text.offsets import trimmed
from ondit.text.sentences import WORD, is_finite, sentences

_CITING = re.compile(r"\b(?:cit(?:e|es|ed|ing)|quot(?:e|es|ed|ing))\b", re.IGNORECASE)
_CITER = re.compile(
    r"([A-Z][\w’'&.-]*(?:\s[A-Z][\w’'&.-]*){0,3}),?\s+(?:which\s+)?"
    r"(?:cited|citing|quoted|quoting|cites|quotes)\s+(?:the\s+|an?\s+)?$"
)
_TOLD = re.compile(
    r"\b(?:tells?|told|telling|informed|interview(?:ed)? (?:with|by)|speaking to|spoke to|e-?mail to"
    r"|statement to|letter to|quoted (?:as (?:having )?(?:said|saying) |(?:[a-z]+ ){1,3}?)?(?:by|in))\s+"
)
_SEEN = re.compile(
    r"\b(?:(?:seen|obtained|reviewed|read|published|reached|interviewed) by"
    r"|(?:leaked|shown|handed) to|shared with|via)\s+"
)
_HAS_READ = re.compile(
    r",?\s(?:which|that|whom)\s(?P<who>[^,.;]{3,50}?)\s(?:has\s|had\s)?"
    r"(?:seen|read|obtained|reviewed|reached)\b"
)
_OPENING = re.compile(
    r"(?:(?:In|During) (?:an?|his|her|their|the) (?:[\w’'-]+ ){0,3}"
    r"(?:interview|conversation|phone call) (?:with|for)"
    r"|(?:Speaking|Talking|Writing) (?:to|on|in|for)"
    r"|In (?:an?|his|her) (?:letter|e-?mail|statement|text) to)\s+"
)
_KIND = re.compile(
    r"(?:\s(?:state|news|local|daily|weekly))*"
    r"\s(?:agency|newspaper|daily|weekly|magazine|radio|television|broadcaster|channel|website)\b"
)
_AGENCY = re.compile(r"[^,.;:\n“”\"]{0,50}\b(?:news|press|wire)\s(?:agency|service)(?:,\s|\s)(?=[A-Z])")
_NO_NAME = re.compile(
    r"(?:the\s)?(?:(?!(?:an?|another|one|some)\b)(?!(?:by|in|of|this|our|his|her|their|its|my)\b)[a-z-]+\s){0,2}?"
    r"(?:television|tv|radio|newspaper|broadcaster|network|(?:news|press)\sagency|tabloid|broadsheet)\b(?!\s?[A-Z’'-])"
)
_NEAR_OPENING = 120
_SAID_TO_BE = re.compile(r"\b(?:reportedly|allegedly|supposedly|purportedly)\b", re.IGNORECASE)
_PAUSE = re.compile(r"[.;:!?]\s|\n")
_CITED_THAT = re.compile(
    r"(?P<who>[^,“”\"]{3,70}?)(?:,\s+(?=that\s)"
    r"|\sas\s(?:saying|having\ssaid|stating|claiming|warning|telling\s\w+)\s(?=\S))"
)
_THAT = re.compile(r"that\s")
_CITES_BEHIND = re.compile(r",\s(?P<cue>citing|quoting)\s(?P<whom>[^,.;:“”\"]{3,70}?)(?=[.;]|,\s|$)")
_CITES_BEFORE = re.compile(
    r"(?P<cue>Citing|Quoting)\s(?P<whom>[^,;:“”\"]{3,70})(?:,\s(?:who|which)\s[^,;:“”\"]{3,60})?,\s"
)
_WHOM = re.compile(r"(?P<whom>[^,;:“”\"]{3,70}),\s")
_SAID_BY = re.compile(
    r"(?P<who>[^,;:“”\"]{2,60}?)\s(?P<cue>sa(?:id|ys)|reported|reports|wrote|writes|claimed)\s(?:that\s)?(?P<what>\S.{8,})$",
    re.DOTALL,
)
"""Who says what, behind "Citing a letter,"."""
_RANKS = {"deputy", "vice", "first", "acting", "former", "assistant", "chief", "senior", "prime", "state"}
_BEEN = r"(?:is|was|were|has been|had been|been)\s+"
_QUOTED = re.compile(rf"(?:{_BEEN}(?:\w+\s+)?)?(?:quoted|cited)\b")
_WAS_QUOTED = re.compile(r"\b(?:is|was|were|been)\s+(?:\w+\s+)?(?:quoted|cited)\b")
_QUOTED_BY = re.compile(
    rf"(?P<cue>{_BEEN}(?:\w+\s+)?(?:quoted|cited))\s(?:[^.;:“”\"]{{1,40}}?\s)?(?:by|in)\s[^.;:“”\"]{{2,70}}?,?\s"
    r"(?P<as>as\s(?:saying|having\ssaid|telling\s\w+|stating|claiming|warning|adding)):?\s(?P<what>[^;]+?)(?=\s*$|;)"
)
_NEVER = re.compile(r"\b(?:never|not|nobody|no\sone|none|nowhere)\b|n['’]t\b", re.IGNORECASE)
_BY_FORM = 0.6
_UP_TO_PASSIVE = re.compile(rf"[^.]{{0,80}}?,?\s*(?:who\s+)?(?:{_BEEN})?(?:\w+\s+)?")
_LAST_WORDS = re.compile(rf"([\w’'-]+(?:\s[\w’'-]+){{0,3}}?)\s*(?:(?:who|which)\s+)?(?:{_BEEN}(?:\w+\s+)?)?$")

_DESCRIBED = re.compile(r"([^,;:“”\"]{3,60}),\s(?:who|which)\s[^,;:“”\"]{3,60},\s")
"""Somebody of no name with a relative clause, before a verb."""


def cited(text: str, found: list[Level]) -> list[Level]:
    """Turn "X, citing Y, said Z" and "X cited Y as saying Z" into Y's saying inside X's; "X cited Y" with
    nothing that Y says stays, and makes nobody say anything."""
    out: list[Level] = []
    used: list[Level] = []
    found = [part for lv in found for part in _cited_apart(text, lv)]
    found += [cite for lv in found if (cite := _cites_beside(text, lv, found)) is not None]
    cites = [
        lv
        for lv in found
        if _CITING.search(cue(text, lv)) and _quoted_at(text, lv) is None and _names_somebody(text, lv)
    ]
    for lv in found:
        if lv in cites:
            continue
        cite = next((c for c in cites if _same_sentence(text, c, lv) and _same_source(text, c, lv)), None)
        out.append(lv)
        if cite is not None:
            used.append(cite)
            out.append(
                Level(cite.content, cite.cue, lv.content, "citing", min(lv.confidence, cite.confidence), lv)
            )
            lv.holds = False
    for lv in cites:
        if lv not in used:
            lv.holds = False
            out.append(lv)
    for lv in list(out):
        outer = _citer(text, lv)
        if outer is not None and not (lv.parent is not None and shares(lv.parent.source, (outer,))):
            level = Level(
                (outer,),
                lv.cue,
                (Span(min(lv.source[0].start, lv.start), lv.content[-1].end),),
                "citing",
                lv.confidence,
                lv.parent,
                holds=False,
            )
            lv.parent = level
            out.append(level)
    return out


def _cited_apart(text: str, level: Level) -> list[Level]:
    """In "X, citing Y, that Z" read as X's citing of all behind it: X's citing of Y, and X's saying of Z; the
    same in "Citing Y, X said Z" read as the citing of the rest by Y or by nobody."""
    if not level.cue or not _CITING.search(cue(text, level)):
        return [level]
    first = level.content[0]
    whom = _WHOM.match(text, first.start, first.end) if not level.source else None
    before = not level.source or level.cue[0].end < level.source[0].start
    said = _SAID_BY.match(text, whom.end() if whom else first.start, first.end) if before else None
    if said is not None and (whom or level.source):
        who, verb, told = (Span(*said.span(part)) for part in ("who", "cue", "what"))
        named = (Span(*whom.span("whom")),) if whom else level.source
        cite = Level((who,), level.cue, named, level.method, level.confidence)
        return [cite, Level((who,), (verb,), (told, *level.content[1:]), level.method, level.confidence)]
    if not level.source:
        return [level]
    if len(level.content) > 1 and _THAT.match(text, level.content[1].start):
        cite = Level(level.source, level.cue, (first,), level.method, level.confidence)
        return [cite, Level(level.source, (), level.content[1:], level.method, level.confidence)]
    match = _CITED_THAT.match(text, first.start, first.end)
    if match is None:
        return [level]
    what = (Span(match.end(), first.end), *level.content[1:])
    cite = Level(level.source, level.cue, (Span(*match.span("who")),), level.method, level.confidence)
    return [cite, Level(level.source, (), what, level.method, level.confidence)]


def _cites_beside(text: str, level: Level, others: Sequence[Level]) -> Level | None:
    """The citing at the beginning or the end of a sentence in which somebody speaks ("Citing a letter, Low
    said", "said Low, quoting a letter")."""
    if not level.source or not level.cue:
        return None
    after = max(level.source[-1].end, level.cue[-1].end, level.content[-1].end)
    match = _CITES_BEHIND.match(text, after, _line_end(text, after, 120))
    if match is None:
        start = min(level.source[0].start, level.start)
        before = sentences(text, Span(_line_start(text, start, 160), start))
        match = _CITES_BEFORE.fullmatch(text, before[-1].start, start) if before else None
    if match is None or any(shares((*lv.cue, *lv.content), (Span(*match.span()),)) for lv in others):
        return None
    words, whom = Span(*match.span("cue")), Span(*match.span("whom"))
    return Level(level.source, (words,), (whom,), level.method, level.confidence)


def _same_source(text: str, cite: Level, level: Level) -> bool:
    """Whether who cites is who says: the same words, or "which" and "who" right behind them."""
    if shares(cite.source, level.source):
        return True
    if not cite.source or not level.source or not 0 < cite.source[0].start - level.source[-1].end <= 3:
        return False
    return text[cite.source[0].start : cite.source[-1].end].casefold() in {"who", "which"}


def _names_somebody(text: str, level: Level) -> bool:
    words = text[level.content[0].start : level.content[-1].end]
    return len(words.split()) <= 14 and not any(is_finite(w.casefold()) for w in WORD.findall(words)[:4])


def _same_sentence(text: str, a: Level, b: Level) -> bool:
    low, high = sorted((a, b), key=lambda lv: lv.start)
    between = text[low.content[0].start : high.start]
    return "\n" not in between and len(between) < 400


def _citer(text: str, level: Level) -> Span | None:
    """In "X cited Y as saying Z" and "X, quoting Y, ..." read as Y's saying: where X stands."""
    if not level.source:
        return None
    head = text[max(0, level.source[0].start - 60) : level.source[0].start]
    match = _CITER.search(head)
    if match is None or match.group(1).casefold() in words_of("openers"):
        return None
    start = level.source[0].start - len(head) + match.start(1)
    citer = Span(start, start + len(match.group(1)))
    line = Span(_line_start(text, start, 200), citer.end)
    return citer if any(shares((name.span,), (citer,)) for name in names(text, line)) else None


def quoted_by(text: str, readable: Sequence[Block], found: Sequence[Level]) -> list[Level]:
    """`found` with X, not Y, as the source of "X was quoted last week by Y as saying"."""
    out = list(found)
    for block in readable:
        for sentence in sentences(text, block.span):
            match = _QUOTED_BY.search(text, *sentence)
            who = _subject(text, match.start("cue")) if match is not None else None
            if match is None or who is None or who.end <= who.start:
                continue
            clause = text.rfind(",", sentence.start, match.start("cue")) + 1 or sentence.start
            if _NEVER.search(text, clause, match.start("as")):
                continue
            frame = Span(match.start("cue"), match.end("as"))
            what = trimmed(text, *match.span("what"), " ,;.")
            mine = [lv for lv in out if shares(lv.cue, (frame,)) or shares(lv.source, (frame,))]
            clean = (lv for lv in mine if lv.covers(what) and lv.start + len("that ") >= what.start)
            if any(shares(lv.source, (who,)) for lv in clean):
                continue
            sure = max((lv.confidence for lv in mine), default=_BY_FORM)
            out = [lv for lv in out if lv not in mine]
            out.append(
                Level((who,), (Span(*match.span("cue")), Span(*match.span("as"))), (what,), confidence=sure)
            )
    return out


def quoted_passive(text: str, level: Level) -> Level:
    """In "X was quoted by Y as saying" the source is X, the subject before the cue."""
    start = _quoted_at(text, level)
    span = _subject(text, start) if start is not None else None
    if span is not None and span.end > span.start:
        level.content = tuple(_before(text, c, span) for c in level.content if c != span) or level.content
        if not level.covers(span):
            level.source = (span,)
    return level


def _quoted_at(text: str, level: Level) -> int | None:
    """Where a cue in the passive begins ("was quoted", "been widely cited"); None for any other cue."""
    if not level.cue:
        return None
    start, end = min(c.start for c in level.cue), max(c.end for c in level.cue)
    passive = _QUOTED.match(text[start:end]) and _WAS_QUOTED.search(text[max(0, start - 14) : end])
    return start if passive else None


def _subject(text: str, start: int) -> Span | None:
    """The subject of the passive that begins at `start`: a person of its sentence, else the words before."""
    line = text.rfind("\n", 0, start) + 1
    sentence = next(reversed(sentences(text, Span(line, start))), Span(line, start))
    named = [n.span for n in names(text, sentence) if n.kind == "person" or n.title]
    if named:
        between = text[named[-1].end : start]
        direct = re.search(r"\bwho\s", between) and _UP_TO_PASSIVE.fullmatch(between)
        return _titled(text, named[-1] if direct else named[0], sentence.start)
    described = _DESCRIBED.fullmatch(text, sentence.start, start)
    if described is not None and classify(phrase(text, Span(*described.span(1))).head):
        return Span(*described.span(1))
    last = _LAST_WORDS.search(text[sentence.start : start])
    return trimmed(text, *_moved(Span(*last.span(1)), sentence.start)) if last else None


def _titled(text: str, name: Span, floor: int) -> Span:
    """A name with the titles and offices right before it ("Deputy Minister Low")."""
    start = name.start
    for word in reversed(list(re.finditer(r"[\w’'.-]+", text[floor:start]))):
        office = word.group().rstrip(".").casefold()
        known = office in words_of("titles") or classify(office) in {"speaks", "role"} or office in _RANKS
        if floor + word.end() + 1 != start or not known:
            break
        start = floor + word.start()
    return Span(start, name.end)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _before(text: str, content: Span, subject: Span) -> Span:
    """A content without the subject of "was quoted" at its end."""
    if not (content.start < subject.start and subject.end <= content.end < subject.end + 3):
        return content
    return trimmed(text, content.start, subject.start)


def passed_on(text: str, level: Level, others: Sequence[Level] = ()) -> Level | None:
    """The level of the outlet to whom it was said ("told the Post", "seen by the Post"): it encloses.

    What stands in the source or the cue of another speaker's level is said of that one, not of this.
    """
    if not level.source or level.method == "block" or level.content[-1].end - level.start > 4000:
        return None
    for told in _passings(text, level):
        at = told.end
        if level.covers(Span(at, at + 1)) or _anothers(told, level, others):
            continue
        near = Span(at, _line_end(text, at, 80))
        named = _addressee(text, near) or _medium(text, near, quoting=_QUOTED.match(text, told.start))
        if named is not None:
            low = min([level.source[0].start, level.start, *(c.start for c in level.cue)])
            return Level(
                (named,),
                tuple(s for s in (trimmed(text, *told),) if s.end > s.start),
                (Span(low, level.content[-1].end),),
                "citing",
                level.confidence,
                cue_kind="credit",
                holds=False,
            )
    return None


def _anothers(told: Span, level: Level, others: Sequence[Level]) -> bool:
    """Whether words of telling stand in the source or the cue of another speaker than that of `level`."""
    owners = (lv for lv in others if shares((*lv.source, *lv.cue), (told,)))
    return any(not shares(lv.source, level.source) for lv in owners)


def rumoured(text: str, found: Sequence[Level]) -> list[Level]:
    """The levels of nobody named around those that are said to be said ("Reportedly, the mayor told us")."""
    out: list[Level] = []
    for lv in found:
        if lv.parent is not None or not lv.source or not lv.cue:
            continue
        word = _SAID_TO_BE.search(text, max(0, lv.source[0].start - 14), lv.cue[0].end)
        if word is None or lv.covers(Span(*word.span())) or _PAUSE.search(text, word.end(), lv.cue[0].start):
            continue
        low = min(lv.source[0].start, lv.start, lv.cue[0].start)
        whole = (Span(low, lv.content[-1].end),)
        cue = (Span(*word.span()),)
        outer = Level((), cue, whole, "citing", lv.confidence, cue_kind="hearsay", holds=False)
        lv.parent = outer
        out.append(outer)
    return out


def _passings(text: str, level: Level) -> Iterator[Span]:
    """Where words of telling and seeing stand that may name an outlet, near the source and cue of a level."""
    low = min([level.source[0].start, level.start, *(c.start for c in level.cue)])
    high = max([level.source[-1].end, level.content[-1].end, *(c.end for c in level.cue)])
    for pattern in (_TOLD, _SEEN):
        for told in pattern.finditer(text, low, _line_end(text, high, 120)):
            if _near(level, told.start()):
                yield Span(*told.span())
    for source in level.source:
        read = _HAS_READ.search(text, source.start, _line_end(text, source.end, 90))
        if read is not None and read.start() <= source.end + 1:
            yield Span(read.start("who"), read.start("who"))
    before = sentences(text, Span(_line_start(text, low, _NEAR_OPENING), low))
    opening = _OPENING.match(text, before[-1].start, low) if before and level.parent is None else None
    if opening is not None and text[low - 2 : low] == ", ":
        yield Span(*opening.span())


def _line_start(text: str, end: int, most: int) -> int:
    """The start of the line in which `end` lies, or a place `most` before."""
    floor = max(0, end - most)
    return max(floor, text.rfind("\n", floor, end) + 1)


def _line_end(text: str, start: int, most: int) -> int:
    end = text.find("\n", start, start + most)
    return end if end >= 0 else min(len(text), start + most)


def _near(level: Level, at: int) -> bool:
    places = [*level.source, *level.cue]
    return any(-30 <= at - p.end <= 60 or p.start <= at <= p.end for p in places)


def _addressee(text: str, span: Span) -> Span | None:
    """The outlet that the words after "told" name: a proper name, not a person's, not a place behind "in"."""
    span = next(iter(sentences(text, span)), span)
    registered = _registered(text, span)
    if registered is not None:
        return registered
    agency = _AGENCY.match(text, span.start, span.end)
    if agency is not None:
        behind = Span(agency.end(), span.end)
        return next((n.span for n in names(text, behind) if n.span.start == behind.start), None)
    part = phrase(text, span)
    if classify(part.head) == "outlet" and part.name is not None and part.name.span.start > span.start:
        return _with_kind(text, part.name.span, span)
    opening = re.match(r"(?:(?:the|a|an)\s+)?(?:[a-z’'-]+\s+){0,5}?(?=[A-Z])", text[span.start : span.end])
    if opening is None:
        return None
    lead = opening.group()
    if any(w in words_of("breaks") or is_finite(w) for w in lead.casefold().split()):
        return None
    begins = span.start + opening.end()
    first = next((n for n in names(text, span) if n.span.start >= begins), None)
    if first is None or first.span.start > begins + 4 or first.title or _no_outlet(first.text):
        return None
    described = any(classify(w) == "outlet" for w in lead.split())
    if first.kind == "person" and not described and not lead.casefold().startswith("the "):
        return None
    return _with_kind(text, first.span, span) if described or first.kind != "organisation" else None


def _medium(text: str, span: Span, *, quoting: object) -> Span | None:
    """An outlet of no name at the start of `span` ("state television"), or whatever bears a name there if it
    quotes somebody."""
    described = _NO_NAME.match(text, *span)
    if described is not None:
        return Span(*described.span())
    first = next(names(text, next(iter(sentences(text, span)), span)), None) if quoting else None
    return first.span if first is not None and first.span.start == span.start else None


def _with_kind(text: str, name: Span, inside: Span) -> Span:
    """An outlet's name with what it is behind it ("the Merrow news agency")."""
    kind = _KIND.match(text, name.end, inside.end)
    return Span(name.start, kind.end()) if kind else name


def _no_outlet(name: str) -> bool:
    """Whether a name is in the register as a state or as a body that is told much and publishes nothing."""
    return register.organisation(name) is not None or register.state(name) is not None


def _registered(text: str, span: Span) -> Span | None:
    """The longest run of words at the start of `span` that the register knows as an outlet ("The Sun")."""
    ends = [m.end() for m in re.finditer(r"[\w’'.&-]+", text[span.start : span.end])][:5]
    for end in reversed(ends):
        words = text[span.start : span.start + end]
        if register.outlet(words) is not None and "\n" not in words:
            return Span(span.start, span.start + end)
    return None
