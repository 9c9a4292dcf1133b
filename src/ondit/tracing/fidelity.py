"""Whether reports quote the same words: quotations of several reports, compared word by word.

In: the readings of one story, its derivations and claims. Out: one `Quoting` for every quotation that another
report has too, beside that of the report it was taken from, else beside the fullest. Marks, case and the
spelling of numbers are no difference; dots and [brackets] say that words were changed, and are no alteration.
Every quotation is compared once: the work grows with the reports and not with their pairs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

from ondit.records import Change, Claim, Derivation, Passage, Quotation, Quoting, QuotingKind, Reading, Span
from ondit.text.lexicon import words_of
from ondit.text.stems import stem
from ondit.tracing.quantities import number

LEAST = 4
"""Words from which on a quotation is compared: shorter ones are names and catchwords."""

MOST = 600
"""Words of a quotation that are looked at."""

ALIKE = 0.6
"""Share of the shorter one's words, in their order, from which on two quotations are one."""

GRAM = 3
"""Words in a row by which quotations are found that may be one."""

REWORDED = 2
"""Words with a meaning that a paraphrase has in common with what it stands for."""

CROWD = 12
"""Groups of quotations looked at for one run of words."""

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:['’-][^\W_]+)*|…|\.\s?\.\s?\.|[\[\]]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a quotation, folded. `gap`: dots stand before it; `inserted`: it stands in brackets."""

    text: str
    span: Span
    gap: bool = False
    inserted: bool = False


@dataclass(frozen=True)
class Quote:
    """A quotation of a report, as it is compared."""

    document: str
    order: int
    span: Span
    words: tuple[Word, ...]
    speaker: str | None
    open_end: bool = False
    """Whether dots stand at its end."""

    @cached_property
    def texts(self) -> list[str]:
        """Its words, folded."""
        return [word.text for word in self.words]

    @property
    def fullness(self) -> int:
        """Its words that are not in brackets."""
        return sum(not word.inserted for word in self.words)

    @cached_property
    def grams(self) -> set[tuple[str, ...]]:
        """Its runs of words."""
        return {tuple(self.texts[i : i + GRAM]) for i in range(len(self.texts) - GRAM + 1)}


def quotings(
    readings: Sequence[Reading],
    mapping: Mapping[str, str],
    derivations: Iterable[Derivation] = (),
    claims: Iterable[Claim] = (),
    passages: Iterable[Passage] = (),
) -> tuple[Quoting, ...]:
    """How every report quotes what others quote, by report and place.

    `readings` in the order of time; `mapping` gives the story's agent for every agent id of a report.
    """
    quotes = [quote for order, reading in enumerate(readings) for quote in _quotes(reading, order, mapping)]
    parents: dict[str, set[str]] = defaultdict(set)
    for drv in derivations:
        parents[drv.child].add(drv.parent)
    found: list[Quoting] = []
    for group in grouped(quotes):
        found += _in_group(group, parents)
    found += _unmarked(passages, quotes, parents)
    told = {(q.document, q.span) for q in found} | {(q.other, q.other_span) for q in found}
    rest = [q for q in quotes if (q.document, q.span) not in told]
    found += _paraphrased(claims, rest, parents)
    return tuple(sorted(found, key=lambda q: (q.document, q.span, q.other, q.other_span)))


def compared(one: Quote, other: Quote) -> tuple[QuotingKind, tuple[Change, ...]] | None:
    """What `one` makes of the words of `other`, and where they differ; None if they are not one quotation."""
    matcher = SequenceMatcher(None, other.texts, one.texts, autojunk=False)
    codes = matcher.get_opcodes()
    shared = [word for code, a, b, _, _ in codes if code == "equal" for word in other.words[a:b]]
    if not _one_quotation(shared, min(one, other, key=lambda quote: len(quote.words))):
        return None
    kinds: set[QuotingKind] = set()
    changes: list[Change] = []
    for code, a, b, c, d in codes:
        if code == "equal":
            continue
        changes.append(Change(_stretch(other, a, b), _stretch(one, c, d)))
        at_end = (a == 0 and c == 0) or (b == len(other.words) and d == len(one.words))
        if _declared(other, one, a, b, c, d):
            kinds.add("trimmed" if not all(word.inserted for word in other.words[a:b]) else "same")
        elif code != "replace" and at_end:
            kinds.add("trimmed" if code == "delete" else "fuller")
        else:
            kinds.add("altered")
    order: tuple[QuotingKind, ...] = ("altered", "trimmed", "fuller")
    return next((kind for kind in order if kind in kinds), "same"), tuple(changes)


def _one_quotation(shared: Sequence[Word], shorter: Quote) -> bool:
    """Whether two quotations share enough of the shorter one's words, and of those that are not grammar."""
    telling = [word for word in shorter.words if word.text not in words_of("stopwords")]
    told = [word for word in shared if word.text not in words_of("stopwords")]
    enough = len(shared) >= max(GRAM, ALIKE * len(shorter.words))
    return enough and len(told) >= ALIKE * len(telling)


def _declared(other: Quote, one: Quote, a: int, b: int, c: int, d: int) -> bool:
    """Whether dots or brackets say that words differ here."""
    inserted = all(word.inserted for word in one.words[c:d]) and (d > c or _gap(one, c))
    return inserted or (all(word.inserted for word in other.words[a:b]) and (b > a or _gap(other, a)))


def _gap(quote: Quote, at: int) -> bool:
    return quote.words[at].gap if at < len(quote.words) else quote.open_end


def _stretch(quote: Quote, start: int, end: int) -> Span:
    """The words from `start` to `end`; none is the place behind the word before."""
    if end > start:
        return Span(quote.words[start].span.start, quote.words[end - 1].span.end)
    at = quote.words[start - 1].span.end if start else quote.span.start
    return Span(at, at)


# ------------------------------------------------------------------ quotations


def _quotes(reading: Reading, order: int, mapping: Mapping[str, str]) -> Iterator[Quote]:
    text = reading.document.text
    for quotation in reading.quotations:
        found, open_end = words_in(text, quotation)
        if len(found) >= LEAST:
            yield Quote(
                reading.document.id,
                order,
                quotation.span,
                found,
                _speaker(reading, quotation.span, mapping),
                open_end,
            )


def words_in(text: str, quotation: Quotation) -> tuple[tuple[Word, ...], bool]:
    """The words of a quotation, at most `MOST`, and whether dots stand at its end."""
    found: list[Word] = []
    gap = inserted = False
    for match in _WORD.finditer(text, *quotation.span):
        token = match[0]
        if token in "[]":
            inserted = token == "["
        elif token[0] in ".…":
            gap = True
        elif len(found) < MOST:
            folded = number(token) or token.replace("’", "'").casefold()
            found.append(Word(folded, Span(*match.span()), gap, inserted))
            gap = False
    return tuple(found), gap


def _speaker(reading: Reading, span: Span, mapping: Mapping[str, str]) -> str | None:
    """Who is given as the speaker of most of a stretch: the origin of a statement in it."""
    held = [
        (min(at.end, span.end) - max(at.start, span.start), stmt)
        for stmt in reading.statements
        for at in stmt.spans
        if at.start < span.end and span.start < at.end
    ]
    _, stmt = max(held, key=lambda pair: pair[0], default=(0, None))
    return mapping.get(stmt.chain[0]) if stmt is not None and len(stmt.chain) > 1 else None


# -------------------------------------------------------------------- grouping


def grouped(quotes: Sequence[Quote]) -> list[list[Quote]]:
    """Quotations of the same words, the fullest of each group first; of one as full the earliest."""
    groups: list[list[Quote]] = []
    known: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for quote in sorted(quotes, key=lambda q: (-q.fullness, q.order, q.span)):
        near = sorted({nr for gram in quote.grams for nr in known[gram][:CROWD]})
        home = next((nr for nr in near if compared(quote, groups[nr][0]) is not None), None)
        if home is None:
            home = len(groups)
            groups.append([])
            for gram in quote.grams:
                known[gram].append(home)
        groups[home].append(quote)
    return [group for group in groups if len({quote.document for quote in group}) > 1]


def _in_group(group: Sequence[Quote], parents: Mapping[str, set[str]]) -> Iterator[Quoting]:
    """Each quotation of a group beside its parent's, else beside the fullest of another report."""
    by_document: dict[str, Quote] = {}
    for quote in group:
        by_document.setdefault(quote.document, quote)
    for quote in group:
        used = sorted(parents.get(quote.document, ()))
        taken = [q for document in used if (q := by_document.get(document)) is not None]
        other = next(iter(taken), group[0])
        result = compared(quote, other) if other.document != quote.document else None
        if result is not None and not (result[0] == "altered" and _others(quote, other)):
            yield _quoting(quote, other, *result)


def _others(one: Quote, other: Quote) -> bool:
    """Whether two are given as the speakers: then words that differ may be words of two."""
    return None not in (one.speaker, other.speaker) and one.speaker != other.speaker


def _quoting(one: Quote, other: Quote, kind: QuotingKind, changes: tuple[Change, ...] = ()) -> Quoting:
    return Quoting(
        one.document, one.span, other.document, other.span, kind, one.speaker, other.speaker, changes
    )


# ------------------------------------------------------- marks and paraphrases


def _unmarked(
    passages: Iterable[Passage], quotes: Sequence[Quote], parents: Mapping[str, set[str]]
) -> Iterator[Quoting]:
    """Quotations whose words stand without quotation marks in the report that was used."""
    by_document: dict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        by_document[quote.document].append(quote)
    seen: set[tuple[str, Span, str]] = set()
    for passage in passages:
        sides = (passage.a, passage.a_span), (passage.b, passage.b_span)
        for (child, at), (parent, place) in (sides, sides[::-1]):
            if parent not in parents.get(child, ()) or _inside_one(by_document[parent], place):
                continue
            for quote in by_document[child]:
                inside = sum(_within(word.span, at) for word in quote.words)
                key = (child, quote.span, parent)
                if inside >= ALIKE * len(quote.words) and inside >= LEAST and key not in seen:
                    seen.add(key)
                    yield Quoting(child, quote.span, parent, place, "unmarked", quote.speaker)


def _inside_one(quotes: Iterable[Quote], place: Span) -> bool:
    return any(quote.span.start < place.end and place.start < quote.span.end for quote in quotes)


def _within(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.end <= outer.end


def _paraphrased(
    claims: Iterable[Claim], quotes: Sequence[Quote], parents: Mapping[str, set[str]]
) -> Iterator[Quoting]:
    """Quotations of one speaker, in a report and in one that it used, that state one claim in other words."""
    by_document: dict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        by_document[quote.document].append(quote)
    for claim in claims:
        said: dict[str, dict[str, Quote]] = defaultdict(dict)
        for stmt in claim.statements:
            if stmt.quote_type == "direct" and stmt.sure and len(stmt.chain) > 1:
                for quote in by_document.get(stmt.document, ()):
                    if any(_within(at, quote.span) for at in stmt.spans):
                        said[stmt.chain[0]].setdefault(stmt.document, quote)
        for speaker, versions in sorted(said.items()):
            for document, quote in sorted(versions.items()):
                for parent in sorted(parents.get(document, set()) & versions.keys()):
                    other = versions[parent]
                    if _reworded(quote, other):
                        found = _quoting(quote, other, "paraphrased")
                        yield replace(found, speaker=speaker, other_speaker=speaker)


def _reworded(one: Quote, other: Quote) -> bool:
    """Whether two quotations share words that tell something, and are not the same words."""
    stems = [{stem(w) for w in quote.texts if w not in words_of("stopwords")} for quote in (one, other)]
    return len(stems[0] & stems[1]) >= REWORDED and compared(one, other) is None
