"""What the reader makes of sentences and quotes, kept between runs: the parse costs most of a first run."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from evidencelint.cache import Store, digest, parser_key, tool_key
from evidencelint.claims.reader import ClaimReader
from evidencelint.factbase.vocabulary import Vocabulary
from evidencelint.frames import Claim
from evidencelint.model import Token
from evidencelint.nlp import parse

_Tokens = tuple[Token, ...]
# sentences that stand in many documents, such as what a site repeats on every page
_MOST_RECENT = 4_000
_Frames = list[tuple[Claim, ...]]


class RememberingParser:
    """Parses sentences that were never parsed before, and looks up the others.

    A sentence is parsed alone, whatever stands around it, so its text is all that its parse depends on.
    """

    def __init__(self, store: Store) -> None:
        """Take the store to look in."""
        self._store = store
        self._recent: OrderedDict[str, _Tokens] = OrderedDict()

    def __call__(self, texts: Sequence[str]) -> list[_Tokens]:
        """Give the tokens of each text."""
        found = {text: self._recent[text] for text in texts if text in self._recent}
        asked = [text for text in dict.fromkeys(texts) if text not in found]
        found |= self._looked_up(asked)
        for text in asked:
            self._recent[text] = found[text]
        while len(self._recent) > _MOST_RECENT:
            self._recent.popitem(last=False)
        return [found[text] for text in texts]

    def _looked_up(self, texts: Sequence[str]) -> dict[str, _Tokens]:
        if not texts:
            return {}
        keys = {text: digest(parser_key(), "parse", text) for text in texts}
        stored: dict[bytes, _Tokens] = self._store.recall(list(keys.values()), _Tokens)
        found = {text: stored[key] for text, key in keys.items() if key in stored}
        missing = [text for text in texts if text not in found]
        if missing:
            parsed = dict(zip(missing, parse(missing), strict=True))
            self._store.keep({keys[text]: tokens for text, tokens in parsed.items()}, _Tokens)
            found |= parsed
        return found


class RememberingReader(ClaimReader):
    """A reader that keeps what it read of the quotes of a fact base; ``identity`` is the fact base's content."""

    def __init__(self, vocabulary: Vocabulary, store: Store, identity: str) -> None:
        """Take the store, and what identifies the vocabulary in it."""
        super().__init__(vocabulary, RememberingParser(store))
        self._store = store
        self._identity = identity

    def read_quotes(self, quotes: Sequence[str]) -> list[tuple[Claim, ...]]:
        """Read the quotes of a fact base, or look up what was read of them."""
        key = digest(tool_key(), "quotes", self._identity, *quotes)
        known: dict[bytes, _Frames] = self._store.recall([key], _Frames)
        if key not in known:
            known[key] = super().read_quotes(quotes)
            self._store.keep(known, _Frames)
        return known[key]

    def read_each(self, quotes: Sequence[str]) -> list[tuple[Claim, ...]]:
        """Read some quotes, or look up what was read of each."""
        keys = [digest(tool_key(), "quote", self._identity, quote) for quote in quotes]
        known: dict[bytes, tuple[Claim, ...]] = self._store.recall(list(dict.fromkeys(keys)), tuple[Claim, ...])
        missing = {key: quote for key, quote in zip(keys, quotes, strict=True) if key not in known}
        if missing:
            read = dict(zip(missing, super().read_quotes(list(missing.values())), strict=True))
            self._store.keep(read, tuple[Claim, ...])
            known |= read
        return [known[key] for key in keys]

    def terms_of(self, texts: Iterable[str]) -> frozenset[str]:
        """Give the terms of whole texts, or look them up."""
        texts = tuple(texts)
        key = digest(tool_key(), "terms", self._identity, *texts)
        known: dict[bytes, frozenset[str]] = self._store.recall([key], frozenset[str])
        if key not in known:
            known[key] = super().terms_of(texts)
            self._store.keep(known, frozenset[str])
        return known[key]
