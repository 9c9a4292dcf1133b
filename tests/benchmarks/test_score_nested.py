from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality.score_nested import (
    NESTED,
    Found,
    NestedContent,
    NestedText,
    kind,
    kinds,
    load,
    matched,
    mistakes,
    same_chain,
    score,
)

CRANE = frozenset({30, 34, 40})
CONTENT = NestedContent(CRANE, ("the owner", "The Tide"), "indirect", "speech")
RIGHT = Found(CRANE, ("the owner", "The Tide"), "indirect", "speech", inner=False)
TIDE = Found(CRANE | {10, 20}, ("The Tide",), "indirect", "speech", inner=True)
RUMOUR = Found(frozenset({80, 90}), ("?",), "indirect", "hearsay", inner=False)


def gold(*contents: NestedContent, scare: tuple[frozenset[int], ...] = ()) -> NestedText:
    return NestedText("n001", "The Courier", "", contents, scare)


def measured(text: NestedText, *found: Found) -> dict[str, float]:
    return score([text], {"n001": found})["open"]


def test_file_has_150_texts_each_with_its_words() -> None:
    texts = load()
    assert ([t.id for t in texts], [t.part for t in texts].count("kept")) == (
        [f"n{n:03}" for n in range(1, 151)],
        75,
    )


def test_words_that_are_not_in_the_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "nested.jsonl"
    path.write_text(NESTED.read_text("utf-8").replace('"text": ["', '"text": ["No such words. ', 1), "utf-8")
    with pytest.raises(ValueError, match="substring not found"):
        load(path)


def test_right_chain_counts_where_the_innermost_attribution_has_it() -> None:
    reached = measured(gold(CONTENT), TIDE, RIGHT)
    assert [reached[name] for name in ("chains", "sentences", "invented", "type", "cue")] == [1, 1, 0, 1, 1]


def test_missing_link_is_a_wrong_chain() -> None:
    reached = measured(gold(CONTENT), Found(CRANE, ("the owner",), "indirect", "speech", inner=False))
    assert (reached["chains"], reached["sentences"]) == (0, 0)


def test_what_nobody_said_is_invented_and_spoils_its_text() -> None:
    reached = measured(gold(CONTENT), TIDE, RIGHT, RUMOUR)
    assert (reached["chains"], reached["sentences"], reached["invented"]) == (1, 0, 0.5)


def test_scare_quotes_belong_to_nobody() -> None:
    text = gold(scare=(frozenset({5}), frozenset({80}), frozenset({30})))
    assert measured(text, RUMOUR, RIGHT)["scare"] == 2 / 3


def test_content_of_which_less_than_half_is_found_has_no_match() -> None:
    assert (
        matched(CONTENT, [Found(frozenset({30}), ("the owner",), "indirect", "speech", inner=False)]) is None
    )


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ("the owner", True),
        ("Owner’s", True),
        ("the owner, a recluse", True),
        ("the owner who fled", True),
        ("an owner interviewed by the Post", True),
        ("the owners", False),
        ("?", False),
    ],
)
def test_sources_are_compared_folded(source: str, same: bool) -> None:
    assert same_chain(["the owner"], [source]) is same


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        (("the owner", "The Tide"), "right"),
        (("the owner",), "link missing"),
        (("the owner", "Low", "The Tide"), "link too many"),
        (("Low", "The Tide"), "another source"),
    ],
)
def test_wrong_chains_are_of_three_kinds(chain: tuple[str, ...], expected: str) -> None:
    assert kind(CONTENT, Found(CRANE, chain, "indirect", "speech", inner=False)) == expected
    assert kind(CONTENT, None) == "content not found"


def test_kinds_are_counted_for_both_parts() -> None:
    assert kinds([gold(CONTENT)], {"n001": [RIGHT]}).split() == ["right", "1", "0"]


def test_mistakes_are_told_in_lines() -> None:
    assert list(mistakes(gold(CONTENT), [RIGHT])) == []
    assert list(mistakes(gold(CONTENT), [])) == ["n001  the owner < The Tide  but found: nothing"]
