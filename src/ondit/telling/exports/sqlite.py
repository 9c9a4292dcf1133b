"""Traces as an SQLite database to ask questions of: the flat tables, views in words, full-text search.

In: finished traces. Out: the bytes of one database file, the same for the same traces; Datasette and any
SQLite tool open it. It is made in memory and touches no case, whose door to SQLite is `casefile`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from importlib.resources import files

from ondit.records import Trace
from ondit.telling.exports.tables import TABLES, Table, flat

TYPES = {str: "TEXT", int: "INTEGER", bool: "INTEGER", float: "REAL"}

APPLICATION = 0x4F6E6478
"""SQLite's application id of an export, "Ondx": it may be written again, which a case may not."""

KEYS = {table.name: table.key for table in TABLES}

SEARCHED = {"reports": ("headline", "text"), "claims": ("gist",), "statements": ("words", "chain")}
"""Tables with full-text search, and in which columns."""


def export(traces: Sequence[Trace]) -> Mapping[str, bytes]:
    """One database with all of the traces."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute("BEGIN")
        for table, rows in flat(traces):
            database.execute(_create(table))
            places = ", ".join("?" * len(table.columns))
            database.executemany(f"INSERT INTO {table.name} VALUES ({places})", rows)
            for columns in table.refers:
                name = f"{table.name}_by_{'_'.join(columns)}"
                database.execute(f"CREATE INDEX {name} ON {table.name} ({_listed(('story', *columns))})")
        for name, columns in SEARCHED.items():
            _make_searchable(database, name, columns)
        database.execute("COMMIT")
        database.executescript(files(__package__).joinpath("views.sql").read_text("utf-8"))
        return {"ondit.sqlite": database.serialize()}


def _create(table: Table) -> str:
    columns = [
        f"{_quoted(name)} {TYPES[kind]}{'' if empty else ' NOT NULL'}"
        for name, (kind, empty) in table.columns.items()
    ]
    columns.append(f"PRIMARY KEY ({_listed(table.key)})")
    if table.name != "stories":
        columns.append("FOREIGN KEY (story) REFERENCES stories (story)")
    columns += [
        f"FOREIGN KEY ({_listed(('story', *named))}) REFERENCES {other} ({_listed(KEYS[other])})"
        for named, other in table.refers.items()
    ]
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(columns) + "\n)"


def _make_searchable(database: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
    """A full-text index beside the table, which keeps the text; Datasette knows it by `content="..."`."""
    listed = ", ".join(columns)
    database.execute(
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5 ({listed}, content=\"{table}\", tokenize='unicode61')"
    )
    database.execute(f"INSERT INTO {table}_fts (rowid, {listed}) SELECT rowid, {listed} FROM {table}")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    """A column whose name is a word of SQL as well ("end")."""
    return f'"{name}"' if name in {"end", "into"} else name
