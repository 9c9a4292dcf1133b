"""Files whole or not at all; lines to stderr that stay lines."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from ondit.faces.terminal import OutputError, check_writable, one_line, say_problems, write
from ondit.records import Problem


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write(str(path), b"one")
    path.chmod(0o640)
    write(str(path), b"two")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"two", 0o640)
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.json"
    path.write_bytes(b"old")

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="cannot be written: No space left on device"):
        write(str(path), b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_written_through(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write(str(link), b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_device_is_written_to_as_it_is() -> None:
    write(os.devnull, b"x")
    assert not Path(os.devnull).is_file()


def test_outputs_are_checked_before_the_work(tmp_path: Path) -> None:
    check_writable("-")
    check_writable(str(tmp_path / "new"))
    for path in (tmp_path, tmp_path / "none" / "x"):
        with pytest.raises(OutputError):
            check_writable(str(path))


def test_json_becomes_one_line() -> None:
    assert one_line(b'{\n"a": "x\\ny"\n}\n') == b'{"a": "x\\ny"}\n'


def test_many_problems_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    say_problems([Problem("p", f"in.jsonl:{i}", "bad\x1b[31m\nworse", document="r1") for i in range(30)])
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["ondit: 30 problems:", "ondit: in.jsonl:0 (report r1): bad worse"]
    assert (len(lines), lines[-1]) == (22, "ondit: and 10 more")


def test_no_problems_are_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    say_problems([])
    assert capsys.readouterr().err == ""
