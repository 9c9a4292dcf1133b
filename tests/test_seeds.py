"""Two real reports of one event, kept outside the repository: run where `ONDIT_SHARED` names their folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ondit.intake import take
from ondit.pipeline import read, trace_all
from ondit.reading.levels import READ
from ondit.reading.linking import Cast
from ondit.records import Document, Reading, Span, Statement, Trace

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


# ---------------------------------------------------------------- who is meant


@pytest.fixture(scope="module")
def readings(seeds: Trace) -> dict[str, Reading]:
    return {document.id: read(document) for document in seeds.documents}


def meant(reading: Reading, quote: str) -> str | None:
    """The name of the agent behind the source that stands in `quote`; it is resolved alone if it says nothing
    in the report."""
    text = reading.document.text
    start = text.index(quote)
    names = {agent.id: agent.name for agent in reading.agents}
    found = [m for m in reading.mentions if start <= m.span.start < start + len(quote)]
    if found:
        return names.get(found[0].agent or "")
    stretches = [block.span for block in reading.document.blocks if block.kind in READ]
    figure = Cast(reading.document, stretches).source(Span(start, start + len(quote)))
    return figure.name if figure else None


@pytest.mark.parametrize(
    ("report", "quote", "name"),
    [
        ("d1", "the Russian despot", "Vladimir Putin"),
        ("d1", "Mad Vlad", "Vladimir Putin"),
        ("d1", "the 71-year-old Kremlin chief", "Vladimir Putin"),
        ("d1", "the North Korea dictator", "Kim Jong-un"),
        ("d1", "an expert", "Erik Bucy"),
        ("d1", "He also expressed", "Kim Jong-un"),
        ("d1", "he said.\n\nKim Jong-un made", "Kim Jong-un"),
        ("d1", "He added: “This cringe", "Erik Bucy"),
        ("d2", "the US news network", "NBC News"),
        ("d2", "He added that Russia", "Vladimir Putin"),
    ],
)
def test_epithets_roles_and_pronouns(
    readings: dict[str, Reading], report: str, quote: str, name: str
) -> None:
    assert meant(readings[report], quote) == name


def test_agencies_of_photographs_are_no_agents(seeds: Trace) -> None:
    assert {agent.name for agent in seeds.agents} & {"Reuters", "AFP", "Getty", "Katie Davis"} == set()


def test_state_news_agency_speaks_for_its_state(seeds: Trace) -> None:
    names = {agent.id: agent.name for agent in seeds.agents}
    assert [names[a.principal or ""] for a in seeds.agents if a.name == "Tass"] == ["Russia"]
