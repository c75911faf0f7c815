"""How good is a fact base that nobody has looked at?

``python tests/benchmarks/harvest.py [--source FILE] [--no-held-out] [--errors] [CORPUS]...`` harvests the source of
every corpus, and prints how many statements of the curated fact base it found, how many candidates are labelled as
worth keeping, and precision and recall of the labelled drafts against the harvest beside those against the curated
facts. With ``--source``, another text of the same review is harvested; a statement is found where one candidate has
its figures and half its words. ``--errors`` lists, for the drafts that are not held out, the faults that only the
curated facts find and the false alarms that only the harvest gives.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from evidencelint.bibliography import load_all
from evidencelint.engine import Linter
from evidencelint.errors import EvidencelintError
from evidencelint.evaluation import Outcome, Score, find_gold, judge, load_gold, score
from evidencelint.factbase.facts import FactBase
from evidencelint.factbase.load import load_facts
from evidencelint.harvest.reading import Harvest, harvest
from evidencelint.harvest.updating import covers
from evidencelint.harvest.writing import render
from evidencelint.lexicon import stop_stems
from evidencelint.quantities import read_quantities
from evidencelint.rules import select
from evidencelint.sources.text import read_blocks
from evidencelint.words import stems
from evidencelint.yamlio import read_yaml

ROOT = Path(__file__).resolve().parents[2]
LABELS = ROOT / "tests" / "harvest"
HALF = 0.5


def found_statements(curated: FactBase, result: Harvest, *, same_text: bool) -> Iterator[str]:
    """Yield the ids of the curated facts whose statement is among the candidates."""
    for fact in curated.facts:
        if same_text:
            if any(covers(fact.quote, c.quote) or c.quote in fact.quote for c in result.candidates):
                yield fact.id
        elif any(tells(candidate.quote, fact.quote) for candidate in result.candidates):
            yield fact.id


def tells(candidate: str, statement: str) -> bool:
    """Tell whether a candidate holds the figures of a statement and half of its words."""
    wanted = set(stems(statement)) - stop_stems()
    have = set(stems(candidate))
    figures = {q.value for q in read_quantities(statement) if q.value is not None and any(c.isdigit() for c in q.text)}
    known = {q.value for q in read_quantities(candidate)}
    return figures <= known and len(wanted & have) >= HALF * len(wanted)


def labelled(name: str) -> dict[str, bool]:
    """Give the labels of a corpus: whether a candidate is worth keeping, by its quote."""
    path = LABELS / f"{name}.labels.yaml"
    if not path.exists():
        return {}
    root = read_yaml(path.read_text(encoding="utf-8"), str(path), EvidencelintError)
    return {
        " ".join(entry.word().split()): verdict == "keep"
        for verdict in ("keep", "drop")
        for entry in root.mapping()[verdict].items()
    }


def measured(corpus: Path, base: FactBase, *, held_out: bool) -> list[Outcome]:
    linter = Linter(base, select(), load_all(base.bibliography))
    outcomes = []
    for path in find_gold([corpus]):
        gold = load_gold(path)
        if gold.held_out and not held_out:
            continue
        report = linter.check(gold.draft.read_bytes(), gold.draft.as_posix())
        outcomes.append(judge(gold, report, corpus.name))
    return outcomes


def differences(raw: Sequence[Outcome], own: Sequence[Outcome]) -> Iterator[str]:
    """Yield what only the curated facts find, and what only the harvest wrongly reports, in drafts not held out."""
    for ours, theirs in zip(raw, own, strict=True):
        if ours.gold.held_out:
            continue
        found = {claim.span for claim in ours.found}
        known = {(alarm.code, alarm.span) for alarm in theirs.false_alarms}
        place = ours.gold.draft.relative_to(ROOT).as_posix()
        for claim in theirs.found:
            if claim.span not in found:
                yield f"  {place}: missed: {claim.verdict} {claim.kind}: {' '.join(claim.text.split())}"
        for alarm in ours.false_alarms:
            if (alarm.code, alarm.span) not in known:
                yield f"  {place}:{alarm.line}: false alarm: {alarm.name}: {alarm.message}: {alarm.claim}"


def row(corpus: Path, source: Path, *, held_out: bool, errors: bool) -> tuple[str, Score, Score]:
    curated = load_facts(corpus / "facts.yaml")
    result = harvest(read_blocks(source))
    found = set(found_statements(curated, result, same_text=source.parent == corpus))
    labels = labelled(corpus.name) if source.parent == corpus else {}
    known = [labels[c.quote] for c in result.candidates if c.quote in labels]
    worth = f"{sum(known)}/{len(known)}" if known else "-"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "facts.yaml"
        (Path(folder) / source.name).write_bytes(source.read_bytes())
        works = corpus / "references.json"
        (Path(folder) / works.name).write_bytes(works.read_bytes())
        text = render(result, key=curated.sources[0].key, path=source.name, title="", bibliography=works.name)
        place.write_text(text, encoding="utf-8")
        told = measured(corpus, load_facts(place), held_out=held_out)
        best = measured(corpus, curated, held_out=held_out)
    raw, own = score(told), score(best)
    line = (
        f"{corpus.name:24}{len(result.candidates):11}{f'{len(found)}/{len(curated.facts)}':>9}{worth:>8}"
        f"{raw.precision:11.2f}{raw.recall:8.2f}{own.precision:11.2f}{own.recall:8.2f}"
    )
    for fact in curated.facts:
        if fact.id not in found:
            line += f"\n  not found: {fact.id}"
    if errors:
        line = "\n".join([line, *differences(told, best)])
    return line, raw, own


def total(scores: Sequence[Score]) -> tuple[float, float]:
    alarms = sum(s.true_alarms + s.false_alarms for s in scores)
    right = sum(s.true_alarms for s in scores)
    return right / max(1, alarms), sum(s.found for s in scores) / max(1, sum(s.faults for s in scores))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", type=Path)
    parser.add_argument("--source", type=Path)
    parser.add_argument("--no-held-out", action="store_true")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    corpora = arguments.corpora or sorted(path.parent for path in (ROOT / "corpus").glob("*/source.md"))
    print(f"{'':24}{'candidates':>11}{'found':>9}{'worth':>8}{'harvested':>11}{'':8}{'curated':>11}")  # noqa: T201
    print(f"{'':52}{'precision':>11}{'recall':>8}{'precision':>11}{'recall':>8}")  # noqa: T201
    raws, owns = [], []
    for corpus in corpora:
        source = arguments.source or corpus / "source.md"
        line, raw, own = row(corpus, source, held_out=not arguments.no_held_out, errors=arguments.errors)
        print(line)  # noqa: T201
        raws.append(raw)
        owns.append(own)
    (precision, recall), (best_precision, best_recall) = total(raws), total(owns)
    print(f"{'all':52}{precision:11.2f}{recall:8.2f}{best_precision:11.2f}{best_recall:8.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
