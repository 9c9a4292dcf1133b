"""PDF files: lines made paragraphs, running heads left out, pictures and broken files said."""

from __future__ import annotations

import builtins
from typing import Any

import pytest

import intakefakes as fakes
from ondit.intake import take
from ondit.records import Document, Problem


def report(raw: bytes) -> Document:
    (doc,) = (record for record in take(raw, "x.pdf") if isinstance(record, Document))
    return doc


def test_lines_are_joined_to_paragraphs() -> None:
    doc = report(fakes.PDF)
    assert [doc.text[b.span.start : b.span.end] for b in doc.blocks] == [
        "Shed blows up in Velmar",
        "By Ana Reyes",
        "VELMAR (Reuters) -",
        fakes.LEAD,
        fakes.MORE,
    ]


def test_running_heads_and_page_figures_are_left_out() -> None:
    told = [fakes.set_in_lines(f"{name} said so: {fakes.LEAD.replace('r', name)}") for name in "ABCD"]
    pages = [["The Tide, 4 March", "", *lines, "", f"Page {n}"] for n, lines in enumerate(told, 1)]
    text = report(fakes.pdf(*pages)).text
    assert ("The Tide" in text, "Page" in text, text.count("said so")) == (False, False, 4)


def test_a_word_parted_at_the_end_of_a_line_is_joined() -> None:
    doc = report(fakes.pdf(["The harbour author-", "ity closed all berths after an explosion."]))
    assert "harbour authority closed" in doc.text


def test_a_pdf_of_pictures_is_a_problem_that_says_so() -> None:
    (problem,) = take(fakes.pdf([]))
    assert isinstance(problem, Problem)
    assert (problem.code, "OCR" in problem.message) == ("empty", True)


def test_without_the_extra_the_problem_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "pypdfium2":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    (problem,) = take(fakes.PDF)
    assert isinstance(problem, Problem)
    assert "pip install 'ondit[pdf]'" in problem.message
