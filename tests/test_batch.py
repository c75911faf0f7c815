from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencelint.batch import Entry, Result, check_collection, open_target, read_entries
from evidencelint.errors import EvidencelintError
from tests.helmets import POND

COMMAND = [sys.executable, "-m", "evidencelint.batch"]
ENVIRONMENT = dict(os.environ)
MANY = 160


def documents(count: int) -> list[Entry]:
    return [Entry(f"d{n}", f"Algae fell by {40 + n % 3}% in the treated ponds.") for n in range(count)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.yaml").write_text(POND, encoding="utf-8")
    lines = [json.dumps({"id": entry.id, "text": entry.text, "more": 1}) for entry in documents(40)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return tmp_path


def batch(
    folder: Path, *arguments: str, names: tuple[str, str] = ("in.jsonl", "out.jsonl")
) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *names, "--facts", "facts.yaml", "--no-cache", *arguments]
    return subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def last(done: subprocess.CompletedProcess[str]) -> str:
    return done.stderr.splitlines()[-1]


def ids(folder: Path) -> list[str]:
    return [json.loads(line)["id"] for line in (folder / "out.jsonl").read_text().splitlines()]


def test_a_collection_is_checked_in_order_and_goes_on_where_it_stopped(folder: Path) -> None:
    done = batch(folder, "--jobs", "1")
    assert (done.returncode, last(done)) == (0, "evidencelint: 40 checked, 0 were before; 0 in all could not be")
    first = (folder / "out.jsonl").read_text()
    reports = [json.loads(line) for line in first.splitlines()]
    assert [report["id"] for report in reports] == [f"d{n}" for n in range(40)]
    assert [[d["name"] for d in report["diagnostics"]] for report in reports[:3]] == [
        [], ["value-mismatch"], ["value-mismatch"],
    ]  # fmt: skip
    whole = first.splitlines(keepends=True)
    (folder / "out.jsonl").write_text("".join(whole[:17]) + whole[17][:20])
    again = batch(folder, "--jobs", "2")
    assert last(again) == "evidencelint: 23 checked, 17 were before; 0 in all could not be"
    assert (folder / "out.jsonl").read_text() == first


def test_nothing_is_lost_or_doubled_when_a_run_is_killed(folder: Path) -> None:
    command = [*COMMAND, "in.jsonl", "out.jsonl", "--facts", "facts.yaml", "--no-cache", "--jobs", "1"]
    victim = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not ((folder / "out.jsonl").exists() and ids(folder)[4:]):
        time.sleep(0.02)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    assert batch(folder, "--jobs", "1").returncode == 0
    assert ids(folder) == [f"d{n}" for n in range(40)]


def children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(each) for each in found]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs to know its child processes")
def test_documents_of_a_process_that_is_killed_are_checked_by_another(folder: Path) -> None:
    lines = [json.dumps({"id": entry.id, "text": entry.text}) for entry in documents(MANY)]
    (folder / "in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [*COMMAND, "in.jsonl", "out.jsonl", "--facts", "facts.yaml", "--no-cache", "--jobs", "2", "-q"]
    run = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
    killed = 0
    while run.poll() is None and killed < 1:
        if (folder / "out.jsonl").exists() and len(ids_so_far(folder)) > 20:
            workers = [child for child in children(run.pid) if b"spawn_main" in command_line(child)]
            if workers:
                os.kill(workers[-1], signal.SIGKILL)
                killed += 1
        time.sleep(0.02)
    assert (run.wait(), run.communicate()[1]) == (0, "")
    assert killed == 1, "the run was over too soon"
    assert ids(folder) == [f"d{n}" for n in range(MANY)]
    assert all(json.loads(line)["checked"] for line in (folder / "out.jsonl").read_text().splitlines())


def command_line(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def ids_so_far(folder: Path) -> list[bytes]:
    return (folder / "out.jsonl").read_bytes().splitlines()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "in.jsonl:42:1: not valid JSON"),
        ('{"id": 1, "text": "a"}', 'in.jsonl:42:1: must be an object with "id" and "text"'),
        ('{"id": "d0", "text": "a"}', "in.jsonl:42:1: the id d0 stands twice"),
        ("[" * 100_000, "in.jsonl:42:1: not valid JSON"),
    ],
)
def test_what_is_no_document_is_told(folder: Path, line: str, message: str) -> None:
    with (folder / "in.jsonl").open("a") as file:
        file.write(line + "\n")
    done = batch(folder, "--jobs", "1")
    assert done.returncode == 2
    assert message in done.stderr


def test_a_line_has_a_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidencelint.batch.entries._MOST_LINE", 20)
    with pytest.raises(EvidencelintError, match=r"in\.jsonl:1:1: the line is over"):
        list(read_entries(folder / "in.jsonl"))


def test_a_file_of_something_else_is_not_written_into(folder: Path) -> None:
    (folder / "out.jsonl").write_text("my notes\nmore of them\n")
    done = batch(folder)
    assert done.returncode == 2
    assert "holds lines that no such run wrote" in done.stderr
    assert (folder / "out.jsonl").read_text() == "my notes\nmore of them\n"


@pytest.mark.parametrize("name", ["out.jsonl", "out.parquet"])
def test_results_are_kept_taken_up_and_tried_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with open_target(path) as target:
        target.write(Result("a", checked=True, claims=2, supported=1))
        target.write(Result("b", checked=False, error="b:1:1: too slow"))
        target.write(Result("c", checked=True))
    with open_target(path) as target:
        assert target.done == {"a": True, "b": False, "c": True}
    with open_target(path, retry=True) as target:
        assert target.done == {"a": True, "c": True}
        target.write(Result("b", checked=True))
    with open_target(path) as target:
        assert target.done == {"a": True, "c": True, "b": True}
        with pytest.raises(EvidencelintError, match="another run writes to it"), open_target(path):
            pass


def test_results_in_parquet_come_in_whole_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr("evidencelint.batch.results._ROWS", 2)
    path = tmp_path / "out.parquet"
    with open_target(path) as target:
        for name in "abc":
            target.write(Result(name, checked=True))
    (path / ".part-000002.parquet").write_bytes(b"what a killed run left")
    with open_target(path) as target:
        target.write(Result("d", checked=False, error="no"))
    assert sorted(each.name for each in path.iterdir()) == [
        ".lock", "part-000000.parquet", "part-000001.parquet", "part-000002.parquet",
    ]  # fmt: skip
    rows = parquet.read_table(path).to_pylist()
    assert [row["id"] for row in rows] == ["a", "b", "c", "d"]
    empty = {"claims": 0, "supported": 0, "numbers": "{}", "diagnostics": "[]"}
    assert rows[3] == {"id": "d", "checked": False, "error": "no", **empty}
    (path / "part-000009.parquet").write_bytes(b"nonsense")
    with pytest.raises(EvidencelintError, match="no such run wrote it"), open_target(path):
        pass


def test_parquet_goes_in_and_out(folder: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    rows = [{"more": 1, "id": entry.id, "text": entry.text} for entry in documents(40)]
    parquet.write_table(arrow.Table.from_pylist(rows), folder / "in.parquet")
    assert list(read_entries(folder / "in.parquet")) == documents(40)
    done = batch(folder, "--jobs", "1", names=("in.parquet", "out.parquet"))
    assert (done.returncode, last(done)) == (0, "evidencelint: 40 checked, 0 were before; 0 in all could not be")
    found = parquet.read_table(folder / "out.parquet").to_pylist()
    assert [row["id"] for row in found] == [f"d{n}" for n in range(40)]
    assert [each["name"] for each in json.loads(found[1]["diagnostics"])] == ["value-mismatch"]
    for table, message in (
        ([{"id": "a"}], "has no column text"),
        ([{"id": 1, "text": "a"}], "must both be text"),
        ([{"id": "a", "text": "a"}] * 2, "the id a stands twice"),
    ):
        parquet.write_table(arrow.Table.from_pylist(table), folder / "in.parquet")
        with pytest.raises(EvidencelintError, match=message):
            list(read_entries(folder / "in.parquet"))
    (folder / "in.parquet").write_bytes(b"nonsense")
    with pytest.raises(EvidencelintError, match="is no Parquet file"):
        list(read_entries(folder / "in.parquet"))


def test_documents_bring_no_files_along_and_failures_count(folder: Path) -> None:
    (folder / "refs.json").write_text('{"secretword": ')
    entries = [
        Entry("../a.md", "---\nbibliography: refs.json\n---\n\nAlgae fell by 40% in the treated ponds."),
        Entry("b", "a\0b"),
        Entry("c", "Algae \ud800 fell by 41% in the treated ponds."),
    ]
    found = list(check_collection(entries, folder / "facts.yaml"))
    assert [result.checked for result in found] == [True, False, True]
    assert [each.name for each in found[0].diagnostics] == ["missing-bibliography"]
    assert [each.text for each in found[2].diagnostics] == ["41%"]
    lines = [json.dumps({"id": entry.id, "text": entry.text}) for entry in entries]
    (folder / "in.jsonl").write_text("\n".join(lines) + "\n")
    assert batch(folder, "--jobs", "1").returncode == 2
    again = batch(folder, "--jobs", "1")
    assert (again.returncode, last(again)) == (2, "evidencelint: 0 checked, 3 were before; 1 in all could not be")
    tried = batch(folder, "--jobs", "1", "--retry")
    assert (tried.returncode, last(tried)) == (2, "evidencelint: 1 checked, 2 were before; 1 in all could not be")


@pytest.fixture(scope="module")
def cluster() -> Iterator[object]:
    distributed = pytest.importorskip("distributed")
    import logging  # noqa: PLC0415

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None, silence_logs=logging.CRITICAL
    ) as made:
        yield made


pytestmark = pytest.mark.filterwarnings("default")


@pytest.mark.parametrize("kills", [1, pytest.param(12, marks=pytest.mark.slow)])
def test_a_cluster_gives_the_same_results_though_its_workers_are_killed(
    folder: Path, cluster: object, kills: int
) -> None:
    count = 4_000 if kills > 1 else 200
    entries = documents(count)
    entries[7] = Entry("d7", "a\0b")
    expected = list(check_collection(entries, folder / "facts.yaml"))
    found: list[Result] = []
    killed: list[int] = []
    ended = threading.Event()

    def kill() -> None:
        while len(killed) < kills and not ended.is_set():
            if len(found) > len(killed) * count // (kills + 1):
                workers = [nanny.process.pid for nanny in cluster.workers.values() if nanny.process.pid]  # type: ignore[attr-defined]
                if workers:
                    os.kill(workers[len(killed) % len(workers)], signal.SIGKILL)
                    killed.append(workers[0])
            ended.wait(0.01)

    killer = threading.Thread(target=kill)
    killer.start()
    address = str(cluster.scheduler_address)  # type: ignore[attr-defined]
    try:
        for result in check_collection(entries, folder / "facts.yaml", scheduler=address):
            found.append(result)
            if kills:
                time.sleep(0.001)
    finally:
        ended.set()
        killer.join()
    assert len(killed) == kills
    assert [result.id for result in found] == [entry.id for entry in entries]
    assert found == expected


def test_a_cluster_that_is_not_there_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("evidencelint.batch.cluster._WAIT_SECONDS", 1)
    with pytest.raises(EvidencelintError, match=r"tcp://127\.0\.0\.1:9: no Dask cluster with a worker answers"):
        list(check_collection(documents(1), folder / "facts.yaml", scheduler="tcp://127.0.0.1:9"))


def test_an_extra_that_is_missing_is_told_with_its_install_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for missing in ("distributed", "pyarrow"):
        for name in [name for name in sys.modules if name.partition(".")[0] == missing]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, "evidencelint.batch.cluster", raising=False)
    with pytest.raises(EvidencelintError, match=r"pip install 'evidencelint\[dask\]'"):
        list(check_collection(documents(1), folder / "facts.yaml", scheduler="tcp://127.0.0.1:9"))
    with pytest.raises(EvidencelintError, match=r"pip install 'evidencelint\[parquet\]'"):
        list(read_entries(folder / "in.parquet"))
