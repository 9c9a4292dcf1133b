from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.records import UNKNOWN, Agent, AgentKind, Reading
from ondit.tracing.agents import fold, join
from strategies import NAMES
from tracingfakes import Made, reading


def joined(*reports: Sequence[Made]) -> list[set[str]]:
    """The groups of names that become one agent, for reports with these agents, publishers left out."""
    given_readings = [reading(f"r{nr}", agents=agents) for nr, agents in enumerate(reports)]
    _, mapping = join(given_readings)
    groups: dict[str, set[str]] = {}
    for found in given_readings:
        for agent in found.agents[1:]:
            groups.setdefault(mapping[agent.id], set()).add(f"{agent.name}@{found.document.id}")
    return sorted(groups.values(), key=sorted)


def one(*reports: Sequence[Made]) -> bool:
    """Whether all the agents of the reports are one."""
    return len(joined(*reports)) == 1


def settled(*given_readings: Reading) -> dict[str, Agent]:
    agents, _ = join(given_readings)
    return {agent.name: agent for agent in agents}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("Ada Quill", "person"), ("Ada Quill", "person")),
        (("Ada Quill", "person"), ("Quill", "person")),
        (("Ada Quill", "person"), ("Mr Quill", "person")),
        (("Ada Quill", "person"), ("Ada", "person")),
        (("the Merrow Herald", "outlet"), ("Merrow Herald", "organisation")),
        (("Hallow Port Authority", "organisation"), ("HPA", "organisation")),
        (("Low Storage", "organisation"), ("Low Storage Holdings", "organisation")),
        (
            ("six officials", "anonymous_group", {"count": 6}),
            ("six senior officials", "anonymous_group", {"count": 6}),
        ),
        (("six officials", "anonymous_group", {"count": 6}), ("officials", "anonymous_group")),
        (("an official", "anonymous_person"), ("a senior official", "anonymous_person")),
        (("six officials", "anonymous_group", {"count": 6}), ("six people", "anonymous_group", {"count": 6})),
        (("a memo", "document"), ("the memo", "document")),
        (
            ("police", "organisation", {"identified": False}),
            ("the police", "organisation", {"identified": False}),
        ),
    ],
)
def test_names_of_one_across_reports(a: Made, b: Made) -> None:
    assert one([a], [b])
    assert one([b], [a])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("Ada Quill", "person"), ("Anna Quill", "person")),
        (("Ada Quill", "person"), ("Radu Low", "person")),
        (("the company", "organisation"), ("the company", "organisation")),
        (("the mayor", "person", {"identified": False}), ("Ada Quill", "person")),
        (
            ("six officials", "anonymous_group", {"count": 6}),
            ("two officials", "anonymous_group", {"count": 2}),
        ),
        (("an official", "anonymous_person"), ("officials", "anonymous_group")),
        (("a nurse", "anonymous_person"), ("a docker", "anonymous_person")),
        (("one of the men", "anonymous_person"), ("a man", "anonymous_person")),
        (("a memo", "document"), ("a letter", "document")),
        (("a memo", "document"), ("Ada Quill", "person")),
        (("officials", "anonymous_group"), ("Officials", "organisation")),
        (("Hallow", "organisation"), ("Hallow Port Authority", "organisation")),
    ],
)
def test_others_stay_apart(a: Made, b: Made) -> None:
    assert not one([a], [b])


def test_surname_that_two_bear_joins_neither() -> None:
    groups = joined([("Ada Low", "person"), ("Radu Low", "person")], [("Low", "person")])
    assert {"Low@r1"} in groups
    assert len(groups) == 3


def test_place_that_a_body_serves_is_no_short_name_of_a_firm() -> None:
    firm: Made = ("Hallow Steel", "organisation")
    town: Made = ("Hallow", "organisation")
    assert one([town], [firm])
    assert not one([town], [firm, ("Hallow Fire Service", "organisation")])
    groups = joined([town], [firm, ("Hallow Fire Service", "organisation")])
    assert {"Hallow@r0"} in groups


def test_kind_is_that_of_most_who_bear_the_whole_name() -> None:
    firm: Made = ("Low Storage", "organisation", {"aliases": ("the tenant",)})
    tenant: Made = ("the tenant", "person", {"identified": False})
    found = settled(
        reading("r1", agents=[firm]), reading("r2", agents=[firm]), reading("r3", agents=[tenant])
    )
    assert found["Low Storage"].kind == "organisation"
    assert "the tenant" in found["Low Storage"].aliases


def test_role_is_the_one_person_who_is_described_so_by_name() -> None:
    mayor: Made = ("the mayor", "person", {"identified": False})
    quill: Made = ("Ada Quill", "person", {"aliases": ("the mayor",)})
    low: Made = ("Radu Low", "person", {"aliases": ("the mayor",)})
    assert one([mayor], [quill])
    assert not one([mayor], [quill, low])


def test_anonymous_people_of_one_report_stay_apart() -> None:
    officials: list[Made] = [
        ("a tall official", "anonymous_person"),
        ("a short official", "anonymous_person"),
    ]
    assert len(joined(officials)) == 2


def test_outlet_named_in_another_report_is_the_outlet_that_published() -> None:
    tide = reading("r1", "The Tide")
    other = reading("r2", "The Echo", agents=[("Tide", "organisation")])
    _, mapping = join([tide, other])
    assert mapping["r2-Tide"] == mapping["r1-The Tide"]
    assert settled(tide, other)["The Tide"].kind == "outlet"


def test_agent_takes_the_fullest_name_and_keeps_the_others() -> None:
    agents = settled(
        reading("r1", agents=[("Quill", "person")]), reading("r2", agents=[("Ada Quill", "person")])
    )
    assert agents["Ada Quill"].aliases == ("Quill",)


def test_head_count_and_identity_of_any_report_hold_for_the_story() -> None:
    agents = settled(
        reading("r1", agents=[("officials", "anonymous_group", {"identified": False})]),
        reading("r2", agents=[("six officials", "anonymous_group", {"count": 6})]),
    )
    (group,) = (a for a in agents.values() if a.kind == "anonymous_group")
    assert (group.count, group.identified) == (6, True)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (("six officials", "anonymous_group", {"count": 6}), True),
        (("officials", "anonymous_group"), False),
        (("a lawmaker", "anonymous_person"), False),
        (("Anna Low", "person"), True),
    ],
)
def test_who_has_neither_name_nor_number_is_not_identified(made: Made, expected: bool) -> None:
    assert settled(reading("r1", agents=[made]))[made[0]].identified is expected


def test_principals_are_the_storys() -> None:
    spokesman: Made = ("Radu Low", "person", {"principal": "Merrow Police"})
    agents = settled(
        reading("r1", agents=[("Merrow Police", "organisation"), spokesman]),
        reading("r2", agents=[("Low", "person")]),
    )
    assert agents["Radu Low"].principal == agents["Merrow Police"].id


def test_principals_that_contradict_each_other_make_no_circle() -> None:
    a = reading("r1", agents=[("Low", "organisation"), ("Quill", "organisation", {"principal": "Low"})])
    b = reading("r2", agents=[("Quill", "organisation"), ("Low", "organisation", {"principal": "Quill"})])
    agents = settled(a, b)
    assert [agents[name].principal for name in ("Quill", "Low")].count(None) == 1


def test_nobody_stays_nobody() -> None:
    assert join([]) == ((), {UNKNOWN: UNKNOWN})


@pytest.mark.parametrize(
    ("name", "folded"),
    [("The Tide", "tide"), ("Mr Kim Jong-un", "kim jong un"), ("Low’s", "low"), ("the", "the"), ("", "")],
)
def test_names_are_compared_folded(name: str, folded: str) -> None:
    assert fold(name) == folded


made = st.tuples(st.sampled_from([*NAMES, "", "the company", "Quill"]), st.sampled_from(get_args(AgentKind)))
reports = st.lists(st.lists(made, max_size=4, unique_by=lambda pair: pair[0]), max_size=4)


@given(reports)
def test_every_agent_is_mapped_and_principals_end(given_reports: list[list[Made]]) -> None:
    found = [reading(f"r{nr}", agents=agents) for nr, agents in enumerate(given_reports)]
    agents, mapping = join(found)
    by_id = {agent.id: agent for agent in agents}
    assert len(by_id) == len(agents)
    assert set(mapping) == {UNKNOWN, *(a.id for r in found for a in r.agents)}
    assert set(mapping.values()) == {UNKNOWN, *by_id}
    for agent in agents:
        steps, step = 0, agent.principal
        while step is not None:
            step, steps = by_id[step].principal, steps + 1
            assert steps <= len(agents)


def test_principal_that_most_reports_name() -> None:
    spokesman: Made = ("Radu Low", "person", {"principal": "Merrow Police"})
    guessed = reading(
        "r0",
        agents=[("Hallow Court", "organisation"), ("Radu Low", "person", {"principal": "Hallow Court"})],
    )
    told = [reading(f"r{n}", agents=[("Merrow Police", "organisation"), spokesman]) for n in (1, 2)]
    agents = settled(guessed, *told)
    assert agents["Radu Low"].principal == agents["Merrow Police"].id


def test_state_for_which_a_minister_speaks_is_no_outlet_of_its_name() -> None:
    minister: Made = ("Ada Quill", "person", {"principal": "Averna"})
    outlet = reading("r1", "Radio Averna")
    agents = settled(outlet, reading("r2", agents=[("Averna", "organisation"), minister]))
    assert agents["Ada Quill"].principal == agents["Averna"].id != agents["Radio Averna"].id


def test_the_hospital_is_the_one_of_the_story_that_has_a_name() -> None:
    described = ("the hospital", "organisation", {"identified": False})
    named = ("Hallow Hospital", "organisation")
    assert one([described], [named])
    assert not one([described], [named], [("Merrow Hospital", "organisation")])


def test_a_described_body_is_no_person_who_is_called_so() -> None:
    described = ("the company", "organisation", {"identified": False})
    firm = ("Low Storage", "organisation", {"aliases": ("the company",)})
    person = ("Ada Quill", "person", {"aliases": ("the company",)})
    assert joined([described], [firm], [person]) == [{"Ada Quill@r2"}, {"Low Storage@r1", "the company@r0"}]


def test_one_and_another_of_a_report_stay_two() -> None:
    report = [("one witness", "anonymous_person"), ("another witness", "anonymous_person")]
    other = [("a witness", "anonymous_person")]
    assert len(joined(report, other)) == 2


def test_papers_of_one_name_join_with_and_without_a_capital_article() -> None:
    assert one([("The Guardian", "outlet")], [("the Guardian", "outlet")])


def test_acronyms_join_with_an_article() -> None:
    assert one([("World Health Organization", "organisation")], [("The WHO", "organisation")])


def test_public_body_is_no_outlet_that_begins_with_its_name() -> None:
    outlet = reading("r1", "UN Watch")
    agents = settled(outlet, reading("r2", agents=[("UN", "organisation")]))
    assert {"UN Watch", "UN"} <= agents.keys()


def test_state_is_not_its_own_ministry() -> None:
    assert not one([("Orlane", "organisation")], [("Orlane's defence ministry", "organisation")])
