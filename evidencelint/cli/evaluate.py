"""``evidencelint eval``: measure the linter against labelled drafts."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidencelint.cli.common import STDIN as _STDIN
from evidencelint.errors import EvidencelintError

if TYPE_CHECKING:
    from evidencelint.engine import Linter
    from evidencelint.evaluation import Outcome


@click.command("eval")
@click.argument("gold", nargs=-1, type=click.Path(path_type=Path))
@click.option("--facts", "facts_path", type=click.Path(path_type=Path), help="The fact base for all drafts.")
@click.option("--errors", "show_errors", is_flag=True, help="List every miss and false alarm.")
@click.option("--held-out/--no-held-out", default=None, help="Only the held out drafts, or none of them.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--floor-precision", type=click.FloatRange(0, 1), default=0.0, help="Exit 1 below this precision.")
@click.option("--floor-recall", type=click.FloatRange(0, 1), default=0.0, help="Exit 1 below this recall.")
def evaluate(
    gold: tuple[Path, ...],
    facts_path: Path | None,
    output_format: str,
    floor_precision: float,
    floor_recall: float,
    *,
    held_out: bool | None,
    show_errors: bool,
) -> int:
    """Measure precision and recall against gold-labelled drafts (default: the folder corpus)."""
    from evidencelint.evaluation import errors, find_gold, score, table  # noqa: PLC0415 - keeps --help cheap

    if _STDIN in map(str, gold):
        raise EvidencelintError("eval reads gold files, not standard input")
    outcomes = _outcomes(find_gold(gold or (Path("corpus"),)), facts_path, held_out=held_out)
    whole = score(outcomes)
    if output_format == "json":
        figures = {"precision": whole.precision, "recall": whole.recall, "f1": whole.f1}
        click.echo(json.dumps({**asdict(whole), **{key: round(value, 4) for key, value in figures.items()}}, indent=1))
    else:
        click.echo("\n".join(table(outcomes)))
    if show_errors:
        click.echo("\n".join(errors(outcomes)))
    return int(whole.precision < floor_precision or whole.recall < floor_recall)


def _outcomes(paths: list[Path], facts_path: Path | None, *, held_out: bool | None) -> list[Outcome]:
    from evidencelint.discovery import find_facts  # noqa: PLC0415
    from evidencelint.engine import Linter  # noqa: PLC0415
    from evidencelint.evaluation import judge, load_gold  # noqa: PLC0415
    from evidencelint.factload import load_facts  # noqa: PLC0415
    from evidencelint.rules import select  # noqa: PLC0415

    linters: dict[Path, Linter] = {}
    outcomes: list[Outcome] = []
    for path in paths:
        gold = load_gold(path)
        if held_out is not None and gold.held_out is not held_out:
            continue
        facts = facts_path or find_facts(gold.draft.parent)
        if facts not in linters:
            linters[facts] = Linter(load_facts(facts), select())
        report = linters[facts].check(gold.draft.read_bytes(), gold.draft.as_posix())
        if report.error is not None:
            raise report.error
        outcomes.append(judge(gold, report, facts.parent.name))
    return outcomes
