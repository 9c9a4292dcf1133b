from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.text.crf import LABELS
from ondit.text.encoder import Encoder
from ondit.text.words import MASK, SEP, paragraphs
from training import labelled
from training.labelled import annotate, batches, examples, label, masked, split, text_of

ENCODER = Encoder()
TEXT = (
    'The mayor said "the pier is closed," and a spokesman said that it was unsafe.\n'
    "It rained.\n“It leaks,” she said."
)


def spans(*words: str) -> list[list[int]]:
    return [[TEXT.index(word), TEXT.index(word) + len(word)] for word in words]


ARTICLE = {
    "text": TEXT,
    "attributions": [
        {"source": spans("The mayor"), "cue": spans("said"), "content": spans('"the pier is closed,"')},
        {"source": spans("a spokesman"), "cue": [[53, 57]], "content": spans("that it was unsafe")},
        {"source": spans("she"), "cue": [[len(TEXT) - 5, len(TEXT) - 1]], "content": spans("“It leaks,”")},
    ],
}
TAGGED = annotate(ARTICLE)


def roles(tagged: labelled.Tagged) -> dict[str, str]:
    """What is annotated as what, as words."""
    out: dict[str, str] = {}
    for character, mark in tagged:
        if mark is not None:
            out[f"{mark.role}{mark.number}"] = out.get(f"{mark.role}{mark.number}", "") + character
    return out


def letters(tagged: labelled.Tagged) -> dict[str, str]:
    return {key: "".join(filter(str.isalpha, words)) for key, words in roles(tagged).items()}


def test_annotation_follows_the_offsets() -> None:
    said = ["The mayor", "said", '"the pier is closed,"', "a spokesman", "said", "that it was unsafe"]
    assert list(roles(TAGGED).values()) == [*said, "“It leaks,”", "she", "said"]


def test_labels_of_words() -> None:
    paras = paragraphs(TEXT, ENCODER.pieces(TEXT))
    first = [LABELS[number] for number in label(paras, TAGGED)[0]]
    assert first[:10] == ["B-S", "I-S", "B-K", "B-C", "I-C", "I-C", "I-C", "I-C", "I-C", "I-C"]


@pytest.mark.parametrize("change", [labelled.single_marks, labelled.lost_marks, labelled.time_stamps])
@given(seed=st.integers(0, 200))
def test_a_change_of_style_keeps_what_is_annotated(change: object, seed: int) -> None:
    changed = change(TAGGED, random.Random(seed))  # type: ignore[operator]
    assert letters(changed) == letters(TAGGED)


@given(seed=st.integers(0, 200))
def test_passive_keeps_source_and_content(seed: int) -> None:
    before, after = roles(TAGGED), roles(labelled.quoted_as_saying(TAGGED, random.Random(seed)))
    assert {k: v for k, v in after.items() if k[0] != "K"} == {k: v for k, v in before.items() if k[0] != "K"}
    cues = {"said", "was quoted as saying", "has been quoted as saying"}
    assert {v for k, v in after.items() if k[0] == "K"} <= cues


@given(seed=st.integers(0, 50))
def test_windows_of_an_article_hold_all_its_words(seed: int) -> None:
    found = examples(ENCODER, [TAGGED], 64, random.Random(seed), varied=False)
    words = sum(len(para.words) for para in paragraphs(TEXT, ENCODER.pieces(TEXT)))
    assert sum(word >= 0 for example in found for _, _, word in example.words) == words
    units = [pair for example in found for pair in zip(example.window.units, example.labels, strict=True)]
    assert {number for unit, number in units if unit.word < 0} <= {0}


@given(seed=st.integers(0, 50))
def test_examples_are_the_same_for_the_same_seed(seed: int) -> None:
    assert examples(ENCODER, [TAGGED] * 2, 64, random.Random(seed)) == examples(
        ENCODER, [TAGGED] * 2, 64, random.Random(seed)
    )


def test_batches_hold_every_example_once() -> None:
    found = examples(ENCODER, [TAGGED] * 9, 64, random.Random(1))
    made = batches(found, 128, random.Random(2))
    assert sorted(map(id, found)) == sorted(id(example) for batch in made for example in batch)
    assert all(len(batch) * max(len(e.window.ids) for e in batch) <= 128 for batch in made)


def test_only_first_pieces_of_words_are_masked() -> None:
    assert masked([1, 2, 3, SEP], [0, 2], 1.0, random.Random(1)) == [MASK, 2, MASK, SEP]


def test_the_split_is_always_the_same() -> None:
    rows = [{"text": str(number)} for number in range(10)]
    seen, held_out = split(rows, 3)
    assert (len(seen), len(held_out)) == (7, 3)
    assert split(rows, 3) == (seen, held_out)
    assert text_of(annotate({"text": TEXT})) == TEXT
