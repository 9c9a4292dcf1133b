"""A story bundle (tests/stories/README.md) as records: reports, and what a careful reader finds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STANCES = ("affirm", "deny")


@dataclass(frozen=True, slots=True)
class GoldAgent:
    """Somebody in the story; `principal` is for whom it speaks or who controls it."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    principal: str | None = None


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One report of the story; `outlet` is an agent."""

    id: str
    outlet: str
    headline: str
    text: str
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class GoldMention:
    """The shortest stretch of a report that states a claim; `chain` says from whom it is, origin first."""

    report: str
    start: int
    end: int
    chain: tuple[str, ...]
    stance: str
    certainty: str
    firsthand: bool = False


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """All mentions of one claim."""

    id: str
    mentions: tuple[GoldMention, ...]

    def stances(self) -> Iterator[str]:
        """The stances that have origins to count."""
        return (stance for stance in STANCES if any(m.stance == stance for m in self.mentions))


@dataclass(frozen=True, slots=True)
class Story:
    """A story with its answer. Agents and reports by id; derivations as (child, parent)."""

    id: str
    agents: dict[str, GoldAgent]
    reports: dict[str, GoldReport]
    claims: tuple[GoldClaim, ...]
    derivations: frozenset[tuple[str, str]]
    conflicts: frozenset[frozenset[str]]

    def vertex(self, agent: str) -> str:
        """The last principal of an agent: what it counts as."""
        seen = set[str]()
        while agent in self.agents and agent not in seen:
            seen.add(agent)
            agent = self.agents[agent].principal or agent
        return agent


def load_story(folder: Path) -> Story:
    """The story in `folder`. ValueError where a quoted stretch is not in its report."""
    raw = json.loads((folder / "story.json").read_text(encoding="utf-8"))
    reports = {row["id"]: _report(folder, row) for row in raw["reports"]}
    return Story(
        id=raw["id"],
        agents={key: _agent(row) for key, row in raw["agents"].items()},
        reports=reports,
        claims=tuple(_claim(row, reports) for row in raw["claims"]),
        derivations=frozenset((row["child"], row["parent"]) for row in raw.get("derivations", [])),
        conflicts=frozenset(frozenset(row["claims"]) for row in raw.get("conflicts", [])),
    )


def load_stories(folder: Path) -> list[Story]:
    """Every story under `folder`, by name."""
    return [load_story(path.parent) for path in sorted(folder.glob("*/story.json"))]


def input_lines(story: Story) -> str:
    """The reports of a story as `ondit trace` takes them: JSON lines."""
    rows = (
        {
            "id": report.id,
            "outlet": story.agents[report.outlet].name,
            "url": report.url,
            "headline": report.headline,
            "published": report.published,
            "text": report.text,
        }
        for report in story.reports.values()
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def corpus_digest(folder: Path) -> str:
    """sha256 over names and bytes of all stories: floors hold for this corpus and no other."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*/story.json"), *folder.glob("*/reports/*")]):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _agent(row: dict[str, Any]) -> GoldAgent:
    return GoldAgent(row["name"], row["kind"], tuple(row.get("aliases", ())), row.get("principal"))


def _report(folder: Path, row: dict[str, Any]) -> GoldReport:
    text = (folder / "reports" / row["file"]).read_text(encoding="utf-8")
    return GoldReport(row["id"], row["outlet"], row["headline"], text, row.get("url"), row.get("published"))


def _claim(row: dict[str, Any], reports: dict[str, GoldReport]) -> GoldClaim:
    return GoldClaim(row["id"], tuple(_mention(m, reports[m["report"]].text) for m in row["mentions"]))


def _mention(row: dict[str, Any], text: str) -> GoldMention:
    start = -1
    for _ in range(row.get("occurrence", 1)):
        start = text.index(row["quote"], start + 1)
    return GoldMention(
        report=row["report"],
        start=start,
        end=start + len(row["quote"]),
        chain=tuple(row["chain"]),
        stance=row["stance"],
        certainty=row["certainty"],
        firsthand=bool(row.get("firsthand")),
    )
