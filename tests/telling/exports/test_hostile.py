"""Two hundred hostile strings in every field of a trace leave as text: each export has the shape that it has
for a plain word, and what a reader of the format finds in it are the words."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from xml.etree import ElementTree as ET

import mwparserfromhell
import networkx as nx
import pyarrow.parquet
import pytest
import rdflib
from markdown_it import MarkdownIt

import hostile
from ondit.telling.exports.formats import FORMATS, exported
from ondit.telling.exports.graph import as_xml
from ondit.telling.exports.tables import storable
from ondit.telling.words import clean

PLAIN = "velmar"
TRACES = [hostile.trace_of(text) for text in hostile.STRINGS]
READABLE = [name for name in FORMATS if FORMATS[name].text and name != "parquet"]


def one(name: str, text: str) -> bytes:
    """The one file of an export of a trace with this text in every field."""
    return next(iter(exported([hostile.trace_of(text)], name).values()))


def changed(name: str, shape: Any) -> list[str]:
    """The strings that give an export another shape than a plain word does."""
    plain = shape(one(name, PLAIN))
    return [text for text in hostile.STRINGS if shape(one(name, text)) != plain]


@pytest.mark.parametrize("name", READABLE)
def test_nothing_that_a_terminal_would_obey_is_in_a_readable_export(name: str) -> None:
    signs = {sign for content in exported(TRACES, name).values() for sign in content.decode("utf-8-sig")}
    if name == "obsidian":
        signs |= {sign for path in exported(TRACES, name) for sign in path}
    obeyed = {sign for sign in signs if unicodedata.category(sign) == "Cc"} - {"\n", "\r", "\t"}
    turned = signs & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert (obeyed, turned) == (set(), set())


# ------------------------------------------------------------------------- tables


def test_the_database_holds_the_words_and_is_whole() -> None:
    database = sqlite3.connect(":memory:")
    database.deserialize(next(iter(exported(TRACES, "sqlite").values())))
    found = {headline for (headline,) in database.execute("SELECT headline FROM reports")}
    assert found == set(map(storable, hostile.STRINGS))
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()


def test_parquet_holds_the_words() -> None:
    file = io.BytesIO(exported(TRACES, "parquet")["reports.parquet"])
    assert set(pyarrow.parquet.read_table(file)["headline"].to_pylist()) == set(
        map(storable, hostile.STRINGS)
    )


# ------------------------------------------------------------------------- graphs


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_xml_has_the_same_elements_whatever_the_words(name: str) -> None:
    assert changed(name, lambda raw: [(e.tag, sorted(e.attrib)) for e in ET.fromstring(raw).iter()]) == []


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_graphs_are_read_with_the_words_as_labels(name: str) -> None:
    read = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}[name]
    for text in hostile.STRINGS:
        graph = read(io.BytesIO(one(name, text)))
        shown = as_xml(clean(text)) or as_xml(clean(f"{text}-p"))
        labels = {str(label).replace("\r", "\n") for _, label in graph.nodes(data="label")}
        assert (text, graph.number_of_nodes(), shown in labels) == (text, 2, True)


# -------------------------------------------------------------------- linked data


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_linked_data_holds_the_words_and_can_stand_in_a_page() -> None:
    made = next(iter(exported(TRACES, "jsonld").values()))
    assert b"<" not in made
    graph = rdflib.Graph().parse(data=made, format="json-ld")
    headlines = set(graph.objects(None, rdflib.URIRef("https://schema.org/headline")))
    assert headlines == {rdflib.Literal(storable(text)) for text in hostile.STRINGS}
    assert {
        str(thing).partition(":")[0] for thing in graph.subjects() if isinstance(thing, rdflib.URIRef)
    } == {"urn"}


def test_linked_data_has_the_same_things_whatever_the_words() -> None:
    assert changed("jsonld", lambda raw: [sorted(thing) for thing in json.loads(raw)["@graph"]]) == []


def test_a_misp_event_has_the_same_attributes_whatever_the_words() -> None:
    def shape(raw: bytes) -> list[tuple[str, ...]]:
        event = json.loads(raw)["Event"]
        return [(a["type"], *sorted(a), *(tag["name"] for tag in a["Tag"])) for a in event["Attribute"]]

    assert changed("misp", shape) == []


# ------------------------------------------------------------------------ markdown


LINES = {"inline", "paragraph_open", "paragraph_close", "text", "text_special", "softbreak"}


def parts(note: str) -> Iterator[str]:
    """What a Markdown parser takes a note for, but for text and how many lines of it there are."""
    head, _, body = note.removeprefix("---\n").partition("\n---\n")
    yield from (line.partition(":")[0] for line in head.split("\n"))
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body):
        every = (token, *(token.children or ()))
        yield from (each.type for each in every if each.type not in LINES)


def test_notes_are_parsed_alike_whatever_the_words() -> None:
    def shapes(text: str) -> list[list[str]]:
        notes = exported([hostile.trace_of(text)], "obsidian")
        return [list(parts(note.decode())) for note in notes.values()]

    plain = shapes(PLAIN)
    assert "blockquote_open" in plain[-1]
    assert [text for text in hostile.STRINGS if shapes(text) != plain] == []


def test_only_links_of_ours_are_in_notes_and_they_lead_to_notes() -> None:
    notes = exported(TRACES, "obsidian")
    names = {PurePosixPath(path).stem for path in notes} | {PurePosixPath(path).name[:-3] for path in notes}
    for note in notes.values():
        links = re.findall(r"(?<!\\)\[\[(.*?)\]\]", note.decode())
        assert [link for link in links if link not in names] == []
        assert not re.search(
            r"(?<!\\)(<|`|\$|%%|==|\]\(|www\.|://(?!.*\"$))", note.decode().partition("\n---\n")[2]
        )


def test_notes_have_file_names_that_any_system_takes() -> None:
    paths = list(exported(TRACES, "obsidian"))
    assert len({path.casefold() for path in paths}) == len(paths)
    for path in paths:
        pieces = PurePosixPath(path).parts
        assert 2 <= len(pieces) <= 3
        for piece in pieces:
            assert not re.search(r'[\\/:*?"<>|\x00-\x1f]|^[. ]|[. ]$', piece)
            assert not PureWindowsPath(piece).is_reserved()
            assert len(piece.encode()) <= 255


# ------------------------------------------------------------------------- lines


def test_wikitext_holds_one_template_a_report_and_no_other_markup() -> None:
    for text in hostile.STRINGS:
        code = mwparserfromhell.parse(one("cite-news", text).decode())
        kinds = [type(node).__name__ for node in code.nodes if type(node).__name__ != "Text"]
        assert (text, [k for k in kinds if k != "Tag"]) == (text, ["Template", "Template", "Comment"])
        assert [str(tag) for tag in code.filter_tags()] == ["*", "*"]
        assert [str(link) for link in (*code.filter_wikilinks(), *code.filter_external_links())] == []
        template = code.filter_templates()[0]
        assert template.get("title").value.strip_code(normalize=True).strip() == clean(text)


def test_the_summary_has_the_same_lines_whatever_the_words() -> None:
    assert changed("source-summary", lambda raw: raw.decode().count("\n")) == []
