# ruff: noqa: E501 (markup is written as it comes)
"""Twenty templates of news pages, as sites of different kinds and years make them, furniture and faults
included.

A headline and paragraphs in, a page of HTML out. The texts are those of our own stories; what a
template adds is furniture that a reader of the report does not want: navigation, related stories,
sharing, comments, consent, promotion.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

Template = Callable[[str, Sequence[str]], str]

NAV = "".join(
    f'<li><a href="/{name.lower()}">{name}</a></li>'
    for name in ("Home", "World", "Business", "Sport", "Opinion")
)
RELATED = (
    "Council delays vote on new tram line", "Five things to know about the regatta",
    "Why the price of bread keeps rising", "In pictures: the lantern parade", "Storm names for next winter announced",
)  # fmt: skip
TEASERS = "".join(f'<li><a href="/s/{n}">{title}</a></li>' for n, title in enumerate(RELATED))
CARDS = "".join(
    f'<div class="card"><a href="/s/{n}"><h3>{title}</h3><p>Our reporters look at what it means for the town '
    f"and who will have to pay for it in the end, {n + 2} min read.</p></a></div>"
    for n, title in enumerate(RELATED)
)
COMMENTS = "".join(
    f'<li class="comment"><b>{name}</b><p>{words}</p></li>'
    for name, words in (
        (
            "harbourmouse",
            "I said years ago that this would happen and nobody listened to me, as usual in this town.",
        ),
        (
            "Old Tom",
            "Typical. They will find somebody small to blame and nothing will change, mark my words.",
        ),
        (
            "vera_k",
            "Can somebody explain why there is no picture of the bridge? You had one yesterday evening.",
        ),
    )
)
COOKIES = "We and our 812 partners store and access information on a device, such as cookies, and process personal data."
LETTER = "Sign up to our newsletter and get the best of our reporting in your inbox every morning at seven."


def _ps(paragraphs: Sequence[str], tag: str = "p", more: str = "") -> str:
    return "".join(f"<{tag}{more}>{escape(text, quote=False)}</{tag}>\n" for text in paragraphs)


def _page(title: str, body: str, head: str = "") -> str:
    return f"<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8><title>{escape(title)}</title>{head}</head>\n<body>{body}</body></html>"


def newspaper(title: str, text: Sequence[str]) -> str:
    """HTML5 with all the elements, a newsletter box and a promotion between the paragraphs."""
    first, rest = text[: len(text) // 2], text[len(text) // 2 :]
    return _page(
        f"{title} | The Tide",
        f"<header><nav><ul>{NAV}</ul></nav></header><main><article><h1>{escape(title)}</h1><div class='article-body'>{_ps(first)}"
        f"<aside class='newsletter-signup'><h4>Morning Tide</h4><p>{LETTER}</p></aside>{_ps(rest)}</div>"
        f"<section class='related'><h2>More on this story</h2><ul>{TEASERS}</ul></section></article></main>"
        "<footer><p>The Tide is part of Velmar Media Group, registered at 1 Quay Street, Velmar. All rights reserved.</p></footer>",
    )


def wordpress(title: str, text: Sequence[str]) -> str:
    """A theme of the blog program, with sharing, an author's box, related posts and comments."""
    return _page(
        f"{title} - Quayside Notes",
        f"<div id='page' class='hfeed site'><header id='masthead'><p class='site-title'>Quayside Notes</p><ul class='menu'>{NAV}</ul></header>"
        f"<div id='primary' class='content-area'><main id='main'><article class='post-12 post type-post hentry'><header class='entry-header'>"
        f"<h1 class='entry-title'>{escape(title)}</h1><div class='entry-meta'>Posted on <time datetime='2031-03-04'>4 March 2031</time></div></header>"
        f"<div class='entry-content'>{_ps(text)}<div class='sharedaddy'><h3>Share this:</h3><ul><li>Facebook</li><li>Email</li></ul></div>"
        f"<div id='jp-relatedposts' class='jp-relatedposts'><h3>Related</h3>{CARDS}</div></div>"
        f"<div class='author-box'><p>Jo Penn has written about the port since 2009 and lives on a boat with two cats.</p></div></article>"
        f"<div id='comments' class='comments-area'><h2>3 thoughts</h2><ol class='comment-list'>{COMMENTS}</ol></div></main></div>"
        f"<aside id='secondary' class='widget-area'><section class='widget'><h2>Recent Posts</h2><ul>{TEASERS}</ul></section></aside></div>",
    )


def amp(title: str, text: Sequence[str]) -> str:
    """An accelerated page: custom elements, a consent banner, advertisements between the paragraphs."""
    ad = "<amp-ad width=300 height=250 type=x><div placeholder>Advertisement</div></amp-ad>"
    body = ad.join(_ps([p]) for p in text)
    return _page(
        title,
        f"<amp-consent id=c><div>{COOKIES} <button>Accept</button></div></amp-consent><amp-sidebar id=s><ul>{NAV}</ul></amp-sidebar>"
        f"<article class='amp-wp-article'><header><h1 class='amp-wp-title'>{escape(title)}</h1></header><div class='amp-wp-article-content'>{body}</div></article>",
        "<link rel=canonical href=https://tide.example/a>",
    )


def live(title: str, text: Sequence[str]) -> str:
    """A live blog: every paragraph an entry with its time, the newest first."""
    entries = "".join(
        f"<section class='live-entry' id='e{n}'><time>{18 - n // 4}:{50 - n % 5 * 10}</time>{_ps([p])}<div class='share'>Share</div></section>"
        for n, p in enumerate(text)
    )
    return _page(
        f"{title} - live",
        f"<nav><ul>{NAV}</ul></nav><main><h1>{escape(title)}</h1><div class='live-feed'>{entries}</div>"
        f"<aside><h2>Most read</h2><ol>{TEASERS}</ol></aside></main>",
    )


def soup(title: str, text: Sequence[str]) -> str:
    """Nothing but `div`s with names that say nothing."""
    rows = "".join(
        f"<div class='c{n % 3}'><div>{escape(p, quote=False)}</div></div>" for n, p in enumerate(text)
    )
    links = "".join(f"<div class=x9><a href=/{n}>{t}</a></div>" for n, t in enumerate(RELATED))
    return _page(
        title,
        f"<div id=r><div class=a1><div class=b>{links}</div></div><div class=a2><div class=h><div class=t><h1>{escape(title)}</h1></div></div>"
        f"<div class=m>{rows}</div></div><div class=a3>{links}</div></div>",
    )


def tables(title: str, text: Sequence[str]) -> str:
    """A page of 1999: layout by tables, text by font and breaks, tags in capitals."""
    body = "<BR><BR>\n".join(escape(p, quote=False) for p in text)
    links = "<BR>".join(f"<A HREF=/{n}.html>{t}</A>" for n, t in enumerate(RELATED))
    return (
        f"<HTML><HEAD><TITLE>{escape(title)}</TITLE></HEAD><BODY BGCOLOR=white><TABLE WIDTH=760><TR><TD COLSPAN=3><IMG SRC=logo.gif></TD></TR>"
        f"<TR><TD WIDTH=120 VALIGN=top><FONT SIZE=1>{links}</FONT></TD><TD><H1>{escape(title)}</H1><FONT FACE=Times>{body}</FONT></TD>"
        f"<TD WIDTH=120><FONT SIZE=1>{links}</FONT></TD></TR></TABLE><CENTER><FONT SIZE=1>Copyright 1999 The Tide</FONT></CENTER></BODY></HTML>"
    )


def broken(title: str, text: Sequence[str]) -> str:
    """Tags that are never closed, closed twice, or closed in the wrong order."""
    body = "".join(
        f"<p><span>{escape(p, quote=False)}<b></p></span>" if n % 2 else f"<p>{escape(p, quote=False)}"
        for n, p in enumerate(text)
    )
    return f"<html><body><div class=nav><ul>{NAV}</div></ul><div><h1>{escape(title)}</h2><div class=story>{body}</div></div></div><div class=related><ul>{TEASERS}"


def headless(title: str, text: Sequence[str]) -> str:
    """No html, head or body; a fragment as content systems export it."""
    return f"<h1>{escape(title)}</h1>\n{_ps(text)}"


def schema(title: str, text: Sequence[str]) -> str:
    """Microdata on every element, the text in sections with headings between."""
    half = len(text) // 2
    return _page(
        title,
        f"<div itemscope itemtype='https://schema.org/NewsArticle'><ul class=breadcrumbs>{NAV}</ul><h1 itemprop=headline>{escape(title)}</h1>"
        f"<div itemprop=articleBody><section>{_ps(text[:half])}</section><section>{_ps(text[half:])}</section></div>"
        f"<div class='social-bar'>Share Tweet Email</div></div><div class='most-popular'><h2>Most popular</h2><ol>{TEASERS}</ol></div>"
        f"<div class='cookie-banner'>{COOKIES}</div>",
    )


def aggregator(title: str, text: Sequence[str]) -> str:
    """A copy by a program, with its residue."""
    return _page(
        title,
        f"<div class=wrap><div class=top><ul>{NAV}</ul></div><div class=single><h1>{escape(title)}</h1><span>5 months ago 4</span><p>ARTICLE AD BOX</p>"
        f"{_ps(text)}<p><a href=https://tide.example/a>Read Entire Article</a></p></div><div class=sidebar><h3>Trending</h3><ul>{TEASERS}</ul></div></div>",
    )


def paywall(title: str, text: Sequence[str]) -> str:
    """Behind an appeal to subscribe, with the rest of the text still on the page."""
    return _page(
        title,
        f"<div class='site-header'><ul>{NAV}</ul></div><article><h1>{escape(title)}</h1>{_ps(text[:2])}"
        f"<div class='paywall-overlay'><h2>Subscribe to go on reading</h2><p>{LETTER}</p><button>From 2 a week</button></div>"
        f"<div class='premium-content'>{_ps(text[2:])}</div></article>",
    )


def script(title: str, text: Sequence[str]) -> str:
    """Rendered by a program: a root, generated class names, its data once more as JSON."""
    rows = "".join(
        f"<div class='css-1fanzo5'><p class='css-at9mc1'>{escape(p, quote=False)}</p></div>" for p in text
    )
    return _page(
        title,
        f"<div id=__next><div class='css-0'><nav class='css-n'>{NAV}</nav><div class='css-1vkm6nb'><h1 class='css-88wicj'>{escape(title)}</h1></div>"
        f"<section name=articleBody class='css-1r7ky0e'>{rows}</section><div class='css-rel'><h2>Related Content</h2>{CARDS}</div></div></div>"
        '<script id=__NEXT_DATA__ type=application/json>{"props": {"text": "not for reading"}}</script>',
    )


def mobile(title: str, text: Sequence[str]) -> str:
    """A light page: paragraphs straight in the body, the menu at the end."""
    return _page(
        title,
        f"<h1>{escape(title)}</h1>{_ps(text)}<hr><h4>Menu</h4><ul>{NAV}</ul><p class=footer>About us | Contact | Terms</p>",
    )


def magazine(title: str, text: Sequence[str]) -> str:
    """Drop capitals, a pulled quotation, headings between, figures with captions."""
    pull = f"<aside class='pull-quote'><p>{escape(text[0][:80], quote=False)}</p></aside>"
    return _page(
        title,
        f"<header class=global><ul>{NAV}</ul></header><main class=longread><h1>{escape(title)}</h1><div class=story-body>"
        f"<p class=dropcap>{escape(text[0], quote=False)}</p>{pull}{_ps(text[1:])}</div><div class='teaser-grid'>{CARDS}</div></main>",
    )


def forum(title: str, text: Sequence[str]) -> str:
    """A report as the first post of a thread, with answers below."""
    answers = "".join(
        f"<div class='reply comment'><p>{w}</p></div>"
        for w in ("Thanks for posting this here, I could not open it.", "Same old story.")
    )
    return _page(
        title,
        f"<div class=forum><div class='nav-bar'>{NAV}</div><h1>{escape(title)}</h1><div class='post first'><div class=post-content>{_ps(text)}</div></div>"
        f"<div class='replies comments'>{answers * 3}</div></div>",
    )


def agency(title: str, text: Sequence[str]) -> str:
    """An agency's page: the text in one `pre`, blank lines between paragraphs."""
    body = escape("\n\n".join(text), quote=False)
    return _page(
        title,
        f"<div class=header>{NAV}</div><h1>{escape(title)}</h1><pre class=story>{body}</pre><div class=footer>Terms of use</div>",
    )


def spans(title: str, text: Sequence[str]) -> str:
    """An editor that makes every paragraph a `div` of `span`s, with empty ones between."""
    rows = "".join(
        f"<div><span style='color:#333'>{escape(p, quote=False)}</span></div><div><br></div>" for p in text
    )
    return _page(
        title,
        f"<nav>{NAV}</nav><div class=content-main><h1>{escape(title)}</h1><div class=rich-text>{rows}</div></div><div class=footer-links>{TEASERS}</div>",
    )


def inline(title: str, text: Sequence[str]) -> str:
    """Related stories as paragraphs between the paragraphs, and a box of facts."""
    rows = "".join(
        _ps([p])
        + (f"<p class='read-more'><a href=/x>READ MORE: {RELATED[n // 3 % 5]}</a></p>" if n % 3 == 1 else "")
        for n, p in enumerate(text)
    )
    return _page(
        title,
        f"<header><ul>{NAV}</ul></header><article><h1>{escape(title)}</h1>{rows}</article><section id=disqus_thread>{COMMENTS}</section>",
    )


def gallery(title: str, text: Sequence[str]) -> str:
    """Lists of pictures before and after, a consent dialog, a footer with many words."""
    pics = "".join(f"<figure><img src={n}.jpg></figure>" for n in range(4))
    small = (
        "<p>"
        + "This site uses your data as described in our policy, which you accept by reading on. " * 4
        + "</p>"
    )
    return _page(
        title,
        f"<div role=dialog class=consent><p>{COOKIES}</p></div><div role=navigation>{NAV}</div><div role=main><h1>{escape(title)}</h1>{pics}{_ps(text)}{pics}</div>"
        f"<div role=contentinfo class=site-footer>{small}</div>",
    )


def definition(title: str, text: Sequence[str]) -> str:
    """An old newspaper's system: a definition list for the text, the heading as the site's name."""
    rows = "".join(f"<dd>{escape(p, quote=False)}</dd>" for p in text)
    return _page(
        title,
        f"<h1><a href=/>The Velmar Packet</a></h1><div class=menu>{NAV}</div><h2>{escape(title)}</h2><dl class=text>{rows}</dl><div class=ads>Buy a boat</div>",
    )


TEMPLATES: tuple[Template, ...] = (
    newspaper, wordpress, amp, live, soup, tables, broken, headless, schema, aggregator,
    paywall, script, mobile, magazine, forum, agency, spans, inline, gallery, definition,
)  # fmt: skip
