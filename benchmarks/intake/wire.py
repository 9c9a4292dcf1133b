"""Whether an agency's report is told from an outlet's own: precision and recall on PolNeAR.

    ONDIT_SHARED=FOLDER python -m benchmarks.intake.wire [-v]

Needs `data/polnear` below the folder that `ONDIT_SHARED` names: 924 reports with the agency that each is from
(`wire_credit.jsonl`) and their texts. Reports that the annotators left open ("NA") do not count. `-v` lists
what was missed and what was wrongly taken for an agency's.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ondit.intake import take
from ondit.intake.credits import wire
from ondit.records import Document


def reports(folder: Path) -> Iterator[tuple[str, bool, str]]:
    """Id, whether an agency's, and text of every report that is annotated."""
    lines = (folder / "wire_credit.jsonl").read_text("utf-8").splitlines()
    gold = {row["id"]: row["wire"] for row in map(json.loads, lines)}
    for part in ("train", "dev"):
        with gzip.open(folder / f"{part}.jsonl.gz", "rt", encoding="utf-8") as stream:
            for row in map(json.loads, stream):
                if gold.get(row["id"], "NA") != "NA":
                    yield row["id"], gold[row["id"]] != "None", row["text"]


def main() -> None:
    """Print the counts, precision and recall."""
    shared = os.environ.get("ONDIT_SHARED")
    if not shared:
        raise SystemExit("set ONDIT_SHARED to the folder that holds data/polnear")
    counts = {(mine, gold): 0 for mine in (True, False) for gold in (True, False)}
    for ident, gold, text in reports(Path(shared) / "data" / "polnear"):
        row = json.dumps({"id": ident, "text": text}).encode()
        (doc,) = (record for record in take(row, ident) if isinstance(record, Document))
        mine = wire(doc.credits)
        counts[mine is not None, gold] += 1
        if "-v" in sys.argv and (mine is not None) != gold:
            print("missed" if gold else f"wrong ({mine})", ident)
    right, wrong, missed = counts[True, True], counts[True, False], counts[False, True]
    print(
        f"{sum(counts.values())} reports, {right + missed} of agencies: "
        f"right {right}, wrong {wrong}, missed {missed}"
    )
    print(f"precision {right / max(1, right + wrong):.3f}  recall {right / max(1, right + missed):.3f}")


if __name__ == "__main__":
    main()
