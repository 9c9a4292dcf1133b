from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.gold import GoldAgent, GoldClaim, GoldMention, GoldReport, Story, load_stories
from benchmarks.quality.score_stories import agent_names, naive, perfect, score_stories, score_story, summary

STORIES = load_stories(Path(__file__).parents[1] / "stories")
RATES = {"false corroboration", "missed independence"}
TEXT = "Nine people died in the fire, the mayor said. Nobody knows why."


@pytest.fixture
def story() -> Story:
    """One report, one claim, said by the mayor."""
    return Story(
        id="s",
        agents={
            "mayor": GoldAgent("Ada Quill", "person", ("the mayor",)),
            "two": GoldAgent("two senior harbour officials", "anonymous_group"),
            "tide": GoldAgent("The Tide", "outlet"),
        },
        reports={"r1": GoldReport("r1", "tide", "h", TEXT)},
        claims=(GoldClaim("c1", (GoldMention("r1", 0, 28, ("mayor", "tide"), "affirm", "certain"),)),),
        derivations=frozenset(),
        conflicts=frozenset(),
    )


def said(**changes: Any) -> dict[str, Any]:
    """A trace of that story with one statement."""
    statement = {
        "document": "r1",
        "spans": [[0, 28]],
        "chain": ["a1", "a2"],
        "stance": "affirm",
        "certainty": "certain",
    }
    return {
        "agents": [{"id": "a1", "name": "The Mayor"}, {"id": "a2", "name": "Tide"}],
        "claims": [
            {"id": "k", "statements": [statement | changes], "origins": {"affirm": {"lo": 1, "hi": 1}}}
        ],
    }


def test_the_annotation_itself_scores_full() -> None:
    """But for a few mentions that lie inside others, and so find the other's statement."""
    found = score_stories(STORIES, {story.id: perfect(story) for story in STORIES})["ALL"]
    short = {name: value for name, value in found.items() if value != (0.0 if name in RATES else 1.0)}
    assert short == {"alignment": 0.989, "chain": 0.998, "origin": 0.998}


def test_counting_reports_corroborates_falsely() -> None:
    found = score_stories(STORIES, {story.id: naive(story) for story in STORIES})["ALL"]
    assert (found["found"], found["origins"], found["false corroboration"]) == (1.0, 0.202, 0.728)


def test_no_trace_misses_all_independence_and_leaves_every_mention_alone() -> None:
    found = score_stories(STORIES, {})["ALL"]
    assert {name for name, value in found.items() if value} == {"missed independence", "alignment"}


def test_names_are_matched_without_case_and_article(story: Story) -> None:
    assert agent_names(story, said()) == {"unknown": "unknown", "a1": "mayor", "a2": "tide"}


def test_an_anonymous_agent_is_matched_by_most_of_its_words(story: Story) -> None:
    trace = {"agents": [{"id": "x", "name": "senior harbour officials"}, {"id": "y", "name": "two men"}]}
    assert agent_names(story, trace) == {"unknown": "unknown", "x": "two", "y": "?two men"}


def test_a_statement_with_half_the_words_is_found(story: Story) -> None:
    assert summary(score_story(story, said(spans=[[0, 16]])))["found"] == 1.0


def test_a_statement_with_fewer_is_not(story: Story) -> None:
    assert summary(score_story(story, said(spans=[[0, 11]])))["found"] == 0.0


def test_the_whole_chain_and_its_first_link_are_two_measures(story: Story) -> None:
    found = summary(score_story(story, said(chain=["a1"])))
    assert (found["chain"], found["origin"]) == (0.0, 1.0)


def test_two_origins_where_there_is_one_is_false_corroboration(story: Story) -> None:
    trace = said()
    trace["claims"][0]["origins"]["affirm"]["lo"] = 2
    found = summary(score_story(story, trace))
    assert (found["false corroboration"], found["origins"]) == (1.0, 0.0)


def test_a_trace_that_json_carried_scores_the_same(story: Story) -> None:
    assert score_story(story, json.loads(json.dumps(said()))) == score_story(story, said())
