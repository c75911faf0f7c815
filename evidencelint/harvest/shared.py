"""Outcomes that reports of several fields share, where a source names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidencelint.harvest.lexicon import Outcome, outcomes
from evidencelint.harvest.suggestions import Suggestion
from evidencelint.model import Span, Token
from evidencelint.words import PhraseTable, stems, words

_FIGURE = re.compile(r"\d")


def shared_outcomes(texts: Sequence[str], parsed: Sequence[Sequence[Token]]) -> Iterator[Suggestion]:
    """Offer the outcomes of the lexicon that the source names, and not only as a part of another word or name."""
    table: PhraseTable[Outcome] = PhraseTable(
        ((name, outcome) for outcome in outcomes() for name in outcome.names), by="name"
    )
    seen: dict[str, Suggestion] = {}
    for index, (text, tokens) in enumerate(zip(texts, parsed, strict=True)):
        # of "winter peak demand", the peak demand is left where the winter peak is a part only
        whole = (hit for hit in table.find_all(words(text)) if not _is_part(text, tokens, hit.span))
        kept: list[Span] = []
        for hit in sorted(whole, key=lambda hit: (-len(hit.span), hit.span)):
            if any(span.overlaps(hit.span) for span in kept):
                continue
            kept.append(hit.span)
            outcome = hit.value
            suggestion = seen.setdefault(
                outcome.id,
                Suggestion(
                    outcome.slot, outcome.id, list(outcome.names), keys={stems(n) for n in outcome.names}, told=1
                ),
            )
            suggestion.sentences.add(index)
            if _FIGURE.search(text) is not None:
                suggestion.figured.add(index)
    yield from seen.values()


def _is_part(text: str, tokens: Sequence[Token], span: Span) -> bool:
    """Tell whether a name is only a part: "income" in "low-income countries", "attendance" in "attendance times"."""
    if text[span.start - 1 : span.start] in {"-", "–"} or text[span.end : span.end + 1] in {"-", "–"}:
        return True
    last = next((i for i, token in enumerate(tokens) if token.span.end == span.end), None)
    if last is None or tokens[last].dep not in {"compound", "nmod"}:
        return False
    return tokens[last].head > last
