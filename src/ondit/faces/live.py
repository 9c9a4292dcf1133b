"""The pages of a served case: stories, claims, profiles, search, and the forms that take reports in.

In: a `Desk`. Out: routes. Every page comes from a template that escapes; a story's is that of `ondit report`.
"""

from __future__ import annotations

import gzip
import json
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, HTTPException, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from ondit.casefile import Hit
from ondit.errors import UnknownIdError
from ondit.faces.desk import LIMIT, Desk, address, told
from ondit.faces.shelf import ASSETS
from ondit.records import Document, Trace
from ondit.telling.page import Assets, render, static
from ondit.telling.places import Places
from ondit.telling.words import clean

LIVE = Assets(ASSETS.style, ("/static/live.js",))
TYPES = {"page.css": "text/css", "page.js": "text/javascript", "live.js": "text/javascript"}

Words = Annotated[str, Query(max_length=500)]


def reading(desk: Desk) -> APIRouter:
    """The pages that show what is in the case."""
    app = APIRouter(include_in_schema=False)

    @app.get("/", response_class=HTMLResponse)
    async def case_page() -> str:
        stories = await desk.stories()
        with desk.case() as case:
            problems = [f"{clean(p.place)}: {clean(p.message)}" for p in case.problems()[:50]]
        return live_page(
            "case.html",
            name=clean(desk.path.name),
            stories=stories,
            problems=problems,
            reports=sum(story.reports for story in stories),
        )

    @app.get("/stories/{story:path}")
    async def story_page(story: str, request: Request) -> Response:
        with desk.case() as case:
            revision = case.traced().get(story)
        if revision is None:
            raise UnknownIdError(f"there is no story {story!r}")
        page = await desk.shelf.page(story, revision)
        return _packed(page.packed, request)

    @app.get("/claims/{claim}")
    def claim_page(claim: str) -> Response:
        with desk.case() as case:
            story, ident = case.claim(claim)
            name = Places.of(case.trace(story)).claims[ident]
        return RedirectResponse(f"{address(story)}#{name}", 303)

    @app.get("/agents/{agent:path}", response_class=HTMLResponse)
    async def agent_page(agent: str) -> str:
        found = await desk.shelf.profile(agent, await desk.stories())
        if found is None:
            raise UnknownIdError(f"nobody has the id {agent!r}")
        return live_page(
            "profile.html",
            name=found.name,
            kind=found.kind,
            principal=found.principal,
            stories=found.stories,
        )

    @app.get("/search", response_class=HTMLResponse)
    def search_page(q: Words = "") -> str:
        with desk.case() as case:
            hits = case.search(q) if q.strip() else ()
        return live_page("search.html", query=q, hits=[_hit(hit) for hit in hits])

    @app.get("/static/{name}")
    def static_file(name: str) -> Response:
        if name not in TYPES:
            raise HTTPException(404, "there is no such file")
        return Response(static(name), media_type=TYPES[name], headers={"cache-control": "max-age=300"})

    return app


def adding(desk: Desk) -> APIRouter:
    """The pages that take reports in."""
    app = APIRouter(include_in_schema=False)

    @app.get("/add", response_class=HTMLResponse)
    def add_page() -> str:
        return live_page("add.html", megabytes=LIMIT // 1_000_000)

    @app.post("/add")
    async def add_form(
        text: Annotated[str, Form()] = "",
        outlet: Annotated[str, Form(max_length=200)] = "",
        published: Annotated[str, Form(max_length=40)] = "",
        url: Annotated[str, Form(max_length=2000)] = "",
        files: Annotated[list[UploadFile] | None, File()] = None,
    ) -> Response:
        inputs = [(file.filename or "report", await file.read()) for file in files or () if file.filename]
        if text.strip():
            row = {"text": text, "outlet": outlet, "published": published, "url": url}
            given = {name: value for name, value in row.items() if value.strip()}
            inputs.append(("pasted.jsonl", json.dumps(given).encode() + b"\n"))
        if not inputs:
            raise HTTPException(400, "nothing was given: paste a text or choose files")
        return RedirectResponse(f"/jobs/{desk.jobs.start(inputs).id}", 303)

    @app.get("/jobs/{job}", response_class=HTMLResponse)
    async def job_page(job: str) -> str:
        found = desk.job(job)
        return live_page("job.html", job=found, lines=list(map(told, found.lines)))

    return app


def live_page(template: str, **context: Any) -> str:
    return render(template, assets=LIVE, **context)


def _packed(packed: bytes, request: Request) -> Response:
    """A page as it was packed; unpacked for whoever cannot unpack it."""
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers = {"content-encoding": "gzip", "vary": "accept-encoding", "cache-control": "no-store"}
        return Response(packed, media_type="text/html", headers=headers)
    return Response(gzip.decompress(packed), media_type="text/html", headers={"cache-control": "no-store"})


def _hit(hit: Hit) -> dict[str, str]:
    name = Places({}, {hit.report: _place(hit.report)}, {}).spans(hit.report, (hit.span,))
    return {
        "to": f"{address(hit.story)}#{name}",
        "outlet": clean(hit.outlet or "") or clean(hit.report),
        "headline": clean(hit.headline or ""),
        "words": clean(hit.words),
    }


def _place(report: str) -> str:
    """The name that a report has on the page of its story."""
    return Places.of(Trace("", (Document(report, ""),))).reports[report]
