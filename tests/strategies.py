"""Hypothesis strategies for every record: valid ones, with the strangest text that a record may hold.

Each takes what it must agree with (a text, a document, agent ids) and draws the rest. `texts()` is any
text at all; `news_texts()` is shaped like news, with quotation marks of every kind, so that readers find
something to read in it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, get_args

from hypothesis import strategies as st

from ondit import records as r

NAMES = (
    "Ada Quill",
    "Commander Hale",
    "six officials",
    "the Tide",
    "NBC-9",
    "O’Hara",
    "Łukasz Żak",
    "李雷",
    "x",
)
CUES = ("said", "told the Tide", "wrote", "denied", "according to", "reportedly", "citing", "warned that")
CONTENTS = (
    "the harbour burned", "at least four people had died", "it did not rule out a leak", "he wouldn't",
    "“we saw it”", '"two blasts, then smoke"', "''no comment''", "‘never’", "“unclosed", "3.5%", "U.S.",
)  # fmt: skip
ENDS = (". ", ", ", "\n\n", ".\n\n“", ".”\n\n", ": ", " – ", "\u00a0", "…", "?! ")


def texts(max_size: int = 200) -> st.SearchStrategy[str]:
    """Any text that a document may hold: NFC, no lone surrogates."""
    return st.text(max_size=max_size).map(lambda text: unicodedata.normalize("NFC", text))


def news_texts(max_pieces: int = 24) -> st.SearchStrategy[str]:
    """Text shaped like news: names, cues, contents, quotation marks and paragraph ends in any order."""
    piece = st.sampled_from([*NAMES, *CUES, *CONTENTS, *ENDS]) | texts(6)
    return st.lists(piece, max_size=max_pieces).map(
        lambda pieces: unicodedata.normalize("NFC", " ".join(pieces))
    )


def ids(prefix: str = "id") -> st.SearchStrategy[str]:
    return st.integers(0, 999).map(lambda n: f"{prefix}-{n}")


def spans(text: str) -> st.SearchStrategy[r.Span]:
    """A stretch of `text`, perhaps empty."""
    place = st.integers(0, len(text))
    return st.tuples(place, place).map(lambda ends: r.Span(*sorted(ends)))


def apart(text: str, max_size: int = 4) -> st.SearchStrategy[r.Spans]:
    """Stretches of `text` that do not overlap, in order."""
    places = st.lists(st.integers(0, len(text)), max_size=2 * max_size).map(sorted)
    return places.map(lambda p: tuple(r.Span(s, e) for s, e in zip(p[::2], p[1::2], strict=False)))


def leaves() -> st.SearchStrategy[Any]:
    """What JSON can hold in a field that we do not know."""
    whole = st.integers(-(2**63), 2**64 - 1)
    leaf = st.none() | st.booleans() | whole | st.floats(allow_nan=False, allow_infinity=False) | texts(20)
    return st.recursive(
        leaf,
        lambda part: st.lists(part, max_size=3) | st.dictionaries(texts(8), part, max_size=3),
        max_leaves=5,
    )


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def tuples_of(strategy: st.SearchStrategy[Any], max_size: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=max_size).map(tuple)


def one_of(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


def blocks(text: str) -> st.SearchStrategy[tuple[r.Block, ...]]:
    def kinds(found: r.Spans) -> st.SearchStrategy[tuple[r.Block, ...]]:
        return st.tuples(
            *(st.builds(r.Block, one_of(r.BlockKind), st.just(s), st.integers(0, 3)) for s in found)
        )

    return apart(text).flatmap(kinds)


def credit_records(text: str) -> st.SearchStrategy[r.Credit]:
    return st.builds(
        r.Credit, one_of(r.CreditKind), texts(20), maybe(spans(text)), maybe(texts(20)), texts(10)
    )


@st.composite
def documents(
    draw: st.DrawFn, text: st.SearchStrategy[str] | None = None, id: str | None = None
) -> r.Document:
    body = draw(text if text is not None else texts() | news_texts())
    return r.Document(
        id=id or draw(ids("doc")),
        text=body,
        outlet=draw(maybe(st.sampled_from(NAMES))),
        url=draw(maybe(texts(30))),
        headline=draw(maybe(texts(30))),
        published=draw(maybe(st.datetimes().map(lambda at: at.isoformat() + "Z"))),
        language=draw(st.sampled_from([None, "en", "de"])),
        blocks=draw(blocks(body)),
        credits=draw(tuples_of(credit_records(body), 2)),
        digest=draw(st.binary(max_size=32).map(bytes.hex)),
        place=draw(texts(20)),
        extra=draw(st.dictionaries(texts(8), leaves(), max_size=2)),
    )


def evidence(document: r.Document) -> st.SearchStrategy[r.Evidence]:
    return st.builds(r.Evidence, st.just(document.id), spans(document.text), texts(20))


def problems() -> st.SearchStrategy[r.Problem]:
    return st.builds(r.Problem, texts(10), texts(20), texts(20), maybe(ids("doc")), maybe(texts(20)))


@st.composite
def attributions(draw: st.DrawFn, document: r.Document, max_size: int = 4) -> tuple[r.Attribution, ...]:
    """Attributions of one document; the parent of each, if any, stands before it."""
    found: list[r.Attribution] = []
    for i in range(draw(st.integers(0, max_size))):
        att = r.Attribution(
            id=f"{document.id}-att-{i}",
            document=document.id,
            source=draw(apart(document.text, 2)),
            cue=draw(apart(document.text, 2)),
            content=draw(apart(document.text, 3)),
            type=draw(one_of(r.QuoteType)),
            cue_kind=draw(one_of(r.CueKind)),
            method=draw(one_of(r.Method)),
            parent=draw(st.sampled_from([None, *(earlier.id for earlier in found)])),
            confidence=draw(st.floats(0, 1)),
        )
        found.append(att)
    return tuple(found)


@st.composite
def agents(
    draw: st.DrawFn, found_in: Sequence[r.Document], min_size: int = 1, max_size: int = 5
) -> tuple[r.Agent, ...]:
    """Agents with distinct ids; principals are among them, and never in a circle."""
    found: list[r.Agent] = []
    basis = st.one_of([evidence(document) for document in found_in]) if found_in else st.nothing()
    for i in range(draw(st.integers(min_size, max_size))):
        agent = r.Agent(
            id=f"agent-{i}",
            name=draw(st.sampled_from(NAMES) | texts(12)),
            kind=draw(one_of(r.AgentKind)),
            aliases=draw(tuples_of(texts(8), 2)),
            count=draw(maybe(st.integers(1, 40))),
            principal=draw(st.sampled_from([None, *(earlier.id for earlier in found)])),
            basis=draw(tuples_of(basis, 2)) if found_in else (),
            identified=draw(st.booleans()),
        )
        found.append(agent)
    return tuple(found)


@st.composite
def statements(
    draw: st.DrawFn,
    document: r.Document,
    who: Sequence[str],
    outlet: str,
    atts: Sequence[r.Attribution] = (),
    nr: int = 0,
) -> r.Statement:
    """One statement of `document`: its chain runs over `who` and ends in `outlet`."""
    givers = draw(st.lists(st.sampled_from([*who, r.UNKNOWN]), max_size=3))
    chain = (*givers, outlet)
    links = [maybe(st.sampled_from([att.id for att in atts])) if atts else st.none() for _ in givers]
    holders = tuple(
        r.Holder(
            agent=agent,
            attribution=draw(link),
            stance=draw(one_of(r.Stance)),
            certainty=draw(one_of(r.Certainty)),
            evidence=draw(maybe(spans(document.text))),
        )
        for agent, link in zip(chain, [*links, st.none()], strict=True)
    )
    return r.Statement(
        id=f"{document.id}-stmt-{nr}",
        document=document.id,
        spans=draw(apart(document.text, 2)),
        chain=chain,
        quote_type=draw(one_of(r.QuoteType)) if givers else "none",
        stance=holders[-1].stance,
        certainty=holders[-1].certainty,
        firsthand=draw(st.booleans()) if not givers else False,
        holders=holders,
        sure=draw(st.booleans()),
    )


def mentions(document: r.Document, who: Sequence[str], nr: int) -> st.SearchStrategy[r.Mention]:
    return st.builds(
        r.Mention,
        id=st.just(f"{document.id}-men-{nr}"),
        document=st.just(document.id),
        span=spans(document.text),
        form=one_of(r.MentionForm),
        agent=st.sampled_from([None, *who]),
        reason=texts(10),
        evidence=maybe(spans(document.text)),
    )


@st.composite
def readings(draw: st.DrawFn, document: st.SearchStrategy[r.Document] | None = None) -> r.Reading:
    """One report, read: what its parts say of each other holds."""
    doc = draw(document if document is not None else documents())
    people = draw(agents([doc]))
    who = [agent.id for agent in people]
    atts = draw(attributions(doc))
    said = tuple(
        draw(statements(doc, who, draw(st.sampled_from(who)), atts, nr))
        for nr in range(draw(st.integers(0, 3)))
    )
    return r.Reading(
        document=doc,
        quotations=tuple(
            r.Quotation(s, nr, draw(st.booleans()), draw(st.booleans()))
            for nr, s in enumerate(draw(apart(doc.text)))
        ),
        attributions=atts,
        mentions=tuple(draw(mentions(doc, who, nr)) for nr in range(draw(st.integers(0, 3)))),
        agents=people,
        statements=said,
        problems=draw(tuples_of(problems(), 2)),
        vectors=draw(st.binary(min_size=4 * len(said), max_size=4 * len(said))),
    )


@st.composite
def origins(draw: st.DrawFn, found_in: Sequence[r.Document], who: Sequence[str]) -> r.Origins:
    words = tuples_of(st.one_of([evidence(document) for document in found_in]), 2)
    some = tuples_of(st.sampled_from(who), 3)
    lo = draw(st.integers(0, 4))
    return r.Origins(
        stated=draw(some),
        lo=lo,
        hi=draw(st.integers(max(1, lo), 6)),
        reports=draw(st.integers(1, 9)),
        unsourced=draw(tuples_of(st.sampled_from([document.id for document in found_in]), 2)),
        bottlenecks=draw(some),
        loops=draw(tuples_of(some, 1)),
        edges=draw(tuples_of(st.builds(r.Edge, st.sampled_from(who), st.sampled_from(who), words), 2)),
        merges=draw(
            tuples_of(st.builds(r.Merge, st.sampled_from(who), st.sampled_from(who), texts(10), words), 2)
        ),
    )


@st.composite
def claims(draw: st.DrawFn, found_in: Sequence[r.Document], who: Sequence[str], nr: int) -> r.Claim:
    said = [
        draw(statements(draw(st.sampled_from(found_in)), who, draw(st.sampled_from(who)), (), 10 * nr + i))
        for i in range(draw(st.integers(1, 3)))
    ]
    stances = {stmt.stance for stmt in said} - {"question"}
    return r.Claim(
        id=f"claim-{nr}",
        gist=draw(evidence(draw(st.sampled_from(found_in)))),
        statements=tuple(said),
        origins={stance: draw(origins(found_in, who)) for stance in sorted(stances)},
        hedges=draw(tuples_of(hedge_losses(said, found_in, who), 2)),
    )


def hedge_losses(
    said: Sequence[r.Statement], found_in: Sequence[r.Document], who: Sequence[str]
) -> st.SearchStrategy[r.HedgeLoss]:
    ids = st.sampled_from([stmt.id for stmt in said])
    shown = st.sampled_from(found_in).flatmap(evidence)
    sure = one_of(r.Certainty)
    sides = st.tuples(shown, shown)
    return st.builds(r.HedgeLoss, st.sampled_from(who), ids, ids, sure, sure, texts(20), sides)


@st.composite
def derivations(draw: st.DrawFn, found_in: Sequence[r.Document]) -> r.Derivation:
    child, parent = draw(st.sampled_from(found_in)), draw(st.sampled_from(found_in))
    return r.Derivation(
        child=child.id,
        parent=parent.id,
        kind=draw(one_of(r.DerivationKind)),
        stated=draw(st.booleans()),
        evidence=draw(tuples_of(evidence(child) | evidence(parent), 2)),
        why=draw(texts(20)),
        directed=draw(st.booleans()),
    )


@st.composite
def passages(draw: st.DrawFn, found_in: Sequence[r.Document]) -> r.Passage:
    pair = [draw(st.sampled_from(found_in)), draw(st.sampled_from(found_in))]
    a, b = sorted(pair, key=lambda document: document.id)
    words = draw(st.integers(1, 99))
    return r.Passage(a.id, draw(spans(a.text)), b.id, draw(spans(b.text)), words, draw(one_of(r.PassageKind)))


@st.composite
def quotings(draw: st.DrawFn, found_in: Sequence[r.Document], who: Sequence[str]) -> r.Quoting:
    one, other = draw(st.sampled_from(found_in)), draw(st.sampled_from(found_in))
    speaker = maybe(st.sampled_from(who)) if who else st.none()
    changes = tuples_of(st.builds(r.Change, spans(other.text), spans(one.text)), 2)
    return r.Quoting(
        one.id,
        draw(spans(one.text)),
        other.id,
        draw(spans(other.text)),
        draw(one_of(r.QuotingKind)),
        draw(speaker),
        draw(speaker),
        draw(changes),
    )


def anchors(found_in: Sequence[r.Document]) -> st.SearchStrategy[r.Anchor]:
    ids_ = st.sampled_from([document.id for document in found_in])
    return st.builds(r.Anchor, ids_, texts(20), st.integers(0, 200), maybe(texts(20)))


def judgements(found_in: Sequence[r.Document]) -> st.SearchStrategy[r.Judgement]:
    sides = tuples_of(anchors(found_in), 2)
    return st.builds(
        r.Judgement,
        ids("jdg"),
        one_of(r.JudgementKind),
        texts(10),
        texts(10),
        texts(20),
        sides,
        sides,
        maybe(ids("jdg")),
    )


@st.composite
def traces(draw: st.DrawFn, max_documents: int = 3) -> r.Trace:
    """One story, traced, in which every id names something and every span lies in its text."""
    docs = [draw(documents(id=f"doc-{nr}")) for nr in range(draw(st.integers(1, max_documents)))]
    people = draw(agents(docs))
    who = [agent.id for agent in people]
    made = [draw(claims(docs, who, nr)) for nr in range(draw(st.integers(0, 2)))]
    named = st.sampled_from([claim.id for claim in made]) if made else st.nothing()
    words = tuples_of(st.one_of([evidence(document) for document in docs]), 2)
    conflicts = st.builds(r.Conflict, st.tuples(named, named), one_of(r.ConflictKind), texts(20), words)
    return r.Trace(
        story=draw(ids("story")),
        documents=tuple(docs),
        agents=people,
        claims=tuple(made),
        derivations=draw(tuples_of(derivations(docs), 2)),
        undirected=draw(tuples_of(derivations(docs), 1)),
        conflicts=draw(tuples_of(conflicts, 2)) if made else (),
        attributions=tuple(att for document in docs for att in draw(attributions(document, 2))),
        passages=draw(tuples_of(passages(docs), 2)),
        problems=draw(tuples_of(problems(), 1)),
        judgements=draw(tuples_of(judgements(docs), 2)),
        quotings=draw(tuples_of(quotings(docs, who), 2)),
    )
