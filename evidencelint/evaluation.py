"""Measure findings against gold labels: precision, recall and F1 by corpus, verdict, kind and difficulty.

A fault counts as found when an error or warning overlaps its text with its verdict or an accepted one.
An error or warning that overlaps no faulty text is a false alarm. Notes (info) count for neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidencelint.diagnostics import Diagnostic, Position, Span
from evidencelint.errors import EvidencelintError
from evidencelint.outcome import FileReport
from evidencelint.yamlio import Value, read_yaml

VERDICTS = ("supported", "mismatched", "overstated", "unsupported", "inconsistent", "citation")
KINDS = ("numeric", "causal", "certainty", "scope", "evidence", "citation", "arithmetic")
DIFFICULTIES = ("easy", "medium", "hard")
_GOLD_KEYS = frozenset({"draft", "held_out", "claims"})
_CLAIM_KEYS = frozenset({"text", "verdict", "kind", "anchor", "accept", "difficulty", "why"})


class GoldError(EvidencelintError):
    """A gold file is malformed or does not fit its draft."""


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One labelled claim; ``span`` is its place in the draft, ``anchor`` that of the wrong piece."""

    text: str
    verdict: str
    kind: str
    accept: frozenset[str]
    difficulty: str
    span: Span
    anchor: Span | None
    position: Position

    @property
    def faulty(self) -> bool:
        """Tell whether something is wrong with the claim."""
        return self.verdict != "supported"


@dataclass(frozen=True, slots=True)
class Gold:
    """The labels of one draft; held out drafts are not looked at while tuning."""

    path: Path
    draft: Path
    held_out: bool
    claims: tuple[GoldClaim, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A draft's labels beside what was reported: what was found, missed and wrongly reported."""

    gold: Gold
    corpus: str
    found: tuple[GoldClaim, ...]
    missed: tuple[GoldClaim, ...]
    other_verdict: tuple[GoldClaim, ...]
    anchored: tuple[GoldClaim, ...]
    true_alarms: tuple[Diagnostic, ...]
    false_alarms: tuple[Diagnostic, ...]
    on_supported: tuple[Diagnostic, ...]
    flagged: tuple[GoldClaim, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over some outcomes, and the ratios that follow; a ratio without cases is 1."""

    faults: int
    found: int
    true_alarms: int
    false_alarms: int
    supported: int
    flagged: int
    anchored: int
    other_verdict: int
    on_supported: int

    @property
    def precision(self) -> float:
        """Give the share of errors and warnings that sit on a faulty text."""
        total = self.true_alarms + self.false_alarms
        return self.true_alarms / total if total else 1.0

    @property
    def recall(self) -> float:
        """Give the share of faults found with the right verdict."""
        return self.found / self.faults if self.faults else 1.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def find_gold(paths: Sequence[Path]) -> list[Path]:
    """Find gold files under folders; raises GoldError where there is none."""
    found: list[Path] = []
    for path in paths:
        found.extend(sorted(path.rglob("*.gold.yaml")) if path.is_dir() else [path])
    if not found:
        raise GoldError(f"no *.gold.yaml in {', '.join(map(str, paths))}")
    return found


def load_gold(path: Path) -> Gold:
    """Read one gold file; raises GoldError with line and key for what does not fit."""
    try:
        root = read_yaml(path.read_text(encoding="utf-8"), str(path), GoldError)
        fields = _mapping(root)
        draft = path.parent / _word(fields, "draft", root)
        text = draft.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"cannot be read: {error}", Position(str(path), 1)) from error
    entries = fields.get("claims")
    if entries is None or not isinstance(entries.data, tuple):
        raise GoldError("claims: must be a list", root.position)
    for key in sorted(set(fields) - _GOLD_KEYS):
        raise GoldError(f"unknown key {key}", fields[key].key_position or root.position)
    held_out = _word(fields, "held_out", root) if "held_out" in fields else "false"
    if held_out not in {"true", "false"}:
        raise GoldError(f"held_out: {held_out} is not one of true, false", fields["held_out"].position)
    return Gold(path, draft, held_out == "true", tuple(_claim(entry, text) for entry in entries.data))


def _claim(entry: Value, draft: str) -> GoldClaim:
    fields = _mapping(entry)
    if unknown := sorted(set(fields) - _CLAIM_KEYS):
        raise GoldError(f"{entry.key}: unknown key {unknown[0]}", entry.position)
    text, verdict, kind = (_word(fields, key, entry) for key in ("text", "verdict", "kind"))
    difficulty = _word(fields, "difficulty", entry)
    for value, allowed in ((verdict, VERDICTS), (kind, KINDS), (difficulty, DIFFICULTIES)):
        if value not in allowed:
            raise GoldError(f"{entry.key}: {value} is not one of {', '.join(allowed)}", entry.position)
    if draft.count(text) != 1:
        raise GoldError(f"{entry.key}.text: stands {draft.count(text)} times in the draft, not once", entry.position)
    start = draft.index(text)
    anchor = fields["anchor"].text if "anchor" in fields else ""
    if anchor and anchor not in text:
        raise GoldError(f"{entry.key}.anchor: is not a piece of text", entry.position)
    accept = [item.word() for item in fields["accept"].words()] if "accept" in fields else []
    for value in accept:
        if value not in VERDICTS[1:]:
            raise GoldError(f"{entry.key}.accept: {value} is not one of {', '.join(VERDICTS[1:])}", entry.position)
    if verdict == "supported" and anchor:
        raise GoldError(f"{entry.key}.anchor: must be empty where the verdict is supported", entry.position)
    begin = start + text.index(anchor) if anchor else start
    return GoldClaim(
        text=text,
        verdict=verdict,
        kind=kind,
        accept=frozenset(accept),
        difficulty=difficulty,
        span=Span(start, start + len(text)),
        anchor=Span(begin, begin + len(anchor)) if anchor else None,
        position=entry.position,
    )


def _mapping(value: Value) -> dict[str, Value]:
    if not isinstance(value.data, dict):
        raise GoldError(f"{value.key or 'the file'}: must be a mapping", value.position)
    return value.data


def _word(fields: dict[str, Value], key: str, owner: Value) -> str:
    value = fields[key].text if key in fields else None
    if not value:
        raise GoldError(f"{owner.key}.{key}: missing".lstrip("."), owner.position)
    return value


def judge(gold: Gold, report: FileReport, corpus: str) -> Outcome:
    """Set the report on a draft against its labels."""
    alarms = [d for d in report.diagnostics if d.severity != "info"]
    faults = [claim for claim in gold.claims if claim.faulty]
    found = [c for c in faults if any(_hits(d, c) for d in alarms)]
    missed = [c for c in faults if c not in found]
    true_alarms = [d for d in alarms if any(d.span.overlaps(c.span) for c in faults)]
    false_alarms = tuple(d for d in alarms if d not in true_alarms)
    return Outcome(
        gold=gold,
        corpus=corpus,
        found=tuple(found),
        missed=tuple(missed),
        other_verdict=tuple(c for c in missed if any(d.span.overlaps(c.span) for d in alarms)),
        anchored=tuple(c for c in found if any(_hits(d, c) and _anchors(d, c) for d in alarms)),
        true_alarms=tuple(true_alarms),
        false_alarms=false_alarms,
        on_supported=tuple(d for d in false_alarms if any(d.span.overlaps(c.span) for c in gold.claims)),
        flagged=tuple(c for c in gold.claims if not c.faulty and any(d.span.overlaps(c.span) for d in alarms)),
    )


def _hits(found: Diagnostic, claim: GoldClaim) -> bool:
    return found.span.overlaps(claim.span) and found.verdict in {claim.verdict, *claim.accept}


def _anchors(found: Diagnostic, claim: GoldClaim) -> bool:
    # a finding over the whole paragraph hits every anchor and points at none
    return claim.anchor is not None and found.span.overlaps(claim.anchor) and len(found.span) <= len(claim.span)


def score(outcomes: Iterable[Outcome], keep: Callable[[GoldClaim], bool] = lambda _: True) -> Score:
    """Count over outcomes; ``keep`` restricts the faults (alarms are counted in full)."""
    kept = list(outcomes)

    def count(pick: Callable[[Outcome], tuple[GoldClaim, ...]]) -> int:
        return sum(keep(claim) for outcome in kept for claim in pick(outcome))

    return Score(
        faults=sum(keep(claim) and claim.faulty for outcome in kept for claim in outcome.gold.claims),
        found=count(lambda o: o.found),
        true_alarms=sum(len(outcome.true_alarms) for outcome in kept),
        false_alarms=sum(len(outcome.false_alarms) for outcome in kept),
        supported=sum(not claim.faulty for outcome in kept for claim in outcome.gold.claims),
        flagged=sum(len(outcome.flagged) for outcome in kept),
        anchored=count(lambda o: o.anchored),
        other_verdict=count(lambda o: o.other_verdict),
        on_supported=sum(len(outcome.on_supported) for outcome in kept),
    )


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Render the figures: overall, by corpus and holdout, by verdict, kind and difficulty."""
    yield f"{'':24}{'faults':>7}{'found':>7}{'recall':>8}{'alarms':>8}{'false':>7}{'precision':>10}{'F1':>7}"
    yield from _rows("all", outcomes)
    for corpus in sorted({outcome.corpus for outcome in outcomes}):
        yield from _rows(corpus, [outcome for outcome in outcomes if outcome.corpus == corpus])
    for title, values, pick in (
        ("verdict", VERDICTS[1:], lambda c: c.verdict),
        ("kind", KINDS, lambda c: c.kind),
        ("difficulty", DIFFICULTIES, lambda c: c.difficulty),
    ):
        yield ""
        yield f"{'by ' + title:24}{'faults':>7}{'found':>7}{'recall':>8}"
        for value in values:
            part_score = score(outcomes, lambda claim, v=value, p=pick: p(claim) == v)  # type: ignore[misc]
            yield f"  {value:22}{part_score.faults:7}{part_score.found:7}{part_score.recall:8.2f}"
    whole = score(outcomes)
    unseen = score([outcome for outcome in outcomes if outcome.gold.held_out])
    yield ""
    yield f"supported claims flagged  {whole.flagged} of {whole.supported}"
    yield f"  in held-out drafts  {unseen.flagged} of {unseen.supported}"
    yield f"found at the very piece  {whole.anchored} of {whole.found}"
    yield f"found, but another verdict  {whole.other_verdict}"


def _rows(name: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield _row(name, score(outcomes))
    for part, held in (("tuned on", False), ("held out", True)):
        mine = [outcome for outcome in outcomes if outcome.gold.held_out is held]
        if mine:
            yield _row(f"  {part}", score(mine))


def _row(name: str, figures: Score) -> str:
    alarms = figures.true_alarms + figures.false_alarms
    return (
        f"{name:24}{figures.faults:7}{figures.found:7}{figures.recall:8.2f}{alarms:8}{figures.false_alarms:7}"
        f"{figures.precision:10.2f}{figures.f1:7.2f}"
    )


def errors(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """List every miss and false alarm with its place."""
    for outcome in outcomes:
        for claim in outcome.missed:
            place = f"{claim.position.path}:{claim.position.line}"
            kind = "other verdict" if claim in outcome.other_verdict else "missed"
            yield f"{place}: {kind}: {claim.verdict} {claim.kind}: {' '.join(claim.text.split())}"
        for alarm in outcome.false_alarms:
            yield f"{alarm.path}:{alarm.line}:{alarm.column}: false alarm: {alarm.name}: {alarm.message}: {alarm.claim}"
