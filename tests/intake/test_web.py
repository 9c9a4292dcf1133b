"""Web pages of our own in three templates: the constructs that carry credits, the layout, the metadata."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.intake import take
from ondit.records import Credit, Document, Problem

LEAD = (
    "The harbour authority closed all berths on Thursday evening after an explosion tore a warehouse "
    "apart, and officials said that the channel would be checked by divers before any ship could sail again."
)
MORE = (
    "Residents of the flats above the quay swept up glass through the night, while fire crews went from "
    "floor to floor and told them that the gas had been turned off until further notice."
)
NOISE = (
    "Share on Facebook",
    "Another story",
    "three bangs",
    "owns many newspapers",
    "somebody who lives by",
    "Home",
)


def newspaper(
    body: str, *, head: str = "", by: str = '<p class="byline">By Ana Reyes</p>', after: str = ""
) -> str:
    """A newspaper's page: HTML5 elements, Open Graph, navigation, related stories, comments."""
    return f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Shed blows up | The Daily Tide</title>
<meta property="og:site_name" content="The Daily Tide">
<meta property="og:title" content="Shed blows up in Velmar">
<link rel="canonical" href="https://dailytide.example/shed">
<meta property="article:published_time" content="2031-03-04T09:20:00Z">{head}</head><body>
<header class="site-header"><nav><ul><li><a href="/">Home</a></li>
<li><a href="/world">World</a></li></ul></nav></header>
<main><article><h1>Shed blows up in Velmar</h1>{by}
<div class="share-buttons"><a href="#">Share on Facebook</a></div>
<div class="article-body"><p>{LEAD}</p>{body}<p>{MORE}</p></div>{after}</article>
<aside class="related"><h2>Related</h2>
<ul><li><a href="/o">Another story about something else</a></li></ul></aside></main>
<section id="comments"><article class="comment"><p>First! I was there and saw it
all, three bangs, and I do not believe a word of what they say here, nobody should, and I have
said so many times.</p></article></section>
<footer><p>Small print of a company that owns many newspapers and would like you to know.</p></footer>
<script>var x = "<p>no</p>";</script></body></html>"""


def blog(
    body: str,
    *,
    head: str = "",
    by: str = '<div class="entry-meta">Posted by <a rel="author" href="/a">Ana Reyes</a></div>',
    after: str = "",
) -> str:
    """A blog's page: nothing but `div`s, paragraphs without tags, the site's name as `h1`."""
    return f"""<html><head><title>Shed blows up in Velmar &#8211; Quayside Notes</title>{head}</head>
<body class="post-template has-sidebar"><div id="wrapper"><h1><a href="/">Quayside Notes</a></h1>
<div id="top-nav" class="navigation"><a href="/">Home</a> <a href="/about">About</a></div>
<div id="content" class="no-sidebar"><div class="post type-post tag-harbour">
<h2 class="entry-title">Shed blows up in Velmar</h2>
{by}<div class="entry-content">{LEAD}<br><br>{body}<div>{MORE}</div></div>{after}
<div class="sharedaddy sd-sharing"><ul><li><a href="#">Share on Facebook</a></li></ul></div></div></div>
<div id="sidebar" class="widget-area">
<div class="widget">Written by somebody who lives by the water and likes ships.</div></div>
<ol class="commentlist">
<li class="comment">I was there and saw it all, three bangs, and then nothing.</li></ol>
</div></body></html>"""


def portal(
    body: str,
    *,
    head: str = "",
    by: str = "<TR><TD><SPAN CLASS=byline>By Ana Reyes</SPAN></TD></TR>",
    after: str = "",
) -> str:
    """A portal's page of 1999: tables for layout, capitals, tags left open, text by breaks."""
    return f"""<HTML><HEAD><TITLE>Shed blows up in Velmar</TITLE>{head}</HEAD><BODY><TABLE><TR>
<TD WIDTH=120><UL><LI><A HREF="/">Home</A><LI><A HREF="/w">World</A><LI><A HREF="/s">Sport</A></UL></TD>
<TD><TABLE><TR><TD><H1>Shed blows up in Velmar</H1></TD></TR>{by}
<TR><TD><FONT FACE=Times>{LEAD}<BR><BR>{body}<P>{MORE}</FONT>{after}</TD></TR></TABLE></TD>
<TD><DIV CLASS=related><A HREF="/o">Another story about something else</A></DIV></TD></TR></TABLE>
<DIV CLASS=footer>Small print of a company that owns many newspapers and would like you to know.</DIV>
</BODY></HTML>"""


Template = Callable[..., str]
TEMPLATES = pytest.mark.parametrize("template", [newspaper, blog, portal])
LINK = "https://guardian.example/x"
SHIPS = "Ships will not sail before Monday."


def page(html: str) -> Document:
    (doc,) = take(html.encode("utf-8"), "page.html")
    assert isinstance(doc, Document)
    return doc


def kinds(doc: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.depth, doc.text[block.span.start : block.span.end]) for block in doc.blocks]


def found(doc: Document) -> list[tuple[str, str, str | None]]:
    return [(credit.kind, credit.name, credit.url) for credit in doc.credits if credit.name != "Ana Reyes"]


CONSTRUCTS: dict[str, tuple[str, list[tuple[str, str, str | None]]]] = {
    "linked lead-in before a blockquote": (
        f'<p><a href="{LINK}">The Guardian</a>:</p><blockquote><p>{SHIPS}</p></blockquote>',
        [("lead_in", "The Guardian", LINK)],
    ),
    "plain lead-in": (
        f"<p>The Guardian:</p><blockquote>{SHIPS}</blockquote>",
        [("lead_in", "The Guardian", None)],
    ),
    "fully linked line": (
        f'<p><a href="{LINK}">From The Guardian</a></p><blockquote><p>{SHIPS}</p></blockquote>',
        [("lead_in", "The Guardian", LINK)],
    ),
    "cite in the footer of a blockquote": (
        f"<blockquote><p>{SHIPS}</p><footer>— <cite>The Guardian</cite></footer></blockquote>",
        [("cite", "The Guardian", None)],
    ),
    "address of a blockquote": (
        f'<blockquote cite="{LINK}"><p>{SHIPS}</p></blockquote>',
        [("cite", "guardian.example", LINK)],
    ),
    "dateline": (f"<p>VELMAR (Reuters) - {SHIPS}</p>", [("dateline", "Reuters", None)]),
    "makers": (
        "<p>(Reporting by Bo Lind; Editing by P. Oram)</p>",
        [("reporting_by", "Bo Lind", None), ("reporting_by", "P. Oram", None)],
    ),
    "rights": ('<p class="copyright">(c) AFP</p>', [("tail", "AFP", None)]),
    "first appeared on": (
        f'<p><em>This story first appeared on <a href="{LINK}">The Guardian</a>.</em></p>',
        [("first_appeared", "The Guardian", LINK)],
    ),
    "caption credit": (
        "<figure><figcaption>The quay. Photograph: Jo Penn/Getty Images</figcaption></figure>",
        [("photo", "Jo Penn/Getty Images", None)],
    ),
    "link in a sentence": (
        f'<p>Ships are in port, <a href="{LINK}">the Guardian reported</a> on Friday.</p>',
        [("link", "the Guardian reported", LINK)],
    ),
    "source line": (f'<p>Source: <a href="{LINK}">The Guardian</a></p>', [("cite", "The Guardian", LINK)]),
    "source list": (
        f'<h3>Sources</h3><ul><li><a href="{LINK}">The Guardian, 4 March</a></li></ul>',
        [("cite", "The Guardian, 4 March", LINK)],
    ),
}


@TEMPLATES
@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_every_construct_that_carries_a_credit_survives(template: Template, construct: str) -> None:
    body, expected = CONSTRUCTS[construct]
    assert found(page(template(body))) == expected


@TEMPLATES
def test_a_byline_with_agencies(template: Template) -> None:
    doc = page(template("", by='<div class="byline">By Ana Reyes and agencies</div>'))
    assert found(doc) == [("byline", "agencies", None)]


@TEMPLATES
@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_the_text_is_the_report_and_nothing_else(template: Template, construct: str) -> None:
    doc = page(template(CONSTRUCTS[construct][0]))
    texts = [text for _, _, text in kinds(doc)]
    assert texts[0] == "Shed blows up in Velmar"
    assert [text for text in texts if text in (LEAD, MORE)] == [LEAD, MORE]
    assert [noise for noise in NOISE if noise in doc.text] == []


@TEMPLATES
def test_blocks_by_tag(template: Template) -> None:
    doc = page(
        template(
            f"<p>The Guardian:</p><blockquote><p>{SHIPS}</p><blockquote>No.</blockquote></blockquote>"
            "<ul><li>One shed</li></ul><figure><figcaption>The quay on Friday.</figcaption></figure>"
            "<h3>What next</h3>"
            f"<p>LONDON (AP) — {SHIPS}</p>"
        )
    )
    assert kinds(doc)[3:-1] == [
        ("paragraph", 0, "The Guardian:"),
        ("blockquote", 1, SHIPS),
        ("blockquote", 2, "No."),
        ("list", 0, "One shed"),
        ("caption", 0, "The quay on Friday."),
        ("headline", 0, "What next"),
        ("dateline", 0, "LONDON (AP) —"),
        ("paragraph", 0, SHIPS),
    ]


@TEMPLATES
def test_a_sign_off_after_the_body_is_kept(template: Template) -> None:
    doc = page(
        template(
            "",
            after='<div class="credit">(Reporting by Bo Lind; Editing by P. Oram)</div><p>Buy our mug.</p>',
        )
    )
    assert kinds(doc)[-1] == ("tail", 0, "(Reporting by Bo Lind; Editing by P. Oram)")


def test_metadata_and_where_they_stand() -> None:
    doc = page(newspaper(""))
    assert (doc.headline, doc.outlet, doc.url, doc.published, doc.language) == (
        "Shed blows up in Velmar",
        "The Daily Tide",
        "https://dailytide.example/shed",
        "2031-03-04T09:20:00Z",
        "en",
    )
    assert doc.extra["found"]["url"] == "link[rel=canonical]"


def test_linked_data_fill_what_meta_tags_leave_open() -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"},
    {"@type": ["NewsArticle"], "headline": "Shed blows up in Velmar", "datePublished": "2031-03-04",
    "url": "https://quay.example/shed", "publisher": {"@type": "Organization", "name": "Quayside Notes"},
    "author": [{"@type": "Person", "name": "Bo Lind"}, {"@type": "Organization", "name": "Reuters"}],
    "isBasedOn": {"name": "The Tide", "url": "https://tide.example/1"}}]}</script>"""
    doc = page(blog("", head=head))
    assert (doc.outlet, doc.published, doc.url) == (
        "Quayside Notes",
        "2031-03-04",
        "https://quay.example/shed",
    )
    assert doc.extra["authors"] == ["Bo Lind", "Reuters"]
    assert found(doc) == [
        ("meta", "The Tide", "https://tide.example/1"),
        ("byline", "Bo Lind", None),
        ("meta", "Reuters", None),
    ]


def test_a_canonical_address_elsewhere_is_a_credit() -> None:
    head = (
        '<meta property="og:url" content="https://quay.example/shed">'
        '<link rel="canonical" href="https://tide.example/1">'
    )
    assert found(page(blog("", head=head))) == [("canonical", "tide.example", "https://tide.example/1")]


def test_a_canonical_address_at_home_is_none() -> None:
    assert (
        found(page(newspaper("", head='<meta property="og:url" content="https://www.dailytide.example/s">')))
        == []
    )


def test_a_publisher_that_is_not_the_site_is_a_credit() -> None:
    head = '<script type="application/ld+json">{"@type": "Article", "publisher": {"name": "Corbel"}}</script>'
    assert page(newspaper("", head=head)).credits[0] == Credit("meta", "Corbel", place="json-ld publisher")


def test_links_to_the_own_site_are_no_credits() -> None:
    assert found(page(newspaper(f'<p>{SHIPS} <a href="/more">More here</a>.</p>'))) == []


def test_a_link_runs_over_its_words() -> None:
    doc = page(newspaper(f'<p>Ships,\n  said <a href="{LINK}"> the <b>Guardian</b> </a>, stay.</p>'))
    (credit,) = [credit for credit in doc.credits if credit.kind == "link"]
    assert credit.span is not None
    assert doc.text[credit.span.start : credit.span.end] == "the Guardian"


def test_q_gets_its_marks_back() -> None:
    assert "He said “no” twice." in page(newspaper("<p>He said <q>no</q> twice.</p>")).text


def test_inline_tags_do_not_cut_words() -> None:
    assert "Three bangs, he said." in page(newspaper("<p>T<b>hree</b> <i>bangs</i>, he\n said.</p>")).text


def test_the_encoding_of_a_page_is_the_one_it_names() -> None:
    html = newspaper("<p>Die Behörde schließt.</p>").replace('charset="utf-8"', 'charset="iso-8859-1"')
    (doc,) = take(html.encode("cp1252"))
    assert isinstance(doc, Document)
    assert "Die Behörde schließt." in doc.text


def test_tables_as_layout() -> None:
    html = (
        f"<html><body><table><tr><td>Menu</td><td><p>{LEAD}</p><p>{MORE}</p></td></tr></table></body></html>"
    )
    assert [text for _, _, text in kinds(page(html))] == [LEAD, MORE]


def test_a_page_of_links_only_is_refused() -> None:
    html = "<html><body>" + '<li><a href="/x">Another story about something else entirely</a></li>' * 20
    assert [record.code for record in take(html.encode()) if isinstance(record, Problem)] == ["empty"]


TAGS = st.sampled_from(
    [
        "p", "div", "a href='x'", "blockquote cite='http://[x'", "h1", "li", "q", "cite", "figure",
        "figcaption", "br", "span class='credit'", "article", "script", "!--", "table", "td", "footer",
        "/p", "/div", "/a",
    ]
).map(lambda tag: f"<{tag}>")  # fmt: skip
PIECES = st.sampled_from([LEAD, "a:", "\x00", "&#0;", "e\u0301", " ", "By A B"])


@given(st.lists(TAGS | PIECES, max_size=25))
def test_any_tags_give_blocks_inside_the_text(pieces: list[str]) -> None:
    for record in take(("<html><body><p>" + "".join(pieces)).encode("utf-8")):
        if isinstance(record, Document):
            at = 0
            for block in record.blocks:
                assert at <= block.span.start < block.span.end <= len(record.text)
                at = block.span.end
            for credit in record.credits:
                if credit.span is not None and credit.place in ("text", "a[href]", "cite"):
                    assert record.text[credit.span.start : credit.span.end] == credit.name


def test_a_copy_in_the_wayback_machine_is_the_page_that_was_kept() -> None:
    kept = "https://web.archive.org/web/20310304092000/"
    html = newspaper(f'<p>Ships wait, <a href="/web/20310304092000/{LINK}">the Guardian reported</a>.</p>')
    html = html.replace("https://dailytide.example/shed", f"{kept}https://dailytide.example/shed")
    doc = page(html)
    assert (doc.url, found(doc)) == (
        "https://dailytide.example/shed",
        [("link", "the Guardian reported", LINK)],
    )


def test_a_heading_that_asks_for_a_subscription_is_furniture_and_the_reports_own_never() -> None:
    lead = "<p>Two people died in a fire in the port of Velmar on Tuesday, police said.</p>"
    asks = "<h2>Subscribe to continue reading</h2>"
    page = f"<article><h1>Subscribe to fire news, town says</h1>{lead}{asks}</article>"
    (doc,) = take(page.encode(), "x")
    assert isinstance(doc, Document)
    assert [block.kind for block in doc.blocks] == ["headline", "paragraph", "boilerplate"]
