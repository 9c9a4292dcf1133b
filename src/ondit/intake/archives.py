"""Web archives (WARC 1.0 and 1.1, ISO 28500): the pages in them as parts, and pages written as one.

A stream of plain WARC bytes in, one `Part` a page out; pictures, scripts, requests and failed answers are
passed over. Read by our own few lines: the standard library reads faster than is needed (the figures stand
in docs/explanation/intake.md), holds one record at a time, and cannot crash on what hostile bytes make of
it.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from ondit.intake.packed import Part
from ondit.records import Problem

MOST_BYTES = 16 << 20
_MOST_LINE = 1 << 16
_MOST_LINES = 500
_SKIP = 1 << 20
_KINDS = frozenset({"response", "resource", "conversion"})
_READ = re.compile(r"html|rss|atom|feed\+json|(?:text|application)/xml|text/plain|application/pdf")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)


class _EndedError(Exception):
    """The stream ended inside a record."""


Fields = dict[str, str]
"""Header fields by their name in small letters; of several with one name, the first."""


def parts_of_archive(stream: BinaryIO, place: str) -> Iterator[Part | Problem]:
    """The pages of an archive in order; where it is cut off, those before, and a Problem."""
    number = parts = 0
    try:
        while (fields := _next_record(stream)) is not None:
            number += 1
            if isinstance(fields, int):
                message = f"{fields:,} bytes that are no record were passed over"
                yield Problem("half_read", f"{place}#{number}", message)
                continue
            size = _length(fields)
            if size is None:
                message = "this record does not say how long it is; it was passed over"
                yield Problem("half_read", f"{place}#{number}", message)
                continue
            for part in _part(stream, fields, size, f"{place}#{number}"):
                parts += 1
                yield part
    except _EndedError:
        message = f"the archive ends inside its record {number}; the records before were read"
        yield Problem("half_read", f"{place}#{number}", message)
    if not parts:
        message = (
            f"there is no page in this archive of {number:,} records"
            if number
            else "there is no record in it"
        )
        yield Problem("empty", place, message)


def _next_record(stream: BinaryIO) -> Fields | int | None:
    """The header of the next record; the number of bytes of other things before it; None at the end."""
    strange = 0
    while line := stream.readline(_MOST_LINE):
        if line.startswith(b"WARC/"):
            return _fields(stream)
        strange += len(line.strip())
        if strange > _SKIP:
            return strange
    return strange or None


def _fields(stream: BinaryIO) -> Fields:
    out: Fields = {}
    for _ in range(_MOST_LINES):
        line = stream.readline(_MOST_LINE)
        if not line:
            raise _EndedError
        if line in (b"\r\n", b"\n"):
            break
        name, colon, value = line.partition(b":")
        if colon:
            key = name.strip().lower().decode("latin-1")
            out.setdefault(key, value.strip().decode("utf-8", "replace"))
    return out


def _length(fields: Mapping[str, str]) -> int | None:
    figures = fields.get("content-length", "")
    return int(figures) if figures.isdecimal() and len(figures) < 16 else None


def _part(stream: BinaryIO, fields: Fields, size: int, place: str) -> Iterator[Part | Problem]:
    url = fields.get("warc-target-uri", "").strip("<>")[:4000]
    over_http = fields.get("content-type", "").lower().startswith("application/http")
    if fields.get("warc-type", "").lower() not in _KINDS or size == 0:
        _pass_over(stream, size)
        return
    answer = _Answer(200, fields, 0)
    if over_http:
        if not url.lower().startswith("http"):
            _pass_over(stream, size)
            return
        answer = _answer(stream, size)
    left = size - answer.size
    kind = answer.fields.get("content-type", "").lower()
    if answer.status != 200 or (kind and not _READ.search(kind)):
        _pass_over(stream, left)
        return
    at = f"{place} {url}".strip()
    body = stream.read(min(left, MOST_BYTES))
    _pass_over(stream, left - len(body))
    if left > MOST_BYTES:
        message = f"longer than {MOST_BYTES >> 20} MB, as no report's page is; it was passed over"
        yield Problem("too_long", at, message)
        return
    plain = _plain(body, answer.fields) if over_http else body
    if plain is None:
        yield Problem("unsupported", at, f"its encoding {answer.fields['content-encoding'][:40]} is not read")
        return
    yield Part(io.BytesIO(plain), at, _known(fields, url, kind), "warc")


def _known(fields: Mapping[str, str], url: str, kind: str) -> dict[str, str]:
    charset = _CHARSET.search(kind)
    known = {"url": url, "fetched": fields.get("warc-date", "")[:40]}
    return {k: v for k, v in (known | {"charset": charset.group(1) if charset else ""}).items() if v}


def _pass_over(stream: BinaryIO, size: int) -> None:
    while size > 0:
        piece = stream.read(min(size, _SKIP))
        if not piece:
            raise _EndedError
        size -= len(piece)


class _Answer(NamedTuple):
    """A server's answer: its status, its header fields, and how many bytes these took."""

    status: int
    fields: Fields
    size: int


def _answer(stream: BinaryIO, most: int) -> _Answer:
    """The head of an HTTP answer inside a record of `most` bytes."""
    read = 0
    out: Fields = {}
    status = 0
    for number in range(_MOST_LINES):
        line = stream.readline(min(_MOST_LINE, most - read))
        if not line and read < most:
            raise _EndedError
        read += len(line)
        if number == 0:
            words = line.split(None, 2)
            status = int(words[1]) if len(words) > 1 and words[1].isdigit() and len(words[1]) == 3 else 0
        elif line in (b"\r\n", b"\n", b""):
            break
        else:
            name, _, value = line.partition(b":")
            out.setdefault(name.strip().lower().decode("latin-1"), value.strip().decode("latin-1"))
    return _Answer(status, out, read)


def _plain(body: bytes, fields: Mapping[str, str]) -> bytes | None:
    """The page without chunks and packing; as it is where it has been unpacked already."""
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = joined_chunks(body)
    packed = fields.get("content-encoding", "").lower().strip()
    if packed in ("", "identity", "none"):
        return body
    if packed in ("gzip", "x-gzip", "deflate"):
        return inflated(body, MOST_BYTES)
    return None if body[:200].lstrip()[:1] not in (b"<", b"{") else body


def joined_chunks(body: bytes) -> bytes:
    """The body of a chunked answer; as it is where it has been joined already.

    >>> joined_chunks(b"3\\r\\nTwo\\r\\n5;x=y\\r\\n dead\\r\\n0\\r\\n\\r\\n"), joined_chunks(b"<p>Two dead")
    (b'Two dead', b'<p>Two dead')
    """
    out: list[bytes] = []
    at = 0
    while at < len(body):
        end = body.find(b"\r\n", at, at + 100)
        figures = body[at:end].split(b";")[0].strip() if end > 0 else b""
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", figures):
            return b"".join(out) if out else body
        size = int(figures, 16)
        if size == 0:
            break
        out.append(body[end + 2 : end + 2 + size])
        at = end + 4 + size
    return b"".join(out)


def inflated(body: bytes, most: int) -> bytes:
    """A gzip or deflate body, at most `most` bytes of it; as it is where it has been unpacked already."""
    for bits in (47, -15):
        try:
            return zlib.decompressobj(bits).decompress(body, most)
        except zlib.error:
            continue
    return body


# ------------------------------------------------------------------------ writing


def record_of(url: str, when: str, head: bytes, body: bytes) -> bytes:
    """An answer as a WARC record: the page as it came, when, and what the server said about it.

    `when` is UTC in ISO 8601, `head` the lines of the answer's head. Same answer, same record.
    """
    head = re.sub(rb"(?im)^(?:transfer-encoding|content-encoding|content-length):[^\n]*\n", b"", head)
    block = head.rstrip(b"\r\n") + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    ident = uuid5(NAMESPACE_URL, f"{url} {when}")
    fields = (
        "WARC/1.1",
        "WARC-Type: response",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {when}",
        f"WARC-Record-ID: <urn:uuid:{ident}>",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block)}",
    )
    return "\r\n".join(fields).encode("utf-8", "replace") + b"\r\n\r\n" + block + b"\r\n\r\n"
