from __future__ import annotations

import pytest
from hypothesis import given

from ondit.reading.speakers import speakerless
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
