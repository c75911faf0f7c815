"""The fact bases of a run, each loaded at most once, and only where something needs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from evidencelint.cache import Store, digest
from evidencelint.diagnostics import CitationPolicy, Position
from evidencelint.errors import FactBaseError
from evidencelint.rules import RuleSet
from evidencelint.running.remembered import Identity, RememberingLinter, identify
from evidencelint.timebudget import MOST_SECONDS, OverBudgetError, within

if TYPE_CHECKING:
    from evidencelint.engine import Linter
    from evidencelint.factbase.facts import FactBase, Ground
    from evidencelint.matching.index import FactIndex

T = TypeVar("T")
# Reading a hundred thousand facts for the first time takes five minutes.
_MOST_FACTS_SECONDS = 1_800.0


class Bench:
    """Gives the linters of fact bases."""

    def __init__(
        self,
        rules: RuleSet,
        store: Store,
        load: Callable[[Path], FactBase],
        elsewhere: Callable[[Path], FactBase] | None = None,
        *,
        seconds: float | None = MOST_SECONDS,
        alone: bool = False,
    ) -> None:
        """Take the rules to report and the store to look in; ``load`` gives a fact base that may be used, or raises.

        ``elsewhere`` loads one again in another process, where it need not be looked at so closely. ``seconds`` of
        processor time are what one document may take; None sets no limit. Documents that are ``alone`` bring no
        files along.
        """
        self.rules = rules
        self.store = store
        self.load = load
        self.elsewhere = elsewhere or load
        self.seconds = seconds
        self.alone = alone
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
                lambda: self._make(facts, citations, identities),
                identities,
                self.rules,
                self.store,
                citations,
                self.seconds,
                alone=self.alone,
            )
        return self._linters[key]

    def identity(self, facts: Path) -> Identity:
        """Identify the content of a fact base; raises what loading raises where it must not be used."""
        if facts not in self._identities:
            self._identities[facts] = identify(facts, lambda: self.base(facts), self.store)
        return self._identities[facts]

    def joined(self, facts: tuple[Path, ...]) -> FactBase:
        """Give several fact bases as one; raises what loading raises where one must not be used."""
        from evidencelint.factbase.joining import join  # noqa: PLC0415

        return join([self.base(path) for path in facts])

    def _make(self, facts: tuple[Path, ...], citations: CitationPolicy, identities: Sequence[Identity]) -> Linter:
        from evidencelint.bibliography import Memory  # noqa: PLC0415
        from evidencelint.engine import Linter  # noqa: PLC0415 - loaded only where something changed

        base, index = self._in_time(facts[0], lambda: self._indexed(facts, identities))
        memory = Memory(self.store)
        return self._in_time(
            facts[0],
            lambda: Linter(
                base, self.rules, store=self.store, policy=citations, memory=memory, index=index, alone=self.alone
            ),
        )

    def _indexed(self, facts: tuple[Path, ...], identities: Sequence[Identity]) -> tuple[FactBase | Ground, FactIndex]:
        """Give the fact bases as one with their index: from the store where it holds that, else made."""
        from evidencelint.matching.opening import index_of, open_index  # noqa: PLC0415

        key = digest(*(each.key for each in identities)) if len(identities) > 1 else identities[0].key
        known = open_index(self.store, key)
        if known is not None:
            return known
        joined = self.joined(facts)
        index = index_of(joined, self.store, key)
        if not index.finds_facts:
            return joined, index
        for path in facts:  # its facts are found one by one, and need not stay in memory as well
            self._bases.pop(path, None)
        return joined.ground, index

    def base(self, facts: Path) -> FactBase:
        """Give a fact base, loaded; raises what loading raises where it must not be used."""
        if facts not in self._bases:
            self._bases[facts] = self._in_time(facts, lambda: self.load(facts))
        return self._bases[facts]

    def _in_time(self, facts: Path, work: Callable[[], T]) -> T:
        """Read a fact base, which may come from anybody, and give up where that takes too long."""
        try:
            return within(None if self.seconds is None else _MOST_FACTS_SECONDS, work)
        except OverBudgetError as error:
            message = f"not read: {error}; split it, or set --time-budget 0"
            raise FactBaseError(message, Position(facts.as_posix(), 1)) from error
