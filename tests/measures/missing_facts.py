"""See which rules hold up where the fact base does not have what a draft tells: half of the facts left out, by lot.

``python tests/measures/missing_facts.py [DRAWS]`` checks the drafts that are not held out against the facts that remain
and prints, for every rule, how many of its warnings stand on a fault and how many on text that the whole fact base
bears out. A rule that speaks on likeness alone then takes what is only untold for wrong. No rule is expected to
find the faults of facts that are gone, so only the share that is right says something.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from evidencelint.engine import Linter
from evidencelint.evaluation import find_gold, judge, load_gold
from evidencelint.factbase.facts import FactBase
from evidencelint.factbase.load import load_facts
from evidencelint.rules import select

ROOT = Path(__file__).resolve().parents[2]
DRAWS = 2
SHARE = 0.5


def thinned(base: FactBase, draw: int) -> FactBase:
    """Leave out half of the facts; the same draw leaves out the same."""
    chosen = random.Random(draw)  # noqa: S311 - a repeatable lot, no secret
    return replace(base, facts=tuple(fact for fact in base.facts if chosen.random() >= SHARE))


def main() -> None:
    """Check every draft against each draw, and print the rules."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    golds = [gold for gold in map(load_gold, find_gold([ROOT / "corpus"])) if not gold.held_out]
    folders = sorted({gold.path.parent.parent for gold in golds})
    for folder in folders:
        base = load_facts(folder / "facts.yaml")
        for draw in range(draws):
            linter = Linter(thinned(base, draw), select())
            for gold in golds:
                if gold.path.parent.parent != folder:
                    continue
                report = linter.check(gold.draft.read_bytes(), str(gold.draft))
                outcome = judge(gold, report, folder.name)
                false = {(alarm.span, alarm.name) for alarm in outcome.false_alarms}
                for found in report.diagnostics:
                    if found.severity in {"error", "warning"}:
                        (wrong if (found.span, found.name) in false else right)[found.name] += 1
    print(f"{'rule':28}{'right':>7}{'wrong':>7}{'share':>7}")
    for name in sorted(right | wrong, key=lambda each: (-wrong[each], each)):
        print(f"{name:28}{right[name]:7}{wrong[name]:7}{right[name] / (right[name] + wrong[name]):7.2f}")
    total = sum(right.values()), sum(wrong.values())
    print(f"{'all':28}{total[0]:7}{total[1]:7}{total[0] / (sum(total) or 1):7.2f}")


if __name__ == "__main__":
    main()
