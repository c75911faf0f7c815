"""How cost grows, and how fast text goes through: a table of ratios, each taken in one run on one machine.

Run: ``python tests/benchmarks/growth.py [length] [pages] [facts] [throughput]`` (all without arguments; minutes).
Times are processor time, so that other work on the machine matters less; ratios are what counts.

- ``length``: one document of growing length; seconds a megabyte should stay level.
- ``pages``: pages that have not changed, beside reading and hashing the files (target: at most 5 times).
- ``facts``: one document against growing fact bases; seconds should stay level (target: at most 1.5 times).
- ``throughput``: words a second on one core beside the parser without NER on the same text (target: at least 2 times).
"""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from evidencelint.bench import Bench
from evidencelint.cache import Store
from evidencelint.factload import load_facts, parse_facts
from evidencelint.nlp import parse
from evidencelint.rules import select

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus" / "mdma-bpd"
FACTS = CORPUS / "facts.yaml"
LENGTHS = (50_000, 100_000, 200_000, 400_000)
PAGES = (100, 400)
FACT_COUNTS = (100, 1_000, 4_000)


def paragraphs() -> Iterator[str]:
    """Yield the paragraphs of the shipped drafts, over and over, each time with a number of its own."""
    round_number = 0
    while True:
        round_number += 1
        for path in sorted((CORPUS / "drafts").glob("*.md")):
            for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
                if not paragraph.startswith("---"):
                    yield f"{paragraph}\n\nNote {round_number} of the series."


def text_of(characters: int) -> str:
    """Join paragraphs to a length."""
    kept: list[str] = []
    count = 0
    for paragraph in paragraphs():
        kept.append(paragraph)
        count += len(paragraph) + 2
        if count >= characters:
            break
    return "\n\n".join(kept) + "\n"


def seconds(work: Callable[[], object]) -> float:
    """Give the processor time of some work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def say(line: str) -> None:
    """Print a line of the table at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def length() -> None:
    """One document of growing length."""
    linter = Bench(select(), Store(), load_facts).linter((FACTS,))
    linter.check(b"Nothing.\n", "warm.md")
    for characters in LENGTHS:
        data = text_of(characters).encode()
        taken = seconds(lambda data=data: linter.check(data, "x.md"))  # type: ignore[misc]
        say(f"length      {len(data) / 1e6:6.2f} MB   {taken:7.2f} s   {taken / len(data) * 1e6:6.1f} s/MB")


def pages() -> None:
    """Pages that have not changed."""
    for count in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            text = text_of(6_000)
            for number in range(count):
                (place / f"{number}.md").write_text(f"# Page {number}\n\n{text}", encoding="utf-8")
            cache = ["--cache-dir", str(place / "cache")]
            command = [sys.executable, "-m", "evidencelint", "check", "--facts", str(FACTS), *cache, str(place), "-q"]
            hashing = (
                "import hashlib, pathlib, sys\n"
                "for path in sorted(pathlib.Path(sys.argv[1]).glob('*.md')):\n"
                "    hashlib.sha256(path.read_bytes()).hexdigest()"
            )
            first = child(command)
            warm = min(child(command) for _ in range(3))
            plain = min(child([sys.executable, "-c", hashing, str(place)]) for _ in range(3))
            say(
                f"pages       {count:6}      first {first:7.2f} s   "
                f"unchanged {warm:6.3f} s   {warm / plain:5.2f} times hashing"
            )


def child(command: list[str]) -> float:
    """Give the processor time of another process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, check=False, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def facts() -> None:
    """One document against growing fact bases."""
    data = text_of(20_000).encode()
    base = 0.0
    own = FACTS.read_text(encoding="utf-8")
    for count in FACT_COUNTS:
        extra = "".join(_fact(number) for number in range(count))
        loaded = parse_facts(own + extra, str(FACTS), None)
        bench = Bench(select(), Store(), lambda _, loaded=loaded: loaded)  # type: ignore[misc]
        linter = bench.linter((FACTS,))
        built = seconds(lambda linter=linter: linter.check(b"Nothing.\n", "warm.md"))  # type: ignore[misc]
        taken = seconds(lambda linter=linter: linter.check(data, "x.md"))  # type: ignore[misc]
        base = base or taken
        say(
            f"facts       {len(loaded.facts):6}      index {built:7.2f} s   "
            f"check {taken:6.2f} s   {taken / base:5.2f} times the first"
        )


def _fact(number: int) -> str:
    name = hashlib.sha256(str(number).encode()).hexdigest()[:6]
    return f"\n  - id: town-{number}\n    quote: In town {name} rents rose by {number % 90 + 1}%.\n"


def throughput() -> None:
    """Words a second beside the bare parser."""
    text = text_of(150_000)
    count = len(text.split())
    linter = Bench(select(), Store(), load_facts).linter((FACTS,))
    linter.check(b"Nothing.\n", "warm.md")
    ours = seconds(lambda: linter.check(text.encode(), "x.md"))
    bare = seconds(lambda: list(parse([part for part in text.split("\n\n") if part])))
    say(
        f"throughput  {count / ours:8.0f} words/s   parser {count / bare:8.0f} words/s   "
        f"{bare / ours:5.2f} times the parser"
    )
    say(f"memory      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB at most")


def main() -> None:
    """Run the parts that are named, or all."""
    known = {"length": length, "pages": pages, "facts": facts, "throughput": throughput}
    for name in sys.argv[1:] or known:
        known[name]()


if __name__ == "__main__":
    main()
