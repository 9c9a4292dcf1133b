"""The terminal: where renderables and lines go, how far the work is, how files are written.

Results go to stdout, everything about the work to stderr; progress only where somebody watches. A file
is there whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ondit.errors import OnditError
from ondit.records import Problem

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

WIDEST = 140
"""Longer lines are hard to read; a wider terminal stays empty at the right."""

SHOWN = 20
"""So many problems are listed before the rest is only counted."""


class OutputError(OnditError):
    """What was asked for cannot be written where it should go."""


def console(stream: IO[str]) -> Console:
    """A console on a stream: styles only on a terminal, never colour alone, nothing guessed from the text."""
    from rich.console import Console

    found = Console(file=stream, highlight=False, markup=False, emoji=False)
    found.width = min(found.width, WIDEST)
    return found


def width() -> int:
    """Columns to fill on stdout: the terminal's, 80 where there is none."""
    return console(sys.stdout).width


def show(renderable: RenderableType) -> None:
    """Print to stdout; where that is no terminal, as plain text without trailing spaces."""
    screen = console(sys.stdout)
    with screen.capture() as captured:
        screen.print(renderable)
    lines = captured.get().split("\n")
    sys.stdout.write("\n".join(lines if screen.is_terminal else map(str.rstrip, lines)))


def say(message: str) -> None:
    """One line to stderr."""
    from ondit.telling.words import clean

    sys.stderr.write(f"ondit: {clean(message)}\n")


def say_problems(problems: Sequence[Problem]) -> None:
    """What could not be used, one line each, to stderr."""
    if not problems:
        return
    from ondit.telling.words import number_of, shortened

    say(f"{number_of(len(problems), 'problem')}:")
    for problem in problems[:SHOWN]:
        report = f" (report {problem.document})" if problem.document else ""
        say(f"  {problem.place}{report}: {shortened(problem.message, 300)}")
    if len(problems) > SHOWN:
        say(f"  and {len(problems) - SHOWN} more")


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Callable[[], None]]:
    """A bar on stderr while somebody watches; what comes out moves it on by one."""
    if not sys.stderr.isatty() or (total is not None and total < 2):
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(sys.stderr), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)


def check_writable(path: str, read: Iterable[str | None] = ()) -> None:
    """Refuse, before any work is done, an output that cannot be written or would destroy what is read.

    `read` names what the command reads or keeps: files, folders, "-"; None stands for an option not given.
    """
    if path == "-":
        return
    target = Path(path)
    if target.is_dir():
        raise OutputError(f"{path} is a folder; name a file for the output")
    if not target.parent.is_dir():
        raise OutputError(f"{path} cannot be written: there is no folder {target.parent}")
    for name in read:
        if name is not None and name != "-" and _is_read_in(target, Path(name)):
            raise OutputError(f"{path} is not written: it belongs to what is read, {name}; name another file")
    if is_database(target) and not _is_export(target):
        raise OutputError(f"{path} is not written: it is a case or another SQLite file; name another file")


def check_folder(path: str, read: Iterable[str | None] = ()) -> None:
    """The same for an output of many files: it gets a folder of its own."""
    target = Path(path)
    if path == "-":
        raise OutputError("this format is a folder of files: name a folder for it")
    if target.exists() and not target.is_dir():
        raise OutputError(f"{path} is no folder; name one for the files of this format")
    if not target.resolve().parent.is_dir():
        raise OutputError(f"{path} cannot be made: there is no folder {target.parent}")
    resolved = target.resolve()
    for name in read:
        if name is None or name == "-":
            continue
        source = Path(name).resolve()
        if resolved == source or (source.is_dir() and source in resolved.parents):
            raise OutputError(f"{path} is not written: it belongs to what is read, {name}; name another one")


def files_of_case(path: str | None) -> list[str]:
    """A case file and those that SQLite keeps beside it."""
    return [] if path is None else [f"{path}{end}" for end in ("", "-wal", "-shm", "-journal")]


def _is_read_in(target: Path, source: Path) -> bool:
    """Whether the target is the source or, where it is there already, lies in the source folder."""
    if target.exists() and source.exists() and target.samefile(source):
        return target.is_file()
    resolved = target.resolve()
    return resolved == source.resolve() or (target.is_file() and source.resolve() in resolved.parents)


def is_database(path: Path) -> bool:
    """Whether a file is an SQLite database, by its first bytes; pipes and devices are left alone."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(15) == b"SQLite format 3"
    except OSError:
        return False


def _is_export(path: Path) -> bool:
    """Whether an SQLite file is an export of ours, by the application id in its head."""
    with path.open("rb") as file:
        return file.read(72)[68:] == b"Ondx"


def one_line(made: bytes) -> bytes:
    """A JSON document as one line: line ends inside strings are escaped, so all others may go."""
    return made.replace(b"\n", b"") + b"\n"


def write(path: str, content: bytes) -> None:
    """Write a file whole or not at all; "-" is stdout, a pipe or device is written to as it is."""
    if path == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    target = Path(path)
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(content)
        else:
            _replace(target.resolve(), content)
    except OSError as fault:
        raise OutputError(f"{path} cannot be written: {fault.strerror or fault}") from fault


def write_folder(path: str, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, each whole or not at all; what else lies there stays."""
    for name, content in files.items():
        target = Path(path) / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise OutputError(f"{target.parent} cannot be made: {fault.strerror or fault}") from fault
        write(str(target), content)


def _replace(target: Path, content: bytes) -> None:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
