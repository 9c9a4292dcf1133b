"""How fast reports are fingerprinted, joined and put into stories, and whether the cost stays linear.

    python benchmarks/speed/grouping.py [REPORTS ...]

Writes synthetic reports (words drawn by Zipf's law; one in ten takes sixty words in a row from an earlier
one) and prints, for each number of reports: CPU seconds and reports per CPU-second of each step, the share
of the known copies that the join finds, and the peak memory of the process.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from ondit.grouping.fingerprints import candidate_pairs, fingerprints
from ondit.grouping.reuse import shared_runs
from ondit.grouping.stories import group
from ondit.records import Document
from ondit.text.shingles import words

LENGTH, COPIED, COPIES = 600, 60, 0.1
VOCABULARY = 50_000
PER_STORY = 5

T = TypeVar("T")


def synthetic(count: int, seed: int = 1) -> tuple[list[str], list[tuple[int, int]]]:
    """Texts of `count` reports, and which pairs share a passage of `COPIED` words."""
    chance = random.Random(seed)
    vocabulary = [f"{a}{b}{c}" for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES][:VOCABULARY]
    chance.shuffle(vocabulary)
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]
    cumulative = [0.0]
    for weight in weights:
        cumulative.append(cumulative[-1] + weight)
    texts: list[list[str]] = []
    copies = []
    topics: list[list[str]] = []
    for number in range(count):
        if number % PER_STORY == 0:
            topics.append(chance.choices(vocabulary[1000:], k=30))
        text = chance.choices(vocabulary, cum_weights=cumulative[1:], k=LENGTH)
        for word in topics[-1]:
            text[chance.randrange(LENGTH)] = word
        if number and chance.random() < COPIES:
            parent, start = chance.randrange(number), chance.randrange(LENGTH - COPIED)
            text[start : start + COPIED] = texts[parent][start : start + COPIED]
            copies.append((parent, number))
        texts.append(text)
    return [" ".join(text) for text in texts], copies


SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u")]


def timed(step: Callable[[], T]) -> tuple[T, float]:
    """What a step gives, and the CPU seconds it took."""
    start = time.process_time()
    done = step()
    return done, time.process_time() - start


def measure(count: int) -> str:
    """One line of the table."""
    texts, copies = synthetic(count)
    found, reading = timed(lambda: [words(text) for text in texts])
    table, winnowing = timed(lambda: fingerprints(found))
    pairs, joining = timed(lambda: candidate_pairs(table))
    joined = list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))
    _, extending = timed(lambda: [shared_runs(found[a], found[b]) for a, b in joined])
    documents = [Document(f"{number:06}", text) for number, text in enumerate(texts)]
    _, grouping = timed(lambda: group(documents))
    recall = len(set(copies) & set(joined)) / max(1, len(set(copies)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    fingerprinted = reading + winnowing
    return (
        f"{count:>8} {fingerprinted:>8.2f} {count / fingerprinted:>8.0f} {joining:>7.2f} {len(joined):>8} "
        f"{recall:>7.3f} {extending:>8.2f} {grouping:>8.2f} {count / grouping:>8.0f} {peak:>8.0f}"
    )


def main(arguments: list[str]) -> None:
    print(f"reports of {LENGTH} words; CPU seconds; peak MB includes the texts")
    print(
        f"{'reports':>8} {'winnow':>8} {'per s':>8} {'join':>7} {'pairs':>8} {'recall':>7} {'extend':>8} "
        f"{'stories':>8} {'per s':>8} {'peak':>8}"
    )
    for count in [int(a) for a in arguments] or [1000, 2000, 5000, 10_000]:
        print(measure(count), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
