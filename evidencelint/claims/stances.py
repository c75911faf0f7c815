"""What a document holds without asserting it: items under "What it does not show:", myths, titles, references to pages.

A head is what introduces a list (its lead-in or parent item), a section or a column. It speaks of what stands under it,
and may deny it ("NOT", "Never claimed:"), call it false ("Myths") or missing ("Still unknown"), or only point to it
("See also"). What follows the first sentence of such an item is the reply to it, and asserted again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidencelint.claims.heads import LABEL_ENDS, Head, denies_all, head_of, is_hearsay, mark_of, tells
from evidencelint.documents.sentences import split
from evidencelint.lexicon import own_matter, stance_words, whole_words
from evidencelint.model import Passage, Span
from evidencelint.words import words

_COMPLETE = re.compile(r"[.!…][\"'”’)\]]*\s*$")
_POINTS = re.compile(r"\W*(?:for|on|about|to\s+\w+)\b[^.;:]{0,80}?,\s+(?:please\s+)?", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”“]+”|\"[^\"]+\"|«[^»«]+»")
_LETTER = re.compile(r"\w")
_CLOSING = " \t,:;.*_([{“\"'‘«"
_HUNDRED = re.compile(r"\W{0,20}100(?:\.0{1,6})?\s{0,20}(?:%|per\s?cent|percent)?\W{0,20}", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\W*[A-Z][\w’'-]+,\s+(?:[A-Z]\.[\s-]*)+(?:[^()]{0,200}?)\((?:19|20)\d\d[a-z]?\)\s*[.:,]", re.DOTALL
)
_MOST_BEHIND = 4  # words
_LONGEST_BEHIND = 60
_SHORT = 4
_REACH = 3
_UNDER = frozenset({"item", "cell", "quote", "heading"})


def withheld(passage: Passage, sentence: Span, place: int) -> bool:
    """Tell whether the text does not assert a sentence of a passage, the ``place``-th in it; spans are relative."""
    text = passage.text[sentence.start : sentence.end]
    section = _of_section(passage.headings[-1]) if passage.headings else "none"
    if points(text) or _is_link(passage) or _REFERENCE.match(passage.text) or _labelled(text):
        return True
    if passage.kind != "heading" and section == "pointer":
        return True
    # what follows the first sentence replies to it
    return place == 0 and mark_of(text) != "true" and _refused(passage, text, section)


def _refused(passage: Passage, text: str, section: Head) -> bool:
    if mark_of(text) == "false" or _lead(passage.lead_ins) in {"false", "absent", "pointer"}:
        return True
    if passage.kind == "cell":
        return _refused_in_row(passage, text)
    return passage.kind in _UNDER and not passage.lead_ins and _under(section, text)


def _under(head: Head, text: str) -> bool:
    """Tell whether a section's heading speaks of an item: a full sentence under "Still unknown" is one of its own."""
    return head == "false" or (head == "absent" and not _COMPLETE.search(text))


def _of_section(heading: str) -> Head:
    """Say what a heading says of its section; one that tells the myth ("Myth 2: it melts") leaves the reply to it."""
    return "none" if tells(heading) else head_of(heading)


def _lead(lead_ins: Sequence[str]) -> Head:
    """Say what the nearest head among the lead-ins says; a parent that is a sentence is what its items comment on."""
    for text in reversed(lead_ins):
        last = [text[span.start : span.end] for span in split(text)][-1:]
        if not last or _COMPLETE.search(last[0]):
            return "none"
        head = head_of(last[0])
        if head != "none":
            return head
    return "none"


def _refused_in_row(passage: Passage, text: str) -> bool:
    """Tell whether the head of a cell's column or row, or a verdict beside it, says that it is not so."""
    above = (*passage.column, *passage.row[:1])
    if _sums_up(passage, text) or any(own_matter(head) for head in above):
        return True  # a column of "our estimate" is not the source's
    if any(is_hearsay(words(each)) for each in passage.column):
        return True
    heads = {head_of(each) for each in above}
    if "false" in heads:
        return "true" not in heads
    long = len(words(text))
    beside = [each for each in passage.row if len(words(each)) <= min(_SHORT, long - 1) and long >= _SHORT]
    return any(head_of(each) == "false" or denies_all(words(each)) for each in beside)


def _sums_up(passage: Passage, text: str) -> bool:
    """Tell whether a cell holds the whole of its row or column, or what the others leave of it."""
    names = {head.strip(" *_:.").lower() for head in (*passage.column, *passage.row[:1])}
    sums = not names.isdisjoint(whole_words("total_rows")) or any(name.startswith("all ") for name in names)
    whole = sums and _HUNDRED.fullmatch(text) is not None
    return whole or not names.isdisjoint(whole_words("rest_rows"))


def _labelled(text: str) -> bool:
    """Tell whether a sentence is labelled as a claim that is looked into ("Claim 3: it melts")."""
    sequence = words(text)
    hit = next(iter(stance_words("labels").find(sequence)), None)
    if hit is None or hit.first:
        return False
    numbered = len(sequence) > hit.last + 1 and sequence[hit.last + 1].text.isdigit()
    return LABEL_ENDS.match(text, sequence[hit.last + numbered].span.end) is not None


def points(text: str) -> bool:
    """Tell whether a sentence only sends its reader elsewhere ("For the rules, see Cycling at night")."""
    sequence = words(text)
    topic = _POINTS.match(text)
    starts = {sequence[0].span.start} if sequence else set()
    if topic is not None:
        starts |= {word.span.start for word in sequence if word.span.start == topic.end()}
    if any(hit.span.start in starts for hit in stance_words("pointing").find(sequence)):
        return True
    label = next(iter(stance_words("pointers").find(sequence)), None)
    return label is not None and label.first == 0 and LABEL_ENDS.match(text, label.span.end) is not None


def _is_link(passage: Passage) -> bool:
    """Tell whether an item is a link, which shows the title of a page, with no more than a few words behind it."""
    if passage.kind not in {"item", "cell"} or not passage.links:
        return False
    first = passage.links[0]
    start, end = (place - passage.span.start for place in (first.start, first.end))
    if passage.text[:start].strip() or len(passage.text.rstrip()) - end > _LONGEST_BEHIND:
        return False
    inside, behind = words(passage.text[start:end]), words(passage.text[end:])
    return len(inside) > len(behind) <= _MOST_BEHIND


def titles(text: str, marked: Sequence[Span]) -> Iterator[Span]:
    """Yield the titles in a sentence: quoted, or ``marked`` (relative to it), after a word for what has one."""
    for span in sorted((*marked, *(Span(*match.span()) for match in _QUOTED.finditer(text)))):
        before = words(text[: span.start].rstrip(_CLOSING))[-_REACH:]
        if len(words(text[span.start : span.end])) > 1 and any(stance_words("titled").find(before)):
            yield span


def without_titles(passage: Passage) -> str:
    """Give the text of a passage with the titles of works and pages in it made unreadable; its length stays."""
    text = passage.text
    marked = [span.shift(-passage.span.start) for span in (*passage.emphasis, *passage.links)]
    for sentence in split(text) if marked or '"' in text or "“" in text or "«" in text else ():
        inside = [span.shift(-sentence.start) for span in marked if sentence.contains(span)]
        for span in titles(text[sentence.start : sentence.end], inside):
            start, end = sentence.start + span.start, sentence.start + span.end
            text = text[:start] + _LETTER.sub("_", text[start:end]) + text[end:]
    return text
