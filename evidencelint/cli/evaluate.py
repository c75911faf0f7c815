"""``evidencelint eval``: measure the linter against labelled drafts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidencelint.cli.caching import cache_options, open_store
from evidencelint.cli.common import STDIN as _STDIN
from evidencelint.cli.common import open_project, say
from evidencelint.cli.given import Choice, facts_option
from evidencelint.errors import EvidencelintError

if TYPE_CHECKING:
    from evidencelint.cache import Store
    from evidencelint.evaluation import Outcome


@click.command("eval")
@click.argument("gold", nargs=-1, type=click.Path(path_type=Path))
@cache_options
@facts_option("The fact base for all drafts (default: the nearest facts.yaml of each).")
@click.option("--errors", "show_errors", is_flag=True, help="List every miss and false alarm.")
@click.option("--held-out/--no-held-out", default=None, help="Only the held out drafts, or none of them.")
@click.option("--output-format", type=Choice(["text", "json"]), default="text", show_default=True)
@click.option("--floor-precision", type=click.FloatRange(0, 1), default=0.0, help="Exit 1 below this precision.")
@click.option("--floor-recall", type=click.FloatRange(0, 1), default=0.0, help="Exit 1 below this recall.")
def evaluate(
    gold: tuple[Path, ...],
    facts_paths: tuple[Path, ...],
    output_format: str,
    floor_precision: float,
    floor_recall: float,
    cache_dir: Path | None,
    *,
    no_cache: bool,
    held_out: bool | None,
    show_errors: bool,
) -> int:
    """Measure precision and recall against gold-labelled drafts (default: the folder corpus)."""
    from evidencelint.evaluation import errors, find_gold, score, table  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.reporters import measures  # noqa: PLC0415

    if _STDIN in map(str, gold):
        raise EvidencelintError("eval reads gold files, not standard input")
    store = open_store(cache_dir, no_cache=no_cache)
    outcomes = _outcomes(find_gold(gold or (Path("corpus"),)), facts_paths, store, held_out=held_out)
    if not outcomes:
        # no draft would mean perfect figures, and a floor that holds nothing
        raise EvidencelintError("none of the gold files is left to measure; see --held-out")
    if output_format == "json":
        click.echo(measures.render(outcomes, everything=show_errors), nl=False)
    else:
        click.echo("\n".join(table(outcomes)))
        for line in errors(outcomes) if show_errors else ():
            say(line)
    whole = score(outcomes)
    floors = (("precision", whole.precision, floor_precision), ("recall", whole.recall, floor_recall))
    low = [f"{name} {figure:.4f} is below the floor of {floor}" for name, figure, floor in floors if figure < floor]
    for message in low:
        click.echo(f"evidencelint: {message}", err=True)
    return int(bool(low))


def _outcomes(
    paths: list[Path], facts_paths: tuple[Path, ...], store: Store, *, held_out: bool | None
) -> list[Outcome]:
    from evidencelint.configuration.discovery import find_facts  # noqa: PLC0415
    from evidencelint.evaluation import judge, load_gold  # noqa: PLC0415

    project = open_project((), None, isolated=True, store=store)
    outcomes: list[Outcome] = []
    for path in paths:
        gold = load_gold(path)
        if held_out is not None and gold.held_out is not held_out:
            continue
        facts = facts_paths or find_facts(gold.draft.parent)
        report = project.linter(facts).check(gold.draft.read_bytes(), gold.draft.as_posix())
        if report.error is not None:
            raise report.error
        outcomes.append(judge(gold, report, facts[0].resolve().parent.name))
    return outcomes
