from __future__ import annotations

from dataclasses import replace

from ondit.records import Certainty, Claim, Derivation, Document, Evidence, HedgeLoss, Span, Statement
from ondit.tracing.hedges import with_hedges

MAY, IS = Span(0, 8), Span(10, 20)
DOCUMENTS = tuple(Document(f"r{number}", "It may burn. It burns.") for number in (1, 2, 3))


def said(ident: str, document: str, chain: tuple[str, ...], certainty: Certainty) -> Statement:
    return Statement(ident, document, (MAY,), chain, certainty=certainty)


def losses(*statements: Statement, used: tuple[tuple[str, str], ...] = ()) -> tuple[HedgeLoss, ...]:
    derivations = [Derivation(child, parent, "rewrite", True, (), "") for child, parent in used]
    claim = Claim("c", Evidence("r1", MAY, "gist"), statements)
    return with_hedges((claim,), derivations, DOCUMENTS)[0].hedges


HEDGED = said("a", "r1", ("chief", "tide"), "possible")


def test_report_that_is_surer_than_the_one_it_used_dropped_the_hedge() -> None:
    later = said("b", "r2", ("comet",), "certain")
    (loss,) = losses(HEDGED, later, used=(("r2", "r1"),))
    assert (loss.agent, loss.earlier, loss.later) == ("comet", "a", "b")
    assert (loss.was, loss.became, loss.why) == ("possible", "certain", "uses that report")
    assert [(e.document, e.span) for e in loss.evidence] == [("r1", MAY), ("r2", MAY)]


def test_report_that_passes_an_outlet_on_is_held_against_what_that_outlet_wrote() -> None:
    (loss,) = losses(HEDGED, said("b", "r2", ("tide", "comet"), "certain"))
    assert loss.why == "passes that outlet on"


def test_same_origin_told_more_surely_later_is_a_loss_told_earlier_is_none() -> None:
    early, late = (
        said("b", "r1", ("chief", "comet"), "certain"),
        said("b", "r2", ("chief", "comet"), "certain"),
    )
    (loss,) = losses(HEDGED, late)
    assert loss.why == "tells of the same origin"
    assert losses(replace(HEDGED, document="r3"), early) == ()


def test_headline_without_the_hedge_of_its_own_report_is_a_loss() -> None:
    (loss,) = losses(HEDGED, said("b", "r1", ("tide",), "certain"))
    assert (loss.agent, loss.why) == ("tide", "gives that as its source")


def test_two_reports_that_rest_on_different_people_lose_nothing() -> None:
    assert losses(HEDGED, said("b", "r2", ("medic", "comet"), "certain")) == ()


def test_hedge_that_the_used_report_dropped_itself_is_not_dropped_again() -> None:
    headline, later = said("b", "r1", ("tide",), "certain"), said("c", "r2", ("comet",), "certain")
    assert [loss.agent for loss in losses(HEDGED, headline, later, used=(("r2", "r1"),))] == ["tide"]


def test_hedge_that_stays_or_a_denial_is_no_loss() -> None:
    kept = said("b", "r2", ("comet",), "possible")
    denied = replace(said("c", "r3", ("comet",), "certain"), stance="deny")
    assert losses(HEDGED, kept, denied, used=(("r2", "r1"), ("r3", "r1"))) == ()


def test_what_may_be_another_claim_is_left_out() -> None:
    doubtful = replace(said("b", "r2", ("comet",), "certain"), sure=False)
    assert losses(HEDGED, doubtful, used=(("r2", "r1"),)) == ()
