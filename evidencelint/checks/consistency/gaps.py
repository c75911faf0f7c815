"""The rule on distances: "a gap of 35 points" beside or behind the two levels that it is between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from evidencelint.checks.consistency.equations import wrong_equations
from evidencelint.checks.consistency.intent import phrases, speaks_of
from evidencelint.checks.consistency.moves import moves, size
from evidencelint.checks.consistency.reading import Told, told
from evidencelint.checks.consistency.rounding import fits, reach, show
from evidencelint.judgement import Judgement
from evidencelint.matching.counted import compare_counted
from evidencelint.matching.steps import TOO_SMALL
from evidencelint.model import Finding, Quantity

_GAP = re.compile(
    r"[Δ∆]|\b(?:difference|gap|margin|advantage|apart|lead|spread)\b"
    r"|\bpoints?\s+(?:more|higher|lower|fewer|less|ahead|better)\b",
    re.IGNORECASE,
)
_WORTH = re.compile(r"(?:worth|adds?|added|gain\s+of)\b[^\d]{0,12}$", re.IGNORECASE)
_ROW = re.compile(r"\b(?P<place>first|top|last|bottom)\s+(?:row|line)\b", re.IGNORECASE)
_ARROW = re.compile(r"\s*(?:→|⇒|=>|->|[Δ∆]|(?:so|hence|thus|i\.e\.|that\s+is)\b)", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:(–—]")
_HUNDRED = re.compile(r"\b(?:100|hundred)\b", re.IGNORECASE)
_MEASURED = frozenset({"money", "duration", "mass", "length", "volume", "area", "energy", "emission", "temperature"})
_NO_LEVELS = frozenset({"bound", "p", "statistic", "n", "total"})
_BELOW = 600
_PAIR = 2


@dataclass(slots=True)
class _Table:
    """The figures of a table's rows, as far as it is told, by line."""

    rows: dict[int, list[Quantity]] = field(default_factory=dict)
    end: int = -1

    def add(self, sentence: Told, line: int, *, goes_on: bool) -> None:
        if not goes_on:
            self.rows = {}
        self.rows.setdefault(line, []).extend(sentence.figures)
        self.end = sentence.span.end


def difference_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a stated difference that is not the difference of the two figures beside or before it."""
    yield from wrong_equations(judgement, "difference-mismatch")
    before: Told | None = None
    table, in_table = _Table(), False
    for sentence in told(judgement):
        moved = list(moves(sentence))
        yield from (finding for move in moved for finding in _moved_by(sentence, *move))
        near = before.figures if before is not None and _goes_on(before, sentence) else ()
        below = list(table.rows.values()) if 0 <= sentence.span.start - table.end < _BELOW else []
        if not moved:
            yield from _apart(sentence, near, below)
        before = sentence
        if sentence.passage.kind == "cell":
            line, _ = judgement.source.position(sentence.span.start)
            table.add(sentence, line, goes_on=in_table)
        in_table = sentence.passage.kind == "cell"


def _goes_on(before: Told, sentence: Told) -> bool:
    """Tell whether a sentence speaks on of the one before: in its paragraph, or in the next item behind an arrow."""
    both = before.passage, sentence.passage
    items = all(passage.kind == "item" for passage in both) and both[0].lead_ins == both[1].lead_ins
    return both[0] is both[1] or (items and _ARROW.match(sentence.text) is not None)


def _is_elsewhere(sentence: Told, gap: Quantity) -> bool:
    """Tell whether the clause with a distance names others than the two that were just told."""
    end = _CLAUSE_END.search(sentence.text, gap.span.end - sentence.span.start)
    clause = sentence.text[: end.start() if end is not None else None]
    return speaks_of("elsewhere", phrases("the_two").sub(" ", clause))


def _moved_by(sentence: Told, start: Quantity, end: Quantity, far: Quantity) -> Iterator[Finding]:
    same = far.unit == end.unit and end.unit != "percent"
    points = far.dimension == "points" and end.unit == "percent"
    ends = reach(start), reach(end)
    if not (same or points) or ends[0] is None or ends[1] is None or far.value is None:
        return
    moved = size(ends[1] - ends[0])
    if far.value < 0 or fits(far, moved):
        return
    truth = show((moved.low + moved.high) / 2, min(start.step, end.step))
    message = f"{start.text} to {end.text} is a change of {truth}, the text says {far.text}"
    yield Finding("difference-mismatch", far.span, sentence.span, message, 0.9, expected=truth)


def _apart(sentence: Told, near: Sequence[Quantity], rows: Sequence[Sequence[Quantity]]) -> Iterator[Finding]:
    """Hold the one distance that a sentence tells against the two levels that it is between."""
    gaps = [q for q in sentence.figures if q.value is not None and _is_gap(sentence, q)]
    points = [q for q in sentence.figures if q.dimension == "points" and q.value is not None]
    if not gaps and len(points) == 1 and _GAP.search(sentence.text) is not None:
        gaps = points
    if len(gaps) != 1 or speaks_of("thresholds", sentence.text):
        return
    gap = gaps[0]
    here = [q for q in sentence.figures if q is not gap]
    levels = _levels([q for q in here if q.span < gap.span], gap) or _levels(here, gap)
    if levels is None and not any(_may_be_level(q, gap) for q in here) and not _is_elsewhere(sentence, gap):
        levels = _levels(near, gap) or _of_a_row(sentence, gap, rows)
    if levels is not None:
        yield from _unlike(sentence, levels, gap)


def _is_gap(sentence: Told, quantity: Quantity) -> bool:
    """Tell whether a word of distance stands right before or behind a figure; "worth" is no distance of prices."""
    before = sentence.before(quantity, 40).rstrip()
    led = any(match.end() == len(before) for match in phrases("gaps").finditer(before))
    worth = _WORTH.search(before) is not None
    if quantity.dimension == "points":
        return led or phrases("apart").match(sentence.after(quantity, 12).lstrip()) is not None
    plain = quantity.dimension == "count" and quantity.unit is None and quantity.bound == "exact"
    return led and not worth and (plain or quantity.dimension in _MEASURED) and quantity.per is None


def _may_be_level(quantity: Quantity, gap: Quantity) -> bool:
    same = quantity.unit == gap.unit or quantity.dimension in {"fraction", "points"}
    return same and quantity.role not in _NO_LEVELS


def _levels(figures: Sequence[Quantity], gap: Quantity) -> tuple[Quantity, Quantity] | None:
    """Give the two figures that a distance can be between, if there are just two of their kind."""
    plain = [q for q in figures if q.role not in _NO_LEVELS]
    if gap.dimension == "points":
        kinds = [
            [q for q in figures if q.unit == "percent"],
            [q for q in plain if q.dimension == "points"],
            [q for q in plain if q.unit is None and q.dimension == "count" and q.change in {"increase", "decrease"}],
        ]
    elif gap.dimension == "count":
        # of means and rates, or of large numbers of one thing; small ones are as often of other things
        kinds = [[q for q in plain if q.dimension in {"count", "rate"} and q.step == gap.step and _tells(q)]]
    else:
        kinds = [[q for q in plain if q.unit == gap.unit and gap.per in {None, q.per}]]
    found = next((kind for kind in kinds if kind), [])
    if len(found) != _PAIR or not all(map(_is_precise, found)):
        return None
    if gap.dimension == "count" and compare_counted(found[0], found[1]) == "other":
        return None
    ways = {q.change for q in found} - {"level"}
    return (found[0], found[1]) if len(ways) <= 1 else None


def _tells(quantity: Quantity) -> bool:
    return 0 < quantity.step < 1 or (quantity.value is not None and quantity.value > TOO_SMALL)


def _is_precise(quantity: Quantity) -> bool:
    """Tell whether a level is told in digits; rounded words say too little to subtract."""
    whole = quantity.value is not None and quantity.value.denominator == 1
    of_hundred = whole and _HUNDRED.search(quantity.text) is not None
    return quantity.value is not None and quantity.bound == "exact" and (quantity.step > 0 or of_hundred)


def _of_a_row(sentence: Told, gap: Quantity, rows: Sequence[Sequence[Quantity]]) -> tuple[Quantity, Quantity] | None:
    """Give the two levels of the row above that a sentence names, or of the only one that has two."""
    named = _ROW.search(sentence.text)
    if named is not None and rows:
        return _levels(rows[0 if named["place"].lower() in {"first", "top"} else -1], gap)
    pairs = [levels for row in rows if (levels := _levels(row, gap)) is not None]
    return pairs[0] if len(pairs) == 1 else None


def _unlike(sentence: Told, levels: tuple[Quantity, Quantity], gap: Quantity) -> Iterator[Finding]:
    first, second = levels[0].value, levels[1].value
    if first is None or second is None or gap.value is None or gap.bound not in {"exact", "approximate"}:
        return
    truth = abs(first - second)
    about = max(Fraction(5), gap.value / 10) if gap.dimension == "points" else gap.value / 5
    steps = [max(level.step, Fraction(1) if level.step == 0 else level.step) for level in levels]
    slack = (sum(steps, Fraction(0)) + gap.step) / 2 if gap.bound == "exact" else about
    least = Fraction(1) if gap.dimension == "points" else Fraction(0)
    if abs(truth - gap.value) < max(slack, least) or truth == gap.value:
        return
    if gap.dimension == "points":
        apart = f"{show(truth, Fraction(1, 10))} points"
    else:
        apart = show(truth, min(level.step for level in levels))
    message = f"{levels[0].text} and {levels[1].text} are {apart} apart, the text says {gap.text}"
    yield Finding("difference-mismatch", gap.span, sentence.span, message, 0.9, expected=apart)
