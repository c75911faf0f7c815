"""What stands around a number: bounds, units, what is counted, and which way something moved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evidencelint.model import Bound, Change
from evidencelint.quantities.lexicon import alternatives, number_words, unit_names, units

_WINDOW = 40
_ARROWS: dict[str, Change] = {"↑": "increase", "↓": "decrease"}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLAUSE_CUT = re.compile(r"[;:.!?]|,\s|\b(?:and|but|while|whereas|against|versus|than)\b", re.IGNORECASE)
_RATE = re.compile(
    r"\s*(?:per|in\s+every|for\s+every|/)\s*(?P<base>\d[\d,  ]*\d|\d+|thousand|hundred|million)\s*"
    r"(?P<of>(?:person|patient)[- ]years?|people|population|inhabitants|(?:live\s+)?births|women|men|children|adults"
    r"|residents|pupils|km|participants|doses)?",
    re.IGNORECASE,
)
_PER = re.compile(r"\s*(?:per|a|an|each|every|/)\s*(?P<of>day|week|month|year|hour|night|annum)\b", re.IGNORECASE)


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
def _currency() -> re.Pattern[str]:
    symbols = [form for form, name in unit_names().items() if units()[name].dimension == "money" and not form.islower()]
    return re.compile(rf"(?<![A-Za-z])(?:{alternatives(symbols)})\s?$")


@cache
def _unit() -> re.Pattern[str]:
    names = unit_names()
    words = [form for form in names if form.islower() and form[0].isalpha() and len(form) > 2]  # noqa: PLR2004
    symbols = [form for form in names if form not in words]
    return re.compile(
        rf"(?:[\s]*|[-‑])(?:(?P<symbol>{alternatives(symbols)})(?![\w²³/])|(?P<word>(?i:{alternatives(words)}))(?![\w²³/]))"
    )


def read_prefix(text: str, start: int) -> Prefix:
    """Read leftwards from a number: currency, then bound."""
    floor = max(0, start - _WINDOW)
    currency = None
    found = _currency().search(text[floor:start])
    if found is not None:
        currency = unit_names()[found[0].strip()]
        start = floor + found.start()
    window = text[floor:start]
    best: tuple[int, Bound, str] | None = None
    for bound, pattern in number_words().before:
        match = pattern.search(window)
        if match is not None and (best is None or match.start() < best[0]):
            best = (match.start(), bound, match[0].strip().lower())
    if best is None:
        return Prefix("exact", emphatic=False, currency=currency, start=start)
    position, bound, phrase = best
    emphatic = phrase in number_words().emphatic
    if bound == "exact" and not emphatic:
        return Prefix("exact", emphatic=False, currency=currency, start=start)
    lead = len(window[position:]) - len(window[position:].lstrip())
    return Prefix(bound, emphatic, currency, floor + position + lead)


def read_suffix(text: str, end: int) -> Suffix:
    """Read rightwards from a number: unit, then bound ("or more", "+")."""
    unit = None
    match = _unit().match(text, end)
    if match is not None:
        form = match["symbol"] or " ".join(match["word"].lower().split())
        unit, end = unit_names()[form], match.end()
    elif text[end : end + 1] == "+" and not text[end + 1 : end + 2].isdigit():
        return Suffix(None, "at_least", end + 1)
    for bound, pattern in number_words().after:
        found = pattern.match(text, end)
        if found is not None:
            return Suffix(unit, bound, found.end())
    return Suffix(unit, None, end)


def read_rate(text: str, end: int) -> tuple[str, int] | None:
    """Read "per 100,000 person-years" after a number: the unit's name and where it ends."""
    match = _RATE.match(text, end)
    if match is None:
        return None
    base = (
        re.sub(r"\D", "", match["base"])
        or {"thousand": "1000", "hundred": "100", "million": "1000000"}[match["base"].lower()]
    )
    if int(base) < 100:  # noqa: PLR2004 - "per 2 people" is no rate
        return None
    of = " ".join((match["of"] or "people").lower().replace("-", " ").split())
    return f"per {int(base)} {of}", match.end()


def read_counted(text: str, end: int) -> str | None:
    """Give the noun phrase's last word after a count, as far as it can be told without a parser."""
    skipped = number_words().not_counted
    last: str | None = None
    position = end
    for _ in range(4):
        gap = re.compile(r"[\s-]+").match(text, position)
        if gap is None:
            break
        match = _WORD.match(text, gap.end())
        if match is None or match[0].lower() in skipped:
            break
        last = match[0].lower()
        position = match.end()
        if last.endswith("s") and not last.endswith(("ss", "us", "ous")):
            break
    return last


def read_change(text: str, start: int, end: int) -> Change:
    """Tell whether a figure is the size of a rise or fall: "fell by 12%", "a 12% drop", "12% lower"."""
    known = number_words()
    before = text[max(0, start - _WINDOW) : start]
    cuts = list(_CLAUSE_CUT.finditer(before))
    before = before[cuts[-1].end() :] if cuts else before
    left = [word[0].lower() for word in _WORD.finditer(before)]
    after = text[end : end + _WINDOW]
    cut = _CLAUSE_CUT.search(after)
    right = [word[0].lower() for word in _WORD.finditer(after[: cut.start()] if cut else after)]
    arrow = _ARROWS.get(before.rstrip()[-1:])
    if arrow is not None or (left and left[-1] == "to"):
        return arrow or "level"
    for word in reversed(left[-4:] if left and left[-1] in {"by", "of"} else left[-1:]):
        if word in known.increase:
            return "increase"
        if word in known.decrease:
            return "decrease"
    for word in right[:2]:
        if word in known.increase:
            return "increase"
        if word in known.decrease:
            return "decrease"
    return "level"


def read_per(text: str, end: int) -> str | None:
    """Give the period of "per day", "a week" after a figure."""
    match = _PER.match(text, end)
    return match["of"].lower() if match else None
