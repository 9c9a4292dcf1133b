"""The tree says what the records say, weightiest first, and no text of a report becomes anything else."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

import strategies
from ondit.reading.roster import Roster
from ondit.records import (
    Agent,
    Claim,
    Conflict,
    Derivation,
    Document,
    Evidence,
    Origins,
    Span,
    Statement,
    Trace,
)
from ondit.telling.tree import NO_NAME, claim_list, plain, tell
from ondit.telling.weight import by_weight
from ondit.tracing.origins import count
from tellingfakes import AGENTS, BURNED, DOCUMENTS, FIRE, TEXT, TRACE, said

WHOLE = """\
“Depot burned, officials say” NBC-9 [r1]
3 reports, 2 claims: 1 rests on nobody named
1 claim stands in more than one report

1. “depot burned”
   3 reports, 1 to 2 origins  claim-fire
   ├── origin: six officials (anonymous group of 6)
   ├── all that is sourced comes through NBC-9
   ├── six officials (possible) -> NBC-9: “depot burned” [r1]
   ├── six officials -> NBC-9 -> The Tide: “depot burned” [r2]
   ├── Blog, in its own voice, lineage not recorded: “depot burned” [r3]
   ├── denied: 1 report, 1 origin
   │   ├── origin: City of Velmar (organisation), through Ada Quill
   │   └── Ada Quill -> The Tide: “It did not burn” [r2]
   ├── raised as a question: 1 report
   │   └── nobody named -> Blog: “depot burned” [r3]
   └── differs on: number 6 against 8, from “It did not burn” claim-alone

2. “It did not burn”
   1 report, lineage not recorded  claim-alone
   ├── Blog, in its own voice, lineage not recorded: “It did not burn” [r3]
   └── differs on: number 6 against 8, from “depot burned” claim-fire

Which report used which
├── The Tide [r2] used NBC-9 [r1]: rewrite, as it says itself: “depot burned”
└── The Tide [r2] and Blog [r3] share text: who had it from whom is not known
"""


def test_the_whole_tree() -> None:
    assert plain(tell(TRACE)) == WHOLE


def test_the_list_of_claims() -> None:
    assert plain(claim_list(TRACE), 100).splitlines()[-2:] == [
        "claim-fire   3 reports, 1 to 2 origins; denied: 1 report, 1 origin  “depot burned”",
        "claim-alone  1 report, lineage not recorded                         “It did not burn”",
    ]


def test_what_a_report_used_stands_with_what_it_says_unsourced() -> None:
    origins = Origins(("six",), 1, 1, 2)
    claim = replace(FIRE, statements=(FIRE.statements[0], FIRE.statements[2]), origins={"affirm": origins})
    out = plain(tell(replace(TRACE, claims=(claim,), undirected=(), conflicts=())))
    assert "The Tide, in its own voice, used NBC-9 [r1]: “depot burned” [r2]" in out


def test_a_claim_that_is_only_denied_is_told_as_a_denial() -> None:
    denied = replace(FIRE, statements=FIRE.statements[4:5], origins={"deny": FIRE.origins["deny"]})
    out = plain(tell(replace(TRACE, claims=(denied,), conflicts=())))
    assert "   1 report, 1 origin, as a denial  claim-fire\n" in out
    assert "Ada Quill -> The Tide: “It did not burn” [r2]" in out


def test_a_conflict_is_said_once_however_its_reason_begins() -> None:
    for why in ("6 against 8", "number 6 against 8", "differs on: number 6 against 8"):
        conflict = replace(TRACE.conflicts[0], why=why)
        assert "── differs on: number 6 against 8, from" in plain(tell(replace(TRACE, conflicts=(conflict,))))


def test_what_may_not_be_the_same_is_said_to_be_so() -> None:
    unsure = replace(FIRE.statements[3], sure=False)
    claim = replace(FIRE, statements=(*FIRE.statements[:3], unsure))
    out = plain(tell(replace(TRACE, claims=(claim,), conflicts=())))
    assert "Blog, in its own voice, lineage not recorded, perhaps the same: “depot burned” [r3]" in " ".join(
        line.strip("│ ") for line in out.splitlines()
    )


def test_who_is_only_possibly_the_same_spoke_through_nobody() -> None:
    """Counted for real, since it is the counting that says what is a doubt."""
    agents = (Agent("police", "police", "organisation"), Agent("dep", "a deputy", "person", identified=False))
    reports = tuple(Agent(name, name, "outlet") for name in ("nbc", "tide"))
    stmts = (said("r1", BURNED, "police", "nbc"), said("r2", BURNED, "dep", "tide"))
    counted = count(stmts, "affirm", {agent.id: agent for agent in (*agents, *reports)})
    claim = replace(FIRE, statements=stmts, origins={"affirm": counted})
    out = plain(tell(Trace("s", DOCUMENTS, (*agents, *reports), (claim,))))
    assert (counted.lo, counted.hi) == (1, 2)
    assert "origin: police (organisation), perhaps the same as a deputy" in out
    assert "through a deputy" not in out


def test_other_side_of_a_difference_is_told_in_the_words_that_differ() -> None:
    (alone, fire) = TRACE.claims
    differing = said("r3", BURNED, "blog")
    other = replace(alone, statements=(*alone.statements, differing))
    evidence = (Evidence("r1", BURNED, "6"), Evidence("r3", BURNED, "8"))
    conflict = Conflict((fire.id, other.id), "number", "6 against 8", evidence)
    out = plain(tell(replace(TRACE, claims=(other, fire), conflicts=(conflict,))))
    assert f"6 against 8, from “depot burned” {other.id}" in out


def test_two_of_one_name_are_told_apart() -> None:
    agents = tuple(Agent(nr, "the bank", "organisation", identified=False) for nr in ("one", "two"))
    reports = tuple(Agent(name, name, "outlet") for name in ("nbc", "tide"))
    stmts = (said("r1", BURNED, "one", "nbc"), said("r2", BURNED, "two", "tide"))
    counted = count(stmts, "affirm", {agent.id: agent for agent in (*agents, *reports)})
    claim = replace(FIRE, statements=stmts, origins={"affirm": counted})
    out = plain(tell(Trace("s", DOCUMENTS, (*agents, *reports), (claim,))))
    assert "perhaps the same as the bank of another report" in " ".join(out.replace("│", " ").split())


def test_who_may_say_something_else_spoke_through_nobody() -> None:
    agents = (Agent("police", "police", "organisation"), Agent("low", "Ada Low", "person"))
    reports = tuple(Agent(name, name, "outlet") for name in ("nbc", "tide"))
    doubtful = replace(said("r2", BURNED, "low", "tide"), sure=False)
    stmts = (said("r1", BURNED, "police", "nbc"), doubtful)
    counted = count(stmts, "affirm", {agent.id: agent for agent in (*agents, *reports)})
    claim = replace(FIRE, statements=stmts, origins={"affirm": counted})
    out = plain(tell(Trace("s", DOCUMENTS, (*agents, *reports), (claim,))))
    assert [merge.agent for merge in counted.merges] == ["low"]
    assert "origin: police (organisation)\n" in out
    assert "Ada Low -> tide, perhaps the same" in out


def test_a_report_without_outlet_is_called_by_its_file() -> None:
    documents = (Document("r1", TEXT, place="in/a.txt"), Document("r2", TEXT, place="-:2"))
    agents = (*AGENTS[:1], Agent("a", "this report", "outlet"), Agent("b", "this report", "outlet"))
    stmts = (said("r1", BURNED, "six", "a"), said("r2", BURNED, "six", "b"))
    out = plain(tell(Trace("s", documents, agents, (replace(FIRE, statements=stmts),))))
    assert "six officials -> a.txt: “depot burned” [r1]" in out
    assert "six officials -> this report: “depot burned” [r2]" in out


def test_reading_calls_an_outlet_without_name_as_telling_thinks() -> None:
    assert Roster(Document("r1", TEXT)).publisher.name == NO_NAME


def test_most_reports_on_fewest_origins_come_first() -> None:
    def claim(name: str, reports: int, lo: int) -> Claim:
        return Claim(name, Evidence("r1", BURNED, ""), (), {"affirm": Origins((), lo, max(1, lo), reports)})

    claims = [claim("a", 1, 1), claim("b", 7, 1), claim("c", 8, 2), claim("d", 4, 0), claim("e", 1, 0)]
    assert [c.id for c in by_weight(replace(TRACE, claims=tuple(claims)))] == ["b", "c", "d", "e", "a"]


def test_a_limit_counts_the_rest_and_none_shows_all() -> None:
    assert "and 1 more claim\n" in plain(tell(TRACE, limit=1))
    assert "more claim" not in plain(tell(TRACE, limit=None))


def test_many_reports_are_counted_under_a_limit_and_listed_without() -> None:
    documents = tuple(Document(f"d{i:02}", TEXT, outlet=f"Outlet {i}") for i in range(20))
    statements = tuple(said(d.id, BURNED, "six", "nbc") for d in documents)
    claim = Claim("c", Evidence("d00", BURNED, ""), statements, {"affirm": Origins(("six",), 1, 1, 20)})
    trace = Trace("s", documents, AGENTS, (claim,))
    assert "and 12 more reports" in plain(tell(trace))
    assert "[d19]" in plain(tell(trace, limit=None))


def test_an_empty_trace_is_told() -> None:
    assert plain(tell(Trace("s", ()))) == "0 reports, 0 claims\n\n"


HOSTILE = (
    "[bold red]x[/] [link=http://a]y[/link] :smile: "
    "\x1b[31mred\x1b]0;title\x07 \u202eevil\u2066 \x9b1m {0} %s"
)


@pytest.mark.parametrize("terminal", [True, False])
def test_text_of_a_report_stays_text(terminal: bool) -> None:
    documents = tuple(Document(f"[b]{i}", HOSTILE, outlet=HOSTILE, headline=HOSTILE) for i in range(2))
    agents = (Agent("a", HOSTILE, "person"),)
    whole = Span(0, len(HOSTILE))
    claim = Claim(
        "c",
        Evidence("[b]0", whole, ""),
        tuple(Statement(f"s{i}", f"[b]{i}", (whole,), ("a",)) for i in range(2)),
        {"affirm": Origins(("a",), 1, 1, 2)},
    )
    conflict = Conflict(("c", "c"), "number", HOSTILE)
    drv = Derivation("[b]0", "[b]1", "copy", True, (Evidence("[b]0", whole, HOSTILE),), HOSTILE)
    trace = Trace("s", documents, agents, (claim,), (drv,), conflicts=(conflict,))
    out = io.StringIO()
    Console(file=out, width=300, force_terminal=terminal, color_system=None, legacy_windows=False).print(
        tell(trace, width=300)
    )
    text = out.getvalue()
    assert "[bold red]x[/] [link=http://a]y[/link] :smile: red evil 1m {0} %s" in text
    assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cf"} and c not in "\n\x1b"]
    assert "\x1b[31m" not in text
    assert "\x1b]" not in text


@settings(max_examples=25)
@given(strategies.traces(), st.sampled_from([40, 80, 140]), st.sampled_from([None, 1, 12]))
def test_any_trace_is_told_within_its_width(trace: Trace, width: int, limit: int | None) -> None:
    for renderable in (tell(trace, width=width, limit=limit), claim_list(trace, width=width)):
        out = plain(renderable, width)
        assert max(map(cell_len, out.split("\n"))) <= width
        assert not [c for c in out if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"]


@settings(max_examples=12)
@given(strategies.traces())
def test_the_order_of_the_records_does_not_change_the_order_shown(trace: Trace) -> None:
    turned = replace(trace, claims=trace.claims[::-1])
    assert by_weight(turned) == by_weight(trace)


def test_colour_is_never_all_there_is() -> None:
    out = io.StringIO()
    Console(file=out, width=80, force_terminal=True, color_system="truecolor").print(tell(TRACE))
    codes = set(re.findall(r"\x1b\[([0-9;]*)m", out.getvalue()))
    bold, dim, italic = "1", "2", "3"
    assert codes <= {"0", bold, dim, italic}
