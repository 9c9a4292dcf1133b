"""A case as an MCP server (Model Context Protocol) on standard input and output: five tools that only read.

In: the path of a case. Out: a server that a language model's client starts; what it answers is made by
`answers`. It opens no port and writes nothing but the protocol; the one door to the `mcp` library, an extra.
"""

from __future__ import annotations

from collections.abc import Callable

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from ondit.errors import OnditError
from ondit.faces import answers
from ondit.faces.answers import NOTE, Answer
from ondit.faces.found import as_line
from ondit.version import __version__

READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def serve(path: str) -> None:
    """Answer until the client closes the connection."""
    server(path).run("stdio")


def server(path: str) -> MCPServer:
    """The server of one case; the case is opened anew for every call, so that it is never out of date."""
    made = MCPServer("ondit", instructions=NOTE, version=__version__, log_level="ERROR")

    @made.tool(annotations=READS)
    def stories(limit: int = 20) -> Answer:
        """List the stories of the case: how many reports and claims each has, and on how much they rest."""
        return _answered(lambda: answers.stories(path, limit))

    @made.tool(annotations=READS)
    def claims(story: str | None = None, limit: int = 20) -> Answer:
        """List claims with their numbers of reports and independent origins, the least supported first."""
        return _answered(lambda: answers.claims(path, story, limit))

    @made.tool(annotations=READS)
    def explain(claim: str) -> Answer:
        """Tell on whom a claim rests, through whom, with the words that show it. Takes the id of a claim."""
        return _answered(lambda: answers.explain(path, claim))

    @made.tool(annotations=READS)
    def what_if(claim: str, without: list[str] | None = None, named_only: bool = False) -> Answer:
        """Count the origins of a claim again without some agents (names or ids), or named origins only."""
        return _answered(lambda: answers.what_if(path, claim, without or (), named_only))

    @made.tool(annotations=READS)
    def search(words: str, limit: int = 10) -> Answer:
        """Find the reports of the case whose headline or text holds all of these words."""
        return _answered(lambda: answers.search(path, words, limit))

    return made


def _answered(answer: Callable[[], Answer]) -> Answer:
    try:
        return answer()
    except OnditError as fault:
        raise ToolError(as_line(**answers.refused(str(fault)))) from fault
