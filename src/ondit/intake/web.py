"""Web pages to `Document`s: main text as blocks, metadata, and every credit that the page gives.

Bytes of HTML in, one `Document` (or a `Problem`) out. lxml parses; `layout` finds the text and `harvest` the
credits. The blocks come from the tags first and, where tags say nothing, from the same forms as plain text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ondit.intake.blocks import blocks_of
from ondit.intake.credits import credits_in
from ondit.intake.decode import declared_in, decode, mended
from ondit.intake.harvest import Linked, Placed, address, harvested, host_of, metadata
from ondit.intake.layout import Line, frame, lines, words_of
from ondit.intake.plain import document, too_long, wordless
from ondit.records import Block, Credit, Document, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_TAGS = 100_000
MOST_BYTES = 16 << 20
_BETWEEN = "\n\n"
_EMBEDDED = re.compile(rb"data:[\w/+.;=-]{0,80};base64,[A-Za-z0-9+/=\s%]{200,}")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a page from outside, and who says so ("warc", "feed", "mail header", ...).

    What a feed, a mail or a saved page says of a report holds against the page's own metadata; an archive
    or a server knows the address alone, and only where the page names none on the same site.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    credits: tuple[Credit, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether it holds against what the page says itself."""
        return self.origin not in ("", "warc", "saved page")


def take_page(raw: bytes, place: str, known: Known | None = None) -> Iterator[Document | Problem]:
    """The report on a web page. A page nested deeper than the parser goes is read as far as it goes."""
    known = known or Known()
    bare = _EMBEDDED.sub(b"data:,", raw) if len(raw) > 1 << 20 else raw
    if len(bare) > MOST_BYTES:
        message = f"longer than {MOST_BYTES >> 20} MB without its pictures. Its first part was saved"
        yield Problem("too_long", place, message, saved=decode(bare[:10_000]).text)
        return
    decoded = decode(bare, known.fields.get("charset") or declared_in(bare[:4096]))
    digest = hashlib.sha256(raw).hexdigest()
    yield from _taken(decoded.text, place, known, digest, decoded.doubt)


def take_markup(markup: str, place: str, known: Known) -> Iterator[Document | Problem]:
    """The same for markup that stood inside something else: an item of a feed."""
    digest = hashlib.sha256(markup.encode("utf-8", "surrogatepass")).hexdigest()
    yield from _taken(markup, place, known, digest, None)


def _taken(
    markup: str, place: str, known: Known, digest: str, doubt: str | None
) -> Iterator[Document | Problem]:
    if markup.count("<") > MOST_TAGS:
        message = f"more than {MOST_TAGS:,} tags: no report's page has as many. Its first part was saved"
        yield Problem("too_long", place, message, saved=markup[:10_000])
        return
    markup, mended_at = mended(markup)
    root, cut = _parsed(markup)
    found = None if root is None else _read(root, known)
    if root is None or found is None:
        message = (
            "the page's tags nest too deeply to be read" if cut else "there is no running text on this page"
        )
        yield Problem("empty", place, message, saved=_said(root, known))
        return
    text, placed, linked = found
    refused = too_long(text, place)
    if refused is not None:
        yield refused
        return
    report = _report(root, text, placed, linked, place, digest, known)
    for why in (doubt, mended_at):
        if why is not None:
            yield Problem("encoding", place, why, document=report.id)
    if cut:
        yield Problem(
            "half_read",
            place,
            "the page's tags nest too deeply; what lies deeper was lost",
            document=report.id,
        )
    yield report


def _said(root: Element | None, known: Known) -> str | None:
    """What a page without running text says all the same: its title and its address."""
    title = "" if root is None else next((words_of(e) for e in root.iter("title")), "")
    said = " ".join(filter(None, (known.fields.get("headline") or title, known.fields.get("url"))))
    return said[:1000] or None


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


def _read(root: Element, known: Known) -> tuple[str, list[Placed], Linked] | None:
    linked = metadata(root, known.fields.get("url", ""))
    for name, value in known.fields.items():
        if name != "charset" and (known.holds or name not in linked.values):
            linked.values[name], linked.found[name] = value, known.origin
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
    root: Element,
    text: str,
    placed: list[Placed],
    linked: Linked,
    place: str,
    digest: str,
    outside: Known,
) -> Document:
    values = dict(linked.values)
    if "headline" not in outside.fields and (head := _headline(placed)):
        values["headline"], linked.found["headline"] = head, "h1"
    rows = tuple(Block(one.line.kind, one.span, one.line.depth) for one in placed)
    layout = blocks_of(text, rows, values.get("headline"))
    base = _base(root, values.get("url", ""))
    url = values.get("url")
    values["url"] = (address(base, url) if url else None) or ""
    if not values.get("outlet") and host_of(values["url"]):
        values["outlet"], linked.found["outlet"] = host_of(values["url"]), "host of url"
    own = host_of(values["url"])
    found = harvested(placed, credits_in(text, layout), base, own)
    fields = {
        name: values.get(name) or None for name in ("outlet", "url", "headline", "published", "language")
    }
    extra: dict[str, Any] = {"found": dict(sorted(linked.found.items())), **outside.extra}
    if linked.authors and "authors" not in extra:
        extra["authors"] = list(linked.authors)
    extra |= {name: values[name] for name in ("modified", "fetched") if name in values}
    named = (*outside.credits, *linked.credits, *found)
    return document(text, place, digest, known=fields, layout=layout, credits=named, extra=extra)


def _headline(placed: list[Placed]) -> str | None:
    first = next((one.line for one in placed if one.line.kind == "headline"), None)
    return first.text if first is not None and placed[0].line is first else None


def _base(root: Element, url: str) -> str:
    for element in root.iter("base"):
        return address(url, element.get("href") or "") or url
    return url
