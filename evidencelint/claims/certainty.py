"""How sure a clause is: hedges, boosters, negation, attribution and mood, from cues that reach its statement.

The reading follows ConText (Harkema et al., 2009): cues are data, each with what it means and how far it reaches;
``scope`` says which of them reach the verb or relation that a clause is about. Two negations of the same
statement cancel out ("failed to rule out").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from evidencelint.claims.modals import expects, gives_leave, is_effect, is_other_word
from evidencelint.claims.scope import reaches
from evidencelint.claims.tree import Tree
from evidencelint.diagnostics import Span
from evidencelint.documents.sentences import split
from evidencelint.frames import Certainty, Cue, Mood
from evidencelint.lexicon import certainty_cues, polarity_words
from evidencelint.words import Word, words

_QUESTION = re.compile(r"\?[\"'”’)\]]*\s*$")
_AFTERTHOUGHT = re.compile(
    r"[,;:–—]\s+(?:and|but|so|or)\s+(?:why|how|what|who|when|where)\b[^,;:]*\?\W*$", re.IGNORECASE
)
_ANSWER = re.compile(r"\W*no\s*[,:;.!–—]", re.IGNORECASE)
_REPORTED = re.compile(
    r"\b(?:say|says|said|claim(?:s|ed)?|headlines?|believes?|believed|thought|think|thinks|told|tell|tells|reported|reports?|insists?|insisted"
    r"|promised?|promises|advert(?:s|isements?)?|rumou?rs?|assert(?:s|ed)?|argued?|argues|suggested|suggests?|announced)\b",
    re.IGNORECASE,
)
_DENYING = (
    r"(?:it|they|this|that|he|she|these|those)\s+(?:does|do|did|is|are|was|were|has|have|had|will|can|could|would)"
    r"(?:\s+not|n['’]t)(?:\s+(?:so|true|the\s+case))?"
)
_UNBORNE = (
    r"(?:the\s+)?(?:figures|data|evidence|numbers|facts|studies|trials|results|records)\s+(?:does|do|did)(?:\s+not|n['’]t)\s+"
    r"(?:bear\s+(?:this|that|it|them)\s+out|(?:support|confirm|show|back)\s+(?:this|that|it|them)(?:\s+up)?)"
)
_TAKEN_BACK = re.compile(
    rf"(?:[;:—–]|,\s+but|\s-)\s+(?:but\s+|in\s+fact,?\s+)?(?:{_DENYING}|{_UNBORNE})\W*$", re.IGNORECASE
)
_NO = re.compile(
    rf"\W*(?:(?:but|in\s+fact|in\s+truth|however),?\s+)?(?:{_DENYING}|(?:that|this|it)\s+is\s+(?:simply\s+)?(?:false|wrong|untrue|a\s+myth|nonsense))\W*",
    re.IGNORECASE,
)
_HYPHENS = frozenset("-‑")
_SHOWN = re.compile(r"shows?|showed|shown|demonstrate[sd]?|found|finds?|conclude[sd]?", re.IGNORECASE)
_MOODS: dict[str, Mood] = {
    "rejection": "rejection",
    "denial": "rejection",
    "unproven": "rejection",
    "recommendation": "recommendation",
    "condition": "condition",
    "inquiry": "condition",
}
_HEDGES = frozenset({"hedge", "speculation", "open"})
_NEGATIONS = frozenset({"negation.before", "negation.after"})
_DENIALS = frozenset({"denial", "unproven"})
_LEVELS = {
    "weak_hedge": 3,
    "hedge": 2,
    "speculation": 1,
    "open": 1,
    "inquiry": 0,
    "recommendation": 0,
    "condition": 0,
    "rejection": 0,
    "denial": 0,
    "unproven": 0,
}


def find_cues(sequence: Sequence[Word], text: str) -> tuple[Cue, ...]:
    """Find the certainty cues of a text, in order; ``text`` is what the word spans point into.

    The "No" that answers a question ("No: it helps") negates nothing in its own sentence.
    """
    answer = _ANSWER.match(text)
    start = answer.end() if answer else 0
    return tuple(
        Cue(hit.value, text[hit.span.start : hit.span.end], hit.span)
        for hit in certainty_cues().find(sequence)
        if hit.span.end > start and not _joined(hit.span, text)
    )


def _joined(span: Span, text: str) -> bool:
    """Tell whether "no" is the first part of a word ("no-till")."""
    return text[span.end : span.end + 1] in _HYPHENS and text[span.start : span.end].lower() in {
        "no",
        "not",
        "never",
        "zero",
    }


def meant(cues: Iterable[Cue], tree: Tree) -> tuple[Cue, ...]:
    """Give the cues as the parse shows them meant: "may" that gives leave is none, "should" may expect."""
    kept: list[Cue] = []
    for cue in cues:
        if cue.kind == "recommendation" and expects(tree, cue):
            kept.append(replace(cue, kind="hedge"))
        elif cue.kind == "recommendation" and is_effect(cue, tree):
            continue  # "the reform encouraged saving"
        elif not is_other_word(cue, tree) and (cue.kind not in {"hedge", "weak_hedge"} or not gives_leave(cue, tree)):
            kept.append(cue)
    return tuple(kept)


def reaching(cues: Iterable[Cue], tree: Tree, focus: int) -> tuple[Cue, ...]:
    """Give the cues that reach a token, and those that are part of it ("rejected" itself denies)."""
    return tuple(
        cue
        for cue in cues
        if reaches(cue, tree, focus) or (cue.kind not in _NEGATIONS and focus in tree.within(cue.span))
    )


def hedges_among(cues: Iterable[Cue]) -> tuple[str, ...]:
    """Give the words among some cues that make a statement less than certain; what is denied is not hedged."""
    kept = tuple(cues)
    if any(cue.kind == "denial" for cue in kept):
        return ()
    return tuple(dict.fromkeys(cue.text for cue in kept if cue.kind in _HEDGES))


def negated_by(cues: Iterable[Cue]) -> bool:
    """Tell whether some cues that reach a statement negate it: an odd number of negations, or a denial."""
    kept = tuple(cues)
    paired = any(cue.text.lower() == "neither" for cue in kept)  # "neither ... nor" negates once
    places = {cue.span for cue in kept if cue.kind in _NEGATIONS and not (paired and cue.text.lower() == "nor")}
    return len(places) % 2 == 1 or any(cue.kind in _DENIALS for cue in kept)


def level_of(cues: Iterable[Cue]) -> int:
    """Give the level of certainty that cues leave to what they reach."""
    return min((_LEVELS[cue.kind] for cue in cues if cue.kind in _LEVELS), default=4)


def taken_back(sentence: str) -> int:
    """Give where a report ends that its sentence takes back ("they said it cures; it does not"), else 0.

    The teller may be denied in the place of the report ("Anyone who tells you that it cures has not read it").
    """
    sequence = words(sentence)
    teller = next(iter(polarity_words("tellers").find(sequence)), None)
    if teller is not None:
        denials = [hit.span.start for hit in polarity_words("disbelieved").find(sequence)]
        ends = [start for start in denials if _REPORTED.search(sentence, teller.span.start, start)]
        if ends:
            return max(ends)
    found = _TAKEN_BACK.search(sentence)
    return found.start() if found is not None and _REPORTED.search(sentence, 0, found.start()) else 0


def takes_back(sentence: str, next_sentence: str) -> bool:
    """Tell whether a sentence reports what the next one takes back ("Some say that it cures. It does not.")."""
    return _NO.fullmatch(next_sentence) is not None and _REPORTED.search(sentence) is not None


def is_absolute(cue: Cue) -> bool:
    """Tell whether a cue is a word too strong for almost any evidence."""
    return cue.kind.startswith("absolute.")


def is_question(sentence: str) -> bool:
    """Tell whether a sentence asks, and does not only end in a question of its own (", and why would it?")."""
    return bool(_QUESTION.search(sentence)) and not _AFTERTHOUGHT.search(sentence)


def read_certainty(
    cues: Iterable[Cue], sentence: str, ceiling: int = 4, reach: Sequence[Cue] | None = None, near: Sequence[Cue] = ()
) -> Certainty:
    """Weigh the cues of one clause; ``ceiling`` is the level that its surroundings allow.

    ``reach`` are the cues that reach what the clause states; where it is None, all of them are taken to. ``near`` are
    others of the same statement: they lower its level, as one who is careful would read it, and no more.
    """
    kept = tuple(cues)
    effective = kept if reach is None else tuple(reach)
    level = 0 if is_question(sentence) else level_of((*effective, *near))
    disowned = _disowns(effective)
    return Certainty(
        hedges=hedges_among(effective),
        boosters=tuple(cue for cue in kept if cue.kind == "booster"),
        absolutes=tuple(cue for cue in kept if is_absolute(cue)),
        negations=tuple(_negations(kept)),
        negated=negated_by(effective),
        attribution=next((cue.text for cue in kept if cue.kind == "attribution"), None),
        level=min(level, 4 if _insists((*effective, *near)) else ceiling, 0 if disowned else 4),
        mood="rejection" if disowned else _mood((*effective, *near), sentence),
    )


def _negations(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Yield the negations, and the "no" of other cues ("no evidence that")."""
    for cue in cues:
        if cue.kind in _NEGATIONS:
            yield cue
        elif cue.text.lower().startswith("no "):
            yield Cue("negation.before", "no", Span(cue.span.start, cue.span.start + 2))


def _mood(cues: Iterable[Cue], sentence: str) -> Mood:
    """Say what a clause does other than state."""
    if is_question(sentence):
        return "question"
    kinds = {cue.kind for cue in cues}
    return next((mood for kind, mood in _MOODS.items() if kind in kinds), "statement")


def _insists(cues: Iterable[Cue]) -> bool:
    """Tell whether a clause claims to be shown, so that no heading or lead-in makes it an idea."""
    return any(cue.kind in {"booster", "absolute.proof"} or _SHOWN.fullmatch(cue.text) for cue in cues)


def _disowns(cues: Iterable[Cue]) -> bool:
    """Tell whether a clause says of someone that they do not say so ("does not claim that")."""
    kept = tuple(cues)
    return any(
        0 <= said.span.start - negation.span.end <= _ADJACENT
        for negation in kept
        if negation.kind == "negation.before"
        for said in kept
        if said.kind == "attribution"
    )


def ceiling_of(lead_ins: Iterable[str], headings: Iterable[str]) -> int:
    """Give the highest level that the surroundings allow ("Hypothesised mechanisms:" allows 1).

    A heading that asks a question, or says what is looked into, says nothing about the answer.
    """
    stated = [text for text in headings if not _QUESTION.search(text)]
    level = 4
    for text in (*(_last_sentence(text) for text in lead_ins), *stated):
        cues = [cue for cue in find_cues(words(text), text) if cue.kind != "inquiry"]
        level = min(level, read_certainty(cues, text).level)
    return level


def _last_sentence(text: str) -> str:
    """Give the sentence that leads on to a list; what its paragraph says before is of other matters."""
    found = [text[span.start : span.end] for span in split(text)]
    return found[-1] if found else text


def negates(certainty: Certainty, span: Span, text: str) -> bool:
    """Tell whether a cue is under a negation that stands before it in the same clause part."""
    for negation in certainty.negations:
        if negation.kind == "negation.before" and negation.span.end <= span.start:
            between = text[negation.span.end : span.start]
            if not re.search(r"[;:]|\b(?:but|and|which|that is)\b", between) and len(between) < _SCOPE:
                return True
    return False


_SCOPE = 80
_ADJACENT = 2
