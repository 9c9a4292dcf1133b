"""Score what is made of single sources of PolNeAR train: kind, head count, whom a pronoun means.

    python -m benchmarks.quality.score_sources train.jsonl.gz [--faults]

The texts are not ours: sources/*.tsv hold document ids, offsets and our labels. Each report is read with
PolNeAR's own attributions, so that nothing depends on what the tagger finds.

kinds      the kind of the agent behind a source; nobody counts as unknown
counts     its literal head count, sources with a number in words or digits
pronouns   right: the agent bears the name of the annotated antecedent; nobody: no agent, or only described
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ondit
from ondit.reading.levels import Relation
from ondit.reading.reader import Reader
from ondit.records import Agent, Attribution, Document, Reading, Span, Spans, content_id
from ondit.text.names import fold

LABELS = Path(__file__).with_name("sources")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for one source. `outcome`: right, wrong or nobody."""

    test: str
    document: str
    words: str
    gold: str
    found: str
    outcome: str


def score(reports: Iterable[Mapping[str, Any]], labels: Path = LABELS) -> list[Answer]:
    """The answers for every labelled source of `reports`."""
    wanted: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for test in ("kinds", "counts", "pronouns"):
        with (labels / f"{test}.tsv").open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows, delimiter="\t"):
                wanted[row["document"]].append((test, row))
    return [a for report in reports if report["id"] in wanted for a in _answers(report, wanted[report["id"]])]


def shares(answers: Sequence[Answer]) -> dict[str, float]:
    """The share right of each test, and for pronouns the share wrong."""
    out = {}
    for test in ("kinds", "counts", "pronouns"):
        got = Counter(a.outcome for a in answers if a.test == test)
        out[test] = got["right"] / max(1, got.total())
        if test == "pronouns":
            out["pronouns wrong"] = got["wrong"] / max(1, got.total())
    return {name: round(value, 3) for name, value in out.items()}


def _answers(report: Mapping[str, Any], wanted: Sequence[tuple[str, Row]]) -> Iterator[Answer]:
    text = report["text"]
    reading = _reading(report)
    agents = {agent.id: agent for agent in reading.agents}
    behind = {mention.span: agents.get(mention.agent or "") for mention in reading.mentions}
    for test, row in wanted:
        span = Span(int(row["start"]), int(row["end"]))
        agent = behind.get(span)
        if test == "pronouns":
            gold = text[int(row["antecedent"]) : int(row["antecedent_end"])]
            found, outcome = agent.name if agent else "", _meant(agent, gold)
        else:
            gold = row["kind" if test == "kinds" else "count"]
            kind = agent.kind if agent else "unknown"
            found = kind if test == "kinds" else str((agent and agent.count) or "")
            outcome = "right" if found == gold else "wrong"
        yield Answer(test, report["id"], text[slice(*span)], gold, found, outcome)


def _meant(agent: Agent | None, antecedent: str) -> str:
    if agent is None:
        return "nobody"
    gold = fold(antecedent)
    for name in (agent.name, *agent.aliases):
        words = set(fold(name).split())
        if words and (words <= set(gold.split()) or set(gold.split()) <= words):
            return "right"
    return "wrong" if agent.identified else "nobody"


def _reading(report: Mapping[str, Any]) -> Reading:
    plain = json.dumps({"id": report["id"], "text": report["text"]})
    (document,) = (d for d in ondit.take(plain.encode()) if isinstance(d, Document))
    given = [_given(document, nr, row) for nr, row in enumerate(report["attributions"]) if row["content"]]
    return Reader(_nothing).read(document, given)


def _given(document: Document, nr: int, row: Mapping[str, Any]) -> Attribution:
    source, cue, content = (_spans(row[role]) for role in ("source", "cue", "content"))
    return Attribution(
        content_id("att", document.id, nr), document.id, source, cue, content, "none", method="given"
    )


def _spans(pieces: Iterable[Sequence[int]]) -> Spans:
    return tuple(Span(start, end) for start, end in pieces)


def _nothing(texts: Sequence[str]) -> list[list[Relation]]:
    """A tagger that finds nothing: PolNeAR annotates no inner levels."""
    return [[] for _ in texts]


def main() -> None:
    """The command line in the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path)
    parser.add_argument("--faults", action="store_true", help="list what is not right")
    args = parser.parse_args()
    with gzip.open(args.train, "rt", encoding="utf-8") as lines:
        answers = score(map(json.loads, lines))
    if args.faults:
        for a in answers:
            if a.outcome != "right":
                print(
                    f"{a.test}\t{a.outcome}\t{a.document}\t{' '.join(a.words.split())}\t{a.gold}\t{a.found}"
                )
    print("  ".join(f"{name} {value:.3f}" for name, value in shares(answers).items()))


if __name__ == "__main__":
    main()
