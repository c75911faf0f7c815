"""Who judged how people fared, they themselves or others: ``raters.yaml``."""

from __future__ import annotations

import re
from functools import cache

from evidencelint.diagnostics import Span
from evidencelint.lexicon.shapes import as_phrases, read_lists, refuse_unknown


def rated_by_others(text: str) -> Span | None:
    """Give the words that say that people were judged by others ("rated by clinicians", "assessors judged")."""
    hit = _others().search(text)
    return Span(*hit.span()) if hit is not None else None


def told_by_themselves(text: str) -> bool:
    """Tell whether a text says that people reported on themselves."""
    return _selves().search(text) is not None


@cache
def _one_of(name: str) -> str:
    data = read_lists("raters")
    refuse_unknown(data, {"assessors", "judging", "judgements", "tellers", "reporting", "themselves"}, "raters")
    phrases = as_phrases(data.get(name), f"raters.{name}")
    return "|".join(sorted(map(re.escape, phrases), key=lambda phrase: (-len(phrase), phrase)))


@cache
def _others() -> re.Pattern[str]:
    who, did, what = (_one_of(name) for name in ("assessors", "judging", "judgements"))
    of_whom = r"(?:(?:the|an?|their|independent|blinded|trained)\s+){0,2}"
    by = rf"(?:{did}|{what})\s+(?:[\w'’-]+\s+){{0,4}}?by\s+{of_whom}(?:{who})"
    does = rf"(?:{who})\s+(?:(?:also|then|later|who\s+were\s+blinded)\s+)?(?:{did})(?!\s+by\b)"
    return re.compile(rf"\b(?:{by}|{does}|(?:{who})-(?:{did}))\b", re.IGNORECASE)


@cache
def _selves() -> re.Pattern[str]:
    tells = rf"(?:{_one_of('tellers')})\s+(?:[\w'’-]+\s+){{0,2}}?(?:{_one_of('reporting')})"
    by = rf"(?:{_one_of('reporting')})\s+by\s+(?:the\s+)?(?:{_one_of('tellers')})"
    return re.compile(rf"\b(?:{_one_of('themselves')}|{tells}|{by})\b", re.IGNORECASE)
