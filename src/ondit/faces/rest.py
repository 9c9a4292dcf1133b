"""The REST interface of a served case, described by an OpenAPI that is made from the records.

In: a `Desk`. Out: routes. Traces leave as `schema` writes them; nothing is promised that is not sent.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, HTTPException, Query, Request
from fastapi.responses import Response, StreamingResponse

from ondit.casefile import Hit
from ondit.faces.desk import Desk, told
from ondit.faces.jobs import Job
from ondit.faces.shelf import Listed
from ondit.records import Claim, Problem, Trace
from ondit.schema import dumps_trace, json_schema

Words = Annotated[str, Query(max_length=500, description="Words that a report must hold, all of them.")]
Limit = Annotated[int, Query(ge=1, le=100)]
Responses = dict[int | str, dict[str, Any]]

MISSING: Responses = {404: {"description": "There is none of this id."}}
REFUSED: Responses = {
    400: {"description": "Nothing was sent."},
    413: {"description": "More was sent than is taken in at once."},
}
BYTES = {"schema": {"type": "string", "format": "binary", "minLength": 1}}
EVENTS: Responses = {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}


@dataclass(frozen=True, slots=True)
class JobState:
    """A job of adding reports: what came of them so far."""

    id: str
    done: bool
    lines: list[dict[str, Any]]


def asking(desk: Desk) -> APIRouter:
    """What a program asks of the case."""
    api = APIRouter(prefix="/api")

    @api.get("/stories", tags=["stories"])
    async def stories() -> list[Listed]:
        """All stories, those with most reports first."""
        return list(await desk.stories())

    @api.get("/stories/{story}", tags=["stories"], responses=_one("Trace"))
    def story(story: str) -> Response:
        """The trace JSON of a story, with its schema version."""
        with desk.case() as case:
            return Response(case.trace_json(story), media_type="application/json")

    @api.get("/claims/{claim}", tags=["stories"], responses=_one("Claim"))
    def claim(claim: str) -> Response:
        """A claim with its statements and counts; its id, or the beginning of one that is the only one."""
        with desk.case() as case:
            story, ident = case.claim(claim)
            found = next(c for c in case.trace(story).claims if c.id == ident)
        return Response(_claim_json(found), media_type="application/json")

    @api.get("/search", tags=["reports"])
    def search(q: Words, limit: Limit = 20) -> list[Hit]:
        """Reports whose headline or text holds all words, best first. The words are words, not a syntax."""
        with desk.case() as case:
            return list(case.search(q, limit))

    @api.get("/problems", tags=["reports"])
    def problems() -> list[Problem]:
        """What could not be used, and why."""
        with desk.case() as case:
            return list(case.problems())

    return api


def sending(desk: Desk) -> APIRouter:
    """How a program sends reports, and follows them."""
    api = APIRouter(prefix="/api", tags=["reports"])
    body = {"requestBody": {"required": True, "content": {"application/octet-stream": BYTES}}}

    @api.post("/reports", status_code=202, responses=REFUSED, openapi_extra=body)
    async def add(request: Request) -> JobState:
        """Add reports: text, HTML or JSON Lines, told from their content. They are read in the background."""
        sent = await request.body()
        if not sent:
            raise HTTPException(400, "nothing was sent: the body is the report, or JSON Lines of reports")
        return _state(desk.jobs.start([("sent", sent)]))

    @api.get("/jobs/{job}", responses=MISSING)
    async def job(job: str) -> JobState:
        """How far reports are that were sent."""
        return _state(desk.job(job))

    @api.get("/jobs/{job}/events", response_class=StreamingResponse, responses=EVENTS | MISSING)
    async def events(job: str) -> StreamingResponse:
        """The same as server-sent events: a message a report, and `done` at the end."""
        return StreamingResponse(_events(desk.job(job)), media_type="text/event-stream")

    return api


def _state(job: Job) -> JobState:
    return JobState(job.id, job.done, list(job.lines))


async def _events(job: Job) -> AsyncIterator[str]:
    async for line in job.follow():
        yield f"data: {json.dumps(told(line) | line)}\n\n"
    yield "event: done\ndata: {}\n\n"


def _claim_json(claim: Claim) -> bytes:
    """A claim as it stands in a trace JSON."""
    return json.dumps(json.loads(dumps_trace(Trace("", (), claims=(claim,))))["claims"][0]).encode()


def _one(part: str) -> Responses:
    """The answer is this part of the trace JSON, or there is none."""
    schema = {"$ref": f"#/components/schemas/{part}"}
    found: Responses = {200: {"content": {"application/json": {"schema": schema}}}}
    return found | MISSING


def describe(app: FastAPI) -> None:
    """Put the schema of the records into the OpenAPI description."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        found = made()
        parts = found.setdefault("components", {}).setdefault("schemas", {})
        if "Trace" not in parts:
            own = json.loads(json.dumps(json_schema()).replace("#/$defs/", "#/components/schemas/"))
            parts.update(own.pop("$defs"))
            parts["Trace"] = {key: value for key, value in own.items() if not key.startswith("$")}
        return found

    app.openapi = openapi  # type: ignore[method-assign]
