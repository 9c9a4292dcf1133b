"""The door: whatever it is, `Document`s and `Problem`s come in through here.

Bytes, files, folders, patterns or standard input in. What holds other inputs (archives, mailboxes, packed
files) is opened and its parts go through the same door, with what their container knows of them, down to
`_DEEPEST` layers and within one `Budget`. What is not read is a Problem that says what it is.
"""

from __future__ import annotations

import io
import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, cast

from ondit.errors import InputError
from ondit.intake.decode import decode
from ondit.intake.furniture import without_furniture
from ondit.intake.packed import Budget, Part, opened_zip, parts_of_zip, start_of, too_much, unpacked
from ondit.intake.plain import take_text
from ondit.intake.sniff import Format, sniff
from ondit.intake.tables import MOST_BYTES, Columns, take_json, take_lines, take_sheet
from ondit.records import Document, Problem, content_id

_HEAD = 1 << 16
_CHUNK = 1 << 20
_DEEPEST = 4
_MOST: Mapping[Format, int] = {
    "text": 24 << 20,
    "page": 64 << 20,
    "feed": 32 << 20,
    "mail": 256 << 20,
    "pdf": 128 << 20,
}
_MOST_SPOOLED = 4 << 30
_PATTERN = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class _Layer:
    """How an input is to be taken in: what its container knows of it, and how deep it lies."""

    columns: Columns
    budget: Budget = field(default_factory=Budget)
    depth: int = 0
    known: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""
    inside: bool = False
    """Whether its bytes came out of something packed, so that they are paid for already."""


def take(
    raw: bytes, place: str = "bytes", columns: Columns | None = None, known: Mapping[str, str] | None = None
) -> Iterator[Document | Problem]:
    """The reports in some bytes; `place` is what Problems call them. Any bytes give records, no traceback.

    `columns` says which column of a table holds what ({"text": "body"}); `known` what a server says of a page
    (url, charset, fetched).

    >>> [type(record).__name__ for record in take(b'{"text": "Two dead in fire"}\\n{"text": 2}')]
    ['Document', 'Problem']
    """
    layer = _Layer(columns or {}, known=dict(known or {}), origin="warc" if known else "")
    return unique(_taken(io.BytesIO(raw), place, layer))


def load(inputs: Iterable[str | Path], columns: Columns | None = None) -> Iterator[Document | Problem]:
    """The reports in files, folders (all files below, by name), patterns ("2031/*.html") and standard input
    ("-"), ids unique over all, and the furniture that an outlet repeats marked as such.

    Raises `InputError` where an input does not exist, before anything is read.
    """
    named = [found for entry in inputs for found in _named(entry)]
    layer = _Layer(columns or {})
    return without_furniture(unique(record for entry in named for record in _loaded(entry, layer)))


def _named(entry: str | Path) -> list[Path | str]:
    if entry == "-":
        return ["-"]
    path = Path(entry)
    try:
        if path.exists():
            return [path]
        pattern = path.relative_to(path.anchor)
        found = sorted(Path(path.anchor).glob(str(pattern))) if _PATTERN.search(str(entry)) else []
    except (OSError, ValueError) as error:
        raise InputError(f"{str(entry)[:300]!r} is no name of a file or folder: {error}") from error
    if not found:
        raise InputError(f"{entry}: no such file or folder; check the path, or give - for standard input")
    return list(found)


def _loaded(entry: Path | str, layer: _Layer) -> Iterator[Document | Problem]:
    if isinstance(entry, str):
        yield from _taken(sys.stdin.buffer, "-", _fresh(layer))
    elif entry.is_dir():
        files = sorted(_below(entry))
        if not files:
            yield Problem("empty", str(entry), "there is no file in this folder")
        for file in files:
            yield from _of_file(file, layer)
    else:
        yield from _of_file(entry, layer)


def _fresh(layer: _Layer) -> _Layer:
    return replace(layer, budget=Budget())


def _below(folder: Path) -> Iterator[Path]:
    """The files in a folder and its folders, without hidden ones; links to folders are not followed."""
    for at, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(at, name) for name in files if not name.startswith("."))


def _of_file(file: Path, layer: _Layer) -> Iterator[Document | Problem]:
    try:
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode):
            why = "this is a pipe, socket or device, not a file; give - to read from standard input"
            yield Problem("unreadable", str(file), why)
            return
        with file.open("rb") as stream:
            yield from _taken(stream, str(file), _fresh(layer))
    except OSError as error:
        yield Problem("unreadable", str(file), f"this file could not be read: {error.strerror or error}")


# ---------------------------------------------------------------------- one input


def _taken(stream: BinaryIO, place: str, layer: _Layer) -> Iterator[Document | Problem]:
    head = _head(stream)
    form, name = sniff(head)
    if form in ("gzip", "bzip2", "xz"):
        yield from _unpacked(form, head, stream, place, layer)
    elif form == "zip":
        yield from _of_zip(head, stream, place, layer)
    elif form == "archive":
        from ondit.intake.archives import parts_of_archive

        yield from _parts(parts_of_archive(_joined(head, stream), place), layer)
    elif form == "lines":
        yield from take_lines(_chunks(head, stream), place, layer.columns)
    elif form == "empty":
        yield Problem("empty", place, "there is nothing in it")
    elif form == "unsupported":
        message = f"this is {name}, which is not read; save its reports as text, HTML or JSON Lines"
        yield Problem("unsupported", place, message)
    else:
        yield from _whole(form, head, stream, place, layer)


def _head(stream: BinaryIO) -> bytes:
    """The first bytes, up to some that are not blank."""
    pieces = [_read(stream, _HEAD)]
    size = len(pieces[0])
    while pieces[-1] and not pieces[-1].strip() and size < MOST_BYTES:
        pieces.append(stream.read(_CHUNK))
        size += len(pieces[-1])
    return b"".join(pieces)


def _read(stream: BinaryIO, size: int) -> bytes:
    """So many bytes, or all there are: pipes give what they have."""
    pieces: list[bytes] = []
    while size > 0 and (piece := stream.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _chunks(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield head
    while chunk := stream.read(_CHUNK):
        yield chunk


class _Joined(io.RawIOBase):
    """A stream with the bytes before it that were read already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        room = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        piece = self._head[: len(room)] or self._stream.read(len(room))
        self._head = self._head[len(room) :]
        room[: len(piece)] = piece
        return len(piece)


def _joined(head: bytes, stream: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Joined(head, stream), 1 << 18))


def _too_deep(place: str) -> Problem:
    message = f"packed inside each other more than {_DEEPEST} times, as no report is; it was not opened"
    return Problem("too_long", place, message)


def _unpacked(
    form: Format, head: bytes, stream: BinaryIO, place: str, layer: _Layer
) -> Iterator[Document | Problem]:
    if layer.depth >= _DEEPEST:
        yield _too_deep(place)
        return
    plain, raw = unpacked(form, _joined(head, stream), layer.budget, pay=not layer.inside)
    if not start_of(form, head):
        yield Problem("unreadable", place, f"this is {sniff(head)[1]}, but nothing in it can be unpacked")
        return
    yield from _taken(plain, place, replace(layer, depth=layer.depth + 1, inside=True))
    while raw.fault is None and not layer.budget.spent and plain.read(1):
        break  # its reader stopped before its end
    if layer.budget.spent:
        yield too_much(place)
    elif raw.fault is not None:
        yield Problem(
            "half_read", place, f"this packed file is damaged ({raw.fault}); what was before was read"
        )


def _of_zip(head: bytes, stream: BinaryIO, place: str, layer: _Layer) -> Iterator[Document | Problem]:
    if layer.depth >= _DEEPEST:
        yield _too_deep(place)
        return
    with tempfile.TemporaryFile() as spooled:
        size = spooled.write(head)
        while chunk := stream.read(_CHUNK):
            size += spooled.write(chunk)
            if size > _MOST_SPOOLED:
                yield Problem(
                    "too_long", place, f"longer than {_MOST_SPOOLED >> 30} GB; unpack it into a folder"
                )
                return
        archive = opened_zip(cast("BinaryIO", spooled))
        if archive is None:
            yield Problem(
                "unreadable", place, "this ZIP archive is damaged or cut off; nothing in it can be read"
            )
            return
        if not layer.inside:
            layer.budget.grow(size)
        inner = replace(layer, depth=layer.depth + 1, inside=True, known={}, origin="")
        with archive:
            yield from _in_zip(archive, place, inner)


def _in_zip(archive: object, place: str, layer: _Layer) -> Iterator[Document | Problem]:
    from zipfile import ZipFile

    from ondit.intake.office import office_kind, take_writing

    if not isinstance(archive, ZipFile):
        return
    kind = office_kind(archive)
    if kind == "writing":
        yield from take_writing(archive, place, layer.budget)
        return
    if kind is not None:
        yield Problem(
            "unsupported", place, f"this is {kind}, which is not read; save its reports as text or CSV"
        )
        return
    count = 0
    for record in _parts(parts_of_zip(archive, place, layer.budget), layer):
        count += 1
        yield record
    if not count:
        yield Problem("empty", place, "there is no file in this archive")


def _parts(parts: Iterator[Part | Problem], layer: _Layer) -> Iterator[Document | Problem]:
    """Each part through the door again; a container in a container costs depth."""
    if layer.depth > _DEEPEST:
        yield from (Problem("too_long", part.place, "nested too deeply") for part in parts)
        return
    for part in parts:
        if isinstance(part, Problem):
            yield part
            continue
        inner = replace(layer, depth=layer.depth + 1, known=part.known, origin=part.origin)
        yield from _taken(part.stream, part.place, inner)


def _whole(
    form: Format, head: bytes, stream: BinaryIO, place: str, layer: _Layer
) -> Iterator[Document | Problem]:
    """What must be read whole, up to a size that no report has."""
    most = _MOST.get(form, MOST_BYTES)
    raw = head + _read(stream, most + 1 - len(head))
    if len(raw) > most:
        message = f"longer than {most >> 20} MB; split it into reports. Its first part was saved"
        yield Problem("too_long", place, message, saved=decode(raw[:10_000]).text)
    elif form == "json":
        yield from take_json(raw, place, layer.columns)
    elif form == "sheet":
        yield from take_sheet(raw, place, layer.columns)
    elif form == "mail":
        from ondit.intake.mail import parts_of_mail

        yield from _parts(parts_of_mail(raw, place), layer)
    elif form == "pdf":
        from ondit.intake.pdf import take_pdf

        yield from take_pdf(raw, place, layer.known)
    elif form in ("page", "feed"):
        yield from _markup(form, raw, place, layer)
    else:
        yield from take_text(raw, place, layer.known, layer.origin)


def _markup(form: Format, raw: bytes, place: str, layer: _Layer) -> Iterator[Document | Problem]:
    from ondit.intake.feeds import take_feed
    from ondit.intake.web import Known, take_page

    taking = take_page if form == "page" else take_feed
    yield from taking(raw, place, Known(layer.known, layer.origin))


def unique(records: Iterator[Document | Problem]) -> Iterator[Document | Problem]:
    """The records with ids made unique: a second report under one id gets an id by its content."""
    seen: dict[str, tuple[str, str]] = {}
    for record in records:
        if isinstance(record, Problem):
            yield record
            continue
        same = _same(record)
        first = seen.setdefault(record.id, (same, record.place))
        if first == (same, record.place):
            yield record
        elif first[0] == same:
            yield Problem("duplicate", record.place, f"the same report as in {first[1]}", document=record.id)
        else:
            yield from _renamed(record, same, first[1], seen)


def _same(doc: Document) -> str:
    return content_id("", doc.outlet, doc.url, doc.headline, doc.published, doc.text)


def _renamed(
    doc: Document, same: str, place: str, seen: dict[str, tuple[str, str]]
) -> Iterator[Document | Problem]:
    new = content_id(doc.id, doc.outlet, doc.url, doc.headline, doc.published, doc.text)
    if new in seen:
        yield Problem("duplicate", doc.place, f"the same report as in {seen[new][1]}", document=new)
        return
    seen[new] = (same, doc.place)
    message = f'the id "{doc.id}" already names another report, in {place}; this one is called {new}'
    yield Problem("duplicate_id", doc.place, message, document=new)
    yield replace(doc, id=new)
