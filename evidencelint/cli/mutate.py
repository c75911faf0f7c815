"""``evidencelint mutate``: mutation testing of a fact base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidencelint.cli.caching import cache_options, open_store
from evidencelint.cli.common import STDIN, find_documents, open_project, say, write
from evidencelint.cli.given import Choice, facts_option
from evidencelint.errors import EvidencelintError
from evidencelint.wording import count

if TYPE_CHECKING:
    from evidencelint.evaluation import Gold
    from evidencelint.model import Diagnostic
    from evidencelint.mutation.reports import Outcome
    from evidencelint.mutation.running import Workshop
    from evidencelint.mutation.types import Page, Site, Trial, Variant
    from evidencelint.project import Project

_FACT_FILES = frozenset({".yaml", ".yml"})
_SHARE = click.FloatRange(0, 1)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=str))
@cache_options
@facts_option("The fact base of all documents (default: as configured, else the nearest facts.yaml).")
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="The configuration of all documents.")
@click.option("--isolated", is_flag=True, help="Read no configuration.")
@click.option("--quotes", is_flag=True, help="Take the quotes of the facts as faithful text, too; without PATHS, only.")
@click.option("--kinds", multiple=True, metavar="KIND[,KIND]", help="Only these kinds of faults and re-phrasings.")
@click.option("--max-per-kind", type=click.IntRange(min=1), metavar="N", help="At most N of a kind, always the same.")
@click.option("--held-out/--no-held-out", default=None, help="Only drafts whose labels say held out, or none of them.")
@click.option("--list/--no-list", "listed", default=True, help="List survivors and flagged re-phrasings (default: do).")
@click.option("--output-format", type=Choice(["text", "json"]), default="text", show_default=True)
@click.option("--output-file", type=click.Path(path_type=Path), help="Write the report to a file.")
@click.option("--fail-under", type=_SHARE, metavar="SHARE", help="Exit 1 if a smaller share of the faults is caught.")
@click.option("--fail-over", type=_SHARE, metavar="SHARE", help="Exit 1 if more of the re-phrasings are flagged.")
def mutate(
    paths: tuple[str, ...],
    facts_paths: tuple[Path, ...],
    config_path: Path | None,
    kinds: tuple[str, ...],
    max_per_kind: int | None,
    output_format: str,
    output_file: Path | None,
    fail_under: float | None,
    fail_over: float | None,
    cache_dir: Path | None,
    *,
    no_cache: bool,
    isolated: bool,
    quotes: bool,
    held_out: bool | None,
    listed: bool,
) -> int:
    """Plant known faults in faithful text one at a time, and say which of them the linter would catch.

    Faithful are, in drafts with a gold file beside them, the claims labelled supported; in other drafts, the
    sentences that a fact supports; and the quotes of fact bases (name their YAML files, or use --quotes).
    """
    from evidencelint.mutation.reports import as_text  # noqa: PLC0415 - keeps --help cheap

    if STDIN in paths:
        raise EvidencelintError("mutate reads files, not standard input")
    wanted = _wanted(kinds)
    store = open_store(cache_dir, no_cache=no_cache)
    project = open_project(facts_paths, config_path, isolated=isolated, store=store)
    run = _Run(project, wanted, held_out)
    outcome = run.outcome(paths, max_per_kind, quotes=quotes)
    report = _json(outcome) if output_format == "json" else _clean(as_text(outcome, listed=listed))
    write(report, output_file)
    return _verdict(outcome, fail_under, fail_over)


def _wanted(kinds: Sequence[str]) -> frozenset[str]:
    from evidencelint.mutation.types import FAULTS, REPHRASINGS  # noqa: PLC0415

    known = (*FAULTS, *REPHRASINGS)
    named = [name.strip() for entry in kinds for name in entry.split(",")]
    for name in named:
        if name not in known:
            raise click.BadParameter(f"{name!r} is not one of {', '.join(known)}", param_hint="--kinds")
    return frozenset(named or known)


@dataclass(slots=True)
class _Run:
    """Gathers what is planted where, over documents of several fact bases."""

    project: Project
    kinds: frozenset[str]
    held_out: bool | None
    _workshops: dict[tuple[Path, ...], Workshop] = field(default_factory=dict)
    _planted: list[tuple[Site, Variant]] = field(default_factory=list)
    _owners: dict[int, Workshop] = field(default_factory=dict)
    _sentences: int = 0

    def outcome(self, paths: Sequence[str], most: int | None, *, quotes: bool) -> Outcome:
        """Plant, lint, and gather."""
        from evidencelint.cli.progress import Progress  # noqa: PLC0415
        from evidencelint.mutation.reports import Outcome  # noqa: PLC0415
        from evidencelint.mutation.running import sampled  # noqa: PLC0415

        for page, gold, facts in self._pages(paths, quotes=quotes):
            self._plant(page, gold, self._workshop(facts))
        if not self._planted:
            raise EvidencelintError("nothing to plant a fault in: no faithful sentence tells a fact; see claims")
        planted = sampled(self._planted, most) if most is not None else self._planted
        trials: list[Trial] = []
        with closing(Progress(len(planted))) as progress:
            for workshop in self._workshops.values():
                mine = [each for each in planted if self._owners[id(each[0].page)] is workshop]
                trials += workshop.trials(mine, progress.advance)
        already = sum(workshop.already for workshop in self._workshops.values())
        return Outcome(tuple(trials), self._sentences, already)

    def _pages(self, paths: Sequence[str], *, quotes: bool) -> Iterator[tuple[Page, Gold | None, tuple[Path, ...]]]:
        from evidencelint.documents.markdown import read_markdown  # noqa: PLC0415
        from evidencelint.mutation.running import quote_pages  # noqa: PLC0415
        from evidencelint.mutation.types import Page  # noqa: PLC0415
        from evidencelint.source import read_source  # noqa: PLC0415

        bases: list[tuple[Path, ...]] = [(Path(path),) for path in paths if Path(path).suffix in _FACT_FILES]
        named = [path for path in paths if Path(path).suffix not in _FACT_FILES]
        if quotes and not paths:
            bases.append(self.project.facts(Path("text.md")))
        else:
            for document in find_documents(self.project, named, "stdin.md") if named or not bases else ():
                gold = self._gold(document.path)
                if self.held_out is not None and (gold is not None and gold.held_out) is not self.held_out:
                    continue
                data = document.read()
                source = read_source(data, document.name)
                facts = self.project.facts(document.path, data)
                page = Page(source, read_markdown(source), held_out=gold is not None and gold.held_out)
                yield page, gold, facts
                if quotes:
                    bases.append(facts)
        for facts in dict.fromkeys(bases):
            for page in quote_pages(self.project.joined(facts)):
                yield page, None, facts

    def _gold(self, document: Path) -> Gold | None:
        from evidencelint.evaluation import load_gold  # noqa: PLC0415

        beside = document.with_suffix(".gold.yaml")
        return load_gold(beside) if beside.is_file() else None

    def _plant(self, page: Page, gold: Gold | None, workshop: Workshop) -> None:
        self._owners[id(page)] = workshop
        for site in workshop.sites(page, gold):
            self._sentences += 1
            self._planted += [(site, variant) for variant in workshop.variants(site, self.kinds)]

    def _workshop(self, facts: tuple[Path, ...]) -> Workshop:
        from evidencelint.mutation.running import open_workshop  # noqa: PLC0415

        if facts not in self._workshops:
            base = self.project.joined(facts)
            self._workshops[facts] = open_workshop(base, self.project.store, partial(_reported, self.project))
        return self._workshops[facts]


def _reported(project: Project, page: Page, found: Diagnostic) -> bool:
    """Tell whether the settings of a page report a finding."""
    return found.name in project.policy(Path(page.source.path)).enabled


def _json(outcome: Outcome) -> str:
    from evidencelint import __version__  # noqa: PLC0415
    from evidencelint.mutation.reports import as_data  # noqa: PLC0415
    from evidencelint.nlp import model_name  # noqa: PLC0415
    from evidencelint.reporters.run import as_json  # noqa: PLC0415

    tool = {"name": "evidencelint", "version": __version__, "model": model_name()}
    return as_json({"schema_version": 1, "tool": tool, **as_data(outcome)}, indent=1) + "\n"


def _clean(report: str) -> str:
    from evidencelint.reporters.run import clean  # noqa: PLC0415

    return "\n".join(clean(line) for line in report.split("\n"))


def _verdict(outcome: Outcome, fail_under: float | None, fail_over: float | None) -> int:
    """Give the exit code, and say which floor or ceiling is broken."""
    from evidencelint.mutation.types import FAULTS, REPHRASINGS  # noqa: PLC0415

    caught, flagged = outcome.count(FAULTS), outcome.count(REPHRASINGS)
    broken: list[str] = []
    if fail_under is not None and (caught.share is None or caught.share < fail_under):
        broken.append(f"{caught.flagged} of {count(caught.made, 'fault')} caught, below the floor of {fail_under}")
    if fail_over is not None and flagged.share is not None and flagged.share > fail_over:
        made = count(flagged.made, "re-phrasing")
        broken.append(f"{flagged.flagged} of {made} flagged, above the ceiling of {fail_over}")
    for line in broken:
        say(f"evidencelint: {line}", err=True)
    return int(bool(broken))
