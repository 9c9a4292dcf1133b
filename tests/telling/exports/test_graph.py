"""The citing graph: who has it from whom, the cue and its place; read by networkx from both spellings."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest

from exportfakes import STORY, TEXT
from ondit.telling.exports import gexf, graphml
from ondit.telling.exports.graph import as_xml, citing

READERS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "gexf": (gexf.export, nx.read_gexf),
    "graphml": (graphml.export, nx.read_graphml),
}


@pytest.fixture(params=READERS)
def graph(request: pytest.FixtureRequest) -> Any:
    export, read = READERS[request.param]
    return read(io.BytesIO(next(iter(export([STORY]).values()))))


def named(graph: Any) -> list[tuple[str, str, str, str]]:
    label = dict(graph.nodes(data="label"))
    return [
        (label[relay], label[giver], how["kind"], how["label"])
        for relay, giver, how in graph.edges(data=True)
    ]


def test_edges_run_from_who_reports_to_whom_they_have_it_from(graph: Any) -> None:
    assert sorted(named(graph)) == [
        ("NBC-9", "Ada Quill", "says", "said"),
        ("NBC-9", "six officials", "says", ""),
        ("NBC-9", "six officials", "says", "said"),
        ("The Tide", "NBC-9", "block quotation", "block quotation"),
        ("The Tide", "NBC-9", "says", "reports"),
        ("The Tide", "The Tide", "rewrite", "rewrite"),
    ]


def test_an_edge_carries_the_place_of_its_cue_and_the_words(graph: Any) -> None:
    edge = next(how for *_, how in graph.edges(data=True) if how["kind"] == "says" and how["report"] == "r1")
    assert TEXT[edge["start"] : edge["end"]] == "said"
    assert edge["words"] == "the depot may have burned"
    assert (edge["claims"], edge["stated"], edge["stance"]) == ("claim-fire", True, "affirm")


def test_a_node_says_who_it_is_and_of_how_many_claims_it_is_an_origin(graph: Any) -> None:
    nodes = {node["label"]: node for _, node in graph.nodes(data=True)}
    assert nodes["six officials"]["head_count"] == 6
    assert nodes["six officials"]["origin_of_claims"] == 1
    assert nodes["Ada Quill"]["principal"] == "City of Velmar"
    assert nodes["The Tide"]["reports"] == 2


def test_agents_whom_nobody_cites_are_in_the_graph_too(graph: Any) -> None:
    assert graph.number_of_nodes() == len(STORY.agents)


def test_what_one_attribution_says_for_two_claims_is_one_edge() -> None:
    arcs = [arc for arc in citing([STORY]).arcs if arc.kind == "says"]
    assert len({(arc.relay, arc.giver, arc.report, arc.start) for arc in arcs}) == len(arcs)


@pytest.mark.parametrize(("value", "shown"), [("a\x1bb", "a\ufffdb"), ("\ud800", "\ufffd"), (False, "false")])
def test_what_xml_cannot_hold_is_shown_as_such(value: object, shown: str) -> None:
    assert as_xml(value) == shown
