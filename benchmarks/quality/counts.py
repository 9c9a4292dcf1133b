"""Additive counts: measures are made of them once all documents are in (micro-averaging)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping


class Counts(defaultdict[Hashable, float]):
    """Sums by name; what was never counted is 0."""

    def __init__(self) -> None:
        super().__init__(float)

    def include(self, other: Mapping[Hashable, float]) -> None:
        """Add the counts of another document."""
        for key, value in other.items():
            self[key] += value

    def share(self, part: Hashable, whole: Hashable) -> float:
        """part / whole; 0 of nothing is 0."""
        return self[part] / self[whole] if self[whole] else 0.0


def f1(precision: float, recall: float) -> float:
    """The harmonic mean.

    >>> f1(0.5, 1.0)
    0.6666666666666666
    """
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
