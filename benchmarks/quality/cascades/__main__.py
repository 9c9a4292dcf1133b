"""How far `lo` and `hi` are from the truth as a cascade grows, and what it costs.

    python -m benchmarks.quality.cascades [REPORTS ...] [--stories N] [--claims] [--write FOLDER]

For each number of reports some stories are made (by seed, always the same), read and traced by the library.
A line of the table: claims; error of `lo` and `hi` (mean signed, mean absolute; nothing found counts as 0);
false corroboration: share of the claims with one origin at most of which two or more are said; missed: share
of those with two or more of which one at most is said; exact: both ends right; CPU seconds a story of reading
and of tracing. The last column is the mean signed error of counting reports.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import ondit
from benchmarks.quality.cascades.written import cascade
from benchmarks.quality.gold import Story, input_lines
from benchmarks.quality.score_stories import Counted, counted, table
from benchmarks.quality.score_stories import score_stories as measured
from ondit.pipeline import trace
from ondit.records import Document, Trace

STORIES = {5: 16, 10: 12, 20: 8, 50: 4, 100: 2, 200: 2}
"""Stories of each size, so that each line of the table has enough claims."""

HEAD = (
    f"{'reports':>8}{'stories':>8}{'claims':>7} |{'lo':>7}{'abs':>6} |{'hi':>7}{'abs':>6} |"
    f"{'false':>6}{'missed':>7}{'exact':>6} |{'read':>6}{'trace':>7} |{'reports':>8}"
)


@dataclass(frozen=True, slots=True)
class Run:
    """One story as traced: its claims as counted, what counting reports says, and CPU seconds."""

    story: Story
    trace: Trace
    pairs: tuple[Counted, ...]
    naive: tuple[int, ...]
    read: float
    traced: float


def run(story: Story) -> Run:
    """Read and trace a story."""
    documents = [d for d in ondit.take(input_lines(story).encode()) if isinstance(d, Document)]
    begun = time.process_time()
    readings = [ondit.read(document) for document in documents]
    read = time.process_time()
    found = trace(readings, story.id)
    done = time.process_time()
    pairs = tuple(counted(story, json.loads(ondit.dumps_trace(found))))
    reports = {claim.id: len({m.report for m in claim.mentions}) for claim in story.claims}
    naive = tuple(reports[pair.claim] - pair.gold.lo for pair in pairs)
    return Run(story, found, pairs, naive, read - begun, done - read)


def line(reports: int, runs: Sequence[Run]) -> str:
    """One line of the table."""
    pairs = [pair for each in runs for pair in each.pairs]
    low = [(pair.lo or 0) - pair.gold.lo for pair in pairs]
    high = [(pair.hi or 0) - pair.gold.hi for pair in pairs]
    weak = [pair.corroborates_falsely for pair in pairs if pair.gold.lo <= 1]
    strong = [pair.misses_independence for pair in pairs if pair.gold.lo >= 2]
    exact = [(pair.lo, pair.hi) == (pair.gold.lo, pair.gold.hi) for pair in pairs]
    return (
        f"{reports:>8}{len(runs):>8}{len(pairs):>7} |{_mean(low):>+7.2f}{_mean(map(abs, low)):>6.2f} |"
        f"{_mean(high):>+7.2f}{_mean(map(abs, high)):>6.2f} |"
        f"{_mean(weak):>6.2f}{_mean(strong):>7.2f}{_mean(exact):>6.2f} |"
        f"{_mean(r.read for r in runs):>6.1f}{_mean(r.traced for r in runs):>7.2f} |"
        f"{_mean(n for r in runs for n in r.naive):>+8.2f}"
    )


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return mean(found) if found else 0.0


def shown(runs: Iterable[Run]) -> str:
    """The claims of some stories, one a line, with their measures as those of any annotated story."""
    runs = list(runs)
    lines = [
        f"{each.story.id:16}{pair.claim:10} truth {pair.gold.lo}..{pair.gold.hi}  said {pair.lo}..{pair.hi}"
        for each in runs
        for pair in each.pairs
    ]
    traces = {each.story.id: json.loads(ondit.dumps_trace(each.trace)) for each in runs}
    return "\n".join([*lines, table(measured([each.story for each in runs], traces))])


def main() -> None:
    """The command line in the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", type=int, nargs="*", default=list(STORIES), metavar="REPORTS")
    parser.add_argument("--stories", type=int, help="stories of each size")
    parser.add_argument("--claims", action="store_true", help="every claim, and all measures of stories")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="the reports as JSON lines")
    args = parser.parse_args()
    print(HEAD)
    for reports in args.reports:
        stories = [cascade(reports, seed) for seed in range(args.stories or STORIES.get(reports, 1))]
        if args.write is not None:
            args.write.mkdir(parents=True, exist_ok=True)
            for story in stories:
                (args.write / f"{story.id}.jsonl").write_text(input_lines(story), encoding="utf-8")
        runs = [run(story) for story in stories]
        print(line(reports, runs), flush=True)
        if args.claims:
            print(shown(runs))


if __name__ == "__main__":
    main()
