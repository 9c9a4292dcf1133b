"""Answers for programs: cited, bounded, and with every word from outside under `words`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import facefakes
import hostile
from exportfakes import FIRE, STORY
from ondit.casefile import Assign, Case
from ondit.errors import UnknownIdError
from ondit.faces import answers
from ondit.faces.answers import MOST, NAME, NOTE, QUOTE, ROWS
from ondit.records import Document, content_id
from ondit.schema import dumps_trace

LARGEST = 32_000
OURS = re.compile(
    r"[a-z]+-[0-9a-f]{12}|affirm|deny|question|certain|probable|possible|unknown|number|\d+-\d+(, \d+-\d+)*|"
    r"[\d a-z:;,]*(reports?|origins?|claims?|named|recorded)[\d a-z:;,]*|person|outlet|organisation"
    r"|unknown kind"
)
DEPOT = content_id("claim", "the depot burned")


def make_case(path: Path, documents: list[Document], assign: Assign = facefakes.story_for) -> str:
    with Case.open(path) as case:
        list(case.add_all(documents, lambda docs: map(facefakes.read, docs), assign, facefakes.trace))
    return str(path)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> str:
    rows = [
        Document(row["id"], row["text"], outlet=row["outlet"], headline=row["headline"])
        for row in facefakes.ROWS
    ]
    return make_case(tmp_path_factory.mktemp("case") / "case.ondit", rows)


@pytest.fixture(scope="module")
def hostile_case(tmp_path_factory: pytest.TempPathFactory) -> str:
    documents = []
    for text in hostile.STRINGS:
        row = hostile.fill(text)
        documents.append(Document(row["id"], row["text"], outlet=row["outlet"], headline=row["headline"]))
    path = tmp_path_factory.mktemp("hostile") / "case.ondit"

    def one_story(*_: object) -> str | None:
        with Case.open(path, readonly=True) as case:
            return next(iter(case.stories()), None)

    return make_case(path, documents, one_story)


@pytest.fixture
def trace(tmp_path: Path) -> str:
    path = tmp_path / "trace.json"
    path.write_bytes(dumps_trace(STORY))
    return str(path)


def outside(value: Any) -> Iterator[str]:
    """Every string that stands under no `words`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for key, each in value.items() if key != "words" for text in outside(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in outside(each))


def test_stories_are_told_in_numbers(case: str) -> None:
    found = answers.stories(case)
    assert [story["title"] for story in found["stories"]] == [{"words": "Fire"}, {"words": "Vote"}]
    assert found["stories"][0]["in_numbers"][0].startswith("2 reports, 3 claims")
    assert found["left_out"] == 0


def test_claims_come_with_their_counts_and_words(case: str) -> None:
    first = answers.claims(case, limit=1)
    assert first["claims"] == [
        {
            "claim": DEPOT,
            "gist": {"words": "the depot burned", "report": {"words": "Tide [r1]"}, "place": "9-25"},
            "counts": [
                {"stance": "affirm", "in_words": "2 reports, 1 origin", "reports": 2, "lo": 1, "hi": 1}
            ],
        }
    ]
    assert first["left_out"] == 3


def test_claims_of_one_story_only(case: str) -> None:
    story = answers.stories(case)["stories"][1]["story"]
    assert [row["gist"]["words"] for row in answers.claims(case, story)["claims"]] == ["nobody won"]


def test_a_claim_is_explained_with_chains_and_words(trace: str) -> None:
    found = answers.explain(trace, "claim-fire")["counts"][0]
    assert found["origins"] == [
        {"words": "six officials", "kind": "anonymous group of 6", "identified": True}
    ]
    assert [link["words"] for link in found["said_by"][1]["chain"]] == ["six officials", "NBC-9", "The Tide"]
    assert found["said_by"][1]["said"]["words"] == "The depot burned"
    assert found["has_it_from"][0]["shown_by"][0]["report"] == {"words": "NBC-9 [r1]"}


def test_an_agent_can_be_left_out_by_name(case: str) -> None:
    found = answers.what_if(case, DEPOT, ["Ann"])
    assert found["without"] == [{"words": "Ann"}]
    assert found["counts"][0]["before"]["in_words"] == "2 reports, 1 origin"
    assert found["counts"][0]["after"]["reports"] == 0


def test_reports_are_found_by_their_words(case: str) -> None:
    assert [row["report"] for row in answers.search(case, "nobody won")["reports"]] == [{"words": "r3"}]


def test_an_id_that_is_unknown_is_an_error_and_its_message_foreign(case: str) -> None:
    with pytest.raises(UnknownIdError, match="no claims begin with"):
        answers.explain(case, "zzz")
    assert list(outside(answers.refused("no agent <b>"))) == [NOTE]


def test_every_word_from_outside_stands_under_words(hostile_case: str) -> None:
    listed = answers.claims(hostile_case, limit=MOST)
    found = [answers.stories(hostile_case), listed, answers.search(hostile_case, "burned")]
    for row in listed["claims"][::8]:
        found += [
            answers.explain(hostile_case, row["claim"]),
            answers.what_if(hostile_case, row["claim"], named_only=True),
        ]
    strange = {text for each in found for text in outside(each) if text != NOTE and not OURS.fullmatch(text)}
    assert strange == set()
    assert max(len(json.dumps(each)) for each in found) < LARGEST


def test_an_answer_is_bounded_however_large_the_claim(tmp_path: Path) -> None:
    long = replace(
        FIRE,
        statements=tuple(replace(s, id=f"{s.id}-{nr}") for nr in range(200) for s in FIRE.statements),
        origins={s: replace(o, stated=o.stated * 200, edges=o.edges * 200) for s, o in FIRE.origins.items()},
    )
    documents = tuple(replace(doc, outlet="x" * 9999, headline="y" * 9999) for doc in STORY.documents)
    agents = tuple(replace(agent, name=f"{agent.name} " * 999) for agent in STORY.agents)
    path = tmp_path / "long.json"
    path.write_bytes(
        dumps_trace(replace(STORY, claims=(long,), conflicts=(), documents=documents, agents=agents))
    )
    answer = answers.explain(str(path), "claim-fire")
    assert len(json.dumps(answer)) < LARGEST
    assert len(answer["counts"][0]["said_by"]) <= ROWS
    assert len(answer["counts"][0]["origins"][0]["words"]) <= NAME
    assert len(json.dumps(answers.claims(str(path)))) < LARGEST
    assert QUOTE > NAME
