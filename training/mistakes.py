"""Where the extractor and the annotators part: kinds of mistakes with counts, and how sure it was.

    python -m training.mistakes dev.jsonl.gz [--weights FOLDER]

Kinds follow `benchmarks.quality.score_attribution` (a relation is right if contents overlap by half, sources
agree and cues meet). Cues are counted by their words; no sentence of the articles is printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.score_attribution import Relation, TokenText, paired, score
from ondit.reading.linker import RawRelation
from ondit.reading.tagging import Extractor
from ondit.records import Spans
from ondit.text.encoder import WEIGHTS, Encoder

BINS = 10


def kind(doc: TokenText, said: Relation, gold: Relation) -> str:
    """What is wrong with a relation that was paired with a gold one; "right" if nothing is."""
    both = len(said.content & gold.content) / len(said.content | gold.content)
    if both < 0.5:
        if said.content < gold.content:
            return "content too short by more than half"
        return f"content {'too long' if said.content > gold.content else 'shifted'} by more than half"
    if 4 * len(said.source & gold.source) < len(said.source) + len(gold.source):
        if not said.source:
            return "source not found"
        return "source found where annotators have none" if not gold.source else "wrong source"
    if said.cue and gold.cue and not said.cue & gold.cue:
        return "another cue"
    return "right"


def words(doc: TokenText, tokens: Iterable[int]) -> str:
    """The words of some tokens, lower case."""
    chosen = set(tokens)
    spans: dict[int, list[int]] = {}
    for at, number in enumerate(doc.token_at):
        if number in chosen:
            spans.setdefault(number, []).append(at)
    return " ".join(doc.text[places[0] : places[-1] + 1].lower() for _, places in sorted(spans.items()))


def tally(
    doc: TokenText,
    found: Sequence[RawRelation],
    gold: Sequence[Relation],
    kinds: Counter[str],
    cues: Counter[tuple[str, str]],
) -> list[tuple[float, bool]]:
    """Count the mistakes of one article; gives the confidence of each relation, and whether it was right."""
    said = [Relation(*(doc.tokens(spans) for spans in (r.source, r.cue, r.content))) for r in found]
    pairs = list(paired(said, gold))
    verdicts = {id(one): kind(doc, one, other) for one, other in pairs}
    kinds.update(verdicts.values())
    met = {id(other) for _, other in pairs}
    for other in gold:
        if id(other) not in met:
            kinds[f"content not found, {doc.quote_type(other.content)}"] += 1
            cues["not found", words(doc, other.cue)] += 1
    for one in said:
        if id(one) not in verdicts:
            kinds[f"content that annotators do not have, {doc.quote_type(one.content)}"] += 1
            cues["not annotated", words(doc, one.cue)] += 1
    return [(r.confidence, verdicts.get(id(one)) == "right") for r, one in zip(found, said, strict=True)]


def calibration(sure: Sequence[tuple[float, bool]]) -> tuple[list[tuple[float, float, int]], float]:
    """(mean confidence, share right, relations) of each tenth, and the expected calibration error."""
    rows = []
    for number in range(BINS):
        inside = [row for row in sure if min(int(row[0] * BINS), BINS - 1) == number]
        if inside:
            mean, share = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            rows.append((mean, share, len(inside)))
    return rows, sum(abs(mean - share) * count for mean, share, count in rows) / max(1, len(sure))


def as_gold(relation: RawRelation) -> dict[str, Spans]:
    """A relation in the format of the annotation."""
    return {"source": relation.source, "cue": relation.cue, "content": relation.content}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--lean", type=float, default=0.0)
    args = parser.parse_args()
    extractor = Extractor(Encoder(args.weights), lean=args.lean)
    lines = gzip.decompress(args.articles.read_bytes()).decode("utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    kinds: Counter[str] = Counter()
    cues: Counter[tuple[str, str]] = Counter()
    sure: list[tuple[float, bool]] = []
    predicted = {}
    for row in rows:
        found = extractor.relations([row["text"]])[0]
        predicted[row["id"]] = [as_gold(relation) for relation in found]
        doc = TokenText(row["text"])
        sure += tally(doc, found, doc.relations(row["attributions"]), kinds, cues)
    for name, values in score(rows, predicted).items():
        print(f"{name:40} {values}")
    for name, count in kinds.most_common():
        print(f"{count:6} {name}")
    for side in ("not found", "not annotated"):
        common = [(cue, count) for (which, cue), count in cues.most_common() if which == side]
        print(side + ":", ", ".join(f"{cue or '(none)'} {count}" for cue, count in common[:25]))
    for mean, share, count in calibration(sure)[0]:
        print(f"confidence {mean:.2f}: {share:.2f} right of {count}")
    print(f"expected calibration error {calibration(sure)[1]:.3f}")


if __name__ == "__main__":
    main()
