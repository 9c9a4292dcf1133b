"""Who is behind a source: sources are resolved in the order in which a test names them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.reading.figures import Figure
from ondit.reading.linking import Cast
from ondit.records import Span
from readingfakes import cast, lines, report, span_of, words_at
from strategies import news_texts, spans, texts


def place(text: str, words: str) -> Span:
    """Where `words` stand; what is behind a "|" only shows where."""
    start = span_of(text, words.replace("|", "")).start
    return Span(start, start + len(words.split("|")[0]))


def resolved(text: str, *sources: str) -> tuple[Cast, list[Figure | None]]:
    found = cast(text)
    return found, [found.source(place(text, words)) for words in sources]


def who(text: str, *sources: str) -> list[str | None]:
    """The names of the figures behind `sources`."""
    _, figures = resolved(text, *sources)
    return [figure.name if figure else None for figure in figures]


def principal(text: str, source: str) -> str | None:
    found, (figure,) = resolved(text, source)
    return found.figures[figure.principal].name if figure and figure.principal is not None else None


def described(text: str, source: str) -> tuple[str | None, int | None]:
    _, (figure,) = resolved(text, source)
    return (figure.kind, figure.count) if figure else (None, None)


# ------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        ("A dealer at the pier said so.", "A dealer at the pier", "anonymous_person"),
        ("An ex-minister said so.", "An ex-minister", "anonymous_person"),
        ("The quarry said so.", "The quarry", "unknown"),
        ("The port’s 800 number said so.", "The port’s 800 number", "unknown"),
    ],
)
def test_noun_that_no_list_has_is_somebody_who_is_not_identified(text: str, source: str, kind: str) -> None:
    _, (figure,) = resolved(text, source)
    assert figure is not None
    assert (figure.kind, figure.count, figure.described) == (kind, None, True)


@pytest.mark.parametrize("source", ["Nobody", "Anyone on the pier", "217 so far"])
def test_words_that_name_nobody_are_nobody(source: str) -> None:
    assert who(f"{source} said so.", source) == [None]


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Ada Quill left. Then Quill said so.", "Quill| said", "Ada Quill"),
        ("Ada Quill left. Then Ms Quill said so.", "Ms Quill", "Ada Quill"),
        ("Then Quill said so. Ada Quill left.", "Quill| said", "Ada Quill"),
        ("The Hallow Port Authority left. The HPA said so.", "The HPA", "Hallow Port Authority"),
        ("Low Storage left. Low said so.", "Low| said", "Low Storage"),
        ("The Tide said so.", "The Tide", "The Tide"),
    ],
)
def test_part_of_a_name_is_its_bearer(text: str, source: str, name: str) -> None:
    assert who(text, source) == [name]


def test_two_first_names_before_one_surname_are_two_people() -> None:
    assert who("Radu Low met Anna Low there.", "Radu Low", "Anna Low") == ["Radu Low", "Anna Low"]


# ------------------------------------------------------------------- roles


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Ada Quill, the mayor of Merrow, left. The mayor said so.", "The mayor", "Ada Quill"),
        ("Mayor Ada Quill and Radu Low left. The mayor said so.", "The mayor", "Ada Quill"),
        ("Low Storage burned. The company said so.", "The company", "Low Storage"),
        ("Merrow Police left. The police said so.", "The police", "Merrow Police"),
        ("The Merrow Herald left. The paper said so.", "The paper", "Merrow Herald"),
        ("NBC News left. The US news network said so.", "The US news network", "NBC News"),
    ],
)
def test_role_is_whoever_it_describes(text: str, source: str, name: str) -> None:
    assert who(text, source) == [name]


def test_role_that_nobody_named_fits_is_somebody_described_only() -> None:
    _, (minister,) = resolved("Ada Quill left. The minister said so.", "The minister")
    assert minister is not None
    assert (minister.name, minister.described) == ("The minister", True)


def test_lawyer_of_somebody_is_not_that_somebody() -> None:
    text = "Anna Low left. Anna Low’s lawyer said so."
    assert who(text, "Anna Low’s lawyer") == ["Anna Low’s lawyer"]
    assert principal(text, "Anna Low’s lawyer") == "Anna Low"


def dated(text: str, published: str, source: str) -> str | None:
    document = replace(report(text), published=published)
    found = Cast(document, [Span(0, len(text))])
    figure = found.source(place(text, source))
    return figure.name if figure else None


@pytest.mark.parametrize(
    ("published", "name"),
    [("2024-06-20", "Emmanuel Macron"), ("2010-06-20", "Nicolas Sarkozy"), ("", "The French president")],
)
def test_office_holder_whom_the_report_does_not_name(published: str, name: str) -> None:
    assert dated("It rained. The French president said so.", published, "The French president") == name


def test_office_holder_of_another_state_is_not_meant() -> None:
    text = "Emmanuel Macron and Vladimir Putin met. The Russian despot said so."
    assert who(text, "The Russian despot") == ["Vladimir Putin"]


def test_the_leader_of_somebodys_ally_is_not_his_own() -> None:
    text = "Emmanuel Macron left. The leader of France’s oldest ally said so."
    assert who(text, "The leader of France’s oldest ally") != ["Emmanuel Macron"]


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Radu Low left. Mad Rad said so. Low agreed.", "Mad Rad", "Radu Low"),
        ("Professor Anna Low left. An expert said so.", "An expert", "Anna Low"),
        ("Mayor| Ada Quill said so. Then Ada Quill left.", "Mayor", "Ada Quill"),
    ],
)
def test_nicknames_announcements_and_titles_before_a_name(text: str, source: str, name: str) -> None:
    assert who(text.replace("|", ""), source) == [name]


def test_title_tells_which_of_two_bears_a_surname() -> None:
    text = "Radu Low met Anna Low. Ms Low said so, and Mr Low agreed."
    assert who(text, "Ms Low", "Mr Low") == ["Anna Low", "Radu Low"]


def test_surname_is_whose_the_report_mostly_speaks_of() -> None:
    text = "Radu Low left. Radu Low ate. His brother Emil Low slept. Low said so."
    assert who(text, "Low said|".replace(" said|", "| said")) == ["Radu Low"]


# ---------------------------------------------------------------- pronouns


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Karl Low met Otto Brandt at the dam. He said so.", "He", "Karl Low"),
        ("Low’s spokeswoman, Anna Quill, left. She said so.", "She", "Anna Quill"),
        ("Karl Low left. “Otto Brandt ate,” he said.", "he said|".replace(" said|", "| said"), "Karl Low"),
        ("Karl Low left. Helga Brandt ate. He said so.", "He", "Karl Low"),
    ],
)
def test_pronoun_is_the_subject_before_outside_quotations(text: str, source: str, name: str) -> None:
    assert who(text, source) == [name]


def test_pronouns_mean_the_last_who_agrees() -> None:
    assert who("Mr Low met Ms Quill. She said no, and he said yes.", "She", "he| said") == ["Quill", "Low"]


def test_we_is_the_outlet_that_publishes() -> None:
    assert who("We saw it burn. Our reporter counted nine.", "We", "Our reporter") == ["The Tide", "The Tide"]


def test_i_is_whoever_is_speaking() -> None:
    text = "Radu Low left. “I saw it,” he added."
    found, (low,) = resolved(text, "Radu Low")
    assert found.source(span_of(text, "I"), inside=low) is low


def test_whom_the_saying_names_is_not_who_says_it() -> None:
    text = "Ms Quill left. Ms Low had seen it, she said."
    found = cast(text)
    figure = found.source(place(text, "she| said"), said=(span_of(text, "Ms Low had seen it"),))
    assert figure is not None
    assert figure.name == "Quill"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("It rained. She said so.", "She"),
        ("Mr Low left. She said so.", "She"),
        ("Sources said so.", "Sources"),
        ("It burned, reports said.", "reports"),
    ],
)
def test_nobody_is_better_than_the_wrong_one(text: str, source: str) -> None:
    assert who(text, source) == [None]


@pytest.mark.parametrize(
    ("text", "source", "count"),
    [
        ("Radu Low and Ada Quill left. The pair said so.", "The pair", 2),
        ("Radu Low and Ada Quill left. Both said so.", "Both", 2),
    ],
)
def test_two_who_were_named_are_a_group_that_is_only_described(text: str, source: str, count: int) -> None:
    _, (figure,) = resolved(text, source)
    assert figure is not None
    assert (figure.kind, figure.count, figure.described) == ("anonymous_group", count, True)


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Then Minister Ada Quill was not told, her office said.", "her office", "Ada Quill"),
        ("Low Storage, the tank people, said so.", "the tank people", "Low Storage"),
        ("Anna Low left. DOPE CHEAT LOW: it rained.", "DOPE CHEAT LOW", "Anna Low"),
        ("Two dockers from the quay, now ashore, both said so.", "both", "Two dockers from the quay"),
        (
            "A memo of the operator, Low Storage, said so.",
            "A memo of the operator, Low Storage,",
            "A memo of the operator, Low Storage",
        ),
    ],
)
def test_who_is_named_beside_the_source_is_meant(text: str, source: str, name: str) -> None:
    assert who(text, source) == [name]


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Mr Quill met Dr. Low. He said so.", "He", "Quill"),
        ("Mr Quill argued with Mr. Low at length. He said so.", "He", "Quill"),
        ("Mr Quill left. Then Hurst, 34, got the boat. He said so.", "He", "Hurst"),
    ],
)
def test_abbreviation_ends_no_sentence_of_an_antecedent(text: str, source: str, name: str) -> None:
    assert who(text, source) == [name]


@pytest.mark.parametrize("source", ["Some", "Nearly half", "Others", "Someone"])
def test_words_that_only_say_how_many_are_vague(source: str) -> None:
    _, (figure,) = resolved(f"It burned. {source} said so.", source)
    assert figure is not None
    assert (figure.vague, figure.described) == (True, True)


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        ("Some of Low's old friends said so.", "Some of Low's old friends", "anonymous_group"),
        ("Rival campaigns said so.", "Rival campaigns", "anonymous_group"),
        ("Then CFW Moderators said so.", "CFW Moderators", "anonymous_group"),
        ("The board and some engineers said so.", "The board and some engineers", "organisation"),
        ("The film star said so.", "The film star", "person"),
        ("Then Dan Low's Bright Harbour said so.", "Dan Low's Bright Harbour", "organisation"),
        (
            "The leaders of Canada, Mexico and Cuba said so.",
            "The leaders of Canada, Mexico and Cuba",
            "anonymous_group",
        ),
        ("Two series said so.", "Two series", "document"),
    ],
)
def test_kind_of_a_source_by_its_words(text: str, source: str, kind: str) -> None:
    assert described(text, source)[0] == kind


# --------------------------------------------------------------- anonymous


@pytest.mark.parametrize(
    ("text", "source", "kind", "count"),
    [
        ("Six senior officials said so.", "Six senior officials", "anonymous_group", 6),
        ("Officials said so.", "Officials", "anonymous_group", None),
        ("One official said so.", "One official", "anonymous_person", None),
        ("A source close to the owner said so.", "A source close to the owner", "anonymous_person", None),
    ],
)
def test_anonymous_people_keep_their_count(text: str, source: str, kind: str, count: int | None) -> None:
    assert described(text, source) == (kind, count)


def test_same_anonymous_people_are_counted_once() -> None:
    text = "Six officials said so. The officials said more. Sources said the same."
    assert who(text, "Six officials", "The officials", "Sources") == ["Six officials"] * 3


def test_one_of_a_group_is_somebody_of_his_own_with_its_principal() -> None:
    text = "Two officials of Low Storage said so. One of them said more."
    found, (group, one) = resolved(text, "Two officials of Low Storage", "One of them")
    assert group is not None
    assert one is not None
    assert one is not group
    assert (one.kind, found.figures[one.principal or 0].name) == ("anonymous_person", "Low Storage")


# -------------------------------------------------------------- principals


@pytest.mark.parametrize(
    ("text", "source", "body"),
    [
        ("Radu Low, a spokesman for Merrow Police, left.", "Radu Low", "Merrow Police"),
        ("A spokeswoman for Low Storage said so.", "A spokeswoman for Low Storage", "Low Storage"),
        ("US officials said so.", "US officials", "United States"),
        ("Low Storage’s memo says so.", "Low Storage’s memo", "Low Storage"),
    ],
)
def test_who_speaks_for_a_body_has_it_as_principal(text: str, source: str, body: str) -> None:
    assert principal(text, source) == body


def test_state_media_belong_to_their_state() -> None:
    text = "Karsenia’s state news agency, Ravna, said so. Karsenia left."
    source = "Karsenia’s state news agency, Ravna"
    assert who(text, source) == ["Ravna"]
    assert (described(text, source)[0], principal(text, source)) == ("state_media", "Karsenia")


def test_register_knows_state_media_and_outlets() -> None:
    text = "Tass said so. The Guardian said no."
    assert [described(text, source)[0] for source in ("Tass", "The Guardian")] == ["state_media", "outlet"]
    assert principal(text, "Tass") == "Russia"


# -------------------------------------------------------------- documents


def test_document_named_before_is_the_same() -> None:
    text = "A memo of the owner said so. The memo says more. A letter says less."
    assert who(text, "A memo of the owner", "The memo", "A letter") == [
        "A memo of the owner",
        "A memo of the owner",
        "A letter",
    ]


# --------------------------------------------------------------- mentions


def test_every_source_is_a_mention_with_its_reason_and_its_words() -> None:
    text = "Ada Quill, the mayor of Merrow, left. The mayor said so."
    found, (quill,) = resolved(text, "The mayor")
    assert quill is not None
    (mention,) = found.mentions
    assert (mention.span, mention.form, mention.agent) == (
        span_of(text, "The mayor"),
        "role",
        found.agent(quill),
    )
    assert mention.reason
    assert mention.evidence is not None
    assert words_at(text, [mention.evidence]) == "Ada Quill"


def test_evidence_is_the_words_that_stand_there_not_a_fuller_name() -> None:
    text = "Mayor Quill left. The mayor said so. Ada Quill left."
    found, _ = resolved(text, "The mayor")
    evidence = found.mentions[0].evidence
    assert evidence is not None
    assert words_at(text, [evidence]) == "Quill"


def test_source_read_twice_is_one_mention() -> None:
    text = "Ada Quill said so."
    found, _ = resolved(text, "Ada Quill", "Ada Quill")
    assert len(found.mentions) == 1


def test_agents_come_with_their_principals() -> None:
    found, (low,) = resolved("Radu Low, a spokesman for Merrow Police, left.", "Radu Low")
    assert low is not None
    agents = {agent.id: agent for agent in found.agents({low.key})}
    person = agents[found.agent(low)]
    assert agents[person.principal or ""].name == "Merrow Police"


@given((news_texts() | texts()).flatmap(lambda t: st.tuples(st.just(t), st.lists(spans(t), max_size=4))))
def test_any_stretch_can_be_a_source(case: tuple[str, list[Span]]) -> None:
    text, sources = case
    document = report(text, outlet="Tass")
    found = Cast(document, lines(document))
    for source in sources:
        found.source(source)
    found.settle()
    agents = found.agents({figure.key for figure in found.figures})
    ids = {agent.id for agent in agents}
    assert len(ids) == len(agents)
    assert all(agent.principal in ids | {None} for agent in agents)
    assert all(m.agent in ids | {None} for m in found.mentions)
    assert all(0 <= e.span.start <= e.span.end <= len(text) for agent in agents for e in agent.basis)
    for agent in agents:
        seen: list[str] = []
        step: str | None = agent.id
        while step is not None and step not in seen:
            seen.append(step)
            step = next(a.principal for a in agents if a.id == step)
        assert step is None


# ------------------------------------------------- whoever reports for an outlet


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("A reporter for the Merrow Herald saw it.", "A reporter for the Merrow Herald", "Merrow Herald"),
        ("A Merrow Herald photographer saw it.", "A Merrow Herald photographer", "Merrow Herald"),
        ("A Tide reporter at the pier saw it.", "A Tide reporter at the pier", "The Tide"),
        ("It fell, a report in the Velmar Ledger says.", "a report in the Velmar Ledger", "Velmar Ledger"),
        (
            "The report, aired on Friday by the private network Velmar One, says it fell.",
            "The report, aired on Friday by the private network Velmar One,",
            "Velmar One",
        ),
        ("A Merrow reporter saw it.", "A Merrow reporter", "A Merrow reporter"),
        ("A report by the Harbour Office says so.", "A report by the Harbour Office", None),
    ],
)
def test_outlet_is_behind_its_reporters_and_what_it_printed(text: str, source: str, name: str | None) -> None:
    (found,) = who(text, source)
    assert found == (name if name is not None else source)


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("Ada Quill of the Harbour Office", "Harbour Office"),
        ("Ada Quill from Merrow Waterworks", "Merrow Waterworks"),
        ("Ada Quill of Merrow", None),
        ("Ada Quill of Merrow University", None),
        ("Ada Quill, a friend of the Harbour Office", None),
    ],
)
def test_name_given_with_a_body_alone_speaks_for_it(source: str, body: str | None) -> None:
    assert principal(f"{source} said so.", source) == body


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Herald has three nurses who say so.", "three nurses"),
        ("Anna Low met a driver who said so.", "a driver"),
        ("It quotes a senior officer in the army who told them.", "a senior officer in the army"),
        ("Two guards left. The Herald met residents who claim so.", "residents"),
        ("One of the nurses who says so left.", "One of the nurses"),
        ("The lawyer for two nurses who says so left.", "The lawyer for two nurses"),
        ("Anna Low, who said so, left.", "Anna Low"),
    ],
)
def test_who_is_the_people_right_before_it(text: str, name: str) -> None:
    found = cast(text)
    figure = found.source(span_of(text, "who"))
    assert figure is not None
    assert figure.name == name


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Our own Jiri Noll was let in at ten. He counted nine bags.", "He"),
        ("Our reporter Nils Orsa stood there. Orsa saw nine bags.", "Orsa| saw"),
    ],
)
def test_reporter_of_the_outlet_is_the_outlet(text: str, source: str) -> None:
    assert who(text, source) == ["The Tide"]


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Our own Keir Low says he will wait.", "Keir Low", "Keir Low"),
        ("The union wrote: “Our own Bob Moss was there. Moss says so.”", "Moss| says", "Bob Moss"),
        ("Ms Finn told Mr Brandt so.", "Ms Finn", "Finn"),
    ],
)
def test_our_own_people_are_no_reporters_and_surnames_no_states(text: str, source: str, name: str) -> None:
    assert who(text, source) == [name]


def test_somebody_of_ours_with_an_age_is_no_reporter() -> None:
    assert who("Our own Tom Bell, 80, was there. Bell said no.", "Bell| said") == ["Tom Bell"]


@pytest.mark.parametrize("source", ["the union's tally", "The contractor's figure"])
def test_figure_is_its_owners(source: str) -> None:
    text = f"{source} is nine."
    (found,) = who(text, source)
    assert found == source.split("'")[0]


def test_bare_document_of_a_headline_is_the_one_of_the_body() -> None:
    text = "Bank was warned, letter shows\nA letter to the bank says so."
    document = report(text, "headline")
    found = Cast(document, lines(document))
    below = found.source(span_of(text, "A letter to the bank"))
    assert found.source(span_of(text, "letter")) is below


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Manager Edda Pyke begged them to stop, she told her staff.", "Edda Pyke"),
        ("Bruna Kadlek met Radka Imhof. Kadlek had a bad night herself. It broke, she said.", "Bruna Kadlek"),
    ],
)  # fmt: skip
def test_she_is_who_begins_the_saying_or_shows_herself(text: str, name: str) -> None:
    found = cast(text)
    said = text.split(". ")[-1].split(", she")[0]
    figure = found.source(span_of(text, "she"), said=(span_of(text, said),))
    assert figure is not None
    assert figure.name == name


def test_he_in_reported_speech_is_the_speaker_in_a_quotation_another() -> None:
    text = "Otto Brandt met Karl Low. Low said he had left. “He had left,” Low said."
    found, (low,) = resolved(text, "Low| said")
    assert found.source(place(text, "he| had"), inside=low) is low
    assert found.source(place(text, "He| had"), inside=low) is not low
