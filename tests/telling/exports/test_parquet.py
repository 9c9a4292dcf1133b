"""Parquet holds what the tables hold, with the types of the columns."""

from __future__ import annotations

import io

import pyarrow.parquet
from hypothesis import given, settings

import strategies
from exportfakes import STORY
from ondit.records import Trace
from ondit.telling.exports.parquet import export
from ondit.telling.exports.tables import flat


@given(strategies.traces())
@settings(max_examples=5)
def test_what_is_read_back_are_the_rows_of_the_tables(trace: Trace) -> None:
    files = export([trace])
    for table, rows in flat([trace]):
        read = pyarrow.parquet.read_table(io.BytesIO(files[f"{table.name}.parquet"]))
        assert [tuple(row.values()) for row in read.to_pylist()] == list(rows)


def test_columns_have_their_types_even_without_rows() -> None:
    read = pyarrow.parquet.read_table(io.BytesIO(export([])["counts.parquet"]))
    assert {field.name: str(field.type) for field in read.schema}["lo"] == "int64"
    assert read.num_rows == 0


def test_there_is_a_file_a_table() -> None:
    assert list(export([STORY])) == [f"{table.name}.parquet" for table, _ in flat([STORY])]
