"""Rules of family 5xx: the document against its own arithmetic."""

from evidencelint.checks.consistency.checked import recomputed_figures
from evidencelint.checks.consistency.conversions import conversion_mismatch
from evidencelint.checks.consistency.gaps import difference_mismatch
from evidencelint.checks.consistency.grim import impossible_deviation, impossible_mean
from evidencelint.checks.consistency.limits import estimate_outside_interval, lopsided_interval
from evidencelint.checks.consistency.moves import change_mismatch, ratio_mismatch
from evidencelint.checks.consistency.products import product_mismatch, quotient_mismatch
from evidencelint.checks.consistency.pvalues import p_value_against_interval, p_value_mismatch
from evidencelint.checks.consistency.repeated import contradicting_figures, open_figures, same_thing
from evidencelint.checks.consistency.risks import nnt_mismatch
from evidencelint.checks.consistency.shares import parts_mismatch, percent_above_whole, percent_mismatch
from evidencelint.checks.consistency.totals import sum_mismatch

__all__ = [
    "change_mismatch",
    "contradicting_figures",
    "conversion_mismatch",
    "difference_mismatch",
    "estimate_outside_interval",
    "impossible_deviation",
    "impossible_mean",
    "lopsided_interval",
    "nnt_mismatch",
    "open_figures",
    "p_value_against_interval",
    "p_value_mismatch",
    "parts_mismatch",
    "percent_above_whole",
    "percent_mismatch",
    "product_mismatch",
    "quotient_mismatch",
    "ratio_mismatch",
    "recomputed_figures",
    "same_thing",
    "sum_mismatch",
]
