"""Find the verb that the parse lost in a stretch of a sentence, and hang the stretch on it.

A small statistical parser takes "mergers lower prices" or "shade cloth mitigates heat stress" for one noun phrase, and
the more so inside "that" clauses. Where a stretch between conjunctions and marks has no finite verb that stands as one,
but a verb of the lexicon between two noun phrases, that verb heads it. Robust partial parsing after Abney (1996): small
phrases are trusted, their attachment is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidencelint.claims.participles import NOUNS, changes, kids, take_pairing
from evidencelint.lexicon import word_set
from evidencelint.model import Token

_LAST = 2
_NOUN_ENDINGS = ("ings", "ments", "ions", "nesses", "ances", "ences", "ities", "ages")
_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
_STANDING = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl", "acl", "parataxis", "csubj", "csubjpass", "pcomp"})
_HELPING = frozenset({"aux", "auxpass"})
_CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "conj", "parataxis"})
_PARTS = frozenset({"DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON", "PART"})
_WITHIN_PHRASE = frozenset({"det", "amod", "nummod", "compound", "poss", "nmod", "case", "neg", "predet", "preconj"})
_LINKS = frozenset({"prep", "advmod", "punct", "neg", "mark", "cc", "npadvmod", "advcl", "preconj", "dep"})


def stretches(work: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the stretches between marks, conjunctions and stops, as places from and to; openers are left out."""
    start = 0
    for index, token in enumerate(work):
        if token.text.lower() in word_set("opens_clause") or (
            token.pos == "PUNCT" and token.text not in {"-", "‑", "%", "'", "’"}
        ):
            yield start, index
            start = index + 1
    yield start, len(work)


def lost_verb(start: int, end: int, work: Sequence[Token]) -> int | None:
    """Give the place of the verb that a stretch lost, or None where it has its verb or none is there."""
    places = [i for i in range(start, end) if _between_nouns(i, start, end, work)]
    if not places or any(
        _stands(i, work) and changes(work[i].text) and not _doubtful(i, places, work) for i in range(start, end)
    ):
        return None
    sure = [i for i in places if _only_verb(i, work)]
    if sure:
        return sure[0]
    if any(_stands(i, work) and not _doubtful(i, places, work) for i in range(start, end)):
        return None
    return places[0]


def hang(start: int, end: int, verb: int, work: list[Token]) -> None:
    """Make a verb the head of its stretch: what is before it its subject, the noun phrase after it its object."""
    subject = _subject(start, verb, work)
    thing = phrase_end(verb + 1, end, work)
    upper, label = _outside(start, end, work)
    tops = [i for i in range(start, end) if not start <= work[i].head < end or work[i].head == i]
    for index, token in enumerate(work):
        if not start <= index < end and token.head in tops and token.head != index:
            work[index] = replace(token, head=verb)
    for index in range(start, end):
        token = work[index]
        left = index < verb
        settled = start <= token.head < verb if left else verb < token.head < end
        if (index == verb or settled) and token.head != index:
            continue
        home = subject if left else thing
        if (
            home is not None
            and index != home
            and (token.dep in _WITHIN_PHRASE or token.pos in NOUNS)
            and _in_phrase(index, home, work)
        ):
            label_here = token.dep if token.dep in _WITHIN_PHRASE else "compound"
            work[index] = replace(token, head=home, dep=label_here)
        else:
            work[index] = replace(token, head=verb, dep=token.dep if token.dep in _LINKS else "dep")
    if subject is not None:
        work[subject] = replace(work[subject], head=verb, dep="csubj" if work[subject].tag == "VBG" else "nsubj")
    if thing is not None:
        work[thing] = replace(work[thing], head=verb, dep="dobj")
    tag = "VBD" if work[verb].text.endswith("ed") else ("VBZ" if work[verb].text.endswith("s") else "VBP")
    root = upper is None
    work[verb] = replace(
        work[verb], pos="VERB", tag=tag, head=verb if upper is None else upper, dep="ROOT" if root else label
    )
    if subject is not None:
        take_pairing(_last_before(start, verb, work), verb, work)
    opener = start - 1
    if opener >= 0 and work[opener].text.lower() in word_set("opens_clause") and work[opener].pos != "CCONJ":
        work[opener] = replace(work[opener], head=verb, dep="mark", tag="IN")


def _last_before(start: int, verb: int, work: Sequence[Token]) -> int:
    """Give the place of the last word of what stands before a verb and its adverbs."""
    place = verb - 1
    while place > start and _between(place, work):
        place -= 1
    return place


def lost_object(index: int, work: Sequence[Token]) -> bool:
    """Tell whether the noun phrase after a verb of change was hung on something before the verb."""
    token = work[index]
    if token.tag not in _FINITE or token.dep not in _STANDING or not changes(token.text):
        return False
    if any(work[i].dep in {"dobj", "auxpass", "ccomp", "xcomp"} for i in kids(index, work)):
        return False
    thing = phrase_end(index + 1, len(work), work)
    return thing is not None and work[thing].head < index


def take_object(index: int, work: list[Token]) -> None:
    """Hang the noun phrase after a verb on it."""
    thing = phrase_end(index + 1, len(work), work)
    if thing is not None:
        work[thing] = replace(work[thing], head=index, dep="dobj")
        for child in kids(thing, work):
            if child < index:
                before = next((i for i in range(child - 1, -1, -1) if work[i].pos == "ADP"), None)
                home = before if before is not None else index
                work[child] = replace(work[child], head=home, dep="pobj" if before is not None else "dep")


def _stands(index: int, work: Sequence[Token]) -> bool:
    """Tell whether a token is a finite verb that stands as one, with a subject or a helper; "as X did" repeats one."""
    token = work[index]
    if token.text.lower() in word_set("helpers") and any(
        work[i].text.lower() in {"as", "than"} for i in kids(index, work)
    ):
        return False
    if token.dep in _HELPING:
        return token.tag in _FINITE and work[token.head].pos in {"VERB", "AUX"} and token.pos == "AUX"
    if token.dep not in _STANDING or token.pos not in {"VERB", "AUX"}:
        return False
    below = [work[i].dep for i in kids(index, work)]
    return token.tag in _FINITE or bool({"aux", "auxpass"} & set(below)) or (token.tag == "VBN" and "nsubj" in below)


def _between_nouns(index: int, start: int, end: int, work: Sequence[Token]) -> bool:  # noqa: C901, PLR0911 - sign by sign
    """Tell whether a verb of change, written as one, stands between two noun phrases and is none of their parts."""
    token = work[index]
    if index + 1 >= end or not token.text.islower() or not changes(token.text) or is_noun(token.text):
        return False
    after = work[index + 1]
    opens = _opens(index, end, work)
    if index == start:  # "does not remove all of it but lowers exposure"
        joined = start > 1 and work[start - 1].text.lower() in {"and", "but"}
        return joined and opens and token.text.endswith("s") and token.tag in {"VBZ", "NNS"} and _only_verb(index, work)
    place = index - 1
    while place > start and _between(place, work) and work[place - 1].pos != "DET":
        place -= 1  # "heat pumps never limited it"
    before = work[place]
    acting = next((t for t in work[start:index] if t.dep != "neg"), before).tag == "VBG"  # "not eating after eight"
    if before.pos == "AUX":
        return False  # "is thin ice"
    noun = before.pos in NOUNS or before.tag in {"VBG", "PRP", "VBZ"} or (acting and before.pos == "NUM")
    shown = (
        before.pos in {"ADJ", "VERB", "ADV"} and index - 2 >= start and work[index - 2].pos == "DET"
    )  # "the statin lowered"
    opening = place == 0 and (before.text.endswith("ing") or before.pos == "ADJ")  # "streaming lowered marks"
    opening = opening or (place > 1 and work[place - 1].text in {"-", "‑"})  # "skipping the warm-up increases injuries"
    if _only_verb(index, work) and before.pos not in {"DET", "ADP", "AUX", "PUNCT", "CCONJ"}:
        return opens or after.pos == "VERB"
    if not (noun or shown or opening) or before.text in {"'s", "’s"} or not opens:
        return False
    if token.text.endswith("ed"):
        return after.tag not in {"VBG", "PRP$"} and (shown or opening or noun)
    if token.text.endswith("s") and not token.text.endswith("ss"):
        return True
    if acting and token.text in word_set("unmarked") and before.pos in NOUNS and work[start].dep not in _WITHIN_PHRASE:
        return True  # "that adding a server cut crop yields"
    past = token.text in word_set("unmarked") and token.tag in {"VBN", "VBD"} and token.dep in _WITHIN_PHRASE
    if past and before.pos in NOUNS:
        return True  # "rent control cut crop yields"
    plural = before.text.endswith("s") and before.tag in {"NNS", "NNPS", "VBZ"}
    return plural and token.tag not in {"VBG", "VBN"} and not token.text.endswith("ing")


def _opens(index: int, end: int, work: Sequence[Token]) -> bool:
    """Tell whether a noun phrase may begin after a word."""
    after = work[index + 1]
    if after.pos in {*NOUNS, "DET", "ADJ", "PRON", "NUM"} or after.tag in {"VBG", "PRP$"}:
        return True
    last = after.tag in {"VBP", "VB"} and index + _LAST >= end
    plural = after.tag == "VBZ" and _bare(index + 1, work) and work[index].dep in _WITHIN_PHRASE
    return last or plural or after.text.lower() in {"both", "either"}


def _between(index: int, work: Sequence[Token]) -> bool:
    """Tell whether a word may stand between a subject and its verb."""
    return work[index].pos == "ADV" or work[index].dep == "neg" or work[index].text.lower() in {"neither", "both"}


def is_noun(text: str) -> bool:
    """Tell whether a word on the stem of a verb is written as a noun ("reducers", "earnings")."""
    agent = text.endswith(("ers", "ors")) and (changes(text[:-3]) or changes(text[:-3] + "e"))
    return agent or text.endswith(_NOUN_ENDINGS)


def _doubtful(index: int, places: Sequence[int], work: Sequence[Token]) -> bool:
    """Tell whether a finite verb beside a verb of change may be the noun beside it ("heat pumps increased")."""
    noun = work[index].tag == "VBZ" and work[index].pos != "AUX" and not changes(work[index].text)
    following = index + 1
    while following < len(work) and _between(following, work):
        following += 1
    plural = following in places and noun
    return plural or (index - 1 in places and _bare(index, work))


def _bare(index: int, work: Sequence[Token]) -> bool:
    return not any(
        work[i].dep in {"nsubj", "nsubjpass", "aux", "auxpass"} and i != index - 1 for i in kids(index, work)
    )


def _only_verb(index: int, work: Sequence[Token]) -> bool:
    """Tell whether a word in "-s" that was taken for a noun can only be a verb ("mitigates")."""
    text = work[index].text
    taken = work[index].pos in NOUNS or work[index].dep in {"compound", "dobj", "nsubj", "pobj", "amod", "nmod"}
    return taken and text.endswith("s") and not text.endswith("ss") and text not in word_set("also_nouns")


def _subject(start: int, verb: int, work: Sequence[Token]) -> int | None:
    """Give the head of the noun phrase before a verb, past the phrases with prepositions that hang on it."""
    if start == verb:
        return None
    first = start + (work[start].dep == "neg")
    if work[first].tag == "VBG" and first + 1 < verb and work[first].dep not in {"compound", "amod"}:
        return first
    place = _last_before(start, verb, work)
    while True:
        first = place
        while first > start and work[first].pos != "DET" and work[first - 1].pos in _PARTS:
            first -= 1
        if first - 1 > start and work[first - 1].pos == "ADP" and work[first - 2].pos in NOUNS:
            place = first - 2
            continue
        return place


def phrase_end(start: int, end: int, work: Sequence[Token]) -> int | None:
    """Give the last noun of the phrase that begins somewhere."""
    found = None
    for index in range(start, end):
        token = work[index]
        if (
            token.pos not in _PARTS
            and not (token.tag in {"VBG", "VBN"} and index + 1 < end and work[index + 1].pos in NOUNS)
            and token.pos != "ADV"
            and token.text != "-"
        ):
            if token.pos == "VERB" and index + 1 == end and found is None:
                return index
            if token.tag == "VBP" and token.dep not in _STANDING - {"ROOT"}:
                continue  # "mitigates heat stress"
            break
        if token.pos in {*NOUNS, "PRON"}:
            found = index
    return found


def _in_phrase(index: int, home: int, work: Sequence[Token]) -> bool:
    low, high = min(index, home), max(index, home)
    return not any(work[i].pos in {"ADP", "PUNCT"} for i in range(low, high + 1))


def _outside(start: int, end: int, work: Sequence[Token]) -> tuple[int | None, str]:
    """Give what a stretch hung on, and how; None where it is the sentence itself."""
    options = [
        (work[i].dep, work[i].head)
        for i in range(start, end)
        if not start <= work[i].head < end and work[i].dep not in {"punct", "prep", "mark", "cc", "neg"}
    ]
    rooted = any(work[i].head == i for i in range(start, end))
    if rooted or not options:
        return None, "ROOT"
    label, upper = next(((dep, head) for dep, head in options if dep in _CLAUSES), options[-1])
    opener = work[start - 1].text.lower() if start else ""
    if label in _CLAUSES - {"ROOT"}:
        return upper, label
    if opener in {"and", "but", "or", "nor"}:
        return upper, "conj"
    return upper, "ccomp" if work[upper].pos == "VERB" else "acl"
