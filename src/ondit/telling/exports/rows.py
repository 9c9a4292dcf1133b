"""The rows of the flat tables: a class a table, a field a column, for SQLite, Parquet and CSV alike.

Every id is that of the record and is unique within its story, so `story` belongs to every key. What has
no id of its own is numbered (`nr`). `start` and `end` are code points of `reports.text`, `words` what stands
there.
"""

from __future__ import annotations

from typing import NamedTuple


class StoryRow(NamedTuple):
    """A story; `title` is the headline of its earliest report."""

    story: str
    title: str | None
    reports: int
    claims: int
    made_by: str


class ReportRow(NamedTuple):
    """A report as it was taken in; `digest` is the sha256 of its raw bytes."""

    story: str
    id: str
    outlet: str | None
    url: str | None
    headline: str | None
    published: str | None
    language: str | None
    text: str
    digest: str
    place: str


class BlockRow(NamedTuple):
    """A part of a report's layout."""

    story: str
    report: str
    nr: int
    kind: str
    depth: int
    start: int
    end: int


class CreditRow(NamedTuple):
    """A trace of another outlet or of the makers, found by its form."""

    story: str
    report: str
    nr: int
    kind: str
    name: str
    start: int | None
    end: int | None
    url: str | None
    place: str


class AgentRow(NamedTuple):
    """Somebody who can say something; `principal` is for whom it speaks or who controls it."""

    story: str
    id: str
    name: str
    kind: str
    head_count: int | None
    principal: str | None
    identified: bool


class AliasRow(NamedTuple):
    """Another name of an agent."""

    story: str
    agent: str
    nr: int
    alias: str


class AttributionRow(NamedTuple):
    """Who says what in one place: `source`, `cue` and `content` are the words of the three roles."""

    story: str
    id: str
    report: str
    source: str
    cue: str
    content: str
    type: str
    cue_kind: str
    method: str
    parent: str | None
    confidence: float


class RoleRow(NamedTuple):
    """A piece of a role (source, cue or content) of an attribution."""

    story: str
    attribution: str
    role: str
    nr: int
    start: int
    end: int
    words: str


class ClaimRow(NamedTuple):
    """A claim; its gist are the words of one report."""

    story: str
    id: str
    gist: str
    report: str
    start: int
    end: int
    statements: int
    reports: int


class CountRow(NamedTuple):
    """How many independent origins a claim has, at least `lo` and at most `hi`, for one stance."""

    story: str
    claim: str
    stance: str
    reports: int
    lo: int
    hi: int
    in_words: str


class OriginRow(NamedTuple):
    """A vertex that the count names: an origin, a bottleneck, or one that is in a loop."""

    story: str
    claim: str
    stance: str
    role: str
    nr: int
    agent: str
    name: str


class UnsourcedRow(NamedTuple):
    """A report that gives no lineage for a claim; it is never counted as an origin."""

    story: str
    claim: str
    stance: str
    nr: int
    report: str


class EdgeRow(NamedTuple):
    """In the graph of a claim, `relay` has it from `giver`."""

    story: str
    id: str
    claim: str
    stance: str
    relay: str
    relay_name: str
    giver: str
    giver_name: str


class MergeRow(NamedTuple):
    """In the graph of a claim, `agent` counts as `into`."""

    story: str
    id: str
    claim: str
    stance: str
    agent: str
    agent_name: str
    into: str
    into_name: str
    why: str


class StatementRow(NamedTuple):
    """One occurrence of a claim in one report; `chain` names its links, the origin first."""

    story: str
    id: str
    claim: str
    report: str
    words: str
    chain: str
    own_voice: bool
    firsthand: bool
    quote_type: str
    stance: str
    certainty: str
    sure: bool


class PieceRow(NamedTuple):
    """A stretch of a statement."""

    story: str
    claim: str
    statement: str
    nr: int
    start: int
    end: int
    words: str


class LinkRow(NamedTuple):
    """A link of the chain of a statement: 0 is the origin, the last one the outlet."""

    story: str
    claim: str
    statement: str
    nr: int
    agent: str
    name: str
    attribution: str | None
    stance: str | None
    certainty: str | None
    start: int | None
    end: int | None


class DerivationRow(NamedTuple):
    """Report `child` used report `parent`; where `directed` is 0 either may have used the other."""

    story: str
    id: str
    child: str
    parent: str
    kind: str
    stated: bool
    directed: bool
    why: str


class HedgeRow(NamedTuple):
    """A hedge that an agent dropped: `later` says more surely (`became`) what `earlier` left open (`was`)."""

    story: str
    id: str
    claim: str
    agent: str
    earlier: str
    later: str
    was: str
    became: str
    why: str


class ConflictRow(NamedTuple):
    """Two claims that differ, and on what."""

    story: str
    id: str
    claim: str
    other: str
    kind: str
    why: str


class PassageRow(NamedTuple):
    """A run of words that two reports share."""

    story: str
    nr: int
    report: str
    start: int
    end: int
    other: str
    other_start: int
    other_end: int
    length: int
    kind: str
    words: str


class EvidenceRow(NamedTuple):
    """Words on which something rests: `shows` names a table (agents, edges, ...), `id` its row."""

    story: str
    shows: str
    id: str
    nr: int
    report: str
    start: int
    end: int
    words: str
    why: str


class ProblemRow(NamedTuple):
    """What could not be used, where and why."""

    story: str
    nr: int
    code: str
    place: str
    message: str
    report: str | None
    saved: str | None
