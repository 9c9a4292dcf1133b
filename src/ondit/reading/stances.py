"""How a clause is taken: affirmed, denied or asked, and how surely, by its own words and by its holders.

In: the words of a clause; what its cues do to it (`levels.cue_features`). Out: stance and certainty, for the
report and for every holder. The scopes are those of `text.scope`; here is what becomes of whole clauses:
questions, conditions and what hangs on them, hearsay.
"""

from __future__ import annotations

import re

from ondit.records import Certainty, Stance
from ondit.text.lexicon import words_of
from ondit.text.scope import CERTAINTIES, OPPOSITE, STANCES, STOPS, Operator, Scoped, fold, scoped
from ondit.text.sentences import WORD, is_verb

_QUESTION: tuple[Stance, Certainty] = ("question", "unknown")
_KNOWING = frozenset(
    {
        "know", "knows", "knew", "known", "say", "says", "said", "tell", "tells", "clear", "sure", "certain",
        "establish", "established", "determine", "determined", "understand", "explain", "see", "predict",
        "recall", "remember", "find",
    }
)  # fmt: skip
_ASKED_FOR = frozenset({"who", "what", "why", "how", "when", "where", "which", "whether", "if"})
_MODALS = frozenset({"would", "will", "could", "may", "might", "shall", "should", "can"})
_RUMOURS = frozenset({"rumours", "rumors", "whispers"})
_SHORT = 5
_UNMET = re.compile(
    r"\b(?:would|could|might)\s+(?:\w+\s)?have\b|\b(?:would|could|might)['’]ve\b", re.IGNORECASE
)
_PAST = re.compile(r"\bif\b[^,;]*\b(?:had|hadn['’]t|were|weren['’]t)\b", re.IGNORECASE)


def said(
    words: str, *, asked: bool = False, denied: bool = False, hangs: bool = False
) -> tuple[Stance, Certainty]:
    """What the words of a clause do by themselves: affirm, deny or ask, and how surely.

    `denied`: its cue denies it already, so that calling it false adds nothing. `hangs`: it follows on a
    condition.

    >>> said("It did not hold fertiliser"), said("The fire may have been lit")
    (('deny', 'certain'), ('affirm', 'possible'))
    """
    if asked:
        return _QUESTION
    clause = scoped(words)
    line = _main_line(clause)
    kind = clause.kinds[line]
    if kind == "unmet":
        return "deny", "certain"
    if kind == "condition" or _asks(clause, line):
        return _QUESTION
    stance, certainty = fold(clause, _governing(clause, line, denied))
    if not (_hangs(clause, line) or (hangs and _is_modal(clause, line))):
        return stance, certainty
    if _UNMET.search(words) and ("unmet" in clause.kinds or _PAST.search(words)):
        return OPPOSITE[stance], certainty if certainty == "probable" else "certain"
    return stance, "possible" if certainty == "certain" else certainty


def _governing(clause: Scoped, line: int, denied: bool) -> list[Operator]:
    """The operators of a line, the hedges of predicates joined to it, and where it has none of its own, all
    those of a joined end ("was sought and not found")."""
    found = list(clause.of_line(line))
    joined = [n for n in range(line + 1, len(clause.kinds)) if _is_joined(clause, n)]
    if not found:
        found = [op for n in joined if _ends(clause, n) for op in clause.of_line(n)]
    found += [op for n in joined for op in clause.of_line(n) if op.kind == "hedge" and op not in found]
    return [op for op in found if not (denied and op.kind in {"truth", "untrue"})]


def _is_joined(clause: Scoped, line: int) -> bool:
    """Whether a line is a coordinate predicate without a subject of its own."""
    words = [t.word for t in clause.tokens if t.line == line][1:]
    return clause.kinds[line] == "coordinate" and bool(words) and words[0] not in words_of("subjects")


def _ends(clause: Scoped, line: int) -> bool:
    """Whether a coordinate line is a short predicate that says what came of the one before."""
    words = [t.word for t in clause.tokens if t.line == line][1:]
    if not 1 < len(words) <= _SHORT:
        return False
    return words[0] in {"not", "never"} or (words[1] in {"no", "nothing", "nobody"} and is_verb(words[0]))


def _main_line(clause: Scoped) -> int:
    """The line that states what the clause states: the first main one that has a verb, else the first one."""
    by_line: dict[int, list[str]] = {}
    for token in clause.tokens:
        if token.word[:1].isalnum():
            by_line.setdefault(token.line, []).append(token.word)
    states = [n for n in sorted(by_line) if clause.kinds[n] in {"main", "coordinate"} and len(by_line[n]) > 1]
    with_verb = [n for n in states if any(map(is_verb, by_line[n]))]
    if with_verb and states[0] != with_verb[0] and _stands_alone(clause, with_verb[0]):
        return states[0]
    return next(iter((*with_verb, *states, *sorted(by_line))), 0)


def _stands_alone(clause: Scoped, line: int) -> bool:
    """Whether a stop parts a line from what is before it ("4,200 acres, and the wind is up")."""
    first = next(i for i, t in enumerate(clause.tokens) if t.line == line)
    return first > 0 and clause.tokens[first - 1].word in STOPS


def _asks(clause: Scoped, line: int) -> bool:
    """Whether a line leaves open what it is about ("whether it fell", "does not know who fired")."""
    words = [t.word for t in clause.tokens if t.line == line]
    whole = [t.word for t in clause.tokens]
    negated = any(op.kind == "negation" for op in clause.of_line(line))
    for i, word in enumerate(whole):
        if word == "whether" and whole[i + 1 : i + 3] != ["or", "not"]:
            return True
        if (
            negated
            and word in _KNOWING
            and i + 1 < len(whole)
            and whole[i + 1] in _ASKED_FOR
            and word in words
        ):
            return True
    return False


def _hangs(clause: Scoped, line: int) -> bool:
    """Whether a line says what would be under a condition."""
    under = any(clause.kinds[t.line] in {"condition", "unmet"} for t in clause.tokens)
    return under and _is_modal(clause, line)


def _is_modal(clause: Scoped, line: int) -> bool:
    return any(t.word in _MODALS or t.word.endswith("'ll") for t in clause.tokens if t.line == line)


def is_hearsay(words: str, *, denied: bool = False) -> bool:
    """Whether a clause passes on what nobody named says ("reportedly"); a rumour that it denies is none."""
    folded = " " + " ".join(w.casefold() for w in WORD.findall(words)) + " "
    found = (phrase for phrase in words_of("hearsay") if f" {phrase} " in folded)
    return any(not (denied and phrase in _RUMOURS) for phrase in found)


def weakest(a: Certainty, b: Certainty) -> Certainty:
    """The less certain of two."""
    return max(a, b, key=CERTAINTIES.index)


def turned(stance: Stance, turn: Stance) -> Stance:
    """What a holder who takes `turn` to a clause that does `stance` does to what it is about."""
    if "question" in (stance, turn):
        return "question"
    return OPPOSITE[stance] if turn == "deny" else stance


def stance_of(word: str) -> Stance:
    """The stance that a list names."""
    return next((s for s in STANCES if s == word), "affirm")
