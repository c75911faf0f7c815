"""Rules of family 1xx: a figure against the figure of its fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from evidencelint.checks.common import slot_lines
from evidencelint.factbase.vocabulary import shown
from evidencelint.judgement import Judgement
from evidencelint.matching.candidates import CLOSE, Candidate
from evidencelint.matching.decisions import FigureMatch, Status, departs
from evidencelint.matching.figures import candidates_of
from evidencelint.matching.slots import Conflict
from evidencelint.matching.values import same_number
from evidencelint.model import Finding, Fix, Quantity, Span


def _with(judgement: Judgement, *statuses: Status) -> Iterator[tuple[FigureMatch, Candidate]]:
    for match in judgement.figures:
        if match.status in statuses and match.best is not None:
            yield match, match.best


def _place(quantity: Quantity) -> Span:
    return quantity.span


def _finding(rule: str, match: FigureMatch, best: Candidate, message: str, *, fix: bool = False) -> Finding:
    truth = best.fact.figure.quantity
    quantity = match.figure.quantity
    replacement = Fix(_place(quantity), truth.text, safe=True) if fix else None
    return Finding(
        rule=rule,
        span=_place(quantity),
        claim=match.claim.span,
        message=message,
        confidence=match.confidence,
        expected=truth.text,
        facts=(best.fact.ref,),
        fix=replacement,
        details=frames(match, best),
    )


def frames(match: FigureMatch, best: Candidate) -> tuple[str, ...]:
    """Set the two frames side by side, slot by slot, where either has something to say."""
    lines = [f"text {match.figure.quantity.text!r}, fact {best.fact.figure.quantity.text!r}"]
    lines += slot_lines(match.figure.stated, match.figure.filled, best.fact.slots, best.slots.conflicts)
    return tuple(lines)


def value_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a figure that differs from the fact that speaks of the same thing."""
    yield from _distances(judgement)
    for match, best in _with(judgement, "outdated"):
        old = match.others[0].fact.fact
        since = f"outdated since {old.valid_until.isoformat()}" if old.valid_until is not None else "outdated"
        theirs = best.fact.figure.quantity
        message = f"{since}: says {match.figure.quantity.text}, fact `{best.fact.fact.id}` has {theirs.text}"
        yield _finding("value-mismatch", match, best, message, fix=True)
    for match, best in _with(judgement, "value"):
        fact = best.fact
        truth = fact.figure.quantity
        move = f" as the {truth.change}, not the level" if match.figure.arrival and truth.change != "level" else ""
        others = elsewhere(judgement, match, best, departs)
        also = "".join(f", fact `{o.fact.fact.id}` {o.fact.figure.quantity.text}" for o in others)
        message = f"says {match.figure.quantity.text}, fact `{fact.fact.id}` has {truth.text}{move}{also}"
        sure = match.confidence >= _SURE and not move and match.figure.negated == fact.figure.negated
        # where two reviews differ, which of them is right is for a person to say
        sure = sure and all(same_number(truth, o.fact.figure.quantity) for o in others)
        found = _finding("value-mismatch", match, best, message, fix=sure)
        found = replace(found, facts=(*found.facts, *(o.fact.ref for o in others)))
        yield replace(found, span=_with_to(found.span, judgement)) if move else found


def elsewhere(
    judgement: Judgement, match: FigureMatch, best: Candidate, says: Callable[[Candidate], bool]
) -> list[Candidate]:
    """Give what the other fact bases say of the very thing, one figure of each, where several are in use."""
    homes = judgement.index.homes
    if not homes:
        return []
    told = {homes[best.fact.fact.position.path]}
    found: list[Candidate] = []
    for candidate in candidates_of(match.claim, match.figure, judgement.index):
        home = homes[candidate.fact.fact.position.path]
        near = candidate.similarity >= max(CLOSE, _AS_NEAR * best.similarity)
        if home not in told and near and says(candidate):
            told.add(home)
            found.append(candidate)
    return found


def _with_to(span: Span, judgement: Judgement) -> Span:
    """Take in the "to" of "fell to 36%", which is what is wrong with it."""
    start = judgement.source.text.rfind("to", max(0, span.start - _REACH), span.start)
    return Span(start, span.end) if start >= 0 else span


_REACH = 12
_AS_NEAR = 0.6
# A probability, as calibrated, from which a figure may be put right unseen.
_SURE = 0.8


def _distances(judgement: Judgement) -> Iterator[Finding]:
    """Report a distance between two shares that is not that of the fact's."""
    for match in judgement.figures:
        if match.status == "distance" and match.pair is not None:
            fact = match.pair[0]
            message = f"says {match.figure.quantity.text}; by fact `{fact.fact.id}` it is {match.derivation}"
            yield Finding(
                "value-mismatch", _place(match.figure.quantity), match.claim.span, message, match.confidence,
                expected=match.derivation.rpartition("= ")[2] + " points", facts=(fact.ref,),
                details=(f"text {match.figure.quantity.text!r}, derived {match.derivation!r}",),
            )  # fmt: skip


def unit_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report the fact's number in another unit or currency."""
    for match, best in _with(judgement, "unit"):
        theirs = best.fact.figure.quantity
        message = f"says {match.figure.quantity.text}, fact `{best.fact.fact.id}` has {theirs.text}: the unit differs"
        yield _finding("unit-mismatch", match, best, message)


def swapped_figures(judgement: Judgement) -> Iterator[Finding]:
    """Report a figure that belongs to another arm, group or outcome of the same fact."""
    for match, best in _with(judgement, "swapped"):
        theirs = best.fact.figure.quantity
        message = (
            f"says {match.figure.quantity.text} where fact `{best.fact.fact.id}` has {theirs.text}; "
            f"{match.figure.quantity.text} belongs to another of its figures"
        )
        yield _finding("swapped-figures", match, best, message)


def misplaced_figure(judgement: Judgement) -> Iterator[Finding]:
    """Report a fact's figure told of another arm, population, time point, study or outcome."""
    told: set[Span] = set()
    for match, best in _with(judgement, "counted"):
        ours, theirs = match.figure.quantity, best.fact.figure.quantity
        message = f"counts {ours.text} {ours.counted}; fact `{best.fact.fact.id}` counts {theirs.text} {theirs.counted}"
        yield _finding("misplaced-figure", match, best, message)
    for match, best in _with(judgement, "slot"):
        conflict = match.conflict
        if conflict is None:
            continue
        span = _wrong_piece(match, conflict)
        if span in told:
            continue
        told.add(span)
        message = (
            f"gives {match.figure.quantity.text} for {conflict.slot} {shown(conflict.draft)}; "
            f"in fact `{best.fact.fact.id}` it is for {shown(conflict.fact)}"
        )
        found = _finding("misplaced-figure", match, best, message)
        yield replace(found, span=span, expected=shown(conflict.fact))


def _wrong_piece(match: FigureMatch, conflict: Conflict) -> Span:
    """Give the words that name the wrong group, study or time; for an arm or outcome, the figure."""
    if conflict.slot in {"arm", "measure"}:
        return _place(match.figure.quantity)
    named = [m.span for m in match.claim.mentions if m.slot == conflict.slot and m.concept == conflict.draft]
    return named[0] if named else _place(match.figure.quantity)


def unsupported_figure(judgement: Judgement) -> Iterator[Finding]:
    """Report a figure in the topic of the fact base that no fact carries."""
    for match in judgement.figures:
        if match.status == "unsupported":
            quantity = match.figure.quantity
            nearest = tuple(other.fact.ref for other in match.others[:1])
            message = f"says {quantity.text}, and no fact carries this figure"
            yield Finding(
                "unsupported-figure",
                _place(quantity),
                match.claim.span,
                message,
                match.confidence,
                facts=nearest,
                details=tuple(line for other in match.others[:1] for line in frames(match, other)),
            )


def false_precision(judgement: Judgement) -> Iterator[Finding]:
    """Report "exactly" for an approximate fact, and one value for a fact's range or limit."""
    for match, best in _with(judgement, "bound"):
        theirs = best.fact.figure.quantity
        message = f"says {match.figure.quantity.text}, fact `{best.fact.fact.id}` says only {theirs.text}"
        yield _finding("false-precision", match, best, message)


def bound_dropped(judgement: Judgement) -> Iterator[Finding]:
    """Note a fact's "about" or "at least" that the text leaves out."""
    for match, best in _with(judgement, "dropped"):
        theirs = best.fact.figure.quantity
        message = f"says {match.figure.quantity.text}, fact `{best.fact.fact.id}` says {theirs.text}"
        yield _finding("bound-dropped", match, best, message, fix=True)
