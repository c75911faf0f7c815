"""Find the unit written at a place of a text, by the longest of its forms; no pattern has to be compiled for it."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import cache

from evidencelint.quantities.lexicon import unit_names, units

_ENDS = re.compile(r"[\w²³⁻]")
_LONGEST = 48
# Every character stays one character: places in the text hold.
_PLAIN = {ord("μ"): "µ", **{ord(c): " " for c in "\t\u00a0\u202f\u2009"}}
_LOWER = {**_PLAIN, ord("-"): " ", ord("‑"): " ", **{ord(c): c.lower() for c in string.ascii_uppercase}}
_WORD_SIZE = 3


@cache
def _forms() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Give the written forms of units by how they begin, longest first.

    Words in any case go by their first three letters, symbols as they are by their first character.
    """
    words: dict[str, list[str]] = {}
    symbols: dict[str, list[str]] = {}
    for form in sorted(unit_names(), key=len, reverse=True):
        is_word = form.islower() and form[0].isalpha() and len(form) >= _WORD_SIZE
        kept = form.translate(_LOWER) if is_word else form.translate(_PLAIN)
        if is_word:
            words.setdefault(kept[:_WORD_SIZE], []).append(kept)
        else:
            symbols.setdefault(kept[0], []).append(kept)
    return ({c: tuple(forms) for c, forms in words.items()}, {c: tuple(forms) for c, forms in symbols.items()})


@cache
def _names_by_form() -> Mapping[str, str]:
    found = {form.translate(_PLAIN): name for form, name in unit_names().items()}
    for form, name in unit_names().items():
        found.setdefault(form.translate(_LOWER), name)
    return found


def unit_at(text: str, start: int) -> tuple[str, str, int] | None:
    """Give the unit whose longest written form starts at a place: form, name, and where it ends."""
    window = text[start : start + _LONGEST]
    if not window:
        return None
    words, symbols = _forms()
    lettered = words.get(window[:_WORD_SIZE].translate(_LOWER), ())
    signed = symbols.get(window[0].translate(_PLAIN), ())
    if not lettered and not signed:
        return None
    plain, lower = window.translate(_PLAIN), window.translate(_LOWER)
    for forms, written in ((signed, plain), (lettered, lower)):
        for form in forms:
            if written.startswith(form) and _ENDS.match(window, len(form)) is None:
                other = _longer(lettered, lower, window, len(form)) if written is plain else None
                best = other or form
                return best, _names_by_form()[best], start + len(best)
    return None


def _longer(forms: tuple[str, ...], written: str, window: str, size: int) -> str | None:
    """Give a word that says more than a symbol of that size: "point" against "p"."""
    for form in forms:
        if len(form) <= size:
            return None
        if written.startswith(form) and _ENDS.match(window, len(form)) is None:
            return form
    return None


def is_measure(text: str, start: int) -> bool:
    """Tell whether a unit starts at a place that a part can be taken of: "half an hour", "a third of a mile"."""
    found = unit_at(text, start)
    return found is not None and len(found[0]) >= _WORD_SIZE and units()[found[1]].dimension not in {"ratio", "share"}
