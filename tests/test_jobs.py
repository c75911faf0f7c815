from __future__ import annotations

import os
from pathlib import Path

import pytest

from evidencelint.cache import Store
from evidencelint.errors import DocumentError, FactBaseError
from evidencelint.factbase.facts import FactBase
from evidencelint.factbase.load import load_facts
from evidencelint.model import Position
from evidencelint.rules import select
from evidencelint.running.bench import Bench
from evidencelint.running.jobs import Work, check_all, processors
from tests.helmets import POND


def dies_elsewhere(path: Path) -> FactBase:
    """Load a fact base, but take down any other process that tries."""
    if os.environ.get("EVIDENCELINT_TEST_PARENT") != str(os.getpid()):
        os._exit(9)
    return load_facts(path)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.yaml"
    path.write_text(POND, encoding="utf-8")
    return path


def test_documents_of_a_process_that_died_are_reported_as_not_checked(
    facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVIDENCELINT_TEST_PARENT", str(os.getpid()))
    bench = Bench(select(), Store(), dies_elsewhere)
    reports = list(check_all([Work(f"{n}.md", b"Algae fell by 41%.", (facts,)) for n in range(12)], bench, 2))
    assert [report.path for report in reports] == [f"{n}.md" for n in range(12)]
    assert not any(report.checked for report in reports)
    assert "a process of this run died twice at it" in str(reports[0].error)


def test_errors_keep_their_place_between_processes(facts: Path) -> None:
    bench = Bench(select(), Store(), load_facts)
    unread = DocumentError("is gone", Position("a.md", 1))
    work = [
        Work("a.md", unread, (facts,)),
        Work("b.md", b"a\n\xff", (facts,)),
        Work("c.md", b"Algae fell by 41%.", (facts,)),
    ]
    reports = list(check_all(work, bench, 2))
    assert [str(report.error) for report in reports[:2]] == [
        "a.md:1:1: is gone",
        "b.md:2:1: byte 2 (0xff) is not UTF-8; save the file as UTF-8",
    ]
    assert [d.name for d in reports[2].diagnostics] == ["value-mismatch"]
    assert reports[2] == list(check_all(work, bench, 1))[2]


def test_a_fact_base_that_must_not_be_used_ends_the_run(tmp_path: Path) -> None:
    bench = Bench(select(), Store(), load_facts)
    for jobs in (1, 2):
        with pytest.raises(FactBaseError, match="no such fact base"):
            list(check_all([Work("a.md", b"x", (tmp_path / "none.yaml",))], bench, jobs))


def test_there_is_a_processor() -> None:
    assert processors() >= 1
