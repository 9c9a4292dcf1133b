"""Packed inputs: what is in them, what they may cost, and what a damaged one still gives."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib

import pytest

import intakefakes as fakes
from ondit.intake import take
from ondit.records import Document, Problem


def reports(raw: bytes) -> list[Document]:
    return [record for record in take(raw, "x") if isinstance(record, Document)]


def problems(raw: bytes) -> list[tuple[str, str]]:
    return [(record.code, record.place) for record in take(raw, "x") if isinstance(record, Problem)]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("name", ["page", "lines", "rss", "mail", "zip", "pdf"])
def test_a_packed_input_gives_what_it_holds(pack: object, name: str) -> None:
    raw = fakes.INPUTS[name]
    assert [doc.text for doc in reports(pack(raw))] == [doc.text for doc in reports(raw)]  # type: ignore[operator]


def test_members_one_after_the_other_are_read_as_one() -> None:
    first, second = fakes.ROWS.splitlines(keepends=True)
    assert [doc.id for doc in reports(gzip.compress(first) + gzip.compress(second) + b"\0" * 9)] == [
        "r1",
        "r2",
    ]


def test_a_packed_file_that_is_cut_off_gives_the_rows_before() -> None:
    rows = b"".join(
        b'{"id": "r%d", "text": "%s %d"}\n' % (n, fakes.LEAD.encode(), zlib.crc32(b"%d" % n))
        for n in range(2000)
    )
    raw = gzip.compress(rows)
    cut = raw[: len(raw) // 2]
    assert 500 < len(reports(cut)) < 1500
    assert problems(cut)[-1] == ("half_read", "x")


def test_every_file_of_an_archive_is_read_by_name() -> None:
    raw = fakes.zipped({"b.txt": fakes.TEXT, "a/x.html": fakes.PAGE, "__MACOSX/a": b"\0", ".hidden": b"x"})
    assert [doc.place for doc in reports(raw)] == ["x!a/x.html", "x!b.txt"]


def test_a_file_whose_name_leads_out_of_the_archive_is_read_and_written_nowhere() -> None:
    assert [doc.place for doc in reports(fakes.zipped({"../../b.txt": fakes.TEXT}))] == ["x!../../b.txt"]


def test_an_archive_in_an_archive_is_opened() -> None:
    raw = fakes.zipped({"inner.zip": fakes.ZIP, "crawl.warc.gz": fakes.packed_archive()})
    assert len(reports(raw)) >= 2


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_a_bomb_costs_no_more_than_its_budget(pack: object) -> None:
    raw = pack(b"a " * (1 << 20)) * 60  # type: ignore[operator]
    assert {code for code, _ in problems(raw)} == {"too_long"}


def test_a_bomb_in_an_archive_costs_itself_alone() -> None:
    raw = fakes.zipped({"a.txt": fakes.TEXT, "b.txt": b"a " * (30 << 20), "c.html": fakes.PAGE})
    assert [doc.place for doc in reports(raw)] == ["x!a.txt", "x!c.html"]
    assert problems(raw) == [("too_long", "x!b.txt")]


def test_files_that_are_bombs_together_are_given_up() -> None:
    bomb = b"a " * (12 << 20)
    raw = fakes.zipped({f"{n}.txt": bomb for n in range(6)} | {"9.txt": fakes.TEXT})
    assert problems(raw)[-1] == ("too_long", "x")


def test_archives_inside_each_other_without_end_are_given_up() -> None:
    raw = fakes.TEXT
    for _ in range(9):
        raw = fakes.zipped({"x.zip": raw})
    assert [code for code, _ in problems(raw)] == ["too_long"]


def test_an_encrypted_file_is_said_and_the_others_are_read() -> None:
    raw = bytearray(fakes.zipped({"a.txt": fakes.TEXT, "b.txt": fakes.TEXT + b"More."}))
    directory = raw.index(b"PK\x01\x02")
    raw[directory + 8] |= 1
    assert [doc.place for doc in reports(bytes(raw))] == ["x!b.txt"]
    assert problems(bytes(raw)) == [("unreadable", "x!a.txt")]


def test_a_damaged_file_of_an_archive_costs_itself_alone() -> None:
    raw = bytearray(fakes.zipped({"a.txt": fakes.TEXT, "b.txt": fakes.TEXT + b"More."}))
    raw[60:90] = bytes(30)
    assert [doc.place for doc in reports(bytes(raw))] == ["x!b.txt"]
    assert all(place == "x!a.txt" for _, place in problems(bytes(raw)))


def test_a_file_without_a_name_is_passed_over() -> None:
    raw = fakes.zipped({"a.txt": fakes.TEXT}).replace(b"a.txt", b"", 1)
    empty = bytearray(fakes.zipped({"a.txt": fakes.TEXT}))
    directory = empty.index(b"PK\x01\x02")
    empty[directory + 28 : directory + 30] = b"\0\0"
    assert all(record.place.startswith("x") for given in (raw, bytes(empty)) for record in take(given, "x"))
