"""What takes too long is given up as a whole, told, and never taken for clean."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from evidencelint.cache import Store, digest
from evidencelint.engine import Linter
from evidencelint.errors import FactBaseError
from evidencelint.factbase.facts import FactBase
from evidencelint.factbase.load import load_facts
from evidencelint.outcome import FileReport
from evidencelint.rules import select
from evidencelint.running.bench import Bench
from evidencelint.running.jobs import Work, check_all
from evidencelint.timebudget import OverBudgetError, within
from tests.helmets import POND


def spin(seconds: float) -> float:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass
    return seconds


def test_work_in_time_gives_its_result_and_work_over_it_an_error() -> None:
    assert within(None, lambda: spin(0.01)) == 0.01
    assert within(5, lambda: spin(0.01)) == 0.01
    with pytest.raises(OverBudgetError, match=r"took over 0\.05 seconds of processor time"):
        within(0.05, lambda: spin(20))
    assert not [thread for thread in threading.enumerate() if thread.name == "time budget"]


def test_nothing_arrives_after_the_work_is_over() -> None:
    for extra in range(40):
        with suppress(OverBudgetError):
            within(0.02, lambda extra=extra: spin(0.018 + extra / 10_000))  # type: ignore[misc]
        assert spin(0.002) == 0.002


TRACED = """
import sys, time
from evidencelint.timebudget import OverBudgetError, within
def spin(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass
sys.settrace(lambda *_: None)
within(20, lambda: spin(0.01))
try:
    within(0.05, lambda: spin(20))
except OverBudgetError:
    spin(0.01)
    print("given up")
"""


def test_work_may_be_traced() -> None:
    """As debuggers do, and measures of coverage: the thread must not go on looking for what was never sent."""
    done = subprocess.run([sys.executable, "-c", TRACED], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "given up\n"


def test_errors_of_the_work_are_its_own_and_threads_do_not_mind_one_another() -> None:
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 / 0)
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(within, 0.05, lambda: spin(20))
        fast = pool.submit(within, 20, lambda: spin(0.1))
        assert fast.result() == 0.1
        assert isinstance(slow.exception(), OverBudgetError)


def test_a_message_that_a_finalizer_swallows_is_sent_again() -> None:
    class Swallows:
        def __init__(self) -> None:
            self.tries = 0

        def work(self) -> None:
            while True:
                try:
                    spin(20)
                except BaseException:  # noqa: PERF203 - what a finalizer does with what is raised in it
                    self.tries += 1
                    if self.tries > 2:
                        raise

    swallows = Swallows()
    with pytest.raises(OverBudgetError):
        within(0.02, swallows.work)
    assert swallows.tries == 3


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.yaml"
    path.write_text(POND, encoding="utf-8")
    return path


def slow_for_some(self: Linter, data: bytes, path: str) -> FileReport:
    if b"slow" in data:
        spin(30)
    return _check(self, data, path)


_check = Linter.check


def test_a_document_over_its_budget_is_not_checked_nor_kept_and_the_others_are(
    facts: Path, monkeypatch: pytest.MonkeyPatch, cache_folder: Path
) -> None:
    monkeypatch.setattr(Linter, "check", slow_for_some)
    work = [
        Work("a.md", b"Algae fell by 41%.", (facts,)),
        Work("b.md", b"slow", (facts,)),
        Work("c.md", b"Fine.", (facts,)),
    ]
    for _ in range(2):
        store = Store(cache_folder)
        reports = list(check_all(work, Bench(select(), store, load_facts, seconds=0.3), 1))
        store.close()
        assert [report.checked for report in reports] == [True, False, True]
        assert str(reports[1].error) == (
            "b.md:1:1: not checked: took over 0.3 seconds of processor time; split the document, or give it more with "
            "--time-budget"
        )
        assert (reports[1].claims, reports[1].diagnostics) == ((), ())
        assert [found.name for found in reports[0].diagnostics] == ["value-mismatch"]


def test_a_fact_base_that_takes_too_long_ends_the_run(facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(path: Path) -> FactBase:
        spin(30)
        return load_facts(path)

    monkeypatch.setattr("evidencelint.running.bench._MOST_FACTS_SECONDS", 0.05)
    with pytest.raises(FactBaseError, match=r"facts\.yaml:1:1: not read: took over 0\.05 seconds"):
        list(check_all([Work("a.md", b"x", (facts,))], Bench(select(), Store(), slow), 1))


def test_claims_that_cannot_be_read_again_in_time_are_no_empty_list(
    facts: Path, monkeypatch: pytest.MonkeyPatch, cache_folder: Path
) -> None:
    store = Store(cache_folder)
    linter = Bench(select(), store, load_facts, seconds=0.3).linter((facts,))
    found = linter.check(b"Algae fell by 40% slow.", "a.md")
    monkeypatch.setattr(Linter, "check", slow_for_some)
    monkeypatch.setattr(store, "recall", lambda *_: {})
    again = linter.look_up(b"Algae fell by 40% slow.", "a.md")
    assert again is not None
    assert again.tally() == found.tally()
    with pytest.raises(Exception, match="not checked: took over"):
        list(again.claims)
    store.close()


def test_what_is_given_up_in_the_middle_of_writing_leaves_the_store_usable(cache_folder: Path) -> None:
    class Stopped(BaseException):
        pass

    store = Store(cache_folder)

    class Stops:
        def __iter__(self) -> Stops:
            return self

        def __next__(self) -> tuple[object, ...]:
            raise Stopped

    with pytest.raises(Stopped):
        store._write("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", Stops())
    store.put({digest("a"): json.loads("[1]")})
    assert store.get([digest("a")]) == {digest("a"): [1]}
    store.close()
