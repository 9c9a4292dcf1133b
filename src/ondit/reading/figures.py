"""Somebody in a report while it is being read, and what words alone say about whether two are one.

Pure functions on names and descriptions: folding, parts of names, adjectives of places, offices under
different words. `roster`, `descriptions` and `linking` decide with
them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ondit.records import AgentKind, Evidence, Span, Spans
from ondit.text.lexicon import table, words_of
from ondit.text.names import fold, gender_of
from ondit.text.nouns import classify, of_a_place, singular
from ondit.text.offices import Office

_GENERIC_SOURCES = {
    "source", "report", "rumour", "rumor", "whisper", "gossip", "talk", "speculation", "word", "story",
    "claim",
}  # fmt: skip
"""Heads that name nobody when they stand alone or with a bare adjective ("City whispers")."""

STATE_MEDIA = re.compile(
    r"\bstate(?:-run|-owned|-controlled)?\s+(?:news\s+agency|television|tv|radio|media|broadcaster|newspaper|agency)",
    re.IGNORECASE,
)
SURNAME = re.compile(r"(?:[A-Z]['’]|Mc|Mac)?[A-ZÀ-Þ][a-zß-ÿ]+")
"""A name of one word that can be a person's."""
_DEMONYMS = {
    "n", "an", "ian", "ese", "i", "ish", "ic", "is", "er", "ean", "ne", "se", "ns", "ans", "ians", "k",
}  # fmt: skip
"""Endings that make the adjective of a place."""


@dataclass(slots=True)
class Figure:
    """Somebody in the report, while it is being read."""

    key: int
    name: str
    kind: AgentKind | None
    start: int
    aliases: list[str] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    gender: str = ""
    count: int | None = None
    principal: int | None = None
    last: int = -1
    spoke: int = -1
    human: bool = False
    """Whether an age or a "who" behind the bare name shows a person."""
    places: list[int] = field(default_factory=list)
    described: bool = False
    vague: bool = False
    """Whether nothing tells who it is ("some", "someone"): what it says is hearsay."""
    staff: bool = False
    """Whether the outlet calls it its own: what a reporter saw, the outlet saw."""
    placed: bool = False
    """Whether it stands only where places do."""
    state: str = ""
    basis: list[Evidence] = field(default_factory=list)
    offices: tuple[Office, ...] = ()
    size: int = 0
    """How many characters name it at `start`; 0 where it is only inferred. `name` may become a fuller one."""

    def before(self, at: int, avoid: Spans = ()) -> int:
        """Where it was last named before `at`, outside `avoid`; -1 if it was not."""
        free = (
            p for p in (*self.places, self.start) if p < at and not any(s.start <= p < s.end for s in avoid)
        )
        return max(free, default=-1)


def suits(figure: Figure, gender: str) -> bool:
    """Whether nothing speaks against `figure` being of `gender` ("" fits all)."""
    own = figure.gender or (gender_of(figure.name) if figure.kind == "person" else "")
    return not gender or not own or own == gender


def within(short: str, long: str) -> bool:
    a, b = fold(short).split(), set(fold(long).split())
    return bool(a) and set(a) <= b


def part_of(folded: str, figure: Figure) -> bool:
    """Whether `figure` can be named by `folded`: a surname, a first name, a word of its name."""
    whole = fold(figure.name).split()
    part = folded.split()
    if any(one[:1] == two and of_a_place(one) for one, two in ((whole, part), (part, whole))):
        return False
    if len(part) >= len(whole) or (figure.kind or "").startswith("anonymous") or figure.kind == "document":
        return len(whole) == 1 and set(whole) < set(part) and len(whole[0]) > 3 and figure.kind != "person"
    if figure.kind == "person":
        return part == whole[-len(part) :] or part == whole[:1]
    if figure.kind in {"outlet", "state_media"}:
        return part[-1] == whole[-1] and set(part) <= set(whole)
    return set(part) <= set(whole) and not all(
        classify(w) == "org" or w in {"national", "state", "city", "new"} for w in part
    )


def shortened(word: str, figure: Figure) -> bool:
    """Whether `word` is the beginning of a person's first name ("vlad" of "Vladimir Putin")."""
    whole = fold(figure.name).split()
    return (
        figure.kind == "person"
        and len(whole) > 1
        and 3 <= len(word) < len(whole[0])
        and (whole[0].startswith(word) and word not in table("firstnames"))
    )


def adjective_of(word: str, name: str) -> bool:
    """Whether `word` can be the adjective of the place `name` ("vestreyan" of "vestrey")."""
    if len(name) < 4 or word == name:
        return False
    stem = 0
    while stem < min(len(word), len(name)) and word[stem] == name[stem]:
        stem += 1
    return stem >= max(4, len(name) - 2) and word[stem:] in _DEMONYMS


def compatible(kind: AgentKind | None, heading: str) -> bool:
    if heading in {"speaks", "role"}:
        return kind in {"person", "anonymous_person", "anonymous_group"}
    if heading == "outlet":
        return kind in {"outlet", "state_media", "organisation", None}
    if heading == "document":
        return kind == "document"
    return kind in {"organisation", "outlet", "state_media", None}


def overlap(a: str, b: str) -> bool:
    return bool({w for w in a.split() if len(w) > 2} & set(b.split())) or any(
        adjective_of(x, y) or adjective_of(y, x) for x in a.split() for y in b.split()
    )


def synonyms(words: str) -> set[str]:
    """Offices that two descriptions share under different words, as one word."""
    folded = words.casefold()
    state = re.search(r"\b(?:head of state|president|king|queen|emperor)\b", folded) and "vice" not in folded
    government = re.search(r"\b(?:head of (?:the )?government|prime minister|premier|chancellor)\b", folded)
    ruler = re.search(
        r"\b(?:dictator|despot|tyrant|strongman|ruler|leader|supremo)\b|\bkremlin (?:chief|boss)\b", folded
    )
    hits = (
        ("head of state", state),
        ("head of government", government),
        ("ruler", ruler or state or government),
    )
    return {w for w, hit in hits if hit}


def names_nobody(words: str) -> bool:
    """Whether a source is only "sources", "reports", "City whispers": words that name nobody."""
    parts = words.casefold().split()
    return (
        0 < len(parts) <= 2
        and parts not in (["the", "report"], ["this", "report"], ["that", "report"])
        and singular(parts[-1]) in _GENERIC_SOURCES
        and parts[0] not in {"a", "one", "the", "its", "his", "her", "their", "two", "three"}
    )


def speaks(words: str) -> bool:
    return any(classify(w) == "speaks" for w in re.findall(r"[\w-]+", words))


def agrees(figure: Figure, sort: str) -> bool:
    if sort in {"m", "f"}:
        return figure.kind in {"person", "anonymous_person"} and suits(figure, sort)
    if sort == "p":
        return figure.kind in {"anonymous_group", "organisation"} or (figure.kind == "anonymous_person")
    return figure.kind in {"organisation", "outlet", "state_media", "document"}


def may_be_person(figure: Figure) -> bool:
    """Whether a name of one word, of which nothing else is known, can be a person's."""
    return figure.kind is None and not figure.placed and SURNAME.fullmatch(figure.name) is not None


def told_of(figure: Figure) -> AgentKind | None:
    """The kind that more than the form of a name tells: of a person a title, a role, a first name."""
    formal = figure.kind == "person" and not (figure.heads or figure.gender or figure.human)
    return None if formal and not gender_of(figure.name) else figure.kind


def shown(figure: Figure) -> bool:
    """Whether more than the form of a name shows a person: a title, a role, a pronoun, its surname alone."""
    alone = fold(figure.name).split()[-1:] and fold(figure.name).split()[-1] in {
        fold(a) for a in figure.aliases
    }
    return bool(figure.heads or figure.gender or figure.human or figure.spoke >= 0 or alone)


def span_of(figure: Figure | None) -> Span | None:
    """The words by which it is first named; None where the text does not name it."""
    return (
        Span(figure.start, figure.start + figure.size)
        if figure is not None and figure.start >= 0 and figure.size
        else None
    )


def named_at(figure: Figure) -> Span:
    start = max(0, figure.start)
    return Span(start, start + figure.size)


def title_case(words: str) -> bool:
    """Whether a headline capitalises its words, so that capitals show no names."""
    found = [w for w in re.findall(r"[^\W\d_][\w’'-]*", words) if len(w) > 3]
    return len(found) > 3 and sum(w[0].isupper() for w in found) > 0.7 * len(found)


def noun_phrase(words: list[str]) -> str:
    """The noun phrase at the end of `words` (what stands right before a name)."""
    start = len(words) - 1
    while start > 0 and _inside_phrase(words[start - 1]):
        start -= 1
    return " ".join(words[start:])


def _inside_phrase(word: str) -> bool:
    if word.casefold() in words_of("breaks"):
        return False
    return word.isalpha() or word[0].isupper() or any(mark in word for mark in "'’-")
