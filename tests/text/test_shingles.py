"""Words, n-grams and fingerprints: offsets hold, hashes never change, no long run is missed."""

from __future__ import annotations

import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ondit.text.shingles import GRAM, WINDOW, fold, grams, winnow, words
from strategies import news_texts, texts

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
numbers = st.lists(st.integers(0, 2**64 - 1), max_size=60).map(lambda values: np.array(values, np.uint64))


@given(texts() | news_texts())
@example("ǅ ß İstanbul ½ Ⅷ 𝐀1 \ud800 a'b ’c d''e 1.2.3, 4:05. x_y")
def test_words_are_where_a_regular_expression_finds_them(text: str) -> None:
    found = words(text)
    spans = list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))
    assert spans == [match.span() for match in WORD.finditer(found.folded)]


@given(texts() | news_texts())
def test_folding_moves_no_character(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(
    st.lists(st.sampled_from(["Ana", "ana", "ANA’S", "ana's", "3,200", "3.200", "été", "ete"]), max_size=8)
)
def test_hashes_are_equal_where_folded_letters_are(tokens: list[str]) -> None:
    found = words(" ".join(tokens))
    letters = [found.word(at) for at in range(len(found.hashes))]
    for word, hashed in zip(letters, found.hashes, strict=True):
        assert [other == word for other in letters] == (found.hashes == hashed).tolist()


def test_a_word_hashes_the_same_wherever_it_stands() -> None:
    text = "a " * 5000 + "harbour"
    assert words(text).hashes[-1] == words("Harbour").hashes[0]


def test_hashes_are_the_same_in_every_process() -> None:
    code = "from ondit.text.shingles import *; print(grams(words('one two three four five six').hashes)[0])"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {"12955960029738245085\n"}


@given(numbers, st.integers(1, 8))
def test_equal_runs_of_words_give_equal_grams(hashes: np.ndarray, size: int) -> None:
    found = grams(np.concatenate([hashes, hashes]), size)
    assert len(found) == max(0, 2 * len(hashes) - size + 1)
    inside = max(0, len(hashes) - size + 1)
    assert (found[:inside] == found[len(hashes) : len(hashes) + inside]).all()


def test_order_of_words_matters() -> None:
    one, other = grams(words("a b c d e f").hashes), grams(words("b a c d e f").hashes)
    assert one[0] != other[0]


@given(numbers, st.integers(1, 9))
def test_every_window_has_a_fingerprint_and_it_is_its_smallest(hashes: np.ndarray, window: int) -> None:
    places = winnow(hashes, window).tolist()
    values = hashes.tolist()
    for start in range(len(values) - window + 1):
        inside = [place for place in places if start <= place < start + window]
        assert min(values[start : start + window]) in [values[place] for place in inside]
    assert places == sorted(set(places))
    assert bool(places) == bool(values)


@given(st.lists(st.integers(0, 4), min_size=GRAM + WINDOW - 1, max_size=20), numbers, numbers)
def test_a_shared_run_of_eleven_words_shares_a_fingerprint(
    run: list[int], before: np.ndarray, after: np.ndarray
) -> None:
    shared = np.array(run, np.uint64)
    alone, inside = grams(shared), grams(np.concatenate([before, shared, after]))
    assert set(alone[winnow(alone)].tolist()) & set(inside[winnow(inside)].tolist())


@pytest.mark.parametrize("text", ["", "one", "one two three four five", "\u200b…", "\ud800"])
def test_texts_with_fewer_words_than_a_gram_have_no_fingerprint(text: str) -> None:
    assert winnow(grams(words(text).hashes)).tolist() == []


def test_a_megabyte_takes_no_time_to_speak_of() -> None:
    text = "The harbour burned and 3,200 people ran. " * 25_000
    assert len(words(text).hashes) == 7 * 25_000
