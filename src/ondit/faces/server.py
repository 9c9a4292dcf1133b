"""A case on the web of this machine: its pages, live, and a REST interface described by OpenAPI.

In: a case file. Out: an ASGI application. Every request opens the case for reading and closes it; what is
added is read in a process of its own. Who may ask is decided in `guards`, before anything here is reached.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from ondit.casefile import Case
from ondit.errors import CaseError, InputError, UnknownIdError
from ondit.faces.desk import LIMIT, Desk
from ondit.faces.found import open_case
from ondit.faces.guards import LOOPBACK, Guard
from ondit.faces.jobs import Jobs
from ondit.faces.live import adding, live_page, reading
from ondit.faces.rest import asking, describe, sending
from ondit.faces.rulings import judging, ruling
from ondit.faces.shelf import Shelf
from ondit.telling.words import clean
from ondit.version import __version__

EVERYWHERE = ("0.0.0.0", "::")


def application(path: Path) -> FastAPI:
    """The server of the case at `path`, which is made if there is none."""
    if not path.exists():
        Case.open(path).close()
    open_case(str(path)).close()
    desk = Desk(path, Shelf(path), Jobs(path))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await desk.jobs.stop()
        desk.shelf.close()

    app = FastAPI(
        title="Ondit",
        version=__version__,
        description="Who says so, through whom, and how many independent origins there are.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    for router in (reading(desk), adding(desk), judging(desk), asking(desk), sending(desk), ruling(desk)):
        app.include_router(router)
    describe(app)
    app.add_exception_handler(UnknownIdError, _unknown)
    app.add_exception_handler(InputError, _cannot_be)
    app.add_exception_handler(CaseError, _no_case)
    app.add_exception_handler(HTTPException, _refused)
    return app


async def _unknown(request: Request, fault: Exception) -> Response:
    return _fault(request, 404, str(fault))


async def _cannot_be(request: Request, fault: Exception) -> Response:
    return _fault(request, 409, str(fault))


async def _no_case(request: Request, fault: Exception) -> Response:
    return _fault(request, 503, str(fault))


async def _refused(request: Request, fault: Exception) -> Response:
    if not isinstance(fault, HTTPException):
        raise fault
    return _fault(request, fault.status_code, str(fault.detail), fault.headers)


def _fault(request: Request, status: int, said: str, headers: Any = None) -> Response:
    """What went wrong: as a page for pages, as JSON for programs."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": said}, status, headers=headers)
    return HTMLResponse(live_page("fault.html", said=clean(said)), status, headers=headers)


def guarded(path: Path, host: str, token: str, names: Sequence[str]) -> Guard:
    """The application over a case, behind all that keeps others out; a file that is no case is told here."""
    own = frozenset({host, *LOOPBACK, *names})
    return Guard(application(path), own, token, LIMIT, numbers=host in EVERYWHERE)


def run(guard: Guard, host: str, port: int) -> None:
    """Serve until interrupted."""
    uvicorn.run(guard, host=host, port=port, log_level="warning", server_header=False)
