"""Score chains of attributions on sentences with several levels (tests/reading/README.md defines the answer).

    python -m benchmarks.quality.score_nested            # the measures, and what is wrong in the open part

MEASURES, in shares, for the open part, the kept part and both
 chains      contents with an attribution of at least half their words (Jaccard) and of exactly their chain.
             The attribution that shares most is taken; of equal ones the innermost
 sentences   texts in which every chain is right and nobody is made to say anything more
 invented    innermost attributions that share less than half with every annotated content (lower is better)
 type, cue   of the contents that an attribution was found for: those with the right label
 scare       words in quotation marks that nobody is quoted with, and that we give to nobody who is named
Sources are equal if they are after folding: case, articles, possessive marks, what follows a relative
pronoun or a participle of access ("a memo seen by"), and appositions. Who publishes is no link, nor is who
speaks of their own speaking.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.quality.counts import Counts

if TYPE_CHECKING:
    from ondit import Attribution, Reading, Span

NESTED = Path(__file__).resolve().parents[2] / "tests" / "reading" / "nested.jsonl"
NOBODY = "?"
PARTS = ("open", "kept", "all")
MEASURES = {
    "chains": ("right", "contents"),
    "sentences": ("whole", "texts"),
    "invented": ("invented", "innermost"),
    "type": ("type", "found"),
    "cue": ("cue", "found"),
    "scare": ("unsaid", "scare"),
}

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_TRAILING = re.compile(
    r"\s(?:who|whom|whose|which|that|(?:seen|obtained|interviewed|published|reached) by)\s.*", re.DOTALL
)
_ARTICLE = re.compile(r"(?:the|an?)\s+")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


@dataclass(frozen=True, slots=True)
class NestedContent:
    """An innermost content: where its words stand, who it is from (origin first), and its labels."""

    words: frozenset[int]
    chain: tuple[str, ...]
    type: str
    cue: str


@dataclass(frozen=True, slots=True)
class NestedText:
    """One text with its answer. `scare`: where words stand in quotation marks that nobody is quoted with."""

    id: str
    outlet: str
    text: str
    contents: tuple[NestedContent, ...]
    scare: tuple[frozenset[int], ...]

    @property
    def part(self) -> str:
        """Odd numbers are open to look at, even ones are kept."""
        return "open" if int(self.id[1:]) % 2 else "kept"


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution with its chain, or a part of one in whose other part something is passed on. `inner`:
    another one lies in its content."""

    words: frozenset[int]
    chain: tuple[str, ...]
    type: str
    cue: str
    inner: bool


def load(path: Path = NESTED) -> list[NestedText]:
    """The texts of the file. ValueError where annotated words are not in the text."""
    return [_text(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def found_in(reading: Reading) -> list[Found]:
    """The attributions of a reading, each with its chain in the words of the report."""
    text = reading.document.text
    by_id = {att.id: att for att in reading.attributions}
    agents = {m.span: m.agent for m in reading.mentions}
    parents = {att.parent for att in reading.attributions}
    publisher = reading.statements[0].chain[-1] if reading.statements else None
    out: list[Found] = []
    for att in reading.attributions:
        chain = _chain(text, _outwards(att, by_id), agents, publisher)
        whole = Found(_words(text, att.content), chain, att.type, att.cue_kind, att.id in parents)
        parts = att.content if len(att.content) > 1 and whole.inner else ()
        out += [whole, *(replace(whole, words=_words(text, [part])) for part in parts)]
    return out


def score(texts: Sequence[NestedText], found: Mapping[str, Sequence[Found]]) -> dict[str, dict[str, float]]:
    """The measures of the open part, the kept part and all texts."""
    counts = {part: Counts() for part in PARTS}
    for text in texts:
        of_text = _counted(text, found[text.id])
        counts[text.part].include(of_text)
        counts["all"].include(of_text)
    return {part: {name: counts[part].share(*pair) for name, pair in MEASURES.items()} for part in PARTS}


def table(measures: Mapping[str, Mapping[str, float]]) -> str:
    """The measures as a table."""
    head = f"{'nested':10}" + "".join(f"{part:>8}" for part in PARTS)
    rows = (f"{name:10}" + "".join(f"{measures[part][name]:8.3f}" for part in PARTS) for name in MEASURES)
    return "\n".join((head, *rows))


def matched(content: NestedContent, found: Iterable[Found]) -> Found | None:
    """The attribution that gives most of a content's words and little else; of equal ones the innermost."""
    best = max(found, key=lambda f: (_jaccard(f.words, content.words), len(f.chain)), default=None)
    return best if best is not None and _jaccard(best.words, content.words) >= 0.5 else None


def same_chain(gold: Sequence[str], found: Sequence[str]) -> bool:
    """Whether two chains have the same links.

    >>> same_chain(["Ana Roe, the mayor", "The Tide"], ["ana roe", "Tide"])
    True
    """
    return len(gold) == len(found) and all(_names(a) & _names(b) for a, b in zip(gold, found, strict=True))


def kind(content: NestedContent, match: Found | None) -> str:
    """What is wrong with the chain that was found for a content, if anything."""
    if match is None:
        return "content not found"
    if same_chain(content.chain, match.chain):
        return "right"
    if len(match.chain) < len(content.chain):
        return "link missing"
    return "link too many" if len(match.chain) > len(content.chain) else "another source"


def kinds(texts: Sequence[NestedText], found: Mapping[str, Sequence[Found]]) -> str:
    """How many contents of both parts go wrong in which way, a line a way."""
    counted = {part: Counter[str]() for part in ("open", "kept")}
    for text in texts:
        counted[text.part].update(
            kind(content, matched(content, found[text.id])) for content in text.contents
        )
    rows = sorted({way for counts in counted.values() for way in counts})
    return "\n".join(f"{way:18}" + "".join(f"{counts[way]:8}" for counts in counted.values()) for way in rows)


def mistakes(text: NestedText, found: Sequence[Found]) -> Iterator[str]:
    """What is wrong in one text, a line each."""
    for content in text.contents:
        match = matched(content, found)
        if match is None or not same_chain(content.chain, match.chain):
            got = "nothing" if match is None else " < ".join(match.chain)
            yield f"{text.id}  {' < '.join(content.chain)}  but found: {got}"
        elif (match.type, match.cue) != (content.type, content.cue):
            yield f"{text.id}  {content.type} {content.cue}  but found: {match.type} {match.cue}"
    for invented in _invented(text, found):
        words = _quoted(text.text, invented.words)
        yield f"{text.id}  nobody said this  but found: {' < '.join(invented.chain)}: {words}"


def _counted(text: NestedText, found: Sequence[Found]) -> Counts:
    counts = Counts()
    invented = list(_invented(text, found))
    pairs = [(content, matched(content, found)) for content in text.contents]
    right = [match is not None and same_chain(content.chain, match.chain) for content, match in pairs]
    counts["contents"] += len(pairs)
    counts["right"] += sum(right)
    counts["texts"] += 1
    counts["whole"] += all(right) and not invented
    counts["innermost"] += sum(not f.inner for f in found)
    counts["invented"] += len(invented)
    for content, match in pairs:
        if match is not None:
            counts["found"] += 1
            counts["type"] += content.type == match.type
            counts["cue"] += content.cue == match.cue
    counts["scare"] += len(text.scare)
    quoted = [f.words for f in found if set(f.chain) != {NOBODY}]
    counts["unsaid"] += sum(not any(words & said for said in quoted) for words in text.scare)
    return counts


def _invented(text: NestedText, found: Sequence[Found]) -> Iterator[Found]:
    for each in found:
        near = any(_jaccard(each.words, content.words) >= 0.5 for content in text.contents)
        if not each.inner and not near:
            yield each


def _jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def _names(source: str) -> set[str]:
    """The ways in which a source may be written: each part of it between commas, folded."""
    parts = (_TRAILING.sub("", part) for part in source.casefold().split(", "))
    folded = (_POSSESSIVE.sub("", _ARTICLE.sub("", part.strip(), count=1)) for part in parts)
    return {part for part in folded if part}


def _outwards(att: Attribution, by_id: Mapping[str, Attribution]) -> Iterator[Attribution]:
    seen: set[str] = set()
    step: Attribution | None = att
    while step is not None and step.id not in seen:
        seen.add(step.id)
        yield step
        step = by_id.get(step.parent or "")


def _chain(
    text: str, path: Iterable[Attribution], agents: Mapping[Span, str | None], publisher: str | None
) -> tuple[str, ...]:
    """The sources of a path, origin first: without who publishes, and somebody twice in a row once."""
    links: list[tuple[str, str | None]] = []
    for att in path:
        source = " ".join(text[s.start : s.end] for s in att.source) or NOBODY
        agent = agents.get(att.source[0]) if att.source else None
        if agent is not None and (agent == publisher or (links and links[-1][1] == agent)):
            continue
        links.append((source, agent))
    return tuple(source for source, _ in links)


def _text(row: dict[str, Any]) -> NestedText:
    text = row["text"]
    return NestedText(
        id=row["id"],
        outlet=row["outlet"],
        text=text,
        contents=tuple(
            NestedContent(_words(text, _places(text, c["text"])), tuple(c["chain"]), c["type"], c["cue"])
            for c in row["contents"]
        ),
        scare=tuple(_words(text, _places(text, [words])) for words in row.get("scare", [])),
    )


def _places(text: str, pieces: Sequence[str]) -> list[tuple[int, int]]:
    """Where the pieces stand, each behind the one before."""
    out: list[tuple[int, int]] = []
    for piece in pieces:
        start = text.index(piece, out[-1][1] if out else 0)
        out.append((start, start + len(piece)))
    return out


def _words(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(m.start() for start, end in spans for m in _WORD.finditer(text, start, end))


def _quoted(text: str, words: frozenset[int]) -> str:
    return " ".join(m.group() for at in sorted(words) if (m := _WORD.match(text, at)))


def main() -> int:
    """Print the measures, and what is wrong in the open part."""
    from benchmarks.quality.gate import read_nested

    texts = load()
    found = read_nested(texts)
    for text in texts:
        if text.part == "open":
            for mistake in mistakes(text, found[text.id]):
                print(f"{mistake}\n      {text.text!r}")
    print(kinds(texts, found))
    print(table(score(texts, found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
