from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from evidencelint import nlp
from evidencelint.cache import Store
from evidencelint.claims import remembered
from evidencelint.claims.reader import ClaimReader
from evidencelint.factbase.load import load_facts
from evidencelint.frames import Claim
from evidencelint.model import Document, Token
from evidencelint.outcome import FileReport
from evidencelint.reading import read_bytes, recorded
from evidencelint.rules import select
from evidencelint.running.bench import Bench

FACTS = """\
version: 1
title: Pond water
sources:
  - key: pond2020
    path: source.md
bibliography: works.json
vocabulary:
  measure:
    algae: [algae, algal cover]
facts:
  - id: algae-fell
    quote: Algae fell by 40% in the treated ponds.
  - id: algae-cover
    quote: Algal cover was 12% in the untreated ponds.
"""
SOURCE = "Algae fell by 40% in the treated ponds. Algal cover was 12% in the untreated ponds.\n"
WORKS = '[{"id": "pond2020", "author": [{"family": "Ray"}], "issued": {"date-parts": [[2020]]}, "title": "Ponds"}]'
DRAFT = """\
# Ponds

Algae fell by 40% in the treated ponds [@pond2020].

Algae fell by 45% in the treated ponds. Nobody expected this.

Algal cover was 12% in the untreated ponds.
"""
Parses = list[str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    for name, content in (("facts.yaml", FACTS), ("source.md", SOURCE), ("works.json", WORKS), ("draft.md", DRAFT)):
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Parses:
    """Give the texts that the parser is asked for."""
    texts: Parses = []

    def counting(asked: Sequence[str]) -> Iterator[tuple[Token, ...]]:
        texts.extend(asked)
        return nlp.parse(asked)

    monkeypatch.setattr(remembered, "parse", counting)
    return texts


def check(
    folder: Path, cache: Path | None, text: str | None = None, rules: str = "", name: str = "draft.md"
) -> FileReport:
    """Check a draft as a new run would."""
    store = Store(cache)
    data = (folder / "draft.md").read_bytes() if text is None else text.encode()
    bench = Bench(select((rules,) if rules else ()), store, load_facts)
    report = bench.linter((folder / "facts.yaml",)).check(data, name)
    tuple(report.claims)  # while the store is open
    store.close()
    return report


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run the command line; what it imported of the slow modules stands at the end of stderr."""
    script = (
        "import sys\nfrom evidencelint.cli import main\n"
        f"try:\n    main({list(arguments)!r})\nexcept SystemExit as end:\n    code = end.code\n"
        "slow = ('spacy', 'numpy', 'evidencelint.engine', 'pyromark', 'Stemmer')\n"
        "slow = [m for m in slow if m in sys.modules]\n"
        "print('imported:', *slow, file=sys.stderr)\nsys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_a_run_in_which_nothing_changed_imports_nothing_slow(project: Path, cache_folder: Path) -> None:
    arguments = ("check", "draft.md", "--cache-dir", str(cache_folder), "--output-format", "json")
    first = run(project, *arguments)
    assert first[0] == 1
    assert "imported: spacy numpy" in first[2]
    second = run(project, *arguments)
    assert second == (first[0], first[1], "imported:\n")
    assert json.loads(second[1])["summary"]["errors"] == 1
    claims = ("claims", "draft.md", "--cache-dir", str(cache_folder), "--output-format", "json", "--all")
    known = run(project, *claims)
    assert "spacy" not in known[2]
    assert known[:2] == run(project, *claims, "--no-cache")[:2]


@pytest.mark.parametrize("output_format", ["full", "concise", "json"])
def test_reports_are_the_same_with_and_without_a_cache(project: Path, cache_folder: Path, output_format: str) -> None:
    arguments = ("check", ".", "--output-format", output_format)
    cold = run(project, *arguments, "--cache-dir", str(cache_folder))[:2]
    assert run(project, *arguments, "--cache-dir", str(cache_folder))[:2] == cold
    assert run(project, *arguments, "--no-cache")[:2] == cold


def test_no_cache_leaves_nothing_behind(project: Path, cache_folder: Path) -> None:
    run(project, "check", "draft.md", "--no-cache", "--cache-dir", str(cache_folder))
    assert not cache_folder.exists()


def test_reports_survive_the_store_in_every_part(project: Path, cache_folder: Path) -> None:
    fresh = check(project, None)
    assert check(project, cache_folder) == fresh
    stored = check(project, cache_folder)
    assert stored.diagnostics == fresh.diagnostics
    assert tuple(stored.claims) == tuple(fresh.claims)
    assert stored.tally() == fresh.tally()
    assert len(stored.claims) == len(fresh.claims)
    assert stored.claims[:1] == fresh.claims[:1]


def test_an_edited_paragraph_is_all_that_is_parsed(project: Path, cache_folder: Path, parsed: Parses) -> None:
    check(project, cache_folder)
    assert len(parsed) > 3
    parsed.clear()
    edited = check(project, cache_folder, DRAFT.replace("45%", "47%"))
    assert parsed == ["Algae fell by 47% in the treated ponds."]
    assert edited == check(project, None, DRAFT.replace("45%", "47%"))


def test_a_sentence_is_parsed_once_however_often_it_stands(project: Path, cache_folder: Path, parsed: Parses) -> None:
    check(project, cache_folder, "Algae fell by 41% in ponds.\n\n" * 20)
    assert parsed.count("Algae fell by 41% in ponds.") == 1


Change = Callable[[Path], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda p: (p / "facts.yaml").write_text(FACTS.replace("40%", "45%")),
        lambda p: (p / "source.md").write_text(SOURCE + "More.\n"),
        lambda p: (p / "works.json").write_text(WORKS.replace("2020]", "2021]")),
    ],
    ids=["facts", "source", "bibliography"],
)
def test_a_change_anywhere_is_a_miss(
    project: Path, cache_folder: Path, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(project, cache_folder)
    assert not misses(project, cache_folder, monkeypatch)
    change(project)
    assert misses(project, cache_folder, monkeypatch)
    assert check(project, cache_folder) == check(project, None)


def misses(project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Tell whether a check has to read the document."""
    with monkeypatch.context() as patch:
        read: list[object] = []
        whole = ClaimReader.read

        def reading(self: ClaimReader, document: Document) -> tuple[Claim, ...]:
            read.append(document)
            return whole(self, document)

        patch.setattr(ClaimReader, "read", reading)
        check(project, cache)
    return bool(read)


def test_rules_and_names_are_part_of_the_key(project: Path, cache_folder: Path) -> None:
    assert check(project, cache_folder).diagnostics
    assert not check(project, cache_folder, rules="EL401").diagnostics
    assert {d.path for d in check(project, cache_folder, name="other.md").diagnostics} == {"other.md"}


def test_the_tool_itself_is_part_of_the_key(project: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(project, cache_folder)
    monkeypatch.setattr("evidencelint.running.remembered.tool_key", lambda: b"another tool")
    assert misses(project, cache_folder, monkeypatch)


def test_a_file_that_a_document_leads_to_is_part_of_the_key(
    project: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing reads such files yet, so one is read here in the place of the reader."""
    whole = ClaimReader.read

    def reading(self: ClaimReader, document: Document) -> tuple[Claim, ...]:
        with recorded():
            read_bytes(project / "works.json", 10_000)
        return whole(self, document)

    monkeypatch.setattr(ClaimReader, "read", reading)
    check(project, cache_folder)
    assert not misses(project, cache_folder, monkeypatch)
    store = Store(cache_folder)
    linter = Bench(select(), store, load_facts).linter((project / "facts.yaml",))
    assert linter.look_up(DRAFT.encode(), "draft.md") is not None
    (project / "works.json").write_text(WORKS.replace("Ponds", "Lakes"))
    assert linter.look_up(DRAFT.encode(), "draft.md") is None
    store.close()


def test_claims_that_the_store_lost_are_read_again(project: Path, cache_folder: Path) -> None:
    fresh = check(project, cache_folder)
    store = Store(cache_folder)
    report = Bench(select(), store, load_facts).linter((project / "facts.yaml",)).look_up(DRAFT.encode(), "draft.md")
    assert report is not None
    store.close()
    assert report.claims == fresh.claims


def test_documents_that_cannot_be_read_are_not_kept(project: Path, cache_folder: Path) -> None:
    (project / "draft.md").write_bytes(b"\xff\xfe")
    for _ in range(2):
        report = check(project, cache_folder)
        assert not report.checked
        assert report.error is not None


def test_a_fact_base_that_must_not_be_used_is_refused_every_time(project: Path, cache_folder: Path) -> None:
    (project / "facts.yaml").write_text(FACTS.replace("by 40%", "by 41%"))
    for _ in range(2):
        code, out, err = run(project, "check", "draft.md", "--cache-dir", str(cache_folder))
        assert (code, out) == (2, "")
        assert "EL601" in err


def test_a_cache_folder_that_cannot_be_used_is_told_and_done_without(project: Path) -> None:
    code, _, err = run(project, "check", "draft.md", "--cache-dir", "draft.md/x")
    assert code == 1
    assert "draft.md/x cannot be used; running without it" in err
    (project / "open").mkdir()
    (project / "open").chmod(0o777)
    code, _, err = run(project, "check", "draft.md", "--cache-dir", "open")
    assert code == 1
    assert "others may write into it; running without it" in err


def test_processes_give_the_same_bytes_in_the_same_order(project: Path, cache_folder: Path) -> None:
    for number in range(5):
        (project / f"d{number}.md").write_text(DRAFT.replace("45%", f"{45 + number}%"))
    (project / "bad.md").write_bytes(b"\xff")
    alone = run(project, "check", ".", "--output-format", "json", "--no-cache")
    assert alone[0] == 2
    together = run(project, "check", ".", "--output-format", "json", "--jobs", "2", "--cache-dir", str(cache_folder))
    assert together[:2] == alone[:2]
    assert [line for line in together[2].splitlines() if "error" in line] == [
        line for line in alone[2].splitlines() if "error" in line
    ]
    again = run(project, "check", ".", "--output-format", "json", "--jobs", "2", "--cache-dir", str(cache_folder))
    assert again[:2] == alone[:2]
    assert "spacy" not in again[2].splitlines()[-1]


def test_the_bytes_do_not_depend_on_hash_seed_locale_or_time_zone(project: Path) -> None:
    reports = set()
    for seed, locale, zone in (("0", "C", "UTC"), ("1", "C.UTF-8", "Pacific/Auckland"), ("4242", "POSIX", "UTC")):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "TZ": zone,
        }
        command = [
            sys.executable,
            "-m",
            "evidencelint",
            "claims",
            ".",
            "--all",
            "--output-format",
            "json",
            "--no-cache",
        ]
        reports.add(subprocess.run(command, cwd=project, env=environment, capture_output=True, check=True).stdout)
    assert len(reports) == 1


def test_a_run_that_is_killed_leaves_a_cache_that_does_no_harm(project: Path, cache_folder: Path) -> None:
    for number in range(6):
        (project / f"d{number}.md").write_text(DRAFT.replace("45%", f"{45 + number}%"))
    wanted = run(project, "check", ".", "--no-cache")[:2]
    command = [sys.executable, "-m", "evidencelint", "check", ".", "--cache-dir", str(cache_folder)]
    for seconds in (0.9, 1.4, 1.7):
        victim = subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            victim.wait(seconds)
        except subprocess.TimeoutExpired:
            victim.kill()
            victim.wait()
    assert run(project, "check", ".", "--cache-dir", str(cache_folder))[:2] == wanted
    shutil.rmtree(cache_folder)


def test_nothing_reaches_for_the_network(project: Path) -> None:
    script = (
        "import socket, sys\n"
        "def refuse(*_, **__):\n    raise AssertionError('the network')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse\n"
        "from evidencelint.cli import main\n"
        "try:\n    main(['check', '.', '--no-cache'])\nexcept SystemExit as end:\n    code = end.code\n"
        "assert not {'requests', 'httpx', 'urllib3', 'http.client'} & sys.modules.keys(), 'a client of the web'\n"
        "sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
