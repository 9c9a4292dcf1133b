"""Judgements in words, and what they changed."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

import judgedstory as story
import strategies
from judgedstory import judged, words
from ondit.pipeline import trace
from ondit.records import Agent, Claim, Document, Evidence, Judgement, Origins, Span, Statement, Trace
from ondit.telling.judged import Change, changes, tell_kept, tell_ledger
from ondit.telling.reasons import tell_reasons
from ondit.telling.tree import plain, shown, tell
from ondit.tracing.explain import explain_in

ONE = judged("same agent", [words("r1", "The harbour master")], [words("r2", "Commander Hale")])
BEFORE, AFTER = trace(story.readings(), "s"), trace(story.readings(), "s", [ONE])


def counted(ident: str, stmts: str, stated: tuple[str, ...], hi: int) -> Claim:
    said = tuple(Statement(s, "r1", (Span(0, 3),), ("a",)) for s in stmts)
    return Claim(ident, Evidence("r1", Span(0, 3), ""), said, {"affirm": Origins(stated, 1, hi, 2)})


def small(*claims: Claim, name: str = "Ann") -> Trace:
    return Trace("s", (Document("r1", "Ann said so."),), (Agent("a", name, "person"),), claims)


def test_only_what_is_counted_otherwise_has_changed() -> None:
    same, fewer, other = (
        counted("c1", "s", ("a",), 2),
        counted("c2", "tu", ("a",), 2),
        counted("c2", "tu", ("a",), 1),
    )
    assert changes(small(same, fewer), small(same, other)) == (Change((fewer,), (other,)),)
    assert changes(small(same), small(same)) == ()


def test_claims_that_were_joined_or_split_are_matched_by_their_statements() -> None:
    one, two, both = (
        counted("c1", "s", ("a",), 1),
        counted("c2", "t", ("a",), 1),
        counted("c3", "st", ("a",), 1),
    )
    assert changes(small(one, two), small(both)) == (Change((one, two), (both,)),)
    assert changes(small(both), small(one, two)) == (Change((both,), (one, two)),)


def test_another_id_for_the_same_name_is_no_change_and_another_name_is() -> None:
    one = counted("c1", "s", ("a",), 1)
    moved = replace(one, origins={"affirm": Origins(("b",), 1, 1, 2)})
    ann = replace(small(moved), agents=(Agent("b", "Ann", "person"),))
    bo = replace(small(moved), agents=(Agent("b", "Bo", "person"),))
    assert changes(small(one), ann) == ()
    assert changes(small(one), bo) == (Change((one,), (moved,)),)


def test_a_judgement_is_told_with_its_words_and_the_counts_before_and_after() -> None:
    out = plain(tell_kept(ONE, BEFORE, AFTER, changes(BEFORE, AFTER)), 100)
    assert f"{ONE.id}  one agent: judged by Ada on 2031-05-02: I asked\n" in out
    assert "├── “The harbour master” [r1]\n├── and “Commander Hale” [r2]\n" in out
    assert "2 changes of the counts\nbefore\n" in out
    for line in (
        "3 reports, 1 to 2 origins (The harbour master, Hale)",
        "3 reports, 1 origin (The harbour master)",
    ):
        assert line in out


def test_a_judgement_that_changes_no_count_says_so() -> None:
    assert plain(tell_kept(ONE, BEFORE, BEFORE, ())).endswith("no count changes\n")


def test_the_ledger_tells_what_became_of_each() -> None:
    out = plain(tell_ledger([(ONE, "holds"), (story.withdrawal(ONE), "withdrawn")]), 100)
    assert f"takes back {ONE.id}: judged by Ada on 2031-05-02: I was wrong" in out
    assert out.endswith("└── withdrawn\n2 judgements\n")


def test_reasons_of_a_claim_end_with_what_was_judged() -> None:
    (claim,) = changes(BEFORE, AFTER)[0].after
    out = plain(tell_reasons(shown(AFTER), claim, [explain_in(AFTER, claim.id)]), 100)
    assert "as analysts judged\n└── one agent: judged by Ada on 2031-05-02: I asked\n" in out
    assert "“Commander Hale” [r2]" in out


def test_the_tree_says_which_derivation_an_analyst_asserted() -> None:
    found = trace(story.readings(), "s", [judged("derivation", [words("r3")], [words("r1")])])
    out = plain(tell(found), 120)
    assert "The Post [r3] used The Tide [r1]: rewrite, judged by Ada: I asked" in out


@settings(max_examples=25)
@given(data=st.data(), found=strategies.traces())
def test_whatever_was_noted_is_shown_without_what_a_terminal_obeys(data: st.DataObject, found: Trace) -> None:
    made: list[Judgement] = data.draw(st.lists(strategies.judgements(found.documents), max_size=2))
    out = plain(tell_ledger([(one, "holds") for one in made]))
    assert {unicodedata.category(char) for char in out if char != "\n"} & {"Cc", "Cs"} == set()


@settings(max_examples=25)
@given(found=strategies.traces())
def test_nothing_changes_from_a_trace_to_itself(found: Trace) -> None:
    assert changes(found, found) == ()
