"""Read and validate a fact base; every complaint names file, line and key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidencelint.errors import FactBaseError
from evidencelint.factbase.facts import Contrast, Declared, Fact, FactBase, FigureOverride, SourceRef
from evidencelint.factbase.files import MOST_BYTES, FactFile, read_files
from evidencelint.factbase.references import line_of, named_files, read_sources, read_texts
from evidencelint.factbase.values import (
    read_date,
    read_direction,
    read_names,
    read_optional,
    read_share,
    read_slots,
    read_status,
    read_strength,
)
from evidencelint.factbase.vocabulary import Vocabulary, general_vocabulary, read_vocabulary
from evidencelint.frames import Slots
from evidencelint.model import SLOTS, Position
from evidencelint.yamlio import Value, nearest, read_text, suggest

FACT_KEYS = (
    *("id", "quote", "at", "source", "slots", "figures", "strength", "direction", "note"),
    *("reported_in", "valid_until", "superseded_by", "recheck_by", "when", "status", "confidence", "now"),
)
# what the defaults of a file may say beside slots
DEFAULTED = ("source", "reported_in")
_SLIP = 80
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the facts of a file may refer to.

    ``own`` are the sources that a fact may leave unsaid where it is one; ``carriers`` and ``teller`` are those of the
    file's defaults: the works that carry a fact, and the source that tells of what other works found.
    """

    sources: tuple[SourceRef, ...]
    own: tuple[SourceRef, ...]
    vocabulary: Vocabulary
    defaults: Slots
    carriers: tuple[str, ...]
    teller: str | None


def load_facts(path: Path) -> FactBase:
    """Load a fact base file; raises FactBaseError where it, or a file it names, cannot be used."""
    return parse_facts(read_text(path, "fact base", FactBaseError, MOST_BYTES), str(path), path.parent)


def parse_facts(text: str, path: str, folder: Path | None) -> FactBase:
    """Read a fact base from text; without a ``folder``, files it names are not read."""
    files = read_files(text, path, folder)
    root = files[-1].root
    for needed in ("sources", "facts"):
        if not any(needed in file.fields for file in files):
            raise root.error(f"{needed}: missing; a fact base needs a list of {needed}", root.position)
    vocabulary = _vocabulary(files)
    sources = tuple(read_sources(files))
    facts = tuple(_facts(files, sources, vocabulary))
    texts = {key: found for file in files for key, found in read_texts(file)}
    parts = (*(file.text for file in files), *(f"{key}\0{texts[key]}" for key in sorted(texts)))
    return FactBase(
        path=path,
        title=next((title for file in reversed(files) if (title := read_optional(file.fields, "title"))), ""),
        sources=sources,
        bibliography=tuple(dict.fromkeys(work for file in files for work in named_files(file, "bibliography"))),
        vocabulary=vocabulary,
        facts=facts,
        source_texts=texts,
        fingerprint=hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16],
        retractions=tuple(dict.fromkeys(found for file in files for found in named_files(file, "retractions"))),
        files=tuple(file.path for file in files),
        contrasts=tuple(
            Contrast(tuple(member.word() for member in group.words()), group.position)
            for file in files
            if "contrasts" in file.fields
            for group in file.fields["contrasts"].items()
        ),
        declared=tuple(concept for file in files for concept in _declared(file)),
        dropped=tuple(
            " ".join(quote.word().split())
            for file in files
            if "dropped" in file.fields
            for quote in file.fields["dropped"].words()
        ),
    )


def _vocabulary(files: tuple[FactFile, ...]) -> Vocabulary:
    """Read the concepts of all files before the contrast sets of any: a set may be of concepts of several files."""
    found = general_vocabulary()
    for file in files:
        found = read_vocabulary(file.fields.get("vocabulary"), None, found)
    for file in files:
        found = read_vocabulary(None, file.fields.get("contrasts"), found)
    return found


def _declared(file: FactFile) -> Iterator[Declared]:
    vocabulary = file.fields.get("vocabulary")
    for slot, group in vocabulary.mapping().items() if vocabulary is not None else ():
        for identity, entry in group.mapping().items():
            names = entry.mapping()["names"] if isinstance(entry.data, dict) else entry
            written = tuple(name.word() for name in names.words())
            yield Declared(slot, identity, written, entry.key_position or entry.position)


def _facts(files: tuple[FactFile, ...], sources: tuple[SourceRef, ...], vocabulary: Vocabulary) -> Iterator[Fact]:
    places: dict[str, Position] = {}
    later: list[tuple[str, Value]] = []
    for file in files:
        own = tuple(source for source in sources if source.position.path == file.path)
        known = _known(file.fields.get("defaults"), sources, own or sources, vocabulary)
        for entry in file.fields["facts"].items() if "facts" in file.fields else ():
            fact = _fact(entry, known)
            if fact.id in places:
                line = line_of(places[fact.id], fact.position)
                raise FactBaseError(f"{entry.key}.id: {fact.id} is the id of {line} too", fact.position)
            places[fact.id] = fact.position
            if fact.superseded_by is not None:
                later.append((fact.id, entry.mapping()["superseded_by"]))
            yield fact
    _refuse_bad_successors(later, places)


def _known(
    defaults: Value | None, sources: tuple[SourceRef, ...], own: tuple[SourceRef, ...], vocabulary: Vocabulary
) -> _Known:
    fields = defaults.mapping((*SLOTS, *DEFAULTED)) if defaults is not None else {}
    carriers = _keys(fields["source"], sources) if "source" in fields else ()
    teller = _key(fields["reported_in"], sources) if "reported_in" in fields else None
    slots = {slot: read_names(value, slot, vocabulary) for slot, value in fields.items() if slot not in DEFAULTED}
    return _Known(sources, own, vocabulary, slots, carriers, teller)


def _refuse_bad_successors(later: Sequence[tuple[str, Value]], known: Mapping[str, Position]) -> None:
    successors = {fact: value.word() for fact, value in later}
    for fact, value in later:
        if value.word() not in known:
            raise value.wrong(f"no fact {value.word()}{suggest(value.word(), tuple(known))}")
        seen = [fact]
        while (following := successors.get(seen[-1])) is not None:
            if following == fact:
                raise value.wrong(f"leads back to itself: {' → '.join((*seen, fact))}")
            if following in seen:
                break
            seen.append(following)


def _fact(entry: Value, known: _Known) -> Fact:
    fields = entry.mapping(FACT_KEYS)
    for needed in ("id", "quote"):
        if needed not in fields:
            raise FactBaseError(f"{entry.key}.{needed}: missing; every fact needs one", entry.position)
    identity = fields["id"].word()
    if not _ID.fullmatch(identity):
        raise fields["id"].wrong(f"{identity!r} is not lower-case words and digits joined by hyphens")
    own = read_slots(fields.get("slots"), known.vocabulary)
    sources = _works(entry, fields, known)
    return Fact(
        id=identity,
        quote=" ".join(fields["quote"].word().split()),
        source=sources[0],
        position=fields["id"].key_position or entry.position,
        quote_position=fields["quote"].key_position or entry.position,
        at=read_optional(fields, "at"),
        slots={**known.defaults, **own},
        defaulted=frozenset(known.defaults) - frozenset(own),
        overrides=tuple(_overrides(fields.get("figures"), known.vocabulary)),
        strength=read_strength(fields.get("strength")),
        direction=read_direction(fields.get("direction")),
        note=read_optional(fields, "note"),
        also=sources[1:],
        reported_in=_reported_in(fields.get("reported_in"), sources, known),
        valid_until=read_date(fields.get("valid_until")),
        superseded_by=fields["superseded_by"].word() if "superseded_by" in fields else None,
        recheck_by=read_date(fields.get("recheck_by")),
        when=read_optional(fields, "when"),
        status=read_status(fields.get("status")),
        confidence=read_share(fields.get("confidence")),
    )


def _works(entry: Value, fields: Mapping[str, Value], known: _Known) -> tuple[str, ...]:
    """Give the works that carry a fact; where its file names one only, that one goes without saying."""
    value = fields.get("source")
    if value is not None:
        return _keys(value, known.sources)
    if known.carriers:
        return known.carriers
    if len(known.own) == 1:
        return (known.own[0].key,)
    keys = ", ".join(source.key for source in known.own)
    message = f"{entry.key}.source: missing; known: {keys}; what most facts come from can stand once, under defaults"
    raise FactBaseError(message, entry.position)


def _keys(value: Value, sources: tuple[SourceRef, ...]) -> tuple[str, ...]:
    if not value.words():
        raise value.wrong("is empty; name a source")
    return tuple(dict.fromkeys(_key(word, sources) for word in value.words()))


def _key(value: Value, sources: tuple[SourceRef, ...]) -> str:
    keys = [source.key for source in sources]
    name = value.word()
    if name not in keys:
        # a work that is new to the fact base is no slip of the pen
        hint = nearest(name, keys, _SLIP) or f"; if it is a work, add {{key: {name}}} to sources"
        raise value.wrong(f"no source {name}{hint}")
    return name


def _reported_in(value: Value | None, carriers: tuple[str, ...], known: _Known) -> str | None:
    if value is None:
        # what the source of the file found itself is not told second-hand
        return known.teller if known.teller not in carriers else None
    if _key(value, known.sources) in carriers:
        raise value.wrong("is the source itself; source names the work whose finding it is")
    return value.word()


def _overrides(value: Value | None, vocabulary: Vocabulary) -> Iterator[FigureOverride]:
    for text, entry in value.mapping().items() if value is not None else ():
        if not text.strip():
            raise entry.wrong(
                "an empty key holds no figure; write the piece of the quote that does", entry.key_position
            )
        place = entry.key_position or entry.position
        yield FigureOverride(" ".join(text.split()), read_slots(entry, vocabulary), place)
