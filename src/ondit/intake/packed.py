"""Packed inputs as streams and parts: gzip, bzip2, xz, and ZIP archives with all that lies in them.

A packed stream in; plain bytes out, never more than `Budget` allows, because a few kilobytes can hold
petabytes (42.zip; Fifield 2019: overlapping files). What a damaged stream still gives comes out, and
`fault` says where it ended.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple, cast

from ondit.records import Problem

RATIO = 200
"""A text packs to a fifth, a page to a twentieth, a table of one word to a hundredth; a bomb to a
thousandth."""

FREE = 64 << 20
"""So much may come out of anything, however small."""

MOST_PARTS = 20_000
_MOST_MEMORY = 128 << 20
_CHUNK = 1 << 14
_FAULTS = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)


@dataclass(slots=True)
class Budget:
    """How many bytes may still come out of an input, over all its parts and layers."""

    left: int = FREE
    spent: bool = field(default=False, init=False)

    def grow(self, packed: int) -> None:
        """Packed bytes were read: that many times `RATIO` more may come out."""
        self.left += packed * RATIO

    def take(self, size: int) -> int:
        """How many of `size` bytes may come out now."""
        granted = max(0, min(size, self.left))
        self.left -= granted
        self.spent = self.spent or granted < size
        return granted


class Part(NamedTuple):
    """A part of an input that is an input of its own, and what its container knows of it."""

    stream: BinaryIO
    place: str
    known: dict[str, str]
    origin: str = ""
    """What says what is `known` ("warc", "mail header"); "" if nothing does."""


class Unpacked(io.RawIOBase):
    """The plain bytes of a packed stream; members one after the other are read as one."""

    def __init__(self, kind: str, stream: BinaryIO, budget: Budget, *, pay: bool) -> None:
        self._kind, self._stream, self._budget, self._pay = kind, stream, budget, pay
        self._packer = _PACKERS[kind]()
        self._held = b""
        self._ended = self._fresh = False
        self.fault: str | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer; 0 at the end, at a fault (see `fault`), and where the budget is spent."""
        room = memoryview(buffer).cast("B")
        while not self._ended:
            piece = self._next(len(room))
            if piece:
                granted = self._budget.take(len(piece))
                self._ended = granted < len(piece)
                room[:granted] = piece[:granted]
                return granted
        return 0

    def _next(self, size: int) -> bytes:
        raw = b""
        if self._packer.ended:
            raw = self._packer.rest
            self._packer, self._fresh = _PACKERS[self._kind](), True
        if not raw and self._packer.hungry:
            raw = self._more()
            if not raw:
                self._end(None if self._fresh else "it ends too early")
                return b""
        try:
            piece = self._packer.feed(raw, size)
        except _FAULTS as error:
            self._go_on(raw, str(error) or type(error).__name__)
            return b""
        self._fresh = self._fresh and not raw
        return piece

    def _more(self) -> bytes:
        raw = self._held or self._stream.read(_CHUNK)
        if self._pay and not self._held:
            self._budget.grow(len(raw))
        self._held = b""
        return raw

    def _go_on(self, raw: bytes, fault: str) -> None:
        """After a fault: on to the next member of a gzip file (web archives have one a record), else the end.

        What follows the last whole member and is none itself is padding, and no fault.
        """
        mark = _MARKS[self._kind]
        padding = self._fresh and not raw.startswith(mark)
        self.fault = self.fault if padding else self.fault or fault
        raw = raw[1:]
        while self._kind == "gzip" and (at := raw.find(mark)) < 0:
            raw = raw[-2:] + (new := self._more())
            if not new:
                break
        else:
            if self._kind == "gzip":
                self._held, self._packer, self._fresh = raw[at:], _PACKERS[self._kind](), True
                return
        self._end(None)

    def _end(self, fault: str | None) -> None:
        self._ended, self.fault = True, self.fault or fault


class _Packer:
    """One member's decompressor, zlib's and the others' ways made one."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._zlib = hasattr(inner, "unconsumed_tail")

    @property
    def ended(self) -> bool:
        return bool(self._inner.eof)

    @property
    def rest(self) -> bytes:
        return bytes(self._inner.unused_data)

    @property
    def hungry(self) -> bool:
        return not self._inner.unconsumed_tail if self._zlib else bool(self._inner.needs_input)

    def feed(self, raw: bytes, size: int) -> bytes:
        whole = self._inner.unconsumed_tail + raw if self._zlib else raw
        return bytes(self._inner.decompress(whole, max(1, size)))


_PACKERS: dict[str, Callable[[], _Packer]] = {
    "gzip": lambda: _Packer(zlib.decompressobj(31)),
    "bzip2": lambda: _Packer(bz2.BZ2Decompressor()),
    "xz": lambda: _Packer(lzma.LZMADecompressor(memlimit=_MOST_MEMORY)),
}
_MARKS = {"gzip": b"\x1f\x8b\x08", "bzip2": b"BZh", "xz": b"\xfd7zXZ"}


def unpacked(kind: str, stream: BinaryIO, budget: Budget, *, pay: bool = True) -> tuple[BinaryIO, Unpacked]:
    """A reader of the plain bytes of a "gzip", "bzip2" or "xz" stream, and the object that knows its fault.

    `pay`: the packed bytes come from outside, so they enlarge the budget; those of a part do not.
    """
    raw = Unpacked(kind, stream, budget, pay=pay)
    return cast("BinaryIO", io.BufferedReader(raw, 1 << 18)), raw


def start_of(kind: str, head: bytes, most: int = 1 << 16) -> bytes:
    """The first plain bytes of a packed input, as far as its head reaches; b"" if there are none."""
    try:
        return _PACKERS[kind]().feed(head, most)
    except _FAULTS:
        return b""


class _Granted(io.RawIOBase):
    """A member of an archive, read within a budget; a fault ends it."""

    def __init__(self, inner: Any, budget: Budget) -> None:
        self._inner, self._budget = inner, budget
        self.fault: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        room = memoryview(buffer).cast("B")
        if self.fault is not None or self._budget.left <= 0:
            self._budget.take(1)
            return 0
        try:
            piece = self._inner.read(min(len(room), _CHUNK))
        except (*_FAULTS, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            self.fault = str(error) or type(error).__name__
            return 0
        granted = self._budget.take(len(piece))
        room[:granted] = piece[:granted]
        return granted


def opened_zip(stream: BinaryIO) -> zipfile.ZipFile | None:
    """A ZIP archive, or None if its directory (at its end) cannot be read."""
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, *_FAULTS, NotImplementedError, RuntimeError):
        return None


def parts_of_zip(archive: zipfile.ZipFile, place: str, budget: Budget) -> Iterator[Part | Problem]:
    """Every file in an archive, by name; a Problem for each that cannot be read."""
    members = sorted(
        (info for info in archive.infolist() if info.filename and not info.is_dir()), key=lambda i: i.filename
    )
    for info in members[:MOST_PARTS]:
        at = f"{place}!{info.filename[:300]}"
        if _hidden(info.filename):
            continue
        if budget.spent:
            yield Problem("too_long", place, _bomb(f"from {info.filename[:300]} on"))
            return
        if info.flag_bits & 1:
            yield Problem("unreadable", at, "this file is encrypted; unpack the archive first")
            continue
        try:
            inner = archive.open(info)
        except (*_FAULTS, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            yield Problem("unreadable", at, f"this file of the archive could not be read: {error}")
            continue
        with inner:
            granted = _Granted(inner, budget)
            yield Part(cast("BinaryIO", io.BufferedReader(granted, 1 << 18)), at, {})
            if granted.fault is not None:
                yield Problem("half_read", at, f"the archive is damaged here: {granted.fault}")
    if len(members) > MOST_PARTS:
        message = f"more than {MOST_PARTS:,} files in one archive; the others were not read"
        yield Problem("too_long", place, message)


def too_much(place: str) -> Problem:
    """What is said of a bomb."""
    return Problem("too_long", place, _bomb("from there on"))


def _bomb(what: str) -> str:
    return f"it unpacks to more than {RATIO} times its size, as no report does; {what} nothing was read"


def _hidden(name: str) -> bool:
    pieces = name.replace("\\", "/").split("/")
    return any(piece.startswith(".") and piece.strip(".") for piece in pieces) or pieces[0] == "__MACOSX"
