"""Two-sided p values of test statistics; mpmath is imported only when a text reports one."""

from __future__ import annotations

import math
from typing import Literal

TestKind = Literal["t", "F", "chi2", "r", "z", "Q"]
_LARGE = 20_000
_ONE = 1.0


def p_value(kind: TestKind, statistic: float, df: tuple[float, ...]) -> float:
    """Give the p value: two-sided for t, r and z, the upper tail for F, chi-squared and Q.

    Raises ValueError for degrees of freedom or a statistic that the test cannot have.
    """
    value = abs(statistic)
    if any(freedom <= 0 for freedom in df) or (kind == "r" and value > 1):
        raise ValueError(f"{kind} cannot be {statistic} with {df} degrees of freedom")
    if kind == "z":
        return math.erfc(value / math.sqrt(2))
    if kind == "r":
        return 0.0 if value == _ONE else _t(value * math.sqrt(df[0] / (1 - value * value)), df[0])
    if kind == "t":
        return _t(value, df[0])
    return _f(value, df[0], df[1]) if kind == "F" else _chi2(value, df[0])


def _t(value: float, df: float) -> float:
    if df > _LARGE:
        return math.erfc(value / math.sqrt(2))
    from mpmath import betainc  # noqa: PLC0415 - only texts with a test pay for it

    return float(betainc(df / 2, 0.5, 0, df / (df + value * value), regularized=True))


def _f(value: float, above: float, below: float) -> float:
    if below > _LARGE:
        return _chi2(above * value, above)
    from mpmath import betainc  # noqa: PLC0415

    return float(betainc(below / 2, above / 2, 0, below / (below + above * value), regularized=True))


def _chi2(value: float, df: float) -> float:
    from mpmath import gammainc, inf  # noqa: PLC0415

    return float(gammainc(df / 2, value / 2, inf, regularized=True))
