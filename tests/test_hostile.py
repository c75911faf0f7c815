"""What comes from anybody: inputs that are built to hang, to crash, or to lead out of the project."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencelint.engine import Linter
from evidencelint.errors import FactBaseError
from evidencelint.factbase.load import load_facts, parse_facts
from evidencelint.rules import select
from tests.helmets import POND

# far beyond what honest text costs, and far below what a quadratic step would
_MOST_SECONDS = 20.0


@pytest.fixture(scope="module")
def linter() -> Linter:
    made = Linter(parse_facts(POND, "facts.yaml", None), select())
    made.check(b"Algae fell by 40%.", "warm.md")
    return made


def cli(folder: Path, *arguments: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "evidencelint", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=seconds)


Attack = Callable[[int], str]
ATTACKS: dict[str, Attack] = {
    "a list 1,500 deep": lambda n: "\n".join("  " * i + "- algae 5%" for i in range(1_500 * n // 50_000)),
    "quotes 10,000 deep": lambda n: ">" * (n // 5) + " algae fell 5%",
    "footnote marks": lambda n: "[^" * n,
    "brackets": lambda n: "[" * n,
    "links": lambda n: "[a](" * (n // 2),
    "emphasis": lambda n: "*a **b_" * (n // 4),
    "code": lambda n: "`a``b```" * (n // 4),
    "tags": lambda n: "<a <!-- <?" * (n // 4),
    "comments": lambda n: "%% {/* " * (n // 4),
    "citations": lambda n: "[@a; " * (n // 4),
    "templates": lambda n: "{{ {% {#a " * (n // 4),
    "a wide table": lambda n: "|a" * (n // 50) + "|\n" + "|-" * (n // 50) + "|\n" + "|5%" * (n // 50) + "|\n",
    "a long table": lambda n: "|a|b|\n|-|-|\n" + "|algae|5%|\n" * (n // 50),
    "headings": lambda n: "# a\n\n5% fell\n\n" * (n // 50),
    "one endless sentence": lambda n: "algae fell by 40% and " * (n // 50),
    "figures only": lambda n: "5%, " * (n // 50),
    "brackets in a sentence": lambda n: "(fell 5% (" * (n // 100),
    "number words": lambda n: "five hundred " * (n // 50),
    "powers": lambda n: "1×10" * (n // 50),
    "spaces": lambda n: "algae fell" + " " * n + "5%",
    "digits": lambda n: "1" * n,
    "marks": lambda n: "." * n + "x",
    "dashes": lambda n: "-" * n + "x",
    "letters": lambda n: "A" * n,
    "combining marks": lambda n: "5" + "\u0301" * n + "%",
    "front matter": lambda n: "---\n" + "a: b\n" * (n // 2) + "---\nx",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_no_input_hangs(linter: Linter, name: str) -> None:
    data = ATTACKS[name](50_000).encode()
    started = time.process_time()
    report = linter.check(data, "x.md")
    assert time.process_time() - started < _MOST_SECONDS
    assert report.checked or report.error is not None


def test_a_document_of_too_many_sentences_is_refused(linter: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidencelint.claims.reader._MOST_SENTENCES", 99)
    assert linter.check(b"A. " * 99, "x.md").checked
    report = linter.check(b"One. " * 100, "x.md")
    assert not report.checked
    assert str(report.error) == "x.md:1:1: more than 99 sentences; split the document"


NASTY = st.text(
    alphabet=st.sampled_from(
        [
            *"ab Z05.,%-–()[]{}<>@#|*_`~^$&;:!\\/\"'=+\n\r\t",
            "\u200b",
            "\u202e",
            "\ufeff",
            "５",
            "٥",
            "½",
            "é",
            "𝟓",
            "\u0301",
        ]
    ),
    max_size=120,
)


@given(NASTY)
@settings(max_examples=60, deadline=None)
def test_any_text_is_checked_alike_twice_with_all_places_inside(text: str) -> None:
    made = _shared()
    report = made.check(text.encode("utf-8"), "x.md")
    assert report == made.check(text.encode("utf-8"), "x.md")
    for diagnostic in report.diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
        assert text[diagnostic.span.start : diagnostic.span.end] == diagnostic.text


@given(st.binary(max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_checked_or_refused(data: bytes) -> None:
    report = _shared().check(data, "x.md")
    assert report.checked is (report.error is None)


_linters: list[Linter] = []


def _shared() -> Linter:
    if not _linters:
        _linters.append(Linter(parse_facts(POND, "facts.yaml", None), select()))
    return _linters[0]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    (folder / "facts.yaml").write_text(POND, encoding="utf-8")
    (folder / "good.md").write_text("Algae fell by 40% in the treated ponds.\n", encoding="utf-8")
    return folder


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_and_devices_are_refused_not_waited_for(project: Path) -> None:
    os.mkfifo(project / "pipe.md")
    done = cli(project, "check", ".")
    assert done.returncode == 2
    assert "pipe.md:1:1: is a pipe, not a file; save it as one, or pipe it into '-'" in done.stderr
    assert "2 files: 1 supported" in done.stdout, "the others are still checked"
    os.mkfifo(project / "pipe.yaml")
    assert "pipe.yaml:1:1: is a pipe, not a file" in cli(project, "check", "good.md", "--facts", "pipe.yaml").stderr
    (project / "facts.yaml").write_text(POND.replace("{key: pond2020}", "{key: pond2020, path: pipe.yaml}"))
    done = cli(project, "check", "good.md")
    assert done.returncode == 2
    assert "sources[0].path: pipe.yaml: is a pipe, not a file" in done.stderr
    (project / "facts.yaml").write_text(POND.replace("{key: pond2020}", "{key: pond2020, path: /dev/zero}"))
    assert cli(project, "check", "good.md").returncode == 2


def test_links_to_nothing_and_out_of_the_project_are_told(project: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("The secret fell by 12%.\n")
    (project / "inner.md").symlink_to("good.md")
    (project / "broken.md").symlink_to("nowhere.md")
    (project / "outside.md").symlink_to(tmp_path / "secret.md")
    (project / "loop.md").symlink_to("loop.md")
    done = cli(project, "check", ".")
    assert done.returncode == 2
    assert "broken.md:1:1: is a link to nothing; mend or delete it" in done.stderr
    assert "loop.md:1:1: is a link to nothing; mend or delete it" in done.stderr
    assert "outside.md:1:1: is a link that leads outside" in done.stderr
    assert "secret" not in done.stdout + done.stderr.replace("secret.md", "")
    assert "2 supported" in done.stdout
    assert cli(project, "check", "outside.md").returncode in {0, 1}, "what a person names is read"


@pytest.mark.parametrize("path", ["../secret.md", "/etc/hostname", "link.md"])
def test_a_fact_base_reads_nothing_outside_the_project(project: Path, tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.md").write_text("Algae are secret.\n")
    (project / "link.md").symlink_to(tmp_path / "secret.md")
    (project / "facts.yaml").write_text(POND.replace("{key: pond2020}", f"{{key: pond2020, path: {path}}}"))
    with pytest.raises(FactBaseError, match="leads outside the project") as caught:
        load_facts(project / "facts.yaml")
    assert "are secret" not in str(caught.value)


def test_lone_surrogates_and_broken_bytes_come_through_standard_input(project: Path) -> None:
    command = [sys.executable, "-m", "evidencelint", "check", "-"]
    for data in (b"\xed\xa0\x80 5%", b"a\xff", b"\0", b"\x80" * 100):
        done = subprocess.run(command, cwd=project, input=data, capture_output=True, check=False)
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("path", ["../secret.yaml", "{secret}", "link.yaml", "folder/*.yaml"])
def test_a_fact_base_includes_nothing_outside_the_project(project: Path, tmp_path: Path, path: str) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("secretword: 1\n")
    (project / "link.yaml").symlink_to(secret)
    (project / "folder").mkdir()
    (project / "folder" / "inner.yaml").symlink_to(secret)
    (project / "facts.yaml").write_text(f"include: {path.format(secret=secret)}\n{POND}")
    with pytest.raises(FactBaseError, match="leads outside the project") as caught:
        load_facts(project / "facts.yaml")
    assert "secretword" not in str(caught.value)


def test_an_included_file_reads_nothing_outside_the_project_of_the_first(tmp_path: Path) -> None:
    # without a repository, each folder by itself would let the next one lead a step further up
    inner = tmp_path / "a" / "b" / "facts.yaml"
    inner.parent.mkdir(parents=True)
    (tmp_path / "secret.md").write_text("Algae are secret.\n")
    inner.write_text("include: ../more.yaml\nfacts: []\n")
    (tmp_path / "a" / "more.yaml").write_text("sources: [{key: pond2020, path: ../secret.md}]\n")
    with pytest.raises(FactBaseError, match="leads outside the project"):
        load_facts(inner)


@pytest.mark.parametrize("pattern", ["../**/*.yaml", "**/**/*.yaml", "a/../*.yaml"])
def test_patterns_of_included_files_look_below_only(project: Path, pattern: str) -> None:
    (project / "facts.yaml").write_text(f'include: "{pattern}"\n{POND}')
    with pytest.raises(FactBaseError, match=r"a pattern has no \.\., and \*\* once at most"):
        load_facts(project / "facts.yaml")


def test_the_files_of_a_fact_base_are_limited_together(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "more.yaml").write_text("vocabulary: {arm: {pond: [pond]}}\n")
    (project / "facts.yaml").write_text(f"include: more.yaml\n{POND}")
    monkeypatch.setattr("evidencelint.factbase.files._MOST_CHARACTERS", 10)
    with pytest.raises(FactBaseError, match=r"include: the files have over \d+ million characters in all"):
        load_facts(project / "facts.yaml")
    (project / "facts.yaml").write_text(POND.replace("{key: pond2020}", "{key: pond2020, path: good.md}"))
    monkeypatch.setattr("evidencelint.factbase.references._MOST_CHARACTERS", 10)
    with pytest.raises(FactBaseError, match=r"sources\[0\].path: the sources have over"):
        load_facts(project / "facts.yaml")


@pytest.mark.parametrize("name", ["../refs.json", "{refs}", "link.json"])
def test_a_document_reads_no_bibliography_outside_the_project(project: Path, tmp_path: Path, name: str) -> None:
    refs = tmp_path / "refs.json"
    refs.write_text('{"secretword": ')
    (project / "link.json").symlink_to(refs)
    text = f"---\nbibliography: {name.format(refs=refs)}\n---\n\nAlgae fell by 40% in the treated ponds.\n"
    (project / "good.md").write_text(text)
    for _ in range(2):
        done = cli(project, "check", "good.md", "--output-format", "concise", "-q")
        assert (done.returncode, done.stderr) == (1, "")
        assert done.stdout == (
            f"good.md:2:15: EL416 missing-bibliography the bibliography {name.format(refs=refs)} lies outside the "
            "project and is not read; copy it into the project\n"
        )
    # whether a file lies inside is never remembered
    (project / ".git").rmdir()
    (tmp_path / ".git").mkdir()
    assert cli(project, "check", "good.md", "-q").returncode == 2


@pytest.mark.parametrize("name", ["facts.yaml", "evidencelint.yaml", "pyproject.toml"])
def test_fact_bases_and_settings_that_are_found_are_no_links_out_of_the_project(
    project: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "secret").write_text('[tool.evidencelint]\nsecretword = "secretword"\n')
    (project / name).unlink(missing_ok=True)
    (project / name).symlink_to(tmp_path / "secret")
    done = cli(project, "check", "good.md")
    assert done.returncode == 2
    assert f"{name}:1:1: is a link that leads outside the project" in done.stderr
    assert "secretword" not in done.stdout + done.stderr


def test_long_front_matter_is_refused(linter: Linter) -> None:
    report = linter.check(b"---\n" + b"a: b\n" * 100_001 + b"---\nx", "x.md")
    assert str(report.error) == "x.md:2:1: the front matter has over 500,000 characters; move what is long into a file"
