"""manifest.json of a weights folder: sha256 and size of each file, and the facts of its training."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any


def record(folder: Path, name: str, facts: dict[str, Any]) -> None:
    """Enter the file `name` of the folder as it is now."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8")) if path.exists() else {"files": {}}
    content = (folder / name).read_bytes()
    entry = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)} | facts
    manifest["files"] = dict(sorted((manifest["files"] | {name: entry}).items()))
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", "utf-8")
