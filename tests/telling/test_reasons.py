"""Reasons and changes in words: every vertex, edge and doubt with its quote."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import given, settings
from rich.cells import cell_len

import strategies
from ondit.records import Agent, Claim, Derivation, Document, Evidence, Span, Statement, Trace
from ondit.telling.reasons import tell_change, tell_reasons
from ondit.telling.tree import plain, shown
from ondit.tracing.explain import explain_in
from ondit.tracing.origins import recount

TEXT = "Six officials said the depot burned."
BURNED = Span(23, 35)
DOCUMENTS = tuple(Document(f"r{i}", TEXT, outlet=f"Outlet {i}") for i in (1, 2, 3, 4))
AGENTS = (
    Agent("six", "six officials", "anonymous_group", count=6),
    *(Agent(f"o{i}", f"Outlet {i}", "outlet") for i in (1, 2, 3, 4)),
)
STATEMENTS = (
    Statement("s1", "r1", (BURNED,), ("six", "o1")),
    Statement("s2", "r2", (BURNED,), ("six", "o1", "o2")),
    Statement("s3", "r3", (BURNED,), ("o3",)),
    Statement("s4", "r4", (BURNED,), ("o4",)),
)
CLAIM = Claim("claim-1", Evidence("r1", BURNED, ""), STATEMENTS)
SHARED = Derivation("r3", "r4", "copy", False, (Evidence("r3", BURNED, ""),), "shared prose", directed=False)
TRACE = Trace("s", DOCUMENTS, AGENTS, (CLAIM,), undirected=(SHARED,))


def test_reasons_name_every_part_of_the_count_with_its_words() -> None:
    out = plain(tell_reasons(shown(TRACE), CLAIM, [explain_in(TRACE, "claim-1")]), 120)
    for line in (
        "4 reports, 1 to 3 origins",
        "six officials (anonymous group of 6): stated origin",
        "Outlet 1 has it from six officials",
        "Outlet 2 has it from Outlet 1",
        "1 chain from an origin to a report",
        "Outlet 3 [r3]: lineage not recorded; it may be an origin of its own, so it counts at most",
        "“depot burned” [r2]",
    ):
        assert line in out, out


def test_what_a_report_also_says_in_its_own_voice_stands_under_its_name() -> None:
    own = Statement("s5", "r1", (Span(0, 35),), ("o0",))
    nameless = (Document("r1", TEXT), *DOCUMENTS[1:])
    claim = replace(CLAIM, statements=(*STATEMENTS, own))
    trace = replace(TRACE, documents=nameless, claims=(claim,))
    out = plain(tell_reasons(shown(trace), claim, [explain_in(trace, "claim-1")]), 120)
    assert "own voice as well, and accounted for\n└── [r1]\n    └── “Six officials" in out
    assert not [line for line in out.splitlines() if line.endswith("──")]


def test_a_change_shows_both_counts_and_what_is_left() -> None:
    before, after = recount(TRACE, "claim-1"), recount(TRACE, "claim-1", without=["six"])
    out = plain(tell_change(shown(TRACE), CLAIM, [("affirm", before, after)], "without six officials"), 100)
    assert "as reported: 4 reports, 1 to 3 origins" in out
    assert "without six officials: 2 reports, lineage not recorded, at most 2 origins" in out
    assert "no origin any more: six officials (anonymous group of 6)" in out


@settings(max_examples=12)
@given(strategies.traces())
def test_any_claim_is_explained_within_the_width(trace: Trace) -> None:
    for claim in trace.claims:
        found = [explain_in(trace, claim.id, stance) for stance in ("affirm", "deny")]
        out = plain(tell_reasons(shown(trace), claim, found), 80)
        assert max(map(cell_len, out.split("\n"))) <= 80
        assert not [c for c in out if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"]
