"""Word documents (.docx) to `Document`s: paragraphs, headings and quotations of the body, nothing that runs.

An opened ZIP archive in, one `Document` (or a `Problem`) out. Reports are passed round as Word files; the
text in them is XML that is read like any other, without tracked deletions, fields and what is embedded.
"""

from __future__ import annotations

import hashlib
import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ondit.intake.decode import decode, without_bad_references
from ondit.intake.packed import Budget
from ondit.intake.web import Known, take_markup
from ondit.records import Document, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DECLARED = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>|<!DOCTYPE[^>]*>")
_BODY = "word/document.xml"
_MOST = 32 << 20
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_KINDS = {
    "xl/workbook.xml": "a spreadsheet",
    "ppt/presentation.xml": "a presentation",
    "META-INF/container.xml": "an e-book",
    "content.xml": "an OpenDocument file",
}


def office_kind(archive: zipfile.ZipFile) -> str | None:
    """ "writing" for a Word document, in words what another office document is, None for any other
    archive."""
    names = set(archive.namelist())
    if _BODY in names:
        return "writing"
    return next((kind for name, kind in _KINDS.items() if name in names), None)


def take_writing(archive: zipfile.ZipFile, place: str, budget: Budget) -> Iterator[Document | Problem]:
    """The report in a Word document."""
    root = _tree(archive, _BODY, budget)
    if root is None:
        yield Problem("unreadable", place, "this Word document is damaged; save its text as a file")
        return
    markup = "".join(_paragraph(p) for p in root.iter(f"{_W}p"))
    title, who = _properties(archive, budget)
    head = f"<h1>{html.escape(title)}</h1>" if title and title not in html.unescape(markup[:4000]) else ""
    extra = {"authors": [who]} if who else {}
    known = Known({}, "document properties", extra)
    digest = hashlib.sha256(markup.encode("utf-8", "replace")).hexdigest()
    page = f"<html><body><article>{head}{markup}</article></body></html><!-- {digest} -->"
    yield from take_markup(page, place, known)


def _tree(archive: zipfile.ZipFile, name: str, budget: Budget) -> Element | None:
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with archive.open(name) as stream:
            text = decode(stream.read(budget.take(_MOST))).text
        bare = without_bad_references(_DECLARED.sub("", text))
        return etree.fromstring(bare.encode("utf-8", "replace"), parser)
    except (KeyError, OSError, ValueError, zlib.error, EOFError, zipfile.BadZipFile, NotImplementedError):
        return None
    except (RuntimeError, etree.LxmlError):
        return None


def _paragraph(element: Element) -> str:
    text = html.escape(_words(element), quote=False).strip()
    style = next((e.get(f"{_W}val", "") for e in element.iter(f"{_W}pStyle")), "").lower()
    if not text:
        return ""
    if style == "title":
        return f"<h1>{text}</h1>"
    if style.startswith(("heading", "berschrift")):
        return f"<h2>{text}</h2>"
    if "quote" in style:
        return f"<blockquote><p>{text}</p></blockquote>"
    if style == "caption":
        return f"<figure><figcaption>{text}</figcaption></figure>"
    listed = next(element.iter(f"{_W}numPr"), None) is not None
    return f"<ul><li>{text}</li></ul>" if listed else f"<p>{text}</p>"


def _words(element: Element) -> str:
    out = []
    for piece in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if piece.tag == f"{_W}t":
            out.append(piece.text or "")
        else:
            out.append("-" if piece.tag.endswith("Hyphen") else " ")
    return "".join(out)


def _properties(archive: zipfile.ZipFile, budget: Budget) -> tuple[str, str]:
    """Title and author that the document's properties name."""
    root = _tree(archive, "docProps/core.xml", budget) if "docProps/core.xml" in archive.namelist() else None
    if root is None:
        return "", ""
    title, who = (
        "".join(e.text or "" for e in root.iter(f"{_DC}{name}"))[:500] for name in ("title", "creator")
    )
    return title.strip(), who.strip()
