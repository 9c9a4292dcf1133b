from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ondit.tracing.settlement import OVERRULED, PARTLY, Settlement, Verdict, join_all, part_all


def test_what_is_one_over_others_cannot_be_parted() -> None:
    settlement = Settlement()
    assert [settlement.join("a", "b"), settlement.join("b", "c"), settlement.part("c", "a")] == [
        True,
        True,
        False,
    ]
    assert settlement.verdict() == Verdict((("a", "b"), ("b", "c")), ())


def test_what_is_apart_cannot_be_joined_over_others() -> None:
    settlement = Settlement()
    assert [settlement.part("a", "c"), settlement.join("a", "b"), settlement.join("b", "c")] == [
        True,
        True,
        False,
    ]
    assert not settlement.part("a", "a")


def test_all_that_may_be_joined_is_and_what_stands_in_the_way_is_said() -> None:
    settlement = Settlement()
    settlement.part("b", "a")
    assert join_all(settlement, ["a", "b", "c", "d"]) == PARTLY
    assert settlement.verdict().same == (("a", "c"), ("a", "d"))
    assert join_all(settlement, ["a", "b"]) == OVERRULED
    assert join_all(settlement, ["a", "d", "c"]) == ""


def test_all_that_may_be_parted_is_and_what_stands_in_the_way_is_said() -> None:
    settlement = Settlement()
    settlement.join("a", "b")
    assert part_all(settlement, ["a"], ["b", "c"]) == PARTLY
    assert settlement.verdict().different == (("a", "c"),)
    assert part_all(settlement, ["a"], ["b"]) == OVERRULED
    assert part_all(settlement, ["a"], ["a"]) == "both sides are read as one here"
    assert part_all(settlement, ["a", "b"], ["c"]) == ""


@given(steps=st.lists(st.tuples(st.booleans(), st.sampled_from("abcdef"), st.sampled_from("abcdef"))))
def test_nothing_that_is_settled_contradicts_itself(steps: list[tuple[bool, str, str]]) -> None:
    settlement = Settlement()
    for joins, a, b in steps:
        if joins:
            settlement.join(a, b)
        else:
            settlement.part(a, b)
    verdict = settlement.verdict()
    again = Settlement()
    assert all(a != b and again.join(a, b) for a, b in verdict.same)
    assert all(again.part(a, b) for a, b in verdict.different)
