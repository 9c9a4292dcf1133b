from __future__ import annotations

import pytest

from readingfakes import chains, read

NEXT = "Peter Tressler, 61, had gone out to look for his cows when the dyke gave way."

TRESSLER = "Peter Tressler"
ROOF = "he spent the night on the roof of his barn"


def speaker(lead: str, source: str, content: str, following: str = NEXT) -> str:
    text = f"{lead}\n{following}"
    cue = "said" if " said " in lead else "says"
    return chains(read(text, (source, cue, content)))[content][0]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("A local farmer", ROOF),
        ("A vet on his way to a calving", "a row of lamps stood over the dam all night"),
    ],
)
def test_description_is_whom_the_next_paragraph_names(source: str, said: str) -> None:
    assert speaker(f"{source} said {said}.", source, said) == TRESSLER


@pytest.mark.parametrize(
    ("source", "said", "following"),
    [
        ("A spokesman for the coastguard", "two people had drowned in the storm", NEXT),
        ("A nurse", "two people had drowned in the storm on Sunday", NEXT),
        ("A nurse", "she had never seen such a night at the clinic", NEXT),
        ("Two farmers", "they spent the night on the roof of the barn", NEXT),
        ("A farmer", "he and Radu Low spent the night on the roof", NEXT),
        ("A farmer", "he watched his neighbour set light to the barn", NEXT),
        ("A firefighter", "he held a boy by his hand for an hour", NEXT),
        ("A farmer", ROOF, "The cows of Peter Tressler, 61, were found in a field on that day."),
        ("A farmer", ROOF, "Peter Tressler and his son had gone to the field on that day."),
        ("A farmer", ROOF, "Peter Tressler, a lawyer, had gone to the field on that day."),
        ("A farmer", ROOF, "Peter Tressler, 34, is charged with arson and will be heard on Friday."),
        ("A farmer", ROOF, "Peter Tressler, 9, had fallen into the barn on that night."),
        ("A farmer", ROOF, "Landlord Peter Tressler, 50, had gone to the field on that day."),
        ("A farmer", ROOF, "Peter Tressler, 61, had gone out to look. The farmer said he had not seen him."),
        ("A farmer", ROOF, "“We take this very seriously,” said Peter Tressler of the farmers’ union."),
    ],
)
def test_somebody_else_in_the_next_paragraph_is_not_meant(source: str, said: str, following: str) -> None:
    assert speaker(f"{source} said {said}.", source, said, following) != TRESSLER


def test_third_paragraph_keeps_its_name_to_itself() -> None:
    lead = "A farmer said he spent the night on the roof of his barn."
    first = "The dyke of the town gave way in the night, and nobody had been warned.\n" * 2
    text = f"{first}{lead}\n{NEXT}"
    content = "he spent the night on the roof of his barn"
    assert chains(read(text, ("A farmer", "said", content)))[content][0] == "A farmer"
