"""The drawing of a claim: everybody once, below those they have it from, with what is said on the lines."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

import strategies
from ondit.records import Agent, Attribution, Claim, Derivation, Edge, Evidence, Holder, Origins, Span, Trace
from ondit.telling.origin_tree import LEAVES, OriginTree, origin_tree, width_of
from ondit.telling.tree import shown
from ondit.tracing.origins import count
from tellingfakes import AGENTS, BURNED, DOCUMENTS, FIRE, TRACE, said


def tree_of(trace: Trace, claim: Claim) -> OriginTree:
    agents = {agent.id: agent for agent in trace.agents}
    counted = count(claim.statements, "affirm", agents, None, trace.derivations, trace.undirected)
    return origin_tree(shown(trace), claim, "affirm", counted)


def outline(tree: OriginTree) -> list[tuple[int, str]]:
    return [(row.level, row.name) for row in tree.rows]


def test_the_story_of_the_fire() -> None:
    assert outline(tree_of(TRACE, FIRE)) == [
        (0, "six officials"),
        (1, "NBC-9"),
        (2, "The Tide"),
        (0, "lineage not recorded"),
        (1, "Blog"),
    ]


def test_who_bears_everything_is_marked_as_bottleneck() -> None:
    rows = tree_of(TRACE, FIRE).rows
    assert [row.name for row in rows if row.bottleneck] == ["six officials"]
    assert rows[0].note == "origin; anonymous group of 6; all that is sourced comes through here"


def test_in_a_single_report_nobody_is_a_bottleneck() -> None:
    claim = replace(FIRE, statements=FIRE.statements[:1])
    assert [row for row in tree_of(TRACE, claim).rows if row.bottleneck] == []


def test_an_anonymous_group_carries_its_heads() -> None:
    first = tree_of(TRACE, FIRE).rows[0]
    assert (first.glyph, first.head) == ("anonymous", "6")


def test_an_anonymous_group_without_number_says_so() -> None:
    agents = (replace(AGENTS[0], count=None), *AGENTS[1:])
    assert tree_of(replace(TRACE, agents=agents), FIRE).rows[0].head == "?"


def test_the_cue_stands_on_the_line_in_the_words_of_the_report() -> None:
    att = Attribution("att", "r1", (), (Span(14, 18),), (BURNED,), "indirect")
    holders = (Holder("six", "att"), Holder("nbc"))
    claim = replace(FIRE, statements=(said("r1", BURNED, "six", "nbc", holders=holders),))
    row = tree_of(replace(TRACE, attributions=(att,)), claim).rows[1]
    assert row.label is not None
    assert (row.label.text, row.label.cue) == ("“said”", True)


def test_a_silent_use_is_named_by_its_kind() -> None:
    drv = Derivation("r2", "r1", "rewrite", False, (Evidence("r2", BURNED, ""),), "shared prose")
    stmts = (said("r1", BURNED, "six", "nbc"), said("r2", BURNED, "tide"))
    trace = replace(TRACE, derivations=(drv,), undirected=())
    row = tree_of(trace, replace(FIRE, statements=stmts)).rows[2]
    assert row.label is not None
    assert (row.name, row.label.text, row.label.stated) == ("The Tide", "rewrite", False)


def test_who_has_it_from_several_stands_once_and_names_them() -> None:
    stmts = (said("r1", BURNED, "six", "tide"), said("r1", BURNED, "mayor", "tide"))
    tree = tree_of(TRACE, replace(FIRE, statements=stmts))
    assert [row.name for row in tree.rows].count("The Tide") == 1
    row = next(row for row in tree.rows if row.name == "The Tide")
    assert row.parent is not None
    above = tree.rows[row.parent].name
    other = ({"City of Velmar", "six officials"} - {above}).pop()
    assert f"also from {other}" in row.note


def test_those_who_only_cite_each_other_are_shown() -> None:
    stmts = (said("r1", BURNED, "tide", "nbc"), said("r2", BURNED, "nbc", "tide"))
    tree = tree_of(TRACE, replace(FIRE, statements=stmts))
    assert sorted(row.name for row in tree.rows) == ["NBC-9", "The Tide"]
    assert all("only cites others who cite it" in row.note for row in tree.rows)


def test_what_rests_on_nobody_has_no_tree() -> None:
    assert tree_of(TRACE, replace(FIRE, statements=(said("r3", BURNED, "blog"),))).rows == ()


def test_many_who_end_a_line_are_counted() -> None:
    documents = tuple(replace(DOCUMENTS[0], id=f"d{n:02}") for n in range(20))
    outlets = tuple(Agent(f"o{n:02}", f"Outlet {n}", "outlet") for n in range(20))
    stmts = tuple(said(f"d{n:02}", BURNED, "six", f"o{n:02}") for n in range(20))
    trace = Trace("s", documents, (*AGENTS, *outlets))
    tree = tree_of(trace, replace(FIRE, statements=stmts))
    assert len(tree.rows) == 1 + LEAVES + 1
    assert tree.rows[-1].name == "and 6 more reports"


def test_a_long_chain_is_drawn() -> None:
    agents = tuple(Agent(f"a{n}", f"Agent {n}", "person") for n in range(3000))
    stmt = said("r1", BURNED, *(agent.id for agent in agents), "nbc")
    tree = tree_of(replace(TRACE, agents=(*AGENTS, *agents)), replace(FIRE, statements=(stmt,)))
    assert len(tree.rows) == 3001


def test_wide_letters_are_wide() -> None:
    assert width_of("MW@", 10) > width_of("ilj", 10)


@settings(max_examples=8)
@given(strategies.traces())
def test_any_counted_claim_can_be_drawn(trace: Trace) -> None:
    at = shown(trace)
    for claim in trace.claims:
        for stance, origins in claim.origins.items():
            tree = origin_tree(at, claim, stance, origins)
            named = [row.vertex for row in tree.rows if row.vertex]
            assert len(named) == len(set(named))
            assert [row.y for row in tree.rows] == sorted(row.y for row in tree.rows)
            assert all(row.parent is None or row.parent < row.number for row in tree.rows)
            vertices = {v for edge in origins.edges for v in (edge.relay, edge.giver)}
            assert vertices <= set(named) or any(row.glyph == "more" for row in tree.rows)


def test_who_has_it_only_from_itself_is_drawn_with_those_who_have_it_from_there() -> None:
    edges = (Edge("nbc", "nbc"), Edge("tide", "nbc"))
    tree = origin_tree(shown(TRACE), FIRE, "affirm", Origins(("six",), 1, 1, 1, edges=edges))
    assert {"nbc", "tide"} <= {row.vertex for row in tree.rows}


def test_an_origin_that_was_only_counted_is_no_vertex_of_an_empty_drawing() -> None:
    tree = origin_tree(shown(TRACE), FIRE, "affirm", Origins(("six",), 1, 1, 1))
    assert tree.rows == ()
