"""`ondit judge` and `ondit judgements`: what an analyst decides, kept in a case and listed.

Documented in docs/reference/cli.md with the other commands; what they do is done in `judging`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import click

from ondit.faces.options import JSON, NAME

if TYPE_CHECKING:
    from ondit.records import JudgementKind

Verb = Literal[
    "same-agent",
    "different-agents",
    "same-claim",
    "different-claims",
    "used",
    "not-used",
    "reject",
    "withdraw",
]

VERBS: dict[Verb, JudgementKind] = {
    "same-agent": "same agent",
    "different-agents": "different agents",
    "same-claim": "same claim",
    "different-claims": "different claims",
    "used": "derivation",
    "not-used": "no derivation",
    "reject": "no attribution",
    "withdraw": "withdrawal",
}
"""What is typed for each kind of judgement."""


def sides_of(verb: Verb) -> int:
    """How many things a judgement is about."""
    return 1 if verb in ("reject", "withdraw") else 2


@click.command()
@click.argument("case_file", metavar="CASE", type=NAME)
@click.argument("verb", metavar="VERB", type=click.Choice(list(VERBS)))
@click.argument("what", metavar="WHAT...", nargs=-1, required=True)
@click.option("--by", required=True, metavar="NAME", help="Who decides it.")
@click.option("--note", required=True, metavar="TEXT", help="Why.")
@click.option("--story", metavar="STORY", help="Only this story of the case; its id or the beginning of it.")
@JSON
def judge(
    case_file: str, verb: Verb, what: tuple[str, ...], by: str, note: str, story: str | None, as_json: bool
) -> None:
    """Overrule what was concluded, with name and reason, and see what changes.

    \b
    same-agent A B         two agents are one         different-agents A B   and are not
    same-claim A B         two claims are one         different-claims A B   and are not
    used CHILD PARENT      a report used another      not-used A B           neither used the other
    reject ATTRIBUTION     nobody says this there     withdraw JUDGEMENT     takes a judgement back

    WHAT is an id of the present trace, or the beginning of one; an agent's name; or REPORT:words.
    """
    from ondit.faces.found import as_line
    from ondit.faces.judging import give
    from ondit.faces.terminal import say_problems, show, width
    from ondit.telling.judged import changes, tell_kept

    if not by.strip() or not note.strip():
        raise click.UsageError("say who decides it (--by NAME) and why (--note TEXT)")
    if len(what) != sides_of(verb):
        raise click.UsageError(f"{verb} takes {'one' if sides_of(verb) == 1 else 'two'} of WHAT")
    if len(set(what)) < len(what):
        raise click.UsageError(f"{what[0]} is named twice; name two things")
    kept = give(case_file, VERBS[verb], what, by, note, story=story)
    found = changes(kept.before, kept.after)
    if as_json:
        line = as_line(judgement=kept.judgement, changes=found, problems=kept.problems)
        sys.stdout.write(line + "\n")
    else:
        show(tell_kept(kept.judgement, kept.before, kept.after, found, width()))
    say_problems(kept.problems)


@click.command()
@click.argument("case_file", metavar="CASE", type=NAME)
@JSON
def judgements(case_file: str, as_json: bool) -> None:
    """List the judgements of a case: who decided what, why, on which words, and whether it holds."""
    from ondit.faces.found import as_line
    from ondit.faces.judging import ledger
    from ondit.faces.terminal import show
    from ondit.telling.judged import tell_ledger

    entries = ledger(case_file)
    if as_json:
        for entry in entries:
            sys.stdout.write(as_line(judgement=entry.judgement, state=entry.state) + "\n")
    else:
        show(tell_ledger([(entry.judgement, entry.state) for entry in entries]))
