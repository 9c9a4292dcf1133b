from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.records import Block, Credit, Reading, Span
from ondit.tracing.described import Described
from strategies import news_texts
from tracingfakes import reading

DRUMS = "Drums of solvent lie behind the rifle range, said an instructor."
GEESE = "The geese sat on the approach all week."


def laid_out(id: str, outlet: str, *texts: str) -> Reading:
    """A report of one block for each text; one that begins with "> " is a quoted block."""
    found = reading(id, outlet, says=[(text,) for text in texts])
    text, blocks, at = found.document.text, [], 0
    for part in texts:
        at = text.index(part, at)
        kind = "blockquote" if part.startswith("> ") else "paragraph"
        blocks.append(Block(kind, Span(at, at + len(part))))
    return replace(found, document=replace(found.document, blocks=tuple(blocks), outlet=outlet))


def meant(child: Reading, *parents: Reading) -> list[tuple[str, str]]:
    """The reports that a report means, with the words for their outlets."""
    found = Described([child, *parents]).meant_in(child, parents)
    return [(nr, child.document.text[s.start : s.end]) for nr, spans in found.items() for s in spans]


def test_outlet_is_meant_by_its_sort_and_what_only_it_reported() -> None:
    child = laid_out("c", "The Echo", "The vicar spoke on local radio of drums behind the rifle range.")
    assert meant(child, laid_out("a", "Radio Ulm", DRUMS), laid_out("b", "Ulm FM", GEESE)) == [("a", "radio")]


@pytest.mark.parametrize(
    ("words", "found"), [("the agency", [("a", "agency")]), ("the Dorn Roads Agency", [])]
)
def test_noun_in_the_name_of_another_body_describes_no_outlet(
    words: str, found: list[tuple[str, str]]
) -> None:
    child = laid_out(
        "c", "The Echo", f"The vicar spoke to {words} of drums of solvent behind the rifle range."
    )
    assert meant(child, laid_out("a", "Ulm Press Agency", DRUMS), laid_out("b", "Ulm FM", GEESE)) == found


def test_outlet_of_another_sort_is_not_meant() -> None:
    child = laid_out("c", "The Echo", "The vicar spoke on local radio of drums behind the rifle range.")
    assert meant(child, laid_out("a", "Ulm Press Agency", DRUMS)) == []


def test_nobody_is_meant_where_two_outlets_have_reported_it() -> None:
    child = laid_out("c", "The Echo", "The vicar spoke on local radio of drums behind the rifle range.")
    assert meant(child, laid_out("a", "Radio Ulm", DRUMS), laid_out("b", "Ulm FM", DRUMS)) == []


def test_nobody_is_meant_where_nothing_rare_is_shared() -> None:
    child = laid_out("c", "The Echo", "The vicar collects old radio sets.")
    assert meant(child, laid_out("a", "Radio Ulm", DRUMS)) == []


def test_sentence_that_names_an_outlet_means_that_one() -> None:
    child = laid_out("c", "The Echo", "Radio Ulm has drums behind the rifle range, a broadcaster said.")
    assert meant(child, laid_out("a", "Radio Ulm", DRUMS)) == []


def test_block_behind_the_words_that_lead_in_to_it_is_looked_at() -> None:
    child = laid_out(
        "c", "The Echo", "Per the radio station in his town:", "> The geese sat on the approach."
    )
    assert meant(child, laid_out("a", "Radio Ulm", GEESE)) == [("a", "radio station")]


@pytest.mark.parametrize(("words", "found"), [("the paper", [("a", "paper")]), ("a paper", [])])
def test_noun_that_means_much_else_counts_only_with_the(words: str, found: list[tuple[str, str]]) -> None:
    child = laid_out("c", "The Echo", f"The drums behind the rifle range are in {words}.")
    assert meant(child, laid_out("a", "The Courier", DRUMS)) == found


def test_dateline_makes_an_agency() -> None:
    child = laid_out("c", "The Echo", "The drums behind the rifle range were on the wires: agency copy.")
    parent = laid_out("a", "Averell", DRUMS)
    credit = Credit("dateline", "Averell", Span(0, 5))
    signed = replace(parent, document=replace(parent.document, credits=(credit,)))
    assert (meant(child, parent), meant(child, signed)) == ([], [("a", "wires"), ("a", "agency")])


@given(texts=st.lists(news_texts(), min_size=2, max_size=3))
def test_words_that_describe_lie_in_the_report(texts: list[str]) -> None:
    readings = [laid_out(f"r{n}", f"Radio {n}", text or "x") for n, text in enumerate(texts)]
    found = Described(readings).meant_in(readings[0], readings[1:])
    size = len(readings[0].document.text)
    assert [s for spans in found.values() for s in spans if not 0 <= s.start < s.end <= size] == []
