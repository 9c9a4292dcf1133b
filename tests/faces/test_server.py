"""The server of a case: its pages, its REST answers, how reports come in, and what hostile words stay."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import facefakes
import hostile
import ondit.faces.jobs
from asgi import Answer, ask_async
from ondit.casefile import Case
from ondit.errors import CaseError
from ondit.faces.adding import lines
from ondit.faces.cli import serve
from ondit.faces.jobs import Jobs
from ondit.faces.server import application
from ondit.records import Document
from ondit.schema import loads_trace

Ask = Callable[..., Answer]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case of two stories."""
    path = tmp_path / "case.ondit"
    documents = [
        Document(row["id"], row["text"], row["outlet"], headline=row["headline"]) for row in facefakes.ROWS
    ]
    with Case.open(path) as opened:
        for document in documents:
            opened.add(document, facefakes.read, facefakes.story_for, facefakes.trace)
    return path


@pytest.fixture
def ask(case: Path) -> Iterator[Ask]:
    """Ask the server of the case; all requests of a test share it."""
    with asyncio.Runner() as runner:
        app = application(case)

        def request(path: str, **more: Any) -> Answer:
            return runner.run(ask_async(app, path, **more))

        request.runner = runner  # type: ignore[attr-defined]
        yield request
        runner.run(_settle())


async def _settle() -> None:
    await asyncio.sleep(0)


def story_id(ask: Ask) -> str:
    return str(json.loads(ask("/api/stories").body)[0]["id"])


# --------------------------------------------------------------------------------- pages


def test_the_first_page_lists_the_stories(ask: Ask) -> None:
    page = ask("/").text
    assert "3 reports in 2 stories." in page
    assert "“Fire”" in page
    assert page.index("“Fire”") < page.index("“Vote”")


def test_a_story_has_the_page_of_ondit_report(ask: Ask) -> None:
    answer = ask(f"/stories/{story_id(ask)}")
    assert answer.headers["content-type"].startswith("text/html")
    assert "<article class=claim id=" in answer.text
    assert '<link rel="stylesheet" href="/static/page.css">' in answer.text
    assert "<style>" not in answer.text


def test_a_page_is_packed_for_who_can_unpack_it(ask: Ask) -> None:
    answer = ask(f"/stories/{story_id(ask)}", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.body[:2] == b"\x1f\x8b"


def test_a_claim_leads_to_its_place_in_its_story(ask: Ask, case: Path) -> None:
    with Case.open(case, readonly=True) as opened:
        claim = opened.trace(story_id(ask)).claims[0].id
    answer = ask(f"/claims/{claim}")
    assert (answer.status, answer.headers["location"]) == (303, f"/stories/{story_id(ask)}#clm-{claim}")


def test_a_profile_says_what_somebody_is_an_origin_of_and_passes_on(ask: Ask) -> None:
    source, outlet = ask("/agents/Ann").text, ask("/agents/Tide").text
    assert "An origin of" in source
    assert "“the depot burned”" in source
    assert "Passes on" in outlet
    assert "Reports" in outlet
    assert "Tide [r1]" in outlet


def test_search_finds_reports_with_their_words(ask: Ask) -> None:
    page = ask("/search?q=nobody+won").text
    assert "1 report with all of these words." in page
    assert "Cleo said nobody won." in page
    assert "0 reports" in ask("/search?q=zebra").text


def test_a_search_leads_to_the_words_in_the_report(ask: Ask) -> None:
    assert "#doc-r3:" in ask("/search?q=nobody").text


@pytest.mark.parametrize(
    "path", ["/stories/none", "/agents/none", "/claims/none", "/jobs/none", "/static/x", "/x"]
)
def test_what_is_not_there_is_a_page_that_says_so(ask: Ask, path: str) -> None:
    answer = ask(path)
    assert answer.status == 404
    assert "<h1>" in answer.text


@pytest.mark.parametrize("name", ["page.css", "page.js", "live.js"])
def test_style_and_script_are_files(ask: Ask, name: str) -> None:
    assert ask(f"/static/{name}").status == 200


# ---------------------------------------------------------------------------------- REST


def test_a_story_is_its_trace_json(ask: Ask, case: Path) -> None:
    found = loads_trace(ask(f"/api/stories/{story_id(ask)}").body)
    with Case.open(case, readonly=True) as opened:
        assert found == opened.trace(found.story)


def test_a_claim_is_as_in_the_trace(ask: Ask) -> None:
    whole = json.loads(ask(f"/api/stories/{story_id(ask)}").body)["claims"][0]
    assert json.loads(ask(f"/api/claims/{whole['id']}").body) == whole


def test_a_search_gives_hits(ask: Ask) -> None:
    (hit,) = json.loads(ask("/api/search?q=nobody").body)
    assert (hit["report"], hit["outlet"]) == ("r3", "Sun")


@pytest.mark.parametrize("path", ["/api/stories/none", "/api/claims/none", "/api/jobs/none", "/api/none"])
def test_what_is_not_there_is_said_as_json(ask: Ask, path: str) -> None:
    answer = ask(path)
    assert answer.status == 404
    assert "detail" in json.loads(answer.body)


def test_a_limit_that_is_none_is_refused(ask: Ask) -> None:
    assert ask("/api/search?q=a&limit=0").status == 422


def test_openapi_is_made_from_the_records(ask: Ask) -> None:
    described = json.loads(ask("/openapi.json").body)
    parts = described["components"]["schemas"]
    assert {"Trace", "Claim", "Statement", "Origins", "Hit", "JobState", "Problem"} <= set(parts)
    trace = json.loads(ask(f"/api/stories/{story_id(ask)}").body)
    jsonschema.validate(trace, {"$ref": "#/components/schemas/Trace", "components": described["components"]})


# ---------------------------------------------------------------------------- reports in


@pytest.fixture
def quick_adding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports are read by the quick steps, in this process."""

    async def add(self: Jobs, job: Any, paths: list[str], folder: str) -> None:
        from ondit.intake import load

        with Case.open(self._case) as opened:
            for path in paths:
                for document in load([path]):
                    for line in lines(
                        [opened.add(document, facefakes.read, lambda *_: None, facefakes.trace)]
                    ):
                        job.tell(json.loads(line))

    monkeypatch.setattr(ondit.faces.jobs.Jobs, "_add", add)


@pytest.mark.usefixtures("quick_adding")
def test_reports_that_are_sent_are_read_and_told(ask: Ask) -> None:
    row = json.dumps({"id": "r9", "outlet": "Moon", "headline": "Flood", "text": "Dora said it flooded."})
    answer = ask("/api/reports", method="POST", body=[row.encode()])
    assert answer.status == 202
    job = json.loads(answer.body)["id"]
    events = ask(f"/api/jobs/{job}/events").text
    assert '"said": "r9: read"' in events
    assert events.endswith("event: done\ndata: {}\n\n")
    assert json.loads(ask(f"/api/jobs/{job}").body)["done"] is True
    assert "“Flood”" in ask("/").text
    assert "r9: read" in ask(f"/jobs/{job}").text


@pytest.mark.usefixtures("quick_adding")
def test_a_text_that_is_pasted_is_a_report(ask: Ask) -> None:
    body = b"text=Dora+said+it+flooded.&outlet=Moon"
    form = {"content-type": "application/x-www-form-urlencoded", "content-length": str(len(body))}
    answer = ask("/add", method="POST", headers=form, body=[body])
    assert answer.status == 303
    ask(answer.headers["location"].replace("/jobs", "/api/jobs") + "/events")
    assert "Moon" in ask("/search?q=flooded").text


def test_nothing_sent_is_refused(ask: Ask) -> None:
    assert ask("/api/reports", method="POST").status == 400
    form = {"content-type": "application/x-www-form-urlencoded", "content-length": "6"}
    assert ask("/add", method="POST", headers=form, body=[b"text=+"]).status == 400


def test_a_job_whose_process_dies_says_so(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def follow() -> list[dict[str, Any]]:
        jobs = Jobs(case)
        job = jobs.start([("a.txt", b"text")])
        return [line async for line in job.follow()]

    monkeypatch.setattr(ondit.faces.jobs.sys, "executable", "/bin/false")
    # /bin/false ends with 1, as adding does after a fault that it has told.
    assert asyncio.run(follow()) == []
    monkeypatch.setattr(ondit.faces.jobs.sys, "executable", "/bin/dash")
    assert asyncio.run(follow()) == [
        {"fault": "reading broke off; what is listed above is safe, add the rest again"}
    ]


def test_a_real_job_reads_in_a_process_of_its_own(tmp_path: Path) -> None:
    async def follow() -> list[dict[str, Any]]:
        job = Jobs(tmp_path / "new.ondit").start([("../../a b.txt", b"The mayor said that it had rained.")])
        return [line async for line in job.follow()]

    (line,) = asyncio.run(follow())
    assert line["added"]["new"] is True


def test_what_is_no_case_is_not_served(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("no case")
    with pytest.raises(CaseError):
        application(file)


# ------------------------------------------------------------------------- hostile words


def test_no_hostile_string_is_anything_but_text_on_the_pages(tmp_path: Path) -> None:
    """All strings as reports of one case: the lists, the search and the profiles hold them escaped."""
    path = tmp_path / "case.ondit"
    with Case.open(path) as opened:
        for number, text in enumerate(hostile.STRINGS):
            row = hostile.fill(text)
            document = Document(f"{text}{number}", row["text"], text, text, text, text)
            story = f"story-{number % 9}"
            opened.add(document, facefakes.read, lambda *_, story=story: story, facefakes.trace)
    asyncio.run(_hostile_pages(application(path)))


async def _hostile_pages(app: Any) -> None:
    ask: Callable[[str], Awaitable[Answer]] = lambda path: ask_async(app, path)  # noqa: E731
    pages = ["/", "/add", *(f"/search?q={word}" for word in ("script", "alert", "said", "burned"))]
    pages += [f"/agents/{word}" for word in ("x", "claims", "toString")]
    pages += [f"/stories/{story['id']}" for story in json.loads((await ask("/api/stories")).body)[:3]]
    for path in pages:
        html = (await ask(path)).text
        bare = html.replace('<script src="/static/live.js" defer></script>', "").replace(
            '<script src="/static/page.js" defer></script>', ""
        )
        assert not any(
            sign in bare for sign in ("<script", "<img", "<iframe", "<svg/", "<base", 'javascript:alert(1)"')
        )
        assert "\x1b" not in html
        assert "\u202e" not in html


def test_what_is_no_case_is_told_before_any_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "text.txt"
    file.write_text("no case")
    with pytest.raises(CaseError):
        serve.main([str(file)], standalone_mode=False)
    assert "http://" not in capsys.readouterr().err
