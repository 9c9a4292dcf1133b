"""The main text of a web page as lines in order, each with its place in the page's tags.

A parsed page in; `Line`s out (text, kind by tag, depth of block quotations, links). Ordinary extractors drop
the line before a quotation, bylines and sign-offs (measured: they keep 6 to 10 of 13 such constructs), so
here a page is only cleared of what is furniture by tag or class, and the container is the smallest element
that holds most of the prose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from ondit.intake import forms
from ondit.intake.decode import seen
from ondit.records import BlockKind
from ondit.text.offsets import trimmed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SILENT = frozenset(
    str.split(
        "script style noscript template svg math iframe object embed button input select textarea canvas "
        "audio video map dialog menu head option datalist progress meter"
    )
)
_ASIDE = frozenset({"nav", "aside"})
_BLOCKS = frozenset(
    str.split(
        "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table "
        "tbody td tfoot th thead tr ul time"
    )
)
_HEADS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_ROLES = frozenset(
    str.split(
        "navigation complementary search banner dialog alert alertdialog menu menubar toolbar contentinfo"
    )
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:related\w*|jp-relatedposts|sharedaddy|author-?(?:box|bio|card|info)|recirc\w*|recommend\w*|trending|most-?(?:read|popular|viewed)|popular|newsletter|sign-?up|subscri\w+"
    r"|promos?|promotion|advert\w*|ads?|ad-?(?:slot|box|unit|wrapper|container)|sponsor\w*|shar(?:e|ing)|social|toolbar"
    r"|breadcrumbs?|cookies?|consent|gdpr|paywall|side-?bar|rail|widget|nav|navigation|navbar|menu|masthead|footer|modal|popup"
    r"|overlay|outbrain|taboola|pagination|pager|tags?|topics|read-?(?:more|next)|more-(?:stories|news|from|on)|also-(?:like|read)"
    r"|up-next|wm-ipp\w*|skip|sr-only|visually-hidden|screen-reader\w*|toc|hidden|teasers?|jump-?links?|pull-?quote)(?=$|[\s_-])",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment-?(?:list|section|thread|area|body)|disqus\w*|responses|replies)(?=$|[\s_-])",
    re.IGNORECASE,
)
_MAKER = re.compile(r"(?:^|[\s_-])(?:by-?line|authors?|writers?|contributors?)(?=$|[\s_-])", re.IGNORECASE)
_AUTHOR_BOX = re.compile(r"(?:^|[\s_-])author-?(?:box|bio|card|info)(?=$|[\s_-])", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:^|[\s_-])(?:credits?|copyright|photographer|image-?source|source)(?=$|[\s_-])", re.IGNORECASE
)
_SPACE = re.compile(r"[ \t\n\r\x0b\x0c]+")
_TEXTUAL = frozenset(str.split("a span p h1 article main time cite em strong b i blockquote figcaption"))
_PROSE = frozenset({"p", "blockquote", "pre", "dd", "q", "cite"})
_INSIDE_TEASERS = frozenset(str.split("p div h2 h3 h4 h5 h6 section article"))
_HOLD_MENUS = frozenset(str.split("ul ol div nav menu header footer section"))
_LONGEST_HEADLINE = 300
_MOSTLY = 0.8
_MOST_MARKS = 8
_NEAR = 40
_HINTED = 0.4


class Anchor(NamedTuple):
    """A marked stretch of a line (code points in its text): a link, a cited work, or a picture's credit."""

    start: int
    end: int
    href: str
    tag: str


@dataclass(slots=True)
class Line:
    """A line of the main text. `kind` is what tags say, "paragraph" where they say nothing."""

    text: str
    kind: BlockKind
    depth: int
    anchors: list[Anchor]
    quote: Element | None = None


def walk(
    root: Element, skip: frozenset[Element] | set[Element] = frozenset()
) -> Iterator[tuple[bool, Element]]:
    """Every element twice: with True where it starts, with False where it ends; no recursion."""
    stack = [root]
    inner = [iter(root)]
    yield True, root
    while stack:
        child = next(inner[-1], None)
        if child is None:
            inner.pop()
            yield False, stack.pop()
        elif child not in skip:
            stack.append(child)
            inner.append(iter(child))
            yield True, child


def tag_of(element: Element) -> str:
    """The tag's name in small letters."""
    return str(element.tag).lower()


def words_of(element: Element) -> str:
    """All text in an element, white space collapsed."""
    return _SPACE.sub(" ", "".join(str(piece) for piece in element.itertext())).strip()


# ------------------------------------------------------------------- the frame


class Frame(NamedTuple):
    """Where a page's report stands: body, headline, the container of its prose, and what is furniture."""

    body: Element
    headline: Element | None
    container: Element
    furniture: set[Element]


def frame(root: Element, title: str | None) -> Frame | None:
    """The frame of a page; `title` (what its metadata call it) tells its headline from the site's name."""
    body = next((child for child in root if tag_of(child) == "body"), root)
    heads = list(body.iter("h1"))
    kept = {above for head in heads for above in head.iterancestors()}
    furniture = {element for element in body.iter(*_SILENT, *_ASIDE) if element not in kept}
    sizes = _prose(body, furniture)
    furniture |= _named_furniture(body, sizes, kept)
    if not sizes.get(body):
        return None
    return Frame(body, _headline(body, furniture, title), _container(body, sizes), furniture)


def _prose(body: Element, skip: set[Element]) -> dict[Element, int]:
    """For every element, how much running text it holds; text of links counts inside paragraphs only."""
    sizes: dict[Element, int] = {}
    prose = links = 0
    for start, element in walk(body, skip):
        tag = tag_of(element)
        if start:
            prose += tag in _PROSE
            links += tag == "a"
            sizes[element] = _weight(element.text, prose, links)
            continue
        prose -= tag in _PROSE
        links -= tag == "a"
        parent = element.getparent()
        if element is not body and parent is not None:
            sizes[parent] += sizes[element] + _weight(element.tail, prose, links)
    return sizes


def _weight(text: str | None, prose: int, links: int) -> int:
    if not text or (links and not prose):
        return 0
    size = len(text.strip())
    return size if prose or size >= 40 else 0


def _named_furniture(body: Element, sizes: dict[Element, int], kept: set[Element]) -> set[Element]:
    """What is furniture by role or class, taken out of `sizes`; what holds much of the prose never is."""
    most = sizes.get(body, 0)
    out: set[Element] = set()
    gone: set[Element] = set()
    for element in list(sizes):
        if element.getparent() in gone:
            gone.add(element)
        elif (
            element is not body
            and element not in kept
            and _drops(element, small=sizes[element] * 10 <= most * 3)
        ):
            out.add(element)
            gone.add(element)
            for above in element.iterancestors():
                if above in sizes:
                    sizes[above] -= sizes[element]
    for element in gone:
        del sizes[element]
    return out


def _drops(element: Element, *, small: bool) -> bool:
    tag = tag_of(element)
    names = _names(element)
    if (
        element.get("hidden") is not None
        or "display:none" in (element.get("style") or "").replace(" ", "").lower()
    ):
        return True
    if names and _COMMENTS.search(names) and tag not in ("body", "main", "a", "span"):
        return True
    return small and (_by_name(element, tag, names) or _teaser(element, tag) or _menu(element, tag))


def _teaser(element: Element, tag: str) -> bool:
    """A link around whole blocks leads to another report and shows its headline and first words."""
    return tag == "a" and any(tag_of(inner) in _INSIDE_TEASERS for inner in islice(element.iter(), 1, 30))


def _menu(element: Element, tag: str) -> bool:
    """Three or more list items that are nothing but links into the site itself: sources lead elsewhere."""
    items = [child for child in islice(element, 200) if tag_of(child) == "li"] if tag in _HOLD_MENUS else []
    return len(items) > 2 and len(items) == len(element) and all(map(_leads_inside, items))


def _leads_inside(item: Element) -> bool:
    links = list(islice(item.iter("a"), 2))
    href = (links[0].get("href") or "").strip() if len(links) == 1 else "//"
    return not re.match(r"(?:[a-z]+:)?//", href) and words_of(item) == words_of(links[0])


def _by_name(element: Element, tag: str, names: str) -> bool:
    if (element.get("role") or "").lower() in _ROLES:
        return True
    if tag in ("footer", "header"):
        return not any(
            tag_of(above) in ("article", "blockquote", "main") for above in element.iterancestors()
        )
    if tag in _TEXTUAL:
        return False
    if not names or _FURNITURE.search(names) is None:
        return False
    return _AUTHOR_BOX.search(names) is not None or _MAKER.search(names) is None


def _names(element: Element) -> str:
    one, other = element.get("class"), element.get("id")
    return f"{one or ''} {other or ''}"[:500] if one or other else ""


def _container(body: Element, sizes: dict[Element, int]) -> Element:
    """The smallest element that holds most of the prose, looked for where the page says its article is."""
    hinted = [
        e
        for e in sizes
        if tag_of(e) in ("article", "main") or e.get("itemprop") == "articleBody" or e.get("role") == "main"
    ]
    best = max(hinted, key=lambda e: sizes[e], default=None)
    at = best if best is not None and sizes[best] >= _HINTED * sizes[body] else body
    while True:
        inner = max((child for child in at if child in sizes), key=lambda e: sizes[e], default=None)
        if inner is None or sizes[inner] < _MOSTLY * sizes[at] or tag_of(inner) in _PROSE | {"li", "figure"}:
            return at
        at = inner


def _headline(body: Element, furniture: set[Element], title: str | None) -> Element | None:
    """The heading that says what the page's title says; else the longest `h1`, in an article if there is one.

    Many templates give their site's name the `h1` and the report's headline an `h2`.
    """
    seen = [e for e in islice(body.iter("h1", "h2"), 60) if not ({e, *e.iterancestors()} & furniture)]
    wanted = _letters(title or "")
    for head in seen:
        letters = _letters(words_of(head))
        if len(letters) > 8 and wanted and (wanted in letters or _opens(wanted, letters)):
            return head
    heads = [head for head in seen if tag_of(head) == "h1"]
    return max(heads, key=lambda head: (_in_article(head), len(words_of(head))), default=None)


def _opens(title: str, letters: str) -> bool:
    """The title is these letters and, at most as much again, the site's name."""
    return title.startswith(letters) and len(letters) * 5 >= len(title) * 2


def _in_article(element: Element) -> bool:
    return any(tag_of(above) in ("article", "main") for above in element.iterancestors())


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


# ------------------------------------------------------------------- the lines


def lines(page: Frame) -> list[Line]:
    """The report's lines: headline, what stands between it and the text, the text, and sign-offs after it."""
    scribe = _Scribe(page)
    for start, element in walk(page.body, page.furniture):
        scribe.turn(element, start=start)
    return scribe.lines


class _Scribe:
    """Writes a walk down: a block tag ends the line, and what stands around it makes its kind."""

    def __init__(self, page: Frame) -> None:
        self.lines: list[Line] = []
        self._page = page
        self._zone = "before" if page.headline is not None else "between"
        self._open: list[Element] = []
        self._tags: list[str] = []
        self._quotes: list[Element] = []
        self._marks: list[tuple[Element, str, int]] = []
        self._anchors: list[Anchor] = []
        self._text: list[str] = []
        self._size = 0

    def turn(self, element: Element, *, start: bool) -> None:
        """One step of the walk."""
        tag = tag_of(element)
        edge = element is self._page.container or element is self._page.headline
        if tag in _BLOCKS or tag == "br" or edge:
            self._end_line()
        if start:
            self._enter(element, tag, edge=edge)
        else:
            self._leave(element, tag, edge=edge)

    def _enter(self, element: Element, tag: str, *, edge: bool) -> None:
        if edge and self._zone != "inside":
            self._zone = "inside" if element is self._page.container else "headline"
        self._open.append(element)
        self._tags.append(tag)
        if tag == "blockquote":
            self._quotes.append(element)
        marked = tag in ("a", "cite") or (tag == "span" and _CREDIT.search(_names(element)))
        if marked and len(self._marks) < _MOST_MARKS:
            self._marks.append((element, tag, self._size))
        self._write("“" if tag == "q" else None)
        self._write(element.text)

    def _leave(self, element: Element, tag: str, *, edge: bool) -> None:
        self._write("”" if tag == "q" else None)
        if self._marks and self._marks[-1][0] is element:
            self._anchor(*self._marks.pop())
        self._open.pop()
        self._tags.pop()
        if tag == "blockquote":
            self._quotes.pop()
        if edge and element is self._page.container:
            self._zone = "after"
        elif edge and self._zone == "headline":
            self._zone = "between"
        self._write(element.tail)

    def _write(self, text: str | None) -> None:
        if text:
            text = seen(text)
            self._text.append(text)
            self._size += len(text)

    def _anchor(self, element: Element, tag: str, start: int) -> None:
        if self._size > start:
            self._anchors.append(Anchor(start, self._size, element.get("href") or "", tag))

    def _end_line(self) -> None:
        for element, tag, start in self._marks:
            self._anchor(element, tag, start)
        self._marks = [(element, tag, 0) for element, tag, _ in self._marks]
        if self._text:
            text, anchors = _flat("".join(self._text), self._anchors)
            if text:
                line = self._line(text, anchors)
                self.lines.extend([line] if _fits(line, self._zone) else [])
        self._text, self._anchors, self._size = [], [], 0

    def _line(self, text: str, anchors: list[Anchor]) -> Line:
        made = any(_is_maker(element) for element in self._open[-4:])
        maker = made and len(text) <= 150 and not forms.a_sentence(text)
        kind: BlockKind = "byline" if maker else _kind(self._tags[-_NEAR:], quoted=bool(self._quotes))
        if kind == "headline" and len(text) > _LONGEST_HEADLINE:
            kind = "paragraph"  # a heading that was never closed
        return Line(text, kind, len(self._quotes), anchors, self._quotes[-1] if self._quotes else None)


def _is_maker(element: Element) -> bool:
    tag = tag_of(element)
    return tag == "address" or (
        tag not in ("body", "article", "main") and _MAKER.search(_names(element)) is not None
    )


def _kind(tags: list[str], *, quoted: bool) -> BlockKind:
    """What the nearest open tags, innermost last, make of a line."""
    for tag in reversed(tags):
        if tag == "h1" or tag in _HEADS:
            return "headline"
        if tag in ("figcaption", "figure", "caption"):
            return "caption"
        if quoted and tag in ("footer", "cite"):
            return "tail"
        if tag in ("li", "dt", "dd") and not quoted:
            return "list"
        if tag == "blockquote":
            return "blockquote"
    return "blockquote" if quoted else "paragraph"


def _flat(raw: str, anchors: list[Anchor]) -> tuple[str, list[Anchor]]:
    """A line with its white space collapsed, in NFC, and its anchors moved along.

    >>> _flat("  a \\n b ", [Anchor(2, 7, "x", "a")])
    ('a b', [Anchor(start=0, end=3, href='x', tag='a')])
    """
    cuts = sorted({0, len(raw), *(a.start for a in anchors), *(a.end for a in anchors)})
    moved = {0: 0}
    text = ""
    for start, end in pairwise(cuts):
        piece = _SPACE.sub(" ", raw[start:end])
        text += piece.lstrip(" ") if not text or text[-1] == " " else piece
        moved[end] = len(text)
    text = text.rstrip(" ")
    out = [Anchor(*trimmed(text, moved[a.start], moved[a.end]), a.href, a.tag) for a in anchors]
    return _composed(text, [a for a in out if a.end > a.start])


def _composed(text: str, anchors: list[Anchor]) -> tuple[str, list[Anchor]]:
    if unicodedata.is_normalized("NFC", text):
        return text, anchors
    whole = unicodedata.normalize("NFC", text)
    out: list[Anchor] = []
    for anchor in anchors:
        start = len(unicodedata.normalize("NFC", text[: anchor.start]))
        end = len(unicodedata.normalize("NFC", text[: anchor.end]))
        if start < end <= len(whole):
            out.append(Anchor(start, end, anchor.href, anchor.tag))
    return whole, out


def _fits(line: Line, zone: str) -> bool:
    """Between headline and text stand bylines, captions, a standfirst; after it only sign-offs count."""
    if zone in ("inside", "headline"):
        return True
    if zone == "after":
        return forms.tail(line.text) or forms.tail_start(line.text) == 0
    if zone == "before":
        return False
    if line.kind in ("caption", "byline") or forms.byline(line.text) is not None:
        return True
    linked = sum(anchor.end - anchor.start for anchor in line.anchors if anchor.tag == "a")
    return linked * 2 < len(line.text) and (len(line.text) >= 25 or forms.masthead(line.text))
