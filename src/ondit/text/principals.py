"""For whom somebody speaks, for whom that one speaks, and so on upwards: one walk for figures and agents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Who = TypeVar("_Who", int, str)


def line(start: _Who, above: Callable[[_Who], _Who | None]) -> tuple[_Who, ...]:
    """`start`, its principal, the principal's principal and so on, each once; a circle ends where it closes.

    >>> line("spokesman", {"spokesman": "police", "police": "county"}.get)
    ('spokesman', 'police', 'county')
    """
    path = [start]
    while (step := above(path[-1])) is not None and step not in path:
        path.append(step)
    return tuple(path)
