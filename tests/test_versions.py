"""Versions of a report in a case: both kept, the later one traced, files of an earlier Ondit brought up."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

import intakefakes as fakes
from casefakes import assign, read, trace
from ondit.casefile import Added, Case
from ondit.casetables import SINCE_2
from ondit.records import Document

URL = "https://tide.example/shed"
FIRST = Document("r1", f"{fakes.LEAD} It may have been an accident.", "The Tide", URL, "On the shed")
LATER = replace(FIRST, id="r2", text=FIRST.text.replace("may have been", "was"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "velmar.ondit"


def add(case: Case, *documents: Document) -> list[Added]:
    found = [case.add(document, read, assign, trace) for document in documents]
    return [result for result in found if isinstance(result, Added)]


def test_another_version_joins_the_story_of_the_one_before(path: Path) -> None:
    with Case.open(path) as case:
        first, later = add(case, FIRST, replace(LATER, headline="Quite another headline"))
        assert (later.story, later.new, later.other) == (first.story, True, "r1")


def test_only_the_later_version_is_traced_and_both_are_kept(path: Path) -> None:
    with Case.open(path) as case:
        (_, later) = add(case, FIRST, LATER)
        assert [document.id for document in case.trace(later.story).documents] == ["r2"]
        assert [(a.document.id, b.document.id) for a, b in case.revisions()] == [("r1", "r2")]


def test_an_earlier_version_that_comes_later_stays_the_earlier(path: Path) -> None:
    old, new = replace(FIRST, published="2031-03-04"), replace(LATER, published="2031-03-05")
    with Case.open(path) as case:
        (_, second) = add(case, new, old)
        assert [document.id for document in case.trace(second.story).documents] == ["r2"]


def test_a_third_version_follows_the_second(path: Path) -> None:
    third = replace(LATER, id="r3", text=LATER.text + " Nobody was hurt.")
    with Case.open(path) as case:
        add(case, FIRST, LATER, third)
        assert [(a.document.id, b.document.id) for a, b in case.revisions()] == [("r1", "r2"), ("r2", "r3")]


def test_the_same_text_again_is_no_version(path: Path) -> None:
    with Case.open(path) as case:
        assert [result.new for result in add(case, FIRST, FIRST)] == [True, False]


def test_other_reports_of_one_address_are_no_versions(path: Path) -> None:
    other = replace(FIRST, id="r4", text="The regatta was moved to June because of the weather.")
    with Case.open(path) as case:
        add(case, FIRST, other)
        assert list(case.revisions()) == []


def test_a_case_of_the_first_tables_is_brought_up(path: Path) -> None:
    with Case.open(path) as case:
        add(case, FIRST)
    sql = sqlite3.connect(path)
    for table in ("addresses", "revisions", "feeds", "judgements"):
        sql.execute(f"DROP TABLE {table}")
    sql.execute("PRAGMA user_version = 1")
    sql.commit()
    sql.close()
    with Case.open(path) as case:
        (later,) = add(case, LATER)
        assert (later.other, case.meta()["schema"], len(SINCE_2)) == ("r1", "3", 4)


def test_a_case_remembers_what_a_feed_said(path: Path) -> None:
    with Case.open(path) as case:
        assert case.validator("https://tide.example/rss") == (None, None)
        case.put_validator("https://tide.example/rss", '"1"', None)
        assert case.validator("https://tide.example/rss") == ('"1"', None)


def test_a_case_knows_the_addresses_of_its_reports(path: Path) -> None:
    with Case.open(path) as case:
        add(case, FIRST)
        known = [case.has_address(url) for url in (f"{URL}?utm_source=x", "https://tide.example/ships", "")]
        assert known == [True, False, False]
