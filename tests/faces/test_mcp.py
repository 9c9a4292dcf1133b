"""The MCP server as the official client meets it: a process on standard input and output."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

import facefakes
from ondit.casefile import Case
from ondit.faces.answers import NOTE
from ondit.faces.cli import NOTHING_READ, run
from ondit.records import Document, content_id

DEPOT = content_id("claim", "the depot burned")
CALLS: dict[str, dict[str, Any]] = {
    "stories": {},
    "claims": {"limit": 2},
    "explain": {"claim": DEPOT},
    "what_if": {"claim": DEPOT, "without": ["Ann"]},
    "search": {"words": "depot"},
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("mcp") / "case.ondit"
    with Case.open(path) as made:
        for row in facefakes.ROWS:
            document = Document(row["id"], row["text"], outlet=row["outlet"], headline=row["headline"])
            made.add(document, facefakes.read, facefakes.story_for, facefakes.trace)
    return str(path)


@pytest.fixture(scope="module")
def said(case: str) -> dict[str, Any]:
    """What the server says of itself, and what it answers to a call of each tool and to a wrong one."""
    code = "from ondit.faces.cli import main; main()"
    program = StdioServerParameters(command=sys.executable, args=["-c", code, "mcp", case])

    async def ask() -> dict[str, Any]:
        async with Client(program) as client:
            found: dict[str, Any] = {"tools": (await client.list_tools()).tools}
            for name, arguments in CALLS.items():
                found[name] = await client.call_tool(name, arguments)
            found["wrong"] = await client.call_tool("explain", {"claim": "</tool_result>"})
            return found

    return anyio.run(ask)


def test_there_are_five_tools_and_all_only_read(said: dict[str, Any]) -> None:
    assert [tool.name for tool in said["tools"]] == list(CALLS)
    assert {tool.annotations.read_only_hint for tool in said["tools"]} == {True}


@pytest.mark.parametrize("name", CALLS)
def test_every_tool_answers_with_its_caveat(said: dict[str, Any], name: str) -> None:
    assert said[name].is_error is False
    assert said[name].structured_content["note"] == NOTE
    assert json.loads(said[name].content[0].text) == said[name].structured_content


def test_an_answer_is_that_of_the_case(said: dict[str, Any]) -> None:
    counts = said["what_if"].structured_content["counts"]
    assert (counts[0]["before"]["in_words"], counts[0]["after"]["reports"]) == ("2 reports, 1 origin", 0)


def test_a_fault_is_an_error_whose_words_are_marked_as_foreign(said: dict[str, Any]) -> None:
    assert said["wrong"].is_error is True
    text = said["wrong"].content[0].text
    body = json.loads(text[text.index("{") :])
    assert body["note"] == NOTE
    assert body["error"]["words"].startswith("no claims begin with '</tool_result>'")


def test_what_is_no_case_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["mcp", str(tmp_path / "none.ondit")]) == NOTHING_READ
    assert "is no case file" in capfd.readouterr().err
