"""``evidencelint facts harvest`` and ``facts review``: from a source to facts that a person has looked at."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidencelint.cli.common import say
from evidencelint.cli.given import Choice, one_facts_option
from evidencelint.errors import EvidencelintError
from evidencelint.wording import count

if TYPE_CHECKING:
    from evidencelint.bibliography import Work
    from evidencelint.curating.reviewing import Review
    from evidencelint.harvest.reading import Harvest
    from evidencelint.sources.text import Block

_FACTS = "facts.yaml"
_HEAD, _HEAD_LETTERS, _LIKELY = 6, 1_500, 75
_KEYS = "k keep   d drop   e edit   s skip   u undo   q quit"
_HELP = (
    "k keeps the fact (a changed one with the source's new words), d drops it for good, e opens it in $EDITOR, keeps "
    "what you saved, s leaves it for another time, u takes the last decision back, q stops; the file holds every "
    "decision, so the next run goes on from here"
)


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    help="The fact base (default: facts.yaml beside it).",
)
@click.option("--update", is_flag=True, help="Merge a new version of the source into the fact base.")
@click.option(
    "--key", help="The source's key in the bibliography (default: that of the only work, or the file's name)."
)
@click.option(
    "--bibliography", type=click.Path(path_type=Path), help="The file of works (default: references.* beside it)."
)
@click.option("--title", help="A title for the fact base (default: the first heading).")
@click.option(
    "--least", type=click.FloatRange(0, 1), default=0.35, show_default=True, help="Leave out what is less sure."
)
@click.option("--output-format", type=Choice(["yaml", "json"]), default="yaml", show_default=True)
def harvest(
    source: Path,
    output: Path | None,
    key: str | None,
    bibliography: Path | None,
    title: str | None,
    least: float,
    output_format: str,
    *,
    update: bool,
) -> int:
    """Draft a fact base from SOURCE (Markdown, text, HTML, DOCX, PDF), for a person to curate.

    Every statement with a figure, a cause, a hedge, a design, a population or a limit becomes a candidate fact, and the
    things the source speaks of become a vocabulary with contrast sets. '-o -' prints it; JSON is always printed.
    """
    target = output or source.parent / _FACTS
    if update:
        return _update(source, target, key, least)
    from evidencelint.bibliography import load_all  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.harvest.reading import harvest as read  # noqa: PLC0415
    from evidencelint.harvest.studies import Studies  # noqa: PLC0415
    from evidencelint.harvest.writing import render  # noqa: PLC0415
    from evidencelint.sources.text import read_blocks  # noqa: PLC0415
    from evidencelint.yamledit import write_whole  # noqa: PLC0415

    to_stdout = str(target) == "-" or output_format == "json"
    if not to_stdout and target.exists():
        raise EvidencelintError(f"{target} exists; add --update to merge the source into it, or name another with -o")
    blocks = read_blocks(source)
    folder = Path() if to_stdout else target.parent
    works = bibliography or _works_beside(folder)
    known = list((load_all((works,)) or {}).values()) if works is not None else []
    own = key or _key(source, known, blocks)
    found = read(blocks, least=least, studies=Studies.of(known, own))
    if output_format == "json":
        click.echo(json.dumps(_as_data(found), ensure_ascii=False, indent=1))
        return 0
    for row in found.unclear:
        say(f"left out, as the head of a column says the unit of its figures: {row}", err=True)
    text = render(
        found,
        key=own,
        path=_relative(source, folder),
        title=title if title is not None else next((block.text for block in blocks if block.kind == "heading"), ""),
        bibliography=_relative(works, folder) if works is not None else None,
    )
    if to_stdout:
        click.echo(text, nl=False)
    else:
        write_whole(target, text)
        say(f"{target.as_posix()}: {_summary(found)}")
        say("next: evidencelint facts review" + ("" if target.name == _FACTS else f" --facts {target.as_posix()}"))
    return 0


def _summary(found: Harvest) -> str:
    counts = (
        (len(found.candidates), "candidate fact"),
        (len(found.concepts), "concept"),
        (len(found.contrasts), "contrast set"),
    )
    return ", ".join(count(number, what) for number, what in counts)


def _as_data(found: Harvest) -> dict[str, object]:
    return {
        "schema_version": 1,
        "vocabulary": [
            {"slot": c.slot, "id": c.id, "names": list(c.names), "is_a": list(c.is_a)} for c in found.concepts
        ],
        "contrasts": [list(group) for group in found.contrasts],
        "candidates": [
            {
                "id": c.id,
                "quote": c.quote,
                "at": c.at,
                "slots": dict(c.slots),
                "figures": {text: dict(slots) for text, slots in c.figures.items()},
                "confidence": c.confidence,
                "frame": c.frame,
                "study": c.study,
            }
            for c in found.candidates
        ],
    }


def _works_beside(folder: Path) -> Path | None:
    return next(
        (path for path in sorted(folder.glob("references.*")) if path.suffix in {".json", ".bib", ".yaml", ".ris"}),
        None,
    )


def _key(source: Path, known: Sequence[Work], blocks: Sequence[Block]) -> str:
    """Take the key of the work that the source says it is, or of the only one; else make one of the file's name."""
    from evidencelint.harvest.suggestions import slug  # noqa: PLC0415 - keeps --help cheap

    if len(known) == 1:
        return known[0].key
    head = " ".join(block.text for block in blocks[:_HEAD])[:_HEAD_LETTERS].lower()
    likely = [(_likeness(work, head), work.key) for work in known]
    return max(likely)[1] if likely and max(likely)[0] >= _LIKELY else slug(source.stem)


def _likeness(work: Work, head: str) -> float:
    """Tell how likely the beginning of a source is that of a work, in percent: its title, or its authors and year."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - keeps --help cheap

    named = bool(work.authors) and all(author.lower() in head for author in work.authors)
    if work.key.lower() in head or (named and str(work.year) in head):
        return 100.0
    return fuzz.partial_ratio(work.title.lower(), head) if work.title else 0.0


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()


def _update(source: Path, target: Path, key: str | None, least: float) -> int:
    from evidencelint.factbase.load import load_facts  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.harvest.reading import harvest as read  # noqa: PLC0415
    from evidencelint.harvest.updating import update  # noqa: PLC0415
    from evidencelint.sources.text import read_blocks, read_source_text  # noqa: PLC0415
    from evidencelint.yamledit import write_whole  # noqa: PLC0415

    base = load_facts(target)
    if key is None:
        named = [
            s.key
            for s in base.sources
            if s.path and (Path(s.position.path).parent / s.path).resolve() == source.resolve()
        ]
        if not named:
            known = ", ".join(s.key for s in base.sources)
            raise EvidencelintError(
                f"{source}: is no source of {target}; say with --key which of its works it is: {known}"
            )
        key = named[0]
    elif key not in [s.key for s in base.sources]:
        raise EvidencelintError(f"{target} has no source {key}; harvest it into a file of its own and include that")
    found = read(read_blocks(source), least=least, known=[fact.id for fact in base.facts])
    done = update(base, found, key, read_source_text(source))
    for path, text in done.texts.items():
        write_whole(Path(path), text)
    for what, ids in (("new", done.added), ("changed", done.changed), ("gone", done.gone)):
        for identity in ids:
            say(f"{what}: {identity}")
    for concept in done.concepts:
        say(f"new concept: {concept}")
    counts = f"{len(done.added)} new, {len(done.changed)} changed, {len(done.gone)} gone"
    say(f"{target.as_posix()}: {counts}, {len(base.facts) - len(done.changed) - len(done.gone)} as they were")
    return 0


@click.command()
@one_facts_option("The fact base (default: the nearest facts.yaml).")
@click.option("--order", type=Choice(["confidence", "file"]), default="confidence", show_default=True)
def review(facts_path: Path | None, order: str) -> int:
    """Walk through the candidates, one key each: keep, drop, edit, skip, undo.

    Every decision is written at once, so a review can be left and taken up again. Keys are read from standard input
    where that is no terminal.
    """
    from evidencelint.configuration.discovery import only_fact_base  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.curating.reviewing import Review  # noqa: PLC0415
    from evidencelint.engine import describe_facts  # noqa: PLC0415

    walk = Review(facts_path or only_fact_base(Path()), by_confidence=order == "confidence")
    frames: dict[str, list[str]] = {}
    for identity, line in describe_facts(walk.base):
        frames.setdefault(identity, []).append(line)
    while (fact := walk.current) is not None:
        sure = f"  {fact.confidence:.2f}" if fact.confidence is not None else ""
        click.echo()
        say(f"[{walk.at + 1}/{len(walk.queue)}] {fact.id}  {fact.status}{sure}  {fact.at}")
        say(f"  “{fact.quote}”")
        if fact.status == "changed":
            say(f"  now: “{walk.now}”")
        for line in frames.get(fact.id, ()):
            say(f"  {line}")
        if not _decide(walk):
            break
    left = sum(fact.status != "kept" for fact in walk.base.facts)
    click.echo()
    say(f"{walk.base.path}: {count(len(walk.base.facts) - left, 'fact')} kept, {left} left to review")
    return 0


def _decide(walk: Review) -> bool:
    """Read keys until one decides; tell whether to go on."""
    decisions: dict[str, Callable[[], None]] = {
        "k": walk.keep,
        "d": walk.drop,
        "s": walk.skip,
        "e": partial(_edit, walk),
        "u": partial(_undo, walk),
    }
    while (key := _read_key()) not in {"q", ""}:
        if key not in decisions:
            say(f"  {_HELP if key == '?' else _KEYS}")
            continue
        try:
            decisions[key]()
        except EvidencelintError as error:
            say(f"  not changed: {error}")
            continue
        return True
    return False


def _undo(walk: Review) -> None:
    if not walk.undo():
        raise EvidencelintError("there is nothing to take back")


def _edit(walk: Review) -> None:
    lines = click.edit(walk.text(), extension=".yaml")
    if lines is None:
        raise EvidencelintError("the editor saved nothing")
    walk.edit(lines)


def _read_key() -> str:
    if sys.stdin.isatty():
        click.echo(f"  {_KEYS} ", nl=False)
        key = click.getchar()
        click.echo(key)
        return key.lower()
    while (key := sys.stdin.read(1)).isspace():
        pass
    return key.lower()
