"""Rare details: what stands out between two reports of a story, and the words that say so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.grouping.details import (
    LIKELY,
    Rarity,
    likeness,
    rare_details,
    reuse_evidence,
    shared_details,
    standing_out,
    voice,
)
from ondit.grouping.reuse import page
from ondit.records import Document, Quotation, Reading, Span
from ondit.text.normalise import quoted
from strategies import news_texts

SCENE = "ash lay like dirty snow on the parked cars while volunteers snipped labels off donated coats"
COMMON = "the fire burned homes near Quillby and the mayor spoke of the town that burned"
OWN = (
    "Larches along the quarry caught first.",
    "Gran lost nine hens and her tractor.",
    "Schools stay shut until Thursday evening.",
    "Insurers expect claims worth millions.",
    "Helicopters dropped water from dusk.",
    "A bishop prayed beside the viaduct.",
)
reports = st.lists(news_texts(), min_size=2, max_size=5)


def reading(document: str, text: str) -> Reading:
    """A report whose quotations are those that its marks show."""
    mask, spans = quoted(text), []
    for at, inside in enumerate(mask):
        if inside and (at == 0 or not mask[at - 1]):
            spans.append([at, at + 1])
        elif inside:
            spans[-1][1] = at + 1
    quotations = tuple(Quotation(Span(*span), nr) for nr, span in enumerate(spans))
    return Reading(Document(document, text), quotations=quotations)


def story(*texts: str) -> list[Reading]:
    return [reading(f"r{nr}", text) for nr, text in enumerate(texts)]


def annotated(folder: Path) -> list[tuple[dict[str, Any], list[Reading]]]:
    out = []
    for file in sorted(folder.glob("*/story.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        ordered = sorted(gold["reports"], key=lambda report: report["published"])
        texts = {r["id"]: (file.parent / "reports" / r["file"]).read_text(encoding="utf-8") for r in ordered}
        out.append((gold, [reading(document, text) for document, text in texts.items()]))
    return out


def test_a_rewritten_scene_stands_out_with_its_words() -> None:
    first = f"Sirens woke Quillby. At the bowling club {SCENE}. {OWN[0]}"
    second = f"{OWN[1]} Volunteers snipped labels off donated coats; ash lay like dirty snow on parked cars."
    readings = story(first, second, *(f"The fire burned near Quillby. {own}" for own in OWN[2:]))
    found = reuse_evidence(readings)[0]
    assert (found.a, found.b) == ("r0", "r1")
    shown = [first[e.span.start : e.span.end] for e in found.evidence if e.document == "r0"]
    assert "ash lay like dirty snow on the parked cars" in " ".join(shown)
    assert {e.document for e in found.evidence} == {"r0", "r1"}


def test_the_same_scene_between_quotation_marks_is_no_evidence() -> None:
    readings = story(*(f'{COMMON}. He said: "{SCENE}."' for _ in range(2)), COMMON, COMMON)
    quiet = rare_details(readings)["r0", "r1"]
    texts = [readings[0].document.text[d.a.start : d.a.end] for d in quiet]
    assert not any("snow" in text for text in texts)


def test_what_the_whole_story_says_makes_nobody_stand_out() -> None:
    assert (
        reuse_evidence(story(*(f"The fire burned homes near Quillby, officers said. {own}" for own in OWN)))
        == ()
    )


def test_details_come_rarest_first_and_share_no_word() -> None:
    readings = story(
        f"{COMMON}. {SCENE}. 31,000 left in 2011.", f"In 2011 31,000 left: {SCENE}. {COMMON}", COMMON
    )
    found = rare_details(readings)["r0", "r1"]
    assert [d.weight for d in found] == sorted((d.weight for d in found), reverse=True)
    for side in (0, 1):
        begins = [detail[side].start for detail in found]
        assert len(set(begins)) == len(begins)


@given(reports)
def test_details_lie_in_their_texts_and_outside_quotations_at_both_ends(texts: list[str]) -> None:
    readings = story(*texts)
    by_id = {r.document.id: r for r in readings}
    for (a, b), details in rare_details(readings).items():
        for detail in details:
            for document, span in ((a, detail.a), (b, detail.b)):
                assert 0 <= span.start < span.end <= len(by_id[document].document.text)
                spans = [q.span for q in by_id[document].quotations]
                assert not any(s.start <= span.start < s.end for s in spans)


@given(reports)
def test_likeness_is_symmetric_and_one_with_itself(texts: list[str]) -> None:
    terms = [np.unique(voice(page(r)).hashes) for r in story(*texts)]
    found = likeness(terms, Rarity.of(terms))
    assert np.allclose(found, found.T)
    assert found.min() >= 0
    assert found.max() <= 1 + 1e-9
    assert all(len(held) == 0 or abs(found[nr, nr] - 1) < 1e-9 for nr, held in enumerate(terms))


@given(st.integers(3, 7))
def test_the_pair_that_is_more_alike_than_its_others_stands_out(count: int) -> None:
    matrix = np.full((count, count), 0.1)
    matrix[0, 1] = matrix[1, 0] = 0.4
    scores = standing_out(matrix)
    assert (scores == scores.T).all()
    assert scores[0, 1] == np.triu(scores, 1).max()
    others = 2 * (count - 2)
    assert scores[0, 1] == pytest.approx(0.4 - (0.1 * others + 2 * 0.09) / (others + 2))


def test_two_reports_alone_are_held_against_what_is_usual() -> None:
    assert standing_out(np.array([[1.0, 0.25], [0.25, 1.0]]))[0, 1] == pytest.approx(0.16)


@given(reports)
def test_same_reports_same_evidence(texts: list[str]) -> None:
    assert reuse_evidence(story(*texts), least=0.0) == reuse_evidence(story(*texts), least=0.0)


def test_what_most_reports_hold_is_no_rare_detail() -> None:
    copies = rare_details(story(*(f"{SCENE}, {own}" for own in OWN)))
    assert set(copies.values()) == {()}


def test_no_reports_no_evidence() -> None:
    assert reuse_evidence([]) == ()
    assert reuse_evidence(story("only one")) == ()
    assert reuse_evidence(story("", "")) == ()


def test_shared_details_of_reports_without_common_words() -> None:
    a, b = (voice(page(r)) for r in story("quartz vetoed jumping", "lemons burst promenade"))
    assert shared_details(a, b, Rarity.of([np.unique(v.hashes) for v in (a, b)])) == ()


def test_silent_rewrites_of_the_annotated_stories_are_told_from_independent_reports(stories: Path) -> None:
    """Floors, on bare text: from a score of .10 on 9 of 9 pairs are right, and 9 of 12 rewrites and copies
    are found. From `LIKELY` on three more are wrong here; elsewhere more are right than wrong."""
    wanted = 0
    told = {0.10: [0, 0], LIKELY: [0, 0]}
    for gold, readings in annotated(stories):
        kinds = {(d["parent"], d["child"]): d["kind"] for d in gold["derivations"]}
        wanted += sum(kind in ("rewrite", "copy") for kind in kinds.values())
        for least, counts in told.items():
            for reuse in reuse_evidence(readings, least):
                counts[0] += kinds.get((reuse.a, reuse.b)) in ("rewrite", "copy")
                counts[1] += (reuse.a, reuse.b) not in kinds and (reuse.b, reuse.a) not in kinds
    assert (told, wanted) == ({0.10: [9, 0], LIKELY: [9, 3]}, 12)
