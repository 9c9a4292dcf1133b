"""Who is meant: the agents of one report, and the agent behind each source.

A `Cast` surveys the names of a report first (with the titles and appositions that describe them), then
resolves sources in reading order: names and surnames, roles, epithets, pronouns, "the paper", anonymous
people with their count, documents. Rules with reasons, most certain first; where none applies the source
becomes an agent of its own or nobody (`None`): a wrong person is worse than no person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ondit.reading.mentions import Name, Phrase, names, phrase
from ondit.records import Agent, AgentKind, Document, Evidence, Mention, MentionForm, Span, Spans, content_id
from ondit.text.lexicon import table, words_of
from ondit.text.nouns import acronym, classify, generic, singular
from ondit.text.sentences import is_finite

_GENERIC_SOURCES = {"source", "report", "rumour", "rumor", "whisper", "gossip", "talk", "speculation", "word", "story", "claim"}
"""Heads that name nobody when they stand alone or with a bare adjective ("City whispers")."""
_STATE_MEDIA = re.compile(r"\bstate(?:-run|-owned|-controlled)?\s+(?:news\s+agency|television|tv|radio|media|broadcaster|newspaper|agency)", re.I)
_AFTER = re.compile(
    r",\s+(?:(?:an?|the|its|his|her|their|one of the|[A-Z][\w’'-]*['’]s)\s|who\s(?:is|was|runs|heads|leads|chairs)\s(?:the\s|an?\s)?|(?=(?:[\w-]+\s){0,3}"
    r"(?:spokes\w+|director|head|chief|secretary|minister|chair\w*|president|professor|leader|commander|owner|manager|editor|analyst)\b))"
    r"([^,.;:()“”\"\n–—]{3,90})"
)
_REVERSED = re.compile(r"(?:^|[.;:“\"]\s*|,\s(?:and\s)?|\s)((?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Aa]n?|[A-Z][\w’'-]*['’]s)\s[^,.;:“”\"\n]{3,70}),\s$")
_NEAR = 600
_RULES = {"minister", "premier", "president", "chancellor", "government", "cabinet"}
_FOR_PERSONS = {"lawyer", "attorney", "solicitor", "aide", "secretary", "mouthpiece", "representative", "office", "counsel"}


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
    places: list[int] = field(default_factory=list)
    described: bool = False
    basis: list[Evidence] = field(default_factory=list)

    def before(self, at: int, avoid: Spans = ()) -> int:
        """Where it was last named before `at`, outside `avoid`; -1 if it was not."""
        free = (p for p in (*self.places, self.start) if p < at and not any(s.start <= p < s.end for s in avoid))
        return max(free, default=-1)


class Cast:
    """The agents of one report. `publisher` is the figure of the outlet that publishes it."""

    def __init__(self, document: Document, stretches: list[Span]) -> None:
        self.document = document
        self.text = document.text
        self.figures: list[Figure] = []
        self.mentions: list[Mention] = []
        self.publisher = self._new(document.outlet or "this report", "outlet", -1)
        self.publisher.last = -1
        headlines = [b.span for b in document.blocks if b.kind == "headline"]
        for stretch in [s for s in stretches if not (s in headlines and _title_case(self.text[s.start : s.end]))]:
            for name in names(self.text, stretch):
                if (name.title or " " in name.text or self._recurs(name)) and not generic(name.text):
                    self._survey(name, stretch)
        for figure in self.figures:
            if figure.kind == "person" and not figure.gender and not figure.heads and self._placed(figure):
                figure.kind = None

    def _placed(self, figure: Figure) -> bool:
        """Whether a name that looks like a person's only ever stands where places stand ("in", "at", "near")."""
        places = [p for p in figure.places if p >= 0]
        found = [re.search(r"\b(?:in|at|near|on|around|across|outside|towards?)\s+(?:the\s+)?$", self.text[max(0, p - 14) : p]) for p in places]
        return bool(found) and all(found)

    def settle(self) -> None:
        """Principals that no words name: a family's firm; for a minister the government; for a spokesman, chief or
        lawyer of nobody in particular the organisation that the report speaks of most. To guess here can only
        make fewer origins of more, never more of fewer."""
        bodies = [f for f in self.figures if f.kind == "organisation" and not f.described and len(f.places) > 1]
        most = max(bodies, key=lambda f: (len(f.places), -f.start), default=None)
        for figure in list(self.figures):
            if figure.principal is not None or figure.kind != "person":
                continue
            if figure.heads & _RULES and not figure.heads & {"vice", "former"}:
                government = self.known("government") or self._new("the government", "organisation", figure.start)
                government.described = True
                figure.principal = government.key
                figure.basis.append(Evidence(self.document.id, _named_at(figure), "a member of the government"))
                continue
            if most is not None and any(classify(h) == "speaks" and h not in words_of("titles") or h.startswith("spokes") for h in figure.heads) and not self._leads_to(most, figure):
                figure.principal = most.key
                figure.basis.append(Evidence(self.document.id, _named_at(figure), f"speaks for a body that is not named here; the report speaks most of {most.name}"))
                continue

    def _recurs(self, name: Name) -> bool:
        """Whether a single capitalised word stands inside a sentence too, or opens several: else it may be no name."""
        before = self.text[: name.span.start].rstrip(" \"“‘'(")[-1:]
        if before and before not in ".!?:\n•>":
            return True
        uses = re.findall(rf"(\S?\s*)\b{re.escape(name.text)}\b", self.text)
        return any(u.strip() and u.strip() not in ".!?:>•”\"" for u in uses)

    # ------------------------------------------------------------- the survey

    def _new(self, name: str, kind: AgentKind | None, start: int) -> Figure:
        figure = Figure(len(self.figures), name, kind, start, last=start)
        self.figures.append(figure)
        return figure

    def _survey(self, name: Name, stretch: Span) -> None:
        figure = self.known(name.text)
        if figure is None:
            figure = self._new(name.text, name.kind, name.span.start)
        elif len(name.text) > len(figure.name) and figure is not self.publisher and _within(figure.name, name.text):
            figure.aliases.append(figure.name)
            figure.name = name.text
        elif name.text != figure.name:
            figure.aliases.append(name.text)
        figure.places.append(name.span.start)
        if figure.kind is None or (figure.kind == "person" and name.kind in {"organisation", "outlet"}):
            figure.kind = name.kind
        if name.title:
            figure.kind = "person" if figure is not self.publisher else figure.kind
            figure.gender = figure.gender or table("titles")[name.title][0]
            figure.heads |= {name.title} | _synonyms(name.title)
        self._describe(figure, name, stretch)

    def _stands(self, words: str) -> bool:
        """Whether words before a title name somebody known, not only what the title is about ("Race leader")."""
        return self.known(words) is not None or self._by_adjective(words) is not None or classify(words.split()[-1]) == "org"

    def known(self, name: str) -> Figure | None:
        """The figure that bears `name`, in full or by a part that only it has."""
        folded = _fold(name)
        if not folded:
            return None
        exact = [f for f in self.figures if folded == _fold(f.name) or folded in {_fold(a) for a in f.aliases}]
        if exact:
            return exact[0]
        words = folded.split()
        for cut in range(1, len(words)):
            rest = " ".join(words[cut:])
            tail = [f for f in self.figures if _fold(f.name) == rest or (f.kind == "person" and _fold(f.name).split()[-1:] == [rest])]
            if tail and tail[0] is not self.publisher and not classify(rest):
                return tail[0]
        short = [f for f in self.figures if acronym(name, f.name) or acronym(f.name, name)]
        if short:
            return short[0]
        parts = [f for f in self.figures if _part_of(folded, f)]
        return parts[0] if len(parts) == 1 else (max(parts, key=lambda f: f.last) if parts else None)

    def _describe(self, figure: Figure, name: Name, stretch: Span) -> None:
        before = self.text[max(stretch.start, name.span.start - 70) : name.span.start]
        lead = re.search(r"(?:^|[,.;:“\"(]\s*|\s)((?:[\w’'-]+\s+){1,6})$", before)
        if lead:
            words = lead.group(1).split()
            if classify(words[-1]) and words[-1][0].islower():
                self._descriptor(figure, _noun_phrase(words), name.span.start - len(lead.group(1)), before=True)
        if name.body is not None and name.title and self._stands(self.text[name.body.start : name.body.end]):
            self._principal(figure, self.text[name.body.start : name.body.end], name.body, Span(name.body.start, name.span.end))
        reversed_ = _REVERSED.search(self.text[max(stretch.start, name.span.start - 90) : name.span.start])
        if reversed_ is not None:
            at = max(stretch.start, name.span.start - 90) + reversed_.start(1)
            part = phrase(reversed_.group(1), Span(0, len(reversed_.group(1))))
            if classify(part.head) and part.form in {"role", "anonymous", "outlet"} and not any(is_finite(w) for w in reversed_.group(1).casefold().split()):
                self._descriptor(figure, reversed_.group(1), at, before=True)
        after = _AFTER.match(self.text, name.span.end, min(stretch.end, name.span.end + 110))
        if after and self.text[name.span.end :][:1] == ",":
            if re.match(r"\d{1,3}\b", after.group(1)):
                figure.kind = figure.kind or "person"
            else:
                words = after.group(1)
                cut = next((m.start() for m in re.finditer(r"[\w’'-]+", words) if is_finite(m.group().casefold())), len(words))
                if cut > 2:
                    self._descriptor(figure, words[:cut].rstrip(), after.start(1), before=False)

    def _descriptor(self, figure: Figure, words: str, at: int, *, before: bool) -> None:
        part = phrase(words, Span(0, len(words)))
        heading = classify(part.head)
        if not heading or (not before and part.form in {"name", "pronoun"} and part.name is not None and part.name.kind == "person"):
            return
        if heading in {"speaks", "role"} and figure.kind not in {None, "person"}:
            return
        figure.heads |= {part.head} | _synonyms(words)
        span = Span(at, at + len(words))
        if _STATE_MEDIA.search(words):
            figure.kind = "state_media"
        elif figure.kind is None or (figure.kind == "person" and heading in {"org", "outlet"} and before):
            figure.kind = {"outlet": "outlet", "org": "organisation", "document": "document"}.get(heading, "person")  # type: ignore[assignment]
        if "woman" in part.head:
            figure.gender = "f"
        if part.body is None and re.fullmatch(r"(?:an?\s|the\s|its\s)?spokes\w+", words.strip(), re.IGNORECASE):
            orgs = [f for f in self.figures if f.kind == "organisation" and 0 <= f.before(at) and f is not figure]
            nearest = max(orgs, key=lambda f: f.before(at), default=None)
            if nearest is not None and figure.principal is None and not self._leads_to(nearest, figure):
                figure.principal = nearest.key
                figure.basis.append(Evidence(self.document.id, span, f"speaks for {nearest.name}, named last before"))
        whose = re.match(r"(his|her|their|its)\s", words.strip(), re.IGNORECASE)
        if whose is not None and heading in {"speaks", "org"} and figure.principal is None:
            self._owner(figure, Span(at, at + whose.end(1)), span)
        if part.body is not None:
            body = words[part.body.start : part.body.end].strip()
            figure.bodies.add(_fold(body))
            if heading == "speaks" or figure.kind == "state_media":
                self._principal(figure, body, Span(at + part.body.start, at + part.body.end), span)

    def _principal(self, figure: Figure, body: str, where: Span, span: Span) -> None:
        """Make `figure` speak for the body named in `where`, if it can be found and is not itself."""
        principal = self.body(body, where)
        if principal is None or principal is figure or self._leads_to(principal, figure):
            return
        if principal.kind == "person" and not figure.heads & _FOR_PERSONS and not any(h.startswith("spokes") for h in figure.heads):
            return
        if figure.principal is None:
            figure.principal = principal.key
            figure.basis.append(Evidence(self.document.id, span, f"speaks for {principal.name}"))

    def _owner(self, figure: Figure, pronoun: Span, span: Span) -> None:
        """Make `figure` ("her lawyer") speak for whomever the pronoun means."""
        owner, _, _ = self._pronoun(phrase(self.text, pronoun), figure, None, ())
        if owner is not None and owner is not figure and not self._leads_to(owner, figure) and not (owner.kind or "").startswith("anonymous"):
            figure.principal = owner.key
            figure.basis.append(Evidence(self.document.id, span, f"speaks for {owner.name}"))

    def _leads_to(self, figure: Figure, other: Figure) -> bool:
        seen: set[int] = set()
        step: Figure | None = figure
        while step is not None and step.key not in seen:
            if step is other:
                return True
            seen.add(step.key)
            step = self.figures[step.principal] if step.principal is not None else None
        return False

    def body(self, words: str, where: Span) -> Figure | None:
        """The organisation or state that `words` name: by name, by adjective ("Vestreyan"), by role."""
        part = phrase(self.text, where)
        named = part.name or next(names(self.text, where), None)
        if named is not None and not (classify(part.head) == "org" and part.form == "role"):
            figure = self.known(named.text) or self._by_adjective(named.text)
            if figure is None:
                figure = self._new(named.text, named.kind or "organisation", where.start)
            if figure.kind is None:
                figure.kind = "organisation"
            return figure
        if classify(part.head) not in {"org", "outlet"}:
            return self._by_adjective(words) or (self.known(named.text) if named is not None else None)
        return self._definite(part, where.start) or self._described(part)

    def _by_adjective(self, word: str) -> Figure | None:
        folded = _fold(word)
        fits = [f for f in self.figures if f.kind in {None, "organisation"} and " " not in f.name and _adjective_of(folded, _fold(f.name))]
        return fits[0] if fits else None

    # ------------------------------------------------------------ the sources

    def source(self, span: Span, *, inside: Figure | None = None, last: Figure | None = None, said: Spans = ()) -> Figure | None:
        """The figure behind the source in `span`. `inside` is who is speaking where it stands (for "I"),
        `last` the speaker before, `said` what the source says: who is named there is not who says it.
        None: nobody named (hearsay) or undecidable."""
        part = phrase(self.text, span)
        figure, reason, evidence = self._resolve(part, inside, last, said)
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

    def _resolve(self, part: Phrase, inside: Figure | None, last: Figure | None, said: Spans) -> tuple[Figure | None, str, Span | None]:
        at = part.span.start
        if part.form == "pronoun":
            return self._pronoun(part, inside, last, said)
        if part.head in {"pair", "duo", "trio", "couple"} or re.fullmatch(r"(?:the|both|these)\s(?:two|three|four|men|women|leaders)|both", self.text[part.span.start : part.span.end], re.IGNORECASE):
            return None, "more than one person", part.span
        if part.name is not None and part.form == "name":
            return self._named(part, part.name), "same name", part.name.span
        if part.form == "anonymous":
            return self._anonymous(part)
        if part.form == "document":
            return self._document(part)
        if _names_nobody(self.text[part.span.start : part.span.end]):
            return None, "nobody is named", part.span
        found = self._definite(part, at)
        if found is not None:
            return found, f"fits the description “{part.head}”", Span(max(0, found.start), max(0, found.start) + len(found.name))
        if self.text[part.span.start : part.span.end].casefold().startswith(("the older", "the younger", "the other", "the first", "the second", "the latter")):
            return self._subgroup(part)
        if classify(part.head) in {"org", "outlet", "speaks", "role"} or part.kind is not None:
            return self._described(part), "described only", part.span
        return None, "names nobody", None

    def _named(self, part: Phrase, name: Name) -> Figure:
        figure = self.known(name.text)
        if figure is None:
            figure = self._new(name.text, part.kind, name.span.start)
        if figure.kind is None:
            heading = classify(part.head)
            figure.kind = part.kind or ("person" if heading in {"speaks", "role"} else None)
        words = self.text[part.span.start : part.span.end]
        if _STATE_MEDIA.search(words):
            figure.kind = "state_media"
        if part.head and classify(part.head) in {"speaks", "role"} and part.name is not None and part.name.span.start > part.span.start:
            figure.heads.add(part.head)
        governs = part.head in {"ministry", "embassy", "government", "army", "presidency", "cabinet", "navy", "military", "parliament", "kremlin"}
        if part.body is not None and (classify(part.head) == "speaks" or _speaks(words) or figure.kind == "state_media" or governs):
            self._principal(figure, self.text[part.body.start : part.body.end], part.body, part.span)
        return figure

    def _anonymous(self, part: Phrase) -> tuple[Figure | None, str, Span | None]:
        words = re.sub(r"\s+", " ", self.text[part.span.start : part.span.end])
        bare = _names_nobody(words) or words.casefold() in {"some", "many", "others", "several"}
        headline = any(b.kind == "headline" and b.span.start <= part.span.start < b.span.end for b in self.document.blocks)
        if bare or headline or (part.definite and part.count is None and part.head != "one"):
            same = self._same_group(part)
            if same is not None:
                return same, "the anonymous people named before", Span(same.start, same.start + len(same.name))
            if bare:
                return None, "nobody is named", part.span
        if part.head == "one" or re.match(r"(?:one|two|three|both|all|some|several|most)\b.{0,12}\bof (?:them|the)\b", words, re.I):
            return self._subgroup(part)
        exact = next((f for f in self.figures if _fold(f.name) == _fold(words) and f.kind == part.kind), None)
        if exact is not None:
            return exact, "same words", Span(exact.start, exact.start + len(exact.name))
        figure = self._new(words, part.kind, part.span.start)
        figure.count = part.count
        figure.described = part.kind == "anonymous_person" and classify(part.head) == "speaks"
        figure.heads.add(part.head)
        if part.body is not None and classify(part.head) == "speaks":
            self._principal(figure, self.text[part.body.start : part.body.end], part.body, part.span)
        return figure, "anonymous", part.span

    def _same_group(self, part: Phrase) -> Figure | None:
        kinds = {"anonymous_group", "anonymous_person"}
        groups = [f for f in self.figures if f.kind in kinds and f.spoke >= 0]
        alike = [f for f in groups if part.head in f.heads or part.head in {"source", "people", "person", "man", "woman", "both"}]
        return max(alike, key=lambda f: f.last, default=None)

    def _subgroup(self, part: Phrase) -> tuple[Figure | None, str, Span | None]:
        groups = [f for f in self.figures if f.kind == "anonymous_group" and f.start < part.span.start]
        whole = max(groups, key=lambda f: f.last, default=None)
        words = re.sub(r"\s+", " ", self.text[part.span.start : part.span.end])
        kind: AgentKind = "anonymous_group" if part.plural and part.count != 1 else "anonymous_person"
        figure = self._new(words, kind, part.span.start)
        figure.count = part.count if kind == "anonymous_group" else None
        if whole is not None:
            figure.heads |= whole.heads
            figure.principal = whole.principal
            figure.basis.append(Evidence(self.document.id, part.span, f"some of “{whole.name}”"))
            return figure, "part of a group named before", Span(whole.start, whole.start + len(whole.name))
        return figure, "anonymous", part.span

    def _document(self, part: Phrase) -> tuple[Figure | None, str, Span | None]:
        words = re.sub(r"\s+", " ", self.text[part.span.start : part.span.end])
        if _names_nobody(words):
            return None, "nobody is named", part.span
        same = [f for f in self.figures if f.kind == "document" and f.start < part.span.start]
        alike = [f for f in same if part.head in f.heads or part.head in {"document", "paper", "text"}]
        if part.definite and alike:
            found = max(alike, key=lambda f: f.last)
            return found, f"the {part.head} named before", Span(found.start, found.start + len(found.name))
        figure = self._new(words, "document", part.span.start)
        figure.heads.add(part.head)
        possessor = re.match(r"((?:[Tt]he\s|[Aa]n?\s)?.{2,50}?)(?:['’]s|(?<=s)['’])\s", self.text[part.span.start : part.span.end])
        whose = Span(part.span.start, part.span.start + possessor.end(1)) if possessor else part.span
        owner = self.body(possessor.group(1), whose) if possessor else self.known(part.name.text) if part.name is not None else None
        if owner is not None and owner is not figure and owner.kind in {None, "organisation"}:
            figure.principal = owner.key
            figure.basis.append(Evidence(self.document.id, part.span, f"a document of {owner.name}"))
        return figure, "a document", part.span

    def _described(self, part: Phrase) -> Figure:
        words = re.sub(r"\s+", " ", self.text[part.span.start : part.span.end])
        words = words.split(",")[0]
        same = next((f for f in self.figures if _fold(f.name) == _fold(words)), None)
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

    # ---------------------------------------------- descriptions and pronouns

    def _definite(self, part: Phrase, at: int) -> Figure | None:
        """The figure that a role or epithet fits best, None where none fits or two fit alike."""
        heading = classify(part.head)
        body = _fold(self.text[part.body.start : part.body.end]) if part.body is not None and part.body.end <= len(self.text) else ""
        early = any(b.kind == "headline" and b.span.start <= at < b.span.end for b in self.document.blocks)
        scored = [(self._fit(f, part, heading, body, at), f) for f in self.figures if f.start < at or early or f is self.publisher]
        scored = [(s, f) for s, f in scored if s >= 1]
        if not scored and part.definite:
            later = [(self._fit(f, part, heading, body, at), f) for f in self.figures if f.start >= at]
            scored = [(s, f) for s, f in later if s >= 3]
        if not scored:
            return None
        scored.sort(key=lambda x: (-x[0], -x[1].before(at)))
        return scored[0][1]

    def _fit(self, figure: Figure, part: Phrase, heading: str, body: str, at: int) -> float:
        if not _compatible(figure.kind, heading):
            return 0
        score = 3.0 if _synonyms(self.text[part.span.start : part.span.end]) & figure.heads else 0.0
        name_words = {singular(w) for w in _fold(figure.name).split()}
        if part.head in figure.heads:
            score += 3
        if part.head in name_words and figure.kind != "person":
            score += 3
        if score == 0 and figure.kind in {"outlet", "state_media"} and figure is not self.publisher and heading == "outlet":
            score += 1
        if score == 0 and part.head in {"company", "firm", "group", "business"} and figure.kind == "organisation" and figure.spoke < 0:
            score += 1 if not (name_words & _BODIES) and at - figure.before(at) < _NEAR else 0
        elif score == 0 and part.head in {"company", "firm", "group", "business"} and figure.kind == "organisation":
            score += 1.2 if not (name_words & _BODIES) else 0
        if body and score:
            fits = any(_overlap(body, b) for b in (figure.bodies | {_fold(figure.name)}))
            score += 1 if fits else -1.5
        return score + max(0.0, 0.5 - (at - figure.before(at)) / (2 * _NEAR)) if score > 0 else 0

    def _pronoun(self, part: Phrase, inside: Figure | None, last: Figure | None, said: Spans) -> tuple[Figure | None, str, Span | None]:
        sort = table("pronouns")[part.head][0]
        at = part.span.start
        if sort == "1":
            speaker = inside or self.publisher
            return speaker, "speaks of itself", None
        named = [f for f in self.figures if f is not self.publisher and f is not inside and 0 <= f.before(at, said)]
        fits = [f for f in named if _agrees(f, sort) and at - f.before(at, said) < 2 * _NEAR]
        if sort == "r":
            best = max(named, key=lambda f: f.before(at, said), default=None)
            return best, "the name before the relative pronoun", _span_of(best)
        line = self.text.rfind("\n", 0, at) + 1
        here = [f for f in fits if f.before(at, said) >= line]
        if here:
            sentence = max(self.text.rfind(mark, line, at) for mark in (". ", "? ", "! ", ".” ", ".’ ")) + 1
            subjects = [f for f in here if f.before(at, said) >= sentence] if sentence > line else []
            best = min(subjects or here, key=lambda f: f.before(at, said)) if subjects else max(here, key=lambda f: f.before(at, said))
        elif last is not None and last in fits and at - last.before(at, said) < _NEAR:
            best = last
        else:
            spoken = [f for f in fits if f.spoke >= 0]
            best = max(spoken or fits, key=lambda f: f.before(at, said), default=None)
        if best is None:
            return None, "no antecedent that agrees", None
        if sort in {"m", "f"} and best.kind in {"person", "anonymous_person"}:
            best.gender = best.gender or sort
        return best, f"“{part.head}”: the last who agrees", _span_of(best)

    # ------------------------------------------------------------- the record

    def agent(self, figure: Figure) -> str:
        """The id of the agent that `figure` becomes."""
        return content_id("agt", self.document.id, figure.key, figure.name)

    def agents(self, used: set[int]) -> tuple[Agent, ...]:
        """The records of the figures in `used` (keys) and of their principals."""
        keys: set[int] = set()
        for key in used:
            step: int | None = key
            while step is not None and step not in keys:
                keys.add(step)
                step = self.figures[step].principal
        return tuple(self._record(self.figures[k]) for k in sorted(keys))

    def _record(self, figure: Figure) -> Agent:
        principal = self.agent(self.figures[figure.principal]) if figure.principal is not None else None
        roles = [f"the {h}" for h in sorted(figure.heads) if classify(h) in {"speaks", "role"} or h.startswith("head of")] if figure.kind == "person" else []
        aliases = tuple(dict.fromkeys(a for a in [*figure.aliases, *roles] if a != figure.name))
        kind: AgentKind = figure.kind or "organisation"
        return Agent(self.agent(figure), figure.name, kind, aliases, figure.count, principal, tuple(figure.basis), not figure.described)


_BODIES = {
    "police", "ministry", "hospital", "office", "service", "authority", "university", "agency", "council", "board", "party",
    "union", "government", "district", "court", "mission", "committee", "commission", "department", "institute", "tribunal",
    "embassy", "navy", "army", "parliament", "school", "college",
}  # fmt: skip


def _title_case(words: str) -> bool:
    """Whether a headline capitalises its words, so that capitals show no names."""
    found = [w for w in re.findall(r"[^\W\d_][\w’'-]*", words) if len(w) > 3]
    return len(found) > 3 and sum(w[0].isupper() for w in found) > 0.7 * len(found)


def _named_at(figure: Figure) -> Span:
    start = max(0, figure.start)
    return Span(start, start + len(figure.name))


def _synonyms(words: str) -> set[str]:
    """Offices that two descriptions share under different words, as one word."""
    folded = words.casefold()
    state = re.search(r"\b(?:head of state|president|king|queen|emperor)\b", folded) and "vice" not in folded
    government = re.search(r"\b(?:head of (?:the )?government|prime minister|premier|chancellor)\b", folded)
    ruler = re.search(r"\b(?:dictator|despot|tyrant|strongman|ruler|leader|supremo)\b|\bkremlin (?:chief|boss)\b", folded)
    hits = (("head of state", state), ("head of government", government), ("ruler", ruler or state or government))
    return {w for w, hit in hits if hit}


def _fold(name: str) -> str:
    words = re.findall(r"\w+(?:[-'’.]\w+)*|&", name.replace("’", "'").casefold())
    words = [w[:-2] if w.endswith("'s") else w for w in words]
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def _within(short: str, long: str) -> bool:
    a, b = _fold(short).split(), set(_fold(long).split())
    return bool(a) and set(a) <= b


def _part_of(folded: str, figure: Figure) -> bool:
    """Whether `folded` is a part by which `figure` can be named: a surname, a first name, a word of its name."""
    whole = _fold(figure.name).split()
    part = folded.split()
    if len(part) >= len(whole) or (figure.kind or "").startswith("anonymous") or figure.kind == "document":
        return set(whole) < set(part) and len(whole[0]) > 3 and figure.kind != "person" if len(whole) == 1 and whole else False
    if figure.kind == "person":
        return part == whole[-len(part) :] or part == whole[:1]
    if figure.kind in {"outlet", "state_media"}:
        return part[-1] == whole[-1] and set(part) <= set(whole)
    return set(part) <= set(whole) and not all(classify(w) == "org" or w in {"national", "state", "city", "new"} for w in part)


def _adjective_of(word: str, name: str) -> bool:
    """Whether `word` can be the adjective of the place `name` ("vestreyan" of "vestrey")."""
    if len(name) < 4 or word == name:
        return False
    stem = 0
    while stem < min(len(word), len(name)) and word[stem] == name[stem]:
        stem += 1
    return stem >= max(4, len(name) - 2) and word[stem:] in {"n", "an", "ian", "ese", "i", "ish", "ic", "is", "er", "ean", "ne", "se", "ns", "ans", "ians", "k"}


def _compatible(kind: AgentKind | None, heading: str) -> bool:
    if heading in {"speaks", "role"}:
        return kind in {"person", "anonymous_person", "anonymous_group"}
    if heading == "outlet":
        return kind in {"outlet", "state_media", "organisation", None}
    if heading == "document":
        return kind == "document"
    return kind in {"organisation", "outlet", "state_media", None}


def _overlap(a: str, b: str) -> bool:
    return bool({w for w in a.split() if len(w) > 2} & set(b.split())) or any(_adjective_of(x, y) or _adjective_of(y, x) for x in a.split() for y in b.split())


def _names_nobody(words: str) -> bool:
    """Whether a source is only "sources", "reports", "City whispers": words that name nobody."""
    parts = words.casefold().split()
    return 0 < len(parts) <= 2 and singular(parts[-1]) in _GENERIC_SOURCES and parts[0] not in {"a", "one", "the", "its", "his", "her", "their", "two", "three"}


def _speaks(words: str) -> bool:
    return any(classify(w) == "speaks" for w in re.findall(r"[\w-]+", words))


def _agrees(figure: Figure, sort: str) -> bool:
    if sort in {"m", "f"}:
        shown = figure.heads or figure.gender or figure.spoke >= 0 or _fold(figure.name).split()[-1] in {_fold(a) for a in figure.aliases}
        return figure.kind in {"person", "anonymous_person"} and figure.gender in {"", sort} and bool(shown)
    if sort == "p":
        return figure.kind in {"anonymous_group", "organisation"} or (figure.kind == "anonymous_person")
    return figure.kind in {"organisation", "outlet", "state_media", "document"}


def _span_of(figure: Figure | None) -> Span | None:
    return Span(figure.start, figure.start + len(figure.name)) if figure is not None and figure.start >= 0 else None


def _noun_phrase(words: list[str]) -> str:
    """The noun phrase at the end of `words` (what stands right before a name)."""
    start = len(words) - 1
    while start > 0 and words[start - 1].casefold() not in words_of("breaks") and (words[start - 1][0].isupper() or words[start - 1].isalpha() or "'" in words[start - 1] or "’" in words[start - 1] or "-" in words[start - 1]):
        start -= 1
    return " ".join(words[start:])
