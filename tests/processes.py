"""What code does in a Python of its own."""

from __future__ import annotations

import os
import subprocess
import sys


def printed(code: str, *args: str, given: str = "", seed: int = 0) -> str:
    """What `code` prints where sets and dictionaries of words are hashed by `seed`."""
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        input=given,
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()
