"""Take in mutated inputs of every format until something breaks.

    python -m benchmarks.fuzz [--runs 100000] [--seed 1] [FORMAT ...]

Prints for each format: how many mutated inputs were taken in, how many gave a report, faults (a traceback,
a record that breaks a promise, a hang over 5 s, a dead process, more than 1 GB), the slowest input and the
peak memory. Faulty inputs are written to `build/fuzz`. Each format runs in a process of its own with 1 GB
of memory, so that the crash of a native library is a row of the table and not the end of it. The mutator is
our own, with the formats' words: `benchmarks.fuzz.coverage` does the same led by coverage (atheris), which
is slower and has no process to lose.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterable
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import intakefakes
from benchmarks.fuzz.mutate import mutated
from ondit.intake import take
from ondit.records import Document, Problem

SECONDS = 5
MEMORY = 1 << 30
BUILD = Path("build/fuzz")
SILENCE = 600
"""Seconds on the wall clock without a sign of life after which a process counts as hung. Slow inputs are
found in CPU seconds; this is for the dead, and other work on the machine must not look like one."""


class Row(NamedTuple):
    """What came of one input: 1 if it gave a report, seconds, what went wrong ("": nothing)."""

    number: int
    reports: int
    seconds: float
    fault: str
    memory: int


class SlowError(Exception):
    """Taking an input in took too long."""


def broken(records: Iterable[Document | Problem]) -> str:
    """The promise that the records of an input break, "" if none."""
    ids = set()
    count = 0
    for record in records:
        count += 1
        if isinstance(record, Problem):
            if not record.message or not record.place:
                return "a problem without a place or reason"
            continue
        if record.id in ids:
            return "two reports with one id"
        ids.add(record.id)
        record.text.encode("utf-8")
        at = 0
        for block in record.blocks:
            if not at <= block.span.start < block.span.end <= len(record.text):
                return "blocks that overlap or lie outside the text"
            at = block.span.end
        for credit in record.credits:
            if credit.span is not None and not 0 <= credit.span.start < credit.span.end <= len(record.text):
                return "a credit outside the text"
    return "" if count else "no record at all"


def one(raw: bytes) -> tuple[int, str]:
    """Whether an input gives a report, and the fault."""
    records = []
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        for record in take(raw, "x"):
            records.append(record)
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
    except SlowError:
        return 0, f"more than {SECONDS} s"
    except MemoryError:
        return 0, "more than 1 GB"
    except BaseException:  # noqa: BLE001 - whatever it is, it is what is looked for
        return 0, traceback.format_exc(limit=-3)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return int(any(isinstance(record, Document) for record in records)), broken(records)


def _too_slow(_: int, __: FrameType | None) -> None:
    raise SlowError


def work(name: str, seed: int, start: int, runs: int, pipe: Connection) -> None:
    """Take in the inputs from number `start` on; a row for every thousandth and for every fault."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, _too_slow)
    seeds = list(intakefakes.INPUTS.values())
    reports, slowest = 0, 0.0
    for number in range(start, runs):
        if number % 200 == 0:
            pipe.send(Row(number, reports, slowest, "", 0))
            reports = 0
        raw = mutated(intakefakes.INPUTS[name], seeds, f"{seed} {name} {number}")
        begun = time.process_time()
        gave, fault = one(raw)
        reports += gave
        slowest = max(slowest, time.process_time() - begun)
        if fault:
            pipe.send(Row(number, 0, slowest, fault, 0))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    pipe.send(Row(runs, reports, slowest, "", peak))


def search(name: str, seed: int, runs: int) -> tuple[int, float, int, list[tuple[int, str]]]:
    """Reports, slowest input, peak memory and faults of one format; a process that dies is started again."""
    start, reports, slowest, peak = 0, 0, 0.0, 0
    faults: list[tuple[int, str]] = []
    while start < runs:
        mine, theirs = multiprocessing.Pipe(duplex=False)
        child = multiprocessing.get_context("fork").Process(
            target=work, args=(name, seed, start, runs, theirs)
        )
        child.start()
        theirs.close()
        last = start
        try:
            while mine.poll(SILENCE):
                row: Row = mine.recv()
                last, reports, slowest = row.number, reports + row.reports, max(slowest, row.seconds)
                peak = max(peak, row.memory)
                if row.fault:
                    faults.append((row.number, row.fault))
                if row.number == runs:
                    break
        except EOFError:
            pass
        if last < runs:
            faults.append((last, f"the process died or hung within 200 inputs from here ({child.exitcode})"))
        child.kill()
        child.join()
        start = runs if last == runs else last + 200
    return reports, slowest, peak, faults


def keep(name: str, seed: int, faults: list[tuple[int, str]]) -> None:
    """Write the first faulty inputs to `build/fuzz`."""
    seeds = list(intakefakes.INPUTS.values())
    BUILD.mkdir(parents=True, exist_ok=True)
    for number, _ in faults[:20]:
        raw = mutated(intakefakes.INPUTS[name], seeds, f"{seed} {name} {number}")
        (BUILD / f"{name}-{seed}-{number}").write_bytes(raw)


def main() -> None:
    """Search in each format and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", choices=[[], *intakefakes.INPUTS])
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print("format         inputs with report  faults slowest s  peak MB  took s")
    found = 0
    for name in asked.formats or intakefakes.INPUTS:
        begun = time.monotonic()
        reports, slowest, peak, faults = search(name, asked.seed, asked.runs)
        took = round(time.monotonic() - begun)
        row = f"{name:12} {asked.runs:8} {reports:11} {len(faults):7} {slowest:9.2f} {peak >> 20:8} {took:7}"
        print(row, flush=True)
        for number, fault in faults[:5]:
            print(f"  {number}: {fault.strip()[-600:]}", flush=True)
        keep(name, asked.seed, faults)
        found += len(faults)
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
