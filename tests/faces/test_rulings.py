"""Judgements on the server: given by form and by program, undone, refused; hostile names stay words."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlencode

import pytest

from asgi import Answer, ask_async
from ondit.casefile import Case
from ondit.faces.judge import VERBS, Verb
from ondit.faces.server import application
from ondit.intake import load
from ondit.pipeline import read, trace
from ondit.records import Document

Ask = Callable[..., Answer]
FIRE = (
    "A fire destroyed the depot in Merrow, the fire service said.",
    "A fire destroyed the depot in Merrow, Anna Low said.",
)


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    """Ask the server of a case with two reports of one fire; all requests of a test share it."""
    path = tmp_path / "case.ondit"
    with Case.open(path) as case:
        for nr, text in enumerate(FIRE):
            row = {"id": f"r{nr}", "outlet": ("The Tide", "The Echo")[nr], "text": text}
            source = tmp_path / f"{nr}.jsonl"
            source.write_text(json.dumps(row), encoding="utf-8")
            for document in load([str(source)]):
                assert isinstance(document, Document)
                case.add(document, read, lambda *_: "fire", trace)
    with asyncio.Runner() as runner:
        app = application(path)
        yield lambda where, **more: runner.run(ask_async(app, where, **more))


def form(ask: Ask, **fields: str) -> Answer:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    return ask("/judgements", method="POST", headers=kind, body=[urlencode(fields).encode()])


def send(ask: Ask, **given: Any) -> Answer:
    kind = {"content-type": "application/json"}
    return ask("/api/judge", method="POST", headers=kind, body=[json.dumps(given).encode()])


SAME = {
    "verb": "same-agent",
    "one": "fire service",
    "other": "Anna Low",
    "by": "Kim",
    "note": "she is its head",
}


def test_form_keeps_a_judgement_and_shows_what_changes(ask: Ask) -> None:
    page = form(ask, **SAME)
    assert page.status == 200
    assert "one agent: judged by Kim on" in page.text
    assert "change" in page.text
    ledger = ask("/judgements").text
    assert "she is its head" in ledger
    assert "Take it back" in ledger


def test_judgement_is_undone_by_another_and_both_stay(ask: Ask) -> None:
    before = json.loads(ask("/api/stories/fire").body)["claims"]
    form(ask, **SAME)
    ((kept),) = json.loads(ask("/api/judgements").body)
    form(ask, verb="withdraw", one=kept["judgement"]["id"], by="Kim", note="it is her brother")
    states = [row["state"] for row in json.loads(ask("/api/judgements").body)]
    assert states == ["withdrawn", "holds"]
    assert json.loads(ask("/api/stories/fire").body)["claims"] == before


def test_program_gives_a_judgement_and_learns_what_it_changes(ask: Ask) -> None:
    sent = send(ask, verb="not-used", what=["r0", "r1"], by="Kim", note="I rang both")
    assert sent.status == 201
    answer = json.loads(sent.body)
    assert answer["judgement"]["kind"] == "no derivation"
    assert isinstance(answer["before"], list)
    assert len(json.loads(ask("/api/judgements").body)) == 1


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"verb": "burn", "what": ["r0", "r1"]}, 422),
        ({"verb": "same-agent", "what": ["r0"]}, 409),
        ({"verb": "same-agent", "what": ["r0", "r0"]}, 409),
        ({"verb": "same-agent", "what": ["nobody at all", "Anna Low"]}, 404),
        ({"verb": "withdraw", "what": ["jdg-none"]}, 404),
        ({"verb": "same-agent", "what": ["fire service", "Anna Low"], "by": " "}, 409),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(ask: Ask, given: dict[str, Any], status: int) -> None:
    assert send(ask, **({"by": "Kim", "note": "x"} | given)).status == status
    assert json.loads(ask("/api/judgements").body) == []


def test_verbs_are_those_of_the_command() -> None:
    assert set(get_args(Verb)) == set(VERBS)


def test_names_and_notes_are_text_on_the_page(ask: Ask) -> None:
    hostile = "<script>alert(1)</script>"
    page = form(ask, **(SAME | {"by": hostile, "note": hostile})).text + ask("/judgements").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
