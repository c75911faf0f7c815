"""The server for writing assistants: the Model Context Protocol round a session (extra ``mcp``)."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from evidencelint.errors import EvidencelintError


def serve(facts: tuple[Path, ...] = ()) -> None:
    """Serve one assistant on standard input and output; raises EvidencelintError without the SDK."""
    if find_spec("mcp") is None:
        raise EvidencelintError("the server for agents needs the package mcp; run: pip install 'evidencelint[mcp]'")
    from evidencelint.mcp_server.tools import make_server  # noqa: PLC0415 - an optional dependency

    make_server(facts).run("stdio")
