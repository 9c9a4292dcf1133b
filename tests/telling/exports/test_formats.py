"""What holds for every export: it works for every trace, says the same each time, and takes text for text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

import strategies
from exportfakes import STORY
from ondit.errors import InputError
from ondit.records import Trace
from ondit.telling.exports.formats import FORMATS, exported

every = pytest.mark.parametrize("name", FORMATS)


@given(strategies.traces())
@settings(max_examples=8)
def test_every_trace_can_be_exported_and_gives_the_same_bytes_twice(trace: Trace) -> None:
    for name in FORMATS:
        assert list(exported([trace], name).items()) == list(exported([trace], name).items())


@every
def test_a_story_is_there_once_however_often_it_is_given(name: str) -> None:
    assert exported([STORY, STORY], name) == exported([STORY], name)


@every
def test_several_stories_go_into_one_export(name: str) -> None:
    assert exported([STORY, replace(STORY, story="keld")], name) != exported([STORY], name)


@every
def test_a_story_without_claims_can_be_exported(name: str) -> None:
    assert exported([replace(STORY, claims=(), conflicts=())], name)


@every
def test_what_is_one_file_is_one_file(name: str) -> None:
    assert FORMATS[name].folder or len(exported([STORY], name)) == 1


def test_two_traces_of_one_story_are_refused() -> None:
    with pytest.raises(InputError, match="same story id: export them one by one"):
        exported([STORY, replace(STORY, agents=())], "json")


def test_a_trace_with_two_records_of_one_id_is_refused() -> None:
    with pytest.raises(InputError, match="contradicts itself: two agents have the id 'six'"):
        exported([replace(STORY, agents=(*STORY.agents, STORY.agents[0]))], "sqlite")


def test_no_trace_at_all_is_an_empty_export() -> None:
    assert exported([], "cite-news") == {"cite-news.txt": b""}
