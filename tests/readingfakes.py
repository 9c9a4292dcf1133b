"""Reports laid out by hand, and a tagger that finds what a test says it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ondit.reading.levels import Finder, Level
from ondit.reading.linking import Cast
from ondit.reading.quotes import quotations
from ondit.reading.reader import Reader
from ondit.records import Agent, Block, BlockKind, Document, Quotation, Reading, Span, Spans

Said = tuple[str, str, str]
"""Source, cue and content of a relation, each in the words of the text; "" where it has none, and " | "
between the parts of one that stands in several places."""


@dataclass(frozen=True)
class Found:
    """A relation as a tagger gives it."""

    source: Spans
    cue: Spans
    content: Spans
    confidence: float = 0.9


def span_of(text: str, words: str) -> Span:
    """Where `words` stand first in `text`."""
    start = text.index(words)
    return Span(start, start + len(words))


def words_at(text: str, spans: Sequence[Span]) -> str:
    return " | ".join(text[start:end] for start, end in spans)


def relation(text: str, said: Said, confidence: float = 0.9) -> Found:
    def places(words: str) -> Spans:
        return tuple(span_of(text, part) for part in words.split(" | ") if part)

    source, cue, content = map(places, said)
    return Found(source, cue, content, confidence)


def _outermost(found: list[Found]) -> list[Found]:
    def within(one: Found, other: Found) -> bool:
        (start, end), (low, high) = one.content[0], other.content[0]
        return one is not other and low <= start and end <= high

    return [one for one in found if not any(within(one, other) for other in found)]


def finder(text: str, *outer: Said, inner: Sequence[Said] = ()) -> Finder:
    """A tagger that finds `outer` in the whole `text`, and in another text the outermost of `inner` that are
    there (clauses are read as sentences, so its first letter may have become a capital)."""

    def stands(words: str, said: Said) -> bool:
        return all(part in words for parts in said for part in parts.split(" | "))

    def find(texts: Sequence[str]) -> list[list[Found]]:
        out: list[list[Found]] = []
        for words in texts:
            if words == text:
                out.append([relation(text, said) for said in outer])
                continue
            forms = [words, words[:1].lower() + words[1:]]
            fits = ((form, said) for said in inner for form in forms if stands(form, said))
            out.append(
                _outermost([relation(form, said) for form, said in {s: (f, s) for f, s in fits}.values()])
            )
        return out

    return find


def nothing(texts: Sequence[str]) -> list[list[Found]]:
    """A tagger that finds nothing."""
    return [[] for _ in texts]


def report(text: str, *kinds: BlockKind, outlet: str | None = "The Tide", id: str = "r1") -> Document:
    """A document whose every line with a word is a block, of `kinds` in order; those left are paragraphs."""
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            kind: BlockKind = kinds[len(blocks)] if len(blocks) < len(kinds) else "paragraph"
            blocks.append(Block(kind, Span(start, start + len(line)), int(kind == "blockquote")))
        start += len(line) + 1
    return Document(id, text, outlet, blocks=tuple(blocks))


def lines(document: Document) -> list[Span]:
    return [block.span for block in document.blocks]


def quotes_in(document: Document) -> tuple[Quotation, ...]:
    return quotations(document.text, lines(document))


def cast(text: str, outlet: str | None = "The Tide") -> Cast:
    document = report(text, outlet=outlet)
    return Cast(document, lines(document))


def level(text: str, said: Said, confidence: float = 0.9) -> Level:
    found = relation(text, said)
    return Level(found.source, found.cue, found.content, confidence=confidence)


def told(text: str, levels: Sequence[Level]) -> list[Said]:
    """What levels say, in the words of the text."""
    return [(words_at(text, lv.source), words_at(text, lv.cue), words_at(text, lv.content)) for lv in levels]


def read(text: str, *outer: Said, inner: Sequence[Said] = (), kinds: Sequence[BlockKind] = ()) -> Reading:
    """A report of The Tide, read with a tagger that finds `outer` in it and `inner` in its contents."""
    return Reader(finder(text, *outer, inner=inner)).read(report(text, *kinds))


def agent(reading: Reading, name: str) -> Agent:
    """The one agent of that name."""
    (found,) = (a for a in reading.agents if a.name == name)
    return found


def chains(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Every statement in its words, with the names along its chain ("unknown" for nobody named)."""
    names = {agent.id: agent.name for agent in reading.agents}
    text = reading.document.text
    return {words_at(text, s.spans): tuple(names.get(a, a) for a in s.chain) for s in reading.statements}
