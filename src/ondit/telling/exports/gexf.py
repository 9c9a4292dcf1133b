"""The citing graph as GEXF 1.3, for Gephi and networkx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from ondit.records import Trace
from ondit.telling.exports.graph import Arc, Node, as_xml, citing, document, types, values
from ondit.version import __version__


def export(traces: Sequence[Trace]) -> Mapping[str, bytes]:
    """One graph of all stories."""
    found = citing(traces)
    root = ET.Element("gexf", xmlns="http://gexf.net/1.3", version="1.3")
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = f"ondit {__version__}"
    graph = ET.SubElement(root, "graph", defaultedgetype="directed", mode="static")
    for name, kind in (("node", Node), ("edge", Arc)):
        declared = ET.SubElement(graph, "attributes", {"class": name})
        for title, type_ in types(kind).items():
            ET.SubElement(declared, "attribute", id=title, title=title, type=_called(type_))
    nodes = ET.SubElement(graph, "nodes")
    for node in found.nodes:
        _values_into(ET.SubElement(nodes, "node", id=as_xml(node.id), label=as_xml(node.label)), node)
    edges = ET.SubElement(graph, "edges")
    for arc in found.arcs:
        ends = {"id": as_xml(arc.id), "source": as_xml(arc.relay), "target": as_xml(arc.giver)}
        _values_into(ET.SubElement(edges, "edge", ends, label=as_xml(arc.label)), arc)
    return {"ondit.gexf": document(root)}


def _called(type_: str) -> str:
    return "integer" if type_ == "int" else type_


def _values_into(element: ET.Element, record: Node | Arc) -> None:
    into = ET.SubElement(element, "attvalues")
    for name, value in values(record).items():
        ET.SubElement(into, "attvalue", {"for": name, "value": as_xml(value)})
