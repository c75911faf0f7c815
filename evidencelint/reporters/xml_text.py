"""XML from text that others wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from evidencelint.reporters.run import clean

# characters to Python and none to XML
_NO_XML = dict.fromkeys((0xFFFE, 0xFFFF))
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def start(name: str, attributes: Mapping[str, object], *, empty: bool = False) -> str:
    """Give an opening tag, or one that is closed at once; values lose what XML cannot hold."""
    shown = "".join(f" {key}={quoteattr(_plain(str(value)))}" for key, value in attributes.items())
    return f"<{name}{shown}{'/' if empty else ''}>"


def text(lines: Iterable[str]) -> str:
    """Give text between tags; what is within a line stays in it."""
    return escape("\n".join(_plain(line) for line in lines))


def _plain(value: str) -> str:
    return clean(value).translate(_NO_XML)
