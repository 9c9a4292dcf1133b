"""What an input is, told from its first bytes, and the step that takes it in.

Bytes, files, folders or standard input in; `Document`s and `Problem`s out. An extension is never trusted:
exports are named .txt, downloads are named nothing. What is not read is a Problem that says what it is.
"""

from __future__ import annotations

import io
import json
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Literal

from ondit.errors import InputError
from ondit.intake.decode import decode
from ondit.intake.plain import take_text
from ondit.intake.tables import MOST_BYTES, take_json, take_lines
from ondit.records import Document, Problem, content_id

Format = Literal["lines", "json", "page", "text", "empty", "unsupported"]

_HEAD = 1 << 16
_CHUNK = 1 << 20
_MOST_PAGE_BYTES = 16 << 20
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ", "xz-compressed"),
    (b"(\xb5/\xfd", "zstd-compressed"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"WARC/", "a web archive (WARC)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"\x00\x00\x00\x20ftyp", "a film"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|article|main|section|header|div|span|p|h[1-6]|blockquote"
    r"|figure|table|ul|ol|a|b|i|em|strong|img|br|iframe|center|font|pre|nav|aside|footer|cite|form)\b",
    re.IGNORECASE,
)
_TRACE = re.compile(r'\{\s*"schema_version"\s*:')
_MAIL = re.compile(
    r"(?:From [^\n]{3,200}\n)?(?:[A-Z][\w-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}", re.IGNORECASE
)
_MAIL_FIELD = re.compile(
    r"^(?:MIME-Version|Received|Message-ID|Return-Path|Delivered-To):", re.IGNORECASE | re.MULTILINE
)


def sniff(head: bytes) -> tuple[Format, str]:
    """The format of an input by its first bytes (64 KB suffice), and in words what it is.

    >>> sniff(b'{"text": "Two dead"}'), sniff(b"<p>Two dead</p>")[0], sniff(b"%PDF-1.7")
    (('lines', 'JSON Lines'), 'page', ('unsupported', 'a PDF file'))
    """
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return "unsupported", name
    text = decode(head).text.lstrip("\ufeff \t\r\n\x0b\x0c\0")
    if not text:
        return "empty", "nothing"
    if text[0] in "{[":
        return _json(text)
    if text[0] == "<":
        return _marked_up(text)
    if _MAIL.match(text) and _MAIL_FIELD.search(text[:4000]):
        return "unsupported", "an e-mail message"
    return "text", "plain text"


def _marked_up(text: str) -> tuple[Format, str]:
    tag = _past_prolog(text)
    if _FEED.match(tag):
        return "unsupported", "a feed (RSS or Atom)"
    if _PAGE.match(tag):
        return "page", "a web page"
    if text.startswith("<?xml"):
        return "unsupported", "XML that is not a web page"
    return "text", "plain text"


def _past_prolog(text: str) -> str:
    """The text from its first tag on, past declarations and comments."""
    at = 0
    for start, stop in (
        (found.start(), found.group()) for found in re.finditer(r"<!--|<\?|<(?![!?])|<!(?!--)", text)
    ):
        if start < at:
            continue
        if stop not in ("<!--", "<?"):
            return text[start : start + 200]
        end = text.find("-->" if stop == "<!--" else ">", start)
        at = len(text) if end < 0 else end
    return ""


def _json(text: str) -> tuple[Format, str]:
    if text[0] == "[":
        return ("json", "a JSON array") if re.match(r"\[\s*(?:[{\]]|$)", text) else ("text", "plain text")
    first, *others = text.split("\n", 21)
    if _TRACE.match(text) and others and not _an_object(first):
        return "json", "a trace JSON"
    if any(_an_object(line) for line in (first, *others[:20])):
        return "lines", "JSON Lines"
    if re.match(r'\{\s*(?:"(?:[^"\\]|\\.){0,200}"\s*:|\})', text):
        return ("json", "a JSON object") if others else ("lines", "JSON Lines")
    return "text", "plain text"


def _an_object(line: str) -> bool:
    if not line.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def take(raw: bytes, place: str = "bytes") -> Iterator[Document | Problem]:
    """The reports in some bytes; `place` is what Problems call them. Any bytes give records, no traceback.

    >>> [type(record).__name__ for record in take(b'{"text": "Two dead in fire"}\\n{"text": 2}')]
    ['Document', 'Problem']
    """
    return _unique(_taken(io.BytesIO(raw), place))


def load(inputs: Iterable[str | Path]) -> Iterator[Document | Problem]:
    """The reports in files, folders (all files below, by name) and standard input ("-"), ids unique over all.

    Raises `InputError` where an input does not exist, before anything is read.
    """
    named = [entry if entry == "-" else Path(entry) for entry in inputs]
    for entry in named:
        if isinstance(entry, Path) and not entry.exists():
            raise InputError(f"{entry}: no such file or folder; check the path, or give - for standard input")
    return _unique(record for entry in named for record in _loaded(entry))


def _loaded(entry: Path | str) -> Iterator[Document | Problem]:
    if isinstance(entry, str):
        yield from _taken(sys.stdin.buffer, "-")
    elif entry.is_dir():
        files = sorted(_below(entry))
        if not files:
            yield Problem("empty", str(entry), "there is no file in this folder")
        for file in files:
            yield from _of_file(file)
    else:
        yield from _of_file(entry)


def _below(folder: Path) -> Iterator[Path]:
    """The files in a folder and its folders, without hidden ones; links to folders are not followed."""
    for at, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(at, name) for name in files if not name.startswith("."))


def _of_file(file: Path) -> Iterator[Document | Problem]:
    try:
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode):
            why = "this is a pipe, socket or device, not a file; give - to read from standard input"
            yield Problem("unreadable", str(file), why)
            return
        with file.open("rb") as stream:
            yield from _taken(stream, str(file))
    except OSError as error:
        yield Problem("unreadable", str(file), f"this file could not be read: {error.strerror or error}")


def _taken(stream: BinaryIO, place: str) -> Iterator[Document | Problem]:
    head = stream.read(_HEAD)
    while head and not head.strip() and len(head) < MOST_BYTES and (more := stream.read(_HEAD)):
        head += more
    form, name = sniff(head)
    if form == "lines":
        yield from take_lines(_chunks(head, stream), place)
    elif form == "empty":
        yield Problem("empty", place, "there is nothing in it")
    elif form == "unsupported":
        message = f"this is {name}, which is not read; save its reports as text, HTML or JSON Lines"
        yield Problem("unsupported", place, message)
    else:
        yield from _whole(form, head, stream, place)


def _chunks(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield head
    while chunk := stream.read(_CHUNK):
        yield chunk


def _whole(form: Format, head: bytes, stream: BinaryIO, place: str) -> Iterator[Document | Problem]:
    """What must be read whole, up to a size that no report has."""
    most = _MOST_PAGE_BYTES if form == "page" else MOST_BYTES
    raw = head + stream.read(most + 1 - len(head))
    if len(raw) > most:
        message = f"longer than {most >> 20} MB; split it into reports. Its first part was saved"
        yield Problem("too_long", place, message, saved=decode(raw[:10_000]).text)
    elif form == "json":
        yield from take_json(raw, place)
    elif form == "page":
        from ondit.intake.web import take_page

        yield from take_page(raw, place)
    else:
        yield from take_text(raw, place)


def _unique(records: Iterator[Document | Problem]) -> Iterator[Document | Problem]:
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
