"""What a page says of a claim: counts in words, facts at its head, every report's words, recounts."""

from __future__ import annotations

from dataclasses import replace

from ondit.records import Conflict, Evidence, HedgeLoss, Holder, Span, Statement
from ondit.telling.dossier import DIFFERENCES, ClaimView, Numbered, claim_views, hedge_lost
from ondit.telling.tree import shown
from ondit.tracing.origins import with_origins
from ondit.tracing.recounts import recounts
from tellingfakes import BURNED, FIRE, TRACE, said


def views(trace: object = TRACE) -> tuple[ClaimView, ...]:
    found = recounts(trace)  # type: ignore[arg-type]
    return claim_views(Numbered.of(shown(trace), found), found)  # type: ignore[arg-type]


COUNTED = replace(
    TRACE,
    claims=with_origins(TRACE.claims, TRACE.agents, None, TRACE.derivations, TRACE.undirected),
)


def facts(view: ClaimView) -> list[str]:
    return ["".join(bit.text for bit in fact.bits) for fact in view.facts]


def test_the_head_of_a_claim() -> None:
    first, _ = views()
    assert (first.number, first.gist, first.reports, first.origins) == (
        1,
        "“depot burned”",
        "3 reports",
        "1 to 2 origins",
    )
    assert facts(first) == [
        "origin: six officials (anonymous group of 6)",
        "all that is sourced comes through NBC-9",
        "1 report: lineage not recorded",
        "denied: 1 report, 1 origin",
        "raised as a question: 1 report",
        "differs on number 6 against 8: claim 2",
    ]


def test_a_hedge_that_is_lost_is_a_fact_with_its_place() -> None:
    stmt = said("r2", BURNED, "six", "tide", holders=(Holder("six", certainty="possible"), Holder("tide")))
    first = claim_views(Numbered.of(shown(replace(TRACE, claims=(replace(FIRE, statements=(stmt,)),)))))[0]
    fact = next(fact for fact in first.facts if fact.kind == "hedge")
    assert [(bit.text, bit.to) for bit in fact.bits] == [
        ("a hedge is lost: ", ""),
        ("The Tide [r2]", "doc-r2:23-35"),
    ]


def test_a_hedge_lost_between_reports_is_told_with_both_places() -> None:
    sides = (Evidence("r1", Span(0, 4), "possible"), Evidence("r2", Span(23, 35), "certain"))
    loss = HedgeLoss("tide", "s1", "s2", "possible", "certain", "uses that report", sides)
    trace = replace(TRACE, claims=(replace(FIRE, hedges=(loss,)),))
    fact = next(f for f in claim_views(Numbered.of(shown(trace)))[0].facts if f.kind == "hedge")
    assert [bit.to for bit in fact.bits] == ["", "doc-r1:0-4", "doc-r2:23-35"]
    assert [bit.text.split(" in ")[0] for bit in fact.bits] == ["a hedge is lost: ", "possible", "certain"]


def test_a_hedge_that_stays_is_none() -> None:
    holders = (Holder("six", certainty="possible"), Holder("nbc", certainty="possible"))
    assert not hedge_lost(said("r1", BURNED, "six", "nbc", holders=holders))
    assert not hedge_lost(said("r1", BURNED, "six", "nbc"))
    unknown = (Holder("six", certainty="unknown"), Holder("nbc"))
    assert not hedge_lost(said("r1", BURNED, "six", "nbc", holders=unknown))


def test_every_report_stands_with_all_its_words() -> None:
    first, _ = views()
    affirm, deny, question = first.counted
    assert [
        (each.outlet, [(line.who, line.words, line.to) for line in each.lines]) for each in affirm.said
    ] == [
        ("NBC-9", [("six officials (possible) → NBC-9", "“depot burned”", "doc-r1:23-35")]),
        (
            "The Tide",
            [
                ("six officials → NBC-9 → The Tide", "“depot burned”", "doc-r2:23-35"),
                ("in its own voice, used NBC-9 [r1]", "“depot burned”", "doc-r2:23-35"),
            ],
        ),
        ("Blog", [("in its own voice, lineage not recorded", "“depot burned”", "doc-r3:23-35")]),
    ]
    assert (deny.head, deny.count) == ("Who denies it", "1 report, 1 origin")
    assert (question.head, question.count, question.tree) == ("Who asks", "1 report", None)


def test_many_conflicts_are_counted() -> None:
    many = tuple(Conflict(("claim-fire", "claim-alone"), "number", f"{n} against 8") for n in range(7))
    first, _ = views(replace(TRACE, conflicts=many))
    assert len([f for f in first.facts if f.kind == "differs"]) == DIFFERENCES
    assert facts(first)[-1] == "differs on 3 more"


def test_ways_with_one_outcome_stand_together() -> None:
    first, _ = views(COUNTED)
    by_outcome = {(way.reports, way.origins): set(way.labels) for way in first.ways}
    assert "without six officials" in by_outcome["1 report", "lineage not recorded"]
    assert all(way.reports != "no reports" for way in first.ways)


def test_a_way_names_the_rows_that_fall_away() -> None:
    first, _ = views(COUNTED)
    way = next(way for way in first.ways if "without six officials" in way.labels)
    tree = first.counted[0].tree
    assert tree is not None
    assert [tree.rows[number].name for number in way.gone] == ["six officials", "NBC-9", "The Tide"]


def test_a_claim_of_which_nothing_is_left_says_so_by_its_keys() -> None:
    found = recounts(COUNTED)
    numbered = Numbered.of(shown(COUNTED), found)
    alone = claim_views(numbered, found)[1]
    assert numbered.switches["without", "blog"] in alone.nothing


def test_a_statement_without_words_leads_to_its_report() -> None:
    bare = Statement("s", "r1", (), ("nbc",))
    view = claim_views(Numbered.of(shown(replace(TRACE, claims=(replace(FIRE, statements=(bare,)),)))))[0]
    assert view.counted[0].said[0].lines[0].to == "doc-r1"
