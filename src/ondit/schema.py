"""Records to JSON and Arrow, and back: `Trace` and `Reading` in, bytes or tables out, nothing lost.

The trace JSON is the contract with everything outside (docs/reference/trace.schema.json is made from the
records by this module and held to them by a test), so reading one is strict: an unknown field, an offset
outside its text or an agent that is not listed is an error, never a silent repair. Both codecs follow the
annotations of `records`, so a new field needs no change here.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
import types
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from ondit.errors import InputError
from ondit.records import UNKNOWN, Edge, Evidence, Judgement, Merge, Reading, Span, Trace
from ondit.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA_VERSION = 1
"""Goes up when a reader of the trace JSON would have to change; added optional fields leave it as it is."""

Record = TypeVar("Record")

_HEAD = ("schema_version", "tool", "inputs")
_SURROGATE = re.compile("[\ud800-\udfff]")

# Delete, the C1 controls and the marks of direction, in UTF-8; JSON itself escapes only the C0 controls.
_OBEYED = re.compile(b"\x7f|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]")

# ---------------------------------------------------------------------- JSON


def dumps_trace(trace: Trace) -> bytes:
    """The trace JSON, UTF-8: one line a record, so that it can be read, searched and compared by line.

    Lone surrogates (they are no text and have no UTF-8) are written as U+FFFD, one for one: offsets hold.
    What a terminal would obey or what turns the direction of writing is escaped: a trace may be printed.
    """
    body = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "ondit", "version": __version__},
        "story": trace.story,
        "inputs": {document.id: document.digest for document in trace.documents},
        **{f.name: getattr(trace, f.name) for f in fields(Trace) if f.name != "story"},
    }
    lines = b",\n".join(_encode(key) + b": " + _lines(value) for key, value in body.items())
    return _OBEYED.sub(_escape, b"{\n" + lines + b"\n}\n")


def loads_trace(raw: bytes | str) -> Trace:
    """The trace that `dumps_trace` wrote. `InputError` says what is wrong with `raw` and where."""
    body = _object(raw)
    version = body.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise InputError(
            f"This trace was written by a later Ondit (schema version {version}; this one reads up to "
            f"{SCHEMA_VERSION}): update Ondit, or trace the reports again."
        )
    if version != SCHEMA_VERSION:
        raise InputError(
            "Not a trace of Ondit: no schema_version that it knows. See docs/reference/trace.schema.json."
        )
    trace = _converted({key: value for key, value in body.items() if key not in _HEAD}, Trace)
    found = next(_faults(trace, body), None)
    if found:
        raise InputError(f"This trace contradicts itself: {found}. Trace the reports again.")
    return trace


def dumps_reading(reading: Reading) -> bytes:
    """A reading as one JSON object, for the case file; vectors in base64."""
    return _encode(reading)


def loads_reading(raw: bytes) -> Reading:
    """The reading that `dumps_reading` wrote. `InputError` if it is none."""
    try:
        return msgspec.json.decode(raw, type=Reading)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(f"Not a stored reading: {error}. Read the report again.") from error


def dumps_judgement(judgement: Judgement) -> bytes:
    """A judgement as one JSON object on one line."""
    return _encode(judgement)


def loads_judgement(raw: bytes) -> Judgement:
    """The judgement that `dumps_judgement` wrote. `InputError` if it is none."""
    try:
        return msgspec.json.decode(raw, type=Judgement)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(f"Not a judgement: {error}.") from error


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the trace JSON, as published in docs/reference/trace.schema.json."""
    parts: dict[str, Any] = json.loads(json.dumps(msgspec.json.schema(Trace)))["$defs"]
    for part in parts.values():
        part["description"] = inspect.cleandoc(part.get("description", ""))
        if "properties" in part:
            part["additionalProperties"] = False
    trace = parts.pop("Trace")
    text = {"type": "string"}
    head = {
        "schema_version": {"const": SCHEMA_VERSION},
        "tool": {
            "type": "object",
            "properties": {"name": text, "version": text},
            "required": ["name", "version"],
        },
        "inputs": {
            "type": "object",
            "description": "sha256 of the raw bytes of each report, by document id",
            "additionalProperties": text,
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Ondit trace",
        **trace,
        "properties": head | trace["properties"],
        "required": [*_HEAD, *trace["required"]],
        "$defs": dict(sorted(parts.items())),
    }


def faults(trace: Trace) -> Iterator[str]:
    """What contradicts itself inside a trace: spans outside their text, ids that name nothing.

    >>> from ondit.records import Document
    >>> list(faults(Trace("s", (Document("r1", "Six died."),))))
    []
    """
    texts = {document.id: len(document.text) for document in trace.documents}
    agents = {agent.id for agent in trace.agents} | {UNKNOWN}
    claims = {claim.id for claim in trace.claims}
    for place, document, span in _spans(trace):
        if document not in texts:
            yield f"{place} names the document {document!r}, which is not there"
        elif not 0 <= span.start <= span.end <= texts[document]:
            yield f"{place} lies at {span.start}..{span.end}, but {document!r} ends at {texts[document]}"
    for place, agent in _agents(trace):
        if agent not in agents:
            yield f"{place} names the agent {agent!r}, which is not there"
    for conflict in trace.conflicts:
        for claim in conflict.claims:
            if claim not in claims:
                yield f"a conflict names the claim {claim!r}, which is not there"


def _faults(trace: Trace, body: dict[str, Any]) -> Iterator[str]:
    if body.get("inputs") != {document.id: document.digest for document in trace.documents}:
        yield "inputs and the digests of the documents differ"
    yield from faults(trace)


def _spans(trace: Trace) -> Iterator[tuple[str, str, Span]]:
    """Every span of a trace: where it stands, the document it points into, the span."""
    for d in trace.documents:
        yield from ((f"a block of {d.id}", d.id, block.span) for block in d.blocks)
        yield from ((f"a credit of {d.id}", d.id, credit.span) for credit in d.credits if credit.span)
    for att in trace.attributions:
        yield from ((att.id, att.document, s) for s in (*att.source, *att.cue, *att.content))
    for claim in trace.claims:
        for stmt in claim.statements:
            yield from ((stmt.id, stmt.document, s) for s in stmt.spans)
            yield from (
                (f"a holder of {stmt.id}", stmt.document, h.evidence) for h in stmt.holders if h.evidence
            )
    for passage in trace.passages:
        yield from (("a passage", passage.a, passage.a_span), ("a passage", passage.b, passage.b_span))
    for q in trace.quotings:
        yield from (("a quoting", q.document, s) for s in (q.span, *(c.after for c in q.changes)))
        yield from (("a quoting", q.other, s) for s in (q.other_span, *(c.before for c in q.changes)))
    yield from ((place, e.document, e.span) for place, e in _evidence(trace))


def _evidence(trace: Trace) -> Iterator[tuple[str, Evidence]]:
    for agent in trace.agents:
        yield from ((f"the basis of {agent.id}", e) for e in agent.basis)
    for claim in trace.claims:
        yield f"the gist of {claim.id}", claim.gist
        for origins in claim.origins.values():
            edges: tuple[Edge | Merge, ...] = (*origins.edges, *origins.merges)
            yield from ((f"the origins of {claim.id}", e) for edge in edges for e in edge.evidence)
        yield from ((f"a hedge loss of {claim.id}", e) for loss in claim.hedges for e in loss.evidence)
    for drv in (*trace.derivations, *trace.undirected):
        yield from ((f"the derivation {drv.child} from {drv.parent}", e) for e in drv.evidence)
    for conflict in trace.conflicts:
        yield from (("a conflict", e) for e in conflict.evidence)


def _agents(trace: Trace) -> Iterator[tuple[str, str]]:
    """Every mention of an agent by id: where it stands, the id."""
    for agent in trace.agents:
        if agent.principal:
            yield f"the principal of {agent.id}", agent.principal
    for claim in trace.claims:
        for stmt in claim.statements:
            yield from ((f"the chain of {stmt.id}", link) for link in stmt.chain)
            yield from ((f"a holder of {stmt.id}", holder.agent) for holder in stmt.holders)
        yield from ((f"a hedge loss of {claim.id}", loss.agent) for loss in claim.hedges)
    for q in trace.quotings:
        yield from (("a quoting", who) for who in (q.speaker, q.other_speaker) if who)


def _encode(value: Any) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_mended(msgspec.to_builtins(value)))


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return [_mended(item) for item in value] if isinstance(value, list | tuple) else value


def _escape(sign: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(sign.group().decode())


def _lines(value: Any) -> bytes:
    if not isinstance(value, tuple) or not value:
        return _encode(value)
    return b"[\n" + b",\n".join(_encode(item) for item in value) + b"\n]"


def _object(raw: bytes | str) -> dict[str, Any]:
    try:
        body = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise InputError(f"Not JSON: {error}.") from error
    if not isinstance(body, dict):
        raise InputError(f"Not a trace of Ondit: one JSON object is expected, this is {type(body).__name__}.")
    return body


def _converted(body: dict[str, Any], kind: type[Trace]) -> Trace:
    try:
        trace = msgspec.convert(body, kind)
    except msgspec.ValidationError as error:
        raise InputError(f"Not a trace of Ondit: {error}. See docs/reference/trace.schema.json.") from error
    stray = next(_stray(body, msgspec.to_builtins(trace), "$"), None)
    if stray:
        raise InputError(
            f"Not a trace of Ondit: unknown field {stray}. See docs/reference/trace.schema.json."
        )
    return trace


def _stray(raw: Any, known: Any, path: str) -> Iterator[str]:
    """Paths of the keys of `raw` that the records dropped."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            if key not in known:
                yield f"{path}.{key}"
            else:
                yield from _stray(value, known[key], f"{path}.{key}")
    elif isinstance(raw, list):
        for i, (value, twin) in enumerate(zip(raw, known, strict=True)):
            yield from _stray(value, twin, f"{path}[{i}]")


# --------------------------------------------------------------------- Arrow


def arrow_schema(kind: type[Any] = Reading) -> pa.Schema:
    """The Arrow schema of a record: a column a field, records nested as structs, `extra` as JSON text."""
    import pyarrow as pa

    return pa.schema(_columns(kind))


def to_arrow(records: Iterable[Record], kind: type[Record]) -> pa.Table:
    """A row a record: how engines carry readings from process to process."""
    import pyarrow as pa

    return pa.Table.from_pylist([_cell(record, kind) for record in records], schema=arrow_schema(kind))


def from_arrow(table: pa.Table, kind: type[Record]) -> tuple[Record, ...]:
    """The records that `to_arrow` made. `InputError` if the table has other columns."""
    wanted = arrow_schema(kind)
    if not table.schema.equals(wanted):
        raise InputError(
            f"Not a table of {kind.__name__} records: columns are {table.schema.names}, not {wanted.names}."
        )
    return tuple(_record(row, kind) for row in table.to_pylist())


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """Field names and types of a record; empty for what is no record."""
    return get_type_hints(kind) if is_dataclass(kind) or kind is Span else {}


def _bare(hint: Any) -> Any:
    """The type without its `| None`."""
    if get_origin(hint) in (Union, types.UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


def _columns(kind: Any) -> list[pa.Field]:
    import pyarrow as pa

    hints = _hints(kind).items()
    return [
        pa.field(name, _arrow_type(_bare(hint)), nullable=_bare(hint) is not hint) for name, hint in hints
    ]


def _arrow_type(hint: Any) -> pa.DataType:
    import pyarrow as pa

    if isinstance(hint, type) and _hints(hint):
        return pa.struct(_columns(hint))
    part = get_args(hint)
    if get_origin(hint) is tuple:
        return pa.list_(_arrow_type(part[0]))
    if get_origin(hint) is dict and part[1] is not Any:
        return pa.map_(pa.string(), _arrow_type(part[1]))
    plain = {int: pa.int64(), float: pa.float64(), bool: pa.bool_(), bytes: pa.binary()}
    return plain.get(hint, pa.string())


def _cell(value: Any, hint: Any) -> Any:
    """A field of a record as Arrow takes it."""
    hint = _bare(hint)
    if value is None:
        return None
    if isinstance(hint, type) and _hints(hint):
        return {name: _cell(getattr(value, name), part) for name, part in _hints(hint).items()}
    part = get_args(hint)
    if get_origin(hint) is tuple:
        return [_cell(item, part[0]) for item in value]
    if get_origin(hint) is dict and part[1] is Any:
        return _encode(value).decode()
    if get_origin(hint) is dict:
        return [(key, _cell(item, part[1])) for key, item in value.items()]
    return _mended(value)


def _record(cell: Any, hint: Any) -> Any:
    """The field of a record that `_cell` turned into `cell`."""
    hint = _bare(hint)
    if cell is None:
        return None
    if isinstance(hint, type) and _hints(hint):
        return hint(**{name: _record(cell[name], part) for name, part in _hints(hint).items()})
    part = get_args(hint)
    if get_origin(hint) is tuple:
        return tuple(_record(item, part[0]) for item in cell)
    if get_origin(hint) is dict and part[1] is Any:
        return msgspec.json.decode(cell)
    if get_origin(hint) is dict:
        return {key: _record(item, part[1]) for key, item in cell}
    return cell


if __name__ == "__main__":
    sys.stdout.write(json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n")
