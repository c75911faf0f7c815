"""BibTeX and BibLaTeX, parsed by bibtexparser; names and accents only where they need it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from evidencelint.bibliography.work import Work, folded, numbers, plain_doi, year_in
from evidencelint.diagnostics import Position
from evidencelint.errors import BibliographyError

if TYPE_CHECKING:
    from bibtexparser.model import Entry

_AND = re.compile(r"(?<!\s)\s+and\s+", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"(?P<family>[^\W\d_][^\\{},~$]*),\s*(?P<given>[^\\{},~$]*)")
_MARKUP = re.compile(r"[\\{}$~]|--|``|''")
_MONTHS = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})
_LONGEST = 100_000
_LINKS = ("crossref", "xdata")
_INHERITED = ("author", "editor", "year", "date")
_Fields = Mapping[str, str]


def parse_bibtex(text: str, path: str) -> Mapping[str, Work]:
    """Read BibTeX or BibLaTeX; raises BibliographyError with the place of the first entry that is malformed."""
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415 - needed only on the first reading of such a file
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry  # noqa: PLC0415

    # it also logs what it could not read, which we say ourselves, with the place
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)
    library = parse_string(text, parse_stack=[])
    problems: list[tuple[int, str]] = []
    entries: list[Entry] = list(library.entries)
    firsts = {entry.key: entry.start_line or 0 for entry in entries}
    for block in library.failed_blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, DuplicateFieldKeyBlock) and isinstance(block.ignore_error_block, Entry):
            entries.append(block.ignore_error_block)  # BibTeX keeps the first of the fields
        elif isinstance(block, DuplicateBlockKeyBlock) and isinstance(block.ignore_error_block, Entry):
            key = block.ignore_error_block.key
            problems.append((line, f"{key}: is the key of the entry in line {firsts.get(key, 0) + 1} too; keep one"))
        else:
            problems.append((line, "the entry is not complete: a brace, quotation mark or comma is missing"))
    problems += [((e.start_line or 0) + 1, "the entry has no key; give it one") for e in entries if not e.key.strip()]
    if problems:
        line, message = min(problems)
        more = f" ({len(problems) - 1} more of its entries cannot be used)" if len(problems) > 1 else ""
        raise BibliographyError(f"{message}{more}", Position(path, line))
    return _works(entries, {string.key.lower(): str(string.value) for string in library.strings}, path)


def _works(entries: Sequence[object], strings: _Fields, path: str) -> dict[str, Work]:
    from bibtexparser.model import Entry  # noqa: PLC0415

    read = _Reader(strings)
    parsed = [(entry, _fields(entry)) for entry in entries if isinstance(entry, Entry)]
    inherits = any(link in fields for _, fields in parsed for link in _LINKS)
    parents = {entry.key: fields for entry, fields in parsed} if inherits else {}
    works: dict[str, Work] = {}
    for entry, fields in sorted(parsed, key=lambda item: item[0].start_line or 0):
        if entry.entry_type.lower() not in {"xdata", "set"}:
            place = Position(path, (entry.start_line or 0) + 1)
            works[entry.key] = read.work(entry.key, _with_parents(fields, parents, read), place)
    return works


def _fields(entry: Entry) -> dict[str, str]:
    # the first of several fields of one name is the one that counts
    return {field.key.lower(): str(field.value) for field in reversed(entry.fields)}


def _with_parents(fields: _Fields, entries: Mapping[str, _Fields], read: _Reader) -> _Fields:
    """Inherit from ``crossref`` and ``xdata`` what an entry does not say itself, one level deep."""
    names = [name for link in _LINKS if link in fields for name in read.text(fields[link]).split(",")]
    for name in names:
        parent = entries.get(name.strip(), {})
        fields = {**{each: parent[each] for each in _INHERITED if each in parent}, **fields}
    return fields


class _Reader:
    """Turns the values of one file into text; values that recur (names, journals) are read once."""

    def __init__(self, strings: _Fields) -> None:
        self._strings = strings
        self._put_in: dict[str, str] = {}
        self._decode = cache(_decoded)
        self._person = cache(self._read_person)

    def text(self, value: str) -> str:
        """Give a value without its delimiters, with its strings put in and its LaTeX read."""
        value = value.strip()
        quoted = value[:1] == value[-1:] == '"' and '"' not in value[1:-1]
        if quoted or (value[:1] == "{" and _is_one(value)):
            inner = value[1:-1]
        elif value.isdigit():
            return value
        else:
            inner = self._joined(value.split("#"))
        return folded(inner)

    def _joined(self, parts: Sequence[str]) -> str:
        found: list[str] = []
        room = _LONGEST * 10
        for part in parts:
            found.append(self._piece(part.strip())[:room])
            room -= len(found[-1])
        return "".join(found)

    def _piece(self, part: str) -> str:
        if part[:1] in {"{", '"'}:
            return part[1:-1]
        name = part.lower()
        value = self._strings.get(name)
        if value is None or name in _MONTHS:
            return part
        if name not in self._put_in:
            # one that leads back to itself, or grows without end, stays as it is written
            self._put_in[name] = part
            with suppress(RecursionError):
                text = self.text(value)
                if len(text) <= _LONGEST:
                    self._put_in[name] = text
        return self._put_in[name]

    def shown(self, value: str) -> str:
        """Give a value as it is read, without braces and commands."""
        return self._decode(self.text(value)) if value else ""

    def work(self, key: str, fields: _Fields, place: Position) -> Work:
        """Read one entry."""
        people = list(self._people(fields.get("author", ""))) or list(self._people(fields.get("editor", "")))
        eprint = self.shown(fields.get("eprint", ""))
        kind = self.shown(fields.get("eprinttype", fields.get("archiveprefix", ""))).lower()
        return Work(
            key=key,
            authors=tuple(name for name, _ in people),
            year=year_in(self.shown(fields.get("date", ""))) or year_in(self.shown(fields.get("year", ""))),
            title=self.shown(fields.get("title", "")),
            doi=plain_doi(self.shown(fields.get("doi", ""))),
            givens=tuple(given for _, given in people),
            numbers=numbers(
                pmid=eprint if kind == "pubmed" else self.shown(fields.get("pmid", "")),
                pmcid=self.shown(fields.get("pmcid", "")).lower(),
                arxiv=eprint.lower() if kind == "arxiv" else "",
                url=self.text(fields.get("url", "")),
            ),
            short=self.shown(fields.get("shortauthor", "")),
            aliases=tuple(filter(None, (name.strip() for name in self.text(fields.get("ids", "")).split(",")))),
            position=place,
        )

    def _people(self, value: str) -> Iterator[tuple[str, str]]:
        for name in _split_names(self.text(value)) if value else ():
            if name.lower() != "others":
                yield self._person(name)

    def _read_person(self, name: str) -> tuple[str, str]:
        plain = _PLAIN_NAME.fullmatch(name)
        if plain is not None:
            return folded(plain["family"]), folded(plain["given"])
        if name.startswith("{") and _is_one(name):
            return self._decode(name[1:-1]), ""
        from bibtexparser.exceptions import ParserStateException  # noqa: PLC0415
        from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts  # noqa: PLC0415

        try:
            parts = parse_single_name_into_parts(name, strict=False)
        except (InvalidNameError, ParserStateException):
            return self._decode(name), ""
        family = " ".join((*parts.von, *parts.last))
        return self._decode(family), self._decode(" ".join(parts.first))


def _split_names(value: str) -> list[str]:
    """Split at "and", except within braces."""
    if "{" not in value:
        return _AND.split(value)
    pieces: list[str] = []
    start = counted = depth = 0
    for match in _AND.finditer(value):
        depth += value.count("{", counted, match.start()) - value.count("}", counted, match.start())
        counted = match.start()
        if not depth:
            pieces.append(value[start : match.start()])
            start = match.end()
    return [*pieces, value[start:]]


def _is_one(value: str) -> bool:
    """Tell whether the brace that opens a value closes at its end."""
    if "{" not in value[1:]:
        return value.find("}") == len(value) - 1
    depth = 0
    for index, char in enumerate(value):
        depth += (char == "{") - (char == "}")
        if not depth:
            return index == len(value) - 1
    return False


def _decoded(text: str) -> str:
    """Read LaTeX accents, commands and braces; text without any is left as it is."""
    if not _MARKUP.search(text):
        return text
    if "\\" not in text and "$" not in text:
        return folded(text.replace("{", "").replace("}", "").replace("~", " ").replace("--", "–"))
    try:
        return folded(_latex()(text)).replace("{", "").replace("}", "")
    except RecursionError:
        # nested beyond reading
        return folded(text)


@cache
def _latex() -> Callable[[str], str]:
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415

    # it tells of every command that it cannot read, which is no concern of the user's
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    reader = LatexNodes2Text(math_mode="verbatim", keep_comments=True)

    def read(text: str) -> str:
        # an unescaped percent sign is no comment in a bibliography, nor an ampersand the end of a cell
        return str(reader.latex_to_text(re.sub(r"(?<!\\)([%&])", r"\\\1", text)))

    return read
