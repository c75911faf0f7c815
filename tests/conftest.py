"""What holds for every test: no connection leaves this machine, and the user's own cache is not touched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# every Python that a test starts finds this package, and refuses connections as this process does
os.environ["PYTHONPATH"] = os.pathsep.join((str(ROOT), str(ROOT / "tests" / "offline")))
import tests.offline.sitecustomize  # noqa: E402, F401 - refuses from here on


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what takes minutes, unless it is asked for."""
    if os.environ.get("EVIDENCELINT_SLOW") != "1":
        for item in items:
            if item.get_closest_marker("slow") is not None:
                item.add_marker(pytest.mark.skip(reason="takes minutes; EVIDENCELINT_SLOW=1"))


@pytest.fixture(scope="session", autouse=True)
def refused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name the file of the connections that were refused."""
    path = tmp_path_factory.getbasetemp() / "refused.txt"
    os.environ["EVIDENCELINT_TESTS_REFUSED"] = str(path)
    return path


@pytest.fixture(autouse=True)
def _offline(refused: Path) -> Iterator[None]:
    """Fail a test in which anything reached for another machine, though the error was swallowed."""
    yield
    if refused.exists():
        tried = refused.read_text(encoding="utf-8")
        refused.unlink()
        pytest.fail(f"reached for the network:\n{tried}")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVIDENCELINT_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def cache_folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"
