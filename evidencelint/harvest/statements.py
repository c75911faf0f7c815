"""Which sentences of a source are statements of evidence, and how sure that they are worth keeping."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidencelint.documents.sentences import split
from evidencelint.frames import Claim
from evidencelint.harvest.lexicon import nouns
from evidencelint.model import Token
from evidencelint.sources.text import Block
from evidencelint.words import stems

_LEAST_WORDS = 4
_CONCLUDING = 0.5
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FIGURE = re.compile(r"\d")
_URL = re.compile(r"https?://|www\.|@\w+\.\w")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the source: its text, where it stands, and its block."""

    text: str
    headings: tuple[str, ...]
    page: int | None
    paragraph: int
    number: int
    block: Block

    @property
    def at(self) -> str:
        """Say where it stands: the headings below the title, the page, the sentence of its paragraph."""
        parts = [*self.headings[-2:]] if len(self.headings) < 2 else [*self.headings[1:]]  # noqa: PLR2004
        if self.page is not None:
            parts.append(f"p. {self.page}")
        return ", ".join(parts)


def read_statements(blocks: Sequence[Block]) -> Iterator[Statement]:
    """Yield the sentences of a source that are neither headings nor furniture of the page."""
    paragraph = 0
    for block in blocks:
        if block.kind == "heading":
            continue
        paragraph += 1
        if block.kind == "row":
            if len(block.cells) > 1 and _FIGURE.search(" ".join(block.cells[1:])) is not None:
                yield Statement(block.text, block.headings, block.page, paragraph, 1, block)
            continue
        for number, span in enumerate(split(block.text), start=1):
            text = block.text[span.start : span.end]
            if _is_prose(text):
                yield Statement(text, block.headings, block.page, paragraph, number, block)


def _is_prose(text: str) -> bool:
    lowered = text.lower()
    if len(text.split()) < _LEAST_WORDS or text.endswith("?") or _URL.search(text) is not None:
        return False
    if text[-1] not in ".!;:)”\"'" or not any(letter.islower() for letter in text):
        return False
    return not any(phrase in lowered for phrase in nouns().furniture)


def concludes(statement: Statement) -> bool:
    """Tell whether a statement stands where a source sums up, or says what it cannot tell."""
    last = statement.headings[-1].lower() if statement.headings else ""
    return any(stem in nouns().lists["concluding"] for stem in stems(last))


def confidence(
    claims: Sequence[Claim], concepts: int, tokens: Sequence[Token] = (), *, concluding: bool = False
) -> float:
    """Tell how sure it is that a statement is worth a fact, from 0 to 1, by what its clauses claim and where.

    ``tokens`` are the parse of its sentence, if it has one.
    """
    return max(_sure(claims, concepts, tokens), _CONCLUDING if concluding else 0.0)


def _sure(claims: Sequence[Claim], concepts: int, tokens: Sequence[Token]) -> float:
    kinds = {claim.kind for claim in claims}
    if any(claim.figures for claim in claims):
        return 0.95
    if "causal" in kinds:
        return 0.9 if concepts else 0.8
    if kinds & {"certainty", "scope", "evidence"}:
        return 0.85 if concepts else 0.7
    if any(claim.certainty.hedges or claim.certainty.negated for claim in claims):
        return 0.65
    if concepts:
        return 0.6 if concepts > 1 else 0.4
    # what nothing is said of is no statement: a line of authors, "see below", "it was a nice walk"
    return 0.4 if any(token.dep in _SUBJECTS and token.pos == "NOUN" for token in tokens) else 0.2
