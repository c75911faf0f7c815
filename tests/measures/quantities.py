"""Measure the quantity reader on sentences written and labelled by someone who had not read its code.

    python tests/measures/quantities.py [--errors]

Every third sentence of each file in ``tests/quantities`` is held out: it counts, and its errors are never shown, so
that the reader cannot be fitted to it. A figure is found when one of the reader's overlaps the labelled text and has
its value (both ends, for a range); its unit too, for the second score. Dates, labels and ordinals are no quantities:
neither the reader's nor the labels' are counted, so a year read as a quantity is a false one, and a quantity taken for
a year is a missed one. Levels of intervals (the 95% of "95% CI") and degrees of freedom are not labelled in these files
and not counted either.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from evidencelint.model import Quantity, Span
from evidencelint.quantities import read_quantities

FOLDER = Path(__file__).resolve().parents[1] / "quantities"
CLAUSES = FOLDER / "clauses"  # by the same hand as the reader, but before looking at it
VOICES = FOLDER / "voices"  # as many writers write, labelled before the reader was run on them
NO_QUANTITY = frozenset({"date", "identifier", "ordinal"})
UNLABELLED = frozenset({"level", "degrees of freedom"})
BOUNDS = frozenset({"approximate", "less", "at_most", "more", "at_least", "range"})
CHANGES = frozenset({"increase", "decrease"})
HELD_OUT_EVERY = 3
Value = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled figure: where it stands, its value or both ends, its unit, and the marks beside them."""

    span: Span
    text: str
    value: Value
    unit: str
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A labelled sentence; every third of a file is held out."""

    domain: str
    text: str
    labels: tuple[Label, ...]
    held_out: bool


@dataclass
class Score:
    """Figures found rightly, labelled, and read."""

    right: int = 0
    labelled: int = 0
    read: int = 0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        return 2 * self.right / (self.labelled + self.read) if self.labelled + self.read else 1.0

    def line(self) -> str:
        """Give precision, recall and F1 in one line."""
        precision = self.right / self.read if self.read else 1.0
        recall = self.right / self.labelled if self.labelled else 1.0
        return f"P {precision:.3f}  R {recall:.3f}  F1 {self.f1:.3f}"


def sentences(folder: Path = FOLDER) -> Iterator[Sentence]:
    """Yield the labelled sentences of a folder, file by file; raises ValueError with the line that is wrong."""
    for path in sorted(folder.glob("*.txt")):
        for number, (text, rows) in enumerate(_entries(path), start=1):
            yield Sentence(path.stem, text, _labels(path, text, rows), held_out=number % HELD_OUT_EVERY == 0)


def _entries(path: Path) -> Iterator[tuple[str, list[str]]]:
    text: str | None = None
    rows: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("    "):
            rows.append(line.strip())
            continue
        if text is not None:
            yield text, rows
        text, rows = line, []
    if text is not None:
        yield text, rows


def _labels(path: Path, sentence: str, rows: Iterable[str]) -> tuple[Label, ...]:
    found: list[Label] = []
    position = 0
    for row in rows:
        parts = [part.strip() for part in f"{row} ".split(" | ")]
        start = sentence.find(parts[0], position)
        if len(parts) != 4 or start < 0:
            raise ValueError(f"{path.name}: {row!r} does not label a piece of {sentence!r}")
        value = tuple(Fraction(part) for part in parts[1].split(".."))
        found.append(Label(Span(start, start + len(parts[0])), parts[0], value, parts[2], frozenset(parts[3].split())))
        position = start + 1
    return tuple(found)


def value_of(quantity: Quantity) -> Value:
    """Give the value, or both ends of a range."""
    if quantity.value is not None:
        return (quantity.value,)
    return tuple(end for end in (quantity.low, quantity.high) if end is not None)


# Names of ours that the labels write otherwise.
SAME_UNITS = {"Japanese yen": "yen"}
_ONE_BASE = {"per million": "per 1,000,000"}


def same_unit(ours: str, label: str) -> bool:
    """Compare names of units: the labels leave out of whom a bare rate is ("per 100,000"), and vary in plurals."""
    wanted = SAME_UNITS.get(label, _ONE_BASE.get(label, label))
    if wanted.startswith("per 1") and len(wanted.split()) == 2:
        return ours.split()[:2] == wanted.split()
    return ours.removesuffix("s") == wanted.removesuffix("s")


def unit_of(quantity: Quantity) -> str:
    """Give the unit as the labels write it."""
    return quantity.full_unit or "-"


def counted_figures(sentence: Sentence) -> list[Quantity]:
    """Give the figures the reader finds, without what is no quantity and what is not labelled.

    "20 ± 2 °C" is one range to the reader, and a value and its spread to the labels: the two say the same.
    """
    found: list[Quantity] = []
    for quantity in read_quantities(sentence.text):
        if quantity.role in NO_QUANTITY or quantity.counted in UNLABELLED:
            continue
        low, high = quantity.low, quantity.high
        cut = max(quantity.text.find(mark) for mark in ("±", "+/-"))
        if low is None or high is None or cut < 0:
            found.append(quantity)
            continue
        place = quantity.span.start + cut
        middle = replace(quantity, value=(low + high) / 2, low=None, high=None, bound="exact")
        found.append(replace(middle, span=Span(quantity.span.start, place)))
        found.append(replace(middle, span=Span(place, quantity.span.end), value=(high - low) / 2, change="level"))
    return found


def pairs(labels: Iterable[Label], figures: Iterable[Quantity]) -> Iterator[tuple[Label | None, Quantity | None]]:
    """Set each label beside the overlapping figure of its value, else beside any overlapping one."""
    left = list(figures)
    missed: list[Label] = []
    for label in labels:
        same = [q for q in left if q.span.overlaps(label.span) and value_of(q) == label.value]
        if not same:
            missed.append(label)
            continue
        best = min(same, key=lambda q: (unit_of(q) != label.unit, q.span))
        left.remove(best)
        yield label, best
    for label in missed:
        other = next((q for q in left if q.span.overlaps(label.span)), None)
        if other is not None:
            left.remove(other)
        yield label, other
    for quantity in left:
        yield None, quantity


@dataclass
class Scores:
    """The scores of one part of the sentences."""

    value: Score
    unit: Score
    bound: Score
    change: Score


def measure(chosen: Iterable[Sentence], *, errors: bool = False) -> Scores:
    """Score the reader on some sentences; with ``errors``, print what it reads wrongly."""
    scores = Scores(Score(), Score(), Score(), Score())
    for sentence in chosen:
        labels = [label for label in sentence.labels if "date" not in label.marks]
        shown: list[str] = []
        for label, quantity in pairs(labels, counted_figures(sentence)):
            shown.extend(_count(scores, label, quantity))
        if errors and shown:
            print(f"[{sentence.domain}] {sentence.text}", *shown, sep="\n    ")
    return scores


def _count(scores: Scores, label: Label | None, quantity: Quantity | None) -> Iterator[str]:
    """Count one label and its figure in every score; yield what is wrong with the pair."""
    all_scores = (scores.value, scores.unit, scores.bound, scores.change)
    for score in all_scores:
        score.labelled += label is not None
        score.read += quantity is not None
    if label is None or quantity is None or value_of(quantity) != label.value:
        yield f"value: {_show_label(label)}  read {_show(quantity)}"
        return
    united = same_unit(unit_of(quantity), label.unit)
    bound = "range" if len(label.value) > 1 else next(iter(sorted(label.marks & BOUNDS)), "exact")
    change = next(iter(label.marks & CHANGES), "level")
    wrong = (False, not united, not united or quantity.bound != bound, not united or quantity.change != change)
    for score, fault in zip(all_scores, wrong, strict=True):
        score.right += not fault
    if any(wrong):
        names = [name for name, fault in zip(("", "unit", "bound", "change"), wrong, strict=True) if fault]
        yield f"{' '.join(names)}: {_show_label(label)}  read {_show(quantity)}"


def _show_label(label: Label | None) -> str:
    if label is None:
        return "nothing labelled"
    value = "..".join(str(end) for end in label.value)
    return f"{label.text!r} is {value} {label.unit} {' '.join(sorted(label.marks))}".rstrip()


def _show(quantity: Quantity | None) -> str:
    if quantity is None:
        return "nothing"
    value = "..".join(str(end) for end in value_of(quantity))
    return f"{quantity.text!r} {value} {unit_of(quantity)} {quantity.bound} {quantity.role} {quantity.change}"


def main() -> None:
    """Print the scores of the part that was tuned on and of the part that was held out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--errors", action="store_true", help="print the errors of the part that is tuned on")
    parser.add_argument("--domain", help="only this file")
    options = parser.parse_args()
    for folder in (FOLDER, CLAUSES, VOICES):
        print(folder.name)
        chosen = [s for s in sentences(folder) if options.domain in {None, s.domain}]
        for name, held_out in (("tuned on", False), ("held out", True)):
            part = [s for s in chosen if s.held_out == held_out]
            scores = measure(part, errors=options.errors and not held_out)
            print(f"{name}: {len(part)} sentences, {scores.value.labelled} figures labelled, {scores.value.read} read")
            print(f"  value                  {scores.value.line()}")
            print(f"  value and unit         {scores.unit.line()}")
            print(f"  value, unit and bound  {scores.bound.line()}")
            print(f"  value, unit and change {scores.change.line()}")


if __name__ == "__main__":
    main()
