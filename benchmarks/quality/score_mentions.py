"""Score who is meant by the mentions of NewsWCL50: names against roles and epithets.

    python -m benchmarks.quality.score_mentions newswcl50_mentions.jsonl [--faults]

A row holds a mention with a dozen words on either side and the chain of mentions that it belongs to. The
reports themselves are not to be had: they are put together again from the words that the rows share, and a
gap becomes a line end. Only chains of one person (ACTOR) are asked for; a mention that stands in two chains
("the two leaders") has no one answer and is left out. All reports are of the last week of April and the first
of May 2018; they get the date between.

name      the mention holds a word of the person's name; role: all others, titles before a name included
right     the agent's name is made of words of the person's name
wrong     it is not; nobody: no agent, or one that is only described
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ondit.intake.blocks import blocks
from ondit.reading.levels import READ
from ondit.reading.linking import Cast
from ondit.records import Document, Span
from ondit.text import register
from ondit.text.lexicon import words_of
from ondit.text.nouns import classify

PUBLISHED = "2018-04-30"
WINDOW = 90
"""Tokens in which the next row's words are looked for."""
_GLUED_LEFT = frozenset({",", ".", ";", ":", "?", "!", "%", ")", "]", "-", "n't", "'s", "’s", "'", "’"})
_GLUED_RIGHT = frozenset({"(", "[", "$", "-", "#", "@"})
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"[A-Z][\w-]*")
_SUFFIXES = frozenset({"jr", "ii", "iii"})

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for one mention."""

    chain: str
    form: str
    mention: str
    found: str | None
    outcome: str


def score(rows: Iterable[Row]) -> list[Answer]:
    """One answer for every mention of one person."""
    by_doc: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_doc[row["doc"]].append(row)
    bearers = _name_words(row for doc in by_doc.values() for row in doc)
    return [answer for doc, some in by_doc.items() for answer in _answers(doc, some, bearers)]


def shares(answers: Sequence[Answer]) -> dict[str, float]:
    """For each form, the shares right and wrong ("name right", "role wrong")."""
    out: dict[str, float] = {}
    for form in ("name", "role"):
        got = Counter(a.outcome for a in answers if a.form == form)
        out |= {f"{form} {o}": got[o] / max(1, got.total()) for o in ("right", "wrong")}
    return out


def table(answers: Sequence[Answer]) -> str:
    """A line a form: how many, and the shares right, wrong and nobody."""
    lines = [f"{'':6}{'mentions':>10}{'right':>8}{'wrong':>8}{'nobody':>8}"]
    for form in ("name", "role"):
        got = Counter(a.outcome for a in answers if a.form == form)
        whole = max(1, got.total())
        shares = "".join(f"{got[o] / whole:8.3f}" for o in ("right", "wrong", "nobody"))
        lines.append(f"{form:6}{got.total():>10}{shares}")
    return "\n".join(lines)


def _answers(doc: str, rows: Sequence[Row], bearers: Mapping[str, set[str]]) -> Iterator[Answer]:
    text, spans = rebuilt(rows)
    laid = blocks(text, None)
    document = Document(doc, text, published=PUBLISHED, blocks=laid)
    cast = Cast(document, [b.span for b in laid if b.kind in READ])
    chains = Counter((span, row["chain"]) for span, row in zip(spans, rows, strict=True))
    several = Counter(span for span, chain in chains if chain.endswith("_ACTOR"))
    for span, row in zip(spans, rows, strict=True):
        if not row["chain"].endswith("_ACTOR") or several[span] > 1:
            continue
        figure = cast.source(span)
        names = bearers[row["chain"]]
        nameless = figure is None or figure.described or (figure.kind or "").startswith("anonymous")
        found = None if figure is None or nameless else figure.name
        form = "name" if _words(row["mention"]) & names else "role"
        yield Answer(row["chain"], form, row["mention"], found, _outcome(found, names))


def _outcome(found: str | None, names: set[str]) -> str:
    if found is None:
        return "nobody"
    words = {w for w in _words(found) if len(w) > 1 and w not in words_of("titles") | _SUFFIXES}
    return "right" if words and words <= names else "wrong"


def _name_words(rows: Iterable[Row]) -> dict[str, set[str]]:
    """The words of each person's name: those of the chain's id, and proper ones that stand beside them."""
    out: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        own = {part.casefold() for part in row["chain"].split("_")[2:-1]}
        if not row["chain"].endswith("_ACTOR") or not _words(row["mention"]) & own:
            continue
        proper = [n for n in _NAME.findall(row["mention"].replace(" - ", "-")) if not _common(n)]
        out[row["chain"]] |= {w for name in proper for w in _words(name)} | own
    return out


def _common(word: str) -> bool:
    folded = word.casefold()
    known = folded in words_of("titles") or folded in words_of("openers") or classify(folded)
    registered = register.state(word) or register.organisation(word)
    return bool(known) or folded == "prime" or registered is not None


def _words(text: str) -> set[str]:
    return {w.casefold() for w in _WORD.findall(text)}


# ------------------------------------------------------------------ the reports


def rebuilt(rows: Sequence[Row]) -> tuple[str, list[Span]]:
    """The text that the rows of one report were cut from, as far as they show it, and where each mention
    stands in it."""
    tokens: list[str] = []
    breaks: set[int] = set()
    places: list[tuple[int, int]] = []
    for row in rows:
        parts = [_tokens(row[part]) for part in ("left", "mention", "right")]
        window = [word for part in parts for word, _ in part]
        at = _place(tokens, window)
        if at is None:
            at = len(tokens)
            breaks.add(at)
        tokens += window[len(tokens) - at :]
        breaks |= {at + i for i, (_, new) in enumerate(pair for part in parts for pair in part) if new}
        left, own = len(parts[0]), len(parts[1])
        places.append((at + left, at + left + own))
    text, starts = _written(tokens, breaks)
    return text, [Span(starts[a], starts[b - 1] + len(tokens[b - 1])) for a, b in places]


def _tokens(text: str) -> list[tuple[str, bool]]:
    """The words of a cell, and whether a paragraph begins with each (three spaces stand before it)."""
    return [(m.group(2), len(m.group(1)) > 2) for m in re.finditer(r"(\s*)(\S+)", text)]


def _place(tokens: Sequence[str], window: Sequence[str]) -> int | None:
    """Where `window` goes on in `tokens`; None where they share less than three words."""
    for at in range(max(0, len(tokens) - WINDOW), len(tokens) - 2):
        size = min(len(window), len(tokens) - at)
        if list(tokens[at : at + size]) == list(window[:size]):
            return at
    return 0 if not tokens else None


def _written(tokens: Sequence[str], breaks: set[int]) -> tuple[str, list[int]]:
    """Tokens as running text, and where each begins in it."""
    text, starts, quoted, before = "", list[int](), False, ""
    for i, token in enumerate(tokens):
        closing = token == '"' and quoted
        glued = token in _GLUED_LEFT or before in _GLUED_RIGHT or closing or (before == '"' and quoted)
        text += "\n" if i in breaks and i else "" if glued or not i else " "
        quoted = quoted != (token == '"')
        starts.append(len(text))
        text += token
        before = token
    return text, starts


def main() -> None:
    """The command line in the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("mentions", type=Path)
    parser.add_argument("--faults", action="store_true", help="list what is not right")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.mentions.read_text(encoding="utf-8").splitlines()]
    answers = score(rows)
    if args.faults:
        for a in answers:
            if a.outcome != "right":
                print(f"{a.form}\t{a.outcome}\t{a.chain}\t{a.mention}\t{a.found}")
    print(table(answers))


if __name__ == "__main__":
    main()
