"""Who in a report fits a description or a pronoun.

In: phrases and where they stand. Out: `Figure`s, or nobody where none fits or two fit alike.
"""

from __future__ import annotations

import re

from ondit.reading.figures import (
    Figure,
    agrees,
    compatible,
    may_be_person,
    overlap,
    shown,
    span_of,
    synonyms,
    told_of,
)
from ondit.reading.mentions import Phrase
from ondit.reading.roster import Roster
from ondit.records import Evidence, Span, Spans
from ondit.text import register
from ondit.text.lexicon import table
from ondit.text.names import fold
from ondit.text.nouns import classify, singular
from ondit.text.offices import held_by, holder
from ondit.text.register import State
from ondit.text.sentences import sentences

_PEOPLE = {"person", "anonymous_person", "anonymous_group"}
"""Kinds whose name may hold other people's roles ("a source close to the bishop")."""
_UNIQUE = re.compile(r"\b(?:first|last|only|next|oldest|youngest)\s(?:[\w-]+\s)*(?:to|in|since|ever)\b")
"""What says what somebody did, not who it is ("the first foreign leader to visit")."""
_CHIEF = re.compile(r"\b(?:chief|boss)\b")
_NEAR = 600
"""Characters within which somebody named is still in the reader's mind."""
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
_SORTS = {
    "central", "saving", "defence", "defense", "foreign", "interior", "finance", "justice", "health",
    "supreme", "high", "electoral", "police", "fire", "border", "intelligence", "county", "city", "district",
    "education", "labour", "trade", "transport", "environment", "agriculture", "appeal", "constitutional",
    "criminal",
}  # fmt: skip
"""Words that tell one body from another of the same kind."""
_VAGUE = {"source", "person", "man", "woman", "official", "insider", "one"}
_CALLED = {
    "agency", "bureau", "body", "watchdog", "regulator", "organisation", "organization", "institution",
    "airline", "carmaker", "chipmaker", "automaker", "operator", "manufacturer", "retailer", "lender",
    "insurer", "charity", "supplier", "developer", "builder",
}  # fmt: skip
"""Nouns by which news calls a body whose name does not hold them."""
_OPENS_WITH = 30
"""Characters at the start of what is said in which its subject is named ("Manager Low begged, she said")."""
_FIRMS = {"company", "firm", "group", "business"}


class Descriptions(Roster):
    """A roster that finds whom a role, an epithet or a pronoun means."""

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
        early = self._in_headline(at)
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
        if body and self._of_another(figure, body):
            return 0
        if any(o.is_called(words.casefold()) for o in figure.offices):
            score = 3.0
        name_words = {singular(w) for w in fold(figure.name).split()}
        if part.head in figure.heads:
            score += 3
        if part.head in name_words and figure.kind not in _PEOPLE and not self._sorted(part) - name_words:
            score += 3
        if score == 0:
            score = self._fits_class(figure, part, heading, at)
        if body and score:
            score += self._belongs(figure, part, body)
        return score + max(0.0, 0.5 - (at - figure.before(at)) / (2 * _NEAR)) if score > 0 else 0

    def _sorted(self, part: Phrase) -> set[str]:
        """The words before the head of a description that tell the sort of body ("the central bank")."""
        words = fold(self.text[part.span.start : part.span.end]).split()
        stop = next((i for i, w in enumerate(words) if singular(w) == part.head), 0)
        return {singular(w) for w in words[:stop]} & _SORTS

    def _of_another(self, figure: Figure, body: str) -> bool:
        """Whether somebody only described is described as another's ("Smith's lawyer" is not Brown's)."""
        owner = None if figure.principal is None else self.figures[figure.principal]
        owners = figure.bodies | ({fold(owner.name)} if owner is not None else set())
        return figure.described and bool(owners) and not any(overlap(body, one) for one in owners)

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
        if part.definite and part.head in _CALLED and self._only_body(figure, at):
            return 1.0
        firm = figure.kind == "organisation" and part.head in _FIRMS
        if not firm or {singular(w) for w in fold(figure.name).split()} & _BODIES:
            return 0.0
        if figure.spoke >= 0:
            return 1.2
        return 1.0 if at - figure.before(at) < _NEAR else 0.0

    def _only_body(self, figure: Figure, at: int) -> bool:
        """Whether a body, of no other sort by its name, is the only one that is named before `at`."""
        named = [
            f
            for f in self.figures
            if f.kind == "organisation" and not f.described and not f.state and 0 <= f.start < at
        ]
        sorts = {singular(w) for w in fold(figure.name).split()} & _BODIES
        return named == [figure] and not sorts - _CALLED

    def named_later(self, part: Phrase) -> Figure | None:
        """The one person of the report who is named and so described, for "an expert" of no more words."""
        bare = part.body is None and part.kind == "anonymous_person" and part.head not in _VAGUE
        alike = _EXPERTS if part.head in _EXPERTS else {part.head}
        fits = [f for f in self.figures if f.kind == "person" and not f.described and f.heads & alike]
        return fits[0] if bare and len(fits) == 1 else None

    def _pronoun(
        self, part: Phrase, inside: Figure | None, last: Figure | None, said: Spans
    ) -> tuple[Figure | None, str, Span | None]:
        sort = table("pronouns")[part.head][0]
        at = part.span.start
        if sort == "1":
            speaker = inside or self.publisher
            return speaker, "speaks of itself", None
        inner = any(q.start <= at < q.end for q in self.quoted)
        if sort in {"m", "f"} and inside is not None and not inner and agrees(inside, sort) and shown(inside):
            return inside, "speaks of itself in other words", None
        quoted = () if inner else self.quoted
        avoid = (*said, *quoted)
        others = [f for f in self.figures if f is not self.publisher and f is not inside]
        named = [f for f in others if f.before(at, avoid) >= 0]
        fits = [f for f in named if agrees(f, sort) and at - f.before(at, avoid) < 2 * _NEAR]
        if sort in {"m", "f"}:
            near = [f for f in named if at - f.before(at, avoid) < _NEAR]
            fits = [f for f in fits if shown(f)] or fits or [f for f in near if may_be_person(f)]
            fits = fits or self._subject_of(said, at, sort)
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

    def _subject_of(self, said: Spans, at: int, sort: str) -> list[Figure]:
        """The person with whose name begins what is said ("Manager Low begged them, she told her staff")."""
        people = [f for f in self.figures if agrees(f, sort)]
        opening = [f for f in people if any(0 <= f.before(at) - q.start < _OPENS_WITH for q in said)]
        return opening if len(opening) == 1 else []

    def _subject(self, figures: list[Figure], at: int, avoid: Spans) -> Figure | None:
        """Who is named first in the sentence of `at`, else in the nearest one before it in its paragraph."""
        start, end = self.text.rfind("\n", 0, at) + 1, at
        here = [f for f in figures if f.before(at, avoid) >= start]
        sentence = reversed(sentences(self.text, Span(start, at + 2))) if here else ()
        for back, (begin, _) in enumerate(sentence):
            found = [f for f in here if f.before(end, avoid) >= begin]
            if found:
                spoke = [f for f in found if begin <= f.spoke < end] if back else []
                spoke = [f for f in spoke if told_of(f) is not None] or spoke
                owners = {f.key for f in found if self._possesses(f.before(end, avoid))}
                free = [f for f in found if f.key not in owners]
                return min(spoke or free or found, key=lambda f: f.before(end, avoid))
            end = begin
        return None

    def _person_before(self, at: int, sort: str, apart: Figure) -> Figure | None:
        """The person named first in the sentence of `at` before it whose gender is that of a pronoun."""
        start = self.text.rfind("\n", 0, at) + 1
        begin = next((s.start for s in reversed(sentences(self.text, Span(start, at)))), start)
        here = [
            f
            for f in self.figures
            if f.kind == "person" and f is not apart and agrees(f, sort) and f.before(at) >= begin
        ]
        return min(here, key=lambda f: f.before(at), default=None)

    def _possesses(self, at: int) -> bool:
        """Whether the name at `at` only says whose something is ("Low's lawyer")."""
        return re.match(r"[\w.-]+(?:\s[A-ZÀ-Þ][\w.-]*)*['’]s?\s", self.text[at : at + 60]) is not None
