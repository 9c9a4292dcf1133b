from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.reading.linker import WEIGHTS as FOREST
from ondit.reading.linker import Forest, Linker
from ondit.reading.pairs import CONTENT, CUE, WIDTH, Layout, cue_pairs, facts, source_pairs
from ondit.reading.tags import Role, Tag, TaggedText
from ondit.records import Span
from ondit.text.encoder import WEIGHTS, Encoder
from ondit.text.words import Paragraph

LINKER = Linker(Encoder())
LETTERS: dict[str, Role] = {"S": "source", "K": "cue", "C": "content"}


def tagged(marked: str) -> TaggedText:
    """A text from one in which tags are written [S …], [K …] and [C …]."""
    text, paragraphs, tags = "", [Paragraph()], []
    opened: tuple[str, int, int] | None = None
    for token in (
        marked.replace("[S ", " [S ")
        .replace("[K ", " [K ")
        .replace("[C ", " [C ")
        .replace("]", " ] ")
        .split(" ")
    ):
        if token in ("[S", "[K", "[C"):
            opened = (token[1], len(text), len(paragraphs[-1].words))
        elif token == "]" and opened is not None:
            letter, start, first = opened
            tags.append(
                Tag(
                    LETTERS[letter],
                    Span(start, len(text) - 1),
                    0.9,
                    len(paragraphs) - 1,
                    first,
                    len(paragraphs[-1].words),
                )
            )
        elif token == "/":
            text += "\n"
            paragraphs.append(Paragraph())
        elif token:
            paragraphs[-1].add([1], (0, 6, 8, 11), Span(len(text), len(text) + len(token)))
            text += token + " "
    return TaggedText(text, tuple(paragraphs), tuple(tags))


def linked(marked: str) -> list[tuple[str, str, str]]:
    found = tagged(marked)
    return [
        tuple(" | ".join(found.text[s:e] for s, e in spans) for spans in (r.source, r.cue, r.content))  # type: ignore[misc]
        for r in LINKER.link(found)
    ]


def test_source_cue_and_content_of_a_sentence() -> None:
    assert linked("[S Ada Quill] [K said] [C that the pier was closed] .") == [
        ("Ada Quill", "said", "that the pier was closed")
    ]


def test_two_sentences_two_relations() -> None:
    found = linked(
        "[S Ada] [K said] [C the pier was closed] . [S Officials] [K denied] [C that it was unsafe] ."
    )
    assert [(source, cue) for source, cue, _ in found] == [("Ada", "said"), ("Officials", "denied")]


def test_a_source_serves_two_cues() -> None:
    found = linked("[S Ada Quill] [K said] [C the pier was closed] and [K added] [C that it was unsafe] .")
    assert [source for source, _, _ in found] == ["Ada Quill", "Ada Quill"]


def test_content_in_two_parts_is_one_relation() -> None:
    found = linked("[C “ The pier is closed , ”] [S Ada Quill] [K said] . [C “ It is unsafe . ”]")
    assert found == [("Ada Quill", "said", "“ The pier is closed , ” | “ It is unsafe . ”")]


def test_cue_without_content_is_dropped() -> None:
    assert linked("[S Ada Quill] [K said] nothing .") == []


def test_content_alone_stands_alone() -> None:
    assert linked("[C “ The pier is closed . ”]") == [("", "", "“ The pier is closed . ”")]


def test_no_tags_no_relations() -> None:
    assert linked("The pier is closed .") == []


def test_candidates_stay_near() -> None:
    layout = Layout(tagged("[S he] [K said] [C so] " * 100))
    pairs = [*source_pairs(layout, CUE), *source_pairs(layout, CONTENT), *cue_pairs(layout)]
    assert len(pairs) <= 300 * 16


MARKED = st.lists(
    st.sampled_from(["[S he]", "[K said]", "[C that it rained]", "word", ",", "“", ".", "/"]), max_size=30
)


@given(MARKED.map(" ".join))
def test_facts_of_a_pair_do_not_depend_on_other_pairs(marked: str) -> None:
    layout = Layout(tagged(marked))
    for pairs in (source_pairs(layout, CUE), source_pairs(layout, CONTENT), cue_pairs(layout)):
        together = facts(layout, pairs)
        assert together.shape == (len(pairs), WIDTH)
        alone = [facts(layout, [pair])[0] for pair in pairs]
        assert np.array_equal(together, np.array(alone, np.float32).reshape(-1, WIDTH))


@given(MARKED.map(" ".join))
def test_every_content_is_in_one_relation(marked: str) -> None:
    found = tagged(marked)
    contents = sorted(tag.span for tag in found.tags if tag.role == "content")
    assert sorted(span for relation in LINKER.link(found) for span in relation.content) == contents


def test_rivals_and_distance_are_counted() -> None:
    layout = Layout(tagged("[S Ada] , and [S Bo] [K said] [C it rained]"))
    row = facts(layout, source_pairs(layout, CUE))[0]
    assert row[[0, 1, 3, 7, 9, 10, 11]].tolist() == [1, 3, 1, 1, 99, 99, 1]


def test_forest_walks_from_the_root_to_a_leaf() -> None:
    arrays = {
        "S.feat": np.array([1, 0, 0]), "S.thr": np.array([0.5, 0, 0]), "S.left": np.array([1, 1, 2]),
        "S.right": np.array([2, 1, 2]), "S.val": np.array([0, -2.0, 2.0]),
        "S.leaf": np.array([False, True, True]), "S.root": np.array([0]), "S.base": np.array([1.0]),
    }  # fmt: skip
    chance = Forest(arrays, "S").chance(np.array([[9, 0.5], [9, 0.6]], np.float32))
    assert chance.tolist() == pytest.approx([1 / (1 + np.exp(1)), 1 / (1 + np.exp(-3))])


def test_confidence_is_a_chance_and_lower_without_a_source() -> None:
    sure = LINKER.link(tagged("[S Ada Quill] [K said] [C that the pier was closed] ."))
    doubtful = LINKER.link(tagged("[C “ Yes . ”]"))
    assert 1 > sure[0].confidence > 0.5 > doubtful[0].confidence > 0


def test_trees_can_be_handed_in() -> None:
    linker = Linker(Encoder())
    with np.load(WEIGHTS / FOREST, allow_pickle=False) as arrays:
        linker.use({name: array * 0 if name == "confidence" else array for name, array in arrays.items()})
    relations = linker.link(tagged("[S Ada Quill] [K said] [C that the pier was closed] ."))
    assert [relation.confidence for relation in relations] == [0.5]
