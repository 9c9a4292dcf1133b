"""The architecture is a test: layers, doors of heavy libraries, measures of the house, a light import."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

LINES = 600
FUNCTION_LINES = 80
IMPORT_SECONDS = 0.2

# Heavy or risky libraries, and the only places that may name them.
DOORS = {
    "onnxruntime": {"ondit.text.encoder"},
    "tokenizers": {"ondit.text.encoder"},
    "pyarrow": {"ondit.schema", "ondit.engines", "ondit.telling.exports.parquet"},
    # A case is a file that must survive; an export is made in memory and written like any other output.
    "sqlite3": {"ondit.casefile", "ondit.casetables", "ondit.telling.exports.sqlite"},
    "mcp": {"ondit.faces.mcp"},
    "lxml": {"ondit.intake"},
    "charset_normalizer": {"ondit.intake"},
    "msgspec": {"ondit.schema"},
    "click": {"ondit.faces"},
    "rich": {"ondit.faces", "ondit.telling"},
    "jinja2": {"ondit.telling.page"},
    "markupsafe": {"ondit.telling.page"},
    "fastapi": {"ondit.faces.server", "ondit.faces.live", "ondit.faces.rest", "ondit.faces.rulings"},
    "starlette": {"ondit.faces.server"},
    "uvicorn": {"ondit.faces.server"},
    "pypdfium2": {"ondit.intake.pdf"},
    "socket": {"ondit.intake.fetch", "ondit.intake.addresses"},
    "ssl": {"ondit.intake.fetch"},
    "http.client": {"ondit.intake.fetch"},
    "urllib.request": set[str](),
    "pickle": set[str](),
}
# What may not come with `import ondit`: every library that is not Python's own.
OWN = {"ondit"}


def modules(root: Path) -> dict[str, Path]:
    """The modules of the package by dotted name."""
    source = root / "src"
    return {
        ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted((source / "ondit").rglob("*.py"))
    }


def imported(path: Path) -> Iterator[str]:
    """Every module that a file names in an import, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def fresh(code: str) -> str:
    """What `code` prints in a Python of its own."""
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_layers_hold(root: Path) -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-logo", "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_module_is_longer_than_a_reader_can_hold(root: Path) -> None:
    long = {
        name: n for name, p in modules(root).items() if (n := len(p.read_text("utf-8").splitlines())) > LINES
    }
    assert long == {}


def test_no_function_is_longer_than_a_screen(root: Path) -> None:
    long = [
        f"{name}.{node.name}"
        for name, path in modules(root).items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES
    ]
    assert long == []


@pytest.mark.parametrize("library", DOORS)
def test_each_heavy_library_has_its_door(root: Path, library: str) -> None:
    strangers = [
        name
        for name, path in modules(root).items()
        if any(within(found, library) for found in imported(path))
        and not any(within(name, door) for door in DOORS[library])
    ]
    assert strangers == []


def test_no_module_imports_the_package_from_its_top(root: Path) -> None:
    """`from ondit import x` inside the package would be a circle through the lazy names."""
    circles = [name for name, path in modules(root).items() if "ondit" in set(imported(path))]
    assert circles == []


def test_modules_say_what_they_are(root: Path) -> None:
    silent = [n for n, p in modules(root).items() if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
    assert silent == []


def test_import_loads_nothing_but_python_itself() -> None:
    code = "import sys, json, ondit; print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})))"
    loaded = set(json.loads(fresh(code))) - set(sys.stdlib_module_names) - OWN
    assert {name for name in loaded if not name.startswith(("_", "sitecustomize"))} == set()


def test_import_loads_no_module_of_the_package_but_the_version() -> None:
    code = "import sys, ondit; print(sorted(m for m in sys.modules if m.startswith('ondit')))"
    assert fresh(code).strip() == "['ondit', 'ondit.version']"


def test_import_is_quick() -> None:
    """CPU seconds, the best of three: a busy machine must not fail it."""
    code = "import time; begun = time.process_time(); import ondit; print(time.process_time() - begun)"
    assert min(float(fresh(code)) for _ in range(3)) < IMPORT_SECONDS
