"""Two real reports of one event, kept outside the repository: run where `ONDIT_SHARED` names their folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ondit.intake import take
from ondit.pipeline import trace_all
from ondit.records import Document, Statement, Trace

SHARED = os.environ.get("ONDIT_SHARED", "")
SEEDS = Path(SHARED) / "seeds" / "russia-north-korea-pact" / "reports"
TECHNOLOGY = ("submarine", "in exchange for")

pytestmark = pytest.mark.skipif(not SHARED, reason="ONDIT_SHARED does not name the folder of shared data")


@pytest.fixture(scope="module")
def seeds() -> Trace:
    found = []
    for name, outlet in (("d1", "Aggregator"), ("d2", "Blog")):
        (document,) = (d for d in take((SEEDS / f"{name}.txt").read_bytes()) if isinstance(d, Document))
        found.append(Document(name, document.text, outlet))
    return trace_all(found)


def words(found: Trace, stmt: Statement) -> str:
    (text,) = (d.text for d in found.documents if d.id == stmt.document)
    return " ".join(text[s.start : s.end] for s in stmt.spans)


def technology(found: Trace) -> Statement:
    statements = (stmt for claim in found.claims for stmt in claim.statements)
    (stmt,) = (stmt for stmt in statements if all(w in words(found, stmt) for w in TECHNOLOGY))
    return stmt


def test_chain_runs_from_the_officials_through_both_outlets_to_the_blog(seeds: Trace) -> None:
    names = {a.id: a.name.removeprefix("The ") for a in seeds.agents}
    chain = [names[a] for a in technology(seeds).chain]
    assert chain == ["US intelligence officials", "NBC News", "Guardian", "Blog"]


def test_technology_has_one_stated_origin(seeds: Trace) -> None:
    said = technology(seeds)
    (claim,) = (claim for claim in seeds.claims if said.id in {stmt.id for stmt in claim.statements})
    found = claim.origins["affirm"]
    assert (len(found.stated), found.lo, found.hi) == (1, 1, 1)
    assert claim.gist.span in said.spans


def test_shared_quotation_is_no_derivation(seeds: Trace) -> None:
    assert [(d.child, d.parent) for d in (*seeds.derivations, *seeds.undirected)] == []
