from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.score_acceptance import Outcome, outcomes

SHARED = os.environ.get("ONDIT_SHARED", "")
TEXT = "Crane falls\n\nThe mayor said the crane “was old” and rusty.\n"


def listed(tmp_path: Path, *checks: dict[str, Any]) -> list[Outcome]:
    """The outcomes of checks on a story of one report."""
    mention = {
        "report": "r1",
        "quote": "the crane “was old” and rusty",
        "chain": ["mayor", "tide"],
        "stance": "affirm",
        "certainty": "certain",
    }
    story = {
        "id": "s",
        "agents": {
            "mayor": {"name": "The mayor", "kind": "person"},
            "tide": {"name": "The Tide", "kind": "outlet"},
        },
        "reports": [{"id": "r1", "file": "r1.txt", "outlet": "tide", "headline": "Crane falls"}],
        "claims": [{"id": "c1", "mentions": [mention]}],
    }
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "r1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "story.json").write_text(json.dumps(story), encoding="utf-8")
    (tmp_path / "acceptance.json").write_text(json.dumps({"checks": checks}), encoding="utf-8")
    return outcomes(tmp_path)


def place(quote: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"report": "r1", "quote": quote, "start": start, "end": start + len(quote), **more}


def test_check_passes_where_all_that_it_expects_is_found(tmp_path: Path) -> None:
    counted = {"stated_origins": ["mayor"], "lo": 1, "hi": 1, "unsourced_reports": []}
    check = {"id": "A1", "check": "origins", "claim": "c1", "stance": "affirm", "expect": counted}
    assert listed(tmp_path, check) == [Outcome("A1", "origins", ())]


def test_check_that_fails_says_what_is_found_instead(tmp_path: Path) -> None:
    counted = {"stated_origins": ["mayor"], "lo": 2, "hi": 1, "unsourced_reports": []}
    check = {"id": "A1", "check": "origins", "claim": "c1", "stance": "affirm", "expect": counted}
    assert listed(tmp_path, check) == [Outcome("A1", "origins", ("lo 1, not 2",))]


def test_speaker_of_a_stretch_is_not_always_who_chose_its_words(tmp_path: Path) -> None:
    said = {
        "id": "A5",
        "check": "span_author",
        "span": place("was old” and rusty"),
        "expect": ["mayor", "tide"],
    }
    worded = {
        "id": "A12",
        "check": "own_voice_inside_attribution",
        "spans": [place("was old", author=["mayor", "tide"]), place("rusty", author=["tide"])],
    }
    assert [outcome.faults for outcome in listed(tmp_path, said, worded)] == [(), ()]


def test_checks_of_unknown_kinds_are_not_counted(tmp_path: Path) -> None:
    assert listed(tmp_path, {"id": "A15", "check": "pact_record"}) == []


@pytest.mark.skipif(not SHARED, reason="ONDIT_SHARED does not name the folder of shared data")
def test_seeds_pass_all_but_two_of_their_first_list() -> None:
    """What differs in wording or certainty alone is no conflict yet, and no noun phrase is a statement."""
    found = outcomes(Path(SHARED) / "seeds" / "russia-north-korea-pact")
    assert [outcome.id for outcome in found if outcome.faults] == ["A9", "A10"]
