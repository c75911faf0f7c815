"""The rules in code: one small pure function each, listed here by the name of its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from evidencelint.checks import causes, citations, consistency, numbers, strength
from evidencelint.judgement import Judgement
from evidencelint.model import Finding

Check = Callable[[Judgement], Iterator[Finding]]

# Rules on the documents of a run together, which no one document breaks.
ACROSS_DRAFTS = frozenset({"drafts-disagree"})

CHECKS: Mapping[str, Check] = {
    "value-mismatch": numbers.value_mismatch,
    "unit-mismatch": numbers.unit_mismatch,
    "swapped-figures": numbers.swapped_figures,
    "misplaced-figure": numbers.misplaced_figure,
    "unsupported-figure": numbers.unsupported_figure,
    "false-precision": numbers.false_precision,
    "bound-dropped": numbers.bound_dropped,
    "direction-mismatch": causes.direction_mismatch,
    "causal-overstatement": causes.causal_overstatement,
    "unsupported-effect": causes.unsupported_effect,
    "contradicted-statement": causes.contradicted_statement,
    "hedge-dropped": strength.hedge_dropped,
    "absolute-claim": strength.absolute_claim,
    "quantifier-widened": strength.quantifier_widened,
    "population-widened": strength.population_widened,
    "animal-evidence": strength.animal_evidence,
    "evidence-grade-raised": strength.evidence_grade_raised,
    "undefined-citation": citations.undefined_citation,
    "undefined-footnote": citations.undefined_footnote,
    "wrong-year": citations.wrong_year,
    "percent-mismatch": consistency.percent_mismatch,
    "difference-mismatch": consistency.difference_mismatch,
    "sum-mismatch": consistency.sum_mismatch,
    "contradicting-figures": consistency.contradicting_figures,
    "estimate-outside-interval": consistency.estimate_outside_interval,
    "lopsided-interval": consistency.lopsided_interval,
    "ratio-mismatch": consistency.ratio_mismatch,
    "change-mismatch": consistency.change_mismatch,
    "parts-mismatch": consistency.parts_mismatch,
    "percent-above-whole": consistency.percent_above_whole,
    "p-value-mismatch": consistency.p_value_mismatch,
    "p-value-against-interval": consistency.p_value_against_interval,
    "impossible-mean": consistency.impossible_mean,
    "impossible-deviation": consistency.impossible_deviation,
    "nnt-mismatch": consistency.nnt_mismatch,
    "conversion-mismatch": consistency.conversion_mismatch,
    "product-mismatch": consistency.product_mismatch,
}
