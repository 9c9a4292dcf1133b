from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ondit.records import Claim, Reading
from ondit.tracing.agents import join
from ondit.tracing.alignment import KEPT, compared
from ondit.tracing.claims import DENIES, SURE, align, core, denied, gist, without_addressed
from ondit.tracing.linkage import Scored
from ondit.tracing.points import points
from readingfakes import read
from tracingfakes import Made, reading, through

FELL = "The old crane fell into Merrow harbour on Monday"
DID_NOT = "The old crane did not fall into Merrow harbour on Monday"


def claims(*readings: Reading) -> tuple[Claim, ...]:
    agents, mapping = join(readings)
    return align(compared(without_addressed(readings, agents, mapping)), mapping)


def scored(*pairs: tuple[int, int, float]) -> Scored:
    rows, columns, score = zip(*pairs, strict=True) if pairs else ((), (), ())
    return Scored(np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64), np.array(score))


# ---------------------------------------------------------------- grouping


def test_same_words_are_one_claim() -> None:
    (claim,) = claims(reading("r1", says=[(FELL,)]), reading("r2", says=[(FELL,)]))
    assert {stmt.document for stmt in claim.statements} == {"r1", "r2"}
    assert all(stmt.sure for stmt in claim.statements)


def test_what_shares_nothing_is_two_claims() -> None:
    found = claims(reading("r1", says=[(FELL,)]), reading("r2", says=[("Lemons are cheaper this spring",)]))
    assert [len(claim.statements) for claim in found] == [1, 1]


def test_every_statement_is_in_one_claim() -> None:
    story = [reading(f"r{nr}", says=[(FELL,), ("Nine men were hurt there",), (DID_NOT,)]) for nr in range(3)]
    ids = [stmt.id for claim in claims(*story) for stmt in claim.statements]
    assert sorted(ids) == sorted(stmt.id for r in story for stmt in r.statements)


def test_what_a_clause_affirms_and_what_it_denies_are_two_claims() -> None:
    clause = read("The old crane fell on Monday night, not on Sunday night.")
    _, mapping = join([clause])
    alike = np.array([0.99])
    places = np.array([0]), np.array([1])
    pairs = replace(compared([clause]), rows=places[0], columns=places[1], chance=alike, contrary=alike > 1)
    assert [len(claim.statements) for claim in align(pairs, mapping)] == [1, 1]


def test_story_without_statements_has_no_claims() -> None:
    assert claims() == claims(reading("r1")) == ()


def test_id_depends_on_what_is_said_alone() -> None:
    story = [reading("r1", says=[(FELL,)]), reading("r2", says=[(FELL,)])]
    assert [c.id for c in claims(*story)] == [c.id for c in claims(*reversed(story))]


def test_what_is_decided_overrules_every_score() -> None:
    story = [
        reading(f"r{nr}", says=[(words,)]) for nr, words in enumerate((FELL, FELL, "Lemons are cheaper"))
    ]
    _, mapping = join(story)
    first, second, other = (r.statements[0].id for r in story)
    found = align(compared(story), mapping, same=[(other, first)], different=[(second, first)])
    assert [[s.document for s in claim.statements] for claim in found] == [["r0", "r2"], ["r1"]]


def test_statement_that_is_decided_to_say_what_it_says_is_as_before() -> None:
    story = [reading(f"r{nr}", says=[(FELL,)]) for nr in range(2)]
    _, mapping = join(story)
    (one,) = story[0].statements
    pairs = compared(story)
    assert align(pairs, mapping, same=[(one.id, one.id)]) == align(pairs, mapping)


# ------------------------------------------------------------------ denials


def test_denial_joins_the_claim_that_it_denies() -> None:
    known = scored((0, 1, 0.9), (0, 2, DENIES + 0.1), (2, 3, DENIES - 0.1))
    groups = denied(known, np.array([0, 0, 1, 2]), ["affirm", "affirm", "deny", "affirm"])
    assert groups.tolist() == [0, 0, 0, 1]


def test_denial_that_comes_first_joins_too() -> None:
    groups = denied(scored((0, 2, DENIES)), np.array([0, 1, 2]), ["deny", "affirm", "affirm"])
    assert groups.tolist() == [0, 1, 0]


def test_every_score_that_lets_a_denial_join_is_kept() -> None:
    assert KEPT <= DENIES <= SURE


def test_denial_of_what_nobody_says_stays_alone() -> None:
    assert denied(scored((0, 1, DENIES / 2)), np.array([0, 1]), ["affirm", "deny"]).tolist() == [0, 1]


def test_denial_like_one_that_has_joined_joins_its_claim() -> None:
    known = scored((0, 1, DENIES), (1, 2, DENIES))
    assert denied(known, np.array([0, 1, 2]), ["affirm", "deny", "deny"]).tolist() == [0, 0, 0]


def test_denial_never_joins_what_it_was_parted_from() -> None:
    known = scored((0, 2, 0.9), (1, 2, -np.inf))
    assert denied(known, np.array([0, 0, 1]), ["affirm", "affirm", "deny"]).tolist() == [0, 0, 1]


def test_claim_and_its_denial_are_one_claim_with_two_stances() -> None:
    (claim,) = claims(*(reading(f"r{nr}", says=[(FELL if nr else DID_NOT,)]) for nr in range(3)))
    assert sorted(stmt.stance for stmt in claim.statements) == ["affirm", "affirm", "deny"]


def test_claim_that_everybody_words_with_not_is_affirmed() -> None:
    (claim,) = claims(reading("r1", says=[(DID_NOT,)]), reading("r2", says=[(DID_NOT,)]))
    assert {stmt.stance for stmt in claim.statements} == {"affirm"}


# -------------------------------------------------------------------- doubt


@pytest.mark.parametrize(
    ("size", "known", "sure"),
    [
        (1, scored(), [True]),
        (3, scored((0, 1, SURE), (1, 2, SURE)), [True, True, True]),
        (3, scored((0, 1, SURE), (1, 2, SURE - 0.1)), [True, True, False]),
        (3, scored((1, 2, SURE)), [False, True, True]),
        (2, scored((0, 1, SURE - 0.1)), [True, False]),
    ],
)
def test_sure_are_those_held_together_by_sure_scores(size: int, known: Scored, sure: list[bool]) -> None:
    assert core(known, np.zeros(size, dtype=np.int64), np.ones(size, dtype=np.int64)).tolist() == sure


def test_of_equal_parts_that_told_through_most_hands_is_sure() -> None:
    known = scored((0, 1, SURE - 0.1))
    assert core(known, np.zeros(2, dtype=np.int64), np.array([1, 3])).tolist() == [False, True]


def test_nothing_outside_a_group_makes_its_members_sure() -> None:
    known = scored((0, 1, SURE), (1, 3, SURE))
    assert core(known, np.array([0, 1, 0, 0]), np.ones(4, dtype=np.int64)).tolist() == [
        True,
        True,
        False,
        False,
    ]


def test_gist_is_the_clearest_statement() -> None:
    said = [FELL, "So it fell", f"Was it that {FELL}?"]
    story = [reading(f"r{nr}", says=[(words,)]) for nr, words in enumerate(said)]
    assert gist(points(story)).statement.document == "r0"


def test_gist_has_no_number_that_nobody_shares() -> None:
    said = [
        "17 people were killed in the harbour fire and 11 hurt",
        "17 people were killed on the pier",
        "in the harbour fire died 17 people",
    ]
    story = [reading(f"r{nr}", says=[(words,)]) for nr, words in enumerate(said)]
    assert gist(points(story)).statement.document != "r0"
    assert gist(points(story[:1])).statement.document == "r0"


def test_gist_is_never_the_words_of_a_denial_where_somebody_affirms() -> None:
    said = [(FELL,), *[(DID_NOT,)] * 3]
    (claim,) = claims(*(reading(f"r{nr}", says=[words]) for nr, words in enumerate(said)))
    assert sorted(s.stance for s in claim.statements) == ["affirm", "deny", "deny", "deny"]
    assert claim.gist.document == "r0"


def test_gist_shows_its_words() -> None:
    (claim,) = claims(reading("r1", says=[(FELL,)]))
    assert (claim.gist.document, claim.gist.span) == ("r1", claim.statements[0].spans[0])


# ------------------------------------------------------------------- chains


def test_chain_is_told_in_the_storys_agents() -> None:
    quill: list[Made] = [("Ada Quill", "person")]
    story = [
        reading("r1", agents=quill, says=[(FELL, "Ada Quill")]),
        reading("r2", agents=[("Quill", "person")], says=[(FELL, "Quill")]),
    ]
    agents, mapping = join(story)
    (claim,) = align(compared(without_addressed(story, agents, mapping)), mapping)
    assert {stmt.chain[0] for stmt in claim.statements} == {mapping["r1-Ada Quill"]}
    assert all(stmt.chain == tuple(h.agent for h in stmt.holders) for stmt in claim.statements)


def test_agent_that_stands_twice_in_a_chain_is_one_link() -> None:
    agents: list[Made] = [("Ada Quill", "person"), ("Quill", "person"), ("Ravna", "outlet")]
    story = [reading("r1", agents=agents, says=[(FELL, "Ada Quill", "Ravna", "Quill")])]
    _, mapping = join(story)
    (claim,) = claims(*story)
    assert claim.statements[0].chain == (mapping["r1-Ravna"], mapping["r1-Quill"], mapping["r1-The r1"])


def test_whoever_was_told_and_is_no_outlet_is_no_link() -> None:
    agents: list[Made] = [("Ada Quill", "person"), ("Anna Low", "person")]
    story = [
        through(reading("r1", agents=agents, says=[(FELL, "Ada Quill", "Anna Low")]), "citing", "credit")
    ]
    _, mapping = join(story)
    (claim,) = claims(*story)
    assert mapping["r1-Anna Low"] not in claim.statements[0].chain
