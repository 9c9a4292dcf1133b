"""Judgements given and listed: ids of the present trace in, words that outlive them in the ledger.

In: a case, what an analyst decides, and of what: ids, names, or words of a report. Out: the judgement as it
was kept, and the story traced without and with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ondit.casefile import Case
from ondit.errors import InputError, UnknownIdError
from ondit.faces.found import agent_in, open_case
from ondit.records import Anchor, Document, Judgement, JudgementKind, Problem, Reading, Span, Trace
from ondit.tracing.agents import join
from ondit.tracing.judgements import judge, judgement, withdrawn


@dataclass(frozen=True, slots=True)
class Kept:
    """A judgement in the case, the trace of its story without and with it, and what could not be done."""

    judgement: Judgement
    before: Trace
    after: Trace
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ledger: what became of a judgement, in plain words."""

    judgement: Judgement
    state: str


def give(
    path: str,
    kind: JudgementKind,
    what: Sequence[str],
    by: str,
    note: str,
    *,
    story: str | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Kept:
    """Judge `what` in the case at `path`, and trace its story again.

    Each of `what` is an id (or the beginning of one) of the present trace, the name of an agent, or
    `REPORT:words`. `UnknownIdError` says what is not there.
    """
    from ondit.faces.work import made_by
    from ondit.pipeline import trace

    open_case(path).close()  # a trace that a crash has cost is made first: what follows compares with it
    with Case.open(path, made_by=made_by()) as case:
        number = 1 if kind in ("no attribution", "withdrawal") else 2
        if len(what) != number:
            raise InputError(f"a judgement {kind!r} is about {number} thing(s), not {len(what)}")
        at = now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        if kind == "withdrawal":
            taken = _one([j.id for j in case.judgements()], what[0], f"judgement in {path}")
            found, made = _story_of(case, taken), judgement(kind, by, at, note, withdraws=taken)
        else:
            found, sides = _sides(case, kind, what, story)
            made = judgement(kind, by, at, note, *sides)
        before = case.trace(found)
        problems = case.judge(made, trace)
        after = case.trace(found)
    told = [p for p in after.problems if p.code == "judgement" and p not in before.problems]
    return Kept(made, before, after, (*problems, *told))


def ledger(path: str, story: str | None = None) -> list[Entry]:
    """Every judgement of a case in the order in which it was made, with what became of it."""
    with open_case(path) as case:
        every = case.judgements(story)
        gone = withdrawn(every)
        followed = {j.id for found in case.traces() for j in found.judgements}
        why = {p.place: p.message for t in case.traces() for p in t.problems if p.code == "judgement"}
    entries = []
    for one in every:
        if one.id in gone:
            state = "withdrawn"
        elif one.withdraws is not None:
            state = "holds"
        else:
            state = "holds" if one.id in followed else "does not hold"
            state += f": {why[one.id]}" if one.id in why else ""
        entries.append(Entry(one, state))
    return entries


def _story_of(case: Case, taken: str) -> str:
    return next(s for s in case.stories() if any(j.id == taken for j in case.judgements(s)))


# --------------------------------------------------------------------- anchors

Sides = tuple[tuple[Anchor, ...], tuple[Anchor, ...]]


def _sides(case: Case, kind: JudgementKind, what: Sequence[str], story: str | None) -> tuple[str, Sides]:
    """The story in which all that is named is found, and its words."""
    hits, faults = [], []
    for found in case.traces():
        if story is None or found.story.startswith(story):
            try:
                hits.append((found.story, _anchored(_Words(found, case), kind, what)))
            except UnknownIdError as fault:
                faults.append(fault)
    if len(hits) == 1:
        return hits[0]
    if hits:
        named = ", ".join(ident for ident, _ in hits)
        raise UnknownIdError(f"several stories have these, name one with --story: {named}")
    raise faults[0] if faults else UnknownIdError(f"{case.path} has no story {story or ''!r}")


def _anchored(words: _Words, kind: JudgementKind, what: Sequence[str]) -> Sides:
    if kind == "no attribution":
        return words.of_attribution(what[0])
    if kind in ("derivation", "no derivation"):
        child, parent = (words.report(ident) for ident in what)
        if child == parent:
            raise InputError(f"a report does not use itself: {what[0]}")
        return ((_whole(child),), (_whole(parent),))
    side = words.of_agent if kind in ("same agent", "different agents") else words.of_claim
    one, other = (side(ident) for ident in what)
    if kind in ("different agents", "different claims"):
        one = tuple(anchor for anchor in one if not any(_meet(anchor, o) for o in other))
    if not one or not other:
        raise InputError(f"{what[0]} and {what[1]} are the same words; name two things")
    return one, other


class _Words:
    """The words of what a trace names by ids."""

    def __init__(self, trace: Trace, case: Case) -> None:
        self.trace = trace
        self._case = case
        self._documents = {document.id: document for document in trace.documents}

    def report(self, ident: str) -> Document:
        return self._documents[_one(list(self._documents), ident, f"report in story {self.trace.story}")]

    def quoted(self, address: str) -> Anchor | None:
        """The words behind `REPORT:words`; None if the address is no such thing."""
        report, colon, quote = address.partition(":")
        if not colon or report not in self._documents:
            return None
        document = self._documents[report]
        start = document.text.find(quote) if quote else -1
        if start < 0:
            raise UnknownIdError(f"the report {report} does not hold the words {quote!r}")
        return _anchor(document, Span(start, start + len(quote)))

    def of_claim(self, ident: str) -> tuple[Anchor, ...]:
        """Every statement of a claim, one statement, or words."""
        quoted = self.quoted(ident)
        if quoted is not None:
            return (quoted,)
        statements = {s.id: s for claim in self.trace.claims for s in claim.statements}
        claims = {claim.id: claim for claim in self.trace.claims}
        known = _one([*claims, *statements], ident, f"claim or statement in story {self.trace.story}")
        chosen = claims[known].statements if known in claims else (statements[known],)
        return tuple(_anchor(self._documents[s.document], s.spans[0]) for s in chosen if s.spans)

    def of_agent(self, ident: str) -> tuple[Anchor, ...]:
        """Where each report first names an agent; its reports, where it is the outlet of some; or words."""
        quoted = self.quoted(ident)
        if quoted is not None:
            return (quoted,)
        wanted = agent_in(self.trace, ident).id
        judged = judge(
            sorted(
                self._case.readings(self.trace.story),
                key=lambda r: (r.document.published or "", r.document.id),
            ),
            self._case.judgements(self.trace.story),
        )
        _, mapping = join(judged.readings, judged.agents.same, judged.agents.different)
        found = [a for r in judged.readings for a in _named_in(r, wanted, mapping)]
        if not found:
            raise UnknownIdError(f"no report names {ident!r} in words; give them as REPORT:words")
        return tuple(found)

    def of_attribution(self, ident: str) -> Sides:
        """The words of saying, and of what is said."""
        quoted = self.quoted(ident)
        if quoted is not None:
            ident = self._saying(quoted)
        atts = {att.id: att for att in self.trace.attributions}
        att = atts[_one(list(atts), ident, f"attribution in story {self.trace.story}")]
        document = self._documents[att.document]
        saying = (att.source or att.cue or att.content)[:1]
        return (
            tuple(_anchor(document, span) for span in saying),
            tuple(_anchor(document, span) for span in att.content[:1]),
        )

    def _saying(self, quoted: Anchor) -> str:
        """The one attribution of which these are words of its source or cue."""
        start, end = quoted.near, quoted.near + len(quoted.quote)
        found = [
            att.id
            for att in self.trace.attributions
            if att.document == quoted.document
            and any(s.start < end and start < s.end for s in (*att.source, *att.cue))
        ]
        if len(found) != 1:
            named = ": " + ", ".join(found) if found else ""
            raise UnknownIdError(
                f"{len(found) or 'no'} attributions say so with the words {quoted.quote!r}{named}"
            )
        return found[0]


def _named_in(reading: Reading, wanted: str, mapping: dict[str, str]) -> Iterable[Anchor]:
    for place, agent in enumerate(reading.agents):
        if mapping[agent.id] != wanted:
            continue
        spans = sorted(m.span for m in reading.mentions if m.agent == agent.id and m.form != "pronoun")
        if spans:
            yield _anchor(reading.document, spans[0])
        elif place == 0:
            yield _whole(reading.document)


def _anchor(document: Document, span: Span) -> Anchor:
    return Anchor(document.id, document.text[span.start : span.end], span.start, document.url)


def _meet(a: Anchor, b: Anchor) -> bool:
    """Whether two anchors have words in common, or are the same report."""
    ends = a.near + len(a.quote), b.near + len(b.quote)
    return a == b or (a.document == b.document and a.near < ends[1] and b.near < ends[0])


def _whole(document: Document) -> Anchor:
    return Anchor(document.id, url=document.url)


def _one(known: Sequence[str], prefix: str, what: str) -> str:
    """The id, or the only one that begins so."""
    found = [i for i in known if i == prefix] or [i for i in known if prefix and i.startswith(prefix)]
    if len(found) != 1:
        named = ": " + ", ".join(found[:8]) if found else ""
        raise UnknownIdError(f"{len(found) or 'no'} {what} begins with {prefix!r}{named}")
    return found[0]
