"""The database answers what an analyst would ask, and hostile words are only words in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

import strategies
from exportfakes import STORY
from ondit.casefile import Case
from ondit.errors import CaseError
from ondit.records import Trace
from ondit.telling.exports.sqlite import export


def opened(trace: Trace) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.deserialize(export([trace])["ondit.sqlite"])
    return database


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    found = opened(STORY)
    yield found
    found.close()


@given(strategies.traces())
@settings(max_examples=8)
def test_the_database_is_whole_and_every_reference_holds(trace: Trace) -> None:
    database = opened(trace)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    database.close()


def test_claims_come_in_the_order_of_how_much_rests_on_how_little(database: sqlite3.Connection) -> None:
    columns = "claim, stance, in_words, origins, all_comes_through, lineage_not_recorded"
    rows = database.execute(f"SELECT {columns} FROM claims_by_weight").fetchall()
    assert rows == [
        ("claim-fire", "affirm", "3 reports, 1 to 2 origins", "six officials", "NBC-9", "r3"),
        ("claim-fire", "deny", "1 report, 1 origin", "City of Velmar", None, None),
    ]


def test_who_says_what_through_whom(database: sqlite3.Connection) -> None:
    rows = database.execute(
        "SELECT outlet, chain, words FROM who_says_what WHERE claim = 'claim-fire' AND stance = 'affirm'"
    ).fetchall()
    assert rows == [
        ("The Tide", "The Tide", "The depot burned"),
        ("NBC-9", "six officials (possible) -> NBC-9", "the depot may have burned"),
        ("The Tide", "six officials (possible) -> NBC-9 (certain) -> The Tide", "The depot burned"),
    ]


def test_hedges_that_were_lost_on_the_way(database: sqlite3.Connection) -> None:
    rows = database.execute("SELECT giver, giver_is, relay, relay_is FROM hedges_lost").fetchall()
    assert rows == [("six officials", "possible", "NBC-9", "certain")]


def test_which_report_used_which_with_the_words(database: sqlite3.Connection) -> None:
    rows = database.execute(
        "SELECT child, parent, kind, stated, words FROM which_report_used_which"
    ).fetchall()
    assert rows == [
        ("The Tide", "NBC-9", "block quotation", 1, "The depot burned"),
        ("The Tide", "The Tide", "rewrite", 0, "The depot burned"),
    ]


def test_claims_that_differ_stand_side_by_side(database: sqlite3.Connection) -> None:
    assert database.execute("SELECT kind, gist, other_gist FROM claims_that_differ").fetchall() == [
        ("number", "the depot may have burned", "Six officials")
    ]


def test_on_whom_most_claims_rest(database: sqlite3.Connection) -> None:
    assert database.execute(
        "SELECT origin, claims, as_the_only_origin FROM origins_by_claims"
    ).fetchall() == [("six officials", 1, 0)]


@pytest.mark.parametrize(
    ("table", "found"), [("reports", [("r1",)]), ("claims", [("claim-fire",)]), ("statements", [("s1",)])]
)
def test_words_are_found(database: sqlite3.Connection, table: str, found: list[tuple[str]]) -> None:
    rows = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH 'may'"
    assert database.execute(f"SELECT id FROM {table} WHERE rowid IN ({rows})").fetchall() == found


def test_offsets_count_as_sqlite_counts(database: sqlite3.Connection) -> None:
    rows = database.execute(
        'SELECT substr(reports.text, start + 1, "end" - start), gist FROM claims '
        "JOIN reports ON reports.id = report AND reports.story = claims.story"
    ).fetchall()
    assert [there for there, _ in rows] == [gist for _, gist in rows]


def test_an_export_is_not_taken_for_a_case(tmp_path: Path) -> None:
    path = tmp_path / "export.sqlite"
    path.write_bytes(export([STORY])["ondit.sqlite"])
    with pytest.raises(CaseError, match="database of another program"):
        Case.open(path, readonly=True)
