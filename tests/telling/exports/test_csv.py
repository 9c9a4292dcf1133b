"""CSV opens in a spreadsheet as text: no cell is a formula, wherever a program splits it."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings

import hostile
import strategies
from exportfakes import STORY
from ondit.records import Trace
from ondit.telling.exports.csv import export, harmless
from ondit.telling.exports.tables import flat

SIGNS = "=+-@＝＋－＠"


def cells(content: bytes, separator: str = ",") -> list[str]:
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator)
    return [cell for row in lines for cell in row]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_cell_is_a_formula_by_whatever_sign_it_is_split(separator: str) -> None:
    files = export([hostile.trace_of(text) for text in hostile.STRINGS])
    begun = [
        cell
        for content in files.values()
        for cell in cells(content, separator)
        if cell.strip("\"' \t\r\n\ufeff")[:1] in tuple(SIGNS)
    ]
    assert len(begun) > 20
    assert [cell for cell in begun if not re.match(r"\s*['\d]", cell)] == []


@given(strategies.traces())
@settings(max_examples=5)
def test_numbers_and_flags_are_as_in_the_tables(trace: Trace) -> None:
    files = export([trace])
    for table, rows in flat([trace]):
        read = list(csv.reader(io.StringIO(files[f"{table.name}.csv"].decode("utf-8-sig"), newline="")))
        assert read[0] == list(table.columns)
        for made, row in zip(read[1:], rows, strict=True):
            for cell, value in zip(made, row, strict=True):
                if isinstance(value, int):
                    assert cell == str(int(value))


def test_a_cell_without_anything_is_empty() -> None:
    assert b"unknown,nobody named,unknown,,,0" in export([STORY])["agents.csv"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("-5 degrees", "'-5 degrees"),
        ("so far\n=cmd()", "so far\n'=cmd()"),
        ("x;=cmd()", "x;'=cmd()"),
        (' "=cmd()', "' \"=cmd()"),
        ("\u202eevil", "\ufffdevil"),
        ("a = b", "a = b"),
    ],
)
def test_signs_are_made_harmless_where_a_cell_begins(text: str, shown: str) -> None:
    assert harmless(text) == shown
