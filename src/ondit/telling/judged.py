"""Judgements in words, and what one of them changed: the counts of two traces of a story, compared.

In: judgements, or the trace before and after. Out: the claims whose count differs, and rich renderables.
Claims are matched by the statements they share, because a claim that is joined or split has another id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from ondit.records import Agent, Anchor, Claim, Judgement, Origins, Stance, Trace
from ondit.telling.tree import OTHER_STANCES, Shown, gist, shown
from ondit.telling.weight import counts_of, main_in_words
from ondit.telling.words import clean, listed, name_of, number_of, origins_in_words, shortened

WORDS = 3
"""So many stretches of words are shown of one side of a judgement before the rest is only counted."""

SAID = {
    "same agent": ("one agent", "and"),
    "different agents": ("not one agent", "and"),
    "same claim": ("one claim", "and"),
    "different claims": ("not one claim", "and"),
    "derivation": ("a report used another", "used"),
    "no derivation": ("neither report used the other", "and"),
    "no attribution": ("no attribution", "does not say"),
    "withdrawal": ("takes back", ""),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Claims before and the claims that hold their statements after, where the counts are not the same."""

    before: tuple[Claim, ...]
    after: tuple[Claim, ...]


def changes(before: Trace, after: Trace) -> tuple[Change, ...]:
    """What is counted otherwise after, in the order of the claims before."""
    left, right = _sharing(before.claims, after.claims)
    names = [{agent.id: agent for agent in trace.agents} for trace in (before, after)]
    found = [Change(a, b) for a, b in zip(left, right, strict=True)]
    return tuple(c for c in found if _counted(c.before, names[0]) != _counted(c.after, names[1]))


def _sharing(
    before: Sequence[Claim], after: Sequence[Claim]
) -> tuple[list[tuple[Claim, ...]], list[tuple[Claim, ...]]]:
    """Both sides in groups, as small as they can be, that hold the same statements."""
    group: dict[str, set[str]] = {}
    for claim in (*before, *after):
        ids = {stmt.id for stmt in claim.statements} or {claim.id}
        whole = ids.union(*(group.get(ident, ()) for ident in ids))
        group.update(dict.fromkeys(whole, whole))
    firsts: dict[str, tuple[list[Claim], list[Claim]]] = {}
    for side, claims in enumerate((before, after)):
        for claim in claims:
            first = min(group[next((stmt.id for stmt in claim.statements), claim.id)])
            firsts.setdefault(first, ([], []))[side].append(claim)
    return [tuple(a) for a, _ in firsts.values()], [tuple(b) for _, b in firsts.values()]


def _counted(claims: Sequence[Claim], agents: dict[str, Agent]) -> list[tuple[object, ...]]:
    """Counts that can be compared between traces: origins by name, since ids change with every join."""

    def key(stance: str, origins: Origins) -> tuple[object, ...]:
        stated = sorted(name_of(vertex, agents) for vertex in origins.stated)
        return stance, origins.lo, origins.hi, origins.reports, stated

    return sorted((key(s, o) for claim in claims for s, o in claim.origins.items()), key=repr)


def tell_kept(
    judgement: Judgement, before: Trace, after: Trace, found: Sequence[Change], width: int = 80
) -> RenderableType:
    """A judgement just made, and the counts before and after it."""
    parts: list[RenderableType] = [_entry(judgement, "kept"), Text("")]
    if not found:
        return Group(*parts, Text("no count changes"))
    parts.append(Text(f"{number_of(len(found), 'change')} of the counts", style="bold"))
    for change in found:
        tree = Tree(Text("before"), guide_style="dim")
        _claims_into(tree, shown(before, width), change.before)
        _claims_into(tree.add(Text("after", style="bold")), shown(after, width), change.after)
        parts.append(tree)
    return Group(*parts)


def _claims_into(tree: Tree, at: Shown, claims: Sequence[Claim]) -> None:
    for words, counted, ident in counted_claims(at, claims):
        tree.add(Text(f"{words}\n{counted}  {ident}"))


def counted_claims(at: Shown, claims: Sequence[Claim]) -> Iterator[tuple[str, str, str]]:
    """For each claim its words, its counts with the origins' names, and its id."""
    for claim in claims:
        counts = [_count(at, stance, origins) for stance, origins in counts_of(claim)]
        yield gist(at, claim), "; ".join(counts) or main_in_words(claim), clean(claim.id)


def _count(at: Shown, stance: Stance, origins: Origins) -> str:
    names = listed(name_of(vertex, at.agents) for vertex in origins.stated)
    said = origins_in_words(origins) + (f" ({names})" if names else "")
    return said if stance == "affirm" else f"{OTHER_STANCES[stance]}: {said}"


def tell_ledger(entries: Sequence[tuple[Judgement, str]]) -> RenderableType:
    """Every judgement with its words and what became of it, oldest first."""
    return Group(
        *(_entry(judgement, state) for judgement, state in entries),
        Text(number_of(len(entries), "judgement")),
    )


def _entry(judgement: Judgement, state: str) -> RenderableType:
    tree = Tree(Text(f"{clean(judgement.id)}  {in_words(judgement)}"), guide_style="dim")
    for line in sides(judgement):
        tree.add(Text(line))
    tree.add(Text(clean(state)))
    return tree


def in_words(judgement: Judgement) -> str:
    """
    >>> in_words(Judgement("jdg-1", "same agent", "Ada", "2031-05-01T08:00:00Z", "one desk"))
    'one agent: judged by Ada on 2031-05-01: one desk'
    """
    what, _ = SAID[judgement.kind]
    taken = f" {clean(judgement.withdraws)}" if judgement.withdraws else ""
    day = clean(judgement.at).partition("T")[0]
    return f"{what}{taken}: judged by {clean(judgement.by)} on {day}: {clean(judgement.note)}"


def sides(judgement: Judgement) -> Iterator[str]:
    """The words that it rests on, a line a side."""
    _, joint = SAID[judgement.kind]
    if judgement.one:
        yield _quotes(judgement.one)
    if judgement.other:
        yield f"{joint} {_quotes(judgement.other)}"


def _quotes(anchors: Sequence[Anchor]) -> str:
    quotes = [
        f"“{shortened(clean(a.quote), 90)}” [{clean(a.document)}]" if a.quote else f"[{clean(a.document)}]"
        for a in anchors
    ]
    more = len(quotes) - WORDS
    return ", ".join(quotes[:WORDS]) + (f" and {more} more" if more > 0 else "")
