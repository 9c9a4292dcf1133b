"""The fingerprint join: the same pairs as a search in dictionaries, in memory that grows with the table."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ondit.grouping.fingerprints import Fingerprints, candidate_pairs, fingerprints, furniture, stretches
from ondit.text.shingles import words

rows = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 9)), max_size=80)


def table(pairs: list[tuple[int, int]]) -> Fingerprints:
    """Rows of (hash, document), in the order of documents, as `fingerprints` makes them."""
    ordered = sorted(pairs, key=lambda pair: pair[1])
    hashes, documents = ([pair[side] for pair in ordered] for side in (0, 1))
    return Fingerprints(
        np.array(hashes, np.uint64), np.array(documents, np.int32), np.arange(len(ordered), dtype=np.int32)
    )


def counted(pairs: list[tuple[int, int]], common: int) -> dict[tuple[int, int], int]:
    holders = defaultdict(set)
    for value, document in pairs:
        holders[value].add(document)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for group in map(sorted, holders.values()):
        some = combinations(group, 2) if len(group) <= common else ((group[0], other) for other in group[1:])
        for pair in some:
            shared[pair] += 1
    return dict(sorted(shared.items()))


@given(rows, st.integers(1, 10))
def test_pairs_are_those_that_dictionaries_find(pairs: list[tuple[int, int]], common: int) -> None:
    found = candidate_pairs(table(pairs), common)
    as_dict = dict(
        zip(zip(found.first.tolist(), found.second.tolist(), strict=True), found.shared.tolist(), strict=True)
    )
    assert list(as_dict.items()) == list(counted(pairs, common).items())


@given(rows)
def test_a_very_common_fingerprint_gives_as_many_pairs_as_reports(pairs: list[tuple[int, int]]) -> None:
    found = candidate_pairs(table(pairs), common=1)
    assert len(found.first) <= len(pairs)


def test_fingerprints_name_the_document_and_the_word() -> None:
    run = "four men carried the old piano down to the empty harbour before dawn"
    texts = [words(run), words("Nobody saw it."), words(f"Everyone says that {run}.")]
    found = fingerprints(texts, window=1)
    assert sorted(set(found.document.tolist())) == [0, 2]
    first, third = (found.position[found.document == document] for document in (0, 2))
    assert sorted(third.tolist())[-len(first) :] == [place + 3 for place in first.tolist()]


def test_no_reports_no_fingerprints() -> None:
    assert [len(column) for column in fingerprints([])] == [0, 0, 0]
    assert [len(column) for column in candidate_pairs(fingerprints([]))] == [0, 0, 0]


def test_furniture_is_what_an_outlet_prints_in_three_of_its_stories() -> None:
    rows = [(7, 0), (7, 1), (7, 2), (8, 0), (8, 3), (8, 4), (9, 0), (9, 1)]
    outlets = np.array([0, 0, 0, 1, 1], np.int32)
    stories = np.array([0, 1, 2, 3, 4], np.int32)
    assert furniture(table(rows), outlets, stories).tolist() == [7]


def test_what_an_agency_repeats_within_one_story_is_no_furniture() -> None:
    rows = [(7, 0), (7, 1), (7, 2)]
    one = np.zeros(3, np.int32)
    assert furniture(table(rows), one, one).tolist() == []


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 6)), max_size=12))
def test_stretches_of_rows_follow_each_other(pairs: list[tuple[int, int]]) -> None:
    begins, lengths = (np.array([p[side] for p in pairs], np.int64) for side in (0, 1))
    expected = [row for begin, length in pairs for row in range(begin, begin + length)]
    assert stretches(begins, lengths).tolist() == expected
