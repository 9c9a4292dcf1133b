"""The whole road: documents in, one trace out."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.intake import load, take
from ondit.pipeline import read, trace, trace_all
from ondit.records import UNKNOWN, Attribution, Document, Problem, Span, Trace
from processes import printed
from strategies import documents, news_texts, texts

BRIDGE = "Ada Quill told the Tide that the old bridge over the Merrow had been closed."


def tide() -> Document:
    return Document("r1", f"Bridge closed\n\n{BRIDGE}", "The Tide", published="2031-05-01T08:00:00Z")


def echo() -> Document:
    text = "Bridge shut\n\nThe old bridge over the Merrow had been closed, Ada Quill told the Tide."
    return Document("r2", text, "The Echo", published="2031-05-01T09:00:00Z")


def check(found: Trace) -> None:
    """What every trace promises: ids that name something, spans inside the texts, counts that fit."""
    texts_ = {d.id: d.text for d in found.documents}
    agents = {a.id for a in found.agents}
    statements = [stmt for claim in found.claims for stmt in claim.statements]
    assert len({stmt.id for stmt in statements}) == len(statements)
    for stmt in statements:
        assert set(stmt.chain) <= agents | {UNKNOWN}
        assert all(0 <= s.start < s.end <= len(texts_[stmt.document]) for s in stmt.spans)
    for claim in found.claims:
        assert claim.gist.document in texts_
        for origins in claim.origins.values():
            assert 0 <= origins.lo <= origins.hi
    for drv in (*found.derivations, *found.undirected):
        assert {drv.child, drv.parent} <= set(texts_)
        assert drv.child != drv.parent
        assert all(0 <= e.span.start <= e.span.end <= len(texts_[e.document]) for e in drv.evidence)
    assert all({*conflict.claims} <= {claim.id for claim in found.claims} for conflict in found.conflicts)


# --------------------------------------------------------------------- read


def test_document_without_blocks_is_laid_out_and_read() -> None:
    found = read(tide())
    assert [b.kind for b in found.document.blocks] == ["headline", "paragraph"]
    assert found.statements


def test_every_statement_has_a_vector() -> None:
    found = read(tide())
    assert len(found.vectors) > 0
    assert len(found.vectors) % len(found.statements) == 0


def test_attributions_made_elsewhere_replace_our_own() -> None:
    start = tide().text.index("the old bridge")
    handed = Attribution("a1", "r1", (Span(15, 24),), (), (Span(start, start + 14),), "indirect")
    assert {a.method for a in read(tide(), [handed]).attributions} & {"given", "tagger"} == {"given"}


@pytest.mark.parametrize("text", ["", " \n ", "…"])
def test_document_without_words_states_nothing(text: str) -> None:
    assert read(Document("r1", text, "The Tide")).statements == ()


# -------------------------------------------------------------------- trace


def test_two_reports_of_one_saying_have_one_origin() -> None:
    found = trace_all([tide(), echo()])
    (claim,) = (c for c in found.claims if any(len(stmt.chain) > 1 for stmt in c.statements))
    names = {a.id: a.name for a in found.agents}
    origins = claim.origins["affirm"]
    assert {stmt.document for stmt in claim.statements if len(stmt.chain) > 1} == {"r1", "r2"}
    assert ([names[a] for a in origins.stated], origins.lo, origins.reports) == (["Ada Quill"], 1, 2)


def test_report_that_names_another_of_the_story_derives_from_it() -> None:
    found = trace_all([echo(), tide()])
    assert [(drv.child, drv.parent, drv.stated) for drv in found.derivations] == [("r2", "r1", True)]


def test_reports_come_in_the_order_of_publication() -> None:
    assert [d.id for d in trace_all([echo(), tide()]).documents] == ["r1", "r2"]


def test_order_in_which_reports_are_given_changes_nothing(stories: Path) -> None:
    files = sorted((stories / "summit-pact" / "reports").glob("*.txt"))[:4]
    readings = [read(d) for file in files for d in take(file.read_bytes()) if isinstance(d, Document)]
    expected = trace(readings)
    check(expected)
    random.Random(7).shuffle(readings)
    assert trace(readings) == expected


def test_nothing_gives_an_empty_trace() -> None:
    found = trace_all([])
    assert (found.documents, found.claims, found.agents) == ((), (), ())


def test_story_has_the_name_that_it_is_given_or_one_by_its_reports() -> None:
    assert trace_all([tide()], "bridge").story == "bridge"
    assert trace_all([tide()]).story == trace_all([tide()]).story != trace_all([echo()]).story


def test_problems_of_the_data_are_kept() -> None:
    problem = Problem("binary", "photo.jpg", "this is not text")
    found = trace_all([tide(), problem])
    assert (found.problems, len(found.documents)) == ((problem,), 1)


# ---------------------------------------------------------------- contracts


@given(st.binary(max_size=300) | (news_texts() | texts()).map(str.encode))
@settings(max_examples=25)
def test_any_bytes_give_a_trace(raw: bytes) -> None:
    check(trace_all(take(raw)))


@given(st.lists(documents(), max_size=2, unique_by=lambda document: document.id))
@settings(max_examples=25)
def test_any_documents_give_a_trace(found: list[Document]) -> None:
    check(trace_all(found))


def test_many_claims_are_traced_in_bounded_time() -> None:
    lines = [
        f"The {word} of shed {nr} had been closed by the port."
        for nr, word in enumerate(["gate", "crane"] * 20)
    ]
    found = [read(Document(f"r{nr}", "\n".join(lines), f"Outlet {nr}"), []) for nr in range(10)]
    start = time.process_time()
    check(trace(found))
    assert time.process_time() - start < 10


def test_another_process_gives_the_same_trace(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(tide().text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(echo().text, encoding="utf-8")
    code = (
        "import sys; from ondit.intake import load; from ondit.pipeline import trace_all;"
        "print(repr(trace_all(load(sys.argv[1:]))))"
    )
    assert printed(code, str(tmp_path), seed=3) == repr(trace_all(load([tmp_path])))
