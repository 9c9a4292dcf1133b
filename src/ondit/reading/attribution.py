"""The attributions of one report, every level of them.

In: a document, its quotations and a function that finds relations (tagger and linker). Out: `Level`s, the
attributions under construction, linked to the level in whose content they lie. Relations come from the tagger
on the whole text, then again inside each content to any depth; from the layout (block quotations and their
lead-ins) and the credits of the whole report; from quotations that the tagger leaves without a speaker; and
from the words by which one outlet passes another on ("told the Post", "citing six officials", "was quoted by
Tass as saying").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ondit.reading.attributing import has_saying, is_act, is_scare, is_title, says
from ondit.reading.credited import credited
from ondit.reading.delayed import completed
from ondit.reading.echoes import echoed
from ondit.reading.extent import in_its_entry, in_its_sentence, whole_quotes, with_its_tail
from ondit.reading.gapping import parted
from ondit.reading.layout import block_levels, enclose, passed_along, republished, same_name
from ondit.reading.levels import READ, Finder, Level, cue, cue_features, cue_kind, meets
from ondit.reading.mentions import names, phrase
from ondit.reading.nesting import as_sentence, nested, shifted
from ondit.reading.patterns import found_by_form, somebody
from ondit.reading.relays import cited, passed_on, quoted_by, quoted_passive, rumoured
from ondit.reading.speakers import answered, headlined, speakerless
from ondit.records import Block, Document, Method, Quotation, Span
from ondit.text import register
from ondit.text.lexicon import words_of
from ondit.text.offsets import trimmed
from ondit.text.sentences import sentences

_ASKED = re.compile(r"(?:asked|pressed|questioned)\b", re.IGNORECASE)
_UNNAMED = re.compile(r"(?:that\s(?:he|she|they)\s)?not (?:to )?be (?:named|identified|quoted)\b")


def levels(document: Document, quotes: Sequence[Quotation], find: Finder) -> list[Level]:
    """All attributions of `document`, outermost first, parents set, contents inside their parents'."""
    text = document.text
    found = [Level(r.source, r.cue, r.content, confidence=r.confidence) for r in find([text])[0] if r.content]
    return build(document, quotes, found + _second_look(document, quotes, found, find), find)


def _second_look(
    document: Document, quotes: Sequence[Quotation], found: list[Level], find: Finder
) -> list[Level]:
    """Relations in sentences with a cue of saying, outside quotation marks, in which the first pass found
    nothing, each read alone: the tagger was trained on whole articles of one style and misses some under
    datelines and in short lists."""
    text = document.text
    missed: list[Span] = []
    for block in document.blocks:
        for sentence in sentences(text, block.span) if block.kind in READ else ():
            untouched = not any(meets(lv, sentence) for lv in found)
            if untouched and has_saying(text, sentence, quotes):
                missed.append(sentence)
    prepared = [as_sentence(text[s.start : s.end]) for s in missed]
    out: list[Level] = []
    for sentence, (_, lead), relations in zip(
        missed, prepared, find([p for p, _ in prepared]) if missed else [], strict=True
    ):
        moved = [shifted(r, sentence, lead) for r in relations]
        out += [lv for lv in moved if lv is not None and lv.source and lv.cue]
    return out


def build(
    document: Document,
    quotes: Sequence[Quotation],
    found: list[Level],
    find: Finder,
    inner: Sequence[Level] | None = None,
) -> list[Level]:
    """The levels of `document` from outermost ones that were found already.

    `inner` are levels handed in together with `found` (their parents): then nothing is added beside `found`,
    and inside those that have inner levels nothing else is looked for.
    """
    text = document.text
    readable = [b for b in document.blocks if b.kind in READ]
    kept = _outermost(text, readable, quotes, found, complete=inner is not None)
    given = list(inner or ())
    for lv in kept + given:
        lv.cue_kind = cue_kind(text, lv)
        said = says(text, lv, quotes, doubtful=_terse(lv, readable) or _inside_another(lv, kept))
        lv.holds = lv.holds and not is_act(text, lv) and said and not is_scare(text, lv)
    blocks = block_levels(document, readable, kept)
    answered = {id(lv.parent) for lv in given}
    everything = blocks + nested(text, [lv for lv in kept if id(lv) not in answered], find, quotes)
    everything += [lv for lv in kept if id(lv) in answered] + given
    enclose(everything, blocks)
    everything += _addressed(text, everything)
    everything += rumoured(text, everything)
    whole = credited(document, readable) or republished(document, readable, everything)
    if whole is not None:
        everything = _within(text, everything, whole)
    elif (relay := passed_along(document, readable, everything)) is not None:
        everything.append(relay)
    return sorted(everything, key=lambda lv: (lv.start, -lv.content[-1].end, _depth(lv)))


def _terse(level: Level, readable: Sequence[Block]) -> bool:
    """Whether it stands in a headline, where a verb behind a name mostly tells what was done."""
    return any(b.kind == "headline" and b.span.start <= level.start < b.span.end for b in readable)


def _inside_another(level: Level, kept: Sequence[Level]) -> bool:
    first = level.content[0]
    return any(lv is not level and lv.covers(first) and lv.content != level.content for lv in kept)


def _outermost(
    text: str, readable: Sequence[Block], quotes: Sequence[Quotation], found: list[Level], *, complete: bool
) -> list[Level]:
    """The sound ones of `found`, mended; unless they are complete, also what form and quotations show."""
    kept = [_called(text, _plea(text, _whole_name(text, _inverted(text, lv)))) for lv in found]
    kept = [lv for lv in kept if _readable(lv, readable) and _sound(text, lv)]
    kept = [lv for lv in kept if not _labelled(text, lv, readable)]
    kept = [whole_quotes(in_its_sentence(text, lv, readable, quotes), quotes) for lv in kept]
    kept = [with_its_tail(text, in_its_entry(text, lv, readable), kept, readable, quotes) for lv in kept]
    if not complete:
        kept = quoted_by(text, readable, completed(text, readable, quotes, kept))
        kept = echoed(text, readable, quotes, answered(text, readable, quotes, kept))
        kept += _by_form(text, readable, quotes, kept)
        kept += speakerless(text, readable, quotes, kept)
        kept = headlined(text, readable, quotes, kept)
    kept = [quoted_passive(text, lv) for lv in cited(text, kept)]
    return kept + parted(text, kept)


def _addressed(text: str, found: list[Level]) -> list[Level]:
    """The levels of the outlets that were told what others say, put between those and their parents."""
    out: list[Level] = []
    for lv in found:
        passed = passed_on(text, lv, found)
        if passed is not None:
            lv.parent, passed.parent = passed, lv.parent
            out.append(passed)
    return out


def _within(text: str, found: list[Level], whole: Level) -> list[Level]:
    """`found` inside the republished article `whole`, which stands for every credit to the same outlet."""

    def same(lv: Level) -> bool:
        return lv.cue_kind == "credit" and same_name(text, lv, whole)

    for lv in found:
        if lv.parent is None or same(lv.parent):
            lv.parent = whole
    return [*(lv for lv in found if not same(lv)), whole]


def _depth(level: Level) -> int:
    count, step, seen = 0, level.parent, {id(level)}
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        count, step = count + 1, step.parent
    return count


def _readable(level: Level, readable: Sequence[Block]) -> bool:
    whole = sum(c.end - c.start for c in level.content)
    return whole > 0 and sum(level.covers(b.span) for b in readable) * 2 >= whole


def _whole_name(text: str, level: Level) -> Level:
    """A source that is the second half of a name whose first half was taken for content ("Radio One")."""
    split = next((c for s in level.source for c in level.content if c.end < s.start <= c.end + 1), None)
    if split is None or len(level.source) != 1:
        return level
    source = level.source[0]
    whole = next(
        (n.span for n in names(text, Span(split.start, source.end)) if n.span.end >= source.end), None
    )
    if whole is not None and whole.start < source.start:
        level.source = (whole,)
        kept = (
            trimmed(text, c.start, min(c.end, whole.start) if c is split else c.end) for c in level.content
        )
        level.content = tuple(c for c in kept if c.end > c.start) or level.content
    return level


def _inverted(text: str, level: Level) -> Level:
    """In "Fertiliser, say two dockers" what stands before the comma is said, by who stands behind the cue."""
    if len(level.source) != 1 or len(level.cue) != 1 or len(level.content) != 1:
        return level
    what, cue, who = level.source[0], level.cue[0], level.content[0]
    placed = text[what.end : cue.start] == ", " and text[cue.end : who.start] == " "
    if placed and text[cue.start : cue.end] in {"say", "says", "said", "reckon", "claim"}:
        head = re.split(r",|\s(?:who|which|that)\s", text[who.start : who.end])[0]
        speaker = Span(who.start, who.start + len(head))
        if somebody(text, speaker) and phrase(text, what).kind != "person":
            level.source, level.content = (speaker,), (what,)
    return level


_PLEADED = re.compile(r"(?P<cue>pl(?:ea|e)d\w*)\s(?:not\s)?guilty(?:\sto)?", re.IGNORECASE)


def _plea(text: str, level: Level) -> Level:
    """In "pleaded not guilty to theft" the plea is what is said, not how."""
    last = level.cue[-1] if level.cue else Span(0, 0)
    match = _PLEADED.fullmatch(text, *last)
    if match is not None and last.end + 1 == level.content[0].start:
        level.cue = (*level.cue[:-1], Span(last.start, match.end("cue")))
        level.content = (Span(match.end("cue") + 1, level.content[0].end), *level.content[1:])
    return level


_CALLED = re.compile(r"\s(?P<cue>calls|called|brands|branded|dubs|dubbed)$")


def _called(text: str, level: Level) -> Level:
    """In "the firm called reports it would close false" the reports are what is called so."""
    if len(level.source) != 1 or len(level.cue) != 1 or level.cue[0].end > level.start:
        return level
    source, what = level.source[0], level.cue[0]
    match = _CALLED.search(text[source.start : source.end])
    if match is not None and source.end + 1 == what.start:
        level.source = (Span(source.start, source.start + match.start()),)
        level.cue = (Span(source.start + match.start("cue"), source.end),)
        level.content = (Span(what.start, level.content[0].end), *level.content[1:])
    return level


def _sound(text: str, level: Level) -> bool:
    """Whether a relation has a source and a cue, or one of them and little doubt. Who is asked says nothing,
    who asks not to be named nothing that is reported, and the title of a work is not said."""
    if not level.source and _ASKED.match(cue(text, level)):
        return False
    if _UNNAMED.match(text, level.start) or is_title(text, level):
        return False
    if level.source and level.cue:
        return True
    if not level.cue:
        return bool(level.source) and level.confidence >= 0.2
    return (
        cue_features(text, level)[0] in {"speech", "hearsay", "thought", "document"}
        and level.confidence >= 0.15
    )


def _labelled(text: str, level: Level, readable: Sequence[Block]) -> bool:
    """Whether a headline only begins with a word for a place or a topic ("Merrow: crane falls")."""
    if cue(text, level) != ":" or len(level.source) != 1 or text[level.start] in "“\"‘'":
        return False
    part = phrase(text, level.source[0])
    if not _terse(level, readable) or part.name is None:
        return False
    place = part.name.text.split()[-1].casefold() in words_of("places")
    shouted = part.name.text.isupper()
    if not (shouted or place) and (part.kind is not None or " " in part.name.text):
        return False
    if shouted and (_LABEL.match(text, level.content[-1].end) or part.name.text.title() in text):
        return False  # a speaker of a transcript, or somebody whom the report names
    return register.outlet(part.name.text) is None and register.organisation(part.name.text) is None


_LABEL = re.compile(r"[^\n]*\n+[A-ZÀ-Þ][A-ZÀ-Þ .’'-]{1,30}:\s")
"""The speaker of the next line of a transcript."""


def _by_form(
    text: str, readable: Sequence[Block], quotes: Sequence[Quotation], found: list[Level]
) -> list[Level]:
    """Relations by form in sentences where no relation with a source stands yet."""
    out: list[Level] = []
    for block in readable:
        headline = block.kind == "headline"
        method: Method = "headline" if headline else "tagger"
        for sentence in sentences(text, block.span):
            for part in _untouched(text, sentence, found):
                shown = found_by_form(text, part, quotes, headline=headline)
                out += (Level(*spans, method, 0.6) for spans in shown)
    return out


_PARTED = re.compile(r";\s+")


def _untouched(text: str, sentence: Span, found: Sequence[Level]) -> list[Span]:
    """A sentence in which no relation with a source stands, else those parts of it, between semicolons."""
    sourced = [lv for lv in found if lv.source and meets(lv, sentence)]
    if not sourced:
        return [sentence]
    ends = [m.span() for m in _PARTED.finditer(text, *sentence)]
    starts = [sentence.start, *(end for _, end in ends)]
    parts = [Span(a, b) for a, b in zip(starts, [*(start for start, _ in ends), sentence.end], strict=True)]
    return [p for p in parts if p.end > p.start and not any(meets(lv, p) for lv in sourced)] if ends else []
