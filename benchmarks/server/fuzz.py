"""Requests made up from the OpenAPI description: no answer of 5xx, none that breaks the description.

    python -m benchmarks.server.fuzz [SECONDS]

Prints what schemathesis prints, and ends with its exit code.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.server.served import served


def main(seconds: int) -> int:
    """Run it against a server of its own."""
    program = Path(sys.executable).with_name("schemathesis")
    with served(12) as address:
        command = [str(program), "run", f"{address}/openapi.json", "--max-time", str(seconds), "--no-color"]
        return subprocess.run([*command, "--generation-deterministic"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 120))
