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
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, Self

from ondit.casetables import check_file, connect, faults, prepare
from ondit.errors import CaseError, OnditError, UnknownIdError
from ondit.intake.revisions import canonical, later, one_report
from ondit.records import Anchor, Document, Judgement, Problem, Reading, Span, Trace, content_id
from ondit.schema import (
    dumps_judgement,
    dumps_reading,
    dumps_trace,
    loads_judgement,
    loads_reading,
    loads_trace,
)
from ondit.text.offsets import without_surrogates
from ondit.version import __version__

Read = Callable[[Document], Reading]
ReadAll = Callable[[Iterable[Document]], Iterable[Reading | Problem]]
Neighbours = Sequence[tuple[str, Reading]]
Assign = Callable[[Reading, Neighbours], str | None]
"""Given a reading and (story, reading) of the reports most like it: its story, or None for a new one."""


class Tracer(Protocol):
    """The readings of a story, its id and its judgements in, its trace out."""

    def __call__(
        self, readings: Sequence[Reading], story: str, judgements: Sequence[Judgement] = (), /
    ) -> Trace: ...


NEIGHBOURS = 32
"""So many reports are offered as company for a new one; those of its own story share its rarest words."""

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

PUT_JUDGEMENT = "INSERT INTO judgements (id, story, judgement) VALUES (?, ?, ?)"

MARKS = "\"'“”‘’.,;:!?()[]"


@dataclass(frozen=True, slots=True)
class Added:
    """A report that is safely in the case. `new` is False if it was there before (nothing has changed).

    `other` is the version of the same report that was there before, if there was one.
    """

    report: str
    story: str
    new: bool
    other: str | None = None


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
        check_file(path, must_exist=readonly)
        with faults(path):
            connection = connect(path, readonly, wait)
            try:
                prepare(connection, path, made_by, readonly, wait)
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
                judgements = self._at_later_versions(self.judgements(story))
            try:
                made = dumps_trace(found := trace(readings, story, judgements))
            except OnditError:
                raise
            except Exception as fault:  # noqa: BLE001 - one story must not cost the others
                message = f"the tracer failed with {type(fault).__name__}: {fault}"
                yield self._note(Problem("untraced", story, message))
            else:
                self._keep_trace(story, revision, made, tuple(claim.id for claim in found.claims))

    def judge(self, judgement: Judgement, trace: Tracer) -> tuple[Problem, ...]:
        """Add a judgement to the ledger and trace its story again; one that is there already changes nothing.

        It is on the disk before the tracing. `UnknownIdError` if it names a report, or withdraws a judgement,
        that the case does not have; `CaseError` if its reports tell different stories.
        """
        row = (judgement.id, dumps_judgement(judgement).decode())
        with self._writing():
            story = self._story_judged(judgement)
            known = self._sql.execute("SELECT 1 FROM judgements WHERE id = ?", row[:1]).fetchone()
            if known is None:
                self._sql.execute(PUT_JUDGEMENT, (row[0], story, row[1]))
                self._sql.execute(GROW_STORY, (story,))
        return tuple(self.retrace(trace))

    def _story_judged(self, judgement: Judgement) -> str:
        """The one story of the reports that a judgement names, or of the judgement that it withdraws."""
        stories: dict[str, str] = {}
        for anchor in (*judgement.one, *judgement.other):
            story = self._story_of(anchor.document)
            if story is None:
                raise UnknownIdError(f"{self.path} has no report {anchor.document!r}")
            stories[story] = anchor.document
        if judgement.withdraws is not None:
            found = self._fetch("SELECT story FROM judgements WHERE id = ?", (judgement.withdraws,))
            if not found:
                raise UnknownIdError(f"{self.path} has no judgement {judgement.withdraws!r}")
            stories[found[0][0]] = judgement.withdraws
        if len(stories) != 1:
            raise CaseError(
                f"a judgement is about one story, and {', '.join(stories.values())} tell different ones"
            )
        return next(iter(stories))

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
            other = self._other_version(document)
            story = self._story_of(other.id) if other is not None else None
            story = story or self._assign(reading, assign)
            number = self._sql.execute(INSERT_REPORT, row).lastrowid
            self._sql.execute(INSERT_WORDS, (number, *row[-2:]))
            self._sql.execute("INSERT INTO readings VALUES (?, ?, ?)", (report, made, self._made_by))
            self._sql.execute(GROW_STORY, (story,))
            self._sql.execute("INSERT INTO membership VALUES (?, ?)", (report, story))
            self._put_version(document, report, other)
            self._sql.execute("DELETE FROM problems WHERE code = 'unreadable' AND document = ?", (report,))
            for problem in reading.problems:
                self._insert(problem)
        return Added(document.id, story, new=True, other=other.id if other is not None else None)

    def _other_version(self, document: Document) -> Document | None:
        """The latest version of this report that the case has."""
        rows = self._sql.execute(
            "SELECT reading FROM addresses JOIN readings USING (report) "
            "WHERE address = ? AND report NOT IN (SELECT earlier FROM revisions) ORDER BY report",
            (canonical(document.url) or None,),
        ).fetchall()
        known = (loads_reading(row[0].encode()).document for row in rows)
        return next((other for other in known if one_report(other, document)), None)

    def _put_version(self, document: Document, report: str, other: Document | None) -> None:
        address = canonical(document.url)
        if address:
            row = (report, without_surrogates(address))
            self._sql.execute("INSERT INTO addresses VALUES (?, ?)", row)
        if other is not None:
            before = without_surrogates(other.id)
            pair = (before, report) if later(other, document) else (report, before)
            self._sql.execute("INSERT INTO revisions VALUES (?, ?)", pair)

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

    def revisions(self) -> Iterator[tuple[Reading, Reading]]:
        """Every report that is there in several versions: each version and the one that came after it."""
        rows = self._fetch(
            "SELECT a.reading, b.reading FROM revisions JOIN readings AS a ON a.report = earlier "
            "JOIN readings AS b ON b.report = later JOIN reports ON reports.id = earlier ORDER BY number"
        )
        for earlier, after in rows:
            yield loads_reading(earlier.encode()), loads_reading(after.encode())

    def has_address(self, url: str) -> bool:
        """Whether a report from this address is in the case."""
        rows = self._fetch("SELECT 1 FROM addresses WHERE address = ? LIMIT 1", (canonical(url),))
        return bool(rows)

    def validator(self, feed: str) -> tuple[str | None, str | None]:
        """What a feed's server said last by which it can be asked for news: ETag and Last-Modified."""
        rows = self._fetch("SELECT etag, modified FROM feeds WHERE url = ?", (without_surrogates(feed),))
        return (rows[0][0], rows[0][1]) if rows else (None, None)

    def put_validator(self, feed: str, etag: str | None, modified: str | None) -> None:
        """Remember it for the next time."""
        row = (without_surrogates(feed), etag, modified)
        with self._writing():
            self._sql.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?)", row)

    def judgements(self, story: str | None = None) -> tuple[Judgement, ...]:
        """The ledger of a story, or of the case, in the order in which it was written, withdrawn ones too."""
        if not self._fetch("SELECT 1 FROM sqlite_master WHERE name = 'judgements'"):
            return ()  # a file of earlier tables, opened to read
        rows = self._fetch(
            "SELECT judgement FROM judgements WHERE ?1 IS NULL OR story = ?1 ORDER BY number", (story,)
        )
        return tuple(loads_judgement(row.encode()) for (row,) in rows)

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
            "JOIN readings ON readings.report = reports.id WHERE (?1 IS NULL OR story = ?1) "
            "AND reports.id NOT IN (SELECT earlier FROM revisions) ORDER BY number",
            (story,),
        )
        return tuple(loads_reading(reading.encode()) for (reading,) in rows)

    def _at_later_versions(self, judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
        """The judgements with their words to be found in the version of each report that is traced."""
        after = dict(self._fetch("SELECT earlier, later FROM revisions"))

        def latest(anchor: Anchor) -> Anchor:
            document = anchor.document
            while document in after:
                document = after[document]
            return replace(anchor, document=document)

        return tuple(
            replace(j, one=tuple(map(latest, j.one)), other=tuple(map(latest, j.other))) for j in judgements
        )

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
        with faults(self.path):
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
        with faults(self.path):
            self._sql.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._sql.execute("ROLLBACK")
                raise
            self._sql.execute("COMMIT")


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
