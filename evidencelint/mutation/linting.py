"""Lint one changed sentence: what stands around it is read with it, and the rest of the document is left alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from evidencelint.claims.reader import Parse
from evidencelint.documents.markdown import read_markdown
from evidencelint.documents.sentences import split
from evidencelint.engine import Linter
from evidencelint.judgement import Judgement
from evidencelint.model import Diagnostic, Document, Passage, Span, Token
from evidencelint.mutation.types import Edit, Site, Variant, applied
from evidencelint.source import Source

# The matcher looks back at six figures and on at four: so many passages hold them nearly always.
_BEFORE, _AFTER, _CELLS = 3, 2, 12


@dataclass(slots=True)
class Parses:
    """Parses sentences, each only once; many at a time cost far less than one by one."""

    parse: Parse
    _known: dict[str, tuple[Token, ...]] = field(default_factory=dict)

    def __call__(self, texts: Sequence[str]) -> list[tuple[Token, ...]]:
        """Give the tokens of each text."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if missing:
            self._known.update(zip(missing, self.parse(missing), strict=True))
        return [self._known[text] for text in texts]


@dataclass(frozen=True, slots=True)
class Changed:
    """A page with a variant in it: text and passages, the index of the changed one, and where the sentence is now."""

    source: Source
    document: Document
    index: int | None
    sentence: Span


def changed_page(site: Site, variant: Variant) -> Changed:
    """Read a page anew with a variant in it; no index where the edits changed what its passages are."""
    page = site.page
    source = Source(page.source.path, applied(page.source.text, variant.edits))
    growth = sum(len(edit.text) - len(edit.span) for edit in variant.edits)
    begin = min(site.sentence.start, *(edit.span.start for edit in variant.edits))
    end = max(site.sentence.end, *(edit.span.end for edit in variant.edits)) + growth
    place = row_of(source, site.passage, Span(begin, end))
    document = _plain(source) if page.plain else read_markdown(source)
    index = next((i for i, p in enumerate(page.document.passages) if p.span == site.passage.span), None)
    if len(document.passages) != len(page.document.passages):
        index = None
    return Changed(source, document, index, place)


def row_of(source: Source, passage: Passage, sentence: Span) -> Span:
    """Give where a finding on a sentence may sit: in the sentence, or in the row of a table that it is a cell of."""
    if passage.kind != "cell":
        return sentence
    return Span(source.line_start(sentence.start), source.line_end(max(sentence.start, sentence.end - 1)))


def _plain(source: Source) -> Document:
    return Document((Passage(Span(0, len(source.text)), "paragraph", source.text),))


def window(document: Document, index: int) -> Document:
    """Give a document of the passages around one."""
    reach = (_CELLS, _CELLS) if document.passages[index].kind == "cell" else (_BEFORE, _AFTER)
    return replace(document, passages=document.passages[max(0, index - reach[0]) : index + reach[1] + 1])


def sentences_of(changed: Changed) -> list[str]:
    """Give the sentences of the changed passage, to be parsed in one batch with those of other variants."""
    if changed.index is None:
        return []
    passage = changed.document.passages[changed.index]
    return [passage.text[span.start : span.end] for span in split(passage.text)]


@dataclass(frozen=True, slots=True)
class Linted:
    """What was found in a changed page, and the errors and warnings among it that sit on the changed sentence."""

    judgement: Judgement
    diagnostics: tuple[Diagnostic, ...]
    alarms: tuple[Diagnostic, ...]


def lint(linter: Linter, changed: Changed, keep: Callable[[Diagnostic], bool], *, wholly: bool = False) -> Linted:
    """Look for errors and warnings on a changed sentence.

    Only what stands around it is judged; where that shows nothing, and ``wholly``, the whole document is, for what only
    something told elsewhere gives away.
    """
    if changed.index is not None:
        near = window(changed.document, changed.index)
        found = _lint(linter, changed, near, keep)
        if found.alarms or not wholly or len(near.passages) == len(changed.document.passages):
            return found
    return _lint(linter, changed, changed.document, keep)


def _lint(linter: Linter, changed: Changed, document: Document, keep: Callable[[Diagnostic], bool]) -> Linted:
    judgement = linter.judge(changed.source, document)
    found = tuple(linter.diagnose(judgement))
    alarms = (d for d in found if d.severity != "info" and d.span.overlaps(changed.sentence) and keep(d))
    return Linted(judgement, found, tuple(alarms))


def untouched(site: Site) -> Variant:
    """Give the variant that changes nothing, to see what is said of the sentence as it is."""
    here = Span(site.sentence.start, site.sentence.start)
    return Variant("", (Edit(here, ""),))
