"""What stands around a number: bounds, units, and what is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evidencelint.model import Bound
from evidencelint.quantities.lexicon import alternatives, currency_before, number_words, unit_names

_WINDOW = 48
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_GAP = re.compile(r"[\s-]+")
_OF_THE = re.compile(r"\s+of(?:\s+(?:the|all|all\s+the|these|those|our|their|its))?(?=\s)")
_LAST = re.compile(r"([^\s\d(\[]+)\s*$")
_CURRENCY_ENDS = frozenset("$€£¥₹DRPYFNBK")
_AFTER_MARKS = re.compile(r"\s*-?\s*(?:or|and|plus|upwards|approximately|give|at|\+)", re.IGNORECASE)
_BASE = r"(?P<base>\d{1,3}(?:,\d{3})+|\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+|\d+|thousand|hundred|million)"
_OF = (
    r"(?:(?:person|patient|woman|child)[- ]?years?|people|persons?|population|inhabitants|(?:live\s+)?births|women|men"
    r"|children|adults|residents|pupils|km|participants|patients|doses|hours|deliveries|admissions|procedures"
    r"|employees|workers|households|vehicles|flights|miles)"
)
_RATE = re.compile(
    rf"(?P<noun>(?:\s+[a-z-]+){{0,3}}?)\s*(?:per|for\s+every|(?P<every>in\s+every)|(?P<slash>/))\s*{_BASE}\b\s*(?P<of>{_OF}\b)?",
    re.IGNORECASE,
)
_PER = re.compile(
    r"(?:\s*/\s*|\s+(?:per|each|every)\s+)(?P<of>day|week|month|year|hour|night|annum|minute|second|person|capita|patient)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(person|patient|woman|child)[- ]?years?")
# "80 mg/day" is a mass, "5 mg/furlong" nothing we know.
_END = r"(?![\w²³]|/(?!(?:day|d|wk|week|month|year|yr|h|hr|hour|night|person|patient|capita|dose)\b))"
_BASES = {"thousand": 1000, "hundred": 100, "million": 1000000}


@dataclass(frozen=True, slots=True)
class Prefix:
    """What stands before a number: its bound, the currency, and where they start."""

    bound: Bound
    emphatic: bool
    currency: str | None
    start: int


@dataclass(frozen=True, slots=True)
class Suffix:
    """What stands after a number: its unit and bound, and where they end."""

    unit: str | None
    bound: Bound | None
    end: int


@cache
def _unit() -> re.Pattern[str]:
    names = unit_names()
    words = [form for form in names if form.islower() and form[0].isalpha() and len(form) > 2]  # noqa: PLR2004
    symbols = [form for form in names if form not in words]
    return re.compile(
        rf"(?:\s*|[-‑])(?:(?P<word>(?i:{alternatives(words)})){_END}|(?P<symbol>{alternatives(symbols)}){_END})"
    )


@cache
def _unit_starts() -> frozenset[str]:
    """Give every character a unit can start with, so that most numbers need no search for one."""
    return frozenset(c for form in unit_names() for c in (form[0], form[0].upper()))


def read_prefix(text: str, start: int) -> Prefix:
    """Read leftwards from a number: currency, then bound."""
    currency = None
    if text[max(0, start - 2) : start].strip()[-1:] in _CURRENCY_ENDS:
        floor = max(0, start - 6)
        found = currency_before().search(text[floor:start])
        if found is not None:
            currency = unit_names()[found[0].strip()]
            start = floor + found.start()
    floor = max(0, start - _WINDOW)
    window = text[floor:start]
    none = Prefix("exact", emphatic=False, currency=currency, start=start)
    known = number_words()
    last = _LAST.search(window)
    if last is None or not (last[1].lower() in known.last_words or last[1][-1] in "~≈<>≤≥="):
        return none
    best: tuple[int, Bound, str] | None = None
    for bound, pattern in known.before:
        match = pattern.search(window)
        if match is not None and (best is None or match.start() < best[0]):
            best = (match.start(), bound, " ".join(match[0].lower().split()))
    if best is None:
        return none
    position, bound, phrase = best
    emphatic = phrase in known.emphatic
    if bound == "exact" and not emphatic:
        return none
    lead = len(window[position:]) - len(window[position:].lstrip())
    return Prefix(bound, emphatic, currency, floor + position + lead)


def read_suffix(text: str, end: int) -> Suffix:
    """Read rightwards from a number: unit, then bound ("or more", "+")."""
    unit = None
    follows = text[end : end + 2].lstrip(" \t\u00a0\u202f\u2009-‑")[:1]
    if follows in _unit_starts() and (match := _unit().match(text, end)) is not None:
        form = match["symbol"] or match["word"].lower()
        form = " ".join(form.split())
        unit, end = unit_names()[form], match.end()
    if text[end : end + 1] == "+" and not text[end + 1 : end + 2].isdigit():
        return Suffix(unit, "at_least", end + 1)
    if _AFTER_MARKS.match(text, end) is not None:
        for bound, pattern in number_words().after:
            found = pattern.match(text, end)
            if found is not None:
                return Suffix(unit, bound, found.end())
    return Suffix(unit, None, end)


def read_rate(text: str, end: int) -> tuple[str, int, str | None] | None:
    """Read "per 100,000 person-years" after a number: unit, where it ends, and the noun between ("deaths")."""
    window = text[end : end + 2 * _WINDOW]
    if "per" not in window and "every" not in window and "/" not in window:
        return None
    match = _RATE.match(window)
    if match is None:
        return None
    written = re.sub(r"\D", "", match["base"])
    base = int(written) if written else _BASES[match["base"].lower()]
    # "57/105" is a count and its total, and "4 in every hundred" a share; a rate has a round base.
    if base < 100 or set(str(base)[1:]) != {"0"} or (match["slash"] and match["of"] is None):  # noqa: PLR2004
        return None
    if match["every"] and base <= 1000:  # noqa: PLR2004
        return None
    of = " ".join((match["of"] or "people").lower().split())
    of = _YEARS.sub(r"\1-years", of)
    nouns = match["noun"].split()
    if nouns and nouns[0].lower() in number_words().not_counted:
        return None
    return f"per {base:,} {of}", end + len(match[0].rstrip()), nouns[-1].lower() if nouns else None


def read_counted(text: str, end: int, *, of: bool = False) -> str | None:
    """Give the noun phrase's last word after a count, as far as it can be told without a parser.

    With ``of``, the noun may follow "of": "67% of the participants", "none of them".
    """
    known = number_words()
    last: str | None = None
    position = end
    if of and (skipped := _OF_THE.match(text, end)) is not None:
        position = skipped.end()
    for step in range(4):
        gap = _GAP.match(text, position)
        if gap is None:
            break
        match = _WORD.match(text, gap.end())
        if match is None:
            break
        word = match[0].lower()
        if step == 0 and word in known.increase | known.decrease:
            break
        if word in known.not_counted:
            break
        last = word
        position = match.end()
        if last.endswith("s") and not last.endswith(("ss", "us", "ous")):
            break
    return last


def read_per(text: str, end: int) -> tuple[str, int] | None:
    """Give the period of "per day" right after a bare figure, and where it ends."""
    match = _PER.match(text, end)
    return (match["of"].lower(), match.end()) if match else None
