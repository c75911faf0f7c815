"""Re-phrasings of words: synonyms, abbreviations, hedges as strong, the passive, clauses in another order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from evidencelint.lexicon import synonym_words
from evidencelint.model import Span, Token
from evidencelint.mutation.lexicon import fault_words
from evidencelint.mutation.numerals import digest
from evidencelint.mutation.truth import Truth, is_prose
from evidencelint.mutation.types import Edit, Site, Variant
from evidencelint.mutation.wording import ending, is_plural, like, with_article
from evidencelint.words import PhraseTable, words

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_PRONOUNS = frozenset({"PRP", "WP", "WDT", "DT", "EX"})
_SAFE_ENDINGS = frozenset({"ed", "ing", "ly", "ation", "ment", "er"})
_SHORTEST, _LONGEST = 2, 6


def reworded(site: Site, truth: Truth) -> Iterator[Variant]:
    """Yield the re-phrasings of a sentence's words."""
    for kind, make in (
        ("hedge-exchanged", _exchanged),
        ("abbreviation", _abbreviated),
        ("synonym", _synonyms),
        ("voice", _passive),
        ("clause-order", _reordered),
    ):
        for edits in make(site, truth):
            if all(is_prose(site, edit.span) for edit in edits):
                yield Variant(kind, edits, site.fact)


@cache
def _equals() -> PhraseTable[tuple[str, ...]]:
    return PhraseTable(((phrase, group) for group in fault_words().equals for phrase in group), by="written")


def _exchanged(site: Site, _: Truth) -> Iterator[tuple[Edit, ...]]:
    """Write "might" for "may", "around" for "about"."""
    modals = fault_words().modals
    hedges = {hedge.lower() for claim in site.claims for hedge in claim.certainty.hedges}
    for hit in _equals().find(words(site.text)):
        span = hit.span.shift(site.sentence.start)
        written = site.page.source.slice(span)
        if written.lower() in modals and written.lower() not in hedges:
            continue  # "could not be blinded" tells of a fact
        named = any(m.span.overlaps(span) for c in site.claims for m in c.mentions)
        if named or site.page.source.text[span.start - 1 : span.start] in {'"', "“", "‘"}:
            continue
        yield (Edit(span, like(written, _next(hit.value, " ".join(written.lower().split())))),)
    for carried in site.figures:
        quantity = carried.figure.quantity
        if quantity.step == 0 and quantity.dimension == "ratio":
            continue  # "more than doubled"
        head = quantity.text[: (quantity.number or quantity.span).start - quantity.span.start]
        for group in fault_words().limits:
            phrase = next((each for each in group if head.lower().strip().startswith(each)), None)
            if phrase is not None and phrase not in fault_words().loose:
                span = Span(quantity.span.start, quantity.span.start + len(phrase))
                yield (Edit(span, like(head, _next(group, phrase))),)


def _next(group: Sequence[str], phrase: str) -> str:
    place = group.index(phrase) if phrase in group else -1
    return group[(place + 1) % len(group)]


def _abbreviated(site: Site, truth: Truth) -> Iterator[tuple[Edit, ...]]:
    """Write an abbreviation for the name it stands for in the vocabulary, and the reverse."""
    seen: set[str] = set()
    for claim in site.claims:
        for mention in claim.mentions:
            concept = truth.vocabulary.find(mention.slot, mention.concept)
            written = site.page.source.slice(mention.span)
            if concept is None or written in seen:
                continue
            seen.add(written)
            for name in concept.names:
                pair = (written, name) if written.isupper() else (name, written)
                if _initials_of(*pair) and is_plural(pair[1]) is False and _alone(site, mention.span):
                    span, text = with_article(site.page.source.text, mention.span, name)
                    yield (Edit(span, text),)
                    break


def _alone(site: Site, span: Span) -> bool:
    """Tell whether a name is neither in brackets nor explained by them, and no part of a longer word."""
    text = site.page.source.text
    around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 2]
    return not set(around) & set("()[]-–/*_")


def _initials_of(short: str, name: str) -> bool:
    """Tell whether an abbreviation holds the initials of a name."""
    letters = [part[0] for part in name.replace("-", " ").lower().split()]
    return (
        short.isupper() and short.isalpha() and _SHORTEST <= len(short) <= _LONGEST and list(short.lower()) == letters
    )


@cache
def _groups() -> Mapping[str, tuple[str, ...]]:
    """Map a word to the other single words of its synonym group that have its ending."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    barred = fault_words().unexchanged
    for group in synonym_words():
        single = [word for word in group if " " not in word and "-" not in word and word not in barred]
        for word in single:
            if ending(word) in _SAFE_ENDINGS:
                found[word] = tuple(other for other in single if other != word and ending(other) == ending(word))
    return found


def _synonyms(site: Site, truth: Truth) -> Iterator[tuple[Edit, ...]]:
    """Write another word of its synonym group, of the same form, for each word that has one."""
    names = [mention.span for claim in site.claims for mention in claim.mentions]
    bare, needy = fault_words().intransitive, fault_words().transitive
    for index, token in enumerate(site.tokens):
        span = token.span.shift(site.sentence.start)
        word = token.text.lower()
        options = _groups().get(word, ())
        if not options or any(span.overlaps(name) for name in names) or token.tag in {"NNP", "NNPS"}:
            continue
        labels = {each.dep for each in site.tokens if each.head == index}
        taking = bool(labels & {"dobj", "auxpass"}) or token.dep in {"amod", "acl"}
        options = tuple(o for o in options if not (o in bare if taking else o in needy))
        if ending(word) == "er" and token.dep != "amod":
            continue  # "the higher you start"
        if options:
            other = options[digest(site.text, token.span.start) % len(options)]
            place, text = with_article(site.page.source.text, span, like(token.text, other))
            if not is_prose(site, span) or not truth.same_shape(site, Edit(span, like(token.text, other))):
                continue
            yield (Edit(place, text),)


def _passive(site: Site, _: Truth) -> Iterator[tuple[Edit, ...]]:
    """Write "Y was reduced by X" for "X reduced Y", where the parse is that simple."""
    tokens = site.tokens
    root = next((i for i, t in enumerate(tokens) if t.dep == "ROOT"), None)
    if root is None or tokens[root].tag != "VBD" or not tokens[root].text.endswith("ed"):
        return
    kids = {t.dep: i for i, t in enumerate(tokens) if t.head == root and i != root}
    if not {"nsubj", "dobj"} <= kids.keys() or kids.keys() & {"neg", "aux", "conj", "ccomp", "xcomp", "prt", "advcl"}:
        return
    subject, thing = subtree(tokens, kids["nsubj"]), subtree(tokens, kids["dobj"])
    opens = subject[0] == 0 or tokens[subject[0] - 1].text == ","
    neat = opens and subject == list(range(subject[0], root)) and thing == list(range(root + 1, thing[-1] + 1))
    if not neat or tokens[kids["nsubj"]].tag in _PRONOUNS or tokens[kids["dobj"]].tag in _PRONOUNS:
        return
    labels = {tokens[i].dep for i in thing}
    labels |= {tokens[i].dep for i in subject}
    if (
        labels & {"conj", "relcl", "acl", "appos", "punct"}
        or text_of(tokens, thing)[0].isdigit()
        or tokens[root].text.lower() in fault_words().unexchanged
    ):
        return
    span = Span(*(_stretch(tokens, thing).start, _stretch(tokens, thing).end)).shift(site.sentence.start)
    if any(f.quantity.span.overlaps(span) and f.quantity.dimension != "count" for c in site.claims for f in c.figures):
        return  # "waited five months"
    after = tokens[thing[-1] + 1].text.lower() if thing[-1] + 1 < len(tokens) else "."
    if after in {"by", ","}:
        return
    text = site.text
    first, second = _stretch(tokens, subject), _stretch(tokens, thing)
    copula = "were" if tokens[kids["dobj"]].tag in {"NNS", "NNPS"} else "was"
    actor, moved = text[first.start : first.end], text[second.start : second.end]
    if first.start == 0:
        actor = _lowered(actor, tokens[subject[0]])
        moved = moved[0].upper() + moved[1:]
    phrase = f"{moved} {copula} {tokens[root].text} by {actor}"
    yield (Edit(Span(first.start, second.end).shift(site.sentence.start), phrase),)


def text_of(tokens: Sequence[Token], indices: Sequence[int]) -> str:
    """Give the words of some tokens."""
    return " ".join(tokens[index].text for index in indices)


def _joined(tokens: Sequence[Token], index: int) -> bool:
    return any(t.head == index and t.dep == "conj" for t in tokens)


def _lowered(text: str, token: Token) -> str:
    """Write the first word of a sentence as it stands inside of one."""
    name = token.tag in {"NNP", "NNPS"} or token.text[1:] != token.text[1:].lower() or token.text == "I"
    return text if name else text[0].lower() + text[1:]


def subtree(tokens: Sequence[Token], index: int) -> list[int]:
    """Give a token and all that hangs on it, in order."""
    found, waiting = {index}, [index]
    while waiting:
        here = waiting.pop()
        more = [i for i, t in enumerate(tokens) if t.head == here and i not in found]
        found.update(more)
        waiting.extend(more)
    return sorted(found)


def _stretch(tokens: Sequence[Token], indices: Sequence[int]) -> Span:
    return Span(tokens[indices[0]].span.start, tokens[indices[-1]].span.end)


def _reordered(site: Site, _: Truth) -> Iterator[tuple[Edit, ...]]:
    """Put a phrase that opens a sentence at its end ("Attendance rose in the trials")."""
    tokens, text = site.tokens, site.text
    if not tokens or tokens[0].text.lower() not in fault_words().movable or not text.endswith("."):
        return
    comma = next((i for i, t in enumerate(tokens) if t.text == ","), None)
    root = next((i for i, t in enumerate(tokens) if t.dep == "ROOT"), 0)
    if comma is None or comma >= root or comma + 1 >= len(tokens):
        return
    outside = [i for i in range(comma) if not tokens[i].head < comma]
    rest = text[tokens[comma].span.end : -1].strip()
    one = len(outside) == 1 and tokens[outside[0]].head == root
    if not one or not rest or set(rest) & set(",;:—–?!(") or " than " in rest or ". " in rest or _joined(tokens, root):
        return
    # behind another clause it would seem to belong to that
    told = any(t.head == root and t.dep in _SUBJECTS and comma < i < root for i, t in enumerate(tokens))
    if not told or {t.dep for t in tokens[comma:]} & {"advcl", "relcl", "acl", "ccomp", "pcomp"}:
        return
    lead = _lowered(text[: tokens[comma].span.start], tokens[0])
    moved = f"{rest[0].upper()}{rest[1:]} {lead}."
    yield (Edit(site.sentence, moved),)
