from __future__ import annotations

import pytest

from ondit.intake.sniff import sniff


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        (b'{"text": "a"}', "lines"),
        (b'\xef\xbb\xbf{"text": "a"}\n', "lines"),
        (b'{broken\n{"text": "a"}\n', "lines"),
        (b'{\n "text": "a"\n}', "json"),
        (b' [\n{"text": "a"}]', "json"),
        (b"[Read full note] and more", "text"),
        (b"{sic} is what he wrote", "text"),
        (b"<!DOCTYPE html><html>", "page"),
        (b'<?xml version="1.0"?><!-- a --><html>', "page"),
        (b"\n <div class=a>", "page"),
        (b"<3 is what he wrote", "text"),
        (b"Two dead in fire", "text"),
        ("Überschrift".encode("utf-16"), "text"),
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b'<?xml version="1.0"?><feed xmlns="x">', "feed"),
        (b"<?xml version='1.0'?><note/>", "unsupported"),
        (b"WARC/1.0\r\n", "archive"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\n\nHello", "mail"),
        (b"From: a@b.example\nSubject: x\nDate: Sun, 01 Mar 2031 10:00:00 +0000\n\nHello", "mail"),
        (b"From: the editor\nTo: all of you\nDate: the first of March\n\nHello", "text"),
    ],
)
def test_formats_are_told_by_content(raw: bytes, form: str) -> None:
    assert sniff(raw)[0] == form


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        (b"id,outlet,text\nr1,Tide,Two dead\n", "sheet"),
        (b"headline;text\nOne;Two\n", "sheet"),
        (b"id|outlet|text\nr1|Tide|Two dead\n", "sheet"),
        (b"sep=;\r\nid;outlet;text\r\nr1;Tide;Two dead\r\n", "sheet"),
        (b"Two dead, three hurt\nin a fire, police said", "text"),
        (b"Text, url and video\nare what you get", "text"),
        (b"Dear all,\nthe text is here", "text"),
    ],
)
def test_a_table_names_a_column_of_ours(raw: bytes, form: str) -> None:
    assert sniff(raw)[0] == form


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        (b"PK\x03\x04", "zip"),
        (b"%PDF-1.7", "pdf"),
        (b"BZh9", "bzip2"),
        (b"<rdf:RDF xmlns=", "feed"),
        (b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", "feed"),
        (b"\x28\xb5\x2f\xfd", "unsupported"),
        (
            b"From a@b.example Tue Mar  4 09:20:00 2031\nFrom: a@b.example\nTo: c\nMessage-ID: <1>\n\nHi",
            "mail",
        ),
        (b"Dear reader: hello\nFrom: us\nTo: you\n\nNothing here is mail", "text"),
    ],
)
def test_containers_are_told_by_their_first_bytes(raw: bytes, form: str) -> None:
    assert sniff(raw)[0] == form
