"""The MISP event: what MISP needs, the evidence in comments, and judgement left to the human."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import jsonschema

from exportfakes import STORY
from ondit.records import Trace
from ondit.telling.exports.misp import CREDIBILITY, RELIABILITY, export

TEXT = {"type": "string", "minLength": 1}
ATTRIBUTE = {
    "type": "object",
    "properties": {
        "uuid": {"type": "string", "format": "uuid"},
        "type": {"enum": ["link", "text"]},
        "category": {"const": "External analysis"},
        "to_ids": {"const": False},
        "distribution": {"const": "5"},
        "value": TEXT,
        "comment": TEXT,
        "Tag": {"type": "array", "items": {"type": "object", "required": ["name"]}, "minItems": 1},
    },
    "required": ["uuid", "type", "category", "to_ids", "distribution", "value", "comment", "Tag"],
    "additionalProperties": False,
}
# The part of MISP's core format that is used; `make interop` holds the event to PyMISP itself.
EVENT = {
    "type": "object",
    "properties": {
        "uuid": {"type": "string", "format": "uuid"},
        "info": TEXT,
        "date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "threat_level_id": {"const": "4"},
        "analysis": {"const": "0"},
        "distribution": {"const": "0"},
        "published": {"const": False},
        "Attribute": {"type": "array", "items": ATTRIBUTE},
    },
    "required": ["uuid", "info", "threat_level_id", "analysis", "distribution", "published", "Attribute"],
    "additionalProperties": False,
}


def event(trace: Trace = STORY) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export([trace])["ondit.misp.json"])["Event"]
    return found


def test_the_event_has_the_form_of_misp() -> None:
    jsonschema.validate(event(), EVENT)


def test_claims_stand_with_their_counts_origins_and_places() -> None:
    claim = next(a for a in event()["Attribute"] if a["comment"].startswith("claim-fire"))
    assert claim["value"] == "the depot may have burned"
    assert claim["comment"] == (
        "claim-fire: 3 reports, 1 to 2 origins; denied: 1 report, 1 origin; origins of those who affirm: "
        "six officials; origins of those who deny: City of Velmar; stated in NBC-9 [r1] 19-44, The Tide [r2] "
        "0-16, The Tide [r3] 0-16, NBC-9 [r1] 46-61"
    )


def test_reports_stand_with_what_they_used() -> None:
    first, second, _ = event()["Attribute"][:3]
    assert (first["type"], first["value"]) == ("link", "https://nbc9.example/depot?id=1")
    assert (second["type"], second["value"]) == ("text", "Depot burned")
    assert second["comment"] == "report The Tide [r2], “Depot burned”, 2031-02-02, used NBC-9 [r1]"


def test_nothing_is_judged() -> None:
    tags = {tag["name"] for attribute in event()["Attribute"] for tag in attribute["Tag"]}
    assert tags == {RELIABILITY, CREDIBILITY}
    assert (RELIABILITY[-3:], CREDIBILITY[-3:]) == ('"f"', '"6"')


def test_the_same_record_has_the_same_uuid_and_no_other_has_it() -> None:
    ids = [attribute["uuid"] for attribute in event()["Attribute"]]
    assert len(set(map(UUID, ids))) == len(ids)
    assert ids == [attribute["uuid"] for attribute in event()["Attribute"]]


def test_several_stories_are_several_events() -> None:
    body = json.loads(export([STORY, replace(STORY, story="keld")])["ondit.misp.json"])
    assert len({found["Event"]["uuid"] for found in body["response"]}) == 2
