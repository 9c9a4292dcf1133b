from __future__ import annotations

import runpy
from pathlib import Path


def test_the_example_is_the_annotated_story(root: Path) -> None:
    folder = root / "examples" / "port-explosion"
    lines = runpy.run_path(str(folder / "make_reports.py"))["lines"]
    assert (folder / "reports.jsonl").read_text(encoding="utf-8") == lines(), "run make_reports.py"
