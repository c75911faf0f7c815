"""What the rules on citations share: the sentence around one, its key, the works it names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from evidencelint.frames import Claim
from evidencelint.judgement import Judgement
from evidencelint.matching.decisions import FigureMatch
from evidencelint.matching.nearness import StatementMatch
from evidencelint.model import Citation, Span

_REFERENCE_LIST = re.compile(
    r"(?:key |further |selected )?(?:references|bibliography|literature|works cited|sources)\b", re.IGNORECASE
)


def around(judgement: Judgement, span: Span) -> Span:
    """Give the sentence a citation stands in or ends, or the citation itself."""
    for claim in judgement.claims:
        if claim.sentence.start <= span.start <= claim.sentence.end + 2:
            return claim.sentence
    return span


def key_span(citation: Citation) -> Span:
    """Give the place of the key alone, without the mark, and without the braces it may stand in."""
    end = citation.span.end
    length = citation.span.end - citation.span.start
    if length == len(citation.target) + 3:
        end -= 1  # @{key}
    return Span(end - len(citation.target), end)


def keys_of(judgement: Judgement, citations: Iterable[Citation]) -> Iterator[tuple[Citation, str]]:
    """Yield citations with the key of each work they name; without a bibliography a key names itself."""
    for citation in citations:
        if judgement.works is not None:
            yield from ((citation, key) for key in judgement.works.keys_of(citation))
        elif citation.kind == "key":
            yield citation, citation.target


def cites(judgement: Judgement, claim: Claim) -> bool:
    """Tell whether a clause has a citation of any kind, leaving out what only looks like one."""
    return any(
        citation.kind != "prose"
        or (citation.prose is not None and citation.prose.clear)
        or (judgement.works is not None and bool(judgement.works.keys_of(citation)))
        for citation in claim.citations
    )


class Within:
    """Spans that do not overlap, ready to be asked whether something lies in one of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Sort them once."""
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def __contains__(self, span: Span) -> bool:
        """Tell whether a span lies inside one of these."""
        at = bisect_right(self._starts, span.start) - 1
        return at >= 0 and self._spans[at].contains(span)


def reference_lists(judgement: Judgement) -> Within:
    """Give the passages under headings such as "References"."""
    return Within(p.span for p in judgement.document.passages if any(_REFERENCE_LIST.match(h) for h in p.headings))


def figures_by_claim(judgement: Judgement) -> Mapping[int, Sequence[FigureMatch]]:
    """Give the matches of figures by the identity of their claim, in the order of the text."""
    found: dict[int, list[FigureMatch]] = defaultdict(list)
    for match in judgement.figures:
        found[id(match.claim)].append(match)
    return found


def statements_by_claim(judgement: Judgement) -> Mapping[int, Sequence[StatementMatch]]:
    """Give the matches of statements by the identity of their claim."""
    found: dict[int, list[StatementMatch]] = defaultdict(list)
    for match in judgement.statements:
        found[id(match.claim)].append(match)
    return found
