from __future__ import annotations

import pytest

from benchmarks.quality.score_stances import Held, StanceText, Stated, load, matched, mistakes, score


def stated(start: int, end: int, stance: str = "affirm", *who: str) -> Stated:
    return Stated(start, end, stance, "certain", tuple(Held(name, stance, "certain") for name in who))


def one(marked: Stated, found: list[Stated], ident: str = "s001") -> dict[str, dict[str, float]]:
    return score([StanceText(ident, "The Tide", "He did not go home.", (marked,))], {ident: found})


def test_file_holds_200_texts_whose_marked_words_stand_in_them() -> None:
    texts = load()
    assert len({t.id for t in texts}) == 200
    assert {t.part for t in texts} == {"open", "kept"}
    assert all(s.end <= len(t.text) for t in texts for s in t.statements)


def test_odd_numbers_are_open_and_even_ones_kept() -> None:
    right = stated(0, 18, "deny")
    assert one(right, [right])["open"]["right"] == 1.0
    assert one(right, [right], "s002")["kept"]["right"] == 1.0
    assert one(right, [right])["kept"]["right"] == 0.0


def test_stance_or_certainty_alone_is_not_right() -> None:
    measures = one(stated(0, 18, "deny"), [stated(0, 18)])["all"]
    assert (measures["right"], measures["stance"], measures["certainty"]) == (0.0, 0.0, 1.0)


def test_of_several_holders_each_must_take_it_right() -> None:
    marked = stated(0, 18, "deny", "The mayor", "the Tide")
    found = Stated(0, 18, "deny", "certain", (marked.holders[0], Held("Tide", "affirm", "certain")))
    assert one(marked, [found])["all"]["right"] == 0.0
    assert one(marked, [marked])["all"]["holders"] == 1.0


def test_of_statements_with_the_same_words_the_one_of_the_right_origin_answers() -> None:
    marked = stated(0, 18, "deny", "the mayor")
    assert matched(marked, [stated(0, 18, "affirm", "the Herald"), marked]) == marked


def test_text_without_statements_is_wrong_and_named() -> None:
    marked = stated(0, 18)
    text = StanceText("s001", "The Tide", "He did not go home.", (marked,))
    assert one(marked, [])["all"]["right"] == 0.0
    (mistake,) = mistakes(text, [])
    assert mistake.endswith("found: nothing")


def test_marked_words_that_are_not_in_the_text_are_refused(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "stances.jsonl"
    row = '{"id": "s001", "outlet": "T", "text": "A", "statements": [{"words": "B", "stance": "affirm"}]}'
    path.write_text(row, encoding="utf-8")
    with pytest.raises(ValueError, match="substring"):
        load(path)
