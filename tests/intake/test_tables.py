from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.intake import take
from ondit.intake.tables import rows
from ondit.records import Document, Problem, content_id
from strategies import leaves

ANY_TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80).map(lambda text: text + "x")


def lines(*values: Any) -> bytes:
    return b"\n".join(v if isinstance(v, bytes) else json.dumps(v).encode() for v in values) + b"\n"


def taken(raw: bytes) -> tuple[list[Document], list[Problem]]:
    records = list(take(raw, "in.jsonl"))
    return (
        [record for record in records if isinstance(record, Document)],
        [record for record in records if isinstance(record, Problem)],
    )


def test_a_full_row() -> None:
    row = {
        "id": "r1",
        "outlet": "The Daily Tide",
        "url": "https://tide.example/1",
        "headline": "Shed blows up",
        "published": "2031-03-04T09:20:00Z",
        "text": "Shed blows up\n\nNine died.",
        "desk": {"name": "foreign", "rank": 2},
    }
    (doc,), problems = taken(lines(row))
    assert (doc.id, doc.outlet, doc.url, doc.headline, doc.published, doc.text) == tuple(
        list(row.values())[:6]
    )
    assert doc.extra == {"desk": {"name": "foreign", "rank": 2}}
    assert doc.place == "in.jsonl:1"
    assert doc.digest == hashlib.sha256(json.dumps(row).encode()).hexdigest()
    assert problems == []


@given(ANY_TEXT)
def test_the_text_is_stored_exactly_as_given(text: str) -> None:
    (doc,), _ = taken(lines({"text": text}))
    assert doc.text == text


@pytest.mark.parametrize(
    "text", ["  Cafe\u0301 \r\n\r\n two\u00a0x \ufb01 \u200b\n", "\ufeffa", "a\x00b", "e\u0308\u2028b"]
)
def test_neither_composed_nor_trimmed(text: str) -> None:
    (doc,), _ = taken(lines({"text": text}))
    assert doc.text == text


def test_lone_surrogates_go_one_for_one() -> None:
    (doc,), _ = taken(b'{"text": "a\\ud800b\\udfff \\ud83d\\ude00", "\\udc00": ["\\ud801"]}\n')
    assert (doc.text, doc.extra) == ("a\ufffdb\ufffd \U0001f600", {"\ufffd": ["\ufffd"]})


@given(st.dictionaries(st.text(max_size=8), leaves(), max_size=3))
def test_unknown_fields_are_kept(extra: dict[str, Any]) -> None:
    known = {"id", "outlet", "url", "headline", "published", "language", "text"}
    unknown = {name: value for name, value in extra.items() if name not in known}
    (doc,), _ = taken(lines({**unknown, "text": "Nine died."}))
    assert set(doc.extra) == set(unknown)


def test_an_id_by_content_where_none_is_given() -> None:
    (doc,), _ = taken(lines({"text": "Nine died.", "outlet": "Tide", "url": None, "published": "2031-03-04"}))
    assert doc.id == content_id("doc", "Tide", None, "2031-03-04", "Nine died.")


def test_a_number_will_do_for_an_id() -> None:
    assert [doc.id for doc in taken(lines({"id": 7, "text": "Nine died."}))[0]] == ["7"]


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        ({"text": 5}, "bad_field", '"text" must be a string, not a number'),
        ({"text": ["a"]}, "bad_field", '"text" must be a string, not a list'),
        ({"headline": "Nine die"}, "no_text", 'the row has no "text"'),
        ({"text": " \n"}, "empty", "holds no word"),
        (["text"], "bad_row", "must be a JSON object, not a list"),
        (3, "bad_row", "must be a JSON object, not a number"),
        (b'{"text": "a b', "bad_json", "this row is not JSON"),
        (b'{"text": "a b", "n": NaN}', "bad_json", "NaN is not JSON"),
        (b'{"text": "a b", "n": 1e999}', "bad_json", "too large"),
        (b'{"text": "a b", "n": ' + b"[" * 9000 + b"]" * 9000 + b"}", "bad_json", "nested too deeply"),
        (b'{"text": "a b", "n": ' + b"[" * 200 + b"]" * 200 + b"}", "bad_row", "nested deeper"),
    ],
)
def test_a_bad_row_loses_only_itself(row: Any, code: str, words: str) -> None:
    docs, problems = taken(lines({"text": "Nine died."}, row, {"text": "Ten died."}))
    assert [doc.text for doc in docs] == ["Nine died.", "Ten died."]
    assert [(problem.code, problem.place) for problem in problems] == [(code, "in.jsonl:2")]
    assert words in problems[0].message


def test_a_bad_field_loses_only_itself() -> None:
    (doc,), (problem,) = taken(lines({"text": "Nine died.", "id": ["r1"], "outlet": "Tide"}))
    assert (doc.outlet, doc.extra) == ("Tide", {"id": ["r1"]})
    assert (problem.code, problem.place, problem.document) == ("bad_field", "in.jsonl:1", doc.id)
    assert problem.message == '"id" must be a string, not a list; it was left aside'


def test_two_reports_under_one_id_both_stay() -> None:
    docs, (problem,) = taken(lines({"id": "a", "text": "Nine died."}, {"id": "a", "text": "Ten died."}))
    assert [doc.id for doc in docs] == ["a", content_id("a", None, None, None, None, "Ten died.")]
    assert (problem.code, problem.document) == ("duplicate_id", docs[1].id)
    assert "in.jsonl:1" in problem.message


def test_ids_do_not_depend_on_what_else_is_taken_in() -> None:
    rows_of = [{"id": "a", "text": "Nine."}, {"id": "a", "text": "Ten."}, {"id": "a", "text": "Ten."}]
    assert [doc.id for doc in taken(lines(*rows_of))[0]] == [doc.id for doc in taken(lines(*rows_of[:2]))[0]]


def test_the_same_report_twice_is_one() -> None:
    docs, (problem,) = taken(lines({"text": "Nine died."}, {"text": "Nine died."}))
    assert (len(docs), problem.code, problem.document) == (1, "duplicate", docs[0].id)


def test_a_json_array() -> None:
    raw = json.dumps([{"text": "Nine died."}, {"id": 1.5, "text": "Ten died."}, "x"], indent=1).encode()
    docs, problems = taken(raw)
    assert [(doc.text, doc.place) for doc in docs] == [
        ("Nine died.", "in.jsonl[1]"),
        ("Ten died.", "in.jsonl[2]"),
    ]
    assert [problem.code for problem in problems] == ["bad_field", "bad_row"]


def test_a_broken_array_gives_what_stands_before() -> None:
    docs, (problem,) = taken(b'[{"text": "Nine died."}, {"text": "Ten died.}]')
    assert ([doc.text for doc in docs], problem.code, problem.place) == (
        ["Nine died."],
        "bad_json",
        "in.jsonl[2]",
    )


def test_one_object_over_several_lines() -> None:
    docs, _ = taken(json.dumps({"text": "Nine died.", "outlet": "Tide"}, indent=2).encode())
    assert [(doc.text, doc.outlet) for doc in docs] == [("Nine died.", "Tide")]


def test_lines_in_utf_16() -> None:
    docs, _ = taken(json.dumps({"text": "Nine died."}, indent=1).encode("utf-16"))
    assert [doc.text for doc in docs] == ["Nine died."]


@given(st.binary(max_size=60), st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_lines_do_not_depend_on_how_they_arrive(raw: bytes, sizes: list[int]) -> None:
    chunks, at = [], 0
    while at < len(raw):
        size = sizes[len(chunks) % len(sizes)]
        chunks.append(raw[at : at + size])
        at += size
    assert list(rows(chunks)) == list(rows([raw]))


def test_a_long_line_is_cut_and_the_next_one_read() -> None:
    assert [tuple(row) for row in rows([b"a" * 50, b"b" * 50 + b"\nc\n"], most=60)] == [
        (1, b"a" * 50 + b"b" * 11, True),
        (2, b"c", False),
    ]


@pytest.mark.parametrize("indent", [None, 1])
def test_the_one_list_in_an_answer_of_a_news_service_holds_the_rows(indent: int | None) -> None:
    rows = [{"source": {"name": "The Tide"}, "content": "Two dead."}, {"source": {}, "content": "Ten dead."}]
    raw = json.dumps({"status": "ok", "totalResults": 2, "articles": rows}, indent=indent).encode()
    found = list(take(raw, "x", {"text": "content", "outlet": "source.name"}))
    assert [(doc.text, doc.outlet) for doc in found if isinstance(doc, Document)] == [
        ("Two dead.", "The Tide"),
        ("Ten dead.", None),
    ]


def test_the_pieces_of_a_chats_text_are_joined() -> None:
    raw = json.dumps(
        {"messages": [{"id": 7, "text": ["See ", {"type": "link", "text": "the Tide"}, "."]}]}
    ).encode()
    (doc,) = take(raw, "chat")
    assert isinstance(doc, Document)
    assert (doc.id, doc.text) == ("7", "See the Tide.")


def test_a_column_called_something_else_is_asked_for_by_name() -> None:
    (problem,) = take(b'{"title": "x", "body": "Two people died."}', "x")
    assert isinstance(problem, Problem)
    assert "--columns text=body" in problem.message


def test_rows_of_a_sheet_keep_their_lines() -> None:
    raw = b'id;headline;text\nr1;Two dead;"First ""line"".\n\nSecond; line."\n'
    (doc,) = take(raw, "x.csv")
    assert isinstance(doc, Document)
    assert (doc.id, doc.headline, doc.text) == ("r1", "Two dead", 'First "line".\n\nSecond; line.')


def test_the_line_that_names_the_separator_is_no_row() -> None:
    (doc,) = take(b"sep=|\r\nid|outlet|text\r\nr1|Tide|Two dead.\r\n", "x.csv")
    assert isinstance(doc, Document)
    assert (doc.id, doc.outlet, doc.text) == ("r1", "Tide", "Two dead.")
