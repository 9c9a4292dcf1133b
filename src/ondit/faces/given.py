"""Attributions in and out: what we found, for others; what others found, checked before it counts.

One JSON object a line: {"id": report, "attributions": [{"id", "source": [[start, end], ..], "source_text":
[..], "cue", "cue_text", "content", "content_text", "parent", ..}]}. Attributions made elsewhere (another
extractor, a human, a language model) must point at the words that they name, word by word; what does not
becomes a `Problem`, never a guess.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from ondit.errors import InputError
from ondit.records import (
    Attribution,
    CueKind,
    Document,
    Problem,
    QuoteType,
    Reading,
    Span,
    Spans,
    content_id,
)

ROLES = ("source", "cue", "content")

IN_TEXT = frozenset({"tagger", "given"})
"""The methods that find a relation in running text."""


class RefusedError(Exception):
    """Why an attribution does not count; becomes a `Problem`."""


@dataclass(frozen=True, slots=True)
class Row:
    """The attributions that a line of the file gives for one report, unchecked."""

    place: str
    attributions: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class GivenReader:
    """A reader that takes the attributions of the reports in `rows` as given; it can be sent to a worker."""

    rows: Mapping[str, Row] = field(default_factory=dict)

    def __call__(self, document: Document) -> Reading:
        """The reading; refused attributions are among its problems."""
        from ondit.pipeline import read

        row = self.rows.get(document.id)
        if row is None:
            return read(document)
        attributions, problems = checked(document, row)
        reading = read(document, attributions)
        unused = _unused(document, row, attributions, reading)
        return replace(reading, problems=(*reading.problems, *problems, *unused))


# --------------------------------------------------------------------------- out


def line(reading: Reading, nested: bool) -> dict[str, Any]:
    """The attributions of a report as a JSON object: all with their parents, or the outermost alone."""
    text = reading.document.text
    chosen = reading.attributions if nested else outermost(reading.attributions)
    return {"id": reading.document.id, "attributions": [_out(att, text) for att in chosen]}


def outermost(attributions: Sequence[Attribution]) -> list[Attribution]:
    """The relations of running text that lie in no other one's content: what PARC and PolNeAR annotate.

    What only the layout says (block quotations, headlines, credits, links of a chain) is no such relation and
    does not make what stands in it an inner one.
    """
    by_id = {att.id: att for att in attributions}
    found = [att for att in attributions if att.method in IN_TEXT and not _lies_in_text(att, by_id)]
    return [att for att in found if not any(_within(att, other) for other in found)]


def _within(inner: Attribution, outer: Attribution) -> bool:
    """Whether all words of `inner` stand in the content of `outer` (a claim that `outer` denies)."""

    def holds(span: Span) -> bool:
        return any(c.start <= span.start and span.end <= c.end for c in outer.content)

    return inner is not outer and all(map(holds, (*inner.content, *inner.source, *inner.cue)))


def _lies_in_text(att: Attribution, by_id: Mapping[str, Attribution]) -> bool:
    seen = {att.id}
    outer = by_id.get(att.parent or "")
    while outer is not None and outer.id not in seen:
        if outer.method in IN_TEXT:
            return True
        seen.add(outer.id)
        outer = by_id.get(outer.parent or "")
    return False


def _out(att: Attribution, text: str) -> dict[str, Any]:
    out: dict[str, Any] = {"id": att.id}
    for role in ROLES:
        spans: Spans = getattr(att, role)
        out[role] = [list(span) for span in spans]
        out[f"{role}_text"] = [text[span.start : span.end] for span in spans]
    return out | {
        "type": att.type,
        "cue_kind": att.cue_kind,
        "method": att.method,
        "parent": att.parent,
        "confidence": att.confidence,
    }


# ---------------------------------------------------------------------------- in


def load_rows(path: str) -> tuple[dict[str, Row], list[Problem]]:
    """The rows of a file by report id, and what was no row. `InputError` if there is nothing to read."""
    try:
        raw = Path(path).read_bytes()
    except OSError as fault:
        raise InputError(f"{path} cannot be read: {fault.strerror or fault}") from fault
    rows: dict[str, Row] = {}
    problems: list[Problem] = []
    for number, content in enumerate(raw.split(b"\n"), 1):
        if not content.strip():
            continue
        place = f"{path}:{number}"
        try:
            ident, attributions = _row(content)
            if ident in rows:
                raise RefusedError(f"report {ident!r} has a line already, {rows[ident].place}")
            rows[ident] = Row(place, tuple(attributions))
        except RefusedError as refusal:
            problems.append(Problem("attribution", place, f"line not used: {refusal}"))
    return rows, problems


def _row(content: bytes) -> tuple[str, list[Any]]:
    try:
        row = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise RefusedError(f"it is not JSON ({fault})") from fault
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        raise RefusedError('it is no object with the "id" of a report')
    if not isinstance(row.get("attributions"), list):
        raise RefusedError('it has no list "attributions"')
    return row["id"], row["attributions"]


def strangers(rows: Mapping[str, Row], documents: Sequence[str]) -> list[Problem]:
    """Rows for reports that were not among the inputs."""
    return [
        Problem("attribution", rows[ident].place, f"line not used: no report has the id {ident!r}")
        for ident in sorted(set(rows) - set(documents))
    ]


def checked(document: Document, row: Row) -> tuple[tuple[Attribution, ...], tuple[Problem, ...]]:
    """The attributions of a row that hold against the text, and a `Problem` for each that does not."""
    problems: list[Problem] = []
    good: dict[int, Attribution] = {}
    names: dict[str, int] = {}
    for number, raw in enumerate(row.attributions):
        try:
            good[number] = _attribution(document, raw)
            if isinstance(raw.get("id"), str):
                names.setdefault(raw["id"], number)
        except RefusedError as refusal:
            problems.append(_problem(document, row, number, str(refusal)))
    while orphans := list(_orphans(document, row, good, names)):
        for number, why in orphans:
            del good[number]
            problems.append(_problem(document, row, number, why))
    linked = [replace(att, parent=_parent(row, number, good, names)) for number, att in good.items()]
    return tuple(linked), tuple(problems)


def _orphans(
    document: Document, row: Row, good: Mapping[int, Attribution], names: Mapping[str, int]
) -> Iterator[tuple[int, str]]:
    """Attributions whose parent does not count or does not hold them: their chain would be cut short."""
    for number, att in good.items():
        parent = row.attributions[number].get("parent")
        if parent is None:
            continue
        if not isinstance(parent, str) or names.get(parent) not in good:
            yield number, f"its parent {parent!r} is not among the attributions of {document.id!r} that count"
        elif not _inside(att, good[names[parent]]):
            yield number, f"it does not lie in the content of its parent {parent!r}"
        elif _circular(row, number, names):
            yield number, f"its parent {parent!r} lies in it again"


def _inside(att: Attribution, parent: Attribution) -> bool:
    return all(any(p.start <= s.start and s.end <= p.end for p in parent.content) for s in att.content)


def _circular(row: Row, number: int, names: Mapping[str, int]) -> bool:
    seen = {number}
    parent = row.attributions[number].get("parent")
    while isinstance(parent, str) and parent in names:
        if names[parent] in seen:
            return True
        seen.add(names[parent])
        parent = row.attributions[names[parent]].get("parent")
    return False


def _parent(row: Row, number: int, good: Mapping[int, Attribution], names: Mapping[str, int]) -> str | None:
    parent = row.attributions[number].get("parent")
    return None if parent is None else good[names[parent]].id


def _problem(document: Document, row: Row, number: int, why: str) -> Problem:
    return Problem(
        "attribution", row.place, f"attribution {number + 1} not used: {why}", document=document.id
    )


def _unused(
    document: Document, row: Row, attributions: Sequence[Attribution], reading: Reading
) -> Iterator[Problem]:
    """Attributions that hold against the text and that the reader could not place all the same."""
    read = {att.content for att in reading.attributions}
    for att in attributions:
        if att.content not in read:
            words = document.text[att.content[0].start : att.content[0].end]
            why = f"the reader found no place for the one whose content begins {words[:60]!r}"
            yield Problem("attribution", row.place, why, document=document.id)


# ------------------------------------------------------------- one attribution


def _attribution(document: Document, raw: Any) -> Attribution:
    if not isinstance(raw, dict):
        raise RefusedError("it is no JSON object")
    source, cue, content = (_spans(document.text, raw, role) for role in ROLES)
    if not content:
        raise RefusedError("it has no content")
    confidence = raw.get("confidence", 1.0)
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise RefusedError(f"its confidence is {confidence!r}, not a number from 0 to 1")
    return Attribution(
        id=content_id("att", document.id, "given", source, cue, content),
        document=document.id,
        source=source,
        cue=cue,
        content=content,
        type=_one_of(raw, "type", QuoteType, "indirect"),
        cue_kind=_one_of(raw, "cue_kind", CueKind, "speech"),
        method="given",
        confidence=float(confidence),
    )


def _one_of(raw: Mapping[str, Any], name: str, literal: Any, default: str) -> Any:
    value = raw.get(name, default)
    if value not in get_args(literal):
        raise RefusedError(f"its {name} is {value!r}, not one of {', '.join(get_args(literal))}")
    return value


def _spans(text: str, raw: Mapping[str, Any], role: str) -> Spans:
    """The spans of a role, in order; where only its words are given, those words if they occur once."""
    words = _words(raw, role)
    if raw.get(role) is None:
        return tuple(_only_place(text, piece, role) for piece in words or ())
    spans = tuple(_span(text, pair, role) for pair in _list(raw[role], role))
    if words is not None:
        for span, piece in zip(spans, words, strict=False):
            if text[span.start : span.end] != piece:
                there = text[span.start : span.end]
                raise RefusedError(
                    f"its {role}_text is {piece!r}, but at {span.start}..{span.end} stands {there!r}"
                )
        if len(words) != len(spans):
            raise RefusedError(f"it has {len(spans)} spans of {role} and {len(words)} of {role}_text")
    ordered = tuple(sorted(spans))
    if any(left.end > right.start for left, right in pairwise(ordered)):
        raise RefusedError(f"spans of its {role} overlap")
    return ordered


def _words(raw: Mapping[str, Any], role: str) -> list[str] | None:
    words = raw.get(f"{role}_text")
    if words is None:
        return None
    pieces = [words] if isinstance(words, str) else words
    if not isinstance(pieces, list) or not all(isinstance(piece, str) for piece in pieces):
        raise RefusedError(f"its {role}_text is no text and no list of texts")
    return pieces


def _only_place(text: str, piece: str, role: str) -> Span:
    count = text.count(piece) if piece.strip() else 0
    if count != 1:
        raise RefusedError(f"its {role} {piece!r} occurs {count} times in the report; give its offsets")
    start = text.index(piece)
    return Span(start, start + len(piece))


def _list(value: Any, role: str) -> list[Any]:
    if not isinstance(value, list):
        raise RefusedError(f"its {role} is no list of [start, end]")
    return value


def _span(text: str, pair: Any, role: str) -> Span:
    whole = isinstance(pair, list) and [type(n) for n in pair] == [int, int]
    if not whole or not 0 <= pair[0] < pair[1] <= len(text):
        raise RefusedError(
            f"its {role} {pair!r} is no [start, end] inside the {len(text)} characters of the report"
        )
    return Span(*pair)
