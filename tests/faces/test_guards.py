"""Who may ask the server, from where, and how much at once."""

from __future__ import annotations

from typing import Any

import pytest

from asgi import ask
from ondit.faces.guards import HEADERS, LOOPBACK, Guard

TOKEN = "a-long-word"


async def inside(scope: Any, receive: Any, send: Any) -> None:
    """An application that reads all that is sent and says how much it was."""
    taken, more = 0, scope["method"] == "POST"
    while more:
        message = await receive()
        taken += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(taken).encode()})


OPEN = Guard(inside, LOOPBACK, limit=100)
CLOSED = Guard(inside, frozenset({"desk.example"}), TOKEN, numbers=True)


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "LOCALHOST:1", "[::1]:8765"])
def test_it_answers_to_its_own_names(host: str) -> None:
    assert ask(OPEN, "/", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "", "192.0.2.1", "localhost@evil.example:1", "[::1", "a b"],
)
def test_it_answers_to_no_other_name(host: str) -> None:
    assert ask(OPEN, "/", host=host).status == 421


def test_a_server_of_all_addresses_answers_to_addresses() -> None:
    bearer = {"authorization": f"Bearer {TOKEN}"}
    assert ask(CLOSED, "/", host="192.0.2.1:80", headers=bearer).status == 200
    assert ask(CLOSED, "/", host="desk.example", headers=bearer).status == 200
    assert ask(CLOSED, "/", host="evil.example", headers=bearer).status == 421


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": f"Basic {TOKEN}"},
        {"cookie": "ondit=wrong"},
        {"cookie": 'ondit="'},
        {"authorization": "Bearer äöü"},
    ],
)
def test_without_the_token_nothing_is_told(headers: dict[str, str]) -> None:
    answer = ask(CLOSED, "/", host="desk.example", headers=headers)
    assert (answer.status, TOKEN in answer.text) == (401, False)


@pytest.mark.parametrize("headers", [{"authorization": f"Bearer {TOKEN}"}, {"cookie": f"a=b; ondit={TOKEN}"}])
def test_with_the_token_everything_is(headers: dict[str, str]) -> None:
    assert ask(CLOSED, "/", host="desk.example", headers=headers).status == 200


def test_the_token_goes_from_the_address_into_a_cookie_that_no_script_reads() -> None:
    answer = ask(CLOSED, f"/?token={TOKEN}", host="desk.example")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert answer.headers["set-cookie"] == f"ondit={TOKEN}; Path=/; HttpOnly; SameSite=Strict"
    assert ask(CLOSED, "/?token=wrong", host="desk.example").status == 401


def test_a_token_in_the_address_of_a_post_is_none() -> None:
    assert ask(CLOSED, f"/?token={TOKEN}", host="desk.example", method="POST").status == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_a_browser_sends_for_another_site_is_refused(headers: dict[str, str]) -> None:
    assert ask(OPEN, "/", method="POST", headers=headers).status == 403


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://127.0.0.1:8765"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}],
)
def test_what_is_sent_from_its_own_pages_is_taken(headers: dict[str, str]) -> None:
    assert ask(OPEN, "/", method="POST", headers=headers, body=[b"12345"]).text == "5"


def test_too_much_is_refused_by_what_it_says_of_itself() -> None:
    assert ask(OPEN, "/", method="POST", headers={"content-length": "101"}).status == 413


def test_too_much_is_refused_by_what_it_is() -> None:
    assert ask(OPEN, "/", method="POST", body=[b"x" * 60, b"x" * 60]).status == 413
    assert ask(OPEN, "/", method="POST", body=[b"x" * 50, b"x" * 50]).text == "100"


@pytest.mark.parametrize("path", ["/", "/nothing"])
def test_every_answer_has_the_policy(path: str) -> None:
    for answer in (ask(OPEN, path), ask(OPEN, path, host="evil.example")):
        for name, value in HEADERS:
            assert answer.headers[name.decode()] == value.decode()
    assert b"unsafe" not in dict(HEADERS)[b"content-security-policy"]
