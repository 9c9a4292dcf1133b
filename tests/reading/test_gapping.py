from __future__ import annotations

import pytest

from ondit.reading.gapping import parted
from readingfakes import Said, level, told

OLD, NEW = "it was old", "that it was new"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Low said it was old, Quill that it was new.", [("Low", "said", f"{OLD}, Quill {NEW}")]),
        ("Low said it was old and Quill that it was new.", [("Low", "said", f"{OLD} | {NEW}")]),
        ("Low said it was old, Quill that it was new.", [("Low", "said", OLD), ("Low", "Quill", NEW)]),
        ("Low said it was old, while the clerk that it was new.", [("Low", "said", f"{OLD} | {NEW}")]),
    ],
)
def test_second_speaker_has_the_verb_of_the_first(text: str, found: list[Said]) -> None:
    levels = [level(text, said) for said in found]
    first, second = told(text, [*levels, *parted(text, levels)])
    assert first == ("Low", "said", OLD)
    assert second[0] in {"Quill", "the clerk"}
    assert second[1] == "said"
    assert second[2].removeprefix("that ") == "it was new"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Low said it was old, and that it was rusty.", ("Low", "said", "it was old, and that it was rusty")),
        ("Low said he had told Quill that it was new.", ("Low", "said", "he had told Quill that it was new")),
        ("Low said it was old and told Quill that it was new.", ("Low", "said", f"{OLD} | {NEW}")),
    ],
)
def test_content_of_one_speaker_stays_whole(text: str, said: Said) -> None:
    found = [level(text, said)]
    assert parted(text, found) == []
    assert told(text, found) == [said]


def test_second_speaker_of_something_has_the_verb_of_the_first() -> None:
    text = "The mayor has spoken of seventeen dead and the hospital of eleven."
    levels = [level(text, ("The mayor", "has spoken of", "seventeen dead and the hospital of eleven"))]
    assert told(text, [*levels, *parted(text, levels)]) == [
        ("The mayor", "has spoken of", "seventeen dead"),
        ("the hospital", "has spoken of", "eleven"),
    ]


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("has spoken of", "rivers of mud and a wall of water"),
        ("complained of", "delays and the Mayor of London"),
        ("spoke of", "nine friends and the director of the film"),
        ("counted", "ten and the hospital of eleven"),
    ],
)
def test_things_of_something_are_no_speakers(cue: str, content: str) -> None:
    text = f"The mayor {cue} {content}."
    levels = [level(text, ("The mayor", cue, content))]
    assert parted(text, levels) == []
