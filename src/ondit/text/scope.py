"""What the words around a predicate do to it: which negations, hedges, conditions and verbs govern it.

In: the words of a clause. Out: `Operator`s, and the stance and certainty that they leave. No parser: a
sentence is divided into lines (its main clause; relative clauses, conditions, asides), and an operator
governs what follows it in its own line. What a governing verb leaves of the clause under it, plain and
negated, stands in data/en/signatures.tsv (implicatives: Karttunen 1971; relations of this kind are read off
such lists by Sauri and Pustejovsky 2012 and Stanovsky et al. 2017, who have a parse).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ondit.records import Certainty, Stance
from ondit.text.lexicon import table, words_of
from ondit.text.sentences import is_finite, is_verb

CERTAINTIES: tuple[Certainty, ...] = ("certain", "probable", "possible", "unknown")
STANCES: tuple[Stance, ...] = ("affirm", "deny", "question")
OPPOSITE: dict[Stance, Stance] = {"affirm": "deny", "deny": "affirm", "question": "question"}
NO_EFFECT = "|"
_TOKEN = re.compile(r"\w+(?:[-'’.]\w+)*|\.\.\.|[,;:()?!“”\"—–]")
_MONTH = re.compile(
    r"\b(?:\d+|in|on|of|by|since|until|till|last|next|this|late|early|mid|from|to|before|after|for)[ -]May\b"
    r"|\bMay,? \d",
    re.IGNORECASE,
)
_SHORTENED = {"won't": "will", "can't": "can", "cannot": "can", "shan't": "shall", "ain't": "is"}
NEGATIONS = frozenset(
    {"not", "never", "no", "nobody", "nothing", "none", "neither", "nor", "nowhere", "no-one", "n't"}
)
_OF_ABILITY = frozenset({"can", "could"})
STOPS = frozenset({",", ";", ":", "—", "–", "?", "!"})
_BARS = STOPS | {"but"}
_RELATIVE = frozenset({"who", "which", "whose", "whom", "where"})
_CONDITIONS = frozenset({"if", "unless", "lest", "provided", "suppose", "supposing"})
_SUBORDINATE = frozenset(
    {"because", "while", "whereas", "although", "though", "after", "before", "since", "when", "until"}
    | {"once", "than", "so-that", "despite"}
)
_COPULAS = frozenset(
    {"is", "was", "are", "were", "be", "been", "being", "as", "'s", "’s", "it's", "it’s", "that's"}
)
_INVERTED = frozenset({"had", "were", "should"})
_WIDEST = 6
"""Words that an ellipsis stands for at most."""
_BEFORE_INFINITIVE = frozenset({"able", "going", "have", "has", "had", "is", "are", "was", "were"})
_SAID_WITHIN = 4
_TURNING = frozenset({"turn", "truth", "untrue"})


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word or mark, where it stands, and the number of its line (0: the main clause)."""

    word: str
    start: int
    line: int = 0


@dataclass(frozen=True, slots=True)
class Operator:
    """Words that change what is claimed: tokens `first` to `last`, of kind `negation`, `hedge`,
    `turn` (a verb or phrase that governs the clause), `truth` (what is said of it: "is false") or `untrue`
    (what it is called: "a report ... false").

    `plain` is what they leave of the clause that they govern, `negated` what they leave under a negation.
    """

    first: int
    last: int
    kind: str
    plain: tuple[Stance, Certainty] = ("affirm", "certain")
    negated: tuple[Stance, Certainty] | None = None


@dataclass(frozen=True, slots=True)
class Scoped:
    """A clause with its lines and operators. `conditional`: what is under a condition; `counter`: a
    condition that is not met."""

    tokens: tuple[Token, ...]
    operators: tuple[Operator, ...]
    kinds: tuple[str, ...]
    """By line: `main`, `condition`, `unmet`, `relative`, `subordinate`, `coordinate`, `aside`."""

    def of_line(self, line: int) -> Iterator[Operator]:
        """The operators that stand in `line`."""
        return (op for op in self.operators if self.tokens[op.first].line == line)


def scoped(words: str) -> Scoped:
    """The lines and operators of a clause or sentence."""
    return scoped_tokens(list(_tokens(words)))


def scoped_tokens(found: Sequence[Token]) -> Scoped:
    """The same for tokens: folded words and marks."""
    lines, kinds = _lines([t.word for t in found])
    tokens = tuple(Token(t.word, t.start, line) for t, line in zip(found, lines, strict=True))
    return Scoped(tokens, tuple(_operators(tokens)), tuple(kinds))


def _tokens(words: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(words):
        word, start = match.group(), match.start()
        if word == "May" and _MONTH.search(words, max(0, start - 12), match.end() + 4):
            continue
        folded = word.casefold().replace("’", "'")
        if folded == "no" and re.match(r"No\.? \d", words[start:]):
            continue
        if folded == "cannot" or folded.endswith("n't"):
            yield Token(_SHORTENED.get(folded, folded.removesuffix("n't")), start)
            yield Token("not", start)
        else:
            yield Token(folded, start)


# -------------------------------------------------------------------- lines


def _lines(words: Sequence[str]) -> tuple[list[int], list[str]]:
    """The line of every token, and the kind of every line."""
    lines: list[int] = []
    kinds = ["main"]
    stack, verbs = [0], 0
    for i, word in enumerate(words):
        if word in STOPS and len(stack) > 1:
            stack, verbs = stack[:1], 0
        elif word == ")" and len(stack) > 1:
            stack.pop()
        opened = _opens(words, i, kinds[stack[-1]])
        if opened == "coordinate":
            stack = [len(kinds)]
        elif opened:
            stack.append(len(kinds))
        if opened:
            kinds.append(opened)
            verbs = 0
        elif kinds[stack[-1]] == "relative" and word in _AUXILIARY:
            verbs += 1
            if verbs > 1 and words[i - 1] not in {"and", "or", "but", "have", "has", "had", "will", "would"}:
                stack.pop()
        lines.append(stack[-1])
    return lines, kinds


_AUXILIARY = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might", "did"}
)


def _opens(words: Sequence[str], i: int, kind: str) -> str:
    """The kind of line that the token at `i` opens, "" if none."""
    word, after = words[i], words[i + 1] if i + 1 < len(words) else ""
    before = words[i - 1] if i else ""
    if word == "(":
        return "aside"
    if (
        word in _CONDITIONS
        and after not in {"not", "only", "any", "so", "ever"}
        and before not in {"as", "even"}
    ):
        return "condition" if (after, words[i + 2 : i + 3]) not in _COURTESY else "aside"
    if word == "only" and after == "if":
        return "condition"
    if word in _INVERTED and _inverts(words, i):
        return "unmet" if word != "should" else "condition"
    if word in _RELATIVE and i and (before == "," or before not in words_of("cues")):
        return "relative"
    if word == "that" and after in _AUXILIARY and before not in table("cues") and i:
        return "relative"
    if word in _SUBORDINATE and after and (i or word != "once"):
        return "subordinate"
    if word == "as" and after in words_of("subjects") and i:
        return "subordinate"
    if before == "," and len(word) > 4 and word.endswith("ing"):
        return "subordinate"
    if word in {"but", "and", "or", "so", "yet"} and i > 1 and _new_clause(words, i):
        return "coordinate"
    if word == ";":
        return "coordinate"
    return ""


_NO_SUBJECT = frozenset(
    {"no", "nothing", "none", "a", "an", "two", "three", "four", "five", "six", "some", "many", "most", "all"}
)
_COURTESY = tuple(
    ("you", [verb]) for verb in ("ask", "read", "like", "count", "want", "will", "please", "prefer")
)


def _inverts(words: Sequence[str], i: int) -> bool:
    """Whether "had", "were" or "should" opens a condition ("Had the alarm sounded, they would have left")."""
    after = words[i + 1] if i + 1 < len(words) else ""
    rest = words[i + 1 :]
    subject = after in words_of("subjects") and after not in _NO_SUBJECT and not after.isdigit()
    if not subject or "?" in rest or not any(is_verb(w) for w in rest[2:]):
        return False
    hanging = any(w in {"would", "could", "might"} for w in words)
    return hanging if i else words[i] == "had" or hanging


def _new_clause(words: Sequence[str], i: int) -> bool:
    """Whether what follows a conjunction has a subject and a verb of its own, or is a verb."""
    rest = [w for w in words[i + 1 : i + 8] if w not in {"not", "also", "then", "later", "that", "never"}]
    if not rest:
        return False
    if words[i] == "but":
        return rest[0] != "also" and any(is_verb(w) for w in rest[:6])
    return (
        is_finite(rest[0])
        or (len(rest[0]) > 4 and rest[0].endswith("ed"))
        or (rest[0] in words_of("subjects") and any(is_finite(w) or is_verb(w) for w in rest[1:6]))
    )


# ---------------------------------------------------------------- operators


Phrase = tuple[frozenset[str], ...]
"""The words of a phrase, each a set of alternatives; a set of `GAP` alone stands for some words between."""

GAP = frozenset({"…"})


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the lists: its phrase, the operator that it is, and whether it must be said of something."""

    phrase: Phrase
    operator: Operator
    said: bool


@cache
def _entries() -> dict[str, list[_Entry]]:
    """By first word: the lines of the lists, longest first."""
    found: dict[str, list[_Entry]] = {}
    for entry in (*_turns(), *_hedges()):
        for word in entry.phrase[0]:
            found.setdefault(word, []).append(entry)
    for entries in found.values():
        entries.sort(key=lambda e: -len(e.phrase))
    return found


def _turns() -> Iterator[_Entry]:
    for line, (plain, under, kind) in table("signatures").items():
        negated = None if under == NO_EFFECT else _effect(under)
        kind = "none" if plain == NO_EFFECT else kind
        yield _Entry(_phrase(line), Operator(0, 0, kind, _effect(plain), negated), kind == "truth")


def _hedges() -> Iterator[_Entry]:
    for line, cells in table("hedges").items():
        yield _Entry(_phrase(line), Operator(0, 0, "hedge", ("affirm", certainty_of(cells[0]))), False)


def _phrase(line: str) -> Phrase:
    return tuple(frozenset(word.split("/")) for word in line.split())


@cache
def _before_to() -> frozenset[str]:
    """The words that stand before "to" in a phrase of the lists."""
    phrases = [entry.phrase for entries in _entries().values() for entry in entries]
    return frozenset(w for p in phrases if len(p) > 1 and p[-1] == {"to"} for w in p[-2])


def _operators(tokens: Sequence[Token]) -> Iterator[Operator]:
    """The operators in order; what stands between the words of one may hold others."""
    i, taken_in = 0, set[int]()
    while i < len(tokens):
        op = None if i in taken_in else _operator_at(tokens, i)
        if op is None:
            i += 1
            continue
        if op.kind != "none":
            yield Operator(i, i if op.last < 0 else op.last, op.kind, op.plain, op.negated)
        taken_in.add(-op.last)
        i = max(i, op.last) + 1


def _operator_at(tokens: Sequence[Token], i: int) -> Operator | None:
    for entry in _entries().get(tokens[i].word, ()):
        last = _last(tokens, i, entry.phrase)
        if last is None or (entry.said and not _is_said(tokens, i, last)):
            continue
        op = entry.operator
        if _governs(tokens, i, op):
            return Operator(i, -last if GAP in entry.phrase else last, op.kind, op.plain, op.negated)
    if tokens[i].word in NEGATIONS and not _contrasts(tokens, i):
        return Operator(i, i, "negation")
    return None


def _last(tokens: Sequence[Token], i: int, phrase: Phrase) -> int | None:
    """The last token of a phrase that begins at `i`, None if it is not there."""
    at, gap = i, 0
    for words in phrase:
        if words == GAP:
            gap = _WIDEST
            continue
        window = [t.word for t in tokens[at : at + gap + 1]]
        step = next((k for k, word in enumerate(window) if word in words or _is_form(word, words)), None)
        if step is None or _BARS.intersection(window[:step]):
            return None
        at, gap = at + step + 1, 0
    return at - 1


def _is_form(word: str, words: frozenset[str]) -> bool:
    return "-ing" in words and len(word) > 4 and word.endswith("ing")


def _is_said(tokens: Sequence[Token], i: int, last: int) -> bool:
    """Whether what stands from `i` to `last` is said of something ("is false"), not part of a name."""
    before = [t.word for t in tokens[max(0, i - _SAID_WITHIN) : i]]
    after = tokens[last + 1].word if last + 1 < len(tokens) else "."
    ends = after in STOPS or not after.isalpha() or after in words_of("stopwords")
    return any(w in _COPULAS for w in before) and ends


def _governs(tokens: Sequence[Token], i: int, op: Operator) -> bool:
    """Whether a verb that turns its clause is the verb of its line, not one of purpose ("shut to avoid")."""
    if op.kind not in _TURNING or i < 2 or tokens[i - 1].word != "to":
        return True
    before = tokens[i - 2].word
    return before in _before_to() or before in words_of("acts") or before in _BEFORE_INFINITIVE


def _contrasts(tokens: Sequence[Token], i: int) -> bool:
    """Whether a negation only sets something apart or answers ("Orsk, not Omble", "no, ..."): no verb up to a
    stop, with something before it."""
    rest = []
    for token in tokens[i + 1 :]:
        if token.word in STOPS:
            break
        rest.append(token.word)
    if not rest:
        return tokens[i].word == "no" and i + 1 < len(tokens)
    apart = i > 1 and tokens[i - 1].word in {",", "and", "—", "–"}
    alone = len(rest) == 1 and tokens[i - 1].word == ","
    return apart and (alone or not any(is_finite(w) for w in rest))


# ----------------------------------------------------------------- taking


def taken(clause: Scoped, line: int = 0) -> tuple[Stance, Certainty]:
    """The stance and certainty that the operators of `line` leave, folded from the outermost in."""
    return fold(clause, list(clause.of_line(line)))


def fold(clause: Scoped, operators: Iterable[Operator]) -> tuple[Stance, Certainty]:
    """What `operators`, outermost first, leave of an affirmation.

    >>> [taken(scoped(s)) for s in ("They never failed to pay", "It may not rain", "He could not stop it")]
    [('affirm', 'certain'), ('deny', 'possible'), ('deny', 'certain')]
    """
    stance: Stance = "affirm"
    sure: list[Certainty] = ["certain"]
    before: Operator | None = None
    for op in operators:
        if op.kind == "negation":
            if before is not None and _able(clause, before) and op.first == before.last + 1:
                sure.pop()
            stance = stance if _doubles(before) else OPPOSITE[stance]
        elif op.kind == "hedge":
            unable = _able(clause, op) and before is not None and before.kind == "negation"
            sure.append("certain" if unable else op.plain[1])
        else:
            turn, certainty = op.plain
            if before is not None and _denies(before) and op.negated is not None:
                stance = OPPOSITE[stance]
                turn, certainty = op.negated
            if turn == "question":
                return "question", "unknown"
            stance = OPPOSITE[stance] if turn == "deny" else stance
            sure.append(certainty)
        before = op
    return stance, max(sure, key=CERTAINTIES.index)


def _denies(op: Operator) -> bool:
    return op.kind == "negation" or (op.kind in _TURNING and op.plain[0] == "deny")


def _able(clause: Scoped, op: Operator) -> bool:
    """Whether a hedge is "can" or "could": no ability under a negation, no hedge."""
    return op.kind == "hedge" and clause.tokens[op.first].word in _OF_ABILITY


def _doubles(before: Operator | None) -> bool:
    """Whether a negation only goes on with the one before ("neither ... nor", "none here, none there")."""
    return before is not None and before.kind == "negation"


def _effect(cell: str) -> tuple[Stance, Certainty]:
    if cell == NO_EFFECT:
        return "affirm", "certain"
    stance, certainty = cell.split()
    return next(s for s in STANCES if s == stance), certainty_of(certainty)


def certainty_of(word: str) -> Certainty:
    """The certainty that a list names."""
    return next((c for c in CERTAINTIES if c == word), "certain")
