"""One story told by many: reports of one event that quote and cite each other, as many as one likes.

Made for pages and servers, not for measuring how well reports are read: the words are simple and the lineage
is known. The first report is an agency's; the others cite it, cite one that cites it, or cite nobody.
"""

from __future__ import annotations

TOWNS = (
    "Ilgaro",
    "Maurent",
    "Vindry",
    "Pelmora",
    "Tolbeck",
    "Ravelin",
    "Lodesby",
    "Aldenport",
    "Weirside",
    "Ossel",
)
KINDS = ("Post", "Argus", "Sentinel", "Lantern", "Examiner", "Gleaner")
FACTS = (
    "{n} people had been killed in the fire at the grain quay",
    "the fire at the grain quay had begun in a store of fertiliser",
    "the harbour of Ilgaro would stay closed until Monday",
    "divers had found the channel of the harbour blocked",
    "the owner of the grain store had been warned in March",
    "two inspectors of the port had been suspended",
)
LAST = (
    "We heard one blast and then the windows went",
    "My father loaded grain there for thirty years",
    "Nobody told us to leave",
    "I thought it was thunder",
    "The bread was in the oven and I left it there",
    "You could read a paper by it at midnight",
    "They had better say what was in that store",
    "I have lived through two fires on this quay",
    "The cat has not come back",
    "It rained ash until the morning",
)
PEOPLE = (
    "Mayor Silvan Orbech",
    "the Ilgaro Fire Service",
    "two officials of the port authority",
    "Dr Amadea Roncal of St Amabel Hospital",
    "a person with knowledge of the inspection",
    "Commander Livia Cormaz",
)


def outlet(number: int) -> str:
    """The name of an outlet; the first is the agency."""
    return "Duvarre" if number == 0 else f"The {TOWNS[number % 10]} {KINDS[(number // 10) % 6]}"


def rows(count: int = 60) -> list[dict[str, str]]:
    """So many reports, as rows of JSON Lines."""
    return [
        {
            "id": f"r{number + 1}",
            "outlet": outlet(number),
            "url": f"https://outlet{number}.example/fire",
            "headline": f"Fire at the grain quay: what {outlet(number)} knows",
            "published": f"2037-10-{8 + number // 24:02}T{number % 24:02}:00:00Z",
            "text": text(number),
        }
        for number in range(count)
    ]


def text(number: int) -> str:
    """A report: what somebody told it, what it has from another, what it says itself."""
    said = [
        f"{PEOPLE[at]} said that {fact.format(n=17 if number % 7 else 11)}."
        for at, fact in enumerate(FACTS)
        if number == 0 or (number + at) % 6 == 0
    ]
    giver = outlet(0 if number % 3 else max(0, number - 3))
    passed = [
        f"{PEOPLE[at]} told {giver} that {fact.format(n=17)}, {giver} reported."
        for at, fact in enumerate(FACTS)
        if number and (number + at) % 5 == 1
    ]
    bare = FACTS[number % 6].format(n="Seventeen")
    own = [f"{bare[0].upper()}{bare[1:]}.", f"“{LAST[number % 10]},” said a baker near the quay."]
    return "\n\n".join([*said, *passed, *own])
