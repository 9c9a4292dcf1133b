"""Names of places are safe in attributes and addresses, and the same in every run."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

import hostile
import strategies
from ondit.records import Document, Span, Trace
from ondit.telling.places import Places
from tellingfakes import BURNED, TRACE

SAFE = re.compile(r"[A-Za-z0-9_:+-]+")


def test_plain_ids_stay_readable() -> None:
    places = Places.of(TRACE)
    assert places.reports["r1"] == "doc-r1"
    assert places.claims["claim-fire"] == "clm-claim-fire"
    assert places.spans("r1", (BURNED, Span(40, 44))) == "doc-r1:23-35+40-44"


def test_ids_with_their_prefix_are_names_already() -> None:
    trace = Trace("s", (Document("doc-147e84e0bad4", ""),))
    assert Places.of(trace).reports["doc-147e84e0bad4"] == "doc-147e84e0bad4"


@given(st.sampled_from(hostile.STRINGS) | st.text())
def test_whatever_an_id_holds_its_name_is_safe(ident: str) -> None:
    trace = Trace("s", (Document(ident, "six"),))
    name = Places.of(trace).spans(ident, (Span(0, 3),))
    assert SAFE.fullmatch(name)
    assert name.startswith("doc-")


@settings(max_examples=8)
@given(strategies.traces())
def test_every_statement_has_a_place(trace: Trace) -> None:
    places = Places.of(trace)
    spans = places.all_spans(trace, trace.derivations)
    for claim in trace.claims:
        for stmt in claim.statements:
            if stmt.spans:
                assert spans[stmt.document][places.spans(stmt.document, stmt.spans)] == stmt.spans
