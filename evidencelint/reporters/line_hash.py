"""The hash by which GitHub knows a line of a file again, so that an alert survives moved lines.

The rolling hash of its own uploader (100 characters from the start of the line, blanks left out), so that reports
sent to the interface directly agree with those that it fills in itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_BLOCK = 100
_FACTOR = 37
_MASK = (1 << 64) - 1
_FIRST = pow(_FACTOR, _BLOCK, 1 << 64)
_END = 65535
_TAB, _LF, _CR, _SPACE = 9, 10, 13, 32


def line_hashes(text: str, wanted: Iterable[int]) -> dict[int, str]:
    """Give the hashes of lines by their 1-based numbers; lines of the uploader end at CR LF, LF or CR."""
    lines = frozenset(wanted)
    return {line: value for line, value in _all(text) if line in lines} if lines else {}


def _all(text: str) -> Iterator[tuple[int, str]]:
    window = [0] * _BLOCK
    starts = [0] * _BLOCK
    seen: dict[str, int] = {}
    value = index = line = 0
    at_start = True
    for unit in (*_units(text), *([0] * _BLOCK)):
        padding = unit == 0
        if starts[index]:
            digest = f"{value:x}"
            seen[digest] = seen.get(digest, 0) + 1
            yield starts[index], f"{digest}:{seen[digest]}"
            starts[index] = 0
        if at_start and not padding:
            line += 1
            starts[index] = line
            at_start = False
        at_start = at_start or unit == _LF
        value = (value * _FACTOR + unit - _FIRST * window[index]) & _MASK
        window[index] = unit
        index = (index + 1) % _BLOCK


def _units(text: str) -> Iterator[int]:
    """Yield UTF-16 units without blanks, every line end as LF, and the mark of the end."""
    raw = text.encode("utf-16-le", "surrogatepass")
    after_cr = False
    for low, high in zip(raw[::2], raw[1::2], strict=True):
        unit = low | high << 8
        if unit in (_SPACE, _TAB) or (after_cr and unit == _LF):
            after_cr = False
            continue
        after_cr = unit == _CR
        yield _LF if after_cr else unit
    yield _END
