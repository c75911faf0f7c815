"""The language server: a thin shell of the Language Server Protocol round a session (extra ``lsp``)."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from evidencelint.errors import EvidencelintError


def serve(facts: tuple[Path, ...] = ()) -> None:
    """Serve one editor on standard input and output until it leaves; raises EvidencelintError without pygls."""
    if find_spec("pygls") is None:
        raise EvidencelintError("the language server needs pygls; run: pip install 'evidencelint[lsp]'")
    from evidencelint.lsp.server import make_server  # noqa: PLC0415 - an optional dependency

    # the stream belongs to the protocol alone: whatever else prints, prints to stderr
    stream = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    make_server(facts).start_io(stdout=stream)
