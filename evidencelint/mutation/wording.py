"""Words put in the place of others so that the sentence stays one: case, articles, number, verb forms."""

from __future__ import annotations

import re

from evidencelint.diagnostics import Span

_ARTICLE = re.compile(r"\b(an?)(\s+)$", re.IGNORECASE)
_VOWEL = re.compile(r"(?:[aeio]|u(?!ni|se|su|k\b)|hour|honest|8|11\b|18\b)", re.IGNORECASE)
_LETTERWISE = re.compile(r"[AEFHILMNORSX][A-Z]+\b")
_SIBILANT = ("s", "x", "z", "ch", "sh", "o")
_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_PLURALS = frozenset({"people", "men", "women", "children", "mice", "feet", "teeth", "criteria", "staff", "elderly"})
_SINGULAR_ENDS = ("ss", "us", "is", "ness")
_ENDINGS = ("ing", "ed", "ly", "ation", "ment", "er", "est", "s")


def like(model: str, word: str) -> str:
    """Give a word with the capital of the one that it replaces."""
    if model.isupper() and len(model) > 1:
        return word
    if model[:1].isupper() and word[:1].islower():
        return word[:1].upper() + word[1:]
    return word


def is_plural(phrase: str) -> bool:
    """Tell whether the last word of a phrase looks like a plural."""
    last = phrase.rpartition(" ")[2].lower()
    return last in _PLURALS or (last.endswith("s") and not last.endswith(_SINGULAR_ENDS) and last != "as")


def with_article(text: str, span: Span, replacement: str) -> tuple[Span, str]:
    """Widen a replacement to the "a" or "an" before it, where that has to change."""
    found = _ARTICLE.search(text[: span.start])
    if found is None or not replacement:
        return span, replacement
    needed = "an" if _LETTERWISE.match(replacement) or _VOWEL.match(replacement) else "a"
    if _LETTERWISE.match(replacement) is None and replacement[:2].isupper():
        needed = "a"
    if found[1].lower() == needed:
        return span, replacement
    return Span(found.start(), span.end), like(found[1], needed) + found[2] + replacement


def struck(text: str, span: Span) -> Span:
    """Give the stretch to take out with a phrase, so that neither a double space nor a stray comma is left."""
    start, end = span.start, span.end
    before, after = text[:start].rstrip(" "), text[end:].lstrip(" ")
    if before.endswith(",") and after.startswith(","):
        return Span(len(before) - 1, end + text[end:].index(",") + 1)
    if not before.strip() and after.startswith(","):
        end += text[end:].index(",") + 1
    if text[end : end + 1] == " ":
        return Span(start, end + 1)
    if text[start - 1 : start] == " " and start:
        return Span(start - 1, end)
    return Span(start, end)


def third_person(verb: str) -> str:
    """Give the form of a base verb that goes with one thing: "reduces", "is"."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith(_SIBILANT):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


def present(verb: str, *, plural: bool) -> str:
    """Give the present of a base verb."""
    if plural:
        return "are" if verb == "be" else verb
    return third_person(verb)


def ending(word: str) -> str:
    """Give the ending by which forms of words are told apart; empty for a bare one."""
    return next((end for end in _ENDINGS if word.endswith(end) and len(word) > len(end) + 2), "")
