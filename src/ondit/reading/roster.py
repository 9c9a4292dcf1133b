"""The figures of one report, and who among them fits a name, a body, a description or a pronoun.

In: names and phrases. Out: `Figure`s. Most certain first; where two fit alike or none fits, nobody.
"""

from __future__ import annotations

import re

from ondit.reading.figures import (
    Figure,
    adjective_of,
    agrees,
    compatible,
    may_be_person,
    overlap,
    part_of,
    shortened,
    shown,
    span_of,
    suits,
    synonyms,
)
from ondit.reading.mentions import Phrase, names, phrase
from ondit.records import AgentKind, Document, Evidence, Span, Spans, content_id
from ondit.text import register
from ondit.text.lexicon import table
from ondit.text.names import fold, gender_of
from ondit.text.nouns import acronym, classify, of_a_place, singular
from ondit.text.offices import Office, held_by, holder
from ondit.text.principals import line
from ondit.text.register import State
from ondit.text.sentences import sentences

_PEOPLE = {"person", "anonymous_person", "anonymous_group"}
"""Kinds whose name may hold other people's roles ("a source close to the bishop")."""
_UNIQUE = re.compile(r"\b(?:first|last|only|next|oldest|youngest)\s(?:[\w-]+\s)*(?:to|in|since|ever)\b")
"""What says what somebody did, not who it is ("the first foreign leader to visit")."""
_CHIEF = re.compile(r"\b(?:chief|boss)\b")
_NEAR = 600
"""Characters within which somebody named is still in the reader's mind."""
_FOR_PERSONS = {
    "lawyer", "attorney", "solicitor", "aide", "secretary", "mouthpiece", "representative", "office",
    "counsel",
}  # fmt: skip
"""Who speaks for a person; all others who speak for somebody speak for a body."""
_BODIES = {
    "police", "ministry", "hospital", "office", "service", "authority", "university", "agency", "council",
    "board", "party", "union", "government", "district", "court", "mission", "committee", "commission",
    "department", "institute", "tribunal", "embassy", "navy", "army", "parliament", "school", "college",
}  # fmt: skip
"""Bodies that nobody calls "the company"."""
_EXPERTS = {
    "expert", "professor", "analyst", "academic", "scholar", "researcher", "scientist", "specialist",
    "lecturer", "historian", "economist",
}  # fmt: skip
"""Under each of these news announces whom it names as another."""
_VAGUE = {"source", "person", "man", "woman", "official", "insider", "one"}
_FIRMS = {"company", "firm", "group", "business"}


def _fuller(words: list[str], rest: str, figure: Figure) -> bool:
    """Whether `words` name a person more fully than the figure's own first name and surname do; of two first
    names before one surname neither is the other."""
    whole = fold(figure.name).split()
    return figure.kind == "person" and whole[-1:] == [rest] and whole[0] == words[0]


class Roster:
    """The figures of `document`; `publisher` is the outlet that publishes it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.date = document.published or ""
        self.quoted: Spans = ()
        """What stands in quotation marks: who is named there is not who speaks outside."""
        self.figures: list[Figure] = []
        self.bearers: dict[str, str] = {}
        """By surname: the full name of whom the report mostly means by it, "" where nobody is."""
        self.publisher = self._new(document.outlet or "this report", "outlet", -1)
        self.publisher.last = -1

    def _new(self, name: str, kind: AgentKind | None, start: int, *, inferred: bool = False) -> Figure:
        figure = Figure(
            len(self.figures), name, kind, start, last=start, size=0 if inferred or start < 0 else len(name)
        )
        self.figures.append(figure)
        self._registered(figure)
        return figure

    def _registered(self, figure: Figure) -> None:
        """Kind and principal of a figure that the register knows by name."""
        state, outlet = register.state(figure.name), register.outlet(figure.name)
        body = register.organisation(figure.name)
        if state is not None:
            figure.kind, figure.state = "organisation", state.id
            if figure.name in state.adjectives:
                figure.aliases.append(figure.name)
                figure.name = state.name
        elif outlet is not None and outlet.control == "state_controlled":
            figure.kind = "state_media"
            self._serves(figure, outlet.country)
        elif outlet is not None:
            figure.kind = "outlet"
        elif body is not None and figure.kind in {None, "organisation", "person"}:
            figure.kind = "organisation"
            self._serves(figure, body.principal)
        elif figure.kind == "person" and figure.start >= 0:
            self._in_office(figure, held_by(figure.name, self.date))

    def _in_office(self, figure: Figure, offices: tuple[Office, ...]) -> None:
        """What the register knows of a head of state or government."""
        figure.offices = offices
        if offices and not figure.gender:
            figure.gender = offices[0].gender

    def _serves(self, figure: Figure, country: str) -> None:
        if country not in register.states():
            return
        state = register.states()[country]
        owner = next((f for f in self.figures if f.state == country), None) or self._new(
            state.name, "organisation", figure.start, inferred=True
        )
        if owner is not figure:
            figure.principal = owner.key
            if (named := span_of(figure)) is not None:
                figure.basis.append(
                    Evidence(self.document.id, named, f"in the register: controlled by {state.name}")
                )

    def known(self, name: str, gender: str = "") -> Figure | None:
        """The figure that bears `name`, in full or by a part that is its own; `gender` is a title's."""
        folded = fold(name)
        if not folded:
            return None
        bearers = [
            f for f in self.figures if folded == fold(f.name) or folded in {fold(a) for a in f.aliases}
        ]
        exact = [f for f in bearers if suits(f, gender)]
        if exact:
            return exact[0]
        state = register.state(name)
        if (
            state is not None
            and (same := next((f for f in self.figures if f.state == state.id), None)) is not None
        ):
            return same
        words = folded.split()
        for cut in range(1, len(words)):
            rest = " ".join(words[cut:])
            tail = [f for f in self.figures if fold(f.name) == rest or _fuller(words, rest, f)]
            if (
                tail
                and tail[0] is not self.publisher
                and not classify(rest)
                and self._bears(folded, rest)
                and suits(tail[0], gender_of(name))
            ):
                return tail[0]
        if name.isupper() and len(words) > 1 and (shouted := self.known(words[-1], gender)) is not None:
            return shouted
        short = [f for f in self.figures if acronym(name, f.name) or acronym(f.name, name)]
        if short:
            return short[0]
        wholes = (fold(f.name).split() for f in self.figures)
        if any(whole[:1] == [folded] and of_a_place(whole) for whole in wholes):
            return None  # a place, of which another body may be called too
        bearing = [f for f in self.figures if part_of(folded, f)]
        if not bearing and len(words) < 3:
            bearing = [f for f in self.figures if shortened(words[-1], f)]
        parts = [f for f in bearing if suits(f, gender)]
        surely = [f for f in parts if gender and gender == (f.gender or gender_of(f.name))]
        if len(bearing) == 1:
            return parts[0] if parts and self._bears(fold(parts[0].name), folded) else None
        return surely[0] if len(surely) == 1 else self._most_named(parts)

    def _bears(self, full: str, rest: str) -> bool:
        """Whether the bare `rest` of a full name is its bearer's alone in the report, or mostly."""
        return self.bearers.get(rest, full) == full

    def _most_named(self, figures: list[Figure]) -> Figure | None:
        """The one of several with a name or an office of whom the report speaks most, if it does."""
        ranked = sorted(figures, key=lambda f: -len(f.places))
        counts = [len(f.places) for f in ranked]
        return ranked[0] if len(ranked) == 1 or (ranked and counts[0] >= 2 * counts[1]) else None

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

    def _by_adjective(self, word: str) -> Figure | None:
        folded = fold(word)
        fits = [
            f
            for f in self.figures
            if f.kind in {None, "organisation"} and " " not in f.name and adjective_of(folded, fold(f.name))
        ]
        if fits:
            return fits[0]
        state = register.state(word)
        if state is None:
            return None
        return next((f for f in self.figures if f.state == state.id), None) or self._new(
            state.name, "organisation", -1
        )

    def _leads_to(self, figure: Figure, other: Figure) -> bool:
        """Whether `figure` speaks for `other`, at whatever remove."""
        return other.key in line(figure.key, lambda key: self.figures[key].principal)

    def _principal(self, figure: Figure, body: str, where: Span, span: Span) -> None:
        """Make `figure` speak for the body named in `where`, if it can be found and is not itself."""
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
            figure.principal = principal.key
            figure.basis.append(Evidence(self.document.id, span, f"speaks for {principal.name}"))

    def _owner(self, figure: Figure, pronoun: Span, span: Span) -> None:
        """Make `figure` ("her lawyer") speak for whomever the pronoun means."""
        owner, _, _ = self._pronoun(phrase(self.text, pronoun), figure, None, ())
        if (
            owner is not None
            and owner is not figure
            and not self._leads_to(owner, figure)
            and not (owner.kind or "").startswith("anonymous")
        ):
            figure.principal = owner.key
            figure.basis.append(Evidence(self.document.id, span, f"speaks for {owner.name}"))

    def _state_in(self, part: Phrase) -> State | None:
        """The state that a description names: "the French president", "the Kremlin chief"."""
        if part.body is None:
            return None
        behind = "of " in self.text[part.span.start : part.body.start]
        if behind and re.search(r"['’]s?\s\w", self.text[part.body.start : part.body.end]):
            return None  # "the leader of America's oldest ally"
        words = re.split(r"['’]s?\b", self.text[part.body.start : part.body.end])[0].split()
        parts = (" ".join(words[a:b]) for a in range(len(words)) for b in range(len(words), a, -1))
        return next((found for words_ in parts if (found := register.state(words_)) is not None), None)

    def _holder(self, part: Phrase, state: State) -> Figure | None:
        """Who holds the office of `state` that a description names: somebody of the report, else whoever held
        it at its date."""
        words = self.text[part.span.start : part.span.end].casefold()
        if part.plural or part.count is not None:
            return None
        if _CHIEF.search(words) and any(m.casefold() in words for m in state.metonyms):
            words = "leader"
        named = [
            f for f in self.figures if any(o.state == state.id and o.is_called(words) for o in f.offices)
        ]
        if named:
            return named[0] if len(named) == 1 else self._most_named(named)
        held = holder(state.id, words, self.date)
        if held is None:
            return None
        figure = self.known(held.name, held.gender)
        if figure is None:
            figure = self._new(held.name, "person", part.span.start, inferred=True)
            why = f"in the register: {held.office} of {state.name} in {self.date[:7]}"
            figure.basis.append(Evidence(self.document.id, part.span, why))
        self._in_office(figure, held_by(held.name, self.date))
        return figure

    def _definite(self, part: Phrase, at: int) -> Figure | None:
        """The figure that a role or epithet fits best, None where none fits or two fit alike."""
        heading = classify(part.head)
        if _UNIQUE.search(self.text, part.span.start, part.span.end):
            return None
        state = self._state_in(part) if heading == "speaks" else None
        if state is not None and (found := self._holder(part, state)) is not None:
            return found
        body = (
            fold(self.text[part.body.start : part.body.end])
            if part.body is not None and part.body.end <= len(self.text)
            else ""
        )
        early = any(b.kind == "headline" and b.span.start <= at < b.span.end for b in self.document.blocks)
        scored = [
            (self._fit(f, part, heading, body, at), f)
            for f in self.figures
            if f.start < at or early or f is self.publisher
        ]
        scored = [(s, f) for s, f in scored if s >= 1]
        if not scored and part.definite:
            later = [(self._fit(f, part, heading, body, at), f) for f in self.figures if f.start >= at]
            scored = [(s, f) for s, f in later if s >= 3]
        if not scored:
            return None
        best = max(score for score, _ in scored)
        alike = [f for score, f in scored if score > best - 0.6]
        if len(alike) > 1 and all(f.kind == "person" for f in alike):
            salient = self._most_named(alike)
            if salient is not None:
                return salient
            if any(f.offices for f in alike):
                line_start = self.text.rfind("\n", 0, at) + 1
                here = [f for f in alike if f.before(at) >= line_start]
                return here[0] if len(here) == 1 else None
        scored.sort(key=lambda x: (-x[0], -x[1].before(at)))
        return scored[0][1]

    def _fit(self, figure: Figure, part: Phrase, heading: str, body: str, at: int) -> float:
        words = self.text[part.span.start : part.span.end]
        state = self._state_in(part)
        if not compatible(figure.kind, heading) or (
            state is not None and figure.offices and all(o.state != state.id for o in figure.offices)
        ):
            return 0
        shared = synonyms(words) & figure.heads
        score = 3.0 if shared - {"ruler"} else 2.0 if shared else 0.0
        foreign = state is None and body and not any(overlap(body, b) for b in figure.bodies)
        if figure.offices and foreign:
            return 0
        if any(o.is_called(words.casefold()) for o in figure.offices):
            score = 3.0
        name_words = {singular(w) for w in fold(figure.name).split()}
        if part.head in figure.heads:
            score += 3
        if part.head in name_words and figure.kind not in _PEOPLE:
            score += 3
        if score == 0:
            score = self._fits_class(figure, part, heading, at)
        if body and score:
            score += self._belongs(figure, part, body)
        return score + max(0.0, 0.5 - (at - figure.before(at)) / (2 * _NEAR)) if score > 0 else 0

    def _belongs(self, figure: Figure, part: Phrase, body: str) -> float:
        """What it tells that a description names a body: of an outlet's state, only the register can say."""
        if any(overlap(body, b) for b in (figure.bodies | {fold(figure.name)})):
            return 1
        state = register.state(self.text[part.body.start : part.body.end]) if part.body is not None else None
        if state is None or figure.kind not in {"outlet", "state_media"}:
            return -1.5
        outlet = register.outlet(figure.name)
        return 0 if outlet is None else 1 if outlet.country == state.id else -1.5

    def _fits_class(self, figure: Figure, part: Phrase, heading: str, at: int) -> float:
        """How well "the paper" or "the company" fits an outlet or a firm of which neither is said."""
        if heading == "outlet" and figure.kind in {"outlet", "state_media"}:
            return 0.0 if figure is self.publisher else 1.0
        firm = figure.kind == "organisation" and part.head in _FIRMS
        if not firm or {singular(w) for w in fold(figure.name).split()} & _BODIES:
            return 0.0
        if figure.spoke >= 0:
            return 1.2
        return 1.0 if at - figure.before(at) < _NEAR else 0.0

    def named_later(self, part: Phrase) -> Figure | None:
        """The one person of the report who is named and so described, for "an expert" of no more words."""
        bare = part.body is None and part.kind == "anonymous_person" and part.head not in _VAGUE
        alike = _EXPERTS if part.head in _EXPERTS else {part.head}
        fits = [f for f in self.figures if f.kind == "person" and not f.described and f.heads & alike]
        return fits[0] if bare and len(fits) == 1 else None

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
        figure.heads.add(part.head)
        figure.count = part.count
        figure.described = True
        whose = re.match(r"(his|her|their|its)\s", self.text[part.span.start : part.span.end], re.IGNORECASE)
        if whose is not None and classify(part.head) in {"speaks", "org"}:
            self._owner(figure, Span(part.span.start, part.span.start + whose.end(1)), part.span)
        if part.body is not None and (classify(part.head) in {"speaks", "org"}):
            self._principal(figure, self.text[part.body.start : part.body.end], part.body, part.span)
        return figure

    def _pronoun(
        self, part: Phrase, inside: Figure | None, last: Figure | None, said: Spans
    ) -> tuple[Figure | None, str, Span | None]:
        sort = table("pronouns")[part.head][0]
        at = part.span.start
        if sort == "1":
            speaker = inside or self.publisher
            return speaker, "speaks of itself", None
        quoted = () if any(q.start <= at < q.end for q in self.quoted) else self.quoted
        avoid = (*said, *quoted)
        others = [f for f in self.figures if f is not self.publisher and f is not inside]
        named = [f for f in others if f.before(at, avoid) >= 0]
        fits = [f for f in named if agrees(f, sort) and at - f.before(at, avoid) < 2 * _NEAR]
        if sort in {"m", "f"}:
            near = [f for f in named if at - f.before(at, avoid) < _NEAR]
            fits = [f for f in fits if shown(f)] or fits or [f for f in near if may_be_person(f)]
        if sort == "r":
            best = max(named, key=lambda f: f.before(at, avoid), default=None)
            return best, "the name before the relative pronoun", span_of(best)
        best = self._subject(fits, at, avoid)
        if best is None and last is not None and last in fits and at - last.before(at, avoid) < _NEAR:
            best = last
        if best is None:
            spoken = [f for f in fits if f.spoke >= 0]
            best = max(spoken or fits, key=lambda f: f.before(at, avoid), default=None)
        if best is None:
            return None, "no antecedent that agrees", None
        if sort in {"m", "f"} and best.kind in {None, "person", "anonymous_person"}:
            best.kind = best.kind or "person"
            best.gender = best.gender or sort
        return best, f"“{part.head}”: the last who agrees", span_of(best)

    def _subject(self, figures: list[Figure], at: int, avoid: Spans) -> Figure | None:
        """Who is named first in the sentence of `at`, else in the nearest one before it in its paragraph."""
        start, end = self.text.rfind("\n", 0, at) + 1, at
        here = [f for f in figures if f.before(at, avoid) >= start]
        sentence = reversed(sentences(self.text, Span(start, at + 2))) if here else ()
        for back, (begin, _) in enumerate(sentence):
            found = [f for f in here if f.before(end, avoid) >= begin]
            if found:
                spoke = [f for f in found if begin <= f.spoke < end] if back else []
                owners = {f.key for f in found if self._possesses(f.before(end, avoid))}
                free = [f for f in found if f.key not in owners]
                return min(spoke or free or found, key=lambda f: f.before(end, avoid))
            end = begin
        return None

    def _possesses(self, at: int) -> bool:
        """Whether the name at `at` only says whose something is ("Low's lawyer")."""
        return re.match(r"[\w.-]+(?:\s[A-ZÀ-Þ][\w.-]*)*['’]s?\s", self.text[at : at + 60]) is not None

    def agent(self, figure: Figure) -> str:
        """The id of the agent that `figure` becomes."""
        return content_id("agt", self.document.id, figure.key, figure.name)
