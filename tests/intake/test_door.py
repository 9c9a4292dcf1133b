from __future__ import annotations

import io
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.errors import InputError
from ondit.intake import load, take
from ondit.records import Document, Problem, Trace
from ondit.schema import dumps_trace

SEEDS = [
    b'{"text": "Two dead in fire."}\n{"text": 2}\n',
    b'[{"text": "Two dead in fire."}, {}]',
    b"<!doctype html><h1>Two dead</h1><p>Two people died in a fire on Friday, police said.</p>",
    b"Two dead in fire\n\nBy Ana Reyes\n\nVELMAR (Reuters) - Two people died, police said.\n",
    b"\xff\xfeT\x00w\x00o\x00 \x00d\x00e\x00a\x00d\x00",
    b"%PDF-1.7",
    b"<?xml version='1.0'?><rss></rss>",
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A well-formed input with pieces cut out, doubled, exchanged for any bytes or for markup."""
    raw = draw(st.sampled_from(SEEDS))
    pieces = st.sampled_from(
        [b"<", b">", b'"', b"{", b"[", b"</p>", b"<blockquote>", b"\x00", b"\xed\xa0\x80", b"\\ud800", b"\n"]
    )
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(raw)))
        end = draw(st.integers(start, min(len(raw), start + 30)))
        new = draw(st.binary(max_size=8) | pieces | st.just(raw[start:end] * 2))
        raw = raw[:start] + new + raw[end:]
    return raw


def check(records: list[Document | Problem]) -> None:
    """What holds for everything that is taken in."""
    docs = [record for record in records if isinstance(record, Document)]
    assert len({doc.id for doc in docs}) == len(docs)
    for doc in docs:
        doc.text.encode("utf-8")
        at = 0
        for block in doc.blocks:
            assert at <= block.span.start < block.span.end <= len(doc.text)
            at = block.span.end
        for credit in doc.credits:
            assert credit.span is None or 0 <= credit.span.start < credit.span.end <= len(doc.text)


@given(st.binary(max_size=300) | mutated())
def test_any_bytes_give_records(raw: bytes) -> None:
    records = list(take(raw))
    check(records)
    assert records != []


@given(mutated())
def test_same_bytes_same_records(raw: bytes) -> None:
    assert list(take(raw)) == list(take(raw))


def test_an_extension_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(SEEDS[2])
    (doc,) = load([path])
    assert isinstance(doc, Document)
    assert doc.headline == "Two dead"


@pytest.mark.parametrize(
    ("raw", "code", "words"),
    [
        (b"%PDF-1.7 ...", "unreadable", "PDF file"),
        (b"\x89PNG\r\n", "unsupported", "a picture"),
        (b"<?xml version='1.0'?><rss></rss>", "empty", "no item"),
        (b"\x1f\x8b\x08", "unreadable", "nothing in it can be unpacked"),
        (b"PK\x03\x04 and so on", "unreadable", "damaged"),
        (bytes(range(256)) * 8, "binary", "this is not text"),
        (b"", "empty", "nothing"),
        (b"... --- ...", "empty", "no text"),
        (b"<html><body><div></div></body></html>", "empty", "no running text"),
    ],
)
def test_what_is_refused_says_why(raw: bytes, code: str, words: str) -> None:
    (problem,) = take(raw, "x")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place) == (code, "x")
    assert words in problem.message


def test_folders_are_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a.txt", "b/a/one.html", ".hidden/x.txt", ".DS_Store"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<p>The report {name} is about a fire in the port.</p>")
    places = [str(Path(record.place).relative_to(tmp_path)) for record in load([tmp_path])]
    assert places == ["a.txt", "b/a/one.html", "b/two.txt"]


def test_ids_are_unique_over_all_inputs(tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_text('{"id": "r1", "text": "Nine died."}\n')
    two.write_text('{"id": "r1", "text": "Ten died."}\n')
    records = list(load([one, two]))
    check(records)
    assert [type(record) for record in records] == [Document, Problem, Document]


def test_an_input_that_does_not_exist_is_the_callers_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        load([tmp_path / "nothing.jsonl"])


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert [record.code for record in load([tmp_path]) if isinstance(record, Problem)] == ["empty"]


def test_what_cannot_be_opened_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Nine died.")

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert [record.code for record in load([tmp_path]) if isinstance(record, Problem)] == ["unreadable"]


def test_a_pipe_or_socket_is_a_problem_and_holds_nothing_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "door"))
        found = list(load([tmp_path, tmp_path / "pipe", "/dev/null"]))
    assert [(record.code, record.place) for record in found if isinstance(record, Problem)] == [
        ("unreadable", str(tmp_path / "door")),
        ("unreadable", str(tmp_path / "pipe")),
        ("unreadable", str(tmp_path / "pipe")),
        ("unreadable", "/dev/null"),
    ]


TRACE = dumps_trace(Trace("story-1", (Document("r1", "Nine died."),), (), ()))


@pytest.mark.parametrize(
    "raw",
    [
        TRACE,
        TRACE.replace(b"\n", b""),
        (TRACE.replace(b"\n", b"") + b"\n") * 3,
        json.dumps(json.loads(TRACE), indent=1).encode(),
        json.dumps(json.loads(TRACE), indent=1, sort_keys=True).encode(),
        json.dumps([json.loads(TRACE)] * 2).encode(),
    ],
)
def test_a_trace_is_no_report_and_said_so_once(raw: bytes) -> None:
    (problem,) = take(raw, "t.json")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place) == ("unsupported", "t.json")
    assert problem.message.startswith("this is a trace, not reports; use `ondit claims`")


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(b'{"id": "r1", "text": "Nine died."}\n')

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert [(record.place, record.id) for record in load(["-"]) if isinstance(record, Document)] == [
        ("-:1", "r1")
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"a" * (6 << 20),
        b"word " * (2 << 20),
        b'{"text": "' + b"a b " * (2 << 20) + b'"}',
        b"a\n" * 60_000,
        b"<html><body>" + b"<p>Nine people died." * 110_000,
    ],
)
def test_what_is_longer_than_any_report_is_refused_with_its_first_part(raw: bytes) -> None:
    (problem,) = take(raw)
    assert isinstance(problem, Problem)
    assert problem.code == "too_long"
    assert problem.saved
    assert len(problem.saved) <= 10_000


@pytest.mark.parametrize(
    "tag", ["div", "b", "blockquote", "a href=x", "cite", "li", "p", "q", "span class=credit"]
)
def test_tags_nested_without_end(tag: str) -> None:
    raw = b"<html><body><p>Nine people died in a fire on Friday.</p>" + f"<{tag}>".encode() * 90_000 + b"text"
    records = list(take(raw))
    check(records)
    assert any(isinstance(record, Document) for record in records)


@pytest.mark.parametrize(
    "raw", [b"[" * 500_000, b'{"a":' * 200_000, b"<!--" * 200_000, b"\x00" * 500_000, b"(\"'" * 200_000]
)
def test_what_opens_and_never_closes(raw: bytes) -> None:
    assert [type(record) for record in take(raw)] == [Problem]


@pytest.mark.parametrize(
    "text", ["Two dead in fire", '{"text": "Two dead in fire"}', "<p>Two dead in fire</p>"]
)
def test_a_report_after_much_blank_space_is_read(text: str) -> None:
    found = [
        record.text for record in take(b" " * 2**17 + b"\n" + text.encode()) if isinstance(record, Document)
    ]
    assert [words.strip() for words in found] == ["Two dead in fire"]
