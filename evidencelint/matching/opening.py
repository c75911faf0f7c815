"""Which index a fact base has, and where one is kept that takes long to make."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from evidencelint.cache import Store, digest, tool_key
from evidencelint.cache.shelf import DamagedShelfError, find, written
from evidencelint.claims import ClaimReader
from evidencelint.claims.reader import Parse
from evidencelint.claims.remembered import RememberingReader
from evidencelint.factbase.facts import FactBase, Ground
from evidencelint.matching.index import FactIndex
from evidencelint.matching.large import LargeIndex, head_of
from evidencelint.matching.posting import ground_data, rows_of

# up to here, all facts are read beforehand and the comparison is exact
MOST_COMPARED = 2_000


def index_of(
    base: FactBase, store: Store | None = None, key: bytes | None = None, *, parse: Parse | None = None
) -> FactIndex:
    """Make the index of a fact base; that of a large one is kept beside the store under ``key``, to be opened again.

    ``parse`` replaces the parser of sentences.
    """
    large = len(base.facts) > MOST_COMPARED
    identity = _identity(base.ground) if large else base.fingerprint
    reader = ClaimReader(base.vocabulary, parse) if parse is not None else _reader(base, store, identity)
    if not large:
        return FactIndex(base, reader)
    shelf = written(_folder(store) if key is not None else None, _name(key or b""), partial(rows_of, base, reader))
    return LargeIndex(shelf, reader, head_of(shelf))


def open_index(store: Store, key: bytes) -> tuple[Ground, LargeIndex] | None:
    """Open the index that `index_of` has kept, or None where there is none that can be read."""
    shelf = find(_folder(store), _name(key))
    if shelf is None:
        return None
    try:
        head = head_of(shelf)
    except DamagedShelfError:
        shelf.discard()
        return None
    return head.ground, LargeIndex(shelf, _reader(head.ground, store, _identity(head.ground)), head)


def _reader(base: FactBase | Ground, store: Store | None, identity: str) -> ClaimReader:
    return ClaimReader(base.vocabulary) if store is None else RememberingReader(base.vocabulary, store, identity)


def _identity(ground: Ground) -> str:
    """Identify the vocabulary: what is read of one quote depends on no other fact."""
    data = ground_data(ground)
    return digest(*(repr(data[part]) for part in ("concepts", "contrasts", "grades"))).hex()


def _folder(store: Store | None) -> Path | None:
    return store.path.parent if store is not None and store.path is not None else None


def _name(key: bytes) -> bytes:
    return digest(tool_key(), "index", key)
