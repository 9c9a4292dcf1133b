from __future__ import annotations

import pytest

from ondit.reading.figures import Figure
from ondit.reading.roster import Roster
from readingfakes import cast, report, span_of


def name(figure: Figure | None) -> str | None:
    return figure.name if figure else None


def test_outlet_that_publishes_comes_first() -> None:
    roster = Roster(report("It rained.", outlet="The Tide"))
    assert [(f.name, f.kind, f.start) for f in roster.figures] == [("The Tide", "outlet", -1)]


def test_report_of_no_outlet_is_this_report() -> None:
    assert Roster(report("It rained.", outlet=None)).publisher.name == "this report"


def test_state_media_that_publish_belong_to_their_state_without_words_of_the_report() -> None:
    roster = Roster(report("It rained.", outlet="Tass"))
    publisher = roster.publisher
    assert (publisher.kind, publisher.basis) == ("state_media", [])
    assert publisher.principal is not None
    assert roster.figures[publisher.principal].name == "Russia"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Ada Quill", "Ada Quill"),
        ("the Ada Quill", "Ada Quill"),
        ("Quill", "Ada Quill"),
        ("HPA", "Hallow Port Authority"),
        ("Russian", "Russia"),
        ("Moscow", "Russia"),
        ("The Tide", "The Tide"),
        ("Anna Quill", None),
        ("Low", None),
        ("", None),
    ],
)
def test_known_by_name_part_initials_or_register(asked: str, expected: str | None) -> None:
    roster = cast("Ada Quill of the Hallow Port Authority went to Russia.")
    assert name(roster.known(asked)) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("He left Merrow Police. It was for Merrow Police.", "Merrow Police", "Merrow Police"),
        ("It burns in Karsenia. It was the Karsenian army.", "Karsenian", "Karsenia"),
        ("It went to the company.", "the company", "the company"),
        ("Low Storage burns. It was for the company.", "the company", "Low Storage"),
        ("It was a French ship.", "French", "France"),
        ("It was for fun.", "fun", None),
    ],
)
def test_body_by_name_adjective_or_role(text: str, words: str, expected: str | None) -> None:
    roster = cast(text)
    assert name(roster.body(words, span_of(text, words))) == expected


def test_ids_depend_on_the_report_and_the_name_alone() -> None:
    one, two = (cast("Ada Quill left.") for _ in range(2))
    assert [one.agent(f) for f in one.figures] == [two.agent(f) for f in two.figures]
    assert len({one.agent(f) for f in one.figures}) == len(one.figures)
