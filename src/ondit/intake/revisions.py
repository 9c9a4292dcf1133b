"""Versions of one report: two documents from one address that tell the same, and which of them is later.

Documents in, answers out. An address alone proves nothing (a ticker, a front page, a feed that gives
every item its own address), so the words must agree too; and a report moved or rewritten beyond that is
a report of its own, which at worst shows twice under one outlet and so never makes an origin more.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from ondit.records import Document

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|at_\w+|ns_\w+|cmpid|ocid|smid|partner|ref|source|share\w*|amp|outputtype)",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"^(?:www|m|mobile|amp)\.", re.IGNORECASE)
_AMP = re.compile(r"(?:/amp|\.amp|/amp\.html)$", re.IGNORECASE)
_SHARED = 0.35
_MOST_WORDS = 4_000


def canonical(url: str | None) -> str:
    """An address without what does not change the page: scheme, "www.", "/amp", tracking, fragment. "" for
    none.

    >>> canonical("https://www.tide.example/a/?utm_source=x&id=7#top")
    'tide.example/a?id=7'
    >>> canonical("http://m.tide.example/a/amp?id=7")
    'tide.example/a?id=7'
    """
    try:
        parts = urlsplit((url or "").strip())
        host = _MOBILE.sub("", parts.hostname or "")
        fields = [(n, v) for n, v in parse_qsl(parts.query, max_num_fields=100) if not _TRACKING.fullmatch(n)]
    except ValueError:
        return ""
    if not host or parts.scheme not in ("http", "https"):
        return ""
    path = _AMP.sub("", parts.path.rstrip("/")).rstrip("/")
    return f"{host}{path}" + (f"?{urlencode(sorted(fields))}" if fields else "")


def one_report(a: Document, b: Document) -> bool:
    """Whether two documents are versions of one report: one address, and a third of the shorter one's
    words in rows of three stand in the other."""
    if not canonical(a.url) or canonical(a.url) != canonical(b.url):
        return False
    one, other = _triples(a.text), _triples(b.text)
    return bool(one and other) and len(one & other) >= _SHARED * min(len(one), len(other))


def _triples(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())[:_MOST_WORDS]
    return set(zip(words, words[1:], words[2:], strict=False))


def later(a: Document, b: Document) -> bool:
    """Whether `b` is the later version: by when it was changed, published or fetched; if nobody says, as
    it came."""
    for field in ("modified", "published", "fetched"):
        one, other = _when(a, field), _when(b, field)
        if one is not None and other is not None and one != other:
            return one < other
    return True


def _when(doc: Document, field: str) -> datetime | None:
    given = doc.published if field == "published" else doc.extra.get(field)
    try:
        found = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)
