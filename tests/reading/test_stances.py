from __future__ import annotations

import pytest
from hypothesis import given

from ondit.reading.stances import is_hearsay, said, turned, weakest
from ondit.records import Certainty, Stance
from strategies import texts


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The guard, who had not slept, signed the list", ("affirm", "certain")),
        ("The hall was shut because it had no heating", ("affirm", "certain")),
        ("There is no doubt that the beam broke", ("affirm", "certain")),
        ("It is not true that the mill was sold", ("deny", "certain")),
        ("The rumours were wrong", ("deny", "certain")),
        ("The virus was looked for and not found", ("deny", "certain")),
        ("I don’t think he knew", ("deny", "probable")),
        ("Inspectors found no evidence that the valve was open", ("deny", "probable")),
        ("The town would flood if the dam failed", ("affirm", "possible")),
        ("If the guard had slept, the prisoner would have escaped", ("deny", "certain")),
        ("Had the alarm sounded", ("deny", "certain")),
        ("If the dam fails", ("question", "unknown")),
        ("It is unclear whether they met", ("question", "unknown")),
        ("Nobody knows who fired first", ("question", "unknown")),
        ("She wins it if you ask me", ("affirm", "certain")),
        ("The plant plans to shut a line", ("affirm", "probable")),
    ],
)
def test_clause_is_taken_by_what_governs_its_main_line(
    words: str, expected: tuple[Stance, Certainty]
) -> None:
    assert said(words) == expected


def test_what_is_asked_is_open_whatever_its_words() -> None:
    assert said("He did not go", asked=True) == ("question", "unknown")


def test_calling_false_what_the_cue_denies_denies_it_once() -> None:
    assert said("an invention that is false", denied=True)[0] == "affirm"
    assert said("the letter is false")[0] == "deny"


def test_consequent_in_a_clause_of_its_own_hangs_on_its_condition() -> None:
    assert said("the town will flood", hangs=True) == ("affirm", "possible")
    assert said("the town flooded", hangs=True) == ("affirm", "certain")


def test_rumour_is_hearsay_unless_it_is_denied() -> None:
    assert is_hearsay("Rumours of a split")
    assert not is_hearsay("Rumours of a split", denied=True)
    assert is_hearsay("The pair reportedly split", denied=True)


def test_denial_turns_a_stance_and_a_question_stays_one() -> None:
    assert [turned(s, "deny") for s in ("affirm", "deny", "question")] == ["deny", "affirm", "question"]
    assert [turned(s, "question") for s in ("affirm", "deny")] == ["question", "question"]


def test_unknown_is_weaker_than_possible() -> None:
    assert weakest("possible", "unknown") == "unknown"


@given(texts())
def test_any_words_have_a_stance(words: str) -> None:
    stance, certainty = said(words)
    assert stance in {"affirm", "deny", "question"}
    assert (stance == "question") <= (certainty == "unknown")
