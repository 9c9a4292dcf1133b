"""Shared passages: every maximal run, exactly, and labelled by where it stands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.grouping.reuse import Run, shared_passages, shared_runs
from ondit.records import Block, Document, Passage, Quotation, Reading, Span
from ondit.text.shingles import grams, words

PROSE = "ash lay like dirty snow on the parked cars"
few_words = st.lists(st.sampled_from("abcde"), max_size=30)


def reading(document: str, text: str, *, quoted: str = "", block: tuple[str, str] | None = None) -> Reading:
    """A report; `quoted` stands between quotation marks, `block` is (kind, text of the block)."""
    at = text.index(quoted)
    quotations = (Quotation(Span(at, at + len(quoted)), 0),) if quoted else ()
    blocks = ()
    if block:
        start = text.index(block[1])
        blocks = (Block(block[0], Span(start, start + len(block[1]))),)  # type: ignore[arg-type]
    return Reading(Document(document, text, blocks=blocks), quotations=quotations)


def runs_by_hand(a: list[str], b: list[str], least: int) -> list[Run]:
    """Every run that can be extended on neither side."""
    found = []
    for i in range(len(a)):
        for j in range(len(b)):
            if i and j and a[i - 1] == b[j - 1]:
                continue
            size = 0
            while i + size < len(a) and j + size < len(b) and a[i + size] == b[j + size]:
                size += 1
            if size >= least:
                found.append(Run(i, j, size))
    return found


@given(few_words, few_words, st.integers(2, 4))
def test_runs_are_maximal_and_the_longest_of_all(a: list[str], b: list[str], least: int) -> None:
    found = shared_runs(words(" ".join(a)), words(" ".join(b)), least)
    every = runs_by_hand(a, b, least)
    assert set(found) <= set(every)
    if len(a) < 9 and len(b) < 9:
        assert max((r.length for r in found), default=0) == max((r.length for r in every), default=0)


@given(few_words, few_words)
def test_every_shared_word_run_is_covered(a: list[str], b: list[str]) -> None:
    a, b = a[:8], b[:8]
    found = shared_runs(words(" ".join(a)), words(" ".join(b)), 3)
    covered = {place for run in found for place in range(run.a, run.a + run.length)}
    for run in runs_by_hand(a, b, 3):
        assert covered >= set(range(run.a, run.a + run.length))


@given(few_words, few_words)
def test_runs_read_the_same_in_both_texts(a: list[str], b: list[str]) -> None:
    one, other = words(" ".join(a)), words(" ".join(b))
    for run in shared_runs(one, other, 3):
        letters = [
            [text.word(start + at) for at in range(run.length)]
            for text, start in ((one, run.a), (other, run.b))
        ]
        assert letters[0] == letters[1]


def test_one_word_repeated_for_ever_is_no_trouble() -> None:
    text = words("no " * 20_000)
    assert shared_runs(text, text)[0].length > 6


def test_a_passage_says_where_it_stands_in_both() -> None:
    a = reading("r1", f"In Quillby {PROSE}, a reporter saw.")
    b = reading("r2", "Horror! ASH lay like dirty snow\non the parked cars outside.")
    (found,) = shared_passages([b, a])
    assert found == Passage("r1", Span(11, 53), "r2", Span(8, 50), 9, "prose")


def test_five_words_are_no_passage() -> None:
    pair = [
        reading("r1", "they had seen nothing to suggest"),
        reading("r2", "had seen nothing to suggest it"),
    ]
    assert shared_passages(pair) == ()


@pytest.mark.parametrize("quoting", [(True, False), (False, True), (True, True)])
def test_words_between_quotation_marks_in_either_report_are_a_quotation(quoting: tuple[bool, bool]) -> None:
    pair = [
        reading(f"r{nr}", f"She said: {PROSE}. He left.", quoted=PROSE if marked else "")
        for nr, marked in enumerate(quoting)
    ]
    assert [p.kind for p in shared_passages(pair)] == ["quotation"]


def test_a_few_quoted_words_in_prose_leave_it_prose() -> None:
    pair = [reading(f"r{nr}", f"There {PROSE}.", quoted="dirty snow") for nr in range(2)]
    assert [p.kind for p in shared_passages(pair)] == ["prose"]


@pytest.mark.parametrize("kind", ["boilerplate", "tail", "byline", "dateline"])
def test_what_is_not_the_report_s_own_writing_is_boilerplate(kind: str) -> None:
    line = "Read the full article on our website today"
    pair = [reading("r1", f"It burned. {line}", block=(kind, line)), reading("r2", f"It rained. {line}")]
    assert [p.kind for p in shared_passages(pair)] == ["boilerplate"]


def test_known_furniture_of_an_outlet_is_boilerplate() -> None:
    line = "sign up to our newsletter for more of this"
    known = np.unique(grams(words(line).hashes))
    pair = [reading("r1", f"It burned, {line}"), reading("r2", f"It rained, {line}")]
    assert [p.kind for p in shared_passages(pair, known)] == ["boilerplate"]
    assert [p.kind for p in shared_passages(pair)] == ["prose"]


def test_order_of_reports_changes_nothing() -> None:
    all_three = [reading(f"r{nr}", f"{'Well, ' * nr}{PROSE} there.") for nr in range(3)]
    assert shared_passages(all_three) == shared_passages(all_three[::-1])
    assert [(p.a, p.b) for p in shared_passages(all_three)] == [("r0", "r1"), ("r0", "r2"), ("r1", "r2")]


def test_empty_reports_share_nothing() -> None:
    assert shared_passages([reading("r1", ""), reading("r2", ""), reading("r3", "…")]) == ()
    assert shared_passages([]) == ()
