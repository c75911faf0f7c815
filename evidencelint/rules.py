"""The rules as their pages in ``rules/`` state them: identity, verdict, severity, and the text for people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from evidencelint.errors import EvidencelintError, ResourceError
from evidencelint.resources import rules_folder

if TYPE_CHECKING:
    from evidencelint.diagnostics import Severity, Verdict

_KEYS = frozenset({"code", "name", "family", "verdict", "severity", "status", "since"})
_VERDICTS = frozenset({"mismatched", "overstated", "unsupported", "inconsistent", "citation", "factbase", "tool"})
_SEVERITIES = frozenset({"error", "warning", "info"})
_CODE = re.compile(r"EL\d{3}$")
_BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_LIKE_CODE = re.compile(r"el\d+", re.IGNORECASE)
_FAMILY = len("EL1")
_NEAR = 60
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; ``sections`` are the parts of its page by heading, in order."""

    code: str
    name: str
    family: str
    verdict: Verdict | Literal["factbase", "tool"]
    severity: Severity
    status: str
    since: str
    page: str
    sections: Mapping[str, str]

    def blocks(self, heading: str) -> tuple[str, ...]:
        """Give the code blocks of one section ("Bad", "Good", "Fact base")."""
        return tuple(match["body"] for match in _BLOCK.finditer(self.sections.get(heading, "")))


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules, and those that a run reports."""

    rules: tuple[Rule, ...]
    selected: tuple[Rule, ...]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Read every page, in the order of their codes; raises ResourceError for a malformed one."""
    rules = [_read(path.name, path.read_text(encoding="utf-8")) for path in rules_folder().glob("EL*.md")]
    rules.sort(key=lambda rule: rule.code)
    codes = [rule.code for rule in rules]
    if len(set(codes)) != len(codes):
        raise ResourceError("two rule pages have one code")
    return tuple(rules)


def find_rule(name: str) -> Rule:
    """Give a rule by code or name; raises EvidencelintError with the nearest name."""
    for rule in all_rules():
        if name in {rule.code, rule.name} or name.upper() == rule.code:
            return rule
    raise EvidencelintError(f"no rule {name}{_suggest(name)}")


def find_rules(selector: str) -> tuple[Rule, ...]:
    """Give the rules of a code, beginning of a code (``EL1``) or name; raises EvidencelintError where there is none."""
    found = tuple(rule for rule in all_rules() if _matches(rule, selector))
    if not found:
        raise EvidencelintError(f"no rule {selector}{_suggest(selector)}")
    return found


def select(chosen: Sequence[str] = (), ignored: Sequence[str] = (), extended: Sequence[str] = ()) -> RuleSet:
    """Choose rules as `find_rules` finds them; none chosen means all, and those ignored are left out in any case."""
    wanted = {rule.code for selector in (*chosen, *extended) for rule in find_rules(selector)}
    unwanted = {rule.code for selector in ignored for rule in find_rules(selector)}
    selected = tuple(rule for rule in all_rules() if (not chosen or rule.code in wanted) and rule.code not in unwanted)
    return RuleSet(all_rules(), selected)


def _matches(rule: Rule, selector: str) -> bool:
    return selector == rule.name or (selector.upper().startswith("EL") and rule.code.startswith(selector.upper()))


def _suggest(name: str) -> str:
    from rapidfuzz.process import extractOne  # noqa: PLC0415 - only where a name is wrong

    families = {rule.family: rule.code[:_FAMILY] for rule in all_rules()}
    if name.lower() in families:
        return f"; {families[name.lower()]} selects the family {name.lower()}"
    if _LIKE_CODE.fullmatch(name) and len(name) <= len("EL1"):
        return f"; the families are {', '.join(sorted(set(families.values())))}"
    word = name.lower().replace("_", "-")
    parts = [rule.name for rule in all_rules() if word in rule.name.split("-")][:_MOST_NAMED]
    if len(parts) > 1:
        return f"; did you mean {', '.join(parts[:-1])} or {parts[-1]}?"
    names = [known for rule in all_rules() for known in (rule.name, rule.code)]
    near = extractOne(name.upper() if _LIKE_CODE.fullmatch(name) else word, names, score_cutoff=_NEAR)
    return f"; did you mean {near[0]}?" if near else "; `evidencelint explain --all` lists them"


def _read(filename: str, text: str) -> Rule:
    parts = text.split("---\n", 2)
    whole = len(parts) == 3 and not parts[0]  # noqa: PLR2004 - before, front matter, page
    # plain lines, read as such: the library for YAML takes longer to import than a run in which nothing has changed
    lines = [line.partition(": ") for line in parts[1].splitlines()] if whole else []
    values = {key: value.strip().strip("\"'") for key, _, value in lines}
    if set(values) != _KEYS or len(lines) != len(_KEYS):
        raise _malformed(filename, f"front matter must have exactly {', '.join(sorted(_KEYS))}")
    if not _CODE.match(values["code"]) or filename != f"{values['code']}-{values['name']}.md":
        raise _malformed(filename, "code and name must be those of the file name")
    if values["verdict"] not in _VERDICTS or values["severity"] not in _SEVERITIES:
        raise _malformed(filename, "unknown verdict or severity")
    return Rule(
        code=values["code"],
        name=values["name"],
        family=values["family"],
        verdict=cast("Verdict", values["verdict"]),
        severity=cast("Severity", values["severity"]),
        status=values["status"],
        since=values["since"],
        page=parts[2].strip() + "\n",
        sections=_sections(parts[2]),
    )


def _malformed(filename: str, message: str) -> ResourceError:
    from evidencelint.diagnostics import Position  # noqa: PLC0415 - only where something is wrong

    return ResourceError(message, Position(filename, 1))


def _sections(page: str) -> dict[str, str]:
    found: dict[str, str] = {}
    heading = ""
    for line in page.splitlines(keepends=True):
        if line.startswith("## "):
            heading = line[3:].strip()
            found[heading] = ""
        elif heading:
            found[heading] += line
    return found
