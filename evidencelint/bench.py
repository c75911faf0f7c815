"""The fact bases of a run, each loaded at most once, and only where something needs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evidencelint.cache import Store, digest
from evidencelint.model import CitationPolicy
from evidencelint.remembered import Identity, RememberingLinter, identify
from evidencelint.rules import RuleSet

if TYPE_CHECKING:
    from evidencelint.engine import Linter
    from evidencelint.facts import FactBase, Ground
    from evidencelint.matching.index import FactIndex


class Bench:
    """Gives the linters of fact bases."""

    def __init__(
        self,
        rules: RuleSet,
        store: Store,
        load: Callable[[Path], FactBase],
        elsewhere: Callable[[Path], FactBase] | None = None,
    ) -> None:
        """Take the rules to report and the store to look in; ``load`` gives a fact base that may be used, or raises.

        ``elsewhere`` loads one again in another process, where it need not be looked at so closely.
        """
        self.rules = rules
        self.store = store
        self.load = load
        self.elsewhere = elsewhere or load
        self._bases: dict[Path, FactBase] = {}
        self._identities: dict[Path, Identity] = {}
        self._linters: dict[tuple[tuple[Path, ...], CitationPolicy], RememberingLinter] = {}

    def linter(self, facts: tuple[Path, ...], citations: CitationPolicy = "never") -> RememberingLinter:
        """Give the linter of one fact base or of several; raises what loading raises where one must not be used.

        ``citations`` says which claims need one, where a document itself does not.
        """
        key = (facts, citations)
        if key not in self._linters:
            identities = [self.identity(path) for path in facts]
            self._linters[key] = RememberingLinter(
                lambda: self._make(facts, citations, identities), identities, self.rules, self.store, citations
            )
        return self._linters[key]

    def identity(self, facts: Path) -> Identity:
        """Identify the content of a fact base; raises what loading raises where it must not be used."""
        if facts not in self._identities:
            self._identities[facts] = identify(facts, lambda: self._base(facts), self.store)
        return self._identities[facts]

    def _make(self, facts: tuple[Path, ...], citations: CitationPolicy, identities: Sequence[Identity]) -> Linter:
        from evidencelint.bibliography import Memory, default_store  # noqa: PLC0415
        from evidencelint.engine import Linter  # noqa: PLC0415 - loaded only where something changed
        from evidencelint.joining import join  # noqa: PLC0415
        from evidencelint.matching.opening import index_of, open_index  # noqa: PLC0415

        memory = Memory(default_store())
        base: FactBase | Ground
        index: FactIndex
        key = digest(*(each.key for each in identities)) if len(identities) > 1 else identities[0].key
        known = open_index(self.store, key)
        if known is not None:
            base, index = known
        else:
            joined = join([self._base(path) for path in facts])
            base, index = joined, index_of(joined, self.store, key)
            if index.finds_facts:
                # its facts are found one by one, and need not stay in memory as well
                base = joined.ground
                for path in facts:
                    self._bases.pop(path, None)
        return Linter(base, self.rules, store=self.store, policy=citations, memory=memory, index=index)

    def _base(self, facts: Path) -> FactBase:
        if facts not in self._bases:
            self._bases[facts] = self.load(facts)
        return self._bases[facts]
