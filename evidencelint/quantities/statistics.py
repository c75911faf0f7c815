"""Numbers that report a test, an interval or a sample: p, CI levels, ratios, effect sizes, n and N."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WINDOW = 48
_CI = (
    r"(?:CI|CrI|UI|C\.I\.|HDI|PI|[Cc]onfidence\s+[Ii]nterval|[CcUu](?:redible|ncertainty)\s+[Ii]nterval|[Pp]rediction\s+[Ii]nterval"
    r"|[Cc]onfidence\s+[Ll]imits)s?"
)
_LEVEL = re.compile(rf"\s*(?:%|per\s?cent)?[\s-]*(?:{_CI}|confidence\s+level)\b")
_LEVEL_AFTER = re.compile(rf"{_CI}\s*\(?\s*$")
_THEN_INTERVAL = re.compile(r"\s*%\s*\)?\s*[:=,;\[(]*\s*[-−]?\.?\d")
# A cheap look for these decides whether any of the patterns below can match at all.
_SIGNS = frozenset("=<>≤≥±")
_SAID = (
    *(
        "CI",
        "CrI",
        "UI",
        "HDI",
        "PI",
        "nterval",
        "imits",
        "atio",
        "isk",
        "eeded",
        "RR",
        "OR",
        "HR",
        "NNT",
        "NNH",
        "SD",
        "SE",
    ),
    *(
        "s.d.",
        "s.e.",
        "IQR",
        "SMD",
        "ange",
        "ffect",
        "Cohen",
        "Hedges",
        "orrelation",
        "ifference",
        "eviation",
        "rror",
        "uartile",
    ),
    *("alue", "I²", "α", "β", "η", "appa", "lpha"),
)
_CALLED = re.compile(r"[tFzrQχ²]\s*\(")
_P = re.compile(
    r"(?<![\w'’&-])(?:[pP]\s*[=<>≤≥]|[pP][-\s]?[vV]alues?(?:\s+(?:of|was|is|at|below|above|under|over|less\s+than))?\s*[=<>≤≥]?)\s*$"
)
_P_OTHER = re.compile(r"(?:(?<![\w'’-])[pP]\s*[=<>≤≥]|[pP][-\s]value)[\s=<>≤≥.\d]{0,20}(?:,|and|or)\s*[=<>≤≥]?\s*$")
_N = re.compile(r"(?<![A-Za-z])(?P<n>[nN])s?\s*=\s*$")
_INTERVAL = re.compile(
    rf"(?:{_CI})(?:\s*[\[(]\s*CI\s*[\])])?(?:\s*\(?\s*\d+\s*%?\s*\)?(?=[\s:,;=(\[]))?[\s:,;=(\[]*(?:of\s+|from\s+|between\s+|is\s+|was\s+|ran(?:ged)?\s+from\s+)?"
    r"(?:[-−]?[$€£]?\d*\.?\d+\s*(?:%|pp|points?|mg|kg|days?|months?|years?)?\s*(?:,|;|to|and|[-–—])\s*)?[-−$€£]?$"
)
_RATIO = re.compile(
    r"(?<![A-Za-z])(?P<name>[aA]?OR|[aA]?HR|[aA]?RR|IRR|SMR|NNT|NNH|(?i:odds\s+ratio|hazards?\s+ratio|risk\s+ratio|relative\s+risk"
    r"|rate\s+ratio|number\s+needed\s+to\s+(?:treat|harm)))s?\)?(?:\s*\((?:[aA]?OR|[aA]?HR|[aA]?RR|IRR|NNT|NNH)\))?"
    r"(?:\s+for\s+(?:[a-z-]+\s+){1,4}?(?=was\s|is\s)|\s+)?(?:\s*(?:of|was|is|at))?\s*[=:,]?\s*$"
)
_RATIO_NAMES = re.compile(r"(?<![A-Za-z])[aA]?(?:OR|HR|RR)$|^(?:IRR|SMR|NNT|NNH)$")
_EFFECT = re.compile(
    r"(?:(?<![\w'’])(?P<name>SMD|ηp?²|R²|r²|ΔR²|[dgrβηφω]|ρ)\s*(?:\(\s*\d+\s*\))?\s*=\s*"
    r"|(?<![\w'’])(?P<short>SMD)s?(?:\s+(?:of|was|is))?\s*:?\s*"
    r"|(?P<words>(?i:Cohen['’]s\s+d|Hedges['’]s?\s+g|effect\s+size|standardi[sz]ed\s+mean\s+difference|correlation(?:\s+coefficient)?))"
    r"(?:\s*\((?:SMD|[dgr])\))?(?:\s+(?:of|was|is|at)|\s*=)*\s*)$"
)
_TEST = re.compile(
    r"(?<![A-Za-z])(?:[tFzZHUWQ]|χ2?²?|X2|X²|chi-squared?|τ²|[Ii]²|I2|df|AIC|BIC|κ|α|kappa|alpha)\s*"
    r"(?:\(\s*[\d.,\s=nN]*\))?\s*[=<>]\s*$|\b(?:kappa|alpha)\s+(?:was|of|is)\s+$"
)
_DEGREES = re.compile(r"(?<![A-Za-z])(?:[tFrQHz]|χ²|χ2|X2|chi-squared?)\s*\(\s*(?:\d[\d.]*\s*,\s*)?$")
_DF = re.compile(r"\b(?:df|d\.f\.|degrees\s+of\s+freedom)\s*[=:]?\s*$")
_SPREAD = re.compile(
    r"(?<![A-Za-z])(?P<name>SD|SE|SEM|IQR|MAD|s\.d\.|s\.e\.|[Ss]tandard\s+(?:deviation|error)|[Ii]nter-?quartile\s+range)s?"
    r"(?:\s+(?:of|was|is|from))?\s*[=:,(\[]?\s*(?:\d[\d.]*\s*(?:to|,|[-–—])\s*)?$"
)


@dataclass(frozen=True, slots=True)
class Statistic:
    """The role a number plays, the measure it is of, and its dimension where that is not its unit's."""

    role: str
    name: str | None
    dimension: str | None


def read_statistic(text: str, start: int, digits: int, end: int) -> Statistic | None:
    """Say what statistic a number is, from the words just before it (or after, for a level); else None.

    ``start`` is where its bound starts, ``digits`` where its figures do.
    """
    window = text[end : end + _WINDOW]
    before = text[max(0, start - _WINDOW) : start]
    if ("C" in window or "c" in window or "U" in window or "H" in window or "P" in window) and _LEVEL.match(window):
        return Statistic("bound", "level", None)
    close = text[max(0, digits - _WINDOW) : digits]
    if not _is_hinted(close):
        return None
    if _LEVEL_AFTER.search(before) and _THEN_INTERVAL.match(window):
        return Statistic("bound", "level", None)
    if _P.search(close) or _P_OTHER.search(close):
        return Statistic("p", "p", "p")
    return _sample_or_interval(before) or _measure(before)


def _is_hinted(close: str) -> bool:
    """Tell whether the text before a figure has a sign or a word of statistics."""
    if not _SIGNS.isdisjoint(close) or any(word in close for word in _SAID):
        return True
    return "(" in close and _CALLED.search(close) is not None


def _sample_or_interval(before: str) -> Statistic | None:
    sample = _N.search(before)
    if sample is not None:
        return Statistic("n" if sample["n"] == "n" else "total", "participants", None)
    if _INTERVAL.search(before):
        return Statistic("bound", "interval", None)
    spread = _SPREAD.search(before)
    if spread is not None:
        return Statistic("statistic", spread["name"], None)
    return None


def _measure(before: str) -> Statistic | None:
    ratio = _RATIO.search(before)
    if ratio is not None:
        name = " ".join(ratio["name"].split())
        return Statistic("estimate", name.upper() if _RATIO_NAMES.search(name) else name.lower(), "ratio")
    effect = _EFFECT.search(before)
    if effect is not None:
        return Statistic("estimate", effect["name"] or effect["short"] or "effect size", "effect")
    if _DF.search(before):
        return Statistic("statistic", "degrees of freedom", "statistic")
    if _TEST.search(before):
        return Statistic("statistic", None, "statistic")
    return Statistic("statistic", "degrees of freedom", "statistic") if _DEGREES.search(before) else None
