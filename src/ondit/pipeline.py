"""The way of a report as one readable piece of code: take in, read, group, trace.

Every step is a pure function of records; an engine or a case file only decides where and when they run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from ondit.grouping.details import LIKELY, POSSIBLE, reuse_evidence
from ondit.grouping.reuse import shared_passages
from ondit.intake.blocks import blocks
from ondit.intake.credits import credits_in
from ondit.reading.reader import Reader
from ondit.records import Attribution, Document, Judgement, Problem, Reading, Trace, content_id
from ondit.tracing.agents import join
from ondit.tracing.alignment import compared
from ondit.tracing.claims import align, without_addressed
from ondit.tracing.conflicts import conflicts
from ondit.tracing.derivation import derivations
from ondit.tracing.fidelity import quotings
from ondit.tracing.hedges import with_hedges
from ondit.tracing.judgements import judge, judged_derivations, with_reasons
from ondit.tracing.origins import with_origins


@cache
def reader() -> Reader:
    """The reader of this process: weights are opened once."""
    from ondit.reading.tagging import open_finder
    from ondit.text.encoder import Encoder, SentenceEncoder

    encoder = Encoder()
    return Reader(open_finder(encoder), SentenceEncoder(encoder).packed)


def read(document: Document, attributions: Sequence[Attribution] | None = None) -> Reading:
    """Read one report; `attributions` made elsewhere replace the outermost level that the tagger finds.

    A document without blocks (made by hand) is laid out first: nothing else would be read in it.
    """
    if not document.blocks and document.text.strip():
        found = blocks(document.text, document.headline)
        document = replace(document, blocks=found, credits=tuple(credits_in(document.text, found)))
    return reader().read(document, attributions)


def trace(
    readings: Sequence[Reading], story: str | None = None, judgements: Sequence[Judgement] = ()
) -> Trace:
    """Trace one story: the readings of the reports that tell it, in any order.

    `judgements`, in the order in which analysts made them, overrule what is concluded here.
    """
    judged = judge(sorted(readings, key=lambda r: (r.document.published or "", r.document.id)), judgements)
    ordered = judged.readings
    agents, mapping = join(ordered, judged.agents.same, judged.agents.different)
    agents = with_reasons(agents, mapping, judged)
    passages = shared_passages(ordered)
    alike = [(r.score >= LIKELY, (r.a, r.b, r.evidence)) for r in reuse_evidence(ordered, POSSIBLE)]
    likely, possible = [s for sure, s in alike if sure], [s for sure, s in alike if not sure]
    directed, undirected = derivations(ordered, mapping, passages, likely, possible)
    directed, undirected = judged_derivations(directed, undirected, judged)
    told = without_addressed(ordered, agents, mapping)
    pairs = compared(told)
    claims = align(pairs, mapping, judged.statements.same, judged.statements.different)
    claims = with_origins(claims, agents, {}, directed, undirected)
    claims = with_hedges(claims, directed, [r.document for r in ordered])
    ident = story or content_id("story", *sorted(r.document.id for r in ordered))
    return Trace(
        ident,
        tuple(r.document for r in ordered),
        agents,
        claims,
        directed,
        undirected,
        conflicts(claims, told, pairs),
        tuple(a for r in ordered for a in r.attributions),
        passages,
        (*(p for r in ordered for p in r.problems), *judged.problems),
        judged.judgements,
        quotings(ordered, mapping, directed, claims, passages),
    )


def trace_all(documents: Iterable[Document | Problem], story: str | None = None) -> Trace:
    """Read and trace `documents` as one story; the problems among them are kept in the trace."""
    taken = list(documents)
    traced = trace([read(d) for d in taken if isinstance(d, Document)], story)
    return replace(traced, problems=(*traced.problems, *(p for p in taken if isinstance(p, Problem))))
