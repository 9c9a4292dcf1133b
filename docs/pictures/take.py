"""Take the pictures of the documentation: `make pictures`, with Debian's Chromium and Playwright.

In: the page that `make demo` wrote, and the address of a served case. Out: page.png and server.png beside
this file.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGE = ROOT / "build" / "port-explosion.html"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def take(browser: Browser, address: str, file: Path, height: int) -> None:
    """One picture."""
    view = browser.new_page(viewport={"width": 1200, "height": height}, reduced_motion="reduce")
    view.goto(address)
    if view.locator("article.claim").count():
        view.locator("article.claim").first.evaluate("each => scrollTo(0, each.offsetTop - 90)")
    view.wait_for_timeout(300)
    view.screenshot(path=file)
    view.close()


def main(served: str | None) -> None:
    """The picture of the page, and that of a server whose address was given."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        take(browser, PAGE.as_uri(), HERE / "page.png", 700)
        if served:
            take(browser, served, HERE / "server.png", 420)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
