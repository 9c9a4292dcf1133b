"""Web pages to `Document`s: main text as blocks, metadata, and every credit that the page gives.

Bytes of HTML in, one `Document` (or a `Problem`) out. lxml parses; `layout` finds the text and `harvest` the
credits. The blocks come from the tags first and, where tags say nothing, from the same forms as plain text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ondit.intake.blocks import blocks_of
from ondit.intake.credits import credits_in
from ondit.intake.decode import declared_in, decode
from ondit.intake.harvest import Linked, Placed, address, harvested, host_of, metadata
from ondit.intake.layout import Line, frame, lines
from ondit.intake.plain import document, too_long, wordless
from ondit.records import Block, Document, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_TAGS = 100_000
_BETWEEN = "\n\n"


def take_page(raw: bytes, place: str) -> Iterator[Document | Problem]:
    """The report on a web page. A page nested deeper than the parser goes is read as far as it goes."""
    decoded = decode(raw, declared_in(raw[:4096]))
    if decoded.text.count("<") > MOST_TAGS:
        message = f"more than {MOST_TAGS:,} tags: no report's page has as many. Its first part was saved"
        yield Problem("too_long", place, message, saved=decoded.text[:10_000])
        return
    root, cut = _parsed(decoded.text)
    found = None if root is None else _read(root)
    if root is None or found is None:
        message = (
            "the page's tags nest too deeply to be read" if cut else "there is no running text on this page"
        )
        yield Problem("empty", place, message)
        return
    text, placed, linked = found
    refused = too_long(text, place)
    if refused is not None:
        yield refused
        return
    report = _report(root, text, placed, linked, place, hashlib.sha256(raw).hexdigest())
    if decoded.doubt is not None:
        yield Problem("encoding", place, decoded.doubt, document=report.id)
    if cut:
        yield Problem(
            "half_read",
            place,
            "the page's tags nest too deeply; what lies deeper was lost",
            document=report.id,
        )
    yield report


def _parsed(text: str) -> tuple[Element | None, bool]:
    """The page's tree (None if it holds nothing), and whether the parser gave up on its depth."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    clean = text.replace("\0", "\ufffd").encode("utf-8", "replace")
    try:
        root = document_fromstring(clean, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None, False
    cut = any("depth" in entry.message for entry in parser.error_log)
    return root, cut


def _read(root: Element) -> tuple[str, list[Placed], Linked] | None:
    linked = metadata(root)
    page = frame(root, linked.values.get("headline"))
    placed = _placed(lines(page)) if page is not None else []
    text = _BETWEEN.join(one.line.text for one in placed)
    return None if wordless(text) else (text, placed, linked)


def _placed(found: list[Line]) -> list[Placed]:
    out: list[Placed] = []
    at = 0
    for line in found:
        out.append(Placed(line, at))
        at += len(line.text) + len(_BETWEEN)
    return out


def _report(
    root: Element, text: str, placed: list[Placed], linked: Linked, place: str, digest: str
) -> Document:
    values = dict(linked.values)
    if head := _headline(placed):
        values["headline"], linked.found["headline"] = head, "h1"
    known = tuple(Block(one.line.kind, one.span, one.line.depth) for one in placed)
    layout = blocks_of(text, known, values.get("headline"))
    base = _base(root, values.get("url", ""))
    url = values.get("url")
    values["url"] = (address(base, url) if url else None) or ""
    own = host_of(values["url"])
    found = harvested(placed, credits_in(text, layout), base, own)
    fields = {
        name: values.get(name) or None for name in ("outlet", "url", "headline", "published", "language")
    }
    extra: dict[str, Any] = {"found": dict(sorted(linked.found.items()))}
    if linked.authors:
        extra["authors"] = list(linked.authors)
    if "modified" in values:
        extra["modified"] = values["modified"]
    return document(
        text, place, digest, known=fields, layout=layout, credits=(*linked.credits, *found), extra=extra
    )


def _headline(placed: list[Placed]) -> str | None:
    first = next((one.line for one in placed if one.line.kind == "headline"), None)
    return first.text if first is not None and placed[0].line is first else None


def _base(root: Element, url: str) -> str:
    for element in root.iter("base"):
        return address(url, element.get("href") or "") or url
    return url
