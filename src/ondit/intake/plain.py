"""Plain text to a `Document`: blocks and credits by form, an id by content.

A text as it shall be stored in, and what is known of the report; a `Document` out. `stored` makes a file's
text fit to store (NFC, LF); the text of a table's row is stored as it was given, because its owner counts
offsets in it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from ondit.intake.blocks import blocks
from ondit.intake.credits import credits_in
from ondit.intake.decode import decode, mended, seen
from ondit.intake.harvest import host_of
from ondit.records import Block, Credit, Document, Problem, content_id

MOST_CHARACTERS = 5_000_000
MOST_LINES = 50_000
_SAVED = 10_000


def stored(text: str) -> str:
    """A file's text as it is kept: NFC, line ends LF, no unseen characters, NUL as U+FFFD.

    All this is done before anything is counted, so offsets are true to the stored text.
    """
    text = seen(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd"))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def too_long(text: str, place: str) -> Problem | None:
    """A text that no report is as long as; the Problem keeps its first 10,000 characters."""
    if len(text) <= MOST_CHARACTERS and text.count("\n") <= MOST_LINES:
        return None
    size = f"{len(text):,} characters in {text.count(chr(10)) + 1:,} lines"
    limit = f"{MOST_CHARACTERS:,} characters or {MOST_LINES:,} lines"
    message = f"{size}: no report is longer than {limit}; split it into reports. Its first part was saved"
    return Problem("too_long", place, message, saved=text[:_SAVED])


def wordless(text: str) -> bool:
    """Nothing in the text could be read: not one letter or figure."""
    return not any(c.isalnum() for c in text)


def document(
    text: str,
    place: str,
    digest: str,
    *,
    known: Mapping[str, str | None] | None = None,
    layout: tuple[Block, ...] | None = None,
    credits: tuple[Credit, ...] | None = None,
    extra: dict[str, Any] | None = None,
) -> Document:
    """A document of this text. `known` holds what is known of id, outlet, url, headline, published, language.

    Layout and credits are read from the text's form where they are not given; a headline that nobody
    names is the text's own.
    """
    fields = dict(known or {})
    headline = fields.get("headline")
    layout = blocks(text, headline) if layout is None else layout
    if headline is None:
        headline = next((text[b.span.start : b.span.end] for b in layout if b.kind == "headline"), None)
    outlet, url, published = fields.get("outlet"), fields.get("url"), fields.get("published")
    return Document(
        id=fields.get("id") or content_id("doc", outlet, url, published, text),
        text=text,
        outlet=outlet,
        url=url,
        headline=headline,
        published=published,
        language=fields.get("language"),
        blocks=layout,
        credits=credits_in(text, layout) if credits is None else credits,
        digest=digest,
        place=place,
        extra=extra or {},
    )


def take_text(
    raw: bytes, place: str, fields: Mapping[str, str] | None = None, origin: str = ""
) -> Iterator[Document | Problem]:
    """The report in a file of plain text; `fields` are what its container knows of it, by `origin`."""
    known = dict(fields or {})
    decoded = decode(raw, known.pop("charset", None))
    right, doubt = mended(decoded.text)
    text = stored(right)
    refused = too_long(text, place) or _refused(text, place)
    if refused is not None:
        yield refused
        return
    fetched = {"fetched": known.pop("fetched")} if "fetched" in known else {}
    found = dict.fromkeys(sorted(known), origin)
    if "outlet" not in known and (host := host_of(known.get("url"))):
        known["outlet"], found["outlet"] = host, "host of url"
    extra = {"found": found, **fetched} if known else fetched
    digest = hashlib.sha256(raw).hexdigest()
    report = document(text, place, digest, known=known, extra=extra)
    for why in (decoded.doubt, doubt):
        if why is not None:
            yield Problem("encoding", place, why, document=report.id)
    yield report


def _refused(text: str, place: str) -> Problem | None:
    sample = text[:20_000]
    odd = sum(
        1
        for c in sample
        if c == "\ufffd" or (c < " " and c not in "\t\n\x0b\x0c\x1b") or "\x7f" <= c < "\xa0"
    )
    if odd * 50 > len(sample):
        return Problem("binary", place, "this is not text; save the report as text, HTML or JSON Lines")
    if wordless(text):
        return Problem("empty", place, "there is no text in it")
    return None
