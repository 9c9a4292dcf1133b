from __future__ import annotations

import pytest
from hypothesis import given

from ondit.reading.stances import said, weakest
from ondit.records import Certainty, Reading, Stance, Statement
from readingfakes import chains, read, words_at
from strategies import news_texts, texts


def words(reading: Reading) -> list[str]:
    return [words_at(reading.document.text, stmt.spans).rstrip(".") for stmt in reading.statements]


def only(reading: Reading) -> Statement:
    (stmt,) = reading.statements
    return stmt


# ---------------------------------------------------------------- dividing


@pytest.mark.parametrize(
    "said",
    [
        ("We", "were told by Ada Quill", "the crane was old"),
        ("We", "were told", "by Ada Quill the crane was old"),
    ],
)
def test_what_somebody_tells_the_outlet_is_no_hearsay(said: tuple[str, str, str]) -> None:
    (stmt,) = read("We were told by Ada Quill the crane was old.", said).statements
    assert stmt.chain[0] != "unknown"


def test_outlets_own_sentences_are_its_own_clauses() -> None:
    reading = read("It rained in Merrow. Nine were hurt and the pier was shut.")
    assert words(reading) == ["It rained in Merrow", "Nine were hurt", "the pier was shut"]
    assert set(chains(reading).values()) == {("The Tide",)}


def test_words_that_attribute_state_nothing() -> None:
    reading = read("The mayor said the crane was old.", ("The mayor", "said", "the crane was old"))
    assert chains(reading) == {"the crane was old": ("The mayor", "The Tide")}


def test_verb_that_is_half_of_what_is_said_is_stated_with_it() -> None:
    reading = read("The mayor vouched for the crane.", ("The mayor", "vouched for", "the crane"))
    assert chains(reading) == {"vouched for the crane": ("The mayor", "The Tide")}


def test_short_content_comes_with_the_words_that_attribute_it() -> None:
    assert words(read("Police suspect arson.", ("Police", "suspect", "arson"))) == ["Police suspect arson"]


def test_act_is_told_in_the_outlets_own_voice() -> None:
    reading = read("The owner planned to sell the crane.", ("The owner", "planned", "to sell the crane"))
    assert list(chains(reading).values()) == [("The Tide",)]


def test_act_in_a_block_quotation_is_told_by_who_is_quoted() -> None:
    text = "The Herald:\nThe owner planned to sell the crane."
    reading = read(text, ("The owner", "planned", "to sell the crane"), kinds=("paragraph", "blockquote"))
    assert chains(reading) == {"The owner planned to sell the crane.": ("Herald", "The Tide")}


def test_headline_states_too_tail_does_not() -> None:
    text = "Old crane falls in Merrow\nIt rained.\nThe crane was seen by Ada Quill."
    assert words(read(text, kinds=("headline", "paragraph", "tail"))) == [
        "Old crane falls in Merrow",
        "It rained",
    ]


# ------------------------------------------------------------------ chains


def test_chain_runs_from_the_origin_to_the_outlet_that_publishes() -> None:
    reading = read(
        "Ravna said the mayor insisted the crane was old.",
        ("Ravna", "said", "the mayor insisted the crane was old"),
        inner=[("the mayor", "insisted", "the crane was old")],
    )
    assert chains(reading) == {"the crane was old": ("the mayor", "Ravna", "The Tide")}


def test_cited_people_come_before_the_citer() -> None:
    reading = read(
        "Ravna, citing six officials, said the crane was old.",
        ("Ravna", "said", "the crane was old"),
        ("Ravna", "citing", "six officials"),
    )
    assert chains(reading) == {"the crane was old": ("six officials", "Ravna", "The Tide")}


def test_outlet_that_was_told_is_a_link() -> None:
    text = "The mayor told the Merrow Herald the crane was old."
    reading = read(text, ("The mayor", "told", "the crane was old"))
    assert chains(reading) == {"the crane was old": ("The mayor", "Merrow Herald", "The Tide")}


def test_outlet_that_quotes_itself_is_one_link() -> None:
    reading = read("The Tide said the crane was old.", ("The Tide", "said", "the crane was old"))
    assert chains(reading) == {"the crane was old": ("The Tide",)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The crane was reportedly very old.", ()),
        ("It is said the crane was old.", (("", "is said", "the crane was old"),)),
        ("It is widely believed the crane was old.", (("It", "is widely believed", "the crane was old"),)),
        ("I’m told the crane was old.", (("I", "’m told", "the crane was old"),)),
        ("The Tide understands that the crane was old.", (("The Tide", "understands", "the crane was old"),)),
        ("Sources said the crane was old.", (("Sources", "said", "the crane was old"),)),
    ],
)
def test_hearsay_begins_with_nobody_and_leaves_certainty_unknown(
    text: str, said: tuple[tuple[str, str, str], ...]
) -> None:
    stmt = only(read(text, *said))
    assert (stmt.chain[0], len(stmt.chain), stmt.certainty) == ("unknown", 2, "unknown")


def test_every_holder_shows_the_words_that_make_it_one() -> None:
    text = "The mayor denied that the crane was old."
    reading = read(text, ("The mayor", "denied", "that the crane was old"))
    mayor, outlet = only(reading).holders
    assert mayor.evidence is not None
    assert words_at(text, [mayor.evidence]) == "denied"
    assert mayor.attribution == reading.attributions[0].id
    assert (outlet.attribution, outlet.stance, outlet.certainty) == (None, "deny", "certain")


# ------------------------------------------------------- stance and certainty


@pytest.mark.parametrize(
    ("cue", "stance", "certainty"),
    [
        ("said", "affirm", "certain"),
        ("denied that", "deny", "certain"),
        ("believed", "affirm", "probable"),
        ("did not rule out that", "affirm", "possible"),
        ("asked whether", "question", "unknown"),
    ],
)
def test_cue_turns_stance_and_weakens_certainty(cue: str, stance: Stance, certainty: Certainty) -> None:
    stmt = only(read(f"The mayor {cue} the crane was old.", ("The mayor", cue, "the crane was old")))
    assert (stmt.stance, stmt.certainty) == (stance, certainty)


def test_denial_of_a_negation_affirms() -> None:
    said_so = ("The mayor", "denied that", "nobody had been there")
    assert only(read("The mayor denied that nobody had been there.", said_so)).stance == "affirm"


def test_question_of_the_outlet_is_a_question() -> None:
    stmt = only(read("Was the crane old?"))
    assert (stmt.stance, stmt.certainty) == ("question", "unknown")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the crane was old", ("affirm", "certain")),
        ("the crane was not old", ("deny", "certain")),
        ("nobody was hurt", ("deny", "certain")),
        ("it couldn’t be seen", ("deny", "certain")),
        ("not only the crane was old", ("affirm", "certain")),
        ("no fewer than nine were hurt", ("affirm", "certain")),
        ("the crane may have been old", ("affirm", "possible")),
        ("the crane was probably old", ("affirm", "probable")),
        ("the crane was probably old and may fall", ("affirm", "possible")),
        ("it did not rule out a leak", ("affirm", "possible")),
        ("", ("affirm", "certain")),
    ],
)
def test_words_deny_and_hedge_by_themselves(words: str, expected: tuple[Stance, Certainty]) -> None:
    assert said(words) == expected


def test_what_is_asked_is_uncertain() -> None:
    assert said("it was not old", asked=True) == ("question", "unknown")


def test_weakest_certainty_prevails() -> None:
    assert weakest("certain", "possible") == weakest("possible", "probable") == "possible"


# -------------------------------------------------------------- quoted, seen


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“The crane is old,” the mayor said.", "The crane is old", "direct"),
        ("The crane is “old and tired”, the mayor said.", "The crane is “old and tired", "mixed"),
        ("The crane is old, the mayor said.", "The crane is old", "indirect"),
    ],
)
def test_quote_type_is_that_of_the_clause(text: str, content: str, kind: str) -> None:
    assert only(read(text, ("the mayor", "said", content))).quote_type == kind


def test_own_voice_is_not_quoted() -> None:
    assert only(read("It rained in Merrow.")).quote_type == "none"


def test_what_reporters_saw_is_firsthand() -> None:
    assert only(read("From the pier we saw the crane fall.")).firsthand
    assert only(read("A Tide reporter saw the crane fall.")).firsthand
    assert not only(read("From the pier the lifeboat crew saw the crane fall.")).firsthand


def test_what_somebody_else_says_is_never_firsthand() -> None:
    text = "The mayor said that we saw the crane fall."
    assert not only(read(text, ("The mayor", "said", "we saw the crane fall"))).firsthand


@given(news_texts() | texts())
def test_statements_of_any_text_lie_inside_and_end_with_the_outlet(text: str) -> None:
    reading = read(text)
    outlet = next(a.id for a in reading.agents if a.name == "The Tide")
    assert len({stmt.id for stmt in reading.statements}) == len(reading.statements)
    for stmt in reading.statements:
        assert all(0 <= s.start < s.end <= len(text) for s in stmt.spans)
        assert stmt.chain == tuple(holder.agent for holder in stmt.holders)
        assert (stmt.chain[-1], stmt.quote_type == "none") == (outlet, len(stmt.chain) == 1)


def test_report_that_is_called_false_is_denied_once() -> None:
    said = ("Ada Quill", "called", "reports that the crane fell false")
    (stmt,) = read("Ada Quill called reports that the crane fell false.", said).statements
    assert stmt.stance == "deny"


def test_plea_is_what_is_said() -> None:
    said = ("Ada Quill", "pleaded not guilty", "to setting the pier on fire")
    found = read("Ada Quill pleaded not guilty to setting the pier on fire.", said)
    assert chains(found) == {"not guilty to setting the pier on fire": ("Ada Quill", "The Tide")}
    assert only(found).stance == "deny"


def test_talk_that_is_called_made_up_is_denied() -> None:
    said = ("Ada Quill", "slams", "“totally made-up” claims that the crane fell")
    (stmt,) = read("Ada Quill slams “totally made-up” claims that the crane fell.", said).statements
    assert stmt.stance == "deny"


def test_reports_that_are_called_false_are_not_who_says_so() -> None:
    said = ("Ada Quill called", "reports", "the crane fell false")
    found = read("Ada Quill called reports the crane fell false.", said)
    assert chains(found) == {"reports the crane fell false": ("Ada Quill", "The Tide")}
    assert only(found).stance == "deny"


@pytest.mark.parametrize(("cue", "witness"), [("counted", True), ("said", False)])
def test_what_a_reporter_of_the_outlet_saw_it_saw_itself(cue: str, witness: bool) -> None:
    content = "nine bags were there"
    found = read(f"Our own Jiri Noll was let in. Noll {cue} {content}.", ("Noll", cue, content))
    (stated,) = (s for s in found.statements if words_at(found.document.text, s.spans) == content)
    assert (len(stated.chain), stated.firsthand) == (1, witness)


def test_second_speaker_of_one_verb_is_not_framed_by_it() -> None:
    content = "seventeen dead and the hospital of eleven"
    found = read(f"The mayor has spoken of {content}.", ("The mayor", "has spoken of", content))
    assert "the hospital of eleven" in words(found)


def test_what_happens_behind_a_saying_is_the_outlets() -> None:
    found = read(
        "The bank said rates would fall, and shares jumped 4 per cent on the news.",
        ("The bank", "said", "rates would fall"),
    )
    assert chains(found)["shares jumped 4 per cent on the news."] == ("The Tide",)
