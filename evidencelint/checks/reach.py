"""Rules of family 3xx on how far a finding reaches: how long, how surely, in how many and what kind of studies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from evidencelint.checks.common import statements
from evidencelint.claims.certainty import negates
from evidencelint.factbase.vocabulary import shown
from evidencelint.frames import Claim
from evidencelint.judgement import Judgement
from evidencelint.lexicon import first_person, reach_words, study_designs
from evidencelint.matching.decisions import FigureMatch
from evidencelint.matching.index import FactFigure
from evidencelint.matching.nearness import CLOSE, HEDGED, RIVAL_SHARE, SPEAKS, Near, asserts, in_topic, nearest
from evidencelint.model import Finding, Quantity, Span
from evidencelint.quantities import read_quantities
from evidencelint.quantities.lexicon import alternatives, units
from evidencelint.stamping import SURE_ENOUGH

_LONG = 731  # days: two years, what reports on outcomes call long-term
_SIGNIFICANT = re.compile(r"(?<![\w-])(?:statistically\s+)?significant(?:ly)?\b", re.IGNORECASE)
# "too small a gap to count as significant"
_TOO = re.compile(r"\btoo\b[^.;:]{0,60}\b(?:to|for)\b[^.;:,]*$", re.IGNORECASE)
_SHOWING = re.compile(
    r"\b(?:studies|trials|experiments|surveys|research|science)\s+(?:(?:have|has|now|clearly|consistently|repeatedly|also|all)\s+){0,2}"
    r"(?:shows?|shown|showed|proves?|proved|proven|finds?|found|demonstrates?|demonstrated|confirms?|confirmed|agrees?|established)\b",
    re.IGNORECASE,
)
_RISK = re.compile(r"\b(?:risks?|odds|chances?|likelihood|likely|probability|hazards?|danger)\b", re.IGNORECASE)
_SURE = 0.95


def duration_extended(judgement: Judgement) -> Iterator[Finding]:
    """Report "lasting" and "long-term" where the fact looks at weeks or months."""
    for claim, cue in _told(judgement, _lasting()):
        if any(q.dimension == "duration" for q in read_quantities(claim.text)):
            continue
        near = _speaking(judgement, claim)
        if not near or near[0].similarity < CLOSE or any(_lasting().search(n.fact.fact.quote) for n in near):
            continue
        longest = max(_durations(near[0].fact.fact.quote), key=lambda pair: pair[0], default=None)
        if longest is not None and longest[0] <= _LONG:
            said = f"says “{_in(claim, cue)}”; fact `{near[0].fact.fact.id}` looks no farther than {longest[1]}"
            yield _finding("duration-extended", claim, cue, near[0], said)


def significance_raised(judgement: Judgement) -> Iterator[Finding]:
    """Report "significant" where the fact says that the difference was not, or only a trend."""
    for claim, cue in _told(judgement, _SIGNIFICANT):
        near = _speaking(judgement, claim)
        if not near or near[0].similarity < CLOSE:
            continue
        if _is_unsure(near[0]) and not any(_SIGNIFICANT.search(_surely(n.fact.claim.text)) for n in near):
            said = f"says “{_in(claim, cue)}”; fact `{near[0].fact.fact.id}` says that it was not, or only a trend"
            yield _finding("significance-raised", claim, cue, near[0], said)


def single_study(judgement: Judgement) -> Iterator[Finding]:
    """Report "studies show" where the fact rests on one study."""
    for claim, cue in _told(judgement, _SHOWING):
        near = _speaking(judgement, claim)
        if near and near[0].similarity >= CLOSE and all(_single().search(n.fact.fact.quote) for n in near):
            said = f"says “{_in(claim, cue)}”; fact `{near[0].fact.fact.id}` rests on one study"
            yield _finding("single-study", claim, cue, near[0], said)


def absolute_risk_missing(judgement: Judgement) -> Iterator[Finding]:
    """Note a relative risk told without the absolute ones that the fact gives with it."""
    given = {match.best.fact.order for match in judgement.figures if match.best is not None}
    told: set[str] = set()
    for match in judgement.figures:
        best = match.best
        if best is None or match.status not in {"supported", "derived"} or best.fact.fact.id in told:
            continue
        ours, theirs = match.figure.quantity, best.fact.figure.quantity
        if not (_is_relative(ours) and _is_relative(theirs) and _speaks_of_risk(match, best.fact)):
            continue
        absolute = [f for f in judgement.index.figures_of(best.fact.fact.id) if _is_absolute(f.figure.quantity)]
        if not absolute or any(item.order in given for item in absolute):
            continue
        told.add(best.fact.fact.id)
        both = " and ".join(item.figure.quantity.text for item in absolute[:2])
        message = f"gives {ours.text} without the absolute figures that fact `{best.fact.fact.id}` has ({both})"
        yield Finding(
            "absolute-risk-missing", ours.span, match.claim.span, message, match.confidence, facts=(best.fact.ref,)
        )


def design_raised(judgement: Judgement) -> Iterator[Finding]:
    """Report a cohort called a trial, and the like, where the fact that speaks of the finding names a weaker design."""
    judged = {m.claim.span for m in statements(judgement, "grade", "population") if m.conflict is not None}
    weights = study_designs()
    for claim in judgement.claims:
        mentions = [m for m in claim.mentions if m.slot == "study" and m.concept in weights]
        if len(mentions) != 1 or claim.span in judged or claim.certainty.level < HEDGED or claim.certainty.negated:
            continue
        near = [n for n in nearest(claim, judgement.index) if n.similarity >= SPEAKS]
        if not near or near[0].similarity < CLOSE:
            continue
        mention, best = mentions[0], near[0]
        conflicts = best.slots.hard
        if len(conflicts) != 1 or conflicts[0].slot != "study":
            continue
        if outweighs(mention.concept, conflicts[0].fact) and not any(
            mention.concept in n.fact.slots["study"] for n in near
        ):
            message = f"says {mention.concept}; fact `{best.fact.fact.id}` says {conflicts[0].fact}"
            yield _finding("evidence-grade-raised", claim, mention.span.shift(-claim.span.start), best, message)


def figure_raised(judgement: Judgement) -> Iterator[Finding]:
    """Report a figure told of a trial that facts and source have from a weaker design alone."""
    for match in judgement.figures:
        conflict, best = match.conflict, match.best
        if match.status != "slot" or best is None or conflict is None or match.confidence >= SURE_ENOUGH:
            continue
        if conflict.slot != "study" or not conflict.stated or not outweighs(conflict.draft, conflict.fact):
            continue
        quantity, index = match.figure.quantity, judgement.index
        mention = next((m for m in match.claim.mentions if (m.slot, m.concept) == ("study", conflict.draft)), None)
        alone = conflict.draft not in best.fact.slots["study"] and not index.source_figures.tells_of(
            quantity, "study", conflict.draft, best.fact.fact.quote
        )
        if mention is None or quantity.unit is None or best.agreement != "same" or not alone:
            continue
        theirs = f"has {quantity.text} from {shown(conflict.fact)}"
        message = f"says {shown(conflict.draft)}; fact `{best.fact.fact.id}` {theirs}"
        yield Finding("evidence-grade-raised", mention.span, match.claim.span, message, 0.7, facts=(best.fact.ref,))


def _is_unsure(near: Near) -> bool:
    """Tell whether a fact says of its finding that it may be chance: in its clause, or as all that it says of that."""
    quote = near.fact.fact.quote
    here = _unsure().search(near.fact.claim.text) is not None
    return here or (_unsure().search(quote) is not None and _SIGNIFICANT.search(_surely(quote)) is None)


def _surely(text: str) -> str:
    """Leave out what a text says is not significant."""
    return _unsure().sub(" ", text)


def same_scale(draft: str, fact: str) -> bool:
    """Tell whether two kinds of study are weighed on one scale."""
    return {draft, fact} <= study_designs().keys()


def outweighs(draft: str, fact: str) -> bool:
    """Tell whether a kind of study can show more than another."""
    weights = study_designs()
    return same_scale(draft, fact) and weights[draft] > weights[fact]


def _told(judgement: Judgement, pattern: re.Pattern[str]) -> Iterator[tuple[Claim, Span]]:
    """Give the clauses that assert something of the topic in such words, and where those stand in the clause."""
    for claim in judgement.claims:
        found = pattern.search(claim.text)
        if found is None or not asserts(claim) or not in_topic(claim) or first_person(claim.text):
            continue
        span = Span(*found.span())
        if _TOO.search(claim.text, 0, found.start()) is not None:
            continue
        if not claim.certainty.negated and not negates(claim.certainty, span, claim.text):
            yield claim, span


def _speaking(judgement: Judgement, claim: Claim) -> Sequence[Near]:
    """Give the facts that speak of a clause nearly as much as the nearest one, best first."""
    near = [n for n in nearest(claim, judgement.index) if n.similarity >= SPEAKS and not n.slots.hard]
    return [n for n in near if n.similarity >= near[0].similarity * RIVAL_SHARE]


def _finding(rule: str, claim: Claim, cue: Span, near: Near, message: str) -> Finding:
    span = cue.shift(claim.span.start)
    return Finding(rule, span, claim.span, message, min(_SURE, 0.5 + near.similarity / 2), facts=(near.fact.ref,))


def _in(claim: Claim, cue: Span) -> str:
    return claim.text[cue.start : cue.end]


def _durations(quote: str) -> Iterator[tuple[float, str]]:
    """Yield the lengths of time that a quote gives, in days, with their words."""
    for quantity in read_quantities(quote):
        value, unit = quantity.high or quantity.value, quantity.unit
        if quantity.dimension == "duration" and quantity.role != "age" and value is not None and unit is not None:
            size = units()[unit].size if unit in units() else None
            if size is not None:
                yield float(value * size), quantity.text


def _is_relative(quantity: Quantity) -> bool:
    moved = quantity.change in {"increase", "decrease"}
    return (moved and quantity.dimension == "fraction") or (
        quantity.dimension == "ratio" and quantity.role == "estimate"
    )


def _is_absolute(quantity: Quantity) -> bool:
    level = quantity.dimension == "fraction" and quantity.change == "level" and quantity.role == "estimate"
    return level or quantity.dimension in {"points", "rate"}


def _speaks_of_risk(match: FigureMatch, fact: FactFigure) -> bool:
    return _RISK.search(match.claim.text) is not None or _RISK.search(fact.fact.quote) is not None


@cache
def _lasting() -> re.Pattern[str]:
    words, nouns = reach_words("lasting"), alternatives(list(reach_words("of_effects")))
    before = alternatives(
        [word for word in words if not word.startswith(("in ", "over ", "for ", "years", "does", "never"))]
    )
    alone = alternatives(
        [word for word in words if word.startswith(("in ", "over ", "for ", "years", "does", "never"))]
    )
    return re.compile(
        rf"(?<![\w-])(?:(?:{before})(?=\s+(?:[a-z-]+\s+){{0,2}}(?:{nouns})\b)|(?:{alone})\b|(?<=\bis\s)(?:long-)?lasting(?=\W*$)|indefinitely\b)",
        re.IGNORECASE,
    )


@cache
def _unsure() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{alternatives(list(reach_words('unsure')))})(?![\w-])", re.IGNORECASE)


@cache
def _single() -> re.Pattern[str]:
    one, kinds = (alternatives(list(reach_words(name))) for name in ("single", "studies"))
    return re.compile(rf"\b(?:{one})\s+(?!of\b)(?:[a-z-]+\s+){{0,3}}?(?:{kinds})\b", re.IGNORECASE)
