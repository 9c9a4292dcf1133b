"""What a case promises: once in, never lost, never twice, and found by whatever words anybody types."""

from __future__ import annotations

import itertools
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import casefakes
from casefakes import assign, many, read, read_all, report, trace
from ondit.casefile import Added, Case, Neighbours
from ondit.errors import CaseError, UnknownIdError
from ondit.records import Anchor, Judgement, Problem, Reading, Trace, content_id
from ondit.tracing.judgements import judgement

TABLES = (
    "meta",
    "reports",
    "readings",
    "stories",
    "membership",
    "traces",
    "claims",
    "problems",
    "judgements",
)


def failing_trace(readings: Sequence[Reading], story: str, judgements: Sequence[Judgement] = ()) -> Trace:
    raise ZeroDivisionError(f"{len(readings)} readings")


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    try:
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in TABLES}
    finally:
        connection.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "velmar.ondit"


@pytest.fixture
def case(path: Path) -> Iterator[Case]:
    with Case.open(path) as case:
        yield case


FIRES = [report(1, "fire"), report(2, "fire"), report(3, "vote")]


# ---------------------------------------------------------------------- adding


def test_a_report_joins_the_story_it_resembles_and_only_that_one_is_traced(case: Case) -> None:
    traced: list[tuple[str, int]] = []

    def watched(readings: Sequence[Reading], story: str, judgements: Sequence[Judgement] = ()) -> Trace:
        traced.append((story, len(readings)))
        return trace(readings, story)

    added = [case.add(document, read, assign, watched) for document in FIRES]
    fire, vote = content_id("story", "r1"), content_id("story", "r3")
    assert added == [Added("r1", fire, True), Added("r2", fire, True), Added("r3", vote, True)]
    assert traced == [(fire, 1), (fire, 2), (vote, 1)]
    assert case.stories() == (fire, vote)


def test_what_is_stored_comes_back_as_it_was(case: Case) -> None:
    list(case.add_all(FIRES, read_all, assign, trace))
    fire = content_id("story", "r1")
    assert case.readings(fire) == (read(FIRES[0]), read(FIRES[1]))
    assert case.readings() == tuple(map(read, FIRES))
    assert case.trace(fire) == trace(case.readings(fire), fire)
    assert list(case.traces()) == [case.trace(story) for story in case.stories()]


def test_a_known_report_changes_nothing_and_says_so(case: Case, path: Path) -> None:
    case.add(FIRES[0], read, assign, trace)
    before = dump(path)
    again = case.add(FIRES[0], read, assign, failing_trace)
    assert again == Added("r1", content_id("story", "r1"), new=False)
    assert dump(path) == before


def test_running_twice_leaves_the_file_byte_for_byte_the_same(path: Path) -> None:
    inputs = [*FIRES, Problem("broken", "x.html", "no text"), report(4, "fire", "unreadable")]
    contents = []
    for _ in range(2):
        with Case.open(path) as case:
            list(case.add_all(inputs, read_all, assign, trace))
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]


def test_many_reports_trace_each_story_once(case: Case) -> None:
    traced: list[str] = []

    def watched(readings: Sequence[Reading], story: str, judgements: Sequence[Judgement] = ()) -> Trace:
        traced.append(story)
        return trace(readings, story)

    list(case.add_all(FIRES, read_all, assign, watched))
    assert sorted(traced) == sorted(case.stories())


def test_one_by_one_and_in_bulk_give_the_same_tables(tmp_path: Path) -> None:
    with Case.open(tmp_path / "bulk") as bulk, Case.open(tmp_path / "single") as single:
        list(bulk.add_all(FIRES, read_all, assign, trace))
        for document in FIRES:
            single.add(document, read, assign, trace)
    assert dump(tmp_path / "bulk") == dump(tmp_path / "single")


def test_another_report_under_the_same_id_is_kept_under_a_longer_one(case: Case) -> None:
    other = report(1, "fire", "A wholly different report about the fire.")
    for _ in range(2):
        results = list(case.add_all([FIRES[0], other], read_all, assign, trace))
    assert [r.report[:3] for r in results if isinstance(r, Added)] == ["r1", "r1-"]
    assert [r.document.text for r in case.readings()] == [FIRES[0].text, other.text]


def test_the_same_report_twice_in_one_go_is_one_report(case: Case) -> None:
    results = list(case.add_all([FIRES[0], FIRES[0]], read_all, assign, trace))
    assert [r.new for r in results if isinstance(r, Added)] == [True, False]
    assert len(case.readings()) == 1


def test_problems_are_kept_once_and_go_when_the_report_can_be_read(case: Case) -> None:
    given = Problem("broken", "x.html", "no text")
    bad = report(4, "fire", "unreadable")
    expected = Problem("unreadable", "r4", "no words", document="r4")
    for _ in range(2):
        assert list(case.add_all([given, bad], read_all, assign, trace)) == [given, expected]
    assert set(case.problems()) == {given, expected}
    case.add(bad, Reading, assign, trace)
    assert case.problems() == (given,)


def test_a_failing_tracer_costs_no_report_and_is_asked_again(case: Case) -> None:
    results = list(case.add_all(FIRES[:1], read_all, assign, failing_trace))
    story = content_id("story", "r1")
    message = "the tracer failed with ZeroDivisionError: 1 readings"
    assert results == [Added("r1", story, True), Problem("untraced", story, message)]
    assert case.stale() == (story,)
    assert list(case.retrace(trace)) == []
    assert (case.stale(), case.problems()) == ((), ())


def test_a_failing_grouping_gives_a_story_of_its_own(case: Case) -> None:
    def fail(reading: Reading, neighbours: Neighbours) -> str | None:
        raise IndexError("empty")

    case.add(FIRES[0], read, fail, trace)
    assert case.stories() == (content_id("story", "r1"),)
    assert [problem.code for problem in case.problems()] == ["ungrouped"]


def test_half_a_surrogate_pair_is_stored_without_moving_an_offset(case: Case) -> None:
    case.add(report(1, "fire", "ab\ud800cd fire"), read, assign, trace)
    assert case.readings()[0].document.text == "ab\ufffdcd fire"


def test_neighbours_are_the_reports_that_share_rare_words(case: Case) -> None:
    many = [report(i, "fire", f"word{i} and the common words of every report") for i in range(40)]
    list(case.add_all(many, read_all, lambda *_: None, trace))
    near: list[str] = []

    def watched(reading: Reading, neighbours: Neighbours) -> str | None:
        near.extend(other.document.id for _, other in neighbours)
        return None

    case.add(report(99, "", "Here is word38, and the common words."), read, watched, trace)
    assert len(near) == 32
    assert "r38" in near


# ------------------------------------------------------------------- judgements


def on(*reports: str, note: str = "I asked") -> Judgement:
    sides = [(Anchor(ident, "something"),) for ident in reports]
    return judgement("same claim", "Ada", "2031-05-01T08:00:00Z", note, *sides)


def test_a_judgement_is_kept_and_its_story_alone_is_traced_with_it(case: Case) -> None:
    list(case.add_all(FIRES, read_all, assign, trace))
    traced: list[str] = []

    def watched(readings: Sequence[Reading], story: str, judgements: Sequence[Judgement] = ()) -> Trace:
        traced.append(story)
        return trace(readings, story, judgements)

    assert case.judge(on("r1", "r2"), watched) == ()
    fire, vote = content_id("story", "r1"), content_id("story", "r3")
    assert traced == [fire]
    assert case.judgements() == case.judgements(fire) == case.trace(fire).judgements == (on("r1", "r2"),)
    assert case.judgements(vote) == case.trace(vote).judgements == ()


def test_a_judgement_given_twice_is_one(case: Case, path: Path) -> None:
    list(case.add_all(FIRES, read_all, assign, trace))
    case.judge(on("r1", "r2"), trace)
    before = dump(path)
    assert case.judge(on("r1", "r2"), failing_trace) == ()
    assert dump(path) == before


def test_judgements_stay_in_order_when_reports_are_added(case: Case) -> None:
    made = [on("r1", "r2", note=note) for note in "zab"]
    case.add(FIRES[0], read, assign, trace)
    case.add(FIRES[1], read, assign, trace)
    for one in made:
        case.judge(one, trace)
    case.add(report(4, "fire"), read, assign, trace)
    assert case.trace(content_id("story", "r1")).judgements == tuple(made)


def test_a_judgement_needs_one_story_and_what_is_there(case: Case, path: Path) -> None:
    list(case.add_all(FIRES, read_all, assign, trace))
    before = dump(path)
    withdrawal = judgement("withdrawal", "Ada", "2031", "no", withdraws="jdg-0")
    with pytest.raises(CaseError, match="r1, r3 tell different ones"):
        case.judge(on("r1", "r3"), trace)
    with pytest.raises(UnknownIdError, match="no report 'r9'"):
        case.judge(on("r1", "r9"), trace)
    with pytest.raises(UnknownIdError, match="no judgement 'jdg-0'"):
        case.judge(withdrawal, trace)
    assert dump(path) == before


def test_a_withdrawal_belongs_to_the_story_of_what_it_withdraws(case: Case) -> None:
    list(case.add_all(FIRES, read_all, assign, trace))
    case.judge(on("r3"), trace)
    back = judgement("withdrawal", "Bo", "2031", "wrong", withdraws=on("r3").id)
    case.judge(back, trace)
    assert case.judgements(content_id("story", "r3")) == (on("r3"), back)


def test_no_judgement_can_be_changed_or_deleted(case: Case, path: Path) -> None:
    list(case.add_all(FIRES, read_all, assign, trace))
    case.judge(on("r3"), trace)
    other = sqlite3.connect(path)
    for statement in ("DELETE FROM judgements", "UPDATE judgements SET judgement = ''"):
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            other.execute(statement)
    other.close()


def test_a_judgement_is_on_the_disk_before_the_tracing(path: Path) -> None:
    with Case.open(path) as case:
        list(case.add_all(FIRES, read_all, assign, trace))
        (problem,) = case.judge(on("r1", "r2"), failing_trace)
        assert problem.code == "untraced"
    with Case.open(path) as case:
        story = content_id("story", "r1")
        assert (case.judgements(), case.stale()) == ((on("r1", "r2"),), (story,))
        assert list(case.retrace(trace)) == []
        assert case.trace(story).judgements == (on("r1", "r2"),)


def test_a_file_of_tables_2_is_read_as_it_is_and_brought_up_when_written(path: Path) -> None:
    with Case.open(path) as case:
        list(case.add_all(FIRES, read_all, assign, trace))
    old = sqlite3.connect(path)
    old.execute("DROP TABLE judgements")
    old.execute("PRAGMA user_version = 2")
    old.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")
    old.commit()
    old.close()
    with Case.open(path, readonly=True) as case:
        assert (case.judgements(), case.meta()["schema"]) == ((), "2")
    with Case.open(path) as case:
        case.judge(on("r3"), trace)
        assert (case.judgements(), case.meta()["schema"]) == ((on("r3"),), "3")


def test_a_judgement_moves_on_to_the_later_version_of_its_report(case: Case) -> None:
    words = (
        "The depot at the quay burned down on Monday night, and something was said there about the guards. "
    )
    first = replace(report(1, "fire", words * 3), url="https://tide.example/fire", published="2031-05-01")
    later = replace(first, id="r7", text=f"UPDATED. {first.text}", published="2031-05-02")
    case.add(first, read, assign, trace)
    case.judge(on("r1"), trace)
    case.add(later, read, assign, trace)
    (story,) = case.stories()
    assert [document.id for document in case.trace(story).documents] == ["r7"]
    (one,) = case.trace(story).judgements
    assert (one.id, [a.document for a in one.one]) == (on("r1").id, ["r7"])
    assert case.judgements() == (on("r1"),)


# --------------------------------------------------------------------- crashes


def start(path: Path, *work: str) -> subprocess.Popen[str]:
    """Another process that adds `many` to the case at `path`, or that is "judging" there."""
    command = [sys.executable, casefakes.__file__, str(path), *work]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def run_and_kill(path: Path, after: float, *work: str) -> list[str]:
    """Start it, and kill it after so many seconds: what it acknowledged."""
    with start(path, *work) as worker:
        assert worker.stdout is not None
        ready = worker.stdout.readline()
        time.sleep(after)
        os.kill(worker.pid, signal.SIGKILL)
        said = (ready + worker.stdout.read()).splitlines()
    return [line for line in said if line not in {"ready", "end"}]


def test_kill_9_at_any_moment_loses_nothing_acknowledged(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    with Case.open(whole) as case:
        list(case.add_all(many(), read_all, assign, trace))
    for seed in range(5):
        path = tmp_path / f"killed{seed}"
        delays = random.Random(seed)
        acknowledged: list[str] = []
        for _ in range(2):
            acknowledged += run_and_kill(path, delays.uniform(0, 0.07))
        Case.open(path).close()
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        kept = {row[0] for row in connection.execute("SELECT id FROM reports")}
        connection.close()
        assert set(acknowledged) <= kept
        with Case.open(path) as case:
            list(case.add_all(many(), read_all, assign, trace))
            assert case.stale() == ()
        assert dump(path) == dump(whole)


def test_kill_9_while_judging_loses_no_judgement_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "judged"
    with Case.open(path) as case:
        list(case.add_all(many(), read_all, assign, trace))
    acknowledged: list[str] = []
    for seed in range(4):
        acknowledged += run_and_kill(path, random.Random(seed).uniform(0, 0.07), "judging")
    with Case.open(path) as case:
        assert set(acknowledged) <= {one.id for one in case.judgements()}
        assert list(case.retrace(trace)) == []
        kept = [one for found in case.traces() for one in found.judgements]
        assert sorted(kept, key=lambda j: j.id) == sorted(case.judgements(), key=lambda j: j.id)


def test_a_trace_lost_in_a_crash_is_made_again_on_the_next_add(path: Path) -> None:
    with Case.open(path) as case:
        adding = case.add_all(FIRES, read_all, assign, trace)
        assert [r.report for r in itertools.islice(adding, 3) if isinstance(r, Added)] == ["r1", "r2", "r3"]
        adding.close()
        assert len(case.stale()) == 2
    with Case.open(path) as case:
        case.add(FIRES[0], read, assign, trace)
        assert case.stale() == ()
        assert [len(found.claims) for found in case.traces()] == [2, 1]


# ------------------------------------------------------------- many processes


def test_others_read_while_one_writes(path: Path) -> None:
    with Case.open(path) as writer, Case.open(path, readonly=True) as reader:
        for document in FIRES:
            writer.add(document, read, assign, trace)
            assert reader.readings() == writer.readings()


def test_a_writer_that_waits_too_long_says_who_is_in_the_way(case: Case, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Case.open(path, wait=0.05) as second, pytest.raises(CaseError, match="in use by another process"):
        second.add(FIRES[0], read, assign, trace)
    other.close()
    case.add(FIRES[0], read, assign, trace)


def test_two_writers_lose_nothing(path: Path) -> None:
    with start(path) as one, start(path) as two:
        one.communicate()
        two.communicate()
    assert (one.returncode, two.returncode) == (0, 0)
    with Case.open(path) as case:
        assert {r.document.id for r in case.readings()} == {document.id for document in many()}
        assert (len(case.stories()), case.stale()) == (5, ())


def test_a_trace_of_old_readings_does_not_overwrite(case: Case, path: Path) -> None:
    def slow(readings: Sequence[Reading], story: str, judgements: Sequence[Judgement] = ()) -> Trace:
        if len(readings) == 1:
            with Case.open(path) as other:
                other.add(FIRES[1], read, assign, trace)
        return trace(readings, story)

    case.add(FIRES[0], read, assign, slow)
    story = content_id("story", "r1")
    assert [document.id for document in case.trace(story).documents] == ["r1", "r2"]
    assert case.stale() == ()


# -------------------------------------------------------------------- the file


@pytest.mark.parametrize(
    "content", [b"Just a text, not a database at all.", b"SQLite format 3\0 but broken" * 50]
)
def test_what_is_no_case_file_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(CaseError, match="is not a case file"):
        Case.open(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(CaseError, match="database of another program"):
        Case.open(path)
    assert path.read_bytes() == before


def test_a_file_of_a_later_version_is_refused(path: Path) -> None:
    Case.open(path).close()
    later = sqlite3.connect(path)
    later.execute("PRAGMA user_version = 99")
    later.close()
    with pytest.raises(CaseError, match="later Ondit"):
        Case.open(path)


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="is not a file"):
        Case.open(tmp_path)
    with pytest.raises(CaseError, match="there is no folder"):
        Case.open(tmp_path / "none" / "x.ondit")


def test_reading_makes_no_file(path: Path) -> None:
    with pytest.raises(CaseError, match="there is no case file"):
        Case.open(path, readonly=True)
    assert not path.exists()


def test_a_case_that_cannot_be_written_says_so(path: Path) -> None:
    Case.open(path).close()
    with Case.open(path, readonly=True) as case, pytest.raises(CaseError, match="read-only"):
        case.add(FIRES[0], read, assign, trace)


def test_a_damaged_file_says_so(path: Path) -> None:
    with Case.open(path) as case:
        list(case.add_all(FIRES, read_all, assign, trace))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(CaseError, match="damaged"), Case.open(path) as case:
        case.readings()


def test_a_name_with_marks_of_a_url_is_just_a_name(tmp_path: Path) -> None:
    path = tmp_path / "a?mode=memory#%41 b.ondit"
    Case.open(path).close()
    assert path.is_file()


def test_the_file_says_what_made_it(path: Path) -> None:
    with Case.open(path, made_by="ondit 9 weights abc") as case:
        case.add(FIRES[0], read, assign, trace)
        assert case.meta() == {"made_by": "ondit 9 weights abc", "schema": "3"}
    assert [row[2] for row in dump(path)["readings"]] == ["ondit 9 weights abc"]


# --------------------------------------------------------------------- finding


def test_search_finds_every_word_in_text_or_headline(case: Case) -> None:
    list(case.add_all(FIRES, read_all, assign, trace))
    assert {hit.report for hit in case.search("fire")} == {"r1", "r2"}
    assert [hit.report for hit in case.search("VOTE something")] == ["r3"]
    assert case.search("fire vote") == ()


def test_a_hit_points_at_the_words(case: Case) -> None:
    case.add(
        report(1, "fire", "Nothing. " * 50 + "The harbour master spoke. " + "More. " * 50),
        read,
        assign,
        trace,
    )
    (hit,) = case.search("harbour")
    document = case.readings()[0].document
    assert "harbour master" in hit.words
    assert document.text[hit.span.start : hit.span.end] == hit.words


HOSTILE = [
    '"',
    "fire OR",
    "NEAR(",
    "text:fire",
    "* -fire",
    "'; DROP TABLE reports; --",
    "\0",
    "\ud800",
    "_",
    "^",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_a_syntax_error(case: Case, query: str) -> None:
    list(case.add_all(FIRES, read_all, assign, trace))
    case.search(query)
    assert len(case.readings()) == 3


@settings(max_examples=25)
@given(query=st.text())
def test_any_text_is_a_query(tmp_path_factory: pytest.TempPathFactory, query: str) -> None:
    with Case.open(tmp_path_factory.mktemp("case") / "c.ondit") as case:
        case.add(report(1, "fire", f"Somebody said: {query}"), read, assign, trace)
        case.search(query)


def test_a_claim_is_found_by_the_beginning_of_its_id(case: Case) -> None:
    list(case.add_all(many()[:12], read_all, assign, trace))
    assert case.claim("claim-r3") == (content_id("story", "r3"), "claim-r3")
    assert case.claim("claim-r1") == (content_id("story", "r1"), "claim-r1")
    with pytest.raises(UnknownIdError, match="9 claims begin with 'claim-r'"):
        case.claim("claim-r")
    with pytest.raises(UnknownIdError, match="no claims begin with 'x%'"):
        case.claim("x%")


def test_unknown_stories_are_named(case: Case) -> None:
    with pytest.raises(UnknownIdError, match="no story 'nothing'"):
        case.readings("nothing")
    with pytest.raises(UnknownIdError, match="no trace of a story 'nothing'"):
        case.trace("nothing")
