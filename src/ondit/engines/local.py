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
from typing import TYPE_CHECKING

from ondit.errors import OnditError
from ondit.records import Document, Problem, Reading

if TYPE_CHECKING:
    from ctypes import c_byte

Reader = Callable[[Document], Reading]

FEW = 8
"""Up to so many documents a pool costs more (one start of the reader a worker) than it saves."""

_reader: Reader | None = None
_stop: c_byte | None = None
"""The reader of a worker process and the sign to leave, set once when it starts; None in the caller's."""


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
    with _Pool(read, workers) as pool:
        while True:
            while len(waiting) < 4 * workers and (document := next(documents, None)) is not None:
                waiting.append((document, pool.submit(document)))
            if not waiting:
                return
            try:
                done = waiting[0][1].result()
            except BrokenProcessPool:
                suspects = [document for document, _ in waiting]
                waiting.clear()
                yield from _one_by_one(suspects, read)
                pool.restart()
            else:
                waiting.popleft()
                yield done


def _one_by_one(suspects: list[Document], read: Reader) -> Iterator[Reading | Problem]:
    """With one document in flight, whichever is there when the pool breaks has broken it."""
    with _Pool(read, 1) as pool:
        for document in suspects:
            try:
                done = pool.submit(document).result()
            except BrokenProcessPool:
                pool.restart()
                done = _problem(document, "the process that read it was killed (out of memory, or a crash)")
            yield done


class _Pool:
    """Worker processes that can be started again, and that leave after the document in hand."""

    def __init__(self, read: Reader, workers: int) -> None:
        self._read = read
        self._workers = workers
        self._context = multiprocessing.get_context("spawn")
        self._stop = self._context.RawValue("b", 0)  # no lock that a killed worker could take along
        self._executor = self._started()

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._workers,
            mp_context=self._context,
            initializer=_start_worker,
            initargs=(self._read, self._stop),
        )

    def restart(self) -> None:
        """New workers in the place of a broken pool."""
        self._executor.shutdown(wait=True)
        self._executor = self._started()

    def submit(self, document: Document) -> Future[Reading | Problem]:
        try:
            return self._executor.submit(_read_in_worker, document)
        except BrokenProcessPool as fault:  # a worker died between two documents
            broken: Future[Reading | Problem] = Future()
            broken.set_exception(fault)
            return broken

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.value = 1
        self._executor.shutdown(wait=True, cancel_futures=True)


def _start_worker(read: Reader, stop: c_byte) -> None:
    global _reader, _stop
    _reader, _stop = read, stop
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle


def _read_in_worker(document: Document) -> Reading | Problem:
    if _reader is None or _stop is None:
        raise RuntimeError("this function runs in worker processes only")
    if _stop.value:
        return _problem(document, "not read: the work was broken off")
    return read_one(_reader, document)
