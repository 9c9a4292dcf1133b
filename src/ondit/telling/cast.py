"""Who is in a story: everybody who says something, in which role, and what each report calls them.

In: a finished `Trace`. Out: rows for tables. The names stand in the words of the reports, each with its
place; nothing is scored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ondit.records import UNKNOWN, Agent, Attribution, Claim, Span
from ondit.telling.dossier import Bit, Numbered
from ondit.telling.weight import counts_of
from ondit.telling.words import clean, kind_in_words, name_of, shortened

LONGEST = 90


@dataclass(frozen=True, slots=True)
class Player:
    """One agent: the numbers of the claims of which it is an origin, and of those that it passes on."""

    agent: str
    place: str
    name: str
    kind: str
    principal: str
    origin: tuple[int, ...]
    relays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """One agent, and by report what it is called there."""

    name: str
    calls: tuple[tuple[str, tuple[Bit, ...]], ...]


def players(shown: Numbered) -> tuple[Player, ...]:
    """Everybody who is an origin or a link of some claim, those with most claims first."""
    origin: dict[str, set[int]] = defaultdict(set)
    relays: dict[str, set[int]] = defaultdict(set)
    for claim in shown.claims:
        number = shown.numbers[claim.id]
        for agent, ends in _roles(claim):
            (origin if ends else relays)[agent].add(number)
    rows = [
        Player(
            agent.id,
            shown.places.agents[agent.id],
            name_of(agent.id, shown.at.agents),
            kind_in_words(agent) + ("" if agent.identified else ", only described"),
            name_of(agent.principal, shown.at.agents) if agent.principal else "",
            tuple(sorted(origin[agent.id])),
            tuple(sorted(relays[agent.id] - origin[agent.id])),
        )
        for agent in _agents(shown)
        if origin[agent.id] or relays[agent.id]
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row.origin), -len(row.relays), row.name, row.place)))


def _agents(shown: Numbered) -> Iterator[Agent]:
    return iter({agent.id: shown.at.agents[agent.id] for agent in shown.at.trace.agents}.values())


def _roles(claim: Claim) -> Iterator[tuple[str, bool]]:
    """Agents of a claim, and whether they are the end of a chain: by what was counted, and who spoke."""
    into = {m.agent: m.into for _, origins in counts_of(claim) for m in origins.merges}
    ends = {vertex for _, origins in counts_of(claim) for vertex in origins.stated}
    for vertex in ends:
        yield vertex, True
    for stmt in claim.statements:
        for place, agent in enumerate(stmt.chain):
            yield agent, place == 0 and into.get(agent, agent) in ends


def namings(shown: Numbered) -> tuple[Naming, ...]:
    """Everybody who is called by two names or more, by report: as sources, where their words are."""
    found: dict[str, dict[str, dict[str, Span]]] = defaultdict(lambda: defaultdict(dict))
    atts = {att.id: att for att in shown.at.trace.attributions}
    for claim in shown.claims:
        for stmt in claim.statements:
            for holder in stmt.holders:
                _call(shown, atts, holder.agent, holder.attribution, found)
    rows = []
    for agent, reports in found.items():
        if agent in shown.at.agents and agent != UNKNOWN:
            calls = tuple(_calls(shown, reports))
            if len({bit.text.casefold() for _, bits in calls for bit in bits}) > 1:
                rows.append(Naming(name_of(agent, shown.at.agents), calls))
    return tuple(sorted(rows, key=lambda row: (-len(row.calls), row.name)))


def _call(
    shown: Numbered,
    atts: Mapping[str, Attribution],
    agent: str,
    attribution: str | None,
    found: dict[str, dict[str, dict[str, Span]]],
) -> None:
    att = atts.get(attribution or "")
    if att is None or not att.source or att.document not in shown.at.documents:
        return
    span = att.source[0]
    words = clean(shown.at.documents[att.document].text[span.start : span.end])
    if words:
        found[agent][att.document].setdefault(words, span)


def _calls(
    shown: Numbered, reports: Mapping[str, Mapping[str, Span]]
) -> Iterator[tuple[str, tuple[Bit, ...]]]:
    order = [document.id for document in shown.at.trace.documents if document.id in reports]
    for document in dict.fromkeys(order):
        bits = tuple(
            Bit(shortened(words, LONGEST), True, shown.places.spans(document, (span,)))
            for words, span in sorted(reports[document].items(), key=lambda call: call[1])
        )
        yield shown.at.report(document), bits
