from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.quality.factuality import by_readout, by_rule, clause_of, features, learnt
from benchmarks.quality.score_factuality import learn, load, score

ROWS = [
    {"split": "train", "tokens": ["He", "did", "n't", "leave"], "fact": [[3, -3.0]]},
    {"split": "test", "tokens": ["He", "may", "leave"], "fact": [[2, 1.0]]},
]


@pytest.mark.parametrize(
    ("sentence", "place", "value"),
    [
        ("He left early", 1, 3.0),
        ("He did n't leave", 3, -3.0),
        ("He failed to leave", 3, -3.0),
        ("He may leave", 2, 1.0),
        ("Had he left , they would know", 2, 3.0),
    ],
)
def test_rule_gives_what_the_governing_operators_leave(sentence: str, place: int, value: float) -> None:
    assert by_rule(clause_of(sentence.split()), place) == value


def test_readout_puts_what_happened_over_what_may_and_that_over_what_did_not() -> None:
    happened = by_readout(clause_of(["The", "police", "arrested", "two", "men"]), 2)
    may = by_readout(clause_of(["The", "police", "may", "arrest", "two", "men"]), 3)
    never = by_readout(clause_of(["The", "police", "did", "not", "arrest", "two", "men"]), 4)
    assert happened > may > never


def test_file_is_read_event_by_event(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    assert [(e.part, e.place, e.value) for e in load(path)] == [("train", 3, -3.0), ("test", 2, 1.0)]


def test_weights_are_learnt_from_the_train_part_alone(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in [*ROWS * 12]), encoding="utf-8")
    weights = learn(load(path))
    assert weights["rule"] > 0
    assert "modal may" not in weights


def test_ridge_finds_what_a_feature_adds() -> None:
    rows = [{"bias": 1.0, "not": float(i % 2)} for i in range(400)]
    weights = learnt(rows, [3.0 - 6.0 * (i % 2) for i in range(400)])
    assert weights["bias"] == pytest.approx(2.7, abs=0.3)
    assert weights["not"] == pytest.approx(-5.5, abs=0.5)


def test_features_name_what_governs() -> None:
    assert "modal may" in features(clause_of(["He", "may", "leave"]), 2)


def test_agreement_up_to_a_constant_is_a_perfect_correlation() -> None:
    assert score([1.0, 2.0, 3.0], [2.0, 3.0, 4.0]) == (1.0, 1.0)
    assert score([3.0, 3.0], [1.0, 2.0])[0] == 0.0
