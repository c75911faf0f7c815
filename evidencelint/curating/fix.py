"""Mend what needs no judgement in a fact base: quotes that differ in a letter or a dash, and facts told twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencelint.curating.check import check_fact_base
from evidencelint.errors import FactBaseError
from evidencelint.factbase.facts import Fact, FactBase
from evidencelint.sources.quotes import SourceText
from evidencelint.yamledit import YamlText
from evidencelint.yamlio import read_text

_SURELY = 90.0
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Fixes:
    """The texts of changed files by path, and a line for each change."""

    texts: dict[str, str]
    done: tuple[str, ...]


def fix(base: FactBase) -> Fixes:
    """Mend quotes and drop duplicates; a quote whose figures differ from the source's is left to a person."""
    editors: dict[str, YamlText] = {}
    done = [*_quotes(base, editors), *_duplicates(base, editors)]
    return Fixes({path: editor.text for path, editor in editors.items()}, tuple(done))


def _quotes(base: FactBase, editors: dict[str, YamlText]) -> Iterator[str]:
    sources = {key: SourceText(text) for key, text in base.source_texts.items()}
    for fact in base.facts:
        keys = [key for key in fact.quoted_from if key in sources]
        if not keys or any(sources[key].exact(fact.quote) for key in keys):
            continue
        found = sources[keys[0]].nearest_passage(fact.quote)
        if found is None or found[1] < _SURELY or _FIGURE.findall(found[0]) != _FIGURE.findall(fact.quote):
            continue
        passage = _as_long(fact.quote, found[0])
        if fact.status == "kept" and sources[keys[0]].exact(passage):
            editor, index = _place(fact, editors)
            editor.replace(passage, "facts", index, "quote")
            yield f"{fact.position.path}:{fact.quote_position.line}: {fact.id}: quote as the source has it"


def _as_long(quote: str, passage: str) -> str:
    """Leave out what stands after the quote's last mark, such as a comma that the quote does not have."""
    return passage.rstrip(",;:") if quote[-1:].isalnum() else passage


def _duplicates(base: FactBase, editors: dict[str, YamlText]) -> Iterator[str]:
    named = {fact.superseded_by for fact in base.facts}
    for problem in check_fact_base(base, {}):
        if problem.name != "duplicate-fact" or problem.fact in named:
            continue
        fact = next(fact for fact in base.facts if fact.id == problem.fact)
        editor, index = _place(fact, editors)
        editor.remove(index, "facts")
        yield f"{fact.position.path}:{fact.position.line}: {fact.id}: taken out, as it was told twice"


def _place(fact: Fact, editors: dict[str, YamlText]) -> tuple[YamlText, int]:
    path = fact.position.path
    if path not in editors:
        editors[path] = YamlText(read_text(Path(path), "fact base", FactBaseError), path, FactBaseError)
    editor = editors[path]
    for index in range(editor.count("facts")):
        if editor.has("facts", index, "id") and editor.value("facts", index, "id") == fact.id:
            return editor, index
    raise FactBaseError(f"{fact.id}: the fact is written with << or an alias; mend it by hand", fact.position)
