"""What came of the variants: counts by kind, the faults that survived and the re-phrasings that were flagged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidencelint.mutation.types import FAULTS, REPHRASINGS, Trial, applied

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Count:
    """Variants of a kind: made, flagged by an error or warning, and flagged with a verdict that the fault deserves."""

    made: int
    flagged: int
    rightly: int

    @property
    def share(self) -> float | None:
        """Give the share flagged; None where nothing was made."""
        return self.flagged / self.made if self.made else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All trials of a run; ``sentences`` are the faithful ones, ``already`` those left out as flagged as they are."""

    trials: tuple[Trial, ...]
    sentences: int
    already: int

    def count(self, kinds: Sequence[str]) -> Count:
        """Count the variants of some kinds."""
        mine = [trial for trial in self.trials if trial.variant.kind in kinds]
        return Count(len(mine), sum(t.flagged for t in mine), sum(t.rightly for t in mine))

    def survivors(self) -> Iterator[Trial]:
        """Yield the faults that nothing flagged, those of held out drafts left out."""
        return (t for t in self.trials if t.variant.faulty and not t.flagged and not t.site.page.held_out)

    def flagged(self) -> Iterator[Trial]:
        """Yield the re-phrasings that something flagged, those of held out drafts left out."""
        return (t for t in self.trials if not t.variant.faulty and t.flagged and not t.site.page.held_out)


def as_text(outcome: Outcome, *, listed: bool) -> str:
    """Render the tables and, if ``listed``, the survivors and the flagged re-phrasings."""
    lines = [*_table("faults", FAULTS, outcome, ("planted", "caught", "right verdict"))]
    lines += ["", *_table("re-phrasings", REPHRASINGS, outcome, ("made", "flagged", ""))]
    lines += ["", f"{_sentences(outcome.sentences)}; {outcome.already} more left out, flagged as they are"]
    if listed:
        for trial in outcome.survivors():
            lines += ["", f"{_place(trial)}: {trial.variant.kind} survives{_fact(trial)}", *_before_and_after(trial)]
            lines.append(f"  = {trial.reading}")
        for trial in outcome.flagged():
            rules = ", ".join(name for name, _ in trial.alarms)
            lines += ["", f"{_place(trial)}: {trial.variant.kind} flagged by {rules}", *_before_and_after(trial)]
    return "\n".join(lines) + "\n"


def _sentences(number: int) -> str:
    return "1 faithful sentence" if number == 1 else f"{number} faithful sentences"


def _table(title: str, kinds: Sequence[str], outcome: Outcome, heads: tuple[str, str, str]) -> Iterator[str]:
    made, flagged, rightly = heads
    yield f"{title:18}{made:>8}{flagged:>9}{'share':>8}{rightly:>15}".rstrip()
    for name, mine in (("all", kinds), *((f"  {kind}", (kind,)) for kind in kinds)):
        count = outcome.count(mine)
        if count.share is None and name != "all":
            continue
        share = "-" if count.share is None else f"{count.share:.2f}" if rightly else f"{count.share:.3f}"
        right = f"{count.rightly:15}" if rightly else ""
        yield f"{name:18}{count.made:8}{count.flagged:9}{share:>8}{right}"


def _place(trial: Trial) -> str:
    return f"{trial.site.page.source.path}:{line_of(trial)}"


def _fact(trial: Trial) -> str:
    return f" (fact `{trial.variant.fact}`)" if trial.variant.fact else ""


def line_of(trial: Trial) -> int:
    """Give the line of the file in which the change is."""
    page = trial.site.page
    place = page.source.position(trial.variant.edits[0].span.start)[0]
    return page.line + place - 1


def _before_and_after(trial: Trial) -> tuple[str, str]:
    before, after = sentences_of(trial)
    return f"  - {before}", f"  + {after}"


def sentences_of(trial: Trial) -> tuple[str, str]:
    """Give the sentence as it was and as it became, with its white space folded."""
    text, edits = trial.site.page.source.text, trial.variant.edits
    start = min(trial.site.sentence.start, edits[0].span.start)
    end = max(trial.site.sentence.end, edits[-1].span.end)
    growth = sum(len(edit.text) - len(edit.span) for edit in edits)
    return " ".join(text[start:end].split()), " ".join(applied(text, edits)[start : end + growth].split())


def as_data(outcome: Outcome) -> dict[str, object]:
    """Give the same as data, for a JSON document."""
    return {
        "sentences": outcome.sentences,
        "already_flagged": outcome.already,
        "faults": _counts(FAULTS, outcome),
        "rephrasings": _counts(REPHRASINGS, outcome),
        "survivors": [_trial(trial) for trial in outcome.survivors()],
        "flagged_rephrasings": [_trial(trial) for trial in outcome.flagged()],
    }


def _counts(kinds: Sequence[str], outcome: Outcome) -> dict[str, object]:
    whole = _count(outcome.count(kinds), kinds)
    by_kind = {kind: outcome.count((kind,)) for kind in kinds}
    return {**whole, "by_kind": {kind: _count(count, kinds) for kind, count in by_kind.items() if count.made}}


def _count(count: Count, kinds: Iterable[str]) -> dict[str, object]:
    share = None if count.share is None else round(count.share, _DIGITS)
    if kinds is REPHRASINGS:
        return {"made": count.made, "flagged": count.flagged, "share": share}
    return {"planted": count.made, "caught": count.flagged, "share": share, "right_verdict": count.rightly}


def _trial(trial: Trial) -> dict[str, object]:
    before, after = sentences_of(trial)
    return {
        "kind": trial.variant.kind,
        "path": trial.site.page.source.path.replace("\\", "/"),
        "line": line_of(trial),
        "fact": trial.variant.fact or None,
        "before": before,
        "after": after,
        "reading": trial.reading or None,
        "rules": [name for name, _ in trial.alarms],
    }
