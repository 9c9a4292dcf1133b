"""The formats that a trace can leave in: a table, looked up by the name that `ondit export --to` takes.

In: finished traces and the name of a format. Out: files by name, as bytes. The libraries of a format are
loaded when it is asked for.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from ondit.errors import InputError
from ondit.records import Trace


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the module that writes it, whether that gives a folder of files, and whether it is text."""

    name: str
    module: str
    told: str
    folder: bool = False
    text: bool = True


FORMATS = {
    made.name: made
    for made in (
        Format("json", "trace_json", "the trace JSON, everything there is"),
        Format(
            "sqlite", "sqlite", "flat tables, views and search, for Datasette and any SQLite tool", text=False
        ),
        Format("parquet", "parquet", "the same tables, a file each", folder=True),
        Format("csv", "csv", "the same tables for spreadsheets, a file each", folder=True),
        Format("jsonld", "jsonld", "linked data: PROV-O, schema.org, Web Annotations"),
        Format("gexf", "gexf", "the citing graph, for Gephi"),
        Format("graphml", "graphml", "the citing graph, for yEd, Cytoscape and igraph"),
        Format("obsidian", "obsidian", "linked Markdown notes", folder=True),
        Format("source-summary", "source_summary", "a source summary statement in the manner of ICD 206"),
        Format("misp", "misp", "a MISP event, reliability and credibility left open"),
        Format("cite-news", "wiki", "cite news lines for Wikipedia"),
    )
}


def exported(traces: Sequence[Trace], name: str) -> Mapping[str, bytes]:
    """The files of a format by path, in their order. `InputError` for traces that are not clear about ids."""
    once = list({trace.story: trace for trace in traces}.values())
    if any(trace != kept for trace in traces for kept in once if kept.story == trace.story):
        raise InputError("Two different traces have the same story id: export them one by one.")
    for trace in once:
        if twice := next(_twice(trace), None):
            raise InputError(f"This trace contradicts itself: two {twice}. Trace the reports again.")
    found: Mapping[str, bytes] = import_module(f"{__package__}.{FORMATS[name].module}").export(once)
    return found


def _twice(trace: Trace) -> Iterator[str]:
    """Ids that two records have; the two stances of a claim may share a statement."""
    kinds: Mapping[str, Iterable[Hashable]] = {
        "reports": (doc.id for doc in trace.documents),
        "agents": (agent.id for agent in trace.agents),
        "claims": (claim.id for claim in trace.claims),
        "attributions": (att.id for att in trace.attributions),
        "statements": ((claim.id, stmt.id) for claim in trace.claims for stmt in claim.statements),
    }
    for kind, ids in kinds.items():
        seen: set[Hashable] = set()
        for ident in ids:
            if ident in seen:
                yield f"{kind} have the id {ident!r}"
            seen.add(ident)
