from __future__ import annotations

import pytest
from hypothesis import given

from ondit.reading.echoes import echoed
from readingfakes import Said, level, quotes_in, report, told
from strategies import texts

FACT = "The boat had been overloaded."
SAID = FACT.rstrip(".")


def heard(text: str, *found: Said) -> list[Said]:
    document = report(text)
    levels = [level(text, said) for said in found]
    return told(text, echoed(text, document.blocks, quotes_in(document), levels))


@pytest.mark.parametrize(
    ("echo", "who", "cue"),
    [
        ("That is what two deckhands told the Harbour Post.", "two deckhands", "told"),
        ("The coastguard admitted as much on Friday.", "The coastguard", "admitted"),
        ("Two officers confirmed it on condition that they were not named.", "Two officers", "confirmed"),
        ("Two diplomats told the Lake News of it.", "Two diplomats", "told"),
        ("Or so the ministry says.", "the ministry", "says"),
        ("So says the harbour master.", "the harbour master", "says"),
        ("This was confirmed by the harbour master, Ana Low.", "the harbour master, Ana Low", "confirmed"),
    ],
)
@pytest.mark.parametrize("between", [" ", "\n"])
def test_sentence_before_is_said_by_who_says_so(echo: str, who: str, cue: str, between: str) -> None:
    assert heard(f"{FACT}{between}{echo}") == [(who, cue, SAID)]


def test_what_the_tagger_takes_for_content_is_replaced() -> None:
    text = f"{FACT} The coastguard admitted as much."
    assert heard(text, ("The coastguard", "admitted", "as much")) == [("The coastguard", "admitted", SAID)]


def test_echo_inside_what_an_outlet_reports_lies_inside_its_level() -> None:
    text = f"{FACT} The owner admitted it on Friday, Northline reports."
    document = report(text)
    outer = level(text, ("Northline", "reports", "The owner admitted it on Friday"))
    _, inner = echoed(text, document.blocks, quotes_in(document), [outer])
    assert inner.parent is outer


@pytest.mark.parametrize(
    "text",
    [
        "Was it full? The coastguard admitted as much.",
        f"{FACT} The coastguard confirmed it had been full.",
        f"{FACT} The coastguard said this was a rumour.",
        "Full. The coastguard said so.",
        "The coastguard admitted as much.",
        f"{FACT} Neither the owner nor his son confirmed it.",
        f"{FACT} Until the firm admitted it, nobody looked.",
        f"{FACT} Had Hale admitted it, the trial would be over.",
        f"{FACT} The Herald, wrongly, reported it as nine.",
        f"{FACT} Fans said it suited him.",
        f"{FACT} That is how the locals say hello.",
        f"{FACT} It was announced by letter on Monday.",
        f"{FACT} The owner allegedly admitted it.",
        f"{FACT} Low told his players of it at half time.",
        "It is a blow to the fans. The club confirmed it.",
        "Please call us at once. The police said so on the radio.",
    ],
)
def test_other_sentences_echo_nothing(text: str) -> None:
    assert heard(text) == []


def test_who_says_the_sentence_before_already_keeps_it() -> None:
    text = "Low said the boat was too full. The coastguard admitted as much."
    said = ("Low", "said", "the boat was too full")
    assert heard(text, said) == [said]


@given(texts())
def test_any_text_can_be_looked_through(text: str) -> None:
    document = report(text)
    echoed(text, document.blocks, quotes_in(document), [])
