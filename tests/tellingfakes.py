"""A small story for everything that tells: three reports of one fire, said, denied, asked and differed on."""

from __future__ import annotations

from ondit.records import (
    Agent,
    Claim,
    Conflict,
    Derivation,
    Document,
    Evidence,
    Holder,
    Merge,
    Origins,
    Span,
    Statement,
    Trace,
)

TEXT = "Six officials said the depot burned. It did not burn, the mayor said."
BURNED, NOT = Span(23, 35), Span(37, 52)
DOCUMENTS = (
    Document("r2", TEXT, outlet="The Tide", headline="Depot burned", published="2031-02-02"),
    Document("r1", TEXT, outlet="NBC-9", headline="Depot burned, officials say", published="2031-02-01"),
    Document("r3", TEXT, outlet="Blog"),
)
AGENTS = (
    Agent("six", "six officials", "anonymous_group", count=6),
    Agent("nbc", "NBC-9", "outlet"),
    Agent("tide", "The Tide", "outlet"),
    Agent("blog", "Blog", "outlet"),
    Agent("mayor", "Ada Quill", "person", principal="city"),
    Agent("city", "City of Velmar", "organisation"),
)


def said(document: str, span: Span, *chain: str, **more: object) -> Statement:
    return Statement(f"{document}-{span.start}-{chain[0]}", document, (span,), chain, **more)  # type: ignore[arg-type]


HEDGED = (Holder("six", certainty="possible"), Holder("nbc", certainty="possible"))
FIRE = Claim(
    "claim-fire",
    Evidence("r1", BURNED, "gist"),
    (
        said("r1", BURNED, "six", "nbc", certainty="possible", holders=HEDGED),
        said("r2", BURNED, "six", "nbc", "tide"),
        said("r2", BURNED, "tide"),
        said("r3", BURNED, "blog"),
        said("r2", NOT, "mayor", "tide", stance="deny"),
        said("r3", BURNED, "unknown", "blog", stance="question"),
    ),
    {
        "affirm": Origins(("six",), 1, 2, 3, unsourced=("r3",), bottlenecks=("nbc",)),
        "deny": Origins(("city",), 1, 1, 1, merges=(Merge("mayor", "city", "speaks for"),)),
    },
)
ALONE = Claim(
    "claim-alone",
    Evidence("r3", NOT, "gist"),
    (said("r3", NOT, "blog"),),
    {"affirm": Origins((), 0, 1, 1, unsourced=("r3",))},
)
TRACE = Trace(
    "velmar",
    DOCUMENTS,
    AGENTS,
    (ALONE, FIRE),
    derivations=(Derivation("r2", "r1", "rewrite", True, (Evidence("r2", BURNED, "x"),), "shared prose"),),
    undirected=(Derivation("r2", "r3", "copy", False, (), "shared prose", directed=False),),
    conflicts=(Conflict(("claim-fire", "claim-alone"), "number", "6 against 8"),),
)
