"""Fetching into an archive and watching feeds into a case, from servers that are only pretended."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import intakefakes as fakes
from casefakes import assign, read, trace
from ondit.casefile import Added, Case
from ondit.faces import gather
from ondit.intake import take
from ondit.intake.fetch import Answer, Fetcher, RefusedError, Validator
from ondit.records import Document, Problem

FEED = "https://tide.example/rss"
SHED = "https://tide.example/shed"


class Pretended(Fetcher):
    """Answers from a table; what is not in it is refused."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        super().__init__()
        self.pages = pages
        self.asked: list[tuple[str, Validator | None]] = []

    def fetch(self, url: str, validator: Validator | None = None) -> Answer:
        self.asked.append((url, validator))
        if url not in self.pages:
            raise RefusedError("the server answered 404 Not Found")
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
        unchanged = validator is not None and validator.etag == '"1"'
        body = b"" if unchanged else self.pages[url]
        return Answer(url, "2031-03-05T00:00:00Z", head, body, None, Validator('"1"'), unchanged)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.open(tmp_path / "velmar.ondit") as case:
        yield case


def add(case: Case, records: Iterable[Document | Problem]) -> list[Added | Problem]:
    return list(case.add_all(records, lambda docs: map(read, docs), assign, trace))


def test_fetched_pages_are_reports_and_an_archive_that_is_read_again() -> None:
    out = io.BytesIO()
    found = gather.fetched([SHED, "https://tide.example/nothing"], Pretended({SHED: fakes.PAGE}), out)
    assert [getattr(record, "code", "report") for record in found.records] == ["report", "refused"]
    (again,) = take(out.getvalue())
    assert isinstance(again, Document)
    assert again.text == found.records[0].text  # type: ignore[union-attr]


def test_the_page_behind_an_item_is_taken_with_what_the_feed_credits(case: Case) -> None:
    records = list(gather.news(FEED, case, Pretended({FEED: fakes.RSS, SHED: fakes.PAGE})))
    first = next(record for record in records if isinstance(record, Document))
    assert [block.kind for block in first.blocks][-1] == "tail"
    assert [(c.kind, c.name) for c in first.credits[:2]] == [("meta", "The Lantern"), ("photo", "Jo Penn")]


def test_an_item_whose_page_is_refused_is_kept_as_the_feed_tells_it(case: Case) -> None:
    records = list(gather.news(FEED, case, Pretended({FEED: fakes.RSS})))
    told = [record.headline for record in records if isinstance(record, Document)]
    assert told == ["Shed blows up & burns", "Ships wait"]
    assert [record.code for record in records if isinstance(record, Problem)] == ["refused", "refused"]


def test_items_that_the_case_has_are_not_fetched_again(case: Case) -> None:
    fetcher = Pretended({FEED: fakes.RSS, SHED: fakes.PAGE})
    add(case, gather.news(FEED, case, fetcher))
    case.put_validator(FEED, None, None)
    fetcher.asked.clear()
    add(case, gather.news(FEED, case, fetcher))
    assert [url for url, _ in fetcher.asked] == [FEED]


def test_a_feed_is_asked_whether_it_has_changed(case: Case) -> None:
    fetcher = Pretended({FEED: fakes.RSS, SHED: fakes.PAGE})
    add(case, gather.news(FEED, case, fetcher))
    assert list(gather.news(FEED, case, fetcher)) == []
    assert fetcher.asked[-1] == (FEED, Validator('"1"'))


def test_a_feed_that_is_refused_is_a_problem(case: Case) -> None:
    (problem,) = gather.news(FEED, case, Pretended({}))
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place) == ("refused", FEED)
