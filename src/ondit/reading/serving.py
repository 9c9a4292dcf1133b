"""For whom the figures of a report speak: bodies by name, by a common noun, by "its".

"Anna Low, the coastguard's duty commander", "club secretary Anna Low", "its spokesman", "Low, who speaks for
the army", "for the company Low said". What stands beside a name says it; where an office stands alone
("spokeswoman Anna Low"), it is an office of the body that the report speaks of there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ondit.reading.bodies import unpossessed
from ondit.reading.descriptions import Descriptions
from ondit.reading.figures import Figure, named_at, shown
from ondit.reading.mentions import Phrase, names, phrase
from ondit.records import AgentKind, Evidence, Span
from ondit.text.lexicon import table
from ondit.text.names import fold, gender_of
from ondit.text.nouns import classify
from ondit.text.sentences import is_finite, sentences

_OF_A_BODY = (
    r"(?P<body>(?:(?:the|its|their|an?)\s)?[\w’'&-]+(?:\s[\w’'&-]+){0,4}?)"
    r"(?=[,.;:)\n]|\s(?:and|who|said|told|in|on|at|has|is|was)\b|$)"
)
_BEHIND = (
    re.compile(rf",?\swho\s(?:also\s)?(?:speaks|spoke|acts|acted)\sfor\s{_OF_A_BODY}"),
    re.compile(
        rf",?\swho\s(?:has\s)?(?:runs?|ran|heads?|leads?|chairs?|directs?|manages?|represents?)\s{_OF_A_BODY}"
    ),
    re.compile(
        r",?\s(?:speaking\s)?(?:for|on behalf of)\s(?=(?:the|its|their)\s|[A-ZÀ-Þ])"
        rf"{_OF_A_BODY}(?=[,.;:])"
    ),
)
"""What stands behind a name and tells for whom its bearer speaks."""
_BEFORE = re.compile(
    r"(?:^|[.!?:\n“\"]\s*)(?:For|Speaking for|On behalf of)\s(?P<body>[^,.;:]{3,40}?)"
    r"(?:,\s(?:[a-z]+\s){0,3}|\s)(?:[A-Z][a-z]+\.?\s)?$"
)
_LEAD = 120
"""Characters before a name in which that stands."""
_ALONE = re.compile(
    r"(?:(?:an?|the|its|their|one)\s)?(?P<more>(?:[\w-]+\s){0,2}?)(?:spokes\w+|chief executive(?:\sofficer)?"
    r"|ceo|managing director|chief\s(?:\w+\s){1,2}officer|chairman|chairwoman|chairperson"
    r"|press\s(?:attach[eé]|officer|secretary)|general secretary|director[\s-]general|general manager"
    r"|head of \w+|finance director)",
    re.IGNORECASE,
)
"""Offices of a body that news need not name again: who holds one speaks for whom the report speaks of."""
_THE_BODY = re.compile(
    r"\b(?:[Tt]he|[A-Z]\w+['’]s)\s(?:[a-z][\w-]*\s){0,2}?(?P<noun>[a-z][\w-]*)(?![\w’'-])(?!\s[a-z]+(?:man|woman)\b)"
)
_GOVERNED = re.compile(
    r"\b(?:to|with|against|by|from|of|in|into|on|near|over|about|outside|under)\s(?:the\s)?$", re.IGNORECASE
)
"""Before a body that somebody else is told to do something with: not the one the sentence is about."""
_RULES = {"minister", "premier", "president", "chancellor", "government", "cabinet"}
_ELSEWHERE = {"president", "chancellor"}
"""Those who rule a state, and also clubs and universities."""
_OF_STATE = re.compile(
    r"\b(?:government|minist(?:er|ers|ry|ries)|parliament|republic|senate|congress|presidential|head of state"
    r"|cabinet|diplomats?|state)\b",
    re.IGNORECASE,
)
_POLICE = {"inspector", "superintendent", "constable", "sergeant"}
_TROOPS = re.compile(r"\b(?:army|troops?|soldiers?|regiment|battalion|platoon)\b", re.IGNORECASE)
_FOR_PERSONS = {
    "lawyer", "attorney", "solicitor", "aide", "secretary", "mouthpiece", "representative", "office",
    "counsel",
}  # fmt: skip
"""Who speaks for a person; all others who speak for somebody speak for a body."""
PARTS = {
    "subsidiary", "unit", "arm", "branch", "division", "department", "office", "wing", "affiliate", "bureau",
    "desk", "delegation", "mission", "embassy", "consulate", "campaign", "caucus", "board", "headquarters",
}  # fmt: skip
"""Bodies that belong to the one that possesses them."""
_FORMER = re.compile(r"\b(?:former(?:ly)?|retired|ex|onetime|one-time)\b", re.IGNORECASE)
_CREEDS = {
    "democratic", "democrat", "democrats", "republican", "republicans", "conservative", "liberal",
    "socialist", "communist", "catholic", "muslim", "christian", "jewish", "protestant", "orthodox",
    "western", "eastern", "arab", "african", "asian", "local", "regional",
}  # fmt: skip
"""What people are called after by the hundred: no body for which one of them speaks."""
_STATES_OWN = {
    "government", "ministry", "army", "military", "navy", "parliament", "presidency", "cabinet", "embassy",
    "administration", "kremlin", "consulate", "treasury",
}  # fmt: skip
"""Bodies that belong to the place that is named before them."""
_DEALERS = {
    "supplier", "lender", "bank", "insurer", "operator", "builder", "developer", "union", "maker", "retailer",
    "manufacturer", "partner", "alliance", "coalition", "opposition",
}  # fmt: skip
"""Bodies that deal with the one that possesses them and are not its own."""


def _bears_name(words: str) -> bool:
    """Whether a description is a name as well ("the Clerks’ Federation", "St Anna’s Hospital in Low")."""
    first, *rest = re.split(r"\s(?:of|for|at|in)\s", words)[0].split() or [""]
    capitals = [w for w in ([] if first in {"The", "A", "An"} else [first]) + rest if w[:1].isupper()]
    return len(capitals) > 1 and classify(capitals[-1]) == "org" and not classify(capitals[0])


def told_beside(text: str, name: Span, stretch: Span) -> Iterator[Span]:
    """The bodies for which words right beside a name say that its bearer speaks."""
    start = max(stretch.start, name.start - _LEAD)
    before = _BEFORE.search(text[start : name.start])
    if before is not None and before["body"].strip():
        yield Span(start + before.start("body"), start + before.end("body"))
    for form in _BEHIND:
        if (found := form.match(text, name.end, stretch.end)) is not None:
            yield Span(*found.span("body"))
            return


class Serving(Descriptions):
    """A roster that finds bodies, and for which of them its figures speak."""

    def body(self, words: str, where: Span) -> Figure | None:
        """The organisation or state that `words` name: by name, by adjective ("Swedish"), by role."""
        part = phrase(self.text, where)
        named = part.name or next(names(self.text, where), None)
        if named is not None and not (classify(part.head) == "org" and part.form == "role"):
            figure = self.known(named.text) or self._by_adjective(named.text)
            if figure is None:
                figure = self._new(named.text, named.kind or "organisation", where.start)
            bare = figure.kind == "person" and not shown(figure) and not gender_of(figure.name)
            if figure.kind is None or bare:
                figure.kind = "organisation"
            return figure
        if classify(part.head) not in {"org", "outlet"}:
            return self._by_adjective(words) or (self.known(named.text) if named is not None else None)
        return self._definite(part, where.start) or self._described(part)

    def _described(self, part: Phrase) -> Figure:
        words = re.sub(r"\s+", " ", self.text[part.span.start : part.span.end])
        words = words.strip(" ,").split(",")[0]
        same = next((f for f in self.figures if fold(f.name) == fold(words)), None)
        if same is not None:
            return same
        kind: AgentKind = part.kind or "organisation"
        if kind == "person" and part.plural:
            kind = "anonymous_group"
        figure = self._new(words, kind, part.span.start)
        if kind == "organisation" and words.casefold() == part.head:
            figure.name = f"the {part.head}"
        figure.heads.add(part.head)
        figure.count = part.count
        figure.described = not _bears_name(words)
        if part.body is not None:
            figure.bodies.add(fold(self.text[part.body.start : part.body.end]))
        whose = re.match(r"(his|her|their|its)\s", self.text[part.span.start : part.span.end], re.IGNORECASE)
        if whose is not None and (classify(part.head) == "speaks" or part.head in PARTS):
            self._owner(figure, Span(part.span.start, part.span.start + whose.end(1)), part.span)
        if part.body is not None and (classify(part.head) == "speaks" or self._belongs_to(part)):
            self._principal(figure, self.text[part.body.start : part.body.end], part.body, part.span)
        return figure

    def _belongs_to(self, part: Phrase) -> bool:
        """Whether a body is a part of the one named with it ("Low’s campaign", "the Merrow government")."""
        if classify(part.head) != "org" or part.body is None:
            return False
        owns = part.head not in _DEALERS and re.match(r"['’]s?\s", self.text[part.body.end :]) is not None
        return owns or part.head in PARTS | _STATES_OWN

    def _principal(self, figure: Figure, body: str, where: Span, span: Span) -> None:
        """Make `figure` speak for the body named in `where`, if it can be found and is not itself; who is
        somewhere does not speak for the place, nor for a body whom he has left."""
        last = unpossessed(body.split()[-1]) if body.split() else ""
        ahead = self.text[max(0, where.start - 10) : where.start]
        inside = re.search(r"\sin\s(?:the\s)?$", ahead) or " in " in body
        before = self.text[max(0, span.start - 10) : where.end]
        if (inside and classify(last) != "org") or _FORMER.search(before) or fold(body) in _CREEDS:
            return
        principal = self.body(body, where)
        if principal is None or principal is figure or self._leads_to(principal, figure):
            return
        if (
            principal.kind == "person"
            and not figure.heads & _FOR_PERSONS
            and not any(h.startswith("spokes") for h in figure.heads)
        ):
            return
        if figure.principal is None:
            self._put_under(figure, principal, span, f"speaks for {principal.name}")

    def _put_under(self, figure: Figure, principal: Figure, span: Span, why: str) -> None:
        """Make `figure` speak for `principal`, by the words in `span`."""
        figure.principal = principal.key
        figure.basis.append(Evidence(self.document.id, span, why))

    def _owner(self, figure: Figure, pronoun: Span, span: Span) -> None:
        """Make `figure` ("her lawyer") speak for whomever the pronoun means."""
        part = phrase(self.text, pronoun)
        owner = self._person_before(pronoun.start, table("pronouns")[part.head][0], figure)
        if owner is None:
            owner, _, _ = self._pronoun(part, figure, None, ())
        if (
            owner is not None
            and owner is not figure
            and not self._leads_to(owner, figure)
            and not (owner.kind or "").startswith("anonymous")
        ):
            self._put_under(figure, owner, span, f"speaks for {owner.name}")

    def _serve(self, figure: Figure, body: Span, span: Span) -> None:
        """Make `figure` speak for the body that a name or a common noun in `body` means."""
        words = self.text[body.start : body.end]
        if words.split()[0].casefold() in {"its", "their"}:
            self._serve_its(figure, body)
            return
        last = unpossessed(words.split()[-1])
        if classify(last) == "org" or last[:1].isupper():
            self._principal(figure, words, body, span)

    def _serve_its(self, figure: Figure, span: Span, reach: int = 2) -> None:
        """Make `figure` ("its spokesman", "spokesman Low") speak for the body that is spoken of there."""
        gone = _FORMER.search(self.text[max(0, span.start - 10) : span.end])
        body = None if gone or figure.principal is not None else self._spoken_of(span.start, figure, reach)
        if body is None and not gone and "spokes" in self.text[span.start : span.end].casefold():
            body = self._named_last(span.start, figure)
        if body is not None and not self._leads_to(body, figure):
            self._put_under(figure, body, span, f"speaks for {body.name}, of whom the report speaks there")

    def _spoken_of(self, at: int, apart: Figure, reach: int) -> Figure | None:
        """The body that stands first in the sentence of `at` before it, else in the nearest of the `reach`
        sentences before it in its paragraph; what a preposition governs is not what a sentence is about."""
        start, end = self.text.rfind("\n", 0, at) + 1, at
        for begin, _ in sentences(self.text, Span(start, at))[: -reach - 1 : -1]:
            if (found := self._first_body(Span(begin, end), apart)) is not None:
                return found
            end = begin
        return None

    def _named_last(self, at: int, apart: Figure) -> Figure | None:
        """The organisation that is named last before `at`."""
        named = [f for f in self.figures if f.kind == "organisation" and f is not apart and not f.described]
        return max((f for f in named if f.before(at) >= 0), key=lambda f: f.before(at), default=None)

    def _first_body(self, within: Span, apart: Figure) -> Figure | None:
        """The body that is named or described first in a stretch."""
        found: list[tuple[int, Figure | Span]] = [
            (place, f)
            for f in self.figures
            if f is not apart and not f.placed and _may_be_body(f)
            for place in {*f.places, f.start}
            if within.start <= place < within.end
        ]
        common = (m for m in _THE_BODY.finditer(self.text, *within) if classify(m["noun"]) == "org")
        found += [(match.start(), Span(*match.span())) for match in common]
        for place, body in sorted(found, key=lambda one: one[0]):
            before = self.text[within.start : place]
            if not _GOVERNED.search(before[-12:]) and not any(map(is_finite, before.casefold().split())):
                return body if isinstance(body, Figure) else self.body(self.text[body.start : body.end], body)
        return None

    def _police(self) -> None:
        """The police as those for whom their officers speak, where no army is spoken of as well."""
        officers = [
            f for f in self.figures if f.kind == "person" and f.principal is None and f.heads & _POLICE
        ]
        named = re.search(r"\b(?:the\s)?police\b", self.text, re.IGNORECASE)
        if not officers or named is None or _TROOPS.search(self.text):
            return
        bodies = [f for f in self.figures if f.kind == "organisation" and "police" in fold(f.name).split()]
        body = bodies[0] if bodies else self.body(named.group(), Span(*named.span()))
        if body is None or len(bodies) > 1:
            return
        for officer in officers:
            self._put_under(officer, body, named_at(officer), f"an officer of {body.name}")

    def settle(self) -> None:
        """For a minister of no named country the government: two of its members are not two origins."""
        of_state = _OF_STATE.search(self.text) is not None
        for figure in list(self.figures):
            held = figure.heads & _RULES
            if figure.principal is not None or figure.kind != "person" or not held:
                continue
            elsewhere = held <= _ELSEWHERE and (figure.bodies or not of_state)
            left = any(_FORMER.search(self.text[max(0, p - 40) : p]) for p in figure.places if p >= 0)
            if elsewhere or left or figure.heads & {"vice", "former"}:
                continue
            government = next((f for f in self.figures if fold(f.name) == "government"), None) or self._new(
                "the government", "organisation", figure.start, inferred=True
            )
            government.described = True
            self._put_under(figure, government, named_at(figure), "a member of the government")


def _may_be_body(figure: Figure) -> bool:
    """Whether a figure is an organisation, or has a name of words that nothing shows to be a person's."""
    if figure.kind in {"organisation", "state_media"}:
        return True
    unknown = figure.kind in {None, "person"} and " " in figure.name and not gender_of(figure.name)
    return unknown and not shown(figure)


def alone(words: str) -> bool:
    """Whether a description gives an office and no body ("the chief executive", "spokeswoman")."""
    found = _ALONE.fullmatch(words.strip())
    return found is not None and found["more"] == found["more"].casefold()
