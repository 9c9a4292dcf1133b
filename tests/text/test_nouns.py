from __future__ import annotations

import pytest
from hypothesis import given

from ondit.text.nouns import acronym, classify, generic, singular
from strategies import texts


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("spokeswoman", "speaks"),
        ("Ministers", "speaks"),
        ("nurses", "role"),
        ("fishermen", "role"),
        ("ministry", "org"),
        ("agencies", "org"),
        ("broadcaster", "outlet"),
        ("memos", "document"),
        ("minister’s", ""),
        ("lemon", ""),
        ("", ""),
    ],
)
def test_nouns_have_a_class(word: str, kind: str) -> None:
    assert classify(word) == kind


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("officials", "official"),
        ("agencies", "agency"),
        ("women", "woman"),
        ("firemen", "fireman"),
        ("children", "child"),
        ("witnesses", "witness"),
        ("coaches", "coach"),
        ("news", "news"),
        ("crisis", "crisis"),
        ("census", "census"),
        ("people", "people"),
        ("press", "press"),
    ],
)
def test_singular(word: str, expected: str) -> None:
    assert singular(word) == expected


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("HPA", "Hallow Port Authority", True),
        ("H.P.A.", "Hallow Port Authority", True),
        ("HPA", "the Hallow Port Authority", True),
        ("Hpa", "Hallow Port Authority", False),
        ("HP", "Hallow Port Authority", False),
        ("H", "Hallow", False),
        ("US", "us", False),
        ("", "", False),
    ],
)
def test_acronyms_are_made_of_initials(short: str, long: str, expected: bool) -> None:
    assert acronym(short, long) is expected


def test_generic_words_are_nobodys_name() -> None:
    assert [generic(n) for n in ("Company", "Nurse", "Kremlin", "Quill", "Port Authority")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@given(texts(20), texts(20))
def test_any_words_have_a_class_a_singular_and_initials_or_not(one: str, two: str) -> None:
    assert classify(one) in {"speaks", "role", "org", "outlet", "document", ""}
    assert len(singular(one.casefold())) <= len(one.casefold())
    assert acronym(one, two) in {True, False}
    assert generic(one) in {True, False}
