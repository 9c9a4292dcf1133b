"""Who has what from whom: the plan of a cascade, before a word of it is written.

In: an event, a number of reports, a seed. Out: one `Plan` a report. What is known about an event comes from
few: one voice, two colleagues, two witnesses, a crowd of officials counted but not named, or nobody at all;
the rest copy, rewrite, credit or quote, and two outlets have something from each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

Mode = Literal["own work", "copy", "credited copy", "rewrite", "credit"]
How = Literal["said", "quoted", "told", "credited", "citing", "seen", "own", "rumoured"]
Kind = Literal["one voice", "colleagues", "two voices", "crowd", "witness", "loop", "nobody"]

KINDS: tuple[Kind, ...] = ("witness", "crowd", "two voices", "loop", "one voice", "nobody", "colleagues")
"""What is known of an event, fact by fact; the first can be seen."""
MODES: Mapping[Mode, int] = {"own work": 28, "copy": 14, "credited copy": 8, "rewrite": 22, "credit": 28}
FIRST = 2
"""So many reports are their outlet's own work before any other can use them."""

QUOTED = 0.4
"""Share of own work in which the first voice of a fact is quoted, always in the same words."""

WITNESSES = 2
"""So many outlets saw what can be seen."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a report has a fact: `who` (the key of a speaker, or the crowd), `through` an outlet, or both."""

    how: How
    who: str | None = None
    through: str | None = None


@dataclass(slots=True)
class Plan:
    """One report: its outlet, how it is made, from which earlier report, and its facts in order."""

    number: int
    outlet: str
    mode: Mode
    parent: int | None = None
    ways: dict[str, Way] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact can be had: from `voices` (keys), or of its kind from the outlets that the plan makes."""

    kind: Kind
    voices: tuple[str, ...] = ()


class Spread:
    """Plans the reports of one story, one after the other."""

    def __init__(self, event: Mapping[str, Any], count: int, chance: Random) -> None:
        self._chance, self.count = chance, count
        seen = {fact["id"] for fact in event["facts"] if fact.get("seen")}
        facts = [fact["id"] for fact in event["facts"]]
        chance.shuffle(facts)
        facts.sort(key=lambda fact: fact not in seen)
        self.sources = dict(zip(facts, _sources(event, chance), strict=False))
        self.plans: list[Plan] = []
        self._witnesses: list[str] = []

    def planned(self) -> list[Plan]:
        """All reports."""
        for number in range(self.count):
            self.plans.append(self._plan(number))
        return self.plans

    def _plan(self, number: int) -> Plan:
        mode: Mode = "own work"
        if number >= FIRST and not self._loop_due(number):
            mode = self._chance.choices(list(MODES), list(MODES.values()))[0]
        plan = Plan(number, f"o{number}", mode)
        if mode == "own work":
            return self._own_work(plan)
        plan.parent = self._chance.choice(self._used(number))
        parent = self.plans[plan.parent]
        if mode in ("copy", "credited copy"):
            plan.ways = dict(parent.ways)
        else:
            some = self._some(list(parent.ways), 3)
            again = self._rewritten if mode == "rewrite" else self._credited
            plan.ways = {fact: again(parent, parent.ways[fact]) for fact in some}
        return plan

    def _used(self, number: int) -> list[int]:
        """Earlier reports, those that are used already more likely again (the rich get richer)."""
        parents = [p.parent for p in self.plans if p.parent is not None]
        return [*range(number), *parents]

    def _loop_due(self, number: int) -> bool:
        return number in (FIRST, FIRST + 1)

    def _some(self, facts: Sequence[str], most: int) -> list[str]:
        return self._chance.sample(list(facts), min(len(facts), self._chance.randint(2, most)))

    def _own_work(self, plan: Plan) -> Plan:
        facts = self._some(list(self.sources), 4)
        crowd, loop = (next(f for f, s in self.sources.items() if s.kind == k) for k in ("crowd", "loop"))
        if plan.number == 0 and crowd not in facts:
            facts.append(crowd)
        if self._loop_due(plan.number) and loop not in facts:
            facts.append(loop)
        elif plan.number < FIRST and loop in facts:
            facts.remove(loop)
        plan.ways = {fact: self._first(plan, self.sources[fact]) for fact in facts}
        return plan

    def _first(self, plan: Plan, source: Source) -> Way:
        """How a report that does its own work has a fact."""
        chance, outlet = self._chance, plan.outlet
        if source.kind == "nobody":
            return Way("rumoured" if chance.random() < 0.3 else "own")
        if source.kind == "loop":
            pair = f"o{FIRST}", f"o{FIRST + 1}"
            return Way("credited", through=pair[outlet == pair[0]] if outlet in pair else chance.choice(pair))
        if source.kind == "crowd":
            if plan.number == 0:
                return Way("told", source.voices[0], outlet)
            return Way(chance.choice(("citing", "credited")), source.voices[0], "o0")
        if source.kind == "witness" and len(self._witnesses) < WITNESSES:
            self._witnesses.append(outlet)
            return Way("seen", through=outlet)
        voice = chance.choice(source.voices)
        return Way("quoted" if voice == source.voices[0] and chance.random() < QUOTED else "said", voice)

    def _rewritten(self, _: Plan, way: Way) -> Way:
        """How a silent rewrite has what its parent has: half of the time it keeps the speaker."""
        if way.how in ("said", "quoted") and self._chance.random() < 0.5:
            return way
        return Way("own")

    def _credited(self, parent: Plan, way: Way) -> Way:
        """How a report has what it credits to its parent: with the parent's speaker or without."""
        if way.how in ("said", "told", "quoted") and self._chance.random() < 0.5:
            return Way("citing", way.who, parent.outlet)
        return Way("credited", through=parent.outlet)


def _sources(event: Mapping[str, Any], chance: Random) -> list[Source]:
    speakers = [f"s{i}" for i in range(len(event["speakers"]))]
    bodies = [body for _, _, body in event["speakers"]]
    colleagues = tuple(s for s, body in zip(speakers, bodies, strict=True) if body)
    alone = [s for s in speakers if s not in colleagues]
    chance.shuffle(alone)
    voices: dict[Kind, tuple[str, ...]] = {
        "colleagues": colleagues,
        "two voices": tuple(alone[:2]),
        "one voice": (alone[2],),
        "witness": (alone[3],),
        "crowd": ("crowd",),
    }
    return [Source(kind, voices.get(kind, ())) for kind in KINDS]
