"""bootstrap.sh says what to do where it cannot go on: no network is touched here."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("sh") is None, reason="needs a POSIX shell")
TOOLS = ("sh", "dirname", "sed", "mkdir", "rm", "mv", "tail", "cat", "grep", "ls", "id")


@pytest.fixture
def machine(tmp_path: Path, root: Path) -> Path:
    """A checkout with bootstrap.sh alone, and a bin/ that has next to nothing on it."""
    shutil.copy(root / "bootstrap.sh", tmp_path)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    return tmp_path


def command(machine: Path, name: str, script: str) -> None:
    """Put a command on the machine."""
    path = machine / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def bootstrap(machine: Path) -> subprocess.CompletedProcess[str]:
    path = {"PATH": str(machine / "bin"), "HOME": str(machine)}
    return subprocess.run(
        ["sh", str(machine / "bootstrap.sh")], env=path, capture_output=True, text=True, check=False
    )


def test_without_python_it_says_so(machine: Path) -> None:
    done = bootstrap(machine)
    assert done.returncode == 1
    assert "Ondit needs Python 3.11 or later; this machine has: no python3." in done.stderr


def test_an_old_python_is_named(machine: Path) -> None:
    command(machine, "python3", '[ "$1" = --version ] && echo Python 3.9.2 || exit 1')
    assert "3.11 or later; this machine has: Python 3.9.2." in bootstrap(machine).stderr


def test_a_later_python_beside_an_old_one_is_found(machine: Path) -> None:
    command(machine, "python3", "exit 1")
    command(machine, "python3.12", 'case "$2" in *version_info*) exit 0;; esac; exit 1')
    assert "needs Python 3.11" not in bootstrap(machine).stderr


def test_a_python_without_venv_and_pip_is_told_the_package(machine: Path) -> None:
    command(machine, "python3", 'case "$2" in *version_info*) exit 0;; esac; exit 1')
    done = bootstrap(machine)
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr


def test_an_index_that_does_not_answer_is_told_apart(machine: Path) -> None:
    command(machine, "python3", "exit 0")
    command(
        machine,
        "uv",
        '[ "$1" = --version ] && echo uv 0.9.1 && exit; echo error: tcp connect error >&2; exit 2',
    )
    done = bootstrap(machine)
    assert done.returncode == 1
    assert "The Python package index cannot be reached" in done.stderr


def test_a_stale_lock_is_not_called_a_network_fault(machine: Path) -> None:
    command(machine, "python3", "exit 0")
    command(
        machine,
        "uv",
        '[ "$1" = --version ] && echo uv 0.9.1 && exit; echo The lock needs an update >&2; exit 2',
    )
    done = bootstrap(machine)
    assert "could not be made from uv.lock" in done.stderr
    assert "cannot be reached" not in done.stderr


def test_an_old_uv_on_the_path_is_passed_over(machine: Path) -> None:
    command(machine, "python3", 'case "$2" in *version_info*) exit 0;; esac; exit 1')
    command(machine, "uv", "echo uv 0.4.30")
    assert "fetching uv" in bootstrap(machine).stderr
