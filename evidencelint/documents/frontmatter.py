"""Read the metadata block at the head of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from evidencelint.diagnostics import Position, Span
from evidencelint.errors import DocumentError
from evidencelint.source import BOM, Source

_MOST_CHARACTERS = 500_000
_EOL = r"(?:\r\n|\r|\n)"
# The line after the fence must not be blank: a document may also begin with a thematic break.
_OPEN = re.compile(rf"[ \t\r\n]*(?<![ \t])(?P<fence>---|\+\+\+)[ \t]*{_EOL}(?![ \t]*(?:\r|\n|\Z))")
_CLOSE = {
    "---": re.compile(rf"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:{_EOL}|\Z)"),
    "+++": re.compile(rf"(?<=[\r\n])\+\+\+[ \t]*(?:{_EOL}|\Z)"),
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The pairs of the metadata block, the offset where the body begins, and the YAML between the fences."""

    pairs: tuple[tuple[str, str], ...]
    body: int
    yaml: Span | None = None


def read_front_matter(source: Source) -> FrontMatter:
    """Read YAML front matter into flat pairs of strings, as written; raises DocumentError.

    Lists are joined by newlines; the keys of a nested mapping are joined by a dot, one level deep.
    TOML (``+++``) is skipped, not read. YAML that is not a mapping is no front matter.
    """
    first = 1 if source.text.startswith(BOM) else 0
    opening = _OPEN.match(source.text, first)
    closing = opening and _CLOSE[opening["fence"]].search(source.text, opening.end())
    if opening is None or closing is None:
        return FrontMatter((), first)
    if opening["fence"] == "+++":
        return FrontMatter((), closing.end())
    data = _load(source, opening.end(), closing.start())
    if data is None or data == "":
        return FrontMatter((), closing.end())
    if not isinstance(data, Mapping):
        return FrontMatter((), first)
    return FrontMatter(tuple(_flatten(data)), closing.end(), Span(opening.end(), closing.start()))


def _load(source: Source, start: int, end: int) -> object:
    line, _ = source.position(start)
    if end - start > _MOST_CHARACTERS:
        message = f"the front matter has over {_MOST_CHARACTERS:,} characters; move what is long into a file"
        raise DocumentError(message, Position(source.path, line))
    try:
        # The base loader keeps every scalar as the string that was written, and builds no objects.
        data: object = yaml.load(source.text[start:end], Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Position(source.path, line + mark.line, mark.column + 1) if mark else Position(source.path, line)
        message = f"malformed front matter: {error.problem or error.context}; correct the YAML"
        raise DocumentError(message, place) from error
    except yaml.reader.ReaderError as error:
        where = source.position(start + min(error.position, end - start))
        message = f"malformed front matter: {error.reason}; correct the YAML"
        raise DocumentError(message, Position(source.path, *where)) from error
    except RecursionError as error:
        message = "malformed front matter: nested too deeply; flatten the YAML"
        raise DocumentError(message, Position(source.path, line)) from error
    return data


def _flatten(data: Mapping[object, object]) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            for inner, part in value.items():
                if (text := _as_text(part)) is not None:
                    yield f"{key}.{inner}", text
        elif (text := _as_text(value)) is not None:
            yield str(key), text


def _as_text(value: object) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(item for item in value if isinstance(item, str))
    return None
