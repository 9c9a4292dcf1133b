"""Two hundred hostile strings in every field of a report reach the terminal as text and nothing else."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

import facefakes
import hostile
import ondit.pipeline
from ondit.casefile import Case
from ondit.faces.cli import run
from ondit.records import Document
from ondit.schema import dumps_trace

TURNING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


DOCUMENTS = [
    Document(*(hostile.fill(text)[name] for name in ("id", "text", "outlet", "url", "headline", "published")))
    for text in hostile.STRINGS
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports that hold every string in every field: as JSON Lines, as a trace, and in a case."""
    path = tmp_path_factory.mktemp("hostile")
    (path / "hostile.jsonl").write_text("\n".join(json.dumps(hostile.fill(text)) for text in hostile.STRINGS))
    readings = [facefakes.read(document) for document in DOCUMENTS]
    (path / "trace.json").write_bytes(dumps_trace(facefakes.trace(readings)))
    with Case.open(path / "case.ondit") as case:
        list(
            case.add_all(DOCUMENTS, lambda docs: map(facefakes.read, docs), lambda *_: None, facefakes.trace)
        )
    return path


@pytest.fixture(autouse=True)
def quick_steps(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    for name in ("read", "trace"):
        monkeypatch.setattr(ondit.pipeline, name, getattr(facefakes, name))
    monkeypatch.chdir(folder)


@pytest.mark.parametrize(
    "command",
    [
        ["trace", "hostile.jsonl", "--limit", "0", "--workers", "0"],
        ["claims", "trace.json"],
        ["claims", "trace.json", "--json"],
        ["search", "case.ondit", "burned", "--limit", "300"],
        ["explain", "claim", "--trace", "trace.json"],
        ["export", "trace.json", "--to", "json"],
        ["export", "trace.json", "--to", "source-summary"],
        ["export", "trace.json", "--to", "cite-news"],
        ["export", "trace.json", "--to", "jsonld"],
        ["export", "trace.json", "--to", "gexf"],
        ["export", "trace.json", "--to", "misp"],
    ],
    ids=" ".join,
)
def test_nothing_that_a_terminal_would_obey_is_printed(
    command: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    run(command)
    out, err = capfd.readouterr()
    assert len(out) + len(err) > 50
    obeyed = {sign for sign in out + err if unicodedata.category(sign) == "Cc"} - {"\n", "\t"}
    assert (obeyed, TURNING & set(out + err)) == (set(), set())
