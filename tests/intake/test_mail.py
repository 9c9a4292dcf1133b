"""E-mail: newsletters, what is attached to them, mailboxes, saved pages, and broken ones."""

from __future__ import annotations

from email.message import EmailMessage

import intakefakes as fakes
from ondit.intake import take
from ondit.records import Document, Problem


def reports(raw: bytes) -> list[Document]:
    return [record for record in take(raw, "m.eml") if isinstance(record, Document)]


def test_the_header_says_who_published_what_and_when() -> None:
    (doc,) = reports(fakes.MAIL)
    assert (doc.outlet, doc.headline, doc.published) == (
        "The Tide",
        "Shed blows up in Velmar",
        "2031-03-04T09:20:00+01:00",
    )


def test_the_html_body_is_read_because_it_carries_the_links() -> None:
    (doc,) = reports(fakes.MAIL)
    assert [(c.kind, c.name, c.url) for c in doc.credits] == [("lead_in", "The Lantern", fakes.LINK)]


def test_a_message_of_text_alone_is_read() -> None:
    message = EmailMessage()
    for name, value in {"From": "a@t.example", "To": "b", "Subject": "Shed", "Message-ID": "<1>"}.items():
        message[name] = value
    message.set_content(fakes.TEXT.decode(), cte="quoted-printable")
    (doc,) = reports(bytes(message))
    assert (doc.outlet, doc.headline, fakes.LEAD in doc.text) == ("t.example", "Shed", True)


def test_reports_attached_are_reports_of_their_own() -> None:
    found = reports(fakes.mail(fakes.PAGE))
    assert [doc.place for doc in found] == ["m.eml", "m.eml[1: page.html]"]
    assert found[1].url == "https://tide.example/shed"


def test_a_forwarded_message_is_read() -> None:
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"], outer["Message-ID"] = "x@buoy.example", "y", "Look", "<2>"
    outer.set_content("See what they write about the fire in the port of Velmar.")
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "The Tide <a@tide.example>", "Shed blows up"
    inner.set_content(fakes.TEXT.decode())
    outer.add_attachment(inner)
    assert [doc.outlet for doc in reports(bytes(outer))] == ["buoy.example", "The Tide"]


def test_every_message_of_a_mailbox_is_read() -> None:
    raw = fakes.MAILBOX.replace(b"The harbour authority closed", b"The port authority closed", 2)

    assert [record.place for record in take(raw, "box")] == ["box[1]", "box[2]"]


def test_a_saved_page_has_the_address_where_it_was_saved() -> None:
    raw = fakes.MHTML.replace(b'<link rel="canonical" href="https://tide.example/shed">', b"")
    (doc,) = reports(raw)
    assert (doc.url, doc.extra["found"]["url"], doc.outlet) == (
        "https://tide.example/shed",
        "saved page",
        "The Tide",
    )


def test_a_message_without_text_is_a_problem() -> None:
    raw = b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: image/png\n\nHello"
    assert [(r.code, r.place) for r in take(raw, "m.eml") if isinstance(r, Problem)] == [("empty", "m.eml")]
