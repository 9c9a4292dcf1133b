"""Attributions made elsewhere count only where they stand in the text, word by word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import facefakes
import ondit.pipeline
import strategies
from ondit.errors import InputError
from ondit.faces.given import GivenReader, Row, checked, line, load_rows, strangers
from ondit.records import Attribution, Document, Problem, Reading, Span

TEXT = "Ann told the Tide: “Bob said it burned.” It rained. It rained."
DOCUMENT = Document("r1", TEXT, place="in.jsonl:1")


def check(*attributions: Any) -> tuple[tuple[Attribution, ...], list[str]]:
    """What counts, and why the rest does not."""
    good, problems = checked(DOCUMENT, Row("given.jsonl:1", attributions))
    return good, [problem.message for problem in problems]


def test_what_stands_in_the_text_counts() -> None:
    good, refused = check(
        {
            "source": [[0, 3]],
            "source_text": ["Ann"],
            "cue": [[4, 8]],
            "cue_text": "told",
            "content": [[20, 38]],
            "content_text": ["Bob said it burned"],
        }
    )
    assert refused == []
    (att,) = good
    assert (att.source, att.cue, att.content) == (((0, 3),), ((4, 8),), ((20, 38),))
    assert (att.document, att.method, att.confidence, att.parent) == ("r1", "given", 1.0, None)


def test_words_alone_will_do_where_they_occur_once() -> None:
    good, refused = check({"source_text": "Ann", "content_text": ["it burned"]})
    assert (good[0].content, refused) == ((Span(29, 38),), [])


@pytest.mark.parametrize(
    ("attribution", "why"),
    [
        ("text", "it is no JSON object"),
        ({}, "it has no content"),
        ({"content": []}, "it has no content"),
        ({"content": [[0, 99]]}, "its content [0, 99] is no [start, end] inside the 62 characters"),
        ({"content": [[-3, 5]]}, "its content [-3, 5] is no [start, end]"),
        ({"content": [[5, 5]]}, "its content [5, 5] is no [start, end]"),
        ({"content": [[0, True]]}, "its content [0, True] is no [start, end]"),
        ({"content": [[0, 3.0]]}, "its content [0, 3.0] is no [start, end]"),
        ({"content": [0, 3]}, "its content 0 is no [start, end]"),
        ({"content": "Ann"}, "its content is no list of [start, end]"),
        ({"content": [[0, 5], [3, 8]]}, "spans of its content overlap"),
        ({"content": [[0, 3]], "content_text": ["ann"]}, "is 'ann', but at 0..3 stands 'Ann'"),
        ({"content": [[0, 3]], "content_text": []}, "it has 1 spans of content and 0 of content_text"),
        ({"content": [[0, 3]], "content_text": 3}, "its content_text is no text"),
        ({"content_text": "It rained"}, "'It rained' occurs 2 times in the report; give its offsets"),
        ({"content_text": "nothing"}, "'nothing' occurs 0 times"),
        ({"content_text": ""}, "occurs 0 times"),
        ({"content": [[0, 3]], "type": "shouted"}, "its type is 'shouted', not one of direct"),
        ({"content": [[0, 3]], "type": ["direct"]}, "its type is ['direct'], not one of direct"),
        ({"content": [[0, 3]], "confidence": 7}, "its confidence is 7, not a number from 0 to 1"),
        ({"content": [[0, 3]], "parent": "x"}, "its parent 'x' is not among the attributions of 'r1'"),
        ({"content": [[0, 3]], "parent": 3}, "its parent 3 is not among"),
    ],
)
def test_what_does_not_is_refused_with_the_reason(attribution: Any, why: str) -> None:
    good, (message,) = check(attribution)
    assert good == ()
    assert message.startswith("attribution 1 not used: ")
    assert why in message


OUTER = {"id": "a", "source_text": "Ann", "content_text": "Bob said it burned"}
INNER = {"id": "b", "source_text": "Bob", "content_text": "it burned", "parent": "a"}


def test_nested_attributions_keep_their_parents() -> None:
    (inner, outer), refused = check(INNER, OUTER)
    assert refused == []
    assert (inner.parent, outer.parent) == (outer.id, None)


def test_a_child_of_what_is_refused_is_refused_with_it() -> None:
    grandchild = {"id": "c", "content_text": "burned", "parent": "b"}
    good, refused = check(OUTER | {"source_text": "Zed"}, INNER, grandchild)
    assert (good, len(refused)) == ((), 3)


def test_a_child_outside_its_parent_is_refused() -> None:
    good, (why,) = check(OUTER, INNER | {"content_text": "told"})
    assert len(good) == 1
    assert "it does not lie in the content of its parent 'a'" in why


def test_parents_in_a_circle_are_refused() -> None:
    content = {"content": [[20, 38]]}
    good, refused = check({"id": "a", "parent": "b", **content}, {"id": "b", "parent": "a", **content})
    assert (good, len(refused)) == ((), 2)


@given(st.recursive(strategies.leaves(), lambda leaf: st.dictionaries(
    st.sampled_from(["id", "source", "content", "content_text", "parent", "type", "confidence"]), leaf
)))  # fmt: skip
def test_any_json_is_refused_or_lies_in_the_text(raw: Any) -> None:
    good, problems = checked(DOCUMENT, Row("x:1", (raw, raw)))
    assert len(good) + len(problems) == 2
    for att in good:
        assert all(0 <= s.start < s.end <= len(TEXT) for s in (*att.source, *att.cue, *att.content))


@settings(max_examples=30)
@given(st.data())
def test_what_we_write_we_take(data: st.DataObject) -> None:
    document = data.draw(strategies.documents(strategies.news_texts()))
    atts = data.draw(strategies.attributions(document))
    whole = [a for a in atts if a.content and all(s.end > s.start for s in (*a.source, *a.cue, *a.content))]
    outer = tuple({a.content: a for a in whole if a.parent is None}.values())
    row = json.loads(json.dumps(line(Reading(document, attributions=outer), nested=True)))
    good, problems = checked(document, Row("x:1", tuple(row["attributions"])))
    assert problems == ()
    assert [(a.source, a.cue, a.content) for a in good] == [(a.source, a.cue, a.content) for a in outer]


NESTED = (
    Attribution("block", "r1", (), (), (Span(0, 60),), "direct", method="block"),
    Attribution("a", "r1", (), (), (Span(20, 38),), "direct", parent="block"),
    Attribution("b", "r1", (), (), (Span(29, 38),), "indirect", parent="a"),
    Attribution("c", "r1", (), (), (Span(40, 50),), "indirect", method="given"),
)


def test_outermost_is_what_stands_in_running_text_and_in_no_other_content() -> None:
    reading = Reading(DOCUMENT, attributions=NESTED)
    assert [a["id"] for a in line(reading, nested=False)["attributions"]] == ["a", "c"]


def test_claim_inside_what_another_denies_is_not_outermost() -> None:
    denial = Attribution("d", "r1", (Span(0, 3),), (Span(4, 10),), (Span(11, 60),), "indirect")
    claim = Attribution("e", "r1", (Span(11, 20),), (Span(21, 26),), (Span(27, 60),), "indirect")
    reading = Reading(DOCUMENT, attributions=(denial, claim))
    assert [a["id"] for a in line(reading, nested=False)["attributions"]] == ["d"]


def test_nested_is_all_there_is_with_parents() -> None:
    reading = Reading(DOCUMENT, attributions=NESTED)
    assert [a["parent"] for a in line(reading, nested=True)["attributions"]] == [None, "block", "a", None]


# -------------------------------------------------------------------------- files


def test_lines_that_are_none_are_problems(tmp_path: Path) -> None:
    path = tmp_path / "given.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"id": "r1", "attributions": []}\n\n{"id": 3}\nnothing\n[]\n\xff\n'
        b'{"id": "r2"}\n{"id": "r1", "attributions": []}\n' + b"[" * 100_000
    )
    rows, problems = load_rows(str(path))
    assert rows == {"r1": Row(f"{path}:1", ())}
    assert [problem.place.rpartition(":")[2] for problem in problems] == ["3", "4", "5", "6", "7", "8", "9"]
    assert "report 'r1' has a line already" in problems[-2].message


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        load_rows(str(tmp_path / "none"))


def test_lines_for_strangers_are_problems() -> None:
    rows = {"r1": Row("g:1", ()), "r9": Row("g:2", ())}
    (problem,) = strangers(rows, ["r1", "r2"])
    assert problem == Problem("attribution", "g:2", "line not used: no report has the id 'r9'")


# ------------------------------------------------------------------------- reading


def test_reports_without_a_line_are_read_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ondit.pipeline, "read", facefakes.read)
    assert GivenReader({})(DOCUMENT) == facefakes.read(DOCUMENT)


def test_an_empty_line_means_that_nobody_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ondit.pipeline, "read", facefakes.read)
    assert GivenReader({"r1": Row("g:1", ())})(DOCUMENT).attributions == ()


def test_what_the_reader_leaves_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ondit.pipeline, "read", lambda document, _: Reading(document))
    reading = GivenReader({"r1": Row("g:1", ({"content_text": "it burned"},))})(DOCUMENT)
    why = "the reader found no place for the one whose content begins 'it burned'"
    assert reading.problems == (Problem("attribution", "g:1", why, document="r1"),)
