"""Notes as their reader finds them: a claim says on whom it rests, and every link leads to a note."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from hypothesis import given, settings

import strategies
from exportfakes import STORY
from ondit.records import Trace
from ondit.telling.exports.obsidian import export

CLAIM = """\
---
ondit: "claim"
id: "claim-fire"
story: "velmar"
reports: 3
at_least: 1
at_most: 2
aliases: ["claim-fire"]
tags: ["ondit/claim"]
---

# “the depot may have burned”

3 reports, 1 to 2 origins; denied: 1 report, 1 origin

## Origins

- [[six officials]] (anonymous group of 6)
- all that is sourced comes through [[NBC-9]]
- lineage not recorded: [[The Tide r3]]

## Who says so, through whom

- six officials (possible) -> NBC-9: “the depot may have burned” (19-44) [[2031-02-01 NBC-9]]
- six officials (possible) -> NBC-9 (certain) -> The Tide: “The depot burned” (0-16) [[2031-02-02 The Tide]]
- The Tide, in its own voice, lineage not recorded: “The depot burned” (0-16) [[The Tide r3]]

## Origins of the denial

- [[City of Velmar]] (organisation)

## Who denies it, through whom

- Ada Quill -> NBC-9: “It did not burn” (46-61) [[2031-02-01 NBC-9]]

## Differs

- number 6 against 8: [[Six officials claim-count]]
"""


def notes(trace: Trace = STORY) -> dict[str, str]:
    return {path: note.decode() for path, note in export([trace]).items()}


def test_a_claim_says_on_whom_it_rests() -> None:
    assert notes()["Depot burned, officials say/claims/the depot may have burned.md"] == CLAIM


def test_there_is_a_note_for_every_record_and_the_story() -> None:
    assert sorted(notes()) == [
        "Depot burned, officials say/Depot burned, officials say.md",
        "Depot burned, officials say/agents/Ada Quill.md",
        "Depot burned, officials say/agents/City of Velmar.md",
        "Depot burned, officials say/agents/NBC-9.md",
        "Depot burned, officials say/agents/The Tide.md",
        "Depot burned, officials say/agents/six officials.md",
        "Depot burned, officials say/claims/Six officials claim-count.md",
        "Depot burned, officials say/claims/the depot may have burned.md",
        "Depot burned, officials say/reports/2031-02-01 NBC-9.md",
        "Depot burned, officials say/reports/2031-02-02 The Tide.md",
        "Depot burned, officials say/reports/The Tide r3.md",
    ]


def test_a_report_says_what_it_used_and_holds_its_text() -> None:
    report = notes()["Depot burned, officials say/reports/2031-02-02 The Tide.md"]
    assert "[[2031-02-01 NBC-9]]: block quotation, as it says itself: “The depot burned”" in report
    assert "\n> The depot burned, NBC-9 reports.\n" in report


def test_an_agent_says_of_what_it_is_an_origin_and_for_whom_it_speaks() -> None:
    found = notes()
    assert (
        "## Origin of\n\n- [[the depot may have burned]]"
        in found["Depot burned, officials say/agents/six officials.md"]
    )
    assert (
        "Speaks for or belongs to [[City of Velmar]]"
        in found["Depot burned, officials say/agents/Ada Quill.md"]
    )


def test_notes_of_two_stories_keep_apart() -> None:
    both = export([STORY, replace(STORY, story="keld")])
    assert len(both) == 2 * len(export([STORY]))
    assert len({PurePosixPath(path).name.casefold() for path in both}) == len(both)


@given(strategies.traces())
@settings(max_examples=5)
def test_every_link_leads_to_a_note(trace: Trace) -> None:
    found = notes(trace)
    names = {PurePosixPath(path).name.removesuffix(".md") for path in found}
    links = [link for note in found.values() for link in re.findall(r"(?<!\\)\[\[(.*?)\]\]", note)]
    assert [link for link in links if link not in names] == []
