"""Time the reading of a large BibTeX file, once and from the store.

``python tests/benchmarks/bibliography.py [ENTRIES]`` prints a table; without a number it is 5,000 entries.
The entries are made up, with accents, particles, strings and abstracts, some 650 bytes each. Seconds are those of the
process; the table also gives the wall clock, which other work on the machine makes longer.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from evidencelint.bibliography import Library, Memory, load_bibliography
from evidencelint.cache import Store

NAMES = (
    'M{\\"u}ller',
    "Smith",
    "van der Berg",
    "Garc{\\'\\i}a",
    "O'Neil",
    "N{\\'e}meth",
    '{\\AA}ngstr{\\"o}m',
    "Okafor",
)
ENTRY = """@article{{key{number:05d},
  author   = {{{authors}}},
  title    = {{The {{Effect}} of Thing {number} on Other Things: A Review}},
  journal  = js,
  year     = {{{year}}},
  doi      = {{10.1000/x.{number}}},
  abstract = {{We studied {number} things. {filler}}}
}}
"""


def made_up(entries: int) -> str:
    chance = random.Random(1)  # noqa: S311 - the same entries every time
    filler = "Lorem ipsum dolor sit amet, consectetur. " * 8
    pieces = ['@string{js = "Journal of Invented Things"}\n']
    for number in range(entries):
        authors = " and ".join(f"{chance.choice(NAMES)}, A. {chr(65 + number % 26)}." for _ in range(1 + number % 4))
        pieces.append(ENTRY.format(number=number, authors=authors, year=1990 + number % 35, filler=filler))
    return "\n".join(pieces)


def timed(name: str, work: Callable[[], object]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    print(f"{name:34}{time.process_time() - cpu:8.3f} s{time.perf_counter() - wall:8.3f} s wall")  # noqa: T201


def main() -> None:
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory() as name:
        file, store = Path(name) / "large.bib", Store(Path(name) / "cache")
        file.write_text(made_up(entries), encoding="utf-8")
        print(f"{entries:,} entries, {file.stat().st_size:,} bytes")  # noqa: T201
        timed("first run (imports, reads, keeps)", lambda: load_bibliography(file, Memory(store)))
        timed("next run (from the store)", lambda: load_bibliography(file, Memory(store)))
        memory = Memory(store)
        works = load_bibliography(file, memory)
        timed("again in the same run", lambda: load_bibliography(file, memory))
        timed("index by author and identifier", lambda: Library(works))


if __name__ == "__main__":
    main()
