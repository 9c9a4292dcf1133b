"""A planned cascade in news prose, as a story with its answer.

In: an event, a number of reports, a seed. Out: a `Story` as the annotated ones are, so that whatever scores
those scores it. Wordings are drawn anew for every report; what a rewrite takes over from its parent are the
details, told in other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from benchmarks.quality.cascades.phrases import Said, expanded, filled, one, stock
from benchmarks.quality.cascades.spread import Plan, Spread, Way
from benchmarks.quality.gold import GoldAgent, GoldClaim, GoldMention, GoldReport, Story

BEGUN = datetime(2031, 3, 4, 6, tzinfo=UTC)
KEPT = 4
"""Details that a rewrite takes over from its parent, if the parent has so many."""

TOLD = 5
"""Details of a report that does its own work."""

OWNED = 0.3
"""Share of copies without credit that are of the same publisher and say so."""

_OPEN, _CLOSE = "\x01", "\x02"
_SPARE = re.compile(r",(?=[.,:])")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence. If it states a fact, the words from `start` to `end` do, and `links` are those from whom it
    has the fact, the origin first, without who publishes it. `seen`: the last link saw it."""

    text: str
    fact: str | None = None
    start: int = 0
    end: int = 0
    links: tuple[str, ...] = ()
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """A small thing that happened: its two wordings, and the names and numbers in it."""

    wordings: tuple[Sequence[str], Sequence[str]]
    slots: Mapping[str, str]


@dataclass(slots=True)
class Draft:
    """A report before it is laid out."""

    plan: Plan
    headline: Line
    lines: list[Line]
    details: list[Detail] = field(default_factory=list)
    credit: str = ""
    owner: str = ""


def cascade(reports: int, seed: int) -> Story:
    """A story of so many reports; the same for the same seed on every machine."""
    chance = Random(f"{reports} reports, {seed}")
    events = stock("events")
    return Newsroom(events[seed % len(events)], reports, chance).story(f"cascade-{reports}-{seed}")


class Newsroom:
    """Writes the reports of one story."""

    def __init__(self, event: Mapping[str, Any], reports: int, chance: Random) -> None:
        self._event, self._chance = event, chance
        self._facts = {fact["id"]: fact for fact in event["facts"]}
        self._spread = Spread(event, reports, chance)
        self._plans = self._spread.planned()
        self._names = _outlet_names(len(self._plans), chance)
        self._crowd = f"{chance.choice(stock('prose')['count_words'])} {event['crowd']}"
        self._said = Said()
        self._drafts: list[Draft] = []

    @property
    def repeated(self) -> int:
        """Sentences that say again what another report says, for want of other words."""
        return self._said.repeated

    def story(self, ident: str) -> Story:
        """All reports, and what a careful reader concludes from them."""
        for plan in self._plans:
            self._drafts.append(self._draft(plan))
        reports: dict[str, GoldReport] = {}
        mentions: dict[str, list[GoldMention]] = {fact: [] for fact in self._spread.sources}
        for draft in self._drafts:
            report, found = self._laid_out(draft)
            reports[report.id] = report
            for fact, mention in found:
                mentions[fact].append(mention)
        claims = tuple(GoldClaim(fact, tuple(found)) for fact, found in mentions.items() if found)
        return Story(ident, self._agents(), reports, claims, frozenset(self._derivations()), frozenset())

    def _agents(self) -> dict[str, GoldAgent]:
        speakers = {
            f"s{i}": GoldAgent(name, "person", (name.split()[-1],), body)
            for i, (name, _, body) in enumerate(self._event["speakers"])
        }
        bodies = {
            body: GoldAgent(body.removeprefix("the "), "organisation")
            for _, _, body in self._event["speakers"]
            if body
        }
        outlets = {key: GoldAgent(name, "outlet") for key, name in self._names.items()}
        return {**speakers, **bodies, "crowd": GoldAgent(self._crowd, "anonymous_group"), **outlets}

    def _derivations(self) -> Iterator[tuple[str, str]]:
        numbers = {plan.outlet: plan.number for plan in self._plans}
        for plan in self._plans:
            parents = {plan.parent} if plan.parent is not None else set()
            parents |= {numbers[way.through] for way in plan.ways.values() if way.through}
            yield from ((f"r{plan.number}", f"r{p}") for p in sorted(parents) if p < plan.number)

    # ------------------------------------------------------------- one report

    def _draft(self, plan: Plan) -> Draft:
        if plan.mode in ("copy", "credited copy"):
            return self._copied(plan, self._drafts[plan.parent or 0])
        lines = [self._line(plan, fact, way) for fact, way in plan.ways.items()]
        if plan.mode == "rewrite":
            parent = self._drafts[plan.parent or 0]
            details = self._chance.sample(parent.details, min(KEPT, len(parent.details)))
            own = [Detail((d.wordings[1], d.wordings[0]), d.slots) for d in details]
        else:
            own = [self._detail() for _ in range(TOLD)]
        return Draft(plan, self._headline(plan), self._mixed(lines, own), own)

    def _mixed(self, lines: Sequence[Line], details: Sequence[Detail]) -> list[Line]:
        """What a report states and its details, the first statement first."""
        rest = [*lines[1:], *(Line(self._told(detail)) for detail in details)]
        self._chance.shuffle(rest)
        return [lines[0], *rest]

    def _copied(self, plan: Plan, parent: Draft) -> Draft:
        """The parent's words under another name, some of the end cut off; credited or not."""
        kept = parent.lines[: max(3, len(parent.lines) - self._chance.randint(0, 3))]
        draft = Draft(plan, self._headline(plan), kept, parent.details, parent.credit)
        whose = self._names[parent.plan.outlet]
        if plan.mode == "credited copy" and not parent.credit:
            draft.credit = whose
            draft.lines = [replace(line, links=_through(line.links, parent.plan.outlet)) for line in kept]
        elif self._chance.random() < OWNED:
            draft.owner = f"The {self._names[plan.outlet]} and the {whose} are published by the same house."
        return draft

    def _headline(self, plan: Plan) -> Line:
        fact = self._chance.choice(list(plan.ways))
        text = one(self._facts[fact]["headlines"], self._chance)
        return Line(text, fact, 0, len(text))

    def _line(self, plan: Plan, fact: str, way: Way) -> Line:
        frames = stock("prose")[way.how]
        found: list[Line] = []

        def make() -> str:
            found.append(self._stated(plan, fact, way, self._chance.choice(frames)))
            return found[-1].text

        self._said.fresh(make)
        return found[-1]

    def _stated(self, plan: Plan, fact: str, way: Way, frame: str) -> Line:
        """A sentence that states a fact, with the place of the words that do."""
        known = self._facts[fact]
        clause = known["quotes"][0] if way.how == "quoted" else one(known["says"], self._chance)
        paper = self._names[way.through or plan.outlet]
        marked = f"{_OPEN}{clause}{_CLOSE}"
        slots = {"clause": marked, "quote": marked, "outlet": f"the {paper}", "paper": paper}
        slots["who"] = self._called(way.who) if way.who else ""
        text = _SPARE.sub("", filled(expanded(frame, self._chance), slots))
        start = text.index(_OPEN)
        if "{Clause}" in frame:
            text = text[: start + 1] + text[start + 1].upper() + text[start + 2 :]
        end = text.index(_CLOSE) - 1
        text = text.replace(_OPEN, "").replace(_CLOSE, "")
        return Line(text, fact, start, end, _links(way), way.how == "seen")

    def _called(self, who: str) -> str:
        """A speaker as a report introduces it: the role before the name or behind it."""
        if who == "crowd":
            return self._crowd
        name, role, body = self._event["speakers"][int(who[1:])]
        ways = [f"{name}, {role},", f"{name} of {body}" if body else name]
        ways += [f"{role}, {name},"] if role.startswith("the ") else []
        return self._chance.choice(ways)

    def _detail(self) -> Detail:
        prose, chance = stock("prose"), self._chance
        slots = {
            "name": f"{chance.choice(prose['first'])} {chance.choice(prose['last'])}",
            "street": f"{chance.choice(prose['street'])} {chance.choice(prose['way'])}",
            "time": f"{chance.randint(1, 12)}.{chance.randint(10, 59)}",
            "count": str(chance.randint(11, 97)),
            **{key: chance.choice(prose[key]) for key in ("inn", "pet", "goods")},
        }
        one_way, other = chance.choice(prose["details"])
        return Detail((one_way, other), slots)

    def _told(self, detail: Detail) -> str:
        return self._said.fresh(lambda: one(detail.wordings[0], self._chance, detail.slots))

    # ------------------------------------------------------------------ layout

    def _laid_out(self, draft: Draft) -> tuple[GoldReport, list[tuple[str, GoldMention]]]:
        plan, found = draft.plan, list[tuple[str, GoldMention]]()
        ident, outlet = f"r{plan.number}", plan.outlet
        found.append(_mention(draft.headline, ident, outlet, 0))
        dated = draft.credit and plan.number % 2
        text = f"{draft.headline.text}\n\n"
        text += f"{self._event['place'].upper()} ({draft.credit}) - " if dated else ""
        for number, line in enumerate(draft.lines):
            text += "" if not number else "\n\n" if number % 2 == 0 else " "
            if line.fact is not None:
                found.append(_mention(line, ident, outlet, len(text)))
            text += line.text
        tail = f"This article first appeared in the {draft.credit}." if draft.credit and not dated else ""
        text += "".join(f"\n\n{line}" for line in (tail, draft.owner) if line) + "\n"
        at = BEGUN + timedelta(minutes=11 * plan.number)
        url = f"https://{self._names[outlet].casefold().replace(' ', '-')}.example/{ident}"
        return GoldReport(ident, outlet, draft.headline.text, text, url, at.isoformat()), found


def _mention(line: Line, report: str, outlet: str, at: int) -> tuple[str, GoldMention]:
    chain = (*(link for link in line.links if link != outlet), outlet)
    certainty = "unknown" if chain[0] == "unknown" else "certain"
    first = line.seen and len(chain) == 1
    mention = GoldMention(report, at + line.start, at + line.end, chain, "affirm", certainty, first)
    return line.fact or "", mention


def _links(way: Way) -> tuple[str, ...]:
    """Whom a sentence names, the origin first."""
    if way.how == "rumoured":
        return ("unknown",)
    if way.how == "credited":
        return (way.through or "",)
    return tuple(link for link in (way.who, way.through) if link)


def _through(links: tuple[str, ...], outlet: str) -> tuple[str, ...]:
    return links if outlet in links else (*links, outlet)


def _outlet_names(count: int, chance: Random) -> dict[str, str]:
    prose = stock("prose")
    names = [f"{town} {paper}" for town in prose["towns"] for paper in prose["papers"]]
    if count > len(names):
        names += [f"{town} Evening {paper}" for town in prose["towns"] for paper in prose["papers"]]
    return {f"o{i}": name for i, name in enumerate(chance.sample(names, count))}
