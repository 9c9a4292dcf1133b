from __future__ import annotations

import pytest
from hypothesis import given

from ondit.records import Certainty, Stance
from ondit.text.scope import fold, scoped
from strategies import texts


def kinds(words: str) -> list[tuple[str, str]]:
    """The words of every operator, with its kind."""
    clause = scoped(words)
    return [
        (" ".join(t.word for t in clause.tokens[op.first : op.last + 1]), op.kind) for op in clause.operators
    ]


def lines(words: str) -> dict[str, str]:
    """The words of every line, by its kind."""
    clause = scoped(words)
    numbers = range(len(clause.kinds))
    return {clause.kinds[n]: " ".join(t.word for t in clause.tokens if t.line == n) for n in numbers}


# ------------------------------------------------------------------- lines


def test_relative_clause_between_commas_is_a_line_of_its_own() -> None:
    found = lines("The ship, which was not insured, sank")
    assert (found["main"], found["relative"]) == ("the ship , , sank", "which was not insured")


def test_condition_ends_at_its_comma() -> None:
    found = lines("If the dam fails, the town would flood")
    assert found["condition"] == "if the dam fails"
    assert "the town would flood" in found["main"]


def test_inverted_condition_is_unmet() -> None:
    assert lines("Had the alarm sounded, they would have left")["unmet"] == "had the alarm sounded"


def test_question_that_begins_with_a_verb_is_no_condition() -> None:
    assert "unmet" not in lines("Had the alarm sounded by then?")


def test_conjunction_parts_what_has_a_verb_of_its_own() -> None:
    assert (
        lines("The mayor resigned and did not take questions")["coordinate"] == "and did not take questions"
    )


# --------------------------------------------------------------- operators


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("He did not go", [("not", "negation")]),
        ("He didn’t go", [("not", "negation")]),
        ("It may rain", [("may", "hedge")]),
        ("It rained in May", []),
        ("ISIS Fighters May Have Fled", [("may", "hedge")]),
        ("See notice No. 61 of Friday", []),
        ("He failed to go", [("failed to", "turn")]),
        ("He was prevented by fog from landing", [("prevented", "turn")]),
        ("The letter is simply false", [("false", "truth")]),
        ("He showed false papers", []),
        ("They shut the gate to avoid a crush", []),
        ("He went to Orsk, not Omble", []),
        ("Not only the mill burned", []),
        ("No, he left", []),
    ],
)
def test_operators_are_found_where_they_govern(words: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("They failed to pay", ("deny", "certain")),
        ("They never failed to pay", ("affirm", "certain")),
        ("They managed to pay", ("affirm", "certain")),
        ("They did not manage to pay", ("deny", "certain")),
        ("They refused to rule out a tax", ("affirm", "possible")),
        ("It may not rain", ("deny", "possible")),
        ("He could not stop it", ("deny", "certain")),
        ("Nobody could stop it", ("deny", "certain")),
        ("It is not impossible", ("affirm", "possible")),
        ("It is unlikely to rain", ("deny", "probable")),
        ("Neither the bank nor the firm paid", ("deny", "certain")),
        ("There was nothing here, and nothing there", ("deny", "certain")),
        ("The figure of 40 dead was wrong", ("deny", "certain")),
        ("It would, they believed, be repaid", ("affirm", "probable")),
        ("The toll of 61 is too high", ("deny", "certain")),
        ("The number of deaths is too high", ("affirm", "certain")),
        ("Merrow has withdrawn its figure of 11", ("deny", "certain")),
        ("The army withdrew from its post", ("affirm", "certain")),
    ],
)
def test_operators_fold_from_the_outermost_in(words: str, expected: tuple[Stance, Certainty]) -> None:
    clause = scoped(words)
    assert fold(clause, clause.operators) == expected


@given(texts())
def test_any_text_has_lines_and_operators_inside_it(words: str) -> None:
    clause = scoped(words)
    assert all(0 <= t.line < len(clause.kinds) for t in clause.tokens)
    assert all(0 <= op.first <= op.last < len(clause.tokens) for op in clause.operators)
    assert [op.first for op in clause.operators] == sorted({op.first for op in clause.operators})
