from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.reading.nesting import as_sentence, nested, shifted, unquoted
from ondit.records import Span
from readingfakes import Found, Said, finder, level, nothing, span_of, told, words_at
from strategies import news_texts, spans, texts

TEXT = "The Herald said that the mayor insisted the owner had admitted the crane was old."
HERALD = ("The Herald", "said", "that the mayor insisted the owner had admitted the crane was old")
MAYOR = ("the mayor", "insisted", "the owner had admitted the crane was old")
OWNER = ("the owner", "had admitted", "the crane was old")


def inside(text: str, outer: Said, *inner: Said) -> list[tuple[Said, str]]:
    """What `inner` relations become within `outer`, each with the source of its parent."""
    levels = nested(text, [level(text, outer)], finder(text, inner=inner))
    parents = [words_at(text, lv.parent.source) if lv.parent else "" for lv in levels]
    return list(zip(told(text, levels), parents, strict=True))


def test_levels_are_found_inside_levels_to_any_depth() -> None:
    assert inside(TEXT, HERALD, MAYOR, OWNER) == [(HERALD, ""), (MAYOR, "The Herald"), (OWNER, "the mayor")]


def test_nothing_inside_leaves_the_level_alone() -> None:
    assert inside(TEXT, HERALD) == [(HERALD, "")]


@pytest.mark.parametrize(
    "content", ["that the crane would go", "they would go home", "“Take the crane away”"]
)
def test_clause_is_said_whatever_the_cue_is(content: str) -> None:
    text = f"Low said the mayor vowed {content} soon."
    outer = ("Low", "said", f"the mayor vowed {content} soon")
    mayor = ("the mayor", "vowed", content)
    assert inside(text, outer, mayor) == [(outer, ""), (mayor, "Low")]


def test_level_that_only_passes_on_is_not_looked_into() -> None:
    outer = level(TEXT, HERALD)
    outer.holds = False
    assert nested(TEXT, [outer], finder(TEXT, inner=[MAYOR])) == [outer]


@pytest.mark.parametrize(
    ("cue", "source"), [("planned", "the mayor"), ("vowed", "the mayor"), ("said", "we"), ("said", "")]
)
def test_acts_promises_and_speakers_that_are_the_same_make_no_level(cue: str, source: str) -> None:
    text = f"Low said {source} {cue} the old crane would go soon."
    outer = ("Low", "said", f"{source} {cue} the old crane would go soon")
    assert inside(text, outer, (source, cue, "the old crane would go soon")) == [(outer, "")]


def test_quotation_is_read_without_its_marks() -> None:
    text = "“The owner admitted the crane was old,” Low said."
    outer = ("Low", "said", "“The owner admitted the crane was old,”")
    owner = ("The owner", "admitted", "the crane was old")
    seen: list[str] = []
    nested(text, [level(text, outer)], lambda texts: seen.extend(texts) or nothing(texts))
    assert seen[0] == "The owner admitted the crane was old."
    assert inside(text, outer, owner) == [(outer, ""), (owner, "Low")]


def test_marks_in_a_content_are_left_out_where_nothing_was_found_with_them() -> None:
    text = "Low said his wife “told me the crane was old,” and it was."
    outer = ("Low", "said", "his wife “told me the crane was old,” and it was")
    seen: list[str] = []
    nested(text, [level(text, outer)], lambda texts: seen.extend(texts) or nothing(texts))
    assert seen == [
        "His wife “told me the crane was old,” and it was.",
        "His wife  told me the crane was old,  and it was.",
    ]


def test_content_that_its_own_attribution_divides_is_read_as_one() -> None:
    text = "The crane, Low wrote, had passed, the owner told the court, every test."
    outer = ("Low", "wrote", "The crane | had passed, the owner told the court, every test")
    owner = ("the owner", "told", "had passed | every test")
    seen: list[str] = []
    nested(text, [level(text, outer)], lambda texts: seen.extend(texts) or nothing(texts))
    assert [" ".join(words.split()) for words in seen] == [
        "The crane had passed, the owner told the court, every test."
    ]
    assert inside(text, outer, owner) == [(outer, ""), (owner, "Low")]


def test_words_between_the_parts_of_a_content_are_no_content() -> None:
    moved = shifted(Found((), (), (Span(0, 20),)), Span(5, 40), 0, gaps=(Span(10, 14),))
    assert moved is not None
    assert moved.content == (Span(5, 10), Span(14, 25))


def test_telling_of_ones_own_thinking_is_no_level_but_is_looked_into() -> None:
    text = "Low said he remembered the owner admitting the crane was old."
    outer = ("Low", "said", "he remembered the owner admitting the crane was old")
    own = ("he", "remembered", "the owner admitting the crane was old")
    owner = ("the owner", "admitting", "the crane was old")
    assert inside(text, outer, own, owner) == [(outer, ""), (owner, "Low")]


@pytest.mark.parametrize(
    ("speaker", "own", "level_of_its_own"),
    [
        ("Low", "he had heard", False),
        ("Low", "who insisted", False),
        ("Low", "they believed", True),
        ("She", "he believed", True),
        ("Officials", "they believed", False),
        ("Low", "he told us", True),
    ],
)
def test_own_thinking_is_told_by_pronoun_and_cue(speaker: str, own: str, level_of_its_own: bool) -> None:
    text = f"{speaker} said {own} the crane was old."
    who, cue = own.split(" ", 1)
    outer, inner = (speaker, "said", f"{own} the crane was old"), (who, cue, "the crane was old")
    assert len(inside(text, outer, inner)) == 1 + level_of_its_own


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("“We go.”", " We go. "),
        ("“We go.", " We go."),
        ("We stay.”", "We stay. "),
        ("''We go,''", "  We go,  "),
        ("‘We go,’", " We go, "),
        ("> “He said ‘go’.”", "   He said ‘go’. "),
        ("“We go,” and “they stay”", "“We go,” and “they stay”"),
        ("the owners’ crane", "the owners’ crane"),
    ],
)
def test_marks_around_a_quotation_become_blanks(words: str, expected: str) -> None:
    assert unquoted(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("that the crane was old,", ("The crane was old.", 5)),
        ("whether it was old", ("It was old.", 8)),
        ("it was old.”", ("It was old.”", 0)),
        (" that, by then, it was old", ("By then, it was old.", 7)),
        ("", (".", 0)),
    ],
)
def test_content_is_read_as_a_sentence(words: str, expected: tuple[str, int]) -> None:
    assert as_sentence(words) == expected


def test_relation_in_a_content_is_moved_to_its_place() -> None:
    piece = span_of(TEXT, "that the mayor insisted the owner had admitted the crane was old")
    words, lead = as_sentence(TEXT[piece.start : piece.end])
    part = span_of(words.casefold(), "the owner had admitted")
    moved = shifted(Found((), (), (part,)), piece, lead)
    assert moved is not None
    assert words_at(TEXT, moved.content) == "the owner had admitted"


def test_relation_that_has_no_content_left_is_no_level() -> None:
    assert shifted(Found((), (), (Span(8, 9),)), Span(0, 5), 0) is None


@given((news_texts() | texts()).flatmap(lambda text: st.tuples(st.just(text), spans(text))))
def test_any_stretch_is_a_sentence_and_finds_its_way_back(case: tuple[str, Span]) -> None:
    text, span = case
    words, lead = as_sentence(text[span.start : span.end])
    moved = shifted(Found((), (), (Span(0, max(1, len(words))),)), span, lead)
    assert 0 <= lead <= span.end - span.start
    assert moved is None or all(span.start <= s.start < s.end <= span.end for s in moved.content)
    assert nested(text, [], nothing) == []


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("nausea in the lower town", False),
        ("trouble with a jet that limped home", False),
        ("that the crane was old", True),
        ("the crane was old", True),
    ],
)
def test_what_was_only_reported_to_somebody_makes_no_level(told: str, says: bool) -> None:
    text = f"Low said sixty people had reported {told}."
    outer = ("Low", "said", f"sixty people had reported {told}")
    found = inside(text, outer, ("sixty people", "had reported", told))
    assert len(found) == 1 + says
