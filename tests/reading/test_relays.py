from __future__ import annotations

import pytest

from ondit.reading.levels import Level
from ondit.reading.relays import cited, passed_on, quoted_by, quoted_passive, rumoured
from readingfakes import Said, level, report, told, words_at


def levels(text: str, *said: Said) -> list[Level]:
    return [level(text, s) for s in said]


def around(lv: Level, text: str) -> str:
    return words_at(text, lv.parent.source) if lv.parent else ""


# ------------------------------------------------------------------- citing


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ravna, citing six officials, said the crane was old.", "the crane was old"),
        ("The crane was old, Ravna said, quoting six officials.", "The crane was old"),
    ],
)
def test_whoever_is_cited_says_it_inside_the_citer(text: str, content: str) -> None:
    cue = "citing" if "citing" in text else "quoting"
    found = cited(text, levels(text, ("Ravna", "said", content), ("Ravna", cue, "six officials")))
    assert told(text, found) == [("Ravna", "said", content), ("six officials", cue, content)]
    assert [(around(lv, text), lv.holds, lv.method) for lv in found] == [
        ("", False, "tagger"),
        ("Ravna", True, "citing"),
    ]


def test_cited_as_saying_stands_inside_the_citer() -> None:
    text = "Ravna cited the mayor as saying the crane was old."
    found = cited(text, levels(text, ("the mayor", "cited", "the crane was old")))
    assert [(words_at(text, lv.source), around(lv, text)) for lv in found] == [
        ("the mayor", "Ravna"),
        ("Ravna", ""),
    ]


@pytest.mark.parametrize(
    "said",
    [
        ("the Port Office", "Quoting", "Ravna said the crane was old"),
        ("", "Quoting", "the Port Office, Ravna said the crane was old"),
    ],
)
def test_who_is_quoted_before_the_speaker_stands_inside_him(said: Said) -> None:
    text = "Quoting the Port Office, Ravna said the crane was old."
    found = cited(text, levels(text, said))
    assert told(text, found) == [
        ("Ravna", "said", "the crane was old"),
        ("the Port Office", "Quoting", "the crane was old"),
    ]


def test_who_is_quoted_at_the_end_of_the_sentence_stands_inside_the_speaker() -> None:
    text = "The crane was old, said Low, quoting a letter."
    found = cited(text, levels(text, ("Low", "said", "The crane was old")))
    assert told(text, found) == [
        ("Low", "said", "The crane was old"),
        ("a letter", "quoting", "The crane was old"),
    ]


@pytest.mark.parametrize("more", ["", ", who asked for silence"])
def test_who_is_cited_before_a_speaker_and_not_found_stands_inside_him(more: str) -> None:
    text = f"It rained. Citing two clerks{more}, Ravna said the crane was old."
    found = cited(text, levels(text, ("Ravna", "said", "the crane was old")))
    assert told(text, found) == [
        ("Ravna", "said", "the crane was old"),
        ("two clerks", "Citing", "the crane was old"),
    ]


def test_cited_fact_is_no_source() -> None:
    text = "The mayor cited the crane that had been old for years and said it would fall."
    said = (
        ("The mayor", "cited", "the crane that had been old for years"),
        ("The mayor", "said", "it would fall"),
    )
    assert told(text, cited(text, levels(text, *said))) == list(said)


def test_which_behind_a_source_cites_for_it() -> None:
    text = "The crane was old, according to Ravna, which cited six officials."
    said = (("Ravna", "according to", "The crane was old"), ("which", "cited", "six officials"))
    found = cited(text, levels(text, *said))
    assert [(words_at(text, lv.source), around(lv, text)) for lv in found] == [
        ("Ravna", ""),
        ("six officials", "Ravna"),
    ]


def test_cited_words_and_what_they_show_are_told_apart() -> None:
    text = "Ravna said on Friday, citing six officials, that the crane was old."
    said = ("Ravna", "citing", "six officials, that the crane was old")
    assert [
        (words_at(text, lv.source), words_at(text, lv.content), around(lv, text))
        for lv in cited(text, levels(text, said))
    ] == [
        ("Ravna", "that the crane was old", ""),
        ("six officials", "that the crane was old", "Ravna"),
    ]


# ------------------------------------------------------------------ passing on


@pytest.mark.parametrize(
    ("text", "cue", "outlet"),
    [
        ("The mayor told the Merrow Herald the crane was old.", "told", "Merrow Herald"),
        ("The mayor told local newspaper the Merrow Herald the crane was old.", "told", "Merrow Herald"),
        ("The mayor told Reuters the crane was old.", "told", "Reuters"),
        ("The mayor, in a letter to the Merrow Herald, said the crane was old.", "said", "Merrow Herald"),
        ("The mayor was quoted by Reuters as saying the crane was old.", "was quoted", "Reuters"),
        (
            "The mayor was quoted by the Merrow news agency: it was old, the crane was old.",
            "was quoted",
            "Merrow news agency",
        ),
        (
            "Sadly, the crane was old, The mayor was quoted as saying by the news agency, Mera.",
            "was quoted",
            "Mera",
        ),
        (
            "Sadly, the crane was old, The mayor was quoted as saying by the German news agency DPA.",
            "was quoted",
            "DPA",
        ),
        (
            "In an interview with the Merrow Herald, The mayor said the crane was old.",
            "said",
            "Merrow Herald",
        ),
        ("The mayor, whom the Merrow Herald reached, said the crane was old.", "said", "Merrow Herald"),
        ("The mayor said the crane was old, via the Merrow Herald.", "said", "Merrow Herald"),
    ],
)
def test_outlet_that_was_told_encloses(text: str, cue: str, outlet: str) -> None:
    passed = passed_on(text, level(text, ("The mayor", cue, "the crane was old")))
    assert passed is not None
    assert words_at(text, passed.source) == outlet
    assert (passed.method, passed.cue_kind, passed.holds) == ("citing", "credit", False)


@pytest.mark.parametrize(
    "who",
    [
        "Radu Low",
        "police",
        "the FBI",
        "France",
        "the Merrow Council",
        "a rally in Merrow",
        "him",
        "a news agency",
    ],
)
def test_others_who_were_told_pass_nothing_on(who: str) -> None:
    text = f"The mayor told {who} the crane was old."
    assert passed_on(text, level(text, ("The mayor", "told", "the crane was old"))) is None


def test_nobody_in_the_next_sentence_was_told() -> None:
    text = "The crane was old, two of them told the Dunmere Ledger. Ada Quill, who mends clocks, left."
    passed = passed_on(text, level(text, ("two of them", "told", "The crane was old")))
    assert passed is not None
    assert words_at(text, passed.source) == "Dunmere Ledger"


def test_outlet_that_somebody_told_inside_the_content_does_not_enclose_it() -> None:
    text = "The mayor said the owner had told the Merrow Herald it was old."
    found = level(text, ("The mayor", "said", "the owner had told the Merrow Herald it was old"))
    assert passed_on(text, found) is None


def test_outlet_that_saw_a_document_encloses_it() -> None:
    text = "A memo seen by the Herald says the crane was old."
    passed = passed_on(text, level(text, ("A memo seen by the Herald", "says", "the crane was old")))
    assert passed is not None
    assert words_at(text, passed.source) == "Herald"


def test_outlet_that_another_speaker_told_is_not_told_twice() -> None:
    text = "The owner reported the crane was old, two of them told the Herald."
    owner, two = levels(
        text,
        ("The owner", "reported", "the crane was old"),
        ("two of them", "told", "The owner reported the crane was old"),
    )
    assert [passed_on(text, lv, [owner, two]) is not None for lv in (owner, two)] == [False, True]


def test_level_without_a_source_is_passed_on_by_nobody() -> None:
    text = "It was told the Merrow Herald that it was old."
    assert passed_on(text, level(text, ("", "told", "it was old"))) is None


# --------------------------------------------------------------------- passive


@pytest.mark.parametrize(
    ("text", "source", "content", "subject"),
    [
        ("Radu Low was quoted by Ravna as saying it was old.", "Ravna", "it was old", "Radu Low"),
        ("The mayor was quoted by Ravna as saying it was old.", "Ravna", "it was old", "The mayor"),
        ("“It is old,” Radu Low was quoted as saying.", "", "It is old", "Radu Low"),
        (
            "“It is old,” Deputy Minister Radu Low was quoted as saying.",
            "",
            "It is old",
            "Deputy Minister Radu Low",
        ),
    ],
)
def test_subject_of_was_quoted_is_the_source(text: str, source: str, content: str, subject: str) -> None:
    found = quoted_passive(text, level(text, (source, "was quoted", content)))
    assert words_at(text, found.source) == subject


def test_other_cues_keep_their_source() -> None:
    text = "Radu Low met the mayor, who said it was old."
    said = ("the mayor", "said", "it was old")
    assert told(text, [quoted_passive(text, level(text, said))]) == [said]


# --------------------------------------------------------------------- hearsay


@pytest.mark.parametrize(
    ("text", "outer"),
    [
        ("Reportedly, the mayor said the crane was old.", "Reportedly"),
        ("The mayor allegedly said the crane was old.", "allegedly"),
        ("He left, reportedly. The mayor said the crane was old.", ""),
        ("The mayor said the crane was reportedly old.", ""),
    ],
)
def test_what_is_said_to_be_said_stands_inside_nobodys_saying(text: str, outer: str) -> None:
    mayor = level(text, ("he mayor", "said", text.split("said ")[1].rstrip(".")))
    assert [words_at(text, lv.cue) for lv in rumoured(text, [mayor])] == [outer] * bool(outer)
    assert (mayor.parent is not None) is bool(outer)


@pytest.mark.parametrize(
    ("frame", "found"),
    [
        (", an aide, was quoted by Ravna as saying", ("Ravna", "as saying", "it was old")),
        (
            " was quoted last week by Radio Merrow as saying",
            ("Radu Low", "was quoted", "as saying it was old"),
        ),
        (" has been quoted in the Herald as warning:", ("the Herald", "has been quoted", "Radu Low")),
        (" was quoted by Ravna as saying", None),
    ],
)
@pytest.mark.parametrize("end", [".", "; nine fell."])
def test_who_is_quoted_by_another_outlet_says_it(frame: str, found: Said | None, end: str) -> None:
    text = f"Radu Low{frame} it was old{end}"
    levels = [level(text, found)] if found else []
    (made,) = told(text, quoted_by(text, report(text).blocks, levels))
    assert (made[0], made[2]) == ("Radu Low", "it was old")


def test_who_is_quoted_and_found_already_is_left_alone() -> None:
    text = "Radu Low was quoted by Ravna as saying it was old."
    said = ("Radu Low", "was quoted | as saying", "it was old")
    assert told(text, quoted_by(text, report(text).blocks, [level(text, said)])) == [said]


def test_somebody_with_a_clause_of_his_own_is_quoted_whole() -> None:
    text = "A driver, who was not named, has been quoted by Ravna as saying: it was old."
    (made,) = told(text, quoted_by(text, report(text).blocks, []))
    assert made[0] == "A driver"


@pytest.mark.parametrize(("text", "link"), [
    ("Radu Low was quoted as saying by state television that it was old.", "state television"),
    ("Radu Low was quoted last week by Teale Valley Sound as saying it was old.", "Teale Valley Sound"),
])  # fmt: skip
def test_who_quotes_passes_on_under_whatever_name(text: str, link: str) -> None:
    passed = passed_on(text, level(text, ("Radu Low", "was quoted", "it was old")))
    assert passed is not None
    assert words_at(text, passed.source) == link


@pytest.mark.parametrize("frame", ["has never been quoted", "was not quoted", "hasn't been quoted"])
def test_who_was_never_quoted_says_nothing(frame: str) -> None:
    text = f"Radu Low {frame} by Ravna as saying it was old."
    assert quoted_by(text, report(text).blocks, []) == []
