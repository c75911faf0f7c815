"""Read and validate a fact base; every complaint names file, line and key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from evidencelint.errors import FactBaseError
from evidencelint.facts import Fact, FactBase, FigureOverride, SourceRef
from evidencelint.model import SLOTS, Strength
from evidencelint.reading import inside, project_root
from evidencelint.vocabulary import Vocabulary, check_concept, general_vocabulary, read_vocabulary
from evidencelint.yamlio import Value, read_text, read_yaml, suggest

_TOP = ("version", "title", "sources", "bibliography", "retractions", "defaults", "vocabulary", "contrasts", "facts")
_FACT = ("id", "quote", "at", "source", "slots", "figures", "strength", "note", "reported_in")
_STRENGTHS: tuple[Strength, ...] = get_args(Strength)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_SOURCE_BYTES = 20_000_000

Slots = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the facts of a fact base may refer to."""

    sources: tuple[SourceRef, ...]
    vocabulary: Vocabulary
    defaults: Slots


def load_facts(path: Path) -> FactBase:
    """Load a fact base file; raises FactBaseError where it, or a source it names, cannot be used."""
    return parse_facts(read_text(path, "fact base", FactBaseError), str(path), path.parent)


def parse_facts(text: str, path: str, folder: Path | None) -> FactBase:
    """Read a fact base from text; without a ``folder``, files it names are not read."""
    root = read_yaml(text, path, FactBaseError)
    fields = root.mapping(_TOP)
    version = fields.get("version")
    if version is not None and version.text != "1":
        raise version.wrong("this tool reads version 1")
    for needed in ("sources", "facts"):
        if needed not in fields:
            raise root.error(f"{needed}: missing; a fact base needs a list of {needed}", root.position)
    vocabulary = read_vocabulary(fields.get("vocabulary"), fields.get("contrasts"), general_vocabulary())
    known = _Known(tuple(_sources(fields["sources"])), vocabulary, _slots(fields.get("defaults"), vocabulary))
    facts = tuple(_facts(fields["facts"], known))
    texts = dict(_texts(fields["sources"], folder)) if folder is not None else {}
    content = "\0".join((text, *(f"{key}\0{texts[key]}" for key in sorted(texts))))
    return FactBase(
        path=path,
        title=_optional(fields, "title"),
        sources=known.sources,
        bibliography=tuple(_files(fields.get("bibliography"), folder)),
        vocabulary=vocabulary,
        facts=facts,
        source_texts=texts,
        fingerprint=hashlib.sha256(content.encode()).hexdigest()[:16],
        retractions=tuple(_files(fields.get("retractions"), folder)),
    )


def _sources(value: Value) -> Iterator[SourceRef]:
    lines: dict[str, int] = {}
    if not value.items():
        raise value.wrong("is empty; name at least one source with its key")
    for entry in value.items():
        fields = entry.mapping(("key", "path", "digest"))
        if "key" not in fields:
            raise entry.wrong("key is missing; name the work's key in the bibliography")
        key = fields["key"].word()
        if key in lines:
            raise fields["key"].wrong(f"{key} is the key of line {lines[key]} too")
        lines[key] = entry.position.line
        path = fields["path"].word() if "path" in fields else None
        yield SourceRef(key, path, entry.position, digest=_yes(fields.get("digest")))


def _yes(value: Value | None) -> bool:
    if value is not None and value.text not in {"true", "false"}:
        raise value.wrong("must be true or false")
    return value is not None and value.text == "true"


def _texts(value: Value, folder: Path) -> Iterator[tuple[str, str]]:
    for entry in value.items():
        fields = entry.mapping()
        if "path" in fields:
            file = fields["path"]
            yield fields["key"].word(), _source_text(folder / file.word(), file)


def _source_text(path: Path, file: Value) -> str:
    _check_inside(path, file)
    try:
        return read_text(path, "source", FactBaseError, _MOST_SOURCE_BYTES)
    except FactBaseError as error:
        raise file.wrong(f"{file.word()}: {error.message}") from error


def _files(value: Value | None, folder: Path | None) -> Iterator[Path]:
    for name in value.words() if value is not None else ():
        path = (folder or Path()) / name.word()
        if folder is not None:
            _check_inside(path, name)
        if folder is not None and not _is_file(path):
            raise name.wrong(f"{name.word()}: no such file; the path counts from the folder of the fact base")
        yield path


def _check_inside(path: Path, file: Value) -> None:
    """Refuse a file outside the project: messages quote what they read, and a fact base may come from anybody."""
    root = project_root(Path(file.position.path).parent)
    if not inside(path, root):
        raise file.wrong(f"{file.word()}: leads outside the project {root}; copy the file into it")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        # A name that is too long for the system, for one.
        return False


def _facts(value: Value, known: _Known) -> Iterator[Fact]:
    lines: dict[str, int] = {}
    for entry in value.items():
        fact = _fact(entry, known)
        if fact.id in lines:
            raise FactBaseError(f"{entry.key}.id: {fact.id} is the id of line {lines[fact.id]} too", fact.position)
        lines[fact.id] = fact.position.line
        yield fact


def _fact(entry: Value, known: _Known) -> Fact:
    fields = entry.mapping(_FACT)
    for needed in ("id", "quote"):
        if needed not in fields:
            raise FactBaseError(f"{entry.key}.{needed}: missing; every fact needs one", entry.position)
    identity = fields["id"].word()
    if not _ID.fullmatch(identity):
        raise fields["id"].wrong(f"{identity!r} is not lower-case words and digits joined by hyphens")
    own = _slots(fields.get("slots"), known.vocabulary)
    carriers = _carriers(entry, fields.get("source"), known.sources)
    return Fact(
        id=identity,
        quote=" ".join(fields["quote"].word().split()),
        source=carriers[0],
        position=fields["id"].key_position or entry.position,
        quote_position=fields["quote"].key_position or entry.position,
        at=_optional(fields, "at"),
        slots={**known.defaults, **own},
        defaulted=frozenset(known.defaults) - frozenset(own),
        overrides=tuple(_overrides(fields.get("figures"), known.vocabulary)),
        strength=_strength(fields.get("strength")),
        note=_optional(fields, "note"),
        also=carriers[1:],
        reported_in=_reported_in(fields.get("reported_in"), carriers, known.sources),
    )


def _carriers(entry: Value, value: Value | None, sources: tuple[SourceRef, ...]) -> tuple[str, ...]:
    """Give the keys under ``source``: the one that the quote stands in, then others that carry the fact."""
    keys = [source.key for source in sources]
    if value is None:
        if len(keys) > 1:
            raise FactBaseError(f"{entry.key}.source: missing; known: {', '.join(keys)}", entry.position)
        return (keys[0],)
    named = tuple(dict.fromkeys(_key(each, sources) for each in value.words()))
    if not named:
        raise value.wrong("is empty; name the key of a source")
    return named


def _key(value: Value, sources: tuple[SourceRef, ...]) -> str:
    keys = [source.key for source in sources]
    if value.word() not in keys:
        raise value.wrong(f"no source {value.word()}{suggest(value.word(), keys)}")
    return value.word()


def _reported_in(value: Value | None, carriers: tuple[str, ...], sources: tuple[SourceRef, ...]) -> str | None:
    if value is None:
        return None
    if _key(value, sources) in carriers:
        raise value.wrong("is the source itself; source names the work whose finding it is")
    return value.word()


def _overrides(value: Value | None, vocabulary: Vocabulary) -> Iterator[FigureOverride]:
    for text, entry in value.mapping().items() if value is not None else ():
        if not text.strip():
            raise entry.wrong(
                "an empty key holds no figure; write the piece of the quote that does", entry.key_position
            )
        place = entry.key_position or entry.position
        yield FigureOverride(" ".join(text.split()), _slots(entry, vocabulary), place)


def _slots(value: Value | None, vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    if value is None:
        return {}
    return {
        slot: frozenset(check_concept(name, slot, vocabulary) for name in entry.words())
        for slot, entry in value.mapping(SLOTS).items()
    }


def _strength(value: Value | None) -> Strength | None:
    if value is None:
        return None
    for strength in _STRENGTHS:
        if value.text == strength:
            return strength
    raise value.wrong(f"{value.word()} is not one of {', '.join(_STRENGTHS)}")


def _optional(fields: Mapping[str, Value], name: str) -> str:
    """Give free text; an empty one is as good as none."""
    value = fields.get(name)
    return value.word() if value is not None and value.text != "" else ""
