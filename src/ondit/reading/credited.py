"""Reports that are somebody else's by their own credits: a dateline, "first appeared on", "© AFP".

In: a document with the credits of its form. Out: the level of whose report it is, around all that it states,
so that a paper's copy of an agency's report has the agency in its chains and is no second witness.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ondit.reading.levels import Level
from ondit.records import Block, Credit, Document
from ondit.text import register
from ondit.text.lexicon import table


def credited(document: Document, readable: Sequence[Block]) -> Level | None:
    """The level of the one whom the credits name as whose report this is, around all below the headline.

    A headline is the publisher's own. Who gives two such names, or only its own, is not enclosed, and neither
    is who signs "nst/Reuters" or "with material from AFP": what is whose cannot be told.
    """
    whole = [c for c in document.credits if c.span is not None and _of_the_whole(document.text, c)]
    if len({_known_as(c.name) for c in whole}) != 1 or _is_own(document.outlet or "", whole[0].name):
        return None
    body = tuple(b.span for b in readable if b.kind != "headline" or b is not readable[0])
    source = whole[0].span
    if not body or source is None:
        return None
    return Level((source,), (), body, "credit", 0.7, cue_kind="credit")


_ONLY_MARKS = re.compile(
    r"(?:source|via|©|\(c\)|copyright|all rights reserved|by|\d{4}|[\W_])*", re.IGNORECASE
)


_SEVERAL = re.compile(r"[/,&+]|\sand\s")
_BESIDE = re.compile(r"(?:\band|\bwith|[&+/|])\s*(?:the\s+)?$", re.IGNORECASE)


def _of_the_whole(text: str, credit: Credit) -> bool:
    """Whether a credit gives the whole report to whom it names: by a dateline, as where it first stood, by an
    agency in the byline beside nobody of the publisher's, or by a line that only names an agency."""
    if credit.span is None or _SEVERAL.search(credit.name):
        return False
    if credit.kind in {"dateline", "first_appeared"}:
        return True
    if credit.kind == "byline":
        return _an_agency(credit.name) and not _BESIDE.search(text[: credit.span.start][-12:])
    if credit.kind not in {"tail", "cite"} or not _an_agency(credit.name):
        return False
    start = text.rfind("\n", 0, credit.span.start) + 1
    end = text.find("\n", credit.span.end)
    line = text[start : credit.span.start] + text[credit.span.end : end if end >= 0 else len(text)]
    return _ONLY_MARKS.fullmatch(line) is not None


def _an_agency(name: str) -> bool:
    known = register.outlet(name)
    bare = name.casefold().removeprefix("the ")
    if known is not None:
        return known.kind == "agency"
    return bare in table("agencies") and bare != "agencies"


def _is_own(outlet: str, name: str) -> bool:
    """Whether a credit names the publisher itself: "AP" the Associated Press, "Reuters" reuters.com."""
    known = register.outlet(name)
    if known is not None and any(outlet.casefold().endswith(domain) for domain in known.domains):
        return True
    one, two = _known_as(outlet), _known_as(name)
    return bool(one) and (f" {one} " in f" {two} " or f" {two} " in f" {one} ")


def _known_as(name: str) -> str:
    """The name that an outlet bears in the register, else the one given, folded and without its article."""
    known = register.outlet(name)
    return register.fold(known.name if known is not None else name).removeprefix("the ")
