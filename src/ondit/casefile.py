"""A case: one SQLite file with reports, their readings, stories and traces; the one door to sqlite3.

Documents come in, are read once, join a story, and only that story is traced again. A report is
acknowledged when its transaction is on the disk; its story's trace follows in another, and a story whose
trace is behind is known by its revision, so a process killed in between loses nothing (WAL: no loss in
6 kills measured, 200 small transactions in .2 s against DuckDB's 3.8 s). How to read, group and trace is
handed in by the caller: the case only remembers.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from ondit.errors import CaseError, OnditError, UnknownIdError
from ondit.records import Document, Problem, Reading, Span, Trace, content_id
from ondit.schema import dumps_reading, dumps_trace, loads_reading, loads_trace
from ondit.text.offsets import without_surrogates
from ondit.version import __version__

Read = Callable[[Document], Reading]
ReadAll = Callable[[Iterable[Document]], Iterable[Reading | Problem]]
Neighbours = Sequence[tuple[str, Reading]]
Assign = Callable[[Reading, Neighbours], str | None]
"""Given a reading and (story, reading) of the reports most like it: its story, or None for a new one."""
Tracer = Callable[[Sequence[Reading], str], Trace]

SCHEMA = 1
"""The version of the tables; a file with a higher one was written by a later Ondit."""

APPLICATION = 0x4F6E6474
"""SQLite's application id of a case file: "Ondt"."""

NEIGHBOURS = 32
"""So many reports are offered as company for a new one; those of its own story share its rarest words."""

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

INSERT_REPORT = (
    "INSERT INTO reports (id, digest, identity, outlet, url, published, headline, text) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
INSERT_WORDS = "INSERT INTO words (rowid, headline, text) VALUES (?, ?, ?)"
GROW_STORY = "INSERT INTO stories VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET revision = revision + 1"
PUT_TRACE = (
    "INSERT INTO traces VALUES (?, ?, ?, ?) ON CONFLICT (story) DO UPDATE SET "
    "revision = excluded.revision, trace = excluded.trace, made_by = excluded.made_by"
)

MARKS = "\"'“”‘’.,;:!?()[]"


@dataclass(frozen=True, slots=True)
class Added:
    """A report that is safely in the case. `new` is False if it was there before (nothing has changed)."""

    report: str
    story: str
    new: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that a search found, and the stretch of its text that fits best."""

    report: str
    story: str
    outlet: str | None
    headline: str | None
    span: Span
    words: str


class Case:
    """An open case file. Use it in one thread; any number of processes may read while one writes."""

    def __init__(self, connection: sqlite3.Connection, path: Path, made_by: str) -> None:
        self._sql = connection
        self._made_by = made_by
        self.path = path

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        made_by: str = f"ondit {__version__}",
        readonly: bool = False,
        wait: float = 5.0,
    ) -> Self:
        """Open the case at `path`, made first if there is none (never with `readonly`).

        `made_by` is written beside whatever this tool adds; `wait` is how many seconds to wait for another
        process that writes. Raises `CaseError` if it is no case file, of a later version, or out of reach.
        """
        path = Path(path)
        _check_file(path, must_exist=readonly)
        with _faults(path):
            connection = _connect(path, readonly, wait)
            try:
                _prepare(connection, path, made_by, readonly, wait)
            except BaseException:
                connection.close()
                raise
        return cls(connection, path, made_by)

    def close(self) -> None:
        """Release the file. Whatever was acknowledged is on the disk already."""
        self._sql.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------------ writing

    def add(self, document: Document, read: Read, assign: Assign, trace: Tracer) -> Added | Problem:
        """Read one report, find its story, trace that story again. A report known already changes nothing.

        What `read` raises is raised; `add_all` with an engine makes it a `Problem`.
        """
        first, *_ = self.add_all([document], lambda docs: map(read, docs), assign, trace)
        return first

    def add_all(
        self, documents: Iterable[Document | Problem], read_all: ReadAll, assign: Assign, trace: Tracer
    ) -> Iterator[Added | Problem]:
        """The same for many: what comes out is on the disk; the stories touched are traced after the last.

        `read_all` gives a reading or a `Problem` for every document, in order (`engines.local.read_all`).
        Problems, given or met, are kept in the case and passed on. Everything known comes out at once.
        """
        settled: list[Added | Problem] = []
        for reading in read_all(self._unknown(documents, settled)):
            yield from _drain(settled)
            yield self._keep(reading, assign)
        yield from _drain(settled)
        yield from self.retrace(trace)

    def retrace(self, trace: Tracer) -> Iterator[Problem]:
        """Trace every story whose trace is behind its reports: after an add, or after a crash.

        A story that the tracer fails on stays behind and comes out as a `Problem`.
        """
        for story in self.stale():
            with self._reading():
                revision = self._revision(story)
                readings = self._readings(story)
            try:
                made = dumps_trace(found := trace(readings, story))
            except OnditError:
                raise
            except Exception as fault:  # noqa: BLE001 - one story must not cost the others
                message = f"the tracer failed with {type(fault).__name__}: {fault}"
                yield self._note(Problem("untraced", story, message))
            else:
                self._keep_trace(story, revision, made, tuple(claim.id for claim in found.claims))

    def _unknown(
        self, documents: Iterable[Document | Problem], settled: list[Added | Problem]
    ) -> Iterator[Document]:
        """The documents still to be read; everything else is put into `settled`.

        Where another report holds a document's id already, the id is made longer by the document's content.
        """
        taken: dict[str, str] = {}
        for document in documents:
            if isinstance(document, Problem):
                settled.append(self._note(document))
                continue
            identity = _identity(document)
            if (self._identity_of(document.id) or taken.setdefault(document.id, identity)) != identity:
                document = replace(document, id=f"{document.id}-{identity[:12]}")
            story = self._story_of(document.id)
            if story is None:
                yield document
            else:
                settled.append(Added(document.id, story, new=False))

    def _keep(self, reading: Reading | Problem, assign: Assign) -> Added | Problem:
        """One transaction: the report, its reading and its place in a story; then it is acknowledged."""
        if isinstance(reading, Problem):
            return self._note(reading)
        document, report = reading.document, without_surrogates(reading.document.id)
        row, made = _report_row(document), dumps_reading(reading).decode()
        with self._writing():
            story = self._story_of(report)
            if story is not None:  # it came twice in one go, or another process was faster
                return Added(document.id, story, new=False)
            story = self._assign(reading, assign)
            number = self._sql.execute(INSERT_REPORT, row).lastrowid
            self._sql.execute(INSERT_WORDS, (number, *row[-2:]))
            self._sql.execute("INSERT INTO readings VALUES (?, ?, ?)", (report, made, self._made_by))
            self._sql.execute(GROW_STORY, (story,))
            self._sql.execute("INSERT INTO membership VALUES (?, ?)", (report, story))
            self._sql.execute("DELETE FROM problems WHERE code = 'unreadable' AND document = ?", (report,))
            for problem in reading.problems:
                self._insert(problem)
        return Added(document.id, story, new=True)

    def _assign(self, reading: Reading, assign: Assign) -> str:
        """The story it joins, or one of its own; that too where the grouping fails on it."""
        report = without_surrogates(reading.document.id)
        try:
            story = assign(reading, self._neighbours(reading.document))
        except (OnditError, sqlite3.Error):
            raise
        except Exception as fault:  # noqa: BLE001 - one report must not cost the others
            story = None
            message = f"the grouping failed with {type(fault).__name__}: {fault}; it got a story of its own"
            self._insert(Problem("ungrouped", reading.document.place or report, message, report, report))
        return story or content_id("story", report)

    def _keep_trace(self, story: str, revision: int, made: bytes, claims: tuple[str, ...]) -> None:
        with self._writing():
            if self._revision(story) != revision:
                return  # another process has added to the story meanwhile, and traces it itself
            self._sql.execute(PUT_TRACE, (story, revision, made.decode(), self._made_by))
            self._sql.execute("DELETE FROM claims WHERE story = ?", (story,))
            self._sql.executemany("INSERT OR IGNORE INTO claims VALUES (?, ?)", [(c, story) for c in claims])
            self._sql.execute("DELETE FROM problems WHERE code = 'untraced' AND place = ?", (story,))

    def _note(self, problem: Problem) -> Problem:
        with self._writing():
            self._insert(problem)
        return problem

    def _insert(self, problem: Problem) -> None:
        fields = (problem.code, problem.place, problem.message, problem.document, problem.saved)
        row = tuple(None if value is None else without_surrogates(value) for value in fields)
        self._sql.execute(
            "INSERT OR IGNORE INTO problems VALUES (?, ?, ?, ?, ?, ?)", (content_id("prb", *row), *row)
        )

    # ------------------------------------------------------------------ reading

    def stories(self) -> tuple[str, ...]:
        """Story ids, in the order in which their first report came in."""
        rows = self._fetch(
            "SELECT story FROM membership JOIN reports ON reports.id = report "
            "GROUP BY story ORDER BY min(number)"
        )
        return tuple(story for (story,) in rows)

    def stale(self) -> tuple[str, ...]:
        """Stories whose trace is missing or older than their last report."""
        rows = self._fetch(
            "SELECT id FROM stories LEFT JOIN traces ON story = id "
            "WHERE traces.revision IS NOT stories.revision ORDER BY id"
        )
        return tuple(story for (story,) in rows)

    def readings(self, story: str | None = None) -> tuple[Reading, ...]:
        """The readings of a story, or of all, in the order in which the reports came in."""
        with self._reading():
            if story is not None:
                self._revision(story)
            return self._readings(story)

    def trace(self, story: str) -> Trace:
        """The trace of a story, as of its last tracing (see `stale`)."""
        return loads_trace(self.trace_json(story))

    def trace_json(self, story: str) -> str:
        """The same as it lies in the file: what `schema.dumps_trace` made."""
        rows = self._fetch("SELECT trace FROM traces WHERE story = ?", (without_surrogates(story),))
        if not rows:
            raise UnknownIdError(f"{self.path} has no trace of a story {story!r}")
        return str(rows[0][0])

    def traced(self) -> dict[str, int]:
        """The stories that have a trace, and of which revision it is: another number, another trace."""
        return dict(self._fetch("SELECT story, revision FROM traces ORDER BY story"))

    def traces(self) -> Iterator[Trace]:
        """The traces of all stories that have one, oldest story first."""
        traced = {story for (story,) in self._fetch("SELECT story FROM traces")}
        return (self.trace(story) for story in self.stories() if story in traced)

    def problems(self) -> tuple[Problem, ...]:
        """What could not be used, of inputs, reports and stories, and why."""
        rows = self._fetch("SELECT code, place, message, document, saved FROM problems ORDER BY place, id")
        return tuple(Problem(*row) for row in rows)

    def meta(self) -> dict[str, str]:
        """What made the file, and its version of the tables."""
        return dict(self._fetch("SELECT key, value FROM meta ORDER BY key"))

    def claim(self, prefix: str) -> tuple[str, str]:
        """(story, claim) of the one claim whose id begins so; `UnknownIdError` if none or several do."""
        rows = self._fetch(
            "SELECT story, id FROM claims WHERE substr(id, 1, ?) = ? ORDER BY id, story LIMIT 9",
            (len(prefix), without_surrogates(prefix)),
        )
        found = [row for row in rows if row[1] == prefix] or rows
        if len(found) != 1:
            named = ": " + ", ".join(claim for _, claim in found) if found else ""
            raise UnknownIdError(
                f"{len(found) or 'no'} claims begin with {prefix!r}{named}; see `ondit claims {self.path}`"
            )
        return found[0][0], found[0][1]

    def search(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """Reports whose headline or text holds every word of `query`, best first (BM25).

        The query is words and nothing else: no operators, no syntax that could be wrong.
        """
        match = _match(query.split()[:64], " ")
        if not match:
            return ()
        rows = self._fetch(
            "SELECT reports.id, story, outlet, reports.headline, reports.text, "
            "snippet(words, 1, '', '', '', 16) "
            "FROM words JOIN reports ON number = words.rowid JOIN membership ON report = reports.id "
            "WHERE words MATCH ? ORDER BY rank, number LIMIT ?",
            (match, limit),
        )
        return tuple(_hit(*row) for row in rows)

    # ------------------------------------------------------------------ inside

    def _fetch(self, sql: str, values: tuple[str | int | None, ...] = ()) -> list[Any]:
        with self._reading():
            return self._sql.execute(sql, values).fetchall()

    def _story_of(self, report: str) -> str | None:
        rows = self._fetch("SELECT story FROM membership WHERE report = ?", (without_surrogates(report),))
        return rows[0][0] if rows else None

    def _identity_of(self, report: str) -> str | None:
        rows = self._fetch("SELECT identity FROM reports WHERE id = ?", (without_surrogates(report),))
        return rows[0][0] if rows else None

    def _revision(self, story: str) -> int:
        rows = self._fetch("SELECT revision FROM stories WHERE id = ?", (without_surrogates(story),))
        if not rows:
            raise UnknownIdError(f"{self.path} has no story {story!r}")
        return int(rows[0][0])

    def _readings(self, story: str | None) -> tuple[Reading, ...]:
        rows = self._fetch(
            "SELECT reading FROM membership JOIN reports ON reports.id = membership.report "
            "JOIN readings ON readings.report = reports.id WHERE ?1 IS NULL OR story = ?1 ORDER BY number",
            (story,),
        )
        return tuple(loads_reading(reading.encode()) for (reading,) in rows)

    def _neighbours(self, document: Document) -> Neighbours:
        """The reports most like this one by its rarest words, with their stories: company to be judged."""
        rows = self._fetch(
            "SELECT story, reading FROM "
            "(SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank, rowid LIMIT ?) AS near "
            "JOIN reports ON number = near.rowid JOIN membership ON membership.report = id "
            "JOIN readings ON readings.report = id ORDER BY number",
            (self._telling_words(document), NEIGHBOURS),
        )
        return [(story, loads_reading(reading.encode())) for story, reading in rows]

    def _telling_words(self, document: Document) -> str:
        """An FTS query of words of a report that few reports of the case have: names and long words first.

        Common words are not even counted: that takes as long as the case is large.
        """
        found = {
            word.strip(MARKS)
            for word in f"{document.headline or ''} {without_surrogates(document.text)}".split()
        }
        likely = sorted(found, key=lambda word: (not word[:1].isupper(), -len(word), word))
        counted = []
        for word in likely[:64]:
            rows = self._fetch("SELECT doc FROM vocabulary WHERE term = ?", (word.lower(),))
            counted += [(rows[0][0], word)] if rows and len(word) > 2 else []
        return _match([word for _, word in sorted(counted)[:40]], " OR ") or '""'

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One snapshot: what is read inside belongs together, whatever others write meanwhile."""
        with _faults(self.path):
            if self._sql.in_transaction:
                yield
                return
            self._sql.execute("BEGIN")
            try:
                yield
            finally:
                self._sql.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All or nothing, and on the disk when it is left."""
        with _faults(self.path):
            self._sql.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._sql.execute("ROLLBACK")
                raise
            self._sql.execute("COMMIT")


# --------------------------------------------------------------------- the file


def _check_file(path: Path, must_exist: bool) -> None:
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


def _connect(path: Path, readonly: bool, wait: float) -> sqlite3.Connection:
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


def _prepare(connection: sqlite3.Connection, path: Path, made_by: str, readonly: bool, wait: float) -> None:
    """Make the tables in a new file; refuse a file that is not ours or that a later version wrote."""
    if not readonly and _is_blank(connection):
        _patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"), wait)
        connection.execute("BEGIN IMMEDIATE")
        if _is_blank(connection):
            for statement in TABLES:
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
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # what is acknowledged survives a power cut too


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
def _faults(path: Path) -> Iterator[None]:
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


# ---------------------------------------------------------------------- its rows


def _identity(document: Document) -> str:
    """What makes a report this report, wherever it lay: its words, who published them, and where."""
    parts = (document.outlet or "", document.url or "", document.text)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _report_row(document: Document) -> tuple[str | None, ...]:
    fields = (document.outlet, document.url, document.published, document.headline)
    optional = (None if value is None else without_surrogates(value) for value in fields)
    return (
        without_surrogates(document.id),
        document.digest,
        _identity(document),
        *optional,
        without_surrogates(document.text),
    )


def _drain(settled: list[Added | Problem]) -> Iterator[Added | Problem]:
    while settled:
        yield settled.pop(0)


def _match(words: Iterable[str], joint: str) -> str:
    """An FTS query of quoted words: inside quotes nothing is syntax."""
    clean = (
        without_surrogates(word).replace("\0", " ").replace('"', '""')
        for word in words
        if any(map(str.isalnum, word))
    )
    return joint.join(f'"{word}"' for word in clean)


def _hit(report: str, story: str, outlet: str | None, headline: str | None, text: str, snippet: str) -> Hit:
    start = max(0, text.find(snippet))
    return Hit(report, story, outlet, headline, Span(start, start + len(snippet)), snippet)
