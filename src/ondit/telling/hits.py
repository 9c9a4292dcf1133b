"""What a search in a case found, one report each: outlet, headline, and the words that fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from ondit.telling.words import clean, number_of

if TYPE_CHECKING:
    from ondit.casefile import Hit


def tell_hits(hits: Sequence[Hit]) -> RenderableType:
    """The hits in their order, best first."""
    return Group(*map(_hit, hits), Text(number_of(len(hits), "report")))


def _hit(hit: Hit) -> Text:
    outlet = f"{clean(hit.outlet)} " if hit.outlet else ""
    text = Text.assemble(outlet, (f"[{clean(hit.report)}]", "dim"))
    if hit.headline:
        text.append(f" “{clean(hit.headline)}”", "bold")
    text.append(f"\n  “{clean(hit.words)}”\n  story {clean(hit.story)}\n")
    return text
