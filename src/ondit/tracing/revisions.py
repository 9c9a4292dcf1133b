"""What changed between two versions of a report, statement by statement: "'may' became 'is'".

Two readings in, `Change`s in text order out. Statements are paired by their words, best first; a pair
whose words, stance, certainty or chain differ is a change, a statement without partner was added or
taken out. Nothing is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ondit.records import Certainty, Reading, Stance, Statement

ChangeKind = Literal["changed", "added", "removed"]

_ALIKE = 0.5
_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """A statement in its earlier and its later words; None where it is in one version only.

    `words` are the stretches exchanged, earlier and later ("" for nothing); `stance` and `certainty`
    earlier and later where they differ; `sources`: who says it differs.
    """

    kind: ChangeKind
    earlier: str | None
    later: str | None
    words: tuple[tuple[str, str], ...] = ()
    stance: tuple[Stance, Stance] | None = None
    certainty: tuple[Certainty, Certainty] | None = None
    sources: tuple[str, str] | None = None


def changes(earlier: Reading, later: Reading) -> tuple[Change, ...]:
    """The changes from one version to the next, in the order of the later one, what was taken out last."""
    old = [(stmt, said(earlier, stmt)) for stmt in earlier.statements]
    new = [(stmt, said(later, stmt)) for stmt in later.statements]
    partner = _pairs([words for _, words in old], [words for _, words in new])
    out: list[Change] = []
    for number, (stmt, words) in enumerate(new):
        at = partner.get(number)
        if at is None:
            out.append(Change("added", None, words))
        elif (change := _changed(earlier, old[at], later, (stmt, words))) is not None:
            out.append(change)
    gone = set(range(len(old))) - set(partner.values())
    return (*out, *(Change("removed", old[at][1], None) for at in sorted(gone)))


def said(reading: Reading, stmt: Statement) -> str:
    """The words of a statement."""
    return " … ".join(reading.document.text[span.start : span.end] for span in stmt.spans)


def _pairs(old: list[str], new: list[str]) -> dict[int, int]:
    """For statements of the later version the one of the earlier that is most alike; each is taken once."""
    first: dict[str, list[int]] = {}
    for number, words in enumerate(old):
        first.setdefault(words, []).append(number)
    partner = {n: first[words].pop(0) for n, words in enumerate(new) if first.get(words)}
    taken = set(partner.values())
    bags = [set(_split(words)) for words in old]
    close = []
    for n, words in enumerate(new):
        if n not in partner:
            bag = set(_split(words))
            near = (
                m
                for m in range(len(old))
                if m not in taken and 2 * len(bag & bags[m]) >= _ALIKE * len(bag | bags[m])
            )
            close += [(_likeness(old[m], words), n, m) for m in near]
    for likeness, n, m in sorted(close, key=lambda row: (-row[0], row[1], row[2])):
        if likeness >= _ALIKE and n not in partner and m not in taken:
            partner[n] = m
            taken.add(m)
    return partner


def _split(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, _split(a), _split(b), autojunk=False).ratio()


def _changed(
    earlier: Reading, old: tuple[Statement, str], later: Reading, new: tuple[Statement, str]
) -> Change | None:
    words = tuple(exchanged(old[1], new[1]))
    stance = (old[0].stance, new[0].stance) if old[0].stance != new[0].stance else None
    certainty = (old[0].certainty, new[0].certainty) if old[0].certainty != new[0].certainty else None
    sources = _sources(earlier, old[0]), _sources(later, new[0])
    moved = sources if sources[0] != sources[1] else None
    if not words and stance is None and certainty is None and moved is None:
        return None
    return Change("changed", old[1], new[1], words, stance, certainty, moved)


def _sources(reading: Reading, stmt: Statement) -> str:
    names = {agent.id: agent.name for agent in reading.agents}
    return " → ".join(names.get(agent, agent) for agent in stmt.chain)


def exchanged(earlier: str, later: str) -> Iterator[tuple[str, str]]:
    """The stretches of words that differ.

    >>> list(exchanged("The dam may be damaged.", "The dam is badly damaged."))
    [('may be', 'is badly')]
    """
    old, new = list(_WORD.finditer(earlier)), list(_WORD.finditer(later))
    plain = [[found.group().casefold() for found in words] for words in (old, new)]
    for what, a, b, c, d in SequenceMatcher(None, plain[0], plain[1], autojunk=False).get_opcodes():
        if what != "equal":
            one = earlier[old[a].start() : old[b - 1].end()] if b > a else ""
            other = later[new[c].start() : new[d - 1].end()] if d > c else ""
            yield one, other
