"""Tables of reports: JSON Lines, a JSON array, one JSON object, or CSV, to `Document`s.

Rows in (id, outlet, url, headline, published, text; only text is needed), one `Document` or `Problem` a row
out; `Columns` says where they are called something else. A bad row loses itself only. The text is stored
exactly as given, since its owner points into it; only lone surrogates, which no file can hold, become
U+FFFD one for one.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ondit.intake.decode import decode
from ondit.intake.feeds import is_json_feed, take_json_feed
from ondit.intake.plain import document, too_long, wordless
from ondit.intake.sniff import delimiter, without_separator
from ondit.records import Document, Problem
from ondit.text.offsets import without_surrogates

MOST_BYTES = 64 << 20
Columns = Mapping[str, str]
"""What a table calls our columns: {"text": "body", "outlet": "source.name"}; a dot leads into an object."""

COLUMNS = ("id", "outlet", "url", "headline", "published", "language", "text")
_COLUMNS = ("id", "outlet", "url", "headline", "published", "language")
_DEEPEST = 64
_LONGEST_FIELD = 4_000
_SAVED = 200
_SPACE = re.compile(r"[\s,\ufeff]*")
_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")


class Row(NamedTuple):
    """One line of a file: its number from 1, its bytes without the line end, and whether it was cut."""

    number: int
    raw: bytes
    cut: bool = False


def rows(chunks: Iterable[bytes], most: int = MOST_BYTES) -> Iterator[Row]:
    """The lines of a stream that are not blank; a line longer than `most` is cut, its rest dropped.

    >>> [row[:2] for row in rows([b"a\\nb", b"c\\n\\nd"])]
    [(1, b'a'), (2, b'bc'), (4, b'd')]
    """
    held: list[bytes] = []
    size = 0
    number = 1
    for chunk in chunks:
        for at, piece in enumerate(chunk.split(b"\n")):
            if at:
                yield from _row(number, held, size > most)
                held, size, number = [], 0, number + 1
            if size <= most:
                held.append(piece[: most + 1 - size])
            size += len(piece)
    yield from _row(number, held, size > most)


def _row(number: int, held: list[bytes], cut: bool) -> Iterator[Row]:
    raw = b"".join(held).strip(b"\r \t\x0b\x0c")
    if raw:
        yield Row(number, raw, cut)


def take_lines(chunks: Iterable[bytes], place: str, columns: Columns) -> Iterator[Document | Problem]:
    """The reports of a JSON Lines stream, row by row; memory holds one row. Traces are told of once."""
    for row in rows(chunks):
        at = f"{place}:{row.number}"
        if row.cut:
            yield _long_row(row.raw, at)
            continue
        decoded = decode(row.raw)
        text = decoded.text.removeprefix("\ufeff")
        value = _parsed(text, at)
        if _a_trace(value):
            yield _trace_given(place)
            return
        if is_json_feed(value):
            yield from take_json_feed(value, at)
            continue
        if (name := _rows_in(value, columns)) is not None:
            yield from _inner_rows(value[name], f"{at}.{name}", columns)
            continue
        yield from (value,) if isinstance(value, Problem) else _report(value, at, row.raw, text, columns)


def take_sheet(raw: bytes, place: str, columns: Columns) -> Iterator[Document | Problem]:
    """The reports of a CSV table (comma, semicolon, tab or bar; RFC 4180 quoting), a row each."""
    text = without_separator(decode(raw).text.removeprefix("\ufeff").replace("\0", "\ufffd"))
    first = text.partition("\n")[0]
    csv.field_size_limit(MOST_BYTES)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter(first) or ",", strict=False)
    reader.fieldnames = [name.strip().casefold() for name in reader.fieldnames or []]
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            value = {name: field for name, field in row.items() if isinstance(name, str) and field}
            source = ",".join(value.values())
            yield from _report(
                value, f"{place}:{number + 1}", source.encode("utf-8", "replace"), source, columns
            )
    except csv.Error as error:
        yield Problem(
            "bad_row", f"{place}:{number + 2}", f"this row is not CSV ({error}); nothing after it was read"
        )
    if not number:
        yield Problem("empty", place, "there is no row in this table")


def take_json(raw: bytes, place: str, columns: Columns) -> Iterator[Document | Problem]:
    """The reports of a JSON array, of one object, or of objects one after the other."""
    text = decode(raw).text
    reader = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite, parse_int=_integer)
    at = _SPACE.match(text).end()  # type: ignore[union-attr]
    listed = text[at : at + 1] == "["
    at += listed
    number = 0
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        if at >= len(text) or (listed and text[at] == "]"):
            break
        number += 1
        where = f"{place}[{number}]" if listed else place
        try:
            value, end = reader.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield Problem(
                "bad_json", where, f"not JSON from here on: {_why(error)}", saved=text[at : at + _SAVED]
            )
            return
        if _a_trace(value):
            yield _trace_given(place)
            return
        piece = text[at:end]
        if is_json_feed(value):
            yield from take_json_feed(value, where)
        elif (name := _rows_in(value, columns)) is not None:
            yield from _inner_rows(value[name], f"{where}.{name}", columns)
        else:
            yield from _report(value, where, piece.encode("utf-8", "replace"), piece, columns)
        at = end
    if not number:
        yield Problem("empty", place, "there is no report in this JSON")


def _rows_in(value: Any, columns: Columns) -> str | None:
    """The one list of objects in an object that is no report itself: answers of news services, exports of
    chats."""
    if not isinstance(value, dict) or _reached(value, columns.get("text", "text")) is not None:
        return None
    lists = [name for name, field in value.items() if isinstance(field, list) and len(field) > 0]
    rows = [name for name in lists if all(isinstance(row, dict) for row in value[name])]
    return rows[0] if len(rows) == 1 else None


def _inner_rows(rows: list[Any], place: str, columns: Columns) -> Iterator[Document | Problem]:
    for number, row in enumerate(rows, 1):
        source = json.dumps(row, ensure_ascii=True)
        yield from _report(row, f"{place}[{number}]", source.encode(), source, columns)


def _joined(text: Any) -> Any:
    """A text in pieces, as chats export it ("text": ["See ", {"type": "link", "text": "..."}]), as one."""
    if not isinstance(text, list) or not any(isinstance(piece, dict) for piece in text):
        return text
    pieces = [piece.get("text") if isinstance(piece, dict) else piece for piece in text]
    words = [piece for piece in pieces if isinstance(piece, str)]
    return "".join(words) if len(words) == len(pieces) else text


def _a_trace(value: Any) -> bool:
    """Whether Ondit made this: nothing else in it is a report."""
    return isinstance(value, dict) and "text" not in value and value.keys() >= {"schema_version", "claims"}


def _trace_given(place: str) -> Problem:
    return Problem("unsupported", place, "this is a trace, not reports; use `ondit claims` to look into it")


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _finite(figures: str) -> float:
    number = float(figures)
    if math.isinf(number):
        raise ValueError(f"{figures} is too large for a number")
    return number


def _integer(figures: str) -> int | str:
    """A whole number; one that no other JSON reader could hold (64 bits) stays as its figures."""
    return int(figures) if len(figures) <= 18 else figures


def _why(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant, parse_float=_finite, parse_int=_integer)
    except (ValueError, RecursionError) as error:
        return Problem("bad_json", place, f"this row is not JSON: {_why(error)}", saved=text[:_SAVED])


def _long_row(raw: bytes, place: str) -> Problem:
    message = (
        f"this row is longer than {MOST_BYTES >> 20} MB; split it into reports. Its first part was saved"
    )
    return Problem("too_long", place, message, saved=decode(raw[:_LONGEST_FIELD]).text)


def _report(
    value: Any, place: str, raw: bytes, source: str, columns: Columns
) -> Iterator[Document | Problem]:
    """A parsed row as a document, with a Problem before it for every field that could not be used."""
    if not isinstance(value, dict):
        yield Problem(
            "bad_row", place, f"a row must be a JSON object, not {_kind(value)}", saved=source[:_SAVED]
        )
        return
    if source.count("[") + source.count("{") > _DEEPEST and _depth(value) > _DEEPEST:
        yield Problem(
            "bad_row", place, f"the row is nested deeper than {_DEEPEST} levels", saved=source[:_SAVED]
        )
        return
    if _ESCAPED.search(source):
        value = _clean(value)
    value = _renamed(value, columns)
    text = _joined(value.pop("text", None))
    refused = _no_text(text, place, value)
    if refused is not None:
        yield refused
        return
    known, faults = _fields(value, place)
    report = document(text, place, hashlib.sha256(raw).hexdigest(), known=known, extra=value)
    for fault in faults:
        yield Problem("bad_field", place, fault, document=report.id)
    yield report


def _renamed(value: dict[str, Any], columns: Columns) -> dict[str, Any]:
    """The row under our names; what a dot leads to is copied, and a column of ours that is there makes
    way."""
    if not columns:
        return value
    found = {ours: _reached(value, theirs) for ours, theirs in columns.items()}
    moved = {theirs for theirs in columns.values() if theirs in value}
    kept = {name: field for name, field in value.items() if name not in moved and name not in found}
    return kept | {ours: field for ours, field in found.items() if field is not None}


def _reached(value: Any, path: str) -> Any:
    if isinstance(value, dict) and path in value:
        return value[path]
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _no_text(text: Any, place: str, row: Mapping[str, Any]) -> Problem | None:
    if text is None:
        longest = max(
            (n for n, v in row.items() if isinstance(v, str)), key=lambda n: len(row[n]), default=None
        )
        advice = f"--columns text={longest}" if longest else "--columns text=NAME"
        why = f'the row has no "text"; say which column holds the report\'s words ({advice[:200]})'
        return Problem("no_text", place, why, saved=str(dict(row))[:_SAVED])
    if not isinstance(text, str):
        return Problem(
            "bad_field", place, f'"text" must be a string, not {_kind(text)}', saved=str(text)[:_SAVED]
        )
    if wordless(text):
        return Problem("empty", place, '"text" holds no word')
    return too_long(text, place)


def _fields(value: dict[str, Any], place: str) -> tuple[dict[str, str | None], list[str]]:
    """The known columns, taken out of `value`; what cannot be used stays there, with a word why."""
    known: dict[str, str | None] = {}
    faults: list[str] = []
    for name in _COLUMNS:
        given = value.get(name)
        if name == "id" and isinstance(given, int) and not isinstance(given, bool):
            given = str(given)
        if given is None or (isinstance(given, str) and not given.strip()):
            value.pop(name, None)
        elif not isinstance(given, str):
            faults.append(f'"{name}" must be a string, not {_kind(given)}; it was left aside')
        elif len(given) > _LONGEST_FIELD:
            faults.append(f'"{name}" is longer than {_LONGEST_FIELD:,} characters; it was left aside')
        else:
            known[name] = given
            del value[name]
    return known, faults


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _depth(value: Any) -> int:
    """How deep a value nests, counted without recursion."""
    deepest = 0
    todo = [(value, 1)]
    while todo:
        item, depth = todo.pop()
        deepest = max(deepest, depth)
        inner = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
        todo.extend((each, depth + 1) for each in inner)
    return deepest


def _clean(value: Any) -> Any:
    """Every string without lone surrogates; depth is bounded by the caller."""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {without_surrogates(key): _clean(item) for key, item in value.items()}
    return value
