"""What holds for every reading, whatever the report and whatever the tagger finds in it."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.intake.blocks import blocks
from ondit.pipeline import reader
from ondit.reading.reader import LONGEST, Reader
from ondit.records import UNKNOWN, Attribution, Document, Reading, Span
from processes import printed
from readingfakes import Found, agent, chains, finder, nothing, read, report, words_at
from strategies import documents, news_texts, texts


def scattered(texts: Sequence[str]) -> list[list[Found]]:
    """A tagger that finds what is not there, the same in the same text."""
    return [[_found(text, k) for k in range(len(text) % 4)] if len(text) > 8 else [] for text in texts]


def _found(text: str, k: int) -> Found:
    at = [(ord(c) * 31 + 7 * k) % len(text) for c in text[k : k + 8]]
    source, cue, content, more = (Span(*sorted((a, b + 1))) for a, b in zip(at[::2], at[1::2], strict=True))
    return Found((source,) if k else (), (cue,), tuple(sorted((content, more))), (at[0] % 10) / 10)


def check(reading: Reading) -> None:
    """What every reading promises: spans inside the text, ids that name something, chains to the outlet."""
    text, size = reading.document.text, len(reading.document.text)
    agents = {a.id: a for a in reading.agents}
    atts = {a.id: a for a in reading.attributions}
    for made in (reading.attributions, reading.agents, reading.statements, reading.mentions):
        assert len({record.id for record in made}) == len(made)
    spans = [q.span for q in reading.quotations]
    spans += [s for a in atts.values() for s in (*a.source, *a.cue, *a.content)]
    spans += [s for m in reading.mentions for s in (m.span, m.evidence or m.span)]
    spans += [s for stmt in reading.statements for s in stmt.spans]
    spans += [h.evidence for stmt in reading.statements for h in stmt.holders if h.evidence is not None]
    spans += [e.span for a in agents.values() for e in a.basis]
    assert all(0 <= s.start <= s.end <= size for s in spans), text
    for att in atts.values():
        assert att.content
        assert _ends(att, atts)
    for stmt in reading.statements:
        assert set(stmt.chain) <= {*agents, UNKNOWN}
        assert stmt.chain[-1] == reading.agents[0].id
        assert {h.attribution for h in stmt.holders} <= {*atts, None}
    assert {m.agent for m in reading.mentions} <= {*agents, None}
    assert {a.principal for a in agents.values()} <= {*agents, None}


def _ends(att: Attribution, atts: dict[str, Attribution]) -> bool:
    for _ in range(len(atts)):
        if att.parent is None:
            return True
        att = atts[att.parent]
    return att.parent is None


# --------------------------------------------------------------- any report


@given(news_texts() | texts(), st.sampled_from([None, "", "The Tide", "Tass", "US", "The", "…"]))
def test_any_text_is_read(text: str, outlet: str | None) -> None:
    document = Document("r1", text, outlet, blocks=blocks(text))
    check(Reader(nothing).read(document))
    check(Reader(scattered).read(document))


@given(documents())
def test_any_document_is_read_however_it_is_laid_out(document: Document) -> None:
    check(Reader(scattered).read(document))


@pytest.mark.parametrize(
    "text", ["²", "said her lawyer Anna Low.", "’s", ":", "“", "\u200b", "Mr", "the the the"]
)
def test_text_that_once_was_a_fault_is_read(text: str) -> None:
    check(Reader(scattered).read(report(f"{text} {text}, {text} said so.")))


@given(news_texts())
def test_same_report_gives_the_same_reading(text: str) -> None:
    assert Reader(scattered).read(report(text)) == Reader(scattered).read(report(text))


@pytest.mark.parametrize(
    "unit",
    [
        "The harbour was quiet on Monday, and nobody was seen there.\n",
        "Anna Low said to Radu Quill that 34 cranes of Hallow Port Authority were old. ",
        "“",
        "fire: ",
        "x",
        ", ",
    ],
)
def test_million_characters_are_read_in_part_in_bounded_time_with_a_problem(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    document = Document("r1", text, "The Tide", blocks=blocks(text), place="log.txt")
    start = time.process_time()
    reading = Reader(nothing).read(document)
    assert time.process_time() - start < 20
    assert reading.document == document
    assert [(p.code, p.place, p.document) for p in reading.problems] == [("too_long", "log.txt", "r1")]
    assert all(s.end <= LONGEST for stmt in reading.statements for s in stmt.spans)


# ------------------------------------------------------------------- given


def test_given_attributions_replace_the_taggers() -> None:
    text = "The mayor said the crane was old. It rained."
    handed = Attribution("a1", "r1", (Span(0, 9),), (Span(10, 14),), (Span(15, 32),), "indirect")
    tagger = finder(text, ("The mayor", "said", "It rained"))
    reading = Reader(tagger).read(report(text), [handed])
    assert [(a.method, words_at(text, a.content)) for a in reading.attributions] == [
        ("given", "the crane was old")
    ]


def test_no_given_attributions_leave_everything_to_the_outlet() -> None:
    text = "The mayor said the crane was old."
    reading = Reader(finder(text, ("The mayor", "said", "the crane was old"))).read(report(text), [])
    assert [a.method for a in reading.attributions if a.method == "given"] == []


def test_given_attributions_beyond_what_is_read_are_left_out() -> None:
    text = "The mayor said the crane was old. " * 5_000
    late = Attribution("a1", "r1", (Span(150_000, 150_005),), (), (Span(150_006, 150_020),), "indirect")
    check(Reader(nothing).read(report(text), [late]))


def test_document_that_an_outlet_saw_is_known_before_the_text_names_it_again() -> None:
    text = "A memo seen by Ravna says the crane was old.\nThe memo says the pier was new."
    said = (
        ("A memo seen by Ravna", "says", "the crane was old"),
        ("The memo", "says", "the pier was new"),
    )
    origins = {s.chain[0] for s in read(text, *said).statements}
    assert len(origins) == 1


def test_denied_claim_is_stated_by_its_owner_and_by_who_denies_it() -> None:
    text = "Low denied the owner’s claim that the crane was old."
    outer = ("Low", "denied", "the owner’s claim that the crane was old")
    found = read(text, outer, inner=[("the owner’s", "claim", "that the crane was old")])
    names = {a.id: a.name for a in found.agents}
    assert [(tuple(names[a] for a in s.chain), s.stance) for s in found.statements] == [
        (("the owner", "The Tide"), "affirm"),
        (("Low", "The Tide"), "deny"),
    ]


def test_quotation_around_a_speaker_is_not_that_speakers() -> None:
    text = "“The owner said, ‘The crane is old,’ and the mayor said the pier was new,” Low added."
    whole = "“The owner said, ‘The crane is old,’ and the mayor said the pier was new,”"
    inner = [("The owner", "said", "The crane is old"), ("the mayor", "said", "the pier was new")]
    found = read(text, ("Low", "added", whole), inner=inner)
    assert [att.type for att in found.attributions] == ["direct", "direct", "indirect"]


def test_vectors_are_one_row_a_statement() -> None:
    def encode(texts: Sequence[str]) -> bytes:
        return b"".join(bytes([len(text) % 128] * 4) for text in texts)

    reading = Reader(nothing, encode).read(report("It rained in Merrow. The pier was shut."))
    assert len(reading.vectors) == 4 * len(reading.statements) == 8


def test_speakers_of_a_headline_are_told_by_the_body() -> None:
    text = "Crane is old, Quill says\nAda Quill said it would fall."
    reading = read(text, ("Quill", "says", "Crane is old"), ("Ada Quill", "said", "it would fall"))
    assert {chain[0] for chain in chains(reading).values()} == {"Ada Quill"}


# --------------------------------------------------- with the weights we ship


def really(text: str) -> Reading:
    reading = reader().read(Document("r1", text, "The Tide", blocks=blocks(text)))
    check(reading)
    return reading


def chain_of(reading: Reading, words: str) -> tuple[str, ...]:
    (chain,) = (c for said, c in chains(reading).items() if words in said)
    return chain


@pytest.mark.parametrize(
    ("text", "words", "chain"),
    [
        (
            "According to Reuters, the minister said the bridge was closed.",
            "the bridge was closed",
            ("the minister", "Reuters", "The Tide"),
        ),
        (
            "The Merrow Herald reported that six officials believe the owner had known about the crack.",
            "the owner had known about the crack",
            ("six officials", "Merrow Herald", "The Tide"),
        ),
        (
            "“We have closed the pier for good,” Ada Quill, the harbour master, said on Monday.",
            "We have closed the pier for good",
            ("Ada Quill", "The Tide"),
        ),
        ("The bridge across the Merrow was closed on Monday.", "The bridge", ("The Tide",)),
        ("The owner has reportedly sold the old bridge.", "sold the old bridge", ("unknown", "The Tide")),
        ("Ada Quill pleaded not guilty to theft.", "theft", ("Ada Quill", "The Tide")),
    ],
)
def test_sentences_of_news_get_their_chains(text: str, words: str, chain: tuple[str, ...]) -> None:
    assert chain_of(really(text), words) == chain


def test_six_officials_are_six() -> None:
    reading = really("Six senior officials said on Monday that the bridge had been closed.")
    (officials,) = (a for a in reading.agents if a.kind == "anonymous_group")
    assert officials.count == 6


def test_spokeswoman_speaks_for_her_company() -> None:
    reading = really("The bridge will be sold, said Ada Quill, a spokeswoman for Low Storage.")
    assert agent(reading, "Ada Quill").principal == agent(reading, "Low Storage").id


def test_denial_is_a_denial() -> None:
    (stmt,) = really("The minister denied that the bridge had been closed.").statements
    assert stmt.stance == "deny"


@given(news_texts(8))
def test_any_text_is_read_with_the_real_tagger_too(text: str) -> None:
    check(reader().read(Document("r1", text, "The Tide", blocks=blocks(text))))


def test_another_process_gives_the_same_ids() -> None:
    text = "The minister told the Merrow Herald that six officials had seen it. She denied it.\nWe did not."
    code = (
        "import sys, json; from ondit.pipeline import read; from ondit.records import Document;"
        "r = read(Document('r1', json.load(sys.stdin), 'The Tide'));"
        "parts = (r.attributions, r.mentions, r.agents, r.statements);"
        "print(json.dumps([record.id for part in parts for record in part]))"
    )
    one, two = (json.loads(printed(code, given=json.dumps(text), seed=seed)) for seed in (1, 2))
    assert one == two != []
