"""The stories are sound, and the yardstick measures what tests/stories/README.md says."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from itertools import combinations, pairwise, permutations
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.gold import Story, corpus_digest, input_lines, load_stories
from benchmarks.quality.gold_origins import disjoint_chains, gold_origins
from ondit.records import AgentKind, Certainty, Stance

STORIES = load_stories(Path(__file__).parents[1] / "stories")
VERTICES = "abcdef"

story_each = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)


def test_there_are_six_stories_of_eight_reports() -> None:
    assert [len(story.reports) for story in STORIES] == [8] * 6


@story_each
def test_reports_are_nfc_and_begin_with_their_headline(story: Story) -> None:
    for report in story.reports.values():
        assert unicodedata.is_normalized("NFC", report.text)
        assert report.text.split("\n", 1)[0].strip() == report.headline.strip()


@story_each
def test_agents_are_of_known_kinds_and_speak_for_agents_that_are_there(story: Story) -> None:
    for agent in story.agents.values():
        assert agent.kind in get_args(AgentKind)
        assert agent.principal is None or agent.principal in story.agents


@story_each
def test_chains_end_in_the_outlet_that_publishes(story: Story) -> None:
    for mention in (mention for claim in story.claims for mention in claim.mentions):
        assert mention.chain[-1] == story.reports[mention.report].outlet
        assert set(mention.chain) <= story.agents.keys() | {"unknown"}


@story_each
def test_stances_and_certainties_are_those_of_the_records(story: Story) -> None:
    for mention in (mention for claim in story.claims for mention in claim.mentions):
        assert mention.stance in get_args(Stance)
        assert mention.certainty in get_args(Certainty)


@story_each
def test_derivations_and_conflicts_name_what_is_there(story: Story) -> None:
    assert {report for pair in story.derivations for report in pair} <= story.reports.keys()
    assert {claim for pair in story.conflicts for claim in pair} <= {claim.id for claim in story.claims}


@story_each
def test_the_interval_of_origins_is_one(story: Story) -> None:
    for claim in story.claims:
        for stance in claim.stances():
            found = gold_origins(story, claim, stance)
            assert found.lo <= found.hi
            assert found.lo <= len(found.stated)


def test_the_stories_hold_false_and_true_corroboration() -> None:
    counted = [
        gold_origins(story, c, stance) for story in STORIES for c in story.claims for stance in c.stances()
    ]
    assert sum(found.lo >= 2 for found in counted) >= 12
    assert sum(found.lo <= 1 for found in counted) >= 40


def test_input_lines_hold_the_whole_text() -> None:
    story = STORIES[0]
    rows = [json.loads(line) for line in input_lines(story).splitlines()]
    assert [row["text"] for row in rows] == [report.text for report in story.reports.values()]


def test_the_digest_changes_with_a_letter(tmp_path: Path) -> None:
    (tmp_path / "a" / "reports").mkdir(parents=True)
    (tmp_path / "a" / "story.json").write_text("{}")
    report = tmp_path / "a" / "reports" / "r1.txt"
    report.write_text("six")
    before = corpus_digest(tmp_path)
    report.write_text("Six")
    assert corpus_digest(tmp_path) != before


def chains(leaves: set[str], edges: set[tuple[str, str]], roots: set[str]) -> Iterator[frozenset[str]]:
    """The vertices of every simple chain from a leaf to a root: slow and plain."""
    vertices = sorted(leaves | roots | {end for edge in edges for end in edge})
    for length in range(1, len(vertices) + 1):
        for path in permutations(vertices, length):
            steps = pairwise(path)
            if path[0] in leaves and path[-1] in roots and all(step in edges for step in steps):
                yield frozenset(path)


def most_apart(found: set[frozenset[str]]) -> int:
    """The largest number of pairwise disjoint sets."""
    for size in range(len(found), 0, -1):
        for some in combinations(found, size):
            if sum(map(len, some)) == len(frozenset().union(*some)):
                return size
    return 0


@given(
    st.sets(st.sampled_from(VERTICES[:5]), max_size=3),
    st.sets(st.tuples(st.sampled_from(VERTICES[:5]), st.sampled_from(VERTICES[:5])), max_size=5),
    st.sets(st.sampled_from(VERTICES[:5]), max_size=3),
)
def test_disjoint_chains_agree_with_trying_all(
    leaves: set[str], edges: set[tuple[str, str]], roots: set[str]
) -> None:
    minimal = set(chains(leaves, edges, roots))
    minimal = {chain for chain in minimal if not any(other < chain for other in minimal)}
    assert disjoint_chains(leaves, edges, roots) == most_apart(minimal)
