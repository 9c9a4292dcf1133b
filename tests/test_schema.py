from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

from ondit.errors import InputError
from ondit.records import (
    Agent,
    Block,
    Claim,
    Conflict,
    Document,
    Evidence,
    Holder,
    Passage,
    Reading,
    Span,
    Statement,
    Trace,
)
from ondit.schema import (
    SCHEMA_VERSION,
    arrow_schema,
    dumps_reading,
    dumps_trace,
    faults,
    from_arrow,
    json_schema,
    loads_reading,
    loads_trace,
    to_arrow,
)
from strategies import readings, traces

REPORT = Document("r1", "Four died, the mayor said.", outlet="The Tide", digest="ab" * 32)
SAID = Statement(
    "s1", "r1", (Span(0, 9),), ("mayor", "tide"), "indirect", holders=(Holder("mayor"), Holder("tide"))
)
SMALL = Trace(
    "story-1",
    (REPORT,),
    agents=(Agent("mayor", "the mayor", "person"), Agent("tide", "The Tide", "outlet")),
    claims=(Claim("c1", Evidence("r1", Span(0, 9), "the clearest"), (SAID,)),),
)


def altered(**changes: object) -> bytes:
    """The JSON of SMALL with some top-level fields changed, or taken out (None)."""
    body = json.loads(dumps_trace(SMALL)) | changes
    return json.dumps({key: value for key, value in body.items() if value is not None}).encode()


@settings(max_examples=15)
@given(traces())
def test_a_trace_comes_back_from_json_as_it_was(trace: Trace) -> None:
    assert loads_trace(dumps_trace(trace)) == trace


@settings(max_examples=15)
@given(traces())
def test_every_trace_satisfies_the_published_schema(trace: Trace) -> None:
    jsonschema.Draft202012Validator(json_schema()).validate(json.loads(dumps_trace(trace)))


@settings(max_examples=15)
@given(readings())
def test_a_reading_comes_back_from_json_as_it_was(reading: Reading) -> None:
    assert loads_reading(dumps_reading(reading)) == reading


@settings(max_examples=15)
@given(readings(), readings())
def test_readings_come_back_from_arrow_as_they_were(one: Reading, two: Reading) -> None:
    assert from_arrow(to_arrow([one, two], Reading), Reading) == (one, two)


@settings(max_examples=15)
@given(traces())
def test_a_trace_comes_back_from_arrow_as_it_was(trace: Trace) -> None:
    assert from_arrow(to_arrow([trace], Trace), Trace) == (trace,)


@settings(max_examples=15)
@given(traces())
def test_drawn_traces_contradict_nothing(trace: Trace) -> None:
    assert list(faults(trace)) == []


def test_the_published_schema_is_the_one_of_the_records(root: Path) -> None:
    published = (root / "docs/reference/trace.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == json_schema(), "run: make schema"


def test_the_schema_is_itself_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_the_schema_refuses_unknown_fields() -> None:
    body = json.loads(altered(credibility=0.9))
    assert not jsonschema.Draft202012Validator(json_schema()).is_valid(body)


def test_the_json_names_tool_version_and_inputs() -> None:
    body = json.loads(dumps_trace(SMALL))
    assert body["schema_version"] == SCHEMA_VERSION
    assert body["tool"]["name"] == "ondit"
    assert body["inputs"] == {"r1": "ab" * 32}


def test_spans_are_pairs_of_numbers() -> None:
    body = json.loads(dumps_trace(SMALL))
    assert body["claims"][0]["statements"][0]["spans"] == [[0, 9]]


def test_each_record_has_a_line_of_its_own() -> None:
    lines = dumps_trace(SMALL).decode().splitlines()
    assert next(line for line in lines if '"name":"the mayor"' in line).startswith('{"id":"mayor"')


def test_lone_surrogates_are_replaced_one_for_one_so_that_offsets_hold() -> None:
    odd = Trace(
        "s",
        (Document("r1", "a\ud800b", blocks=(Block("paragraph", Span(0, 3)),), extra={"\udc00": ["\udfff"]}),),
    )
    document = loads_trace(dumps_trace(odd)).documents[0]
    assert document.text == "a\ufffdb"
    assert document.extra == {"\ufffd": ["\ufffd"]}
    assert from_arrow(to_arrow([odd], Trace), Trace)[0].documents[0] == document


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "Not JSON"),
        (b"{", "Not JSON"),
        (b"\xff\xfe", "Not JSON"),
        (b"[" * 100_000, "Not JSON"),
        (b"[]", "one JSON object is expected"),
        (b"{}", "no schema_version"),
        (altered(schema_version="1"), "no schema_version"),
        (altered(schema_version=SCHEMA_VERSION + 1), "written by a later Ondit"),
        (altered(story=None), "missing required field `story`"),
        (altered(claims=3), r"Expected `array`, got `int` - at `\$.claims`"),
        (altered(credibility=0.9), r"unknown field \$.credibility"),
        (altered(inputs={}), "inputs and the digests of the documents differ"),
        (altered(agents=[]), "the chain of s1 names the agent 'mayor'"),
    ],
)
def test_a_malformed_trace_is_refused_with_the_reason(raw: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        loads_trace(raw)


def test_an_unknown_field_deep_inside_is_named_by_its_path() -> None:
    body = json.loads(dumps_trace(SMALL))
    body["claims"][0]["statements"][0]["holders"][1]["mood"] = "dark"
    with pytest.raises(InputError, match=re.escape("$.claims[0].statements[0].holders[1].mood")):
        loads_trace(json.dumps(body))


@pytest.mark.parametrize(
    ("trace", "fault"),
    [
        (replace(SMALL, documents=()), "s1 names the document 'r1'"),
        (replace(SMALL, documents=(replace(REPORT, text="Four"),)), "s1 lies at 0..9, but 'r1' ends at 4"),
        (replace(SMALL, agents=SMALL.agents[:1]), "names the agent 'tide'"),
        (
            replace(SMALL, passages=(Passage("r1", Span(5, 2), "r1", Span(0, 1), 1, "prose"),)),
            "a passage lies at 5..2",
        ),
        (replace(SMALL, conflicts=(Conflict(("c1", "c2"), "number", "4, 6"),)), "names the claim 'c2'"),
    ],
)
def test_faults_finds_what_contradicts_itself(trace: Trace, fault: str) -> None:
    assert any(fault in found for found in faults(trace))


def test_a_stored_reading_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="Not a stored reading"):
        loads_reading(b'{"document": 3}')


def test_a_table_of_other_columns_is_refused() -> None:
    with pytest.raises(InputError, match="Not a table of Trace records"):
        from_arrow(to_arrow([], Reading), Trace)


def test_arrow_keeps_the_columns_of_an_empty_table() -> None:
    assert to_arrow([], Reading).schema.names == arrow_schema(Reading).names
