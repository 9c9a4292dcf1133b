"""A reader, a grouping and a tracer that are quick and plain, to test what only hands them on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from ondit.casefile import Added, Case, Neighbours
from ondit.records import (
    Anchor,
    Claim,
    Document,
    Evidence,
    Judgement,
    Problem,
    Reading,
    Span,
    Statement,
    Trace,
    content_id,
)
from ondit.tracing.judgements import judgement


def report(number: int, topic: str, text: str = "") -> Document:
    text = text or f"Report {number} about the {topic}: something was said there."
    return Document(id=f"r{number}", text=text, outlet=f"Outlet {number}", headline=f"On the {topic}")


def read(document: Document) -> Reading:
    if "unreadable" in document.text:
        raise ValueError("no words")
    span = Span(0, len(document.text))
    statement = Statement(content_id("st", document.id), document.id, (span,), ("agent",))
    return Reading(document, statements=(statement,))


def read_all(documents: Iterable[Document]) -> Iterator[Reading | Problem]:
    for document in documents:
        try:
            yield read(document)
        except ValueError as fault:
            yield Problem("unreadable", document.id, str(fault), document=document.id)


def assign(reading: Reading, neighbours: Neighbours) -> str | None:
    """Same headline, same story."""
    headline = reading.document.headline
    return next((story for story, other in neighbours if other.document.headline == headline), None)


def trace(readings: Sequence[Reading], story: str, judgements: Sequence[Judgement] = ()) -> Trace:
    """One claim a report."""
    docs = tuple(reading.document for reading in readings)
    claims = tuple(Claim(f"claim-{d.id}", Evidence(d.id, Span(0, 6), "gist"), ()) for d in docs)
    return Trace(story, docs, claims=claims, judgements=tuple(judgements))


def many() -> list[Document]:
    return [report(i, f"topic{i % 5}") for i in range(60)]


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def judging(path: str) -> None:
    """Judge one report after another, and say of each judgement when it is acknowledged."""
    say("ready")
    with Case.open(path) as case:
        known = {one.note for one in case.judgements()}
        for note in (str(n) for n in range(400) if str(n) not in known):
            one = judgement("same claim", "Ada", "2031", note, [Anchor(f"r{int(note) % 60}", "was said")])
            case.judge(one, trace)
            say(one.id)
    say("end")


def main(path: str) -> None:
    """Add `many` to the case, and say of each report when it is acknowledged."""
    say("ready")
    with Case.open(path) as case:
        for done in case.add_all(many(), read_all, assign, trace):
            if isinstance(done, Added):
                say(done.report)
    say("end")


if __name__ == "__main__":
    (judging if "judging" in sys.argv else main)(sys.argv[1])
