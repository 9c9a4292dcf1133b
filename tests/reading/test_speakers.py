from __future__ import annotations

import pytest
from hypothesis import given

from ondit.reading.speakers import answered, headlined, speakerless
from ondit.records import BlockKind
from readingfakes import Said, level, quotes_in, report, told
from strategies import news_texts, texts

QUOTE = "The crane is old and it will fall on us."


def spoken(text: str, *found: Said, kinds: tuple[BlockKind, ...] = ()) -> list[Said]:
    document = report(text, *kinds)
    levels = [level(text, said) for said in found]
    return told(text, speakerless(text, document.blocks, quotes_in(document), levels))


@pytest.mark.parametrize(
    "text",
    [
        f"Anna Low: “{QUOTE}”",
        f"It was then the turn of Dr Anna Low:\n“{QUOTE}”",
        f"“{QUOTE}” Anna Low shook her head.",
        f"Anna Low shook her head. “{QUOTE}”",
        f"Anna Low shook her head.\n“{QUOTE}”",
    ],
)
def test_name_next_to_a_quotation_speaks_it(text: str) -> None:
    assert spoken(text) == [("Anna Low", "", QUOTE)]


def test_name_right_behind_a_quotation_is_surer_than_one_before() -> None:
    assert spoken(f"Radu Low laughed. “{QUOTE}” Anna Low did not.") == [("Anna Low", "", QUOTE)]


def test_speaker_of_the_paragraph_goes_on() -> None:
    text = f"Radu Low was held. The owner said it would fall. “{QUOTE}”"
    assert spoken(text, ("The owner", "said", "it would fall")) == [("The owner", "", QUOTE)]


def test_quotation_that_somebody_says_already_gets_no_second_speaker() -> None:
    text = f"“{QUOTE}” the mayor said. Anna Low laughed."
    assert spoken(text, ("the mayor", "said", QUOTE)) == []


@pytest.mark.parametrize("text", [f"“{QUOTE}”", f"Nothing else.\n“{QUOTE}”", f"In Merrow: “{QUOTE}”"])
def test_quotation_near_nobody_has_no_speaker(text: str) -> None:
    assert spoken(text) == []


def test_few_words_between_marks_are_not_speech() -> None:
    assert spoken("Anna Low saw the “old crane” fall.") == []


def test_headline_is_spoken_by_whoever_says_the_same_words_below() -> None:
    text = "“The crane is old and it will fall”\nThe mayor said the crane is old and it will fall on us."
    said = ("The mayor", "said", "the crane is old and it will fall on us")
    assert spoken(text, said, kinds=("headline",)) == [("The mayor", "", "The crane is old and it will fall")]


def test_headline_is_not_taken_from_the_next_speaker_of_other_words() -> None:
    text = "“The crane is old and it will fall”\nThe mayor said nobody had been hurt."
    assert spoken(text, ("The mayor", "said", "nobody had been hurt"), kinds=("headline",)) == []


@given(news_texts() | texts())
def test_any_text_gives_speakers_inside_it_or_none(text: str) -> None:
    document = report(text)
    for lv in speakerless(text, document.blocks, quotes_in(document), []):
        assert all(0 <= s.start < s.end <= len(text) for s in (*lv.source, *lv.content))


def headed(text: str, *found: Said) -> list[Said]:
    document = report(text, "headline")
    levels = [level(text, said) for said in found]
    return told(text, headlined(text, document.blocks, quotes_in(document), levels))


BODY = "“We were left to guess until the caretaker rang,” Helga Brandt said."
GUESS = ("Helga Brandt", "said", "We were left to guess until the caretaker rang")


@pytest.mark.parametrize(
    "found", [(), (("teacher", ":", "“We were left to guess”"),), (("", ":", "“We were left to guess”"),)]
)
def test_quotation_of_a_headline_is_said_by_whom_the_body_quotes(found: tuple[Said, ...]) -> None:
    text = f"“We were left to guess”: teacher on the annexe\n{BODY}"
    assert headed(text, *found, GUESS) == [GUESS, ("Helga Brandt", "", "We were left to guess")]


@pytest.mark.parametrize(
    "said",
    [
        ("survivors", ":", "“We were left to guess”"),
        ("Radu Low", ":", "“We were left to guess”"),
        ("a fan", "says", "“We were left to guess”"),
    ],
)
def test_headline_that_says_who_speaks_is_believed(said: Said) -> None:
    source, cue, content = said
    text = f"{content}{cue} {source}\n{BODY}"
    assert headed(text, said, GUESS) == [said, GUESS]


@pytest.mark.parametrize("head", ["“We had to guess”: teachers on the annexe", "“We were left”, they said"])
def test_other_words_in_a_headline_keep_their_speaker(head: str) -> None:
    assert headed(f"{head}\n{BODY.replace('We were', 'They were')}") == []


def reached(text: str, *found: Said) -> list[Said]:
    document = report(text)
    levels = [level(text, said) for said in found]
    return told(text, answered(text, document.blocks, quotes_in(document), levels))


@pytest.mark.parametrize(
    ("before", "who"),
    [
        ("I rang Colonel Imre Stott, who ran the range.", "Colonel Imre Stott"),
        ("We asked Imre Stott, who ran the range.", "Imre Stott"),
        ("I put it to the Inspectorate:", "the Inspectorate"),
        ("The quarry's owners, Cobb Stone, have sent me one line.", "The quarry's owners, Cobb Stone"),
    ],
)
@pytest.mark.parametrize("between", [" ", "\n"])
def test_quotation_behind_whom_the_outlet_reached_is_his(before: str, who: str, between: str) -> None:
    text = f"{before}{between}“{QUOTE}”"
    assert reached(text) == [(who, "", QUOTE)]


def test_speaker_further_off_loses_what_was_answered() -> None:
    text = f"The haulier sent a note. I rang Imre Stott. “{QUOTE}”"
    assert reached(text, ("The haulier", "sent", QUOTE)) == [("Imre Stott", "", QUOTE)]


def test_speaker_beside_the_quotation_is_surer_than_who_was_asked() -> None:
    text = f"I asked Imre Stott. “{QUOTE}” his wife said."
    said = ("his wife", "said", QUOTE)
    assert reached(text, said) == [said]


@pytest.mark.parametrize("rest", [" the board outside boasts.", " came a cry from the back."])
def test_sentence_that_goes_on_behind_a_quotation_may_say_who_spoke(rest: str) -> None:
    assert reached(f"I rang Imre Stott. “{QUOTE}”{rest}") == []


@pytest.mark.parametrize(
    "before",
    ["I asked him.", "I rang nobody and went home.", "He rang Imre Stott.", "The bank called in the loan."],
)
def test_nobody_reached_by_the_outlet_answers(before: str) -> None:
    assert reached(f"{before} “{QUOTE}”") == []


def test_line_that_says_who_told_whom_names_the_speaker() -> None:
    assert spoken(f"Anna Low told Perrin Slade:\n“{QUOTE}”") == [("Anna Low", "", QUOTE)]


def test_paragraph_that_presents_somebody_gives_the_next_quotation_to_him() -> None:
    text = f"Radu Low denied it.\nTeo Marrani has another recollection. He was on the quay.\n“{QUOTE}”"
    assert reached(text, ("Radu Low", "denied", QUOTE)) == [("Teo Marrani", "", QUOTE)]


@pytest.mark.parametrize(
    "middle",
    ["The quay was closed.", "The wife of Teo Marrani left.", "Marrani left.", "Teo Marrani said it fell."],
)
def test_other_paragraphs_before_a_quotation_present_nobody(middle: str) -> None:
    text = f"Radu Low denied it.\n{middle}\n“{QUOTE}”"
    said = ("Radu Low", "denied", QUOTE)
    more = [("Teo Marrani", "said", "it fell")] if "said" in middle else []
    assert reached(text, said, *more) == [said, *more]
