"""Score event factuality: sentences in tokens, each event with a number -3 (did not happen) to 3 (happened).

    python -m benchmarks.quality.score_factuality FILE           # JSON lines: split, tokens, fact
    python -m benchmarks.quality.score_factuality FILE --learn   # fit the readout to FILE's train part

For every part of the file Pearson's r and the mean absolute error, of the stance and certainty that the
operators around an event leave it (rules), and of the linear readout of the same operators (readout).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.quality import factuality
from ondit.text.scope import Scoped


@dataclass(frozen=True, slots=True)
class Event:
    """One event: the part of the corpus it belongs to, its sentence, the place of its head, its number."""

    part: str
    clause: Scoped
    place: int
    value: float


def load(path: Path) -> list[Event]:
    """The events of a file, in order."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [event for row in rows for event in _events(row)]


def _events(row: dict[str, Any]) -> Iterator[Event]:
    clause = factuality.clause_of(row["tokens"])
    return (Event(row["split"], clause, place, value) for place, value in row["fact"])


def learn(events: Sequence[Event]) -> dict[str, float]:
    """Weights from the train part."""
    train = [e for e in events if e.part == "train"]
    return factuality.learnt(
        [factuality.features(e.clause, e.place) for e in train], [e.value for e in train]
    )


def score(values: Sequence[float], gold: Sequence[float]) -> tuple[float, float]:
    """Pearson's r and the mean absolute error.

    >>> score([1.0, 2.0, 3.0], [2.0, 3.0, 4.0])
    (1.0, 1.0)
    """
    r = float(np.corrcoef(values, gold)[0, 1]) if len(set(values)) > 1 else 0.0
    return round(r, 6), float(np.abs(np.array(values) - np.array(gold)).mean())


def main() -> int:
    """Print the measures."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.score_factuality", description=__doc__
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--learn", action="store_true")
    args = parser.parse_args()
    events = load(args.file)
    if args.learn:
        text = json.dumps({"note": NOTE, "weights": learn(events)}, indent=0)
        factuality.WEIGHTS.write_text(text + "\n", encoding="utf-8")
    print(f"{'part':8}{'events':>8}{'rules r':>10}{'MAE':>8}{'readout r':>12}{'MAE':>8}")
    for part in sorted({e.part for e in events}):
        some = [e for e in events if e.part == part]
        gold = [e.value for e in some]
        rules = score([factuality.by_rule(e.clause, e.place) for e in some], gold)
        readout = score([factuality.by_readout(e.clause, e.place) for e in some], gold)
        print(f"{part:8}{len(some):8}{rules[0]:10.3f}{rules[1]:8.3f}{readout[0]:12.3f}{readout[1]:8.3f}")
    return 0


NOTE = "Learnt by score_factuality --learn on the train part of UW (Lee et al. 2015); no text of it is here."

if __name__ == "__main__":
    sys.exit(main())
