from __future__ import annotations

from random import Random

import pytest

from benchmarks.quality.cascades.__main__ import run
from benchmarks.quality.cascades.phrases import Said, expanded, filled, runs, stock
from benchmarks.quality.cascades.spread import KINDS, Spread
from benchmarks.quality.cascades.written import cascade
from benchmarks.quality.gold import input_lines
from benchmarks.quality.gold_origins import gold_origins

STORY = cascade(50, 1)


def test_same_seed_makes_the_same_story() -> None:
    assert input_lines(cascade(20, 3)) == input_lines(cascade(20, 3))
    assert input_lines(cascade(20, 3)) != input_lines(cascade(20, 4))


def test_story_has_as_many_reports_as_asked_each_of_an_outlet_of_its_own() -> None:
    assert len(STORY.reports) == 50
    assert len({report.outlet for report in STORY.reports.values()}) == 50


def test_mentions_are_words_of_their_reports_and_end_with_the_outlet() -> None:
    for claim in STORY.claims:
        for mention in claim.mentions:
            report = STORY.reports[mention.report]
            assert report.text[mention.start : mention.end].strip(" ,.“”") != ""
            assert mention.chain[-1] == report.outlet
            assert set(mention.chain) <= {*STORY.agents, "unknown"}


def test_parents_come_before_their_children() -> None:
    assert all(int(parent[1:]) < int(child[1:]) for child, parent in STORY.derivations)


def test_every_kind_of_knowing_is_in_a_story() -> None:
    spread = Spread(stock("events")[0], 50, Random(1))
    spread.planned()
    assert [source.kind for source in spread.sources.values()] == list(KINDS)
    assert {plan.mode for plan in spread.plans} == {"own work", "copy", "credited copy", "rewrite", "credit"}


@pytest.mark.parametrize("seed", range(4))
def test_what_two_outlets_have_from_each_other_has_no_stated_origin(seed: int) -> None:
    event = stock("events")[seed % 2]
    spread = Spread(event, 20, Random(f"20 reports, {seed}"))
    loop = next(fact for fact, source in spread.sources.items() if source.kind == "loop")
    story = cascade(20, seed)
    (claim,) = (claim for claim in story.claims if claim.id == loop)
    found = gold_origins(story, claim, "affirm")
    assert (found.lo, found.stated) == (0, frozenset())


def test_reports_that_did_not_use_each_other_share_no_run_of_words() -> None:
    """But for a few sentences for which no other wording was left."""
    related = {frozenset(pair) for pair in STORY.derivations}
    said = {report.id: runs(report.text) for report in STORY.reports.values()}
    parents = {child: {p for c, p in STORY.derivations if c == child} for child in said}
    ancestors = {child: parents[child] | {g for p in parents[child] for g in parents[p]} for child in said}
    apart = [
        (a, b)
        for a in said
        for b in said
        if a < b and frozenset((a, b)) not in related and not ({a, *ancestors[a]} & {b, *ancestors[b]})
    ]
    alike = [pair for pair in apart if said[pair[0]] & said[pair[1]]]
    assert len(alike) < 0.03 * len(apart)


def test_pattern_is_one_of_its_alternatives_with_its_slots() -> None:
    pattern = "[It [rained|poured]|Rain fell] at {time}"
    made = {filled(expanded(pattern, Random(n)), {"time": "6.10"}) for n in range(40)}
    assert made == {"It rained at 6.10", "It poured at 6.10", "Rain fell at 6.10"}


def test_wording_that_was_used_is_not_used_again_while_there_is_another() -> None:
    long = "one two three four five six seven eight"
    wordings = iter([long, long, f"{long} nine", long[::-1]])
    said = Said()
    assert (said.fresh(lambda: next(wordings)), said.fresh(lambda: next(wordings))) == (long, long[::-1])
    assert said.repeated == 0


def test_run_measures_every_claim() -> None:
    found = run(cascade(5, 0))
    assert len(found.pairs) == len(found.naive) == len(found.story.claims)
