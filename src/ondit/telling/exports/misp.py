"""Stories as MISP events: reports, origins and claims as attributes, with the evidence in their comments.

In: finished traces. Out: one JSON file, as MISP imports it. Reports and origins carry the tag of the
Admiralty scale that says F, reliability cannot be judged, and claims the one that says 6, truth cannot be
judged: a place for the analyst's judgement, never a judgement of ours. Nothing is marked for detection or
shared beyond the organisation that imports it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ondit.records import Claim, Document, Trace
from ondit.telling.exports.addresses import web_address
from ondit.telling.exports.cited import counted, day_of, first_report, gist_of, places, title_of
from ondit.telling.exports.jsonld import iri
from ondit.telling.tree import Shown, shown
from ondit.telling.weight import by_weight
from ondit.telling.words import clean, described, listed, name_of, number_of
from ondit.version import __version__

Thing = dict[str, Any]

RELIABILITY = 'admiralty-scale:source-reliability="f"'
CREDIBILITY = 'admiralty-scale:information-credibility="6"'


def export(traces: Sequence[Trace]) -> Mapping[str, bytes]:
    """One event, or a list of them where there are several stories."""
    events = [{"Event": _event(shown(trace))} for trace in traces]
    body: object = events[0] if len(events) == 1 else {"response": events}
    return {"ondit.misp.json": json.dumps(body, indent=1).encode() + b"\n"}


def _event(at: Shown) -> Thing:
    first = first_report(at.trace.documents)
    day = day_of(first.published) if first else None
    origins = {
        vertex: None
        for claim in by_weight(at.trace)
        for counted_ in claim.origins.values()
        for vertex in counted_.stated
    }
    attributes = [
        *(_report(at, document) for document in at.trace.documents),
        *(_origin(at, vertex) for vertex in origins),
        *(_claim(at, claim) for claim in by_weight(at.trace)),
    ]
    return {
        "uuid": _uuid(at, "event", at.trace.story),
        "info": f"{clean(title_of(at))} (who says so, counted by ondit {__version__})",
        **({"date": day} if day else {}),
        "threat_level_id": "4",
        "analysis": "0",
        "distribution": "0",
        "published": False,
        "Attribute": attributes,
    }


def _uuid(at: Shown, kind: str, ident: str) -> str:
    """The same for the same record, so that a later import brings it up to date."""
    return str(uuid5(NAMESPACE_URL, iri(at.trace.story, kind, ident)))


def _attribute(at: Shown, kind: str, ident: str, value: str, comment: str, tag: str) -> Thing:
    return {
        "uuid": _uuid(at, kind, ident),
        "type": "link" if value == web_address(value) else "text",
        "category": "External analysis",
        "to_ids": False,
        "distribution": "5",
        "value": value or ident,
        "comment": comment,
        "Tag": [{"name": tag}],
    }


def _report(at: Shown, document: Document) -> Thing:
    facts = [f"report {at.report(document.id)}"]
    facts += [f"“{clean(document.headline)}”"] if document.headline else []
    facts += [clean(document.published)] if document.published else []
    used = (at.report(drv.parent) for drv in at.trace.derivations if drv.child == document.id)
    if parents := listed(dict.fromkeys(used), 20):
        facts.append(f"used {parents}")
    value = web_address(document.url) or clean(document.headline or document.id)
    return _attribute(at, "report", document.id, value, ", ".join(facts), RELIABILITY)


def _origin(at: Shown, vertex: str) -> Thing:
    claims = [c for c in at.trace.claims if any(vertex in o.stated for o in c.origins.values())]
    comment = f"origin of {number_of(len(claims), 'claim')}: {described(vertex, at.agents)}"
    return _attribute(at, "agent", vertex, name_of(vertex, at.agents), comment, RELIABILITY)


def _claim(at: Shown, claim: Claim) -> Thing:
    return _attribute(at, "claim", claim.id, gist_of(at, claim), "; ".join(_evidence(at, claim)), CREDIBILITY)


def _evidence(at: Shown, claim: Claim) -> Iterator[str]:
    """The counts, the origins by name, and where each report states it."""
    yield f"{clean(claim.id)}: {counted(claim)}"
    for stance, origins in claim.origins.items():
        if origins.stated:
            names = listed((name_of(vertex, at.agents) for vertex in origins.stated), 10)
            yield f"origins of those who {stance}: {names}"
    stated = (f"{at.report(stmt.document)} {places(stmt.spans)}" for stmt in claim.statements)
    yield f"stated in {listed(dict.fromkeys(stated), 20)}"
