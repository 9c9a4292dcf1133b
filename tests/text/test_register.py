from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.errors import InputError
from ondit.text import register
from ondit.text.register import (
    Organisation,
    Outlet,
    State,
    fold,
    organisation,
    organisations,
    outlet,
    outlets,
    state,
    states,
)

TABLES = [("states", State), ("outlets", Outlet), ("organisations", Organisation)]
LOAD_MS = """
import time
from ondit.text import register
start = time.process_time()
register.state("x"), register.outlet("x")
print(1000 * (time.process_time() - start))
"""


def lines(name: str) -> list[list[str]]:
    text = files("ondit").joinpath("data", "register", f"{name}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


@pytest.mark.parametrize(("name", "record"), TABLES)
def test_columns_are_the_fields_of_the_record(name: str, record: type) -> None:
    assert lines(name)[0] == [column.name for column in fields(record)]


@pytest.mark.parametrize("name", ["states", "outlets", "organisations"])
def test_rows_have_every_column_and_no_stray_space(name: str) -> None:
    width = len(lines(name)[0])
    wrong = [r for r in lines(name) if len(r) != width or any(cell != cell.strip(" |") for cell in r)]
    assert wrong == []


@pytest.mark.parametrize("name", ["states", "outlets", "organisations"])
def test_ids_and_names_are_unique(name: str) -> None:
    assert repeated([row[0] for row in lines(name)[1:]]) == []


def test_every_country_and_principal_is_a_state() -> None:
    named = {entry.country for entry in outlets()} | {entry.principal for entry in organisations()}
    assert named - states().keys() == {""}


def test_kinds_and_controls_are_those_of_the_record() -> None:
    types = get_type_hints(Outlet)
    assert {entry.kind for entry in outlets()} == set(get_args(types["kind"]))
    assert {entry.control for entry in outlets()} == set(get_args(types["control"]))


def test_domains_belong_to_one_outlet() -> None:
    assert repeated([domain for entry in outlets() for domain in entry.domains]) == []


def test_no_two_agencies_share_a_short_form() -> None:
    agencies = [entry for entry in outlets() if entry.kind == "agency"]
    forms = [form for entry in agencies for form in {fold(name) for name in (entry.name, *entry.aliases)}]
    assert repeated(forms) == []


def test_the_register_knows_the_states_and_many_outlets() -> None:
    assert len(states()) == 193 + 4
    assert len(outlets()) >= 400


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Russia", "ru"),
        ("Russian Federation", "ru"),
        ("the Kremlin", "ru"),
        ("Moscow", "ru"),
        ("MOSCOW", "ru"),
        ("Pyongyang", "kp"),
        ("DPRK", "kp"),
        ("U.S.", "us"),
        ("the US", "us"),
        ("Britons", None),
        ("Briton", "gb"),
        ("French", "fr"),
        ("Cote d’Ivoire", "ci"),
        ("Türkiye", "tr"),
        ("Turkey", "tr"),
        ("the Democratic Republic of the Congo", "cd"),
        ("Georgian", "ge"),
    ],
)
def test_states_by_name_people_and_place(words: str, expected: str | None) -> None:
    found = state(words)
    assert (found and found.id) == expected


@pytest.mark.parametrize(
    "words",
    ["Congo", "Congolese", "Dominican", "Georgia", "us", "turkey", "polish", "Car", "Korea", "the", ""],
)
def test_doubtful_names_of_states_are_nobodys(words: str) -> None:
    assert state(words) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Reuters", "Reuters"),
        ("AP", "Associated Press"),
        ("the Associated Press", "Associated Press"),
        ("the BBC", "BBC News"),
        ("The Sun", "The Sun"),
        ("the Sun newspaper", "The Sun"),
        ("The Times", "The Times"),
        ("the Guardian", "The Guardian"),
        ("New York Times", "The New York Times"),
        ("N.Y. Times", "The New York Times"),
        ("Time magazine", "Time"),
        ("TIME", "Time"),
        ("People magazine", "People"),
        ("MAP", "MAP"),
        ("El Pais", "El País"),
        ("Al Ahram", "Al-Ahram"),
        ("Libération", "Libération"),
        ("Tass", "TASS"),
        ("The Australian newspaper", "The Australian"),
        ("NTV (Turkey)", "NTV (Turkey)"),
    ],
)
def test_outlets_by_name(words: str, expected: str) -> None:
    found = outlet(words)
    assert found is not None
    assert found.name == expected


@pytest.mark.parametrize(
    "words",
    [
        "Independent",
        "independent",
        "Sun",
        "the Sun",
        "the sun",
        "Times",
        "the Times",
        "Mirror",
        "Express",
        "Standard",
        "Nation",
        "The Nation",
        "Post",
        "The Post",
        "Star",
        "The Star",
        "People",
        "the People",
        "Time",
        "Map",
        "The Australian",
        "Australian newspaper",
        "Local newspaper",
        "the Times magazine",
        "Liberation",
    ],
)
def test_common_words_are_no_outlets(words: str) -> None:
    assert outlet(words) is None


@pytest.mark.parametrize("words", ["CNA", "VTV", "NTV", "La Prensa", "The Herald", "EPA", "PA"])
def test_names_of_several_outlets_are_nobodys(words: str) -> None:
    assert outlet(words) is None


@pytest.mark.parametrize(
    "words", ["The Harbour Tide", "news agency", "the newspaper", "The", "the ", "", " "]
)
def test_unknown_outlets_are_none(words: str) -> None:
    assert outlet(words) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the Pentagon", "us"),
        ("U.S. State Department", "us"),
        ("the Kremlin", "ru"),
        ("Russian defense ministry", "ru"),
        ("IDF", "il"),
        ("WHO", ""),
        ("Nato", ""),
        ("U.N.", ""),
    ],
)
def test_organisations_by_name_speak_for_their_state(words: str, expected: str) -> None:
    found = organisation(words)
    assert found is not None
    assert found.principal == expected


@pytest.mark.parametrize(
    "words", ["who", "Who", "ice", "un", "CSIS", "ICC", "SDF", "PA", "EPA", "Reuters", ""]
)
def test_doubtful_names_of_organisations_are_nobodys(words: str) -> None:
    assert organisation(words) is None


def test_full_names_of_organisations_find_them() -> None:
    assert [entry for entry in organisations() if organisation(entry.name) is not entry] == []


@given(st.text(max_size=40))
def test_any_words_are_looked_up(words: str) -> None:
    assert isinstance(state(words), State | None)
    assert isinstance(outlet(words), Outlet | None)
    assert isinstance(organisation(words), Organisation | None)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(words: str) -> None:
    assert fold(fold(words)) == fold(words)


def test_the_register_loads_fast() -> None:
    ran = subprocess.run([sys.executable, "-c", LOAD_MS], capture_output=True, text=True, check=True)
    assert float(ran.stdout) < 200  # 20 ms at home


# ------------------------------------------------------------- the user's own


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for a register of the user's; afterwards ours stands alone again."""
    monkeypatch.setenv(register.OWN, "")
    yield tmp_path
    monkeypatch.setenv(register.OWN, "")
    for kept in (states, outlets, organisations, register._states_by_name, register._bodies_by_name):
        kept.cache_clear()


def test_own_register_is_added(own: Path) -> None:
    head = "name\taliases\tprincipal"
    (own / "organisations.tsv").write_text(f"{head}\nHallow Port Authority\tHPA\tfr\n", "utf-8")
    register.extend(own)
    found = organisation("the HPA")
    assert found is not None
    assert (found.name, found.principal) == ("Hallow Port Authority", "fr")
    assert organisation("the Pentagon") is not None


@pytest.mark.parametrize("text", ["name\tprincipal\nHPA\tfr\n", "name\taliases\tprincipal\nHPA\n", ""])
def test_own_register_of_other_columns_is_refused(own: Path, text: str) -> None:
    (own / "organisations.tsv").write_text(text, "utf-8")
    with pytest.raises(InputError, match="must have the columns name, aliases, principal"):
        register.extend(own)


def test_folder_without_a_register_is_refused(own: Path) -> None:
    with pytest.raises(InputError, match="holds no file of a register"):
        register.extend(own)


@pytest.mark.parametrize("name", register.FILES)
def test_every_file_says_as_of_when(name: str) -> None:
    assert register.as_of(name) == "2025-06-30"
