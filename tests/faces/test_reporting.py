"""`ondit report`: from whatever there is to one page, and what is said where there is none or too much."""

from __future__ import annotations

from pathlib import Path

import pytest

import facefakes
from ondit.faces.cli import run
from ondit.telling.page import story_page
from ondit.tracing.recounts import recounts


@pytest.fixture(autouse=True)
def quick_steps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    facefakes.quicken(monkeypatch)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> str:
    return facefakes.reports(tmp_path)


def test_reports_become_a_page(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", file, "--html", "out.html"]) == 0
    page = Path("out.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "“Fire”" in page
    assert "out.html: " in capsys.readouterr().err


def test_a_trace_becomes_the_page_that_its_reports_became(file: str) -> None:
    assert run(["trace", file, "--json", "trace.json"]) == 0
    assert run(["report", file, "--html", "from-reports.html"]) == 0
    assert run(["report", "trace.json", "--html", "from-trace.html"]) == 0
    assert Path("from-trace.html").read_bytes() == Path("from-reports.html").read_bytes()


def test_a_page_holds_the_recounts(file: str) -> None:
    trace = facefakes.trace([facefakes.read(document) for document in _documents(file)])
    run(["report", file, "--html", "out.html"])
    assert "without Ann" in Path("out.html").read_text("utf-8")
    assert story_page(trace, recounts(trace)).count("without Ann") > 0


def _documents(file: str) -> list[facefakes.Document]:
    from ondit.intake import load

    return [record for record in load([file]) if isinstance(record, facefakes.Document)]


def test_of_a_case_with_several_stories_one_is_named(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trace", file, "--case", "case.ondit"]) == 0
    capsys.readouterr()
    assert run(["report", "case.ondit", "--html", "out.html"]) == 6
    said = capsys.readouterr().err
    assert "2 stories to choose from; name one with --story" in said
    story = next(word for word in said.split() if word.startswith("story-"))
    assert run(["report", "case.ondit", "--html", "out.html", "--story", story]) == 0
    assert run(["report", "case.ondit", "--html", "out.html", "--story", "none"]) == 6


def test_the_page_can_go_to_stdout(file: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["report", file, "--html", "-"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"<!doctype html>")


def test_the_page_never_takes_the_place_of_what_is_read(file: str) -> None:
    before = Path(file).read_bytes()
    assert run(["report", file, "--html", file]) == 7
    assert Path(file).read_bytes() == before


def test_nothing_to_report_on_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--html", "out.html"]) == 2
    assert "name a case file, a trace JSON, or reports" in capsys.readouterr().err
