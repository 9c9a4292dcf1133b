from __future__ import annotations

import itertools
import re
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.text.offices import Office, held_by, held_under, holder, offices
from ondit.text.register import states

MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")


@pytest.mark.parametrize(
    ("state", "words", "date", "name"),
    [
        ("fr", "the french president", "2024-06-20", "Emmanuel Macron"),
        ("kp", "the north korean leader", "2010-05-01", "Kim Jong-il"),
        ("de", "the chancellor", "2019-01-01", "Angela Merkel"),
        ("gb", "the british leader", "2023-09-30", "Rishi Sunak"),
        ("ir", "iran's supreme leader", "2024-06-20", "Ali Khamenei"),
        ("jp", "head of government", "2018-04-30", "Shinzo Abe"),
    ],
)
def test_holder_at_a_date(state: str, words: str, date: str, name: str) -> None:
    found = holder(state, words, date)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("state", "words", "date"),
    [
        ("us", "the president", "2021-01-25"),  # two held it in that month
        ("us", "the vice president", "2018-05-01"),
        ("us", "the former president", "2018-05-01"),
        ("fr", "the president", ""),
        ("fr", "the mayor", "2018-05-01"),
        ("ad", "the prime minister", "2018-05-01"),  # marked uncertain
    ],
)
def test_doubtful_holders_are_nobody(state: str, words: str, date: str) -> None:
    assert holder(state, words, date) is None


def test_offices_of_a_name_whatever_its_spelling() -> None:
    assert {o.state for name in ("Kim Jong Un", "Kim Jong-un") for o in held_by(name)} == {"kp"}


def test_surname_of_somebody_in_office() -> None:
    assert {o.name for o in held_under("macron", "2018-05-01")} == {"Emmanuel Macron"}
    assert held_under("macron", "2001-05-01") == []


def test_every_term_has_a_state_a_gender_and_months() -> None:
    def sound(o: Office) -> bool:
        months = all(MONTH.fullmatch(m) for m in (o.start, *filter(None, [o.until])))
        return o.state in states() and o.gender in {"m", "f"} and months and o.start <= (o.until or "9")

    assert [o for o in offices() if not sound(o)] == []


def test_terms_of_one_office_do_not_overlap() -> None:
    terms: dict[tuple[str, str], list[Office]] = defaultdict(list)
    for office in sorted(offices(), key=lambda o: o.start):
        terms[office.state, office.office].append(office)
    pairs = [(a, b) for held in terms.values() for a, b in itertools.pairwise(held)]
    assert [(a.name, b.name) for a, b in pairs if not a.until or a.until > b.start] == []


def test_nearly_all_states_are_there() -> None:
    assert sorted(set(states()) - {o.state for o in offices()}) == ["ch", "fm", "nr", "sm"]


@given(st.text(), st.text())
def test_any_words_can_be_asked(words: str, date: str) -> None:
    assert holder("us", words, date) in {None, *offices()}
