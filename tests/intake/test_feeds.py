"""Feeds of every kind: what an item says, whom it credits, and what breaks it."""

from __future__ import annotations

import time

import pytest

import intakefakes as fakes
from ondit.intake import take
from ondit.intake.feeds import iso
from ondit.records import Credit, Document, Problem

FEEDS = pytest.mark.parametrize("name", ["rss", "atom", "rdf", "json-feed"])


def items(raw: bytes) -> list[Document]:
    return [record for record in take(raw, "feed") if isinstance(record, Document)]


def problems(raw: bytes) -> list[str]:
    return [record.code for record in take(raw, "feed") if isinstance(record, Problem)]


@FEEDS
def test_an_item_is_a_report_with_what_the_feed_says_of_it(name: str) -> None:
    first = items(fakes.INPUTS[name])[0]
    assert (first.outlet, first.url, (first.published or "")[:10]) == (
        "The Tide",
        "https://tide.example/shed",
        "2031-03-04",
    )
    assert fakes.LEAD in first.text
    assert set(first.extra["found"].values()) == {"feed"}


def test_the_old_document_type_is_passed_over() -> None:
    (first,) = items(fakes.OLD_RSS)
    assert (first.headline, fakes.LEAD in first.text) == ("Shed blows up", True)


def test_full_content_counts_and_not_the_summary() -> None:
    assert [block.kind for block in items(fakes.RSS)[0].blocks] == [
        "headline",
        "paragraph",
        "paragraph",
        "blockquote",
    ]


def test_titles_lose_their_markup_and_nothing_else() -> None:
    assert [items(fakes.INPUTS[name])[0].headline for name in ("rss", "atom", "json-feed")] == [
        "Shed blows up & burns",
        "Shed blows up",
        "Shed blows up",
    ]


def test_whom_an_rss_item_credits() -> None:
    assert [c for c in items(fakes.RSS)[0].credits if c.span is None] == [
        Credit("meta", "The Lantern", url="https://lantern.example/rss", place="source"),
        Credit("photo", "Jo Penn", place="media:credit"),
        Credit("byline", "Ana Reyes", place="item author"),
    ]


def test_whom_an_atom_entry_credits() -> None:
    assert [c for c in items(fakes.ATOM)[0].credits if c.span is None] == [
        Credit("cite", "The Lantern", url=fakes.LINK, place="link[rel=via]"),
        Credit("meta", "The Buoy", url="https://buoy.example/", place="source"),
        Credit("byline", "Ana Reyes", place="item author"),
    ]


def test_the_external_address_of_a_json_feed_is_a_credit() -> None:
    assert items(fakes.JSON_FEED)[0].credits[0] == Credit(
        "link", "lantern.example", url="https://lantern.example/shed", place="external_url"
    )


def test_a_relative_link_is_read_from_the_channel() -> None:
    assert items(fakes.RSS)[1].url == "https://tide.example/ships"


def test_a_relative_link_is_read_from_the_base_that_the_feed_states() -> None:
    entry = "<entry xml:base='news/'><title>Two dead</title><link href='fire'/></entry>"
    raw = f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://tide.example/'>{entry}</feed>"
    assert items(raw.encode())[0].url == "https://tide.example/news/fire"


@pytest.mark.parametrize(
    "raw",
    [
        b"<rss><channel><item><title>Two dead</title></item><item><link>/a</link></item></channel></rss>",
        b'{"version": "https://jsonfeed.org/version/1", "items": [{"title": "Two dead"}, {"id": "2"}]}',
        b'{"version": "https://jsonfeed.org/version/1", "items": [{"title": "Two dead"}, "x"]}',
    ],
)
def test_an_item_that_says_nothing_is_a_problem_of_its_own(raw: bytes) -> None:
    assert ([doc.headline for doc in items(raw)], problems(raw)) == (["Two dead"], ["empty"])


def test_a_feed_cut_off_gives_the_items_before() -> None:
    cut = fakes.RSS[: fakes.RSS.index(b"<item><title>Ships") + 30]
    assert items(cut)[0].headline == "Shed blows up & burns"
    assert problems(cut)[0] == "half_read"


def test_entities_that_multiply_are_not_opened() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    item = "<item><title>&l8;x</title></item>"
    raw = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]><rss><channel>{item}</channel></rss>'
    assert len("".join(doc.text for doc in items(raw.encode()))) < 100


def test_an_entity_never_names_a_file() -> None:
    raw = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<rss><channel><item><description>{fakes.LEAD} &x;</description></item></channel></rss>"
    )
    assert "root:" not in items(raw.encode())[0].text


@pytest.mark.parametrize(
    "raw", [b"<rss><channel/></rss>", b'{"version": "https://jsonfeed.org/version/1", "items": []}']
)
def test_a_feed_without_items_is_a_problem(raw: bytes) -> None:
    assert problems(raw) == ["empty"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Tue, 04 Mar 2031 09:20:00 GMT", "2031-03-04T09:20:00+00:00"),
        ("04 Mar 2031 09:20:00 -0500", "2031-03-04T09:20:00-05:00"),
        ("2031-03-04", "2031-03-04"),
        ("Tue, 99 Foo", ""),
        ("", ""),
    ],
)
def test_dates(given: str, expected: str) -> None:
    assert iso(given) == expected


@pytest.mark.parametrize(
    ("body", "text"),
    [("", "Two dead"), ("<img src='1.jpg'>", "Two dead"), ("In a fire.", "Two dead\n\nIn a fire.")],
)
def test_an_item_of_few_words_is_a_report(body: str, text: str) -> None:
    item = f"<item><title>Two dead</title><description><![CDATA[{body}]]></description></item>"
    (doc,) = items(f"<rss><channel><title>The Tide</title>{item}</channel></rss>".encode())
    assert (doc.text, doc.headline, doc.outlet, doc.blocks[0].kind) == (
        text,
        "Two dead",
        "The Tide",
        "headline",
    )


RSS = "<rss><channel><title>The Tide</title><item>{}</item></channel></rss>"


def test_a_title_that_nobody_sees_is_none() -> None:
    (first,) = items(RSS.format("<title>\ufeff</title><description>A shed blew up.</description>").encode())
    assert [(block.kind, block.span.start < block.span.end) for block in first.blocks] == [
        ("paragraph", True)
    ]


def test_a_citation_of_nothing_credits_nobody() -> None:
    body = "&lt;p&gt;A shed blew up in the port. &lt;cite&gt; - &lt;/cite&gt;2031&lt;/p&gt;"
    (first,) = items(RSS.format(f"<title>Shed</title><description>{body}</description>").encode())
    assert first.credits == ()


def test_document_types_without_an_end_cost_no_time() -> None:
    raw = b"<?xml version='1.0'?><rss>" + b"<!DOCTYPE x [<!ENTITY a '" * 12_000
    begun = time.process_time()
    assert list(take(raw, "feed"))
    assert time.process_time() - begun < 5
