"""Training examples: annotated news as windows of labelled words, varied in style from epoch to epoch.

In come articles with attributions (PolNeAR's format: text and character offsets), out come windows made by
the same code that runs later (ondit.text.words). Each variation changes the text and carries the annotation
of every character along: other quotation marks, lost marks, time stamps, wire-style passives, headlines.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ondit.text.crf import LABELS
from ondit.text.encoder import Encoder
from ondit.text.normalise import quotation_marks
from ondit.text.words import MASK, Paragraph, Window, pack, paragraphs, window

LETTERS = {"source": "S", "cue": "K", "content": "C"}
OUTSIDE = LABELS.index("O")


class Mark(NamedTuple):
    """The annotation of one character: role letter and number of the annotated stretch."""

    role: str
    number: int


Tagged = list[tuple[str, Mark | None]]


@dataclass(frozen=True, slots=True)
class Example:
    """A window with the label of each of its units."""

    window: Window
    labels: list[int]
    words: list[tuple[int, int, int]]
    """Of each unit: article, paragraph, word; -1 for markers."""


def articles(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSONL file, gzipped or not."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.decode("utf-8").splitlines() if line.strip()]


def split(rows: Sequence[dict[str, Any]], held_out: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Articles to train on and articles held out for choices and for the linker: always the same."""
    shuffled = list(rows)
    random.Random(1).shuffle(shuffled)
    cut = len(shuffled) - held_out
    return shuffled[:cut], shuffled[cut:]


def annotate(article: dict[str, Any]) -> Tagged:
    """The characters of an article with their annotation; sources and cues win over contents."""
    text = article["text"]
    marks: list[Mark | None] = [None] * len(text)
    number = 0
    for attribution in article.get("attributions", ()):
        for role in ("content", "source", "cue"):
            for start, end in attribution[role]:
                number += 1
                for at in range(start, min(end, len(text))):
                    if marks[at] is None or role != "content":
                        marks[at] = Mark(LETTERS[role], number)
    return list(zip(text, marks, strict=True))


def label(paras: Sequence[Paragraph], tagged: Tagged) -> list[list[int]]:
    """The label of each word: the role of its first annotated character; pieces end with their paragraph."""
    out = []
    for para in paras:
        labels, last = [], None
        for start, end in para.words:
            mark = next((mark for _, mark in tagged[start:end] if mark is not None), None)
            prefix = "I-" if mark == last else "B-"
            labels.append(OUTSIDE if mark is None else LABELS.index(prefix + mark.role))
            last = mark
        out.append(labels)
    return out


# ------------------------------------------------------------------ variations


def vary(tagged: Tagged, chance: random.Random) -> Tagged:
    """The article in another style, once in two."""
    if chance.random() < 0.5:
        return tagged
    for change, share in (
        (single_marks, 0.12),
        (lost_marks, 0.25),
        (quoted_as_saying, 0.35),
        (time_stamps, 0.06),
        (colon_headline, 0.2),
    ):
        if chance.random() < share:
            tagged = change(tagged, chance)
    return tagged


def text_of(tagged: Tagged) -> str:
    """The characters alone."""
    return "".join(character for character, _ in tagged)


def single_marks(tagged: Tagged, chance: random.Random) -> Tagged:
    """Double marks become single ones, as in British papers."""
    pair = chance.choice(("‘’", "''"))
    out = list(tagged)
    for mark in quotation_marks(text_of(tagged)):
        if mark is not None and mark.end - mark.start == 1:
            out[mark.start] = (pair[0] if mark.opens else pair[1], tagged[mark.start][1])
    return out


def lost_marks(tagged: Tagged, chance: random.Random) -> Tagged:
    """Some closing marks (and fewer opening ones) are missing."""
    out = list(tagged)
    for mark in quotation_marks(text_of(tagged)):
        if mark is not None and chance.random() < (0.02 if mark.opens else 0.08):
            out[mark.start : mark.end] = [(" ", mark_) for _, mark_ in tagged[mark.start : mark.end]]
    return out


_SAID = re.compile(r"(?:said|says|told reporters)\b", re.IGNORECASE)
_AGENCIES = (
    "the agency",
    "state television",
    "local media",
    "the news agency",
    "a newspaper",
    "the broadcaster",
)


def quoted_as_saying(tagged: Tagged, chance: random.Random) -> Tagged:
    """ "X said" becomes "X was quoted as saying by the agency": the cue changes, its roles do not."""
    text = text_of(tagged)
    out: Tagged = []
    at = 0
    for found in _SAID.finditer(text):
        marks = {mark for _, mark in tagged[found.start() : found.end()]}
        cue = next(iter(marks)) if len(marks) == 1 else None
        before = tagged[found.start() - 2][1] if found.start() > 1 else None
        plain = cue is not None and cue.role == "K" and before is not None and before.role == "S"
        whole = (
            plain
            and tagged[found.start() - 1][1] != cue
            and (tagged[found.end() :] or [("", None)])[0][1] != cue
        )
        if not whole or chance.random() > 0.12:
            continue
        out.extend(tagged[at : found.start()])
        out.extend(
            (character, cue)
            for character in chance.choice(("was quoted as saying", "has been quoted as saying"))
        )
        if chance.random() < 0.6:
            out.extend((character, None) for character in f" by {chance.choice(_AGENCIES)}")
        at = found.end()
    return out + tagged[at:]


def time_stamps(tagged: Tagged, chance: random.Random) -> Tagged:
    """Some paragraphs begin with a time, as in a live blog."""
    style = chance.choice(("{:02d}:{:02d} ", "{:02d}.{:02d} ", "{:02d}:{:02d} GMT ", "{}.{:02d}am: "))
    out: Tagged = []
    begin = True
    for character, mark in tagged:
        if begin and character != "\n" and chance.random() < 0.3:
            out.extend((c, None) for c in style.format(chance.randint(1, 12), chance.randint(0, 59)))
        begin = character == "\n"
        out.append((character, mark))
    return out


_SENTENCE = re.compile(r"[^\n.!?“”\"]{20,110}")


def colon_headline(tagged: Tagged, chance: random.Random) -> Tagged:
    """A headline "Source: content" or "content: Source" made of a short attribution of the article."""
    stretches: dict[Mark, list[str]] = {}
    order: list[Mark] = []
    for character, mark in tagged:
        if mark is not None:
            if mark not in stretches:
                order.append(mark)
            stretches.setdefault(mark, []).append(character)
    sources = [m for m in order if m.role == "S" and 3 < len(stretches[m]) < 30]
    contents = [m for m in order if m.role == "C" and _SENTENCE.fullmatch("".join(stretches[m]))]
    if not sources or not contents:
        return tagged
    source = "".join(stretches[chance.choice(sources[:3])]).strip()
    content = re.sub(r"^that ", "", "".join(stretches[chance.choice(contents[:3])]).strip(" ,"))
    content = content[:1].upper() + content[1:]
    number = len(order) + 1_000_000
    parts = [(source, Mark("S", number)), (":", Mark("K", number + 1)), (content, Mark("C", number + 2))]
    if chance.random() < 0.4:
        parts = [*reversed(parts)]
    (first, a), (colon, b), (last, c) = parts
    head: Tagged = [(x, a) for x in first] + [(x, b) for x in colon] + [(" ", None)] + [(x, c) for x in last]
    return [*head, ("\n", None), ("\n", None), *tagged]


# --------------------------------------------------------------------- windows


def examples(
    encoder: Encoder, rows: Sequence[Tagged], size: int, chance: random.Random, *, varied: bool = True
) -> list[Example]:
    """All windows of the articles, seams at random; `varied` in style, and some sentences by themselves."""
    out: list[Example] = []
    for article, row in enumerate(rows):
        tagged = vary(row, chance) if varied else row
        out += _windows(encoder, tagged, size, chance, article if len(tagged) == len(row) else -1)
        for line in _alone(tagged, chance) if varied else ():
            out += _windows(encoder, line, size, None, -1)
    return out


def _windows(
    encoder: Encoder, tagged: Tagged, size: int, chance: random.Random | None, article: int
) -> list[Example]:
    text = text_of(tagged)
    paras = paragraphs(text, encoder.pieces(text))
    labels = label(paras, tagged)
    out = []
    for body in pack(paras, size, chance):
        found = window(paras, body)
        places = [(article if unit.word >= 0 else -1, unit.paragraph, unit.word) for unit in found.units]
        chosen = [OUTSIDE if word < 0 else labels[para][word] for _, para, word in places]
        out.append(Example(found, chosen, places))
    return out


def _alone(tagged: Tagged, chance: random.Random) -> Iterator[Tagged]:
    """One annotated line in sixteen by itself, as contents are read for what they nest."""
    text = text_of(tagged)
    for line in re.finditer(r"[^\n]{20,500}", text):
        row = tagged[line.start() : line.end()]
        if chance.random() < 1 / 16 and any(mark is not None for _, mark in row):
            yield row


def batches(found: Sequence[Example], pieces: int, chance: random.Random) -> list[list[Example]]:
    """Examples of like length together, at most `pieces` pieces (with padding) a batch, in random order."""
    order = list(found)
    chance.shuffle(order)
    out: list[list[Example]] = []
    for at in range(0, len(order), 256):
        batch: list[Example] = []
        for example in sorted(order[at : at + 256], key=lambda e: len(e.window.ids)):
            if batch and len(example.window.ids) * (len(batch) + 1) > pieces:
                out.append(batch)
                batch = []
            batch.append(example)
        out.append(batch)
    chance.shuffle(out)
    return out


def masked(ids: Sequence[int], begins: Sequence[int], share: float, chance: random.Random) -> list[int]:
    """Piece ids with the first pieces of some words masked, so that names are not learnt by heart."""
    out = list(ids)
    for at in begins:
        if chance.random() < share:
            out[at] = MASK
    return out
