"""Every regular expression of the package, and texts built to make each of them slow.

Run by itself it prints, as JSON lines, the patterns that took too long: where they stand, on what, and how long.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[2] / "evidencelint"
# A linear search of so many characters takes a few milliseconds, a quadratic one a second and more.
SIZE = 12_000
MOST_SECONDS = 0.12
# What is only ever given a window of a text: so many characters, by the name of the pattern.
WINDOWS = {
    "citations/prose.py:_ENDS_WORD": 40,
    "citations/prose.py:_DATED": 40,
    "claims/retractions.py:_UNBACKED": 600,
    "documents/sentences.py:_LAST_WORD": 41,
    "documents/sentences.py:_INITIAL": 41,
}
_GROWTH = (24, 60, 150, 400, 1_200, SIZE)
_WIDE = 4
_MOST_SAMPLES = 3
_AGAIN = 2
_SUSPECT = 0.02
_SUPERLINEAR = 5.5
_ENDS = ("\0", "", "a!")
_ANY = "a0 .\n"
_parser: Any = importlib.import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")


@dataclass(frozen=True)
class Found:
    """A pattern and where it is compiled; ``anchored`` where it is only ever tried at one place of a text."""

    place: str
    pattern: re.Pattern[str]
    name: str
    anchored: bool = False

    def given(self, text: str) -> str:
        """Give the text as it reaches the pattern: figures are read from text with its white space folded."""
        file = self.place.partition(":")[0]
        if self.name in WINDOWS:
            return text[: WINDOWS[self.name]]
        if not file.startswith("quantities/") or "folding" in file:
            return text
        from evidencelint.quantities.folding import fold  # noqa: PLC0415 - not before its patterns are recorded

        return fold(text).text


def collect() -> list[Found]:
    """Give every pattern that the package compiles when it is imported and has checked a document."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    original = re._compile  # type: ignore[attr-defined]

    def recording(pattern: Any, flags: int) -> Any:
        compiled = original(pattern, flags)
        frame = sys._getframe(1)
        while frame.f_back is not None and "evidencelint" not in Path(frame.f_code.co_filename).parts:
            if Path(frame.f_code.co_filename).name not in {"__init__.py", "re.py"}:
                return compiled
            frame = frame.f_back
        name = frame.f_code.co_filename
        # what the model brings along is spaCy's, and is given one word at a time
        ours = frame.f_code.co_name != "from_bytes"
        if ours and name.startswith(str(PACKAGE)) and isinstance(compiled.pattern, str):
            place = f"{Path(name).relative_to(PACKAGE)}:{frame.f_lineno}"
            found.setdefault((compiled.pattern, compiled.flags), (place, compiled))
        return compiled

    re._compile = recording  # type: ignore[attr-defined]
    try:
        for module in pkgutil.walk_packages([str(PACKAGE)], "evidencelint."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        _exercise()
    finally:
        re._compile = original  # type: ignore[attr-defined]
    anchored, names = _anchored(), _names()
    return [Found(place, pattern, names.get(place, place), place in anchored) for place, pattern in found.values()]


def _exercise() -> None:
    """Use what compiles patterns from data of ``rules/`` on first need."""
    from evidencelint.engine import Linter  # noqa: PLC0415 - not before its patterns are recorded
    from evidencelint.factbase.load import parse_facts  # noqa: PLC0415
    from evidencelint.rules import select  # noqa: PLC0415

    facts = (
        "version: 1\nsources: [{key: lee2021}]\nvocabulary: {measure: {algae: [algae]}}\n"
        "facts: [{id: a, quote: 'Algae fell by 40% (95% CI 30 to 50; p = 0.03).'}]\n"
    )
    text = (
        "---\nevidencelint: {ignore: EL101}\n---\n# Algae\n\nAlgae may fall by 40 mg/dl (Lee, 2021) [@lee2021], "
        '"as they say" <!-- x --> doi:10.1/a `b` [^1]. t(20) = 2.1, p < 0.05.\n\n[^1]: A note, 2 of 3.\n'
    )
    Linter(parse_facts(facts, "facts.yaml", None), select()).check(text.encode(), "x.md")


def _anchored() -> set[str]:
    """Give the places of patterns that are only ever matched where a text begins, or as a whole."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}
    used: dict[tuple[str, str], set[str]] = {}
    for path, tree in trees.items():
        origin = {
            alias.asname or alias.name: (f"{node.module}", alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for name, methods in _uses(tree).items():
            used.setdefault(origin.get(name, (_module(path), name)), set()).update(methods)
    return {
        f"{path.relative_to(PACKAGE)}:{line}"
        for path, tree in trees.items()
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        if used.get((_module(path), node.targets[0].id), {""}) <= {"match", "fullmatch"}
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def _names() -> dict[str, str]:
    return {
        f"{path.relative_to(PACKAGE)}:{line}": f"{path.relative_to(PACKAGE)}:{node.targets[0].id}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def _module(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _uses(tree: ast.AST) -> dict[str, set[str]]:
    """Give the methods that are called on each name; an empty name for any other use."""
    found: dict[str, set[str]] = {}
    owners = {
        id(node.value): node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.setdefault(node.id, set()).add(owners.get(id(node), ""))
    return found


def attacks(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (before, what is repeated, after) for everything in a pattern that repeats without a narrow bound."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    seen: set[tuple[str, str]] = set()
    for before, pump in _pumps(list(tree), ""):
        for start, repeated in ((before, pump), ("", before + pump), ("", pump)):
            if repeated and (start, repeated) not in seen:
                seen.add((start, repeated))
                for end in _ENDS:
                    yield start, repeated, end


def _pumps(items: list[Any], before: str) -> Iterator[tuple[str, str]]:
    for index, (operation, argument) in enumerate(items):
        name = str(operation)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            _, most, body = argument
            if most >= _WIDE:
                for sample in _samples(list(body))[:_MOST_SAMPLES]:
                    yield before, sample
            yield from _pumps(list(body), before)
        elif name == "SUBPATTERN":
            yield from _pumps(list(argument[3]), before)
        elif name in {"ASSERT", "ASSERT_NOT"}:
            yield from _pumps(list(argument[1]), before)
        elif name == "ATOMIC_GROUP":
            yield from _pumps(list(argument), before)
        elif name == "BRANCH":
            for branch in argument[1]:
                yield from _pumps(list(branch), before)
        before += next(iter(_samples(items[index : index + 1])), "")


def _samples(items: list[Any]) -> list[str]:
    """Give a few short texts that a part of a pattern fits."""
    found = [""]
    for operation, argument in items:
        parts = _of_one(str(operation), argument)
        found = [text + part for text in found for part in parts][:6]
    return found


def _of_one(name: str, argument: Any) -> list[str]:  # noqa: PLR0911 - a case for each kind of part
    match name:
        case "LITERAL":
            return [chr(argument)]
        case "NOT_LITERAL":
            return [c for c in _ANY if ord(c) != argument][:3]
        case "ANY":
            return ["a", "0"]
        case "IN":
            return _of_set(argument)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, body = argument
            samples = _samples(list(body))
            longer = [samples[0] * 6] if samples and most > _WIDE else []
            return [*longer, *(sample * max(least, min(most, 1)) for sample in samples)]
        case "SUBPATTERN":
            return _samples(list(argument[3]))
        case "ATOMIC_GROUP":
            return _samples(list(argument))
        case "BRANCH":
            return [sample for branch in argument[1] for sample in _samples(list(branch))[:2]][:8]
        case _:
            return [""]


_CATEGORIES = {
    "CATEGORY_DIGIT": "0",
    "CATEGORY_NOT_DIGIT": "a",
    "CATEGORY_SPACE": " \n",
    "CATEGORY_NOT_SPACE": "a",
    "CATEGORY_WORD": "a0",
    "CATEGORY_NOT_WORD": " -",
}


def _of_set(argument: Iterable[Any]) -> list[str]:
    negated, found = False, []
    for operation, value in argument:
        match str(operation):
            case "NEGATE":
                negated = True
            case "LITERAL":
                found.append(chr(value))
            case "RANGE":
                found += [chr(value[0]), chr(value[1])]
            case "CATEGORY":
                found += _CATEGORIES[str(value)]
    if negated:
        return [c for c in "a0 -x\n" if c not in found][:4]
    return [*found[:3], *found[-2:]]


def slowest(found: Found) -> tuple[float, int, str]:
    """Give the longest search of one pattern: processor seconds, size and the beginning of the text."""
    worst = (0.0, 0, "")
    for before, pump, end in attacks(found.pattern):
        seconds = 0.0
        for size in _GROWTH:
            seconds = _least(found, found.given(before + pump * (size // len(pump)) + end))
            worst = max(worst, (seconds, size, f"{before!r} + {pump!r}... + {end!r}"))
            if worst[0] > MOST_SECONDS:
                return worst
        if seconds > _SUSPECT:
            # a quadratic search of single characters is fast, but takes nine times as long for three times the text
            text = found.given(before + pump * (3 * SIZE // len(pump)) + end)
            longer = _least(found, text)
            if longer > MOST_SECONDS and longer > _SUPERLINEAR * seconds:
                return longer, 3 * SIZE, f"{before!r} + {pump!r}... + {end!r}"
    return worst


def _least(found: Found, text: str) -> float:
    """Search, and once more if it took long: a busy machine is slow now and then, a pattern always."""
    seconds = _seconds(found, text)
    return seconds if seconds <= MOST_SECONDS else min(seconds, *(_seconds(found, text) for _ in range(_AGAIN)))


def _seconds(found: Found, text: str) -> float:
    started = time.process_time()
    if found.anchored:
        found.pattern.match(text)
        found.pattern.fullmatch(text)
    else:
        for _ in found.pattern.finditer(text):
            pass
    return time.process_time() - started


def main(part: int, parts: int) -> None:
    """Try every pattern of one part of them, and write a line for each that took too long; the last line counts."""
    patterns = collect()[part::parts]
    for found in patterns:
        seconds, size, text = slowest(found)
        if seconds > MOST_SECONDS:
            row = {"name": found.name, "seconds": round(seconds, 2), "size": size, "text": text[:200]}
            sys.stdout.write(json.dumps({**row, "pattern": found.pattern.pattern[:300]}) + "\n")
    sys.stdout.write(f"{len(patterns)}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
