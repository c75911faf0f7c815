"""The tests leave this machine nowhere: what refuses connections does so, here and in the processes of a test."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# an address and a name that are nobody's (RFC 5737, RFC 2606)
FAR = "192.0.2.1"
NAME = "example.invalid"


def _udp(work: Callable[[socket.socket], object]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        work(made)


def _tcp(work: Callable[[socket.socket], object]) -> None:
    with socket.socket() as made:
        work(made)


REACHES: dict[str, Callable[[], object]] = {
    "connect": lambda: _tcp(lambda made: made.connect((FAR, 80))),
    "connect_ex": lambda: _tcp(lambda made: made.connect_ex((FAR, 80))),
    "create_connection": lambda: socket.create_connection((FAR, 80)),
    "sendto": lambda: _udp(lambda made: made.sendto(b"x", (FAR, 80))),
    "sendmsg": lambda: _udp(lambda made: made.sendmsg([b"x"], [], 0, (FAR, 80))),
    "getaddrinfo": lambda: socket.getaddrinfo(NAME, 80),
    "gethostbyname": lambda: socket.gethostbyname(NAME),
}


@pytest.mark.parametrize("way", REACHES)
def test_no_connection_leaves_this_machine(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "refused.txt"
    monkeypatch.setenv("EVIDENCELINT_TESTS_REFUSED", str(told))
    with pytest.raises(ConnectionRefusedError, match="do not leave this machine"):
        REACHES[way]()
    assert told.read_text(encoding="utf-8").startswith("socket.")


def test_processes_of_a_test_refuse_alike_and_tell_though_the_error_is_swallowed(tmp_path: Path) -> None:
    told = tmp_path / "refused.txt"
    script = (
        "import contextlib, multiprocessing, socket\n"
        "def reach(_=None):\n"
        "    with contextlib.suppress(OSError):\n"
        f"        socket.create_connection(({FAR!r}, 80), 1)\n"
        "if __name__ == '__main__':\n"
        "    reach()\n"
        "    child = multiprocessing.get_context('spawn').Process(target=reach)\n"
        "    child.start()\n"
        "    child.join()\n"
    )
    (tmp_path / "reach.py").write_text(script)
    environment = {**os.environ, "EVIDENCELINT_TESTS_REFUSED": str(told)}
    subprocess.run([sys.executable, str(tmp_path / "reach.py")], env=environment, check=True)
    assert len(told.read_text(encoding="utf-8").splitlines()) == 2  # one of each process


def test_this_machine_is_within_reach(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
        socket.create_connection(("localhost", server.getsockname()[1])).close()
    with socket.socket(socket.AF_UNIX) as server:
        path = os.path.relpath(tmp_path / "socket")
        server.bind(path)
        server.listen()
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(path)
