"""The register: states, outlets and organisations by the names under which news speaks of them.

A name in, the one entry that bears it out, or None: a name that two entries share, or that is a common word,
is nobody's, for a wrong "who" makes a wrong origin. What the report itself says first ("The New York Times",
then "The Times") is for the caller to ask before.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from ondit.errors import InputError

Names = tuple[str, ...]
FILES = ("states", "outlets", "organisations", "offices")
OWN = "ONDIT_REGISTER"
"""The environment variable that names the folder of the user's own register."""


@dataclass(frozen=True, slots=True)
class State:
    """A state. `id`: ISO 3166-1 alpha-2, lower case; `metonyms`: places that stand for its government."""

    id: str
    name: str
    long: str
    aliases: Names
    adjectives: Names
    capital: str
    metonyms: Names


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet or agency. `country` is the id of a state, "" where it belongs to none or to several."""

    name: str
    aliases: Names
    kind: Literal["agency", "newspaper", "broadcaster", "magazine", "website", "tabloid"]
    country: str
    owner: str
    control: Literal["private", "public", "state_funded", "state_controlled"]
    domains: Names


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that news quotes. `principal`: the id of the state for whose government it speaks, or ""."""

    name: str
    aliases: Names
    principal: str


_Entry = TypeVar("_Entry", State, Outlet, Organisation)
_Index = dict[str, list[tuple[str, Any]]]  # folded name: how it is written, of which entry
_LETTERS = str.maketrans("øłđıð-–", "oldid  ", ".’‘'")
_ARTICLE = re.compile(r"\A\s*the\s+(?=\S)", re.IGNORECASE)
_KIND = re.compile(
    r"(.{1,80}?)\s(?:(?P<newspaper>(?:news)?paper|tabloid)|(?P<magazine>magazine)|(?P<website>(?:web)?site)"
    r"|(?P<agency>(?:news )?agency)|(?P<broadcaster>broadcaster|television|(?:\w+ )?channel))"
)
# Names that are common words too: they need the article that is theirs.
_WORDS = (
    "age beta cable caravan continent conversation dawn diplomat economist express focus fortune forward "
    "globes guardian independent information informer insider intercept lancet lawfare liberation local mail "
    "metro mint mirror mothership nature observer peninsula people print prospect punch quint register salon "
    "slate spectator stat statesman stern stuff telegraph telex tempo trend upstream variety verge wired"
)
# Names of which something else has the article and often the capital letter: they need a capital article.
_THINGS = "atlantic hill hindu nation post scotsman sun time times"


def fold(name: str) -> str:
    """A name without accents, case, full stops, hyphens, apostrophes.

    >>> fold("U.S."), fold("Al-Ahram"), fold("Türkiye"), fold("Mail & Guardian")
    ('us', 'al ahram', 'turkiye', 'mail and guardian')
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(name.casefold().translate(_LETTERS).replace("&", " and ").split())


def state(words: str) -> State | None:
    """The state that `words` name: its names, adjectives, people, or a place that stands for its government.

    >>> [found and found.id for found in map(state, ("the Kremlin", "French", "U.S.", "us", "Congo"))]
    ['ru', 'fr', 'us', None, None]
    """
    if fold(_bare(words)) == "georgia":  # the one in the United States is as likely
        return None
    return cast("State | None", _only(_states_by_name(), _bare(words)))


def outlet(words: str) -> Outlet | None:
    """The outlet that `words` name; what kind of outlet it is may stand after the name.

    >>> [bool(outlet(words)) for words in ("AFP", "the Guardian", "Guardian", "the Sun")]
    [True, True, False, False]
    """
    words = words.strip()
    found = _only(_bodies_by_name(), _bare(words))
    if tail := _KIND.fullmatch(words) if found is None else None:
        words, found = tail[1], _only(_bodies_by_name(), _bare(tail[1]))
        if not isinstance(found, Outlet) or tail.lastgroup != found.kind.replace("tabloid", "newspaper"):
            return None
    return found if isinstance(found, Outlet) and _meant(found, words, with_kind=tail is not None) else None


def organisation(words: str) -> Organisation | None:
    """The organisation that `words` name.

    >>> [found and found.principal for found in map(organisation, ("the Pentagon", "IAEA", "who", "ICC"))]
    ['us', '', None, None]
    """
    found = _only(_bodies_by_name(), _bare(words))
    return found if isinstance(found, Organisation) else None


@cache
def states() -> dict[str, State]:
    """Every state, by id."""
    return {entry.id: entry for entry in _read("states", State)}


@cache
def outlets() -> tuple[Outlet, ...]:
    """Every outlet, agencies first."""
    return _read("outlets", Outlet)


@cache
def organisations() -> tuple[Organisation, ...]:
    """Every organisation."""
    return _read("organisations", Organisation)


def extend(folder: str | Path) -> None:
    """Add the user's own register to ours, in this process and those that it starts.

    `folder` holds files of the names and columns of data/register, as many as there is something to add to.
    """
    found = [name for name in FILES if (Path(folder) / f"{name}.tsv").is_file()]
    if not found:
        names = ", ".join(f"{name}.tsv" for name in FILES)
        raise InputError(f"{folder} holds no file of a register: name at least one of {names}")
    for name in found:
        _own_rows(Path(folder), name)
    os.environ[OWN] = str(Path(folder).absolute())
    for kept in (states, outlets, organisations, _states_by_name, _bodies_by_name):
        kept.cache_clear()


def own() -> str:
    """The folder of the user's own register, "" if there is none."""
    return os.environ.get(OWN, "")


def rows(name: str) -> list[list[str]]:
    """The rows of the file `name` of the register and of the user's own, their heads left out."""
    added = _own_rows(Path(own()), name) if own() and (Path(own()) / f"{name}.tsv").is_file() else []
    return [*_table(_text(name))[1:], *added]


def as_of(name: str) -> str:
    """The date of the facts of the file `name`: what changed later is not in it."""
    found = re.search(r"^# as_of: (\S+)$", _text(name), re.MULTILINE)
    return found[1] if found else ""


def _text(name: str) -> str:
    return files("ondit").joinpath("data", "register", f"{name}.tsv").read_text(encoding="utf-8")


def _table(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.split("\n") if line.strip() and not line.startswith("#")]


def _own_rows(folder: Path, name: str) -> list[list[str]]:
    """The rows of one file of the user's; one of other columns than ours is refused."""
    path, head = folder / f"{name}.tsv", _table(_text(name))[0]
    try:
        found = _table(path.read_text(encoding="utf-8").replace("\r", ""))
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"{path} cannot be read as UTF-8 text: {fault}") from fault
    wrong = next((row for row in found if len(row) != len(head)), None)
    if not found or found[0] != head or wrong is not None:
        where = f"; this row has {len(wrong)} cells: {wrong[0][:40]!r}" if wrong else ""
        raise InputError(f"{path} must have the columns {', '.join(head)}, separated by tabs{where}")
    return found[1:]


def _read(name: str, record: type[_Entry]) -> tuple[_Entry, ...]:
    several = [column.type == "Names" for column in fields(record)]
    return tuple(record(*map(_cell, row, several)) for row in rows(name))


def _cell(text: str, several: bool) -> Any:
    return tuple(filter(None, text.split("|"))) if several else text


@cache
def _states_by_name() -> _Index:
    return _index(states().values())


@cache
def _bodies_by_name() -> _Index:
    # One index: a short form that an outlet and an organisation share (EPA, PA) is ambiguous too.
    return _index((*outlets(), *organisations()))


def _index(entries: Iterable[State | Outlet | Organisation]) -> _Index:
    index: _Index = {}
    for entry in entries:
        more = (entry.long, *entry.adjectives, *entry.metonyms) if isinstance(entry, State) else ()
        for name in map(_bare, filter(None, (entry.name, *entry.aliases, *more))):
            index.setdefault(fold(name), []).append((name, entry))
    return index


def _bare(words: str) -> str:
    return _ARTICLE.sub("", words)


def _only(index: _Index, bare: str) -> object:
    """The entry that is written like `bare`, None if there is none or more than one."""
    entries = [entry for name, entry in index.get(fold(bare), ()) if _alike(bare.split(), name.split())]
    return entries[0] if entries and all(entry is entries[0] for entry in entries) else None


def _alike(words: list[str], name: list[str]) -> bool:
    """Whether words that fold alike are the name: "us" is not the US, "turkey" not Turkey."""
    if all(part == part.upper() for part in name):
        return all(word == word.upper() for word in words)
    return all(w[0].isupper() or not n[0].isupper() for w, n in zip(words, name, strict=False))


def _meant(found: Outlet, words: str, with_kind: bool) -> bool:
    """Whether `words` that may be no name (a common word, a people) are the outlet's: by their article."""
    bare, names = _bare(words), (found.name, *found.aliases)
    own = f"the {bare}".casefold() in map(str.casefold, names)
    article = bare != words and (own or with_kind)
    if fold(bare) in _states_by_name():  # "The Australian" may be a person
        return article and with_kind and words.startswith("The")
    if bare.casefold() not in (*_WORDS.split(), *_THINGS.split()) or (bare.isupper() and bare in names):
        return True
    return article and (with_kind or words.startswith("The") or bare.casefold() in _WORDS.split())
