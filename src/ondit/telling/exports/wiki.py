"""One `cite news` line a report, for editors of Wikipedia, with the reports that it used beside it.

In: finished traces. Out: wikitext. An editor who wants two independent citations sees which lines hang
together. Signs that mean something in wikitext become numeric entities, which MediaWiki shows as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ondit.records import Document, Trace
from ondit.telling.exports.addresses import web_address
from ondit.telling.exports.cited import day_of
from ondit.telling.tree import Shown, shown
from ondit.telling.words import clean, used_how

_SIGNS = re.compile(
    r"[\[\]{}<>|&~_=]|'(?=')|(?<=')'|(?<=:)//|^[*#:;]|(?<=RFC) |(?<=PMID) |(?<=ISBN) ", re.IGNORECASE
)


def export(traces: Sequence[Trace]) -> Mapping[str, bytes]:
    """The lines, in the order in which the reports came out."""
    lines = [line for trace in traces for line in _story(shown(trace))]
    return {"cite-news.txt": "".join(f"{line}\n" for line in lines).encode()}


def harmless(text: str) -> str:
    """
    >>> harmless("[[x]] {{y}} <ref>"), harmless("plain text's fine")
    ('&#91;&#91;x&#93;&#93; &#123;&#123;y&#125;&#125; &#60;ref&#62;', "plain text's fine")
    """
    return _SIGNS.sub(lambda found: "".join(f"&#{ord(sign)};" for sign in found.group()), clean(text))


def _story(at: Shown) -> Iterator[str]:
    for document in sorted(at.trace.documents, key=lambda d: (d.published or "", d.id)):
        yield f"* {_cited(document)}{_used(at, document)}"


def _cited(document: Document) -> str:
    address = web_address(document.url)
    fields = [*_authors(document)]
    fields += [("title", harmless(document.headline))] if document.headline else []
    fields += [("url", _SIGNS.sub(_percent, address))] if address else []
    fields += [("work", harmless(document.outlet))] if document.outlet else []
    agency = next((c.name for c in document.credits if c.kind == "dateline"), None)
    if agency and document.outlet and agency.casefold() != document.outlet.casefold():
        fields.append(("agency", harmless(agency)))
    day = day_of(document.published)
    fields += [("date", day)] if day else []
    fields += [("language", harmless(document.language))] if document.language else []
    return "{{cite news " + " ".join(f"|{name}={value}" for name, value in fields) + "}}"


def _authors(document: Document) -> Iterator[tuple[str, str]]:
    names = dict.fromkeys(c.name for c in document.credits if c.kind == "byline" and c.name.strip())
    for number, name in enumerate(list(names)[:5], 1):
        yield f"author{number if len(names) > 1 else ''}", harmless(name)


def _used(at: Shown, document: Document) -> str:
    """A comment that names the reports it used: what rests on them is no second source."""
    said = [
        f"used {at.report(drv.parent)}: {used_how(drv)}"
        for drv in at.trace.derivations
        if drv.child == document.id
    ]
    said += [
        f"shares text with {at.report(drv.parent if drv.child == document.id else drv.child)}"
        for drv in at.trace.undirected
        if document.id in (drv.child, drv.parent)
    ]
    return f" <!-- {harmless('; '.join(said)).replace('--', '&#45;&#45;')} -->" if said else ""


def _percent(found: re.Match[str]) -> str:
    """In an address nothing that wikitext would read is left; `//` after the scheme is its own."""
    signs = found.group()
    return signs if signs in ("//", "&", "=", "_") else "".join(f"%{ord(sign):02X}" for sign in signs)
