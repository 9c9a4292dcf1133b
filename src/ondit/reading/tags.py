"""Tagged stretches of a text, with the words they consist of: what the tagger gives and the linker takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ondit.records import Span
from ondit.text.words import Paragraph

Role = Literal["source", "cue", "content"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A tagged stretch: words `first` to `last` (exclusive) of one paragraph; it never crosses a line end.

    `confidence` is the mean probability of its role over its words.
    """

    role: Role
    span: Span
    confidence: float
    paragraph: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A text, its words by paragraph, and its tags in text order."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    tags: tuple[Tag, ...]
