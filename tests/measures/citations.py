"""Plant faults into the citations of the labelled drafts, and count which are reported, at their place.

    python tests/measures/citations.py [--misses]

Every citation of a work that the bibliography has is made wrong in turn: a key or an author's name with a letter lost,
a year moved to one in which the author has no work, and, where the fact base has several sources, a key of another one
("source": only claims that a fact carries can be found out). Nothing else of the draft changes.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencelint.bibliography import Library, load_all
from evidencelint.documents.markdown import read_markdown
from evidencelint.engine import Linter
from evidencelint.factbase.facts import FactBase
from evidencelint.factbase.load import load_facts
from evidencelint.model import Citation, Span
from evidencelint.mutation.citations import shortened
from evidencelint.rules import select
from evidencelint.source import read_source

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {"key": "undefined-citation", "year": "wrong-year", "name": "wrong-author", "source": "wrong-source"}
SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """A change of one place of a draft, and what it is a fault of."""

    kind: str
    span: Span
    text: str


def faults(citation: Citation, library: Library, base: FactBase) -> Iterator[Fault]:
    if citation.kind == "key" and citation.target in library:
        end = citation.span.end
        span = Span(end - len(citation.target), end)
        letters = citation.target.rstrip("0123456789")
        wrong = shortened(letters) + citation.target[len(letters) :]
        if len(letters) >= SHORTEST and wrong not in library:
            yield Fault("key", span, wrong)
        others = [source.key for source in base.sources if source.key != citation.target and source.key in library]
        if others and citation.target in {source.key for source in base.sources}:
            yield Fault("source", span, others[0])
    prose = citation.prose
    if prose is not None and library.keys_of(citation):
        years = {work.year for work in library.by_name(prose.names[0][0])}
        wrong_year = next(year for year in range(prose.year - 1, 0, -1) if year not in years)
        yield Fault("year", prose.place, str(wrong_year))
        name, span = prose.names[0]
        last = name.split()[-1]
        if len(last) > SHORTEST and last.isalpha():
            yield Fault("name", Span(span.end - len(last), span.end), shortened(last))


def measure(facts: Path, *, misses: bool) -> Counter[tuple[str, str]]:
    base = load_facts(facts)
    works = load_all(base.bibliography) or {}
    linter, library = Linter(base, select(["EL4"]), works), Library(works)
    counts: Counter[tuple[str, str]] = Counter()
    for draft in sorted(facts.parent.glob("drafts/*.md")):
        data = draft.read_bytes()
        source = read_source(data, str(draft))
        for citation in read_markdown(source).citations:
            for fault in faults(citation, library, base):
                text = source.text[: fault.span.start] + fault.text + source.text[fault.span.end :]
                found = linter.check(text.encode(), str(draft)).diagnostics
                hit = any(
                    d.name == EXPECTED[fault.kind] and d.span.start <= fault.span.start <= d.span.end for d in found
                )
                counts[fault.kind, "planted"] += 1
                counts[fault.kind, "found"] += hit
                if misses and not hit:
                    line, _ = source.position(fault.span.start)
                    print(f"{draft.relative_to(ROOT)}:{line}: {fault.kind}: {source.slice(fault.span)} -> {fault.text}")
    return counts


def main() -> None:
    total: Counter[tuple[str, str]] = Counter()
    for facts in sorted((ROOT / "corpus").glob("*/facts.yaml")):
        total += measure(facts, misses="--misses" in sys.argv)
    for kind in EXPECTED:
        planted, found = total[kind, "planted"], total[kind, "found"]
        print(f"{kind:8}{planted:5} planted{found:5} found{found / planted if planted else 1:7.2f}")


if __name__ == "__main__":
    main()
