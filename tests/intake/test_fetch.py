"""Fetching from a server on this machine that misbehaves: it may be reached because the test says so."""

from __future__ import annotations

import gzip
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

import intakefakes as fakes
from ondit.intake.addresses import ForbiddenError, public, reachable
from ondit.intake.fetch import Answer, Fetcher, Limits, RefusedError, Validator
from ondit.intake.robots import parse

Reply = bytes | Callable[[socketserver.StreamRequestHandler], None]


class Server(socketserver.ThreadingTCPServer):
    """Answers each path with what it is told to; remembers what was asked."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies: dict[str, Reply] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.port = self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


class Handler(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        path = self.rfile.readline().split()[1].decode()
        fields = {}
        while (line := self.rfile.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode().partition(":")
            fields[name.lower()] = value.strip()
        self.server.asked.append((path, fields))
        reply = self.server.replies.get(path, answer(b"nothing here", status=404))
        with suppress(OSError):
            if callable(reply):
                reply(self)
            else:
                self.wfile.write(reply)


def answer(body: bytes = fakes.PAGE, kind: str = "text/html", status: int = 200, more: str = "") -> bytes:
    return fakes.answer(body, kind, status, f"Content-Length: {len(body)}\r\n{more}")


def redirect(to: str) -> bytes:
    return answer(b"", status=302, more=f"Location: {to}\r\n")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield found
        found.shutdown()


def fetcher(server: Server, **limits: float) -> Fetcher:
    """One that may reach this server, under the invented names of `example`, and nothing else."""
    chosen = {"seconds": 5.0, "pace": 0.0} | limits
    return Fetcher(
        Limits(**chosen),  # type: ignore[arg-type]
        resolve=lambda host, _: ["127.0.0.1"] if host.endswith(".example") else [host],
        allowed=lambda ip: ip == "127.0.0.1" or public(ip),
        ports=frozenset({server.port}),
    )


def fetch(server: Server, path: str = "/shed", **limits: float) -> Answer:
    return fetcher(server, **limits).fetch(f"http://tide.example:{server.port}{path}")


def refused(server: Server, path: str = "/shed", **limits: float) -> str:
    with pytest.raises(RefusedError) as caught:
        fetch(server, path, **limits)
    return str(caught.value)


def test_a_page_comes_with_where_it_was_and_when(server: Server) -> None:
    server.replies["/shed"] = answer(kind="text/html; charset=utf-8", more='ETag: "1"\r\n')
    found = fetch(server)
    assert (found.body, found.url, found.charset, found.validator) == (
        fakes.PAGE,
        f"http://tide.example:{server.port}/shed",
        "utf-8",
        Validator('"1"'),
    )
    assert found.head.startswith(b"HTTP/1.1 200 OK\r\n")


def test_we_say_who_we_are(server: Server) -> None:
    server.replies["/shed"] = answer()
    fetch(server)
    assert server.asked[-1][1]["user-agent"].startswith("ondit/")


def test_robots_are_asked_first_and_once(server: Server) -> None:
    server.replies["/shed"] = server.replies["/ships"] = answer()
    client = fetcher(server)
    for path in ("/shed", "/ships"):
        client.fetch(f"http://tide.example:{server.port}{path}")
    assert [path for path, _ in server.asked] == ["/robots.txt", "/shed", "/ships"]


def test_what_robots_forbid_is_not_fetched(server: Server) -> None:
    server.replies["/robots.txt"] = answer(b"User-agent: *\nDisallow: /s", "text/plain")
    server.replies["/shed"] = answer()
    assert "robots.txt asks not to" in refused(server)
    assert [path for path, _ in server.asked] == ["/robots.txt"]


def test_a_server_error_for_robots_forbids_all(server: Server) -> None:
    server.replies["/robots.txt"] = answer(b"", status=503)
    assert "robots.txt cannot be had" in refused(server)


def test_the_page_that_has_not_changed_is_not_sent_again(server: Server) -> None:
    server.replies["/shed"] = answer(b"", status=304)
    found = fetcher(server).fetch(
        f"http://tide.example:{server.port}/shed", Validator('"1"', "Tue, 04 Mar 2031")
    )
    assert (found.unchanged, found.body) == (True, b"")
    asked = server.asked[-1][1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"1"', "Tue, 04 Mar 2031")


def test_redirects_are_followed_to_the_page(server: Server) -> None:
    server.replies |= {"/old": redirect("/older"), "/older": redirect("/shed"), "/shed": answer()}
    assert fetch(server, "/old").url.endswith("/shed")


def test_redirects_without_end_are_given_up(server: Server) -> None:
    server.replies["/shed"] = redirect("/shed")
    assert refused(server) == "it redirects more than 5 times"


@pytest.mark.parametrize(
    "to",
    [
        "http://10.0.0.1:{port}/",
        "http://169.254.169.254:{port}/latest/meta-data",
        "http://[::1]:{port}/",
        "http://[::ffff:10.0.0.1]:{port}/",
        "http://192.168.1.1:{port}/",
        "http://0.0.0.0:{port}/",
        "http://tide.example:22/",
        "file:///etc/passwd",
        "gopher://tide.example/",
        "http://me:secret@tide.example:{port}/",
    ],
)
def test_a_redirect_to_where_nobody_may_go_is_refused(server: Server, to: str) -> None:
    server.replies["/shed"] = redirect(to.format(port=server.port))
    assert refused(server) != ""
    assert [path for path, _ in server.asked] == ["/robots.txt", "/shed"]


def test_a_name_of_a_private_address_is_refused() -> None:
    client = Fetcher(resolve=lambda *_: ["93.184.216.34", "10.0.0.7"])
    with pytest.raises(RefusedError, match=r"10\.0\.0\.7, an address of this machine or its network"):
        client.fetch("https://tide.example/")


def test_the_checked_address_is_connected_to_and_the_name_not_asked_again(server: Server) -> None:
    asked = []
    server.replies["/shed"] = answer()

    def changing(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    client = Fetcher(Limits(pace=0), resolve=changing, allowed=lambda _: True, ports=frozenset({server.port}))
    client.fetch(f"http://tide.example:{server.port}/shed")
    assert asked == ["tide.example"] * 2  # for robots.txt and for the page, never after the check


def test_this_machine_is_not_reached_by_default(server: Server) -> None:
    with pytest.raises(RefusedError, match="an address of this machine"):
        Fetcher(ports=frozenset({server.port})).fetch(f"http://127.0.0.1:{server.port}/")


def test_a_body_without_end_is_cut_off_at_the_limit(server: Server) -> None:
    def endless(handler: socketserver.StreamRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            handler.wfile.write(b"a" * 65536)

    server.replies["/shed"] = endless
    assert refused(server, size=1 << 20) == "longer than 1 MB, as no report is"


def test_a_packed_body_that_grows_is_cut_off_at_the_limit(server: Server) -> None:
    server.replies["/shed"] = answer(gzip.compress(b"a" * (8 << 20)), more="Content-Encoding: gzip\r\n")
    assert refused(server, size=1 << 20) == "longer than 1 MB, as no report is"


def test_a_packed_body_is_unpacked(server: Server) -> None:
    server.replies["/shed"] = answer(gzip.compress(fakes.PAGE), more="Content-Encoding: gzip\r\n")
    assert fetch(server).body == fakes.PAGE


def test_a_server_that_trickles_is_given_up_when_time_is_up(server: Server) -> None:
    def trickle(handler: socketserver.StreamRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Wait: ")
        for _ in range(200):
            handler.wfile.write(b"a")
            time.sleep(0.05)

    server.replies["/shed"] = trickle
    begun = time.monotonic()
    assert refused(server, seconds=0.5).startswith("it took longer than")
    assert time.monotonic() - begun < 4


def test_a_body_that_trickles_is_given_up_when_time_is_up(server: Server) -> None:
    def trickle(handler: socketserver.StreamRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(200):
            handler.wfile.write(b"a")
            time.sleep(0.05)

    server.replies["/shed"] = trickle
    assert refused(server, seconds=0.5).startswith("it took longer than")


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 999999 X\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nshort",
        b"HTTP/1.1 302 Found\r\nLocation: http://[broken\r\n\r\n",
        answer(b"no", status=404),
        answer(b"\x89PNG", "image/png"),
    ],
)
def test_whatever_a_server_answers_is_a_refusal_that_says_why(server: Server, reply: bytes) -> None:
    server.replies["/shed"] = reply
    assert refused(server) != ""


@pytest.mark.parametrize(
    "url",
    [
        "",
        "tide.example",
        "ftp://tide.example/",
        "http://",
        "http://a b/",
        "http://[x",
        "http://x:99999/",
        "javascript:1",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedError):
        Fetcher(resolve=lambda *_: ["127.0.0.1"]).fetch(url)


def test_a_host_is_not_called_faster_than_its_pace(server: Server) -> None:
    server.replies |= {
        "/robots.txt": answer(b"User-agent: ondit\nCrawl-delay: 7", "text/plain"),
        "/shed": answer(),
    }
    slept: list[float] = []
    client = Fetcher(
        Limits(pace=2.0),
        resolve=lambda *_: ["127.0.0.1"],
        allowed=lambda _: True,
        ports=frozenset({server.port}),
        sleep=slept.append,
    )
    for _ in range(2):
        client.fetch(f"http://tide.example:{server.port}/shed")
    assert [round(pause) for pause in slept] == [7, 7]


PRIVATE = """
127.0.0.1 10.1.2.3 172.16.0.1 192.168.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255
::1 :: fe80::1 fe80::1%eth0 fc00::1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1:: ff02::1 2001:db8::1 localhost
"""


@pytest.mark.parametrize("ip", ["", *PRIVATE.split()])
def test_addresses_that_are_not_public(ip: str) -> None:
    assert not public(ip)


def test_a_host_without_address_is_not_reached() -> None:
    with pytest.raises(ForbiddenError):
        reachable("tide.example", 80, lambda *_: [])


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: ondit\nDisallow: /\nUser-agent: *\nAllow: /", "/x", False),
        ("User-agent: *\nDisallow: /\nUser-agent: Ondit/1.0\nDisallow:", "/x", True),
        ("User-agent: a\nUser-agent: *\nDisallow: /x", "/x", False),
        ("User-agent: other\nDisallow: /", "/x", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: *\nDisallow: /a%20b", "/a b", False),
        ("User-agent: *\nDisallow: /x\nAllow: /x", "/x", True),
        ("User-agent: *\nDisallow: /" + "*a" * 900 + "$", "/" + "a" * 899, True),
        ("<html>no robots here</html>", "/x", True),
    ],
)
def test_robots_rules(text: str, path: str, allowed: bool) -> None:
    assert parse(text, "ondit").allow(f"https://tide.example{path}") is allowed
