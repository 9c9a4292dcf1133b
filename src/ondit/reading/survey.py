"""A first walk through a report: its names, and the titles and appositions that describe them.

In: a document and the stretches that hold statements. Out: a `Roster` of figures with kinds, descriptions
and principals, before any source is resolved.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import partial

from ondit.reading.figures import (
    STATE_MEDIA,
    SURNAME,
    Figure,
    noun_phrase,
    shown,
    synonyms,
    title_case,
    within,
)
from ondit.reading.mentions import Name, names, phrase
from ondit.reading.quotes import quotations
from ondit.reading.serving import PARTS, Serving, alone, told_beside
from ondit.records import AgentKind, Document, Span
from ondit.text.lexicon import table, words_of
from ondit.text.names import fold, gender_of
from ondit.text.nouns import classify, generic, singular
from ondit.text.offices import held_by, held_under
from ondit.text.register import outlet
from ondit.text.sentences import is_finite

_AFTER = re.compile(
    r",\s+(?:(?:an?|the|its|his|her|their|one of the|[A-Z][\w’'-]*['’]s)\s"
    r"|who\s(?:is|was|runs|heads|leads|chairs)\s(?:the\s|an?\s)?|(?=(?:[\w-]+\s){0,3}"
    r"(?:spokes\w+|director|head|chief|secretary|minister|chair\w*|president|professor|leader|commander|owner|manager|editor|analyst)\b))"
    r"([^,.;:()“”\"\n–—]{3,90})"
)
_WHOSE = re.compile(r"(?<![\w’'-])([A-ZÀ-Þ][\w&-]*(?:\s[A-ZÀ-Þ][\w&-]*){0,4})['’]s\s$")
"""What stands before a name and says whose its bearer is ("the DUP’s Sam Orr")."""
_REVERSED = re.compile(
    r"(?:^|[.;:“\"]\s*|,\s(?:and\s)?|\s)((?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Aa]n?|[A-Z][\w’'-]*['’]s)\s[^,.;:“”\"\n]{3,70}),\s(?:[A-Z][a-z]+\.?\s)?$"
)
_PLACE = re.compile(r"\b(?:in|at|near|on|around|across|outside|towards?)\s+(?:the\s+)?$")
_KINDS: dict[str, AgentKind] = {"outlet": "outlet", "org": "organisation", "document": "document"}


def _bearers(names: Sequence[str], date: str) -> dict[str, str]:
    """By surname, the full name of whom it mostly means: who holds an office of the register, or stands most
    often; "" where two stand equally often."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        if " " in (folded := fold(name)):
            counts[folded.split()[-1]][folded] += 1000 if held_by(name, date) else 1
    out = {}
    for surname, found in counts.items():
        (first, most), *others = found.most_common(2)
        alike = [name for name in found if name.split()[0] == first.split()[0]]
        out[surname] = first if not others or len(alike) == len(found) or most > others[0][1] else ""
    return out


_REACH = 90
_HIM = re.compile(r"\b(?:he|she|his|her|him|himself|herself|who(?!\s(?:have|are|were|do)\b))\b")
_WHO_OR_AGE = re.compile(r",\s(?:who\s(?!(?:have|are|were|do)\b)|\d{1,2}[,.;])")
_OURS = re.compile(
    r"\b[Oo]ur\s(?:(?:own\s)?(?:\w+\s)?(?:reporter|correspondent|photographer|colleague|editor|critic|columnist|man|woman)"
    r"(?:\s(?:at|in|on)\s(?:the\s)?\w+)?,?)\s$"
)
_OUR_OWN = re.compile(r"\b[Oo]ur\sown\s$")
_WAS_THERE = re.compile(
    r"\s(?:was\s(?:at|in|on|there|let|shown|outside|inside)|is\s(?:at|in|on|there|outside)|went|saw|counted|stood|walked|visited|reports)\b"
)
"""What a name has behind it whom the outlet sent."""
_REFLEXIVE = re.compile(r"(?:\s[a-z][\w’'-]*){1,5}?\s(?P<self>himself|herself)\b")
_IT = re.compile(r"\b(?:it|its|itself|which)\b")


class Survey(Serving):
    """A roster filled from the names of `stretches`."""

    def __init__(self, document: Document, stretches: list[Span]) -> None:
        super().__init__(document)
        self._served: list[Callable[[], None]] = []
        self.quoted = tuple(q.span for q in quotations(self.text, stretches))
        headlines = [b.span for b in document.blocks if b.kind == "headline"]
        read = [s for s in stretches if not (s in headlines and title_case(self.text[s.start : s.end]))]
        found = [(name, stretch) for stretch in read for name in names(self.text, stretch)]
        self.bearers = _bearers(
            [name.text for name, _ in found if name.kind == "person"], document.published or ""
        )
        self.bearers |= {word: "" for name, _ in found if (word := self._titled(name))}
        for name, stretch in found:
            shouted = name.text.isupper() and " " in name.text
            named = name.title or (" " in name.text and not shouted) or self._recurs(name)
            if named and not generic(name.text):
                self._survey(name, stretch)
        for figure in self.figures:
            figure.placed = self._placed(figure) or figure.name.casefold() in words_of("regions")
            if figure.kind == "person" and not figure.gender and not figure.heads and figure.placed:
                figure.kind = None
            self._reflected(figure)
            if figure.kind is None and self._personal(figure):
                figure.kind, figure.human = "person", self._relative(figure)
            elif figure.kind == "person" and not shown(figure) and self._relative(figure):
                figure.human = True
            if figure.kind in {None, "person"} and not shown(figure) and self._mastheaded(figure):
                figure.kind = "outlet"
            if figure.kind in {None, "person"} and not figure.offices:
                self._by_surname(figure)
        for serve in self._served:
            serve()
        self._police()

    def _relative(self, figure: Figure) -> bool:
        """Whether a "who" of one person, or an age, stands right behind a name somewhere."""
        ends = (p + len(figure.name) for p in figure.places if p >= 0)
        return any(_WHO_OR_AGE.match(self.text, end) is not None for end in ends)

    def _reflected(self, figure: Figure) -> None:
        """Gender by "himself" or "herself" behind a name in its clause."""
        if figure.kind not in {None, "person"} or figure.gender:
            return
        for end in (p + len(self._written(figure, p)) for p in figure.places if p >= 0):
            if (match := _REFLEXIVE.match(self.text, end)) is not None:
                figure.kind, figure.human = "person", True
                figure.gender = "m" if match["self"] == "himself" else "f"

    def _written(self, figure: Figure, at: int) -> str:
        """The form of a figure's name that stands at `at`."""
        forms = sorted((figure.name, *figure.aliases), key=len, reverse=True)
        return next((f for f in forms if self.text.startswith(f, at)), figure.name)

    def _mastheaded(self, figure: Figure) -> bool:
        """Whether "The" with a capital stands before a name inside a sentence, as before those of papers."""
        before = (self.text[max(0, p - 12) : p] for p in figure.places if p >= 0)
        return any(re.search(r"[a-z,] The $", words) for words in before)

    def _personal(self, figure: Figure) -> bool:
        """Whether a bare name of one word is a person's: "he" or "her" follows it more often than "it", and
        no article stands before it."""
        if not SURNAME.fullmatch(figure.name):
            return False
        places = [p for p in figure.places if p >= 0]
        size = len(figure.name)
        behind = [re.split(r"[A-ZÀ-Þ\n.]", self.text[p + size : p + size + _REACH])[0] for p in places]
        articles = sum(self.text[max(0, p - 4) : p].casefold() == "the " for p in places)
        if self._relative(figure):
            return True
        people, things = (sum(pattern.search(b) is not None for b in behind) for pattern in (_HIM, _IT))
        return people > things and 2 * articles < len(places)

    def _titled(self, name: Name) -> str:
        """The surname behind the title of somebody in office whom the report nowhere names in full, or ""."""
        folded = fold(name.text)
        held = held_under(folded, self.date) if name.title and self.date and " " not in folded else []
        known = any(fold(o.name) == self.bearers.get(folded) for o in held)
        return folded if not known and any(o.is_called(name.title or "") for o in held) else ""

    def _by_surname(self, figure: Figure) -> None:
        """The office of somebody named by surname alone, if one holder bears it and the title or the state
        stands in the report."""
        if " " in figure.name:
            self._in_office(figure, held_by(figure.name, self.date))
            return
        found = held_under(fold(figure.name), self.date)
        states = {f.state for f in self.figures if f.state} if self.date else set()
        if len({o.name for o in found}) == 1 and any(
            o.is_called(head) or o.state in states for o in found for head in figure.heads or {""}
        ):
            figure.kind = "person"
            self._in_office(figure, tuple(found))

    def _recurs(self, name: Name) -> bool:
        """Whether a capitalised word stands inside a sentence somewhere: else it may be no name."""
        before = self.text[: name.span.start].rstrip(" \"“‘'(")[-1:]
        if before and before not in ".!?:\n•>":
            return True
        uses = re.findall(rf"(?:(\S)\s*)?\b{re.escape(name.text)}\b", self.text)
        return any(u.strip() and u.strip() not in '.!?:>•”"' for u in uses)

    def _placed(self, figure: Figure) -> bool:
        """Whether a name that looks like a person's stands only where places do ("in", "at", "near")."""
        found = [_PLACE.search(self.text[max(0, p - 14) : p]) for p in figure.places if p >= 0]
        return bool(found) and all(found)

    def _survey(self, name: Name, stretch: Span) -> None:
        gender = table("titles")[name.title][0] if name.title else gender_of(name.text)
        figure = self.known(name.text, gender) or (
            self._by_adjective(name.text) if " " not in name.text and not name.title else None
        )
        if figure is None:
            figure = self._new(name.text, name.kind, name.span.start)
        elif (
            len(name.text) > len(figure.name)
            and figure is not self.publisher
            and within(figure.name, name.text)
        ):
            figure.aliases.append(figure.name)
            figure.name = name.text
        elif name.text not in (figure.name, *figure.aliases):
            figure.aliases.append(name.text)
        figure.places.append(name.span.start)
        if figure.kind is None or (figure.kind == "person" and name.kind in {"organisation", "outlet"}):
            figure.kind = name.kind
        if name.title:
            figure.kind = "person" if figure is not self.publisher else figure.kind
            figure.gender = figure.gender or table("titles")[name.title][0]
            figure.heads |= {name.title} | synonyms(name.title)
        self._describe(figure, name, stretch)

    def _stands(self, words: str) -> bool:
        """Whether words before a title name somebody known, not what the title is about ("Race leader")."""
        return (
            self.known(words) is not None
            or self._by_adjective(words) is not None
            or classify(words.split()[-1]) == "org"
            or outlet(words) is not None
        )

    def _describe(self, figure: Figure, name: Name, stretch: Span) -> None:
        for body in told_beside(self.text, name.span, stretch):
            span = Span(min(body.start, name.span.start), max(body.end, name.span.end))
            self._served.append(partial(self._serve, figure, body, span))
        before = self.text[max(stretch.start, name.span.start - 70) : name.span.start]
        aged = re.match(r",\s\d", self.text[name.span.end : name.span.end + 3])
        sent = _OURS.search(before) or (
            _OUR_OWN.search(before) and _WAS_THERE.match(self.text, name.span.end)
        )
        quoted = any(q.start <= name.span.start < q.end for q in self.quoted)
        if figure.kind in {None, "person"} and sent and not aged and not quoted:
            figure.kind, figure.human, figure.staff = "person", True, True
        lead = re.search(r"(?:^|[,.;:“\"(]\s*|\s)((?:[\w’'-]+\s+){1,6})$", before)
        if lead:
            words = lead.group(1).split()
            opens = len(words) == 1 and re.search(r"(?:^|[.!?]\s+)$", before[: lead.start(1)])
            written = words[-1][0].islower() or alone(words[-1]) or opens
            if classify(words[-1]) and written and singular(words[-1]) == words[-1]:
                size = len(noun_phrase(words).split())
                at = name.span.start - len("".join(re.findall(r"\S+\s+", lead.group(1))[-size:]))
                self._descriptor(figure, self.text[at : name.span.start].rstrip(), at, before=True)
        if name.body is not None and name.title and self._stands(self.text[name.body.start : name.body.end]):
            figure.bodies.add(fold(self.text[name.body.start : name.body.end]))
            self._principal(
                figure,
                self.text[name.body.start : name.body.end],
                name.body,
                Span(name.body.start, name.span.end),
            )
        whose = _WHOSE.search(self.text[max(stretch.start, name.span.start - 60) : name.span.start])
        if whose is not None and figure.kind == "person" and not figure.heads:
            at = name.span.start - len(whose.group())
            self._served.append(partial(self._is_its, figure, Span(at, at + whose.end(1))))
        reversed_ = _REVERSED.search(self.text[max(stretch.start, name.span.start - 90) : name.span.start])
        if reversed_ is not None:
            at = max(stretch.start, name.span.start - 90) + reversed_.start(1)
            part = phrase(reversed_.group(1), Span(0, len(reversed_.group(1))))
            if (
                classify(part.head)
                and part.form in {"role", "anonymous", "outlet"}
                and not any(is_finite(w) for w in reversed_.group(1).casefold().split())
            ):
                self._descriptor(figure, reversed_.group(1), at, before=True)
        after = _AFTER.match(self.text, name.span.end, min(stretch.end, name.span.end + 110))
        if after and self.text[name.span.end :][:1] == ",":
            if re.match(r"\d{1,3}\b", after.group(1)):
                figure.kind, figure.human = figure.kind or "person", True
            else:
                words = after.group(1)
                if not any(is_finite(w.casefold()) for w in re.findall(r"[\w’'-]+", words)):
                    self._descriptor(figure, words.rstrip(), after.start(1), before=False)

    def _descriptor(self, figure: Figure, words: str, at: int, *, before: bool) -> None:
        part = phrase(words, Span(0, len(words)))
        heading = classify(part.head)
        if not heading or (
            not before
            and part.form in {"name", "pronoun"}
            and part.name is not None
            and part.name.kind == "person"
        ):
            return
        if heading in {"speaks", "role"} and figure.kind not in {None, "person"}:
            return
        if before and heading in {"org", "outlet"} and figure.kind == "person":
            last = words.split()[-1].casefold() if words.split() else ""
            if (
                gender_of(figure.name) or last != part.head or self._by_last(figure)
            ):  # "on a podcast Anna Low"
                return
        figure.heads |= {part.head} | synonyms(words)
        span = Span(at, at + len(words))
        if STATE_MEDIA.search(words):
            figure.kind = "state_media"
        elif figure.kind is None or (figure.kind == "person" and heading in {"org", "outlet"} and before):
            figure.kind = _KINDS.get(heading, "person")
        if "woman" in part.head:
            figure.gender = "f"
        whose = re.match(r"(his|her|their|its)\s", words.strip(), re.IGNORECASE)
        speaks = heading == "speaks" or alone(words)
        if whose is not None and (speaks or part.head in PARTS):
            self._served.append(partial(self._of_whom, figure, Span(at, at + whose.end(1)), span))
        elif part.body is None and alone(words):
            self._served.append(partial(self._serve_its, figure, span, 1))
        if part.body is not None:
            body = Span(at + part.body.start, at + part.body.end)
            figure.bodies.add(fold(self.text[body.start : body.end]))
            if (speaks or figure.kind == "state_media") and next(names(self.text, body), None) is not None:
                self._principal(figure, self.text[body.start : body.end], body, span)
            elif speaks:
                self._served.append(partial(self._serve, figure, body, span))

    def _is_its(self, figure: Figure, whose: Span) -> None:
        """Make `figure` ("the DUP’s Sam Orr") speak for the body that possesses its name."""
        owner = self.known(self.text[whose.start : whose.end])
        if owner is not None and owner.kind == "organisation":
            self._serve(figure, whose, whose)

    def _of_whom(self, figure: Figure, pronoun: Span, span: Span) -> None:
        """Make `figure` ("her lawyer", "its spokesman") speak for whomever the pronoun means."""
        if self.text[pronoun.start : pronoun.end].casefold() in {"its", "their"}:
            self._serve_its(figure, span)
        elif figure.principal is None:
            self._owner(figure, pronoun, span)

    def _by_last(self, figure: Figure) -> bool:
        """Whether the last word of a name also stands alone, as surnames do ("Low" for "Anna Low")."""
        first, _, last = figure.name.rpartition(" ")
        alone = rf"(?<!{re.escape(first.split()[-1])}\s)\b{re.escape(last)}\b" if first else "(?!)"
        return not classify(last) and re.search(alone, self.text) is not None
