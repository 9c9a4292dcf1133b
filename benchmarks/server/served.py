"""A server of its own for a measurement: a case of one story told by sixty reports, on a free port."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
many = import_module("many")

ONDIT = [sys.executable, "-c", "from ondit.faces.cli import main; main()"]
READY = 60.0


@contextmanager
def served(reports: int = 60) -> Iterator[str]:
    """The address of a server; it ends with the context."""
    with tempfile.TemporaryDirectory(prefix="ondit-") as folder:
        rows, case = Path(folder, "reports.jsonl"), Path(folder, "case.ondit")
        rows.write_text("".join(json.dumps(row) + "\n" for row in many.rows(reports)), "utf-8")
        added = [*ONDIT, "trace", str(rows), "--case", str(case), "--one-story"]
        subprocess.run(added, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port = _free()
        server = subprocess.Popen(
            [*ONDIT, "serve", str(case), "--port", str(port)], stderr=subprocess.DEVNULL
        )
        try:
            _wait(address := f"http://127.0.0.1:{port}")
            yield address
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(address: str) -> None:
    end = time.monotonic() + READY
    while True:
        try:
            urllib.request.urlopen(f"{address}/api/stories", timeout=5).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


def cores() -> int:
    """How many cores there are."""
    return os.cpu_count() or 1
