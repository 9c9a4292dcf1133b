from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.reading.quotes import quotations
from ondit.records import Claim, Derivation, Document, Evidence, Passage, Quoting, Reading, Span, Statement
from ondit.tracing.fidelity import quotings
from strategies import news_texts, texts

WHOLE = "“We told the council twice that the old crane would fall into the harbour,” she said."


def report(id: str, text: str, speaker: str | None = None) -> Reading:
    """A report of one paragraph; whoever speaks says all of it."""
    span = Span(0, len(text))
    chain = (f"{id}-{speaker}", f"{id}-outlet") if speaker else (f"{id}-outlet",)
    said = Statement(f"{id}-s", id, (span,), chain, "direct")
    return Reading(Document(id, text), quotations(text, [span]), statements=(said,))


def quoted(*texts: str, **how: Any) -> tuple[Quoting, ...]:
    return quotings([report(f"r{nr}", text) for nr, text in enumerate(texts)], {}, **how)


def kind(one: str, other: str) -> str | None:
    """What the second report makes of the first one's quotation."""
    found = quoted(one, other)
    return found[0].kind if found else None


def changed(one: str, other: str) -> list[tuple[str, str]]:
    (found,) = quoted(one, other)
    return [(one[slice(*c.before)], other[slice(*c.after)]) for c in found.changes]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ('"We told the Council twice that the old crane would fall into the harbour", she said.', "same"),
        ("“We told the council twice,” she said, and it was so.", "trimmed"),
        ("“We told the council twice that … would fall into the harbour,” she said.", "trimmed"),
        ("“We told the council twice that ... would fall into the harbour,” she said.", "trimmed"),
        ("“We told the council [two times] that the old crane would fall into the harbour.”", "trimmed"),
        ("“We told the council twice that the old [harbour] crane would fall into the harbour.”", "same"),
        ("“We told the council twice that the old crane might fall into the harbour,” she said.", "altered"),
        ("“We told the council twice that the crane would fall into the harbour,” she said.", "altered"),
        ("“Nobody knew anything about any crane at all,” she said.", None),
        ("“The council,” she said.", None),
    ],
)  # fmt: skip
def test_second_quotation_is_told_by_how_it_differs(other: str, expected: str | None) -> None:
    assert kind(WHOLE, other) == expected


def test_fullest_one_is_what_the_others_are_compared_with() -> None:
    found = quoted("“We told the council twice,” she said.", WHOLE)
    assert [(q.document, q.other, q.kind) for q in found] == [("r0", "r1", "trimmed")]


def test_report_is_compared_with_the_one_that_it_used() -> None:
    cut = "“We told the council twice that the old crane,” she said."
    used = Derivation("r2", "r1", "rewrite", stated=False, evidence=(), why="")
    found = quoted(WHOLE, cut, WHOLE, derivations=[used])
    assert [(q.document, q.other, q.kind) for q in found] == [("r1", "r0", "trimmed"), ("r2", "r1", "fuller")]


def test_numbers_are_the_same_in_words_and_digits() -> None:
    assert kind("“We saw 17 men on the pier,” she said.", "“We saw seventeen men on the pier.”") == "same"


def test_changes_are_the_words_of_both_sides() -> None:
    other = "“They told the council twice that the crane will fall into the harbour,” she said."
    assert changed(WHOLE, other) == [("We", "They"), ("old", ""), ("would", "will")]


def test_negation_cut_off_is_among_what_is_left_out() -> None:
    one = "“I have not been in Merrow since the spring,” he said."
    assert changed(one, "He had “been in Merrow since the spring”.") == [("I have not", "")]


def test_speakers_of_both_sides_are_given() -> None:
    readings = [report("r0", WHOLE, "ana"), report("r1", WHOLE, "bo")]
    (found,) = quotings(readings, {"r0-ana": "ana", "r1-bo": "bo"})
    assert (found.kind, found.speaker, found.other_speaker) == ("same", "bo", "ana")


def test_other_words_of_another_speaker_are_no_alteration() -> None:
    altered = WHOLE.replace("would", "might")
    readings = [report("r0", WHOLE, "ana"), report("r1", altered, "bo")]
    assert quotings(readings, {"r0-ana": "ana", "r1-bo": "bo"}) == ()


def test_words_in_marks_that_had_none_in_the_report_used() -> None:
    plain = "She told the council twice that the old crane would fall into the harbour."
    marked = "She “told the council twice that the old crane would fall into the harbour”."
    start, length = (
        plain.index("told"),
        len("told the council twice that the old crane would fall into the harbour"),
    )
    shared = Passage(
        "r0", Span(start, start + length), "r1", Span(start + 1, start + 1 + length), 13, "quotation"
    )
    used = Derivation("r1", "r0", "rewrite", stated=False, evidence=(), why="")
    assert [q.kind for q in quoted(plain, marked, derivations=[used], passages=[shared])] == ["unmarked"]
    assert quoted(plain, marked, passages=[shared]) == ()


def test_other_words_for_one_claim_of_one_speaker_are_a_paraphrase() -> None:
    readings = [
        report("r0", WHOLE, "ana"),
        report("r1", "“That crane was rotten, as the council knew,” she said.", "ana"),
    ]
    said = tuple(replace(r.statements[0], chain=("ana", r.document.id)) for r in readings)
    said = tuple(replace(s, spans=(q.quotations[0].span,)) for s, q in zip(said, readings, strict=True))
    claim = Claim("c", Evidence("r0", Span(0, 1), "gist"), said)
    used = Derivation("r1", "r0", "rewrite", stated=False, evidence=(), why="")
    found = quotings(readings, {}, [used], [claim])
    assert [(q.document, q.other, q.kind, q.speaker) for q in found] == [("r1", "r0", "paraphrased", "ana")]
    assert quotings(readings, {}, [], [claim]) == ()


# ------------------------------------------------------------------ any texts


@given(st.lists(news_texts() | texts(), min_size=1, max_size=4))
def test_every_comparison_is_of_two_reports_and_lies_inside_them(found: list[str]) -> None:
    by_id = {f"r{nr}": text for nr, text in enumerate(found)}
    for q in quoted(*found):
        assert q.document != q.other
        for document, spans in (
            (q.document, [q.span, *(c.after for c in q.changes)]),
            (q.other, [q.other_span, *(c.before for c in q.changes)]),
        ):
            assert all(0 <= s.start <= s.end <= len(by_id[document]) for s in spans)


SAID = ("crane", "harbour", "pier", "council", "mayor", "rope", "winch", "tide", "fell", "old", "rust", "was")
words = st.permutations(SAID).flatmap(lambda said: st.integers(6, len(said)).map(lambda end: said[:end]))


@given(words)
def test_quotation_is_the_same_as_itself_whatever_the_marks(said: list[str]) -> None:
    text = " ".join(said)
    assert kind(f"“{text},” she said.", f'She said: "{text.upper()}."') == "same"


@given(words, st.data())
def test_part_of_a_quotation_is_trimmed_and_nothing_else(said: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(said) - 5))
    end = data.draw(st.integers(start + 5, len(said)))
    found = kind(f"“{' '.join(said)},” she said.", f"“{' '.join(said[start:end])},” she said.")
    assert found in ({"same"} if end - start == len(said) else {"trimmed", "altered"})


@given(words, st.data())
def test_another_word_is_among_the_changes(said: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(said) - 1))
    other = [*said[:at], "zeppelin", *said[at + 1 :]]
    found = quoted(f"“{' '.join(said)},” she said.", f"“{' '.join(other)},” she said.")
    assert [q.kind for q in found] in (["altered"], [])
    text = f"“{' '.join(other)},” she said."
    assert all(any("zeppelin" in text[slice(*c.after)] for c in q.changes) for q in found)
