from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.text.offsets import lines, trimmed, without_surrogates

TEXTS = st.text(st.one_of(st.sampled_from("ab \t\n\r\u2028\x85\u00a0"), st.characters()), max_size=60)


@given(TEXTS)
def test_lines_are_stretches_of_the_text(text: str) -> None:
    assert [text[line.span.start : line.span.end] for line in lines(text)] == [
        line.text for line in lines(text)
    ]


@given(TEXTS)
def test_lines_are_trimmed_and_never_blank(text: str) -> None:
    assert [line.text.strip() for line in lines(text)] == [line.text for line in lines(text) if line.text]


@given(TEXTS)
def test_nothing_but_blanks_stands_between_lines(text: str) -> None:
    ends = [0, *(at for line in lines(text) for at in line.span), len(text)]
    assert "".join(text[a:b] for a, b in list(pairwise(ends))[::2]).strip() == ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_a_blank_line_opens_a_stanza_whatever_ends_lines(end: str) -> None:
    text = f"one{end}two{end}{end}three"
    assert [line.opens for line in lines(text)] == [True, False, True]


@given(TEXTS, st.data())
def test_trimming_keeps_what_strip_keeps(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = trimmed(text, start, end)
    assert text[span.start : span.end] == text[start:end].strip()


@given(st.text(st.characters(categories=["L", "Cs"])))
def test_surrogates_go_one_for_one(text: str) -> None:
    clean = without_surrogates(text)
    assert [a for a, b in zip(text, clean, strict=True) if a != b and b != "\ufffd"] == []
    assert clean.encode("utf-8").decode("utf-8") == clean
