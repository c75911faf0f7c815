"""Rules on keys, footnotes and identifiers: does what is cited exist, once, and by a name that leads there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from evidencelint.bibliography.work import described, differ
from evidencelint.checks.cited import around, key_span, keys_of
from evidencelint.citations.links import identify, is_doi
from evidencelint.judgement import Judgement
from evidencelint.model import Citation, Finding, Fix, Note, Span

_NEAR = 75
_NEAR_HANDLE = 85
_DIGITS = re.compile(r"\d+")
_LETTER_AFTER_YEAR = re.compile(r"\d{4}[a-z]$")
_YEARLIKE = re.compile(r"\d{2,}")
_DOI_INSIDE = re.compile(r"10\.\d{4,9}/\S*[^\s.,;:)\]]")


def undefined_citation(judgement: Judgement) -> Iterator[Finding]:
    """Report a citation key that the bibliography does not have."""
    works = judgement.works
    if works is None:
        return
    keys = sorted(works)
    for citation in judgement.document.citations:
        if citation.kind != "key" or citation.target in works or identify(citation.target)[0] != "url":
            continue  # an identifier for a key needs no entry
        near = [(key, score) for key, score, _ in extract(citation.target, keys, limit=2, score_cutoff=_NEAR)]
        if _is_handle(citation, near[0][1] if near else 0):
            continue
        hint = f"; nearest is {near[0][0]}" if near else ""
        fix = Fix(key_span(citation), near[0][0], safe=_is_slip(citation.target, near)) if near else None
        message = f"cites {citation.target}, which the bibliography does not have{hint}"
        yield Finding(
            "undefined-citation", citation.span, around(judgement, citation.span), message, 0.95,
            expected=near[0][0] if near else None, fix=fix,
        )  # fmt: skip


def _is_handle(citation: Citation, likeness: float) -> bool:
    """Tell whether a bare ``@name`` is somebody's handle or a decorator rather than a key: no year, no like key."""
    return citation.narrative and likeness < _NEAR_HANDLE and not _YEARLIKE.search(citation.target)


def _is_slip(written: str, near: list[tuple[str, float]]) -> bool:
    """Tell whether one key alone can be meant: one letter off, and not one work of a year for another."""
    right = near[0][0]
    if OSA.distance(written.lower(), right.lower()) > 1 or (len(near) > 1 and OSA.distance(written, near[1][0]) <= 1):
        return False
    if _LETTER_AFTER_YEAR.search(written) and _LETTER_AFTER_YEAR.search(right):
        return False
    return sorted("".join(_DIGITS.findall(written))) == sorted("".join(_DIGITS.findall(right)))


def undefined_footnote(judgement: Judgement) -> Iterator[Finding]:
    """Report a footnote mark without a footnote; a single one that nothing refers to is what may be meant."""
    missing = _undefined(judgement)
    unused = _unused(judgement)
    for citation in missing:
        label = unused[0].label if len(unused) == 1 and len({each.target for each in missing}) == 1 else None
        hint = f"; nothing refers to {label}" if label else ""
        fix = Fix(Span(citation.span.start + 2, citation.span.end - 1), label, safe=False) if label else None
        message = f"refers to footnote {citation.target}, which is not defined{hint}"
        claim = around(judgement, citation.span)
        yield Finding("undefined-footnote", citation.span, claim, message, 0.95, expected=label, fix=fix)


def _undefined(judgement: Judgement) -> list[Citation]:
    defined = {label.casefold() for label in judgement.document.footnotes}
    marks = (citation for citation in judgement.document.citations if citation.kind == "footnote")
    return [citation for citation in marks if citation.target.casefold() not in defined]


def _unused(judgement: Judgement) -> list[Note]:
    marks = {c.target.casefold() for c in judgement.document.citations if c.kind == "footnote"}
    return [note for note in judgement.document.notes if note.label.casefold() not in marks]


def duplicate_definition(judgement: Judgement) -> Iterator[Finding]:
    """Report a footnote that is defined again."""
    seen: dict[str, Span] = {}
    for note in judgement.document.notes:
        first = seen.setdefault(note.label.casefold(), note.mark)
        if first != note.mark:
            line, _ = judgement.source.position(first.start)
            message = f"defines footnote {note.label} again, after line {line}; only one of them is shown"
            yield Finding("duplicate-definition", note.mark, _trimmed(judgement, note.span), message, 0.95)


def unused_definition(judgement: Judgement) -> Iterator[Finding]:
    """Report a footnote or a work in the front matter that nothing refers to."""
    # where a mark has no footnote, the footnote without a mark is told of there
    for note in _unused(judgement) if not _undefined(judgement) else ():
        message = f"footnote {note.label} is never referred to, so it is not shown"
        yield Finding("unused-definition", note.mark, _trimmed(judgement, note.span), message, 0.95)
    cited = {key for _, key in keys_of(judgement, judgement.document.citations)}
    if "nocite" in dict(judgement.document.front_matter):
        return
    for key, work in judgement.citing.own.inline.items():
        if key not in cited and work.position is not None:
            place = _line_of(judgement, work.position.line)
            yield Finding("unused-definition", place, place, f"the work {key} is never cited", 0.9)


def _trimmed(judgement: Judgement, span: Span) -> Span:
    text = judgement.source.slice(span)
    return Span(span.start, span.start + len(text.rstrip()))


def _line_of(judgement: Judgement, line: int) -> Span:
    text = judgement.source.text
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    end = text.find("\n", start)
    piece = text[start : end if end >= 0 else len(text)]
    first = start + len(piece) - len(piece.lstrip())
    return Span(first, start + len(piece.rstrip()))


def malformed_doi(judgement: Judgement) -> Iterator[Finding]:
    """Report what is given as a DOI but has not the form of one."""
    for citation in judgement.document.citations:
        if citation.kind != "doi" or is_doi(citation.target):
            continue
        text = judgement.source.slice(citation.span)
        inside = _DOI_INSIDE.findall(text)
        right = inside[-1] if len(inside) == 1 else None
        fix = None
        if right is not None and text.lower().startswith(("http", "doi")):
            shown = f"https://doi.org/{right}" if text.lower().startswith("http") else f"doi:{right}"
            fix = Fix(citation.span, shown, safe=True)
        hint = f"; it holds {right}" if right else "; a DOI is 10., a registrant's number, a slash and a name"
        message = f"{citation.target or text} is not a DOI{hint}"
        yield Finding(
            "malformed-doi", citation.span, around(judgement, citation.span), message, 0.9, expected=right, fix=fix
        )


def missing_bibliography(judgement: Judgement) -> Iterator[Finding]:
    """Report a bibliography that the front matter names and that is not there, or not to be read."""
    for span, name in judgement.citing.own.missing:
        message = f"the bibliography {name} is not there; the path counts from the folder of the document"
        yield Finding("missing-bibliography", span, span, message, 0.95)
    for span, name in judgement.citing.own.outside:
        message = f"the bibliography {name} lies outside the project and is not read; copy it into the project"
        yield Finding("missing-bibliography", span, span, message, 0.95)


def ambiguous_key(judgement: Judgement) -> Iterator[Finding]:
    """Report a key that is one work in the document's own bibliography and another in that of the fact base."""
    own, shared = judgement.citing.own.works, judgement.citing.shared
    told: set[str] = set()
    for citation in judgement.document.citations:
        key = citation.target
        if citation.kind != "key" or key in told or key not in own or key not in shared:
            continue
        told.add(key)
        if differ(own[key], shared[key]):
            message = f"{key} is {described(own[key])} here, and {described(shared[key])} in the shared bibliography"
            yield Finding("ambiguous-key", citation.span, around(judgement, citation.span), message, 0.9)
