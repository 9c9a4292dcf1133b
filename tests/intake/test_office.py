"""Word documents, and the office documents that are told from them and refused."""

from __future__ import annotations

import pytest

import intakefakes as fakes
from ondit.intake import take
from ondit.records import Document, Problem


def test_styles_make_blocks() -> None:
    (doc,) = take(fakes.WRITING)
    assert isinstance(doc, Document)
    assert [(b.kind, doc.text[b.span.start : b.span.end]) for b in doc.blocks] == [
        ("headline", "Shed blows up"),
        ("paragraph", fakes.LEAD),
        ("blockquote", fakes.MORE),
        ("caption", "The quay."),
    ]


@pytest.mark.parametrize(
    ("name", "kind"), [("xl/workbook.xml", "a spreadsheet"), ("content.xml", "an OpenDocument file")]
)
def test_other_office_documents_are_refused_by_name(name: str, kind: str) -> None:
    (problem,) = take(fakes.zipped({name: b"<x/>"}))
    assert isinstance(problem, Problem)
    assert problem.message.startswith(f"this is {kind}, which is not read")


def test_a_damaged_document_is_a_problem() -> None:
    (problem,) = take(fakes.zipped({"word/document.xml": b""}))
    assert isinstance(problem, Problem)
    assert problem.code == "unreadable"
