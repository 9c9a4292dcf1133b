"""What the engine promises whatever reads: order, and that one bad document costs only itself."""

from __future__ import annotations

import os
import signal

import pytest

from ondit.engines.local import read_all
from ondit.errors import WeightsError
from ondit.records import Document, Problem, Reading


def documents(*texts: str) -> list[Document]:
    return [Document(id=f"r{i}", text=text, place=f"in.jsonl:{i}") for i, text in enumerate(texts)]


def ids(results: list[Reading | Problem]) -> list[str | None]:
    return [r.document if isinstance(r, Problem) else r.document.id for r in results]


def read(document: Document) -> Reading:
    """A reader with the faults of a real one: it raises, is killed, or finds no weights, as the text says."""
    if document.text == "raise":
        raise ValueError("no words")
    if document.text == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if document.text == "no weights":
        raise WeightsError("weights are missing")
    return Reading(document)


@pytest.mark.parametrize("workers", [0, 2])
def test_readings_come_in_the_order_of_the_documents(workers: int) -> None:
    docs = documents(*"abcdefghijkl")
    assert list(read_all(docs, read, workers)) == [Reading(d) for d in docs]


@pytest.mark.parametrize("workers", [0, 2])
def test_a_document_that_raises_becomes_a_problem(workers: int) -> None:
    results = list(read_all(documents("a", "raise", "c"), read, workers))
    assert ids(results) == ["r0", "r1", "r2"]
    assert results[1] == Problem(
        "unreadable", "in.jsonl:1", "the reader failed with ValueError: no words", document="r1"
    )


def test_a_document_that_kills_its_worker_costs_only_itself() -> None:
    docs = documents("a", "b", "kill", "d", "kill", "f", "g", "h", "i", "j", "k")
    results = list(read_all(docs, read, workers=2))
    assert ids(results) == [d.id for d in docs]
    assert [r.document for r in results if isinstance(r, Problem)] == ["r2", "r4"]


@pytest.mark.parametrize("workers", [0, 1])
def test_missing_weights_are_no_fault_of_a_document(workers: int) -> None:
    with pytest.raises(WeightsError, match="weights are missing"):
        list(read_all(documents("a", "no weights"), read, workers))


def test_few_documents_are_read_in_this_process() -> None:
    seen: list[int] = []

    def here(document: Document) -> Reading:
        seen.append(os.getpid())
        return Reading(document)

    list(read_all(documents(*"abcdefgh"), here))
    assert set(seen) == {os.getpid()}


def test_no_documents_give_no_readings() -> None:
    assert list(read_all([], read)) == []
    assert list(read_all([], read, workers=2)) == []


def test_documents_are_taken_no_further_ahead_than_the_workers_need() -> None:
    taken = 0

    def source() -> object:
        nonlocal taken
        for document in documents(*["x"] * 40):
            taken += 1
            yield document

    results = read_all(source(), read, workers=1)  # type: ignore[arg-type]
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert taken <= 6
