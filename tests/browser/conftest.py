"""A browser of the system's, if there is one: Debian's Chromium, driven by Playwright, and never a download.

`make browser` brings what is needed; without it these tests are skipped.
"""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ondit.intake import load
from ondit.pipeline import trace_all
from ondit.records import Trace
from ondit.telling.page import story_page
from ondit.tracing.recounts import recounts

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = (1440, 1024, 390)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once."""
    playwright = pytest.importorskip("playwright.sync_api", reason="`make browser` brings Playwright")
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install --no-install-recommends chromium")
    with playwright.sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture(scope="session")
def example() -> Trace:
    """The example story: eight reports."""
    return trace_all(load([str(ROOT / "examples" / "port-explosion" / "reports.jsonl")]))


@pytest.fixture(scope="session")
def address(example: Trace, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the example story, as a file."""
    file = tmp_path_factory.mktemp("page") / "story.html"
    file.write_text(story_page(example, recounts(example)), "utf-8")
    return file.as_uri()


class Watched:
    """A tab that notes what it asks the network for and what goes wrong in it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("dialog", lambda dialog: (self.faults.append("a dialog"), dialog.dismiss()))


Open = Callable[..., Watched]


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """Open an address in a new tab of a given width and scheme."""
    opened = []

    def start(address: str, width: int = 1440, scheme: str = "light", **more: Any) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", **more
        )
        opened.append(context)
        watched = Watched(context.new_page())
        watched.page.goto(address)
        return watched

    yield start
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def served(example: Trace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the example story."""
    case = tmp_path_factory.mktemp("served") / "case.ondit"
    rows = ROOT / "examples" / "port-explosion" / "reports.jsonl"
    ondit = [sys.executable, "-c", "from ondit.faces.cli import main; main()"]
    subprocess.run([*ondit, "trace", rows, "--case", case, "--one-story"], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*ondit, "serve", case, "--port", str(port)], stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/api/stories", timeout=5).close()
            break
        except OSError:
            time.sleep(0.2)
    yield address
    server.send_signal(signal.SIGINT)
    server.wait(20)
