"""What the routes of the server share: where the case is, its finished pages, its jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ondit.casefile import Case
from ondit.errors import UnknownIdError
from ondit.faces.jobs import Job, Jobs
from ondit.faces.shelf import Listed, Shelf
from ondit.telling.words import clean

LIMIT = 20_000_000
"""So many bytes are taken in at once."""


@dataclass(slots=True)
class Desk:
    """One case, served."""

    path: Path
    shelf: Shelf
    jobs: Jobs

    @contextmanager
    def case(self) -> Iterator[Case]:
        """The case, for reading, as long as a request needs it."""
        with Case.open(self.path, readonly=True) as case:
            yield case

    async def stories(self) -> Sequence[Listed]:
        """What a list says of all stories, those with most reports first."""
        with self.case() as case:
            traced = case.traced()
        return await self.shelf.stories(traced)

    def job(self, ident: str) -> Job:
        """The job of this id."""
        found = self.jobs.get(ident)
        if found is None:
            raise UnknownIdError(
                f"there is no job {ident!r}; after a restart of the server none is remembered"
            )
        return found


def address(story: str) -> str:
    """Where the page of a story is."""
    return f"/stories/{quote(story, safe='')}"


def told(line: dict[str, Any]) -> dict[str, str]:
    """A line of a job in words, and where it leads."""
    if "added" in line:
        added = line["added"]
        said = f"{clean(added['report'])}: {'read' if added['new'] else 'known already'}"
        return {"said": said, "to": address(added["story"])}
    if "problem" in line:
        return {"said": f"{clean(line['problem']['place'])}: {clean(line['problem']['message'])}", "to": ""}
    return {"said": clean(str(line.get("fault", ""))), "to": ""}
