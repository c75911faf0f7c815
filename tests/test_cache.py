from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.cache import CodecError, NotPrivateError, Store, decode, default_folder, digest, encode, tool_key
from evidencelint.model import Span

KEY, OTHER = digest("a"), digest("b")


@dataclass(frozen=True, slots=True)
class Sample:
    word: str
    number: Fraction | None
    exact: Decimal
    spans: tuple[Span, ...]
    pair: tuple[int, str]
    names: frozenset[str]
    table: Mapping[str, frozenset[str]]
    kind: Literal["a", "b"] | None
    places: frozenset[Span]
    many: Sequence[int]


@given(
    st.builds(
        Sample,
        st.text(),
        st.none() | st.fractions(),
        st.decimals(allow_nan=False),
        st.lists(st.builds(Span, st.integers(), st.integers())).map(tuple),
        st.tuples(st.integers(), st.text()),
        st.frozensets(st.text()),
        st.dictionaries(st.text(), st.frozensets(st.text())),
        st.sampled_from(["a", "b", None]),
        st.frozensets(st.builds(Span, st.integers(), st.integers())),
        st.lists(st.integers()).map(tuple),
    )
)
def test_what_is_stored_comes_back(sample: Sample) -> None:
    assert decode(encode(sample, Sample), Sample) == sample


@pytest.mark.parametrize("data", [None, 1, "x", {}, [], [1], [[1, 2, 3]], [["a"], {}]])
def test_data_that_does_not_fit_is_refused(data: object) -> None:
    with pytest.raises(CodecError):
        decode(data, tuple[Sample, ...]) if data else decode([data], tuple[Sample, ...])


def test_types_that_cannot_be_stored_are_left_out(cache_folder: Path) -> None:
    store = Store(cache_folder)
    store.keep({KEY: object()}, object)
    assert store.get([KEY]) == {}
    store.close()


def test_a_store_keeps_between_runs(cache_folder: Path) -> None:
    first = Store(cache_folder)
    first.put({KEY: [1, "ü\ud800"], OTHER: {"a": None}})
    first.close()
    second = Store(cache_folder)
    assert second.get([KEY, digest("c")]) == {KEY: [1, "ü\ud800"]}
    second.close()
    assert second.get([KEY]) == {}, "a closed store knows nothing"


def test_the_folder_is_private_and_left_out_of_backups_and_version_control(cache_folder: Path) -> None:
    store = Store(cache_folder)
    store.put({KEY: 1})
    names = {path.name: stat.S_IMODE(path.stat().st_mode) for path in cache_folder.iterdir()}
    store.close()
    assert {"CACHEDIR.TAG", ".gitignore", "results-1.sqlite"} <= set(names)
    assert set(names.values()) == {0o600}
    assert stat.S_IMODE(cache_folder.stat().st_mode) == 0o700
    assert (cache_folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert "*" in (cache_folder / ".gitignore").read_text().splitlines()


def test_a_folder_that_others_may_write_into_is_not_believed(cache_folder: Path) -> None:
    cache_folder.mkdir()
    cache_folder.chmod(0o777)
    with pytest.raises(NotPrivateError, match="others may write into it"):
        Store(cache_folder)


@pytest.mark.parametrize(
    "content", [b"", b"no database at all, but long enough to be one" * 50, b"SQLite format 3\0" * 99]
)
def test_a_damaged_file_is_begun_anew(cache_folder: Path, content: bytes) -> None:
    cache_folder.mkdir(mode=0o700)
    (cache_folder / "results-1.sqlite").write_bytes(content)
    store = Store(cache_folder)
    assert store.get([KEY]) == {}
    store.put({KEY: 1})
    store.close()
    again = Store(cache_folder)
    assert again.get([KEY]) == {KEY: 1}
    again.close()


def test_a_damaged_value_is_a_miss(cache_folder: Path) -> None:
    store = Store(cache_folder)
    store.put({KEY: ["x" * 99], OTHER: 2})
    store.close()
    with sqlite3.connect(cache_folder / "results-1.sqlite") as connection:
        (value,) = connection.execute("SELECT value FROM results WHERE key = ?", (KEY,)).fetchone()
        spoilt = value[:-3] + b"abc"
        connection.execute("UPDATE results SET value = ? WHERE key = ?", (spoilt, KEY))
    connection.close()
    again = Store(cache_folder)
    assert again.get([KEY, OTHER]) == {OTHER: 2}
    again.close()


def test_pages_of_nonsense_in_the_middle_never_raise(cache_folder: Path) -> None:
    store = Store(cache_folder)
    store.put({digest(str(n)): "word " * n for n in range(300)})
    store.close()
    path = cache_folder / "results-1.sqlite"
    data = bytearray(path.read_bytes())
    data[6_000:14_000] = os.urandom(8_000)
    path.write_bytes(data)
    again = Store(cache_folder)
    keys = [digest(str(n)) for n in range(300)]
    for key, value in again.get(keys).items():
        assert value == "word " * keys.index(key)
    again.put({KEY: 1})
    again.close()


def test_a_folder_that_cannot_be_made_or_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file" / "cache")
    store.put({KEY: 1})
    assert store.path is None
    assert store.get([KEY]) == {}
    store.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_folder_is_read(cache_folder: Path) -> None:
    store = Store(cache_folder)
    store.put({KEY: 1})
    store.close()
    for path in (*cache_folder.iterdir(), cache_folder):
        path.chmod(0o500 if path.is_dir() else 0o400)
    again = Store(cache_folder)
    again.put({OTHER: 2})
    assert again.get([KEY, OTHER]) == {KEY: 1}
    again.close()


def test_a_store_that_is_locked_costs_no_result(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidencelint.cache.store._WAIT_SECONDS", 0.05)
    Store(cache_folder).close()
    holder = sqlite3.connect(cache_folder / "results-1.sqlite", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    store = Store(cache_folder)
    store.put({KEY: 1})
    assert store.get([KEY]) == {}
    store.close()
    holder.close()


def test_what_was_not_used_for_longest_goes_first(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(cache_folder)
    store.put({digest(str(n)): os.urandom(500).hex() for n in range(100)})
    store.close()
    with sqlite3.connect(cache_folder / "results-1.sqlite") as connection:
        connection.execute("UPDATE results SET day = 1")
    connection.close()
    used = Store(cache_folder)
    kept = [digest(str(n)) for n in range(90, 100)]
    used.get(kept)
    monkeypatch.setattr("evidencelint.cache.store._MOST_BYTES", 20_000)
    used.close()
    again = Store(cache_folder)
    left = again.get([digest(str(n)) for n in range(100)])
    again.close()
    assert len(left) == 50
    assert set(kept) <= set(left)


@pytest.mark.parametrize("count", [12, pytest.param(200, marks=pytest.mark.slow)])
def test_many_runs_at_once_share_a_store(cache_folder: Path, count: int) -> None:
    script = (
        "import sys; from pathlib import Path; from evidencelint.cache import Store, digest\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for n in range(30):\n"
        "    store.put({digest(str(n)): [n] * 50, digest(sys.argv[2], str(n)): n})\n"
        "    known = store.get([digest(str(n))])\n"
        "    assert known.get(digest(str(n)), [n] * 50) == [n] * 50\n"
        "store.close()"
    )
    runs = [subprocess.Popen([sys.executable, "-c", script, str(cache_folder), str(n)]) for n in range(count)]
    for run in runs[::4]:
        run.kill()
    codes = [run.wait() for run in runs]
    assert [code for index, code in enumerate(codes) if index % 4] == [0] * (count * 3 // 4)
    store = Store(cache_folder)
    assert store.get([digest(str(n)) for n in range(30)]) == {digest(str(n)): [n] * 50 for n in range(30)}
    store.close()
    with sqlite3.connect(cache_folder / "results-1.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_keys_keep_parts_apart_and_know_the_tool() -> None:
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")
    assert digest("a") == digest(b"a")
    assert len(tool_key()) == 32


def test_the_default_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EVIDENCELINT_CACHE_DIR", str(tmp_path / "here"))
    assert default_folder() == tmp_path / "here"
    monkeypatch.delenv("EVIDENCELINT_CACHE_DIR")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "evidencelint"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert default_folder() is None
