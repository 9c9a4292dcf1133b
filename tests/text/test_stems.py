from __future__ import annotations

import pytest
from hypothesis import given

from ondit.text.stems import WORD, stem
from strategies import texts


@pytest.mark.parametrize(
    ("one", "two"), [("cuts", "cut"), ("flares", "flare"), ("closing", "closed"), ("wounded", "wounds")]
)
def test_forms_of_a_word_have_one_stem(one: str, two: str) -> None:
    assert stem(one) == stem(two)


def test_short_words_keep_what_they_are() -> None:
    assert [stem(word) for word in ("red", "sing", "used")] == ["red", "sing", "used"]


@given(text=texts())
def test_stem_is_never_longer_than_its_word(text: str) -> None:
    words = [w.casefold() for w in WORD.findall(text)]
    assert [w for w in words if not 0 < len(stem(w)) <= len(w)] == []
