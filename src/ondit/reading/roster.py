"""The figures of one report, and who among them bears a name.

In: names. Out: `Figure`s. Most certain first; where two fit alike or none fits, nobody.
"""

from __future__ import annotations

from ondit.reading.figures import (
    Figure,
    adjective_of,
    part_of,
    shortened,
    span_of,
    suits,
)
from ondit.records import AgentKind, Document, Evidence, Spans, content_id
from ondit.text import register
from ondit.text.names import fold, gender_of
from ondit.text.nouns import acronym, classify, of_a_place
from ondit.text.offices import Office, held_by
from ondit.text.principals import line


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

    def _in_headline(self, at: int) -> bool:
        return any(b.kind == "headline" and b.span.start <= at < b.span.end for b in self.document.blocks)

    def _new(self, name: str, kind: AgentKind | None, start: int, *, inferred: bool = False) -> Figure:
        figure = Figure(
            len(self.figures), name, kind, start, last=start, size=0 if inferred or start < 0 else len(name)
        )
        self.figures.append(figure)
        self._registered(figure)
        return figure

    def _registered(self, figure: Figure) -> None:
        """Kind and principal of a figure that the register knows by name."""
        state = register.state(figure.name) if figure.kind != "person" else None
        outlet = register.outlet(figure.name)
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
        state = None if gender else register.state(name)
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

    def agent(self, figure: Figure) -> str:
        """The id of the agent that `figure` becomes."""
        return content_id("agt", self.document.id, figure.key, figure.name)
