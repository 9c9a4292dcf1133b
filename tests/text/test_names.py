from __future__ import annotations

import pytest
from hypothesis import given

from ondit.text.names import fold, gender_of
from strategies import texts


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The Tide’s", "tide"),
        ("Mr Jong-un Low", "jong un low"),
        ("General Electric", "general electric"),
        ("Justice Ministry", "justice ministry"),
        ("Premier Ada Quill", "ada quill"),
        ("the", "the"),
    ],
)
def test_names_are_compared_without_article_title_and_possessive(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(texts())
def test_folding_is_lower_case(name: str) -> None:
    assert fold(name) == fold(name).casefold()


@pytest.mark.parametrize(("name", "gender"), [("Anna Low", "f"), ("JOEL LOW", "m"), ("Anna", ""), ("", "")])
def test_first_name_tells_gender_only_before_a_surname(name: str, gender: str) -> None:
    assert gender_of(name) == gender
