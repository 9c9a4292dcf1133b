"""A story as one page: everything that was found, with the words that it rests on, in one HTML file.

In: a finished `Trace` and the recounts that `tracing` made of it. Out: HTML that asks no network for
anything: style and script stand in it, and its policy lets nothing else run. Templates escape whatever they
are given; every string in them is a span of a report or plainly ours.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ondit.records import Derivation, Document, Origins, Problem, Quoting, Spans, Trace
from ondit.telling.cast import namings, players
from ondit.telling.dossier import Bit, Numbered, Switched, claim_views, main_of, way_label
from ondit.telling.marked import Part, marked
from ondit.telling.places import EVIDENCE
from ondit.telling.quoting import TOLD, in_words, sides, told_quotings
from ondit.telling.timeline import outline, timeline, told_derivations, used
from ondit.telling.tree import shown
from ondit.telling.weight import in_numbers, main_count, main_stance
from ondit.telling.words import clean, moment, number_of, outlet_and_id, quoted, visible
from ondit.version import __version__

if TYPE_CHECKING:
    from ondit.tracing.recounts import Recount

WORDS = 160
"""So many characters of each."""

_WEB = re.compile(r"https?://[^\s\"'<>\\^`{|}\x00-\x20]+", re.ASCII)
"""Addresses that may become links; whatever else a report gives as one stays text."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report as a page shows it; `host` is empty where its address is none that may be followed."""

    place: str
    outlet: str
    id: str
    published: str
    headline: str
    address: str
    host: str
    parts: tuple[Part, ...]
    credits: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Used:
    """One derivation: the sentence, and the words that show it."""

    said: str
    why: str
    bits: tuple[Bit, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Switch:
    """The whole story looked at in one way: the numbers at its head, and how many claims change."""

    key: int
    label: str
    sentences: tuple[str, ...]
    changed: int
    lost: int


@dataclass(frozen=True, slots=True)
class Assets:
    """Where style and script of a page come from: in the page itself, or from these addresses."""

    style: str
    scripts: tuple[str, ...]


def story_page(trace: Trace, recounts: Sequence[Recount] = (), assets: Assets | None = None) -> str:
    """The page of a story; without `assets` one file that stands alone."""
    return render("story.html", **story_context(trace, recounts), assets=assets)


def story_context(trace: Trace, recounts: Sequence[Recount] = ()) -> dict[str, Any]:
    """What the template of a story shows."""
    numbered = Numbered.of(shown(trace), recounts)
    views = claim_views(numbered, recounts)
    return {
        "title": page_title(trace),
        "trace": trace,
        "sentences": tuple(in_numbers(len(trace.documents), map(main_count, trace.claims))),
        "several": [view for view in views if view.several],
        "single": [view for view in views if not view.several],
        "switches": _switches(numbered, recounts),
        "timeline": timeline(numbered.at),
        "outline": outline(numbered.at),
        "derivations_found": [_used(numbered, d) for d in told_derivations(trace)],
        "derivations_more": len(trace.derivations) + len(trace.undirected) - len(told_derivations(trace)),
        "quotings": [_quoted(numbered, quoting) for quoting in told_quotings(trace)[:TOLD]],
        "quotings_more": max(0, len(told_quotings(trace)) - TOLD),
        "namings": namings(numbered),
        "players": players(numbered),
        "reports": _reports(numbered),
        "places": numbered.places,
        "numbers": {number: numbered.places.claims[claim] for claim, number in numbered.numbers.items()},
        "problems": [_problem(problem) for problem in trace.problems],
    }


def render(template: str, **context: Any) -> str:
    """A template filled in. Lone surrogates, which have no UTF-8, never come out."""
    return environment().get_template(template).render(context)


@cache
def environment() -> Environment:
    """The templates: always escaped, and a name that nobody gave is an error."""
    found = Environment(
        loader=PackageLoader("ondit.telling"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"visible": visible, "clean": clean}
    found.globals |= {
        "number_of": number_of,
        "version": __version__,
        "static": lambda name: Markup(static(name)),
        "policy": policy(),
    }
    return found


@cache
def static(name: str) -> str:
    """A file of `static/`, without what only its authors need: indents, blanks, comments."""
    text = (files("ondit.telling") / "static" / name).read_text("utf-8")
    if name.endswith(".css"):
        return re.sub(r"\s*([{};,])\s*|/\*.*?\*/|(?<=[a-z]:) ", r"\1", text, flags=re.DOTALL).strip()
    lines = map(str.strip, text.split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def policy() -> str:
    """The content security policy of the file: its own style and script by their hashes, and nothing else."""
    style, script = (_hash(static(name)) for name in ("page.css", "page.js"))
    return f"default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# ------------------------------------------------------------------------------ its parts


def page_title(trace: Trace) -> tuple[str, str]:
    """The headline of the earliest report that has one, and whose it is."""
    ordered = sorted(trace.documents, key=lambda d: (d.published is None, d.published or ""))
    first = next((document for document in ordered if clean(document.headline or "")), None)
    if first is None:
        return clean(trace.story), ""
    place = "earliest" if first.published else "first"
    return f"“{clean(first.headline or '')}”", f"{place} report, {' '.join(outlet_and_id(first)).strip()}"


def _switches(numbered: Numbered, recounts: Iterable[Recount]) -> list[Switch]:
    """Every way to count the story: with named origins only, on the record, then without who bears most."""
    before = {claim.id: main_count(claim) for claim in numbered.claims}
    stances = {claim.id: main_stance(claim) for claim in numbered.claims}
    after: dict[Switched, dict[str, Origins]] = {way: {} for way in numbered.switches}
    for recount in recounts:
        after[recount.way, recount.agent][recount.claim] = main_of(recount, stances[recount.claim])
    return [
        _switch(numbered, key, way_label(numbered.at, way), before, after[way])
        for way, key in numbered.switches.items()
    ]


def _switch(
    numbered: Numbered, key: int, label: str, before: Mapping[str, Origins], after: Mapping[str, Origins]
) -> Switch:
    counts = {**before, **after}
    left = [counts[claim.id] for claim in numbered.claims if counts[claim.id].reports]
    return Switch(
        key,
        label,
        tuple(in_numbers(len(numbered.at.trace.documents), left)),
        len(after),
        sum(before[claim].lo > 0 and found.lo == 0 for claim, found in after.items()),
    )


def _quoted(numbered: Numbered, quoting: Quoting) -> Used:
    """One comparison of two quotations, with the words of both sides."""
    bits = (
        Bit(
            quoted(numbered.at.documents.get(e.document), (e.span,), WORDS), True, numbered.places.evidence(e)
        )
        for e in sides(quoting)
    )
    return Used(in_words(numbered.at, quoting), "", tuple(bits), 0)


def _used(numbered: Numbered, drv: Derivation) -> Used:
    words = [e for e in drv.evidence if e.span.end > e.span.start]
    found = {numbered.places.evidence(e): e for e in words[:EVIDENCE]}
    bits = (
        Bit(quoted(numbered.at.documents.get(e.document), (e.span,), WORDS), True, place)
        for place, e in list(found.items())
    )
    return Used(used(numbered.at, drv), clean(drv.why), tuple(bits), max(0, len(words) - EVIDENCE))


def _reports(numbered: Numbered) -> list[Report]:
    trace = numbered.at.trace
    states: dict[str, dict[Spans, set[int]]] = {document.id: {} for document in trace.documents}
    for claim in numbered.claims:
        for stmt in claim.statements:
            if stmt.spans and stmt.document in states:
                states[stmt.document].setdefault(stmt.spans, set()).add(numbered.numbers[claim.id])
    quotings = (side for quoting in told_quotings(trace)[:TOLD] for side in sides(quoting))
    places = numbered.places.all_spans(trace, told_derivations(trace), quotings)
    ordered = sorted(numbered.at.documents.values(), key=lambda d: (d.published is None, d.published or ""))
    return [
        _report(
            numbered,
            document,
            marked(
                document,
                [att for att in trace.attributions if att.document == document.id],
                states[document.id],
                places[document.id],
            ),
        )
        for document in ordered
    ]


def _report(numbered: Numbered, document: Document, parts: tuple[Part, ...]) -> Report:
    address = clean(document.url or "")
    has_headline = any(part.kind == "headline" for part in parts)
    return Report(
        numbered.places.reports[document.id],
        *outlet_and_id(document),
        moment(document.published),
        "" if has_headline else clean(document.headline or ""),
        address,
        address.split("/")[2] if _WEB.fullmatch(address) else "",
        parts,
        tuple(
            dict.fromkeys(
                f"{clean(credit.name)} ({credit.kind.replace('_', ' ')})" for credit in document.credits
            )
        ),
        clean(document.digest),
    )


def _problem(problem: Problem) -> str:
    report = f" (report {clean(problem.document)})" if problem.document else ""
    saved = f"; kept: {clean(problem.saved)}" if problem.saved else ""
    return f"{clean(problem.place)}{report}: {clean(problem.message)}{saved}"
