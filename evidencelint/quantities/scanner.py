"""The one pattern that finds every written number: figures, fractions, factors, number words, numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from evidencelint.quantities.lexicon import alternatives, currency_codes, number_words

# A figure starts afresh, or ends a range written with a hyphen ("80-180", "80mg-180mg", "30%-80%").
_FRESH = (
    r"(?:(?<![\w.,-])|(?<=[\d%]-)|(?<=[mµμk]g-)|(?<=[0-9][kKmM]-)|(?<=-to-)|(?<=magnitude-)|(?<=\bsub-)|(?<=-in-)"
    r"|(?<=[Øø⌀]))"
)
_GROUPED = (
    r"0,\d{1,2}(?![\d,])|\d{1,3}(?:\.\d{3})+,\d{1,2}(?![\d,.])|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?!\d|[.,]\d)"
    r"|\d+(?:\.\d+)?|\.\d+"
)
_POWER = (
    r"(?:\s?[×x]\s?10(?P<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|\^[-−]?\d{1,3})|[eE](?P<exponent>[-+]?\d{1,3})(?!\w)"
    r"|(?<=(?<![\d.,])10)(?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|\^[-−]?\d{1,3}))?"
)
_SCALED = (
    r"(?:(?P<suffix>\s?(?-i:bn|mn|tn|mln|bln|trn)|(?-i:[kKmMB]))(?![\w²³]|/s\b)"
    r"|\s*-?(?P<scale>hundred|thousand|million|billion|trillion|quadrillion|lakh\s+crore|lakh|crore)\b)?"
)
# "half-life", "third party" and the like are words of their own.
_NO_PART = (
    r"(?![-\s]?(?:past|life|lives|way|time|times|hearted|sister|brother|term|party|parties|world|point|day|board)\b)"
)
_ONCE = (
    r"(?:(?<=only\s)|(?<=just\s)|(?<=than\s)|(?<=least\s))once\b"
    r"|once(?=[\s-]+(?:an?|per|every|each|daily|weekly|monthly|yearly|only)\b)"
    r"|(?<!at\s)(?<!for\s)(?<!all\s)(?-i:once)(?=[.;)]|$|\s+and\s+(?!for\b))"
)
_BEGINNING = 3
_WHOSE = r"(?:the|these|those|our|their|its)\s+"
_TOLD = r"(?:\d[\d,]*\s+)?(?:[a-z-]+\s+){0,2}"


@cache
def scanner() -> re.Pattern[str]:
    """Give the pattern; which group matched says what kind of number it is."""
    known = number_words()
    ones = alternatives(list(known.cardinals))
    small = alternatives([word for word, value in known.cardinals.items() if 0 < value < 10])  # noqa: PLR2004
    tens = alternatives([word for word, value in known.cardinals.items() if value >= 20])  # noqa: PLR2004
    big = alternatives([word for word, value in known.scales.items() if value >= 1000])  # noqa: PLR2004
    scales = alternatives(list(known.scales))
    # "twenty two-hour talks" and "two eight-hour sessions" are two numbers each.
    own = r"(?!-[a-z])"
    tenths = rf"(?:{tens})(?:-(?:{small})\b|\s+(?:{small})\b{own})?"
    below = rf"(?:{tenths}|(?:{ones})\b)"
    hundreds = rf"(?:(?:{below}|a)[\s-]+hundreds?(?:\s+and\s+{below}|\s+{below}{own})?|{below})"
    year = rf"(?:seventeen|eighteen|nineteen|twenty)\s+(?:(?:{tens})(?:-(?:{small}))?|(?:ten|eleven|twelve|\w+teen))\b"
    words = (
        rf"(?:{year}{own}|(?:{hundreds}|an?)[\s-]+(?:{big})s?(?:,?\s+(?:and\s+)?{hundreds}[\s-]+(?:{big}))*"
        rf"(?:\s+(?:and\s+)?{hundreds}\b{own})?|(?:{below}|a)\s+dozen|{hundreds}|(?:{scales}))"
        rf"(?:\s+point(?:\s+(?:zero|{small})\b)+"
        r"|[\s-]+and[\s-]+a[\s-]+(?:half|quarter)\b(?:\s+(?:thousand|million|billion)\b)?)?"
    )
    parts = alternatives(list(known.denominators))
    part = rf"(?P<count>(?:{ones})|an?)?(?P<join>[\s-]+)?(?P<part>{parts})\b{_NO_PART}"
    of_one = r"(?:[\s-]+(?:of\s+)?(?P<of_one>an?)(?=[\s-]+(?P<of_what>[^\W\d_]+)))?"
    glyphs = "".join(known.glyphs)
    romans = rf"(?-i:{alternatives(list(known.romans))})\b"
    return re.compile(
        rf"(?:{_FRESH}|(?<=\b(?-i:{alternatives(list(currency_codes()))}))|(?<=\b(?-i:Rs)))(?P<minus>(?<![\d%]\s)(?<!\bor\s)minus\s+)?(?P<sign>(?:(?<![^\s(=<>≤≥~≈\[,–])|(?<=\d/))[-−‑+])?"
        rf"(?:(?P<digits>{_GROUPED})(?:\s?(?P<glyph>[{glyphs}])|(?<!\.\d)[\s-](?P<top>[1-7])/(?P<bottom>[2-8])(?![\w/.,]\d|\w))?{_POWER}{_SCALED})"
        rf"|(?:(?<![\w-])|(?<=-in-))(?:(?P<fraction>{part}){of_one}"
        rf"|(?P<factor>{alternatives(list(known.factors))})\b(?![\s-]+(?:{alternatives(list(known.not_doubled))})\b)"
        rf"|(?P<few>{alternatives(list(known.few))}|a\s+couple(?:\s+of)?)\s+(?P<few_of>{scales})s?\b"
        rf"|(?P<special>a\s+couple\s+of\b|{_none()}|{_ONCE}|{_both()})"
        rf"|(?P<back>{_both_of_any()}|{_none_of_any()}|{_no_any()})"
        rf"|(?P<words>{words})\b"
        rf"|(?P<ordinal>{alternatives(list(known.ordinals))})\b"
        rf"|(?:{alternatives(list(known.roman_labels))})[\s-](?P<roman>{romans})"
        rf"(?:(?:\s*[/–-]\s*|\s+(?:and|or|to)\s+)(?P<roman_too>{romans}))?)"
        rf"|(?P<lone>[{glyphs}])(?P<lone_of>(?:-|\s*(?:of\s+)?(?:an?\s+)?)(?=[^\W\d_]))?",
        re.IGNORECASE,
    )


@cache
def _starts() -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    """Give the pattern of places where a number may start, how words begin that may start one, and the short ones.

    At three letters, a beginning tells nearly all other words from these.
    """
    known = number_words()
    tables = (known.cardinals, known.scales, known.denominators, known.factors, known.few, known.ordinals)
    words = [word for table in tables for word in table]
    words += [*known.roman_labels, "a", "an", "minus", "once", "both", "none", "no"]
    glyphs = re.escape("".join(known.glyphs))
    # a part may have a gap before it that belongs to nothing else: ". Half"
    places = rf"(?:(?<![\w-])|(?i:(?<=-in-)))[\s-]+(?=[^\W\d_{glyphs}])|[^\W\d_{glyphs}]+|[\d.+\-−‑{glyphs}]"
    beginnings = frozenset(word[:_BEGINNING].lower() for word in words)
    return re.compile(places), beginnings, frozenset(word for word in beginnings if len(word) < _BEGINNING)


def written_numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of `scanner` from left to right, as ``finditer`` would; trying every place takes long."""
    places, beginnings, short = _starts()
    match_at = scanner().match
    end = 0
    for place in places.finditer(text):
        start = place.start()
        if start < end:
            continue
        word = place[0]
        if word.isascii() and word.isalpha():
            head = word[:_BEGINNING].lower()
            if head not in beginnings and not _joined(word.lower(), beginnings, short):
                continue
        match = match_at(text, start)
        if match is not None:
            yield match
            end = match.end()


def _joined(word: str, beginnings: frozenset[str], short: frozenset[str]) -> bool:
    """Tell whether a word begins with a short one and a longer one that are written as one ("athird")."""
    one = word[:1] in short and word[1 : 1 + _BEGINNING] in beginnings
    return one or (word[:2] in short and word[2 : 2 + _BEGINNING] in beginnings)


def _none() -> str:
    """Match "none" where it counts zero of something: "none of the 12 patients", not "none of this"."""
    nouns = alternatives(list(number_words().none_of))
    return rf"none(?=\s+of\s+(?:them\b|(?:{_WHOSE})?{_TOLD}(?:{nouns})\b))"


def _none_of_any() -> str:
    """Match the "none" of "none of the 31 welds", which points to things the text has named."""
    plurals = _plurals()
    did = r"(?:was|were|had|has|have|did|died|survived|failed|replied)"
    return rf"none(?=\s+of\s+{_WHOSE}{_TOLD}(?:{plurals})\b|\s+{did}\b)"


def _both() -> str:
    """Match "both" where it counts two of something: "both trials", "both of the large groups"."""
    nouns = alternatives(list(number_words().both_of))
    return rf"both(?=\s+(?:of\s+)?(?:(?:the|these|those)\s+)?(?:[a-z-]+\s+)?(?:{nouns})\b(?!\s+and\b))"


def _both_of_any() -> str:
    """Match the "both" of "both valves", which points to two things the text has named."""
    plurals = _plurals()
    named = rf"(?:of\s+)?(?:(?:the|these|those)\s+)?(?:[a-z-]+\s+)?(?:{plurals})\b(?!\s+and\b)"
    alone = r"(?:of\s+(?:them|whom|which|us|you)|aged|were|are|have|had|died|survived)\b"
    return rf"both(?=\s+(?:{alone}|{named}))"


def _no_any() -> str:
    """Match the "no" of "no eggs hatched": none of something, and too common a way to say so to be held to a figure."""
    known = number_words()
    plurals = _plurals()
    told_already = rf"(?!(?:[a-z-]+\s+)?(?:{alternatives(list(known.none_of))})\b)"
    return rf"no(?=\s+{told_already}(?!(?:less|fewer|more|longer|such|other|one)\b)(?:[a-z-]+\s+)?(?:{plurals})\b)"


def _plurals() -> str:
    """Match a plural as far as its ending tells, and not a verb."""
    others = r"(?!(?:means|news|others|was|has|does|gas|lens|perhaps|always|sometimes)\b)"
    return rf"{others}[a-z]+[^siu\W]s|{alternatives(sorted(number_words().plurals))}"
