from __future__ import annotations

from typing import Any

from benchmarks.quality.gold import GoldAgent, GoldClaim, GoldMention, GoldReport, Story
from benchmarks.quality.score_principals import score_story

TEXT = "It burned, said the mayor. It did, said her clerk. It did not, said Low."
AGENTS = {
    "town": GoldAgent("Merrow", "organisation"),
    "mayor": GoldAgent("Ada Quill", "person", ("the mayor",), "town"),
    "clerk": GoldAgent("the clerk", "person", (), "mayor"),
    "low": GoldAgent("Radu Low", "person"),
    "tide": GoldAgent("The Tide", "outlet"),
}
MENTIONS = tuple(
    GoldMention("r1", 0, 9, (who, "tide"), "affirm", "certain") for who in ("mayor", "clerk", "low")
)
STORY = Story(
    "s",
    AGENTS,
    {"r1": GoldReport("r1", "tide", "h", TEXT)},
    (GoldClaim("c1", MENTIONS),),
    frozenset(),
    frozenset(),
)


def trace(*said: str, **above: str) -> dict[str, Any]:
    """A trace in which these agents say something and have these principals."""
    agents = [{"id": key, "name": a.name, "principal": above.get(key)} for key, a in AGENTS.items()]
    return {"agents": agents, "claims": [{"statements": [{"chain": [who]} for who in said]}]}


def test_sources_of_one_body_joined_and_of_others_apart() -> None:
    counts = score_story(STORY, trace("mayor", "clerk", "low", mayor="town", clerk="town"))
    assert dict(counts) == {"one": 1, "one joined": 1, "others": 2, "others joined": 0}


def test_principals_missed_and_mixed() -> None:
    counts = score_story(STORY, trace("mayor", "clerk", "low", mayor="low"))
    assert (counts["one joined"], counts["others joined"]) == (0, 1)


def test_who_says_nothing_in_the_trace_is_left_out() -> None:
    assert dict(score_story(STORY, trace("mayor", "low"))) == {"others": 1, "others joined": 0}


def test_circles_end() -> None:
    counts = score_story(STORY, trace("mayor", "clerk", mayor="clerk", clerk="mayor"))
    assert counts["one"] == 1
