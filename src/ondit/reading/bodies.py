"""Where a phrase names the body of its head: "the coastguard's commander", "club secretary", "head of Low".

In: text and where the head of a phrase stands. Out: the stretch of the body, if there is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ondit.records import Span
from ondit.text.nouns import classify
from ondit.text.sentences import WORD

_POSSESSIVE = re.compile(r"['’]s?$")
_SEATED = re.compile(r"-(?:based|headquartered|listed|domiciled|registered)\b")
"""What tells where somebody is and not whose ("the Merrow-based firm")."""
_SERVED = {
    "police", "coastguard", "army", "navy", "force", "forces", "government", "ministry", "parliament",
    "council", "court", "embassy", "prosecution", "agency", "board", "commission", "committee", "county",
    "city", "hospital", "university", "college", "school", "company", "firm", "bank", "airline", "airport",
    "railway", "group", "club", "union", "party", "league", "federation", "association", "charity",
    "campaign", "team",
}  # fmt: skip
"""Bodies that stand before an office without more ("club secretary"); a harbour master is the harbour's no
more than a station master is the station's."""


def unpossessed(words: str) -> str:
    """Words without the possessive mark at their end."""
    return _POSSESSIVE.sub("", words)


def named_body(names: Sequence[Span], text: str, head_at: int) -> Span | None:
    """The last of the names before the head, with a body of no name of its own that stands behind it."""
    before = [n for n in names if n.end <= head_at and not _SEATED.match(text, n.end)]
    if not before:
        return None
    near = before[-1]
    between = re.match(r"(?:['’]s)?((?:\s[a-z-]+)*?\s(?:[a-z]+))\s*$", text[near.end : head_at])
    if between is not None and classify(between.group(1).split()[-1]) == "org":
        return Span(near.start, near.end + between.end(1))
    return near


def body_behind(text: str, span: Span) -> Span | None:
    """The stretch behind "of", "for" and the like in what follows the head."""
    clause = re.search(r"\b(?:who|which|whose|that|when|where)\b", text[span.start : span.end])
    end = span.start + clause.start() if clause else span.end
    after = re.search(
        r"\b(?:of|for|at|from|with|in)\s+((?:the\s|its\s|their\s)?[\w'’& -]+)", text[span.start : end]
    )
    return Span(span.start + after.start(1), span.start + after.end(1)) if after else None


def common_body(text: str, span: Span, head_at: int) -> Span | None:
    """The stretch before the head that names a body by a common noun ("the coastguard's duty commander",
    "club secretary")."""
    for match in reversed(list(WORD.finditer(text, span.start, head_at))):
        bare = unpossessed(match.group())
        owns = bare != match.group()
        if bare.casefold() in _SERVED or (owns and classify(bare) == "org"):
            return Span(span.start if owns else match.start(), match.start() + len(bare))
        if owns:
            return None
    return None
