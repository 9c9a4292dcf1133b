"""Annotated sentences and short articles of our own, as rows like PolNeAR's: what PolNeAR does not have.

PolNeAR annotates the outermost attributions of US newspapers. `attributions/*.jsonl` holds invented news in
other styles with the attributions of all levels; strings stand for spans ("the ship@2" is the second "the
ship"), `in` is the number of the attribution in whose content one stands. Out come rows with offsets: every
text with its outermost level, and every sentence of every content, read as nesting reads it, with the level
inside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ondit.reading.nesting import as_sentence, unquoted
from ondit.records import Span
from ondit.text.sentences import sentences

ROLES = ("source", "cue", "content")
_LEAST = 4
"""Words from which a sentence of a content is looked into."""

Spans = dict[str, list[tuple[int, int]]]


def rows(folder: Path) -> list[dict[str, Any]]:
    """All texts and contents of the files of a folder."""
    lines = (
        line
        for file in sorted(folder.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    )
    return [row for line in lines for row in _rows(json.loads(line))]


def _rows(bundle: dict[str, Any]) -> Iterator[dict[str, Any]]:
    text = bundle["text"]
    found = [_located(text, attribution) for attribution in bundle["attributions"]]
    outer = [attribution["in"] for attribution in bundle["attributions"]]
    yield {
        "text": text,
        "attributions": [spans for spans, up in zip(found, outer, strict=True) if up is None],
    }
    for number, spans in enumerate(found):
        inner = [f for f, up in zip(found, outer, strict=True) if up == number]
        for start, end in spans["content"]:
            for sentence in sentences(text, Span(start, end)):
                if len(text[sentence.start : sentence.end].split()) >= _LEAST:
                    yield _read_alone(text, sentence, inner)


def _read_alone(text: str, sentence: Span, inner: Sequence[Spans]) -> dict[str, Any]:
    """A sentence of a content as nesting hands it to the tagger, with the attributions whose cue is in it."""
    plain, cut = as_sentence(unquoted(text[sentence.start : sentence.end]))
    begin = sentence.start + cut

    def moved(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        inside = ((max(start - begin, 0), min(end - begin, len(plain))) for start, end in spans)
        return [(start, end) for start, end in inside if start < end]

    here = [{role: moved(spans[role]) for role in ROLES} for spans in inner]
    return {"text": plain, "attributions": [spans for spans in here if spans["cue"] and spans["content"]]}


def _located(text: str, attribution: dict[str, Any]) -> Spans:
    """The spans that the strings of an attribution stand for."""
    words = {role: attribution[role] for role in ROLES}
    listed = {role: [w] if isinstance(w, str) else w for role, w in words.items()}
    return {
        role: [_as_polnear(text, role, *_span(text, w)) for w in some if w] for role, some in listed.items()
    }


_OPENS = re.compile(r"(?:\bthat\s+)?(?:[“‘\"]|(?<!\w)'{1,2})?\Z", re.IGNORECASE)
_CLOSES = re.compile(r"[.,!?…]?(?:[”’\"]|'{1,2}(?!\w))")
_MARK = re.compile(r"[“‘\"]|(?<!\w)'")


def _as_polnear(text: str, role: str, start: int, end: int) -> tuple[int, int]:
    """A span with what PolNeAR takes into it and those who write readily leave out: "that" and the quotation
    marks around a content, the comma that ends an apposition."""
    if role == "content":
        opening = _OPENS.search(text, max(0, start - 12), start)
        start = opening.start() if opening else start
        closing = _CLOSES.match(text, end)
        if closing and len(_MARK.findall(text[start:end])) > len(
            re.findall(r"[”’\"](?!\w)", text[start:end])
        ):
            end = closing.end()
    if role == "source" and "," in text[start : end - 1] and text[end : end + 1] == ",":
        end += 1
    return start, end


def _span(text: str, words: str) -> tuple[int, int]:
    """Where a string stands; "words@2" is its second place."""
    numbered = re.fullmatch(r"(.*)@(\d+)", words, re.DOTALL)
    plain, nth = (numbered[1], int(numbered[2])) if numbered and words not in text else (words, 1)
    at = -1
    for _ in range(nth):
        at = text.index(plain, at + 1)
    return at, at + len(plain)
