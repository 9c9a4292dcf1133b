"""Linked data: the chain of a claim is found by a query of PROV, its words by a selector."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import rdflib

from exportfakes import DOCUMENTS, STORY
from ondit.telling.exports.jsonld import export, iri

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data=export([STORY])["ondit.jsonld"], format="json-ld")


def answers(graph: rdflib.Graph, query: str) -> set[tuple[str, ...]]:
    return {tuple(str(value) for value in row) for row in graph.query(query)}  # type: ignore[union-attr]


def test_a_query_gives_the_chain_of_every_statement_of_a_claim(graph: rdflib.Graph) -> None:
    query = """
        SELECT ?report ?name WHERE {
          ?claim a schema:Claim ; schema:identifier "claim-fire" ; schema:appearance ?said .
          ?said schema:isPartOf/schema:identifier ?report ; prov:wasDerivedFrom* ?link .
          ?link prov:wasAttributedTo/schema:name ?name }"""
    assert answers(graph, query) == {
        ("r1", "six officials"),
        ("r1", "NBC-9"),
        ("r2", "six officials"),
        ("r2", "NBC-9"),
        ("r2", "The Tide"),
        ("r3", "The Tide"),
        ("r1", "Ada Quill"),
    }


def test_the_primary_source_is_what_the_origin_said(graph: rdflib.Graph) -> None:
    query = (
        "SELECT DISTINCT ?name WHERE { ?said prov:hadPrimarySource/prov:wasAttributedTo/schema:name ?name }"
    )
    assert answers(graph, query) == {("six officials",), ("Ada Quill",)}


def test_a_statement_in_quotation_marks_was_quoted(graph: rdflib.Graph) -> None:
    query = "SELECT ?words WHERE { ?said a schema:Quotation ; prov:wasQuotedFrom ?from ; schema:text ?words }"
    assert answers(graph, query) == {("The depot burned",)}


@pytest.mark.parametrize(
    ("name", "pairs"),
    [
        ("wasDerivedFrom", {("r2", "r1"), ("r3", "r2")}),
        ("wasQuotedFrom", {("r2", "r1")}),
        ("wasRevisionOf", {("r3", "r2")}),
    ],
)
def test_reports_point_to_those_that_they_used(
    graph: rdflib.Graph, name: str, pairs: set[tuple[str, str]]
) -> None:
    query = f"""
        SELECT ?child ?parent WHERE {{ ?one a schema:NewsArticle ; schema:identifier ?child ;
          prov:{name}/schema:identifier ?parent }}"""
    assert answers(graph, query) == pairs


def test_counts_stand_with_their_origins(graph: rdflib.Graph) -> None:
    query = """
        SELECT ?stance ?low ?high ?name WHERE { ?count a ondit:Count ; ondit:stance ?stance ;
          ondit:atLeast ?low ; ondit:atMost ?high ; ondit:origin/schema:name ?name }"""
    assert answers(graph, query) == {
        ("affirm", "1", "2", "six officials"),
        ("deny", "1", "1", "City of Velmar"),
    }


def test_selectors_find_their_words_again(graph: rdflib.Graph) -> None:
    query = """
        SELECT ?text ?start ?end ?exact ?prefix WHERE {
          ?note a oa:Annotation ; oa:hasTarget ?target . ?target oa:hasSource/schema:articleBody ?text ;
            oa:hasSelector ?position, ?quote .
          ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact ; oa:prefix ?prefix }"""
    found = answers(graph, query)
    assert len(found) == 5
    for text, start, end, exact, prefix in found:
        assert text[int(start) : int(end)] == exact
        assert text[: int(start)].endswith(prefix)


def test_nothing_has_to_be_fetched_to_read_it() -> None:
    body = json.loads(export([STORY])["ondit.jsonld"])
    assert isinstance(body["@context"], dict)


def test_an_address_that_is_none_is_left_out() -> None:
    spoilt = replace(DOCUMENTS[0], url="javascript:alert(1)")
    made = export([replace(STORY, documents=(spoilt, *DOCUMENTS[1:]))])["ondit.jsonld"]
    assert b"schema:url" not in made
    assert b"schema:url" in export([STORY])["ondit.jsonld"]


def test_ids_of_any_sign_make_one_name() -> None:
    assert iri("a:b", "report", "<x> y") == "urn:ondit:a%3Ab:report:%3Cx%3E%20y"
