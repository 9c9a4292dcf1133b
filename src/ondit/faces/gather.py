"""Fetching and watching: pages by address, feeds by turns; into a web archive or a case.

Addresses in; records and archived pages out. Only here does a command reach the network, and only to
what its caller named or a named feed links to. What is refused is a `Problem`, and the next address has
its turn.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from ondit.casefile import Added, Case
from ondit.faces.terminal import say, say_problems
from ondit.faces.work import add_to, made_by
from ondit.intake import take
from ondit.intake.archives import record_of
from ondit.intake.fetch import Answer, Fetcher, RefusedError, Validator
from ondit.records import Document, Problem

MOST_NEW = 200
"""So many items of one feed are fetched a turn."""


@dataclass(slots=True)
class Gathered:
    """What came of fetching: documents and problems in order, and how many pages came."""

    records: list[Document | Problem] = field(default_factory=list)
    pages: int = 0


def fetched(urls: Iterable[str], fetcher: Fetcher, out: BinaryIO | None = None) -> Gathered:
    """The reports at some addresses; each page is written to `out` as a record of a web archive as well."""
    gathered = Gathered()
    for url in urls:
        try:
            answer = fetcher.fetch(url)
        except RefusedError as refusal:
            gathered.records.append(Problem("refused", url[:2000], f"not fetched: {refusal}"))
            continue
        gathered.pages += 1
        if out is not None:
            out.write(gzip.compress(record_of(answer.url, answer.when, answer.head, answer.body), mtime=0))
        gathered.records += take(answer.body, url, known=answer.known)
    return gathered


def keep(records: Iterable[Document | Problem], path: str) -> list[Added | Problem]:
    """Add records to a case; says on standard error what became of them."""
    with Case.open(path, made_by=made_by()) as case:
        results = add_to(case, records)
    _say(path, results)
    return results


def _say(path: str, results: list[Added | Problem]) -> None:
    added = [result for result in results if isinstance(result, Added)]
    new = [result for result in added if result.new]
    later = sum(result.other is not None for result in new)
    versions = f" ({later} of them another version of a report)" if later else ""
    say(f"{path}: {len(new)} new{versions}, {len(added) - len(new)} known")
    say_problems([result for result in results if isinstance(result, Problem)])


# ------------------------------------------------------------------------ watching


def watch(
    feeds: tuple[str, ...],
    path: str,
    fetcher: Fetcher,
    *,
    pause: float,
    once: bool,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Ask each feed for news, fetch the pages of its new items, add them to the case; again after a pause."""
    while True:
        for feed in feeds:
            with Case.open(path, made_by=made_by()) as case:
                results = add_to(case, news(feed, case, fetcher))
            if results:
                _say(f"{path} ← {feed}", results)
        if once:
            return
        sleep(pause)


def news(feed: str, case: Case, fetcher: Fetcher) -> Iterator[Document | Problem]:
    """The reports behind the items of a feed that the case does not have. A page that cannot be had leaves
    what the feed itself says of it."""
    try:
        answer = fetcher.fetch(feed, Validator(*case.validator(feed)))
    except RefusedError as refusal:
        yield Problem("refused", feed[:2000], f"not fetched: {refusal}")
        return
    if answer.unchanged:
        return
    count = 0
    for record in take(answer.body, feed, known=answer.known):
        if isinstance(record, Problem) or record.url is None:
            yield record
        elif not case.has_address(record.url) and count < MOST_NEW:
            count += 1
            yield from _whole(record, fetcher)
    case.put_validator(feed, answer.validator.etag, answer.validator.modified)


def _whole(item: Document, fetcher: Fetcher) -> Iterator[Document | Problem]:
    """The report of an item's page, with what the feed credits; the item itself where there is no page."""
    page = _page(item, fetcher)
    if isinstance(page, Problem):
        yield page
        yield item
        return
    reports = []
    for record in take(page.body, page.url, known=page.known):
        if isinstance(record, Problem):
            yield record
        else:
            reports.append(record)
    if len(reports) != 1 or len(reports[0].text) < len(item.text):
        yield item
        return
    (report,) = reports
    told = tuple(credit for credit in item.credits if credit.span is None and credit not in report.credits)
    found = dict(report.extra.get("found", {}))
    fields = {}
    for name in ("outlet", "headline", "published", "language"):
        if getattr(report, name) is None or found.get(name) == "host of url":
            fields[name] = getattr(item, name) or getattr(report, name)
            found[name] = "feed"
    extra = report.extra | {"found": found}
    yield replace(report, credits=(*told, *report.credits), url=report.url or item.url, extra=extra, **fields)


def _page(item: Document, fetcher: Fetcher) -> Answer | Problem:
    url = item.url or ""
    try:
        return fetcher.fetch(url)
    except RefusedError as refusal:
        message = f"its page was not fetched: {refusal}; what the feed says of it was kept"
        return Problem("refused", url[:2000], message, document=item.id)
