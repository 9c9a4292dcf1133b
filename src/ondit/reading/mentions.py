"""What a stretch that names somebody says about whom it names.

Two views of the text, by rules of form and word lists only: `names` finds the proper names of a report with
a guess at their kind; `phrase` takes one source apart (name, title, head noun, head count, for whom it
speaks). Nothing is resolved here; that is `linking`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ondit.reading.bodies import body_behind, common_body, named_body, unpossessed
from ondit.reading.groups import count_of, counted, first_of, quantified
from ondit.records import AgentKind, MentionForm, Span
from ondit.text import register
from ondit.text.lexicon import words_of
from ondit.text.names import gender_of
from ondit.text.nouns import classify, generic, singular
from ondit.text.sentences import WORD

_CAP = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sgt|Col|Gen|Lt|Maj|Capt|Cpl|Supt|Insp|St|Gov|Sen|Rep|Rev|Hon|[A-Z])\.(?=\s)"
    r"|[A-ZÀ-ÞŠŽĆČĐ][\w]*(?:[-'’.][\w]+)*)"
)
_LINK = r"(?:\s|\s&\s|\s(?:of|for|and|of the|for the|de|del|della|van|von|der|bin|al|ibn|la|le)\s)"
_NAME = re.compile(rf"{_CAP}(?:{_LINK}{_CAP})*")
_PARTICLES = {"de", "del", "della", "van", "von", "der", "bin", "al", "ibn", "la", "le"}
_INSTITUTION = {
    "university", "ministry", "department", "board", "house", "court", "bank", "institute", "office",
    "union", "party", "council", "bureau", "academy", "centre", "center", "chamber", "church", "commission",
    "committee", "agency", "association", "federation", "school", "college", "hospital", "republic",
    "friends", "sons", "head", "bay", "gulf",
}  # fmt: skip
"""Nouns whose "of" or "for" belongs to a name ("Bank of", "Head of")."""
_NOT_NAMES = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov",
    "dec", "christmas", "easter", "am", "pm", "ok", "gmt", "utc", "bst", "est",
    "photo", "photograph", "photographs", "pictures", "correction", "update", "edit", "editing", "reporting",
    "writing", "live", "exclusive", "corrected", "read", "listen", "analysis", "breaking", "news", "watch",
    "more",
}  # fmt: skip
"""Words with a capital that name nobody: times, and the furniture of pages."""
_PERSONAL = {
    "president", "minister", "premier", "chancellor", "mayor", "governor", "senator", "director", "secretary",
    "ambassador", "commissioner", "sheriff", "speaker", "leader", "chairman", "chairwoman", "coach",
    "justice", "judge",
}  # fmt: skip
"""Offices that stand before a surname alone."""
_CROWDS = {"people", "police", "crowd", "audience", "electorate", "family", "public"}
"""Nouns in the singular for several people."""
_BEARERS = {"star", "guardian", "messenger", "independent", "examiner"}
"""Nouns that are an outlet's with a capital, and somebody's without ("the film star")."""
_SINGULAR = {"police", "works", "authorities"}
"""What begins the name of one body although it looks like several."""
_RANKS = {"prime", "vice", "deputy", "foreign", "first", "chief", "senior", "former", "acting"}
_DEFINITE = {"the", "his", "her", "their", "its", "this", "that", "our", "my"}
_INDEFINITE = {
    "a", "an", "another", "one", "several", "some", "many", "few", "multiple", "various", "unnamed",
    "anonymous",
}  # fmt: skip
_PLACED = re.compile(
    r"\b(?:in|at|near|from|to|of|for|with|by|on|off|across|around|towards?|through|outside)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_GAP = 8
"""Characters before a word that show whether it begins a sentence."""
_MONTHS = {"March", "April", "May", "June", "August"}
"""Months that are names of people too."""
_COMPASS = {"New", "North", "South", "East", "West", "San", "Los", "Las", "Fort", "Mount", "Saint", "Upper"}
"""Words that begin the names of places."""
_FLASH = re.compile(r"[A-Z]{5,}-(?=[A-Z][a-z])")
"""What agencies put before the first word of a headline ("EXCLUSIVE-Low Bank")."""
_COMPOUND = re.compile(r"(?<=\w)-(?:era|style|led|backed|appointed|born|based|linked|controlled|run|owned)$")
"""What makes an adjective of a name ("the Quill-era rules")."""
_AIRED = {"radio", "rádio", "rundfunk", "tv", "channel", "telewizja", "télé"}
"""Words that begin the names of stations."""
_SELF = re.compile(r"\s+(?:himself|herself|itself|themselves)$|['’]s?$")
_STAMP = re.compile(r"\d{1,2}[.:]\d{2}\s?(?:[ap]m)?\s+")
_LATER = re.compile(
    r",(?!\d)|\s[–—-]\s|\s(?:who|which|whose|that|with|from|between|close|familiar)\s|\((?![A-Z]{2,6}\))"
)
_BEHIND = re.compile(r"\s(?:of|for|at|in|on|to|from|by|with|inside|within|near)\s")


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name where it stands: its words without title and possessive, and what kind it looks like.

    `kind` is None where form alone does not tell; `title` is the title before it, if any, and `body` the
    words before the title ("French" in "French President Emmanuel Macron").
    """

    span: Span
    text: str
    kind: AgentKind | None
    title: str | None = None
    body: Span | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source taken apart. `head` is its folded head noun in the singular, "" for a bare name;
    `count` its literal head count; `body` the stretch that names for whom it speaks ("for Kent Police");
    `vague` says that it tells nothing of who they are ("some", "nearly half")."""

    span: Span
    form: MentionForm
    head: str
    name: Name | None = None
    kind: AgentKind | None = None
    count: int | None = None
    plural: bool = False
    body: Span | None = None
    definite: bool = False
    vague: bool = False


def names(text: str, span: Span) -> Iterator[Name]:
    """The proper names in `span`, in order; a word at the start of a sentence counts only with a second one
    or a form that lower-case text never has."""
    if text[span.start : span.end].isupper() and len(text[span.start : span.end].split()) > 3:
        return
    for match in _NAME.finditer(text, span.start, span.end):
        if match.group().isupper() and len(match.group().split()) > 4:
            continue
        for part in _split(match.start(), match.group()):
            name = _name(text, part)
            if name is not None:
                yield name


def _split(start: int, chain: str) -> Iterator[Span]:
    """Cut a chain of capitalised words at "of", "for" and "and" unless an institution's name runs over them,
    and behind a possessive."""
    begin = 0
    for link in re.finditer(r"['’]s\s+|\s+(?:of the|for the|of|for|and|&)\s+", chain):
        left = chain[begin : link.start()].split()
        joined = link.group().split()[0] if not link.group().startswith(("'", "’")) else "'s"
        over = joined == "&" or (joined in {"of", "for"} and bool(left) and _institution(left[-1]))
        over = over or (joined == "for" and len(left) == 1 and _several(left[0]))
        if joined == "and" and left:
            right = chain[link.end() :].split()
            over = classify(right[-1]) == "org" and len(left) + len(right) > 2
        if not over:
            yield Span(start + begin, start + link.start())
            begin = link.end()
    yield Span(start + begin, start + len(chain))


def _several(word: str) -> bool:
    """Whether a name of several people begins so ("Mothers for Justice")."""
    return singular(word.casefold()) != word.casefold() and not classify(word)


def _institution(word: str) -> bool:
    return word.casefold() in _INSTITUTION


def _name(text: str, span: Span) -> Name | None:
    if (flash := _FLASH.match(text, *span)) is not None:
        span = Span(flash.end(), span.end)
    start, words, title = _untitled(text, span)
    if not words and text[span.start : span.end] in _MONTHS:
        start, words = span.start, [text[span.start : span.end]]
    if len(words) > 1 and (_epithet(words) or _leads_in(text, start, words) or _told_to(text, start, words)):
        start, words = text.index(words[1], start + len(words[0])), words[1:]
    body = None
    if title is None and (whose := _whose_office(words)):
        words = words[:whose]
    at = _office(text, words)
    held = title or at is not None
    if at is not None:
        title = words[at].casefold() if words[at].casefold() in words_of("titles") else title
        following = text.index(words[at + 1], start + sum(len(w) + 1 for w in words[: at + 1]) - 1)
        body = Span(start, text.rfind(words[at], start, following)) if at else None
        start, words = following, words[at + 1 :]
    name = _COMPOUND.sub("", unpossessed(" ".join(words)))
    if name in _MONTHS and _borne(text, name) and not _dated(text, Span(start, start + len(name))):
        return Name(Span(start, start + len(name)), name, "person", title, body)
    if not words or (title is None and _names_nothing(name)) or (len(words) > 1 and _only_office(words)):
        return None
    if title in _RANKS and len(words) == 1 and _only_office(words):  # "the Deputy Minister"
        return None
    opens = len(words) == 1 and title is None and _begins_sentence(text, start)
    if opens and re.fullmatch(r"[A-ZÀ-Þ][a-zß-ÿ]+-[a-zß-ÿ]+", name):  # "Fat-cat"
        return None
    if opens and (_common(name) or _stands_small(text, name)) and not _borne(text, name):
        return None
    end = _end(text, start, words) - (len(" ".join(words)) - len(name))
    return Name(Span(start, end), name, _kind(name.split(), bool(held)), title, body)


def _stands_small(text: str, name: str) -> bool:
    """Whether the word also stands in small letters: then a capital at a sentence's start names nobody."""
    small = name.casefold()
    alone = rf"(?<![\w’'./@-]){re.escape(small)}(?![\w’'-]|\.\w)"
    return small != name and re.search(alone, text) is not None


def _untitled(text: str, span: Span) -> tuple[int, list[str], str | None]:
    """Where the name in `span` begins behind titles and words that open sentences, its words, its title."""
    words, start, title = text[span.start : span.end].split(), span.start, None
    while words:
        first = words[0].rstrip(".").casefold()
        titled = first in words_of("titles")
        if not (first and (titled or _opener(first))) or (title and len(words) == 1):
            break
        if titled:
            if len(words) == 1 or classify(words[1]) == "org" or words[1].casefold() == "staff":
                break
            title = first
        start = text.index(words[1], start + len(words[0])) if len(words) > 1 else span.end
        words = words[1:]
    return start, words, title


def _end(text: str, start: int, words: list[str]) -> int:
    """Where the last of `words` ends that stand in `text` from `start` on."""
    for word in words:
        start = text.index(word, start) + len(word)
    return start


def _leads_in(text: str, start: int, words: list[str]) -> bool:
    """Whether the first word only opens the sentence ("Following Low, ...", "Officers Low and Quill")."""
    small = re.search(rf"(?<![\w’'-]){re.escape(words[0].casefold())}(?![\w’'-])", text) is not None
    opens = small or words[0].endswith(("ing", "less", "ful", "ous"))
    return opens and _begins_sentence(text, start) and _alone(text, words)


def _told_to(text: str, start: int, words: list[str]) -> bool:
    """Whether the first word is an outlet and what follows another name ("told The Sun Low was gone")."""
    outlet = text[max(0, start - 4) : start] == "The " and register.outlet(f"The {words[0]}") is not None
    return outlet and _alone(text, words)


def _alone(text: str, words: list[str]) -> bool:
    """Whether what follows the first of `words` also stands without it."""
    rest = re.escape(" ".join(words[1:]))
    return re.search(rf"(?<!{re.escape(words[0])}\s)\b{rest}\b", text) is not None


def _office(text: str, words: list[str]) -> int | None:
    """The place of the last word that is an office with a name behind it: of two words or more, or of one
    where something stands before the office ("London Mayor Low")."""
    if not words or classify(words[-1]) or words[-1].casefold() in words_of("places"):
        return None
    return next((at for at in range(len(words) - 2, -1, -1) if _opens_name(text, words, at)), None)


def _opens_name(text: str, words: list[str], at: int) -> bool:
    if not words[at + 1][0].isupper():  # "Head of State"
        return False
    if (
        at > 0
        and words[at].endswith(".")
        and len(words[at]) > 2
        and words[at][:-1].casefold() in words_of("titles")
    ):
        return True
    if at == len(words) - 2:
        return words[at].casefold() in _PERSONAL and (at > 0 or _alone(text, words))
    return classify(words[at]) == "speaks" or (at > 0 and words[at].casefold() in _PERSONAL)


def _whose_office(words: list[str]) -> int:
    """How many of `words` name whose an office is whose holder is not named ("US President"); else 0."""
    for cut in range(len(words) - 1, 0, -1):
        body = " ".join(words[:cut])
        if register.state(body) is not None or register.organisation(body) is not None:
            return cut if _only_office(words[cut:]) else 0
    return 0


def _only_office(words: list[str]) -> bool:
    """Whether words with capitals say what somebody is, and nothing else ("Prime Minister")."""
    kinds = {classify(w) for w in words if w.casefold() not in _RANKS}
    return bool(kinds) and kinds <= {"speaks", "role"}


def _names_nothing(name: str) -> bool:
    """Whether a word with a capital is a time, furniture or a pronoun ("US" and "WHO" are not)."""
    folded = name.casefold()
    if name.isupper() and (register.state(name) or register.organisation(name)):
        return False
    if " " not in name and any(register.state(part) for part in name.split("-")[1:]):  # "Low-Russia talks"
        return True
    return len(name) < 2 or folded in _NOT_NAMES or re.split(r"['’]", folded)[0] in words_of("pronouns")


def _epithet(words: list[str]) -> bool:
    """Whether the first word is only said of the name behind it ("SHAMED Anna Low", "Wine-loving Low")."""
    shouted = words[0].isupper() and len(words[0]) > 4 and not words[1].isupper()
    compound = (
        "-" in words[0]
        and words[0].split("-")[-1].islower()
        and words[0].endswith(("ing", "ed", "born", "old", "based", "designate", "elect", "era"))
    )
    return shouted or compound


def _borne(text: str, word: str) -> bool:
    """Whether `word` is somebody's name in `text`: it stands behind a title or a first name there."""
    found = re.finditer(rf"\b(\w+)\.?\s{word}\b(?!\s\d)", text)
    return any(
        before in words_of("titles") or before in words_of("firstnames")
        for before in (m.group(1).casefold() for m in found)
    )


def _dated(text: str, span: Span) -> bool:
    """Whether a month stands where dates do."""
    before = re.search(
        r"\b(?:in|on|by|until|since|last|next|early|late|mid|of|\d+)[\s-]$", text[: span.start]
    )
    return before is not None or re.match(r"\s\d", text[span.end :]) is not None


def _opener(word: str) -> bool:
    return word in words_of("openers") or word in _NOT_NAMES


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - _GAP) : at].rstrip(" \t\"“‘'«(")
    return not before or before[-1] in ".!?:\n•>"


def _common(word: str) -> bool:
    folded = word.casefold()
    return folded in words_of("openers") or bool(classify(folded)) or folded.endswith(("ing", "ly"))


def _kind(words: list[str], titled: bool) -> AgentKind | None:
    last = classify(words[-1])
    if len(words) > 1 and (last == "outlet" or words[0].casefold() in _AIRED):
        return "outlet"
    if not titled and register.state(" ".join(words)) is not None:
        return "organisation"
    if any(classify(w) == "org" for w in words) or any(_institution(w) for w in words[:-1]) or "&" in words:
        return "organisation"
    if titled:
        return "person"
    if words[-1].casefold() in words_of("places"):
        return None
    if words[0] in _COMPASS or words[-1] == "Day" or " ".join(words).casefold() in words_of("regions"):
        return None
    if len(words) > 1 and classify(words[-1]) == "role":
        return None
    capital = all(w[0].isupper() or w in _PARTICLES for w in words)
    shouted = words[-1].isupper() and not gender_of(" ".join(words))
    return "person" if len(words) in (2, 3) and capital and not shouted else None


def phrase(text: str, span: Span) -> Phrase:
    """Take the source in `span` apart. Always gives an answer; `form` and `kind` say how much is known."""
    span = _unframed(text, span)
    low = _folded(text, span)
    if not low:
        return Phrase(span, "role", "")
    if len(low) == 1 and low[0] in words_of("pronouns"):
        return Phrase(span, "pronoun", low[0])
    core = _core(text, span)
    if (first := first_of(text[core.start : core.end])) is not None:
        span = core = Span(core.start, core.start + first)
        low = _folded(text, core)
    found = list(names(text, core))
    head, head_at, plural = _head(text, core)
    if classify(head) in {"speaks", "role"}:
        found = [_called(text, n, head_at) for n in found]
    person = next(
        (
            n
            for n in found
            if n.kind == "person" and not _placed(text, core, n) and not _owns(text, n, head_at)
        ),
        None,
    )
    apposed = _apposed(text, span, core)
    if apposed is not None and apposed.kind != "person":
        before = found[0].span if found else None
        return Phrase(span, "name", head, apposed, apposed.kind, body=before, definite=True)
    person = person or apposed or (_unveiled(text, span, core) if low[0] in _INDEFINITE else None)
    definite = low[0] in _DEFINITE or re.search(r"['’]s\b", text[core.start : core.end]) is not None
    body = named_body([n.span for n in found if n is not person], text, head_at)
    if body is None and (definite or not plural):
        body = common_body(text, span, head_at)
    body = body or body_behind(text, Span(person.span.end if person else head_at, span.end))
    named_last = head_at < core.end and text[head_at].isupper()
    count = None if named_last and not classify(head) else count_of(low, text[core.start : core.end])
    part = Phrase(span, "role", head, count=count, plural=plural, body=body, definite=definite)
    if person is not None and (part.count is None or (person is apposed and part.count == 1)):
        return replace(part, form="name", name=person, kind="person", plural=False, definite=True)
    heading = classify(head)
    if head in _BEARERS and text[head_at].islower():
        heading = "role"
    named = next((n for n in found if _holds(n, head_at) and " " in n.text), None)
    if heading in {"speaks", "role"} and named is not None:
        if not _ends(text, named, head_at) or not (plural or low[0] in _DEFINITE):
            heading = "org"
        elif not plural:
            found.remove(named)
    if (some := _quantified(text, core, part)) is not None:
        return some
    if heading == "org" and named is not None and named.text.split()[-1].casefold() in _CROWDS:
        return _other(text, part, heading, found, head_at)  # "West Yorkshire Police"
    return _anonymous(part, heading, low) or _other(text, part, heading, found, head_at)


def _folded(text: str, span: Span) -> list[str]:
    return [m.group().casefold() for m in WORD.finditer(text, *span)]


def _quantified(text: str, core: Span, part: Phrase) -> Phrase | None:
    """The phrase as one that says how many and hardly who ("most of the crew", "someone"), if it is one."""
    how = quantified(_folded(text, core))
    if not how or part.name is not None or part.count is not None:
        return None
    if how == "one":
        return replace(part, form="anonymous", kind="anonymous_person", vague=True)
    if how == "alone":
        return replace(part, form="anonymous", kind="anonymous_group", plural=True, vague=True)
    whole = re.search(r"\sof\s", text[core.start : core.end])
    head, _, _ = _head(text, Span(core.start + whole.end(), core.end)) if whole else ("", 0, False)
    return replace(part, form="anonymous", head=head, kind="anonymous_group", plural=True, definite=False)


def _unframed(text: str, span: Span) -> Span:
    """`span` without a time of day before it and "himself" or a possessive behind it."""
    own = _SELF.search(text[span.start : span.end])
    if own is not None:
        span = Span(span.start, span.start + own.start())
    stamp = _STAMP.match(text[span.start : span.end])
    return span if stamp is None else Span(span.start + stamp.end(), span.end)


def _placed(text: str, core: Span, name: Name) -> bool:
    """Whether a name stands behind a preposition: where or for whom somebody is, not who."""
    return _PLACED.search(text[core.start : name.span.start]) is not None


def _called(text: str, name: Name, head_at: int) -> Name:
    """A name of two words right behind an office as a person's ("spokesman Jo Park")."""
    behind = re.fullmatch(r"[\w-]+\s", text[head_at : name.span.start]) is not None
    return replace(name, kind="person") if behind and name.kind is None and " " in name.text else name


def _owns(text: str, name: Name, head_at: int) -> bool:
    """Whether a name only says whose the head is ("Anna Low's lawyer")."""
    return name.span.end < head_at and text[name.span.end : name.span.end + 1] in {"'", "’"}


def _ends(text: str, name: Name, at: int) -> bool:
    """Whether the word at `at` is the last of a name ("Moderators" in "PBS Moderators")."""
    return " " not in text[at : name.span.end]


def _holds(name: Name, at: int) -> bool:
    return name.span.start <= at < name.span.end


def _anonymous(part: Phrase, heading: str, low: list[str]) -> Phrase | None:
    """The phrase as one for people without a name ("two officials", "one of the men"), if it is one."""
    if heading in {"speaks", "role"} and (low[0] in _INDEFINITE or part.count is not None or part.plural):
        if part.plural or (part.count or 1) > 1:
            return replace(part, form="anonymous", kind="anonymous_group")
        return replace(part, form="anonymous", kind="anonymous_person", count=None)
    several = (part.count or 0) > 1
    if heading in {"org", "outlet"} and part.plural and (several or low[0] not in _DEFINITE | _SINGULAR):
        return replace(part, form="anonymous", kind="anonymous_group")
    if not heading and several and (part.plural or part.head.endswith("s")):
        return replace(part, form="anonymous", kind="anonymous_group", plural=True)
    if low[:2] == ["one", "of"] or low == ["one"]:
        return replace(
            part, form="anonymous", kind="anonymous_person", count=None, plural=False, definite=True
        )
    return None


def _other(text: str, part: Phrase, heading: str, found: list[Name], head_at: int) -> Phrase:
    """The phrase as a name, a document, somebody in a role, or an outlet, by the class of its head noun."""
    named = next((n for n in found if _holds(n, head_at) and not generic(n.text)), None)
    if named is not None or (found and not heading):
        name = named or found[0]
        by_head: dict[str, AgentKind] = {"org": "organisation", "outlet": "outlet"}
        owned = any(_owns(text, n, name.span.start) for n in found if n.kind == "person")
        kind = "organisation" if owned and not gender_of(name.text) else name.kind or by_head.get(heading)
        return replace(part, form="name", name=name, kind=kind, count=None, definite=True)
    if heading == "document":
        name_before = found[0] if found else None
        several = (part.count or 0) > 1 and counted(_folded(text, part.span))
        count = part.count if several else None
        return replace(part, form="document", name=name_before, kind="document", count=count)
    if heading in {"speaks", "role"}:
        return replace(part, kind="person")
    if heading == "outlet":
        return replace(part, form="outlet", name=found[-1] if found else None, kind="outlet", count=None)
    return replace(part, kind="organisation" if heading == "org" else None)


def _apposed(text: str, span: Span, core: Span) -> Name | None:
    """The name that stands right behind the first comma ("the state news agency, Tass")."""
    if core.end >= span.end or text[core.end] != "," or _document_of(text, core):
        return None
    after = re.match(r",\s+(?:the\s+)?(?=[A-ZÀ-Þ])", text[core.end : span.end])
    name_alone = text[core.start : core.start + 1].isupper() and " " not in text[core.start : core.end]
    if after is None or name_alone:
        return None
    start = core.end + after.end()
    first = next(names(text, Span(start, span.end)), None)
    own = [n for n in names(text, core) if n.kind == "person"]
    listed = first is not None and re.match(r"(?:, | and )(?:the )?[A-ZÀ-Þ]", text[first.span.end : span.end])
    return first if first is not None and first.span.start - start < 20 and not own and not listed else None


def _document_of(text: str, core: Span) -> bool:
    """Whether a document is behind whose "of" another noun stands, to which an apposition belongs ("a memo of
    the operator, Low Storage")."""
    behind = _BEHIND.search(text[core.start : core.end])
    return behind is not None and classify(_head(text, core)[0]) == "document"


def _unveiled(text: str, span: Span, core: Span) -> Name | None:
    """The person named behind "a former rival," with what he is between ("former governor Radu Low")."""
    clause = re.match(r",\s+((?:[a-z-]+\s+)+[A-ZÀ-Þ][^,]*)", text[core.end : span.end])
    if clause is None or re.search(r"\b(?:who|whose|of|for|at|from|by|with)\b", clause.group(1)):
        return None
    found = list(names(text, Span(core.end + clause.start(1), core.end + clause.end(1))))
    return found[-1] if found and found[-1].kind == "person" else None


def _core(text: str, span: Span) -> Span:
    """The phrase up to its first comma, relative clause or dash: what holds the head."""
    cut = _LATER.search(text[span.start : span.end])
    end = span.start + cut.start() if cut and cut.start() > 2 else span.end
    return Span(span.start, end)


def _head(text: str, core: Span) -> tuple[str, int, bool]:
    """The head noun: the last known noun before the first preposition, else the last word there."""
    stop = _BEHIND.search(text[core.start : core.end])
    end = core.start + stop.start() if stop else core.end
    words = list(WORD.finditer(text, core.start, end)) or list(WORD.finditer(text, core.start, core.end))
    if not words:
        return "", core.start, False
    for match in reversed(words):
        word = unpossessed(match.group()).casefold()
        if match.group().endswith(("'s", "’s")):
            break
        if classify(word):
            return singular(word), match.start(), singular(word) != word or word in _CROWDS
    last = words[-1].group().casefold()
    return unpossessed(last), words[-1].start(), False
