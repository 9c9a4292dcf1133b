"""Documentation is tested: its links lead somewhere, its Python runs, its pages are in the navigation."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from ondit.faces.cli import cli

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
ELSEWHERE = {".venv", ".uv", "docs", "build", "site"}
READMES = [
    path for path in sorted(ROOT.rglob("*/README.md")) if not ELSEWHERE & set(path.relative_to(ROOT).parts)
]
TEXTS = [*PAGES, *sorted(ROOT.glob("*.md")), *READMES]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
FRAGMENT = re.compile(r"(\d+|\+[a-z0-9-]+)\.(added|changed|fixed|removed)(\.\d+)?\.md")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code_blocks(page: Path) -> list[str]:
    return PYTHON.findall(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", TEXTS, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", [page for page in TEXTS if code_blocks(page)], ids=named)
def test_python_in_the_documentation_runs(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the top folder, block after block: what one defines the next may use."""
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {"__name__": "documentation"}
    for block in code_blocks(page):
        exec(compile(block, named(page), "exec"), names)


@pytest.mark.parametrize("page", TEXTS, ids=named)
def test_commands_are_typed_as_they_are_installed_and_understood(page: Path) -> None:
    blocks = SHELL.findall(page.read_text(encoding="utf-8"))
    lines = [line for block in blocks for line in block.replace("\\\n", " ").split("\n")]
    assert [line for line in lines if line.startswith("ondit ")] == []
    for line in lines:
        program, *words = shlex.split(line, comments=True) or [""]
        if program == ".venv/bin/ondit":
            command = cli.commands[words[0]]
            command.make_context(words[0], words[1:])


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert [
        named(page) for page in PAGES if page.relative_to(ROOT / "docs").as_posix() not in navigation
    ] == []


def test_every_target_of_make_that_is_named_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    spoken = {
        word for page in TEXTS for word in re.findall(r"`make ([a-z]+)`", page.read_text(encoding="utf-8"))
    }
    assert spoken - targets == set()


def test_fragments_of_the_changelog_are_named_as_they_should_be() -> None:
    names = [path.name for path in (ROOT / "changelog.d").iterdir() if path.name != "README.md"]
    assert [name for name in names if not FRAGMENT.fullmatch(name)] == []
