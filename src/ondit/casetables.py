"""The tables of a case file: made, brought up from an earlier version, opened, and SQLite's faults in
words.

A path in, a connection out, or a `CaseError` that says what to do. A file is refused that is not ours
or that a later version wrote; one that an earlier version wrote is brought up where it stands.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ondit.errors import CaseError
from ondit.intake.revisions import canonical

SCHEMA = 3
"""The version of the tables; a file with a higher one was written by a later Ondit."""

APPLICATION = 0x4F6E6474
"""SQLite's application id of a case file: "Ondt"."""

TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE reports (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, identity TEXT NOT NULL,
        outlet TEXT, url TEXT, published TEXT, headline TEXT, text TEXT NOT NULL)""",
    """CREATE TABLE readings (
        report TEXT PRIMARY KEY REFERENCES reports (id), reading TEXT NOT NULL, made_by TEXT NOT NULL
        ) WITHOUT ROWID""",
    "CREATE TABLE stories (id TEXT PRIMARY KEY, revision INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE membership (
        report TEXT PRIMARY KEY REFERENCES reports (id), story TEXT NOT NULL REFERENCES stories (id)
        ) WITHOUT ROWID""",
    "CREATE INDEX membership_by_story ON membership (story)",
    """CREATE TABLE traces (
        story TEXT PRIMARY KEY REFERENCES stories (id), revision INTEGER NOT NULL, trace TEXT NOT NULL,
        made_by TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE claims (
        id TEXT, story TEXT REFERENCES stories (id), PRIMARY KEY (id, story)) WITHOUT ROWID""",
    """CREATE TABLE problems (
        id TEXT PRIMARY KEY, code TEXT NOT NULL, place TEXT NOT NULL, message TEXT NOT NULL, document TEXT,
        saved TEXT) WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE words USING fts5 (
        headline, text, content = 'reports', content_rowid = 'number', tokenize = 'unicode61')""",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row)",
)
SINCE_2 = (
    """CREATE TABLE addresses (
        report TEXT PRIMARY KEY REFERENCES reports (id), address TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX addresses_by_address ON addresses (address)",
    """CREATE TABLE revisions (
        earlier TEXT PRIMARY KEY REFERENCES reports (id), later TEXT NOT NULL REFERENCES reports (id)
        ) WITHOUT ROWID""",
    """CREATE TABLE feeds (
        url TEXT PRIMARY KEY, etag TEXT, modified TEXT) WITHOUT ROWID""",
)
"""Versions of one report: the later ones stand for all in a trace. A version of the tables adds, never
changes."""

SINCE_3 = (
    """CREATE TABLE judgements (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, story TEXT NOT NULL REFERENCES stories (id),
        judgement TEXT NOT NULL)""",
    "CREATE INDEX judgements_by_story ON judgements (story)",
    """CREATE TRIGGER judgements_are_not_changed BEFORE UPDATE ON judgements
        BEGIN SELECT raise(ABORT, 'judgements are only added to'); END""",
    """CREATE TRIGGER judgements_are_not_deleted BEFORE DELETE ON judgements
        BEGIN SELECT raise(ABORT, 'judgements are only added to'); END""",
)
"""The ledger of judgements, in the order in which they were made."""


def check_file(path: Path, must_exist: bool) -> None:
    """Refuse what SQLite might misunderstand: a folder, a device, a text file."""
    try:
        if path.exists():
            if not path.is_file():
                raise CaseError(f"{path} is not a file")
            with path.open("rb") as file:
                head = file.read(16)
            if head and head != b"SQLite format 3\0":
                raise CaseError(f"{path} is not a case file; name another file for the case")
        elif must_exist:
            raise CaseError(f"there is no case file {path}; `ondit trace REPORTS --case {path}` makes one")
        elif not path.parent.is_dir():
            raise CaseError(f"{path} cannot be made: there is no folder {path.parent}")
    except OSError as fault:
        raise CaseError(f"{path} cannot be opened: {fault.strerror}") from fault


def connect(path: Path, readonly: bool, wait: float) -> sqlite3.Connection:
    uri = path.resolve().as_uri()
    if not readonly:
        return sqlite3.connect(f"{uri}?mode=rwc", uri=True, timeout=wait, isolation_level=None)
    connection = sqlite3.connect(f"{uri}?mode=ro", uri=True, timeout=wait, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        # On a read-only disk SQLite cannot make the index of its log; without a log none is needed.
        connection.close()
        if path.with_name(path.name + "-wal").exists():
            raise
        return sqlite3.connect(f"{uri}?immutable=1", uri=True, isolation_level=None)
    return connection


def prepare(connection: sqlite3.Connection, path: Path, made_by: str, readonly: bool, wait: float) -> None:
    """Make the tables in a new file; refuse a file that is not ours or that a later version wrote."""
    if not readonly and _is_blank(connection):
        _patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"), wait)
        connection.execute("BEGIN IMMEDIATE")
        if _is_blank(connection):
            for statement in (*TABLES, *SINCE_2, *SINCE_3):
                connection.execute(statement)
            connection.execute(
                "INSERT INTO meta VALUES ('made_by', ?), ('schema', ?)", (made_by, str(SCHEMA))
            )
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise CaseError(f"{path} is a database of another program, not a case file")
    if version > SCHEMA:
        raise CaseError(
            f"{path} was written by a later Ondit (tables {version}, known are {SCHEMA}): update Ondit"
        )
    if version < SCHEMA and not readonly:
        _bring_up(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # what is acknowledged survives a power cut too


def _bring_up(connection: sqlite3.Connection) -> None:
    """A file of earlier tables as one of these."""
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < 2:
        for statement in SINCE_2:
            connection.execute(statement)
        rows = connection.execute("SELECT id, url FROM reports WHERE url IS NOT NULL").fetchall()
        known = [(report, canonical(url)) for report, url in rows if canonical(url)]
        connection.executemany("INSERT INTO addresses VALUES (?, ?)", known)
    if version < 3:
        for statement in SINCE_3:
            connection.execute(statement)
    connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(SCHEMA),))
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    connection.execute("COMMIT")


def _is_blank(connection: sqlite3.Connection) -> bool:
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return bool(tables == 0 and application == 0)


def _patiently(act: Callable[[], object], wait: float) -> None:
    """Changing the journal ignores SQLite's busy timeout: two processes that make one case meet here."""
    end = time.monotonic() + wait
    while True:
        try:
            act()
        except sqlite3.OperationalError as fault:
            if _name(fault) not in {"SQLITE_BUSY", "SQLITE_LOCKED"} or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """SQLite's faults as a `CaseError` that says what to do."""
    try:
        yield
    except sqlite3.DatabaseError as fault:
        raise CaseError(_advice(path, fault)) from fault


def _advice(path: Path, fault: sqlite3.DatabaseError) -> str:
    advice = {
        "SQLITE_BUSY": "is in use by another process; try again when that has finished",
        "SQLITE_LOCKED": "is in use by another process; try again when that has finished",
        "SQLITE_READONLY": "cannot be written: the file or its disk is read-only; copy it to another place",
        "SQLITE_CANTOPEN": "cannot be opened or made: check the folder and the rights to write in it",
        "SQLITE_FULL": "cannot be written: the disk is full",
        "SQLITE_NOTADB": "is not a case file; name another file for the case",
        "SQLITE_CORRUPT": "is damaged; go back to a copy of it, or make the case again from the reports",
    }
    name = "_".join(_name(fault).split("_")[:2])
    return f"{path} {advice.get(name, 'failed')} ({fault})"


def _name(fault: sqlite3.Error) -> str:
    return getattr(fault, "sqlite_errorname", None) or ""
