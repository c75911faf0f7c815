"""Is a fact base true to its sources? Family 6xx: quotes, figures, duplicates, works."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from rapidfuzz import fuzz, process

from evidencelint.bibliography import Work, load_all
from evidencelint.diagnostics import Position, Severity
from evidencelint.facts import Fact, FactBase
from evidencelint.rules import find_rule
from evidencelint.sentences import split
from evidencelint.sourcetext import bare_text
from evidencelint.yamlio import suggest

_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        "…": "...",
        "\u00ad": "",
        "\u200b": "",
    }
)
_WITHIN_FIGURE = re.compile(r"\d[.,]\d")
_ALIKE_ENOUGH = 50
_LONGEST_SHOWN = 300
_LONGEST_PIECE = 600
_LONGEST_PASSAGE = 2_000
_SHORT_LIST = 8
_WORD = re.compile(r"\w+")
_HEAD = re.compile(r"[^\W\d_]+|\d+|_+")
_HEAD_SIZE = 20
# characters to compare from which one pass is faster than many
_MANY = 20_000_000


@dataclass(frozen=True, slots=True)
class FactProblem:
    """What is wrong with one fact, and where; ``fact`` is its id, empty where a source is at fault."""

    code: str
    name: str
    severity: Severity
    position: Position
    fact: str
    message: str

    def located(self) -> str:
        """Give the problem as one line with its place."""
        place = f"{self.position.path}:{self.position.line}:{self.position.column}"
        fact = f" {self.fact}:" if self.fact else ""
        return f"{place}: {self.severity} {self.code} {self.name}:{fact} {self.message}"


def check_fact_base(base: FactBase, works: Mapping[str, Work] | None = None) -> tuple[FactProblem, ...]:
    """Find every problem of a loaded fact base, in the order of the file.

    ``works`` is the bibliography by key; without it, the one that the fact base names is loaded, and raises
    BibliographyError where it is malformed.
    """
    known = works if works is not None else load_all(base.bibliography)
    problems = [problem for check in _CHECKS for problem in check(base, known)]
    return tuple(sorted(problems, key=lambda p: (p.position.line, p.position.column, p.code, p.message)))


def _quote_not_in_source(base: FactBase, _: Mapping[str, Work] | None) -> Iterator[FactProblem]:
    sources: dict[str, SourceText] = {}
    for key, quotes in _quotes_by_source(base).items():
        sources[key] = SourceText(base.source_texts[key], _markdown_path(base, key))
        sources[key].look_for(quotes)
    for fact in base.facts:
        keys = [key for key in fact.quoted_from if key in base.source_texts]
        if keys and not any(sources[key].has(fact.quote) for key in keys):
            message = f"the quote is not in {' or '.join(keys)}{sources[keys[0]].nearest(fact.quote)}"
            yield _problem("quote-not-in-source", fact, fact.quote_position, message)


def _quotes_by_source(base: FactBase) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fact in base.facts:
        for key in fact.quoted_from:
            if key in base.source_texts:
                found.setdefault(key, []).append(fact.quote)
    return found


def _markdown_path(base: FactBase, key: str) -> str | None:
    path = next((source.path for source in base.sources if source.key == key), None) or ""
    return path if path.lower().endswith((".md", ".markdown")) else None


def stands_in_text(quote: str, text: str) -> bool:
    """Tell whether a text holds a quote, but for white space and what typesetting changes."""
    return SourceText(text).has(quote)


class SourceText:
    """A source made ready for many quotes; it is cut into pieces only when a quote is missing."""

    def __init__(self, text: str, markdown_path: str | None = None) -> None:
        """Take a text; that of a Markdown file may be quoted without its markup, too."""
        self._raw = text
        self._markdown_path = markdown_path
        self._text = " ".join(text.split())
        self._plain = plain_text(text)
        self._prose: str | None = None
        self._pieces: list[tuple[str, frozenset[str]]] | None = None
        self._found: frozenset[str] = frozenset()

    def look_for(self, quotes: Sequence[str]) -> None:
        """Look for many quotes at once, which a long text makes slow one by one; `has` knows those that are there."""
        if len(quotes) * len(self._text) >= _MANY:
            self._found = frozenset(_standing(quotes, self._text))

    def has(self, quote: str) -> bool:
        """Tell whether the text holds a quote: exactly, or but for what typesetting and markup change."""
        if quote in self._found:
            return True
        plain = plain_text(quote)
        if _stands_in(quote, self._text) or _stands_in(plain, self._plain):
            return True
        if self._markdown_path is None:
            return False
        if self._prose is None:
            self._prose = plain_text(bare_text(self._raw, self._markdown_path))
        return _stands_in(plain, self._prose)

    def exact(self, quote: str) -> bool:
        """Tell whether the text holds a quote to the letter, white space apart."""
        return _stands_in(quote, self._text)

    def nearest(self, quote: str) -> str:
        """Give the end of a message: the passage most like a quote, with how alike it is in percent."""
        found = self.nearest_passage(quote)
        if found is None:
            return "; nothing there is like it"
        return f"; nearest ({found[1]:.0f}% alike): “{found[0]}”"

    def nearest_passage(self, quote: str) -> tuple[str, float] | None:
        """Give the passage most like a quote with how alike it is in percent; None where nothing is like it."""
        if self._pieces is None:
            sentences = (self._text[span.start : span.end] for span in split(self._text))
            self._pieces = [(piece, _words(piece)) for sentence in sentences for piece in _clipped(sentence)]
        wanted, part = _words(quote), quote[:_LONGEST_PIECE]
        count = max(1, sum(1 for _ in split(part)))
        # Letters are compared only where words are shared, as comparing them costs the product of both lengths.
        shared = [len(wanted & words) for _, words in self._pieces]
        starts = range(max(1, len(shared) - count + 1))
        likely = nlargest(_SHORT_LIST, starts, key=lambda start: (sum(shared[start : start + count]), -start))
        passages = [" ".join(piece for piece, _ in self._pieces[start : start + count]) for start in likely]
        found = process.extractOne(part, passages, scorer=_likeness, score_cutoff=_ALIKE_ENOUGH)
        return (_cut(part, found[0][:_LONGEST_PASSAGE]), float(found[1])) if found is not None else None


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _clipped(sentence: str) -> Iterator[str]:
    """Cut what is too long for a sentence, such as a table."""
    for start in range(0, len(sentence), _LONGEST_PIECE):
        yield sentence[start : start + _LONGEST_PIECE]


def plain_text(text: str) -> str:
    """Fold white space and what typesetting changes: dashes, quotation marks, composed letters."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_LOOKALIKES).split())


def _stands_in(piece: str, text: str) -> bool:
    """Tell whether a piece stands in a text whole: "1 days" is no piece of "3.1 days"."""
    start = text.find(piece)
    while start >= 0:
        end = start + len(piece)
        if not _cuts(text, start) and not _cuts(text, end):
            return True
        start = text.find(piece, start + 1)
    return False


def _standing(quotes: Sequence[str], text: str) -> Iterator[str]:
    """Yield those of many pieces that stand in a text whole, in one pass: the text is read at the heads of words.

    Pieces too short to be told by their heads are left to be looked for one by one.
    """
    # many quotes may begin alike ("No study has ..."): of those, each length is looked up, not each quote
    heads: dict[str, set[tuple[int, int]]] = {}
    wanted = frozenset(quotes)
    for quote in wanted:
        first = _HEAD.search(quote)
        if first is not None and len(quote) - first.start() >= _HEAD_SIZE:
            head = quote[first.start() : first.start() + _HEAD_SIZE]
            heads.setdefault(head, set()).add((first.start(), len(quote)))
    for match in _HEAD.finditer(text):
        for before, size in heads.get(text[match.start() : match.start() + _HEAD_SIZE], ()):
            start = match.start() - before
            end = start + size
            if start >= 0 and text[start:end] in wanted and not _cuts(text, start) and not _cuts(text, end):
                yield text[start:end]


def _cuts(text: str, at: int) -> bool:
    """Tell whether a place is within a word or a figure, such as "3.1" on either side of its point."""
    before, after = text[max(0, at - 2) : at], text[at : at + 2]
    if not before or not after:
        return False
    if (before[-1].isalpha() and after[0].isalpha()) or (before[-1].isdigit() and after[0].isdigit()):
        return True
    return any(_WITHIN_FIGURE.fullmatch(piece) is not None for piece in (before + after[0], before[-1] + after))


def _likeness(quote: str, passage: str, *, score_cutoff: float | None = None) -> float:
    """Score a piece of a longer passage as high as a whole one; a passage shorter than the quote as a whole."""
    passage = passage[:_LONGEST_PASSAGE]
    if len(passage) <= len(quote):
        return fuzz.ratio(quote, passage, score_cutoff=score_cutoff)
    return fuzz.partial_ratio(quote, passage, score_cutoff=score_cutoff)


def _cut(quote: str, passage: str) -> str:
    """Cut out the piece that is like the quote, at the ends of words."""
    found = fuzz.partial_ratio_alignment(quote, passage) if len(passage) > len(quote) else None
    if found is None:
        piece = passage
    else:
        start = passage.rfind(" ", 0, found.dest_start + 1) + 1
        end = passage.find(" ", max(found.dest_end - 1, start))
        piece = passage[start : end if end >= 0 else len(passage)]
    return piece if len(piece) <= _LONGEST_SHOWN else f"{piece[:_LONGEST_SHOWN]}…"


def _figure_not_in_quote(base: FactBase, _: Mapping[str, Work] | None) -> Iterator[FactProblem]:
    for fact in base.facts:
        for override in fact.overrides:
            if not _stands_in(override.text, fact.quote):
                message = f"figures has “{override.text}”, which the quote does not; the quote is “{fact.quote}”"
                yield _problem("figure-not-in-quote", fact, override.position, message)


def _duplicate_fact(base: FactBase, _: Mapping[str, Work] | None) -> Iterator[FactProblem]:
    seen: dict[tuple[str, str, tuple[tuple[str, frozenset[str]], ...]], Fact] = {}
    for fact in base.facts:
        key = (fact.source, plain_text(fact.quote).lower(), tuple(sorted(fact.slots.items(), key=lambda item: item[0])))
        first = seen.setdefault(key, fact)
        if first is not fact:
            message = f"the quote and slots are those of {first.id} in line {first.position.line}; keep one"
            yield _problem("duplicate-fact", fact, fact.position, message)


def _source_not_in_bibliography(base: FactBase, works: Mapping[str, Work] | None) -> Iterator[FactProblem]:
    rule = find_rule("source-not-in-bibliography")
    for source in base.sources if works is not None else ():
        if works is not None and source.key not in works:
            message = f"the source {source.key} is not in the bibliography{suggest(source.key, tuple(works))}"
            yield FactProblem(rule.code, rule.name, rule.severity, source.position, "", message)


def problem_at(name: str, position: Position, fact: str, message: str) -> FactProblem:
    """Make the problem that a rule reports at a place; ``fact`` is empty where no single fact is at fault."""
    rule = find_rule(name)
    return FactProblem(rule.code, rule.name, rule.severity, position, fact, message)


def _problem(name: str, fact: Fact, position: Position, message: str) -> FactProblem:
    return problem_at(name, position, fact.id, message)


_CHECKS: tuple[Callable[[FactBase, Mapping[str, Work] | None], Iterator[FactProblem]], ...] = (
    _quote_not_in_source,
    _figure_not_in_quote,
    _duplicate_fact,
    _source_not_in_bibliography,
)
