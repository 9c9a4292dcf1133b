"""Events with statements that say the same: what the sentence vectors learn from, as one kind of record.

Four sources. `aligned/*.jsonl`: 176 events of real news whose statements were aligned by hand, as offsets
into texts of BASIL and ECB+ that are not shipped (one event a line: ids of the reports, statements as
[report, start, end, ...], and for each claim the statements that say it, deny it or may say it).
`briefs/*.jsonl`: short stories of our own with everything that two reports share, in the same form and
with their texts. `claims/*.jsonl`: mini-stories of our own. `stories/*/story.json`: the gold mentions of
annotated stories.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_CROP = 450
"""Words of a BASIL article that were annotated, to the end of their paragraph."""


@dataclass(frozen=True, slots=True)
class Event:
    """What the reports of one event say, and which claims each statement makes; `unsure` are pairs of
    statements (lower first) of which nobody knows whether they say the same."""

    statements: tuple[str, ...]
    claims: tuple[frozenset[str], ...]
    unsure: frozenset[tuple[int, int]] = frozenset()

    def same(self, a: int, b: int) -> bool:
        return not self.claims[a].isdisjoint(self.claims[b])


def of_news(folder: Path, storysets: Path) -> Iterator[Event]:
    """The aligned events of `folder`; `storysets` holds stories_basil.jsonl and stories_ecbplus.jsonl."""
    found = dict(_news(storysets))
    for file in sorted(folder.glob("*.jsonl")):
        for row in _rows(file):
            yield _aligned(row, [found[report] for report in row["reports"]])


def texts(storysets: Path, briefs: Path) -> Iterator[str]:
    """The texts of BASIL and ECB+, annotated or not, and those of the short stories."""
    yield from (text for _, text in _news(storysets))
    for file in sorted(briefs.glob("*.jsonl")):
        yield from (report["text"] for row in _rows(file) for report in row["reports"])


def of_briefs(folder: Path) -> Iterator[Event]:
    """The short stories of `folder`, their reports in one row with what they say."""
    for file in sorted(folder.glob("*.jsonl")):
        for row in _rows(file):
            yield _aligned(row, [report["text"] for report in row["reports"]])


def of_our_own(claims: Path, stories: Path | None = None) -> Iterator[Event]:
    """Every mini-story of `claims`, and the claims and gold mentions of each story of `stories`."""
    for file in sorted(claims.glob("*.jsonl")):
        for row in _rows(file):
            yield _event(
                (said, {str(nr)})
                for nr, claim in enumerate(row["claims"])
                for said in (claim["claim"], *claim["affirm"], *claim.get("deny", []))
            )
    for file in sorted(stories.glob("*/story.json")) if stories else ():
        story = json.loads(file.read_text(encoding="utf-8"))
        yield _event(
            (said, {claim["id"]})
            for claim in story["claims"]
            for said in (claim["text"], *(mention["quote"] for mention in claim["mentions"]))
        )


def _aligned(row: dict[str, Any], texts: list[str]) -> Event:
    said, claims = [], [set[str]() for _ in row["statements"]]
    unsure: set[tuple[int, int]] = set()
    for report, *ends in row["statements"]:
        spans = zip(ends[::2], ends[1::2], strict=True)
        said.append(" ".join(texts[report][start:end] for start, end in spans))
    for nr, claim in enumerate(row["claims"]):
        sure = [*claim.get("says", []), *claim.get("denies", [])]
        for place in sure:
            claims[place].add(str(nr))
        for maybe in claim.get("unsure", []):
            unsure |= {(min(maybe, other), max(maybe, other)) for other in (*sure, *claim["unsure"])}
    return Event(tuple(said), tuple(map(frozenset, claims)), frozenset(unsure))


def _event(rows: Iterator[tuple[str, set[str]]]) -> Event:
    said, claims = zip(*rows, strict=True)
    return Event(tuple(said), tuple(map(frozenset, claims)))


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _news(storysets: Path) -> Iterator[tuple[str, str]]:
    """Reports of BASIL and ECB+: id and text."""
    for name in ("stories_basil", "stories_ecbplus"):
        yield from ((row["id"], _text(row)) for row in _rows(storysets / f"{name}.jsonl"))


def _text(row: dict[str, Any]) -> str:
    """A report as it was annotated: of BASIL with its title and cropped, of ECB+ without spaces of tokens."""
    if row["id"].startswith("ecb/"):
        return _joined(row["text"])
    title = f"{row['title']}\n\n" if row["title"] not in row["text"] else ""
    return title + _cropped(row["text"])


def _cropped(text: str) -> str:
    kept: list[str] = []
    for paragraph in text.split("\n"):
        kept.append(paragraph)
        if sum(len(p.split()) for p in kept) >= _CROP:
            break
    return "\n".join(kept)


def _joined(text: str) -> str:
    text = text.replace("``", '"').replace(" ''", '"').replace("''", '"')
    text = re.sub(r" ([.,;:?!%)\]])", r"\1", text)
    text = re.sub(r"([(\[$]) ", r"\1", text)
    text = re.sub(r" ('s|n't|'re|'ve|'ll|'d|'m|')\b", r"\1", text)
    return re.sub(r'" ([^"]*?) ?"(?=\W|$)', r'"\1"', text)
