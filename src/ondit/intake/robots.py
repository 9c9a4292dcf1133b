"""What a site's robots.txt allows us (RFC 9309): the longest rule that fits decides, `*` and `$` understood.

The text of a robots.txt in, `Rules` out. The standard library's reader takes the first rule instead of the
longest and knows no wildcards, which would let us in where sites ask us not to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_MOST_LINES = 20_000
_LONGEST = 2_000


@dataclass(slots=True)
class Rules:
    """The rules of the group that fits us best: (pattern, allowed), and the pause asked for between pages."""

    paths: list[tuple[str, bool]] = field(default_factory=list)
    delay: float = 0.0

    def allow(self, url: str) -> bool:
        """Whether a page may be fetched; of two rules of one length the one that allows.

        >>> rules = parse("User-agent: *\\nDisallow: /a\\nAllow: /a/b$\\nDisallow: /*?print", "ondit")
        >>> [rules.allow(f"https://x.example{path}") for path in ("/", "/a", "/a/b", "/a/bc", "/c?print=1")]
        [True, False, True, False, False]
        """
        parts = urlsplit(url)
        path = unquote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        fitting = [(len(rule), allowed) for rule, allowed in self.paths if _fits(rule, path)]
        return max(fitting, default=(0, True))[1]


def parse(text: str, agent: str) -> Rules:
    """The rules for `agent` (its name in small letters): those of its own groups, else those for all
    ("*")."""
    named: dict[bool, Rules] = {}
    group: set[bool] = set()
    naming = False
    for line in text.splitlines()[:_MOST_LINES]:
        name, _, value = line[:_LONGEST].partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if name == "user-agent":
            group = group if naming else set()
            naming = True
            mine = value.lower().partition("/")[0].strip()
            if mine in (agent, "*"):
                group.add(mine == agent)
                named.setdefault(mine == agent, Rules())
            continue
        if name in ("allow", "disallow", "crawl-delay"):
            naming = False
            for own in group:
                _add(named[own], name, value)
    return named.get(True) or named.get(False) or Rules()


def _add(rules: Rules, name: str, value: str) -> None:
    if name == "crawl-delay":
        found = re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", value)
        rules.delay = float(value) if found else rules.delay
    elif value:
        rules.paths.append((unquote(value), name == "allow"))


def _fits(rule: str, path: str) -> bool:
    """Whether a path begins with a rule's pieces in order; no regular expression, which a site could
    blow up."""
    ends = rule.endswith("$")
    first, *others = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, piece in enumerate(others, 1):
        if ends and number == len(others):
            return len(path) - len(piece) >= at and path.endswith(piece)
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not ends or at == len(path)
