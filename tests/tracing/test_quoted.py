"""Who is given the same words in quotation marks."""

from __future__ import annotations

from typing import Any

import pytest

from ondit.records import Agent, Reading
from ondit.tracing.agents import join
from ondit.tracing.quoted import same_words
from tracingfakes import Made, reading

WORDS = "A pause in the work is not a stop"


def quoting(id: str, speaker: Made, words: str = WORDS, **fields: Any) -> Reading:
    return reading(id, agents=[speaker], says=[(words, speaker[0])], **{"quote_type": "direct", **fields})


def agents(*readings: Reading) -> dict[str, Agent]:
    return {agent.name: agent for agent in join(readings)[0]}


def test_speakers_of_one_quotation_come_with_their_words() -> None:
    found = same_words(
        [quoting("r0", ("Ada Quill", "person")), quoting("r1", ("Low Storage", "organisation"))]
    )
    (speakers,) = found
    assert {agent: (e.document, e.span) for agent, e in speakers.items()} == {
        "r0-Ada Quill": ("r0", (0, 33)),
        "r1-Low Storage": ("r1", (0, 33)),
    }


@pytest.mark.parametrize(
    "other",
    [
        quoting("r1", ("Low Storage", "organisation"), "Nothing of the kind"),
        quoting("r1", ("Low Storage", "organisation"), quote_type="indirect"),
        reading("r1", says=[(WORDS, "unknown")], quote_type="direct"),
        reading("r1", says=[(WORDS,)], quote_type="direct"),
    ],
)
def test_other_words_no_quotation_and_nobody_tell_nothing(other: Reading) -> None:
    assert same_words([quoting("r0", ("Ada Quill", "person")), other]) == []


def test_few_words_tell_nothing() -> None:
    two = [
        quoting(f"r{nr}", (f"Quill {nr}", "person"), "Our thoughts are with the families") for nr in range(2)
    ]
    assert same_words(two) == []


def test_who_says_the_words_of_a_body_speaks_for_it() -> None:
    found = agents(quoting("r0", ("Ada Quill", "person")), quoting("r1", ("Low Storage", "organisation")))
    assert found["Ada Quill"].principal == found["Low Storage"].id
    assert [e.why for e in found["Ada Quill"].basis] == ["the same words are given to both"]


def test_who_speaks_for_somebody_else_stays_with_them() -> None:
    office: Made = ("Port Office", "organisation")
    quill: Made = ("Ada Quill", "person", {"principal": "Port Office"})
    told = reading("r0", agents=[office, quill], says=[(WORDS, "Ada Quill")], quote_type="direct")
    found = agents(told, quoting("r1", ("Low Storage", "organisation")))
    assert found["Ada Quill"].principal == found["Port Office"].id


def test_described_and_named_speaker_of_the_same_words_are_one() -> None:
    described: Made = ("a clerk", "anonymous_person", {"identified": False})
    _, mapping = join([quoting("r0", ("Ada Quill", "person")), quoting("r1", described)])
    assert mapping["r1-a clerk"] == mapping["r0-Ada Quill"]


def test_two_who_are_named_stay_two() -> None:
    _, mapping = join([quoting("r0", ("Ada Quill", "person")), quoting("r1", ("Radu Low", "person"))])
    assert mapping["r1-Radu Low"] != mapping["r0-Ada Quill"]


def test_words_of_two_who_are_named_make_nobody_one_with_a_third() -> None:
    described: Made = ("a clerk", "anonymous_person", {"identified": False})
    told = [
        quoting("r0", described),
        quoting("r1", ("Ada Quill", "person")),
        quoting("r2", ("Radu Low", "person")),
    ]
    _, mapping = join(told)
    assert len({mapping["r0-a clerk"], mapping["r1-Ada Quill"], mapping["r2-Radu Low"]}) == 3


def test_who_is_judged_not_to_speak_for_a_body_does_not() -> None:
    told = [quoting("r0", ("Ada Quill", "person")), quoting("r1", ("Low Storage", "organisation"))]
    found, _ = join(told, different=[("r0-Ada Quill", "r1-Low Storage")])
    assert [agent.principal for agent in found] == [None] * len(found)
