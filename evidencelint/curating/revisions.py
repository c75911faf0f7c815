"""A fact base as it stood in a revision: ``main``, ``HEAD~3:evidence/facts.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evidencelint.errors import EvidencelintError, FactBaseError
from evidencelint.factbase.facts import FactBase
from evidencelint.factbase.load import load_facts
from evidencelint.gitcalls import commit_of, top_of, unpack


@dataclass(frozen=True, slots=True)
class Version:
    """A fact base, and the files of the work tree that its sources are; these are no documents."""

    base: FactBase
    sources: frozenset[Path]


@contextmanager
def version_of(named: str, other: Path | None) -> Iterator[Version]:
    """Give the fact base that is named: a file, ``REV:file``, or ``REV`` for the ``other`` file in that revision.

    A file of a revision counts from the root of the repository, as in git, and one that starts with ``./`` from the
    working folder. Raises EvidencelintError where there is no such file or revision.
    """
    path = Path(named)
    if path.exists():
        base = load_facts(path)
        yield Version(base, _sources(base, None, Path()))
        return
    revision, _, inner = named.partition(":")
    here = other.parent if not inner and other is not None else Path()
    try:
        top = top_of(here, named)
        commit = commit_of(top, revision, "")
    except EvidencelintError as error:
        raise EvidencelintError(f"{named}: no such file, and no revision of a repository: {error}") from error
    within = _within(top, inner, other, named)
    with TemporaryDirectory(prefix="evidencelint-") as folder:
        root = Path(folder).resolve()
        unpack(top, commit, root, named)
        try:
            base = load_facts(root / within)
        except FactBaseError as error:
            raise EvidencelintError(str(error).replace(f"{root}/", f"{revision}:")) from error
        yield Version(base, _sources(base, root, top))


def _within(top: Path, inner: str, other: Path | None, named: str) -> str:
    """Give the path of the fact base from the root of the repository."""
    if inner and not inner.startswith(("./", "../")):
        return inner
    if not inner and other is None:
        raise EvidencelintError(f"{named}: which file of that revision? Name it, as in {named}:facts.yaml")
    path = (Path(inner) if inner else other or Path()).resolve()
    if not path.is_relative_to(top):
        raise EvidencelintError(f"{named}: {path} is outside of the repository {top}; name the file, as in REV:path")
    return path.relative_to(top).as_posix()


def _sources(base: FactBase, root: Path | None, top: Path) -> frozenset[Path]:
    found = {(Path(source.position.path).parent / source.path).resolve() for source in base.sources if source.path}
    if root is None:
        return frozenset(found)
    return frozenset(top / path.relative_to(root) for path in found if path.is_relative_to(root))
