"""Which documents to check, and which fact bases each of them is checked against."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evidencelint.configuration.files import Configs, repository_root, shorter
from evidencelint.configuration.ignoring import GitIgnore, fits
from evidencelint.configuration.settings import Config
from evidencelint.diagnostics import Position
from evidencelint.errors import EvidencelintError, FactBaseError
from evidencelint.reading import inside, project_root, real

FACTS_NAME = "facts.yaml"
_SKIPPED = frozenset({"node_modules", "__pycache__", "site-packages"})


@dataclass(slots=True)
class Search:
    """Looks for documents as their configurations say."""

    configs: Configs
    _gitignores: dict[Path, GitIgnore | None] = field(default_factory=dict)

    def documents(self, paths: Sequence[Path]) -> Iterator[Path]:
        """Yield the documents under folders, sorted, and named files as they are, each once.

        Raises EvidencelintError for a path that does not exist and for a folder without documents.
        """
        seen: set[Path] = set()
        for path in paths:
            for document in self._under(path):
                if document not in seen:
                    seen.add(document)
                    yield document

    def leaves_out(self, path: Path) -> bool:
        """Tell whether a document is left out though it is named; it need not exist."""
        full = real(path.parent) / path.name
        config = self.configs.of(full.parent)
        return config.force_exclude and self._is_excluded(config, full, folder=False)

    def _under(self, path: Path) -> Iterator[Path]:
        if path.is_dir():
            folder = real(path)
            config = self.configs.of(folder)
            excluded = self._is_excluded(config, folder, folder=True)
            if excluded and config.force_exclude:
                return
            # who names a folder that is left out wants what is in it
            found = sorted(self._walk(path, folder, everything=excluded))
            if not found:
                patterns = ", ".join(config.include)
                raise EvidencelintError(f"{path}: no documents ({patterns}) in this folder that are not excluded")
            yield from found
        elif path.exists():
            if not self.leaves_out(path):
                yield path
        else:
            from evidencelint.yamlio import nearest_file  # noqa: PLC0415 - only where a path is misspelt

            raise EvidencelintError(f"{path}: no such file or folder{nearest_file(path)}")

    def _walk(self, shown: Path, folder: Path, *, everything: bool) -> Iterator[Path]:
        config = self.configs.of(folder)
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda each: each.name):
                if entry.name.startswith(".") or entry.name in _SKIPPED:
                    continue
                inner = entry.is_dir(follow_symlinks=False)
                path = folder / entry.name
                # a broken link or a pipe by such a name is told of when it is read, not left out in silence
                if not inner and (_leads_to_folder(entry) or not fits(config.include, config.root, path)):
                    continue
                if not everything and self._excluded(config, path, folder=inner):
                    continue
                if inner:
                    yield from self._walk(shown / entry.name, path, everything=everything)
                else:
                    yield shown / entry.name

    def _excluded(self, config: Config, path: Path, *, folder: bool) -> bool:
        if fits((*config.exclude, *config.extend_exclude), config.root, path, folder=folder):
            return True
        return config.respect_gitignore and self._ignored_by_git(path, folder=folder)

    def _is_excluded(self, config: Config, path: Path, *, folder: bool) -> bool:
        """Tell whether a path is left out, or a folder above it is."""
        above = [parent for parent in path.parents if parent.is_relative_to(config.root) and parent != config.root]
        return self._excluded(config, path, folder=folder) or any(
            self._excluded(config, parent, folder=True) for parent in above
        )

    def _ignored_by_git(self, path: Path, *, folder: bool) -> bool:
        if path.parent not in self._gitignores:
            top = repository_root(path.parent)
            known = next((each for each in self._gitignores.values() if each is not None and each.top == top), None)
            self._gitignores[path.parent] = known or (GitIgnore(top) if top is not None else None)
        gitignore = self._gitignores[path.parent]
        return gitignore is not None and gitignore.ignores(path, folder=folder)


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # a loop of links
        return False


def find_documents(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the documents of `Search.documents` for configurations as they are found."""
    return Search(Configs()).documents(paths)


def find_facts(start: Path) -> tuple[Path, ...]:
    """Give the fact bases of a folder's documents, as configured, else the nearest one; raises FactBaseError."""
    return facts_of(start / "any.md", Configs().of(start))


def only_fact_base(start: Path) -> Path:
    """Give the one fact base of a folder, for what works on one; raises FactBaseError where there are several."""
    found = find_facts(start)
    if len(found) > 1:
        names = ", ".join(path.as_posix() for path in found)
        raise FactBaseError(f"{len(found)} fact bases are configured here ({names}); name one with --facts")
    return found[0]


def _nearest(start: Path) -> Path:
    """Find the nearest ``facts.yaml`` from a folder upwards, up to the root of the repository."""
    folder = real(start)
    for candidate in (folder, *folder.parents):
        if (candidate / FACTS_NAME).is_file():
            if not inside(candidate / FACTS_NAME, project_root(candidate)):
                raise FactBaseError(
                    "is a link that leads outside the project; name the file with --facts to use it",
                    Position(shorter(candidate).joinpath(FACTS_NAME).as_posix(), 1),
                )
            return shorter(candidate / FACTS_NAME)
        if (candidate / ".git").exists():
            break
    raise FactBaseError(f"no {FACTS_NAME} in {start} or above; write one or name one with --facts")


def facts_of(document: Path, config: Config) -> tuple[Path, ...]:
    """Give the fact bases of a document by its configuration, else the nearest; raises FactBaseError."""
    full = real(document.parent) / document.name
    chosen = config.facts
    for pattern, paths in config.per_path_facts:
        if fits((pattern,), config.root, full):
            chosen = paths
    if not chosen:
        return (_nearest(document.parent),)
    return tuple(dict.fromkeys(shorter(path) for path in chosen))
