"""`ondit export` as a person types it: from a case, a trace or reports, into files, folders and pipes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import facefakes
from ondit.faces import cli
from ondit.faces.cli import run
from ondit.schema import loads_trace
from ondit.telling.exports.formats import FORMATS

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def quick_steps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    facefakes.quicken(monkeypatch)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def ondit_(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def command(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        out, err = capfdbinary.readouterr()
        return code, out.decode(errors="replace"), err.decode()

    return command


@pytest.fixture
def reports(tmp_path: Path) -> str:
    return facefakes.reports(tmp_path)


@pytest.fixture
def traced(ondit_: Run, reports: str) -> str:
    ondit_("trace", reports, "--json", "trace.json")
    return "trace.json"


@pytest.fixture
def case(ondit_: Run, reports: str) -> str:
    ondit_("trace", reports, "--case", "case.ondit")
    return "case.ondit"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written(ondit_: Run, traced: str, name: str) -> None:
    assert ondit_("export", traced, "--to", name, "--out", "out") == (0, "", "")
    files = (
        [path for path in Path("out").rglob("*") if path.is_file()] if FORMATS[name].folder else [Path("out")]
    )
    assert [path for path in files if not path.stat().st_size] == []
    assert files


def test_help_tells_what_each_format_is(ondit_: Run) -> None:
    lines = [line.split() for line in ondit_("export", "--help")[1].splitlines()]
    assert [words[0] for words in lines[lines.index(["Formats:"]) + 1 :]] == list(FORMATS)


def test_text_goes_to_stdout_where_no_file_is_named(ondit_: Run, traced: str) -> None:
    code, out, err = ondit_("export", traced, "--to", "cite-news")
    assert (code, err, out.count("{{cite news")) == (0, "", 3)


def test_reports_are_traced_first_as_one_story(ondit_: Run, reports: str) -> None:
    code, out, _ = ondit_("export", reports, "--to", "json")
    assert (code, len(loads_trace(out).documents)) == (0, 3)


def test_a_case_gives_all_its_stories(ondit_: Run, case: str) -> None:
    ondit_("export", case, "--to", "sqlite", "--out", "out.sqlite")
    database = sqlite3.connect("out.sqlite")
    assert database.execute("SELECT reports FROM stories ORDER BY 1").fetchall() == [(1,), (2,)]
    database.close()


def test_one_story_of_a_case_is_chosen_by_the_beginning_of_its_id(ondit_: Run, case: str) -> None:
    stories = [loads_trace(line).story for line in ondit_("export", case, "--to", "json")[1].splitlines()]
    code, out, _ = ondit_("export", case, "--to", "json", "--story", stories[0])
    assert (code, loads_trace(out).story) == (0, stories[0])


@pytest.mark.parametrize(
    ("story", "why"), [("nothing", "no story begins with 'nothing'"), ("", "2 stories to choose")]
)
def test_a_story_that_is_not_clear_is_refused(ondit_: Run, case: str, story: str, why: str) -> None:
    code, out, err = ondit_("export", case, "--to", "json", "--story", story)
    assert (code, out) == (cli.UNKNOWN_ID, "")
    assert why in err


def test_an_export_is_written_again_in_its_place(ondit_: Run, traced: str) -> None:
    for _ in range(2):
        assert ondit_("export", traced, "--to", "sqlite", "--out", "out.sqlite")[0] == 0


def test_notes_of_the_analyst_are_left_alone(ondit_: Run, traced: str) -> None:
    Path("vault").mkdir()
    Path("vault/mine.md").write_text("mine")
    for _ in range(2):
        assert ondit_("export", traced, "--to", "obsidian", "--out", "vault")[0] == 0
    assert Path("vault/mine.md").read_text() == "mine"
    assert len(list(Path("vault").rglob("*.md"))) > 3


def test_no_export_takes_the_place_of_a_case(ondit_: Run, traced: str, case: str) -> None:
    before = Path(case).read_bytes()
    code, _, err = ondit_("export", traced, "--to", "sqlite", "--out", case)
    assert (code, Path(case).read_bytes()) == (cli.OUTPUT, before)
    assert "it is a case or another SQLite file" in err


@pytest.mark.parametrize(
    ("out", "why"),
    [
        ("-", "name a folder for it"),
        ("trace.json", "is no folder"),
        ("nowhere/out", "there is no folder"),
        ("in", "belongs to what is read"),
        ("in/out", "belongs to what is read"),
    ],
)
def test_a_folder_that_cannot_be_is_refused_before_any_work(
    ondit_: Run, traced: str, tmp_path: Path, out: str, why: str
) -> None:
    (tmp_path / "in").mkdir()
    facefakes.reports(tmp_path / "in")
    code, printed, err = ondit_("export", "in", "--to", "csv", "--out", out)
    assert (code, printed) == (cli.OUTPUT, "")
    assert why in err


def test_what_is_not_text_is_not_printed_on_a_terminal(
    ondit_: Run, traced: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    code, _, err = ondit_("export", traced, "--to", "sqlite")
    assert code == cli.USAGE
    assert "name a file with --out" in err


def test_a_trace_that_contradicts_itself_is_refused(ondit_: Run, traced: str) -> None:
    body = json.loads(Path(traced).read_text())
    body["agents"].append(body["agents"][0])
    Path("twice.json").write_text(json.dumps(body))
    code, _, err = ondit_("export", "twice.json", "--to", "json")
    assert (code, "contradicts itself" in err) == (cli.NOTHING_READ, True)
