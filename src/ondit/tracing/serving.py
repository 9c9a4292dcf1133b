"""For whom the agents of a story speak, from what its reports tell of them.

In: the story's agents without principals, and what the agents of the reports have. Out: the same agents with
principals: the one that most reports name, else the firm of one's surname, else the body that says the
same words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ondit.records import Agent, Evidence
from ondit.text.names import fold
from ondit.text.principals import line


def served(merged: Sequence[Agent], told: Iterable[Sequence[str]], mapping: Mapping[str, str]) -> list[Agent]:
    """The agents with principals: of those that `told` has for each in its reports (ids of agents of reports)
    named ones before those only described, of these the one of most reports that makes no circle. A
    government only described is the state for which its members speak elsewhere."""
    above: dict[str, str] = {}
    known = {agent.id: agent for agent in merged}
    for agent, principals in zip(merged, told, strict=True):
        found = [p for one in principals if (p := mapping.get(one)) and p != agent.id]
        found.sort(key=Counter(found).__getitem__, reverse=True)
        named = [p for p in found if known[p].identified]
        for principal in (*named, *found):
            if agent.id not in line(principal, above.get):
                above.setdefault(agent.id, principal)
        for principal in found if len(set(named)) == 1 else ():
            if not known[principal].identified and principal not in line(named[0], above.get):
                above.setdefault(principal, named[0])
    for agent in merged:
        firm = _firm(agent, merged) if agent.kind == "person" and agent.id not in above else None
        if firm is not None and agent.id not in line(firm.id, above.get):
            above[agent.id] = firm.id
    return [replace(a, principal=above.get(a.id)) for a in merged]


def _firm(person: Agent, agents: Sequence[Agent]) -> Agent | None:
    """The one organisation of the story that bears a person's surname ("Ana Reyes", "Reyes Storage")."""
    words = fold(person.name).split()
    bearers = [
        a
        for a in agents
        if len(words) > 1 and a.kind == "organisation" and words[-1] in fold(a.name).split()[:-1]
    ]
    return bearers[0] if len(bearers) == 1 else None


def speaking(
    agents: Sequence[Agent], spokesmen: Iterable[tuple[str, str, Evidence]], mapping: Mapping[str, str]
) -> list[Agent]:
    """The agents with principals for those who have none and say what a body says in the same words."""
    above = {a.id: a.principal for a in agents if a.principal is not None}
    told: dict[str, Evidence] = {}
    for person, body, where in spokesmen:
        speaker, principal = mapping[person], mapping[body]
        if speaker != principal and speaker not in above and speaker not in line(principal, above.get):
            above[speaker] = principal
            told[speaker] = where
    return [
        replace(a, principal=above.get(a.id), basis=(*a.basis, told[a.id])) if a.id in told else a
        for a in agents
    ]
