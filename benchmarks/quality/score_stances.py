"""Score stance and certainty of marked statements (tests/reading/README.md defines the answer).

    python -m benchmarks.quality.score_stances           # the measures, and what is wrong in the open part

MEASURES, in shares, for the open part, the kept part and both
 right       marked statements with exactly the stance and the certainty that the report ends up giving
             them; where several are from other people, also the stance and certainty of every holder
 stance      those with the right stance
 certainty   those with the right certainty
 holders     of the marked statements that somebody in the text holds: those for which every holder was found,
             with stance and certainty
The statement that shares most words with the marked ones answers for them; of equal ones the one from the
right origin. Sources are compared as `score_nested` compares them.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.quality.counts import Counts
from benchmarks.quality.score_nested import same_chain

if TYPE_CHECKING:
    from ondit import Reading

STANCES = Path(__file__).resolve().parents[2] / "tests" / "reading" / "stances.jsonl"
PARTS = ("open", "kept", "all")
MEASURES = {
    "right": ("right", "statements"),
    "stance": ("stance", "statements"),
    "certainty": ("certainty", "statements"),
    "holders": ("held", "attributed"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """Who takes a statement how."""

    who: str
    stance: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement, marked or found: where its words stand, and how it is taken, by the report and by each
    of its holders (origin first, without who publishes)."""

    start: int
    end: int
    stance: str
    certainty: str
    holders: tuple[Held, ...]

    def shared(self, other: Stated) -> float:
        """Characters in both over characters in either."""
        both = max(0, min(self.end, other.end) - max(self.start, other.start))
        return both / (self.end - self.start + other.end - other.start - both or 1)


@dataclass(frozen=True, slots=True)
class StanceText:
    """One text with its answer."""

    id: str
    outlet: str
    text: str
    statements: tuple[Stated, ...]

    @property
    def part(self) -> str:
        """Odd numbers are open to look at, even ones are kept."""
        return "open" if int(self.id[1:]) % 2 else "kept"


def load(path: Path = STANCES) -> list[StanceText]:
    """The texts of the file. ValueError where marked words are not in the text."""
    return [_text(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def digest() -> str:
    """The sha256 of the file."""
    return hashlib.sha256(STANCES.read_bytes()).hexdigest()


def stated_in(reading: Reading) -> list[Stated]:
    """The statements of a reading, their holders in the words of the report."""
    text = reading.document.text
    sources = {a.id: " ".join(text[s.start : s.end] for s in a.source) for a in reading.attributions}
    return [
        Stated(
            stmt.spans[0].start,
            stmt.spans[-1].end,
            stmt.stance,
            stmt.certainty,
            tuple(
                Held(sources.get(h.attribution or "", ""), h.stance, h.certainty)
                for h in stmt.holders[:-1]
                if h.agent != "unknown"
            ),
        )
        for stmt in reading.statements
    ]


def matched(marked: Stated, found: Sequence[Stated]) -> Stated | None:
    """The statement that answers for the marked words."""
    near = [s for s in found if s.shared(marked) > 0]
    return max(near, key=lambda s: (round(s.shared(marked), 2), _same_holders(marked, s)), default=None)


def score(texts: Sequence[StanceText], found: Mapping[str, Sequence[Stated]]) -> dict[str, dict[str, float]]:
    """The measures of the open part, the kept part and all texts."""
    counts = {part: Counts() for part in PARTS}
    for text in texts:
        for marked in text.statements:
            of_one = _counted(marked, matched(marked, found[text.id]))
            counts[text.part].include(of_one)
            counts["all"].include(of_one)
    return {part: {name: counts[part].share(*pair) for name, pair in MEASURES.items()} for part in PARTS}


def table(measures: Mapping[str, Mapping[str, float]]) -> str:
    """The measures as a table."""
    head = f"{'stances':10}" + "".join(f"{part:>8}" for part in PARTS)
    rows = (f"{name:10}" + "".join(f"{measures[part][name]:8.3f}" for part in PARTS) for name in MEASURES)
    return "\n".join((head, *rows))


def mistakes(text: StanceText, found: Sequence[Stated]) -> Iterator[str]:
    """What is wrong in one text, a line each."""
    for marked in text.statements:
        match = matched(marked, found)
        if match is None or not _right(marked, match):
            got = "nothing" if match is None else _shown(text.text, match)
            yield f"{text.id}  {_shown(text.text, marked)}\n      found: {got}"


def _counted(marked: Stated, match: Stated | None) -> Counts:
    counts = Counts()
    counts["statements"] += 1
    counts["attributed"] += bool(marked.holders)
    if match is not None:
        counts["right"] += _right(marked, match)
        counts["stance"] += match.stance == marked.stance
        counts["certainty"] += match.certainty == marked.certainty
        counts["held"] += bool(marked.holders) and _same_holders(marked, match) and _taken(marked, match)
    return counts


def _right(marked: Stated, match: Stated) -> bool:
    same = (match.stance, match.certainty) == (marked.stance, marked.certainty)
    return same and (len(marked.holders) < 2 or _taken(marked, match))


def _taken(marked: Stated, match: Stated) -> bool:
    """Whether every holder takes the statement as marked, in order, whoever that is."""
    return [(h.stance, h.certainty) for h in marked.holders] == [
        (h.stance, h.certainty) for h in match.holders
    ]


def _same_holders(marked: Stated, match: Stated) -> bool:
    return same_chain([h.who for h in marked.holders], [h.who for h in match.holders])


def _shown(text: str, stated: Stated) -> str:
    held = " < ".join(f"{h.who}: {h.stance} {h.certainty}" for h in stated.holders)
    return f"{stated.stance} {stated.certainty} [{held}] {text[stated.start : stated.end]!r}"


def _text(row: dict[str, Any]) -> StanceText:
    text, statements = row["text"], []
    for each in row["statements"]:
        start = text.index(each["words"])
        held = tuple(Held(h["who"], h["stance"], h["certainty"]) for h in each["holders"])
        end = start + len(each["words"])
        statements.append(Stated(start, end, each["stance"], each["certainty"], held))
    return StanceText(row["id"], row["outlet"], text, tuple(statements))


def main() -> int:
    """Print the measures, and what is wrong in the open part."""
    from benchmarks.quality.gate import read_stances

    texts = load()
    found = read_stances(texts)
    for text in texts:
        if text.part == "open":
            for mistake in mistakes(text, found[text.id]):
                print(mistake)
    print(table(score(texts, found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
