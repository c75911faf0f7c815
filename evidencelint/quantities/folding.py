"""Fold a text so that every pattern sees single white space, ASCII digits and no dumps of bare figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from evidencelint.diagnostics import Span

# A longer run of figures and marks without a single word is data, not prose: nobody states a claim in it.
_DUMP_SIZE = 200
_MARKS = r"\d\s.,:;/|+_–-"
_DUMP = re.compile(rf"(?<![{_MARKS}])[{_MARKS}]{{{_DUMP_SIZE},}}")
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Not a line break: "$" in a pattern would also match before one.
_WIDE = "\t"
# Nobody sees them, so a figure is read as if they were not there.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\U000e0000-\U000e0fff"
)
_MARKS_ELSEWHERE = str.maketrans(
    {"％": "%", "﹪": "%", "٪": "%", "．": ".", "٫": ".", "，": ",", "٬": ",", "－": "-", "＋": "+"}
)
_FOREIGN = re.compile(rf"[^\D0-9]|[{_UNSEEN}]")
_MIDDLE_DOT = re.compile(r"(?<=\d)·(?=\d)(?!10[⁻^¹²³⁴-⁹])")
_TIMES_DOT = re.compile(r"(?<=\d)·(?=10[⁻^¹²³⁴-⁹])")
_SPACE = re.compile(rf"\s+|[{_UNSEEN}]+")
_ROOMY = re.compile(rf"\s\s|[^\S \u00a0\u202f\u2009]|[{_UNSEEN}]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with its white space folded, and where each of its characters stood before."""

    text: str
    places: Sequence[int]

    def unfold(self, span: Span) -> Span:
        """Give the span in the text as it was."""
        if span.end <= span.start:
            return span
        return Span(self.places[span.start], self.places[span.end - 1] + 1)


def dumps(text: str) -> tuple[Span, ...]:
    """Give the runs of figures and marks that are too long for prose."""
    return tuple(Span(*match.span()) for match in _DUMP.finditer(text))


def fold(text: str) -> Folded:
    """Blank data dumps, and write longer white space and line ends as one tab.

    A single space stays as it is, so that "1 600" is one number and "1   600" two. Digits of other scripts, full-width
    ones too, become ASCII ones with the signs that go with them, and the middle dot of "0·5" a point; characters that
    nobody sees are left out.
    """
    if _FOREIGN.search(text) is not None:
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text).translate(_MARKS_ELSEWHERE)
    if "·" in text:
        text = _TIMES_DOT.sub("×", _MIDDLE_DOT.sub(".", text))
    text = _DUMP.sub(_blanked, text)
    if _ROOMY.search(text) is None:
        return Folded(text, range(len(text)))
    pieces: list[str] = []
    places: list[int] = []
    position = 0
    for match in _SPACE.finditer(text):
        pieces.append(text[position : match.start()])
        places.extend(range(position, match.start()))
        position = match.end()
        if not match[0][0].isspace():
            continue
        places.append(match.start())
        single = len(match[0]) == 1 and match[0] not in _LINE_ENDS
        pieces.append(match[0] if single else _WIDE)
    pieces.append(text[position:])
    places.extend(range(position, len(text)))
    return Folded("".join(pieces), places)


def _blanked(match: re.Match[str]) -> str:
    """Blank a run whose marks, white space aside, are too many to be prose."""
    run = match[0]
    return run if sum(not c.isspace() for c in run) <= _DUMP_SIZE else " " * len(run)
