"""Traces as Markdown notes that link to each other: a folder a story, a note a claim, an agent and a report.

In: finished traces. Out: a vault for Obsidian, or a folder of it. What Ondit says stands plain, what reports
say stands in quotation marks or as a quotation, escaped. Notes are written again by the next export, so that
an analyst's own belong into notes that link to these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ondit.records import Agent, Claim, Conflict, Document, Origins, Stance, Statement, Trace
from ondit.telling.exports.addresses import web_address
from ondit.telling.exports.cited import counted, day_of, gist_of, how_used, places, title_of, words_of
from ondit.telling.exports.markdown import escaped, file_names, properties
from ondit.telling.tree import Shown, one_a_speaker, shown, who_says
from ondit.telling.weight import by_weight, counts_of, in_numbers, main_count
from ondit.telling.words import described, listed, name_of, report_name

NAMED = 60
"""So many characters of a claim name its note."""


TITLES: dict[Stance, tuple[str, str]] = {
    "affirm": ("Origins", "Who says so, through whom"),
    "deny": ("Origins of the denial", "Who denies it, through whom"),
    "question": ("Origins of the question", "Who raises it as a question"),
}

Note = tuple[str, str, str]
"""Story, kind and id of what a note is about."""


@dataclass(frozen=True, slots=True)
class Vault:
    """A story, and the names of all notes: no two are the same, so that a link needs no folder."""

    at: Shown
    names: Mapping[Note, str]

    def link(self, kind: str, ident: str) -> str:
        """A link to a note; where there is none, the id as text."""
        name = self.names.get((self.at.trace.story, kind, ident))
        return f"[[{name}]]" if name else escaped(ident)

    def agent(self, ident: str) -> str:
        """A link to an agent; the name where there is no record of it."""
        return self.link("agents", ident) if ident in self.at.agents else escaped(name_of(ident, {}))


def export(traces: Sequence[Trace]) -> Mapping[str, bytes]:
    """The notes by path."""
    told = [shown(trace) for trace in traces]
    names = file_names(wish for at in told for wish in _wishes(at))
    notes: dict[str, str] = {}
    for at in told:
        vault = Vault(at, names)
        story = names[at.trace.story, "story", at.trace.story]
        notes[f"{story}/{story}.md"] = _story(vault)
        for kind, records, write in _kinds(at):
            for record in records:
                name = names[at.trace.story, kind, record.id]
                notes[f"{story}/{kind}/{name}.md"] = write(vault, record)
    return {path: note.encode() for path, note in notes.items()}


def _kinds(at: Shown) -> Iterator[tuple[str, Sequence[Claim | Agent | Document], Callable[..., str]]]:
    yield "claims", at.trace.claims, _claim
    yield "agents", [at.agents[agent.id] for agent in at.trace.agents], _agent
    yield "reports", at.trace.documents, _report


def _wishes(at: Shown) -> Iterator[tuple[Note, str, str]]:
    """For every note the words that it would be named by, and an id."""
    story = at.trace.story
    yield (story, "story", story), title_of(at), story
    for agent in at.trace.agents:
        yield (story, "agents", agent.id), name_of(agent.id, at.agents), agent.id
    for doc in at.trace.documents:
        words = filter(None, (day_of(doc.published), doc.outlet or doc.headline))
        yield (story, "reports", doc.id), " ".join(words), doc.id
    for claim in by_weight(at.trace):
        yield (story, "claims", claim.id), gist_of(at, claim, NAMED), claim.id


# --------------------------------------------------------------------------- notes


def _story(vault: Vault) -> str:
    at = vault.at
    counts = [main_count(claim) for claim in at.trace.claims]
    parts = [
        properties(ondit="story", id=at.trace.story, reports=len(at.trace.documents), claims=len(counts)),
        f"# {escaped(title_of(at))}\n",
        "\n".join(f"{line}." for line in in_numbers(len(at.trace.documents), counts)) + "\n",
        _section("Reports", (vault.link("reports", doc.id) for doc in at.trace.documents)),
        _section("Claims", (f"{vault.link('claims', c.id)}: {counted(c)}" for c in by_weight(at.trace))),
        _section("Which report used which", _used(vault)),
    ]
    return "\n".join(filter(None, parts))


def _claim(vault: Vault, claim: Claim) -> str:
    at, main = vault.at, main_count(claim)
    head = properties(
        ondit="claim",
        id=claim.id,
        story=at.trace.story,
        reports=main.reports,
        at_least=main.lo,
        at_most=main.hi,
        aliases=[claim.id],
        tags=["ondit/claim"],
    )
    parts = [head, f"# “{escaped(gist_of(at, claim))}”\n", f"{counted(claim)}\n"]
    for stance, origins in counts_of(claim):
        origins_title, rows_title = TITLES[stance]
        parts.append(_section(origins_title, _origins(vault, origins)))
        parts.append(_section(rows_title, _rows(vault, claim, stance, origins)))
    asked = [stmt for stmt in claim.statements if stmt.stance == "question"]
    if asked and "question" not in claim.origins:
        parts.append(_section(TITLES["question"][1], _rows(vault, claim, "question", None)))
    differs = (_differs(vault, claim, found) for found in at.trace.conflicts if claim.id in found.claims)
    parts.append(_section("Differs", differs))
    return "\n".join(filter(None, parts))


def _agent(vault: Vault, agent: Agent) -> str:
    at = vault.at
    head = properties(
        ondit="agent",
        id=agent.id,
        story=at.trace.story,
        kind=agent.kind,
        head_count=agent.count,
        aliases=list(agent.aliases),
        tags=["ondit/agent"],
    )
    origin_of = [
        claim
        for claim in by_weight(at.trace)
        if any(agent.id in origins.stated for origins in claim.origins.values())
    ]
    said = (
        f"{_quote(at, stmt)} {vault.link('reports', stmt.document)}, for {vault.link('claims', claim.id)}"
        for claim in at.trace.claims
        for stmt in claim.statements
        if agent.id in stmt.chain[:-1]
    )
    published = {
        stmt.document: None
        for claim in at.trace.claims
        for stmt in claim.statements
        if stmt.chain[-1:] == (agent.id,)
    }
    parts = [
        head,
        f"# {escaped(agent.name)}\n",
        f"{escaped(described(agent.id, at.agents))}\n",
        f"Speaks for or belongs to {vault.agent(agent.principal)}\n" if agent.principal else "",
        _section("Published", (vault.link("reports", report) for report in published)),
        _section("Origin of", (f"{vault.link('claims', claim.id)}: {counted(claim)}" for claim in origin_of)),
        _section("Says", said),
    ]
    return "\n".join(filter(None, parts))


def _report(vault: Vault, document: Document) -> str:
    at = vault.at
    head = properties(
        ondit="report",
        id=document.id,
        story=at.trace.story,
        outlet=document.outlet,
        published=document.published,
        aliases=[document.id],
        url=web_address(document.url),
        sha256=document.digest or None,
        tags=["ondit/report"],
    )
    claims = [c for c in by_weight(at.trace) if any(s.document == document.id for s in c.statements)]
    text = (f"> {escaped(line)}" for line in document.text.splitlines())
    parts = [
        head,
        f"# {escaped(document.headline or document.id)}\n",
        f"{escaped(', '.join(filter(None, (report_name(document), document.published))))}\n",
        _section("Used", _used(vault, document.id)),
        _section("Claims", (f"{vault.link('claims', claim.id)}: {counted(claim)}" for claim in claims)),
        "## Text\n\n" + "\n".join(text) + "\n",
    ]
    return "\n".join(filter(None, parts))


# --------------------------------------------------------------------------- lines


def _section(title: str, lines: Iterable[str]) -> str:
    body = "".join(f"- {line}\n" for line in lines)
    return f"## {title}\n\n{body}" if body else ""


def _origins(vault: Vault, origins: Origins) -> Iterator[str]:
    at = vault.at
    for vertex in origins.stated:
        kind = described(vertex, at.agents).removeprefix(name_of(vertex, at.agents))
        yield f"{vault.agent(vertex)} {escaped(kind)}"
    if set(origins.bottlenecks) - set(origins.stated):
        through = listed((vault.agent(vertex) for vertex in origins.bottlenecks), 20)
        yield f"all that is sourced comes through {through}"
    for report in origins.unsourced:
        yield f"lineage not recorded: {vault.link('reports', report)}"


def _rows(vault: Vault, claim: Claim, stance: Stance, origins: Origins | None) -> Iterator[str]:
    at = vault.at
    said = [stmt for stmt in claim.statements if stmt.stance == stance]
    for stmt in one_a_speaker(at, said):
        who = escaped(who_says(at, stmt, said, origins))
        yield f"{who}: {_quote(at, stmt)} {vault.link('reports', stmt.document)}"


def _differs(vault: Vault, claim: Claim, conflict: Conflict) -> str:
    why = escaped(conflict.why).removeprefix("differs on: ")
    others = (vault.link("claims", other) for other in conflict.claims if other != claim.id)
    return f"{'' if why.startswith(conflict.kind) else f'{conflict.kind} '}{why}: {listed(others)}"


def _used(vault: Vault, child: str | None = None) -> Iterator[str]:
    for drv in (*vault.at.trace.derivations, *vault.at.trace.undirected):
        if child is None or drv.child == child:
            verb = "used" if drv.directed else "and"
            pair = f"{vault.link('reports', drv.child)} {verb} {vault.link('reports', drv.parent)}"
            yield f"{pair}: {escaped(how_used(vault.at, drv))}"


def _quote(at: Shown, stmt: Statement) -> str:
    return f"“{escaped(words_of(at, stmt.document, stmt.spans))}” ({places(stmt.spans)})"
