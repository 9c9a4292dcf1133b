# ruff: noqa: E501 (markup and mail are written as they come)
"""Inputs of every format, made small: what tests of intake and the fuzzing benchmark start from."""

from __future__ import annotations

import gzip
import io
import zipfile
from email.message import EmailMessage

LEAD = (
    "The harbour authority closed all berths on Thursday evening after an explosion tore a warehouse "
    "apart, and officials said that the channel would be checked by divers before any ship could sail again."
)
MORE = (
    "Residents of the flats above the quay swept up glass through the night, while fire crews went from "
    "floor to floor and told them that the gas had been turned off until further notice."
)
LINK = "https://lantern.example/shed"

PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Shed blows up | The Tide</title>
<meta property="og:site_name" content="The Tide"><link rel="canonical" href="https://tide.example/shed">
<meta property="article:published_time" content="2031-03-04T09:20:00Z"></head><body><main><article>
<h1>Shed blows up in Velmar</h1><p class="byline">By Ana Reyes</p><p>VELMAR (Reuters) - {LEAD}</p>
<p><a href="{LINK}">The Lantern</a>:</p><blockquote><p>{MORE}</p></blockquote>
<figure><img src="data:image/png;base64,AAAA"><figcaption>The quay. Photograph: Jo Penn/Getty Images</figcaption>
</figure><p>(Reporting by Bo Lind; Editing by P. Oram)</p></article></main></body></html>""".encode()

TEXT = f"""Shed blows up in Velmar

By Ana Reyes

VELMAR (Reuters) - {LEAD}

{MORE}

(Reporting by Bo Lind; Editing by P. Oram)
""".encode()

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Tide</title>
<link>https://tide.example/</link><language>en-GB</language>
<item><title>Shed blows up &amp;amp; burns</title><link>https://tide.example/shed</link>
<pubDate>Tue, 04 Mar 2031 09:20:00 GMT</pubDate><dc:creator>Ana Reyes</dc:creator>
<source url="https://lantern.example/rss">The Lantern</source>
<description>{LEAD[:90]}</description>
<content:encoded><![CDATA[<p>{LEAD}</p><p><a href="{LINK}">The Lantern</a>:</p><blockquote>{MORE}</blockquote>]]>
</content:encoded>
<media:content url="https://tide.example/1.jpg"><media:credit role="photographer">Jo Penn</media:credit>
</media:content></item>
<item><title>Ships wait</title><link>/ships</link><description>{MORE}</description></item></channel></rss>""".encode()

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="text">The Tide</title>
<link href="https://tide.example/"/><entry><title type="html">Shed &amp;lt;em&amp;gt;blows&amp;lt;/em&amp;gt; up</title>
<link rel="alternate" href="/shed"/><link rel="via" title="The Lantern" href="{LINK}"/>
<updated>2031-03-04T10:00:00Z</updated><published>2031-03-04T09:20:00Z</published>
<author><name>Ana Reyes</name></author>
<source><title>The Buoy</title><link href="https://buoy.example/"/></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{LEAD}</p><blockquote><p>{MORE}</p></blockquote>
</div></content></entry></feed>""".encode()

RDF = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://tide.example/"><title>The Tide</title><link>https://tide.example/</link></channel>
<item rdf:about="https://tide.example/shed"><title>Shed blows up</title><link>https://tide.example/shed</link>
<description>{LEAD}</description><dc:date>2031-03-04</dc:date></item></rdf:RDF>""".encode()

OLD_RSS = f"""<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">
<rss version="0.91"><channel><title>The Tide</title><link>https://tide.example/</link><item><title>Shed&nbsp;blows up
</title><link>https://tide.example/shed</link><description>{LEAD}</description></item></channel></rss>""".encode()

JSON_FEED = (
    '{"version": "https://jsonfeed.org/version/1.1", "title": "The Tide", "home_page_url": "https://tide.example/",\n'
    '"items": [{"id": "1", "url": "https://tide.example/shed", "external_url": "https://lantern.example/shed",\n'
    '"title": "Shed blows up", "date_published": "2031-03-04T09:20:00Z", "authors": [{"name": "Ana Reyes"}],\n'
    f'"content_html": "<p>{LEAD}</p><blockquote>{MORE}</blockquote>"}}]}}'
).encode()

ROWS = (
    f'{{"id": "r1", "outlet": "The Tide", "headline": "Shed blows up", "text": "{LEAD}\\n\\n{MORE}"}}\n'
    f'{{"id": "r2", "outlet": "The Buoy", "headline": "Ships wait", "text": "{MORE}"}}\n'
).encode()

SHEET = f'id,outlet,headline,text\nr1,The Tide,Shed blows up,"{LEAD}\n\n{MORE}"\nr2,The Buoy,Ships wait,"{MORE}"\n'.encode()


def record(
    kind: str,
    body: bytes,
    url: str = "https://tide.example/shed",
    content: str = "application/http; msgtype=response",
) -> bytes:
    """A record of a web archive."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-03-05T00:00:00Z\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def answer(body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, more: str = "") -> bytes:
    """A server's answer."""
    return f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


ARCHIVE = (
    record("warcinfo", b"software: none\r\n", content="application/warc-fields")
    + record("request", b"GET /shed HTTP/1.1\r\n\r\n", content="application/http; msgtype=request")
    + record("response", answer(PAGE))
    + record("response", answer(b"\x89PNG...", "image/png"), "https://tide.example/1.png")
    + record("response", answer(TEXT, "text/plain"), "https://buoy.example/ships.txt")
)


def packed_archive(raw: bytes = ARCHIVE) -> bytes:
    """An archive as crawlers write it: every record a gzip member of its own."""
    return b"".join(gzip.compress(b"WARC/1.0" + piece, mtime=0) for piece in raw.split(b"WARC/1.0")[1:])


def mail(attached: bytes | None = None) -> bytes:
    """A newsletter."""
    message = EmailMessage()
    message["From"] = "The Tide <letters@tide.example>"
    message["To"] = "reader@buoy.example"
    message["Subject"] = "Fwd: Shed blows up in Velmar"
    message["Date"] = "Tue, 04 Mar 2031 09:20:00 +0100"
    message["Message-ID"] = "<1@tide.example>"
    message.set_content(TEXT.decode())
    message.add_alternative(
        f'<p>{LEAD}</p><p><a href="{LINK}">The Lantern</a>:</p><blockquote>{MORE}</blockquote>', "html"
    )
    if attached is not None:
        message.add_attachment(attached, "text", "html", filename="page.html")
    return bytes(message)


MAIL = mail()
MAILBOX = (
    b"From a@tide.example Tue Mar  4 09:20:00 2031\n"
    + MAIL
    + b"\nFrom b@tide.example Tue Mar  4 09:21:00 2031\n"
    + MAIL
)
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://tide.example/shed\r\nSubject: Shed\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="x1"\r\n\r\n'
    b"--x1\r\nContent-Type: text/html\r\nContent-Location: https://tide.example/shed\r\n\r\n"
    + PAGE
    + b"\r\n--x1--\r\n"
)


def zipped(parts: dict[str, bytes]) -> bytes:
    """A ZIP archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def writing(*paragraphs: tuple[str, str]) -> bytes:
    """A Word document of (style, text)."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode()})


WRITING = writing(("Title", "Shed blows up"), ("", LEAD), ("Quote", MORE), ("Caption", "The quay."))
ZIP = zipped({"a/shed.html": PAGE, "b.txt": TEXT})


def pdf(*pages: list[str]) -> bytes:
    """A PDF file with these lines on its pages, set in Helvetica."""
    streams = []
    for lines in pages:
        shown = "".join(
            f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj T*\n" for line in lines
        )
        streams.append(f"BT /F1 10 Tf 12 TL 40 800 Td\n{shown}ET".encode("latin-1"))
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(streams)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(streams)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, stream in enumerate(streams):
        content = 5 + 2 * number
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {content} 0 R>>".encode()
        )
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream))
    out = b"%PDF-1.4\n"
    places = []
    for number, made in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, made)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def set_in_lines(text: str, width: int = 90) -> list[str]:
    """A paragraph in lines of a width."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


PDF = pdf(
    [
        "Shed blows up in Velmar",
        "By Ana Reyes",
        *set_in_lines(f"VELMAR (Reuters) - {LEAD}"),
        "",
        *set_in_lines(MORE),
    ]
)

INPUTS: dict[str, bytes] = {
    "page": PAGE,
    "text": TEXT,
    "rss": RSS,
    "atom": ATOM,
    "rdf": RDF,
    "json-feed": JSON_FEED,
    "lines": ROWS,
    "json": b"[" + ROWS.strip().replace(b"\n", b",") + b"]",
    "sheet": SHEET,
    "archive": ARCHIVE,
    "archive.gz": packed_archive(),
    "mail": MAIL,
    "mailbox": MAILBOX,
    "mhtml": MHTML,
    "zip": ZIP,
    "writing": WRITING,
    "pdf": PDF,
    "gzip": gzip.compress(PAGE, mtime=0),
}
