"""The trace JSON (docs/reference/trace-json.md): one object, or JSON Lines for several stories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ondit.records import Trace
from ondit.schema import dumps_trace


def export(traces: Sequence[Trace]) -> Mapping[str, bytes]:
    """What `ondit trace --json` writes."""
    made = [dumps_trace(trace) for trace in traces]
    # Line ends inside strings are escaped, so that all others may go.
    lines = [each.replace(b"\n", b"") + b"\n" for each in made]
    return {"trace.json": made[0] if len(made) == 1 else b"".join(lines)}
