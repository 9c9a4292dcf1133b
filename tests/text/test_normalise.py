from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ondit.text.normalise import as_sentence, fold, quotation_marks, quoted

TEXTS = st.text(
    st.one_of(
        st.sampled_from("abS .,\n'\"“”‘’«»`that"), st.characters(categories=["L", "P", "Z", "Cs", "Cc"])
    )
)


def between(text: str) -> str:
    return "".join(character for character, inside in zip(text, quoted(text), strict=True) if inside)


@given(TEXTS)
def test_folding_moves_no_character(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(TEXTS)
def test_folded_text_can_be_encoded(text: str) -> None:
    assert fold(text).encode("utf-8").decode("utf-8") == fold(text)


@given(TEXTS)
def test_marks_come_in_order_and_do_not_overlap(text: str) -> None:
    marks = [mark for mark in quotation_marks(text) if mark is not None]
    assert marks == sorted(marks)
    assert all(left.end <= right.start for left, right in pairwise(marks))


@given(TEXTS)
def test_sentences_keep_offsets(text: str) -> None:
    assert len(as_sentence(text)) - len(text) in (0, 1)


def test_every_style_of_double_marks_folds_alike() -> None:
    styles = ['"Yes" ', "“Yes” ", "«Yes» "]
    assert {fold(style) for style in styles} == {"“Yes” "}


def test_two_character_marks_fold_to_mark_and_space() -> None:
    assert fold("''Yes,'' ``no''") == "“ Yes,”  “ no” "


def test_single_marks_in_pairs_are_quotation_marks() -> None:
    assert fold("‘We don’t know,’ he said. 'Ask them.'") == "“We don't know,” he said. “Ask them.”"


def test_apostrophes_are_not_quotation_marks() -> None:
    text = "the boys' house, rock 'n' roll, the '90s, 'em and Jones's"
    assert fold(text) == text


def test_single_marks_inside_double_ones_stay() -> None:
    assert fold("“He told me ‘go home’ and left”") == "“He told me 'go home' and left”"


def test_quotation_ends_with_its_line_if_no_mark_closes_it() -> None:
    assert between('He said: "We will go.\nThen he left.') == "We will go."


def test_marks_themselves_are_not_inside() -> None:
    assert between("He said “yes” and ''no''.") == "yesno"


def test_line_ends_reset_parity() -> None:
    assert [mark and mark.opens for mark in quotation_marks('a "b\n"c" d')] == [True, None, True, False]


def test_leading_that_is_blanked_and_sentence_completed() -> None:
    assert as_sentence("that the port had closed") == "     The port had closed."


def test_finished_sentence_stays() -> None:
    assert as_sentence("The port had closed.") == "The port had closed."


def test_letter_whose_capital_is_longer_stays() -> None:
    assert as_sentence("ßa") == "ßa."
