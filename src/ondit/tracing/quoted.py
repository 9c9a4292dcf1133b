"""Who is given the same words in quotation marks: then it is one speaker, or somebody and for whom he speaks.

In: readings. Out: for every direct quotation of some length that reports give to several agents, those agents
with their words. Nobody says the same sentence by chance; newsrooms name its speaker at different heights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ondit.records import UNKNOWN, Evidence, Reading, Statement
from ondit.text.offsets import words_at
from ondit.text.stems import WORD

LEAST = 8
"""Words of a quotation that two speakers do not both say by chance."""


def same_words(readings: Sequence[Reading]) -> list[dict[str, Evidence]]:
    """The speakers of every quotation that has several, each with where it is theirs first."""
    speakers: dict[tuple[str, ...], dict[str, Evidence]] = defaultdict(dict)
    for reading in readings:
        for stmt in reading.statements:
            words = _quoted(reading, stmt)
            if len(words) >= LEAST:
                where = Evidence(reading.document.id, stmt.spans[0], "the same words are given to both")
                speakers[words].setdefault(stmt.chain[0], where)
    return [found for found in speakers.values() if len(found) > 1]


def _quoted(reading: Reading, stmt: Statement) -> tuple[str, ...]:
    """The folded words of a statement that is somebody's direct quotation; none of any other."""
    if stmt.quote_type != "direct" or len(stmt.chain) < 2 or stmt.chain[0] == UNKNOWN:
        return ()
    text = words_at(reading.document.text, stmt.spans)
    return tuple(word.casefold() for word in WORD.findall(text.replace("’", "'")))
