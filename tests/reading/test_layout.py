from __future__ import annotations

from dataclasses import replace

import pytest

from ondit.reading.layout import block_levels, enclose, passed_along, republished, same_name
from ondit.records import BlockKind, Credit, CreditKind, Document
from readingfakes import Said, level, report, span_of, told

LONG = (
    "The crane that fell into the harbour on Monday was forty years old and had not been looked at by "
    "anybody for nine of them."
)


def made_by_layout(document: Document, *found: Said) -> list[Said]:
    levels = [level(document.text, said) for said in found]
    return told(document.text, block_levels(document, document.blocks, levels))


@pytest.mark.parametrize(
    ("lead", "source"),
    [
        ("The Merrow Herald reports:", "Merrow Herald"),
        ("From the Merrow Herald:", "Merrow Herald"),
        ("A report on the crane says this:", "A report"),
        ("I saw the memo. Here is the memo of the owner:", "the memo"),
    ],
)
def test_lead_in_says_whose_words_a_block_quotation_holds(lead: str, source: str) -> None:
    document = report(
        f"{lead}\nThe crane was old.\nIt fell.\nA shame.", "paragraph", "blockquote", "blockquote"
    )
    assert made_by_layout(document) == [(source, "", "The crane was old. | It fell.")]


@pytest.mark.parametrize("lead", ["it rained all day.", ""])
def test_block_quotation_of_nobody_makes_no_level(lead: str) -> None:
    kinds: tuple[BlockKind, ...] = ("paragraph", "blockquote") if lead else ("blockquote",)
    assert made_by_layout(report(f"{lead}\nThe crane was old.", *kinds)) == []


def test_line_of_an_outlet_and_a_colon_leads_in_what_follows() -> None:
    document = report(f"The Merrow Herald:\n{LONG}\nA shame.")
    assert made_by_layout(document) == [("Merrow Herald", "", LONG)]


def test_short_lines_that_attribute_belong_to_what_is_led_in_short_ones_between_do_not() -> None:
    mayor = "The mayor said the crane had been old for many years."
    text = f"The Merrow Herald:\n{LONG}\nA shame.\n{mayor}\nSo sad."
    said = ("The mayor", "said", "the crane had been old for many years")
    assert made_by_layout(report(text), said) == [("Merrow Herald", "", f"{LONG} | {mayor}")]


def test_two_short_lines_end_what_is_led_in() -> None:
    text = f"The Merrow Herald:\n{LONG}\nA shame.\nSo sad.\n{LONG}"
    assert made_by_layout(report(text)) == [("Merrow Herald", "", LONG)]


@pytest.mark.parametrize("line", ["So it was, and it fell:", "The Merrow Herald is closed."])
def test_other_lines_lead_in_nothing(line: str) -> None:
    assert made_by_layout(report(f"{line}\n{LONG}")) == []


def test_levels_in_a_block_quotation_stand_inside_its_level() -> None:
    text = "The Merrow Herald reports:\nThe crane was old, the mayor said.\nThe crane fell, the owner said."
    block = level(text, ("Merrow Herald", "", "The crane was old, the mayor said."))
    inside = level(text, ("the mayor", "said", "The crane was old"))
    outside = level(text, ("the owner", "said", "The crane fell"))
    enclose([block, inside, outside], [block])
    assert (inside.parent, outside.parent, block.parent) == (block, None, None)


PAGE = "Old crane\nAnna Low told the Merrow Herald it was old.\nIt was shut.\n"


def whose(rest: str, *kinds: BlockKind, told_to: str = "Merrow Herald") -> list[Said]:
    document = report(PAGE + rest, "headline", "paragraph", "paragraph", *kinds)
    credit = level(document.text, (told_to, "told", "it was old"))
    credit.cue_kind = "credit"
    readable = [b for b in document.blocks if b.kind != "boilerplate"]
    whole = republished(document, readable, [credit])
    return told(document.text, [whole] if whole else [])


@pytest.mark.parametrize("residue", ["Read Entire Article", "Read the full story »", "Continue reading…"])
def test_page_that_sends_readers_on_is_the_outlets_that_people_told(residue: str) -> None:
    body = "Anna Low told the Merrow Herald it was old. | It was shut."
    assert whose(residue, "boilerplate") == [("Merrow Herald", "told", body)]


@pytest.mark.parametrize(
    ("rest", "kind"), [("Read Entire Article", "paragraph"), ("Share this", "boilerplate")]
)
def test_any_other_page_is_its_own(rest: str, kind: BlockKind) -> None:
    assert whose(rest, kind) == []


def test_page_on_which_nobody_told_anybody_is_its_own() -> None:
    document = report(PAGE + "Read Entire Article", "headline", "paragraph", "paragraph", "boilerplate")
    assert republished(document, document.blocks[:3], []) is None


def test_same_name_in_any_case() -> None:
    text = "The Tide and THE TIDE and Ravna"
    tide, loud, other = (level(text, (who, "", who)) for who in ("The Tide", "THE TIDE", "Ravna"))
    nobody = level(text, ("", "", "Ravna"))
    assert [same_name(text, tide, lv) for lv in (loud, other, nobody)] == [True, False, False]


def test_line_that_says_who_told_whom_is_no_lead_in() -> None:
    assert made_by_layout(report(f"He told Perrin:\n{LONG}")) == []


CREDITED = (
    "Old crane\n- Crane falls\nIt was old, Anna Low said.\nIt was shut.\nRead full article at Merrow Herald"
)


def passed(kind: CreditKind, name: str = "Merrow Herald", text: str = CREDITED) -> list[Said]:
    document = report(text, "headline", "list", "paragraph", "paragraph", "boilerplate")
    document = replace(document, credits=(Credit(kind, name, span_of(text, name)),))
    cue = "said" if "said" in text else "told"
    said = level(text, ("Anna Low", cue, "It was old"))
    listed = level(text, ("Crane", "", "falls"))
    whole = passed_along(document, document.blocks[:4], [said, listed])
    assert (said.parent, listed.parent) == (whole, None)
    return told(text, [whole] if whole else [])


@pytest.mark.parametrize("kind", ["link", "cite"])
def test_who_speaks_on_a_page_of_one_credit_speaks_through_it(kind: CreditKind) -> None:
    assert passed(kind) == [("Merrow Herald", "", "It was old, Anna Low said. | It was shut.")]


@pytest.mark.parametrize(
    ("kind", "name", "text"),
    [
        ("photo", "Merrow Herald", CREDITED),
        ("link", "the source", CREDITED.replace("Merrow Herald", "the source")),
        ("link", "Merrow Herald", CREDITED.replace("Read full article at", "More in")),
        ("cite", "Merrow Coastguard", CREDITED.replace("Merrow Herald", "Merrow Coastguard")),
        ("link", "Low's own website", CREDITED.replace("Merrow Herald", "Low's own website")),
        ("cite", "Merrow Herald", CREDITED.replace("Low said.", "Low told us.")),
        ("cite", "Merrow Herald", CREDITED.replace("Low said.", "Low told this paper.")),
    ],
)
def test_other_credits_pass_nothing_along(kind: CreditKind, name: str, text: str) -> None:
    assert passed(kind, name, text) == []
