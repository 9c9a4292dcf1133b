from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.records import Claim, Conflict, Evidence, Reading
from ondit.tracing.alignment import KEPT, compared
from ondit.tracing.conflicts import ALIKE, ALIKE_IN_SIZE, conflicts
from strategies import news_texts
from tracingfakes import reading

KILLED = "The fall of the crane killed 34 men"


def told(*says: str) -> tuple[list[Claim], list[Reading]]:
    """One claim a sentence, each by a report of its own."""
    readings = [reading(f"r{nr}", says=[(words,)]) for nr, words in enumerate(says)]
    claims = [
        Claim(f"c{nr}", Evidence(r.document.id, r.statements[0].spans[0], ""), r.statements)
        for nr, r in enumerate(readings)
    ]
    return claims, readings


def found(*says: str) -> tuple[Conflict, ...]:
    return conflicting(*told(*says))


def conflicting(claims: list[Claim], readings: list[Reading]) -> tuple[Conflict, ...]:
    return conflicts(claims, readings, compared(readings))


@pytest.mark.parametrize(
    ("other", "number"),
    [
        ("The fall of the crane killed 12 men", "12"),
        ("Twelve men were killed by the fall of the crane", "Twelve"),
        ("The fall of the crane killed 3,400 men", "3,400"),
    ],
)
def test_other_number_of_the_same_thing_is_a_conflict(other: str, number: str) -> None:
    (conflict,) = found(KILLED, other)
    assert (conflict.claims, conflict.kind) == (("c0", "c1"), "number")
    assert conflict.why == f"differs on: number 34 against {number}"


def test_conflict_shows_the_words_of_both_sides() -> None:
    (conflict,) = found(KILLED, "The fall of the crane killed 12 men")
    assert [(e.document, e.span.end, e.why) for e in conflict.evidence] == [
        ("r0", 35, "34"),
        ("r1", 35, "12"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        KILLED,
        "The fall of the crane killed 12 women",
        "A storm drowned 12 men",
        "The fall of the crane killed men",
        "The fall of the crane killed thirty-four men",
        "",
    ],
)
def test_same_number_other_things_and_other_events_do_not_conflict(other: str) -> None:
    assert found(KILLED, other) == ()


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            "The results system of the board stopped at 9.40 p.m.",
            "The results system of the board stopped at 10:15 pm",
            "differs on: date 9.40 p.m. against 10:15 pm",
        ),
        (
            "The sample of the rider was taken on 12 July",
            "The sample of the rider was taken on July 14",
            "differs on: date 12 July against July 14",
        ),
    ],
)
def test_other_time_of_the_same_thing_is_a_conflict(one: str, other: str, why: str) -> None:
    (conflict,) = found(one, other)
    assert (conflict.kind, conflict.why) == ("date", why)


def test_doubtful_members_differ_too() -> None:
    claims, readings = told(KILLED, "The fall of the crane killed 12 men")
    doubtful = [replace(c, statements=tuple(replace(s, sure=False) for s in c.statements)) for c in claims]
    assert conflicting(doubtful, readings) == conflicting(claims, readings) != ()


def test_every_score_that_lets_claims_conflict_is_kept() -> None:
    assert KEPT <= ALIKE_IN_SIZE <= ALIKE


def test_nobody_is_called_wrong() -> None:
    words = " ".join(c.why for c in found(KILLED, "The fall of the crane killed 12 men"))
    assert not {"false", "wrong", "true", "right"} & set(words.split())


def test_no_claims_no_conflicts() -> None:
    assert conflicting([], []) == ()


@given(st.lists(news_texts(8).map(lambda text: text.replace("\n", " ")), max_size=4))
def test_any_claims_conflict_in_order_or_not(says: list[str]) -> None:
    for conflict in found(*says):
        assert conflict.claims[0] < conflict.claims[1]
        assert len(conflict.evidence) == 2
