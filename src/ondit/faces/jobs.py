"""Jobs of the server: reports on their way into the case, one job after the other, each in its own process.

In: bytes that somebody sent. Out: what `adding` says of them, line by line, to whoever follows. The server
goes on answering meanwhile; a job whose process dies is told as failed, and what it acknowledged is safe.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any

KEPT = 200
"""So many jobs are remembered."""


@dataclass(slots=True)
class Job:
    """One go of adding: the lines so far, and whether more will come."""

    id: str
    lines: list[dict[str, Any]] = field(default_factory=list)
    done: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, line: dict[str, Any]) -> None:
        """One more line for whoever follows."""
        self.lines.append(line)
        self._wake()

    def finish(self) -> None:
        """No more lines will come."""
        self.done = True
        self._wake()

    def _wake(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()

    async def follow(self) -> AsyncIterator[dict[str, Any]]:
        """All lines, from the first, as they come."""
        at = 0
        while True:
            changed = self.changed
            while at < len(self.lines):
                yield self.lines[at]
                at += 1
            if self.done:
                return
            await changed.wait()


class Jobs:
    """The jobs of one case. Only one runs at a time: a case has one writer."""

    def __init__(self, case: Path) -> None:
        self._case = case
        self._jobs: dict[str, Job] = {}
        self._turn = asyncio.Lock()
        self._running: set[asyncio.Task[None]] = set()

    def get(self, ident: str) -> Job | None:
        """The job of this id, if it is remembered."""
        return self._jobs.get(ident)

    def start(self, inputs: Sequence[tuple[str, bytes]]) -> Job:
        """Begin to add files, given as names to be told and bytes."""
        job = Job(token_hex(8))
        self._jobs[job.id] = job
        while len(self._jobs) > KEPT:
            del self._jobs[next(iter(self._jobs))]
        task = asyncio.create_task(self._run(job, inputs))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return job

    async def stop(self) -> None:
        """Leave what runs; its process ends with its pipe."""
        for task in tuple(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _run(self, job: Job, inputs: Sequence[tuple[str, bytes]]) -> None:
        try:
            async with self._turn:
                with tempfile.TemporaryDirectory(prefix="ondit-") as folder:
                    paths = [_put(Path(folder), number, *given) for number, given in enumerate(inputs)]
                    await self._add(job, paths, folder)
        finally:
            job.finish()

    async def _add(self, job: Job, paths: Sequence[str], folder: str) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "ondit.faces.adding",
            str(self._case),
            *paths,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=2**24,
        )
        try:
            if process.stdout is not None:
                async for line in process.stdout:
                    job.tell(json.loads(line.decode().replace(f"{folder}/", "")))
            if await process.wait() not in (0, 1):
                job.tell({"fault": "reading broke off; what is listed above is safe, add the rest again"})
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


def _put(folder: Path, number: int, name: str, content: bytes) -> str:
    """A file of these bytes under a name of ours, with no more of the given name than letters and digits."""
    plain = "".join(char if char.isalnum() or char in "._" else "-" for char in name)[-60:].lstrip(".-")
    path = folder / f"{number:04}-{plain or 'report'}"
    path.write_bytes(content)
    return str(path)
