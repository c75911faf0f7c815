"""Change the code of the rules in a sample of places, one at a time, and count the changes that the tests notice.

    python tests/measures/mutants.py [--sample 200] [--seed 1] [--module evidencelint/checks] [--survivors]

The changes are those of Cosmic Ray (extra ``mutants``): other comparisons, numbers and operators, conditions turned
round, loops left early or never entered. One is drawn from each of a sample of places. A mutant is *killed* when a test
fails, hangs or cannot be loaded, and *survives* when all tests pass that reach its module. Those that reach its line go
first. Each mutant runs in a fork of one process that has read the model and the sentences of the tests, and its code is
compiled in memory: no file changes. Needs an operating system that forks.
"""

from __future__ import annotations

import ast
import difflib
import os
import pickle
import random
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import click
import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from coverage import Coverage

from evidencelint import nlp
from evidencelint.model import Token

ROOT = Path(__file__).resolve().parents[2]
# the tests that assert what the rules find, without processes of their own
TESTS = tuple(
    f"tests/test_{name}.py"
    for name in [
        "rule_pages",
        "arithmetic",
        "consistency",
        "citation_rules",
        "author_year",
        "ratings",
        "reaching",
        "contradictions",
        "matching",
        "siblings",
        "matter",
        "folding",
        "retold",
        "factcheck",
        "statements",
        "certainty",
        "estimates",
        "layouts",
    ]
)
# what nobody would write by mistake, and what cannot change what a program does: identity for equality
ODD = (
    "_Is",
    "_IsNot",
    "Is_",
    "IsNot_",
    "Shift",
    "_Pow",
    "_Invert",
    "_USub_Not",
    "_UAdd_Not",
    "RemoveDecorator",
    "Variable",
    "ExceptionReplacer",
)
KILLED, SURVIVED, HUNG = "killed", "survived", "hung"
_PASSED, _BROKEN = 0, 3
# how long a mutant may take: so many times what the tests took, and so many seconds to begin with
_PATIENCE, _GRACE = 5, 60


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a module, and the changes that can be made in it: operator and occurrence."""

    path: str
    line: int
    column: int
    changes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Which tests run a module, and which of them each of its lines."""

    module: Mapping[str, frozenset[str]]
    line: Mapping[tuple[str, int], frozenset[str]]
    seconds: Mapping[str, float]

    def first(self, path: str, line: int) -> list[str]:
        return sorted(self.line.get((path, line), frozenset()), key=self.seconds.__getitem__)

    def others(self, path: str, line: int) -> list[str]:
        """Give the tests of a line that runs as the module is loaded, or once for all."""
        if len(self.line.get((path, line), frozenset())) > 1:
            return []
        return sorted(self.module[path] - self.line.get((path, line), frozenset()), key=self.seconds.__getitem__)


def operators() -> list[str]:
    names = [name for name in operator_names() if not any(odd in name for odd in ODD)]
    return [*names, "core/ReplaceComparisonOperator_Is_IsNot", "core/ReplaceComparisonOperator_IsNot_Is"]


def places(path: str) -> Iterator[Place]:
    """Find where a module can be changed; an annotation is no such place."""
    code = (ROOT / path).read_text(encoding="utf-8")
    silent = {place for tree in hints(ast.parse(code)) for place in positions(tree)}
    found: dict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
    nodes = list(ast_nodes(get_ast(code)))
    for name in operators():
        operator, occurrence = get_operator(name)(), 0
        for node in nodes:
            for (line, column), _ in operator.mutation_positions(node):
                if (line, column) not in silent:
                    found[line, column].append((name, occurrence))
                occurrence += 1
    for (line, column), changes in sorted(found.items()):
        yield Place(path, line, column, tuple(changes))


def hints(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        named = getattr(node, "annotation", None), getattr(node, "returns", None)
        yield from (part for part in named if isinstance(part, ast.expr))


def positions(tree: ast.expr) -> Iterator[tuple[int, int]]:
    assert tree.end_lineno is not None
    assert tree.end_col_offset is not None
    for line in range(tree.lineno, tree.end_lineno + 1):
        yield from ((line, column) for column in range(tree.col_offset, tree.end_col_offset + 1))


def mutate(place: Place, change: tuple[str, int]) -> str | None:
    """Give the code of a module with one change, or None where it cannot be made."""
    name, occurrence = change
    code = (ROOT / place.path).read_text(encoding="utf-8")
    mutated: str | None = mutate_code(code, get_operator(name)(), occurrence)
    return mutated if mutated != code else None


class Code(SourceFileLoader):
    """Loads a module from code in memory, as if it stood in its file."""

    def __init__(self, name: str, path: Path, code: str) -> None:
        super().__init__(name, str(path))
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._code, self.get_filename(fullname), "exec")


class Mutant(MetaPathFinder):
    """Finds one module in code in memory."""

    def __init__(self, path: str, code: str) -> None:
        parts = Path(path).with_suffix("").parts
        self._name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self._path, self._code = ROOT / path, code

    def find_spec(self, fullname: str, path: object, target: ModuleType | None = None) -> ModuleSpec | None:
        del path, target
        if fullname != self._name:
            return None
        return spec_from_file_location(fullname, self._path, loader=Code(fullname, self._path, self._code))


def run_tests(tests: Sequence[str], mutant: Mutant | None = None, plugins: Sequence[Any] = (), *options: str) -> int:
    sys.dont_write_bytecode = True
    if mutant is not None:
        sys.meta_path.insert(0, mutant)
    return int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *options, *tests], plugins))


def in_fork(seconds: float, *arguments: Any) -> int | None:
    """Run tests in a fork that prints nothing; give pytest's exit code, or None after so many seconds."""
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        code = _BROKEN
        try:
            code = run_tests(*arguments)
        finally:
            os._exit(code)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


class Recorder:
    """Tells coverage which test runs, and keeps how long each took."""

    def __init__(self, coverage: Any) -> None:
        self.coverage, self.seconds = coverage, dict[str, float]()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.coverage.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration


class Sentences:
    """Reads each text once: what the tests of the code as it is have read, forks find read."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[Token, ...]] = {}
        self._parse = nlp.parse

    def parse(self, texts: Sequence[str]) -> Iterator[tuple[Token, ...]]:
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        self.known.update(zip(new, self._parse(new), strict=True))
        return iter([self.known[text] for text in texts])


def reach(modules: Sequence[str], sentences: Sentences) -> Reach:
    """Run the tests on the code as it is, and see which of them run which lines; raises if one fails."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "reach"
        child = os.fork()
        if child == 0:
            code = _BROKEN
            try:
                code = record(kept, sentences)
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != _PASSED:
            raise click.ClickException("the tests fail on the code as it is")
        with kept.open("rb") as stream:
            lines, seconds, sentences.known = pickle.load(stream)  # noqa: S301 - our own, of a moment ago
    by_module: dict[str, set[str]] = defaultdict(set)
    by_line: dict[tuple[str, int], frozenset[str]] = {}
    for path, tests_by_line in lines.items():
        name = Path(path).resolve().relative_to(ROOT).as_posix()
        for line, tests in tests_by_line.items():
            by_line[name, line] = frozenset(tests) - {""}
            by_module[name] |= by_line[name, line]
    return Reach({name: frozenset(by_module[name]) for name in modules}, by_line, seconds)


def record(kept: Path, sentences: Sentences) -> int:
    coverage = Coverage(data_file=None, source=[str(ROOT / "evidencelint" / "checks")], branch=False, config_file=False)
    coverage.start()
    recorder = Recorder(coverage)
    code = run_tests(TESTS, None, [recorder], "-p", "no:pytest_cov")
    coverage.stop()
    data = coverage.get_data()
    lines = {path: data.contexts_by_lineno(path) for path in data.measured_files()}
    kept.write_bytes(pickle.dumps((lines, recorder.seconds, sentences.known)))
    return code


def fate(place: Place, code: str, known: Reach) -> str:
    """Say what becomes of one mutant; the tests that run its line go first."""
    mutant = Mutant(place.path, code)
    for tests in (known.first(place.path, place.line), known.others(place.path, place.line)):
        if tests:
            result = in_fork(_GRACE + _PATIENCE * sum(known.seconds[test] for test in tests), tests, mutant)
            if result is None:
                return HUNG
            if result != _PASSED:
                return KILLED
    return SURVIVED


def changed(place: Place, code: str) -> str:
    """Give the changed lines, before and after."""
    before = (ROOT / place.path).read_text(encoding="utf-8").splitlines()
    lines = difflib.unified_diff(before, code.splitlines(), lineterm="", n=0)
    return "\n".join(f"    {line}" for line in lines if not line.startswith(("---", "+++", "@@")))


@click.command(help=__doc__)
@click.option("--sample", default=200, show_default=True, help="How many places.")
@click.option("--seed", default=1, show_default=True, help="Which sample.")
@click.option("--module", "folder", default="evidencelint/checks", show_default=True, help="Where, below the checkout.")
@click.option("--survivors", is_flag=True, help="Show each mutant that survives.")
def main(sample: int, seed: int, folder: str, *, survivors: bool) -> None:
    os.chdir(ROOT)
    sentences = Sentences()
    nlp.parse = sentences.parse
    list(nlp.parse(["The model is read once."]))
    modules = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / folder).rglob("*.py"))]
    known = reach(modules, sentences)
    everywhere = [place for path in modules for place in places(path)]
    # not for secrets: the same sample every time
    chance = random.Random(seed)  # noqa: S311
    chosen = sorted(chance.sample(everywhere, min(sample, len(everywhere))), key=lambda p: (p.path, p.line, p.column))
    fates: dict[str, int] = defaultdict(int)
    for place in chosen:
        change = chance.choice(place.changes)
        code = mutate(place, change)
        if code is None:
            continue
        became = fate(place, code, known)
        fates[became] += 1
        if became == SURVIVED and survivors:
            click.echo(f"{place.path}:{place.line}: {change[0].removeprefix('core/')}\n{changed(place, code)}")
    count = sum(fates.values())
    killed = count - fates[SURVIVED]
    click.echo(
        f"{len(everywhere)} places in {len(modules)} modules, {count} mutants (seed {seed}): "
        f"{killed} killed ({fates[HUNG]} hung), {fates[SURVIVED]} survived: {killed / max(count, 1):.1%}"
    )


if __name__ == "__main__":
    main()
