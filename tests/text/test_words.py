from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from ondit.text.words import (
    CLS,
    FIRST,
    FIRST_PARAGRAPH,
    INSIDE,
    LATER_PARAGRAPH,
    LONGEST,
    QUOTED,
    SEP,
    TITLE,
    UNQUOTED,
    Paragraph,
    Pieces,
    pack,
    paragraphs,
    window,
    windows,
)


def split(text: str) -> Pieces:
    """A toy tokenizer: words at spaces, every third letter begins a continuing piece."""
    ids, spans, continues = [], [], []
    start = 0
    for word in text.replace("\n", " ").split(" "):
        for at in range(0, len(word), 3):
            ids.append(1000 + ord(word[at]) % 50)
            spans.append((start + at, start + min(at + 3, len(word))))
            continues.append(at > 0)
        start += len(word) + 1
    return Pieces(ids, spans, continues)


LINES = st.lists(st.lists(st.text("abcXY", min_size=1, max_size=12), max_size=60), max_size=8)


def read(lines: list[list[str]]) -> list[Paragraph]:
    text = "\n".join(" ".join(words) for words in lines)
    return paragraphs(text, split(text))


def all_words(paras: list[Paragraph]) -> list[tuple[int, int]]:
    return [(number, word) for number, para in enumerate(paras) for word in range(len(para.words))]


@given(LINES, st.integers(12, 80), st.integers(0, 4))
def test_bodies_of_windows_hold_each_word_once_in_order(
    lines: list[list[str]], size: int, context: int
) -> None:
    paras = read(lines)
    bodies = [(u.paragraph, u.word) for w in windows(paras, size, context) for u in w.units if u.body]
    assert bodies == all_words(paras)


@given(LINES, st.integers(12, 80), st.integers(0, 4))
def test_windows_keep_to_their_size(lines: list[list[str]], size: int, context: int) -> None:
    assert all(len(found.ids) <= size + 4 for found in windows(read(lines), size, context))


@given(LINES, st.integers(20, 80), st.integers(0, 9))
def test_packing_at_random_loses_nothing(lines: list[list[str]], size: int, seed: int) -> None:
    paras = read(lines)
    packed = pack(paras, size, random.Random(seed))
    assert [(n, w) for body in packed for n, a, b in body for w in range(a, b)] == all_words(paras)


@given(LINES)
def test_units_point_at_the_first_piece_of_their_word(lines: list[list[str]]) -> None:
    paras = read(lines)
    for found in windows(paras, 60, 10):
        for unit in found.units:
            para = paras[unit.paragraph]
            expected = SEP if unit.word < 0 else para.ids[para.begins[unit.word]]
            assert found.ids[unit.at] == expected


def test_word_spans_are_words_of_the_text() -> None:
    text = "Alpha beta\n\ngamma"
    spans = [text[start:end] for para in paragraphs(text, split(text)) for start, end in para.words]
    assert spans == ["Alpha", "beta", "gamma"]


def test_features_tell_case_quotation_and_place() -> None:
    paras = paragraphs('Port "is open', split('Port "is open'))
    assert paras[0].features[0] == (TITLE, UNQUOTED, FIRST, FIRST_PARAGRAPH)
    assert paras[0].features[-1][1:] == (QUOTED, INSIDE, FIRST_PARAGRAPH)


def test_paragraphs_after_the_third_are_alike() -> None:
    assert [para.features[0][3] for para in read([["a"]] * 6)] == [11, 12, 13, *[LATER_PARAGRAPH] * 3]


def test_endless_paragraph_is_cut() -> None:
    assert [len(para.words) for para in read([["a"] * (LONGEST + 5)])] == [LONGEST, 5]


def test_text_without_words_has_no_paragraphs() -> None:
    assert paragraphs(" \n ", Pieces([], [], [])) == []


def test_window_has_edges_and_markers_between_paragraphs() -> None:
    paras = read([["aaa"], ["bbb"]])
    found = window(paras, pack(paras, 50)[0])
    assert [found.ids[0], found.ids[2], found.ids[-1]] == [CLS, SEP, SEP]
    assert [unit.word for unit in found.units] == [0, -1, 0]
