"""Read and validate a fact base; every complaint names file, line and key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from rapidfuzz.process import extractOne

from evidencelint.errors import FactBaseError
from evidencelint.facts import Fact, FactBase, SourceRef
from evidencelint.model import SLOTS, Position, Strength
from evidencelint.resources import rules_folder
from evidencelint.vocabulary import Concept, Vocabulary, combined
from evidencelint.yamlio import Value, read_yaml

_TOP = ("version", "title", "sources", "bibliography", "defaults", "vocabulary", "contrasts", "facts")
_FACT = ("id", "quote", "at", "source", "slots", "figures", "strength", "note")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*$")
_KINDS = (*SLOTS, "topic")
_NEAR = 60


def load_facts(path: Path) -> FactBase:
    """Load a fact base file; raises FactBaseError where it, or a source it names, cannot be used."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise FactBaseError("no such fact base; name an existing YAML file", Position(str(path), 1)) from None
    except (IsADirectoryError, PermissionError) as error:
        raise FactBaseError(f"cannot be read as a fact base ({error.strerror})", Position(str(path), 1)) from error
    except UnicodeDecodeError as error:
        raise FactBaseError("is not UTF-8 text; save it as UTF-8", Position(str(path), 1)) from error
    return parse_facts(text, str(path), path.parent)


def parse_facts(text: str, path: str, folder: Path | None) -> FactBase:
    """Read a fact base from text; without a ``folder``, files it names are not read."""
    root = _mapping(read_yaml(text, path, FactBaseError), "the fact base")
    _known(root, _TOP)
    place = Position(path, 1)
    if (version := root.get("version")) is not None and version.text != "1":
        raise FactBaseError(f"version: {version.text} is not known; this tool reads version 1", version.position)
    vocabulary = _vocabulary(root)
    sources = tuple(_sources(root.get("sources"), place))
    defaults = _slots(root.get("defaults"), vocabulary)
    if "facts" not in root:
        raise FactBaseError("facts: missing; a fact base needs a list of facts", place)
    facts = tuple(_facts(root["facts"], sources, vocabulary, defaults))
    texts = _texts(sources, folder)
    content = "\0".join((text, *(f"{key}\0{texts[key]}" for key in sorted(texts))))
    return FactBase(
        path=path,
        title=_text(root.get("title")) or "",
        sources=sources,
        bibliography=tuple((folder or Path()) / name for name in _names(root.get("bibliography"))),
        vocabulary=vocabulary,
        facts=facts,
        source_texts=texts,
        fingerprint=hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16],
    )


@cache
def general_vocabulary() -> Vocabulary:
    """Give the concepts that ship with the tool."""
    path = rules_folder() / "lexicon" / "general-concepts.yaml"
    root = _mapping(read_yaml(path.read_text(encoding="utf-8"), path.name, FactBaseError), path.name)
    _known(root, ("vocabulary", "contrasts", "grades"))
    concepts = {(concept.slot, concept.id): concept for concept in _concepts(root.get("vocabulary"))}
    general = Vocabulary(concepts)
    return Vocabulary(concepts, tuple(_contrasts(root.get("contrasts"), general)), _names(root.get("grades")))


def _vocabulary(root: Mapping[str, Value]) -> Vocabulary:
    own = list(_concepts(root.get("vocabulary")))
    known = combined(general_vocabulary(), own, ())
    for key, concept in known.concepts.items():
        for parent in concept.is_a:
            if (concept.slot, parent) not in known.concepts:
                raise _unknown_concept(root["vocabulary"], concept.slot, parent, known, f"is_a of {key[1]}")
            if concept.id in known.closure(concept.slot, parent):
                where = root["vocabulary"].position
                raise FactBaseError(f"vocabulary.{concept.slot}.{concept.id}: is_a leads back to itself", where)
    return combined(general_vocabulary(), own, list(_contrasts(root.get("contrasts"), known)))


def _concepts(value: Value | None) -> Iterator[Concept]:
    if value is None:
        return
    kinds = _mapping(value, "vocabulary")
    _known(kinds, _KINDS)
    for slot, group in kinds.items():
        for name, entry in _mapping(group, group.key).items():
            is_a: tuple[str, ...] = ()
            names = entry
            if isinstance(entry.data, dict):
                _known(entry.data, ("names", "is_a"))
                is_a = _names(entry.data.get("is_a"))
                if "names" not in entry.data:
                    raise FactBaseError(f"{entry.key}.names: missing", entry.position)
                names = entry.data["names"]
            own = (name.replace("-", " "),) if len(name) > 2 else ()  # noqa: PLR2004 - an id as short as "us" is no name
            yield Concept(slot, name, tuple(dict.fromkeys((*_names(names), *own))), is_a)


def _contrasts(value: Value | None, vocabulary: Vocabulary) -> Iterator[frozenset[str]]:
    for group in _items(value, "contrasts"):
        members = _names(group)
        slots: set[str] = set()
        for member in members:
            found = {slot for slot, concept in vocabulary.concepts if concept == member}
            if not found:
                raise _unknown_concept(group, "", member, vocabulary, group.key)
            slots = found if not slots else slots & found
            if not slots:
                raise FactBaseError(f"{group.key}: {member} is of another slot than {members[0]}", group.position)
        if len(set(members)) < 2:  # noqa: PLR2004 - a contrast has two sides
            raise FactBaseError(f"{group.key}: a contrast set needs two or more concepts", group.position)
        yield frozenset(members)


def _sources(value: Value | None, place: Position) -> Iterator[SourceRef]:
    entries = _items(value, "sources")
    if not entries:
        raise FactBaseError("sources: missing; name at least one source with its key", place)
    for entry in entries:
        fields = _mapping(entry, entry.key)
        _known(fields, ("key", "path"))
        key = _text(fields.get("key"))
        if not key:
            raise FactBaseError(f"{entry.key}.key: missing", entry.position)
        yield SourceRef(key, _text(fields.get("path")), entry.position)


def _facts(
    value: Value, sources: Sequence[SourceRef], vocabulary: Vocabulary, defaults: Mapping[str, frozenset[str]]
) -> Iterator[Fact]:
    seen: dict[str, int] = {}
    keys = [source.key for source in sources]
    for entry in _items(value, "facts"):
        fields = _mapping(entry, entry.key)
        _known(fields, _FACT)
        identity, quote = _text(fields.get("id")), _text(fields.get("quote"))
        if not identity or not _ID.match(identity):
            raise FactBaseError(f"{entry.key}.id: must be words in lower case joined by hyphens", entry.position)
        if identity in seen:
            raise FactBaseError(f"{entry.key}.id: {identity} is the id of line {seen[identity]} too", entry.position)
        if not quote or not quote.strip():
            raise FactBaseError(f"{entry.key}.quote: missing or empty", entry.position)
        seen[identity] = entry.position.line
        source = _text(fields.get("source")) or (keys[0] if len(keys) == 1 else "")
        if source not in keys:
            hint = _suggest(source, keys)
            raise FactBaseError(f"{entry.key}.source: must be one of the keys under sources{hint}", entry.position)
        yield Fact(
            id=identity,
            quote=" ".join(quote.split()),
            source=source,
            position=entry.position,
            at=_text(fields.get("at")) or "",
            slots={**defaults, **_slots(fields.get("slots"), vocabulary)},
            figures=_figures(fields.get("figures"), vocabulary),
            strength=_strength(fields.get("strength")),
            note=_text(fields.get("note")) or "",
        )


def _figures(value: Value | None, vocabulary: Vocabulary) -> dict[str, Mapping[str, frozenset[str]]]:
    if value is None:
        return {}
    return {key: _slots(entry, vocabulary) for key, entry in _mapping(value, value.key).items()}


def _slots(value: Value | None, vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    if value is None:
        return {}
    found: dict[str, frozenset[str]] = {}
    fields = _mapping(value, value.key)
    _known(fields, SLOTS)
    for slot, entry in fields.items():
        for name in (names := _names(entry)):
            if (slot, name) not in vocabulary.concepts:
                raise _unknown_concept(entry, slot, name, vocabulary, entry.key)
        found[slot] = frozenset(names)
    return found


def _strength(value: Value | None) -> Strength | None:
    match value.text if value is not None else None:
        case None:
            return None
        case "none" | "correlational" | "conditional" | "causal" as strength:
            return strength
        case other:
            message = f"strength: {other} is not one of none, correlational, conditional, causal"
            raise FactBaseError(message, value.position if value is not None else None)


def _texts(sources: Sequence[SourceRef], folder: Path | None) -> dict[str, str]:
    texts: dict[str, str] = {}
    for source in sources:
        if source.path is None or folder is None:
            continue
        try:
            texts[source.key] = (folder / source.path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError, ValueError) as error:
            message = f"sources: cannot read {source.path} ({getattr(error, 'strerror', None) or 'not UTF-8 text'})"
            raise FactBaseError(message, source.position) from error
    return texts


def _mapping(value: Value, name: str) -> dict[str, Value]:
    if not isinstance(value.data, dict):
        raise FactBaseError(f"{name}: must be a mapping of keys to values", value.position)
    return value.data


def _items(value: Value | None, name: str) -> tuple[Value, ...]:
    if value is None:
        return ()
    if not isinstance(value.data, tuple):
        raise FactBaseError(f"{name}: must be a list", value.position)
    return value.data


def _names(value: Value | None) -> tuple[str, ...]:
    """Read a word or a list of words."""
    if value is None:
        return ()
    if isinstance(value.data, str):
        return (value.data,)
    names: list[str] = []
    for item in _items(value, value.key):
        if item.text is None or not item.text.strip():
            raise FactBaseError(f"{item.key}: must be a word", item.position)
        names.append(item.text)
    return tuple(names)


def _text(value: Value | None) -> str | None:
    if value is None:
        return None
    if value.text is None:
        raise FactBaseError(f"{value.key}: must be text", value.position)
    return value.text


def _known(fields: Mapping[str, Value], allowed: Sequence[str]) -> None:
    for name, value in fields.items():
        if name not in allowed:
            raise FactBaseError(f"{value.key}: unknown key{_suggest(name, allowed)}", value.position)


def _unknown_concept(value: Value, slot: str, name: str, vocabulary: Vocabulary, where: str) -> FactBaseError:
    known = [concept for kind, concept in vocabulary.concepts if slot in {"", kind}]
    kind = f" {slot}" if slot else ""
    return FactBaseError(f"{where}: no{kind} concept {name}{_suggest(name, known)}", value.position)


def _suggest(name: str, known: Sequence[str]) -> str:
    near = extractOne(name, sorted(known), score_cutoff=_NEAR) if name else None
    if near is not None:
        return f"; did you mean {near[0]}?"
    return f"; known: {', '.join(known[:12])}" if len(known) <= 12 else ""  # noqa: PLR2004 - a short list helps
