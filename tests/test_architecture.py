"""The structure the project promises: imports point one way, and only one module knows spaCy."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "evidencelint"
RULES = PACKAGE.parent / "rules"

# From bytes to exit code; a module imports only from its own row or the rows above.
ROWS = (
    {"diagnostics", "errors"},
    {"model"},
    {
        "resources",
        "spans",
        "words",
        "nlp",
        "nlploading",
        "frames",
        "source",
        "reading",
        "wording",
        "yamlio",
        "yamledit",
        "dates",
        "timebudget",
    },
    {"cache", "gitcalls", "rules", "reported", "accounts"},
    {"lexicon", "quantities", "configuration", "stamping"},
    {"citations"},
    {"documents", "bibliography"},
    {"sources", "outcome"},
    {"factbase"},
    {"claims", "policy"},
    {"matching", "harvest"},
    {"judgement", "curating"},
    {"checks", "claimreports", "accounting"},
    {"engine", "crossing"},
    {"running"},
    {"project", "reporters", "evaluation"},
    {"api", "mutation"},
    {"session"},
    {"lsp", "mcp_server", "site", "batch"},
    {"cli", "__main__", "__init__"},
)


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    if path.stem == "__main__":
        return "__main__"
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return found


def row(name: str) -> int:
    found = [index for index, names in enumerate(ROWS) if name in names]
    assert found, f"{name} has no row in the architecture"
    return found[0]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    own = row(room(path))
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "evidencelint" and len(parts) > 1:
            assert row(parts[1]) <= own, f"{path.name} imports {name}, which comes after it"


def test_only_nlp_imports_spacy() -> None:
    assert [path.name for path in modules() if any(n.split(".")[0] == "spacy" for n in imports(path))] == ["nlp.py"]


@pytest.mark.parametrize(
    ("package", "rooms"),
    [
        ("pygls", {"lsp"}),
        ("lsprotocol", {"lsp"}),
        ("mcp", {"mcp_server"}),
        ("pydantic", {"mcp_server"}),
        ("distributed", {"batch"}),
        ("pyarrow", set()),
        ("jinja2", {"site"}),
        ("markupsafe", {"site"}),
    ],
)
def test_what_one_part_needs_is_imported_by_it_alone(package: str, rooms: set[str]) -> None:
    assert {room(path) for path in modules() if any(n.split(".")[0] == package for n in imports(path))} == rooms


@pytest.mark.parametrize(
    "arguments",
    [["explain", "value-mismatch"], ["--version"], *([*name, "--help"] for name in ([], ["check"], ["lsp"], ["mcp"]))],
)
def test_cheap_commands_do_not_import_spacy(arguments: list[str]) -> None:
    script = (
        "import sys\nfrom evidencelint.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        "heavy = ('spacy', 'numpy', 'pyromark', 'pygls', 'mcp', 'jinja2')\n"
        "sys.exit(','.join(m for m in heavy if m in sys.modules) or None)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_nothing_about_the_shipped_review_in_engine_or_lexicon() -> None:
    known = re.compile(r"mdma|ptsd|\bbpd\b|borderline|zeifman|psychotherap", re.IGNORECASE)
    places = [*modules(), *RULES.rglob("*.md"), *RULES.rglob("*.yaml")]
    assert [str(path.name) for path in places if known.search(path.read_text(encoding="utf-8"))] == []
