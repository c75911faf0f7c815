"""What a document holds without asserting it: items under "What it does not show:", myths, titles, references to pages.

A head is what introduces a list (its lead-in or parent item), a section or a column. It speaks of what stands under it,
and may deny it ("NOT", "Never claimed:"), call it false ("Myths") or missing ("Still unknown"), or only point to it
("See also"). What follows the first sentence of such an item is the reply to it, and asserted again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from evidencelint.lexicon import certainty_cues, head_words, own_matter, stance_marks, stance_words, stop_stems, whole_words
from evidencelint.model import Passage, Span
from evidencelint.sentences import split
from evidencelint.words import Hit, Word, words

Head = Literal["false", "true", "absent", "pointer", "none"]

_QUESTION = re.compile(r"\?\W*$")
_COMPLETE = re.compile(r"[.!…][\"'”’)\]]*\s*$")
_LABEL_ENDS = re.compile(r"\s*(?:[:–—]|-\s)")
_NOT = re.compile(r"(?:not|no|never|none|nothing|nobody|nowhere|neither|cannot|no one|.*n't)\Z")
_POINTS = re.compile(r"\W*(?:for|on|about|to\s+\w+)\b[^.;:]{0,80}?,\s+(?:please\s+)?", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]+”|\"[^\"]+\"|«[^»]+»")
_CLOSING = " \t,:;.*_([{“\"'‘«"
_ABOUT = frozenset({"about", "of", "on", "in", "around", "that", "with", "from", "by", "for", "to", "and", "so", "yet"})
_HUNDRED = re.compile(r"\W*100(?:\.0+)?\s*(?:%|per\s?cent|percent)?\W*", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\W*[A-Z][\w’'-]+,\s+(?:[A-Z]\.[\s-]*)+(?:[^()]{0,200}?)\((?:19|20)\d\d[a-z]?\)\s*[.:,]", re.DOTALL
)
_MOST_BEHIND = 4
_LONGEST_HEAD = 9
_SHORT = 4
_REACH = 3
_SAYINGS = frozenset({"claims", "statements", "things", "sentences", "phrases", "words", "lines", "quotes", "assertions"})
_UNDER = frozenset({"item", "cell", "quote", "heading"})


def withheld(passage: Passage, sentence: Span, place: int) -> bool:
    """Tell whether the text does not assert a sentence of a passage; ``sentence`` is relative to it, ``place`` its number."""
    text = passage.text[sentence.start : sentence.end]
    if points(text) or _is_link(passage) or _REFERENCE.match(passage.text) or _labelled(text):
        return True
    heading = next(iter(passage.headings[-1:]), "")
    if passage.kind != "heading" and _of_section(heading) == "pointer":
        return True
    if place or _marked(text) == "true":
        return False
    if _marked(text) == "false" or _lead(passage.lead_ins) in {"false", "absent", "pointer"}:
        return True
    if passage.kind == "cell":
        return _refused_in_row(passage, text)
    if passage.kind in _UNDER and not passage.lead_ins:
        return _under(_of_section(heading), text)
    return False


def _under(head: Head, text: str) -> bool:
    """Tell whether a section's heading speaks of an item: a full sentence under "Still unknown" is one of its own."""
    return head == "false" or (head == "absent" and not _COMPLETE.search(text))


def _of_section(heading: str) -> Head:
    """Say what a heading says of its section; one that tells the myth ("Myth 2: it melts") leaves the reply to it."""
    return "none" if tells(heading) else head_of(heading)


def tells(heading: str) -> bool:
    """Tell whether a heading is a label with what it labels ("Myth 2: it melts"), so that the section replies to it."""
    sequence = words(heading)
    for hit in head_words().find(sequence):
        last = hit.last + 1
        if last < len(sequence) and sequence[last].text.isdigit():
            last += 1
        end = sequence[last - 1].span.end
        if hit.value == "false" and hit.first <= 1 and _LABEL_ENDS.match(heading, end):
            return bool(heading[end:].strip(" :–—-"))
    return False


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
    if _sums_up(passage, text) or any(own_matter(head) for head in (*passage.column, *passage.row[:1])):
        return True  # a column of "our estimate" is not the source's
    if any(_is_hearsay(words(each)) for each in passage.column):
        return True
    heads = [head_of(each) for each in (*passage.column, *passage.row[:1]) if len(words(each)) <= _SHORT]
    if "false" in heads:
        return "true" not in heads
    beside = (each for each in passage.row if len(words(each)) <= _SHORT < len(words(text)))
    return any(head_of(each) == "false" or _denies_all(words(each)) for each in beside) or (
        len(words(text)) >= _SHORT and any(head_of(each) == "false" for each in passage.row if len(words(each)) < _SHORT)
    )


def _sums_up(passage: Passage, text: str) -> bool:
    """Tell whether a cell holds the whole of its row or column, or what the others leave of it."""
    names = {head.strip(" *_:.").lower() for head in (*passage.column, *passage.row[:1])}
    whole = _HUNDRED.fullmatch(text) is not None and not names.isdisjoint(whole_words("total_rows"))
    return whole or not names.isdisjoint(whole_words("rest_rows"))


def head_of(text: str) -> Head:
    """Say what a head says of what stands under it."""
    marked = _marked(text)
    if marked != "none":
        return marked
    sequence = words(text)
    if not sequence or _QUESTION.search(text) or len(sequence) > _LONGEST_HEAD:
        return "none"
    if _points_on(sequence):
        return "pointer"
    if _is_hearsay(sequence):
        return "false"
    kinds = {hit.value for hit in head_words().find(sequence) if hit.value in {"unsaid"} or _is_label(hit, sequence)}
    if {"true", "false"} <= kinds:
        return "none"
    if kinds & {"false", "unsaid"}:
        return "false"
    if "true" in kinds:
        return "true"
    if _denies_all(sequence):
        return "false" if sequence[0].written in _SAYINGS else "absent"
    return "absent" if "absent" in kinds else "none"


def _is_hearsay(sequence: Sequence[Word]) -> bool:
    """Tell whether a head is of what others say ("What people say")."""
    hits = stance_words("hearsay").find(sequence)
    return any(hit.last + 1 == len(sequence) or hit.first == 0 for hit in hits) and len(sequence) <= _SHORT + 1


def _labelled(text: str) -> bool:
    """Tell whether a sentence is labelled as a claim that is looked into ("Claim 3: it melts")."""
    sequence = words(text)
    hit = next(iter(stance_words("labels").find(sequence)), None)
    if hit is None or hit.first:
        return False
    numbered = len(sequence) > hit.last + 1 and sequence[hit.last + 1].text.isdigit()
    return _LABEL_ENDS.match(text, sequence[hit.last + numbered].span.end) is not None


def _is_label(hit: Hit[str], sequence: Sequence[Word]) -> bool:
    """Tell whether a word is what a head says, and not a part of its topic ("wrong dose", "unknown donors")."""
    following = sequence[hit.last + 1] if hit.last + 1 < len(sequence) else None
    return following is None or following.text.isdigit() or (hit.first <= _REACH and following.written in _ABOUT)


def _points_on(sequence: Sequence[Word]) -> bool:
    hit = next(iter(stance_words("pointers").find(sequence)), None)
    rest = sequence[hit.last + 1 :] if hit is not None else ()
    return hit is not None and hit.first == 0 and (not rest or rest[0].written in _ABOUT)


def _denies_all(sequence: Sequence[Word]) -> bool:
    """Tell whether a head denies and leaves what it denies to its items: "NOT", "what it does not show"."""
    denial = None
    for hit in certainty_cues().find(sequence):
        if any(_NOT.match(word.written) for word in sequence[hit.first : hit.last + 1]):
            if hit.value == "negation.pseudo" or "why" in {word.written for word in sequence[: hit.first]}:
                return False
            denial = hit
    if denial is None:
        return False
    telling = {hit.first for hit in stance_words("telling").find(sequence)}
    after = range(denial.last + 1, len(sequence))
    said = [place for place in after if sequence[place].stem not in stop_stems()]
    return all(place in telling for place in said[:1]) and len(said) <= 2  # noqa: PLR2004 - "does not show in trials"


def _marked(text: str) -> Head:
    shown = text.lstrip()
    if shown.startswith(stance_marks("false")):
        return "false"
    return "true" if shown.startswith(stance_marks("true")) else "none"


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
    return label is not None and label.first == 0 and _LABEL_ENDS.match(text, label.span.end) is not None


def _is_link(passage: Passage) -> bool:
    """Tell whether an item is a link, which shows the title of a page, with no more than a few words behind it."""
    if passage.kind not in {"item", "cell"} or not passage.links:
        return False
    first = passage.links[0]
    start, end = (place - passage.span.start for place in (first.start, first.end))
    inside, behind = words(passage.text[start:end]), words(passage.text[end:])
    return not words(passage.text[:start]) and len(behind) <= _MOST_BEHIND and len(inside) > len(behind)


def titles(text: str, marked: Sequence[Span]) -> Iterator[Span]:
    """Yield the titles in a sentence: quoted, or ``marked`` (relative to it), after a word for what has one."""
    for span in sorted((*marked, *(Span(*match.span()) for match in _QUOTED.finditer(text)))):
        before = words(text[: span.start].rstrip(_CLOSING))[-_REACH:]
        if len(words(text[span.start : span.end])) > 1 and any(stance_words("titled").find(before)):
            yield span
