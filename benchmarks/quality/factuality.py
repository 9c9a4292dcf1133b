"""How factual an event is, -3..3, from the lines and operators that `ondit.text.scope` finds around its word.

In: the tokens of a sentence and the place of an event's head. Out: a number by rule (the stance and certainty
that the governing operators leave), and one by a linear readout of the same operators, with weights learnt on
the train part of UW (factuality.json; Lee et al. 2015). The readout is a measure of the scopes, no part of
Ondit: as a judge of whole statements it told certain ones from hedged ones little better than chance.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ondit.text.lexicon import table, words_of
from ondit.text.scope import NEGATIONS, STOPS, Operator, Scoped, Token, fold, scoped_tokens
from ondit.text.sentences import is_finite, is_verb

WEIGHTS = Path(__file__).with_name("factuality.json")
DEGREES = {"certain": 3.0, "probable": 2.0, "possible": 1.0, "unknown": 0.0}
SIGNS = {"affirm": 1, "deny": -1, "question": 0}
SEEN = 10
"""Times that a feature must have been seen to get a weight."""
RIDGE = 10.0
_MODALS = frozenset(
    {"will", "would", "should", "must", "can", "could", "may", "might", "shall", "'ll", "'d", "ought"}
)
_AUXILIARIES = frozenset({"to", "be", "been", "is", "was", "were", "are", "has", "have", "had", "not"})
_BEFORE_VERB = frozenset({"be", "been", "have", "not", "also", "get", "being"})
_OPENING = frozenset(
    {"if", "unless", "whether", "would", "could", "should", "when", "because", "until", "before", "without"}
    | {"than", "hope", "want", "wants", "plan", "plans"}
)
_ENDINGS = {"ing": "ing", "ed": "ed", "s": "s", "ion": "ion", "ment": "ion"}
_SPELLED = {"n't": "not", "ca": "can", "wo": "will", "cannot": "can"}

Features = Mapping[str, float]
Vector = NDArray[np.float64]


def clause_of(words: Sequence[str]) -> Scoped:
    """The lines and operators of a sentence that comes in tokens."""
    folded = (w.casefold().replace("’", "'") for w in words)
    return scoped_tokens([Token(_SPELLED.get(w, w), at) for at, w in enumerate(folded)])


def by_rule(clause: Scoped, place: int) -> float:
    """The stance and certainty that the operators governing the word at `place` leave, as a number."""
    stance, certainty = fold(clause, _governing(clause, place))
    return SIGNS[stance] * DEGREES[certainty]


def by_readout(clause: Scoped, place: int) -> float:
    """The learnt number."""
    found = features(clause, place)
    value = sum(weight * found.get(name, 0.0) for name, weight in weights().items())
    return min(3.0, max(-3.0, value))


@cache
def weights() -> dict[str, float]:
    """The learnt weight of every feature."""
    found: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return found


def features(clause: Scoped, place: int) -> Features:
    """What stands around a word, by name."""
    words = [t.word for t in clause.tokens]
    rule = by_rule(clause, place)
    line = clause.kinds[clause.tokens[place].line]
    found = {"bias": 1.0, "rule": rule / 3, f"rule {rule:+.0f}": 1.0, f"line {line}": 1.0}
    names = (
        *_of_operators(clause, place),
        *_of_negations(words, place),
        *_of_modals(words, place),
        *_of_infinitive(words, place),
        *_of_cue(words, place),
        *_of_word(words, place),
    )
    return found | dict.fromkeys(names, 1.0)


def _governing(clause: Scoped, place: int) -> list[Operator]:
    line = clause.tokens[place].line
    own = list(clause.of_line(line))
    return [op for op in own if op.first < place or op.kind == "truth"]


def _of_operators(clause: Scoped, place: int) -> Iterator[str]:
    line = clause.tokens[place].line
    before = [op for op in clause.of_line(line) if op.first < place]
    if before:
        last = before[-1]
        yield f"under {last.kind} {last.plain[0]} at {_distance(place - last.last)}"
    for op in clause.operators:
        if op.first < place and clause.tokens[op.first].line < line:
            yield f"behind {op.kind} {op.plain[0]} in {clause.kinds[line]}"


def _of_negations(words: Sequence[str], place: int) -> Iterator[str]:
    for at in range(max(0, place - 9), place):
        if words[at] in NEGATIONS or words[at] == "without":
            between = words[at + 1 : place]
            verbs = min(2, sum(map(is_verb, between)))
            cut = any(w in STOPS or w in {"that", "because", "but", "and", "who", "which"} for w in between)
            yield f"negation at {_distance(place - at)}, verbs {verbs}{', cut' if cut else ''}"


def _of_modals(words: Sequence[str], place: int) -> Iterator[str]:
    for at in range(max(0, place - 5), place):
        between = words[at + 1 : place]
        if words[at] in _MODALS and not STOPS.intersection(between):
            yield f"modal {words[at]}"
            yield f"modal {words[at]} at {min(place - at, 4)}"
            yield from (f"modal {words[at]} {w}" for w in ("not", "have") if w in between)


def _of_infinitive(words: Sequence[str], place: int) -> Iterator[str]:
    start = place
    while start and words[start - 1] in _BEFORE_VERB:
        start -= 1
    if start < 2 or words[start - 1] != "to":
        return
    yield "to"
    yield f"to after {words[start - 2]}"
    if NEGATIONS.intersection(words[max(0, start - 9) : start]):
        yield f"to after not {words[start - 2]}"
    governing = next((w for w in words[start - 2 : max(0, start - 9) : -1] if _governs(w)), None)
    if governing:
        yield f"to governed by {governing}"


def _governs(word: str) -> bool:
    return is_verb(word) or word in words_of("acts")


def _of_cue(words: Sequence[str], place: int) -> Iterator[str]:
    """The nearest verb of saying, thinking or wanting before the word."""
    cues = table("cues")
    for at in range(place - 1, max(-1, place - 25), -1):
        if words[at] in cues or words[at] in words_of("acts"):
            negated = " not" if NEGATIONS.intersection(words[max(0, at - 4) : at]) else ""
            yield f"cue{negated} {words[at]}"
            if words[at] in cues:
                yield f"cue{negated} of {' '.join(cues[words[at]])}"
            return


def _of_word(words: Sequence[str], place: int) -> Iterator[str]:
    ending = next((name for end, name in _ENDINGS.items() if words[place].endswith(end)), "bare")
    before = words[place - 1] if place else ""
    known = before in _MODALS | _AUXILIARIES or before in {
        "the",
        "a",
        "an",
        "his",
        "its",
        "of",
        "for",
        "in",
        "by",
        "no",
    }
    yield f"ending {ending}"
    yield f"ending {ending} after {before if known else 'other'}"
    yield f"finite near {any(map(is_finite, words[max(0, place - 3) : place]))}"
    yield f"at {min(place, 4)}"
    if "?" in words[place:]:
        yield "asked"
    yield from (f"after {w}" for w in _OPENING.intersection(words[:place]))


def _distance(steps: int) -> str:
    return str(steps) if steps < 3 else "3-4" if steps < 5 else "5-8" if steps < 9 else "9+"


# ------------------------------------------------------------------ learning


def learnt(rows: Sequence[Features], values: Sequence[float]) -> dict[str, float]:
    """Ridge regression by conjugate gradients: a weight for every feature seen `SEEN` times."""
    seen = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in seen.items() if count >= SEEN)
    column = {name: at for at, name in enumerate(names)}
    cells = [(i, column[n], v) for i, row in enumerate(rows) for n, v in row.items() if n in column]
    row_of, column_of, value_of = (np.array(part) for part in zip(*cells, strict=True))

    def applied(vector: Vector) -> Vector:
        out = np.bincount(row_of, weights=value_of * vector[column_of], minlength=len(rows))
        return back(out.astype(np.float64)) + RIDGE * vector

    def back(out: Vector) -> Vector:
        sums = np.bincount(column_of, weights=value_of * out[row_of], minlength=len(names))
        return sums.astype(np.float64)

    solved = _conjugate(applied, back(np.array(values, dtype=np.float64)))
    return {name: round(float(w), 3) for name, w in zip(names, solved, strict=True) if abs(w) >= 0.0005}


def _conjugate(applied: Callable[[Vector], Vector], target: Vector) -> Vector:
    """The vector that `applied` maps to `target`."""
    found = np.zeros_like(target)
    rest, step = target.copy(), target.copy()
    left = rest @ rest
    for _ in range(300):
        moved = applied(step)
        size = left / (step @ moved)
        found += size * step
        rest -= size * moved
        now = rest @ rest
        if now < 1e-9:
            break
        step, left = rest + now / left * step, now
    return found
