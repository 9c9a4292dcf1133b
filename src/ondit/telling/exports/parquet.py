"""Traces as Parquet: one file a table, columns with their types, for DuckDB, Polars, pandas and Spark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from ondit.records import Trace
from ondit.telling.exports.tables import Table, flat

TYPES = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), float: pa.float64()}


def export(traces: Sequence[Trace]) -> Mapping[str, bytes]:
    """`claims.parquet` and so on; a table without rows is there too, with its columns."""
    return {f"{table.name}.parquet": _file(table, rows) for table, rows in flat(traces)}


def _file(table: Table, rows: Iterable[tuple[Any, ...]]) -> bytes:
    schema = pa.schema(
        [pa.field(name, TYPES[kind], nullable=empty) for name, (kind, empty) in table.columns.items()]
    )
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
    out = pa.BufferOutputStream()
    pyarrow.parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return bytes(out.getvalue())
