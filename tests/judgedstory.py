"""A small story of our own, read once, and judgements on its words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ondit.pipeline import read
from ondit.records import Anchor, Document, Judgement, JudgementKind, Reading
from ondit.tracing.judgements import judgement

TEXTS = {
    "r1": "Ada Quill told the Tide that the old bridge over the Merrow had been closed. "
    "The harbour master said that nine people had been hurt by falling stones.",
    "r2": "The old bridge over the Merrow had been closed, Ada Quill told the Tide. "
    "Commander Hale said that nine people had been hurt by falling stones.",
    "r3": "Bo Lark said that the ferry would run on Friday. Commander Hale said that stones had hurt nine. "
    "Hale added that the choir was late.",
}
OUTLETS = {"r1": "The Tide", "r2": "The Echo", "r3": "The Post"}
AT = "2031-05-02T08:00:00Z"


def document(ident: str) -> Document:
    """One of the reports; they came out hour by hour."""
    hour = int(ident[1:]) + 7
    text = f"Bridge closed at Merrow\n\n{TEXTS[ident]}"
    url = f"https://{ident}.example/bridge"
    return Document(ident, text, OUTLETS[ident], url=url, published=f"2031-05-01T0{hour}:00:00Z")


@cache
def readings() -> tuple[Reading, ...]:
    """The three reports, read."""
    return tuple(read(document(ident)) for ident in TEXTS)


def words(report: str, quote: str = "") -> Anchor:
    """Where a report says this first; the report itself without words."""
    found = document(report)
    return Anchor(report, quote, found.text.index(quote), found.url)


def judged(
    kind: JudgementKind,
    one: Sequence[Anchor],
    other: Sequence[Anchor],
    by: str = "Ada",
    note: str = "I asked",
) -> Judgement:
    return judgement(kind, by, AT, note, one, other)


def withdrawal(of: Judgement, by: str = "Ada", note: str = "I was wrong") -> Judgement:
    return judgement("withdrawal", by, AT, note, withdraws=of.id)
