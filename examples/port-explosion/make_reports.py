"""Write reports.jsonl, the example's input, from the annotated story tests/stories/port-explosion.

Run it after editing the story; a test holds the two together.
"""

from __future__ import annotations

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
STORY = HERE.parents[1] / "tests" / "stories" / HERE.name


def lines() -> str:
    """One JSON object a report: id, outlet, url, headline, published, text."""
    story = json.loads((STORY / "story.json").read_text(encoding="utf-8"))
    rows = (
        {
            "id": report["id"],
            "outlet": story["agents"][report["outlet"]]["name"],
            "url": report["url"],
            "headline": report["headline"],
            "published": report["published"],
            "text": (STORY / "reports" / report["file"]).read_text(encoding="utf-8"),
        }
        for report in story["reports"]
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    (HERE / "reports.jsonl").write_text(lines(), encoding="utf-8")
