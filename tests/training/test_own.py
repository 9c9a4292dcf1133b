from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from training.own import rows


def outermost(folder: Path, text: str, source: str, cue: str, content: str) -> dict[str, str]:
    """The words of the one outermost attribution of a text, as it is trained on."""
    row: dict[str, Any] = {"source": source, "cue": cue, "content": [content], "in": None}
    bundle = json.dumps({"text": text, "attributions": [row]})
    (folder / "own.jsonl").write_text(bundle + "\n", encoding="utf-8")
    first = rows(folder)[0]
    (spans,) = first["attributions"]
    return {role: " | ".join(text[start:end] for start, end in spans[role]) for role in spans}


@pytest.mark.parametrize(
    ("text", "content", "taken"),
    [
        ("Low said that the crane was old.", "the crane was old", "that the crane was old"),
        ("“The crane was old,” Low said.", "The crane was old", "“The crane was old,”"),
        ("Low said that “it was old”.", "it was old", "that “it was old”"),
        ("Low said the crane was “old”.", "the crane was “old”", "the crane was “old”"),
        ("Low said the dogs’ home was shut.", "the dogs", "the dogs"),
        ("\nThe crane was old, Low said.", "The crane was old", "The crane was old"),
    ],
)
def test_content_takes_that_and_its_quotation_marks(
    tmp_path: Path, text: str, content: str, taken: str
) -> None:
    assert outermost(tmp_path, text, "Low", "said", content)["content"] == taken


@pytest.mark.parametrize(
    ("source", "taken"), [("Ada Low, a clerk", "Ada Low, a clerk,"), ("Ada Low", "Ada Low")]
)
def test_source_takes_the_comma_that_ends_an_apposition(tmp_path: Path, source: str, taken: str) -> None:
    text = "Ada Low, a clerk, said it was old."
    assert outermost(tmp_path, text, source, "said", "it was old")["source"] == taken
