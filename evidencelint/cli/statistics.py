"""``check --statistics``: findings by rule, and where the time went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from evidencelint.reporters.run import Run, slashes

_MOST_SHOWN = 5


def lines(run: Run, seconds: Mapping[str, float]) -> Iterator[str]:
    """Give a table by rule, the suppressed findings, and the slowest documents; seconds differ from run to run."""
    counts = Counter((found.code, found.name) for found in run.diagnostics())
    for (code, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>6}  {code} {name}"
    by = Counter(each.by for each in run.suppressed())
    for source, count in sorted(by.items()):
        yield f"{count:>6}  suppressed by the {source}"
    total = sum(seconds.values())
    yield f"{total:8.2f} s for {len(seconds)} {'document' if len(seconds) == 1 else 'documents'}"
    slowest = sorted(seconds.items(), key=lambda item: (-item[1], item[0]))[:_MOST_SHOWN]
    for name, spent in slowest if len(seconds) > 1 else ():
        yield f"{spent:8.2f} s {slashes(name)}"
