"""The citing graph as GraphML, for yEd, Cytoscape, igraph and networkx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from ondit.records import Trace
from ondit.telling.exports.graph import Arc, Node, as_xml, citing, document, types, values


def export(traces: Sequence[Trace]) -> Mapping[str, bytes]:
    """One graph of all stories."""
    found = citing(traces)
    root = ET.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for name, kind in (("node", Node), ("edge", Arc)):
        for title, type_ in {"label": "string", **types(kind)}.items():
            facts = {"id": f"{name}-{title}", "for": name, "attr.name": title, "attr.type": type_}
            ET.SubElement(root, "key", facts)
    graph = ET.SubElement(root, "graph", id="ondit", edgedefault="directed")
    for node in found.nodes:
        _values_into(ET.SubElement(graph, "node", id=as_xml(node.id)), "node", node)
    for arc in found.arcs:
        ends = {"id": as_xml(arc.id), "source": as_xml(arc.relay), "target": as_xml(arc.giver)}
        _values_into(ET.SubElement(graph, "edge", ends), "edge", arc)
    return {"ondit.graphml": document(root)}


def _values_into(element: ET.Element, name: str, record: Node | Arc) -> None:
    for title, value in {"label": record.label, **values(record)}.items():
        ET.SubElement(element, "data", key=f"{name}-{title}").text = as_xml(value)
