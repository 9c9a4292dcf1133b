"""E-mail to parts: newsletters and forwarded reports (RFC 5322, MIME), mailboxes, pages saved as MHTML.

The bytes of one message or of a mailbox in; a `Part` out for the body (HTML before text: it carries the
links) and for each message or report attached. The standard library reads the mail; what it raises on
broken messages becomes a Problem.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from itertools import islice
from typing import cast

from ondit.intake.packed import Part
from ondit.records import Problem

_MOST_PARTS = 200
_MOST_DEPTH = 8
_BOX = re.compile(rb"(?m)^From [^\n]{3,200}\r?\n(?=[A-Za-z-]{2,40}:)")
_REPORTS = ("text/html", "text/plain", "application/pdf", "application/xhtml+xml")
_FORWARDED = re.compile(r"^\s*(?:(?:fwd?|wg|tr|aw|re)\s*:\s*)+", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def parts_of_mail(raw: bytes, place: str) -> Iterator[Part | Problem]:
    """The bodies and attached reports of a message, or of every message of a mailbox."""
    starts = [found.start() for found in _BOX.finditer(raw)] if raw.startswith(b"From ") else []
    if len(starts) < 2:
        yield from _message(raw[starts[0] if starts else 0 :], place)
        return
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(raw)], strict=True), 1):
        yield from _message(raw[start:end], f"{place}[{number}]")


def _message(raw: bytes, place: str) -> Iterator[Part | Problem]:
    try:
        message = message_from_bytes(raw, policy=policy.default)
        found = list(_parts(message, place, 0))
    except (
        ValueError,
        LookupError,
        AttributeError,
        IndexError,
        TypeError,
        RecursionError,
        KeyError,
    ) as error:
        message_ = f"this e-mail is broken ({type(error).__name__}: {error}); save its text as a file"
        yield Problem("unreadable", place, message_[:400], saved=raw[:2000].decode("utf-8", "replace"))
        return
    if not found:
        yield Problem("empty", place, "there is no text in this e-mail")
    yield from found


def _parts(message: EmailMessage, place: str, depth: int) -> Iterator[Part | Problem]:
    if depth > _MOST_DEPTH:
        yield Problem("too_long", place, f"messages inside each other more than {_MOST_DEPTH} deep")
        return
    saved = _text(message, "Snapshot-Content-Location")
    body = message.get_body(("html", "plain"))
    known = _known(message, saved)
    if body is not None and (piece := _bytes(body)):
        charset = {} if saved else {"charset": body.get_content_charset("") or ""}
        yield Part(io.BytesIO(piece), place, known | charset, "saved page" if saved else "mail header")
    if saved:
        return
    for number, part in enumerate(_attached(message), 1):
        name = (part.get_filename() or part.get_content_type())[:200]
        at = f"{place}[{number}: {name}]"
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner:
                yield from _parts(cast("EmailMessage", inner[0]), at, depth + 1)
        elif part is not body and (part.get_content_type() in _REPORTS or name.lower().endswith(".eml")):
            yield Part(io.BytesIO(_bytes(part)), at, {}, "")


def _attached(message: EmailMessage) -> list[EmailMessage]:
    if not message.is_multipart():
        return []
    return list(islice(message.iter_attachments(), _MOST_PARTS))


def _bytes(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _known(message: EmailMessage, saved: str) -> dict[str, str]:
    """What the header says: who sent it, its subject, when; of a saved page its address alone."""
    if saved:
        return {"url": saved[:4000]}
    subject = _FORWARDED.sub("", _text(message, "Subject"))
    fields = {"outlet": _sender(message), "headline": subject, "published": _when(message)}
    return {name: value for name, value in fields.items() if value}


def _text(message: EmailMessage, name: str) -> str:
    try:
        return _SPACE.sub(" ", str(message.get(name, ""))).strip()[:2000]
    except (ValueError, LookupError, AttributeError, IndexError, TypeError):
        return ""


def _sender(message: EmailMessage) -> str:
    """The name of who sent it, else the host of the address."""
    said = _text(message, "From")
    name, _, address = said.partition("<")
    bare = name.strip(" \"'")
    if bare and "@" not in bare:
        return bare
    return (address or said).rpartition("@")[2].strip("> ")


def _when(message: EmailMessage) -> str:
    try:
        found: datetime | None = getattr(message.get("Date"), "datetime", None)
        return found.isoformat() if found is not None else ""
    except (ValueError, LookupError, AttributeError, IndexError, TypeError, OverflowError):
        return ""
