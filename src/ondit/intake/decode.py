"""Bytes to text: the encoding by mark, by strict UTF-8, by declaration, and only then by guess.

Bytes in; text out, with a note where it was guessed or where bytes were lost, so that a wrong reading can be
told from a wrong report. Windows-1252 is guessed where that makes sense, else charset-normalizer is
asked, with a sample: it is slow and asks for no more.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_SAMPLE = 16_384
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = re.compile(
    r"utf-?8|utf-?16(?:le|be)?|(?:iso|windows|cp|koi8|gb|euc|shift|big5|mac|x-sjis|us-ascii|ascii|latin)[\w-]*",
    re.IGNORECASE,
)
_LATIN = frozenset({"iso8859-1", "ascii", "latin-1"})
_ODD_IN_1252 = re.compile(
    "[^\x00-\x7f\xa0“”‘’„–—…•·¡¿«»£€©®™°§½¼¾ªºßàáâãäåæçèéêëìíîïñòóôõöøœùúûüÿÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜŸ]"
    "|[A-Za-zÀ-ÿ][¡¿«»£€©•„½¼¾][a-zà-ÿ]|[£€][a-zà-ÿ]|[a-zà-ÿ][À-Þ]|[À-ÿ]{3}|[ìòù][a-z]"
)
"""What news in Western languages does not have: letters of others, signs or capitals in words."""
_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,30})|encoding\s*=\s*["']([\w-]{2,30})["']\s*\?>""",
    re.IGNORECASE,
)


class Decoded(NamedTuple):
    """A text, and what is doubtful about it (None: nothing)."""

    text: str
    doubt: str | None = None


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """The text of some bytes; `declared` is the encoding that a page or a server names. Never fails.

    >>> decode("Ärger".encode("utf-8")), decode("Ärger".encode("utf-16"))
    (Decoded(text='Ärger', doubt=None), Decoded(text='Ärger', doubt=None))
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _read(raw[len(mark) :], name)
    wide = _wide(raw)
    if wide is not None:
        return _read(raw, wide)
    try:
        return Decoded(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        nearly = raw.decode("utf-8", "replace")
        lost = nearly.count("\ufffd")
        if _many_bytes(nearly) >= 4 * lost or error.start > len(raw) - 4:
            return Decoded(nearly, f"{lost} stretches of bytes are not UTF-8 and were lost")
    known = _known(declared)
    if known is not None:
        return _read(raw, known)
    return _guessed(raw)


_TWICE = re.compile(
    "(?:[\u00c2-\u00df][{0}]|[\u00e0-\u00ef][{0}]{{2}}|[\u00f0-\u00f4][{0}]{{3}})+".format(
        "".join(re.escape(bytes([b]).decode("cp1252", "ignore") or chr(b)) for b in range(0x80, 0xC0))
    )
)
"""Runs that are UTF-8 if their characters are taken for bytes of Windows-1252."""


def mended(text: str) -> tuple[str, str | None]:
    """The text with "â€œ" made “ again (UTF-8 read as Windows-1252 by somebody before us), and what was done.

    A lone "Ã©" can be meant; a text with several such runs and none that is broken is not.

    >>> mended("â€œItâ€™s overâ€\x9d, he said")[0], mended("naÃ¯ve")[0]
    ('“It’s over”, he said', 'naÃ¯ve')
    """
    if "Ã" not in text and "â€" not in text and "Â" not in text:
        return text, None
    mended_text, count = _TWICE.subn(_once, text)
    if count < 2 or mended_text == text:
        return text, None
    return mended_text, f"{count} stretches were UTF-8 read as Windows-1252 before; they were put right"


def _once(found: re.Match[str]) -> str:
    run = found.group()
    raw = b"".join(c.encode("latin-1") if c < "\u0100" else c.encode("cp1252") for c in run)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return run


_UNSEEN = re.compile(
    "[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
    "|(?<![\u0590-\u0fff])[\u200c\u200d](?![\u0590-\u0fff\ufe0f\u2600-\u27bf\U0001f000-\U0001faff])"
)
"""Characters that nobody sees: soft hyphens, zero widths, marks of direction. They hide words from every
search."""


def seen(text: str) -> str:
    """The text without unseen characters; joiners stay where scripts and emoji need them.

    >>> seen("the har\u00adbour\u200b authority")
    'the harbour authority'
    """
    return text if text.isascii() else _UNSEEN.sub("", text)


_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,9}));?")


def without_bad_references(markup: str) -> str:
    """XML whose references to what is no character ("&#xd800;", "&#0;") are U+FFFD: lxml lets them through.

    >>> without_bad_references("a&#xd800;b&#65;&#0;")
    'a\ufffdb&#65;\ufffd'
    """
    return _REFERENCE.sub(_reference, markup) if "&#" in markup else markup


def _reference(found: re.Match[str]) -> str:
    code = int(found.group(1), 16) if found.group(1) else int(found.group(2))
    bad = 0xD800 <= code < 0xE000 or code > 0x10FFFF or (code < 32 and code not in (9, 10, 13))
    return "\ufffd" if bad else found.group()


def declared_in(head: bytes) -> str | None:
    """The encoding that the start of a page names (`<meta charset>`, XML declaration)."""
    found = _META.search(head[:4096])
    name = (found.group(1) or found.group(2)) if found else None
    return name.decode("ascii", "replace") if name else None


def _read(raw: bytes, name: str) -> Decoded:
    text = raw.decode(name, "replace")
    lost = text.count("\ufffd")
    return Decoded(text, f"{lost} stretches of bytes are not {name} and were lost" if lost else None)


def _known(declared: str | None) -> str | None:
    """A codec for a declared name; ISO 8859-1 means Windows-1252 on the web (WHATWG Encoding Standard)."""
    if declared is None or not _NAMES.fullmatch(declared):
        return None
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return None
    if name.startswith("utf"):
        return None
    return "cp1252" if name in _LATIN else name


def _many_bytes(text: str) -> int:
    return sum(1 for c in text[: 1 << 20] if c > "\x7f" and c != "\ufffd")


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark: nearly every other byte is zero."""
    head = raw[:2000]
    if len(head) < 8 or head.count(0) * 10 < len(head) * 4:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else None


def _guessed(raw: bytes) -> Decoded:
    name = "cp1252" if _western(raw) else _most_likely(raw)
    return Decoded(raw.decode(name, "replace"), f"the encoding is not UTF-8 and not named; read as {name}")


def _western(raw: bytes) -> bool:
    """Whether the bytes make sense as Windows-1252: a few accents are too few for statistics to tell."""
    try:
        return _ODD_IN_1252.search(raw.decode("cp1252")) is None
    except UnicodeDecodeError:
        return False


def _most_likely(raw: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:_SAMPLE], steps=4, chunk_size=512).best()
    return best.encoding if best is not None and best.encoding != "ascii" else "cp1252"
