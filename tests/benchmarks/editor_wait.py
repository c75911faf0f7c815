"""How long an editor waits: from a keystroke to the findings, and for a hover, in a page of about a thousand words.

    python tests/benchmarks/editor_wait.py

The pause that the server makes before it checks is part of the first figure.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.lsp_helpers import Editor, Server  # noqa: E402 - found by the line above

CORPUS = ROOT / "corpus" / "school-breakfast"
ROUNDS = 20


def page() -> str:
    """Put drafts together until they have a thousand words."""
    text = ""
    for path in sorted((CORPUS / "drafts").glob("*.md")):
        text += path.read_text(encoding="utf-8") + "\n\n"
        if len(text.split()) >= 1_000:
            break
    return text


def main() -> None:
    """Type, wait, and print the median and the slowest."""
    text = page()
    keys: list[float] = []
    hovers: list[float] = []

    async def story(editor: Editor) -> None:
        editor.open("drafts/page.md", text)
        await editor.findings("drafts/page.md", 1)
        for version in range(2, ROUNDS + 2):
            started = perf_counter()
            editor.type("drafts/page.md", f"{text}\n{'x' * version}\n", version)
            await editor.findings("drafts/page.md", version)
            keys.append(perf_counter() - started)
            started = perf_counter()
            await editor.hover("drafts/page.md", 2, 5)
            hovers.append(perf_counter() - started)

    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(CORPUS, folder, dirs_exist_ok=True)
        server = Server(Path(folder))
        server.play(story)
        server.stop()
    for name, times in (("keystroke to findings", keys), ("hover", hovers)):
        middle, worst = statistics.median(times) * 1000, max(times) * 1000
        sys.stdout.write(f"{name}: median {middle:.0f} ms, slowest {worst:.0f} ms, {len(text.split())} words\n")


if __name__ == "__main__":
    main()
