"""The pages of the server as their reader has them: nothing asked elsewhere, reports pasted and followed."""

from __future__ import annotations

import pytest

from browser.conftest import WIDTHS, Open
from browser.test_story import AXE

PAGES = ("/", "/search?q=seventeen", "/add")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_and_ask_nobody_else(open_page: Open, served: str, width: int, path: str) -> None:
    watched = open_page(f"{served}{path}", width)
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(url.startswith(served) for url in watched.requests)
    assert watched.faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_story_is_the_page_of_the_file(open_page: Open, served: str, width: int) -> None:
    watched = open_page(served, width)
    page = watched.page
    page.locator(".stories a.w").first.click()
    page.wait_for_selector(".claim.now")
    assert page.locator("[role=tree]").first.is_visible()
    page.keyboard.press("j")
    assert page.locator(".report .on").count() > 0
    page.locator("#cast a").first.click()
    assert page.locator("h1").inner_text() != ""
    assert page.locator(".stories li").count() > 0
    assert all(url.startswith(served) for url in watched.requests)
    assert watched.faults == []


def test_a_hit_leads_to_its_words(open_page: Open, served: str) -> None:
    page = open_page(f"{served}/search?q=Lemons").page
    page.locator(".stories a").first.click()
    page.wait_for_selector(".report .at")
    assert "Lemons" in page.locator(".report .at").first.inner_text()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation_on_the_server(
    open_page: Open, served: str, path: str, scheme: str
) -> None:
    if not AXE.exists():
        pytest.skip("`make browser` brings axe-core")
    page = open_page(f"{served}{path}", 1024, scheme, bypass_csp=True).page
    page.add_script_tag(content=AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


def test_a_pasted_report_is_read_while_one_watches(open_page: Open, served: str) -> None:
    watched = open_page(f"{served}/add")
    page = watched.page
    page.fill("[name=text]", "The harbour master said that 9 <b>barges</b> had sunk near a bridge.")
    page.fill("[name=outlet]", "The <i>Tide</i>")
    page.click("button")
    page.locator("#state", has_text="Done.").wait_for(timeout=60_000)
    assert page.locator("#events li").count() == 1
    page.locator("#events a").click()
    page.wait_for_selector(".report")
    shown = page.locator(".report").first.inner_text()
    assert "<b>barges</b>" in "".join(letter for letter in shown if not letter.isdigit())
    assert watched.faults == []
