"""Claims and agents by what a person types."""

from __future__ import annotations

import pytest

from ondit.errors import UnknownIdError
from ondit.faces.found import agent_in
from ondit.records import Agent, Trace

TRACE = Trace(
    "s",
    (),
    (
        Agent("agent-1a", "The Guardian", "outlet", aliases=("the paper",)),
        Agent("agent-1b", "NBC News", "outlet", aliases=("the network", "O’Hara")),
        Agent("agent-2c", "six officials", "anonymous_group", aliases=("the network",)),
    ),
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("agent-1a", "agent-1a"),
        ("agent-2", "agent-2c"),
        ("The Guardian", "agent-1a"),
        ("guardian", "agent-1a"),
        ("THE  PAPER", "agent-1a"),
        ("o'hara", "agent-1b"),
        ("Six Officials", "agent-2c"),
    ],
)
def test_an_agent_is_found_by_id_name_or_alias(name: str, expected: str) -> None:
    assert agent_in(TRACE, name).id == expected


@pytest.mark.parametrize("name", ["agent-1", "the network"])
def test_what_names_several_is_refused_with_their_ids(name: str) -> None:
    with pytest.raises(UnknownIdError, match=r"may be any of these.*agent-1b \(NBC News\)"):
        agent_in(TRACE, name)


@pytest.mark.parametrize("name", ["", "Zed"])
def test_a_name_that_is_nobody_s_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(UnknownIdError, match="it has NBC News, The Guardian, six officials"):
        agent_in(TRACE, name)
