"""The rules in code: one small pure function each, listed here by the name of its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from evidencelint.checks import (
    authors,
    causes,
    consistency,
    disguised,
    keys,
    numbers,
    quotations,
    ratings,
    reach,
    sources,
    strength,
    uncited,
)
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
    "misplaced-statement": causes.misplaced_statement,
    "other-people": causes.other_people,
    "hedge-dropped": strength.hedge_dropped,
    "absolute-claim": strength.absolute_claim,
    "quantifier-widened": strength.quantifier_widened,
    "population-widened": strength.population_widened,
    "animal-evidence": strength.animal_evidence,
    "evidence-grade-raised": strength.evidence_grade_raised,
    "setting-widened": strength.setting_widened,
    "certainty-raised": ratings.certainty_raised,
    "duration-extended": reach.duration_extended,
    "significance-raised": reach.significance_raised,
    "single-study": reach.single_study,
    "absolute-risk-missing": reach.absolute_risk_missing,
    "undefined-citation": keys.undefined_citation,
    "undefined-footnote": keys.undefined_footnote,
    "wrong-year": authors.wrong_year,
    "wrong-author": authors.wrong_author,
    "unknown-work": authors.unknown_work,
    "wrong-source": sources.wrong_source,
    "uncited-claim": uncited.uncited_claim,
    "altered-quotation": quotations.altered_quotation,
    "clipped-quotation": quotations.clipped_quotation,
    "retracted-source": sources.retracted_source,
    "secondary-citation": sources.secondary_citation,
    "malformed-doi": keys.malformed_doi,
    "duplicate-definition": keys.duplicate_definition,
    "unused-definition": keys.unused_definition,
    "ambiguous-key": keys.ambiguous_key,
    "missing-bibliography": keys.missing_bibliography,
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
    "quotient-mismatch": consistency.quotient_mismatch,
    "disguised-text": disguised.disguised_text,
}
