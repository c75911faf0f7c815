"""Rules on quotations: the words between quotation marks must stand in the source they are attributed to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evidencelint.checks.cited import keys_of
from evidencelint.citations.wordlists import citation_words
from evidencelint.judgement import Judgement
from evidencelint.model import Finding, Passage, Span
from evidencelint.sources.quotes import SourceText, plain_text

_MARKS = re.compile(r"“([^“”]{12,})”|(?<![\w\d])\"([^\"]{12,})\"(?![\w\d])|«([^«»]{12,})»")
_WORD = re.compile(r"\w+")
_GAP = re.compile(r"\[[^\[\]]*\]|\(?(?:\.\s?){3,}\)?|…")
_ATTRIBUTION = re.compile(r"(?<!\s)\s*[—–-]{1,3}\s*(?:\S+(?:\s+|$)){0,12}$")
_EDGE = " .,;:!?'\"-"
_FEWEST_WORDS = 5
_NEXT_CLAUSE = re.compile(r"[\s.,;:!?)\"'-]*([^\W\d_]+(?: [^\W\d_]+)?)")
_LONGEST_GAP = 2_000


@dataclass(frozen=True, slots=True)
class _Quotation:
    """Quoted words with their place, and the sources they are attributed to."""

    text: str
    span: Span
    keys: tuple[str, ...]


def altered_quotation(judgement: Judgement) -> Iterator[Finding]:
    """Report a quotation that is not in the source it is attributed to, and show the nearest passage."""
    texts = _Texts(judgement)
    for quotation in _quotations(judgement, texts.known):
        if any(texts.end_of(key, quotation.text) is not None for key in quotation.keys):
            continue
        key = quotation.keys[0]
        whose = next((other for other in texts.known if texts.end_of(other, quotation.text) is not None), None)
        near = f"; it is in {whose}" if whose else texts.source(key).nearest(" ".join(quotation.text.split()))
        message = f"the quotation is not in {key}{near}"
        confidence = 0.6 if near.startswith("; nothing") else 0.8
        yield Finding("altered-quotation", quotation.span, quotation.span, message, confidence)


def clipped_quotation(judgement: Judgement) -> Iterator[Finding]:
    """Report a quotation that stops just before its source goes on with "but", "unless", "however" ..."""
    texts = _Texts(judgement)
    turns = citation_words().turns
    for quotation in _quotations(judgement, texts.known):
        for key in quotation.keys:
            end = texts.end_of(key, quotation.text)
            rest = texts.plain(key)[end:] if end is not None else ""
            following = _NEXT_CLAUSE.match(rest)
            if following is None:
                continue
            words = following[1].split()
            if words[0] in turns or following[1] in turns:
                goes_on = _shown(rest)
                message = f"the quotation stops where {key} goes on: “{goes_on}”"
                yield Finding("clipped-quotation", quotation.span, quotation.span, message, 0.8, expected=goes_on)
            break


def _shown(rest: str) -> str:
    sentence = re.match(r"[\s.,;:!?)\"'-]*(.{0,160}?)(?:[.!?](?:\s|$)|$)", rest)
    return sentence[1] if sentence is not None and sentence[1] else rest[:160].strip()


class _Texts:
    """The texts of the sources, made ready when first asked for; digests are no texts of their works."""

    def __init__(self, judgement: Judgement) -> None:
        index = judgement.index
        digests = {source.key for source in index.sources if source.digest}
        self.known: Mapping[str, str] = {k: text for k, text in index.source_texts.items() if k not in digests}
        self._sources: dict[str, SourceText] = {}
        self._plain: dict[str, str] = {}

    def source(self, key: str) -> SourceText:
        if key not in self._sources:
            self._sources[key] = SourceText(self.known[key])
        return self._sources[key]

    def plain(self, key: str) -> str:
        """Give a text as quotations are looked up in it: without markup, typesetting and case."""
        if key not in self._plain:
            self._plain[key] = _folded(re.sub(r"[*_`]|\[(?=@)|(?<=\w)\]\([^)\s]*\)", "", self.known[key]))
        return self._plain[key]

    def end_of(self, key: str, quotation: str) -> int | None:
        """Give the place in the plain text where a quotation ends; None where it is not there.

        What it leaves out or puts into brackets may be anything, but short.
        """
        pieces = [piece for piece in (_folded(part) for part in _GAP.split(quotation)) if piece.strip(_EDGE)]
        text = self.plain(key)
        start = text.find(pieces[0].strip(_EDGE)) if pieces else -1
        while start >= 0:
            at = _match(text, pieces, start)
            if at is not None:
                return at
            start = text.find(pieces[0].strip(_EDGE), start + 1)
        return None


def _match(text: str, pieces: list[str], start: int) -> int | None:
    at = start
    for piece in pieces:
        bare = piece.strip(_EDGE)
        found = text.find(bare, at)
        if found < 0 or found - at > _LONGEST_GAP:
            return None
        at = found + len(bare)
    return at


def _folded(text: str) -> str:
    return re.sub(r" ?- ?", "-", plain_text(text)).replace('"', "").replace("'", "").casefold()


def _quotations(judgement: Judgement, known: Mapping[str, str]) -> Iterator[_Quotation]:
    """Yield what is quoted and cited to a source whose text is at hand."""
    if not known:
        return
    before: Passage | None = None
    for passage in judgement.document.passages:
        if passage.kind == "quote":
            yield from _block(judgement, passage, before, known)
        else:
            for match in _MARKS.finditer(passage.text):
                group = next(index for index in (1, 2, 3) if match[index] is not None)
                span = Span(match.start(group), match.end(group)).shift(passage.span.start)
                keys = _attributed(judgement, span, known)
                if keys and len(_WORD.findall(match[group])) >= _FEWEST_WORDS:
                    yield _Quotation(match[group], span, keys)
        before = passage


def _block(
    judgement: Judgement, passage: Passage, before: Passage | None, known: Mapping[str, str]
) -> Iterator[_Quotation]:
    """Read a block quotation, attributed in itself or by the paragraph that leads up to it."""
    text = passage.text
    inside = [c for c in judgement.document.citations if passage.span.contains(c.span)]
    keys = tuple(dict.fromkeys(key for _, key in keys_of(judgement, inside) if key in known))
    tail = _ATTRIBUTION.search(text)
    if tail is not None and inside and tail.start() + passage.span.start <= inside[0].span.start:
        text = text[: tail.start()]
    if not keys and before is not None and before.text.rstrip().endswith(":"):
        keys = _attributed(judgement, _last_sentence(judgement, before.span), known)
    quoted = text.strip()
    start = passage.span.start + text.find(quoted)
    if keys and len(_WORD.findall(quoted)) >= _FEWEST_WORDS:
        yield _Quotation(quoted.strip('“”"'), Span(start, start + len(quoted)), keys)


def _last_sentence(judgement: Judgement, span: Span) -> Span:
    return max((claim.sentence for claim in judgement.claims if span.contains(claim.sentence)), default=span)


def _attributed(judgement: Judgement, span: Span, known: Mapping[str, str]) -> tuple[str, ...]:
    """Give the sources, of those whose text is at hand, that the sentences of a quotation cite; all must be at hand."""
    claims = [claim for claim in judgement.claims if claim.sentence.overlaps(span)]
    keys = tuple(dict.fromkeys(key for claim in claims for _, key in keys_of(judgement, claim.citations)))
    return keys if all(key in known for key in keys) else ()
