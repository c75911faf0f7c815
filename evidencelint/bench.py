"""The fact bases of a run, each loaded at most once, and only where something needs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from evidencelint.cache import Store
from evidencelint.model import CitationPolicy
from evidencelint.remembered import Identity, RememberingLinter, identify
from evidencelint.rules import RuleSet

if TYPE_CHECKING:
    from evidencelint.engine import Linter
    from evidencelint.facts import FactBase, Ground
    from evidencelint.matching.index import FactIndex


class Bench:
    """Gives the linter of each fact base."""

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
        self._linters: dict[tuple[Path, CitationPolicy], RememberingLinter] = {}

    def linter(self, facts: Path, citations: CitationPolicy = "never") -> RememberingLinter:
        """Give the linter of a fact base; raises what loading raises where it must not be used.

        ``citations`` says which claims need one, where a document itself does not.
        """
        key = (facts, citations)
        if key not in self._linters:
            identity = identify(facts, lambda: self._base(facts), self.store)
            made = RememberingLinter(
                lambda: self._make(facts, citations, identity), identity, self.rules, self.store, citations
            )
            self._linters[key] = made
        return self._linters[key]

    def _make(self, facts: Path, citations: CitationPolicy, identity: Identity) -> Linter:
        from evidencelint.bibliography import Memory, default_store  # noqa: PLC0415
        from evidencelint.engine import Linter  # noqa: PLC0415 - loaded only where something changed
        from evidencelint.matching.opening import index_of, open_index  # noqa: PLC0415

        memory = Memory(default_store())
        base: FactBase | Ground
        index: FactIndex
        known = open_index(self.store, identity.key)
        if known is not None:
            base, index = known
        else:
            base = self._base(facts)
            index = index_of(base, self.store, identity.key)
            if index.finds_facts:
                # its facts are found one by one, and need not stay in memory as well
                base = base.ground
                self._bases.pop(facts, None)
        return Linter(base, self.rules, store=self.store, policy=citations, memory=memory, index=index)

    def _base(self, facts: Path) -> FactBase:
        if facts not in self._bases:
            self._bases[facts] = self.load(facts)
        return self._bases[facts]
