"""Where a page can be pointed at: one name for every claim, report and span, the same in every run.

In: a `Trace`. Out: fragment names ("clm-48f79771e18f", "doc-r1", "doc-r1:302-355") that are safe in an
attribute and in an address. Ids of foreign traces may hold anything; what is no plain name is named by hash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Self

from ondit.records import Derivation, Evidence, Spans, Trace, content_id

EVIDENCE = 6
"""So many stretches of words are shown for one derivation before the rest is only counted."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,47}")


@dataclass(frozen=True, slots=True)
class Places:
    """The names of one page."""

    claims: Mapping[str, str]
    reports: Mapping[str, str]
    agents: Mapping[str, str]

    @classmethod
    def of(cls, trace: Trace) -> Self:
        """The names of what a trace holds."""
        return cls(
            _named("clm", (claim.id for claim in trace.claims)),
            _named("doc", (document.id for document in trace.documents)),
            _named("agt", (agent.id for agent in trace.agents)),
        )

    def spans(self, document: str, spans: Spans) -> str:
        """The name of stretches of a report: the report's, and the offsets."""
        offsets = "+".join(f"{span.start}-{span.end}" for span in spans)
        return f"{self.reports.get(document, 'doc')}:{offsets}"

    def evidence(self, evidence: Evidence) -> str:
        """The name of the stretch that shows something."""
        return self.spans(evidence.document, (evidence.span,))

    def all_spans(
        self, trace: Trace, derivations: Iterable[Derivation], quoted: Iterable[Evidence] = ()
    ) -> dict[str, dict[str, Spans]]:
        """By document, every stretch that has a name: what states a claim, says who says so, or shows why."""
        found: dict[str, dict[str, Spans]] = {document.id: {} for document in trace.documents}

        def add(document: str, spans: Spans) -> None:
            if spans and document in found:
                found[document][self.spans(document, spans)] = spans

        for claim in trace.claims:
            add(claim.gist.document, (claim.gist.span,))
            for stmt in claim.statements:
                add(stmt.document, stmt.spans)
            for e in (e for loss in claim.hedges for e in loss.evidence):
                add(e.document, (e.span,))
        for att in trace.attributions:
            add(att.document, att.source[:1])
        for side in quoted:
            add(side.document, (side.span,))
        for record in derivations:
            words = (e for e in record.evidence if e.span.end > e.span.start)
            for evidence in islice(words, EVIDENCE):
                add(evidence.document, (evidence.span,))
        return found


def _named(prefix: str, ids: Iterable[str]) -> dict[str, str]:
    """
    >>> _named("clm", ["clm-1", "a b", "clm-1"])
    {'clm-1': 'clm-1', 'a b': 'clm-c8687a08aa5d'}
    """
    return {each: _name(prefix, each) for each in ids}


def _name(prefix: str, ident: str) -> str:
    if not _PLAIN.fullmatch(ident):
        return content_id(prefix, ident)
    return ident if ident.startswith(f"{prefix}-") else f"{prefix}-{ident}"
