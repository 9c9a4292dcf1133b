from __future__ import annotations

import pytest

from readingfakes import chains, read

NEXT = "Peter Tressler, 61, had gone out to look for his cows when the dyke gave way."

ROOF = "he spent the night on the roof of his barn"


def speaker(lead: str, source: str, content: str, following: str = NEXT) -> str:
    text = f"{lead}\n{following}"
    cue = "said" if " said " in lead else "says"
    return chains(read(text, (source, cue, content)))[content][0]


@pytest.mark.parametrize(
    ("lead", "source", "content", "following"),
    [
        ("A local farmer said he spent the night on the roof of his barn.", "A local farmer", "", NEXT),
        (
            "A vet on his way to a calving said a row of lamps stood over it.",
            "A vet on his way to a calving",
            "",
            NEXT,
        ),
        (
            "A night nurse said she had warned the clinic three times before.",
            "A night nurse",
            "",
            "“They did not even answer,” Helga Brandt, who worked there for nine years, told us.",
        ),
        (
            "A surveyor said the wall would not have stood another winter.",
            "A surveyor",
            "",
            "Anna Low, a surveyor from Merrow, has measured it since the spring of that year.",
        ),
    ],
)
def test_description_is_whom_the_next_paragraph_names(
    lead: str, source: str, content: str, following: str
) -> None:
    said = lead.split(" said ")[1].rstrip(".")
    name = " ".join(following.split("” ")[-1].split(",")[0].split()[:2])
    assert speaker(lead, source, content or said, following) == name


@pytest.mark.parametrize(
    ("source", "said", "following"),
    [
        ("A spokesman for the coastguard", "two people had drowned in the storm", NEXT),
        ("A nurse", "two people had drowned in the storm on Sunday", NEXT),
        ("A nurse", "she had never seen such a night at the clinic", NEXT),
        ("Two farmers", "they spent the night on the roof of the barn", NEXT),
        ("A farmer", "he and Radu Low spent the night on the roof", NEXT),
        ("A farmer", ROOF, "The cows of Peter Tressler, 61, were found in a field on that day."),
        ("A farmer", ROOF, "Peter Tressler and his son were found in a field on that day."),
        ("A farmer", ROOF, "Peter Tressler, a lawyer, was found in a field on that day."),
    ],
)
def test_somebody_else_in_the_next_paragraph_is_not_meant(source: str, said: str, following: str) -> None:
    assert speaker(f"{source} said {said}.", source, said, following) != "Peter Tressler"


def test_third_paragraph_keeps_its_name_to_itself() -> None:
    lead = "A farmer said he spent the night on the roof of his barn."
    first = "The dyke of the town gave way in the night, and nobody had been warned.\n" * 2
    text = f"{first}{lead}\n{NEXT}"
    content = "he spent the night on the roof of his barn"
    assert chains(read(text, ("A farmer", "said", content)))[content][0] == "A farmer"
