"""Where a report says what sort of outlet it has something from, without its name.

"A diver told local radio", "a tabloid report that ...", "from the agency:" before a block.
In: readings of one story. Out: the reports that can only be meant, with the words that describe their outlet.
Its sort shows in its name ("Radio", "Press Agency") or in the datelines of its reports; one of unknown sort
may be a paper or a site. The sentence, or the block quoted behind it, has to hold what only one of the
outlets that fit has reported: else nobody is meant for sure. On 28 stories nine of the ten uses that only
this finds are right.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, cached_property

from ondit.records import BlockKind, Reading, Span
from ondit.text.lexicon import table, words_of
from ondit.text.sentences import sentences
from ondit.text.stems import telling

_TOLD: tuple[BlockKind, ...] = ("paragraph", "blockquote", "list")

_LEAST = 2.0
"""Rare words that the sentence and the report meant must share; one that a third report has counts half."""

_AHEAD = 1.0
"""By how many rare words the report meant is ahead of every other that fits."""

_UNKNOWN = frozenset({"print", "web"})


class Described:
    """The outlets of a story, as its reports describe them."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._readings = readings
        self._stems = {r.document.id: _stems(r.document.text) for r in readings}
        self._seen = Counter(s for stems in self._stems.values() for s in stems)

    def meant_in(self, child: Reading, earlier: Sequence[Reading]) -> Mapping[str, list[Span]]:
        """For each of `earlier`, reports of other outlets, by document id: the words of `child` that can only
        mean its outlet. A sentence that names an outlet of the story means that one."""
        text, found = child.document.text, defaultdict[str, list[Span]](list)
        names = [n for r in self._readings if (n := (r.document.outlet or "").removeprefix("The "))]
        for place, block in enumerate(child.document.blocks):
            if block.kind not in _TOLD or not _nouns().search(text, block.span.start, block.span.end):
                continue
            for sentence in sentences(text, block.span):
                words = text[sentence.start : sentence.end]
                if any(name in words for name in names):
                    continue
                for match in _nouns().finditer(text, sentence.start, sentence.end):
                    if match[0][0].isupper() and _NAME.search(text, sentence.start, match.start()):
                        continue
                    window = _stems(words + _quoted(child, place, words))
                    report = self._meant(window, table("media")[match[0].casefold()][0], earlier)
                    if report is not None:
                        found[report].append(Span(*match.span()))
        return found

    def _meant(self, window: frozenset[str], sort: str, earlier: Sequence[Reading]) -> str | None:
        fit = [r.document.id for r in earlier if sort in self._sorts[r.document.id]]
        ranked = sorted(((self._shared(window, report), report) for report in fit), reverse=True)
        if not ranked:
            return None
        best, report = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        return report if best >= _LEAST and best - second >= _AHEAD else None

    def _shared(self, window: frozenset[str], report: str) -> float:
        """How many rare words of the window the report has."""
        shared = window & self._stems[report]
        return sum({1: 1.0, 2: 1.0, 3: 0.5}.get(self._seen[s], 0.0) for s in shared)

    @cached_property
    def _sorts(self) -> Mapping[str, frozenset[str]]:
        return {r.document.id: _sorts(r) for r in self._readings}


def _sorts(reading: Reading) -> frozenset[str]:
    """What an outlet may be called, as far as its name and the datelines of its report tell."""
    name = (reading.document.outlet or "").casefold()
    words = set(re.findall(r"[^\W\d_]+", name))
    found = {s for noun, (s, _) in table("media").items() if noun in words or (" " in noun and noun in name)}
    found |= {s for word, s in _IN_NAMES.items() if word in words}
    credits_ = reading.document.credits
    if any(c.kind == "dateline" and c.name and c.name.casefold() in name for c in credits_):
        found.add("agency")
    return frozenset(found or _UNKNOWN)


_NAME = re.compile(r"\b[A-Z][\w’'-]*\s\Z")
"""What stands before a noun that is part of a name ("the Roads Agency"): another body, an outlet by name."""

_IN_NAMES = {"fm": "broadcast", "press": "agency", "news": "web"}
"""What a name says of a sort, beside the nouns themselves."""


def _quoted(child: Reading, place: int, words: str) -> str:
    """The block quoted behind words that lead in to it."""
    text, later = child.document.text, child.document.blocks[place + 1 : place + 2]
    if words.rstrip().endswith(":") and later and later[0].kind == "blockquote":
        return " " + text[later[0].span.start : later[0].span.end]
    return ""


@cache
def _nouns() -> re.Pattern[str]:
    """The nouns for outlets; one that means much else ("paper") only where something has been spoken of."""
    listed = sorted(table("media").items(), key=lambda item: (-len(item[0]), item[0]))
    forms = [(r"(?<=\b[Tt]he )" if form == "the" else "") + re.escape(noun) for noun, (_, form) in listed]
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)


def _stems(text: str) -> frozenset[str]:
    return telling(text, without=words_of("media"))
