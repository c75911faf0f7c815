"""Frozen dataclasses to plain JSON data and back, by their declared types.

Only data comes back: whatever was stored, reading it builds the declared types and runs no other code. Fields are
kept in their order without names, so both sides must know the same declaration; the cache's keys see to that.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Code = Callable[[Any], Any]
_PLAIN = (str, int, float, bool, type(None))
_SPELT: Mapping[type, type] = {Fraction: Fraction, Decimal: Decimal}


class CodecError(TypeError):
    """A type that cannot be stored, or stored data that does not fit its type."""


def encode(value: object, kind: object) -> Any:  # noqa: ANN401 - plain JSON data
    """Turn a value of a declared type into plain JSON data."""
    return _codes(kind)[0](value)


def decode(data: object, kind: object) -> Any:  # noqa: ANN401 - what ``kind`` says
    """Turn plain JSON data into a value of a declared type; raises CodecError where it does not fit."""
    try:
        return _codes(kind)[1](data)
    except CodecError:
        raise
    except (TypeError, ValueError, AttributeError, KeyError, IndexError, ZeroDivisionError) as problem:
        raise CodecError(f"stored data do not fit {kind}: {problem}") from problem


@cache
def _codes(kind: Any) -> tuple[Code, Code]:  # noqa: ANN401 - a type, or a form of ``typing``
    """Give the two directions for a type; made once per type, because there are thousands of values."""
    if kind in _PLAIN or get_origin(kind) is Literal:
        return _same, _same
    # looked up, as importing it takes long and most of what is kept has no dates
    date: Any = getattr(sys.modules.get("datetime"), "date", None)
    if date is not None and kind is date:
        return date.isoformat, date.fromisoformat
    if kind in _SPELT:
        return str, _SPELT[kind]
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_codes(kind)
    return _form_codes(kind, get_origin(kind), get_args(kind))


def _form_codes(kind: object, origin: object, parts: tuple[Any, ...]) -> tuple[Code, Code]:
    if origin in {Union, types.UnionType}:
        codes = _union_codes(kind, parts)
    elif origin is tuple:
        codes = _tuple_codes(parts)
    elif origin is Sequence:
        codes = _tuple_codes((parts[0], ...))
    elif origin is list:
        codes = _list_codes(parts[0])
    elif origin is frozenset:
        codes = _set_codes(parts[0])
    elif origin in {dict, Mapping} and parts[0] is str:
        codes = _mapping_codes(parts[1])
    else:
        raise CodecError(f"{kind} cannot be stored")
    return codes


def _same(value: Any) -> Any:  # noqa: ANN401
    return value


def _dataclass_codes(kind: type) -> tuple[Code, Code]:
    hints = get_type_hints(kind)
    declared = fields(kind)
    if not all(field.init for field in declared):
        raise CodecError(f"{kind} holds fields that are not given to it")
    names = [field.name for field in declared]
    codes = [_codes(hints[name]) for name in names]
    encoders = [(name, encoder) for name, (encoder, _) in zip(names, codes, strict=True)]
    decoders = [decoder for _, decoder in codes]
    count = len(decoders)

    def encode_it(value: Any) -> list[Any]:  # noqa: ANN401
        return [encoder(getattr(value, name)) for name, encoder in encoders]

    def decode_it(data: Any) -> Any:  # noqa: ANN401
        if not isinstance(data, list) or len(data) != count:
            raise CodecError(f"stored data do not fit {kind}")
        return kind(*[decoder(item) for decoder, item in zip(decoders, data, strict=True)])

    return encode_it, decode_it


def _union_codes(kind: object, parts: tuple[Any, ...]) -> tuple[Code, Code]:
    """Take what is plain throughout, or one type that may be None."""
    if all(part in _PLAIN or get_origin(part) is Literal for part in parts):
        return _same, _same
    others = [part for part in parts if part is not type(None)]
    if len(others) != 1:
        raise CodecError(f"{kind} cannot be stored: several types to choose from")
    encoder, decoder = _codes(others[0])
    return (
        lambda value: None if value is None else encoder(value),
        lambda data: None if data is None else decoder(data),
    )


def _tuple_codes(parts: tuple[Any, ...]) -> tuple[Code, Code]:
    if len(parts) == 2 and parts[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
        encoder, decoder = _codes(parts[0])
        if encoder is _same:
            return list, tuple
        return lambda value: [encoder(item) for item in value], lambda data: tuple([decoder(item) for item in data])
    codes = [_codes(part) for part in parts]
    return (
        lambda value: [encoder(item) for (encoder, _), item in zip(codes, value, strict=True)],
        lambda data: tuple(decoder(item) for (_, decoder), item in zip(codes, data, strict=True)),
    )


def _set_codes(part: Any) -> tuple[Code, Code]:  # noqa: ANN401
    """Keep sets in order, so that the same content is the same bytes."""
    encoder, decoder = _codes(part)
    if encoder is _same:
        return sorted, frozenset
    return (
        lambda value: sorted((encoder(item) for item in value), key=repr),
        lambda data: frozenset(decoder(item) for item in data),
    )


def _list_codes(part: Any) -> tuple[Code, Code]:  # noqa: ANN401
    encoder, decoder = _codes(part)
    return lambda value: [encoder(item) for item in value], lambda data: [decoder(item) for item in data]


def _mapping_codes(part: Any) -> tuple[Code, Code]:  # noqa: ANN401
    encoder, decoder = _codes(part)
    return (
        lambda value: {name: encoder(item) for name, item in value.items()},
        lambda data: {name: decoder(item) for name, item in data.items()},
    )
