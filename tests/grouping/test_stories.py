"""Stories: same events together, others apart, one report added without touching the rest."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.grouping.stories import Centroids, Vector, assign, group, story_for, vector
from ondit.records import Document, Reading
from strategies import documents

FIRE = "A wildfire burned nineteen homes near Quillby, the fire commander said."
PACT = "The two presidents signed a defence treaty in the palace, the agency reported."


def report(id: str, text: str, published: str | None = None) -> Document:
    return Document(id, text, published=published)


def annotated(folder: Path) -> list[tuple[str, Document]]:
    found = []
    for file in sorted(folder.glob("*/story.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        for r in gold["reports"]:
            text = (file.parent / "reports" / r["file"]).read_text(encoding="utf-8")
            found.append((gold["id"], report(f"{gold['id']}/{r['id']}", text, r["published"])))
    return found


def b_cubed(gold: Mapping[str, str], found: Mapping[str, str]) -> float:
    """B-cubed F1 of the grouping of ids."""
    groups = [defaultdict(set), defaultdict(set)]
    for made, of in zip(groups, (gold, found), strict=True):
        for document, story in of.items():
            made[story].add(document)
    both = {d: len(groups[0][gold[d]] & groups[1][found[d]]) for d in gold}
    p = sum(n / len(groups[1][found[d]]) for d, n in both.items()) / len(gold)
    r = sum(n / len(groups[0][gold[d]]) for d, n in both.items()) / len(gold)
    return 2 * p * r / (p + r)


def test_reports_of_one_event_are_one_story_and_others_another() -> None:
    found = group(
        [report("a", FIRE), report("b", PACT), report("c", f"Quillby: {FIRE}"), report("d", PACT[4:])]
    )
    assert (found["a"] == found["c"], found["b"] == found["d"], found["a"] == found["b"]) == (
        True,
        True,
        False,
    )


def test_the_annotated_stories_are_told_apart(stories: Path) -> None:
    pairs = annotated(stories)
    assert b_cubed({d.id: s for s, d in pairs}, group(d for _, d in pairs)) >= 0.9


def test_each_annotated_story_alone_is_mostly_one(stories: Path) -> None:
    pairs = annotated(stories)
    names = sorted({story for story, _ in pairs})
    scores = []
    for name in names:
        docs = [d for story, d in pairs if story == name]
        scores.append(b_cubed({d.id: name for d in docs}, group(docs)))
    assert np.mean(scores) >= 0.95


def test_all_reports_can_be_taken_as_one_story() -> None:
    found = group([report("a", FIRE), report("b", PACT)], one=True)
    assert len(set(found.values())) == 1


def test_the_order_that_reports_are_given_in_changes_nothing(stories: Path) -> None:
    docs = [d for _, d in annotated(stories)]
    expected = group(docs)
    random.Random(7).shuffle(docs)
    assert group(docs) == expected


def test_a_story_is_called_after_its_first_report() -> None:
    late, early = report("a", FIRE, "2031-01-02"), report("b", FIRE, "2031-01-01")
    assert group([late, early]) == group([early]) | {"a": group([early])["b"]}


def test_a_report_added_later_joins_its_story_and_moves_nobody(stories: Path) -> None:
    docs = sorted((d for _, d in annotated(stories)), key=lambda d: (d.published or "", d.id))
    whole, before = group(docs), group(docs[:-1])
    assert {document: whole[document] for document in before} == before
    centroids = Centroids.of((before[d.id], d) for d in docs[:-1])
    assert assign(vector(docs[-1]), centroids) == (
        whole[docs[-1].id] if whole[docs[-1].id] in before.values() else None
    )


def test_a_report_finds_its_story_among_neighbours() -> None:
    neighbours = [("fire", Reading(report("a", FIRE))), ("pact", Reading(report("b", PACT)))]
    assert story_for(Reading(report("c", f"Late news: {FIRE}")), neighbours) == "fire"
    assert story_for(Reading(report("d", "Lemons are cheaper this spring.")), neighbours) is None
    assert story_for(Reading(report("e", FIRE)), []) is None


def test_more_stories_ask_for_more_in_common() -> None:
    few, many = (
        Centroids.of((str(nr), report(str(nr), f"x{nr}")) for nr in range(count)) for count in (1, 100)
    )
    assert (round(few.threshold, 3), round(many.threshold, 3)) == (0.12, 0.23)


def test_an_old_story_asks_for_more_in_common_but_not_for_ever_more() -> None:
    half = FIRE + " " + " ".join(f"otherword{letter}" for letter in "abcdefghijklmnop")
    members = [("fire", report("a", FIRE, "2031-01-01"))]
    cosines = [
        (Centroids.of(members).nearest(vector(report("b", half, day))) or ("", 0.0))[1]
        for day in ("2031-01-01", "2031-01-11", "2032-01-01", "2033-01-01", "")
    ]
    assert cosines[0] > cosines[1] > cosines[2] == cosines[3] > 0
    assert cosines[4] == cosines[0]


@pytest.mark.parametrize("published", ["yesterday", "", None, "2031-13-45"])
def test_a_time_that_is_no_time_is_no_time(published: str | None) -> None:
    assert vector(report("a", FIRE, published)).day is None


def test_a_headline_that_the_text_lacks_counts() -> None:
    bare, headed = report("a", PACT), Document("a", PACT, headline="Quillby wildfire")
    assert len(vector(headed).terms) == len(vector(bare).terms) + 2
    assert vector(Document("a", f"Treaty signed\n{PACT}", headline="Treaty signed")) == vector(
        report("a", f"Treaty signed\n{PACT}")
    )


@given(documents())
def test_vectors_have_length_one_and_are_sorted_by_weight(document: Document) -> None:
    found = vector(document)
    assert sum(weight**2 for weight in found.weights) == pytest.approx(1.0 if found.terms else 0.0)
    assert found.weights == sorted(found.weights, reverse=True)


vectors = st.dictionaries(st.integers(0, 30), st.floats(0.05, 1), min_size=1, max_size=12).map(
    lambda weights: normed(weights)
)


def normed(weights: dict[int, float]) -> Vector:
    length = sum(weight**2 for weight in weights.values()) ** 0.5
    ordered = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return Vector([term for term, _ in ordered], [weight / length for _, weight in ordered])


@given(st.lists(st.tuples(vectors, st.sampled_from("abcde")), max_size=12), vectors)
def test_the_nearest_story_is_the_one_that_a_full_search_finds(
    members: list[tuple[Vector, str]], wanted: Vector
) -> None:
    centroids = Centroids()
    sums: dict[str, dict[int, float]] = {}
    for member, story in members:
        centroids.add(member, story)
        for term, weight in zip(member.terms, member.weights, strict=True):
            held = sums.setdefault(story, {})
            held[term] = held.get(term, 0.0) + weight
    weights = dict(zip(wanted.terms, wanted.weights, strict=True))
    cosines = {
        story: sum(weights.get(term, 0.0) * w for term, w in held.items())
        / sum(w**2 for w in held.values()) ** 0.5
        for story, held in sums.items()
    }
    found = centroids.nearest(wanted)
    best = max(cosines.values(), default=0.0)
    if found is None:
        assert best < centroids.threshold + 1e-9
    else:
        assert found[1] == pytest.approx(best)
        assert cosines[found[0]] == pytest.approx(best)


def test_a_report_without_words_is_a_story_of_its_own() -> None:
    found = group([report("a", ""), report("b", "…"), report("c", FIRE)])
    assert len(set(found.values())) == 3
