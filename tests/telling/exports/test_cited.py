"""Claims as exports for people cite them."""

from __future__ import annotations

from dataclasses import replace

from exportfakes import COUNT, DOCUMENTS, FIRE, STORY
from ondit.records import Span
from ondit.telling.exports.cited import counted, day_of, first_report, gist_of, how_used, title_of, words_of
from ondit.telling.tree import shown

AT = shown(STORY)


def test_words_in_pieces_are_joined_and_cut() -> None:
    assert words_of(AT, "r1", (Span(0, 3), Span(23, 28))) == "Six … depot"
    assert words_of(AT, "r1", (Span(0, 78),), 20) == "Six officials …"


def test_words_of_a_report_that_is_not_there_are_none() -> None:
    assert words_of(AT, "r9", (Span(0, 3),)) == ""


def test_a_claim_is_cited_by_its_gist_and_all_its_counts() -> None:
    assert gist_of(AT, FIRE) == "the depot may have burned"
    assert counted(FIRE) == "3 reports, 1 to 2 origins; denied: 1 report, 1 origin"
    assert counted(COUNT) == "1 report, no origin counted"


def test_a_derivation_is_told_with_words_of_the_child() -> None:
    assert [how_used(AT, drv) for drv in STORY.derivations] == [
        "block quotation, as it says itself: “The depot burned”",
        "rewrite, not stated: “The depot burned”",
    ]


def test_where_nobody_knows_who_had_it_from_whom_it_says_so() -> None:
    drv = replace(STORY.derivations[0], directed=False, evidence=())
    assert how_used(AT, drv) == "shared text, who had it from whom is not known"


def test_a_story_is_called_by_its_first_headline() -> None:
    assert first_report(DOCUMENTS[::-1]) == DOCUMENTS[0]
    assert title_of(AT) == "Depot burned, officials say"
    assert title_of(shown(replace(STORY, documents=(replace(DOCUMENTS[0], headline=None),)))) == "velmar"


def test_a_day_is_a_day_or_nothing() -> None:
    assert [day_of(text) for text in ("2031-02-01T06:00:00Z", "2031-02-01", "soon", None)] == [
        "2031-02-01",
        "2031-02-01",
        None,
        None,
    ]
