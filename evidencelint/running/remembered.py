"""A linter that looks a document up before it reads it: nothing is read twice that has not changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints, overload

from evidencelint.accounts import Accounts, FigureReport
from evidencelint.cache import CodecError, Store, decode, digest, encode, tool_key
from evidencelint.cache.shelf import DamagedShelfError
from evidencelint.diagnostics import CitationPolicy, Position
from evidencelint.errors import DocumentError
from evidencelint.outcome import FileReport, Tally
from evidencelint.reading import read_bytes, recorded, unchanged
from evidencelint.rules import RuleSet
from evidencelint.timebudget import OverBudgetError, within

if TYPE_CHECKING:
    from evidencelint.engine import Linter
    from evidencelint.factbase.facts import FactBase
    from evidencelint.reported import ClaimReport

T = TypeVar("T")
_MOST_BYTES = 100_000_000
_APART = frozenset({"path", "checked", "error", "claims", "figures", "off_topic"})


class _Unread(Sequence[T]):
    """What the store holds of a report, read only when somebody looks at it; equal to any sequence of the same."""

    def __init__(self, read: Callable[[], Sequence[T]]) -> None:
        self._read = read

    @cached_property
    def _items(self) -> Sequence[T]:
        return self._read()

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


class StoredClaims(_Unread["ClaimReport"]):
    """The claims of a report from the store, those that claim nothing too, counted beforehand."""

    def __init__(self, tally: Tally, read: Callable[[], Sequence[ClaimReport]]) -> None:
        """Take the counts, and what reads the claims."""
        super().__init__(read)
        self.tally = tally


class StoredFigures(_Unread[FigureReport]):
    """The figures of a report from the store, counted beforehand."""

    def __init__(self, accounts: Accounts, read: Callable[[], Sequence[FigureReport]]) -> None:
        """Take the counts, and what reads the figures."""
        super().__init__(read)
        self.accounts = accounts

    def __len__(self) -> int:
        """Count the figures."""
        return self.accounts.figures


class RememberingLinter:
    """Checks documents against fact bases; those it has seen before, with all else the same, it looks up."""

    def __init__(
        self,
        make: Callable[[], Linter],
        identities: Sequence[Identity],
        rules: RuleSet,
        store: Store,
        citations: CitationPolicy = "never",
        seconds: float | None = None,
        *,
        alone: bool = False,
    ) -> None:
        """Take what makes the linter on first need, what identifies its fact bases, and the citation policy.

        ``seconds`` of processor time are what one document may take; ``alone`` is how the linter is made.
        """
        self.fingerprints = tuple(identity.fingerprint for identity in identities)
        self._make = make
        self._store = store
        self._seconds = seconds
        # the pages of the rules are part of the tool's key
        selected = " ".join(rule.code for rule in rules.selected)
        keys = (each.key for each in identities)
        self._key = digest(tool_key(), *keys, selected, citations, "alone" if alone else "")

    @cached_property
    def linter(self) -> Linter:
        """Give the linter itself, made on first need."""
        return self._make()

    def check(self, data: bytes, path: str) -> FileReport:
        """Check one document, or look up what came of it."""
        return self.look_up(data, path) or self.check_anew(data, path)

    def look_up(self, data: bytes, path: str) -> FileReport | None:
        """Give what came of a document when it, and every file it led to, held the same; None where unknown."""
        key = digest(self._key, "found", path, data)
        try:
            stored = _Stored.of(self._store.get([key])[key])
            if not unchanged(stored.files, _MOST_BYTES):
                return None
            rest = {name: decode(stored.rest[name], kind) for name, kind in _kept().items()}
            accounts = decode(stored.rest["accounts"], Accounts)
        except (KeyError, CodecError):
            return None
        claims = StoredClaims(stored.tally, lambda: self._stored_claims(data, path))
        figures = StoredFigures(accounts, lambda: self._stored_figures(data, path))
        return FileReport(path=path, checked=True, error=None, claims=claims, figures=figures, **rest)

    def check_anew(self, data: bytes, path: str) -> FileReport:
        """Check one document and keep what came of it; one that cannot be read, or not in time, is not kept."""
        with recorded() as files:
            report = self._checked(data, path)
        if report.checked and self._store.keeps:
            with suppress(CodecError):
                self._keep(report, files, data)
        return report

    def _checked(self, data: bytes, path: str) -> FileReport:
        try:
            # the linter is made first: what a fact base takes is not the document's
            return check_in_time(self.linter, data, path, self._seconds)
        except DamagedShelfError:
            # like all else that is kept, an index only saves work: it is made anew
            self.linter.index.discard()
            del self.linter
            return check_in_time(self.linter, data, path, self._seconds)

    def _keep(self, report: FileReport, files: Mapping[str, str], data: bytes) -> None:
        rest = {name: encode(getattr(report, name), kind) for name, kind in _kept().items()}
        rest["accounts"] = encode(report.accounts(), Accounts)
        self._store.put(
            {
                digest(self._key, "found", report.path, data): _Stored(dict(files), report.tally(), rest).data(),
                digest(self._key, "claims", report.path, data): encode(report.claims, _claims_kind()),
                digest(self._key, "figures", report.path, data): encode(report.figures, Sequence[FigureReport]),
            }
        )

    def _stored_claims(self, data: bytes, path: str) -> Sequence[ClaimReport]:
        key = digest(self._key, "claims", path, data)
        known: dict[bytes, Sequence[ClaimReport]] = self._store.recall([key], _claims_kind())
        if key in known:
            return known[key]
        report = self.check_anew(data, path)
        if report.error is not None:
            raise report.error
        return report.claims

    def _stored_figures(self, data: bytes, path: str) -> Sequence[FigureReport]:
        key = digest(self._key, "figures", path, data)
        known: dict[bytes, Sequence[FigureReport]] = self._store.recall([key], Sequence[FigureReport])
        if key in known:
            return known[key]
        report = self.check_anew(data, path)
        if report.error is not None:
            raise report.error
        return report.figures


def check_in_time(linter: Linter, data: bytes, path: str, seconds: float | None) -> FileReport:
    """Check one document; one that takes more than ``seconds`` of processor time is reported as not checked."""
    try:
        return within(seconds, lambda: linter.check(data, path))
    except OverBudgetError as over:
        message = f"not checked: {over}; split the document, or give it more with --time-budget"
        return FileReport(
            path, checked=False, error=DocumentError(message, Position(path, 1)), claims=(), diagnostics=()
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """What identifies the content of a fact base: here, and (``fingerprint``) in reports.

    ``files`` are all files that it leads to, as they were named.
    """

    key: bytes
    fingerprint: str
    files: frozenset[str] = frozenset()


def identify(facts: Path, load: Callable[[], FactBase], store: Store) -> Identity:
    """Identify the content of a fact base: its file, and every file that loading it reads.

    ``load`` loads it, and raises where it must not be used; it is called where the files are not those of a fact base
    that was once loaded.
    """
    try:
        content = read_bytes(facts, _MOST_BYTES)
    except (OSError, ValueError):
        # loading it says what is wrong
        content = b""
    first = digest(tool_key(), "facts", str(facts), content)
    try:
        stored = _Stored.of(store.get([first])[first])
        fingerprint = str(stored.rest["fingerprint"])
    except (KeyError, CodecError):
        stored = None
    if stored is None or not unchanged(stored.files, _MOST_BYTES):
        with recorded() as read:
            fingerprint = load().fingerprint
        stored = _Stored(dict(read), Tally(0, 0), {"fingerprint": fingerprint})
        store.put({first: stored.data()})
    files = stored.files
    key = digest(first, *(part for name in sorted(files) for part in (name, files[name])))
    return Identity(key, fingerprint, frozenset((str(facts), *files)))


@dataclass(frozen=True, slots=True)
class _Stored:
    """A row of the store: the files that it depends on, and what is kept."""

    files: Mapping[str, str]
    tally: Tally
    rest: Mapping[str, Any]

    @staticmethod
    def of(data: object) -> _Stored:
        match data:
            case [dict() as files, [int() as claims, int() as supported], dict() as rest]:
                return _Stored(files, Tally(claims, supported), rest)
            case _:
                raise CodecError("no such row")

    def data(self) -> list[object]:
        return [dict(self.files), [self.tally.claims, self.tally.supported], dict(self.rest)]


def _claims_kind() -> object:
    from evidencelint.reported import ClaimReport  # noqa: PLC0415 - only where claims are kept or shown

    return Sequence[ClaimReport]


@cache
def _kept() -> Mapping[str, object]:
    """Give the fields of a report that are kept as they are, with their types."""
    # claims are kept apart, and their type is not loaded
    hints = get_type_hints(FileReport, localns={"ClaimReport": object})
    return {field.name: hints[field.name] for field in fields(FileReport) if field.name not in _APART}
