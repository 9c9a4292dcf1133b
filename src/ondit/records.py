"""Every record of Ondit: the specification of the project.

A report is taken in as a `Document`, read as a `Reading`, grouped with others by `Passage`s, and
traced with them as a `Trace`. All records are frozen, hold no behaviour beyond what their fields say,
and point into the immutable text of their document by code-point offsets. Ids come from content
(`content_id`), so the same input gets the same ids in every process and on every machine.
The words are the field's: attribution, source, cue and content are PARC's (Pareti 2012); the rest is
defined in docs/reference/glossary.md.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

BlockKind = Literal[
    "headline", "byline", "dateline", "paragraph", "blockquote", "caption", "list", "tail", "boilerplate"
]
CreditKind = Literal[
    "dateline",
    "reporting_by",
    "lead_in",
    "link",
    "canonical",
    "cite",
    "first_appeared",
    "tail",
    "photo",
    "byline",
    "meta",
]
QuoteType = Literal["direct", "indirect", "mixed", "none"]
CueKind = Literal["speech", "thought", "document", "hearsay", "credit"]
Method = Literal["tagger", "quotation", "block", "headline", "credit", "citing", "given"]
AgentKind = Literal[
    "person",
    "organisation",
    "outlet",
    "state_media",
    "anonymous_person",
    "anonymous_group",
    "document",
    "social_account",
    "unknown",
]
MentionForm = Literal[
    "name", "title", "role", "epithet", "pronoun", "anonymous", "document", "outlet", "credit"
]
Stance = Literal["affirm", "deny", "question"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
PassageKind = Literal["quotation", "prose", "boilerplate"]
DerivationKind = Literal["copy", "rewrite", "block quotation", "credit", "translation"]
ConflictKind = Literal["number", "polarity", "date", "place", "name", "cause"]

QuotingKind = Literal["same", "trimmed", "fuller", "altered", "paraphrased", "unmarked"]

JudgementKind = Literal[
    "same agent",
    "different agents",
    "same claim",
    "different claims",
    "derivation",
    "no derivation",
    "no attribution",
    "withdrawal",
]

UNKNOWN = "unknown"
"""The agent id of nobody named: "reportedly", "it is understood". Never counted as an origin."""

JUDGED = "judged by "
"""How the reason of everything begins that an analyst decided."""


def content_id(prefix: str, *parts: object) -> str:
    """A short id that depends on `parts` alone: same parts, same id, in every process.

    >>> content_id("att", "r1", 3, 9)
    'att-147e84e0bad4'
    """
    text = "\x1f".join(str(part) for part in parts)
    return f"{prefix}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


class Span(NamedTuple):
    """A stretch of a document's text: code points, end exclusive."""

    start: int
    end: int


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that justify something: a span of a document, and in plain words what it shows."""

    document: str
    span: Span
    why: str


# ------------------------------------------------------------------ taken in


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document's layout. Blocks are in text order and do not overlap.

    `depth` counts enclosing block quotations (0: the report's own column).
    """

    kind: BlockKind
    span: Span
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Credit:
    """A trace of another outlet or of the makers, found by format: text line, link or metadata.

    `name` is what the credit says ("Reuters", "Ada Quill"); `span` is None where it stands only in
    metadata; `place` says where it was found ("text", "link[rel=canonical]", ...).
    """

    kind: CreditKind
    name: str
    span: Span | None = None
    url: str | None = None
    place: str = "text"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of the data: what could not be used, where, why, and what was saved of it.

    `place` names the input (file, line, record); `document` the report, if there is one.
    """

    code: str
    place: str
    message: str
    document: str | None = None
    saved: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report as taken in. `text` never changes; every offset points into it. It is NFC, or what a row of
    JSON lines gave.

    `digest` is the sha256 of the raw bytes that the report came from; `place` where they lay;
    `extra` keeps unknown fields of the input as they were.
    """

    id: str
    text: str
    outlet: str | None = None
    url: str | None = None
    headline: str | None = None
    published: str | None = None
    language: str | None = None
    blocks: tuple[Block, ...] = ()
    credits: tuple[Credit, ...] = ()
    digest: str = ""
    place: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


# ---------------------------------------------------------------------- read


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks. `span` is the inside; `closed` is False where the closing
    mark was missing and repaired; parts of one quotation over several paragraphs share `group`."""

    span: Span
    group: int
    opened: bool = True
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Attribution:
    """A relation source - cue - content (PARC). Each role may be discontinuous; source and cue may be empty.

    `parent` is the attribution in whose content this one lies: read outwards, parents make the chain.
    `confidence` is in 0..1; 1.0 where the layout says it (block quotation, credit) or it was given.
    """

    id: str
    document: str
    source: Spans
    cue: Spans
    content: Spans
    type: QuoteType
    cue_kind: CueKind = "speech"
    method: Method = "tagger"
    parent: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch that names somebody. `agent` is the agent it was linked to, None where we abstain;
    `reason` says by what rule, `evidence` on which other words."""

    id: str
    document: str
    span: Span
    form: MentionForm
    agent: str | None
    reason: str
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who can say something. `principal` is the agent for whom it speaks or who controls it.

    `count` is the literal head count of an anonymous group ("six officials": 6), None if none is given.
    `basis` holds the words on which name, kind, principal and mergers rest. `identified` is False for
    somebody only described ("the minister", "a lawmaker", "sources"), who may be anyone the story names
    elsewhere: such an agent never adds to the least number of origins.
    """

    id: str
    name: str
    kind: AgentKind
    aliases: tuple[str, ...] = ()
    count: int | None = None
    principal: str | None = None
    basis: tuple[Evidence, ...] = ()
    identified: bool = True


@dataclass(frozen=True, slots=True)
class Holder:
    """One link of a chain: an agent, with the stance and certainty that it takes to the statement.

    Who passes something on takes it as it was told. `attribution` is None for the outlet that publishes the
    report; it takes the statement as the report ends up doing.
    """

    agent: str
    attribution: str | None = None
    stance: Stance = "affirm"
    certainty: Certainty = "certain"
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One occurrence of a claim in one report.

    `chain` runs from the origin to the outlet that publishes; a chain of one is the outlet's own voice.
    `holders` says the same with stance, certainty and words for every link. `stance` and `certainty`
    are what the report ends up saying. `firsthand`: own voice, and the text says that the outlet itself
    saw, heard, obtained or counted it. `sure` is False where it is doubtful that it says the same as its
    claim: then it may raise the highest number of origins, never the least.
    """

    id: str
    document: str
    spans: Spans
    chain: tuple[str, ...]
    quote_type: QuoteType = "none"
    stance: Stance = "affirm"
    certainty: Certainty = "certain"
    firsthand: bool = False
    holders: tuple[Holder, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """One report, read: everything that later steps know about it. Agents are those of this report.

    `vectors` holds one sentence vector a statement, row after row: int8, each
    `len(vectors) / len(statements)` wide.
    """

    document: Document
    quotations: tuple[Quotation, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    mentions: tuple[Mention, ...] = ()
    agents: tuple[Agent, ...] = ()
    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()
    vectors: bytes = b""


# ------------------------------------------------------------------- grouped


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words that two reports share, maximal on both sides. `a` < `b` by id; `words` its length."""

    a: str
    a_span: Span
    b: str
    b_span: Span
    words: int
    kind: PassageKind


# -------------------------------------------------------------------- traced


@dataclass(frozen=True, slots=True)
class Derivation:
    """Report `child` used report `parent` (W3C PROV: wasDerivedFrom).

    `stated`: the child says so. `directed` is False where the texts do not show who had it from whom;
    then `child` and `parent` are in id order.
    """

    child: str
    parent: str
    kind: DerivationKind
    stated: bool
    evidence: tuple[Evidence, ...]
    why: str
    directed: bool = True


@dataclass(frozen=True, slots=True)
class Edge:
    """In the graph of one claim: `relay` has it from `giver`. Both are vertices (top principals)."""

    relay: str
    giver: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """In the graph of one claim: `agent` counts as the vertex `into`, because of `why`."""

    agent: str
    into: str
    why: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Origins:
    """How many independent origins stand behind one claim with one stance: at least `lo`, at most `hi`.

    `stated` are the identified ends of chains, `bottlenecks` a smallest set of vertices through which
    every chain to them passes (its size is `lo`, Menger 1927), `unsourced` the documents that give no
    lineage, `loops` groups of vertices that only cite each other.
    """

    stated: tuple[str, ...]
    lo: int
    hi: int
    reports: int
    unsourced: tuple[str, ...] = ()
    bottlenecks: tuple[str, ...] = ()
    loops: tuple[tuple[str, ...], ...] = ()
    edges: tuple[Edge, ...] = ()
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class HedgeLoss:
    """A hedge that somebody dropped: `agent` states in `later` more surely what `earlier` left less sure.

    `earlier` and `later` are ids of statements of one claim with one stance, `was` and `became` their
    certainties, `why` says in plain words why the later one should have known: it used that report, passes
    that outlet on, tells of the same origin, or quotes it itself. `evidence` holds the words of both sides.
    """

    agent: str
    earlier: str
    later: str
    was: Certainty
    became: Certainty
    why: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """The statements of a story that say the same. `gist` is the clearest of them, in the report's words."""

    id: str
    gist: Evidence
    statements: tuple[Statement, ...]
    origins: dict[str, Origins] = field(default_factory=dict)
    """By stance: "affirm", "deny"."""

    hedges: tuple[HedgeLoss, ...] = ()
    """The hedges that were dropped on the way, in the order of the reports that dropped them."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims about the same thing that differ, on what, and in whose words. Never who is right."""

    claims: tuple[str, str]
    kind: ConflictKind
    why: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Words of one side that are not those of the other; an empty span is where the other has more."""

    before: Span
    after: Span


@dataclass(frozen=True, slots=True)
class Quoting:
    """How faithfully `document` quotes what `other`, which it used or which quotes most of it, quotes too.

    `same`: word for word; `trimmed`, `fuller`: words at an end, or where dots or brackets say so, are missing
    or are there in addition; `altered`: other words; `paraphrased`: other words altogether, though both stand
    in quotation marks and state one claim of one speaker; `unmarked`: in `other` the same words are not
    quoted. `changes` are of `other` (before) and `document` (after). A speaker is None where none is named.
    """

    document: str
    span: Span
    other: str
    other_span: Span
    kind: QuotingKind
    speaker: str | None = None
    other_speaker: str | None = None
    changes: tuple[Change, ...] = ()


# -------------------------------------------------------------------- judged


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words to which a judgement is tied, so that it outlives every id of ours.

    Of the places where `quote` stands in the report, the one nearest to the offset `near` is meant; an empty
    quote is the report itself, and as an agent its outlet. `url` finds a later version of the report, which
    has another id.
    """

    document: str
    quote: str = ""
    near: int = 0
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an analyst decided, and why. Never changed and never deleted: another one withdraws it.

    `one` and `other` are its two sides: all words that name one agent, or say one claim ("same"), or no word
    of the one side with any of the other ("different"); the child and the parent of a derivation; the words
    of saying and what is said of an attribution. `withdraws` is the id of the judgement that a withdrawal
    takes back. `at` is ISO 8601, UTC.
    """

    id: str
    kind: JudgementKind
    by: str
    at: str
    note: str
    one: tuple[Anchor, ...] = ()
    other: tuple[Anchor, ...] = ()
    withdraws: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """One story, traced: who says what, through whom, and how many independent origins there are.

    `judgements` are those that the trace follows: not withdrawn, not overruled, their words still there.
    """

    story: str
    documents: tuple[Document, ...]
    agents: tuple[Agent, ...] = ()
    claims: tuple[Claim, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    undirected: tuple[Derivation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    passages: tuple[Passage, ...] = ()
    problems: tuple[Problem, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    quotings: tuple[Quoting, ...] = ()
