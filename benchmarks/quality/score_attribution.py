"""Score attributions (source, cue, content) against annotated ones.

    python -m benchmarks.quality.score_attribution GOLD.jsonl PRED.jsonl [--json]

One JSON object a line: {"id", "attributions": [{"source": [[start, end], ..], "cue": .., "content": ..}]};
gold lines have "text" too. Offsets are code points, end exclusive. A gold document without a prediction costs
recall. Attributions with an empty content are left out on both sides.

A text is its word tokens; a role is the set of tokens that its pieces touch, so quotation marks, commas and
spaces at the edges never matter. All measures are micro-averaged over documents, in per cent.

exact     precision, recall, F1 of token sets that are equal, one to one (Pareti et al. 2013 "strict")
piece     the same for contiguous pieces, cut at line ends, whichever attribution they belong to (CofeNet's
          "exact match", Wang et al. 2022)
soft      overlap: precision is the mean share of a predicted set that gold sets hold, recall the mean share
          of a gold set that predicted ones hold, each capped at 1 (Johansson and Moschitti 2013)
token     overlap of the union of a role's tokens in a document (Citron's, Newell et al. 2018)
source given content    of attributions paired with a gold one by content (Jaccard >= 1/2; greedily, best
          first, then the larger cue overlap): share whose source is right: exact, soft (token F1 >= 1/2, or
          both empty), and soft where the gold names a source
relation  soft: content Jaccard >= 1/2, source soft, and the cues share a token or one is empty; strict:
          content and source exact
direct, mixed, indirect    contents of which all, some or no tokens lie inside quotation marks
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality.counts import Counts, f1

ROLES = ("content", "source", "cue")
QUOTE_TYPES = ("direct", "mixed", "indirect")
WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
MARK = re.compile(r"[\"“”«»]|''|``")
LINE = re.compile(r"[^\n]+")

Tokens = frozenset[int]
Pieces = Sequence[Sequence[int]]
Raw = Mapping[str, Any]
"""One attribution as it stands in a file: role -> pieces."""
Score = tuple[float, float, float]
"""Precision, recall, F1 in per cent."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution as token sets."""

    source: Tokens
    cue: Tokens
    content: Tokens


class TokenText:
    """A text as word tokens: which token holds a character, and which tokens stand in quotation marks."""

    def __init__(self, text: str) -> None:
        self.text = text
        words = [match.span() for match in WORD.finditer(text)]
        self.token_at = [-1] * (len(text) + 1)
        for nr, (start, end) in enumerate(words):
            self.token_at[start:end] = [nr] * (end - start)
        inside = list(quoted(text))
        self.quoted = [any(start <= word < end for start, end in inside) for word, _ in words]

    def tokens(self, pieces: Pieces) -> Tokens:
        """The tokens that the pieces touch."""
        return frozenset(nr for start, end in pieces for nr in self.token_at[max(0, start) : end] if nr >= 0)

    def lines(self, attributions: Iterable[Raw], role: str) -> set[Tokens]:
        """The pieces of a role in all attributions, cut at line ends."""
        pieces = [piece for att in attributions for piece in att.get(role) or ()]
        cut = {
            self.tokens([(start + line.start(), start + line.end())])
            for start, end in pieces
            for line in LINE.finditer(self.text[start:end])
        }
        return cut - {frozenset()}

    def relations(self, attributions: Iterable[Raw]) -> list[Relation]:
        """The attributions that have a content."""
        found = [
            Relation(*(self.tokens(att.get(role) or ()) for role in ("source", "cue", "content")))
            for att in attributions
        ]
        return [relation for relation in found if relation.content]

    def quote_type(self, tokens: Tokens) -> str:
        """direct, mixed or indirect, by the marks in the text."""
        inside = sum(self.quoted[nr] for nr in tokens)
        return "direct" if inside == len(tokens) else "mixed" if inside else "indirect"


def quoted(text: str) -> Iterator[tuple[int, int]]:
    """Stretches inside double quotation marks; an open one ends with its line.

    >>> list(quoted('a "b" c'))
    [(3, 4)]
    """
    for line in LINE.finditer(text):
        begun: int | None = None
        for mark in MARK.finditer(text, line.start(), line.end()):
            sign = mark.group()
            opens = sign in {"“", "«", "``"} or (sign in {'"', "''"} and begun is None)
            if begun is not None:
                yield begun, mark.start()
            begun = mark.end() if opens else None
        if begun is not None:
            yield begun, line.end()


def score_document(text: str, predicted: Sequence[Raw], annotated: Sequence[Raw]) -> Counts:
    """Additive counts of one document; `summary` makes measures of them."""
    doc = TokenText(text)
    said, gold = doc.relations(predicted), doc.relations(annotated)
    counts = Counts()
    for role in ROLES:
        _count_pieces(counts, role, doc.lines(predicted, role), doc.lines(annotated, role))
        _count_sets(
            counts,
            role,
            [tokens for relation in said if (tokens := getattr(relation, role))],
            [tokens for relation in gold if (tokens := getattr(relation, role))],
        )
    _count_types(
        counts, doc, [relation.content for relation in said], [relation.content for relation in gold]
    )
    for one, other in paired(said, gold):
        _count_pair(counts, doc.quote_type(other.content), one, other)
    return counts


def paired(said: Sequence[Relation], gold: Sequence[Relation]) -> Iterator[tuple[Relation, Relation]]:
    """One-to-one pairs whose contents overlap: highest Jaccard first, then larger cue overlap, then order."""
    overlaps = sorted(
        (-_jaccard(p.content, g.content), -len(p.cue & g.cue), i, j)
        for i, p in enumerate(said)
        for j, g in enumerate(gold)
        if p.content & g.content
    )
    said_used, gold_used = set[int](), set[int]()
    for _, _, i, j in overlaps:
        if i not in said_used and j not in gold_used:
            said_used.add(i)
            gold_used.add(j)
            yield said[i], gold[j]


def summary(counts: Counts) -> dict[str, Score]:
    """The measures by name. For "source given content" the three are exact, soft, soft where gold has one."""
    found: dict[str, Score] = {}
    for role in ROLES:
        for measure in ("exact", "piece", "soft", "token"):
            found[f"{role} {measure}"] = _score(counts, f"{role} {measure}")
    for strictness in ("soft", "strict"):
        found[f"relation {strictness}"] = _score(counts, f"relation {strictness}")
    found["source given content"] = (
        round(100 * counts.share("pairs, source exact", "pairs"), 1),
        round(100 * counts.share("pairs, source soft", "pairs"), 1),
        round(100 * counts.share("named pairs, source soft", "named pairs"), 1),
    )
    for kind in QUOTE_TYPES:
        found[f"{kind} content exact"] = _score(counts, f"{kind} exact")
        found[f"{kind} content soft"] = _score(counts, f"{kind} soft")
    return found


def score(gold: Iterable[Raw], predicted: Mapping[str, Sequence[Raw]]) -> dict[str, Score]:
    """The measures over documents: gold rows {id, text, attributions}, predictions by id."""
    total = Counts()
    for row in gold:
        total.include(score_document(row["text"], predicted.get(row["id"], ()), row["attributions"]))
    return summary(total)


def _count_pieces(counts: Counts, role: str, said: set[Tokens], gold: set[Tokens]) -> None:
    both = len(said & gold)
    _add(counts, f"{role} piece", both, len(said), both, len(gold))


def _count_sets(counts: Counts, role: str, said: Sequence[Tokens], gold: Sequence[Tokens]) -> None:
    equal = (Counter(said) & Counter(gold)).total()
    _add(counts, f"{role} exact", equal, len(said), equal, len(gold))
    _add(counts, f"{role} soft", _held(said, gold), len(said), _held(gold, said), len(gold))
    all_said, all_gold = frozenset[int]().union(*said), frozenset[int]().union(*gold)
    both = len(all_said & all_gold)
    _add(counts, f"{role} token", both, len(all_said), both, len(all_gold))
    if role == "content":
        _add(counts, "relation soft", 0, len(said), 0, len(gold))
        _add(counts, "relation strict", 0, len(said), 0, len(gold))


def _count_types(counts: Counts, doc: TokenText, said: Sequence[Tokens], gold: Sequence[Tokens]) -> None:
    for kind in QUOTE_TYPES:
        ours = [tokens for tokens in said if doc.quote_type(tokens) == kind]
        theirs = [tokens for tokens in gold if doc.quote_type(tokens) == kind]
        _add(counts, f"{kind} soft", _held(ours, gold), len(ours), _held(theirs, said), len(theirs))
        right, met = sum(tokens in gold for tokens in ours), sum(tokens in said for tokens in theirs)
        _add(counts, f"{kind} exact", right, len(ours), met, len(theirs))


def _count_pair(counts: Counts, kind: str, one: Relation, other: Relation) -> None:
    exact = one.source == other.source
    soft = _token_f1(one.source, other.source) >= 0.5
    cue = bool(one.cue & other.cue) or not one.cue or not other.cue
    if _jaccard(one.content, other.content) >= 0.5:
        counts["pairs"] += 1
        counts["pairs, source exact"] += exact
        counts["pairs, source soft"] += soft
        counts["named pairs"] += bool(other.source)
        counts["named pairs, source soft"] += bool(other.source) and soft
        _add(counts, "relation soft", soft and cue, 0, soft and cue, 0)
    if one.content == other.content:
        _add(counts, "relation strict", exact and cue, 0, exact and cue, 0)


def _held(sets: Iterable[Tokens], by: Sequence[Tokens]) -> float:
    """How much of the sets the others hold, each at most once."""
    return sum(min(1.0, sum(len(one & other) for other in by) / len(one)) for one in sets)


def _add(counts: Counts, measure: str, right: float, said: int, met: float, gold: int) -> None:
    for part, value in zip(("right", "said", "met", "gold"), (right, said, met, gold), strict=True):
        counts[measure, part] += value


def _score(counts: Counts, measure: str) -> Score:
    precision = counts.share((measure, "right"), (measure, "said"))
    recall = counts.share((measure, "met"), (measure, "gold"))
    return round(100 * precision, 1), round(100 * recall, 1), round(100 * f1(precision, recall), 1)


def _jaccard(a: Tokens, b: Tokens) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def _token_f1(a: Tokens, b: Tokens) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """The command line in the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("pred", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    found = score(_rows(args.gold), {row["id"]: row["attributions"] for row in _rows(args.pred)})
    lines = (f"{name:28}" + "".join(f"{value:8.1f}" for value in values) for name, values in found.items())
    print(json.dumps(found) if args.json else "\n".join(lines))


if __name__ == "__main__":
    main()
