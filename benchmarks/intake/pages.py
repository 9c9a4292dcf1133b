"""How much of a report's main text is kept and how much furniture comes with it, on 40 pages of our own.

    python -m benchmarks.intake.pages [--write FOLDER] [-v]

Twenty templates (`templates.py`) with two reports each of the annotated stories. Prints for Ondit,
trafilatura and resiliparse (group `measure`) the mean precision, recall and F1 of the words, and pages
a second of one core. Headlines count for nobody. `--write` writes the pages and their gold as files;
`-v` prints F1 by template.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.intake.templates import TEMPLATES
from ondit.intake import take
from ondit.records import Document

STORIES = Path(__file__).resolve().parents[2] / "tests" / "stories"
ROUNDS = 5
OWN_FURNITURE = re.compile(
    r"\bText [A-Z]{3,}|Sign up here|[Nn]ewsdesk, day|Message the studio|-second read|OUT ----"
)
"""Lines of the stories that are furniture themselves: they stand neither on the pages nor in the gold."""
Extract = Callable[[str], str]


class Page(NamedTuple):
    """A page and what should be read on it."""

    name: str
    markup: str
    title: str
    gold: str


def reports() -> Iterator[tuple[str, list[str]]]:
    """First line and paragraphs of the reports of all stories that are long enough for a page."""
    for file in sorted(STORIES.glob("*/reports/*.txt")):
        title, *lines = filter(None, map(str.strip, file.read_text("utf-8").split("\n")))
        text = [
            line
            for line in lines
            if len(line.split()) > 12 and line != title and not OWN_FURNITURE.search(line)
        ]
        if len(text) > 4:
            yield title, text


def pages() -> list[Page]:
    """The 40 pages: each template with two reports."""
    texts = list(reports())
    out = []
    for number in range(2 * len(TEMPLATES)):
        template = TEMPLATES[number % len(TEMPLATES)]
        title, text = texts[number % len(texts)]
        name = f"{template.__name__}-{number // len(TEMPLATES) + 1}"
        out.append(Page(name, template(title, text), title, "\n".join(text)))
    return out


def ours(markup: str) -> str:
    """The text of our blocks that are the report's."""
    docs = [record for record in take(markup.encode()) if isinstance(record, Document)]
    kept = (doc.text[b.span.start : b.span.end] for doc in docs for b in doc.blocks if b.kind not in _LEFT)
    return "\n".join(kept)


_LEFT = {"boilerplate"}


def extractors() -> dict[str, Extract]:
    """Ours and, where they are installed, the others by name."""
    found: dict[str, Extract] = {"ondit": ours}
    try:
        import trafilatura

        found["trafilatura"] = lambda markup: trafilatura.extract(markup, include_comments=False) or ""
        found["trafilatura, recall"] = lambda markup: (
            trafilatura.extract(markup, include_comments=False, favor_recall=True) or ""
        )
    except ImportError:
        print("trafilatura is not here: sh bootstrap.sh --group measure")
    try:
        from resiliparse.extract.html2text import extract_plain_text

        found["resiliparse"] = lambda markup: str(
            extract_plain_text(markup, main_content=True, comments=False)
        )
    except ImportError:
        print("resiliparse is not here: sh bootstrap.sh --group measure")
    return found


def words(text: str, title: str) -> Counter[str]:
    """The words of a text without its headline's line."""
    lines = (line.strip(" \t#•*-") for line in text.split("\n"))
    return Counter(re.findall(r"\w+", " ".join(line for line in lines if line != title).lower()))


def scores(page: Page, text: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words."""
    found, gold = words(text, page.title), words(page.gold, page.title)
    same = (found & gold).total()
    precision, recall = same / max(1, found.total()), same / max(1, gold.total())
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def measure(extract: Extract, every: list[Page]) -> tuple[list[tuple[float, float, float]], float]:
    """The scores of each page, and pages a CPU-second."""
    found = [scores(page, extract(page.markup)) for page in every]
    begun = time.process_time()
    for _ in range(ROUNDS):
        for page in every:
            extract(page.markup)
    return found, ROUNDS * len(every) / (time.process_time() - begun)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    parser.add_argument("-v", action="store_true", dest="verbose")
    asked = parser.parse_args()
    every = pages()
    if asked.write:
        asked.write.mkdir(parents=True, exist_ok=True)
        for page in every:
            (asked.write / f"{page.name}.html").write_text(page.markup, "utf-8")
            (asked.write / f"{page.name}.txt").write_text(page.gold, "utf-8")
    rows: dict[str, Any] = {}
    print(f"{len(every)} pages      precision recall    F1  worst  pages/s")
    for name, extract in extractors().items():
        found, speed = measure(extract, every)
        precision, recall, f1 = (sum(column) / len(found) for column in zip(*found, strict=True))
        worst = min(score[2] for score in found)
        print(f"{name:20} {precision:5.3f}  {recall:5.3f} {f1:5.3f}  {worst:5.3f} {speed:8.0f}")
        rows[name] = [score[2] for score in found]
    if asked.verbose:
        for number, page in enumerate(every):
            print(f"{page.name:14}", *(f"{scored[number]:6.3f}" for scored in rows.values()))


if __name__ == "__main__":
    main()
