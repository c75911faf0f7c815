"""What the README shows is what the commands print.

``python -m tests.test_readme`` writes the present output into it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from evidencelint.configuration.settings import read_config
from evidencelint.errors import ConfigError
from evidencelint.policy.directives import read_directives
from evidencelint.source import Source
from evidencelint.yamlio import read_yaml
from tests import helmets

ROOT = helmets.ROOT
README = ROOT / "README.md"
BLOCK = re.compile(
    r"(?P<head><!-- output: (?P<arguments>[^>]*) -->\n```text\n)(?P<body>.*?)(?P<tail>```\n<!-- /output -->)", re.DOTALL
)


def run(arguments: str) -> str:
    done = helmets.run(ROOT, *arguments.split(), NO_COLOR="1")
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout


def test_shown_output_is_real() -> None:
    blocks = list(BLOCK.finditer(README.read_text(encoding="utf-8")))
    assert len(blocks) > 2
    for block in blocks:
        assert block["body"] == run(block["arguments"]), block["arguments"]


def test_commands_of_the_readme_exist() -> None:
    text = README.read_text(encoding="utf-8")
    for marker in ("lint-command", "test-command"):
        assert text.count(f"<!-- {marker} -->") == text.count(f"<!-- /{marker} -->") == 1


def fenced(language: str, having: str) -> str:
    blocks = re.findall(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    (block,) = (block for block in blocks if having in block)
    return str(block)


def test_the_settings_shown_are_settings() -> None:
    value = read_yaml(fenced("yaml", "per-path-facts"), "evidencelint.yaml", ConfigError)
    config = read_config(value, ROOT, None)
    assert config.fail_on == "error"
    assert dict(config.per_file_ignores) == {"docs/news/*": ("EL3",)}


def test_the_hooks_shown_are_hooks() -> None:
    shown = yaml.safe_load(fenced("yaml", "repos:"))["repos"][0]["hooks"]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in shown] == [hook["id"] for hook in offered]


def test_the_inputs_shown_are_inputs() -> None:
    (step,) = (step for step in yaml.safe_load(fenced("yaml", "uses:"))["steps"] if "with" in step)
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert set(step["with"]) <= set(action["inputs"])


def test_the_directives_shown_are_directives() -> None:
    found = read_directives(Source("x.md", fenced("markdown", "evidencelint-disable")))
    assert [(each.verb, each.rules, each.problem) for each in found] == [
        ("disable-next-line", ("value-mismatch",), ""),
        ("disable-line", ("hedge-dropped",), ""),
    ]


def test_the_python_shown_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = "sources: [{key: a}]\nfacts:\n  - id: b\n    quote: Helmets cut head injuries by 48%.\n"
    (tmp_path / "facts.yaml").write_text(facts, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    told: list[str] = []
    code = fenced("python", "check_text").replace("print(", "told(")
    exec(code, {"told": lambda *parts: told.append(" ".join(map(str, parts)))})  # noqa: S102 - what we show
    assert told == ["1 value-mismatch says 84%, fact `b` has 48% 48%"]


if __name__ == "__main__":
    shown = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(lambda m: m["head"] + run(m["arguments"]) + m["tail"], shown), encoding="utf-8")
