"""Configuration: where it is found, what it may say, and what it does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.cli.main import group
from evidencelint.configuration.discovery import Search, facts_of
from evidencelint.configuration.files import Configs, load_config
from evidencelint.configuration.ignoring import fits
from evidencelint.configuration.schema import schema
from evidencelint.configuration.settings import SETTINGS, Config, Overrides
from evidencelint.configuration.tomlio import read_table
from evidencelint.errors import ConfigError, EvidencelintError
from evidencelint.policy.triage import ignored_in, make_policy

BOTH = {
    "pyproject.toml": """\
[project]
name = "x"

[tool.evidencelint]
paths = ["docs", "README.md"]
extend-exclude = ["drafts/"]
facts = "evidence/facts.yaml"
fail-on = "error"
ignore = ["EL3", "wrong-year"]
unsafe-fixes = true

[tool.evidencelint.per-path-facts]
"docs/policy/**" = ["evidence/policy.yaml"]

[tool.evidencelint.per-file-ignores]
"*.draft.md" = ["EL1"]

[tool.evidencelint.severities]
value-mismatch = "warning"
EL107 = "off"
""",
    "evidencelint.yaml": """\
paths: [docs, README.md]
extend-exclude: drafts/
facts: evidence/facts.yaml
fail-on: error
ignore: [EL3, wrong-year]
unsafe-fixes: true
per-path-facts:
  "docs/policy/**": evidence/policy.yaml
per-file-ignores:
  "*.draft.md": EL1
severities:
  value-mismatch: warning
  EL107: off
""",
}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def found(folder: Path, *paths: str, overrides: Overrides | None = None) -> list[str]:
    search = Search(Configs(overrides=overrides or Overrides()))
    return [path.relative_to(folder).as_posix() for path in search.documents([folder / path for path in paths])]


@pytest.mark.parametrize("name", BOTH)
def test_both_files_say_the_same(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(BOTH[name], encoding="utf-8")
    config = load_config(tmp_path / name)
    assert config == Config(
        root=tmp_path,
        path=tmp_path / name,
        paths=("docs", "README.md"),
        extend_exclude=("drafts/",),
        facts=(tmp_path / "evidence/facts.yaml",),
        per_path_facts=(("docs/policy/**", (tmp_path / "evidence/policy.yaml",)),),
        ignore=("EL3", "wrong-year"),
        per_file_ignores=(("*.draft.md", ("EL1",)),),
        severities=(("value-mismatch", "warning"), ("EL107", "off")),
        fail_on="error",
        unsafe_fixes=True,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("paths: [docs]\nfail_on: error\n", "2:1: fail_on: unknown key; did you mean fail-on?"),
        (
            "fail-on: warnings\n",
            "1:10: fail-on: 'warnings' is not one of error, warning, info, never; did you mean warning?",
        ),
        (
            "ignore:\n  - EL1\n  - value-mismach\n",
            "3:5: ignore[1]: no rule value-mismach; did you mean value-mismatch?",
        ),
        ("severities: {EL101: errors}\n", "1:21: severities.EL101: 'errors' is not one of"),
        ("severities: {EL999: error}\n", "1:14: severities.EL999: no rule EL999"),
        ("per-file-ignores: [a]\n", "1:19: per-file-ignores: must be a mapping"),
        ("unsafe-fixes: maybe\n", "'maybe' is not one of true, false"),
        ("paths: !!python/name:os.system x\n", "tags such as"),
        ("exclude: [a, '[z-a]']\n", "1:14: exclude[1]: '[z-a]' is no pattern: bad character range"),
        ("per-path-facts: {'!': a}\n", "1:18: per-path-facts.!: '!' is no pattern"),
        ("include: '*a*a*a*b'\n", "more than 3 * in one name"),
        ("include: '**/a/**/b/**'\n", "more than 2 ** in all"),
        ("- paths\n", "must be a mapping of keys to values, not a list"),
        ("[tool.evidencelint]\npaths = ['docs']\nfail_on = 'x'\n", "3:1: fail_on: unknown key; did you mean fail-on?"),
        ("[tool.evidencelint.severities]\n# a\nEL101 = 'x'\n", "3:1: severities.EL101: 'x' is not one of"),
        ("[tool]\nevidencelint.fail-on = 'x'\n", "2:1: fail-on: 'x' is not one of"),
        ("[tool.evidencelint\n", "1:19: not valid TOML"),
        ("[tool.other]\n", "1:1: has no table [tool.evidencelint]"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "pyproject.toml" if text.startswith("[tool") else "evidencelint.yaml"
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(Path(name))
    assert str(caught.value).startswith(f"{name}:")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_nearest_file_counts_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    write(tmp_path, {
        "evidencelint.yaml": "fail-on: info\n",
        "repo/.git/HEAD": "",
        "repo/pyproject.toml": "[tool.other]\nx = 1\n",
        "repo/docs/evidencelint.yaml": "fail-on: never\n",
        "repo/docs/deep/a.md": "",
        "repo/site/a.md": "",
    })  # fmt: skip
    configs = Configs()
    assert configs.of(tmp_path).fail_on == "info"
    assert configs.of(tmp_path / "repo/docs/deep").fail_on == "never"
    # a pyproject.toml without our table is none, and the file above the repository is not ours
    assert configs.of(tmp_path / "repo/site").path is None
    assert configs.of(tmp_path / "repo/site").root == tmp_path / "repo"
    assert Configs(isolated=True).of(tmp_path / "repo/docs").path is None


def test_two_configurations_in_one_folder_are_refused(tmp_path: Path) -> None:
    write(tmp_path, BOTH)
    with pytest.raises(ConfigError, match="keep one of them"):
        Configs().of(tmp_path)


def test_a_configuration_names_no_file_outside_of_its_repository(tmp_path: Path) -> None:
    write(tmp_path, {"repo/.git/HEAD": "", "repo/docs/evidencelint.yaml": "facts: ../facts.yaml\n", "facts.yaml": ""})
    assert Configs().of(tmp_path / "repo/docs").facts == (tmp_path / "repo/docs/../facts.yaml",)
    for text in ("facts: ../../facts.yaml", "baseline: /etc/passwd", "per-path-facts: {a: ../../x}"):
        write(tmp_path, {"repo/docs/evidencelint.yaml": text})
        with pytest.raises(ConfigError, match="lies outside of the repository"):
            Configs().of(tmp_path / "repo/docs")
    (tmp_path / "repo/docs/link.yaml").symlink_to(tmp_path / "facts.yaml")
    write(tmp_path, {"repo/docs/evidencelint.yaml": "facts: link.yaml"})
    with pytest.raises(ConfigError, match="lies outside of the repository"):
        Configs().of(tmp_path / "repo/docs")


def test_an_empty_file_sets_nothing(tmp_path: Path) -> None:
    (tmp_path / "evidencelint.yaml").write_text("# nothing yet\n", encoding="utf-8")
    assert load_config(tmp_path / "evidencelint.yaml") == Config(root=tmp_path, path=tmp_path / "evidencelint.yaml")


def test_the_command_line_beats_the_file(tmp_path: Path) -> None:
    (tmp_path / "evidencelint.yaml").write_text(BOTH["evidencelint.yaml"], encoding="utf-8")
    config = Configs(overrides=Overrides(select=("EL3",), fail_on="info", exclude=("a",), unsafe_fixes=False)).of(
        tmp_path
    )
    assert (config.select, config.ignore, config.fail_on, config.exclude) == (("EL3",), (), "info", ("a",))
    assert config.unsafe_fixes is False
    config = Configs(overrides=Overrides(ignore=("EL1",), facts=(Path("x.yaml"),))).of(tmp_path)
    assert config.ignore == ("EL3", "wrong-year", "EL1")
    assert (config.facts, config.per_path_facts) == ((Path("x.yaml"),), ())


FILES = {
    ".git/HEAD": "", ".gitignore": "build/\n*.tmp.md\n/only-top.md\n", ".git/info/exclude": "secret.md\n",
    "a.md": "", "b.markdown": "", "c.txt": "", "d.tmp.md": "", "secret.md": "", "only-top.md": "", ".hidden/a.md": "",
    "build/a.md": "", "node_modules/a.md": "", "docs/a.md": "", "docs/only-top.md": "", "docs/e.mdx": "",
    "docs/.gitignore": "*.md\n!a.md\n", "docs/f.md": "", "drafts/a.md": "", "drafts/keep.md": "",
}  # fmt: skip


def test_a_search_leaves_out_what_git_and_the_settings_name(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    assert found(tmp_path, ".") == ["a.md", "b.markdown", "docs/a.md", "drafts/a.md", "drafts/keep.md"]
    # what is named is checked all the same
    assert found(tmp_path, "d.tmp.md", "build", ".hidden") == ["d.tmp.md", "build/a.md", ".hidden/a.md"]
    write(tmp_path, {"evidencelint.yaml": "include: ['*.md', '*.mdx']\nexclude: [drafts/*, '!drafts/keep.md']\n"})
    assert found(tmp_path, ".") == ["a.md", "docs/a.md", "docs/e.mdx", "drafts/keep.md"]
    write(tmp_path, {"evidencelint.yaml": "respect-gitignore: false\nexclude: []\n"})
    assert "build/a.md" in found(tmp_path, ".")
    assert "node_modules/a.md" not in found(tmp_path, ".")
    assert found(tmp_path, "node_modules") == ["node_modules/a.md"]
    assert not any(name.startswith(".") for name in found(tmp_path, "."))


def test_what_is_excluded_and_named_is_checked_unless_forced(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    write(tmp_path, {"evidencelint.yaml": "exclude: [drafts]\n"})
    named = ["drafts/a.md", "d.tmp.md", "build/a.md", "a.md", "docs/f.md"]
    assert found(tmp_path, *named) == named
    assert found(tmp_path, *named, "drafts", overrides=Overrides(force_exclude=True)) == ["a.md"]
    (tmp_path / "drafts" / "none").mkdir()
    with pytest.raises(EvidencelintError, match="no documents"):
        found(tmp_path, "drafts/none")


def test_lines_of_a_gitignore_that_cannot_be_read_are_passed_over(tmp_path: Path) -> None:
    write(
        tmp_path,
        {".git/HEAD": "", ".gitignore": "[z-a]\n!\n\\\n*a*a*a*a*a*b\nx.md\n", "x.md": "", f"{'a' * 200}.md": ""},
    )
    assert found(tmp_path, ".") == [f"{'a' * 200}.md"]


@pytest.mark.parametrize("name", ["evidencelint.yml", ".evidencelint.yaml"])
def test_a_file_with_nearly_the_right_name_is_not_passed_over(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: "fail-on: never\n"})
    with pytest.raises(ConfigError, match=r"call it evidencelint\.yaml"):
        Configs().of(tmp_path)


def test_patterns_fit_as_git_has_them() -> None:
    root = Path("/r")
    for pattern, path, expected in [
        ("drafts", "drafts/a.md", True), ("drafts/", "x/drafts/a.md", True), ("/drafts", "x/drafts/a.md", False),
        ("*.tmp.md", "x/a.tmp.md", True), ("*.md", "a.md", True), ("docs/**/a.md", "docs/x/y/a.md", True),
        ("a.md", "docs/a.md", True), ("a.md", "ba.md", False), ("*.md", "a.mdx", False), ("docs/*", "docs/a.md", True),
    ]:  # fmt: skip
        assert fits((pattern,), root, root / path) is expected, pattern


def test_the_fact_base_of_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"docs/facts.yaml": "", "facts.yaml": "", "docs/a.md": "", "docs/policy/b.md": ""})
    config = Config(root=tmp_path)
    assert facts_of(Path("docs/a.md"), config) == (Path("docs/facts.yaml"),)
    rules = (("docs/", (tmp_path / "one.yaml",)), ("docs/policy/**", (tmp_path / "two.yaml",)))
    config = Config(root=tmp_path, facts=(tmp_path / "facts.yaml",), per_path_facts=rules)
    assert facts_of(Path("docs/a.md"), config) == (Path("one.yaml"),)
    assert facts_of(Path("docs/policy/b.md"), config) == (Path("two.yaml"),)
    assert facts_of(Path("a.md"), config) == (Path("facts.yaml"),)
    several = Config(root=tmp_path, facts=(tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "a.yaml"))
    assert facts_of(Path("a.md"), several) == (Path("a.yaml"), Path("b.yaml"))


def test_rules_and_severities_of_a_document(tmp_path: Path) -> None:
    config = Config(
        root=tmp_path,
        ignore=("EL3",),
        per_file_ignores=(("old/", ("EL1",)),),
        severities=(("EL4", "info"), ("wrong-year", "error"), ("value-mismatch", "off")),
    )
    policy = make_policy(config, ignored_in(tmp_path / "new/a.md", config))
    assert "unit-mismatch" in policy.enabled
    assert not policy.enabled & {"value-mismatch", "hedge-dropped"}
    assert dict(policy.levels)["wrong-year"] == "error"
    assert dict(policy.levels)["undefined-citation"] == "info"
    assert "unit-mismatch" not in make_policy(config, ignored_in(tmp_path / "old/a.md", config)).enabled


def test_the_schema_takes_what_the_reader_takes() -> None:
    content: dict[str, Any] = dict(schema())
    jsonschema.Draft7Validator.check_schema(content)
    validator = jsonschema.Draft7Validator(content)
    good = yaml.safe_load(BOTH["evidencelint.yaml"].replace("off", '"off"'))
    assert list(validator.iter_errors(good)) == []
    assert set(content["properties"]) == {setting.key for setting in SETTINGS}
    for wrong in ({"fail_on": "error"}, {"fail-on": "x"}, {"ignore": ["value-mismach"]}, {"severities": {"EL1": 1}}):
        assert list(validator.iter_errors(wrong)), wrong


def test_every_setting_has_a_field_and_the_other_way_round() -> None:
    assert {setting.key.replace("-", "_") for setting in SETTINGS} == set(Config.__slots__) - {"root", "path"}


def test_settings_are_printed_as_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "evidencelint.yaml").write_text(BOTH["evidencelint.yaml"], encoding="utf-8")
    command = [sys.executable, "-m", "evidencelint", "check", "--show-settings", "--extend-select", "EL2"]
    environment = {"PYTHONPATH": os.environ["PYTHONPATH"]}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# evidencelint.yaml; patterns and paths count from ")
    before = load_config(tmp_path / "evidencelint.yaml")
    (tmp_path / "evidencelint.yaml").write_text(done.stdout, encoding="utf-8")
    after = load_config(tmp_path / "evidencelint.yaml")
    assert after == Overrides(extend_select=("EL2",)).over(before)
    json.dumps(yaml.safe_load(done.stdout))


@given(st.text(alphabet="[]tool.evidncit\"'= \n#x1{}-", max_size=60))
def test_toml_in_any_state_is_read_or_refused(text: str) -> None:
    try:
        value = read_table(f"[tool.evidencelint]\n{text}", "p.toml", ("tool", "evidencelint"), ConfigError)
    except ConfigError as error:
        value, place = None, error.position
        line = place.line if place is not None else 0
    else:
        line = value.position.line if value is not None else 0
    assert line >= 1


def test_the_settings_that_are_shown_are_a_configuration_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given = {
        "facts": ["facts.yaml"],
        "ignore": ["EL107"],
        "per-file-ignores": {"drafts/*.md": ["EL2"]},
        "severities": {"EL101": "warning"},
    }
    Path("evidencelint.yaml").write_text(json.dumps(given), encoding="utf-8")
    result = CliRunner().invoke(group, ["check", "--show-settings"], catch_exceptions=False)
    head, *lines = result.stdout.splitlines()
    assert head == f"# evidencelint.yaml; patterns and paths count from {tmp_path.as_posix()}"
    told = yaml.safe_load("\n".join(lines))
    assert {key: told[key] for key in given} == given
    unset = {line.removeprefix("# ").partition(":")[0] for line in lines if line.startswith("# ")}
    assert not unset & told.keys()
    Path("evidencelint.yaml").write_text("\n".join(lines), encoding="utf-8")
    again = CliRunner().invoke(group, ["check", "--show-settings"], catch_exceptions=False)
    assert again.stdout.splitlines() == [head, *lines]


def test_the_documents_that_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.md", "a.md", "c.txt", "facts.yaml"):
        Path(name).write_text("x\n", encoding="utf-8")
    result = CliRunner().invoke(group, ["check", "--show-files", "."], catch_exceptions=False)
    assert result.stdout.splitlines() == ["a.md", "b.md"]
