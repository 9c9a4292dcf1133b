"""An address is one only if it can be nothing else."""

from __future__ import annotations

import pytest

import hostile
from ondit.telling.exports.addresses import web_address


@pytest.mark.parametrize(
    "url",
    [
        "https://tide.example",
        "http://tide.example:8080/a/b.html?c=d&e=%20f#g",
        "https://xn--bcher-kva.example/",
    ],
)
def test_addresses_of_the_web_are_taken(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "ftp://tide.example/",
        "https://tide.example/a b",
        "https://user@tide.example/",
        "https://tide.example/\n",
        "https://tide.example/[[x]]",
        "https://tíde.example/",
        "https:///x",
        "",
    ],
)
def test_whatever_else_it_is_is_no_address(url: str) -> None:
    assert web_address(url) is None


def test_no_hostile_string_is_an_address() -> None:
    assert [text for text in hostile.STRINGS if web_address(text)] == []
