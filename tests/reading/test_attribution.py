from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.reading.attribution import build, levels
from ondit.reading.levels import Level
from ondit.records import BlockKind, Document
from readingfakes import Said, finder, level, nothing, quotes_in, read, report, told, words_at
from strategies import apart, news_texts, texts

MAYOR: Said = ("The mayor", "said", "the crane was old")


def found(document: Document, *outer: Said, inner: tuple[Said, ...] = ()) -> list[Level]:
    return levels(document, quotes_in(document), finder(document.text, *outer, inner=inner))


def shown(
    text: str, *outer: Said, inner: tuple[Said, ...] = (), kinds: tuple[BlockKind, ...] = ()
) -> list[Said]:
    return told(text, found(report(text, *kinds), *outer, inner=inner))


def test_so_called_attributes_to_nobody_and_states_nothing() -> None:
    found = read("The so-called tribunal met.", ("", "so-called", "tribunal"))
    assert [att.cue_kind for att in found.attributions] == ["hearsay"]
    assert [len(s.chain) for s in found.statements] == [1]


def test_relation_is_a_level() -> None:
    (lv,) = found(report("The mayor said the crane was old."), MAYOR)
    assert told("The mayor said the crane was old.", [lv]) == [MAYOR]
    assert (lv.method, lv.parent, lv.cue_kind, lv.holds) == ("tagger", None, "speech", True)


def test_title_and_name_are_not_what_is_said() -> None:
    said = ("The sheriff, Ada Quill", "said", "two men were held")
    assert shown("The sheriff, Ada Quill, said two men were held.", said) == [said]


@pytest.mark.parametrize(
    ("who", "kind", "levels"),
    [
        ("Hallow", "headline", 0),
        ("Hallow", "paragraph", 1),
        ("Reuters", "headline", 1),
        ("LOW", "headline", 0),
    ],
)
def test_place_before_the_colon_of_a_headline_says_nothing(who: str, kind: BlockKind, levels: int) -> None:
    said = (who, ":", "crane falls into the sea")
    assert len(shown(f"{who}: crane falls into the sea", said, kinds=(kind,))) == levels


@pytest.mark.parametrize("body", ["\nThe crane of Low was old.", "\nQUILL: It was old."])
def test_shouted_name_of_somebody_in_the_report_speaks(body: str) -> None:
    said = ("LOW", ":", "crane falls into the sea")
    assert shown(f"LOW: crane falls into the sea{body}", said, kinds=("headline",)) == [said]


def test_what_stands_unquoted_in_the_next_sentence_is_the_outlets() -> None:
    text = "Low said it was shut. It will open. “It leaks.”"
    assert shown(text, ("Low", "said", "it was shut | It will open | “It leaks.”")) == [
        ("Low", "said", "it was shut | “It leaks.”")
    ]


def test_who_is_cited_as_saying_says_it_inside_the_citer() -> None:
    text = "The Tide cited the clerk as saying that it was shut."
    outer, inner = shown(text, ("The Tide", "cited", "the clerk as saying that it was shut"))
    assert outer == ("The Tide", "", "that it was shut")
    assert inner == ("the clerk", "cited", "that it was shut")


def test_who_only_cites_makes_nobody_say_anything() -> None:
    (lv,) = found(report("Low cited the clerk."), ("Low", "cited", "the clerk"))
    assert not lv.holds


def test_who_is_asked_says_nothing() -> None:
    assert shown("Asked about the crane, he left.", ("", "Asked about", "the crane")) == []


def test_text_without_relations_has_no_levels() -> None:
    assert shown("It rained. The pier was shut.") == []


def test_content_that_begins_a_quotation_holds_it_to_its_end_in_the_next_paragraph() -> None:
    text = "“The crane is old.\n“It will fall,” the mayor said."
    assert shown(text, ("the mayor", "said", "“The crane is old.")) == [
        ("the mayor", "said", "“The crane is old. | It will fall,")
    ]


@pytest.mark.parametrize("kind", ["tail", "byline", "boilerplate"])
def test_relation_outside_the_readable_blocks_is_dropped(kind: BlockKind) -> None:
    assert shown("The mayor said the crane was old.", MAYOR, kinds=(kind,)) == []


def test_sentence_of_saying_that_the_first_look_missed_is_looked_at_alone() -> None:
    text = "It rained.\nThe mayor said the crane was old."
    assert shown(text, inner=(("the mayor", "said", "the crane was old"),)) == [MAYOR]


def test_forms_fill_in_where_the_tagger_finds_nothing() -> None:
    assert shown("The crane was old, according to the union.") == [("the union", "", "The crane was old")]
    assert shown("Crane was old: police\nIt rained.", kinds=("headline",)) == [
        ("police", "", "Crane was old")
    ]


def test_quotation_without_a_speaker_gets_the_one_next_to_it() -> None:
    text = "Anna Low shook her head. “The crane is old and it will fall on us.”"
    assert shown(text) == [("Anna Low", "", "The crane is old and it will fall on us.")]


def test_source_behind_the_verb_changes_places_with_what_it_says() -> None:
    said = ("Fertiliser", "say", "two dockers who were there")
    assert shown("Fertiliser, say two dockers who were there.", said) == [
        ("two dockers", "say", "Fertiliser")
    ]


@pytest.mark.parametrize("cue", ["planned", "wanted"])
def test_acts_hold_nothing(cue: str) -> None:
    text = f"The mayor {cue} the old crane gone."
    (lv,) = found(report(text), ("The mayor", cue, "the old crane gone"))
    assert lv.holds is False


def test_chain_of_levels_runs_from_the_outermost_inwards() -> None:
    text = "The Merrow Herald reports:\nRavna said the mayor insisted the crane was old."
    ravna = ("Ravna", "said", "the mayor insisted the crane was old")
    mayor = ("the mayor", "insisted", "the crane was old")
    block, outer, inner = found(report(text, "paragraph", "blockquote"), ravna, inner=(mayor,))
    assert [words_at(text, lv.source) for lv in (block, outer, inner)] == [
        "Merrow Herald",
        "Ravna",
        "the mayor",
    ]
    assert (block.parent, outer.parent, inner.parent) == (None, block, outer)
    assert block.method == "block"


def test_outlet_that_was_told_stands_between_the_speaker_and_the_report() -> None:
    text = "The mayor told the Merrow Herald the crane was old."
    herald, mayor = found(report(text), ("The mayor", "told", "the crane was old"))
    assert (words_at(text, herald.source), mayor.parent) == ("Merrow Herald", herald)


def test_page_that_only_republishes_is_wrapped_in_its_outlet() -> None:
    text = "Old crane\nAnna Low told the Merrow Herald it was old.\nIt was shut.\nRead Entire Article"
    document = report(text, "headline", "paragraph", "paragraph", "boilerplate")
    credit, anna = found(document, ("Anna Low", "told", "it was old"))
    assert (credit.method, words_at(text, credit.source), anna.parent) == ("credit", "Merrow Herald", credit)


def test_given_levels_take_the_place_of_the_taggers() -> None:
    text = "The mayor said the crane was old."
    given_level = level(text, ("The mayor", "said", "old"))
    built = build(report(text), (), [given_level], nothing)
    assert told(text, built) == [("The mayor", "said", "old")]


@given(st.data())
def test_whatever_a_tagger_finds_levels_lie_inside_and_never_in_a_circle(data: st.DataObject) -> None:
    text = data.draw(news_texts() | texts())
    parts = apart(text, 2).map(lambda spans: tuple(s for s in spans if s.end > s.start))
    drawn = data.draw(st.lists(st.tuples(parts, parts, parts.filter(bool), st.floats(0, 1)), max_size=4))
    document = report(text)
    outer = [Level(source, cue, content, confidence=sure) for source, cue, content, sure in drawn]
    for lv in build(document, quotes_in(document), outer, nothing):
        assert lv.content
        assert all(0 <= s.start <= s.end <= len(text) for s in (*lv.source, *lv.cue, *lv.content))
        steps = 0
        step: Level | None = lv
        while step is not None:
            step, steps = step.parent, steps + 1
            assert steps < 100


def test_whoever_an_outlet_has_learned_it_from_is_the_source() -> None:
    text = "The crane was old and had rust, the Merrow Tide has learned from two dockers."
    assert [said[0] for said in shown(text)] == ["two dockers"]


def test_putting_something_off_gives_no_figure() -> None:
    assert shown("The council had put off 4.2 million crowns of repairs.") == []


def test_figure_behind_a_semicolon_is_its_owners() -> None:
    said = ("Low", "put", "the toll at nine")
    text = "Low put the toll at nine; the union’s figure was 12."
    assert shown(text, said) == [said, ("the union", "figure", "12.")]


def test_what_stands_in_another_entry_of_a_live_blog_is_not_said() -> None:
    text = (
        "12.05 “It fell,” Low said.\n11.30 “It is eleven, as it was last night.” Dr Ada Quill, on the steps."
    )
    found = shown(text, ("Low", "said", "“It fell,” | “It is eleven, as it was last night.”"))
    assert found == [
        ("Low", "said", "“It fell,”"),
        ("Ada Quill", "", "It is eleven, as it was last night."),
    ]


@pytest.mark.parametrize(
    ("said", "rest", "more"),
    [
        ("Kim “demanded” it", " – who felt “awkward” about it", True),
        ("Kim felt “awkward”", " as he wants to look strong", True),
        ("the officer “a pig”", " as he was led away", False),
        ("Kim “demanded” it", ", and nobody moved", False),
        ("Kim felt “awkward”", " at the time", False),
        ("Kim “demanded” it", ", which Quill called “awkward”", False),
    ],
)
def test_rest_of_a_half_quoted_sentence_is_said_too(said: str, rest: str, more: bool) -> None:
    text = f"Low told us {said}{rest}."
    (found,) = (lv for lv in shown(text, ("Low", "told", said)) if lv[0] == "Low")
    assert found[2] == (said + rest if more else said)
