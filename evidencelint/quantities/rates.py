"""What a figure is per: "per 100,000 person-years", "per day", "a tonne", "/min", "m⁻² s⁻¹"."""

from __future__ import annotations

import re
from functools import cache

from evidencelint.quantities.lexicon import alternatives, number_words, unit_names, units
from evidencelint.quantities.unitforms import unit_at

_WINDOW = 96
_BASE = r"(?P<base>\d{1,3}(?:,\d{3})+|\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+|\d+|thousand|hundred|million)"
_OF = (
    r"(?:(?:person|patient|woman|child)[- ]?years?"
    r"|[a-z]+[- ](?:days|nights|weeks|months|years|hours|km|kilomet(?:re|er)s|miles)"
    r"|people|persons?|population|inhabitants|(?:live\s+)?births|women|men"
    r"|children|adults|residents|pupils|km|participants|patients|doses|hours|deliveries|admissions|procedures"
    r"|employees|workers|households|vehicles|flights|miles|(?!(?:was|is|has|does|versus|across|plus|less)\b)[a-z]+[^s\W\d]s)"
)
_RATE = re.compile(
    rf"(?P<noun>(?:\s+[a-z-]+){{0,3}}?)\s*(?:per|for\s+every|(?P<every>in\s+every)|(?P<slash>/))\s*{_BASE}\b\s*(?P<of>{_OF}\b)?",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"[- ](?=(?:days|nights|weeks|months|years|hours|kilometres|miles)$)")
# names of one and the same denominator
_SAME = {"persons": "people", "population": "people", "inhabitants": "people", "patient-years": "person-years"}
_YEARS = re.compile(r"\b(person|patient|woman|child)[- ]?years?")
_BASES = {"thousand": 1000, "hundred": 100, "million": 1000000}
_TIMES = r"(?:second|minute|hour|day|night|week|fortnight|month|quarter|year|annum|decade)"
_PER = re.compile(
    rf"(?P<noun>(?:\s+(?!per\b|an?\b|each\b|every\b)[a-z-]+){{0,3}}?)(?P<mark>\s*/\s*|\s+(?:per|an?|each|every)\s+)"
    rf"(?P<of>{_TIMES}|person|capita|patient|(?:square|cubic)\s+(?:(?:kilo|centi|milli)?met(?:re|er)|kilomet(?:re|er)|foot|mile)"
    r"|lit(?:re|er)|millilit(?:re|er)|hectare|acre|kilomet(?:re|er)|mile|household|session|cycle|minute|trial|dose|(?P<other>(?<=per\s)(?!cent\b|se\b)[a-z]{3,}(?:-[a-z]+)?))"
    r"\b(?![-’']|\s+(?:earlier|ago|later|before|after|old)\b)",
    re.IGNORECASE,
)
_UNDER = re.compile(r"(?:\s[A-Za-z]+)?\s?/\s?(?P<of>mL|ml|µL|μL|L|mm³|m³|m²|km²|kg|ha|s|min|hr|h|d|wk|yr)(?![\w²³])")
_TIME = re.compile(rf"{_TIMES}|person", re.IGNORECASE)
_AMOUNT = re.compile(r"(?P<amount>\d[\d,]*(?:\.\d+)?|thousand|million)\s?")
_STEP = re.compile(
    r"(?:\s+of\s+[a-z]+)?(?:[\s-]+(?P<article>an?|each|every)|[\s-]+(?P<per>per)|\s?(?P<slash>/))(?:[\s-]+|(?<=/))"
)
_AGO = re.compile(r"\s+(?:earlier|ago|later|before|after|old|from\s+now|previously)\b|\s+on\s*(?:[,.;)]|$)")
_NOUN = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\s+(?:day|night|week|month|year|hour|session)\b)?")
_TWO_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?:\s[^\W\d_]+)?")
_LETTER = re.compile(r"[dys](?!\w)|wk(?!\w)|yr(?!\w)")
_POWERS = {"¹": "", "²": "square ", "³": "cubic "}
_OWN_NAMES = {"annum": "year", "d": "day", "wk": "week", "yr": "year", "y": "year", "h": "hour", "s": "second"}
_STEPS = 3
_ELEMENT = re.compile(r"\s(?:N|P|K|C|S|P₂O₅|P2O5|K₂O|K2O|CaCO₃|CaCO3)(?=\s?(?:[a-z]{1,3}⁻|/)|\s(?:per|a)\s)")
_ANNUAL = re.compile(r"\sp\.?\s?a\.?(?![\w.])")
_ROUND_BASE, _LEAST_BASE = 10_000, 1000


def read_rate(text: str, end: int, *, whole: bool = True) -> tuple[str, int, str | None] | None:
    """Read "per 100,000 person-years" after a number: unit, where it ends, and the noun between ("deaths").

    ``whole`` says that the number is one, which may be a count: "57/1000", but not "2.1/1000".
    """
    window = text[end : end + _WINDOW]
    if "per" not in window and "every" not in window and "/" not in window:
        return None
    match = _RATE.match(window)
    if match is None:
        return None
    written = re.sub(r"\D", "", match["base"])
    base = int(written) if written else _BASES[match["base"].lower()]
    # "57/105" is a count and its total, and "4 in every hundred" a share; a rate has a round base.
    counted = match["slash"] and match["of"] is None and base < (_ROUND_BASE if whole else _LEAST_BASE)
    if base < 100 or set(str(base)[1:]) != {"0"} or counted:  # noqa: PLR2004
        return None
    if match["every"] and base <= 1000:  # noqa: PLR2004
        return None
    of = " ".join((match["of"] or "people").lower().split())
    of = _YEARS.sub(r"\1-years", re.sub(r"\bkm$|kilometers$", "kilometres", of))
    of = _COMPOUND.sub("-", of)
    of = _SAME.get(of, of)
    nouns = match["noun"].split()
    if nouns and nouns[0].lower() in number_words().not_counted:
        return None
    return f"per {base:,} {of}", end + len(match[0].rstrip()), nouns[-1].lower() if nouns else None


def read_per(text: str, end: int) -> tuple[str, int, str | None] | None:
    """Read "per day" after a bare figure: the period, where it ends, and the noun between ("requests")."""
    symbol = _UNDER.match(text, end)
    if symbol is not None:
        noun = symbol[0].partition("/")[0].strip()
        of = _OWN_NAMES.get(symbol["of"], symbol["of"])
        return unit_names()[of], symbol.end(), noun or None
    match = _PER.match(text, end, end + _WINDOW)
    if match is None:
        return None
    nouns = match["noun"].lower().split()
    if match["mark"].strip() not in {"per", "/"} and not _TIME.fullmatch(match["of"]):
        return None
    if any(noun in number_words().not_counted for noun in nouns):
        return None
    of = " ".join(match["of"].lower().split())
    if of in number_words().no_base or of in number_words().not_counted:
        return None
    of = unit_names().get(of, of)
    # "64 per group" still counts what "64 patients per group" does
    return _OWN_NAMES.get(of, of), match.end(), nouns[-1] if nouns else match["other"] and ""


def read_over(text: str, end: int, dimension: str) -> tuple[str, int] | None:
    """Read what a figure with a unit is per, step by step ("pupil per year"), and where that ends."""
    element = _ELEMENT.match(text, end) if dimension == "mass" else None
    end = element.end() if element is not None else end  # "120 kg N ha⁻¹"
    annual = _ANNUAL.match(text, end)
    if annual is not None:
        return "year", annual.end()
    names: list[str] = []
    position = end
    while len(names) < _STEPS:
        step = _step(text, position, dimension) or _inverse(text, position)
        if step is None:
            break
        names.append(step[0])
        position = step[1]
    return (" per ".join(names), position) if names else None


def _step(text: str, start: int, dimension: str) -> tuple[str, int] | None:
    step = _STEP.match(text, start)
    if step is None:
        return None
    position = step.end()
    amount = _AMOUNT.match(text, position) if not step["article"] else None
    of = _denominator(text, amount.end() if amount is not None else position)
    if of is not None:
        return _known(text, of, step, amount, dimension)
    noun = _NOUN.match(text, position)
    priced = dimension == "money" and step["slash"] is not None
    if not (step["per"] or priced) or noun is None or dimension in {"fraction", "points"}:
        return None
    word = " ".join(noun[0].split())
    return None if word in number_words().not_counted or word in number_words().no_base else (word, noun.end())


def _known(
    text: str, of: tuple[str, int], step: re.Match[str], amount: re.Match[str] | None, dimension: str
) -> tuple[str, int] | None:
    written, end = of
    name = _OWN_NAMES.get(written, written)
    timed = name in units() and units()[name].dimension == "duration"
    if dimension in {"fraction", "points"} and not timed:
        return None
    if step["article"] and dimension == "duration" and not (timed or name in {"session", "night"}):
        return None
    if step["article"] and _AGO.match(text, end):
        return None
    if step["slash"] is None and name == "percent":
        return None
    if amount is None:
        return name, end
    plural = name if amount["amount"] == "1" else name + "s"
    return f"{amount['amount']} {plural}", end


def _inverse(text: str, start: int) -> tuple[str, int] | None:
    """Read one factor of "µmol m⁻² s⁻¹"."""
    match = _inverses().match(text, start) if "⁻" in text[start : start + len(" kWh⁻")] else None
    if match is None:
        return None
    return _POWERS[match["power"]] + unit_names()[match["of"]], match.end()


def read_product(text: str, start: int) -> tuple[str, str, int] | None:
    """Read the second factor of "mbar·L": name, dimension, and where it ends."""
    if text[start : start + 1] not in {"·", "⋅"}:
        return None
    found = unit_at(text, start + 1)
    return (found[1], units()[found[1]].dimension, found[2]) if found is not None else None


@cache
def _inverses() -> re.Pattern[str]:
    symbols = [form for form in unit_names() if form.isalpha() and len(form) <= len("kWh")]
    return re.compile(rf"[\s·⋅.]?(?P<of>{alternatives(symbols)})⁻(?P<power>[¹²³])")


@cache
def _nouns() -> frozenset[str]:
    """Give the nouns of ``per_one``, and their plurals."""
    return frozenset(form for noun in number_words().per_one for form in (noun, noun + "s"))


def _denominator(text: str, start: int) -> tuple[str, int] | None:
    """Give what stands under a stroke or after "per": the unit or noun, and where it ends."""
    found = unit_at(text, start)
    noun = _TWO_WORDS.match(text, start)
    for size in (2, 1) if noun is not None else ():
        words = noun[0].split()[:size] if noun is not None else []
        written = " ".join(words).lower()
        end = start + len(written)
        if len(words) == size and written in _nouns() and (found is None or end > found[2]):
            return written, end
    if found is not None and units()[found[1]].dimension != "money":
        return found[1], found[2]
    letter = _LETTER.match(text, start)
    return (_OWN_NAMES[letter[0]], letter.end()) if letter is not None else None
