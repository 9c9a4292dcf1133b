from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ondit.records import Claim, Reading
from ondit.tracing.agents import join
from ondit.tracing.claims import DENIES, SURE, align, cluster, core, denied, gist
from ondit.tracing.points import points
from tracingfakes import Made, reading, through

FELL = "The old crane fell into Merrow harbour on Monday"
DID_NOT = "The old crane did not fall into Merrow harbour on Monday"


def claims(*readings: Reading) -> tuple[Claim, ...]:
    agents, mapping = join(readings)
    return align(readings, agents, mapping)


def table(size: int, *pairs: tuple[int, int, float]) -> NDArray[np.float64]:
    out = np.zeros((size, size))
    for i, j, score in pairs:
        out[i, j] = out[j, i] = score
    return out


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


def test_story_without_statements_has_no_claims() -> None:
    assert claims() == claims(reading("r1")) == ()


def test_id_depends_on_what_is_said_alone() -> None:
    story = [reading("r1", says=[(FELL,)]), reading("r2", says=[(FELL,)])]
    assert [c.id for c in claims(*story)] == [c.id for c in claims(*reversed(story))]


def test_groups_are_joined_from_the_highest_score_down() -> None:
    scores = table(4, (0, 1, 0.9), (1, 2, 0.6), (0, 2, 0.2), (2, 3, 0.5))
    assert cluster(scores, 0.45) == [[0, 1], [2, 3]]


def test_nothing_is_joined_under_the_threshold() -> None:
    assert cluster(table(3, (0, 1, 0.4)), 0.5) == [[0], [1], [2]]


@given(st.integers(0, 2**16), st.integers(0, 7), st.sampled_from([0.3, 0.5, 0.8]))
def test_groups_are_those_of_average_linkage(seed: int, size: int, threshold: float) -> None:
    half = np.triu(np.random.default_rng(seed).random((size, size)), 1)
    scores = half + half.T
    groups = [[i] for i in range(size)]
    while len(groups) > 1:
        links = {
            (a, b): scores[np.ix_(groups[a], groups[b])].mean() for b in range(len(groups)) for a in range(b)
        }
        (a, b), best = max(links.items(), key=lambda link: link[1])
        if best < threshold:
            break
        groups[a] = sorted(groups[a] + groups.pop(b))
    assert cluster(scores, threshold) == sorted(groups)


# ------------------------------------------------------------------ denials


def test_denial_joins_the_claim_that_it_denies() -> None:
    scores = table(4, (0, 1, 0.9), (0, 2, DENIES + 0.1), (2, 3, DENIES - 0.1))
    groups = denied(scores, [[0, 1], [2], [3]], ["affirm", "affirm", "deny", "affirm"])
    assert groups == [[0, 1, 2], [3]]


def test_denial_of_what_nobody_says_stays_alone() -> None:
    assert denied(table(2, (0, 1, DENIES / 2)), [[0], [1]], ["affirm", "deny"]) == [[0], [1]]


def test_claim_and_its_denial_are_one_claim_with_two_stances() -> None:
    (claim,) = claims(*(reading(f"r{nr}", says=[(FELL if nr else DID_NOT,)]) for nr in range(3)))
    assert sorted(stmt.stance for stmt in claim.statements) == ["affirm", "affirm", "deny"]


def test_claim_that_everybody_words_with_not_is_affirmed() -> None:
    (claim,) = claims(reading("r1", says=[(DID_NOT,)]), reading("r2", says=[(DID_NOT,)]))
    assert {stmt.stance for stmt in claim.statements} == {"affirm"}


# -------------------------------------------------------------------- doubt


@pytest.mark.parametrize(
    ("scores", "sure"),
    [
        (table(1), [True]),
        (table(3, (0, 1, SURE), (1, 2, SURE)), [True, True, True]),
        (table(3, (0, 1, SURE), (1, 2, SURE - 0.1)), [True, True, False]),
        (table(3, (1, 2, SURE)), [False, True, True]),
        (table(2, (0, 1, SURE - 0.1)), [True, False]),
    ],
)
def test_sure_are_those_held_together_by_sure_scores(scores: NDArray[np.float64], sure: list[bool]) -> None:
    assert core(scores, range(len(scores))) == sure


def test_gist_is_the_clearest_statement() -> None:
    said = [FELL, "So it fell", f"Was it that {FELL}?"]
    story = [reading(f"r{nr}", says=[(words,)]) for nr, words in enumerate(said)]
    assert gist(points(story)).statement.document == "r0"


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
    (claim,) = align(story, agents, mapping)
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
