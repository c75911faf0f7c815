"""Plant every fault and make every re-phrasing, lint each, and gather what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from evidencelint.bibliography import Library, Memory, load_all
from evidencelint.cache import Store
from evidencelint.claims.remembered import RememberingParser
from evidencelint.engine import Linter
from evidencelint.evaluation import Gold
from evidencelint.factbase.facts import FactBase
from evidencelint.model import Diagnostic, Document, Passage, Span
from evidencelint.mutation.citations import citation_faults
from evidencelint.mutation.figures import figure_faults
from evidencelint.mutation.linting import Parses, changed_page, lint, sentences_of, untouched
from evidencelint.mutation.numerals import digest
from evidencelint.mutation.readings import reading_of
from evidencelint.mutation.rephrasings import rephrasings
from evidencelint.mutation.sites import sites_of
from evidencelint.mutation.slots import slot_faults
from evidencelint.mutation.statements import statement_faults
from evidencelint.mutation.truth import Truth
from evidencelint.mutation.types import FAULTS, REPHRASINGS, Page, Site, Trial, Variant
from evidencelint.rules import select
from evidencelint.source import Source

_BATCH = 400
Keep = Callable[[Page, Diagnostic], bool]


@dataclass(slots=True)
class Workshop:
    """One fact base made ready to have faults planted against it.

    ``keep`` says which findings count: those that the settings of the page report.
    """

    base: FactBase
    linter: Linter
    parses: Parses
    library: Library | None
    keep: Keep
    already: int = 0
    truth: Truth | None = None

    def sites(self, page: Page, gold: Gold | None = None) -> Iterator[Site]:
        """Yield the faithful sentences of a page of which the linter says nothing, and count the others."""
        for site, flagged in sites_of(page, gold, self.linter, self.parses):
            changed = changed_page(site, untouched(site))
            if flagged or lint(self.linter, changed, partial(self.keep, page)).alarms:
                self.already += 1
            else:
                yield site

    def variants(self, site: Site, kinds: frozenset[str]) -> Iterator[Variant]:
        """Yield the variants of a sentence, of some kinds."""
        self.truth = truth = self.truth or Truth(self.linter.index, self.parses)
        makers: Sequence[tuple[frozenset[str], Callable[[], Iterable[Variant]]]] = (
            (_FIGURES, lambda: figure_faults(site, truth)),
            (_SLOTS, lambda: slot_faults(site, truth)),
            (_STATEMENTS, lambda: statement_faults(site, truth)),
            (frozenset({"citation"}), lambda: citation_faults(site, self.base, self.library)),
            (frozenset(REPHRASINGS), lambda: rephrasings(site, truth)),
        )
        seen: set[tuple[str, object]] = set()
        for made, make in makers:
            for variant in make() if made & kinds else ():
                if variant.kind in kinds and (variant.kind, variant.edits) not in seen:
                    seen.add((variant.kind, variant.edits))
                    yield variant

    def trials(
        self, planted: Sequence[tuple[Site, Variant]], advance: Callable[[str], None] = lambda _: None
    ) -> Iterator[Trial]:
        """Lint every variant, a batch of sentences parsed at a time."""
        for start in range(0, len(planted), _BATCH):
            batch = [(site, variant, changed_page(site, variant)) for site, variant in planted[start : start + _BATCH]]
            texts = [text for _, _, changed in batch for text in sentences_of(changed)]
            self.parses(texts)
            for site, variant, changed in batch:
                keep = partial(self.keep, site.page)
                found = lint(self.linter, changed, keep, wholly=variant.kind in _ELSEWHERE)
                told = tuple(dict.fromkeys((d.name, d.verdict) for d in found.alarms))
                survives = variant.faulty and not told
                read = reading_of(found.judgement, found.diagnostics, changed.sentence, variant) if survives else ""
                yield Trial(site, variant, told, read)
                advance(site.page.source.path)


def open_workshop(base: FactBase, store: Store, keep: Keep | None = None) -> Workshop:
    """Make a fact base ready; parses that the store holds are not made again. Without ``keep``, all findings count."""
    works = load_all(base.bibliography, Memory(store))
    parses = Parses(RememberingParser(store))
    linter = Linter(base, select(), works, parse=parses)
    return Workshop(base, linter, parses, Library(works) if works is not None else None, keep or _everything)


def _everything(_: Page, __: Diagnostic) -> bool:
    return True


_FIGURES = frozenset({"value", "unit", "swapped", "bound", "approximation"})
# What a figure or citation elsewhere in the document may give away.
_ELSEWHERE = _FIGURES | {"citation"}
_SLOTS = frozenset({"arm", "outcome", "population", "timepoint", "study", "species", "grade"})
_STATEMENTS = frozenset(FAULTS) - _FIGURES - _SLOTS - {"citation"}


def sampled(planted: Sequence[tuple[Site, Variant]], most: int) -> list[tuple[Site, Variant]]:
    """Keep at most so many variants of a kind: the same ones in every run, from all over the pages."""
    by_kind: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, (site, variant) in enumerate(planted):
        by_kind[variant.kind].append((digest(site.text, variant.kind, *variant.edits), number))
    kept = {number for group in by_kind.values() for _, number in sorted(group)[:most]}
    return [each for number, each in enumerate(planted) if number in kept]


def quote_pages(base: FactBase) -> Iterator[Page]:
    """Yield the quotes of the facts, each as a page of its own."""
    for fact in base.facts:
        document = Document((Passage(Span(0, len(fact.quote)), "paragraph", fact.quote),))
        source = Source(fact.quote_position.path, fact.quote)
        yield Page(source, document, line=fact.quote_position.line, plain=True, fact=fact.id)
