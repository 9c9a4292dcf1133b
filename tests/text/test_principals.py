from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from ondit.text.principals import line


def test_who_speaks_for_nobody_stands_alone() -> None:
    assert line("tass", {}.get) == ("tass",)


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 9)), st.integers(0, 9))
def test_every_link_stands_once_even_in_a_circle(above: dict[int, int], start: int) -> None:
    found = line(start, above.get)
    assert len(set(found)) == len(found)
    assert all(above[a] == b for a, b in itertools.pairwise(found))
