"""Judgements on the web of a case: the ledger, the form that gives one, what it changed, how it is undone.

In: a `Desk`. Out: routes. What is done is done in `judging`; a judgement is undone by another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse

from ondit.errors import InputError
from ondit.faces.desk import Desk, address
from ondit.faces.judge import VERBS, Verb, sides_of
from ondit.faces.judging import Entry, Kept, give, ledger
from ondit.faces.live import live_page
from ondit.records import Judgement, Problem
from ondit.telling.judged import changes, counted_claims, in_words, sides
from ondit.telling.tree import shown
from ondit.telling.words import clean

Words = Annotated[str, Form(max_length=500)]

CHOICES = (
    ("same-agent", "two agents are one"),
    ("different-agents", "two agents are not one"),
    ("same-claim", "two claims are one"),
    ("different-claims", "two claims are not one"),
    ("used", "a report used another one"),
    ("not-used", "neither report used the other"),
    ("reject", "nobody says this there"),
)
"""What can be given in the form, in words; a withdrawal has a button of its own."""

REFUSED: dict[int | str, dict[str, Any]] = {
    409: {"description": "It does not say who decides it and why, or what it says cannot be in this case."},
    400: {"description": "The body is no JSON."},
    404: {"description": "There is nothing of this id, or there are several."},
}


@dataclass(frozen=True, slots=True)
class Given:
    """A judgement as a program sends it: `verb` and `what` as `ondit judge` takes them."""

    verb: Verb
    what: list[str]
    by: str
    note: str
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A judgement that was kept, the ids of claims that it counts otherwise, and what could not be done."""

    judgement: Judgement
    before: list[str]
    after: list[str]
    problems: list[Problem]


def judging(desk: Desk) -> APIRouter:
    """The pages of judgements."""
    app = APIRouter(include_in_schema=False)

    @app.get("/judgements", response_class=HTMLResponse)
    def judgements_page() -> str:
        entries = [_entry(one.judgement, one.state) for one in reversed(ledger(str(desk.path)))]
        return live_page("judgements.html", entries=entries, choices=CHOICES)

    @app.post("/judgements", response_class=HTMLResponse)
    def judge_form(
        verb: Annotated[Verb, Form()], one: Words, by: Words, note: Words, other: Words = ""
    ) -> str:
        kept = _give(desk, Given(verb, [side for side in (one, other) if side.strip()], by, note))
        return live_page("judged.html", **_told(kept))

    return app


def ruling(desk: Desk) -> APIRouter:
    """The same for programs."""
    api = APIRouter(prefix="/api", tags=["judgements"])

    @api.get("/judgements")
    def judgements() -> list[Entry]:
        """Every judgement, oldest first, and what became of it."""
        return ledger(str(desk.path))

    @api.post("/judge", status_code=201, responses=REFUSED)
    def judge(given: Given) -> Counted:
        """Overrule what was concluded, with name and reason; `withdraw` takes a judgement back."""
        kept = _give(desk, given)
        found = changes(kept.before, kept.after)
        before = [claim.id for change in found for claim in change.before]
        after = [claim.id for change in found for claim in change.after]
        return Counted(kept.judgement, before, after, list(kept.problems))

    return api


def _give(desk: Desk, given: Given) -> Kept:
    wanted = sides_of(given.verb)
    if len(given.what) != wanted or len(set(given.what)) < wanted or not all(map(str.strip, given.what)):
        raise InputError(f"{given.verb} takes {'one thing' if wanted == 1 else 'two different things'}")
    if not given.by.strip() or not given.note.strip():
        raise InputError("say who decides it and why")
    return give(str(desk.path), VERBS[given.verb], given.what, given.by, given.note, story=given.story)


def _entry(judgement: Judgement, state: str) -> dict[str, Any]:
    return {
        "id": judgement.id,
        "said": in_words(judgement),
        "sides": list(sides(judgement)),
        "state": clean(state),
        "stands": state != "withdrawn" and judgement.withdraws is None,
    }


def _told(kept: Kept) -> dict[str, Any]:
    left, right = shown(kept.before), shown(kept.after)
    found = [
        (list(counted_claims(left, change.before)), list(counted_claims(right, change.after)))
        for change in changes(kept.before, kept.after)
    ]
    return {
        "entry": _entry(kept.judgement, "kept"),
        "found": found,
        "problems": [clean(problem.message) for problem in kept.problems],
        "to": address(kept.after.story),
    }
