"""Faults of statements: another direction, a hedge or a "some" lost, company told as cause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from evidencelint.claims.certainty import find_cues
from evidencelint.frames import Claim, Cue
from evidencelint.lexicon import opposite_words, opposites
from evidencelint.model import Span, Token
from evidencelint.mutation.lexicon import fault_words
from evidencelint.mutation.truth import Truth, is_prose
from evidencelint.mutation.types import Edit, Site, Told, Variant
from evidencelint.mutation.wording import ending, like, present, struck, with_article
from evidencelint.words import PhraseTable, words

_MOVES = frozenset({"increase", "decrease"})
_UNSURE = frozenset({"hedge", "weak_hedge", "speculation", "open", "inquiry", "recommendation", "condition"})
_DENIED = frozenset({"negation.before", "rejection", "denial", "unproven"})
_DEGREES = frozenset({"too", "very", "so", "as", "how", "only", "quite", "not", "the", "that"})
_HEDGED, _ASSERTED = 2, 3
_MOST_TRIED = 4


def statement_faults(site: Site, truth: Truth) -> Iterator[Variant]:
    """Yield every fault that the statements of a sentence admit."""
    for told in site.statements:
        for make in (_turned, _opposite, _asserted, _widened, _caused):
            variant = make(site, told, truth)
            if variant is not None:
                yield variant


@cache
def _table(name: str) -> PhraseTable[str]:
    lists: Mapping[str, Mapping[str, str]] = {
        "causes": fault_words().causes,
        "widened": fault_words().widened,
        "assertions": fault_words().assertions,
        "dropped": dict.fromkeys(fault_words().dropped, ""),
        "seeming": fault_words().seeming,
        "modals": dict.fromkeys(fault_words().modals, ""),
    }
    return PhraseTable(lists[name].items(), by="written")


def _found(site: Site, claim: Claim, name: str) -> list[tuple[Span, str]]:
    """Give the phrases of a list in a clause: places in the document, and what they become."""
    start = claim.span.start
    hits = _table(name).find(words(claim.text))
    return [(hit.span.shift(start), hit.value) for hit in hits if is_prose(site, hit.span.shift(start))]


@cache
def turned_round() -> Mapping[str, tuple[str, ...]]:
    """Map each word of direction to the words listed for the other way."""
    found: dict[str, tuple[str, ...]] = {}
    for up, down in fault_words().directions:
        found[up] = (*found.get(up, ()), down)
        found[down] = (*found.get(down, ()), up)
    return found


def _turned(site: Site, told: Told, truth: Truth) -> Variant | None:
    """Turn round the word that says which way something moved, where the fact says which way."""
    claim, theirs = told.claim, told.fact.claim
    moved = {claim.direction, claim.relation.direction if claim.relation else "unknown"} & _MOVES
    known = {theirs.direction, theirs.relation.direction if theirs.relation else "unknown"} & _MOVES
    if not moved or not known or claim.certainty.negated:
        return None
    cue = claim.relation.cue.shift(claim.span.start) if claim.relation is not None else None
    places = [w for w in words(claim.text) if w.text.lower() in turned_round()]
    places = [w for w in places if not _taken(claim, w.span.shift(claim.span.start))]
    places.sort(key=lambda w: (cue is None or not cue.overlaps(w.span.shift(claim.span.start)), w.span))
    if not places or (cue is None and len(places) > 1 and not claim.figures):
        return None
    word = places[0]
    span = word.span.shift(claim.span.start)
    for other in turned_round()[word.text.lower()]:
        edit = Edit(span, like(word.text, other))
        if is_prose(site, span) and _fits(site, claim, span, other) and truth.same_shape(site, edit):
            return _variant(site, "direction", span, edit.text, told)
    return None


def _fits(site: Site, claim: Claim, span: Span, other: str) -> bool:
    """Tell whether a word of the other way is of the part of speech that the sentence has in its place."""
    if other == "fewer":
        return _counts(claim, span)
    token = next((t for t in site.tokens if t.span.shift(site.sentence.start).overlaps(span)), None)
    if token is None:
        return True
    if token.dep == "acl":
        return False  # "cost per year gained"
    if other in {"up", "down"} and token.dep in {"prt", "prep"}:
        return False  # "makes up half of it"
    index = site.tokens.index(token)
    labels = {each.dep for each in site.tokens if each.head == index}
    return other not in fault_words().intransitive or not labels & {"auxpass", "dobj"}


def _counts(claim: Claim, span: Span) -> bool:
    """Tell whether "more" stands before a plural."""
    following = words(claim.text[span.end - claim.span.start :])
    return bool(following) and following[0].text.endswith("s")


def _taken(claim: Claim, span: Span) -> bool:
    """Tell whether a word is part of a name, or of what bounds a figure ("more than 40")."""
    in_name = any(m.span.overlaps(span) for m in claim.mentions)
    return in_name or any(f.quantity.span.overlaps(span) for f in claim.figures)


def _opposite(site: Site, told: Told, truth: Truth) -> Variant | None:
    """Put a word's opposite, of the same form, where the fact has the word or one of its side."""
    claim = told.claim
    if claim.certainty.negated:
        return None
    theirs = {(hit.value.pair, hit.value.side) for hit in opposites().find(words(told.fact.claim.text))}
    turned = turned_round()
    for hit in opposites().find(words(claim.text)):
        span = hit.span.shift(claim.span.start)
        written = site.page.source.slice(span)
        if (hit.value.pair, hit.value.side) not in theirs or (hit.value.pair, -hit.value.side) in theirs:
            continue
        if written.lower() in turned or _taken(claim, span) or " " in written or not is_prose(site, span):
            continue
        if not _predicates(site, span):
            continue  # "earlier studies", "the same change"
        for other in _other_side(hit.value.pair, hit.value.side, written.lower())[:_MOST_TRIED]:
            edit = Edit(span, like(written, other))
            if truth.same_shape(site, edit):
                return _variant(site, "opposite", span, edit.text, told)
    return None


def _predicates(site: Site, span: Span) -> bool:
    """Tell whether a word says something of its clause, and does not only tell which thing is meant."""
    token = next((t for t in site.tokens if t.span.shift(site.sentence.start).overlaps(span)), None)
    return token is None or token.dep not in {"amod", "compound", "acl", "nmod", "det"}


def _other_side(pair: int, side: int, word: str) -> list[str]:
    """Give the single words of the other side that have the same ending."""
    return [other for other in opposite_words()[pair, -side] if " " not in other and ending(other) == ending(word)]


def _variant(site: Site, kind: str, span: Span, text: str, told: Told) -> Variant | None:
    if not is_prose(site, span):
        return None
    span, text = with_article(site.page.source.text, span, text)
    return Variant(kind, (Edit(span, text),), told.fact.fact.id) if is_prose(site, span) else None


def _asserted(site: Site, told: Told, truth: Truth) -> Variant | None:
    """Take out the one hedge of a sentence whose fact is hedged, too."""
    if told.fact.claim.certainty.level > _HEDGED or any(
        other.fact.claim.certainty.level >= _ASSERTED for other in truth.alike(told)
    ):
        return None
    cues = find_cues(words(site.text), site.text)
    unsure = [cue for cue in cues if cue.kind in _UNSURE]
    if len(unsure) != 1 or unsure[0].kind not in {"hedge", "speculation", "open"}:
        return None
    if any(cue.kind in _DENIED for cue in cues):
        return None
    span = unsure[0].span.shift(site.sentence.start)
    if not told.claim.span.contains(span) or not is_prose(site, span):
        return None
    edits = _without_hedge(site, unsure[0], span)
    return Variant("hedge", edits, told.fact.fact.id) if edits else None


def _without_hedge(site: Site, cue: Cue, span: Span) -> tuple[Edit, ...]:
    word = cue.text.lower()
    lists = fault_words()
    text = site.page.source.text
    if word in lists.modals:
        return _without_modal(site, cue)
    if word in lists.dropped:
        gone = struck(text, span)
        first = text[gone.end : gone.end + 1]
        if gone.start == site.sentence.start and first.islower():
            return (Edit(Span(gone.start, gone.end + 1), first.upper()),)
        return (Edit(gone, ""),)
    stem = word.removesuffix(" to")
    if stem in lists.seeming:
        return _without_seeming(site, cue, lists.seeming[stem])
    if word in lists.assertions:
        place, other = with_article(text, span, like(cue.text, lists.assertions[word]))
        return (Edit(place, other),) if is_prose(site, place) else ()
    return ()


def _without_modal(site: Site, cue: Cue) -> tuple[Edit, ...]:
    """Say "reduces" for "may reduce", in the number of the subject."""
    tokens = site.tokens
    modal = next((i for i, t in enumerate(tokens) if t.span.start == cue.span.start and t.tag == "MD"), None)
    if modal is None:
        return ()
    head = tokens[modal].head
    parts = [i for i, t in enumerate(tokens) if i > modal and head in {i, t.head} and t.tag == "VB"]
    if not parts:
        return ()
    verb = tokens[min(parts)]
    gap = site.text[tokens[modal].span.end : verb.span.start]
    form = present(verb.text.lower(), plural=_plural_subject(tokens, head))
    begin = site.sentence.start
    adverb = gap.strip()
    if adverb.lower() in {"not", "n't"}:
        return ()
    whole = Span(tokens[modal].span.start, verb.span.end).shift(begin)
    text = f"{adverb} {form}".strip()
    return (Edit(whole, text),) if is_prose(site, whole) else ()


def _plural_subject(tokens: tuple[Token, ...], head: int) -> bool:
    """Tell whether the subject of a verb is plural, or "you", "we", "they"."""
    subject = next((i for i, t in enumerate(tokens) if t.head == head and t.dep in {"nsubj", "nsubjpass"}), None)
    if subject is None:
        joined = tokens[head].head if tokens[head].dep == "conj" else None
        return joined is not None and joined != head and _plural_subject(tokens, joined)
    token = tokens[subject]
    if any(t.head == subject and t.dep == "conj" for t in tokens):
        return True
    if token.tag in {"WDT", "WP"} and tokens[head].dep == "relcl":
        return tokens[tokens[head].head].tag in {"NNS", "NNPS"}
    return token.tag in {"NNS", "NNPS"} or token.text.lower() in {"they", "we", "you", "these", "those", "i", "both"}


def _without_seeming(site: Site, cue: Cue, copula: str) -> tuple[Edit, ...]:
    """Say "reduces" for "appears to reduce", "was" for "appeared to be"."""
    found = re.match(r"(?:appear|seem)(?:s|ed)?\s+to\s+(\w+)", site.text[cue.span.start :], re.IGNORECASE)
    if found is None:
        return ()
    verb = found[1].lower()
    plural = cue.text.lower().removesuffix(" to") in {"appear", "seem"}
    past = copula == "was"
    if past and verb != "be":
        return ()  # the past of any verb is more than we know
    form = "was" if past else present(verb, plural=plural)
    span = Span(cue.span.start, cue.span.start + found.end()).shift(site.sentence.start)
    return (Edit(span, form),) if is_prose(site, span) else ()


def _widened(site: Site, told: Told, _: Truth) -> Variant | None:
    """Say "all" for "some", where the fact speaks of no more than that."""
    claim = told.claim
    for span, wider in _found(site, claim, "widened"):
        quantifier = next((q for q in claim.quantifiers if q.span.shift(claim.span.start).overlaps(span)), None)
        adverb = any(t.tag == "RBS" and t.span.shift(site.sentence.start).overlaps(span) for t in site.tokens)
        if adverb:
            continue  # "most often"
        before = words(claim.text[: span.start - claim.span.start])
        if before and before[-1].text.lower() in _DEGREES:
            continue  # "too few", "only a few"
        if quantifier is None or claim.certainty.negated or not _falls_short(told, quantifier.noun, wider):
            continue
        return _variant(site, "quantifier", span, like(site.page.source.slice(span), wider), told)
    return None


def _falls_short(told: Told, noun: str, wider: str) -> bool:
    """Tell whether a fact speaks of fewer than a wider quantifier does."""
    fact = told.fact.claim
    floor, rank = (99, 6) if wider.startswith(("all", "always")) else (50, 4)
    theirs = [q.rank for q in fact.quantifiers if q.noun == noun]
    if theirs:
        return all(other < rank for other in theirs)
    shares = [f.quantity.value for f in fact.figures if f.quantity.dimension == "fraction"]
    return len(shares) == 1 and shares[0] is not None and shares[0] < floor - 1


def _caused(site: Site, told: Told, truth: Truth) -> Variant | None:
    """Tell as a cause what the fact says only goes together."""
    claim, theirs = told.claim, told.fact.claim.relation
    if theirs is None or theirs.strength != "correlational" or claim.certainty.negated:
        return None
    if any(other.fact.claim.relation is not None and other.fact.claim.relation.acts for other in truth.alike(told)):
        return None
    if told.fact.fact.strength in {"causal", "conditional"}:
        return None
    for span, stronger in _found(site, claim, "causes"):
        return _variant(site, "cause", span, like(site.page.source.slice(span), stronger), told)
    return None
