"""This machine as an engine: documents in, readings out in the same order, on as many cores as pay.

Reading is a pure function of one document, so any number of worker processes may run it. A document that
raises in the reader, or kills the worker that reads it, becomes a `Problem`; the others are read again.
Workers are spawned, not forked: the ONNX runtime's threads do not survive a fork.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import chain, islice

from ondit.errors import OnditError
from ondit.records import Document, Problem, Reading

Reader = Callable[[Document], Reading]

FEW = 8
"""Up to so many documents a pool costs more (one start of the reader a worker) than it saves."""

_reader: Reader | None = None
"""The reader of a worker process, set once when it starts; always None in the calling process."""


def read_all(
    documents: Iterable[Document], read: Reader, workers: int | None = None
) -> Iterator[Reading | Problem]:
    """The reading of every document, in order; a `Problem` in the place of each that could not be read.

    `workers` is the number of processes: by default one a core for more than eight documents, else none
    (`workers=0`: everything in this process). With a pool, `read` must be picklable. Errors of the tool
    itself (an `OnditError`, such as weights that are missing) are raised, not laid at a document's door.
    """
    rest = iter(documents)
    if workers is None:
        first = list(islice(rest, FEW + 1))
        workers = cores() if len(first) > FEW else 0
        rest = chain(first, rest)
    if workers == 0:
        return (read_one(read, document) for document in rest)
    return _pooled(rest, read, workers)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_one(read: Reader, document: Document) -> Reading | Problem:
    """The reading of one document, or what went wrong in the reader."""
    try:
        return read(document)
    except (OnditError, ImportError):
        raise
    except Exception as fault:  # noqa: BLE001 - whatever a document provokes must not cost the others
        return _problem(document, f"the reader failed with {type(fault).__name__}: {fault}")


def _problem(document: Document, message: str) -> Problem:
    return Problem("unreadable", document.place or document.id, message, document=document.id)


def _pooled(documents: Iterator[Document], read: Reader, workers: int) -> Iterator[Reading | Problem]:
    """Keep a few documents a worker in flight; when the pool breaks, read those again one by one."""
    waiting: deque[tuple[Document, Future[Reading | Problem]]] = deque()
    pool = _pool(read, workers)
    try:
        while True:
            while len(waiting) < 4 * workers and (document := next(documents, None)) is not None:
                waiting.append((document, _submit(pool, document)))
            if not waiting:
                return
            try:
                done = waiting[0][1].result()
            except BrokenProcessPool:
                pool.shutdown(wait=True)
                suspects = [document for document, _ in waiting]
                waiting.clear()
                yield from _one_by_one(suspects, read)
                pool = _pool(read, workers)
            else:
                waiting.popleft()
                yield done
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _one_by_one(suspects: list[Document], read: Reader) -> Iterator[Reading | Problem]:
    """With one document in flight, whichever is there when the pool breaks has broken it."""
    pool = _pool(read, 1)
    try:
        for document in suspects:
            try:
                done = _submit(pool, document).result()
            except BrokenProcessPool:
                pool.shutdown(wait=True)
                pool = _pool(read, 1)
                yield _problem(document, "the process that read it was killed (out of memory, or a crash)")
            else:
                yield done
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(read: Reader, workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker, initargs=(read,)
    )


def _start_worker(read: Reader) -> None:
    global _reader
    _reader = read
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle


def _submit(pool: ProcessPoolExecutor, document: Document) -> Future[Reading | Problem]:
    try:
        return pool.submit(_read_in_worker, document)
    except BrokenProcessPool as fault:  # a worker died between two documents
        broken: Future[Reading | Problem] = Future()
        broken.set_exception(fault)
        return broken


def _read_in_worker(document: Document) -> Reading | Problem:
    if _reader is None:
        raise RuntimeError("this function runs in worker processes only")
    return read_one(_reader, document)
