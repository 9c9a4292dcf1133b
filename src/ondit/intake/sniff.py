"""What an input is, told from its first bytes.

Bytes in, a `Format` out, and in words what it is. An extension is never trusted: exports are named .txt,
downloads are named nothing.
"""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import islice
from typing import Literal

from ondit.intake.decode import decode

Format = Literal[
    "lines", "json", "sheet", "page", "feed", "mail", "archive", "pdf", "zip", "gzip", "bzip2", "xz",
    "text", "empty", "unsupported",
]  # fmt: skip

_READ: tuple[tuple[bytes, Format, str], ...] = (
    (b"%PDF-", "pdf", "a PDF file"),
    (b"\x1f\x8b", "gzip", "gzip-compressed"),
    (b"BZh", "bzip2", "bzip2-compressed"),
    (b"\xfd7zXZ", "xz", "xz-compressed"),
    (b"PK\x03\x04", "zip", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "zip", "an empty ZIP archive"),
    (b"WARC/", "archive", "a web archive (WARC)"),
)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"(\xb5/\xfd", "zstd-compressed"),
    (b"7z\xbc\xaf", "a 7z archive"),
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
_FEED = re.compile(r"<(?:!DOCTYPE\s+)?(?:\w{1,20}:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|article|main|section|header|div|span|p|h[1-6]|blockquote"
    r"|figure|table|ul|ol|a|b|i|em|strong|img|br|iframe|center|font|pre|nav|aside|footer|cite|form)\b",
    re.IGNORECASE,
)
_TRACE = re.compile(r'\{\s*"schema_version"\s*:')
_MAIL = re.compile(
    r"(?:From [^\n]{3,200}\n)?(?:[A-Z][\w-]{1,40}:[^\n]{0,4000}\n(?:[ \t][^\n]{0,4000}\n){0,200}){3,}",
    re.IGNORECASE,
)
_MAIL_FIELD = re.compile(
    r"^(?:MIME-Version|Received|Message-ID|Return-Path|Delivered-To|Snapshot-Content-Location):"
    r"|^Date:[^\n]{10,40}\d:\d\d(?::\d\d)?\s(?:[+-]\d{4}|GMT|UTC?)\b",
    re.IGNORECASE | re.MULTILINE,
)


def sniff(head: bytes) -> tuple[Format, str]:
    """The format of an input by its first bytes (64 KB suffice), and in words what it is.

    >>> sniff(b'{"text": "Two dead"}'), sniff(b"<p>Two dead</p>")[0], sniff(b"%PDF-1.7")
    (('lines', 'JSON Lines'), 'page', ('pdf', 'a PDF file'))
    """
    for mark, form, name in _READ:
        if head.startswith(mark):
            return form, name
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
    unix = text[:20_000].replace("\r\n", "\n")
    if _MAIL.match(unix) and _MAIL_FIELD.search(unix):
        return "mail", "an e-mail message"
    return _sheet(text) or ("text", "plain text")


_COMMAS = ",;\t|"
_SEPARATOR = re.compile(r"\Asep=[,;\t|]\r?\n", re.IGNORECASE)
_COLUMN = re.compile(r"[^\W\d][\w .:/-]{0,39}")


def _sheet(text: str) -> tuple[Format, str] | None:
    """A table whose first line names columns and whose next rows are as wide."""
    text = without_separator(text)
    comma = delimiter(text[:4000].partition("\n")[0])
    if not comma:
        return None
    try:
        found = list(islice(csv.reader(io.StringIO(text[:60_000], newline=""), delimiter=comma), 4))
    except csv.Error:
        return None
    names, *others = ([name.strip().casefold() for name in row] for row in found)
    if not 2 <= len(names) == len(set(names)) <= 200 or not all(map(_COLUMN.fullmatch, names)):
        return None
    whole = others[:-1] or others
    told = len(names) > 2 or "text" in names
    return ("sheet", "a table") if told and all(len(row) in (len(names), 0) for row in whole) else None


def delimiter(line: str) -> str:
    """What parts the columns of a table's first line; "" if it is none."""
    return max(_COMMAS, key=line.count) if any(mark in line for mark in _COMMAS) else ""


def without_separator(text: str) -> str:
    """A table without the line "sep=;" by which some programs say what parts its columns."""
    return _SEPARATOR.sub("", text, count=1)


def _marked_up(text: str) -> tuple[Format, str]:
    tag = _past_prolog(text)
    if _FEED.match(tag):
        return "feed", "a feed (RSS or Atom)"
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
