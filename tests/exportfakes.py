"""A small story for the exports: one origin behind three reports, a hedge lost, a denial, a revision."""

from __future__ import annotations

from ondit.records import (
    Agent,
    Attribution,
    Claim,
    Conflict,
    Credit,
    Derivation,
    Document,
    Edge,
    Evidence,
    Holder,
    Merge,
    Origins,
    Passage,
    Problem,
    Span,
    Statement,
    Trace,
)

TEXT = "Six officials said the depot may have burned. It did not burn, Ada Quill said."
SIX, SAID, BURNED = Span(0, 13), Span(14, 18), Span(19, 44)
NOT, QUILL = Span(46, 61), Span(63, 72)
LATER = "The depot burned, NBC-9 reports."

DOCUMENTS = (
    Document(
        "r1",
        TEXT,
        outlet="NBC-9",
        url="https://nbc9.example/depot?id=1",
        headline="Depot burned, officials say",
        published="2031-02-01T06:00:00Z",
        language="en",
        credits=(Credit("byline", "Ada Vint"), Credit("dateline", "Keld")),
        digest="ab" * 32,
        place="reports.jsonl:1",
    ),
    Document("r2", LATER, outlet="The Tide", headline="Depot burned", published="2031-02-02"),
    Document("r3", LATER + " Corrected.", outlet="The Tide", headline="Depot burned (corrected)"),
)
AGENTS = (
    Agent("six", "six officials", "anonymous_group", count=6, basis=(Evidence("r1", SIX, "counted"),)),
    Agent("nbc", "NBC-9", "outlet", aliases=("the network",)),
    Agent("tide", "The Tide", "outlet"),
    Agent("quill", "Ada Quill", "person", principal="city"),
    Agent("city", "City of Velmar", "organisation"),
)
TOLD = Attribution("att-1", "r1", (SIX,), (SAID,), (BURNED,), "indirect")
PASSED_ON = Attribution("att-2", "r2", (Span(18, 23),), (Span(24, 31),), (Span(0, 16),), "indirect")
DENIED = Attribution("att-3", "r1", (QUILL,), (Span(73, 77),), (NOT,), "direct")


def _said(ident: str, document: str, span: Span, *holders: Holder, **more: object) -> Statement:
    chain = tuple(holder.agent for holder in holders)
    return Statement(ident, document, (span,), chain, holders=holders, **more)  # type: ignore[arg-type]


FIRE = Claim(
    "claim-fire",
    Evidence("r1", BURNED, "gist"),
    (
        _said(
            "s1",
            "r1",
            BURNED,
            Holder("six", "att-1", certainty="possible", evidence=SAID),
            Holder("nbc", certainty="possible"),
            certainty="possible",
            quote_type="indirect",
        ),
        _said(
            "s2",
            "r2",
            Span(0, 16),
            Holder("six", certainty="possible"),
            Holder("nbc", "att-2"),
            Holder("tide"),
            quote_type="direct",
        ),
        _said("s3", "r3", Span(0, 16), Holder("tide")),
        _said("s4", "r1", NOT, Holder("quill", "att-3", "deny"), Holder("nbc", stance="deny"), stance="deny"),
    ),
    {
        "affirm": Origins(
            ("six",), 1, 2, 3, unsourced=("r3",), bottlenecks=("nbc",),
            edges=(Edge("nbc", "six", (Evidence("r1", SAID, "says so"),)), Edge("tide", "nbc")),
        ),
        "deny": Origins(("city",), 1, 1, 1, merges=(Merge("quill", "city", "speaks for"),)),
    },
)  # fmt: skip
COUNT = Claim("claim-count", Evidence("r1", SIX, "gist"), (_said("s5", "r1", SIX, Holder("nbc")),))

STORY = Trace(
    "velmar",
    DOCUMENTS,
    AGENTS,
    (COUNT, FIRE),
    derivations=(
        Derivation("r2", "r1", "block quotation", True, (Evidence("r2", Span(0, 16), "x"),), "shared prose"),
        Derivation("r3", "r2", "rewrite", False, (Evidence("r3", Span(0, 16), "x"),), "shared prose"),
    ),
    conflicts=(Conflict(("claim-fire", "claim-count"), "number", "differs on: number 6 against 8"),),
    attributions=(TOLD, PASSED_ON, DENIED),
    passages=(Passage("r2", Span(0, 31), "r3", Span(0, 31), 5, "prose"),),
    problems=(Problem("odd", "reports.jsonl:4", "no text"),),
)
