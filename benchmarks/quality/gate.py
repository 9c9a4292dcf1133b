"""Run Ondit over the annotated corpora and hold what it reaches to the floors in floors.json.

The stories, the nested sentences and those with marked statements always; where ONDIT_SHARED names the folder
with their texts, PolNeAR dev, our labels of sources of PolNeAR train, and the mentions of NewsWCL50 too. One
process, so that weights are loaded once. A corpus other than the pinned one is refused: a floor means nothing
on other texts.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.quality import (
    score_attribution,
    score_mentions,
    score_nested,
    score_sources,
    score_stances,
    score_stories,
)
from benchmarks.quality.gold import Story, corpus_digest, input_lines, load_stories
from benchmarks.quality.score_nested import Found, NestedText
from benchmarks.quality.score_stances import StanceText, Stated

if TYPE_CHECKING:
    from ondit import Document

ROOT = Path(__file__).resolve().parents[2]
STORIES = ROOT / "tests" / "stories"
UNSEEN = ROOT / "tests" / "unseen"
FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.01
"""How far under its pinned value a measure may lie: int8 arithmetic differs between processors."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was reached on one corpus. Shares are 0..1."""

    corpus: str
    digest: str
    measures: Mapping[str, float]


def measure_stories(folder: Path = STORIES) -> Measured:
    """Trace the stories of a folder and score the traces; the corpus has the folder's name."""
    stories = load_stories(folder)
    rows = score_stories.score_stories(stories, {story.id: trace_of(story) for story in stories})
    print(score_stories.table(rows))
    return Measured(folder.name, corpus_digest(folder), rows["ALL"])


def measure_polnear(path: Path) -> Measured:
    """Read PolNeAR dev with the library and score its outermost attributions, which alone are annotated."""
    raw = path.read_bytes()
    rows = [json.loads(line) for line in gzip.decompress(raw).decode("utf-8").splitlines()]
    scores = score_attribution.score(rows, {row["id"]: _outermost(row) for row in rows})
    print(
        "\n".join(
            f"{name:28}" + "".join(f"{value:8.1f}" for value in values) for name, values in scores.items()
        )
    )
    return Measured(
        "polnear dev", hashlib.sha256(raw).hexdigest(), {name: s[2] / 100 for name, s in scores.items()}
    )


def measure_sources(path: Path) -> Measured:
    """Read the reports of PolNeAR train that hold our labelled sources: kinds, head counts, pronouns."""
    raw = path.read_bytes()
    labels = b"".join(file.read_bytes() for file in sorted(score_sources.LABELS.glob("*.tsv")))
    rows = map(json.loads, gzip.decompress(raw).decode("utf-8").splitlines())
    measures = score_sources.shares(score_sources.score(rows))
    print("sources   " + "  ".join(f"{name} {value:.3f}" for name, value in measures.items()))
    return Measured("sources", hashlib.sha256(raw + labels).hexdigest(), measures)


def measure_mentions(path: Path) -> Measured:
    """Resolve the mentions of persons in NewsWCL50: names, and roles and epithets."""
    raw = path.read_bytes()
    answers = score_mentions.score([json.loads(line) for line in raw.decode("utf-8").splitlines()])
    print(score_mentions.table(answers))
    return Measured("mentions", hashlib.sha256(raw).hexdigest(), score_mentions.shares(answers))


def measure_nested() -> Measured:
    """Read the nested sentences with the library and score their chains, the open and the kept part apart."""
    texts = score_nested.load()
    rows = score_nested.score(texts, read_nested(texts))
    print(score_nested.table(rows))
    measures = {f"{part} {name}": value for part, row in rows.items() for name, value in row.items()}
    return Measured("nested", hashlib.sha256(score_nested.NESTED.read_bytes()).hexdigest(), measures)


def read_nested(texts: Sequence[NestedText]) -> dict[str, list[Found]]:
    """The attributions of each text with their chains."""
    import ondit

    lines = "".join(json.dumps({"id": t.id, "outlet": t.outlet, "text": t.text}) + "\n" for t in texts)
    return {doc.id: score_nested.found_in(ondit.read(doc)) for doc in reports(lines)}


def measure_stances() -> Measured:
    """Read the sentences with marked statements and score stance and certainty, open and kept part apart."""
    texts = score_stances.load()
    rows = score_stances.score(texts, read_stances(texts))
    print(score_stances.table(rows))
    measures = {f"{part} {name}": value for part, row in rows.items() for name, value in row.items()}
    return Measured("stances", score_stances.digest(), measures)


def read_stances(texts: Sequence[StanceText]) -> dict[str, list[Stated]]:
    """The statements of each text."""
    import ondit

    lines = "".join(json.dumps({"id": t.id, "outlet": t.outlet, "text": t.text}) + "\n" for t in texts)
    return {doc.id: score_stances.stated_in(ondit.read(doc)) for doc in reports(lines)}


def failures(floors: Mapping[str, Any], measured: Measured) -> Iterator[str]:
    """What keeps the gate shut, in words."""
    if floors["corpus"] != measured.digest:
        yield (
            f"{measured.corpus}: not the corpus of the floors: sha256 {measured.digest[:12]}, "
            f"not {floors['corpus'][:12]}; pin them anew with --pin, and say why"
        )
        return
    for name, floor in floors["at least"].items():
        if measured.measures[name] < floor:
            yield f"{measured.corpus}: {name} is {measured.measures[name]:.3f}, under its floor {floor:.3f}"
    for name, ceiling in floors["at most"].items():
        if measured.measures[name] > ceiling:
            yield f"{measured.corpus}: {name} is {measured.measures[name]:.3f}, over its limit {ceiling:.3f}"


def pinned(floors: Mapping[str, Any], measured: Measured) -> dict[str, Any]:
    """The floors raised to what was reached, less the slack. For the same corpus nothing is ever loosened."""
    same = floors["corpus"] == measured.digest
    reached = measured.measures
    lower = {name: math.floor(1000 * (reached[name] - SLACK)) / 1000 for name in floors["at least"]}
    upper = {name: math.ceil(1000 * (reached[name] + SLACK)) / 1000 for name in floors["at most"]}
    return {
        "corpus": measured.digest,
        "at least": {n: max(v, floors["at least"][n]) if same else max(v, 0.0) for n, v in lower.items()},
        "at most": {n: min(v, floors["at most"][n]) if same else min(v, 1.0) for n, v in upper.items()},
    }


def loosened(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """What a new floors.json forgives that the old one did not. For a changed corpus readers must judge."""
    for corpus, before in old.items():
        if corpus not in new:
            yield f"{corpus}: gone"
        if corpus == "note" or corpus not in new or before["corpus"] != new[corpus]["corpus"]:
            continue
        after = new[corpus]
        yield from (
            f"{corpus}: {n}" for n, v in before["at least"].items() if after["at least"].get(n, -1) < v
        )
        yield from (f"{corpus}: {n}" for n, v in before["at most"].items() if after["at most"].get(n, 2) > v)


def trace_of(story: Story) -> dict[str, Any]:
    import ondit
    from ondit.schema import dumps_trace

    trace: dict[str, Any] = json.loads(dumps_trace(ondit.trace(reports(input_lines(story)))))
    return trace


def _outermost(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    import ondit
    from ondit.faces.given import line

    plain = json.dumps({"id": row["id"], "text": row["text"]})
    found: list[dict[str, Any]] = line(ondit.read(reports(plain)[0]), nested=False)["attributions"]
    return found


def reports(lines: str) -> list[Document]:
    """Reports as a user's JSON lines bring them in, layout and all."""
    import ondit

    return [found for found in ondit.take(lines.encode()) if isinstance(found, ondit.Document)]


def main() -> int:
    """0 if every floor holds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is reached now")
    args = parser.parse_args()
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    measured = [measure_stories(STORIES), measure_stories(UNSEEN), measure_nested(), measure_stances()]
    if shared := os.environ.get("ONDIT_SHARED"):
        data = Path(shared) / "data"
        measured.append(measure_polnear(data / "polnear" / "dev.jsonl.gz"))
        measured.append(measure_sources(data / "polnear" / "train.jsonl.gz"))
        measured.append(measure_mentions(data / "resolution" / "newswcl50_mentions.jsonl"))
    if args.pin:
        floors |= {m.corpus: pinned(floors[m.corpus], m) for m in measured}
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
        return 0
    found = [failure for m in measured for failure in failures(floors[m.corpus], m)]
    print(
        "\n".join(found) if found else f"quality: every floor holds ({', '.join(m.corpus for m in measured)})"
    )
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
