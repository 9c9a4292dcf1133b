"""The command line: reports in; trees, JSON and case files out. Documented in docs/reference/cli.md.

This module brings intake, pipeline, case and telling together and holds no logic of its own. Libraries
are imported inside the commands that need them, so that `ondit --help` answers at once.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ondit.errors import CaseError, InputError, OnditError, UnknownIdError, WeightsError
from ondit.faces.judge import judge, judgements
from ondit.faces.options import JSON, NAME
from ondit.faces.terminal import OutputError
from ondit.telling.exports.formats import FORMATS
from ondit.version import __version__

if TYPE_CHECKING:
    from ondit.faces.found import Found

WITH_PROBLEMS, USAGE, NOTHING_READ, CASE, WEIGHTS, UNKNOWN_ID, OUTPUT, BUG = 1, 2, 3, 4, 5, 6, 7, 70
INTERRUPTED, PIPE_CLOSED = 130, 141
CODES: tuple[tuple[type[OnditError], int], ...] = (
    (InputError, NOTHING_READ),
    (CaseError, CASE),
    (WeightsError, WEIGHTS),
    (UnknownIdError, UNKNOWN_ID),
    (OutputError, OUTPUT),
)
"""Exit codes by error; all of them are in docs/reference/cli.md."""


REPORTS = click.argument("inputs", metavar="[INPUT]...", nargs=-1, type=NAME)
WORKERS = click.option(
    "--workers", type=click.IntRange(0), help="Processes that read; by default one a core from 9 reports on."
)
REGISTER = click.option("--register", "own", metavar="DIR", type=NAME, help="Add your own register in DIR.")
LIMIT = click.option(
    "--limit", type=click.IntRange(0), default=12, show_default=True, help="Claims shown a story; 0: all."
)


def main() -> None:
    """The entry point of the `ondit` command."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code. Errors become one clear line, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        with cli.make_context("ondit", list(arguments)) as context:
            cli.invoke(context)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more to say at exit
        return PIPE_CLOSED
    except (KeyboardInterrupt, click.Abort):
        sys.stderr.write("ondit: interrupted\n")
        return INTERRUPTED
    except click.exceptions.Exit as wish:
        return wish.exit_code
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except Exception as fault:  # noqa: BLE001 - the last line of defence: whatever it is, it is said in a line
        return _failed(fault)
    return 0


def _failed(fault: Exception) -> int:
    from ondit.faces.terminal import say

    if isinstance(fault, OnditError):
        say(str(fault))
        return next((code for kind, code in CODES if isinstance(fault, kind)), BUG)
    if isinstance(fault, OSError) and fault.filename is not None:
        say(f"{fault.filename}: {fault.strerror}")
        return OUTPUT
    say(f"internal error, please report it: {type(fault).__name__}: {fault} (ONDIT_TRACEBACK=1 shows where)")
    if os.environ.get("ONDIT_TRACEBACK"):
        traceback.print_exception(fault)
    return BUG


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="ondit %(version)s")
def cli() -> None:
    """Who says so, through whom, and how many independent origins there really are.

    Reads news reports of the same events and says, for every claim in them, on how many independent
    origins it rests, with the words that show it. Offline.
    """


cli.add_command(judge)
cli.add_command(judgements)

# ------------------------------------------------------------------------ tracing


@cli.command("trace")
@REPORTS
@click.option(
    "--json", "json_out", metavar="OUT", type=NAME, help="Write the trace as JSON; - prints it instead."
)
@click.option(
    "--case", "case_file", metavar="FILE", type=NAME, help="Keep reports and traces in this case file."
)
@click.option(
    "--attributions", metavar="FILE", type=NAME, help="Take attributions from here, checked word by word."
)
@click.option("--one-story/--by-story", default=None, help="All reports are one story, or find the stories.")
@click.option("--strict", is_flag=True, help="Exit with 1 if there were problems.")
@click.option(
    "--columns",
    metavar="OURS=THEIRS",
    multiple=True,
    help="What a table calls a column: text=body, outlet=source.name.",
)
@REGISTER
@LIMIT
@WORKERS
def trace_reports(
    inputs: tuple[str, ...],
    json_out: str | None,
    case_file: str | None,
    attributions: str | None,
    one_story: bool | None,
    strict: bool,
    columns: tuple[str, ...],
    own: str | None,
    limit: int,
    workers: int | None,
) -> None:
    """Trace the claims of reports to their origins.

    INPUT is a file of any kind (pages, text, feeds, JSON Lines, CSV, web archives, mail, PDF, Word,
    packed), a folder, a pattern, or - for stdin. Without a case all reports are taken for one story,
    with a case (or --by-story) their stories are found.
    """
    from ondit.faces.terminal import check_writable, files_of_case, one_line, say_problems, show, width, write
    from ondit.faces.work import Order, trace_in_case, trace_once
    from ondit.schema import dumps_trace
    from ondit.telling.tree import tell
    from ondit.text.register import extend

    if own is not None:
        extend(own)
    if not inputs and case_file is None:
        raise click.UsageError("name at least one INPUT: a file, a folder, or - for stdin")
    if not inputs and case_file is not None and not Path(case_file).exists():
        raise click.UsageError(f"there is no case {case_file} yet; name at least one INPUT to begin it with")
    if json_out is not None:
        check_writable(json_out, (*inputs, attributions, *files_of_case(case_file)))
    order = Order(inputs, attributions, workers, _columns(columns))
    single = one_story if one_story is not None else case_file is None
    found = trace_in_case(order, case_file, single) if case_file else trace_once(order, single)
    traces, problems = found
    if json_out is not None:
        made = [dumps_trace(trace) for trace in traces]
        write(json_out, made[0] if single and made else b"".join(map(one_line, made)))
    if json_out != "-":
        for trace in traces:
            show(tell(trace, width=width(), limit=limit or None))
    say_problems(problems)
    if strict and problems:
        raise click.exceptions.Exit(WITH_PROBLEMS)


def _columns(given: tuple[str, ...]) -> dict[str, str]:
    from ondit.intake.tables import COLUMNS

    pairs = [pair.partition("=") for entry in given for pair in entry.split(",")]
    for ours, _, theirs in pairs:
        if ours not in COLUMNS or not theirs:
            raise click.UsageError(f"--columns takes OURS=THEIRS, where OURS is one of {', '.join(COLUMNS)}")
    return {ours: theirs for ours, _, theirs in pairs}


@cli.command()
@click.argument("input_file", metavar="IN", type=NAME)
@click.argument("output_file", metavar="OUT", type=NAME)
@click.option(
    "--outermost/--nested", default=True, help="Only what lies in no other's content, or all levels."
)
@click.option(
    "--attributions", metavar="FILE", type=NAME, help="Take attributions from here, checked word by word."
)
@WORKERS
def attributions(
    input_file: str, output_file: str, outermost: bool, attributions: str | None, workers: int | None
) -> None:
    """Write who says what in each report of IN to OUT, as JSON Lines.

    The file can be corrected and given to `ondit trace --attributions`.
    """
    import json

    from ondit.faces.given import line
    from ondit.faces.terminal import check_writable, say_problems, write
    from ondit.faces.work import Order, read_reports

    check_writable(output_file, (input_file, attributions))
    read = read_reports(Order((input_file,), attributions, workers))
    lines = [json.dumps(line(reading, nested=not outermost)) + "\n" for reading in read.readings]
    write(output_file, "".join(lines).encode())
    say_problems([*read.problems, *(problem for reading in read.readings for problem in reading.problems)])


@cli.command()
@REPORTS
@click.option(
    "--html", "html_out", metavar="OUT", type=NAME, required=True, help="The page to write; - prints it."
)
@click.option(
    "--story", metavar="STORY", help="The story to show, where there are several; its id begins so."
)
@WORKERS
def report(inputs: tuple[str, ...], html_out: str, story: str | None, workers: int | None) -> None:
    """Write a story as one HTML page that needs nothing else.

    INPUT is a case file, a trace JSON, or reports, which are then traced as one story.
    """
    from ondit.faces.reporting import chosen, page_of, stories_of
    from ondit.faces.terminal import check_writable, files_of_case, say, say_problems, write

    if not inputs:
        raise click.UsageError("name a case file, a trace JSON, or reports")
    check_writable(html_out, [kept for name in inputs for kept in files_of_case(name)])
    traces, problems = stories_of(inputs, workers)
    page = page_of(chosen(traces, story)).encode()
    write(html_out, page)
    if html_out != "-":
        say(f"{html_out}: {len(page) // 1000} kB, opens in any browser")
    say_problems(problems)


@cli.command()
@click.argument("case_file", metavar="CASE", type=NAME)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True)
@click.option(
    "--token",
    envvar="ONDIT_TOKEN",
    metavar="TOKEN",
    help="What a browser or program must know; made where needed.",
)
@click.option(
    "--name", "names", multiple=True, metavar="NAME", help="A host name to answer to, beside the address."
)
def serve(case_file: str, host: str, port: int, token: str | None, names: tuple[str, ...]) -> None:
    """Serve CASE to browsers and programs, until Ctrl-C.

    Only this machine reaches it unless --host says more.
    """
    from secrets import token_urlsafe

    from ondit.faces.guards import LOOPBACK
    from ondit.faces.terminal import say

    try:
        from ondit.faces.server import guarded, run
    except ImportError as missing:
        raise click.UsageError(f"{missing.name} is missing: pip install 'ondit[server]'") from missing
    token = token or ("" if host in LOOPBACK else token_urlsafe(24))
    shown = f"[{host}]" if ":" in host else host
    guard = guarded(Path(case_file), host, token, names)
    say(f"http://{shown}:{port}/{f'?token={token}' if token else ''}   (Ctrl-C ends it)")
    run(guard, host, port)


# ------------------------------------------------------------------------- asking

SOURCES = (
    click.option(
        "--case", "case_file", metavar="FILE", type=NAME, help="The case file that holds the claim."
    ),
    click.option(
        "--trace", "trace_file", metavar="FILE", type=NAME, help="The trace JSON that holds the claim."
    ),
)


def asks_of_a_claim(command: Callable[..., Any]) -> Callable[..., Any]:
    """The argument and options of a command on one claim."""
    for option in SOURCES:
        command = option(command)
    return click.argument("claim")(command)


def _found(claim: str, case_file: str | None, trace_file: str | None) -> Found:
    from ondit.faces.found import find

    if (case_file is None) == (trace_file is None):
        raise click.UsageError("say where the claim is: either --case FILE or --trace FILE")
    return find(claim, case_file or trace_file or "")


@cli.command()
@click.argument("where", metavar="CASE|TRACE", type=NAME)
@click.option("--limit", type=click.IntRange(0), default=0, help="Claims shown a story; all by default.")
@JSON
def claims(where: str, limit: int, as_json: bool) -> None:
    """List the claims of a case file or a trace JSON, what rests on how little first."""
    from ondit.faces.found import claim_rows, traces_in
    from ondit.faces.terminal import show, width
    from ondit.telling.tree import claim_list

    for found in traces_in(where):
        if as_json:
            for row in claim_rows(found, limit or None):
                sys.stdout.write(row + "\n")
        else:
            show(claim_list(found, width=width(), limit=limit or None))


@cli.command()
@asks_of_a_claim
@JSON
def explain(claim: str, case_file: str | None, trace_file: str | None, as_json: bool) -> None:
    """Show every reason for the count of CLAIM, with its words.

    CLAIM is the id of a claim, or the beginning of one.
    """
    from ondit.faces.found import as_line
    from ondit.faces.terminal import show, width
    from ondit.telling.reasons import tell_reasons
    from ondit.telling.tree import shown
    from ondit.tracing.explain import explain_in

    found = _found(claim, case_file, trace_file)
    reasons = [explain_in(found.trace, found.claim.id, stance) for stance in found.stances]
    if as_json:
        for reason in reasons:
            sys.stdout.write(as_line(claim=found.claim.id, explanation=reason) + "\n")
    else:
        show(tell_reasons(shown(found.trace, width()), found.claim, reasons))


@cli.command("what-if")
@asks_of_a_claim
@click.option("--without", multiple=True, metavar="AGENT", help="Leave out what came through AGENT.")
@click.option("--named-only", is_flag=True, help="Leave out what ends in nobody named.")
@JSON
def what_if(
    claim: str,
    case_file: str | None,
    trace_file: str | None,
    without: tuple[str, ...],
    named_only: bool,
    as_json: bool,
) -> None:
    """Count the origins of CLAIM again, without somebody.

    CLAIM is an id or the beginning of one; AGENT an id, the beginning of one, or a name.
    """
    from ondit.faces.found import agent_in, as_line
    from ondit.faces.terminal import show, width
    from ondit.telling.reasons import tell_change
    from ondit.telling.tree import shown
    from ondit.telling.words import listed
    from ondit.tracing.origins import recount

    if not without and not named_only:
        raise click.UsageError("say what to leave out: --without AGENT, --named-only, or both")
    found = _found(claim, case_file, trace_file)
    left_out = {agent.id: agent.name for agent in (agent_in(found.trace, name) for name in without)}
    counts = []
    for stance in found.stances:
        after = recount(found.trace, found.claim.id, stance, without=tuple(left_out), named_only=named_only)
        counts.append((stance, recount(found.trace, found.claim.id, stance), after))
    if as_json:
        for stance, before, after in counts:
            line = as_line(claim=found.claim.id, stance=stance, before=before, after=after)
            sys.stdout.write(line + "\n")
        return
    said = [f"without {listed(left_out.values(), 20)}"] if left_out else []
    said += ["with named origins only"] if named_only else []
    show(tell_change(shown(found.trace, width()), found.claim, counts, ", ".join(said)))


@cli.command()
@click.argument("case_file", metavar="CASE", type=NAME)
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Reports shown.")
def search(case_file: str, words: tuple[str, ...], limit: int) -> None:
    """Find the reports of a case whose headline or text holds all WORDS."""
    from ondit.casefile import Case
    from ondit.faces.terminal import show
    from ondit.telling.hits import tell_hits

    with Case.open(case_file, readonly=True) as case:
        show(tell_hits(case.search(" ".join(words), limit)))


# ------------------------------------------------------------------------- taking


@cli.command(
    "export", epilog="\b\nFormats:\n" + "\n".join(f"  {f.name:15} {f.told}" for f in FORMATS.values())
)
@click.argument("inputs", metavar="CASE|TRACE|REPORTS...", nargs=-1, type=NAME, required=True)
@click.option(
    "--to",
    "name",
    required=True,
    type=click.Choice(list(FORMATS)),
    metavar="FORMAT",
    help="One of those below.",
)
@click.option("--out", metavar="PATH", default="-", type=NAME, help="A file, or a folder; by default stdout.")
@click.option("--story", metavar="STORY", help="Only this story of a case; its id or the beginning of it.")
def export_traces(inputs: tuple[str, ...], name: str, out: str, story: str | None) -> None:
    """Write traces in the format of another tool.

    Takes a case file, a trace JSON, or reports, which are traced first as one story. csv, parquet and
    obsidian are folders of files and need --out.
    """
    from ondit.faces.reporting import chosen, stories_of
    from ondit.faces.terminal import (
        check_folder,
        check_writable,
        files_of_case,
        say_problems,
        write,
        write_folder,
    )
    from ondit.telling.exports.formats import exported

    wanted = FORMATS[name]
    read = [file for given in inputs for file in files_of_case(given)]
    (check_folder if wanted.folder else check_writable)(out, read)
    if out == "-" and not wanted.text and sys.stdout.isatty():
        raise click.UsageError(f"{name} is no text; name a file with --out")
    traces, problems = stories_of(inputs, None)
    files = exported(traces if story is None else [chosen(traces, story)], name)
    if wanted.folder:
        write_folder(out, files)
    else:
        write(out, next(iter(files.values())))
    say_problems(problems)


@cli.command("mcp")
@click.argument("case_file", metavar="CASE", type=NAME)
def serve_mcp(case_file: str) -> None:
    """Answer a language model's questions about a case, over MCP on stdin and stdout.

    Five tools that only read; for a client to start, not for a person. Needs the extra `mcp`.
    """
    from ondit.faces.found import is_case

    if importlib.util.find_spec("mcp") is None:
        raise click.UsageError("this needs the extra `mcp`: pip install 'ondit[mcp]'")
    if not is_case(case_file):
        raise InputError(f"{case_file} is no case file; `ondit trace REPORTS --case {case_file}` makes one")
    from ondit.faces.mcp import serve

    serve(case_file)


# ---------------------------------------------------------------------- gathering


@cli.command()
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.option(
    "--out", "-o", metavar="OUT", type=NAME, help="Write the pages as a web archive (.warc.gz); - prints it."
)
@click.option("--case", "case_file", metavar="FILE", type=NAME, help="Add the reports to this case file.")
@click.option(
    "--pace",
    type=click.FloatRange(0.2),
    default=1.0,
    show_default=True,
    help="Seconds between pages of a host.",
)
def fetch(urls: tuple[str, ...], out: str | None, case_file: str | None, pace: float) -> None:
    """Fetch the pages at URL, into a web archive, a case, or both.

    Asks robots.txt, waits between the pages of a host, says who it is, and reaches no private address.
    """
    import io

    from ondit.faces.gather import fetched, keep
    from ondit.faces.terminal import check_writable, files_of_case, say, say_problems, write
    from ondit.intake.fetch import Fetcher, Limits
    from ondit.records import Problem

    if out is None and case_file is None:
        raise click.UsageError("say where the pages go: --out FILE.warc.gz, --case FILE, or both")
    if out is not None:
        check_writable(out, files_of_case(case_file))
    pages = io.BytesIO()
    gathered = fetched(urls, Fetcher(Limits(pace=pace)), pages)
    problems = [record for record in gathered.records if isinstance(record, Problem)]
    if out is not None and gathered.pages:
        write(out, pages.getvalue())
        say(f"{gathered.pages} of {len(urls)} pages fetched")
    if case_file is not None:
        keep(gathered.records, case_file)
    else:
        say_problems(problems)
    if not gathered.pages:
        raise InputError("no page could be fetched")


@cli.command()
@click.argument("feeds", metavar="FEED...", nargs=-1, required=True)
@click.option(
    "--case", "case_file", metavar="FILE", type=NAME, required=True, help="Add the reports to this case file."
)
@click.option(
    "--every", type=click.FloatRange(1), default=15, show_default=True, help="Minutes between two turns."
)
@click.option("--once", is_flag=True, help="One turn, then stop (for cron).")
def watch(feeds: tuple[str, ...], case_file: str, every: float, once: bool) -> None:
    """Ask FEEDs for news by turns and add the reports behind their new items to a case.

    Only items whose address the case does not have are fetched. Stop it with Ctrl-C: nothing is lost.
    """
    from ondit.faces import gather
    from ondit.intake.fetch import Fetcher

    gather.watch(feeds, case_file, Fetcher(), pause=every * 60, once=once)


@cli.command()
@click.argument("case_file", metavar="CASE", type=NAME)
@JSON
def revisions(case_file: str, as_json: bool) -> None:
    """Show what changed between the versions of reports in a case, statement by statement."""
    from ondit.casefile import Case
    from ondit.faces.found import as_line
    from ondit.telling.versions import tell_changes
    from ondit.tracing.revisions import changes

    with Case.open(case_file, readonly=True) as case:
        for earlier, later in case.revisions():
            found = changes(earlier, later)
            if as_json:
                before, after = earlier.document.id, later.document.id
                sys.stdout.write(as_line(earlier=before, later=after, changes=found) + "\n")
            else:
                sys.stdout.write(tell_changes(earlier.document, later.document, found) + "\n")


# -------------------------------------------------------------------------- about


@cli.command()
def schema() -> None:
    """Print the JSON Schema of the trace JSON."""
    import json

    from ondit.schema import json_schema

    sys.stdout.write(json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n")


@cli.command("register")
@REGISTER
@click.option("--stale", is_flag=True, help="List the entries that may have changed for more than a year.")
def show_register(own: str | None, stale: bool) -> None:
    """Print what the register holds and how old it is."""
    from ondit.faces.age import entries, summary
    from ondit.text.register import extend

    if own is not None:
        extend(own)
    sys.stdout.writelines(f"{line}\n" for line in (entries() if stale else summary()))


@cli.command()
def version() -> None:
    """Print the versions of Ondit, its formats and its weights."""
    from ondit.casetables import SCHEMA
    from ondit.faces.work import weights
    from ondit.schema import SCHEMA_VERSION

    sys.stdout.write(f"ondit {__version__}\ntrace JSON {SCHEMA_VERSION}\ncase file {SCHEMA}\n")
    sys.stdout.write(f"weights {weights()}\n")
    sys.stdout.write(f"python {sys.version.split()[0]}\n")
