from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.intake import take
from ondit.intake.decode import declared_in, decode
from ondit.records import Document

GERMAN = "Die Behörde schließt alle Liegeplätze. Am Freitag prüfen Taucher das Fahrwasser, hieß es. " * 3


@given(
    st.binary(max_size=200), st.sampled_from([None, "latin-1", "hex", "utf-7", "idna", "x" * 30, "shift_jis"])
)
def test_decoding_never_fails(raw: bytes, declared: str | None) -> None:
    assert decode(raw, declared).text.encode("utf-8") is not None


@given(st.text(st.characters(categories=["L", "P", "Z"])))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode("utf-8")).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_marks(name: str) -> None:
    assert decode(GERMAN.encode(name)) == (GERMAN, None)


def test_a_declared_encoding_is_believed_where_utf_8_fails() -> None:
    assert decode(GERMAN.encode("cp1252"), "ISO-8859-1") == (GERMAN, None)


def test_a_guess_is_called_one() -> None:
    text, doubt = decode(GERMAN.encode("cp1252"))
    assert text == GERMAN
    assert doubt is not None
    assert "not named; read as" in doubt


@pytest.mark.parametrize(
    "text",
    [
        "The mayor, José Peña, said nine had died. “It was sad”, he said.",
        "A fiancée said it’s 20°C – or £5m, ½ of €10m.",
        "Il a été tué à Besançon, où vit le préfet. «C’est triste», a-t-il dit.",
        "La alcaldesa María Núñez: ¿por qué? El niño murió en la región.",
        "Der Bürgermeister sagte, es sei „schön“ und größer.",
    ],
)
def test_undeclared_western_text_is_read_as_windows_1252(text: str) -> None:
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wałęsa powiedział, że to było bardzo smutne dla wszystkich żołnierzy.", "cp1250"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy, řekl policejní mluvčí v Praze.", "cp1250"),
        ("Президент сказал, что это было грустно.", "cp1251"),
        ("Ο πρόεδρος είπε ότι ήταν λυπηρό", "cp1253"),
        ("首相は悲しいと述べた。東京で記者会見", "cp932"),
    ],
)
def test_undeclared_text_that_is_not_western_is_not_made_so(text: str, name: str) -> None:
    assert decode(text.encode(name)).text == text


def test_accents_far_into_a_long_text_are_kept() -> None:
    text = "It rained. " * 3000 + "José said so."
    assert decode(text.encode("cp1252")).text == text


def test_a_few_bad_bytes_do_not_make_utf_8_something_else() -> None:
    text, doubt = decode(GERMAN.encode("utf-8") + b"\xff")
    assert (text, doubt is None) == (GERMAN + "\ufffd", False)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'<meta charset="windows-1251">', "windows-1251"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?>', "iso-8859-1"),
        (b"<p>charset=none", None),
    ],
)
def test_the_declaration_of_a_page(head: bytes, name: str | None) -> None:
    assert declared_in(head) == name


def test_a_file_is_stored_in_nfc_with_plain_line_ends() -> None:
    text = "Cafe\u0301 burns\r\n\r\nNine died.\rTen were hurt."
    (doc,) = take(text.encode("utf-8"))
    assert isinstance(doc, Document)
    assert doc.text == "Caf\u00e9 burns\n\nNine died.\nTen were hurt."
    assert unicodedata.is_normalized("NFC", doc.text)


def test_the_digest_is_that_of_the_bytes() -> None:
    import hashlib

    raw = b"Cafe burns\r\n\r\nNine died."
    assert [doc.digest for doc in take(raw) if isinstance(doc, Document)] == [hashlib.sha256(raw).hexdigest()]
