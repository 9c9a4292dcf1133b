"""Traces as linked data (JSON-LD 1.1), in three vocabularies that others read: who has what from whom in W3C
PROV-O, claims and quotations in schema.org, stretches of reports as W3C Web Annotations.

In: finished traces. Out: one document with its context inside, so that nothing has to be fetched to read it.
What a report states was derived from what the next link of its chain said, and so on to the origin; the
counts have no vocabulary of others and stand under `ondit:`. Positions count code points, as the Web
Annotation model asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from ondit.records import UNKNOWN, Agent, Claim, Derivation, Document, Origins, Span, Statement
from ondit.records import Trace as Traced
from ondit.telling.exports.addresses import web_address
from ondit.telling.exports.tables import GAP, storable
from ondit.telling.tree import Shown, shown
from ondit.telling.words import origins_in_words

Thing = dict[str, Any]

AROUND = 32
"""So many characters before and after a stretch help to find it again in another copy of the text."""

CONTEXT: Thing = {
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "ondit": "urn:ondit:terms:",
}

KINDS = {"person": "prov:Person", "anonymous_person": "prov:Person", "document": "prov:Entity"}
GROUPS = {"organisation", "outlet", "state_media", "anonymous_group"}


def export(traces: Sequence[Traced]) -> Mapping[str, bytes]:
    """One document; `<` is escaped, so that it can stand inside a page."""
    graph = [thing for trace in traces for thing in _story(shown(trace))]
    made = json.dumps({"@context": CONTEXT, "@graph": graph}, indent=1).replace("<", "\\u003c")
    return {"ondit.jsonld": made.encode() + b"\n"}


def iri(story: str, kind: str, ident: str) -> str:
    """
    >>> iri("story-1", "report", "a b/c")
    'urn:ondit:story-1:report:a%20b%2Fc'
    """
    return ":".join(["urn:ondit", *(quote(storable(part), safe="") for part in (story, kind, ident))])


def _story(at: Shown) -> Iterator[Thing]:
    for document in at.trace.documents:
        yield _report(at, document)
    yield from (_agent(at, at.agents[agent.id]) for agent in at.trace.agents)
    for claim in at.trace.claims:
        yield _claim(at, claim)
        for stmt in claim.statements:
            yield from _statement(at, claim, stmt)


def _ref(at: Shown, kind: str, ident: str) -> Thing:
    return {"@id": iri(at.trace.story, kind, ident)}


def _thing(at: Shown, kind: str, ident: str, types: Iterable[str], **values: Any) -> Thing:
    """A node; values that are None, empty or text with nothing in it are left out."""
    known = {name.replace("__", ":"): _value(value) for name, value in values.items()}
    some = {name: value for name, value in known.items() if value not in (None, "", [], {})}
    return {**_ref(at, kind, ident), "@type": list(types), **some}


def _value(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value


# ------------------------------------------------------------------ reports, agents


def _report(at: Shown, document: Document) -> Thing:
    address = web_address(document.url)
    derived = [drv for drv in at.trace.derivations if drv.child == document.id]
    return _thing(
        at,
        "report",
        document.id,
        ("prov:Entity", "schema:NewsArticle"),
        schema__identifier=document.id,
        schema__headline=document.headline,
        schema__datePublished=document.published,
        schema__inLanguage=document.language,
        schema__url={"@id": address} if address else None,
        schema__sourceOrganization=document.outlet,
        schema__articleBody=document.text,
        ondit__sha256=document.digest,
        **_derived(at, document, derived),
    )


def _derived(at: Shown, child: Document, derived: Iterable[Derivation]) -> dict[str, list[Thing]]:
    """The reports that a report used, all under wasDerivedFrom, and under what says more if it is known."""
    found: dict[str, list[Thing]] = {}
    for drv in derived:
        parent = _ref(at, "report", drv.parent)
        of = at.documents.get(drv.parent)
        same = of is not None and child.outlet is not None and of.outlet == child.outlet
        revised = "wasRevisionOf" if same and drv.kind in ("copy", "rewrite") else ""
        more = "wasQuotedFrom" if drv.kind == "block quotation" else revised
        for name in ("wasDerivedFrom", more):
            if name and parent not in found.setdefault(f"prov__{name}", []):
                found[f"prov__{name}"].append(parent)
    return found


def _agent(at: Shown, agent: Agent) -> Thing:
    kind = KINDS.get(agent.kind) or ("prov:Organization" if agent.kind in GROUPS else "prov:Agent")
    return _thing(
        at,
        "agent",
        agent.id,
        dict.fromkeys(("prov:Agent", kind)),
        schema__name=agent.name,
        schema__alternateName=[storable(alias) for alias in agent.aliases],
        ondit__kind=agent.kind,
        ondit__headCount=agent.count,
        ondit__identified=agent.identified,
        prov__actedOnBehalfOf=_ref(at, "agent", agent.principal) if agent.principal else None,
    )


# --------------------------------------------------------------------------- claims


def _claim(at: Shown, claim: Claim) -> Thing:
    text = at.documents[claim.gist.document].text if claim.gist.document in at.documents else ""
    said = [_ref(at, "statement", _name(claim, stmt)) for stmt in claim.statements]
    counts = [_count(at, claim, stance, origins) for stance, origins in claim.origins.items()]
    return _thing(
        at,
        "claim",
        claim.id,
        ("schema:Claim", "prov:Entity"),
        schema__identifier=claim.id,
        schema__text=text[slice(*claim.gist.span)],
        schema__appearance=said,
        ondit__count=counts,
    )


def _count(at: Shown, claim: Claim, stance: str, origins: Origins) -> Thing:
    known = [vertex for vertex in origins.stated if vertex in at.agents]
    return _thing(
        at,
        "count",
        f"{claim.id}/{stance}",
        ("ondit:Count",),
        ondit__stance=stance,
        ondit__reports=origins.reports,
        ondit__atLeast=origins.lo,
        ondit__atMost=origins.hi,
        ondit__origin=[_ref(at, "agent", vertex) for vertex in known],
        ondit__lineageNotRecorded=[_ref(at, "report", report) for report in origins.unsourced],
        schema__description=origins_in_words(origins),
    )


def _name(claim: Claim, stmt: Statement) -> str:
    return f"{claim.id}/{stmt.id}"


def _statement(at: Shown, claim: Claim, stmt: Statement) -> Iterator[Thing]:
    """The words of the report, what each link of the chain said before, and where the words stand."""
    document = at.documents.get(stmt.document)
    text = document.text if document else ""
    words = GAP.join(text[span.start : span.end] for span in stmt.spans)
    links = [f"{_name(claim, stmt)}/{nr}" for nr in range(len(stmt.chain) - 1)]
    verbatim = stmt.quote_type in ("direct", "mixed")
    before = _ref(at, "said", links[-1]) if links else None
    named = bool(links) and stmt.chain[0] != UNKNOWN
    yield _thing(
        at,
        "statement",
        _name(claim, stmt),
        ("prov:Entity", "schema:Quotation" if links and verbatim else "schema:Statement"),
        schema__text=words,
        schema__isPartOf=_ref(at, "report", stmt.document),
        schema__about=_ref(at, "claim", claim.id),
        ondit__stance=stmt.stance,
        ondit__certainty=stmt.certainty,
        prov__wasAttributedTo=_ref(at, "agent", stmt.chain[-1]) if stmt.chain else None,
        prov__wasDerivedFrom=before,
        prov__wasQuotedFrom=before if verbatim else None,
        prov__hadPrimarySource=_ref(at, "said", links[0]) if named else None,
    )
    for outer, (ident, agent) in pairwise([("", ""), *zip(links, stmt.chain[:-1], strict=True)]):
        yield _said(at, ident, agent, outer[0])
    for nr, span in enumerate(stmt.spans):
        yield _annotation(at, claim, stmt, nr, text, span)


def _said(at: Shown, ident: str, agent: str, giver: str) -> Thing:
    """What a link of a chain said: known only from who passes it on."""
    return _thing(
        at,
        "said",
        ident,
        ("prov:Entity",),
        prov__wasAttributedTo=_ref(at, "agent", agent) if agent in at.agents else None,
        prov__wasDerivedFrom=_ref(at, "said", giver) if giver else None,
    )


def _annotation(at: Shown, claim: Claim, stmt: Statement, nr: int, text: str, span: Span) -> Thing:
    start, end = span
    position = {"@type": "oa:TextPositionSelector", "oa:start": start, "oa:end": end}
    words = {
        "@type": "oa:TextQuoteSelector",
        "oa:exact": storable(text[start:end]),
        "oa:prefix": storable(text[max(0, start - AROUND) : start]),
        "oa:suffix": storable(text[end : end + AROUND]),
    }
    target = {"oa:hasSource": _ref(at, "report", stmt.document), "oa:hasSelector": [position, words]}
    return _thing(
        at,
        "annotation",
        f"{_name(claim, stmt)}/{nr}",
        ("oa:Annotation",),
        oa__motivatedBy={"@id": "oa:identifying"},
        oa__hasBody=_ref(at, "statement", _name(claim, stmt)),
        oa__hasTarget=target,
    )
