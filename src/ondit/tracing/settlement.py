"""What is one and what is not, of decisions that may contradict each other.

In: pairs of ids, the most binding first. Out: a `Verdict` in which nothing contradicts anything, also not
over third parties (a is b, b is c, a is not c), and in words what was refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

Pair = tuple[str, str]

OVERRULED = "overruled by a later judgement that contradicts it"
PARTLY = f"partly {OVERRULED}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Pairs of ids that are one, and pairs that are not."""

    same: tuple[Pair, ...] = ()
    different: tuple[Pair, ...] = ()


class Settlement:
    """What is one and what is not, free of contradiction: whatever would contradict is refused.

    >>> settled = Settlement()
    >>> settled.join("a", "b"), settled.part("b", "c"), settled.join("a", "c")
    (True, True, False)
    """

    def __init__(self) -> None:
        self._group: dict[str, set[str]] = {}
        self._apart: set[Pair] = set()
        self._same: set[Pair] = set()

    def join(self, a: str, b: str) -> bool:
        """Make two one, unless some of what they are one with are apart."""
        if a == b:
            return True
        whole = self._group.get(a, {a}) | self._group.get(b, {b})
        if any(x in whole and y in whole for x, y in self._apart):
            return False
        self._group.update(dict.fromkeys(whole, whole))
        self._same.add(_ordered(a, b))
        return True

    def part(self, a: str, b: str) -> bool:
        """Hold two apart, unless they are one."""
        if a == b or b in self._group.get(a, ()):
            return False
        self._apart.add(_ordered(a, b))
        return True

    def verdict(self) -> Verdict:
        """All of it, in an order that does not depend on how it came about."""
        return Verdict(tuple(sorted(self._same)), tuple(sorted(self._apart)))


def join_all(settlement: Settlement, nodes: Sequence[str]) -> str:
    """Join all that may be joined; what stands in the way, in words."""
    groups: list[str] = []
    for node in nodes:
        if not any(settlement.join(first, node) for first in groups):
            groups.append(node)
    if len(groups) == 1:
        return ""
    return PARTLY if len(groups) < len(nodes) else OVERRULED


def part_all(settlement: Settlement, left: Sequence[str], right: Sequence[str]) -> str:
    """Hold apart all that may be; what stands in the way, in words."""
    pairs = [(a, b) for a, b in product(left, right) if a != b]
    if not pairs:
        return "both sides are read as one here"
    done = [settlement.part(a, b) for a, b in pairs]
    return "" if all(done) else PARTLY if any(done) else OVERRULED


def _ordered(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)
