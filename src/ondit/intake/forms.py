"""The set forms of a news report: datelines, bylines, sign-offs, captions, page furniture.

Lines in, what their form says out; no sentence is understood here. Forms are those of news in general
(the phrases stand in data/en/furniture.tsv), and a line that could be news has none of them: losing a
claim is worse than keeping furniture.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from ondit.text.lexicon import table

Furniture = Literal["line", "heading", "tail"]

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_WEEKDAY = r"(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?\.?"
DATE = re.compile(
    rf"\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?!\w)|\b(?:19|20)\d\d[-./]\d\d"
    r"|\b\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d\b",
    re.IGNORECASE,
)
TIME = re.compile(
    r"\b\d{1,2}[.:]\d\d\b|\b\d{1,2}\s?[ap]\.?m\b|\b\d+\s?-?\s?(?:min|minute|second|mins)\b", re.IGNORECASE
)
_DATE_PART = re.compile(
    rf"(?:{_WEEKDAY}\s)?(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:\s\d{{4}})?|\d{{4}}|{_WEEKDAY}"
)
_PARTICLES = frozenset(
    str.split("of de del della di da do dos la le el al the and on upon sur von van der den bin ibn y")
)
_LABELS = frozenset(
    str.split(
        "exclusive update updated watch live analysis opinion breaking corrected correction video photos "
        "photo factbox explainer timeline note recap review interview read more related news alert "
        "developing refile recasts adds repeats audio satire sponsored editorial column podcast wrapup "
        "insight fact check graphic q a"
    )
)
_ROLES = re.compile(
    r"\b(?:correspondents?|reporters?|editors?|writers?|columnists?|staff|agenc(?:y|ies)|newsdesk|desk|newsroom|bureau|chief|team"
    r"|contributors?|analysts?|producers?|journalists?|photographers?|service|services|wires?|press|interns?|fellow)\b",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", "…")
_NO_ENDS = ("a.m.", "p.m.", "...")
_QUOTES = "\"'“”‘’«»"


@cache
def _phrases(rule: str) -> frozenset[str]:
    return frozenset(phrase for phrase, features in table("furniture").items() if features[:1] == (rule,))


@cache
def _openers() -> tuple[str, ...]:
    return tuple(_phrases("start"))


@cache
def _signs() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(phrase) for phrase in sorted(_phrases("tail"))))


def is_agency(name: str) -> bool:
    """One of the agencies of data/en/agencies.tsv, or several of them ("AP/Reuters", "AFP, dpa").

    >>> is_agency("The Associated Press"), is_agency("Reuters, dpa"), is_agency("Winnipeg")
    (True, True, False)
    """
    parts = [part.strip().casefold().removeprefix("the ") for part in re.split(r"[,/&]| and ", name)]
    return all(part in table("agencies") for part in parts)


_PRESS = re.compile(
    r"\b(?:Times|Post|News|Guardian|Mail|Journal|Herald|Tribune|Telegraph|Star|Sun|Mirror|Observer|Independent|Gazette"
    r"|Chronicle|Standard|Examiner|Press|Agency|Radio|TV|Television|Network|Magazine|Today|Daily|Weekly|Review|Register"
    r"|Courier|Globe|Monitor|Reporter|Bulletin|Dispatch|Echo|Argus|Sentinel|Advertiser|Record|Voice|Broadcasting|Wire"
    r"|[A-Z]{2,5})\b"
)


def outlet_like(name: str) -> bool:
    """The name of an agency, or one with an article ("The Tide") or a word that outlets bear ("Times")."""
    return is_agency(name) or name.startswith(("The ", "the ")) or _PRESS.search(name) is not None


def capital(word: str) -> bool:
    """The word is written like a name (initial capital); figures and lone marks are neither."""
    bare = word.strip("()[]{}.,;:!?-–—/|·•" + _QUOTES)
    return bare[:1].isupper()


def name_like(words: list[str], most: int = 5) -> bool:
    """One to `most` words, all with a capital but for particles ("Ursula von der Leyen")."""
    return (
        0 < len(words) <= most
        and capital(words[0])
        and all(capital(w) or w.lower() in _PARTICLES for w in words)
    )


def a_sentence(line: str) -> bool:
    """The line ends like a sentence and is long enough for one."""
    body = line.rstrip(_QUOTES + ")")
    return body.endswith(_ENDS) and not body.endswith(_NO_ENDS) and len(line.split()) > 3


# ----------------------------------------------------------------- datelines


class Dateline(NamedTuple):
    """Where a dateline ends in its line, and where its agency stands ((0, 0): none named)."""

    end: int
    agency: tuple[int, int]


_ROUND = re.compile(r"([^()\"“”]{0,80}?)\s*\(([^()]{2,40})\)(\s*[.,:]?\s*(?:--+|[-–—])|[.:](?=\s)|)\s*")
_SLASHED = re.compile(r"([^()/\"“”]{0,80}?)\s*/([^/()]{2,30})/(\s*[.,:]?\s*(?:--+|[-–—])|[.:](?=\s)|)\s*")
_BARE = re.compile(r"([^()\"“”–—]{2,60}?)(\s+(?:--+|-)\s|\s*[–—])\s*")
_STOPPED = re.compile(r"([^()\"“”–—]{2,60}?\d)(\.)\s+")


def dateline(line: str, *, first: bool = True) -> Dateline | None:
    """The dateline at the start of a paragraph; one without an agency only in the `first` paragraphs.

    >>> dateline("ODESSA, Oct 8 (Reuters) - An explosion tore a warehouse apart")
    Dateline(end=25, agency=(15, 22))
    >>> dateline("PARIS — The minister resigned.")
    Dateline(end=7, agency=(0, 0))
    >>> dateline("TECH giant Acme - it says - is axing jobs")
    """
    head = line[:140]
    for form in (_ROUND, _SLASHED) if "(" in head or "/" in head else ():
        found = form.match(head)
        if found is not None and _goes_on(line, found.end()) and _signed(found, head[found.end() :]):
            return Dateline(found.end(3) or found.end(), found.span(2))
    if not first or (not head[1:2].isupper() and not DATE.search(head[:60])):
        return None
    tries = (form.match(head) for form in (_BARE, _STOPPED))
    return next(
        (at for found in tries if found and _goes_on(line, found.end()) and (at := _unsigned(found))), None
    )


def _goes_on(line: str, at: int) -> bool:
    follows = line[at : at + 1]
    return follows.isupper() or follows.isdigit() or (follows != "" and follows in _QUOTES)


def _signed(found: re.Match[str], rest: str) -> bool:
    where, agency, stop = found.group(1), found.group(2), found.group(3)
    known = is_agency(agency)
    if not known and (not name_like(agency.split(), 4) or agency.split()[0].lower() in _LABELS):
        return False
    place = _place(where)
    if place is None or (not stop and not known):
        return False
    if not where.strip():
        return known or stop.strip(" .,:") != ""
    if not stop and rest[:1].islower():
        return False
    return known or place != "titled"


def _unsigned(found: re.Match[str]) -> Dateline | None:
    where = found.group(1)
    if is_agency(where) and where.isupper():
        return Dateline(found.end(2), found.span(1))
    place = _place(where)
    label = where.split()[0].strip("-,.:").lower() in _LABELS
    long = len(where.split()) > 6 or any(len(part.split()) > 4 for part in where.split(","))
    long = long or re.search(r"[’']S\b", where) is not None
    dated = "," in where and DATE.search(where) is not None
    if label or long or place is None or (place != "capitals" and not dated):
        return None
    return Dateline(found.start(2) + len(found.group(2).rstrip()), (0, 0))


def _place(where: str) -> Literal["none", "capitals", "dated", "titled"] | None:
    """How a stretch is written as place and date; None if it is something else."""
    parts = [part.strip(" .;-–—") for part in where.split(",")]
    parts = [part for part in parts if part]
    if not parts:
        return "none"
    dates = [_DATE_PART.fullmatch(part) is not None for part in parts]
    names = [part for part, date in zip(parts, dates, strict=True) if not date]
    if len(names) > 3 or not all(name_like(re.split(r"[\s/–-]+", name), 5) for name in names):
        return None
    if names and names[0].isupper() and len(names[0]) > 1:
        return "capitals"
    return "dated" if any(dates) else "titled"


# ------------------------------------------------------------------- bylines

_BY = re.compile(
    r"(?:(?:words|written|posted|reported|story|report|analysis|text|compiled|review|opinion|despatch|dispatch|interview)\s+)?"
    r"by:?\s+(?=\S)",
    re.IGNORECASE,
)
_BY_INSIDE = re.compile(r"(?:^|[\s|/·•])[Bb]y\s+(?=[A-Z][\w.'’-]*\s[A-Z])")
_NOT_NAMES = re.compile(rf"(?:{_MONTH}|{_WEEKDAY}|(?:19|20)\d\d)$", re.IGNORECASE)
_AFTER_NAME = re.compile(r"\s*(?:[,|/·•;–—]|\.\s|\.$|\s(?:and|&|in|at|for|on|with|from)\s)\s*")
_MOVED = re.compile(r"\b(?:updated|published|posted|edition)\b", re.IGNORECASE)


def byline(line: str) -> int | None:
    """Where the names start in a line that says who made the report ("By ..."); None for any other line.

    >>> byline("by Katie Davis, Senior Foreign Reporter"), byline("By Friday the town had emptied.")
    (3, None)
    """
    if len(line) > 150:
        return None
    found = _BY.match(line)
    if found is None:
        return None
    who = line[found.end() :]
    name = _AFTER_NAME.split(who, maxsplit=1)[0].rstrip(".")
    rest = who[len(name) :]
    words = name.split()
    if _NOT_NAMES.match(words[0] if words else "") or not (_a_maker(words) or line[:6].lower() == "posted"):
        return None
    if a_sentence(line) and not (
        len(rest) < 3 or _MOVED.search(rest) or DATE.search(rest) or mostly_capitals(rest)
    ):
        return None
    return found.end()


def _a_maker(words: list[str]) -> bool:
    if name_like([word for word in words if word != "the"], 6):
        return True
    return 0 < len(words) <= 6 and _ROLES.search(words[-1]) is not None


def byline_inside(line: str) -> int | None:
    """Where names start after a "by" inside a header line ("The Tide / Sat 10 Oct / by Jo Penn")."""
    found = _BY_INSIDE.search(line)
    return None if found is None or len(line) > 150 else found.end()


def is_role(text: str) -> bool:
    """The text says what a maker is ("Industry Correspondent", "newsdesk"), not who."""
    return _ROLES.search(text) is not None


def mostly_capitals(text: str, share: float = 0.6) -> bool:
    """At least `share` of the words are names or figures."""
    words = [word for word in re.split(r"[\s|/·•]+", text) if any(c.isalnum() for c in word)]
    return bool(words) and sum(capital(w) or w[:1].isdigit() for w in words) >= share * len(words)


def masthead(line: str) -> bool:
    """A short line of outlet, section, date, reading time or maker, as stands between headline and report.

    >>> masthead("News | Home | 09.10.2037, 06:55 | 1 min"), masthead("Nine dead after blast on 8 October")
    (True, False)
    """
    if len(line) > 120 or a_sentence(line):
        return False
    if byline(line) is not None or byline_inside(line) is not None:
        return True
    dated = DATE.search(line) is not None or TIME.search(line) is not None
    if re.search(r"\s[|/·•]\s", line):
        return dated or mostly_capitals(line)
    started_by_time = TIME.match(line) is not None and len(line.split()) > 2
    return dated and mostly_capitals(line) and not started_by_time


def a_name_line(line: str) -> bool:
    """An agency, or two to four capitalised words, perhaps with a role or an outlet after a comma.

    >>> [a_name_line(line) for line in ("Reuters", "Ana Reyes", "Jo Penn, The Tide", "Nine dead")]
    [True, True, True, False]
    """
    if len(line) > 80 or line[-1:] in ".:;?!":
        return False
    name, comma, role = (part.strip() for part in line.partition(","))
    words = name.split()
    if is_agency(line) or name.isupper():
        return is_agency(line)
    if words[-1:] == ["agencies"]:
        return name_like(words[:-2], 6)
    return 2 <= len(words) <= 4 and name_like(words) and (not comma or is_role(role) or outlet_like(role))


# ------------------------------------------------------------ ends of reports

_WORK = (
    r"(?:reporting|writing|editing|compil(?:ed|ing)|written|edited|reported|photography|graphics?"
    r"|translat(?:ed|ion)|produc(?:ed|tion))"
)
MAKERS = re.compile(
    rf"(?:additional\s+|further\s+)?{_WORK}(?:(?:\s+and|,)\s+{_WORK})*\s+by:?\s+", re.IGNORECASE
)
_INLINE_MAKERS = re.compile(rf"\((?={MAKERS.pattern})[^()]{{3,600}}\)\W*$", re.IGNORECASE)
SIGNED = re.compile(
    r"(?P<desk>[a-z]{1,5}(?:[-,/&][a-z]{1,5})*)\s?/\s?(?P<a>[A-Z][^\s/]*(?:\s[A-Z][^\s/]*){0,3})"
    r"|[a-z]{1,5}(?:[-,/][a-z]{1,5})*\s\((?P<b>[^()]{2,60})\)"
    r"|\((?P<c>[^()\d]{2,40})\)\s[a-z]{1,4}(?:[-,/][a-z]{1,4})*"
    r"|[a-z]{2,4}/[a-z]{2,4}|\((?P<e>[A-Z][^()]{1,40})\)"
    r"|[-–—]{1,2}\s?(?P<d>[A-Z][^\s]*(?:\s[A-Z][^\s]*){0,3})"
)
_CLOSED = re.compile(r"[-–—#*\s(]*(?:0|30|ends?|###?)[-–—#*\s)]*\.?", re.IGNORECASE)
RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b)\s*:?\s*", re.IGNORECASE)
_RIGHTS_INSIDE = re.compile(r"all rights reserved|^this material may not be published", re.IGNORECASE)
HELPED = re.compile(
    r"^(?P<who>[^.]{2,120}?),?\s+(?:also\s+)?contributed\s+(?:reporting\s+)?to\s+this\s+(?:report|story|article|post)\b",
    re.IGNORECASE,
)
WITH = re.compile(
    r"^\(?[-–—]?\s?(?:with|including)\s+(?:additional\s+)?"
    r"(?:files?|reporting|reports?|material|information|inputs?|agency inputs)\s+(?:from|by)\s+",
    re.IGNORECASE,
)
APPEARED = re.compile(
    r"\b(?:first|originally)\s+(?:appeared|published|posted|ran)\s+(?:on|in|at|by)\s+"
    r"|\b(?:appeared|published)\s+(?:first|originally)\s+(?:on|in|at|by)\s+"
    r"|\brepublished\s+(?:here\s+)?(?:from|with permission (?:from|of))\s+",
    re.IGNORECASE,
)
_PIECE = r"(?:article|story|report|post|piece|essay|column|interview|item|text|page|content|analysis)"
_THIS = re.compile(
    rf"[(\[*_\s]*(?:this\s{_PIECE}|the\s(?:post|article|story)|an?\s(?:\w+\s)?version\sof\sthis|republished|first|originally)\b",
    re.IGNORECASE,
)
THIS_PIECE = re.compile(rf"\bthis\s{_PIECE}\b", re.IGNORECASE)
SOURCE = re.compile(
    r"(?:source|sources|quelle|via|h/t|hat[ -]tip)\s*:\s*(?=\S)|(?:h/t|hat[ -]tip)\s+(?:to\s+)?",
    re.IGNORECASE,
)
_HINTS = (
    "ing by",
    "ed by",
    "graphy by",
    "graphics by",
    "rights",
    "©",
    "(c)",
    "copyright",
    "with ",
    "contribut",
    "appeared",
    "this",
    "republished",
    "listen",
)
_STUDIO = re.compile(
    r"(?:studio|camera|sound|layout|cut|editor|producer|text)\s*:\s*(?=[A-Z])", re.IGNORECASE
)
_LISTEN = re.compile(r"listen(?:\s(?:again|live|now|back))?\s*[:(]", re.IGNORECASE)


def tail_start(line: str) -> int | None:
    """Where the makers' sign-off in round brackets starts that ends a paragraph, if one does."""
    if not line.rstrip(' ."”').endswith(")"):
        return None
    at = max(0, len(line) - 700)
    found = _INLINE_MAKERS.search(line, at)
    return found.start() if found else None


def tail(line: str) -> bool:
    """The line signs a report off: makers, agency signature, rights, where it first appeared.

    >>> tail("nst/Reuters"), tail("Reporting by the paper has shown that the dam leaked.")
    (True, False)
    """
    if len(line) > 700 or (len(line) > 80 and not _hinted(line)):
        return False
    bare = line.strip("()[] ")
    makers = MAKERS.match(bare)
    if makers is not None:
        return line[0] in "([" or "diting by" in bare or _names_only(bare[makers.end() :])
    if len(line) > 300:
        return False
    if RIGHTS.match(line) or _RIGHTS_INSIDE.search(line) or WITH.match(line) or HELPED.match(line):
        return True
    if APPEARED.search(line):
        return _THIS.match(line) is not None
    if len(line) > 80:
        return _LISTEN.match(line) is not None and len(line) < 140
    if _LISTEN.match(line) is not None:
        return True
    said = SOURCE.match(line) or _STUDIO.match(line)
    if said is not None:
        return _names_only(line[said.end() :]) or line[: said.end()].lower().startswith("h")
    return signature(line) is not None or _CLOSED.fullmatch(line) is not None


def _hinted(line: str) -> bool:
    low = line.lower()
    return any(hint in low for hint in _HINTS)


def signed_off(line: str) -> bool:
    """The line names who reported and who edited, in brackets: so agencies sign, and hardly anybody else.

    >>> signed_off("(Reporting by Ana Reyes; Editing by P. Oram)"), signed_off("Reporting by Ana Reyes")
    (True, False)
    """
    return line.startswith("(") and MAKERS.match(line[1:]) is not None and "diting by" in line


def signature(line: str) -> tuple[int, int] | None:
    """Where the agency stands in a signature ("nst/Reuters", "(AFP) mk/ad"); (0, 0) for initials alone."""
    found = SIGNED.fullmatch(line)
    if found is None:
        return None
    for group in ("a", "b", "c", "d", "e"):
        if found.group(group):
            name = found.group(group).rstrip(".")
            if (group == "d" and not outlet_like(name)) or (group == "e" and not is_agency(name)):
                return None
            if group in "cd" and not name_like(re.split(r"[\s,]+", found.group(group)), 4):
                return None
            return found.span(group)
    return (0, 0)


def _names_only(text: str) -> bool:
    """Names and the small words between them: no verb could stand here."""
    small = {
        "and",
        "in",
        "by",
        "with",
        "from",
        "of",
        "at",
        "for",
        "the",
        "to",
        "additional",
        "reporting",
        "editing",
        "writing",
    }
    words = re.findall(r"[^\W\d_][\w'’.-]*", text)
    return bool(words) and all(capital(w) or w.lower().strip(".") in small | _PARTICLES for w in words)


# ------------------------------------------------------- captions, furniture

_PICTURES = (
    r"(?:(?:file\s+|main\s+|top\s+)?(?:photo|photograph|picture|image|illustration|graphic|video|map|pic)s?)"
)
PHOTO = re.compile(
    rf"{_PICTURES}(?:\s+(?:credit|courtesy|source)s?)?(?:\s+(?:by|courtesy of|from))?\s*[:/]\s*"
    rf"|{_PICTURES}\s+(?:source|caption|credit),\s+|{_PICTURES}\s+by\s+(?=[A-Z])|FILE\s[-–—]\s",
    re.IGNORECASE,
)
PHOTO_BY = re.compile(
    r"\(?(?:(?:AP|AFP|EPA|Getty)\sPhoto\s?/\s?|(?:REUTERS|Reuters|AFP|EPA|EPA-EFE)/)[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,3}\)?"
    r"|(?:via\s)?(?:AFP/)?Getty Images|/AFP via Getty Images|Shutterstock",
)
CAPTION_MARK = re.compile(r"\[/?(?:caption|gallery)\b[^\]]{0,300}\]", re.IGNORECASE)
_AGO = re.compile(r"\d+\s(?:second|minute|min|hour|day|week|month|year)s?\sago(?:\s\d+)?", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:\d+\s(?:comments?|shares?|likes?|views?|replies)|(?:comments?|shares?)\s?\(?\d+\)?)", re.IGNORECASE
)
_MOVED_LINE = re.compile(
    r"(?:last\s+|first\s+)?(?:updated|published|posted|modified)\b(?!\s+by)[:,]?\s*", re.IGNORECASE
)
_ONLY_WHEN = re.compile(
    rf"(?:{_WEEKDAY},?\s+)?(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?"
    r"(?:,?\s+(?:at\s+)?\d{1,2}[.:]\d\d(?:\s?[ap]\.?m\.?)?(?:\s+[A-Z]{2,4})?)?"
    r"|\d{1,2}[.:]\d\d(?:\s?[ap]\.?m\.?)?(?:\s+[A-Z]{2,4})?|(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d\S*)?",
    re.IGNORECASE,
)
_ONLY_TAGS = re.compile(r"(?:<[^<>]+>\s*)+\.?")
_ADDRESS = re.compile(r"https?://\S+")
_PAY = re.compile(
    r"\bwe(?:'ll|’ll| will)? pay for (?:your )?(?:pictures|photos|pics|stories|videos|tips)\b", re.IGNORECASE
)
_APPEAL = re.compile(
    r"\b(?:[Yy]ou|[Yy]our|YOU|YOUR)\b[^?]*\?[\"”]?\s+(?:Please\s)?"
    r"(?:Call|Ring|Text|E-?mail|Message|Contact|Tell us|Send us|Write to|Get in touch|Sign up|Subscribe)\b"
)
_TEXT_IN = re.compile(r"\b[Tt]ext [A-Z]{3,}\b.*\bto \d{4,6}\b")
_BUTTONS = re.compile(r"(?:\s*\[[^\[\]]{2,40}\])+")
_EDGES = "●•▪►▶»›>|*-–—_.:;!…()[] \t" + _QUOTES


def furniture(line: str, *, late: bool = False) -> Furniture | None:
    """What a line of page furniture is: a "line", a "heading" with more below, or the "tail" of a letter.

    `late`: the line stands in the last third of the text, where "Next: ..." is no sentence.

    >>> furniture("Read Entire Article"), furniture("You may also like"), furniture("Sign up the reserves")
    ('line', 'heading', None)
    """
    if len(line) > 170:
        return None
    if not any(c.isalnum() for c in line):
        return "line"
    key = line.strip(_EDGES).casefold().replace("’", "'")
    if key in _phrases("heading"):
        return "heading"
    if _listed(line, key, late=late) or _shaped(line):
        return "line"
    return "tail" if _signs().search(key) else None


def _listed(line: str, key: str, *, late: bool) -> bool:
    if key in _phrases("whole") or (len(key) <= 120 and key.startswith(_openers())):
        return True
    if _BUTTONS.fullmatch(line):
        return True
    head, colon, _ = key.partition(":" if ":" in key else "|")
    if not colon or head.strip() not in _phrases("heading"):
        return False
    return line[: len(head)].isupper() or " " in head.strip() or (late and not a_sentence(line))


def _shaped(line: str) -> bool:
    if any(form.fullmatch(line) for form in (_AGO, _COUNTED, _ONLY_TAGS, _ADDRESS)):
        return True
    moved = _MOVED_LINE.match(line)
    if moved is not None:
        rest = line[moved.end() :]
        dated = DATE.search(rest) is not None or TIME.search(rest) is not None
        return dated and len(rest.split()) <= 8 and mostly_capitals(rest, 0.5)
    return any(form.search(line) for form in (_PAY, _APPEAL, _TEXT_IN))


def only_when(line: str) -> bool:
    """The line is a date or a time and nothing else.

    >>> only_when("Tuesday, 4 March 2031"), only_when("18:50 GMT"), only_when("4 March was a Tuesday")
    (True, True, False)
    """
    return len(line) < 60 and _ONLY_WHEN.fullmatch(line) is not None


def caption(line: str) -> bool:
    """The line is a picture's: it says so first, or ends with a picture agency's credit."""
    if len(line) > 500:
        return False
    if PHOTO.match(line):
        return True
    end = line[-80:]
    if "/" not in end and "Getty" not in end and "Shutterstock" not in end:
        return False
    return any(found.end() >= len(end) - 2 for found in PHOTO_BY.finditer(end))
