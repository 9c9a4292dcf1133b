"""The credits that stand in a page's tags: links, `cite`, canonical address, JSON-LD, meta tags.

A parsed page and its lines with their places in the text in; `Credit`s out, those of the text (`credits`)
among them, with the address a link gives them. Canonical and publisher are credits only where they name
somebody else than the page's own site: that is how syndicated copies say where they come from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from ondit.intake.layout import Line, words_of
from ondit.records import Credit, Span

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST = 500
_MAKERS = frozenset({"byline", "photo", "reporting_by"})
_SOURCES = re.compile(r"(?:sources?|via|references?|further sources?|h/t|hat[ -]tip)\s*:?", re.IGNORECASE)
_CREDIT_WORD = re.compile(
    r"^(?:photos?|photograph|picture|image|credit|source|copyright|©)(?:\s(?:by|credit))?\s*[:/]?\s+",
    re.IGNORECASE,
)
_LINKED_LEAD = re.compile(
    r"(?:(?:From|Via|Per)\s)?(?P<name>[^:]{2,60}?)(?:\s(?:reports?|writes?|reported|wrote|says))?\s?:?"
)
_ARTICLE = re.compile(r"Article|Posting|Report|NewsStory|WebPage", re.IGNORECASE)


class Linked(NamedTuple):
    """What a page's metadata say, each with the place that says it: see `metadata`."""

    values: dict[str, str]
    found: dict[str, str]
    authors: tuple[str, ...]
    credits: tuple[Credit, ...]


def host_of(url: str | None) -> str:
    """The host of an address without "www."; "" if there is none or the address is malformed."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


_KEPT = re.compile(r"(?:https?://[^/\s]+)?/web/\d{4,14}(?:[a-z]{2}_)?/(https?:/{1,2}\S+)", re.IGNORECASE)


def unwrapped(url: str) -> str:
    """The address that a copy in the Wayback Machine was made of; any other address as it is.

    >>> unwrapped("https://web.archive.org/web/20310304092000/https://tide.example/shed")
    'https://tide.example/shed'
    """
    found = _KEPT.fullmatch(url.strip())
    return re.sub(r"^(https?:)/+", r"\1//", found.group(1)) if found is not None else url


def address(base: str, href: str) -> str | None:
    """An absolute http(s) address for a link, or None; a link to a kept copy leads to what was kept."""
    try:
        url = urljoin(unwrapped(base), unwrapped(href.strip()))
        return url if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname else None
    except ValueError:
        return None


def same_site(a: str, b: str) -> bool:
    """Two hosts of one site ("news.tide.example" and "tide.example")."""
    return a == b or a.endswith("." + b) or b.endswith("." + a)


# -------------------------------------------------------------------- metadata


def metadata(root: Element, address: str = "") -> Linked:
    """Headline, outlet, url, dates and language of a page, its authors and the credits in its head.

    `address` is where the page was found, "" if nobody knows. A canonical address on another site is where
    the words come from, not where this page is.
    """
    tags = _meta(root)
    nodes = list(_linked_data(root))
    article = next((node for node in nodes if _ARTICLE.search(_type(node))), {})
    values: dict[str, str] = {}
    found: dict[str, str] = {}
    own = [host_of(unwrapped(address))] if host_of(address) else _own_hosts(tags, article)
    for name, value, place in _candidates(root, tags, article):
        elsewhere = name == "url" and own and not any(same_site(host_of(value), mine) for mine in own)
        if value and name not in values and not (elsewhere and host_of(value)):
            values[name], found[name] = value.strip()[:2000], place
    values["language"] = values.get("language", "").replace("_", "-").split("-")[0].lower()
    authors = tuple(dict.fromkeys([*_names(article.get("author")), *tags.get("author", [])]))
    named = tuple(_head_credits(root, tags, article, values, own))
    return Linked({name: value for name, value in values.items() if value}, found, authors, named)


def _meta(root: Element) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (
            element.get("property")
            or element.get("name")
            or element.get("itemprop")
            or element.get("http-equiv")
        )
        content = element.get("content")
        if name and content and content.strip():
            out.setdefault(name.strip().lower(), []).append(content.strip())
    return out


def _candidates(
    root: Element, tags: dict[str, list[str]], article: dict[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Every value that could be a field's, best first for each field, with the place where it stands."""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            yield "url", unwrapped(link.get("href") or ""), "link[rel=canonical]"
    for name, keys in (
        ("url", ("og:url",)),
        ("outlet", ("og:site_name", "application-name", "dc.publisher")),
        ("headline", ("og:title", "twitter:title", "dc.title", "headline")),
        (
            "published",
            (
                "article:published_time",
                "og:article:published_time",
                "datepublished",
                "parsely-pub-date",
                "dc.date.issued",
                "dc.date",
                "date",
                "pubdate",
                "sailthru.date",
            ),
        ),
        ("modified", ("article:modified_time", "og:updated_time", "datemodified", "last-modified")),
        ("language", ("og:locale", "content-language", "dc.language")),
    ):
        for key in keys:
            yield name, tags.get(key, [""])[0], f"meta[{key}]"
    yield "outlet", next(iter(_names(article.get("publisher"))), ""), "json-ld publisher"
    for name, key in (
        ("headline", "headline"),
        ("published", "datePublished"),
        ("modified", "dateModified"),
        ("url", "url"),
        ("language", "inLanguage"),
    ):
        value = article.get(key)
        yield name, value if isinstance(value, str) else "", f"json-ld {key}"
    yield (
        "language",
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        "html[lang]",
    )
    for element in root.iter("time"):
        yield "published", element.get("datetime") or "", "time[datetime]"
    for element in root.iter("title"):
        yield "headline", words_of(element), "title"


def _linked_data(root: Element) -> Iterator[dict[str, Any]]:
    """The objects of all JSON-LD scripts, graphs and lists opened; the first few hundred."""
    todo: list[Any] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text:
            try:
                todo.insert(0, json.loads(script.text))
            except (ValueError, RecursionError):
                continue
    for _ in range(_MOST):
        if not todo:
            return
        node = todo.pop()
        graph = node
        if isinstance(node, dict):
            yield node
            graph = node.get("@graph")
        if isinstance(graph, list):
            todo.extend(reversed(graph[:_MOST]))


def _type(node: dict[str, Any]) -> str:
    kinds = node.get("@type")
    return " ".join(
        kind for kind in (kinds if isinstance(kinds, list) else [kinds])[:20] if isinstance(kind, str)
    )


def _names(value: Any) -> list[str]:
    """The names in a JSON-LD value: a string, an object with a name, or a list of them."""
    values = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in values[:20]]
    return [name.strip() for name in names if isinstance(name, str) and name.strip()]


def _head_credits(
    root: Element,
    tags: dict[str, list[str]],
    article: dict[str, Any],
    values: dict[str, str],
    own: list[str],
) -> Iterator[Credit]:
    for link in root.iter("link"):
        rel = (link.get("rel") or "").lower().split()
        host = host_of(link.get("href"))
        if "canonical" in rel and host and own and not any(same_site(host, mine) for mine in own):
            yield Credit("canonical", host, url=link.get("href"), place="link[rel=canonical]")
    for key in ("syndication-source", "original-source"):
        for value in tags.get(key, []):
            yield Credit(
                "meta", host_of(value) or value, url=value if host_of(value) else None, place=f"meta[{key}]"
            )
    based = article.get("isBasedOn") or article.get("isBasedOnUrl")
    for item in (based if isinstance(based, list) else [based])[:20]:
        yield from _based_on(item)
    outlet = values.get("outlet", "")
    for name in _names(article.get("publisher")):
        if outlet and not _alike(name, outlet):
            yield Credit("meta", name, place="json-ld publisher")
    yield from _authors(article, tags)


def _own_hosts(tags: dict[str, list[str]], article: dict[str, Any]) -> list[str]:
    page = article.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, dict) else page
    urls = [*tags.get("og:url", []), page, article.get("url")]
    return [host for url in urls if isinstance(url, str) and (host := host_of(url))]


def _based_on(item: Any) -> Iterator[Credit]:
    url = item.get("url") or item.get("@id") if isinstance(item, dict) else item
    name = next(iter(_names(item)), "") if isinstance(item, dict) else ""
    url = url if isinstance(url, str) and host_of(url) else None
    if name or url:
        yield Credit("meta", name or host_of(url), url=url, place="json-ld isBasedOn")


def _authors(article: dict[str, Any], tags: dict[str, list[str]]) -> Iterator[Credit]:
    authors = article.get("author")
    for item in (authors if isinstance(authors, list) else [authors])[:20]:
        company = isinstance(item, dict) and "Organization" in _type(item)
        for name in _names(item):
            yield Credit("meta" if company else "byline", name, place="json-ld author")
    for name in tags.get("author", [])[:20]:
        if not host_of(name):
            yield Credit("byline", name, place="meta[author]")


def _alike(a: str, b: str) -> bool:
    one, other = ("".join(c for c in name.casefold() if c.isalnum()) for name in (a, b))
    return one in other or other in one


# ------------------------------------------------------------------- in the text


class Placed(NamedTuple):
    """A line of the page and where it starts in the stored text."""

    line: Line
    start: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.line.text))


def harvested(
    placed: Sequence[Placed], text_credits: Sequence[Credit], base: str, own: str
) -> tuple[Credit, ...]:
    """All credits of the main text in text order: those of its form with links' addresses, and the tags' own.

    `base` resolves relative links, `own` is the page's host.
    """
    tagged = [
        *_cites(placed, base),
        *_lead_links(placed, base, own),
        *_source_lists(placed, base),
        *_pictures(placed),
    ]
    links = list(islice(_links(placed, base, own), _MOST))
    out: list[Credit] = []
    for credit in [*tagged[:_MOST], *text_credits]:
        link = next((link for link in links if _overlap(link.span, credit.span)), None)
        whole = replace(credit, url=link.url) if link is not None and credit.url is None else credit
        if not any(_again(whole, other) for other in out):
            out.append(whole)
    taken = [credit for credit in out if credit.kind not in _MAKERS and credit.place != "blockquote[cite]"]
    out += [link for link in links if not any(_overlap(link.span, credit.span) for credit in taken)]
    return tuple(sorted(out, key=lambda credit: credit.span or Span(0, 0)))[:_MOST]


def _again(credit: Credit, other: Credit) -> bool:
    """Tags already say what the text's form says once more."""
    same = credit.kind == other.kind or (credit.kind == "tail" and other.place == "cite")
    return same and _overlap(credit.span, other.span)


def _overlap(a: Span | None, b: Span | None) -> bool:
    return a is not None and b is not None and a.start < b.end and b.start < a.end


def _links(placed: Sequence[Placed], base: str, own: str) -> Iterator[Credit]:
    """Links to other sites from the words of the report."""
    for line, start in placed:
        for anchor in line.anchors:
            url = address(base, anchor.href) if anchor.tag == "a" and anchor.href else None
            if url is not None and not (own and same_site(host_of(url), own)):
                span = Span(start + anchor.start, start + anchor.end)
                yield Credit("link", line.text[anchor.start : anchor.end], span, url, "a[href]")


def _cites(placed: Sequence[Placed], base: str) -> Iterator[Credit]:
    """`cite` elements, and the address that a block quotation names."""
    quotes: dict[Element, list[Span]] = {}
    for one in placed:
        line, start = one
        if line.quote is not None and line.quote.get("cite"):
            quotes.setdefault(line.quote, []).append(one.span)
        for anchor in line.anchors:
            if anchor.tag == "cite":
                name = line.text[anchor.start : anchor.end].strip(" —–-,.")
                if not name:
                    continue
                at = start + line.text.index(name, anchor.start)
                inner = next(
                    (a for a in line.anchors if a.tag == "a" and anchor.start <= a.start < anchor.end), None
                )
                yield Credit(
                    "cite",
                    name,
                    Span(at, at + len(name)),
                    address(base, inner.href) if inner else None,
                    "cite",
                )
    for quote, spans in quotes.items():
        url = address(base, quote.get("cite") or "")
        if url is not None:
            yield Credit("cite", host_of(url), Span(spans[0].start, spans[-1].end), url, "blockquote[cite]")


def _lead_links(placed: Sequence[Placed], base: str, own: str) -> Iterator[Credit]:
    """A line that is one link to another site, before a block quotation or ending in a colon."""
    for one, after in zip(placed, [*placed[1:], None], strict=False):
        line = one.line
        links = [anchor for anchor in line.anchors if anchor.tag == "a"]
        if len(links) != 1 or len(line.text) > 90 or line.kind not in ("paragraph", "headline"):
            continue
        whole = _LINKED_LEAD.fullmatch(line.text)
        url = address(base, links[0].href)
        led = line.text.endswith(":") or (after is not None and after.line.depth > line.depth)
        covered = links[0].end - links[0].start >= 0.5 * len(line.text.rstrip(": "))
        if (
            whole is None
            or url is None
            or not covered
            or not (led or line.text.startswith(("From ", "Via ")))
        ):
            continue
        if own and same_site(host_of(url), own):
            continue
        start = one.start + whole.start("name")
        yield Credit(
            "lead_in", whole.group("name"), Span(start, start + len(whole.group("name"))), url, "a[href]"
        )


def _source_lists(placed: Sequence[Placed], base: str) -> Iterator[Credit]:
    """Links in a line "Source: ..." and in the list under such a line."""
    under = False
    for line, start in placed:
        alone = _SOURCES.fullmatch(line.text) is not None
        first = _SOURCES.match(line.text)
        listed = under and line.kind == "list"
        if listed or (first is not None and first.group().endswith(":") and len(line.text) <= 300):
            for anchor in line.anchors:
                url = address(base, anchor.href) if anchor.tag == "a" else None
                if url is not None:
                    span = Span(start + anchor.start, start + anchor.end)
                    yield Credit("cite", line.text[anchor.start : anchor.end], span, url, "source list")
        under = alone or listed


def _pictures(placed: Sequence[Placed]) -> Iterator[Credit]:
    """Names in a caption that a class marks as its credit."""
    for line, start in placed:
        for anchor in line.anchors if line.kind == "caption" else ():
            name = line.text[anchor.start : anchor.end]
            bare = _CREDIT_WORD.sub("", name).strip(" ()[].")
            if anchor.tag == "span" and bare:
                at = start + line.text.index(bare, anchor.start)
                yield Credit("photo", bare, Span(at, at + len(bare)), place="span.credit")
