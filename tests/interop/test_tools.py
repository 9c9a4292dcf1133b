"""Exports and the notebook in the tools that they are for. `make interop` installs these and runs this."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from exportfakes import STORY
from ondit.schema import dumps_trace
from ondit.telling.exports.formats import exported

pytestmark = pytest.mark.filterwarnings("ignore")


def written(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(next(iter(exported([STORY], name).values())))
    return path


@pytest.fixture
def datasette(tmp_path: Path) -> Any:
    app = pytest.importorskip("datasette.app")
    return app.Datasette([str(written(tmp_path, "sqlite").rename(tmp_path / "velmar.db"))])


def answer(datasette: Any, path: str) -> Any:
    return asyncio.run(datasette.client.get(path))


def test_datasette_shows_every_table_and_view(datasette: Any) -> None:
    found = answer(datasette, "/velmar.json").json()
    for table in [*found["tables"], *found["views"]]:
        name = table["name"] if isinstance(table, dict) else table
        assert answer(datasette, f"/velmar/{name}").status_code == 200
    assert len(found["views"]) == 6


def test_datasette_searches_reports_by_itself(datasette: Any) -> None:
    assert 'type="search"' in answer(datasette, "/velmar/reports").text
    found = answer(datasette, "/velmar/reports.json?_search=officials&_shape=array").json()
    assert [row["id"] for row in found] == ["r1"]


def test_datasette_links_rows_to_their_story(datasette: Any) -> None:
    assert '<a href="/velmar/stories/velmar">' in answer(datasette, "/velmar/claims").text


def test_pymisp_loads_the_event(tmp_path: Path) -> None:
    pymisp = pytest.importorskip("pymisp")
    event = pymisp.MISPEvent()
    event.load_file(str(written(tmp_path, "misp")))
    assert event.info.startswith("Depot burned, officials say")
    assert len(event.attributes) == len(STORY.documents) + 2 + len(STORY.claims)
    assert {tag.name for attribute in event.attributes for tag in attribute.tags} == {
        'admiralty-scale:source-reliability="f"',
        'admiralty-scale:information-credibility="6"',
    }


def test_the_event_holds_against_the_schema_of_misp(tmp_path: Path) -> None:
    pymisp = pytest.importorskip("pymisp")
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((Path(pymisp.__file__).parent / "data" / "schema.json").read_text())
    jsonschema.validate(json.loads(written(tmp_path, "misp").read_text()), schema)


def test_ipython_shows_a_trace_that_ends_a_cell(tmp_path: Path) -> None:
    interactive = pytest.importorskip("IPython.core.interactiveshell")
    (tmp_path / "trace.json").write_bytes(dumps_trace(STORY))
    shell = interactive.InteractiveShell.instance()
    shell.display_formatter.active_types = ["text/plain", "text/html"]
    shell.run_line_magic("load_ext", "ondit")
    shell.run_cell("import ondit, pathlib")
    trace = shell.run_cell(f"ondit.loads_trace(pathlib.Path({str(tmp_path)!r}, 'trace.json').read_text())")
    shown, _ = shell.display_formatter.format(trace.result)
    assert shown["text/html"].startswith("<div><p>3 reports, 2 claims")
    assert "<iframe" in shown["text/html"]
