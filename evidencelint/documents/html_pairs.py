"""Inline HTML: what stands between some tags is no prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from evidencelint.diagnostics import Span

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_OPAQUE = frozenset(
    ("script", "style", "code", "pre", "kbd", "samp", "math", "svg", "textarea", "template", "del", "s", "strike")
)
_RAISED = frozenset(("sup", "sub"))
_LONGEST_MARKER = 40
_MARKER = re.compile(r"[\s\d,;*†‡§–-]*")


@dataclass(slots=True)
class HtmlPairs:
    """The opened tags of one block whose content may have to go."""

    opened: dict[str, list[int]] = field(default_factory=dict)
    blanked: list[Span] = field(default_factory=list)

    def clear(self) -> None:
        """Forget tags left open: they hide nothing."""
        self.opened.clear()
        self.blanked.clear()

    def read(self, source: str, span: Span, canvas: list[str]) -> str:
        """Take one tag, blank the canvas where it closes an opaque pair, and give its name.

        Raised or lowered digits (``<sup>3</sup>``) are note marks or indices, not figures.
        """
        match = _TAG.match(source, span.start, span.end)
        if match is None:
            return ""
        name = match[2].lower()
        if name not in _OPAQUE and name not in _RAISED:
            return name
        starts = self.opened.setdefault(name, [])
        if not match[1]:
            if not source.endswith("/>", span.start, span.end):
                starts.append(span.end)
        elif starts:
            inner = Span(starts.pop(), span.start)
            if name in _OPAQUE or _is_marker(inner, canvas):
                self._blank(inner, canvas)
        return name

    def _blank(self, span: Span, canvas: list[str]) -> None:
        """Blank a stretch; what an inner pair has blanked is not gone through again."""
        end = span.end
        while self.blanked and self.blanked[-1].start >= span.start:
            done = self.blanked.pop()
            _wipe(done.end, end, canvas)
            end = done.start
        _wipe(span.start, end, canvas)
        self.blanked.append(span)


def _is_marker(span: Span, canvas: list[str]) -> bool:
    return len(span) <= _LONGEST_MARKER and _MARKER.fullmatch("".join(canvas[span.start : span.end])) is not None


def _wipe(start: int, end: int, canvas: list[str]) -> None:
    for at in range(start, end):
        if canvas[at] != "\n":
            canvas[at] = " "
