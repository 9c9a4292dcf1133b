"""CPU seconds and peak memory of tracing one story, as it grows.

    python benchmarks/speed/tracing.py [REPORTS ...] [--profile]

Stories are those of benchmarks/quality/cascades. Each has a process of its own, which reads its reports first
(not counted) and then traces them; peak memory is how far the process grows beyond what it had when the last
report was read. `--profile` lists where the time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = (50, 100, 200, 500, 1000)


def peak() -> float:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(reports: int, *, profiled: bool) -> str:
    """One line of the table, of this process."""
    import ondit
    from benchmarks.quality.cascades.written import cascade
    from benchmarks.quality.gold import input_lines
    from ondit.pipeline import trace
    from ondit.records import Document

    documents = [d for d in ondit.take(input_lines(cascade(reports, 0)).encode()) if isinstance(d, Document)]
    readings = [ondit.read(document) for document in documents]
    statements = sum(len(reading.statements) for reading in readings)
    profile = cProfile.Profile()
    before, begun = peak(), time.process_time()
    if profiled:
        profile.enable()
    found = trace(readings, "story")
    profile.disable()
    spent, grown = time.process_time() - begun, peak() - before
    if profiled:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(30)
    return f"{reports:>8}{statements:>12}{len(found.claims):>8}{spent:>10.2f}{before:>10.0f}{grown:>10.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.here:
        print(measured(args.reports[0], profiled=args.profile))
        return
    print(f"{'reports':>8}{'statements':>12}{'claims':>8}{'CPU s':>10}{'MB before':>10}{'MB more':>10}")
    for reports in args.reports:
        own = [sys.executable, __file__, str(reports), "--here", *(["--profile"] if args.profile else [])]
        subprocess.run(own, check=True, cwd=ROOT, env={"OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)})


if __name__ == "__main__":
    main()
