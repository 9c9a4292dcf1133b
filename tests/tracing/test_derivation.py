from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from ondit.records import Block, Derivation, Evidence, Method, Passage, PassageKind, Reading, Span
from ondit.tracing.agents import join
from ondit.tracing.derivation import derivations
from tracingfakes import naming, reading, through

EARLY, LATE = "2031-05-01T08:00:00Z", "2031-05-01T09:00:00Z"
FELL = "The old crane fell into Merrow harbour on Monday"


def derived(
    *readings: Reading, passages: Sequence[Passage] = (), **how: Any
) -> tuple[tuple[Derivation, ...], tuple[Derivation, ...]]:
    _, mapping = join(readings)
    return derivations(readings, mapping, passages, **how)


def pair(drv: Derivation) -> tuple[str, str, str]:
    return drv.child, drv.parent, drv.kind


def tide(published: str | None = EARLY, id: str = "r1", words: str = FELL) -> Reading:
    return reading(id, "The Tide", says=[(words,)], published=published)


def echo(published: str | None = LATE, method: Method | None = None) -> Reading:
    """A report of The Echo; with a method, it says that it has it from The Tide."""
    if method is None:
        return reading("r2", "The Echo", says=[(FELL,)], published=published)
    quoting = reading("r2", "The Echo", [("The Tide", "outlet")], [(FELL, "The Tide")], published=published)
    return through(quoting, method)


def shared(words: int = 20, kind: PassageKind = "prose", size: int = 10) -> Passage:
    return Passage("r1", Span(0, size), "r2", Span(0, size), words, kind)


# ---------------------------------------------------------------- credited


def test_chain_through_another_outlet_of_the_story_is_a_credit() -> None:
    ((drv,), undirected) = derived(tide(), echo(method="tagger"))
    assert (pair(drv), drv.stated, drv.directed) == (("r2", "r1", "credit"), True, True)
    assert [e.document for e in drv.evidence] == ["r2"]
    assert undirected == ()


def test_quoting_in_a_block_is_a_block_quotation() -> None:
    ((drv,), _) = derived(tide(), echo(method="block"))
    assert pair(drv) == ("r2", "r1", "block quotation")


def test_outlet_named_as_a_source_is_credited() -> None:
    naming_tide = naming(reading("r2", "The Echo", [("The Tide", "outlet")], [(FELL,)]), "The Tide")
    ((drv,), _) = derived(tide(None), naming_tide)
    assert (pair(drv), drv.evidence[0].span) == (("r2", "r1", "credit"), Span(0, 1))


def test_outlet_named_in_passing_is_credited() -> None:
    words = "As The Tide had it, the crane in Merrow harbour was old"
    child = reading("r2", "The Echo", says=[(words,)], published=LATE)
    blocks = (Block("paragraph", Span(0, len(words))),)
    child = replace(child, document=replace(child.document, blocks=blocks))
    ((drv,), _) = derived(tide(), child)
    assert (pair(drv), drv.evidence[0].span) == (("r2", "r1", "credit"), Span(7, 11))


def test_thin_details_are_enough_for_an_outlet_and_its_own_report() -> None:
    later = reading("r2", "The Tide", says=[(FELL,)], published=LATE)
    thin = [("r1", "r2", (Evidence("r2", Span(0, 5), "rare"),))]
    ((drv,), undirected) = derived(tide(), later, doubtful=thin)
    assert (pair(drv), undirected) == (("r2", "r1", "rewrite"), ())


def test_outlet_that_names_itself_derives_from_nothing() -> None:
    assert derived(naming(tide(), "The Tide")) == ((), ())


def test_credit_goes_to_the_report_that_shares_most_words() -> None:
    other = tide(EARLY, "r0", "Lemons are cheaper this spring")
    ((drv,), _) = derived(other, tide(), echo(method="tagger"))
    assert drv.parent == "r1"


@pytest.mark.parametrize(
    ("parent", "child"),
    [(LATE, EARLY), ("2031-05-02", "2031-05-01"), ("2031-05-01T08:00:00Z", "2031-05-01T09:00:00+02:00")],
)
def test_nobody_has_it_from_a_later_report(parent: str, child: str) -> None:
    assert derived(tide(parent), echo(child, "tagger")) == ((), ())


@pytest.mark.parametrize(
    ("parent", "child"),
    [(None, None), (EARLY, None), (None, EARLY), (EARLY, "yesterday"), (EARLY, "2031-05-01")],
)
def test_credit_needs_no_times(parent: str | None, child: str | None) -> None:
    ((drv,), _) = derived(tide(parent), echo(child, "tagger"))
    assert pair(drv) == ("r2", "r1", "credit")


# ------------------------------------------------------------------- silent


def test_shared_prose_makes_the_later_report_a_rewrite() -> None:
    ((drv,), undirected) = derived(tide(), echo(), passages=[shared()])
    assert (pair(drv), drv.stated, undirected) == (("r2", "r1", "rewrite"), False, ())
    assert [(e.document, e.span) for e in drv.evidence] == [("r1", Span(0, 10)), ("r2", Span(0, 10))]


def test_mostly_shared_prose_makes_a_copy() -> None:
    ((drv,), _) = derived(tide(), echo(), passages=[shared(size=len(FELL))])
    assert drv.kind == "copy"


def test_direction_follows_time_not_id() -> None:
    ((drv,), _) = derived(tide(LATE), echo(EARLY), passages=[shared()])
    assert (drv.child, drv.parent) == ("r1", "r2")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (None, None),
        (EARLY, None),
        (EARLY, EARLY),
        (EARLY, "2031-05-01"),
        ("2031-05-01T10:00:00+02:00", EARLY),
        ("1 May 2031", LATE),
        ("9999-12-31", EARLY[:4]),
    ],
)
def test_without_times_that_tell_a_rewrite_has_no_direction(one: str | None, two: str | None) -> None:
    directed, (drv,) = derived(tide(one), echo(two), passages=[shared()])
    assert (directed, drv.child, drv.parent, drv.directed) == ((), "r1", "r2", False)


@pytest.mark.parametrize("kind", ["quotation", "boilerplate"])
def test_shared_quotations_and_boilerplate_derive_nothing(kind: PassageKind) -> None:
    assert derived(tide(), echo(), passages=[shared(60, kind)]) == ((), ())


def test_few_shared_words_derive_nothing() -> None:
    assert derived(tide(), echo(), passages=[shared(8)]) == ((), ())
    assert derived(tide(), echo(), passages=[shared(6), shared(7)]) == ((), ())


def test_passages_of_other_stories_are_nothing() -> None:
    other = Passage("r1", Span(0, 9), "r9", Span(0, 9), 40, "prose")
    assert derived(tide(), echo(), passages=[other]) == ((), ())


WORDS = (Evidence("r1", Span(0, 9), "34 men"), Evidence("r2", Span(0, 9), "34 men"))


def test_shared_rare_details_make_a_silent_rewrite() -> None:
    ((drv,), _) = derived(tide(), echo(), details=[("r2", "r1", WORDS)])
    assert (pair(drv), drv.evidence) == (("r2", "r1", "rewrite"), WORDS)


def test_doubtful_details_never_get_a_direction() -> None:
    directed, (drv,) = derived(tide(), echo(), doubtful=[("r2", "r1", WORDS)])
    assert (directed, drv.directed, drv.child, drv.parent) == ((), False, "r1", "r2")


def test_what_is_stated_needs_no_silent_evidence() -> None:
    found = derived(
        tide(),
        echo(method="tagger"),
        passages=[shared()],
        details=[("r1", "r2", WORDS)],
        doubtful=[("r1", "r2", WORDS)],
    )
    assert [pair(drv) for drv in found[0]] == [("r2", "r1", "credit")]
    assert found[1] == ()


def siblings(last: str) -> list[tuple[str, str]]:
    """The derivations of a report, one that used it, and one that shares words of `last` with both."""
    first, second = tide(), echo()
    third = reading("r3", "The Post", says=[(last,)], published="2031-05-01T10:00:00Z")
    end = len(last)

    def words(*documents: str) -> tuple[Evidence, ...]:
        return tuple(Evidence(d, Span(0, end if d == "r3" else 9), "shared detail") for d in documents)

    shared = [
        ("r2", "r1", words("r1", "r2")),
        ("r3", "r1", words("r1", "r3")),
        ("r3", "r2", words("r2", "r3")),
    ]
    found, _ = derived(first, second, third, details=shared)
    return [(drv.child, drv.parent) for drv in found]


def test_reports_that_used_the_same_one_did_not_use_each_other() -> None:
    assert siblings("crane harbour Monday") == [("r2", "r1"), ("r3", "r1")]


def test_parent_that_has_more_than_the_earlier_one_is_a_parent_too() -> None:
    assert siblings("seventeen dockers drowned") == [("r2", "r1"), ("r3", "r1"), ("r3", "r2")]


def test_similar_reports_that_share_no_passage_derive_nothing() -> None:
    assert derived(tide(), echo()) == ((), ())
