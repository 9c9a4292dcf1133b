"""Who is who across the reports of one story.

In: readings. Out: the agents of the story and, for every agent id of a report, the story's agent it is.
Names join by equality, by surname or by a part that only one bears; outlets by the names under which the
story's reports were published; anonymous people by head noun and head count, because to count the same six
officials twice is the error we must not make. Every join is kept as evidence on the agent.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ondit.records import UNKNOWN, Agent, AgentKind, Evidence, Reading, content_id
from ondit.text import register
from ondit.text.lexicon import table, words_of
from ondit.text.names import fold
from ondit.text.nouns import acronym, classify, of_a_place, singular
from ondit.tracing.quoted import same_words
from ondit.tracing.serving import served, speaking
from ondit.tracing.settlement import Pair

_ANONYMOUS = frozenset({"anonymous_person", "anonymous_group"})
_PERSONS = frozenset({"person", "anonymous_person", "anonymous_group"})
_COLLECTIVE = frozenset({"organisation", "outlet", "state_media"})
_INITIALS = 6
"""Letters of an acronym at most, as `acronym` has it."""
_SOLE = frozenset({
    "police", "army", "navy", "military", "coastguard", "government", "parliament", "hospital", "council",
    "court", "club", "union", "school", "university", "airport", "embassy", "prosecution", "league",
})  # fmt: skip
"""Bodies of which reports of one event mean one, though they do not name it."""
_POSSESSOR = re.compile(r"^.*?(?:['’]s|(?<=s)['’])\s")


@dataclass(slots=True)
class _Node:
    """An agent of one report, with what joining looks at."""

    agent: Agent
    document: str
    folded: str
    words: frozenset[str]
    names: frozenset[str]
    publisher: bool
    place: int


def join(
    readings: Sequence[Reading], same: Sequence[Pair] = (), different: Sequence[Pair] = ()
) -> tuple[tuple[Agent, ...], dict[str, str]]:
    """The story's agents (most named first) and the map from every report's agent id to them.

    `same` are pairs of report's agents that are one whatever the rules say, `different` pairs that are not.
    """
    nodes = _nodes(readings)
    parent = list(range(len(nodes)))
    at = {node.agent.id: i for i, node in enumerate(nodes)}
    told = [(at[a], at[b]) for a, b in same]
    apart = [(at[a], at[b]) for a, b in different]

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def parted(i: int, j: int) -> bool:
        return any({root(k), root(m)} == {root(i), root(j)} for k, m in apart)

    def unite(i: int, j: int) -> None:
        a, b = root(i), root(j)
        if a != b and not parted(i, j):
            parent[max(a, b)] = min(a, b)

    for i, j in told:
        unite(i, j)
    nameless = [{n.document} if n.agent.kind in _ANONYMOUS else set[str]() for n in nodes]
    for i, j in _alike(nodes):
        a, b = root(i), root(j)
        if a != b and _same(nodes[i], nodes[j]) and not nameless[a] & nameless[b]:
            unite(i, j)
            nameless[root(i)] = nameless[a] | nameless[b]
    for i, j in _parts(nodes):
        unite(i, j)
    spokesmen: list[tuple[str, str, Evidence]] = []
    for i, j, where in _given_same_words(nodes, at, readings, root):
        if _one_speaker(nodes[i], nodes[j]):
            unite(i, j)
        elif (speaker := _speaker_of(nodes[i], nodes[j])) is not None and not parted(i, j):
            spokesmen.append((*speaker, where))
    groups: dict[int, list[_Node]] = defaultdict(list)
    for i, node in enumerate(nodes):
        groups[root(i)].append(node)
    merged = [_merged(members) for members in groups.values()]
    mapping = {n.agent.id: m.id for m, members in zip(merged, groups.values(), strict=True) for n in members}
    mapping[UNKNOWN] = UNKNOWN
    above = ([n.agent.principal for n in members if n.agent.principal] for members in groups.values())
    return tuple(speaking(served(merged, above, mapping), spokesmen, mapping)), mapping


def _nodes(readings: Sequence[Reading]) -> list[_Node]:
    out = []
    for reading in readings:
        outlet = fold(reading.document.outlet or "")
        for place, agent in enumerate(reading.agents):
            folded = fold(agent.name)
            words = frozenset(
                singular(w) for w in folded.split() if w not in {"of", "the", "for", "and", "in", "at", "&"}
            )
            names = frozenset([folded, *map(fold, agent.aliases)])
            publisher = bool(outlet) and folded == outlet and place == 0
            out.append(_Node(agent, reading.document.id, folded, words, names, publisher, place))
    return out


def _alike(nodes: Sequence[_Node]) -> Iterator[tuple[int, int]]:
    """The pairs of nodes that share what `_same` asks for: a name, a head, a count, initials. Whoever shares
    none of them is never compared, so that a story of hundreds of reports is no matter of all its pairs."""
    holders: dict[Hashable, list[int]] = defaultdict(list)
    for i, node in enumerate(nodes):
        near = {j for key in _keys(node) for j in holders[key]}
        yield from ((j, i) for j in sorted(near))
        for key in _keys(node):
            holders[key].append(i)


def _keys(node: _Node) -> set[Hashable]:
    keys: set[Hashable] = set(node.names)
    if node.agent.kind in _ANONYMOUS or node.agent.kind == "document" or not node.agent.identified:
        keys.add(("head", _head(node)))
        keys |= {("count", count) for count in {node.agent.count} - {None}}
    initials = "".join(w[0] for w in _bare(node).replace("-", " ").split() if w[:1].isupper())
    short = _bare(node).replace(".", "")
    return keys | {("initials", word) for word in (initials, short) if 2 <= len(word) <= _INITIALS}


def _given_same_words(
    nodes: Sequence[_Node], at: Mapping[str, int], readings: Sequence[Reading], root: Callable[[int], int]
) -> Iterator[tuple[int, int, Evidence]]:
    """Every two nodes that are given the same words, if one person and one body at most is named for them."""
    for found in same_words(readings):
        places = [(at[agent], where) for agent, where in found.items()]
        for kind in ("person", "organisation"):
            named = (i for i, _ in places if nodes[i].agent.kind == kind and nodes[i].agent.identified)
            if len({root(i) for i in named}) > 1:
                break
        else:
            yield from ((i, j, where) for (i, where), (j, _) in combinations(places, 2))


def _one_speaker(a: _Node, b: _Node) -> bool:
    """Whether two who say the same words can be one person: one of them at least is only described."""
    persons = {a.agent.kind, b.agent.kind} <= {"person", "anonymous_person"}
    return persons and a.document != b.document and not (a.agent.identified and b.agent.identified)


def _speaker_of(a: _Node, b: _Node) -> tuple[str, str] | None:
    """Of a person and a body that say the same words: the person, and the body for whom he speaks."""
    for person, body in ((a, b), (b, a)):
        if person.agent.kind in {"person", "anonymous_person"} and body.agent.kind == "organisation":
            return person.agent.id, body.agent.id
    return None


def _parts(nodes: Sequence[_Node]) -> Iterator[tuple[int, int]]:
    """The nodes whose name is a part of one other agent's, each with that one."""
    known = _Index(nodes)
    for i in range(len(nodes)):
        wider = _only_wider(known, i)
        if wider is not None:
            yield i, wider


class _Index:
    """The nodes of a story by the words of their names."""

    def __init__(self, nodes: Sequence[_Node]) -> None:
        self.nodes = nodes
        self.places = {whole[0] for n in nodes if of_a_place(whole := n.folded.split())}
        """Folded names of places that bodies of the story serve."""
        self.served = {n.agent.principal for n in nodes if n.agent.kind in _PERSONS and not n.publisher}
        """Those for whom persons speak: a firm or a state, not the paper that has its name in its own."""
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for i, node in enumerate(nodes):
            for word in {*node.words, *node.folded.split()}:
                self._by_word[word].append(i)
            for name in node.names:
                self._by_name[name].append(i)

    def holding(self, words: Iterable[str]) -> Sequence[int]:
        """The nodes that may hold all of some words; all nodes if there are none."""
        some = [self._by_word.get(word, []) for word in words]
        return min(some, key=len) if some else range(len(self.nodes))

    def named(self, name: str) -> Sequence[int]:
        """The nodes that bear a name."""
        return self._by_name.get(name, [])


def _same(a: _Node, b: _Node) -> bool:
    kinds = {a.agent.kind, b.agent.kind}
    if kinds == {"person", "anonymous_person"} and not (a.agent.identified and b.agent.identified):
        return a.document != b.document and _head(a) == _head(b) != ""
    if kinds <= _ANONYMOUS:
        return _same_anonymous(a, b)
    if kinds & _ANONYMOUS:
        return False
    if kinds == {"document"}:
        return a.document != b.document and _same_document(a, b)
    if "document" in kinds:
        return False
    if acronym(_bare(a), _bare(b)) or acronym(_bare(b), _bare(a)):
        return True
    if a.folded == b.folded and all(n.agent.kind == "outlet" and _bare(n)[:1].isupper() for n in (a, b)):
        return True
    named = a.names & {b.folded} or b.names & {a.folded}
    return bool(named) and bool(a.folded) and not _generic(next(iter(named)))


def _registered(node: _Node) -> bool:
    """Whether a node is a state or a public body of the register ("the UN" is not "UN Watch")."""
    return register.state(_bare(node)) is not None or register.organisation(_bare(node)) is not None


def _bare(node: _Node) -> str:
    """The name of a node without its article."""
    return re.sub(r"^[Tt]he\s", "", node.agent.name)


def _generic(folded: str) -> bool:
    """Whether a name is only a common noun ("the company"): such names join nobody across reports."""
    words = folded.split()
    return (
        not _SOLE.issuperset(words)
        and len(words) <= 2
        and all(classify(w) or w in words_of("openers") or w in table("pronouns") for w in words)
    )


def _head(node: _Node) -> str:
    words = node.folded.split()
    stop = next(
        (
            i
            for i, w in enumerate(words)
            if w in {"of", "who", "that", "familiar", "with", "at", "in", "close", "from", "for"}
        ),
        len(words),
    )
    known = [w for w in words[:stop] if classify(w)]
    return singular(known[-1]) if known else (singular(words[stop - 1]) if words[:stop] else "")


def _same_anonymous(a: _Node, b: _Node) -> bool:
    if a.folded == b.folded:
        return True
    if a.document == b.document:
        return False
    counts = {a.agent.count, b.agent.count} - {None}
    part = a.folded.startswith("one of") or b.folded.startswith("one of")
    if part or len(counts) > 1 or (a.agent.kind != b.agent.kind):
        return False
    heads = {_head(a), _head(b)}
    vague = {"source", "people", "person", "man", "woman"}
    return len(heads) == 1 or (bool(counts) and a.agent.count == b.agent.count and bool(heads & vague))


def _same_document(a: _Node, b: _Node) -> bool:
    owners = {a.agent.principal, b.agent.principal} - {None}
    return _head(a) == _head(b) and (len(owners) < 2 or bool(a.words & b.words - {_head(a)}))


def _only_wider(known: _Index, place: int) -> int | None:
    """The one agent of which this node's name is a part: an outlet of the story first, then a fuller name."""
    nodes, node = known.nodes, known.nodes[place]
    if node.publisher or not node.folded or node.agent.kind in _ANONYMOUS or node.agent.kind == "document":
        return None
    called_upon = node.agent.id in known.served
    fits = {
        nodes[i].folded: i
        for i in (() if called_upon else known.holding(node.words))
        if nodes[i].publisher and node.words <= nodes[i].words and _heads_outlet(node.folded, nodes[i].folded)
    }
    if len(fits) == 1 and (node.agent.kind != "person" or len(node.words) > 1 or node.folded in fits):
        return next(iter(fits.values()))
    if node.folded in known.places:
        return None
    if not node.agent.identified:
        found = _office(known, place)
        if found is not None or node.agent.kind == "person":
            return found
    if _generic(node.folded) and not (
        node.agent.kind == "organisation" and len(node.words) == 1 and classify(node.folded) == "org"
    ):
        return None
    wider: dict[str, int] = {}
    for i in sorted({*known.holding(node.words), *known.holding(node.folded.split()[-1:])}):
        if i != place and not (called_upon and nodes[i].publisher) and _wider(node, nodes[i]):
            wider.setdefault(nodes[i].folded, i)
    maximal = {
        f: i for f, i in wider.items() if not any(nodes[i].words < nodes[k].words for k in wider.values())
    }
    return next(iter(maximal.values())) if len(maximal) == 1 else None


def _heads_outlet(short: str, outlet: str) -> bool:
    """Whether `short` holds the word by which an outlet is called: its last, or the one before "of"."""
    whole = outlet.split() or [""]
    called = whole[whole.index("of") - 1] if "of" in whole[1:] else whole[-1]
    return called in short.split()


def _office(known: _Index, place: int) -> int | None:
    """For somebody only described ("the premier", "the city's fire service"): the one of the story who is so
    described by name, or whose name holds the description without its "city's"."""
    nodes, node = known.nodes, known.nodes[place]
    role = _head(node)
    if not role:
        return None
    words = {singular(w) for w in fold(_POSSESSOR.sub("", node.agent.name)).split()}
    body = node.agent.kind != "person" and len(words) > 1
    only = words == {role} <= _SOLE and node.agent.kind == "organisation"
    bearers: dict[str, int] = {}
    near = {*known.named(role), *(known.holding(words) if body or only else ())}
    for i, other in ((i, nodes[i]) for i in sorted(near)):
        apart = node.agent.kind == "organisation" and other.agent.kind not in _COLLECTIVE
        if not other.agent.identified or i == place or apart:
            continue
        described = role in other.names and other.agent.kind not in _ANONYMOUS
        named = body and words < other.words and other.agent.kind in _COLLECTIVE
        named = named or (only and other.agent.kind == "organisation" and _head(other) == role)
        if described or named:
            bearers.setdefault(other.folded.split()[-1] if other.agent.kind == "person" else other.folded, i)
    return next(iter(bearers.values())) if len(bearers) == 1 else None


def _wider(node: _Node, other: _Node) -> bool:
    if node.agent.kind == "person" and other.agent.kind == "person":
        whole = other.folded.split()
        return (
            other.agent.identified
            and len(node.folded) < len(other.folded)
            and (other.folded.endswith(" " + node.folded) or node.folded == whole[0])
        )
    if node.agent.kind == "organisation" and other.agent.kind == "person" and len(node.words) == 1:
        return other.folded.endswith(" " + node.folded) and node.agent.name[:1].isupper()
    if node.agent.kind in _COLLECTIVE and other.agent.kind in _COLLECTIVE:
        headed = _heads_outlet(node.folded, other.folded)
        called = headed or not (_generic(node.folded) or (other.publisher and _registered(node)))
        owner = fold(found.group()) if (found := _POSSESSOR.match(other.agent.name)) else ""
        return bool(node.words) and node.words < other.words and called and owner != node.folded
    return False


def _merged(members: Sequence[_Node]) -> Agent:
    published = [n for n in members if n.publisher]
    best = (published or sorted(members, key=lambda n: (-_fullness(n), n.document, n.place)))[0]
    names = [
        best.agent.name,
        *(n.agent.name for n in members),
        *(a for n in members for a in n.agent.aliases),
    ]
    kinds = [n.agent.kind for n in members]
    kind: AgentKind = (
        "state_media" if "state_media" in kinds else "outlet" if published else _kind(best, members)
    )
    count = next((n.agent.count for n in members if n.agent.count is not None), None)
    basis = [e for n in members for e in n.agent.basis]
    aliases = tuple(dict.fromkeys(a for a in names if a != best.agent.name))
    ident = content_id("agt", kind, best.folded, *sorted(n.agent.id for n in members))
    return Agent(
        ident,
        best.agent.name,
        kind,
        aliases,
        count,
        None,
        tuple(basis),
        any(n.agent.identified for n in members) and (kind not in _ANONYMOUS or count is not None),
    )


def _fullness(node: _Node) -> int:
    proper = sum(1 for w in node.agent.name.split() if w[:1].isupper())
    return (
        10 * min(proper, 6)
        + (5 if node.agent.kind in {"person", "outlet"} else 0)
        - len(node.agent.name) // 40
    )


def _kind(best: _Node, members: Sequence[_Node]) -> AgentKind:
    """The kind of an agent: as most who bear its whole name have it where these are several words, else as
    any report names it."""
    kinds = [n.agent.kind for n in members]
    if " " in best.folded:
        kinds = [n.agent.kind for n in members if n.folded == best.folded]
        if Counter(kinds)["organisation"] * 2 > len(kinds):
            return "organisation"
    if " " not in best.folded and "organisation" in kinds and "outlet" not in kinds:
        return "organisation"  # one word that speaks is taken for a surname where nothing tells
    named = [k for k in kinds if k in {"person", "outlet"}]
    return named[0] if named and best.agent.kind not in _ANONYMOUS else best.agent.kind
