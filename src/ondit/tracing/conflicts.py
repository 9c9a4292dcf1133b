"""Where the claims of a story differ: on a number, so far. Never who is right.

Two claims conflict on a number where some of their statements say nearly the same but for it: the same
counted noun next to another figure. In: claims. Out: `Conflict`s with the words of both sides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ondit.records import Claim, Conflict, Evidence, Reading, Statement
from ondit.text.lexicon import words_of
from ondit.tracing.points import number, stem

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHARED = 0.34


def conflicts(claims: Sequence[Claim], readings: Sequence[Reading]) -> tuple[Conflict, ...]:
    """The conflicts on numbers between the claims of a story."""
    texts = {r.document.id: r.document.text for r in readings}
    facts = [[f for s in c.statements if (f := _fact(s, texts)) is not None] for c in claims]
    out: list[Conflict] = []
    for j, right in enumerate(claims):
        for i in range(j):
            clash = _clash(facts[i], facts[j])
            if clash is not None:
                (one, a), (two, b) = clash
                evidence = tuple(Evidence(s.document, s.spans[0], n) for s, n in ((one, a), (two, b)))
                out.append(
                    Conflict(
                        (claims[i].id, right.id), "number", f"differs on: number {a} against {b}", evidence
                    )
                )
    return tuple(out)


_Fact = tuple[Statement, dict[str, str], frozenset[str]]


def _fact(statement: Statement, texts: Mapping[str, str]) -> _Fact | None:
    """A statement's numbers with the stem of the noun each counts, and its content stems."""
    words = [w for s in statement.spans for w in _WORD.findall(texts[statement.document][s.start : s.end])]
    counted: dict[str, str] = {}
    for place, word in enumerate(words):
        value = number(word)
        if value:
            noun = next((w for w in words[place + 1 : place + 4] if _tells(w)), "")
            if noun:
                counted.setdefault(stem(noun.casefold()), word)
    stems = frozenset(stem(w.casefold()) for w in words if _tells(w))
    return (statement, counted, stems) if counted else None


def _tells(word: str) -> bool:
    return not number(word) and word.casefold() not in words_of("stopwords")


def _clash(
    left: Sequence[_Fact], right: Sequence[_Fact]
) -> tuple[tuple[Statement, str], tuple[Statement, str]] | None:
    """The pair of statements that share most words and count the same noun differently."""
    best: tuple[float, tuple[tuple[Statement, str], tuple[Statement, str]]] | None = None
    for one, counts_one, stems_one in left:
        for two, counts_two, stems_two in right:
            for noun in counts_one.keys() & counts_two.keys():
                a, b = counts_one[noun], counts_two[noun]
                share = len(stems_one & stems_two) / max(1, min(len(stems_one), len(stems_two)))
                if (
                    number(a) != number(b)
                    and share >= _SHARED
                    and len(stems_one & stems_two) >= 2
                    and (best is None or share > best[0])
                ):
                    best = (share, ((one, a), (two, b)))
    return best[1] if best else None
