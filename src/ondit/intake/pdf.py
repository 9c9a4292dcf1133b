"""PDF files to `Document`s: the text of their pages as paragraphs (extra `pdf`: pypdfium2).

Bytes in, one `Document` (or a `Problem`) out. A PDF knows lines, no paragraphs: a line that does not fill
its column ends one, running heads are what several pages begin or end with, a word parted at a line's end
is joined again. PDFium is what a browser reads PDF with, one wheel under a free licence; PyMuPDF is AGPL.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ondit.intake.plain import document, stored, too_long, wordless
from ondit.records import Document, Problem

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MOST_PAGES = 500
_EDGE = 3
_FULL = 0.75
_PARTED = re.compile(r"(?<=[^\W\d_])[\ufffe\u00ad\x02]\s*|(?<=[a-z])-\s*\n(?=[a-z])")
_FIGURES = re.compile(r"\d+")
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?")
_STOP = tuple('.!?:…”"’)')


def take_pdf(raw: bytes, place: str, known: Mapping[str, str]) -> Iterator[Document | Problem]:
    """The report in a PDF file. Pages that are pictures have no text, and a Problem says so."""
    try:
        import pypdfium2
    except ImportError:
        yield Problem("unsupported", place, "this is a PDF file; to read it: pip install 'ondit[pdf]'")
        return
    try:
        pdf = pypdfium2.PdfDocument(raw)
    except (pypdfium2.PdfiumError, ValueError, OSError) as error:
        yield Problem("unreadable", place, f"this PDF file could not be opened ({error}); is it encrypted?")
        return
    try:
        pages, faults = _pages(pdf)
        told = _metadata(pdf)
        count = len(pdf)
    finally:
        pdf.close()
    text = stored("\n\n".join(_paragraphs(_without_running_heads(pages))))
    if wordless(text):
        yield Problem(
            "empty", place, "there is no text in this PDF file: pictures of pages must go through OCR first"
        )
        return
    refused = too_long(text, place)
    if refused is not None:
        yield refused
        return
    yield from _report(raw, place, text, told, known, (count, faults))


def _report(
    raw: bytes,
    place: str,
    text: str,
    told: Mapping[str, str],
    known: Mapping[str, str],
    read: tuple[int, int],
) -> Iterator[Document | Problem]:
    fields = {name: told[name] for name in ("published",) if name in told} | dict(known)
    fields.pop("charset", None)
    found = {name: "pdf metadata" for name in ("published",) if name in told}
    extra: dict[str, Any] = {
        "found": found,
        **{n: told[n] for n in ("title", "author", "maker") if n in told},
    }
    extra |= {"fetched": fields.pop("fetched")} if "fetched" in fields else {}
    report = document(text, place, hashlib.sha256(raw).hexdigest(), known=fields, extra=extra)
    count, faults = read
    if count > MOST_PAGES or faults:
        message = f"{faults} of its {count} pages could not be read"
        if count > MOST_PAGES:
            message = f"only {MOST_PAGES} of its {count} pages were read"
        yield Problem("half_read", place, message, document=report.id)
    yield report


def _pages(pdf: PdfDocument) -> tuple[list[list[str]], int]:
    """The lines of each page, and how many pages could not be read."""
    from pypdfium2 import PdfiumError

    out: list[list[str]] = []
    faults = 0
    for number in range(min(len(pdf), MOST_PAGES)):
        try:
            page = pdf[number]
            text = page.get_textpage().get_text_bounded()
        except (PdfiumError, ValueError, OSError, UnicodeError):
            faults += 1
            continue
        joined = _PARTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        out.append([line.strip() for line in joined.split("\n")])
    return out, faults


def _metadata(pdf: PdfDocument) -> dict[str, str]:
    """What the file tells of itself. The day of its making is hardly ever that of publication, so it is
    none of our fields."""
    from pypdfium2 import PdfiumError

    try:
        given = pdf.get_metadata_dict(skip_empty=True)
    except (PdfiumError, ValueError, UnicodeError):
        return {}
    names = (("title", "Title"), ("author", "Author"), ("program", "Producer"))
    out = {ours: given[theirs][:500] for ours, theirs in names if theirs in given}
    date = _DATE.match(given.get("CreationDate", ""))
    if date is not None:
        year, month, day, *clock = date.groups()
        at = f"T{clock[0]}:{clock[1]}:{clock[2]}" if clock[0] else ""
        out["made"] = f"{year}-{month}-{day}{at}"
    return out


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """The pages without lines that stand at the edge of most of them (page figures aside) and that are
    short."""
    if len(pages) < 3:
        return pages
    counts: Counter[str] = Counter()
    for page in pages:
        rows = [line for line in page if line]
        counts.update(
            {_FIGURES.sub("#", line) for line in (*rows[:_EDGE], *rows[-_EDGE:]) if len(line) < 120}
        )
    often = {line for line, count in counts.items() if count * 2 > len(pages)}
    return [_trimmed(page, often) for page in pages]


def _trimmed(page: list[str], often: set[str]) -> list[str]:
    rows = [line for line in page if line]
    edge = {id(line) for line in (*rows[:_EDGE], *rows[-_EDGE:])}
    return [line for line in page if not (id(line) in edge and _FIGURES.sub("#", line) in often)]


def _paragraphs(pages: list[list[str]]) -> Iterator[str]:
    """Lines joined up to one that falls short of its column and ends like a sentence, or stands alone."""
    rows = [line for page in pages for line in page]
    width = sorted(map(len, filter(None, rows)))[int(0.9 * sum(map(bool, rows)))] if any(rows) else 0
    held: list[str] = []
    for line in rows:
        if line:
            held.append(line)
        if held and (not line or (len(line) < _FULL * width and (line.endswith(_STOP) or len(held) == 1))):
            yield " ".join(held)
            held = []
    if held:
        yield " ".join(held)
