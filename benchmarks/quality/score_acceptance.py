"""Run Ondit over the reports of a seed story and say for each check of its acceptance list whether it passes.

    python -m benchmarks.quality.score_acceptance FOLDER [--least 13]

FOLDER holds `acceptance.json`, `story.json` and `reports/`; its texts are not ours and are not here. A check
passes if everything that it expects is found, and the line of one that fails says what was found instead. The
checks of kinds that are not known here (a later list) are named and not counted.

Who speaks at a stretch of a report is read off the statement that holds it, else off the innermost
attribution whose content does; who chose its words off the quotation marks: outside them the report did.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import ondit
from benchmarks.quality.gold import GoldClaim, GoldMention, Story, input_lines, load_story
from benchmarks.quality.score_stories import agent_names, folded, matched
from ondit.reading.levels import READ
from ondit.reading.linking import Cast
from ondit.records import Agent, Attribution, Document, Reading, Span, Statement, Trace

Check = Mapping[str, Any]
Place = Mapping[str, Any]
"""A stretch of a report: `report`, `start`, `end` and the words `quote` that stand there."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check: whether it passes, and every reason why not."""

    id: str
    check: str
    faults: tuple[str, ...]


class Answers:
    """What Ondit says of a seed story, in the names of the annotation."""

    def __init__(self, story: Story) -> None:
        self.story = story
        documents = [d for d in ondit.take(input_lines(story).encode()) if isinstance(d, Document)]
        self.readings: dict[str, Reading] = {d.id: ondit.read(d) for d in documents}
        self.trace: Trace = ondit.trace(documents)
        self._told = json.loads(ondit.dumps_trace(self.trace))
        self.names = agent_names(story, self._told)

    @cached_property
    def agents(self) -> dict[str, Agent]:
        """The agents of the trace by their name in the annotation."""
        return {self.names[a.id]: a for a in self.trace.agents}

    @cached_property
    def matches(self) -> Mapping[tuple[str, int], tuple[int, str]]:
        """The claim and the statement that say each annotated mention."""
        return matched(self.story, self._told)

    def claim(self, claim: str) -> int | None:
        """The claim of the trace that holds most mentions of an annotated one."""
        held = [nr for (key, _), (nr, _) in sorted(self.matches.items()) if key == claim]
        return max(held, key=held.count, default=None)

    def statement(self, ident: str) -> Statement:
        """A statement of the trace."""
        return next(s for c in self.trace.claims for s in c.statements if s.id == ident)

    def said(self, claim: GoldClaim) -> Iterator[tuple[GoldMention, Statement | None]]:
        """The mentions of a claim with the statements that match them."""
        for number, mention in enumerate(claim.mentions):
            match = self.matches.get((claim.id, number))
            yield mention, self.statement(match[1]) if match else None

    def gold(self, claim: str) -> GoldClaim:
        """An annotated claim."""
        return next(c for c in self.story.claims if c.id == claim)

    def named(self, chain: Sequence[str]) -> list[str]:
        """A chain of the trace in the names of the annotation."""
        return [self.names.get(agent, agent) for agent in chain]

    def speaker(self, place: Place) -> list[str]:
        """The chain behind a stretch: of the statement that holds it, else of what is attributed there."""
        span = Span(place["start"], place["end"])
        statements = [
            s
            for c in self.trace.claims
            for s in c.statements
            if s.document == place["report"] and any(_holds(at, span) for at in s.spans)
        ]
        if statements:
            nearest = min(statements, key=lambda s: sum(at.end - at.start for at in s.spans))
            return self.named(nearest.chain)
        return self._attributed(place["report"], span)

    def wording(self, place: Place) -> list[str]:
        """Who chose the words of a stretch: inside quotation marks its speaker, outside them the report."""
        span = Span(place["start"], place["end"])
        chain = self._attributed(place["report"], span)
        quoted = any(_holds(q.span, span) for q in self.readings[place["report"]].quotations)
        return chain if quoted else [a for a in chain if a in self.outlets]

    @property
    def outlets(self) -> set[str]:
        """The outlets of the annotation."""
        return {key for key, agent in self.story.agents.items() if agent.kind in ("outlet", "state_media")}

    def _attributed(self, report: str, span: Span) -> list[str]:
        reading = self.readings[report]
        inner = [a for a in reading.attributions if any(_holds(at, span) for at in a.content)]
        by_id = {a.id: a for a in reading.attributions}
        chain: list[str] = []
        step = min(inner, key=lambda a: sum(at.end - at.start for at in a.content), default=None)
        while step is not None:
            name = self._source(reading, step)
            chain += [name] if name and name not in chain[-1:] else []
            step = by_id.get(step.parent or "")
        return [*chain, self.story.reports[report].outlet]

    def _source(self, reading: Reading, att: Attribution) -> str:
        return next((self.meant(reading.document.id, span) for span in att.source), "")

    def meant(self, report: str, span: Span) -> str:
        """Who the words at a span mean, by the annotation's name."""
        reading = self.readings[report]
        names = {agent.id: agent.name for agent in reading.agents}
        found = [m for m in reading.mentions if span.start <= m.span.start < span.end]
        if found:
            return self._known(names.get(found[0].agent or "", ""))
        stretches = [block.span for block in reading.document.blocks if block.kind in READ]
        pronoun = re.search(r"\b(?:he|she|they)\b", reading.document.text[span.start : span.end])
        at = Span(span.start + pronoun.start(), span.start + pronoun.end()) if pronoun else span
        figure = Cast(reading.document, stretches).source(at)
        return self._known(figure.name or "") if figure else ""

    def _known(self, name: str) -> str:
        known = {folded(n): key for key, a in self.story.agents.items() for n in (*a.aliases, a.name)}
        return known.get(folded(name), f"?{name}")


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


# ------------------------------------------------------------- kinds of check


def _origins(answers: Answers, check: Check) -> Iterator[str]:
    expect = check["expect"]
    number = answers.claim(check["claim"])
    counted = answers.trace.claims[number].origins.get(check["stance"]) if number is not None else None
    if counted is None:
        yield "the claim is not found"
        return
    found = {
        "stated_origins": answers.named(counted.stated),
        "lo": counted.lo,
        "hi": counted.hi,
        "unsourced_reports": list(counted.unsourced),
    }
    yield from _differences(expect, found)
    if "origin_agent" in expect:
        yield from _is_agent(answers, expect["origin_agent"], expect["origin_kind"], expect["count"])


def _is_agent(answers: Answers, name: str, kind: str | None, count: int | None) -> Iterator[str]:
    agent = answers.agents.get(name)
    if agent is None:
        yield f"no agent is {name}"
    elif (kind or agent.kind, count) != (agent.kind, agent.count):
        yield f"{name} is {agent.kind} of {agent.count}"


def _differences(expect: Check, found: Check) -> Iterator[str]:
    for key, value in found.items():
        if value != expect[key]:
            yield f"{key} {value}, not {expect[key]}"


def _chain(answers: Answers, check: Check) -> Iterator[str]:
    for mention, statement in answers.said(answers.gold(check["claim"])):
        chain = answers.named(statement.chain) if statement else []
        if statement is None or chain != check["expect"]:
            yield f"chain {chain}"
            continue
        also = check["also"]
        yield from _is_agent(answers, chain[0], None, also["count"])
        if statement.certainty != also["embedded_certainty"]:
            yield f"certainty {statement.certainty}"
        holder = answers.story.agents[also["attitude_holder"]].name.casefold()
        text = answers.story.reports[mention.report].text
        if holder not in " ".join(text[s.start : s.end] for s in statement.spans).casefold():
            yield f"the statement leaves out {holder}"


def _no_copy_edge(answers: Answers, check: Check) -> Iterator[str]:
    between = set(check["between"])
    for drv in (*answers.trace.derivations, *answers.trace.undirected):
        if {drv.child, drv.parent} == between:
            yield f"{drv.child} is said to have used {drv.parent}: {drv.why}"
    places = {(place["report"], Span(place["start"], place["end"])) for place in check["shared"]}
    for passage in answers.trace.passages:
        sides = ((passage.a, passage.a_span), (passage.b, passage.b_span))
        shared = any(doc == report and _holds(at, span) for doc, span in sides for report, at in places)
        if shared and passage.kind != "quotation":
            yield f"what both quote is said to be shared {passage.kind}"


def _span_author(answers: Answers, check: Check) -> Iterator[str]:
    chain = answers.speaker(check["span"])
    if chain != check["expect"]:
        yield f"{check['span']['quote'][:40]!r}: {chain}"


def _not_attributed(answers: Answers, check: Check) -> Iterator[str]:
    if check["not"] in answers.speaker(check["span"]):
        yield f"attributed to {check['not']}"
    yield from _span_author(answers, check)


def _quote_repair(answers: Answers, check: Check) -> Iterator[str]:
    place, expect = check["span"], check["expect"]
    yield from _span_author(answers, {"span": place, "expect": expect["chain"]})
    span = Span(place["start"], place["end"])
    kinds = {
        s.quote_type
        for c in answers.trace.claims
        for s in c.statements
        if s.document == place["report"] and any(_holds(at, span) for at in s.spans)
    }
    if kinds != {expect["quote_type"]}:
        yield f"quote type {sorted(kinds)}"


def _resolve(answers: Answers, check: Check) -> Iterator[str]:
    for pair in (*check["pairs"], *check["pronouns"]):
        found = answers.meant(pair["report"], Span(pair["start"], pair["end"]))
        if found != pair["agent"]:
            yield f"{pair['quote']!r} is {found or 'nobody'}, not {pair['agent']}"


def _conflict(answers: Answers, check: Check) -> Iterator[str]:
    said = {frozenset(c.claims) for c in answers.trace.conflicts}
    for pair in check["pairs"]:
        numbers = [answers.claim(claim) for claim in pair["claims"]]
        found = {answers.trace.claims[n].id for n in numbers if n is not None}
        if frozenset(found) not in said or len(found) < 2:
            yield f"{' and '.join(pair['claims'])} are not said to differ ({pair['subtype']})"


def _hedge(answers: Answers, check: Check) -> Iterator[str]:
    expect, claim = check["expect"], answers.gold(check["claim"])
    for mention, statement in answers.said(claim):
        if statement is None or statement.certainty != mention.certainty:
            found = statement.certainty if statement else "nothing"
            quote = answers.story.reports[mention.report].text[mention.start : mention.end]
            yield f"{quote!r} in {mention.report} is {found}, not {mention.certainty}"
    yield from _origins(answers, {**check, "stance": "affirm", "expect": expect})


def _photo_credit(answers: Answers, check: Check) -> Iterator[str]:
    linked = {agent for c in answers.trace.claims for s in c.statements for agent in answers.named(s.chain)}
    for agency in sorted(linked & set(check["items"])):
        yield f"{agency} is in a chain"
    for credit in check["credits"]:
        gold = next(
            m
            for c in answers.story.claims
            for m in c.mentions
            if m.report == credit["report"] and m.start < credit["end"] and credit["start"] < m.end
        )
        yield from _span_author(answers, {"span": credit, "expect": list(gold.chain)})


def _own_voice_inside(answers: Answers, check: Check) -> Iterator[str]:
    for place in check["spans"]:
        found = answers.wording(place)
        if found != place["author"]:
            yield f"the words {place['quote']!r} are of {found}"


def _same_speaker(answers: Answers, check: Check) -> Iterator[str]:
    for claim in check["claims"]:
        for mention, statement in answers.said(answers.gold(claim)):
            place = {"report": mention.report, "start": mention.start, "end": mention.end}
            chain = answers.named(statement.chain) if statement else answers.speaker(place)
            if chain != check["expect"]:
                yield f"a mention of {claim}: {chain}"


KINDS: Mapping[str, Callable[[Answers, Check], Iterator[str]]] = {
    "origins": _origins,
    "chain": _chain,
    "no_copy_edge": _no_copy_edge,
    "span_author": _span_author,
    "quote_repair": _quote_repair,
    "resolve": _resolve,
    "conflict": _conflict,
    "hedge": _hedge,
    "photo_credit_is_not_text_source": _photo_credit,
    "own_voice_inside_attribution": _own_voice_inside,
    "not_attributed": _not_attributed,
    "same_speaker_across_paragraphs": _same_speaker,
}


def outcomes(folder: Path) -> list[Outcome]:
    """Every check of the list that is of a known kind, in its order."""
    checks = json.loads((folder / "acceptance.json").read_text(encoding="utf-8"))["checks"]
    answers = Answers(load_story(folder))
    known = [check for check in checks if check["check"] in KINDS]
    return [Outcome(c["id"], c["check"], tuple(KINDS[c["check"]](answers, c))) for c in known]


def main() -> int:
    """The command line in the module's docstring; 1 if fewer than `--least` checks pass."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--least", type=int, default=0, help="fail if fewer checks pass")
    args = parser.parse_args()
    found = outcomes(args.folder)
    for outcome in found:
        print(f"{outcome.id:4} {outcome.check:32} {'; '.join(outcome.faults) or 'pass'}")
    passed = sum(not outcome.faults for outcome in found)
    print(f"{passed} of {len(found)}")
    return int(passed < args.least)


if __name__ == "__main__":
    sys.exit(main())
