"""Plain words for counts and chains; foreign words that stay words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.records import Agent, Document, Holder, Origins, Span, Statement
from ondit.telling.words import (
    chain_in_words,
    clean,
    described,
    kind_in_words,
    name_of,
    origins_in_words,
    quoted,
    shortened,
)

AGENTS = {
    agent.id: agent
    for agent in (
        Agent("six", "six officials", "anonymous_group", count=6, principal="usa"),
        Agent("nbc", "NBC News", "outlet"),
        Agent("blog", "The Blog", "outlet"),
        Agent("usa", "United States", "organisation"),
    )
}


@given(st.text())
def test_clean_text_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    assert not [c for c in clean(text) if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not [c for c in clean(text) if unicodedata.category(c) == "Cf" and c not in "\u200c\u200d"]


@pytest.mark.parametrize(
    "escape",
    [
        "\x1b[31m",
        "\x1b[1;38;5;9m",
        "\x1b[?25l",
        "\x1b[2J",
        "\x1b]0;evil title\x07",
        "\x1b]8;;http://a.example\x1b\\",
        "\x1bPq#0\x1b\\",
        "\x1b(0",
    ],
)
def test_escape_sequences_go_whole(escape: str) -> None:
    assert clean(f"nine {escape}people{escape} died") == "nine people died"


def test_an_escape_without_end_takes_no_word_with_it() -> None:
    assert clean("nine \x1b]0;people died") == "nine ]0;people died"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x1b")))
def test_cleaning_loses_no_visible_character(text: str) -> None:
    def visible(value: str) -> list[str]:
        return [c for c in value if not c.isspace() and unicodedata.category(c)[0] != "C"]

    assert visible(clean(text).replace("\ufffd", "")) == visible(text.replace("\ufffd", ""))


@given(st.text())
def test_clean_text_is_left_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(), st.integers(3, 60))
def test_shortened_text_keeps_to_its_limit(text: str, limit: int) -> None:
    assert len(shortened(text, limit)) <= limit


@pytest.mark.parametrize(
    ("lo", "hi", "words"),
    [
        (1, 1, "7 reports, 1 origin"),
        (2, 2, "7 reports, 2 origins"),
        (1, 2, "7 reports, 1 to 2 origins"),
        (0, 1, "7 reports, lineage not recorded"),
        (0, 3, "7 reports, lineage not recorded, at most 3 origins"),
    ],
)
def test_counts_in_words(lo: int, hi: int, words: str) -> None:
    assert origins_in_words(Origins((), lo, hi, 7)) == words


def test_one_report_is_singular_and_none_is_said() -> None:
    assert origins_in_words(Origins(("a",), 1, 1, 1)) == "1 report, 1 origin"
    assert origins_in_words(Origins((), 0, 0, 0)) == "no reports"


def test_anonymous_groups_are_counted_as_far_as_the_reports_do() -> None:
    assert kind_in_words(AGENTS["six"]) == "anonymous group of 6"
    assert kind_in_words(Agent("g", "officials", "anonymous_group")) == "anonymous group, number not given"


def test_an_agent_is_described_with_kind_and_principal() -> None:
    assert described("six", AGENTS) == (
        "six officials (anonymous group of 6, speaks for or belongs to United States)"
    )
    assert described("nbc", AGENTS) == "NBC News (outlet)"


def test_an_agent_that_is_only_described_is_said_to_be() -> None:
    agents = {"m": Agent("m", "the minister", "person", identified=False)}
    assert described("m", agents) == "the minister (person, only described)"


def test_nobody_named_is_said_so() -> None:
    assert name_of("unknown", AGENTS) == "nobody named"
    assert name_of("unknown:r3", AGENTS) == "nobody named"
    assert name_of("agent-7", AGENTS) == "agent-7"


def test_a_chain_runs_from_the_origin_to_the_outlet() -> None:
    stmt = Statement("s", "r", (Span(0, 1),), ("six", "nbc", "blog"))
    assert chain_in_words(stmt, AGENTS) == "six officials -> NBC News -> The Blog"


def test_a_hedge_stands_where_it_is_made_and_where_it_is_lost() -> None:
    holders = (Holder("six", certainty="possible"), Holder("nbc", certainty="possible"), Holder("blog"))
    stmt = Statement("s", "r", (Span(0, 1),), ("six", "nbc", "blog"), holders=holders)
    assert chain_in_words(stmt, AGENTS) == "six officials (possible) -> NBC News -> The Blog (certain)"


def test_a_denial_stands_where_it_is_made() -> None:
    stmt = Statement("s", "r", (Span(0, 1),), ("nbc", "blog"), stance="deny", certainty="unknown")
    assert chain_in_words(stmt, AGENTS) == "NBC News -> The Blog (denies it, certainty unknown)"


def test_among_denials_only_who_does_not_deny_it_stands_out() -> None:
    holders = (Holder("nbc", stance="deny"), Holder("blog", stance="affirm"))
    stmt = Statement("s", "r", (Span(0, 1),), ("nbc", "blog"), stance="deny", holders=holders)
    assert chain_in_words(stmt, AGENTS, "deny") == "NBC News -> The Blog (says so)"


def test_discontinuous_words_are_joined_by_an_ellipsis() -> None:
    document = Document("r", "The fire, she said,\nwas lit.")
    assert quoted(document, (Span(0, 8), Span(20, 27)), 60) == "“The fire … was lit”"
    assert quoted(None, (Span(0, 8),), 60) == ""
