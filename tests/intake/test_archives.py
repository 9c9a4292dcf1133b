"""Web archives: which records are pages, what cuts and packing do to them, and what we write ourselves."""

from __future__ import annotations

import gzip
import io
import zlib

import pytest

import intakefakes as fakes
from ondit.intake import take
from ondit.intake.archives import record_of
from ondit.records import Document, Problem


def reports(raw: bytes) -> list[Document]:
    return [record for record in take(raw, "a.warc") if isinstance(record, Document)]


def problems(raw: bytes) -> list[tuple[str, str]]:
    return [(record.code, record.place) for record in take(raw, "a.warc") if isinstance(record, Problem)]


def page(body: bytes = fakes.PAGE, more: str = "", kind: str = "text/html") -> bytes:
    return fakes.record("response", fakes.answer(body, kind, more=more))


@pytest.mark.parametrize("raw", [fakes.ARCHIVE, fakes.packed_archive(), gzip.compress(fakes.ARCHIVE)])
def test_pages_and_texts_are_read_and_nothing_else(raw: bytes) -> None:
    assert [doc.url for doc in reports(raw)] == [
        "https://tide.example/shed",
        "https://buoy.example/ships.txt",
    ]
    assert problems(raw) == []


def test_the_archive_says_where_a_page_was_and_when_it_was_fetched() -> None:
    second = reports(fakes.ARCHIVE)[1]
    assert (second.url, second.outlet, second.extra) == (
        "https://buoy.example/ships.txt",
        "buoy.example",
        {"found": {"url": "warc", "outlet": "host of url"}, "fetched": "2031-03-05T00:00:00Z"},
    )


def test_a_page_that_names_another_site_as_its_origin_stays_where_it_was_found() -> None:
    (doc,) = reports(fakes.record("response", fakes.answer(fakes.PAGE), "https://copy.example/shed"))
    assert (doc.url, doc.credits[0].kind, doc.credits[0].name) == (
        "https://copy.example/shed",
        "canonical",
        "tide.example",
    )


@pytest.mark.parametrize("cut", [5, 100, 500])
def test_a_truncated_archive_is_read_to_its_last_whole_record(cut: int) -> None:
    raw = fakes.ARCHIVE[:-cut]
    assert [doc.url for doc in reports(raw)] == ["https://tide.example/shed"]
    assert problems(raw) == [("half_read", "a.warc#5")]


def test_a_truncated_packed_archive_is_read_to_its_last_whole_record() -> None:
    raw = fakes.packed_archive()[:-40]
    assert [doc.url for doc in reports(raw)] == ["https://tide.example/shed"]
    assert [code for code, _ in problems(raw)] == ["half_read", "half_read"]


def test_chunks_and_packing_of_the_answer_are_undone() -> None:
    packed = zlib.compress(fakes.PAGE)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    raw = page(chunked, "Transfer-Encoding: chunked\r\nContent-Encoding: deflate\r\n")
    assert reports(raw)[0].headline == "Shed blows up in Velmar"


def test_an_answer_that_was_unpacked_before_it_was_stored_is_read() -> None:
    raw = page(more="Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n")
    assert reports(raw)[0].headline == "Shed blows up in Velmar"


def test_an_encoding_that_is_not_read_is_said() -> None:
    assert [c for c, _ in problems(page(b"\x1b\x00\x11", "Content-Encoding: br\r\n"))] == ["unsupported"]


def test_the_servers_word_on_the_encoding_counts() -> None:
    body = "<h1>Ein Lager brennt in Köln</h1><p>Ein Lager brannte am Freitag in Köln nieder.</p>".encode(
        "iso-8859-2"
    )
    assert "Köln" in reports(page(body, kind="text/html; charset=iso-8859-2"))[0].text


def test_other_bytes_between_records_are_passed_over() -> None:
    raw = fakes.ARCHIVE + b"garbage\r\n" * 9 + page()
    assert len(reports(raw)) == 2
    assert ("duplicate", "a.warc#6 https://tide.example/shed") in problems(raw)


def test_a_record_without_length_is_passed_over() -> None:
    raw = b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" + page()
    assert len(reports(raw)) == 1
    assert problems(raw) == [("half_read", "a.warc#1")]


def test_a_huge_length_reads_what_there_is() -> None:
    raw = page() + b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nx"
    assert (len(reports(raw)), problems(raw)) == (1, [("half_read", "a.warc#2")])


def test_extracted_text_is_read() -> None:
    raw = fakes.record("conversion", fakes.TEXT, content="text/plain")
    assert reports(raw)[0].headline == "Shed blows up in Velmar"


def test_what_we_write_we_read() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    raw = record_of("https://tide.example/shed", "2031-03-05T00:00:00Z", head, fakes.PAGE)
    (doc,) = reports(raw)
    assert (doc.url, doc.headline) == ("https://tide.example/shed", "Shed blows up in Velmar")
    assert io.BytesIO(raw).readline() == b"WARC/1.1\r\n"
