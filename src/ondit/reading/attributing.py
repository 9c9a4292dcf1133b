"""Whether what looks like an attribution is one: somebody who says, writes or thinks that something is so.

Not one are acts and aims ("ordered", "forgot to set the brake"), those who are only told or asked, words in
quotation marks that nobody says (scare quotes, titles), and verbs that no list knows where the tagger has
its doubts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ondit.reading.levels import Level, cue, cue_words
from ondit.reading.quotes import inside
from ondit.records import Quotation, Span
from ondit.text.lexicon import table, words_of
from ondit.text.sentences import WORD, is_finite

_ORDERS = {
    "told", "asked", "ordered", "urged", "warned", "invited", "advised", "instructed", "tell", "ask", "order",
    "urge",
}  # fmt: skip
_INFINITIVE = re.compile(r"[“\"]?(?P<who>(?:[\w’'-]+\s){0,6}?)(?:not\s)?to\s[a-z]")
_ASKED = _ORDERS - {"told", "tell", "warned"}
_OWNING = {"has", "have", "had", "s"}
"""Words that say whose a figure is ("the paper has seven", "forty is the Port's")."""
_SURE = 0.93
"""From this confidence on a relation attributes whatever its cue."""
_LIKELY = 0.3
"""The same for a relation of running text that lies in no other."""


def _content_words(text: str, level: Level) -> list[str]:
    """The folded words of a level's content, in order."""
    return [text[m.start() : m.end()].casefold() for c in level.content for m in WORD.finditer(text, *c)]


def _listed(words: set[str]) -> bool:
    """Whether one of the words of a cue is known as such."""
    return not words.isdisjoint(words_of("saying")) or not words.isdisjoint(table("cues"))


def has_saying(text: str, span: Span, quotes: Sequence[Quotation]) -> bool:
    """Whether a word of saying stands in `span` outside quotation marks."""
    return any(
        m.group().casefold() in words_of("saying") and not inside(Span(*m.span()), quotes)
        for m in WORD.finditer(text, *span)
    )


def is_act(text: str, level: Level) -> bool:
    """Whether the cue tells what somebody does or wants ("plans", "ordered"), not what he says is so."""
    words = set(cue_words(text, level))
    if _only_tells_of(text, level, words) or _only_addressed(text, level):
        return True
    return bool(words & _ORDERS and _to_do(text, level, asked=bool(words & _ASKED))) or (
        bool(words) and not words & table("cues").keys() and bool(words & words_of("acts"))
    )


_ADDRESSING = {"warn", "inform", "alert", "notify", "remind", "assure"}


def _only_addressed(text: str, level: Level) -> bool:
    """Whether a content is only who was or was not to be told ("failed to warn residents")."""
    words = cue_words(text, level)
    told = _content_words(text, level)
    clause = any(is_finite(w) or w in {"that", "of", "about", "against", "to"} for w in told)
    return len(words) > 1 and words[-1] in _ADDRESSING and not clause


_FORESEEN = {"expected", "due", "set", "scheduled", "likely", "unlikely", "supposed"}
_NOT_TOLD = re.compile(r"(?:not|never) (?:told|informed|warned)\b", re.IGNORECASE)
_BOOKED = re.compile(r"\b(?:writ(?:e|es|ten|ing)|wrote)\s(?:down|off)\b", re.IGNORECASE)
_ANSWERS = {
    "respond", "responds", "responded", "reply", "replies", "replied", "answer", "answered", "returned",
}  # fmt: skip
_ASKED_FOR = re.compile(
    r"(?:to\s)?(?:(?:an?|the|any|its|our|repeated|several|multiple|further)\s){0,2}(?:\w+\s)?"
    r"(?:requests?|questions?|calls?|e-?mails?|messages?|inquiries|enquiries)\b",
    re.IGNORECASE,
)


def _only_tells_of(text: str, level: Level, words: set[str]) -> bool:
    """Whether a cue attributes nothing: a passive ("rain is expected to fall", "was never told"), an answer
    of which nothing is said ("did not respond to a request for comment")."""
    if _NOT_TOLD.match(cue(text, level)) or _BOOKED.search(cue(text, level)):
        return True
    if words & _ANSWERS and any(_ASKED_FOR.match(text, c.start, c.end) for c in level.content):
        return True
    raised = any(text[c.start : c.start + 3].casefold() == "to " for c in level.content)
    return not level.source and raised and bool(words & _FORESEEN)


def is_scare(text: str, level: Level) -> bool:
    """Whether a relation only says that words are not the report's own ("so-called"): it states nothing."""
    return not level.source and cue_words(text, level) == ["so-called"]


def _to_do(text: str, level: Level, *, asked: bool) -> bool:
    """Whether a content is what somebody is to do ("to stop", "them to stop", after `asked` "the port not to
    stop")."""
    match = _INFINITIVE.match(text, level.start, level.content[-1].end)
    who = match.group("who").casefold().split() if match else ["that"]
    if len(who) > 1 and not asked:
        return False
    return not any(is_finite(w) or w in {"that", "whether", "if"} for w in who) and (
        asked or not who or who[0] in words_of("pronouns")
    )


def says(text: str, level: Level, quotes: Sequence[Quotation], *, doubtful: bool = False) -> bool:
    """Whether a level attributes at all: a listed cue or none, somebody's quoted words, or little doubt.

    More is asked where few verbs that look like cues are any (`doubtful`): within what somebody else says
    ("he said the company had accepted the offer") and in headlines.
    """
    words = set(cue_words(text, level))
    if level.source and words & _REPORTEDLY and words <= _REPORTEDLY | _AUXILIARY:
        return False
    if _of_the_next(text, level) or (not level.source and _RAISED.search(cue(text, level))):
        return False
    likely = level.confidence >= _LIKELY
    if words and words <= _OWNING and _done(text, level):
        return False
    known = _listed(words) or words <= _OWNING
    if level.source:
        told = likely and not doubtful and _told_as_done(text, level)
        believed = known or told or level.confidence >= _SURE
    else:
        believed = known and likely and not _of_somebody(text, level)
    return (
        believed
        or _makes_it(text, level, words)
        or any(inside(c, quotes) * 2 > c.end - c.start for c in level.content)
    )


def _done(text: str, level: Level) -> bool:
    """Whether "have" only makes the perfect of what was done ("have signed a winger")."""
    first = next(iter(_content_words(text, level)), "")
    if "s" in cue_words(text, level) or text[level.start] in "“\"‘'" or first in table("numbers"):
        return False
    return first.endswith(("ed", "en")) or first in _PARTICIPLES


_PARTICIPLES = {
    "won", "lost", "sold", "bought", "made", "done", "been", "found", "gone", "told", "said", "put",
}  # fmt: skip
_RAISED = re.compile(r"\bto\s\w+\s\w+", re.IGNORECASE)
"""A cue that has swallowed what is said ("was found not to have known about")."""


def _of_the_next(text: str, level: Level) -> bool:
    """Whether the cue opens the next clause ("..., in one's report; in the other's, ...")."""
    end = max((c.end for c in level.content), default=0)
    return bool(level.cue) and ";" in text[end : max(end, level.cue[0].start)]


def _of_somebody(text: str, level: Level) -> bool:
    """Whether a cue without a source is a verb that has a subject ("we walked on and counted 23 houses"): who
    says it is not found, but it is no hearsay."""
    words = cue_words(text, level)
    verb = len(words) == 1 and words[0].endswith(("ed", "s", "put", "found"))
    if not verb or words[0] in words_of("hearsay"):
        return False
    before = text[max(0, level.cue[0].start - 40) : level.cue[0].start]
    return re.search(r"(?:\w|,)\s$", before) is not None


_AUXILIARY = {"has", "have", "had", "is", "are", "was", "were"}
_REPORTEDLY = {"reportedly", "allegedly", "supposedly", "purportedly"}
"""Words by which an outlet passes on what is said of somebody ("has reportedly sold"): nobody says it."""
_RECKONING = {"make", "makes", "made", "put", "puts"}


def _makes_it(text: str, level: Level, words: set[str]) -> bool:
    """Whether somebody gives a figure ("makes it about 400", "put it at forty")."""
    said = _content_words(text, level)
    figure = any(w[:1].isdigit() or w in table("numbers") for w in said)
    return not words.isdisjoint(_RECKONING) and said[:1] in (["it"], ["them"]) and figure


_AIM = re.compile(r"(?:not\s)?to\s", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:may|might|could|would|should|will|yet|not|never|nobody|neither|nor|if|unless)\b|n['’]t\b",
    re.IGNORECASE,
)


def _told_as_done(text: str, level: Level) -> bool:
    """Whether somebody is told to have put something forward: not to have aims ("forgot to set the brake"),
    not that it is open or denied whether he did ("may not have seen the memo", "if the court upholds it")."""
    if _AIM.match(text, level.start):
        return False
    ends = [*level.source, *level.cue]
    if not ends:
        return True
    first = ends[0].start
    before = max(text.rfind(".", 0, first), text.rfind("\n", 0, first), first - 9) + 1
    return not _OPEN.search(text[before : max(s.end for s in ends)])


_SHORT = 6
"""Words of a thing that is put forward rather than said."""


def puts(text: str, level: Level) -> bool:
    """Whether the verb is half of what is said ("made it seventeen", "vouched for the bank"): no list knows
    it, and what stands behind it is no clause."""
    words = set(cue_words(text, level))
    if level.method != "tagger" or not words or _listed(words) or words & _OWNING:
        return False
    said = _content_words(text, level)
    return len(said) <= _SHORT and not any(is_finite(w) or w == "that" for w in said)


def is_title(text: str, level: Level) -> bool:
    """Whether quoted words behind no cue of saying are the title of a work (plays "The Minister
    Says No")."""
    if len(level.content) != 1 or not set(cue_words(text, level)).isdisjoint(table("cues")):
        return False
    said = text[slice(*level.content[0])].strip()
    words = [m.group() for m in WORD.finditer(said)]
    long = [w for w in words if len(w) > 3]
    return 1 < len(words) <= 8 and said[:1] in "“\"‘'" and all(w[:1].isupper() for w in (words[0], *long))
