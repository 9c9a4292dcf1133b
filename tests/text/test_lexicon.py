from __future__ import annotations

from pathlib import Path

import pytest

from ondit.text.lexicon import table, words_of

LISTS = sorted(
    path.stem for path in (Path(__file__).parents[2] / "src" / "ondit" / "data" / "en").glob("*.tsv")
)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_holds_folded_words_with_the_same_features(name: str) -> None:
    rows = table(name)
    assert rows
    assert [word for word in rows if word != word.casefold() or word != word.strip() or not word] == []
    assert len({len(features) for features in rows.values()}) == 1


def test_comments_are_no_entries() -> None:
    assert [word for name in LISTS for word in words_of(name) if word.startswith("#")] == []


@pytest.mark.parametrize(
    ("name", "column", "allowed"),
    [
        ("cues", 0, {"speech", "thought", "document", "hearsay"}),
        ("cues", 1, {"affirm", "deny", "question"}),
        ("cues", 2, {"certain", "probable", "possible", "unknown"}),
        ("hedges", 0, {"probable", "possible", "unknown"}),
        ("nouns", 0, {"speaks", "role", "org", "outlet", "document"}),
        ("titles", 0, {"m", "f", ""}),
        ("pronouns", 0, {"m", "f", "n", "p", "1", "r", "q"}),
    ],
)
def test_features_are_words_of_the_specification(name: str, column: int, allowed: set[str]) -> None:
    assert {features[column] for features in table(name).values()} <= allowed


def test_numbers_are_numbers() -> None:
    assert {word: int(features[0]) for word, features in table("numbers").items()}["eleven"] == 11


def test_a_list_is_read_once() -> None:
    assert table("nouns") is table("nouns")


def test_a_list_that_is_not_there_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        table("nonsense")
