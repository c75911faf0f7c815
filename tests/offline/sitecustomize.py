"""Refuses every connection but to this machine, in each Python process that the tests start.

The tests put this folder on ``PYTHONPATH``. A refusal is an error of the operating system's kind to whoever tried, and
a line in the file that ``EVIDENCELINT_TESTS_REFUSED`` names, so that a test fails though the code swallows the error.
"""

from __future__ import annotations

import os
import sys
from typing import Any

_LOCAL = {None, "", "localhost", "::1", "0.0.0.0", "::", b"localhost", b"127.0.0.1", b"::1", b""}  # noqa: S104 - to reach, not to bind
_OF_ADDRESS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_OF_NAME = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_DATAGRAMS = 2


class RefusedError(ConnectionRefusedError):
    """A connection that leaves this machine."""


def is_local(host: object) -> bool:
    """Tell whether a host name or address is this machine's loopback."""
    return host in _LOCAL or (isinstance(host, str) and host.startswith("127."))


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise RefusedError for an event of the interpreter that reaches for another machine (an audit hook)."""
    if event in _OF_ADDRESS:
        socket, address = arguments
        # an address that is no tuple is a path of this machine's or a number of its kernel's
        if not isinstance(address, tuple) or is_local(address[0]):
            return
        # distributed asks by which address it would leave; to connect a datagram socket sends nothing
        told = not (event == "socket.connect" and socket.type == _DATAGRAMS)
        host = address[0]
    elif event in _OF_NAME:
        host, told = arguments[0], True
        if is_local(host) or host in {os.uname().nodename, os.uname().nodename.encode()}:
            return
    else:
        return
    path = os.environ.get("EVIDENCELINT_TESTS_REFUSED")
    if told and path:
        with open(path, "a", encoding="utf-8") as file:  # noqa: PTH123 - nothing is imported into what is tested
            file.write(f"{event} {host!r} by {sys.argv[0] if getattr(sys, 'argv', None) else '?'}\n")
    raise RefusedError(f"the tests do not leave this machine: {event} {host!r}")


sys.addaudithook(refuse)
