"""The flat tables: keys are keys, references lead somewhere, words stand where they are said to stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings

import strategies
from exportfakes import STORY, TEXT
from ondit.records import Trace
from ondit.telling.exports.tables import GAP, TABLES, Table, flat, storable


def rows(trace: Trace) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    for table, found in flat([trace]):
        yield table, [dict(zip(table.columns, row, strict=True)) for row in found]


def of(name: str, trace: Trace = STORY) -> list[dict[str, Any]]:
    return next(found for table, found in rows(trace) if table.name == name)


@given(strategies.traces())
@settings(max_examples=12)
def test_keys_references_and_words_hold(trace: Trace) -> None:
    every = {table.name: found for table, found in rows(trace)}
    for table in TABLES:
        rows_fit(table, every[table.name])
        references_hold(table, every)
    for name in ("claims", "pieces", "roles", "evidence"):
        words_stand_there(every, name)


def rows_fit(table: Table, found: list[dict[str, Any]]) -> None:
    keys = [tuple(row[name] for name in table.key) for row in found]
    assert len(keys) == len(set(keys))
    for row in found:
        for name, (kind, empty) in table.columns.items():
            assert (row[name] is None and empty) or type(row[name]) is kind


def references_hold(table: Table, every: dict[str, list[dict[str, Any]]]) -> None:
    for columns, other in table.refers.items():
        keys = next(to.key for to in TABLES if to.name == other)
        known = {tuple(row[name] for name in keys) for row in every[other]}
        wanted = {(row["story"], *(row[name] for name in columns)) for row in every[table.name]}
        assert {key for key in wanted if None not in key} <= known


def words_stand_there(every: dict[str, list[dict[str, Any]]], name: str) -> None:
    texts = {row["id"]: row["text"] for row in every["reports"]}
    said = {row["id"]: row["report"] for kind in ("attributions", "statements") for row in every[kind]}
    for row in every[name]:
        report = row.get("report") or said[row.get("attribution") or row["statement"]]
        assert row.get("words", row.get("gist")) == texts[report][row["start"] : row["end"]]


def test_tables_stand_after_those_that_they_refer_to() -> None:
    names = [table.name for table in TABLES]
    for table in TABLES:
        for other in set(table.refers.values()) - {table.name}:
            assert names.index(other) < names.index(table.name)


def test_a_statement_has_its_chain_in_words_and_its_links_one_by_one() -> None:
    second = next(row for row in of("statements") if row["id"] == "s2")
    assert second["chain"] == "six officials (possible) -> NBC-9 (certain) -> The Tide"
    links = [(row["nr"], row["name"], row["certainty"]) for row in of("links") if row["statement"] == "s2"]
    assert links == [(0, "six officials", "possible"), (1, "NBC-9", "certain"), (2, "The Tide", "certain")]


def test_nobody_named_is_an_agent_of_the_tables() -> None:
    assert of("agents")[-1] | {"story": ""} == {
        "story": "",
        "id": "unknown",
        "name": "nobody named",
        "kind": "unknown",
        "head_count": None,
        "principal": None,
        "identified": False,
    }


def test_a_count_stands_in_numbers_and_in_words() -> None:
    found = [(row["stance"], row["reports"], row["lo"], row["hi"], row["in_words"]) for row in of("counts")]
    assert found == [
        ("affirm", 3, 1, 2, "3 reports, 1 to 2 origins"),
        ("deny", 1, 1, 1, "1 report, 1 origin"),
    ]


def test_roles_of_an_attribution_are_there_in_words_and_in_pieces() -> None:
    first = of("attributions")[0]
    assert (first["source"], first["cue"], first["content"]) == ("Six officials", "said", TEXT[19:44])
    assert [row["role"] for row in of("roles") if row["attribution"] == "att-1"] == [
        "source",
        "cue",
        "content",
    ]


def test_pieces_are_joined_by_a_gap() -> None:
    assert GAP.join(["a", "b"]) == "a … b"


def test_what_no_database_holds_is_replaced_one_for_one() -> None:
    assert storable("a\0\ud800b") == "a\ufffd\ufffdb"
