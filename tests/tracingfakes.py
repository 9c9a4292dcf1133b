"""Readings of a few lines, made by hand: what a report says, who is in it, who holds what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ondit.records import (
    Agent,
    AgentKind,
    Attribution,
    CueKind,
    Document,
    Holder,
    Mention,
    Method,
    Reading,
    Span,
    Statement,
)

SAYS = [
    "The crane in Merrow harbour killed 34 men",
    "34 men died when the crane of Merrow harbour fell",
    "12 men died when the crane of Merrow harbour fell",
    "The crane in Merrow harbour killed nobody",
    "Lemons are cheaper this spring",
    "Was the crane old?",
]
"""Sentences about a crane, and two others."""

Made = tuple[str, AgentKind] | tuple[str, AgentKind, dict[str, Any]]
"""Name and kind of an agent; further fields, among them "principal" by name."""


def reading(
    id: str,
    outlet: str | None = None,
    agents: Sequence[Made] = (),
    says: Sequence[tuple[str, ...]] = (),
    published: str | None = None,
    **fields: Any,
) -> Reading:
    """A report of `outlet` ("The r1", if none is given), whose text is what it `says`, one statement a line:
    the words, then the names along the chain, origin first, without the outlet; "unknown" is nobody. What
    has the same words has the same vector."""
    outlet = outlet or f"The {id}"
    ids = {name: f"{id}-{name}" for name in [outlet, *(made[0] for made in agents)]} | {"unknown": "unknown"}
    text = "\n".join(line[0] for line in says)
    statements, start = [], 0
    for words, *chain in says:
        span = Span(start, start + len(words))
        start += len(words) + 1
        statements.append(stated(id, span, *(ids[name] for name in (*chain, outlet)), words=words, **fields))
    people = [_agent(made, ids) for made in agents]
    publisher = Agent(ids[outlet], outlet, "outlet")
    document = Document(id, text, outlet, published=published)
    vectors = b"".join(vector(line[0]) for line in says)
    return Reading(document, agents=(publisher, *people), statements=tuple(statements), vectors=vectors)


def story(*words: str) -> list[Reading]:
    """One report a sentence."""
    return [reading(f"r{nr}", says=[(sentence,)]) for nr, sentence in enumerate(words)]


def vector(words: str) -> bytes:
    """A sentence vector that counts words, without negations: like a real one, it does not see them."""
    row = bytearray(64)
    for word in words.casefold().split():
        row[sum(map(ord, word)) % 64] += word not in {"not", "did", "nobody"}
    return bytes(row)


def stated(document: str, span: Span, *chain: str, words: str = "", **fields: Any) -> Statement:
    stance = "deny" if " not " in f" {words} " or "nobody" in words else "affirm"
    holders = tuple(Holder(agent) for agent in chain)
    known = {"stance": stance, "holders": holders, **fields}
    return Statement(f"{document}-{span.start}", document, (span,), chain, **known)


def _agent(made: Made, ids: dict[str, str]) -> Agent:
    name, kind, *rest = made
    fields: dict[str, Any] = dict(rest[0]) if rest else {}
    if "principal" in fields:
        fields["principal"] = ids[fields["principal"]]
    return Agent(ids[name], name, kind, **fields)


def naming(found: Reading, name: str, at: int = 0) -> Reading:
    """`found` with a mention of the agent of that name."""
    (agent,) = (a for a in found.agents if a.name == name)
    mention = Mention(f"men-{at}", found.document.id, Span(at, at + 1), "name", agent.id, "same name")
    return replace(found, mentions=(*found.mentions, mention))


def through(found: Reading, method: Method = "tagger", cue_kind: CueKind = "speech") -> Reading:
    """`found` with an attribution for every holder but the outlet: so the chain has words to show."""
    atts: list[Attribution] = []
    statements: list[Statement] = []
    for stmt in found.statements:
        made = [
            Attribution(
                f"{stmt.id}-att-{nr}", stmt.document, stmt.spans, (), stmt.spans, "indirect", cue_kind, method
            )
            for nr in range(len(stmt.holders) - 1)
        ]
        holders = [replace(h, attribution=a.id) for h, a in zip(stmt.holders, made, strict=False)]
        statements.append(replace(stmt, holders=(*holders, stmt.holders[-1])))
        atts += made
    return replace(found, attributions=tuple(atts), statements=tuple(statements))
