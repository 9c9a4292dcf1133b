"""Who is in a story: roles by claim, names by report."""

from __future__ import annotations

from dataclasses import replace

from ondit.records import Attribution, Holder, Span
from ondit.telling.cast import namings, players
from ondit.telling.dossier import Numbered
from ondit.telling.tree import shown
from tellingfakes import BURNED, FIRE, TRACE, said


def test_roles_by_claim() -> None:
    rows = {row.name: (row.origin, row.relays) for row in players(Numbered.of(shown(TRACE)))}
    assert rows["six officials"] == ((1,), ())
    assert rows["NBC-9"] == ((), (1,))
    assert rows["Ada Quill"] == ((1,), ())
    assert rows["City of Velmar"] == ((1,), ())
    assert rows["Blog"] == ((), (1, 2))


def test_for_whom_somebody_speaks_stands_beside() -> None:
    row = next(row for row in players(Numbered.of(shown(TRACE))) if row.name == "Ada Quill")
    assert (row.kind, row.principal) == ("person", "City of Velmar")


def test_two_names_for_one_agent_stand_with_their_places() -> None:
    atts = (
        Attribution("one", "r1", (Span(0, 13),), (), (BURNED,), "indirect"),
        Attribution("two", "r2", (Span(4, 13),), (), (BURNED,), "indirect"),
    )
    stmts = (
        said("r1", BURNED, "six", "nbc", holders=(Holder("six", "one"), Holder("nbc"))),
        said("r2", BURNED, "six", "tide", holders=(Holder("six", "two"), Holder("tide"))),
    )
    trace = replace(TRACE, attributions=atts, claims=(replace(FIRE, statements=stmts),))
    (row,) = namings(Numbered.of(shown(trace)))
    assert row.name == "six officials"
    assert [(report, [(bit.text, bit.to) for bit in bits]) for report, bits in row.calls] == [
        ("The Tide [r2]", [("officials", "doc-r2:4-13")]),
        ("NBC-9 [r1]", [("Six officials", "doc-r1:0-13")]),
    ]


def test_one_name_everywhere_is_no_row() -> None:
    assert namings(Numbered.of(shown(TRACE))) == ()
