"""Mutations of an input: the same seed and number give the same bytes on every machine.

Bytes in, bytes out. Blind changes of bytes alone rarely get past a parser's first check, so half of the
changes are the format's own words (`WORDS`), stretches of other inputs, and repetition, which is what
makes parsers slow.
"""

from __future__ import annotations

import random

WORDS: tuple[bytes, ...] = (
    b"<", b">", b"</", b"/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<p>", b"</p>", b"<div>",
    b"<blockquote cite=", b"<table><tr><td>", b"<script>", b"<h1>", b"<a href='", b"<cite>", b"&",
    b"&amp;", b"&#0;", b"&#xd800;", b"&nbsp;", b"<!DOCTYPE x [<!ENTITY a '", b"<item>", b"<entry>",
    b"<source url='", b"xmlns='", b"<?xml", b"?>", b'"', b"\\", b"\\u0000", b"\\ud800", b"{", b"}", b"[",
    b"]", b":", b",", b"null", b"1e999", b'"text":', b'"items":', b"\0", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\xed\xa0\x80", b"\xc3\xa2\xe2\x82\xac", b"\xc2\xad", b"\xe2\x80\x8b", b"\xcc\x81", b"\r\n", b"\n",
    b"\r\n\r\n", b"\n\n", b" ", b"\t", b"\xe2\x80\xa8", b"WARC/1.0\r\n", b"Content-Length: ",
    b"Content-Length: 99999999999\r\n", b"-1", b"HTTP/1.1 200 OK\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n", b"0\r\n\r\n", b"ffffffff\r\n", b"From: ", b"From a@b Tue\n",
    b"MIME-Version: 1.0\n", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n",
    b"Content-Transfer-Encoding: base64\n\n", b"=?utf-8?q?=00?=",
    b"Content-Type: text/html; charset=utf-7\n", b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06",
    b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0", b"%PDF-1.7\n", b"1 0 obj\n", b"endobj\n", b"stream\n",
    b"endstream\n", b"/Kids[1 0 R]", b"/Count 999999999", b"/Length 999999999", b"trailer",
    b"startxref\n0\n", b"xref\n0 9999999\n", b"/Filter/FlateDecode", b" 0 R", b"(Reporting by ",
    b"; Editing by ", b"By ", b"(c) ", b" (Reuters) - ", b"The Guardian:\n", b"> ", b"- ", b"1. ",
    b"Photo: ", b"[/caption]", b"___", b"h/t ", b"first appeared on ", b"\xe2\x80\x9c", b"''",
    b"a" * 300, b"(" * 100,
)  # fmt: skip


def mutated(raw: bytes, others: list[bytes], seed: str) -> bytes:
    """An input changed in one to eight places; `others` are what stretches may be taken from."""
    chance = random.Random(seed)
    changed = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        _change(changed, others, chance)
    return bytes(changed[: 4 << 20])


def _change(raw: bytearray, others: list[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(raw) + 1)
    end = min(len(raw), at + chance.choice((1, 1, 4, 16, 64, 400)))
    what = chance.randrange(9)
    if what == 0 and at < len(raw):
        raw[at] ^= 1 << chance.randrange(8)
    elif what == 1:
        raw[at:end] = chance.randbytes(chance.choice((1, 2, 8)))
    elif what == 2:
        del raw[at:end]
    elif what == 3:
        raw[at:end] = raw[at:end] * (chance.choice((2, 3, 10)) if chance.randrange(30) else 1000)
    elif what == 4:
        raw[at:at] = chance.choice(WORDS) * (chance.choice((1, 1, 2, 20)) if chance.randrange(30) else 2000)
    elif what == 5:
        raw[at:end] = chance.choice(WORDS)
    elif what == 6:
        other = chance.choice(others)
        start = chance.randrange(len(other))
        raw[at:end] = other[start : start + chance.choice((4, 40, 400))]
    elif what == 7:
        del raw[at:]
    else:
        figures = str(chance.choice((0, -1, 255, 65536, 1 << 31, 1 << 63))).encode()
        raw[at : at + len(figures)] = figures
