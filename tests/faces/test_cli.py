"""The commands as a person types them: what goes to stdout, to stderr, into files, and the exit code."""

from __future__ import annotations

import functools
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import facefakes
import ondit.pipeline
from ondit.casefile import Case
from ondit.errors import WeightsError
from ondit.faces import cli
from ondit.faces.cli import run
from ondit.records import Document, content_id
from ondit.schema import dumps_trace, json_schema, loads_trace
from ondit.text.register import FILES

Run = Callable[..., tuple[int, str, str]]
ONDIT = [sys.executable, "-c", "from ondit.faces.cli import main; main()"]


@pytest.fixture(autouse=True)
def quick_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    facefakes.quicken(monkeypatch)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def ondit_(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command: its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return command


@pytest.fixture
def file(tmp_path: Path) -> str:
    return facefakes.reports(tmp_path)


@pytest.fixture
def traced(tmp_path: Path) -> str:
    """A trace JSON of the three reports."""
    rows = [facefakes.read(d) for d in documents()]
    path = tmp_path / "trace.json"
    path.write_bytes(dumps_trace(facefakes.trace(rows)))
    return str(path)


def documents() -> list[Document]:
    return [
        Document(row["id"], row["text"], outlet=row["outlet"], headline=row["headline"])
        for row in facefakes.ROWS
    ]


DEPOT = content_id("claim", "the depot burned")

# --------------------------------------------------------------------------- trace


def test_trace_prints_the_story_as_a_tree(ondit_: Run, file: str) -> None:
    code, out, err = ondit_("trace", file)
    assert (code, err) == (0, "")
    assert out.startswith("“Fire” Tide [r1]\n3 reports, 4 claims: 3 rest on one origin, 1 on nobody named\n")
    assert "1. “the depot burned”\n   2 reports, 1 origin  claim-" in out
    assert "Ann -> NBC: “the depot burned” [r2]" in out
    assert "\x1b" not in out


def test_trace_without_a_case_takes_all_reports_for_one_story(ondit_: Run, file: str) -> None:
    assert ondit_("trace", file, "--json", "out.json")[0] == 0
    trace = loads_trace(Path("out.json").read_bytes())
    assert [d.id for d in trace.documents] == ["r1", "r2", "r3"]
    jsonschema.validate(json.loads(Path("out.json").read_text()), json_schema())


def test_json_on_stdout_is_all_that_is_printed(ondit_: Run, file: str) -> None:
    code, out, err = ondit_("trace", file, "--json", "-")
    assert (code, err) == (0, "")
    assert len(loads_trace(out).claims) == 4


def test_by_story_writes_a_line_a_story_the_largest_first(ondit_: Run, file: str) -> None:
    code, out, _ = ondit_("trace", file, "--by-story", "--json", "-")
    assert code == 0
    traces = map(loads_trace, out.splitlines())
    assert [[d.id for d in trace.documents] for trace in traces] == [["r1", "r2"], ["r3"]]


def test_reports_come_from_folders_and_stdin_too(
    ondit_: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Fire\n\nAnn said the depot burned.")
    line = json.dumps(facefakes.ROWS[1]).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line)))
    code, out, _ = ondit_("trace", "in", "-", "--json", "-")
    assert (code, len(loads_trace(out).documents)) == (0, 2)


def test_a_limit_is_kept_and_zero_is_none(ondit_: Run, file: str) -> None:
    assert "and 3 more claims" in ondit_("trace", file, "--limit", "1")[1]
    assert "more claim" not in ondit_("trace", file, "--limit", "0")[1]


def test_problems_are_told_on_stderr_and_lose_nothing_else(ondit_: Run, tmp_path: Path) -> None:
    bad = (
        {"id": "r4", "outlet": "Sun", "text": "This may explode."},
        {"nothing": 1},
        {"id": "r5", "text": "odd."},
    )
    path = facefakes.reports(tmp_path, [*facefakes.ROWS, *bad])
    code, out, err = ondit_("trace", path, "--json", "-")
    assert code == 0
    assert len(loads_trace(out).documents) == 4
    assert err.startswith("ondit: 3 problems:\n")
    assert "reports.jsonl:4 (report r4): the reader failed with ValueError: it exploded" in err
    codes = {problem.code for problem in loads_trace(out).problems}
    assert {"unreadable", "odd"} < codes


def test_strict_makes_problems_an_exit_code(ondit_: Run, tmp_path: Path, file: str) -> None:
    assert ondit_("trace", file, "--strict")[0] == 0
    path = facefakes.reports(tmp_path, [*facefakes.ROWS, {"nothing": 1}])
    assert ondit_("trace", path, "--strict", "--json", "out.json")[0] == cli.WITH_PROBLEMS
    assert len(loads_trace(Path("out.json").read_bytes()).documents) == 3


def test_nothing_read_is_an_error_that_says_why(ondit_: Run, tmp_path: Path) -> None:
    path = facefakes.reports(tmp_path, [{"nothing": 1}])
    code, out, err = ondit_("trace", path, "--json", "out.json")
    assert (code, out) == (cli.NOTHING_READ, "")
    assert "reports.jsonl:1" in err
    assert err.endswith("ondit: no report could be read\n")
    assert not Path("out.json").exists()


def test_a_missing_input_is_one_clear_line(ondit_: Run) -> None:
    code, out, err = ondit_("trace", "nowhere.jsonl")
    assert (code, out) == (cli.NOTHING_READ, "")
    assert err.startswith("ondit: nowhere.jsonl: no such file or folder")
    assert err.count("\n") == 1


def test_no_input_is_a_usage_error(ondit_: Run) -> None:
    code, _, err = ondit_("trace")
    assert code == cli.USAGE
    assert "name at least one INPUT" in err


def test_an_output_that_cannot_be_written_is_refused_before_the_work(ondit_: Run, file: str) -> None:
    code, out, err = ondit_("trace", file, "--json", "none/out.json")
    assert (code, out, err) == (
        cli.OUTPUT,
        "",
        "ondit: none/out.json cannot be written: there is no folder none\n",
    )
    assert ondit_("trace", file, "--json", ".")[0] == cli.OUTPUT


@pytest.mark.parametrize(
    "arguments",
    [
        ("trace", "reports.jsonl", "--json", "reports.jsonl"),
        ("trace", "reports.jsonl", "--json", "./link.jsonl"),
        ("trace", "reports.jsonl", "--json", "hard.jsonl"),
        ("trace", "folder", "--json", "folder/more.jsonl"),
        ("trace", "reports.jsonl", "--attributions", "atts.jsonl", "--json", "atts.jsonl"),
        ("trace", "reports.jsonl", "--case", "x.ondit", "--json", "x.ondit"),
        ("trace", "reports.jsonl", "--case", "new.ondit", "--json", "new.ondit"),
        ("trace", "reports.jsonl", "--case", "new.ondit", "--json", "new.ondit-wal"),
        ("trace", "reports.jsonl", "--json", "x.ondit"),
        ("attributions", "reports.jsonl", "reports.jsonl"),
        ("attributions", "reports.jsonl", "x.ondit"),
        ("attributions", "reports.jsonl", "atts.jsonl", "--attributions", "atts.jsonl"),
    ],
    ids=" ".join,
)
def test_an_output_never_takes_the_place_of_what_is_read(
    ondit_: Run, file: str, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "link.jsonl").symlink_to(file)
    (tmp_path / "hard.jsonl").hardlink_to(file)
    (tmp_path / "folder").mkdir()
    facefakes.reports(tmp_path / "folder", name="more.jsonl")
    ondit_("attributions", file, "atts.jsonl")
    ondit_("trace", file, "--case", "x.ondit")
    before = contents(tmp_path)
    code, out, err = ondit_(*arguments)
    assert (code, out, err.count("\n")) == (cli.OUTPUT, "", 1)
    assert err.startswith(f"ondit: {arguments[-1] if '--json' in arguments else arguments[2]} is not written")
    assert contents(tmp_path) == before


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_output_of_an_earlier_run_is_written_again(ondit_: Run, file: str) -> None:
    for _ in range(2):
        assert ondit_("trace", file, "--json", "out.json", "--case", "x.ondit")[0] == 0
        assert ondit_("attributions", file, "out.jsonl")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [("trace", ""), ("attributions", "", "out"), ("trace", "reports.jsonl", "--case", ""), ("claims", "")],
    ids=" ".join,
)
def test_an_empty_name_is_a_usage_error(ondit_: Run, file: str, arguments: tuple[str, ...]) -> None:
    code, _, err = ondit_(*arguments)
    assert (code, "the name is empty" in err) == (cli.USAGE, True)


def test_a_case_that_is_not_there_is_not_made_without_input(ondit_: Run) -> None:
    code, _, err = ondit_("trace", "--case", "typo.ondit")
    assert (code, "there is no case typo.ondit yet" in err) == (cli.USAGE, True)
    assert not Path("typo.ondit").exists()


def test_attributions_come_in_the_order_of_the_input(ondit_: Run, tmp_path: Path) -> None:
    path = facefakes.reports(tmp_path, facefakes.ROWS[::-1], "turned.jsonl")
    for workers in ("0", "2"):
        _, out, _ = ondit_("attributions", path, "-", "--workers", workers)
        assert [json.loads(row)["id"] for row in out.splitlines()] == ["r3", "r2", "r1"]


def test_the_same_input_writes_the_same_bytes(ondit_: Run, file: str) -> None:
    ondit_("trace", file, "--json", "a.json")
    ondit_("trace", file, "--json", "b.json")
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes()


# ---------------------------------------------------------------------------- case


def test_a_case_keeps_stories_apart_and_knows_what_it_has(ondit_: Run, file: str) -> None:
    code, out, err = ondit_("trace", file, "--case", "x.ondit")
    assert code == 0
    assert err == "ondit: x.ondit: 3 new reports, 0 known; 2 stories\n"
    assert out.count(" reports, ") + out.count("1 report, 1 claim") >= 2
    before = Path("x.ondit").read_bytes()
    code, again, err = ondit_("trace", file, "--case", "x.ondit")
    assert (code, again) == (0, out)
    assert err == "ondit: x.ondit: 0 new reports, 3 known; 2 stories\n"
    assert Path("x.ondit").read_bytes() == before


def test_a_case_alone_tells_all_its_stories(ondit_: Run, file: str) -> None:
    first = ondit_("trace", file, "--case", "x.ondit")[1]
    code, out, err = ondit_("trace", "--case", "x.ondit")
    assert (code, out) == (0, first)
    assert err == "ondit: x.ondit: nothing to add; 2 stories\n"


def test_one_story_puts_everything_into_the_only_story(ondit_: Run, file: str, tmp_path: Path) -> None:
    code, out, _ = ondit_("trace", file, "--case", "x.ondit", "--one-story", "--json", "-")
    assert (code, len(loads_trace(out).documents)) == (0, 3)
    row = {"id": "r9", "headline": "Rain", "text": "It rained."}
    other = facefakes.reports(tmp_path, [row], "other.jsonl")
    assert ondit_("trace", other, "--case", "x.ondit")[0] == 0
    code, _, err = ondit_("trace", file, "--case", "x.ondit", "--one-story")
    assert code == cli.CASE
    assert "holds 2 stories" in err


def test_only_the_stories_of_the_given_reports_are_told(ondit_: Run, file: str, tmp_path: Path) -> None:
    ondit_("trace", file, "--case", "x.ondit")
    vote = facefakes.reports(tmp_path, facefakes.ROWS[2:], "vote.jsonl")
    _, out, err = ondit_("trace", vote, "--case", "x.ondit")
    assert out.startswith("“Vote” Sun [r3]\n1 report, 1 claim: 1 rests on one origin\n")
    assert err.endswith("0 new reports, 1 known; 1 story\n")


def test_a_trace_lost_in_a_crash_is_made_again_when_it_is_asked_for(ondit_: Run, file: str) -> None:
    with Case.open("x.ondit") as case:
        read = functools.partial(map, facefakes.read)
        adding = case.add_all(documents(), read, lambda *_: None, facefakes.trace)
        next(adding)
        adding.close()
        assert len(case.stale()) == 1
    code, out, _ = ondit_("claims", "x.ondit")
    assert code == 0
    assert "“the depot burned”" in out


def test_what_is_no_case_is_refused(ondit_: Run, file: str) -> None:
    before = Path(file).read_bytes()
    code, _, err = ondit_("trace", file, "--case", file)
    assert code == cli.CASE
    assert "is not a case file" in err
    assert Path(file).read_bytes() == before


def test_search_finds_reports(ondit_: Run, file: str) -> None:
    ondit_("trace", file, "--case", "x.ondit")
    code, out, _ = ondit_("search", "x.ondit", "depot", "bob")
    assert code == 0
    assert out.startswith("NBC [r2] “Fire”\n  “Ann said the depot burned. Bob said it rained.”\n  story ")
    assert out.endswith("\n1 report\n")


# -------------------------------------------------------------------------- asking


@pytest.fixture(params=["case", "trace", "lines"])
def where(request: pytest.FixtureRequest, ondit_: Run, file: str, traced: str) -> list[str]:
    """A case, a trace JSON, and JSON Lines of traces: all are asked in the same way."""
    if request.param == "trace":
        return ["--trace", traced]
    if request.param == "lines":
        ondit_("trace", file, "--by-story", "--json", "traces.jsonl")
        return ["--trace", "traces.jsonl"]
    ondit_("trace", file, "--case", "x.ondit")
    return ["--case", "x.ondit"]


def test_claims_lists_what_rests_on_how_little(ondit_: Run, where: list[str]) -> None:
    code, out, err = ondit_("claims", where[1])
    assert (code, err) == (0, "")
    assert re.search(rf"{DEPOT} +2 reports, 1 origin +“the depot burned”", out)


def test_claims_as_json_lines(ondit_: Run, where: list[str]) -> None:
    rows = [json.loads(line) for line in ondit_("claims", where[1], "--json")[1].splitlines()]
    assert (rows[0]["id"], rows[0]["gist"]) == (DEPOT, "the depot burned")
    assert (rows[0]["origins"]["affirm"]["reports"], rows[0]["origins"]["affirm"]["lo"]) == (2, 1)


def test_explain_shows_every_reason(ondit_: Run, where: list[str]) -> None:
    code, out, err = ondit_("explain", DEPOT[:10], *where)
    assert (code, err) == (0, "")
    assert "Ann (person): stated origin" in out
    assert "NBC has it from Ann" in out


def test_explain_as_json(ondit_: Run, traced: str) -> None:
    (row,) = map(json.loads, ondit_("explain", DEPOT, "--trace", traced, "--json")[1].splitlines())
    assert row["claim"] == DEPOT
    assert row["explanation"]["origins"]["lo"] == 1


@pytest.mark.parametrize("name", ["Ann", "ann", "An"])
def test_what_if_leaves_somebody_out_by_id_or_name(ondit_: Run, where: list[str], name: str) -> None:
    code, out, _ = ondit_("what-if", DEPOT, *where, "--without", name)
    assert code == 0
    assert "as reported: 2 reports, 1 origin" in out
    assert "without Ann: no reports" in out


def test_what_if_named_only_as_json(ondit_: Run, traced: str) -> None:
    _, out, _ = ondit_("what-if", DEPOT, "--trace", traced, "--named-only", "--json")
    (row,) = map(json.loads, out.splitlines())
    assert (row["stance"], row["before"]["lo"], row["after"]["lo"]) == ("affirm", 1, 1)


def test_unknown_claims_and_agents_are_named(ondit_: Run, traced: str) -> None:
    code, _, err = ondit_("explain", "claim-zzz", "--trace", traced)
    assert (code, "no claims begin with 'claim-zzz'" in err) == (cli.UNKNOWN_ID, True)
    code, _, err = ondit_("explain", "claim-", "--trace", traced)
    assert (code, "4 claims begin with 'claim-'" in err) == (cli.UNKNOWN_ID, True)
    code, _, err = ondit_("what-if", DEPOT, "--trace", traced, "--without", "Zed")
    assert code == cli.UNKNOWN_ID
    assert "no agent 'Zed'; it has Ann, Bob, Cleo" in err


def test_a_question_without_a_place_or_a_change_is_a_usage_error(ondit_: Run, traced: str) -> None:
    assert ondit_("explain", DEPOT)[0] == cli.USAGE
    assert ondit_("explain", DEPOT, "--trace", traced, "--case", "x")[0] == cli.USAGE
    assert ondit_("what-if", DEPOT, "--trace", traced)[0] == cli.USAGE


def test_what_is_no_trace_is_said_so(ondit_: Run, file: str) -> None:
    code, _, err = ondit_("claims", file)
    assert (code, "reports.jsonl: Not a trace of Ondit" in err) == (cli.NOTHING_READ, True)
    assert ondit_("claims", "nowhere")[0] == cli.NOTHING_READ


# -------------------------------------------------------------------- attributions


def test_attributions_are_written_with_their_words(ondit_: Run, file: str) -> None:
    assert ondit_("attributions", file, "out.jsonl")[0] == 0
    rows = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    (first,) = rows[0]["attributions"]
    assert [row["id"] for row in rows] == ["r1", "r2", "r3"]
    assert (first["source"], first["source_text"], first["parent"]) == ([[0, 3]], ["Ann"], None)
    assert (first["cue_text"], first["content_text"]) == (["said"], ["the depot burned"])


def test_attributions_made_elsewhere_replace_ours(ondit_: Run, file: str) -> None:
    given = {"id": "r1", "attributions": [{"source_text": "Ann", "content_text": "It rained"}]}
    Path("given.jsonl").write_text(json.dumps(given))
    code, out, err = ondit_("trace", file, "--attributions", "given.jsonl", "--json", "-")
    assert (code, err) == (0, "")
    (mine,) = [att for att in loads_trace(out).attributions if att.document == "r1"]
    assert (mine.method, mine.content) == ("given", ((27, 36),))


def test_refused_attributions_are_problems(ondit_: Run, file: str) -> None:
    lines = [
        {"id": "r1", "attributions": [{"content": [[0, 3]], "content_text": ["Bob"]}]},
        {"id": "r9", "attributions": []},
    ]
    Path("given.jsonl").write_text("\n".join(map(json.dumps, lines)))
    for case in ([], ["--case", "x.ondit"]):
        _, _, err = ondit_("trace", file, "--attributions", "given.jsonl", *case)
        assert "its content_text is 'Bob', but at 0..3 stands 'Ann'" in err
        assert "no report has the id 'r9'" in err
    _, _, err = ondit_("trace", file, "--attributions", "given.jsonl", "--case", "x.ondit")
    assert "the case has read this report before" in err


def test_our_own_attributions_can_be_given_back(ondit_: Run, file: str) -> None:
    ondit_("attributions", file, "out.jsonl", "--nested")
    mine = loads_trace(ondit_("trace", file, "--json", "-")[1])
    given = loads_trace(ondit_("trace", file, "--attributions", "out.jsonl", "--json", "-")[1])
    assert [c.origins for c in given.claims] == [c.origins for c in mine.claims]
    assert given.problems == ()


# --------------------------------------------------------------------------- about


def test_schema_is_the_published_one(ondit_: Run) -> None:
    assert json.loads(ondit_("schema")[1]) == json_schema()


def test_versions_are_told(ondit_: Run) -> None:
    assert ondit_("--version")[1] == f"ondit {ondit.__version__}\n"
    lines = ondit_("version")[1].splitlines()
    assert [line.split()[0] for line in lines] == ["ondit", "trace", "case", "weights", "python"]


def test_register_tells_its_age(ondit_: Run) -> None:
    assert [line.split()[0] for line in ondit_("register")[1].splitlines()] == list(FILES)
    stale = ondit_("register", "--stale")[1].splitlines()
    assert {line.split("\t")[0] for line in stale} == set(FILES)
    assert [line for line in stale if line.startswith("offices") and "Barack Obama" in line] == []


def test_every_command_and_option_and_exit_code_is_documented(root: Path) -> None:
    page = (root / "docs" / "reference" / "cli.md").read_text("utf-8")
    for name, command in cli.cli.commands.items():
        section = page.partition(f"## `ondit {name}`")[2].partition("\n## ")[0]
        assert section, f"docs/reference/cli.md has no section on ondit {name}"
        options = {text for p in command.params for text in (*p.opts, *p.secondary_opts)}
        assert sorted(text for text in options if text.startswith("--") and text not in section) == []
    codes = {value for name, value in vars(cli).items() if name.isupper() and type(value) is int} | {0}
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)} == codes


def test_help_is_there_for_every_command() -> None:
    for name in ("", *cli.cli.commands):
        result = CliRunner().invoke(cli.cli, [*filter(None, [name]), "--help"])
        assert result.exit_code == 0


# -------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("fault", "code", "line"),
    [
        (WeightsError("weights are missing"), cli.WEIGHTS, "ondit: weights are missing\n"),
        (ZeroDivisionError("oh"), cli.BUG, "ondit: internal error, please report it: ZeroDivisionError: oh"),
        (OSError(28, "No space left", "x"), cli.OUTPUT, "ondit: x: No space left\n"),
        (KeyboardInterrupt(), cli.INTERRUPTED, "ondit: interrupted\n"),
    ],
)
def test_every_fault_is_one_line_and_a_code(
    ondit_: Run, file: str, monkeypatch: pytest.MonkeyPatch, fault: BaseException, code: int, line: str
) -> None:
    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr(ondit.pipeline, "trace", fail)
    found, out, err = ondit_("trace", file)
    assert (found, out) == (code, "")
    assert err.startswith(line)
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_errors_with_text_of_reports_stay_text(ondit_: Run, traced: str) -> None:
    _, _, err = ondit_("explain", "\x1b[31m\u202ered", "--trace", traced)
    assert "\x1b" not in err
    assert "\u202e" not in err


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **more}


def test_a_closed_pipe_is_quiet(traced: str) -> None:
    script = f"{sys.executable} -c 'from ondit.faces.cli import main; main()' schema"
    done = subprocess.run(
        ["bash", "-c", f"{script} | true; exit ${{PIPESTATUS[0]}}"], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (cli.PIPE_CLOSED, b"")


def test_ctrl_c_is_one_line() -> None:
    # a job in the background starts deaf to Ctrl-C
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    with subprocess.Popen(
        [sys.executable, "-c", f"{heard}; from ondit.faces.cli import main; main()", "trace", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as waiting:
        assert waiting.stdin is not None
        waiting.stdin.write(b"word " * 2**15)  # more than a pipe holds: once written, it is being read
        waiting.stdin.flush()
        time.sleep(0.5)  # until the reader has drained the pipe and waits for more
        waiting.send_signal(signal.SIGINT)
        waiting.wait(timeout=60)  # its standard input stays open: nothing but the signal ends it
        assert waiting.stdout is not None
        assert waiting.stderr is not None
        out, err = waiting.stdout.read(), waiting.stderr.read()
    assert (waiting.returncode, out, err) == (cli.INTERRUPTED, b"", b"ondit: interrupted\n")


def on_a_terminal(arguments: list[str], **env: str) -> str:
    """What a command writes to a terminal of 100 columns."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [*ONDIT, *arguments], stdout=follower, stderr=follower, stdin=follower, env=environment(**env)
    ) as running:
        os.close(follower)
        chunks = []
        while True:
            try:
                chunk = os.read(leader, 65536)
            except OSError:
                break
            if not chunk:
                break
            chunks.append(chunk)
        running.wait()
    os.close(leader)
    return b"".join(chunks).decode()


def test_a_terminal_gets_weight_but_nothing_by_colour_alone(traced: str) -> None:
    out = on_a_terminal(["claims", traced], TERM="xterm-256color", COLUMNS="100")
    assert "\x1b[1m“Fire”\x1b[0m" in out
    assert not re.findall(r"\x1b\[[0-9;]*(?:3[0-7]|4[0-7]|9[0-7])m", out)


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"TERM": "xterm", "NO_COLOR": "1"}])
def test_no_color_and_dumb_terminals_get_no_colour(traced: str, env: dict[str, str]) -> None:
    out = on_a_terminal(["claims", traced], COLUMNS="100", **env)
    assert "the depot burned" in out
    assert not re.findall(r"\x1b\[[0-9;]*[34][0-9]m", out)


def test_help_answers_at_once() -> None:
    """CPU seconds, the best of three: a busy machine must not fail it."""
    code = (
        "import time, sys; sys.argv = ['ondit', '--help']\n"
        "from ondit.faces.cli import run\n"
        "run(['--help']); sys.stderr.write(str(time.process_time()))\n"
        "heavy = {'rich', 'numpy', 'msgspec', 'lxml', 'onnxruntime', 'sqlite3'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True) for _ in range(3)]
    assert min(float(done.stderr) for done in runs) < 0.3
