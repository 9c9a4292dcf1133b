from __future__ import annotations

import pytest
from hypothesis import given

from benchmarks.quality.score_attribution import TokenText, quoted, score
from strategies import news_texts

TEXT = 'The mayor said "nine people had died" and left. Crews denied it.'
MAYOR = {"source": [(0, 9)], "cue": [(10, 14)], "content": [(15, 37)]}
GOLD = [{"id": "d", "text": TEXT, "attributions": [MAYOR]}]


def test_the_same_attribution_scores_full() -> None:
    found = score(GOLD, {"d": [MAYOR]})
    assert found["content exact"] == found["relation strict"] == (100.0, 100.0, 100.0)
    assert found["source given content"] == (100.0, 100.0, 100.0)


def test_a_document_without_prediction_costs_recall() -> None:
    assert score(GOLD, {})["content soft"] == (0.0, 0.0, 0.0)


def test_marks_and_commas_at_the_edges_do_not_matter() -> None:
    inside = MAYOR | {"content": [(16, 36)]}
    assert score(GOLD, {"d": [inside]})["content exact"] == (100.0, 100.0, 100.0)


def test_half_a_content_is_soft_and_not_exact() -> None:
    half = MAYOR | {"content": [(16, 27)]}
    found = score(GOLD, {"d": [half]})
    assert found["content exact"] == (0.0, 0.0, 0.0)
    assert found["content soft"] == (100.0, 50.0, 66.7)


def test_a_wrong_source_spoils_the_relation_alone() -> None:
    found = score(GOLD, {"d": [MAYOR | {"source": [(48, 53)]}]})
    assert found["content exact"][2] == 100.0
    assert found["relation soft"][2] == 0.0


def test_no_cue_is_not_a_wrong_cue() -> None:
    assert score(GOLD, {"d": [MAYOR | {"cue": []}]})["relation soft"][2] == 100.0


def test_an_attribution_without_content_is_left_out() -> None:
    assert score(GOLD, {"d": [MAYOR, {"content": [], "source": [(0, 3)]}]})["content exact"][0] == 100.0


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('a "b" c', ["b"]),
        ("a “b” c", ["b"]),
        ("a ''b'' c", ["b"]),
        ("a ``b'' c", ["b"]),
        ('a "b\nc" d', ["b", " d"]),
        ("none", []),
    ],
)
def test_quotations_end_with_their_line(text: str, inside: list[str]) -> None:
    assert [text[start:end] for start, end in quoted(text)] == inside


def test_contents_are_typed_by_their_marks() -> None:
    doc = TokenText(TEXT)
    assert [doc.quote_type(doc.tokens([s])) for s in ((16, 36), (10, 36), (38, 47))] == [
        "direct",
        "mixed",
        "indirect",
    ]


@given(news_texts())
def test_stretches_in_marks_lie_apart_and_inside_the_text(text: str) -> None:
    places = [place for stretch in quoted(text) for place in stretch]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)
