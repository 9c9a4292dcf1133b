"""An analyst judges in a case, from the shell: what is kept, what changes, what outlives new reports."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import judgedstory as story
from ondit.casefile import Case
from ondit.errors import InputError, UnknownIdError
from ondit.faces import cli
from ondit.faces.cli import run
from ondit.faces.judging import give, ledger
from ondit.pipeline import read, trace
from ondit.records import Judgement, Trace

Run = Callable[..., tuple[int, str, str]]
WHO = ("--by", "Ada Quill", "--note", "I asked both")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with two of the reports, as one story."""
    path = tmp_path_factory.mktemp("made") / "merrow.ondit"
    with Case.open(path) as case:
        for ident in ("r1", "r2"):
            case.add(story.document(ident), read, lambda *_: "s", trace)
    return path


@pytest.fixture
def case(made: Path, tmp_path: Path) -> str:
    return str(shutil.copy(made, tmp_path / "merrow.ondit"))


@pytest.fixture
def ondit_(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "100")

    def command(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        out, err = capfd.readouterr()
        return code, out, err

    return command


def traced(path: str) -> Trace:
    with Case.open(path, readonly=True) as case:
        return case.trace("s")


def kept(path: str) -> list[Judgement]:
    return [entry.judgement for entry in ledger(path)]


def test_a_judgement_is_kept_told_and_explained(ondit_: Run, case: str) -> None:
    code, out, err = ondit_("judge", case, "same-agent", "The harbour master", "Hale", *WHO)
    assert (code, err) == (0, "")
    assert "one agent: judged by Ada Quill on " in out
    assert "2 reports, 1 to 2 origins (" in out
    assert "2 reports, 1 origin (The harbour master)" in out
    (claim,) = [c for c in traced(case).claims if "nine people" in gist(traced(case), c.id)]
    told = ondit_("explain", claim.id, "--case", case)[1]
    assert "as analysts judged\n└── one agent: judged by Ada Quill" in told


def gist(found: Trace, claim: str) -> str:
    (chosen,) = [c for c in found.claims if c.id == claim]
    text = next(d.text for d in found.documents if d.id == chosen.gist.document)
    return text[slice(*chosen.gist.span)]


def test_json_holds_the_judgement_and_the_counts_before_and_after(ondit_: Run, case: str) -> None:
    code, out, _ = ondit_("judge", case, "same-agent", "r1:The harbour master", "r2:Hale", *WHO, "--json")
    found = json.loads(out)
    assert (code, found["problems"]) == (0, [])
    assert found["judgement"]["kind"] == "same agent"
    assert found["judgement"]["one"] == [
        {"document": "r1", "quote": "The harbour master", "near": 102, "url": "https://r1.example/bridge"}
    ]
    (change,) = found["changes"]
    before, after = (change[side][0]["origins"]["affirm"] for side in ("before", "after"))
    assert ((before["lo"], before["hi"]), (after["lo"], after["hi"])) == ((1, 2), (1, 1))


def test_withdrawing_gives_the_trace_of_before_and_keeps_both_in_the_ledger(ondit_: Run, case: str) -> None:
    before = traced(case)
    ondit_("judge", case, "not-used", "r2", "r1", *WHO)
    assert traced(case).derivations == ()
    (one,) = kept(case)
    assert ondit_("judge", case, "withdraw", one.id[:8], *WHO)[0] == 0
    assert traced(case) == before
    assert [entry.state for entry in ledger(case)] == ["withdrawn", "holds"]
    lines = [json.loads(line) for line in ondit_("judgements", case, "--json")[1].splitlines()]
    assert [line["judgement"]["kind"] for line in lines] == ["no derivation", "withdrawal"]
    assert "2 judgements" in ondit_("judgements", case)[1]


def test_judgements_stay_when_reports_are_added(ondit_: Run, case: str) -> None:
    ondit_("judge", case, "same-agent", "The harbour master", "Hale", *WHO)
    with Case.open(case) as writer:
        writer.add(story.document("r3"), read, lambda *_: "s", trace)
    found = traced(case)
    assert (len(found.documents), found.judgements) == (3, tuple(kept(case)))
    assert [entry.state for entry in ledger(case)] == ["holds"]


def test_whole_claims_are_joined_and_single_statements_parted(ondit_: Run, case: str) -> None:
    bridge, hurt = sorted(traced(case).claims, key=lambda c: "nine people" in gist(traced(case), c.id))
    assert ondit_("judge", case, "same-claim", bridge.id, hurt.id[:10], *WHO)[0] == 0
    (claim,) = traced(case).claims
    assert len(claim.statements) == len(bridge.statements) + len(hurt.statements)
    assert ondit_("judge", case, "different-claims", claim.id, "r2:nine people had been hurt", *WHO)[0] == 0
    assert sorted(len(c.statements) for c in traced(case).claims) == [1, len(claim.statements) - 1]
    assert "partly overruled by a later judgement" in ledger(case)[0].state


def test_a_link_is_rejected_by_its_words_of_saying(ondit_: Run, case: str) -> None:
    number = len(traced(case).attributions)
    code, out, _ = ondit_("judge", case, "reject", "r1:The harbour master said", *WHO)
    assert (code, len(traced(case).attributions)) == (0, number - 1)
    assert "no attribution: judged by Ada Quill" in out


def test_an_edge_is_asserted_with_its_direction(ondit_: Run, case: str) -> None:
    ondit_("judge", case, "used", "r1", "r2", *WHO)
    (drv,) = traced(case).derivations
    assert (drv.child, drv.parent, drv.why) == ("r1", "r2", "judged by Ada Quill: I asked both")


def test_a_judgement_that_cannot_hold_is_told_on_stderr(ondit_: Run, case: str) -> None:
    code, _, err = ondit_("judge", case, "same-agent", "r1:falling stones", "Hale", *WHO)
    assert code == 0
    assert "nothing is read at its words now" in err
    assert ledger(case)[0].state.startswith("does not hold: ")


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("same-agent", "Nobody", "Hale"), cli.UNKNOWN_ID, "has no agent 'Nobody'"),
        (("same-claim", "clm-zz", "r1:bridge"), cli.UNKNOWN_ID, "no claim or statement in story s"),
        (("same-claim", "r1:no such words", "r2:nine"), cli.UNKNOWN_ID, "does not hold the words"),
        (("used", "r1", "r7"), cli.UNKNOWN_ID, "no report in story s begins with 'r7'"),
        (("used", "r1", "r1"), cli.USAGE, "r1 is named twice"),
        (("reject", "r1:falling stones"), cli.UNKNOWN_ID, "no attributions say so"),
        (("withdraw", "jdg-0"), cli.UNKNOWN_ID, "no judgement in"),
        (("different-agents", "Hale", "r2:Commander Hale"), cli.NOTHING_READ, "are the same words"),
        (("used", "r1"), cli.USAGE, "used takes two of WHAT"),
        (("praise", "r1"), cli.USAGE, "'praise' is not one of"),
        (("used", "r1", "r2", "--story", "x"), cli.UNKNOWN_ID, "has no story 'x'"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_is_kept(
    ondit_: Run, case: str, arguments: tuple[str, ...], code: int, why: str
) -> None:
    found, _, err = ondit_("judge", case, *arguments, *WHO)
    assert found == code
    assert why in err
    assert kept(case) == []


@pytest.mark.parametrize("blank", [("--by", " ", "--note", "why"), ("--by", "Ada", "--note", "")])
def test_nobody_judges_without_name_and_reason(ondit_: Run, case: str, blank: tuple[str, ...]) -> None:
    assert ondit_("judge", case, "used", "r1", "r2", *blank)[0] == cli.USAGE
    assert kept(case) == []


def test_a_judgement_needs_a_case(ondit_: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "none.ondit", tmp_path):
        assert ondit_("judge", str(path), "used", "r1", "r2", *WHO)[0] == cli.CASE
        assert ondit_("judgements", str(path))[0] == cli.CASE


def test_names_and_notes_are_shown_without_what_a_terminal_obeys(ondit_: Run, case: str) -> None:
    hostile = ("--by", "A\x1b[31mda", "--note", "I\u202e asked\nboth")
    ondit_("judge", case, "used", "r1", "r2", *hostile)
    out = ondit_("judgements", case)[1]
    assert "a report used another: judged by Ada on " in out
    assert {"\x1b", "\u202e"} & set(out) == set()


def test_one_function_adds_a_judgement_and_says_when(case: str) -> None:
    def noon() -> datetime:
        return datetime(2031, 5, 2, 12, tzinfo=UTC)

    found = give(case, "derivation", ("r1", "r2"), "Ada", "why", now=noon)
    assert (found.judgement.at, found.after, found.problems) == ("2031-05-02T12:00:00Z", traced(case), ())
    assert (found.before.judgements, kept(case)) == ((), [found.judgement])
    with pytest.raises(InputError, match="is about 2"):
        give(case, "derivation", ("r1",), "Ada", "why")
    with pytest.raises(UnknownIdError):
        give(case, "withdrawal", ("",), "Ada", "why")


def test_on_a_story_what_was_judged_outlives_later_reports_and_is_undone_without_a_trace(
    ondit_: Run, stories: Path, tmp_path: Path
) -> None:
    files = [str(path) for path in sorted((stories / "port-explosion" / "reports").glob("*.txt"))]
    path = str(tmp_path / "port.ondit")
    assert ondit_("trace", *files[:2], "--case", path, "--one-story")[0] == 0
    with Case.open(path, readonly=True) as case:
        (first,) = case.traces()
    one, other = (claim.id for claim in first.claims[:2])
    assert ondit_("judge", path, "same-claim", one, other, *WHO)[0] == 0
    reports = [document.id for document in first.documents]
    assert ondit_("judge", path, "used", reports[0], reports[1], *WHO)[0] == 0
    assert ondit_("trace", files[2], "--case", path, "--one-story")[0] == 0
    assert [entry.state for entry in ledger(path)] == ["holds", "holds"]
    with Case.open(path, readonly=True) as case:
        (found,) = case.traces()
        plain = trace(case.readings(), found.story)
    assert [(d.child, d.parent) for d in found.derivations if "judged by Ada Quill" in d.why] == [
        (reports[0], reports[1])
    ]
    assert len(found.claims) < len(plain.claims)
    for entry in ledger(path):
        assert ondit_("judge", path, "withdraw", entry.judgement.id, *WHO)[0] == 0
    with Case.open(path, readonly=True) as case:
        assert list(case.traces()) == [plain]
