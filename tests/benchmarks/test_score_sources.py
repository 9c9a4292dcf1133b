"""Scoring single sources: a report and labels of our own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.score_sources import LABELS, Answer, score, shares

TEXT = "Anna Low left the harbour. She said it burned. Six dockers said it did not. Some said so too."


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def attribution(source: str, content: str) -> dict[str, list[tuple[int, int]]]:
    cue = TEXT.index("said", TEXT.index(source))
    return {"source": [place(source)], "cue": [(cue, cue + 4)], "content": [place(content)]}


REPORT: Mapping[str, Any] = {
    "id": "r1",
    "text": TEXT,
    "attributions": [
        attribution("She", "it burned"),
        attribution("Six dockers", "it did not"),
        attribution("Some", "so too"),
    ],
}


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    (tmp_path / "kinds.tsv").write_text("document\tstart\tend\tkind\tcount\n", encoding="utf-8")
    (tmp_path / "counts.tsv").write_text("document\tstart\tend\tcount\n", encoding="utf-8")
    (tmp_path / "pronouns.tsv").write_text(
        "document\tstart\tend\tantecedent\tantecedent_end\n", encoding="utf-8"
    )
    return tmp_path


def label(labels: Path, test: str, source: str, *cells: object) -> Answer:
    """The answer for one labelled source."""
    with (labels / f"{test}.tsv").open("a", encoding="utf-8") as rows:
        print("r1", *place(source), *cells, sep="\t", file=rows)
    (found,) = score([REPORT], labels)
    return found


@pytest.mark.parametrize(
    ("source", "kind", "outcome"),
    [
        ("Six dockers", "anonymous_group", "right"),
        ("Six dockers", "person", "wrong"),
        ("Some", "anonymous_group", "right"),
    ],
)
def test_kind_is_right_where_it_is_the_labelled_one(
    labels: Path, source: str, kind: str, outcome: str
) -> None:
    assert label(labels, "kinds", source, kind, "").outcome == outcome


@pytest.mark.parametrize(
    ("source", "count", "outcome"),
    [("Six dockers", "6", "right"), ("Six dockers", "", "wrong"), ("Some", "", "right")],
)
def test_head_count_is_right_where_it_is_the_labelled_one(
    labels: Path, source: str, count: str, outcome: str
) -> None:
    assert label(labels, "counts", source, count).outcome == outcome


@pytest.mark.parametrize(("antecedent", "outcome"), [("Anna Low", "right"), ("harbour", "wrong")])
def test_pronoun_is_right_where_it_means_the_antecedent(labels: Path, antecedent: str, outcome: str) -> None:
    assert label(labels, "pronouns", "She", *place(antecedent)).outcome == outcome


def test_source_that_is_nobody_counts_as_unknown(labels: Path) -> None:
    assert label(labels, "kinds", "the harbour", "unknown", "").outcome == "right"


def test_reports_without_labels_are_not_read(labels: Path) -> None:
    assert score([{"id": "r2"}], labels) == []


def test_shares_are_of_each_test() -> None:
    found = [Answer("pronouns", "r1", "She", "", "", o) for o in ("right", "wrong", "nobody", "right")]
    assert shares(found) == {"kinds": 0.0, "counts": 0.0, "pronouns": 0.5, "pronouns wrong": 0.25}


@pytest.mark.parametrize(("test", "rows"), [("kinds", 300), ("counts", 80), ("pronouns", 200)])
def test_labels_are_as_many_as_the_readme_says(test: str, rows: int) -> None:
    lines = (LABELS / f"{test}.tsv").read_text(encoding="utf-8").splitlines()
    assert len(set(lines[1:])) == rows
