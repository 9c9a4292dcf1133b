"""The count at the head of a claim says what its reports do: say it, deny it, or only ask."""

from __future__ import annotations

from dataclasses import replace

from ondit.records import Evidence, Origins, Span
from ondit.telling.dossier import Numbered, claim_view, main_of
from ondit.telling.exports.cited import counted
from ondit.telling.tree import claim_list, plain, shown
from ondit.telling.weight import counts_of, main_count, main_in_words, main_stance
from ondit.tracing.recounts import Recount
from tellingfakes import BURNED, FIRE, TRACE, said

NOBODY = Origins((), 0, 0, 0)
ONE = Origins(("city",), 1, 1, 2)
GIST = Evidence("r1", Span(23, 35), "words of a report")
ASKED = replace(
    FIRE,
    gist=GIST,
    origins={"affirm": NOBODY},
    statements=(
        replace(said("r1", BURNED, "nbc"), stance="question"),
        replace(said("r2", BURNED, "tide"), sure=False),
    ),
)
DENIED = replace(FIRE, origins={"affirm": NOBODY, "deny": ONE})


def test_a_count_of_no_report_is_none() -> None:
    assert counts_of(DENIED) == [("deny", ONE)]
    assert (main_stance(DENIED), main_count(DENIED)) == ("deny", ONE)


def test_what_is_only_denied_says_so() -> None:
    assert main_in_words(DENIED) == "2 reports, 1 origin, as a denial"


def test_what_is_only_asked_says_so() -> None:
    assert main_in_words(ASKED) == "1 report, as a question"


def test_what_nothing_states_has_no_reports() -> None:
    assert main_in_words(replace(FIRE, origins={}, statements=())) == "no reports"


def test_terminal_page_and_exports_use_the_same_words() -> None:
    for claim in (ASKED, DENIED):
        at = shown(replace(TRACE, claims=(claim,)))
        view = claim_view(Numbered.of(at), claim)
        assert f"{view.reports}, {view.origins}" == counted(claim).partition(";")[0] == main_in_words(claim)
        assert main_in_words(claim) in " ".join(plain(claim_list(at.trace), 200).split())


def test_a_recount_never_takes_denials_for_those_who_say_it() -> None:
    left = Recount(FIRE.id, "without", "six", {"deny": ONE})
    assert main_of(left, "affirm") == NOBODY
    assert main_of(left, "deny") == ONE


def test_a_denied_claim_that_nobody_says_has_its_recounts_too() -> None:
    left = Recount(FIRE.id, "without", "six", {"affirm": NOBODY, "deny": ONE})
    denied = replace(DENIED, origins={"affirm": NOBODY, "deny": replace(ONE, reports=3)})
    way = claim_view(Numbered.of(shown(TRACE), [left]), denied, [left]).ways[0]
    assert (way.reports, way.origins, way.more) == ("2 reports", "1 origin, as a denial", "")
