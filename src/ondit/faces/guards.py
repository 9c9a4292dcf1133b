"""What stands before the server: who may ask, from where, and how much at once.

An ASGI application around another one. It answers only to its own names (so that no page elsewhere can reach
it by a name of its own), asks for the token where there is one, refuses what a browser sends for another
site, bounds what is taken in, and puts a policy on what goes out under which no word of a report runs.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
COOKIE = "ondit"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY = (
    b"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class TooLargeError(Exception):
    """More was sent than the server takes in."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The application with everything that protects it. `names` are the hosts it answers to; with `numbers`
    also any address of digits (a server that listens on all of its machine's). No `token`: none is asked."""

    app: App
    names: frozenset[str]
    token: str = ""
    limit: int = 20_000_000
    numbers: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        refused = self._refused(scope, headers)
        if refused is not None:
            await _say(send, *refused)
        elif self.token and self._given_by_address(scope):
            await self._remember(scope, send)
        else:
            await self._pass(scope, receive, send)

    def _refused(self, scope: Scope, headers: dict[bytes, str]) -> tuple[int, str] | None:
        if not self._is_own(headers.get(b"host", "")):
            return 421, "this server does not answer to that name"
        length = headers.get(b"content-length", "0")
        if length.isdigit() and int(length) > self.limit:
            return 413, f"more than {self.limit // 1_000_000} MB at once"
        if scope["method"] not in SAFE and _is_foreign(headers):
            return 403, "sent on behalf of another site"
        if self.token and not (self._has_token(headers) or self._given_by_address(scope)):
            return 401, "the token is missing: open the address that `ondit serve` printed"
        return None

    def _is_own(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self.names or (self.numbers and _is_number(name))

    def _has_token(self, headers: dict[bytes, str]) -> bool:
        scheme, _, given = headers.get(b"authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _same(given.strip(), self.token):
            return True
        try:
            cookie = SimpleCookie(headers.get(b"cookie", "")).get(COOKIE)
        except ValueError:
            return False
        return cookie is not None and _same(cookie.value, self.token)

    def _given_by_address(self, scope: Scope) -> bool:
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        return scope["method"] == "GET" and any(_same(given, self.token) for given in query.get("token", ()))

    async def _remember(self, scope: Scope, send: Send) -> None:
        """The token goes from the address, which is shown and kept, into a cookie, which is not."""
        cookie = f"{COOKIE}={self.token}; Path=/; HttpOnly; SameSite=Strict"
        headers = [(b"location", b"/"), (b"set-cookie", cookie.encode()), *HEADERS]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken, begun = 0, False

        async def bounded() -> MutableMapping[str, Any]:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.limit:
                raise TooLargeError
            return message

        async def headed(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
            await send(message)

        try:
            await self.app(scope, bounded, headed)
        except TooLargeError:
            if not begun:
                await _say(send, 413, f"more than {self.limit // 1_000_000} MB at once")


def _is_foreign(headers: dict[bytes, str]) -> bool:
    """Whether a browser says that another site sends this. What is no browser says neither."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get(b"origin")
    return origin is not None and urlsplit(origin).netloc != headers.get(b"host", "")


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


async def _say(send: Send, status: int, why: str) -> None:
    body = b'{"detail": "%s"}' % why.replace('"', "'").encode()
    headers = [(b"content-type", b"application/json"), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
