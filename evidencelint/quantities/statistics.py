"""Numbers that report a test, an interval or a sample: p, CI levels, ratios, effect sizes, n and N."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WINDOW = 40
_LEVEL = re.compile(
    r"\s*%?\s*(?:CI|CrI|C\.I\.|confidence\s+interval|credible\s+interval|confidence\s+limits)", re.IGNORECASE
)
_P = re.compile(r"\b[pP](?:[-\s]?value)?s?(?:\s+(?:of|was|is))?\s*[=<>≤≥]?\s*$")
_N = re.compile(r"(?<![A-Za-z])(?P<n>[nN])\s*=\s*$")
_INTERVAL = re.compile(
    r"(?:CI|CrI|interval)[\s:,=(\[]*(?:of\s+|from\s+|between\s+|is\s+|was\s+)?(?:[-−]?[\d.]+\s*(?:%|pp)?\s*(?:,|to|and|[-–—])\s*)?$",
    re.IGNORECASE,
)
_RATIO = re.compile(
    r"(?<![A-Za-z])(?P<name>(?-i:a?OR|a?HR|a?RR|IRR|NNT)|odds\s+ratio|hazard\s+ratio|risk\s+ratio|relative\s+risk|rate\s+ratio)s?\)?(?:\s+(?:of|was|is))?\s*[=:,]?\s*$",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"(?:(?<![A-Za-z'’])(?P<name>(?-i:[dgrβη])|SMD|η²|R²|r²)\s*=\s*|(?P<words>Cohen['’]s\s+d|Hedges['’]\s+g|effect\s+size|standardi[sz]ed\s+mean\s+difference|correlation(?:\s+coefficient)?)(?:\s+(?:of|was|is|at|=))*\s*)$",
    re.IGNORECASE,
)
_TEST = re.compile(r"(?<![A-Za-z])(?:t|F|z|χ²|chi-square|Q|I²)\s*(?:\(\s*[\d.,\s]*\))?\s*=\s*$")


@dataclass(frozen=True, slots=True)
class Statistic:
    """The role a number plays, the measure it is of, and its dimension where that is not its unit's."""

    role: str
    name: str | None
    dimension: str | None


def read_statistic(text: str, start: int, end: int) -> Statistic | None:
    """Say what statistic a number is, from the words just before it (or after, for a level); else None."""
    before = text[max(0, start - _WINDOW) : start]
    if _LEVEL.match(text[end : end + _WINDOW]):
        return Statistic("bound", "level", None)
    if _P.search(before):
        return Statistic("p", "p", "p")
    return _sample_or_interval(before) or _measure(before)


def _sample_or_interval(before: str) -> Statistic | None:
    sample = _N.search(before)
    if sample is not None:
        return Statistic("n" if sample["n"] == "n" else "total", "participants", None)
    if _INTERVAL.search(before):
        return Statistic("bound", "interval", None)
    return None


def _measure(before: str) -> Statistic | None:
    ratio = _RATIO.search(before)
    if ratio is not None:
        return Statistic(
            "estimate", ratio["name"].upper() if " " not in ratio["name"] else ratio["name"].lower(), "ratio"
        )
    effect = _EFFECT.search(before)
    if effect is not None:
        return Statistic("estimate", effect["name"] or "effect size", "effect")
    return Statistic("statistic", None, "statistic") if _TEST.search(before) else None
