"""Score headlines against claims: which claim a headline is about, and whether it is for it, against it or
only observes that others make it (Emergent; Ferreira and Vlachos 2016).

    python -m benchmarks.quality.score_emergent FILE    # JSON lines: claim, claim_id, headline, stance

claim accuracy@1   share of headlines whose nearest claim of the file is theirs: the mean of the cosine of our
                   sentence vectors and of shared stems by rarity, as alignment sees both
stance accuracy    share of headlines whose stance, read off our statements of the headline, is theirs:
                   against where headline and claim differ in polarity, observing where the headline asks,
                   passes on what others say or hearsay, or only thinks it possible; else for
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ondit.reading.stances import said
from ondit.text.encoder import Encoder, SentenceEncoder
from ondit.text.lexicon import words_of
from ondit.text.stems import WORD, stem

if TYPE_CHECKING:
    from ondit import Attribution, Reading

STANCES = ("for", "against", "observing")
_VOUCHING = re.compile(r"confirm|reveal|find|found|show|discover|prove|admit", re.IGNORECASE)
_PASSED_ON = re.compile(
    r"^(?:claim|report|rumou?r)s?\b\s?:|\b(?:claims?|reports?|rumou?rs?)\W*$", re.IGNORECASE
)

Row = Mapping[str, Any]


def nearest(rows: Sequence[Row], claims: Sequence[str]) -> NDArray[np.intp]:
    """For each headline the number of the nearest claim."""
    encoder = SentenceEncoder(Encoder())
    headlines = [row["headline"] for row in rows]
    cosine = encoder.encode(headlines) @ encoder.encode(claims).T
    return np.asarray(np.argmax(cosine + _overlap(headlines, claims), axis=1), dtype=np.intp)


def stance(headline: Reading, claim: str) -> str:
    """What a headline does to a claim."""
    text = headline.document.text
    end = text.find("\n")
    found = [s for s in headline.statements if s.spans[0].start < end]
    denied = any(s.stance == "deny" for s in found)
    if denied != (said(claim)[0] == "deny"):
        return "against"
    passed_on = [a for s in found for a in headline.attributions for h in s.holders if a.id == h.attribution]
    if any(s.stance == "question" or s.certainty == "possible" for s in found) or not found:
        return "observing"
    if any(_VOUCHING.search(_cue(text, a)) for a in passed_on):
        return "for"
    hearsay = any(s.certainty == "unknown" for s in found) or _PASSED_ON.search(text[:end]) is not None
    return "observing" if passed_on or hearsay else "for"


def _cue(text: str, attribution: Attribution) -> str:
    return " ".join(text[s.start : s.end] for s in attribution.cue)


def _overlap(headlines: Sequence[str], claims: Sequence[str]) -> NDArray[np.float64]:
    """The cosine of stems weighted by rarity."""
    sets = [_stems(text) for text in (*headlines, *claims)]
    seen = Counter(s for stems in sets for s in stems)
    names = {name: at for at, name in enumerate(seen)}
    table = np.zeros((len(sets), len(names)))
    for at, stems in enumerate(sets):
        for name in stems:
            table[at, names[name]] = math.log(len(sets) / seen[name]) + 0.3
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    return np.asarray(table[: len(headlines)] @ table[len(headlines) :].T)


def _stems(text: str) -> set[str]:
    words = (w.casefold().removesuffix("'s") for w in WORD.findall(text.replace("’", "'")))
    return {stem(w) for w in words if w not in words_of("stopwords")}


def _readings(rows: Sequence[Row]) -> list[Reading]:
    import ondit
    from benchmarks.quality.gate import reports

    lines = (
        {"id": f"h{at}", "outlet": "An outlet", "text": f"{' '.join(row['headline'].split())}\n\nMore soon."}
        for at, row in enumerate(rows)
    )
    return [ondit.read(document) for document in reports("".join(json.dumps(line) + "\n" for line in lines))]


def main() -> int:
    """Print the measures and the confusion of stances."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    claims = list(dict.fromkeys(row["claim"] for row in rows))
    near = nearest(rows, claims)
    right = [claims[at] == row["claim"] for at, row in zip(near, rows, strict=True)]
    print(f"claim accuracy@1  {sum(right) / len(rows):.3f}  of {len(rows)} headlines, {len(claims)} claims")
    taken = [stance(reading, row["claim"]) for reading, row in zip(_readings(rows), rows, strict=True)]
    table = Counter(zip((row["stance"] for row in rows), taken, strict=True))
    print(f"stance accuracy   {sum(table[s, s] for s in STANCES) / len(rows):.3f}")
    print(f"{'gold, found':12}" + "".join(f"{s:>11}" for s in STANCES))
    for gold in STANCES:
        print(f"{gold:12}" + "".join(f"{table[gold, s]:11}" for s in STANCES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
