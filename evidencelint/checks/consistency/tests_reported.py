"""Find reported tests, "t(28) = 2.20, p = .036", and recompute their p values as statcheck does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evidencelint.checks.consistency.distributions import TestKind, p_value

_NUMBER = r"[-−–+]?\s?\d{0,6}(?:,\d{3})*\.?\d+"
_NAMES: dict[str, TestKind] = {"t": "t", "f": "F", "r": "r", "z": "z", "q": "Q", "qb": "Q", "qw": "Q"}
_TEST = re.compile(
    rf"(?<![\w.])(?:(?P<name>[tFrzZQ]|Q[bwBW])|(?P<chi>χ\s{{0,3}}[²2]?|[xX]\s{{0,3}}[²2]|[cC]hi(?:[-\s]?squared?)?\s{{0,3}}[²2]?|Χ\s{{0,3}}[²2]))\s{{0,3}}"
    rf"(?:[(\[]\s{{0,3}}(?P<df>[^)\]=<>]{{1,24}}(?:[=]\s{{0,3}}[\d,]+\s{{0,3}})?)[)\]]\s{{0,3}})?"
    rf"(?P<sign>[<>=])\s{{0,3}}(?P<value>{_NUMBER})\s{{0,3}}(?:[,;]\s{{0,3}}(?:[^\W\d_²]{{1,12}}\s{{0,3}}=\s{{0,3}}{_NUMBER}\s{{0,3}}[,;]\s{{0,3}}){{0,3}}|[,;(\[]|\s{{0,3}},?\s{{0,3}}with\s)\s{{0,3}}"
    rf"(?P<p>[pP](?:[-\s]?values?)?\s{{0,3}}(?P<comparison>[<>=≤≥])\s{{0,3}}(?P<reported>\d?\.\d+(?:[eE]-?\d+)?|\d)|n\.?\s{{0,3}}s\.?(?![\w]))"
)
_DF = re.compile(r"\d+(?:\.\d+)?")
_ONE_SIDED = re.compile(r"\b(?:one|1)[-\s](?:tailed|sided)\b|\bdirectional\b", re.IGNORECASE)
_ALPHA = 0.05
_HALF = Fraction(1, 2)
_NEEDED = {"t": 1, "r": 1, "F": 2, "chi2": 1, "Q": 1, "z": 0}


@dataclass(frozen=True, slots=True)
class Reported:
    """A test as written: offsets of the whole and of its p value, and every number with its precision."""

    start: int
    end: int
    p_start: int
    p_end: int
    kind: TestKind
    df: tuple[float, ...]
    sign: str
    value: Fraction
    step: Fraction
    comparison: str
    p: Fraction | None
    p_step: Fraction
    one_sided: bool


def reported_tests(text: str) -> Iterator[Reported]:
    """Yield the tests of a text that report both a statistic and its p value, or "ns"."""
    if "p" not in text and "P" not in text and "s" not in text:
        return
    one_sided = _ONE_SIDED.search(text) is not None
    for match in _TEST.finditer(text):
        kind: TestKind = _NAMES[match["name"].lower()] if match["name"] else "chi2"
        df = _degrees(kind, match["df"] or "")
        if df is None:
            continue
        value, step = _exact(match["value"])
        p, p_step = _exact(match["reported"]) if match["reported"] else (None, Fraction(0))
        comparison = {"≤": "<", "≥": ">"}.get(match["comparison"] or "ns", match["comparison"] or "ns")
        yield Reported(
            match.start(),
            match.end(),
            match.start("p"),
            match.end("p"),
            kind,
            df,
            match["sign"],
            value,
            step,
            comparison,
            p,
            p_step,
            one_sided,
        )


def _degrees(kind: TestKind, written: str) -> tuple[float, ...] | None:
    """Read "28", "2, 114", "1, N = 240"; None where the test needs others."""
    if re.search(r"[^\W\d_]{4,}", written):
        return None
    needed = _NEEDED[kind]
    head = re.split(r"[nN]\s?=", written)[0]
    found = tuple(float(number) for number in _DF.findall(head))
    if kind == "z":
        return ()
    return found[:needed] if len(found) == needed and all(found) else None


def _exact(written: str) -> tuple[Fraction, Fraction]:
    """Give a number and the size of its last digit."""
    plain = re.sub(r"[\s,+]", "", written).replace("−", "-").replace("–", "-")
    mantissa, _, exponent = plain.lower().partition("e")
    places = len(mantissa.partition(".")[2])
    scale = Fraction(10) ** int(exponent or 0)
    return Fraction(mantissa) * scale, Fraction(1, 10**places) * scale


def recomputed(test: Reported) -> tuple[float, float, float] | None:
    """Give the p value, and the least and greatest that rounding of the statistic allows; None where there is none."""
    size = abs(test.value)
    low, high = max(size - test.step * _HALF, Fraction(0)), size + test.step * _HALF
    try:
        middle = p_value(test.kind, float(size), test.df)
        top = p_value(test.kind, float(low), test.df)
        bottom = p_value(test.kind, min(float(high), 1.0) if test.kind == "r" else float(high), test.df)
    except ValueError:
        return None
    if test.sign == "<":
        return middle, middle, 1.0
    if test.sign == ">":
        return middle, 0.0, middle
    return middle, bottom, top


def is_consistent(test: Reported, low: float, high: float) -> bool:
    """Tell whether the reported p can be one of the recomputed, its own rounding respected."""
    if test.p is None:
        return high > _ALPHA
    if test.comparison == "<":
        return low < float(test.p)
    if test.comparison == ">":
        return high > float(test.p)
    if test.p == 0:
        return False  # a p value is never 0
    places = max(0, len(str(test.p_step.denominator)) - 1)
    return (
        round(low, places) <= float(test.p) <= round(high, places)
        or abs(float(test.p) - low) < float(test.p_step) * 1e-9
    )


def changes_decision(test: Reported, p: float) -> bool:
    """Tell whether the recomputed p lies on the other side of 0.05."""
    if test.p is None:
        return p <= _ALPHA
    below = float(test.p) <= _ALPHA if test.comparison == "<" else float(test.p) < _ALPHA or test.p == Fraction(1, 20)
    return below != (p <= _ALPHA) and test.comparison != ">"
