"""Fifty readers of a story of sixty reports while reports are added: errors, and how long an answer takes.

    python -m benchmarks.server.load [SECONDS]

Every reader asks for the story's page, the list, the search and the trace JSON, one after the other, and
looks a second at each. Prints the number of answers, errors, the median and the 95th percentile.
"""

from __future__ import annotations

import http.client
import itertools
import json
import sys
import threading
import time
import urllib.request
from urllib.parse import urlsplit

from benchmarks.server.served import cores, many, served

READERS = 50
PAUSE = 1.0
"""Seconds that a reader looks at what it got before it asks for more."""


def read(address: str, paths: list[str], end: float, found: list[tuple[str, float, int]], start: int) -> None:
    """One reader: a list of (path, seconds, status)."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
    time.sleep(start * PAUSE / READERS)
    for path in itertools.cycle(paths[start % len(paths) :] + paths[: start % len(paths)]):
        if time.monotonic() > end:
            return
        begun = time.monotonic()
        try:
            connection.request("GET", path, headers={"accept-encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except OSError:
            status = 0
            connection.close()
        found.append((path, time.monotonic() - begun, status))
        time.sleep(PAUSE)


def add(address: str, end: float, done: list[int]) -> None:
    """Reports of the same event, sent one after the other."""
    for number in itertools.count(100):
        if time.monotonic() > end:
            return
        row = many.rows(1)[0] | {"id": f"new{number}", "outlet": f"Late {number}", "text": many.text(number)}
        request = urllib.request.Request(f"{address}/api/reports", json.dumps(row).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=30) as answer:
            done.append(answer.status)
        time.sleep(5)


def at(share: float, seconds: list[float]) -> float:
    """The quantile, in milliseconds."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def main(seconds: float) -> None:
    """Measure and print."""
    with served() as address:
        with urllib.request.urlopen(f"{address}/api/stories") as answer:
            story = json.load(answer)[0]["id"]
        page = f"/stories/{story}"
        paths = [page, "/", "/search?q=harbour", page, f"/api/stories/{story}"]
        for _ in range(2):
            urllib.request.urlopen(f"{address}{page}").close()
            time.sleep(20)
        end = time.monotonic() + seconds
        found: list[tuple[str, float, int]] = []
        added: list[int] = []
        threads = [
            threading.Thread(target=read, args=(address, paths, end, found, number))
            for number in range(READERS)
        ]
        threads.append(threading.Thread(target=add, args=(address, end, added)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    faults = sum(status != 200 for _, _, status in found)
    every = [taken for _, taken, _ in found]
    print(f"{READERS} readers, {cores()} cores, {seconds:.0f} s, {len(added)} reports sent meanwhile")
    print(f"{len(found)} answers, {faults} errors")
    print(f"all: median {at(0.5, every):.0f} ms, p95 {at(0.95, every):.0f} ms, worst {at(1, every):.0f} ms")
    for path in dict.fromkeys(paths):
        some = [taken for asked, taken, _ in found if asked == path]
        print(f"{path.split('?')[0][:24]:24} median {at(0.5, some):4.0f} ms, p95 {at(0.95, some):4.0f} ms")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60)
