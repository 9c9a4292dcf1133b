"""Finished pages of a case: made once for every trace of a story, in processes of their own, and kept.

In: a case file. Out: the page of a story, whole and packed. Whoever asks while a story is being counted anew
gets the page of the trace before; a page without recounts comes first where there is none yet, since those
take longest.
"""

from __future__ import annotations

import asyncio
import gzip
import multiprocessing
import os
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ondit.casefile import Case
from ondit.telling.page import Assets, page_title, story_page
from ondit.telling.profile import Profile, profile
from ondit.telling.weight import in_numbers, main_count
from ondit.tracing.recounts import recounts

MAKERS = 2
KIND = 15
"""Processes that make pages, and how much less urgent they are than answering (niceness)."""

ASSETS = Assets("/static/page.css", ("/static/page.js",))


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and of which trace: `whole` if its recounts are in it."""

    revision: int
    whole: bool
    packed: bytes


@dataclass(frozen=True, slots=True)
class Listed:
    """A story in a list."""

    id: str
    revision: int
    title: str
    sentences: tuple[str, ...]
    reports: int
    claims: int


def make_page(case: str, story: str, whole: bool) -> bytes:
    """The packed page of a story as it stands in the case; runs in another process."""
    with Case.open(case, readonly=True) as opened:
        trace = opened.trace(story)
    html = story_page(trace, recounts(trace) if whole else (), ASSETS)
    return gzip.compress(html.encode(), 5)


def make_entry(case: str, story: str, revision: int) -> Listed:
    """What a list says of a story; runs in another process."""
    with Case.open(case, readonly=True) as opened:
        trace = opened.trace(story)
    sentences = tuple(in_numbers(len(trace.documents), map(main_count, trace.claims)))
    title = page_title(trace)[0]
    return Listed(story, revision, title, sentences, len(trace.documents), len(trace.claims))


def make_profile(case: str, agent: str, titles: Sequence[tuple[str, str]]) -> Profile | None:
    """Somebody across the stories of the case; runs in another process."""
    with Case.open(case, readonly=True) as opened:
        return profile(agent, ((opened.trace(story), title) for story, title in titles))


def _kindly() -> None:
    os.nice(KIND)


class Shelf:
    """The pages and list entries of one case."""

    def __init__(self, case: Path) -> None:
        self._case = str(case)
        self._pages: dict[str, Page] = {}
        self._listed: dict[str, Listed] = {}
        self._making: dict[tuple[str, str], asyncio.Task[None]] = {}
        spawn = multiprocessing.get_context("spawn")
        self._maker = ProcessPoolExecutor(MAKERS, mp_context=spawn, initializer=_kindly)

    async def page(self, story: str, revision: int) -> Page:
        """The page of a story: of this revision, or of the one before while this is being made."""
        found = self._pages.get(story)
        if found is None or found.revision < revision or not found.whole:
            task = self._begin("page", story, self._make_page, revision)
            if found is None:
                await asyncio.shield(task)
        return self._pages[story]

    async def stories(self, traced: Mapping[str, int]) -> Sequence[Listed]:
        """Entries of these stories and revisions, most reports first; the one before while one is made."""
        waiting = []
        for story, revision in traced.items():
            known = self._listed.get(story)
            if known is None or known.revision != revision:
                task = self._begin("entry", story, self._make_entry, revision)
                waiting += [asyncio.shield(task)] if known is None else []
        await asyncio.gather(*waiting)
        return sorted((self._listed[story] for story in traced), key=lambda entry: (-entry.reports, entry.id))

    async def profile(self, agent: str, stories: Sequence[Listed]) -> Profile | None:
        """Somebody across these stories."""
        titles = [(entry.id, entry.title) for entry in stories]
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._maker, make_profile, self._case, agent, titles)

    def close(self) -> None:
        """End the processes that make pages."""
        self._maker.shutdown(wait=False, cancel_futures=True)

    def _begin(
        self, kind: str, story: str, make: Callable[[str, int], Coroutine[None, None, None]], revision: int
    ) -> asyncio.Task[None]:
        """Start to make something, once however many ask for it."""
        key = (kind, story)
        if key not in self._making:
            task = asyncio.create_task(make(story, revision))
            self._making[key] = task
            task.add_done_callback(lambda _: self._making.pop(key, None))
        return self._making[key]

    async def _make_page(self, story: str, revision: int) -> None:
        loop = asyncio.get_running_loop()
        whole = story in self._pages
        packed = await loop.run_in_executor(self._maker, make_page, self._case, story, whole)
        self._pages[story] = Page(revision, whole, packed)

    async def _make_entry(self, story: str, revision: int) -> None:
        loop = asyncio.get_running_loop()
        self._listed[story] = await loop.run_in_executor(self._maker, make_entry, self._case, story, revision)
