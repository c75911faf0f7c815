"""Faults of slots: what a fact says of one group, arm, outcome, time or study, told of another that excludes it."""

from __future__ import annotations

from collections.abc import Iterator

from evidencelint.factbase.vocabulary import Concept, Vocabulary
from evidencelint.frames import Mention
from evidencelint.mutation.lexicon import fault_words
from evidencelint.mutation.numerals import digest
from evidencelint.mutation.truth import Truth, is_prose
from evidencelint.mutation.types import Carried, Edit, Site, Told, Variant
from evidencelint.mutation.wording import is_plural, like, with_article

_HEADS = frozenset(
    (
        *("a", "an", "the", "one", "two", "three", "four", "six", "eight", "ten", "twelve", "eighteen", "half", "each"),
        *("every", "per", "in", "at", "on", "to", "before", "after", "by", "with", "for", "past", "last", "previous"),
        *("ever", "over", "without"),
    )
)
_KINDS = {
    "measure": "outcome",
    "population": "population",
    "arm": "arm",
    "comparator": "arm",
    "timepoint": "timepoint",
    "study": "study",
    "species": "species",
}


def slot_faults(site: Site, truth: Truth) -> Iterator[Variant]:
    """Yield, for each concept that a sentence names and its fact has, one that excludes it in its place."""
    taken: set[str] = set()
    for claim in site.claims:
        # what is denied of one thing may well be denied of another
        denied = claim.certainty.negated or any(q.rank == 0 for q in claim.quantifiers)
        for mention in claim.mentions if not denied or claim.figures else ():
            if mention.slot not in _KINDS or mention.concept in taken or not is_prose(site, mention.span):
                continue
            if _in_compound(site, mention):
                continue
            owners = [o for o in site.owners if o.claim is claim and _names(o, mention, truth)]
            variant = _replaced(site, mention, owners, truth) if owners else None
            if variant is not None:
                taken.add(mention.concept)
                yield variant


def _names(owner: Carried | Told, mention: Mention, truth: Truth) -> bool:
    """Tell whether the fact behind a figure or clause is of the very concept that a sentence names."""
    own = {mention.slot, *({"arm", "comparator"} if mention.slot in {"arm", "comparator"} else ())}
    if isinstance(owner, Carried):
        figure = owner.figure
        # of several figures in a sentence, those to which the concept belongs
        if not any(mention.concept in figure.stated[slot] for slot in own):
            return False
    closure = truth.vocabulary.closure(mention.slot, mention.concept)
    return any(closure & owner.fact.slots[slot] for slot in own)


def _replaced(site: Site, mention: Mention, owners: list[Carried | Told], truth: Truth) -> Variant | None:
    vocabulary = truth.vocabulary
    named = {other.concept for claim in site.claims for other in claim.mentions}
    text = site.page.source
    written = text.slice(mention.span)
    options = [other for other in _excluded(vocabulary, mention) if other.id not in named]
    seed = site.text, mention.span.start - site.sentence.start
    options.sort(key=lambda other: (-min(2, truth.uses(mention.slot, other.id)), digest(*seed, other.id)))
    for other in options:
        name = _name_like(site, mention, other, truth)
        if name is None or not all(_is_false(owner, mention, other, truth) for owner in owners):
            continue
        span, replacement = with_article(text.text, mention.span, like(written, name))
        kind = _kind(mention, other, vocabulary)
        fits = truth.same_shape(site, Edit(mention.span, like(written, name)), names=True)
        if kind is not None and fits and is_prose(site, span):
            return Variant(kind, (Edit(span, replacement),), owners[0].fact.fact.id)
    return None


def _is_false(owner: Carried | Told, mention: Mention, other: Concept, truth: Truth) -> bool:
    slot = mention.slot
    if not truth.excludes(slot, owner.fact.slots[slot], other.id):
        return False
    if isinstance(owner, Carried):
        return not truth.told_of(owner, slot, other.id)
    return not truth.stated_of(owner, slot, mention.concept, other.id)


def _excluded(vocabulary: Vocabulary, mention: Mention) -> list[Concept]:
    """Give the concepts of the same contrast sets that exclude the one named."""
    closure = vocabulary.closure(mention.slot, mention.concept)
    found: dict[str, Concept] = {}
    for group in vocabulary.contrasts:
        for member in sorted(group) if closure & group else ():
            concept = vocabulary.find(mention.slot, member)
            if concept is not None and vocabulary.contrast(mention.slot, mention.concept, member):
                found[member] = concept
    return list(found.values())


def _in_compound(site: Site, mention: Mention) -> bool:
    """Tell whether a name is joined to another word by a hyphen."""
    text = site.page.source.text
    return "-" in {text[mention.span.start - 1 : mention.span.start], text[mention.span.end : mention.span.end + 1]}


def _name_like(site: Site, mention: Mention, concept: Concept, truth: Truth) -> str | None:
    """Give a name of a concept that can stand in a mention's place: of its number, one that quotes use first."""
    written = site.page.source.slice(mention.span)
    plural, short = is_plural(written), written.isupper()
    before = site.page.source.text[site.sentence.start : mention.span.start].split()
    determined = bool(before) and before[-1].lower() in fault_words().determined
    options = [n for n in concept.names if mention.slot == "timepoint" or is_plural(n) is plural]
    options = [n for n in options if _is_bare(n) is _is_bare(written) and _ends_alike(n, written)]
    # one of several needs an article
    options = [n for n in options if determined or plural or f"{n}s" not in concept.names]
    own = concept.id.replace("-", " ")
    options.sort(key=lambda n: (n.isupper() is not short, n.lower() not in truth.quoted, n == own))
    return options[0] if options else None


def _ends_alike(name: str, written: str) -> bool:
    """Tell whether both or neither of two names end in a word like "after"."""
    return (name.rpartition(" ")[2].lower() in _HEADS) is (written.rpartition(" ")[2].lower() in _HEADS)


def _is_bare(name: str) -> bool:
    """Tell whether a name begins without an article, number or preposition."""
    return not name[0].isdigit() and name.partition(" ")[0].lower() not in _HEADS


def _kind(mention: Mention, other: Concept, vocabulary: Vocabulary) -> str | None:
    """Name the kind of fault; a lighter kind of evidence than the fact's is none that writers plant."""
    kind = _KINDS[mention.slot]
    if mention.slot == "species":
        return kind if other.id == "humans" else None
    if mention.slot != "study":
        return kind
    for ladder in (vocabulary.grades, fault_words().designs):
        ranks = {name: rank for rank, name in enumerate(ladder)}
        ours = next((ranks[c] for c in sorted(vocabulary.closure("study", mention.concept)) if c in ranks), None)
        if ours is not None and other.id in ranks:
            return "grade" if ranks[other.id] > ours else None
    return kind
