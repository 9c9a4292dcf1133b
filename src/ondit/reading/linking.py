"""Who is meant: the agents of one report, and the agent behind each source.

A `Cast` resolves sources in reading order on a survey of the report's names: names and surnames, roles,
epithets, pronouns, "the paper", anonymous people with their count, documents. Rules with reasons, most
certain first; where none applies the source becomes an agent of its own or nobody (`None`): a wrong person
is worse than no person.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ondit.reading.figures import STATE_MEDIA, Figure, may_be_person, names_nobody, span_of, speaks
from ondit.reading.groups import together
from ondit.reading.leads import named_next
from ondit.reading.mentions import Name, Phrase, names, phrase
from ondit.reading.survey import Survey
from ondit.records import Agent, AgentKind, Document, Evidence, Mention, MentionForm, Span, Spans, content_id
from ondit.text import register
from ondit.text.lexicon import table
from ondit.text.names import fold
from ondit.text.nouns import classify
from ondit.text.sentences import is_finite, sentences

_OWN_REPORTER = re.compile(
    r"our\s(?:own\s)?(?:\w+\s){0,2}?(?:reporter|correspondent|photographer|team|editor)\b", re.IGNORECASE
)
_NAME = r"(?:[Tt]he\s+)?(?P<name>[A-Z][\w’'&.-]*?(?:\s[A-Z][\w’'&.-]*?){0,4})"
_WRITES = r"(?:\w+\s)?(?:reporter|correspondent|photographer|journalist)"
_REPORTER = (
    re.compile(rf"(?:[Aa]n?|[Oo]ne|[Aa]nother|[Tt]he)\s{_WRITES}\s(?:of|for|from|with)\s{_NAME}(?![\w’'-])"),
    re.compile(rf"(?:[Aa]n?|[Oo]ne|[Aa]nother|[Tt]he)\s{_NAME}(?:['’]s)?\s{_WRITES}\b"),
)
"""Who writes for an outlet, and the name of it: "a reporter for the Tide", "the Tide’s correspondent"."""
_MEDIUM = r"(?:network|newspaper|paper|broadcaster|channel|station|agency|daily|weekly|site)"
_PRINTED = re.compile(
    r"(?:[Aa]n?|[Tt]he|[Oo]ne)\s(?:\w+\s)?(?:report|article|story|piece|editorial|column|broadcast)"
    rf"(?:\sin|,?\s(?:aired|broadcast|published|printed|carried|run)(?:\s\w+){{0,2}}\sby)\s"
    rf"(?:the\s(?:\w+\s){{0,2}}{_MEDIUM}\s)?{_NAME}"
)
"""What an outlet prints or airs is its own: "a report in the Tide", "the report, aired by the Tide"."""
_BEGINS_PEOPLE = re.compile(
    r"(?<![\w’'-])(?:(?:the|an?|one|some|several|many|other|both|two|three|four|five|six|seven|eight|nine|ten|\d+)\s"
    r"(?=[a-z])|(?=[a-z-]+\s$))",
    re.IGNORECASE,
)
_ONE_DOES = re.compile(r"who\s(?:is|was|has|[a-z]+(?<!s)s)\b")
"""A "who" with the verb of a singular."""
_NEAR_WHO = 60
"""Characters before a relative pronoun in which those stand to whom it points."""
_PART_OF = re.compile(
    r"(?:one|two|three|both|all|some|several|most)\b.{0,12}\bof (?:them|the)\b", re.IGNORECASE
)
_IN_MIND = 200
"""Characters within which "both" can mean a group that was named."""
_WHOSE = r"(?P<whose>(?:his|her)\b|.{3,50}?(?=['’]s?\s))(?:['’]s?)?\s(?:\w+\s)?"
_OFFICE = re.compile(rf"{_WHOSE}office\b", re.IGNORECASE)
_FIGURE = re.compile(
    rf"{_WHOSE}(?:figures?|count|tally|estimates?|reckoning|version|account)\b", re.IGNORECASE
)
_POSSESSIVES = {"his", "her"}
_NAMED_BEFORE = re.compile(r"\b([A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*){0,3}),\s$")
_GROUP = re.compile(r"\b(?:two|three|four|five|2|3|4|5)\s[^,.;:]+", re.IGNORECASE)
_POSSESSOR = re.compile(r"((?:[Tt]he\s|[Aa]n?\s)?.{2,50}?)(?:['’]s|(?<=s)['’])\s")
_MADE_BY = re.compile(
    r"\b(?P<how>[\w-]+)\s(?:of|from|by)\s(?:the\s)?(?:(?:[\w-]+(?:['’]s)?\s){1,4}?[a-z-]+,\s)?"
    r"(?P<name>[A-ZÀ-Þ][\w’'&-]*(?:\s[A-ZÀ-Þ][\w’'&-]*){0,4})"
)
_HAD_BY = {
    "seen", "obtained", "reviewed", "read", "viewed", "published", "reported", "shared", "shown", "cited",
}  # fmt: skip
"""How those come by a document who have not made it."""
_ONE_OF_THEM = ("the older", "the younger", "the other", "the first", "the second", "the latter")
_GOVERNING = {
    "ministry", "embassy", "government", "army", "presidency", "cabinet", "navy", "military", "parliament",
    "kremlin",
}  # fmt: skip
"""Heads whose body is the state for which they speak ("Swedish ministry")."""
_OF_A_BODY = re.compile(r",?\s(?:of|from|with)\s")
_NOBODY = {
    "moment", "minute", "hour", "day", "week", "month", "year", "night", "time", "thing", "reason", "fact",
    "silence", "evidence", "look", "sum", "way", "idea", "hope", "fear", "result", "rain", "wind", "weather",
}  # fmt: skip
"""Nouns that say nothing even where they stand before a verb of saying: times, and what only shows."""
_ONE = re.compile(r"(?:an?|one|another)\s+(?!\d)\w", re.IGNORECASE)
_OWN_VOICES = {"university", "college", "school", "institute", "laboratory", "lab", "hospital", "clinic"}


class Cast(Survey):
    """The agents of one report."""

    def __init__(self, document: Document, stretches: list[Span]) -> None:
        super().__init__(document, stretches)
        self.mentions: list[Mention] = []
        self.witnessed: set[int] = set()
        """Where a source is a reporter of the outlet."""

    def source(
        self, span: Span, *, inside: Figure | None = None, last: Figure | None = None, said: Spans = ()
    ) -> Figure | None:
        """The figure behind the source in `span`. `inside` is who is speaking where it stands (for "I"),
        `last` the speaker before, `said` what the source says: who is named there is not who says it.
        None: nobody named (hearsay) or undecidable."""
        part = phrase(self.text, span)
        figure, reason, evidence = self._resolve(part, inside, last, said)
        if figure is not None and figure.staff:
            self.witnessed.add(span.start)
            figure, reason = self.publisher, "its reporter"
        form: MentionForm = part.form
        agent = content_id("agt", self.document.id, figure.key, figure.name) if figure else None
        ident = content_id("men", self.document.id, *span)
        self.mentions = [m for m in self.mentions if m.id != ident]
        self.mentions.append(Mention(ident, self.document.id, span, form, agent, reason, evidence))
        if figure is not None:
            figure.last = max(figure.last, span.start)
            figure.spoke = span.start
            figure.places.append(span.start)
            alias = re.sub(r"\s+", " ", self.text[span.start : span.end]).strip(" ,;:")
            if form != "pronoun" and alias != figure.name and alias not in figure.aliases and len(alias) < 90:
                figure.aliases.append(alias)
        return figure

    def _resolve(
        self, part: Phrase, inside: Figure | None, last: Figure | None, said: Spans
    ) -> tuple[Figure | None, str, Span | None]:
        words = self._words(part)
        several = together(words)
        if several is not None:
            return self._together(part, several)
        if part.form == "pronoun":
            if part.head == "who" and (before := self._antecedent(part.span.start)) is not None:
                return self._resolve(before, inside, last, said)
            return self._pronoun(part, inside, last, said)
        if register.outlet(words) is not None:
            same = next((f for f in self.figures if fold(f.name) == fold(words)), None)
            return same or self._new(words, "outlet", part.span.start), "in the register", part.span
        employer = self._employer(words, part.span.start)
        if employer is not None:
            return employer, "its reporter", part.span
        if part.name is not None and part.form == "name" and not _OFFICE.match(words):
            return self._named(part, part.name), "same name", part.name.span
        if (beside := self._behind_name(part)) is not None:
            return beside, "an apposition to the name before it", span_of(beside)
        if part.form == "anonymous":
            later = self.named_later(part)
            if later is not None:
                return later, f"the one “{part.head}” who is named", span_of(later)
            if (introduced := named_next(self.text, self.document.blocks, self.figures, part)) is not None:
                return introduced, "named at the start of the next paragraph", span_of(introduced)
            return self._anonymous(part)
        if part.form == "document":
            return self._document(part)
        if names_nobody(words):
            return None, "nobody is named", part.span
        if (owner := self._office_of(part, inside, last, said)) is not None:
            return owner, "whose office it is", span_of(owner)
        return self._described_one(part)

    def _antecedent(self, at: int) -> Phrase | None:
        """The people of no name right before a "who" at `at` ("two dockers who say")."""
        one = _ONE_DOES.match(self.text, at) is not None
        floor = max(0, at - _NEAR_WHO, self.text.rfind("\n", 0, at))
        before = [m.start() for m in _BEGINS_PEOPLE.finditer(self.text, floor, at)]
        for start in (*reversed(before[:-1]), *before[-1:]):  # the bare noun last
            words = self.text[start:at].split()
            if re.search(r"[.,;:“”\"]", self.text[start:at]) or any(is_finite(w) for w in words):
                continue
            part = phrase(self.text, Span(start, at - 1))
            people = (part.kind or "").startswith("anonymous") or classify(part.head) in {"speaks", "role"}
            if people and part.name is None and not (one and part.plural):
                return part
        return None

    def _described_one(self, part: Phrase) -> tuple[Figure | None, str, Span | None]:
        """Who fits a description: the one named behind it, else the one so described, else one of its own."""
        words = self._words(part)
        if (following := self._before_name(part)) is not None:
            return following, "the title of the name behind it", span_of(following)
        found = self._definite(part, part.span.start)
        if found is not None:
            return found, f"fits the description “{part.head}”", span_of(found)
        if (introduced := named_next(self.text, self.document.blocks, self.figures, part)) is not None:
            return introduced, "named at the start of the next paragraph", span_of(introduced)
        if words.casefold().startswith(_ONE_OF_THEM):
            return self._subgroup(part)
        if classify(part.head) in {"org", "outlet", "speaks", "role"} or part.kind is not None:
            return self._described(part), "described only", part.span
        if (part.definite or _ONE.match(words)) and part.head not in _NOBODY:
            return self._unlisted(part), "described only", part.span
        return None, "names nobody", None

    def _unlisted(self, part: Phrase) -> Figure:
        """Somebody described by a noun that no list has ("a dealer", "the quarry"): who it is, is not known,
        but it is not the outlet that says it."""
        kind: AgentKind = "anonymous_person" if _ONE.match(self._words(part)) else "unknown"
        return self._described(replace(part, kind=kind, count=None))

    def _employer(self, words: str, at: int) -> Figure | None:
        """The outlet for which somebody described as its reporter writes."""
        if _OWN_REPORTER.match(words):
            self.witnessed.add(at)
            return self.publisher
        named = next((found["name"] for form in _REPORTER if (found := form.match(words))), None)
        if named is None:
            return None
        own = fold(self.publisher.name)
        if fold(named) == own or f" {fold(named)}" == own[-len(named) - 1 :]:
            return self.publisher
        known = self.known(named)
        if known is not None and known.kind in {"outlet", "state_media"}:
            return known
        if classify(named.split()[-1]) != "outlet" and register.outlet(named) is None:
            return None
        return known if known is not None and known.kind is None else self._new(named, "outlet", at)

    def _office_of(
        self, part: Phrase, inside: Figure | None, last: Figure | None, said: Spans
    ) -> Figure | None:
        """Whose voice "her office" or "the commissioner's office" is: hers, the commissioner's; and whose
        "the union's tally"."""
        words = self._words(part)
        match = _OFFICE.match(words) or _FIGURE.fullmatch(words)
        if match is None:
            return None
        whose = phrase(self.text, Span(part.span.start, part.span.start + match.end("whose")))
        if (
            match.re is _OFFICE
            and whose.form != "pronoun"
            and classify(whose.head) not in {"speaks", "role"}
            and whose.kind != "person"
        ):
            return None
        if whose.head in _POSSESSIVES:
            return self._pronoun(whose, inside, last, ())[0]
        return self._resolve(whose, inside, last, said)[0]

    def _behind_name(self, part: Phrase) -> Figure | None:
        """Who is named right before a description between commas ("Low Storage, the tank people, said")."""
        before = _NAMED_BEFORE.search(self.text, max(0, part.span.start - 60), part.span.start)
        closed = "," in self.text[part.span.end - 1 : part.span.end + 1]
        return self.known(before.group(1)) if before is not None and closed and part.definite else None

    def _before_name(self, part: Phrase) -> Figure | None:
        """Who is named right behind a title ("President", cut off from "Anna Low")."""
        behind = self.text[part.span.end : part.span.end + 60].split("\n")[0]
        if (
            part.plural
            or classify(part.head) not in {"speaks", "role"}
            or not re.match(r"\s[A-ZÀ-Þ]", behind)
        ):
            return None
        end = part.span.end + len(behind)
        name = next(names(self.text, Span(part.span.end + 1, end)), None)
        return self.known(name.text) if name is not None and name.span.start == part.span.end + 1 else None

    def _named(self, part: Phrase, name: Name) -> Figure:
        figure = self.known(name.text, table("titles")[name.title][0] if name.title else "")
        if figure is None:
            figure = self._new(name.text, part.kind, name.span.start)
        if figure.kind is None:
            heading = classify(part.head)
            figure.kind = part.kind or ("person" if heading in {"speaks", "role"} else None)
        words = self._words(part)
        if STATE_MEDIA.search(words):
            figure.kind = "state_media"
        if classify(part.head) in {"speaks", "role"} and name.span.start > part.span.start:
            figure.heads.add(part.head)
        serves = classify(part.head) == "speaks" or speaks(words) or part.head in _GOVERNING
        serves = serves or self._of_a_body(figure, part, name)
        if part.body is not None and (serves or figure.kind == "state_media"):
            self._principal(figure, self.text[part.body.start : part.body.end], part.body, part.span)
        return figure

    def _of_a_body(self, figure: Figure, part: Phrase, name: Name) -> bool:
        """Whether a name is given with its body and nothing else ("Anna Low of the Harbour Office"): then he
        speaks for it, but where one works and speaks for oneself (a university, a hospital)."""
        if part.body is None or part.body.start < name.span.end or any(classify(h) for h in figure.heads):
            return False
        last = self.text[part.body.start : part.body.end].split()[-1].casefold()
        behind = _OF_A_BODY.fullmatch(self.text[name.span.end : part.body.start])
        return behind is not None and classify(last) == "org" and last not in _OWN_VOICES

    def _anonymous(self, part: Phrase) -> tuple[Figure | None, str, Span | None]:
        words = re.sub(r"\s+", " ", self._words(part))
        bare = names_nobody(words)
        if (
            bare
            or self._in_headline(part.span.start)
            or (part.definite and part.count is None and part.head != "one")
        ):
            same = self._same_group(part)
            if same is not None:
                return same, "the anonymous people named before", span_of(same)
            if bare:
                return None, "nobody is named", part.span
        if part.vague:
            return self._vague(part, words)
        if part.head == "one" or _PART_OF.match(words):
            return self._subgroup(part)
        exact = next((f for f in self.figures if fold(f.name) == fold(words) and f.kind == part.kind), None)
        if exact is not None:
            return exact, "same words", span_of(exact)
        figure = self._new(words.split(",")[0], part.kind, part.span.start)
        figure.count = part.count
        figure.described = part.kind == "anonymous_person" and classify(part.head) == "speaks"
        figure.heads.add(part.head)
        if part.body is not None and classify(part.head) == "speaks":
            self._principal(figure, self.text[part.body.start : part.body.end], part.body, part.span)
        return figure, "anonymous", part.span

    def _vague(self, part: Phrase, words: str) -> tuple[Figure | None, str, Span | None]:
        """People of whom nothing is told ("some", "someone"): who has it from them has it by hearsay."""
        figure = self._new(words, part.kind, part.span.start)
        figure.described = figure.vague = True
        return figure, "nobody is named", part.span

    def _together(self, part: Phrase, count: int) -> tuple[Figure | None, str, Span | None]:
        """Those who were named last ("the two", "both") as a group that is only described."""
        line = Span(self.text.rfind("\n", 0, part.span.start) + 1, part.span.start)
        begin = next((s.start for s in reversed(sentences(self.text, line))), line.start)
        for match in _GROUP.finditer(self.text, begin, part.span.start):
            whole = phrase(self.text, Span(*match.span()))
            if whole.kind == "anonymous_group" and whole.count == count:
                return self._anonymous(whole)
        groups = [f for f in self.figures if f.kind == "anonymous_group" and f.count == count]
        group = max(groups, key=lambda f: f.before(part.span.start), default=None)
        if group is not None and part.span.start - group.before(part.span.start) < _IN_MIND:
            return group, "the group of so many named before", span_of(group)
        figure = self._new(self._words(part), "anonymous_group", part.span.start)
        figure.count = count
        figure.described = True
        return figure, "more than one person", part.span

    def _same_group(self, part: Phrase) -> Figure | None:
        kinds = {"anonymous_group", "anonymous_person"}
        groups = [f for f in self.figures if f.kind in kinds and f.spoke >= 0]
        alike = [
            f
            for f in groups
            if part.head in f.heads or part.head in {"source", "people", "person", "man", "woman", "both"}
        ]
        if part.head in {"source", "people"} and not part.definite:
            return max(
                alike, key=lambda f: (f.kind == "anonymous_group", f.count or 0, -f.start), default=None
            )
        return max(alike, key=lambda f: f.last, default=None)

    def _subgroup(self, part: Phrase) -> tuple[Figure | None, str, Span | None]:
        groups = [f for f in self.figures if f.kind == "anonymous_group" and f.start < part.span.start]
        whole = max(groups, key=lambda f: f.last, default=None)
        words = re.sub(r"\s+", " ", self._words(part))
        kind: AgentKind = "anonymous_group" if (part.count or 2 * part.plural) > 1 else "anonymous_person"
        figure = self._new(words, kind, part.span.start)
        figure.count = part.count if kind == "anonymous_group" else None
        if whole is not None:
            figure.heads |= whole.heads
            figure.principal = whole.principal
            figure.basis.append(Evidence(self.document.id, part.span, f"some of “{whole.name}”"))
            return figure, "part of a group named before", span_of(whole)
        return figure, "anonymous", part.span

    def _document(self, part: Phrase) -> tuple[Figure | None, str, Span | None]:
        words = re.sub(r"\s+", " ", self._words(part))
        if names_nobody(words):
            return None, "nobody is named", part.span
        printed = _PRINTED.fullmatch(words.strip(" ,"))
        if printed is not None:
            outlet = self.known(printed["name"]) or self._new(printed["name"], "outlet", part.span.start)
            if outlet.kind in {None, "organisation", "outlet", "state_media"}:
                outlet.kind = outlet.kind if outlet.kind == "state_media" else "outlet"
                return outlet, "what it printed", part.span
        early = self._in_headline(part.span.start)
        same = [f for f in self.figures if f.kind == "document" and (early or f.start < part.span.start)]
        alike = [f for f in same if part.head in f.heads or part.head in {"document", "paper", "text"}]
        bare = early and part.body is None and part.name is None
        if (part.definite or bare) and alike:
            found = max(alike, key=lambda f: f.last)
            return found, f"the {part.head} named before", span_of(found)
        figure = self._new(words.strip(" ,"), "document", part.span.start)
        figure.heads.add(part.head)
        figure.count = part.count
        owner = self._possessor(part)
        if owner is not None and owner is not figure and owner.kind in {None, "organisation"}:
            figure.principal = owner.key
            figure.basis.append(Evidence(self.document.id, part.span, f"a document of {owner.name}"))
        return figure, "a document", part.span

    def _possessor(self, part: Phrase) -> Figure | None:
        """Whose document it is ("the board's report"), else the one whom the phrase names."""
        whose = _POSSESSOR.match(self._words(part))
        if whose is not None:
            return self.body(whose.group(1), Span(part.span.start, part.span.start + whose.end(1)))
        made = next((m for m in _MADE_BY.finditer(self._words(part)) if m["how"] not in _HAD_BY), None)
        if made is not None:
            return self.known(made["name"])
        return self.known(part.name.text) if part.name is not None else None

    def _words(self, part: Phrase) -> str:
        return self.text[part.span.start : part.span.end]

    def agents(self, used: set[int]) -> tuple[Agent, ...]:
        """The records of the figures in `used` (keys) and of their principals."""
        keys: set[int] = set()
        for key in used:
            step: int | None = key
            while step is not None and step not in keys:
                keys.add(step)
                step = self.figures[step].principal
        return tuple(self._record(self.figures[k]) for k in sorted(keys))

    def _unarticled(self, figure: Figure) -> bool:
        """Whether a bare name of one word that speaks never has an article: news names persons so."""
        bare = may_be_person(figure) and figure.spoke >= 0 and not figure.heads
        return bare and not any(self._articled(p, len(figure.name)) for p in figure.places)

    def _articled(self, at: int, size: int) -> bool:
        """Whether the name at `at` has an article of its own: not a body's ("the Low office")."""
        behind = re.match(r"[\s-]+([\w-]+)", self.text[at + size : at + size + 40])
        body = behind is not None and classify(behind.group(1)) != ""
        return self.text[max(0, at - 4) : at].casefold() == "the " and not body

    def _record(self, figure: Figure) -> Agent:
        principal = self.agent(self.figures[figure.principal]) if figure.principal is not None else None
        offices = [h for h in sorted(figure.heads) if classify(h) or h.startswith("head of")]
        roles = [] if (figure.kind or "").startswith("anonymous") else [f"the {h}" for h in offices]
        aliases = tuple(dict.fromkeys(a for a in [*figure.aliases, *roles] if a != figure.name))
        kind: AgentKind = figure.kind or ("person" if self._unarticled(figure) else "organisation")
        return Agent(
            self.agent(figure),
            figure.name,
            kind,
            aliases,
            figure.count,
            principal,
            tuple(figure.basis),
            not figure.described,
        )
