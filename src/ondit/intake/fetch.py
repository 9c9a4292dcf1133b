"""Pages from the web, only where somebody asked for them by address: the one door to the network.

An address in, an `Answer` out or a `RefusedError` that says why not. A `Fetcher` is polite (robots.txt, RFC
9309; a pace per host; it says who it is; asks whether a page has changed, RFC 9110), careful (public
addresses alone, the checked one is connected to, redirects are checked like any address) and bounded (size,
time over all, redirects). Built on the standard library: what must be controlled here (which address a
socket goes to) other clients hide.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from ondit.intake.addresses import Address, Allowed, ForbiddenError, Resolve, public, reachable, resolved
from ondit.intake.archives import inflated
from ondit.intake.robots import Rules, parse
from ondit.version import __version__

NAME = "ondit"
AGENT = f"{NAME}/{__version__} (reads news reports at a person's request)"
_PORTS = frozenset({80, 443, 8080, 8443})
_KINDS = re.compile(r"html|xml|json|text/plain|application/pdf|octet-stream|^$")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 1 << 16
_MOST_ROBOTS = 512 << 10
_LONGEST_WAIT = 60.0
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")


class RefusedError(Exception):
    """Why an address was not fetched; becomes a `Problem`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may cost: bytes, seconds over all (redirects too), redirects, seconds between two calls
    of a host."""

    size: int = 16 << 20
    seconds: float = 30.0
    redirects: int = 5
    pace: float = 1.0


@dataclass(frozen=True, slots=True)
class Validator:
    """What a server said by which a page can be asked whether it has changed."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as it came. `url` is where it was in the end; `head` what the server said, for the archive.

    `unchanged`: the server says that the page is still the one of the validator; there is no body.
    """

    url: str
    when: str
    head: bytes
    body: bytes
    charset: str | None = None
    validator: Validator = field(default_factory=Validator)
    unchanged: bool = False

    @property
    def known(self) -> dict[str, str]:
        """What the server says of the page, for `ondit.intake.take`."""
        known = {"url": self.url, "fetched": self.when}
        return known | ({"charset": self.charset} if self.charset else {})


class Fetcher:
    """Fetches pages, one after the other. It remembers hosts' robots.txt and when each was last called.

    `resolve` and `allowed` say what addresses a host has and which may be reached; `sleep` waits.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        resolve: Resolve = resolved,
        allowed: Allowed = public,
        ports: frozenset[int] = _PORTS,
        sleep: Callable[[float], None] = time.sleep,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._resolve, self._allowed, self._ports, self._sleep = resolve, allowed, ports, sleep
        self._tls = tls
        self._robots: dict[str, Rules | None] = {}
        self._called: dict[str, float] = {}
        self._end = 0.0

    def fetch(self, url: str, validator: Validator | None = None) -> Answer:
        """The page at an address, redirects followed. Raises `RefusedError`."""
        self._end = time.monotonic() + self.limits.seconds
        at = _address(url)
        for _ in range(self.limits.redirects + 1):
            self._ask_robots(at)
            self._wait(at)
            reply = self._call(at, self.limits.size, validator)
            if reply.status not in _REDIRECTS or not reply.fields.get("location"):
                return _answer(at, reply)
            at = _moved(at, reply.fields["location"])
        raise RefusedError(f"it redirects more than {self.limits.redirects} times")

    # -------------------------------------------------------------- politeness

    def _ask_robots(self, url: str) -> None:
        site = _site(url)
        if site not in self._robots:
            self._robots[site] = self._robots_of(site)
        rules = self._robots[site]
        if rules is None:
            raise RefusedError("its robots.txt cannot be had (a server error): nothing there is fetched")
        if not rules.allow(url):
            raise RefusedError("its robots.txt asks not to fetch this page; save it by hand")
        if rules.delay > _LONGEST_WAIT:
            raise RefusedError(f"its robots.txt asks to wait {rules.delay:.0f} s between pages")

    def _robots_of(self, site: str) -> Rules | None:
        """RFC 9309: a file that is not there allows everything, a server that fails allows nothing (None)."""
        at = f"{site}/robots.txt"
        for _ in range(self.limits.redirects + 1):
            self._wait(at)
            reply = self._call(at, _MOST_ROBOTS, None, cut=True)
            if reply.status not in _REDIRECTS or not reply.fields.get("location"):
                break
            at = _moved(at, reply.fields["location"])
        else:
            return Rules()
        if reply.status >= 500 or reply.status == 429:
            return None
        text = reply.body.decode("utf-8", "replace").lstrip("\ufeff")
        return parse(text, NAME) if reply.status == 200 else Rules()

    def _wait(self, url: str) -> None:
        """Not before the host's pace allows another call; the wait is not the host's time."""
        site = _site(url)
        rules = self._robots.get(site)
        pace = max(self.limits.pace, rules.delay if rules is not None else 0.0)
        left = self._called.get(site, float("-inf")) + pace - time.monotonic()
        if left > 0:
            self._sleep(left)
            self._end += left
        self._called[site] = time.monotonic()

    # -------------------------------------------------------------- one call

    def _call(self, url: str, most: int, validator: Validator | None, *, cut: bool = False) -> _Reply:
        """One request. A watch ends the connection when time is up, whatever the server does meanwhile."""
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        if port not in self._ports:
            raise RefusedError(f"port {port} is none of the web's")
        try:
            addresses = reachable(host, port, self._resolve, self._allowed)
        except ForbiddenError as error:
            raise RefusedError(str(error)) from error
        left = self._end - time.monotonic()
        if left <= 0:
            raise RefusedError(self._too_slow())
        connection = _Connection(host, addresses, parts.scheme == "https", min(left, 10.0), self._tls)
        watch = threading.Timer(left, connection.cut)
        watch.daemon = True
        watch.start()
        try:
            with closing(connection):
                return _exchange(connection, url, most, validator, cut=cut)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if connection.timed_out or isinstance(error, TimeoutError):
                raise RefusedError(self._too_slow()) from error
            raise RefusedError(f"it could not be fetched ({_said(error)})") from error
        finally:
            watch.cancel()

    def _too_slow(self) -> str:
        return f"it took longer than {self.limits.seconds:.0f} s"


def _said(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(text)[:200]


# ------------------------------------------------------------------ the connection


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was checked, under the name that was asked for."""

    def __init__(
        self, host: str, addresses: list[Address], secure: bool, timeout: float, tls: ssl.SSLContext | None
    ) -> None:
        super().__init__(host, addresses[0].port, timeout=timeout)
        self._addresses, self._secure, self._context = addresses, secure, tls
        self.timed_out = False
        self._held: socket.socket | None = None  # the client lets go of it while its answer is still read

    def connect(self) -> None:
        """Connect to the first address that answers; never to the name."""
        fault: OSError | None = None
        for ip, port in self._addresses[: 1 if self.timed_out else 4]:
            try:
                self.sock = self._held = socket.create_connection((ip, port), self.timeout)
                break
            except OSError as error:
                fault = error
        else:
            raise fault or OSError("no address")
        if self._secure:
            context = self._context or ssl.create_default_context()
            self.sock = self._held = context.wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """Time is up: whatever is being read ends here."""
        self.timed_out = True
        if self._held is not None:
            with suppress(OSError):
                self._held.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    fields: Mapping[str, str]
    head: bytes
    body: bytes


def _exchange(
    connection: _Connection, url: str, most: int, validator: Validator | None, *, cut: bool
) -> _Reply:
    parts = urlsplit(url)
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    fields = {"Host": parts.netloc, "User-Agent": AGENT, "Accept-Encoding": "gzip", "Connection": "close"}
    fields["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"
    if validator is not None and validator.etag:
        fields["If-None-Match"] = validator.etag
    if validator is not None and validator.modified:
        fields["If-Modified-Since"] = validator.modified
    connection.putrequest("GET", target, skip_host=True, skip_accept_encoding=True)
    for name, value in fields.items():
        connection.putheader(name, value)
    connection.endheaders()
    with closing(connection.getresponse()) as reply:
        named = {name.lower(): value for name, value in reply.getheaders()}
        body = b"" if reply.status in _REDIRECTS else _body(reply, named, most, cut=cut)
    if connection.timed_out:
        raise TimeoutError
    said = (f"{name}: {value}\r\n" for name, value in reply.getheaders())
    head = f"HTTP/1.1 {reply.status} {reply.reason}\r\n" + "".join(said)
    return _Reply(reply.status, named, head.encode("latin-1", "replace"), body)


def _body(reply: http.client.HTTPResponse, fields: Mapping[str, str], most: int, *, cut: bool) -> bytes:
    """The body, unpacked; never more than `most` bytes, packed or not, are held."""
    pieces: list[bytes] = []
    size = 0
    while piece := reply.read1(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            break
    body = b"".join(pieces)
    if size <= most and fields.get("content-encoding", "").lower() in ("gzip", "x-gzip", "deflate"):
        body = inflated(body, most + 1)
    if len(body) > most and not cut:
        raise RefusedError(f"longer than {most >> 20} MB, as no report is")
    expected = fields.get("content-length", "")
    if expected.isdigit() and size < int(expected) and reply.status == 200:
        raise OSError("the server closed the connection before the end")
    return body[:most]


def _answer(url: str, reply: _Reply) -> Answer:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    validator = Validator(reply.fields.get("etag"), reply.fields.get("last-modified"))
    if reply.status == 304:
        return Answer(url, now, reply.head, b"", validator=validator, unchanged=True)
    if reply.status != 200:
        raise RefusedError(
            f"the server answered {reply.status} {http.client.responses.get(reply.status, '')}".strip()
        )
    kind = reply.fields.get("content-type", "").lower()
    if not _KINDS.search(kind.partition(";")[0].strip()):
        raise RefusedError(f"it is {kind[:60]}, not a page, feed or text")
    charset = re.search(r"charset=[\"']?([\w-]{2,30})", kind)
    return Answer(url, now, reply.head, reply.body, charset.group(1) if charset else None, validator)


def _moved(url: str, location: str) -> str:
    try:
        return _address(urljoin(url, location))
    except ValueError as error:
        raise RefusedError(f"it redirects to {location[:200]!r}, which is no address") from error


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _address(url: str) -> str:
    """An address fit to be sent: http(s), a host, no name or password, no blanks, no fragment."""
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise RefusedError(f"{url[:200]!r} is no address ({error})") from error
    if parts.scheme not in ("http", "https") or not host:
        raise RefusedError(f"{url[:200]!r} is no address that begins with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("an address with a name or password in it is not fetched")
    if len(url) > 4000 or _UNSAFE.search(parts.netloc):
        raise RefusedError(f"{url[:200]!r} is no address")
    try:
        netloc = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
    except UnicodeError as error:
        raise RefusedError(f"{host} is no name of a host") from error
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return urlunsplit((parts.scheme, netloc.lower(), path, query, ""))
