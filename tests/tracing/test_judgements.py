"""Judgements overrule, contradict, lose their words, are taken back: what a trace makes of each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import judgedstory as story
from judgedstory import judged, withdrawal, words
from ondit.errors import InputError
from ondit.pipeline import trace
from ondit.records import Claim, Judgement, JudgementKind, Trace
from ondit.tracing.explain import explain_in
from ondit.tracing.judgements import in_force, judgement, withdrawn

PLAIN = trace(story.readings(), "s")


def after(*judgements: Judgement) -> Trace:
    return trace(story.readings(), "s", judgements)


def names(found: Trace) -> set[str]:
    return {agent.name for agent in found.agents}


def claim_with(found: Trace, report: str, quote: str) -> Claim:
    """The claim that a report states with these words."""
    texts = {d.id: d.text for d in found.documents}
    (claim,) = [
        c
        for c in found.claims
        for s in c.statements
        if s.document == report and quote in texts[report][slice(*s.spans[0])]
    ]
    return claim


def counts(claim: Claim) -> tuple[int, int, int]:
    origins = claim.origins["affirm"]
    return origins.lo, origins.hi, origins.reports


def told(found: Trace) -> list[str]:
    return [p.message for p in found.problems if p.code == "judgement"]


# -------------------------------------------------------------------- agents

ONE = judged("same agent", [words("r1", "The harbour master")], [words("r2", "Commander Hale")])


def test_two_agents_judged_one_are_one_origin() -> None:
    before, found = claim_with(PLAIN, "r1", "nine people"), claim_with(after(ONE), "r1", "nine people")
    assert (counts(before), counts(found)) == ((1, 2, 3), (1, 1, 3))
    assert names(PLAIN) - names(after(ONE)) == {"Hale"}


def test_the_agent_keeps_who_joined_it_and_why() -> None:
    (agent,) = [a for a in after(ONE).agents if "Hale" in a.aliases]
    assert [(e.document, e.why) for e in agent.basis if "Ada" in e.why] == [
        ("r1", "judged by Ada: I asked"),
        ("r2", "judged by Ada: I asked"),
    ]


def test_two_agents_judged_different_are_not_joined_by_their_name() -> None:
    apart = judged("different agents", [words("r2", "Commander Hale")], [words("r3", "Commander Hale")])
    assert len([a for a in PLAIN.agents if "Hale" in a.name]) == 1
    found = [a.name for a in after(apart).agents if "Hale" in a.name]
    assert len(found) == 2


def test_a_mention_is_taken_out_of_an_agent_of_its_own_report() -> None:
    apart = judged("different agents", [words("r3", "Commander Hale")], [words("r3", "Hale added")])
    found = after(apart)
    (safe,), (hurt,) = (
        [s.chain[0] for s in claim_with(found, "r3", quote).statements if s.document == "r3"]
        for quote in ("choir was late", "stones had hurt")
    )
    assert safe != hurt
    assert told(found) == []


def test_an_outlet_is_named_by_its_report() -> None:
    one = judged("same agent", [words("r2")], [words("r3")])
    assert names(PLAIN) - names(after(one)) == {"The Echo"}


# -------------------------------------------------------------------- claims

FERRY = words("r3", "the ferry would run on Friday")
SAFE = words("r3", "the choir was late")
STONES = words("r3", "stones had hurt nine")


def test_two_claims_judged_one_are_joined() -> None:
    found = after(judged("same claim", [FERRY], [SAFE]))
    assert claim_with(found, "r3", "ferry") == claim_with(found, "r3", "choir")
    assert len(found.claims) == len(PLAIN.claims) - 1


def test_statements_judged_different_are_never_in_one_claim() -> None:
    others = [words("r1", "nine people had been hurt"), words("r2", "nine people had been hurt")]
    found = after(judged("different claims", others, [STONES]))
    assert counts(claim_with(found, "r3", "stones had hurt")) == (1, 1, 1)
    assert counts(claim_with(found, "r1", "nine people")) == (1, 2, 2)


# --------------------------------------------------------------- derivations


def pairs(found: Trace) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    return [(d.child, d.parent) for d in found.derivations], [(d.child, d.parent) for d in found.undirected]


def test_a_rejected_derivation_is_gone_whatever_its_direction() -> None:
    assert pairs(PLAIN) == ([("r2", "r1")], [("r2", "r3")])
    apart = judged("no derivation", [words("r1")], [words("r2")])
    assert pairs(after(apart)) == ([], [("r2", "r3")])


def test_an_asserted_derivation_has_the_direction_that_was_judged_and_says_by_whom() -> None:
    found = after(judged("derivation", [words("r3")], [words("r2")]))
    assert pairs(found) == ([("r2", "r1"), ("r3", "r2")], [])
    assert [d.why for d in found.derivations if d.child == "r3"] == ["judged by Ada: I asked"]
    (before,) = PLAIN.undirected
    assert found.derivations[1].evidence == before.evidence


def test_an_asserted_derivation_can_only_lower_the_least_count() -> None:
    found = after(judged("derivation", [words("r3")], [words("r1")]))
    for claim in found.claims:
        before = next(c for c in PLAIN.claims if c.id == claim.id)
        assert counts(claim)[0] <= counts(before)[0]


# -------------------------------------------------------------- attributions


def test_a_rejected_link_leaves_the_rest_of_the_chain() -> None:
    saying, said = words("r3", "Bo Lark"), words("r3", "the ferry would run on Friday")
    found = after(judged("no attribution", [saying], [said]))
    (stmt,) = claim_with(found, "r3", "ferry").statements
    assert [a.name for a in found.agents if a.id in stmt.chain] == ["The Post"]
    assert (stmt.quote_type, len(found.attributions)) == ("none", len(PLAIN.attributions) - 1)


# ------------------------------------------------- withdrawn, overruled, lost

ALL = (
    ONE,
    judged("same claim", [FERRY], [SAFE]),
    judged("derivation", [words("r3")], [words("r1")]),
    judged("no attribution", [words("r3", "Bo Lark")], [FERRY]),
)


def test_no_judgement_changes_nothing() -> None:
    assert after() == PLAIN


def test_all_of_them_hold_and_stand_in_the_trace_in_the_order_in_which_they_were_made() -> None:
    assert (after(*ALL).judgements, told(after(*ALL))) == (ALL, [])


def test_withdrawing_all_gives_the_trace_of_before() -> None:
    assert after(*ALL, *map(withdrawal, ALL)) == PLAIN


def test_a_withdrawal_that_is_withdrawn_withdraws_nothing() -> None:
    back = withdrawal(ONE)
    again = withdrawal(back)
    assert after(ONE, back, again) == after(ONE)
    assert withdrawn((ONE, back, again)) == {back.id}
    assert in_force((ONE, back, again)) == (ONE,)


def test_of_two_that_contradict_the_later_holds_and_the_other_is_told() -> None:
    apart = judged("different agents", ONE.one, ONE.other, by="Bo", note="two men")
    for first, second in ((ONE, apart), (apart, ONE)):
        found = after(first, second)
        assert found.judgements == (second,)
        assert [p.place for p in found.problems if p.code == "judgement"] == [first.id]
        assert replace(found, problems=(), judgements=()) == replace(
            after(second), problems=(), judgements=()
        )


def test_a_contradiction_over_a_third_agent_is_one_too() -> None:
    quill, hale, master = words("r1", "Ada Quill"), words("r2", "Commander Hale"), words("r1", "The harbour")
    chain = [judged("same agent", [quill], [hale]), judged("same agent", [hale], [master])]
    apart = judged("different agents", [quill], [master])
    assert after(apart, *chain).judgements == tuple(chain)
    assert after(*chain, apart).judgements == (chain[1], apart)


def test_of_two_directions_the_later_holds() -> None:
    there = judged("derivation", [words("r3")], [words("r2")])
    back = judged("derivation", [words("r2")], [words("r3")])
    assert after(there, back).judgements == (back,)
    assert told(after(there, back)) == [
        f"judgement of Ada (I asked): overruled by the later {back.id} of Ada"
    ]


def test_a_judgement_whose_words_are_gone_is_told_and_loses_nothing() -> None:
    lost = judged("same claim", [replace(FERRY, quote="the tram would run")], [SAFE])
    found = after(lost, ONE)
    assert found.judgements == (ONE,)
    assert told(found) == [
        "judgement of Ada (I asked): of 'same claim', the words “the tram would run” are not found any more"
    ]
    assert replace(found, problems=()) == replace(after(ONE), problems=())


def test_a_judgement_that_has_lost_some_of_its_words_holds_by_the_others() -> None:
    partly = replace(
        ONE, one=(*ONE.one, words("r1", "Ada Quill"), replace(ONE.one[0], document="r9", url=None))
    )
    found = after(partly)
    assert (found.judgements, len(told(found))) == ((partly,), 1)


@pytest.mark.parametrize(
    ("kind", "one", "other", "why"),
    [
        ("same claim", SAFE, words("r3", "added"), "nothing is read at its words now"),
        ("different claims", SAFE, words("r3", "the choir"), "both sides are read as one here"),
        ("derivation", words("r3"), words("r3"), "its two reports are one here"),
        ("no attribution", words("r3", "Bo Lark"), SAFE, "nobody is read as saying these words any more"),
    ],
)
def test_a_judgement_that_has_nothing_to_decide_says_so(
    kind: JudgementKind, one: story.Anchor, other: story.Anchor, why: str
) -> None:
    found = after(judged(kind, [one], [other]))
    assert told(found) == [f"judgement of Ada (I asked): {why}"]
    assert replace(found, problems=()) == replace(PLAIN, problems=())


def test_judgements_hold_when_a_report_is_added() -> None:
    some = trace(story.readings()[:2], "s", [ONE])
    assert (some.judgements, after(ONE).judgements) == ((ONE,), (ONE,))


@pytest.mark.parametrize(("by", "note"), [("", "why"), ("  ", "why"), ("Ada", ""), ("Ada", "\n")])
def test_a_judgement_has_a_name_and_a_reason(by: str, note: str) -> None:
    with pytest.raises(InputError, match="name of who makes it and a note"):
        judgement("same agent", by, story.AT, note)


def test_of_many_words_only_those_that_a_later_judgement_contradicts_are_left_out() -> None:
    many = judged("same claim", [FERRY], [SAFE, STONES])
    apart = judged("different claims", [STONES], [FERRY, SAFE])
    found = after(many, apart)
    assert claim_with(found, "r3", "ferry") == claim_with(found, "r3", "choir")
    assert claim_with(found, "r3", "ferry") != claim_with(found, "r3", "stones")
    assert (found.judgements, len(told(found))) == ((many, apart), 1)


# ------------------------------------------------------------------- explained


def test_explain_names_the_judgements_that_bear_on_a_claim_and_no_others() -> None:
    found = after(*ALL)
    ferry, hurt = claim_with(found, "r3", "ferry"), claim_with(found, "r1", "nine people")
    assert [r.judgement for r in explain_in(found, ferry.id).rulings] == [ALL[0], ALL[1], ALL[3]]
    assert [r.judgement for r in explain_in(found, hurt.id).rulings] == [ALL[0], ALL[2]]


# ------------------------------------------------------------- for every ledger

SPOTS = {
    "agent": [
        words("r1", "Ada Quill"),
        words("r1", "The harbour"),
        words("r2"),
        words("r2", "Ada Quill"),
        words("r2", "Commander Hale"),
        words("r3"),
        words("r3", "Commander Hale"),
        words("r3", "Hale added"),
    ],
    "claim": [
        FERRY,
        SAFE,
        STONES,
        words("r1", "the old bridge"),
        words("r1", "nine people"),
        words("r2", "The old bridge"),
        words("r3", "Bridge closed"),
    ],
    "report": [words("r1"), words("r2"), words("r3")],
}
KINDS: dict[JudgementKind, str] = {
    "same agent": "agent",
    "different agents": "agent",
    "same claim": "claim",
    "different claims": "claim",
    "derivation": "report",
    "no derivation": "report",
}


@st.composite
def decisions(draw: st.DrawFn) -> Judgement:
    kind = draw(st.sampled_from(sorted(KINDS)))
    spots = SPOTS[KINDS[kind]]
    one, other = draw(st.permutations(range(len(spots))))[:2]
    return judged(kind, [spots[one]], [spots[other]], note=draw(st.sampled_from(["I asked", "seen"])))


ledgers = st.lists(decisions(), max_size=5, unique_by=lambda j: j.id)


@settings(max_examples=25, deadline=None)
@given(ledger=ledgers)
def test_withdrawing_every_one_restores_every_id(ledger: list[Judgement]) -> None:
    assert after(*ledger, *map(withdrawal, ledger)) == PLAIN


@settings(max_examples=25, deadline=None)
@given(ledger=ledgers, data=st.data())
def test_what_does_not_contradict_may_be_judged_in_any_order(
    ledger: list[Judgement], data: st.DataObject
) -> None:
    of_reports = [frozenset(a.document for a in (*j.one, *j.other)) for j in ledger if "deriv" in j.kind]
    assume(len(set(of_reports)) == len(of_reports))
    found = after(*ledger)
    assume(found.judgements == tuple(ledger))
    mixed = data.draw(st.permutations(ledger))
    assert replace(after(*mixed), judgements=()) == replace(found, judgements=())
    assert after(*mixed).judgements == tuple(mixed)


@settings(max_examples=25, deadline=None)
@given(ledger=ledgers)
def test_every_judgement_holds_or_is_told(ledger: list[Judgement]) -> None:
    found = after(*ledger)
    problems = [p.place for p in found.problems if p.code == "judgement"]
    assert sorted([*problems, *(j.id for j in found.judgements)]) == sorted(j.id for j in ledger)
