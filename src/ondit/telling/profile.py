"""Somebody across the stories of a case: what it is an origin of, what it passes on, whom it used.

In: the agent's id and the traces it stands in. Out: a view for the page of a source or an outlet. Claims
stand in the words of reports; nothing is scored or added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from ondit.records import Claim, Trace
from ondit.telling.cast import players
from ondit.telling.dossier import GIST, Numbered
from ondit.telling.timeline import used
from ondit.telling.tree import shown
from ondit.telling.weight import main_in_words
from ondit.telling.words import kind_in_words, name_of, quoted, report_name


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `words` if it is a report's, `to` where it leads, `note` our words beside it."""

    text: str
    to: str = ""
    words: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one head."""

    head: str
    lines: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class InStory:
    """What somebody does in one story."""

    id: str
    title: str
    parts: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Somebody in all stories of a case."""

    name: str
    kind: str
    principal: str
    stories: tuple[InStory, ...]


def profile(agent: str, traces: Iterable[tuple[Trace, str]]) -> Profile | None:
    """The profile over traces with their titles; None if nobody of this id is in any."""
    found: list[InStory] = []
    head: tuple[str, str, str] | None = None
    for trace, title in traces:
        at = shown(trace)
        if agent not in at.agents:
            continue
        record = at.agents[agent]
        principal = name_of(record.principal, at.agents) if record.principal else ""
        head = head or (name_of(agent, at.agents), kind_in_words(record), principal)
        parts = tuple(section for section in _sections(agent, Numbered.of(at)) if section.lines)
        found.append(InStory(trace.story, title, parts))
    return Profile(*head, tuple(found)) if head else None


def _sections(agent: str, story: Numbered) -> Iterator[Section]:
    row = next((row for row in players(story) if row.agent == agent), None)
    claims = {number: claim for claim in story.claims for number in [story.numbers[claim.id]]}
    if row is not None:
        yield Section("An origin of", tuple(_claim(story, claims[n]) for n in row.origin))
        yield Section("Passes on", tuple(_claim(story, claims[n]) for n in row.relays))
    published = _published(agent, story)
    trace = story.at.trace
    yield Section("Reports", tuple(_report(story, document) for document in sorted(published)))
    children = [Entry(used(story.at, drv)) for drv in trace.derivations if drv.child in published]
    parents = [Entry(used(story.at, drv)) for drv in trace.derivations if drv.parent in published]
    yield Section("Used", tuple(children))
    yield Section("Was used", tuple(parents))


def _claim(story: Numbered, claim: Claim) -> Entry:
    words = quoted(story.at.documents.get(claim.gist.document), (claim.gist.span,), GIST)
    to = f"/stories/{quote(story.at.trace.story, safe='')}#{story.places.claims[claim.id]}"
    return Entry(words, to, True, main_in_words(claim))


def _published(agent: str, story: Numbered) -> set[str]:
    """The reports in whose chains it stands last."""
    return {
        stmt.document
        for claim in story.claims
        for stmt in claim.statements
        if stmt.chain and stmt.chain[-1] == agent and stmt.document in story.at.documents
    }


def _report(story: Numbered, document: str) -> Entry:
    to = f"/stories/{quote(story.at.trace.story, safe='')}#{story.places.reports[document]}"
    return Entry(report_name(story.at.documents[document]), to)
