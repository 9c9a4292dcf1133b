"""For whom somebody speaks, as the words beside a name say it."""

from __future__ import annotations

import pytest

from ondit.reading.serving import alone
from readingfakes import cast, span_of


def served(text: str, name: str) -> str | None:
    """Who is the principal of whom `text` names."""
    found = cast(text)
    (figure,) = (f for f in found.figures if f.name == name)
    return None if figure.principal is None else found.figures[figure.principal].name


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("It sank, said Anna Low, the coastguard's duty commander.", "the coastguard"),
        ("It sank, said coastguard commander Anna Low.", "the coastguard"),
        ("It is late, said club secretary Anna Low.", "the club"),
        ("Anna Low, the government spokeswoman, left.", "the government"),
        ("It was the spokesman of the armed forces, Colonel Anna Low, who left.", "the armed forces"),
        ("Anna Low, who speaks for the army, left.", "the army"),
        ("Anna Low, who runs the Merrow Port Authority, left.", "Merrow Port Authority"),
        ("Ms Anna Low, for the prosecution, left.", "the prosecution"),
        ("It was kept, said Anna Low on behalf of the council.", "the council"),
        ("For the company Ms Anna Low denied it.", "the company"),
        ("The hospital is shut. Its spokesman, Anna Low, left.", "The hospital"),
        ("The bank is safe, said its chief medical officer, Anna Low.", "The bank"),
        ("Low Storage will close. Spokeswoman Anna Low left.", "Low Storage"),
        ("Open Republic will ask the Merrow Court for it, spokeswoman Anna Low said.", "Open Republic"),
        ("The Merrow Police kept quiet. Inspector Anna Low left.", "Merrow Police"),
    ],
)
def test_bodies_by_name_by_noun_and_by_pronoun(text: str, body: str) -> None:
    assert served(text, "Anna Low") == body


@pytest.mark.parametrize(
    "text",
    [
        "Anna Low, a former spokeswoman of the council, left.",
        "Anna Low, a delegate from Hallow, left.",
        "Democratic leader Anna Low left.",
        "The harbour master Anna Low left.",
        "The mayor's adviser Anna Low left.",
        "Anna Low thanked the crew for the cake and left.",
        "The Merrow Bank is shut. The chief executive, a man of few words, left with Anna Low.",
        "Anna Low, president of the choir, left.",
    ],
)
def test_who_left_a_body_or_is_of_a_place_or_a_creed_speaks_for_none(text: str) -> None:
    assert served(text, "Anna Low") is None


def test_lawyer_of_him_who_is_named_in_the_sentence() -> None:
    text = (
        "Thea Quill, who speaks for the bank, denied it.\n"
        "The man held, Radu Low, knows nothing, according to his lawyer, Ada Hale."
    )
    assert served(text, "Ada Hale") == "Radu Low"


def test_suppliers_do_not_speak_for_whom_they_supply() -> None:
    assert (
        served("The hospital is shut. Lumark Systems, the hospital's supplier, denied it.", "Lumark Systems")
        is None
    )


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("the chief executive", True),
        ("Spokeswoman", True),
        ("its longtime press officer", True),
        ("Obama spokesman", False),
        ("the mayor", False),
    ],
)
def test_offices_that_need_a_body(words: str, office: bool) -> None:
    assert alone(words) is office


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "The Russian defence ministry said it fell. The Ukrainian defence ministry denied it.",
            "The Russian defence ministry",
            "The Ukrainian defence ministry",
        ),
        ("Smith's lawyer said so. Brown's lawyer denied it.", "Smith's lawyer", "Brown's lawyer"),
        (
            "The army's spokesman left. The navy's spokesman left.",
            "The army's spokesman",
            "The navy's spokesman",
        ),
    ],
)
def test_described_alike_and_of_two_owners_are_two(text: str, one: str, other: str) -> None:
    found = cast(text)
    figures = [found.source(span_of(text, words)) for words in (one, other)]
    assert None not in figures
    assert figures[0] is not figures[1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Former Tesco boss Ron Hyde said so.", "Ron Hyde"),
        ("It was Det Ch Insp Joan Marsh, of Norfolk Police, who said so.", "Joan Marsh"),
        ("Boeing spokesman Jo Park said so.", "Jo Park"),
        ("Shadow health secretary Amy Poole said so.", "Amy Poole"),
    ],
)
def test_titles_and_offices_are_no_part_of_a_name(text: str, name: str) -> None:
    found = cast(text)
    source = found.source(span_of(text, text[: text.index(name) + len(name)].removeprefix("It was ")))
    assert source is not None
    assert (source.name, source.kind) == (name, "person")


def test_police_of_a_name_are_a_body() -> None:
    text = "West Yorkshire Police said so."
    source = cast(text).source(span_of(text, "West Yorkshire Police"))
    assert source is not None
    assert (source.name, source.kind, source.described) == ("West Yorkshire Police", "organisation", False)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("NASA chief Bill Hart left. The agency said so.", "The agency", "NASA"),
        ("Norfolk Police left. The airline said so.", "The airline", "The airline"),
        ("It was NASA who met the FBI. The agency said so.", "The agency", "The agency"),
    ],
)
def test_agency_is_the_only_body_that_is_named(text: str, words: str, name: str) -> None:
    source = cast(text).source(span_of(text, words))
    assert source is not None
    assert source.name == name


def test_endless_line_of_names_is_read_in_bounded_time() -> None:
    line = "For the club Ann Low said so, and " * 2000
    assert served(line, "Ann Low") == "the club"


def test_blanks_where_a_body_would_stand_are_no_body() -> None:
    assert served("For     Ann Low it was late.", "Ann Low") is None
