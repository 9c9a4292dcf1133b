"""Foreign words as Markdown text, as names of files and as properties."""

from __future__ import annotations

import json
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ondit.telling.exports.markdown import LONGEST, escaped, file_names, properties, safe_name
from ondit.telling.words import clean


def shown(text: str) -> str:
    """What a parser of Markdown takes for text."""
    found = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escaped(text)):
        assert token.type in {"paragraph_open", "inline", "paragraph_close"}
        found += [child.content for child in token.children or ()]
    return "".join(found)


@given(
    st.text(st.characters(codec="utf-8"), max_size=40)
    | st.text("[](){}<>*_`#-+.!|~=$%^&\\: \n1a/", max_size=30)
)
def test_escaped_words_are_text_and_the_same_words(text: str) -> None:
    assert shown(text) == clean(text)


@pytest.mark.parametrize(
    "text",
    ["http://a.example", "www.a.example", "a@b.example", "x:: y", "%% x %%", "==x==", "$x$", "#tag", "^id"],
)
def test_what_only_obsidian_reads_is_broken_up(text: str) -> None:
    assert escaped(text) != text
    assert escaped(text).replace("\\", "") == text


@given(
    st.lists(
        st.text(max_size=12) | st.sampled_from(["CON", "a", "A", "a．", "..", "a/b", "x" * 300]), max_size=8
    )
)
def test_every_note_has_a_name_of_its_own_that_any_system_takes(words: list[str]) -> None:
    names = list(file_names((nr, word, f"id-{nr}") for nr, word in enumerate(words)).values())
    assert len({name.casefold() for name in names}) == len(words)
    for name in names:
        assert 0 < len(name) <= LONGEST + 8
        assert name == name.strip(" .")
        assert not set('\\/:*?"<>|#^[]') & set(name)
        assert not PureWindowsPath(name).is_reserved()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("17 people had been killed", "17 people had been killed"),
        ("What now?", "What now？"),
        ("../x", "．.／x"),
        ("nul.txt", "nul.txt．"),
        ("\x1b[2J\n", ""),
    ],
)
def test_names_stay_as_they_are_but_for_signs(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_properties_are_yaml_that_holds_json() -> None:
    made = properties(outlet='The "Tide": x', reports=2, aliases=["[[a]]", "b"], url=None)
    lines = made.splitlines()
    assert (lines[0], lines[-1]) == ("---", "---")
    assert [json.loads(line.partition(": ")[2]) for line in lines[1:-1]] == [
        'The "Tide": x',
        2,
        ["［［a]]", "b"],
    ]


def test_only_an_address_is_a_link_in_properties() -> None:
    assert "https://a.example/x" in properties(url="https://a.example/x")
    assert "://" not in properties(outlet="see https://a.example/x now")
