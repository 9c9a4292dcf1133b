"""Every claim of a story counted again without somebody, beforehand, for faces that cannot count.

In: a finished `Trace`. Out: one `Recount` for each way to look at a claim that changes its count: without any
one agent on whom it rests, with named origins only, with what is on the record only. The counting is that of
`origins.count`; a page that shows these only chooses between them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ondit.records import Agent, Claim, Origins, Stance, Statement, Trace
from ondit.tracing.citing import NAMELESS, line_of_principals
from ondit.tracing.origins import COUNTED, what_if

Way = Literal["without", "named only", "on the record"]


@dataclass(frozen=True, slots=True)
class Recount:
    """The origins of one claim by stance, looked at in one way; `agent` is who is left out, if anybody."""

    claim: str
    way: Way
    agent: str | None
    origins: dict[Stance, Origins]


def recounts(trace: Trace) -> tuple[Recount, ...]:
    """The recounts of all claims of a story that come to something else than was reported."""
    agents = {agent.id: agent for agent in trace.agents}
    return tuple(
        found
        for claim in trace.claims
        for found in _of_claim(claim, agents, trace)
        if found.origins != _reported(claim)
    )


def on_the_record(claim: Claim, agents: Mapping[str, Agent]) -> Claim:
    """The claim as far as its reports say by name who they have it from, or were there themselves."""
    return replace(claim, statements=tuple(s for s in claim.statements if _named(s, agents)))


def _named(stmt: Statement, agents: Mapping[str, Agent]) -> bool:
    if len(stmt.chain) < 2:
        return stmt.firsthand
    origin = agents.get(stmt.chain[0])
    return origin is not None and origin.identified and origin.kind not in NAMELESS


def _of_claim(claim: Claim, agents: Mapping[str, Agent], trace: Trace) -> Iterator[Recount]:
    stating = {stmt.document for stmt in claim.statements}
    used = [drv for drv in trace.derivations if drv.parent in stating and drv.child in stating]
    shared = [drv for drv in trace.undirected if drv.parent in stating and drv.child in stating]

    def count(claim: Claim, without: Collection[str] = (), named_only: bool = False) -> dict[Stance, Origins]:
        return {
            stance: what_if(
                claim, agents, used, shared, stance=stance, without=without, named_only=named_only
            )
            for stance in COUNTED
            if stance in stances
        }

    stances = {stmt.stance for stmt in claim.statements}
    yield Recount(claim.id, "named only", None, count(claim, named_only=True))
    yield Recount(claim.id, "on the record", None, count(on_the_record(claim, agents)))
    for agent in _bearing(claim.statements, agents):
        yield Recount(claim.id, "without", agent, count(claim, without=(agent,)))


def _bearing(statements: Iterable[Statement], agents: Mapping[str, Agent]) -> tuple[str, ...]:
    """Everybody through whom a statement came: the agents of its chain and those for whom they speak."""
    links = (link for stmt in statements for link in stmt.chain if link in agents)
    return tuple(dict.fromkeys(one for link in links for one in line_of_principals(link, agents)))


def _reported(claim: Claim) -> dict[Stance, Origins]:
    return {stance: claim.origins[stance] for stance in COUNTED if stance in claim.origins}
