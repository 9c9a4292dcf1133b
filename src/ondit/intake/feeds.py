"""Feeds to `Document`s: RSS 0.9x to 2.0 and RDF, Atom 0.3 and 1.0, JSON Feed 1.

The bytes of a feed in, one `Document` an item out, read as a small page, so that a credit inside it is
harvested like on any page; what the item itself credits (`<source>`, `media:credit`, `external_url`, `via`
links) is kept beside it. Our own reader over lxml: feedparser reads no JSON Feed and cleans markup that
carries credits, quicker ones drop the credits.
"""

from __future__ import annotations

import hashlib
import html
import html.entities
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from ondit.intake.decode import declared_in, decode, seen, without_bad_references
from ondit.intake.harvest import address, host_of, same_site
from ondit.intake.plain import document, stored
from ondit.intake.web import Known, take_markup
from ondit.records import Block, Credit, Document, Problem, Span

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_ITEMS = 5_000
_LONGEST = 2_000
_CORE = re.compile(
    r"http://(?:purl\.org/(?:rss/1\.0/|atom/ns#)|www\.w3\.org/2005/Atom|\w+\.netscape\.com/\S*|backend\.userland\.com/\S*)"
)
_SPACES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dc",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
}
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,1000}(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_HEAD = 20_000
"""Characters in which a document type is sought."""
_DECLARED = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_TAGS = re.compile(r"<[^<>]{1,1000}>")
_BLOCK = re.compile(
    r"<(?:p|div|br|h[1-6]|ul|ol|table|blockquote|section|article|pre|figure)\b", re.IGNORECASE
)
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class _Item:
    """What an item says, before it is read as a page."""

    place: str
    title: str = ""
    body: str = ""
    url: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    authors: list[str] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    outlet: str = ""


def take_feed(raw: bytes, place: str, known: Known | None = None) -> Iterator[Document | Problem]:
    """The reports of an RSS or Atom feed. A broken feed gives the items before the fault."""
    root, cut = _parsed(raw)
    items = list(_xml_items(root, place)) if root is not None else []
    if not items:
        yield Problem("empty", place, "there is no item in this feed")
        return
    if cut:
        yield Problem("half_read", place, f"this feed is not well-formed ({cut}); what could be read was")
    yield from _reports(items, known, 2 * len(raw) + _LONGEST)


def take_json_feed(value: Mapping[str, Any], place: str) -> Iterator[Document | Problem]:
    """The reports of a JSON Feed (https://jsonfeed.org), already parsed."""
    items = list(_json_items(value, place))
    if not items:
        yield Problem("empty", place, "there is no item in this feed")
    yield from _reports(items, None, MOST_ITEMS * _LONGEST)


def is_json_feed(value: object) -> bool:
    """Whether a JSON object is a JSON Feed."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("items"), list)
        and "jsonfeed.org" in str(value.get("version"))
    )


def _reports(items: list[_Item], known: Known | None, most: int) -> Iterator[Document | Problem]:
    """One report an item; all together are no longer than `most`, as only items inside items could be."""
    for item in items[:MOST_ITEMS]:
        most -= len(item.body)
        if most < 0:
            yield Problem("half_read", item.place, "items stand inside items; the rest was not read")
            return
        yield from _report(item, known)
    if len(items) > MOST_ITEMS:
        yield Problem(
            "too_long", items[-1].place, f"more than {MOST_ITEMS:,} items; the others were not read"
        )


def _report(item: _Item, known: Known | None) -> Iterator[Document | Problem]:
    head = f"<h1>{html.escape(item.title)}</h1>" if item.title else ""
    fields = {
        "outlet": item.outlet or (known.fields.get("outlet", "") if known else ""),
        "url": item.url,
        "headline": item.title,
        "published": item.published,
        "modified": item.modified,
        "language": item.language,
    }
    more: dict[str, Any] = {"authors": item.authors[:20]} if item.authors else {}
    if not item.title and not item.body:
        yield Problem("empty", item.place, "there is neither a title nor a text in this item")
        return
    if not words_in(item.body) and item.title:
        yield _headline_alone(item, {name: value for name, value in fields.items() if value}, more)
        return
    told = Known({name: value for name, value in fields.items() if value}, "feed", more, tuple(item.credits))
    markup = f"<html><body><article>{head}<div>{item.body}</div></article></body></html>"
    yield from take_markup(markup, item.place, told)


def words_in(markup: str) -> bool:
    """Whether markup holds a word outside its tags."""
    return any(c.isalnum() for c in html.unescape(_TAGS.sub(" ", markup)))


def _headline_alone(item: _Item, fields: dict[str, str], more: dict[str, Any]) -> Document:
    """The report of an item that is a headline and a link: it states something all the same."""
    text = stored(item.title)
    extra = {"found": dict.fromkeys(sorted(fields), "feed"), **more}
    extra |= {"modified": fields.pop("modified")} if "modified" in fields else {}
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    layout = (Block("headline", Span(0, len(text))),)
    told = tuple(item.credits)
    return document(text, item.place, digest, known=fields, layout=layout, credits=told, extra=extra)


# --------------------------------------------------------------------------- XML


def _parsed(raw: bytes) -> tuple[Element | None, str]:
    """The feed's tree without its document type, whose entities could grow without end; and the first
    fault."""
    from lxml import etree

    text = decode(raw, declared_in(raw[:4096])).text.lstrip("\ufeff \t\r\n").replace("\0", "\ufffd")
    text = _DECLARED.sub("", text)
    # It stands before the feed; sought in all of it, openings without an end take minutes.
    text = _DOCTYPE.sub("", text[:_HEAD], count=1) + text[_HEAD:]
    text = _ENTITY.sub(_character, text)
    text = without_bad_references(text)
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None, ""
    errors = [entry for entry in parser.error_log if entry.level_name in ("ERROR", "FATAL")]
    return root, f"line {errors[0].line}: {errors[0].message[:100]}" if errors else ""


def _character(found: re.Match[str]) -> str:
    return html.unescape(found.group()) if found.group()[1:] in html.entities.html5 else ""


def _name(element: Element, own: str) -> str:
    """The tag's local name, with the short name of its namespace; "" for those that are not read."""
    space, _, local = str(element.tag).rpartition("}")
    space = space.lstrip("{")
    if not space or space == own or _CORE.fullmatch(space):
        return local.lower()
    return f"{_SPACES[space]}:{local.lower()}" if space in _SPACES else ""


def _xml_items(root: Element, place: str) -> Iterator[_Item]:
    own = str(root.tag).rpartition("}")[0].lstrip("{")
    channel = next((e for e in root if _name(e, own) == "channel"), root)
    outlet = _child_text(channel, "title", own)
    language = _child_text(channel, "language", own) or (
        root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    )
    home = _channel_link(channel, own)
    number = 0
    for element in root.iter():
        if _name(element, own) in ("item", "entry"):
            number += 1
            item = _Item(f"{place}[{number}]", outlet=outlet, language=language[:2].lower())
            for child in element:
                _read_field(item, child, own, home)
            _finish(item)
            yield item
        if number > MOST_ITEMS:
            return


def _channel_link(channel: Element, own: str) -> str:
    for element in channel:
        if _name(element, own) == "link":
            link = (element.get("href") or element.text or "").strip()
            if link:
                return link[:_LONGEST]
    return ""


def _child_text(parent: Element, name: str, own: str) -> str:
    return next((_line(_inner(e)) for e in parent if _name(e, own) == name), "")


def _inner(element: Element) -> str:
    """What stands in an element: its text, or its markup where it has tags (Atom's XHTML)."""
    if len(element) and element.get("type") in (None, "xhtml", "application/xhtml+xml"):
        from lxml import etree

        return (element.text or "") + "".join(
            etree.tostring(child, method="html", encoding="unicode", with_tail=True) for child in element
        )
    text = "".join(str(piece) for piece in element.itertext())
    return html.escape(text, quote=False) if element.get("type") == "text" else text


def _line(text: str) -> str:
    """A title as one line without tags."""
    bare = seen(html.unescape(_TAGS.sub(" ", text) if "<" in text else text))
    return _SPACE.sub(" ", bare).strip()[:_LONGEST]


def _read_field(item: _Item, element: Element, own: str, home: str) -> None:
    name = _name(element, own)
    if name == "title":
        item.title = item.title or _line(html.unescape(_inner(element)))
    elif name in ("description", "summary", "content", "content:encoded", "tagline"):
        body = _inner(element)
        item.body = body if len(body) > len(item.body) else item.body
    elif name in ("link", "feedburner:origlink", "guid"):
        _read_link(item, element, name, home)
    elif name in ("pubdate", "published", "issued", "dc:date", "dc:created", "created", "dc:issued"):
        item.published = item.published or iso(_inner(element))
    elif name in ("updated", "modified", "dc:modified"):
        item.modified = item.modified or iso(_inner(element))
    elif name in ("author", "dc:creator", "dc:contributor", "contributor"):
        maker = _child_text(element, "name", own) or _line(_inner(element))
        item.authors += [_without_address(maker)] if maker else []
    elif name in ("source", "dc:source"):
        _read_source(item, element, own)
    elif name.startswith("media:"):
        _read_media(item, element, own)


def _without_address(maker: str) -> str:
    """The name of "ana@tide.example (Ana Reyes)"."""
    found = re.fullmatch(r"\S+@\S+\s*\((.+)\)", maker)
    return found.group(1) if found else maker


def _read_link(item: _Item, element: Element, name: str, home: str) -> None:
    base = address(home, element.base or "") or home
    url = address(base, element.get("href") or element.text or "") or ""
    rel = element.get("rel", "alternate")
    if name == "feedburner:origlink":
        item.url = url or item.url
    elif name == "guid":
        item.url = item.url or (url if element.get("isPermaLink", "true").lower() == "true" else "")
    elif rel == "alternate":
        item.url = item.url or url
    elif rel in ("via", "related") and url:
        named = element.get("title") or host_of(url)
        item.credits.append(
            Credit("cite" if rel == "via" else "link", named, url=url, place=f"link[rel={rel}]")
        )


def _read_source(item: _Item, element: Element, own: str) -> None:
    """The feed that an item was taken from: who published it first."""
    name = _child_text(element, "title", own) or _line(_inner(element) if not len(element) else "")
    url = element.get("url") or _channel_link(element, own)
    if name or host_of(url):
        item.credits.append(
            Credit("meta", name or host_of(url), url=url if host_of(url) else None, place="source")
        )


def _read_media(item: _Item, element: Element, own: str) -> None:
    for found in element.iter():
        if _name(found, own) == "media:credit" and (name := _line(_inner(found))):
            writer = found.get("role", "").lower() in ("author", "writer", "reporter", "publisher", "owner")
            item.credits.append(Credit("meta" if writer else "photo", name, place="media:credit"))


def _finish(item: _Item) -> None:
    item.published = item.published or item.modified
    item.credits += [Credit("byline", name, place="item author") for name in item.authors[:20]]
    if not _BLOCK.search(item.body):
        item.body = "".join(f"<p>{line}</p>" for line in item.body.split("\n") if line.strip())


def iso(text: str) -> str:
    """A date of a feed as ISO 8601; "" if it is none.

    >>> iso("Wed, 08 Oct 2031 09:20:00 GMT"), iso(" 2031-10-08T09:20:00Z "), iso("yesterday")
    ('2031-10-08T09:20:00+00:00', '2031-10-08T09:20:00Z', '')
    """
    bare = text.strip()[:60]
    with suppress(ValueError):
        datetime.fromisoformat(bare)
        return bare
    try:
        found = parsedate_to_datetime(bare)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


# -------------------------------------------------------------------------- JSON


def _json_items(value: Mapping[str, Any], place: str) -> Iterator[_Item]:
    outlet, home = _string(value, "title"), _string(value, "home_page_url")
    for number, given in enumerate(value["items"][: MOST_ITEMS + 1], 1):
        item = _Item(f"{place}[{number}]", outlet=outlet)
        if not isinstance(given, dict):
            yield item
            continue
        item.title = _line(html.escape(_string(given, "title")))
        text = html.escape(_string(given, "content_text") or _string(given, "summary"), quote=False)
        item.body = _string(given, "content_html") or text
        item.url = _string(given, "url") or _string(given, "id")
        item.url = item.url if host_of(item.url) else ""
        item.published, item.modified = (
            iso(_string(given, name)) for name in ("date_published", "date_modified")
        )
        item.language = (_string(given, "language") or _string(value, "language"))[:2].lower()
        item.authors = _json_authors(given)
        outside = _string(given, "external_url")
        if host_of(outside) and not same_site(host_of(outside), host_of(item.url or home)):
            item.credits.append(Credit("link", host_of(outside), url=outside, place="external_url"))
        _finish(item)
        yield item


def _string(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def _json_authors(given: Mapping[str, Any]) -> list[str]:
    authors = given.get("authors") or [given.get("author")]
    found = (
        [_string(a, "name") for a in authors[:20] if isinstance(a, dict)] if isinstance(authors, list) else []
    )
    return [name for name in found if name.strip()]
