from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.records import Span
from ondit.text.offsets import trimmed
from ondit.text.sentences import clauses, headline_clauses, is_finite, is_verb, sentences
from strategies import news_texts, spans, texts


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, Span(0, len(text)))]


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in clauses(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. The pier was shut.", ["It rained.", "The pier was shut."]),
        ("Was it shut? Yes! It was…", ["Was it shut?", "Yes!", "It was…"]),
        ("“It rained.” The pier was shut.", ["“It rained.”", "The pier was shut."]),
        ("It cost 3.50 in all. Nine paid.", ["It cost 3.50 in all.", "Nine paid."]),
        ("One line\nanother line", ["One line", "another line"]),
        ("  It rained.  ", ["It rained."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_at_stops_and_lines(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Low left.",
        "J. R. Low left.",
        "He met Gen. Hale there.",
        "It was 5 p.m. when he left.",
        "He ate. then left.",
    ],
)
def test_abbreviations_and_initials_end_no_sentence(text: str) -> None:
    assert cut(text) == [text]


def test_only_the_given_stretch_is_cut() -> None:
    assert sentences("One. Two. Three.", Span(5, 9)) == [Span(5, 9)]


def test_endless_sentence_is_cut_at_white_space() -> None:
    text = "word " * 2_000
    found = sentences(text, Span(0, len(text)))
    assert max(end - start for start, end in found) <= 2_000
    assert " ".join(text[start:end] for start, end in found) == text.strip()


@pytest.mark.parametrize("unit", [".", "?!", ". ", ".”", "a", " ", "\n", ", "])
def test_million_characters_of_one_kind_are_cut_in_bounded_time(unit: str) -> None:
    text = "A" + unit * (1_000_000 // len(unit)) + "b"
    start = time.process_time()
    sentences(text, Span(0, len(text)))
    assert time.process_time() - start < 5


@given((news_texts() | texts()).flatmap(lambda text: st.tuples(st.just(text), spans(text))))
def test_sentences_lie_inside_in_order_and_lose_no_word(case: tuple[str, Span]) -> None:
    text, span = case
    found = sentences(text, span)
    assert all(span.start <= s.start < s.end <= span.end for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    kept = "".join(text[s.start : s.end] for s in found)
    assert "".join(kept.split()) == "".join(text[span.start : span.end].split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two men died and the port was closed.", ["Two men died", "the port was closed."]),
        ("The pier burned; nobody was hurt.", ["The pier burned", "nobody was hurt."]),
        ("It was shut because the crane had fallen.", ["It was shut", "the crane had fallen."]),
        ("She was hurt, but he was not found.", ["She was hurt", "he was not found."]),
        ("The crane fell, killing two men.", ["The crane fell", "killing two men."]),
        ("If the dam breaks, the town will flood.", ["If the dam breaks", "the town will flood."]),
    ],
)
def test_clauses_that_state_something_are_parted(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Anna Low, Radu Low and two guards were held.",
        "The pier and the harbour were shut.",
        "The mayor, a lawyer, was held.",
        "Nine are dead.",
        "They promised their neighbour as many as 600 shells this year.",
        "",
    ],
)
def test_lists_and_appositions_are_not_parted(text: str) -> None:
    assert parts(text) == ([text] if text else [])


@given(news_texts() | texts())
def test_clauses_lie_inside_in_order(text: str) -> None:
    found = clauses(text, Span(0, len(text)))
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(("text", "expected"), [(" a ", Span(1, 2)), ("ab", Span(0, 2)), ("  ", Span(0, 0))])
def test_trim_takes_white_space_off_both_ends(text: str, expected: Span) -> None:
    assert trimmed(text, 0, len(text)) == expected


def test_finite_words_are_auxiliaries_and_frequent_forms() -> None:
    assert [is_finite(w) for w in ("was", "said", "pier", "")] == [True, True, False, False]


def test_verbs_are_told_by_form_too() -> None:
    assert [is_verb(w) for w in ("collapsed", "wouldn't", "he’s", "speed", "red", "pier")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "parts",
    [
        ["Vannet to buy Kestel Bank, ", "deal on Thursday"],
        ["Eleven dead after explosion in Ilgaro: ", "port to reopen on Monday"],
        ["Two sign trade pact - ", "but keep the text closed"],
        ["Karsenia, Ondova sign pact"],
        ["Jon Ek, the Vale striker and captain, out for the whole season"],
        ["Fell to quit for good, but not yet"],
    ],
)
def test_headline_is_cut_where_it_tells_two_facts(parts: list[str]) -> None:
    headline = "".join(parts)
    found = headline_clauses(headline, Span(0, len(headline)))
    assert [headline[a:b] for a, b in found] == [part.rstrip(" ,:-") for part in parts]


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        (
            "The boat crossed the line and, without any warning, opened fire on the cutter",
            ["The boat crossed the line", "without any warning, opened fire on the cutter"],
        ),
        (
            "A drone ditched in the lake, and soldiers spirited it away",
            ["A drone ditched in the lake", "soldiers spirited it away"],
        ),
        ("He met nurses, doctors and, on Monday, patients who wept", None),
        ("They sold apples, and pears of two sorts were there", None),
        ("Police seized phones, laptops, and documents stored in a lock-up", None),
        ("He wore a coat, and gloves stained with blood", None),
    ],
)
def test_asides_and_bare_plurals_behind_and(sentence: str, parts: list[str] | None) -> None:
    found = [sentence[a:b] for a, b in clauses(sentence, Span(0, len(sentence)))]
    assert found == (parts or [sentence])
