"""Words of reports inside Markdown, and as names of files: read as text by Obsidian and by a file system.

What would mean something is escaped in running text; in names and in the labels of links, where nothing can
be escaped, a sign that means something becomes its full-width twin, which can still be read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterable
from typing import TypeVar
from unicodedata import normalize

from ondit.telling.exports.addresses import web_address
from ondit.telling.words import clean

Key = TypeVar("Key", bound=Hashable)

LONGEST = 80
"""Characters of a file name; at four bytes each, with an id, still under what file systems take."""

NAMELESS = "nameless"

_SIGNS = re.compile(
    r"[\\`*_{}\[\]<#|$^@]|~(?=~)|=(?==)|%(?=%)|&(?=[#\w])|(?<=:):|(?<=:)//|(?<=www)\.|^[-+=>]|(?<=^\d)[.)]"
    r"|(?<=^\d\d)[.)]",
    re.IGNORECASE,
)
_UNSAFE = re.compile(r"[\\/:*?\"<>|#^\[\]`_{}~=$%@&!]|^[.\s-]|[.\s]$")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def escaped(text: str) -> str:
    """Foreign text on one line, as Markdown that shows it: no link, tag, formula, HTML or comment.

    >>> escaped("[x](javascript:alert(1)) #tag <b> see https://a.example")
    '\\\\[x\\\\](javascript:alert(1)) \\\\#tag \\\\<b> see https:\\\\//a.example'
    """
    return _SIGNS.sub(lambda sign: "\\" + sign.group(), clean(text))


def safe_name(text: str) -> str:
    """
    >>> safe_name("../../etc/passwd"), safe_name("CON"), safe_name("What now?")
    ('．.／..／etc／passwd', 'CON．', 'What now？')
    """
    name = normalize("NFC", clean(text))[:LONGEST].strip()
    while (safe := _UNSAFE.sub(_wide, name)) != name:
        name = safe
    return f"{name}．" if _RESERVED.fullmatch(name) else name


def file_names(wanted: Iterable[tuple[Key, str, str]]) -> dict[Key, str]:
    """For each (key, words, id) a file name of its own, also where case and width make no difference."""
    names: dict[Key, str] = {}
    taken: set[str] = {""}
    for key, words, ident in wanted:
        name = first = safe_name(words) or safe_name(ident) or NAMELESS
        number = 1
        while normalize("NFKC", name).casefold() in taken:
            name = safe_name(f"{first[:40]} {ident}"[: LONGEST - 8]) + ("" if number == 1 else f" {number}")
            number += 1
        taken.add(normalize("NFKC", name).casefold())
        names[key] = name
    return names


def properties(**values: object) -> str:
    """The head of a note: YAML whose values are JSON, which YAML reads as it is. Only addresses are links."""
    lines = (f"{name}: {_plain(value)}" for name, value in values.items() if value is not None)
    return "---\n" + "\n".join(lines) + "\n---\n"


def _plain(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_plain, value))}]"
    if isinstance(value, str) and value != web_address(value):
        value = clean(value).replace("[[", "［［").replace("://", ":／／")
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("%", "\\u0025")


def _wide(found: re.Match[str]) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else "" for char in found.group())
