"""Who says so, through whom, and how many independent origins there really are.

    >>> import ondit
    >>> reports = ondit.take(b"The fire chief said that nine people had died.")
    >>> trace = ondit.trace(reports)
    >>> [trace.documents[0].text[slice(*att.source[0])] for att in trace.attributions]
    ['The fire chief']

Every public name is listed in `__all__`, lives in the module that `_HOMES` names, and is imported from there
when it is first used: `import ondit` itself loads no library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ondit.version import __version__

if TYPE_CHECKING:
    from ondit.casefile import Case
    from ondit.errors import CaseError, InputError, OnditError, UnknownIdError, WeightsError
    from ondit.faces.notebook import show
    from ondit.intake import load as load_reports
    from ondit.intake import take
    from ondit.pipeline import read
    from ondit.pipeline import trace_all as trace
    from ondit.records import (
        Agent,
        Anchor,
        Attribution,
        Block,
        Change,
        Claim,
        Conflict,
        Credit,
        Derivation,
        Document,
        Edge,
        Evidence,
        HedgeLoss,
        Holder,
        Judgement,
        Mention,
        Merge,
        Origins,
        Passage,
        Problem,
        Quotation,
        Quoting,
        Reading,
        Span,
        Statement,
        Trace,
    )
    from ondit.schema import dumps_trace, loads_trace

__all__ = [
    "Agent",
    "Anchor",
    "Attribution",
    "Block",
    "Case",
    "CaseError",
    "Change",
    "Claim",
    "Conflict",
    "Credit",
    "Derivation",
    "Document",
    "Edge",
    "Evidence",
    "HedgeLoss",
    "Holder",
    "InputError",
    "Judgement",
    "Mention",
    "Merge",
    "OnditError",
    "Origins",
    "Passage",
    "Problem",
    "Quotation",
    "Quoting",
    "Reading",
    "Span",
    "Statement",
    "Trace",
    "UnknownIdError",
    "WeightsError",
    "__version__",
    "dumps_trace",
    "load_reports",
    "loads_trace",
    "read",
    "show",
    "take",
    "trace",
]

_HOMES = {
    "Case": ("ondit.casefile", "Case"),
    "dumps_trace": ("ondit.schema", "dumps_trace"),
    "load_reports": ("ondit.intake", "load"),
    "loads_trace": ("ondit.schema", "loads_trace"),
    "read": ("ondit.pipeline", "read"),
    "show": ("ondit.faces.notebook", "show"),
    "take": ("ondit.intake", "take"),
    "trace": ("ondit.pipeline", "trace_all"),
}
"""Module and name there; errors and records are where one would look for them."""


def __getattr__(name: str) -> Any:
    """Import a public name from its home (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'ondit' has no attribute {name!r}")
    module, attribute = _HOMES.get(name) or (
        "ondit.errors" if name.endswith("Error") else "ondit.records",
        name,
    )
    value = globals()[name] = getattr(import_module(module), attribute)
    return value


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext ondit` in a notebook: traces and documents show themselves."""
    import_module("ondit.faces.notebook").load_ipython_extension(shell)


def __dir__() -> list[str]:
    return __all__
