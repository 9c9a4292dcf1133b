"""Records in plain words: counts, kinds of agents, chains, certainty, and the words of reports made safe.

Every string that comes out is a span of a report or plainly ours, on one line, without anything that a
terminal would obey: control characters, escape sequences, marks that turn the direction of writing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from ondit.records import (
    JUDGED,
    UNKNOWN,
    Agent,
    Certainty,
    Derivation,
    Document,
    Holder,
    Origins,
    Span,
    Stance,
    Statement,
)

KINDS = {
    "person": "person",
    "organisation": "organisation",
    "outlet": "outlet",
    "state_media": "state media",
    "anonymous_person": "anonymous person",
    "anonymous_group": "anonymous group",
    "document": "document",
    "social_account": "social account",
    "unknown": "unknown kind",
}
STANCES: dict[Stance, str] = {"affirm": "says so", "deny": "denies it", "question": "asks"}

NO_LINEAGE = "lineage not recorded"
NOBODY = "nobody named"

_ESCAPE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[PX^_][^\x1b\x9c\n]*(?:\x1b\\|\x9c)|\x1b[ -/]+[0-~]"
)
"""Escape sequences that are whole (ECMA-48): control sequences, strings up to their end, character sets."""

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d|)", re.ASCII)

_JOINERS = "\u200c\u200d"
"""Format characters that letters and emoji need; all others are invisible and may mislead."""


def clean(text: str) -> str:
    """A stretch of foreign text on one line: whatever a terminal would obey is gone, every word stays.

    >>> clean("one\\x1b[31m two\\u202e\\n three")
    'one two three'
    """
    return " ".join("".join(map(_shown, _ESCAPE.sub("", text))).split())


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    if category == "Cc":
        return " " if char.isspace() else ""
    return "" if category == "Cf" and char not in _JOINERS else char


def visible(text: str) -> str:
    """A stretch of foreign text with its blanks and line ends as they are; what cannot be seen is gone.

    >>> visible(" one\\x00\\u202e two\\n")
    ' one two\\n'
    """
    return "".join(char if char.isspace() and char in " \n\t\u00a0" else _shown(char) for char in text)


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word where there is one near, with an ellipsis for the rest.

    >>> shortened("at least four people had died", 20)
    'at least four …'
    """
    if len(text) <= limit:
        return text
    head = text[: max(1, limit - 2)]
    at_word = head.rpartition(" ")[0]
    return f"{at_word if len(at_word) > limit // 2 else head} …"


def quoted(document: Document | None, spans: Sequence[Span], limit: int) -> str:
    """The words at `spans` in quotation marks, what lies between them as an ellipsis."""
    if document is None:
        return ""
    pieces = (clean(document.text[span.start : span.end]) for span in spans)
    return f"“{shortened(' … '.join(filter(None, pieces)), limit)}”"


def number_of(count: int, noun: str) -> str:
    """
    >>> number_of(1, "report"), number_of(7, "report"), number_of(2, "story")
    ('1 report', '7 reports', '2 stories')
    """
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count} {noun if count == 1 else several}"


def origins_in_words(origins: Origins) -> str:
    """Reports against origins; where no origin is stated, that and how many there may be.

    >>> origins_in_words(Origins(("a",), lo=1, hi=2, reports=7))
    '7 reports, 1 to 2 origins'
    >>> origins_in_words(Origins((), lo=0, hi=1, reports=2))
    '2 reports, lineage not recorded'
    """
    if origins.reports == 0:
        return "no reports"
    reports = number_of(origins.reports, "report")
    if origins.hi == 0:
        return f"{reports}, no origin counted"
    if origins.lo == origins.hi:
        return f"{reports}, {number_of(origins.lo, 'origin')}"
    if origins.lo > 0:
        return f"{reports}, {origins.lo} to {number_of(origins.hi, 'origin')}"
    return f"{reports}, {NO_LINEAGE}" + (f", at most {origins.hi} origins" if origins.hi > 1 else "")


def name_of(agent: str, agents: Mapping[str, Agent]) -> str:
    """The name of an agent as the reports give it."""
    if agent in agents:
        return clean(agents[agent].name) or clean(agent)
    return NOBODY if agent.partition(":")[0] == UNKNOWN else clean(agent)


def kind_in_words(agent: Agent) -> str:
    """
    >>> kind_in_words(Agent("a", "six officials", "anonymous_group", count=6))
    'anonymous group of 6'
    """
    if agent.kind == "anonymous_group":
        return f"anonymous group of {agent.count}" if agent.count else "anonymous group, number not given"
    return KINDS[agent.kind]


def described(agent: str, agents: Mapping[str, Agent]) -> str:
    """Name and kind, whether it is named at all, and for whom it speaks."""
    name = name_of(agent, agents)
    if agent not in agents:
        return name
    notes = [kind_in_words(agents[agent])]
    if not agents[agent].identified and not agents[agent].kind.startswith("anonymous"):
        notes.append("only described")
    if principal := agents[agent].principal:
        notes.append(f"speaks for or belongs to {name_of(principal, agents)}")
    return f"{name} ({', '.join(notes)})"


def chain_in_words(statement: Statement, agents: Mapping[str, Agent], stance: Stance = "affirm") -> str:
    """From the origin to the outlet: "six officials (possible) -> NBC News -> The Guardian (certain)".

    Certainty and stance stand where they first differ from certain and `stance`, and wherever they change.
    """
    holders = statement.holders
    if tuple(holder.agent for holder in holders) != statement.chain:
        relays = (Holder(agent, stance=stance) for agent in statement.chain[:-1])
        outlet = Holder(statement.chain[-1], None, statement.stance, statement.certainty)
        holders = (*relays, outlet)
    certainty = "certain"
    links = []
    for holder in holders:
        notes = [STANCES[holder.stance]] if holder.stance != stance else []
        if holder.certainty != certainty:
            notes.append(certainty_in_words(holder.certainty))
        stance, certainty = holder.stance, holder.certainty
        links.append(name_of(holder.agent, agents) + (f" ({', '.join(notes)})" if notes else ""))
    return " -> ".join(links)


def certainty_in_words(certainty: Certainty) -> str:
    """A certainty that can be read without its heading."""
    return "certainty unknown" if certainty == "unknown" else certainty


def report_name(document: Document) -> str:
    """The outlet of a report, and its id to look it up by; a file read from a folder goes by its name."""
    name, ident = outlet_and_id(document)
    if not ident:
        return name
    return f"{name} [{ident}]" if document.outlet else f"[{ident}]"


def moment(published: str | None) -> str:
    """When something was published, as the report has it, in a form to be read.

    >>> moment("2037-10-08T19:40:00Z"), moment("2037-10-08"), moment("8 Oct")
    ('2037-10-08 19:40 UTC', '2037-10-08', '8 Oct')
    """
    found = _MOMENT.fullmatch(published or "")
    return (
        f"{found[1]} {found[2]}{' UTC' if found[3] == 'Z' else found[3]}" if found else clean(published or "")
    )


def outlet_and_id(document: Document) -> tuple[str, str]:
    """What a report is called, and its id beside it; a report without outlet is called by its file.

    >>> outlet_and_id(Document("r1", "", outlet="The Tide"))
    ('The Tide', 'r1')
    >>> outlet_and_id(Document("doc-147e84e0bad4", "", place="in/a.txt"))
    ('a.txt', '')
    """
    ident = shortened(clean(document.id), 40)
    if name := clean(document.outlet or ""):
        return name, ident
    file = clean(document.place.rpartition("/")[2])
    return (file, "" if document.id.startswith("doc-") else ident) if file else ("no outlet named", ident)


def listed(names: Iterable[str], limit: int = 6) -> str:
    """
    >>> listed(["a", "b", "c"], limit=2)
    'a, b and 1 more'
    """
    names = list(names)
    more = len(names) - limit
    return ", ".join(names) if more <= 0 else f"{', '.join(names[:limit])} and {more} more"


def cited_round(names: Sequence[str]) -> str:
    """
    >>> cited_round(["The Tide", "The Echo"]), cited_round(["A", "B", "C"])
    ('The Tide cites The Echo cites The Tide', 'these only cite each other: A, B, C')
    """
    if len(names) == 2:
        return " cites ".join([*names, names[0]])
    return f"these only cite each other: {listed(names)}"


def used_how(drv: Derivation) -> str:
    """In what way a report used another one, and who says so: itself, nobody, or an analyst."""
    if drv.why.startswith(JUDGED):
        return f"{drv.kind}, {clean(drv.why)}"
    return f"{drv.kind}, {'as it says itself' if drv.stated else 'not stated'}"
