"""What changed between two versions of a report, as lines of plain text.

Two documents and their changes in, text out: every stretch shown is of a report, the words between are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from ondit.records import Document
from ondit.telling.words import clean, shortened

_LONGEST = 300


class Change(Protocol):
    """What is told of a change (see `ondit.tracing.revisions.Change`)."""

    @property
    def kind(self) -> str: ...
    @property
    def earlier(self) -> str | None: ...
    @property
    def later(self) -> str | None: ...
    @property
    def words(self) -> Sequence[tuple[str, str]]: ...
    @property
    def stance(self) -> tuple[str, str] | None: ...
    @property
    def certainty(self) -> tuple[str, str] | None: ...
    @property
    def sources(self) -> tuple[str, str] | None: ...


def tell_changes(earlier: Document, later: Document, changes: Iterable[Change]) -> str:
    """The changes of one version, a line each below a line that names the two."""
    name = later.outlet or later.place
    when = later.extra.get("modified") or later.published or "no date"
    head = f"{name}: {later.headline or later.id} [{earlier.id} → {later.id}, {when}]"
    lines = [line for change in changes for line in _lines(change)]
    said = (head, *(lines or ["  no statement changed"]))
    return "\n".join(" " * (len(line) - len(line.lstrip(" "))) + clean(line) for line in said)


def _lines(change: Change) -> Iterator[str]:
    if change.kind != "changed":
        words = change.later if change.kind == "added" else change.earlier
        yield f"  {'added' if change.kind == 'added' else 'taken out'}: “{shortened(words or '', _LONGEST)}”"
        return
    yield f"  “{shortened(change.later or '', _LONGEST)}”"
    yield from (f"    {_exchanged(*pair)}" for pair in change.words)
    for name, pair in (
        ("certainty", change.certainty),
        ("stance", change.stance),
        ("said by", change.sources),
    ):
        if pair is not None:
            yield f"    {name}: {pair[0]}, now {pair[1]}"


def _exchanged(before: str, after: str) -> str:
    if not before:
        return f"“{after}” was added"
    return f"“{before}” became “{after}”" if after else f"“{before}” was taken out"
