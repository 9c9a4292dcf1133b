"""What changed between two versions, in words."""

from __future__ import annotations

from ondit.records import Document
from ondit.telling.versions import tell_changes
from ondit.tracing.revisions import Change

A, B = (
    Document("r1", "x", "The Tide", headline="Shed burns"),
    Document("r2", "y", "The Tide", headline="Shed burns"),
)


def test_a_change_shows_the_words_exchanged_and_what_it_means() -> None:
    change = Change(
        "changed",
        "It may fall.",
        "It is falling.",
        (("may fall", "is falling"),),
        None,
        ("possible", "certain"),
    )
    assert tell_changes(A, B, [change]).split("\n") == [
        "The Tide: Shed burns [r1 → r2, no date]",
        "  “It is falling.”",
        "    “may fall” became “is falling”",
        "    certainty: possible, now certain",
    ]


def test_what_was_added_and_taken_out_is_shown() -> None:
    found = tell_changes(A, B, [Change("added", None, "It fell."), Change("removed", "It stood.", None)])
    assert found.split("\n")[1:] == ["  added: “It fell.”", "  taken out: “It stood.”"]


def test_versions_without_a_change_say_so() -> None:
    assert tell_changes(A, B, []).split("\n")[1:] == ["  no statement changed"]


def test_a_report_cannot_write_to_the_terminal() -> None:
    assert "\x1b" not in tell_changes(A, B, [Change("added", None, "It \x1b[2J fell.")])
