from __future__ import annotations

import json
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.gate import FLOORS, STORIES, Measured, failures, loosened, pinned
from benchmarks.quality.gold import corpus_digest

HELD = {"corpus": "c0ffee", "at least": {"found": 0.8}, "at most": {"false corroboration": 0.1}}


def reached(found: float, false: float, digest: str = "c0ffee") -> Measured:
    return Measured("stories", digest, {"found": found, "false corroboration": false})


def test_the_gate_is_open_where_every_floor_holds() -> None:
    assert list(failures(HELD, reached(0.8, 0.1))) == []


@pytest.mark.parametrize(
    ("measured", "words"),
    [
        (reached(0.79, 0.0), "found is 0.790, under its floor 0.800"),
        (reached(0.9, 0.2), "false corroboration is 0.200, over its limit 0.100"),
        (reached(1.0, 0.0, "other"), "not the corpus of the floors"),
    ],
)
def test_the_gate_says_what_keeps_it_shut(measured: Measured, words: str) -> None:
    assert [words in failure for failure in failures(HELD, measured)] == [True]


def test_pinning_raises_floors_and_leaves_a_slack() -> None:
    assert pinned(HELD, reached(0.9, 0.05))["at least"] == {"found": 0.89}


def test_pinning_never_loosens_for_the_same_corpus() -> None:
    worse = pinned(HELD, reached(0.5, 0.5))
    assert (worse["at least"], worse["at most"]) == (HELD["at least"], HELD["at most"])


def test_pinning_starts_anew_for_another_corpus() -> None:
    assert pinned(HELD, reached(0.5, 0.0, "other"))["at least"] == {"found": 0.49}


@pytest.mark.parametrize(
    "new",
    [
        {},
        {"stories": HELD | {"at least": {"found": 0.7}}},
        {"stories": HELD | {"at least": {}}},
        {"stories": HELD | {"at most": {"false corroboration": 0.2}}},
    ],
)
def test_a_floor_that_falls_is_seen(new: dict[str, Any]) -> None:
    assert len(list(loosened({"stories": HELD}, new))) == 1


def test_a_floor_that_rises_is_welcome() -> None:
    assert list(loosened({"stories": HELD}, {"stories": HELD | {"at least": {"found": 0.9}}})) == []


def test_the_floors_are_pinned_for_the_stories_that_are_here() -> None:
    assert json.loads(FLOORS.read_text(encoding="utf-8"))["stories"]["corpus"] == corpus_digest(STORIES)


def test_floors_have_only_risen(root: Path) -> None:
    """The history of floors.json, as far as this clone has it, and the file as it is now."""
    path = FLOORS.relative_to(root).as_posix()
    git = ["git", "-C", str(root)]
    commits = [*git, "log", "--reverse", "--format=%H", "--", path]
    log = subprocess.run(commits, capture_output=True, text=True, check=False)
    if log.returncode:
        pytest.skip("not a git checkout")
    shown = [
        subprocess.run([*git, "show", f"{commit}:{path}"], capture_output=True, text=True, check=False).stdout
        for commit in log.stdout.split()
    ]
    history = [json.loads(text) for text in shown if text] + [json.loads(FLOORS.read_text(encoding="utf-8"))]
    fell = [fall for old, new in pairwise(history) for fall in loosened(old, new)]
    assert fell == []
