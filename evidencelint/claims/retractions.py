"""Statements that their own text takes back: at the end of the sentence, or in the next one."""

from __future__ import annotations

import re

_SOURCE = (
    r"(?:review|paper|text|study|studies|trial|data|author|researcher|evidence|article|page|report|source|document)s?"
)
_NOT = r"(?:\s+not|n['’]t|\s+never)"
_SAID = (
    r"(?:says?|said|claims?|claimed|shows?|showed|shown|finds?|found|reports?|reported|concludes?|concluded|writes?|wrote|written|"
    r"proves?|proved|proven|means?|meant|states?|stated|suggests?|suggested|argues?|argued|tested|established|demonstrated|there|in\s+it)"
)
_REST = r"[^.!?;:\d]{0,60}"
_NO_ONE = r"(?:nobody|no\s+one|none(?:\s+of\s+(?:them|the\s+\w+))?|nothing|no\s+\w+)"
_WHAT = rf"what\s+(?:[\w’'-]+\s+){{0,5}}?{_SAID}\b"
# as in: it cures, is not what they say; it cures: that is not what was found
_NOT_WHAT = rf"(?:is|was|are|were){_NOT}\s+(?:at\s+all\s+|exactly\s+|quite\s+|remotely\s+)?{_WHAT}{_REST}"
# as in: it cures – which nobody has shown; it cures, something the review does not say
_WHICH = (
    rf"(?:which|something|a\s+(?:claim|thing|statement|sentence)(?:\s+that)?|words\s+that)\s+(?:{_NO_ONE}\b|(?:the\s+|its\s+|these\s+)?(?:{_SOURCE}|it|they|he|she|we|i)\s+"
    rf"(?:(?:do|does|did|has|have|had|can|could){_NOT}|never|nowhere)\b){_REST}"
)
_BY_NO_ONE = (
    rf"(?:say|says|said|claims?|claimed|shows?|showed|finds|found|reports?|reported|writes?|wrote)\s+{_NO_ONE}\b{_REST}"
)
_THIS = r"(?:this|the|its|any|that|these|either|our|their)"
_NOWHERE = rf"(?:not|never|nowhere)\s+(?:anywhere\b{_REST}|(?:in|from|by)\s+{_THIS}\s+(?:\w+\s+){{0,2}}{_SOURCE})"
_NO_SENTENCE = (
    rf"(?:is|was){_NOT}\s+(?:a|the|one)\s+(?:sentence|claim|statement|conclusion|finding|quotation|line)\b{_REST}"
)
# as in: it cures, or so the vendor says; it cures: no, it does not
_SAY = r"(?:says?|said|claims?|claimed|tells?|told|goes|believes?|thinks?)"
_OTHERS_SAY = (
    rf"(?:or|at\s+least)\s+so\s+(?!(?:the\s+|this\s+|its\s+)?(?:{_SOURCE})\b)[^.!?;:\d]{{1,40}}\s{_SAY}\b{_REST}"
)
_NO_COMMA = rf"no,\s+(?:it|they|that|this|he|she)\b{_REST}"
_AT_THE_END = re.compile(
    rf"(?:\s{_NOT_WHAT}|[,;:–—-]\s+(?:(?:that|this|it)\s+{_NOT_WHAT}|not\s+{_WHAT}{_REST}|{_WHICH}|{_BY_NO_ONE}|{_NOWHERE}|{_OTHERS_SAY}|{_NO_COMMA})"
    rf"|\s{_NO_SENTENCE}|\?\s*(?:a\s*[:.]\s*)?(?:no|nope|not|never|none|hardly)\b{_REST})\W*$",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\W{0,20}(?:(?:but|yet|and|or|at\s{1,20}least|except\s{1,20}that)\s{1,20}){0,3}(?:that|this|it|which)\s{0,20}"
    rf"(?:\s{_NOT_WHAT}|(?:['’]s|\sis|\swas)\s+what\s+(?:{_NO_ONE}|(?:\w+\s+){{1,3}}?(?:never|(?:do|does|did|has|have|had){_NOT}))\s{_REST}|\s{_NO_SENTENCE})\W{{0,20}}",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\W{0,20}(?:but\s+|or\s+|and\s+)?(?:(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)(?:n['’]t)?\s+"
    r"(?:it|they|that|this|he|she|these|those|there|we|you)(?:\s+(?:really|true|so|right|though))*|really|true|right|so)\?\W{0,20}",
    re.IGNORECASE,
)
_UNBACKED = re.compile(
    rf"\W{{0,20}}(?:(?:but|yet)\s+)?(?:{_NO_ONE}\b{_REST}\s(?:back|backs|support|supports|show|shows|confirm|confirms|prove|proves|bear|bears|say|says)\s+"
    rf"(?:this|that|it|so)(?:\s+(?:up|out))?|\w[\w\s]{{0,40}}?\s(?:(?:do|does|did){_NOT}\s+agree|disagree[sd]?))\W{{0,20}}",
    re.IGNORECASE,
)
_REGRETTED = re.compile(
    r"\W{0,20}(?:(?:but|and|well),?\s+)?(?:(?:i|we|they|he|she)\s+(?:was|were)\s+wrong|says\s+who\?|"
    r"(?:that|this|it)(?:['’]s|\s+is|\s+was)\s+what\s+(?:i|we|they|people|everyone|everybody|some|many)\s+(?:used\s+to\s+)?"
    r"(?:think|thinks|thought|say|says|said|believe|believes|believed|hear|heard|read))\W{0,20}",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"\W*(?:what|whatever|this|that|it|these|those)\b", re.IGNORECASE)
_LONGEST = 600


def disclaimed(sentence: str, following: str) -> bool:
    """Tell whether a sentence, or the one that follows it, says of its statement that nobody makes it."""
    if len(sentence) <= _LONGEST:
        found = _AT_THE_END.search(sentence)
        if found is not None and len(sentence[: found.start()].split()) > 1 and not _BEGINS.match(sentence):
            return True
    return len(following) <= _LONGEST and any(
        each.fullmatch(following) for each in (_NEXT, _ASKED, _UNBACKED, _REGRETTED)
    )
