"""How fast intake is, and whether its memory stays flat.

    python -m benchmarks.intake.speed [--megabytes 1024]

Prints HTML pages a CPU-second (the 40 pages of `pages`), records a second of a web archive without
pages (packed and plain, beside fastwarc where it is installed), feeds a second (200 items, beside
feedparser), and the peak memory of a process that takes in an archive of so many megabytes made from
the pages.
"""

from __future__ import annotations

import argparse
import gzip
import io
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.intake.pages import pages
from ondit.intake import load, take
from ondit.intake.archives import record_of
from ondit.records import Document

RECORDS = 20_000
ITEMS = 200
WHEN = "2031-03-05T00:00:00Z"


def per_second(count: int, act: Callable[[], object]) -> float:
    """So many things a CPU-second."""
    begun = time.process_time()
    act()
    return count / (time.process_time() - begun)


def pictures(count: int) -> list[bytes]:
    """Records that are no pages: answers with a picture of some kilobytes."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"
    body = bytes(range(256)) * 16
    return [record_of(f"https://tide.example/{n}.png", WHEN, head, body) for n in range(count)]


def archives() -> None:
    """Records a second of archives without pages."""
    records = pictures(RECORDS)
    plain, packed = b"".join(records), b"".join(gzip.compress(record, 6) for record in records)
    for name, raw in (("plain", plain), ("packed", packed)):
        speed = per_second(RECORDS, partial(list, take(raw)))
        print(f"{name} WARC without pages: {speed:,.0f} records/s")
        try:
            from fastwarc.warc import ArchiveIterator
        except ImportError:
            continue
        theirs = per_second(RECORDS, partial(list, ArchiveIterator(io.BytesIO(raw))))
        print(f"{name}, fastwarc iterating alone: {theirs:,.0f} records/s")


def feeds() -> None:
    """A feed of 200 items."""
    text = "Officials said that the channel would be checked by divers before any ship could sail again. " * 5
    items = "".join(
        f"<item><title>Report {n}</title><link>https://tide.example/{n}</link><source url='https://b.example/'>B</source>"
        f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
        for n in range(ITEMS)
    )
    raw = f"<rss version='2.0'><channel><title>Tide</title>{items}</channel></rss>".encode()
    ours = 1000 / per_second(1, lambda: list(take(raw)))
    print(f"feed of {ITEMS} items: {ours:.0f} ms, blocks and credits read")
    try:
        import feedparser
    except ImportError:
        return
    print(f"feedparser, the feed alone: {1000 / per_second(1, lambda: feedparser.parse(raw)):.0f} ms")


def large(folder: Path, megabytes: int) -> Path:
    """An archive of so many megabytes of pages, each a little different."""
    made = [page.markup.encode() for page in pages()]
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    path = folder / "large.warc"
    size = number = 0
    with path.open("wb") as out:
        while size < megabytes << 20:
            body = made[number % len(made)].replace(b"</h1>", b" %d</h1>" % number, 1)
            body += b"<!-- " + b"x" * 40_000 + b" -->"
            size += out.write(record_of(f"https://tide.example/{number}", WHEN, head, body))
            number += 1
    return path


def peak() -> int:
    """The most memory this process has held, in MB; Linux alone tells it without what the parent held."""
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return int(status.partition("VmHWM:")[2].split()[0]) >> 10


def count(path: str) -> None:
    """Take in an archive in a process of its own; say how much memory that took at most."""
    before = peak()
    begun = time.process_time()
    reports = sum(isinstance(record, Document) for record in load([path]))
    took = time.process_time() - begun
    print(f"{reports:,} reports in {took:.0f} CPU-s; memory {before} MB before, {peak()} MB at most")


def main() -> None:
    """Print one line for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1024)
    asked = parser.parse_args()
    every = [page.markup.encode() for page in pages()] * 5
    for raw in every[:40]:
        list(take(raw))
    print(f"HTML: {per_second(len(every), lambda: [list(take(raw)) for raw in every]):,.0f} pages/s and core")
    archives()
    feeds()
    sys.stdout.flush()
    with TemporaryDirectory() as folder:
        for megabytes in (asked.megabytes // 8, asked.megabytes):
            path = large(Path(folder), megabytes)
            print(f"archive of {megabytes} MB: ", end="", flush=True)
            child = multiprocessing.get_context("spawn").Process(target=count, args=(str(path),))
            child.start()
            child.join()


if __name__ == "__main__":
    main()
