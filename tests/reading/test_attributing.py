from __future__ import annotations

import pytest

from ondit.reading.attributing import is_act, is_title, puts, says
from ondit.reading.levels import Level
from ondit.records import Span
from readingfakes import level, span_of


@pytest.mark.parametrize(("cue", "act"), [("planned", True), ("wanted", True), ("said", False), ("", False)])
def test_acts_attribute_nothing(cue: str, act: bool) -> None:
    text = f"Low {cue} it is shut"
    assert is_act(text, level(text, ("Low", cue, "it is shut"))) is act


@pytest.mark.parametrize(
    ("cue", "content", "act"),
    [
        ("told", "them to stop", True),
        ("asked", "the port in writing not to stop", True),
        ("told", "the pier was to be shut", False),
        ("asked", "whether they were to stop", False),
        ("said", "the pier to be shut", False),
    ],
)
def test_what_somebody_is_to_do_is_no_information(cue: str, content: str, act: bool) -> None:
    text = f"Low {cue} {content}"
    found = Level((Span(0, 3),), (span_of(text, cue),), (span_of(text, content),))
    assert is_act(text, found) is act


@pytest.mark.parametrize(
    ("cue", "content", "act"),
    [
        ("failed to warn", "residents downstream", True),
        ("failed to warn", "residents of the flood", False),
        ("failed to warn", "that it would flood", False),
        ("warned", "residents downstream", False),
        ("wrote down", "the loan by 40 million", True),
        ("wrote", "the loan was lost", False),
    ],
)
def test_who_was_not_warned_is_not_what_was_said(cue: str, content: str, act: bool) -> None:
    text = f"Low {cue} {content}"
    assert is_act(text, level(text, ("Low", cue, content))) is act


@pytest.mark.parametrize(
    ("cue", "confidence", "alone", "doubtful"),
    [
        ("said", 0.1, True, True),
        ("welcomed", 0.1, False, False),
        ("welcomed", 0.5, True, False),
    ],
)
def test_cue_that_no_list_knows_counts_less_where_it_is_doubtful(
    cue: str, confidence: float, alone: bool, doubtful: bool
) -> None:
    text = f"The firm {cue} the offer"
    found = level(text, ("The firm", cue, "the offer"), confidence)
    assert says(text, found, ()) is alone
    assert says(text, found, (), doubtful=True) is doubtful


def test_relation_of_words_alone_has_nobody_who_left_it_open() -> None:
    text = "The crane was old."
    assert says(text, level(text, ("", "", "The crane was old"), 0.5), ())


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The driver forgot to set the brake.", "The driver", "forgot", "to set the brake"),
        ("The clerk may not have seen the memo.", "The clerk", "may not have seen", "the memo"),
        ("If the court upholds the ruling, he goes.", "the court", "upholds", "the ruling"),
    ],
)
def test_aims_and_what_is_open_are_not_said(text: str, source: str, cue: str, content: str) -> None:
    assert not says(text, level(text, (source, cue, content), 0.8), ())


@pytest.mark.parametrize(
    ("cue", "content", "title"),
    [
        ("plays", "“The Minister Says No”", True),
        ("plays", "“a march for nobody”", False),
        ("says", "“The Minister Says No”", False),
        ("plays", "The Minister Says No", False),
        ("plays", "“No”", False),
    ],
)
def test_title_of_a_work(cue: str, content: str, title: bool) -> None:
    text = f"The band {cue} {content} on Friday"
    assert is_title(text, level(text, ("The band", cue, content))) is title


@pytest.mark.parametrize(
    ("cue", "content", "half"),
    [
        ("vouched for", "the bank", True),
        ("made", "it seventeen", True),
        ("said", "it was seventeen", False),
        ("vouched", "that the bank was sound", False),
        ("has", "seventeen", False),
    ],
)
def test_verb_that_is_half_of_what_is_said(cue: str, content: str, half: bool) -> None:
    text = f"Low {cue} {content}"
    assert puts(text, level(text, ("Low", cue, content))) is half


@pytest.mark.parametrize(
    ("content", "said"),
    [("it about 400", True), ("it forty", True), ("it worse", False), ("400 cars", False)],
)
def test_who_makes_it_a_figure_says_so(content: str, said: bool) -> None:
    text = f"The union makes {content}"
    assert says(text, level(text, ("The union", "makes", content), 0.1), ()) is said


@pytest.mark.parametrize(
    ("cue", "confidence", "attributes"),
    [("reportedly", 0.5, True), ("welcomed", 0.5, False), ("said", 0.5, True), ("said", 0.2, False)],
)
def test_who_names_nobody_needs_a_cue_that_is_known_and_is_believed(
    cue: str, confidence: float, attributes: bool
) -> None:
    text = f"It is {cue} closed"
    found = Level((), (span_of(text, cue),), (span_of(text, "closed"),), confidence=confidence)
    assert says(text, found, ()) is attributes


@pytest.mark.parametrize(("cue", "attributes"), [("has reportedly", False), ("has", True), ("said", True)])
def test_of_whom_something_is_reported_says_nothing(cue: str, attributes: bool) -> None:
    text = f"Low {cue} nine dead"
    found = level(text, ("Low", cue, "nine dead"))
    assert says(text, found, ()) is attributes


@pytest.mark.parametrize(
    ("content", "attributes"),
    [("signed a winger", False), ("taken the bus", False), ("seven dead", True), ("“seen no sign”", True)],
)
def test_have_before_a_deed_is_no_cue(content: str, attributes: bool) -> None:
    text = f"Merrow have {content}"
    assert says(text, level(text, ("Merrow", "have", content)), ()) is attributes
