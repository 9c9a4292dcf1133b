from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.reading.linker import RawRelation
from ondit.reading.tagging import Extractor, Tagger, open_finder
from ondit.records import Spans
from ondit.text.encoder import Encoder

ENCODER = Encoder()
EXTRACTOR = Extractor(ENCODER)


def words(text: str, spans: Spans) -> str:
    return " | ".join(text[start:end] for start, end in spans)


def told(text: str, **how: bool) -> list[tuple[str, str, str]]:
    found = EXTRACTOR.relations([text], **how)[0]
    return [(words(text, r.source), words(text, r.cue), words(text, r.content)) for r in found]


def test_indirect_speech() -> None:
    text = "The harbour master said that the pier had been closed since Monday."
    assert told(text) == [("The harbour master", "said", "that the pier had been closed since Monday")]


def test_direct_speech_in_two_parts_is_one_relation() -> None:
    text = '"The pier is closed," Ada Quill told reporters on Monday. "It will not open again."'
    found = told(text)
    assert [(source, cue) for source, cue, _ in found] == [("Ada Quill", "told")]
    assert [part in found[0][2] for part in ("The pier is closed", "It will not open again")] == [True, True]


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "''", "«»"])
def test_style_of_marks_does_not_matter(marks: str) -> None:
    text = f"{marks[0]}We have found nothing,{marks[1]} the minister said on Friday."
    assert [(source, cue) for source, cue, _ in told(text)] == [("the minister", "said")]


def test_according_to() -> None:
    text = "The ferry was carrying too many passengers, according to the coastguard."
    assert [(source, cue) for source, cue, _ in told(text)] == [("the coastguard", "according to")]


def test_own_voice_has_no_relations() -> None:
    assert told("The ferry left the harbour at noon. It was raining.") == []


def test_clause_is_read_as_a_sentence() -> None:
    text = "that the owner admitted the ship was not insured"
    assert told(text, sentences=True) == [("the owner", "admitted", "the ship was not insured")]


def test_finder_reads_many_texts() -> None:
    find = open_finder(ENCODER)
    assert [len(found) for found in find(["It rained.", "He said it rained."])] == [0, 1]


def test_texts_do_not_influence_each_other() -> None:
    texts = ["Ada Quill said the pier had closed.", "It rained.\n" * 40, "The port closed, officials said."]
    assert EXTRACTOR.relations(texts) == [EXTRACTOR.relations([text])[0] for text in texts]


def test_leaning_to_recall_finds_no_less() -> None:
    text = "Critics have accused the ministry of neglect. The ministry plans to build a second pier."
    counts = [len(Tagger(ENCODER, lean=lean).tag([text])[0].tags) for lean in (-2.0, 0.0, 2.0)]
    assert counts == sorted(counts)


def test_less_is_believed_the_surer_it_must_be() -> None:
    text = (
        "Critics have accused the ministry of neglect. “A shame.” The ministry plans a second pier, it said."
    )
    counts = [len(Extractor(ENCODER, least=least).relations([text])[0]) for least in (0.0, 0.3, 0.7, 1.0)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 0 < counts[0]


def check(text: str, found: list[RawRelation]) -> None:
    for relation in found:
        assert relation.content
        assert 0 <= relation.confidence <= 1
        for start, end in (*relation.source, *relation.cue, *relation.content):
            assert 0 <= start < end <= len(text)
            assert "\n" not in text[start:end]


NEWS = st.lists(
    st.sampled_from(["said", "“", "”", '"', "''", "‘", "’", "Ada Quill", "that", "the port", "according to"])
    | st.sampled_from(
        [".", ",", "closed", "\n", "\x00", "\ud800", "\u00a0", "é", "𝔘", "日本", ":", "…", "[SEP]"]
    ),
    max_size=40,
).map(" ".join)


@given(NEWS | st.text(max_size=80))
@settings(max_examples=40)
def test_spans_of_any_text_lie_inside_it(text: str) -> None:
    check(text, EXTRACTOR.relations([text])[0])
    check(text, EXTRACTOR.relations([text], sentences=True)[0])


@pytest.mark.parametrize("text", ["", "\n\n", "?!,;", "'''\"\"", "\ud800\udfff", "\x00\x01\x7f", "“" * 50])
def test_texts_without_words_have_no_relations(text: str) -> None:
    assert EXTRACTOR.relations([text, text]) == [[], []]


@pytest.mark.parametrize("unit", ["he said ", "a" * 99 + " ", "said, said “x” said "])
def test_one_endless_line_takes_time_in_proportion(unit: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        EXTRACTOR.relations([unit * (length // len(unit))])
        return time.process_time() - start

    seconds(500)
    assert seconds(16_000) < 8 * seconds(4_000) + 0.5
