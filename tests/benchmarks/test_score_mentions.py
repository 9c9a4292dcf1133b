"""Scoring who is meant: rows of our own, cut as NewsWCL50 cuts them."""

from __future__ import annotations

import pytest

from benchmarks.quality.score_mentions import Answer, Row, rebuilt, score, shares, table

TEXT = "Anna Low left the harbour . Then the sheriff of Vestrey said that Low had been asked to go ."


def row(mention: str, chain: str, text: str = TEXT, doc: str = "1_X", reach: int = 60) -> Row:
    at = text.index(mention)
    end = at + len(mention)
    left, right = text[max(0, at - reach) : at], text[end : end + reach]
    return {"doc": doc, "chain": chain, "mention": mention, "left": left, "right": right}


def outcomes(*rows: Row) -> list[tuple[str, str]]:
    return [(a.form, a.outcome) for a in score(rows)]


def test_report_is_put_together_again_from_rows_that_share_words() -> None:
    rows = [row("Anna Low", "0_X_Low_ACTOR", reach=200), row("Low had", "0_X_Low_ACTOR", reach=200)]
    text, spans = rebuilt(rows)
    assert (text.count("harbour"), [text[s.start : s.end] for s in spans]) == (1, ["Anna Low", "Low had"])


def test_rows_that_share_nothing_are_divided_by_a_line_end() -> None:
    text, _ = rebuilt([row("Anna Low", "0_X_Low_ACTOR"), row("Radu", "0_X_Radu_ACTOR", "Radu Quill stayed")])
    assert text.split("\n")[1] == "Radu Quill stayed"


def test_no_rows_make_an_empty_report() -> None:
    assert rebuilt([]) == ("", [])


def test_surname_of_the_one_named_is_right() -> None:
    assert outcomes(row("Anna Low", "0_X_Low_ACTOR")) == [("name", "right")]


def test_role_that_fits_nobody_is_nobody() -> None:
    assert outcomes(row("the sheriff of Vestrey", "0_X_Quill_ACTOR")) == [("role", "nobody")]


def test_somebody_elses_name_is_wrong() -> None:
    assert outcomes(row("Anna Low", "0_X_Quill_ACTOR")) == [("role", "wrong")]


def test_chains_of_no_one_person_are_not_asked_for() -> None:
    assert outcomes(row("the harbour", "0_X_Harbour_MISC")) == []


def test_mention_of_two_chains_has_no_one_answer() -> None:
    both = [row("Anna Low", "0_X_Low_ACTOR"), row("Anna Low", "0_X_Quill_ACTOR")]
    assert outcomes(*both) == []


def answer(form: str, outcome: str) -> Answer:
    return Answer("0_X_Low_ACTOR", form, "Low", None, outcome)


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ([answer("name", "right"), answer("name", "wrong")], "name           2   0.500   0.500   0.000"),
        ([], "name           0   0.000   0.000   0.000"),
    ],
)
def test_table_gives_shares_of_each_form(answers: list[Answer], line: str) -> None:
    assert table(answers).splitlines()[1] == line


def test_shares_are_of_each_form() -> None:
    answers = [answer("name", "right"), answer("name", "wrong"), answer("role", "nobody")]
    assert shares(answers) == {"name right": 0.5, "name wrong": 0.5, "role right": 0.0, "role wrong": 0.0}
