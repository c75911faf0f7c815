"""``evidencelint facts``: check and show a fact base."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidencelint.cli.common import say
from evidencelint.cli.factdata import coverage, diff, export, import_facts, schema
from evidencelint.cli.given import Choice, facts_option
from evidencelint.cli.harvest import harvest, review
from evidencelint.errors import EvidencelintError
from evidencelint.wording import count

if TYPE_CHECKING:
    from evidencelint.curating.check import FactProblem
    from evidencelint.factbase.facts import Fact, FactBase

_NEAR = 50
_facts_option = facts_option("The fact base (default: the nearest facts.yaml).")
_path = click.argument("path", nargs=-1, type=click.Path(path_type=Path))


@click.group()
def facts() -> None:
    """Check and show a fact base."""


for command in (harvest, review, coverage, diff, schema, export, import_facts):
    facts.add_command(command)


@facts.command()
@_path
@_facts_option
@click.option("-v", "--verbose", is_flag=True, help="Print every fact's frame as the reader reads it.")
@click.option(
    "--fix", "mend", is_flag=True, help="Mend what needs no judgement: quotes but for a letter or a dash, duplicates."
)
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that valid_until and recheck_by are held against."
)
@click.option("--output-format", type=Choice(["text", "json"]), default="text", show_default=True)
def check(
    path: tuple[Path, ...],
    facts_paths: tuple[Path, ...],
    today: datetime | None,
    output_format: str,
    *,
    verbose: bool,
    mend: bool,
) -> int:
    """Validate a fact base: schema, quotes in their sources, figures, duplicates, contradictions, dates, works.

    Of several, each is checked by itself, and then what facts of one say against those of another.
    """
    from evidencelint.factbase.joining import join, kept_apart  # noqa: PLC0415 - keeps --help cheap

    # each is checked by itself, as it must hold by itself
    bases = [_load((each,)) for each in _configured(_named(path, facts_paths))]
    if mend:
        bases = [_mended(base) for base in bases]
    day = today.date() if today is not None else date.today()  # noqa: DTZ011 - the curator's own calendar
    found = [(base, _problems(base, day)) for base in bases]
    if output_format == "json":
        data = [_as_data(base, problems) for base, problems in found]
        whole = data[0] if len(data) == 1 else {"schema_version": 1, "fact_bases": data}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=1))
    for base, problems in found if output_format == "text" else ():
        for problem in problems:
            say(problem.located())
        if verbose:
            _print_frames(base)
        told = [problem for problem in problems if problem.severity != "info"]
        say(f"{base.path}: {count(len(base.facts), 'fact')}, {count(len(told), 'problem')}")
    joined = join(bases)
    between = _between(joined) if len(bases) > 1 else ()
    for problem in between if output_format == "text" else ():
        say(problem.located())
    for line in kept_apart(joined) if output_format == "text" else ():
        say(f"note: {line}")
    return int(any(problem.severity == "error" for _, problems in found for problem in (*problems, *between)))


def _between(base: FactBase) -> tuple[FactProblem, ...]:
    """Give what facts of several fact bases say against one another."""
    from evidencelint.claims import ClaimReader  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.curating.audit import contradictions_between  # noqa: PLC0415
    from evidencelint.matching.index import FactIndex  # noqa: PLC0415

    return contradictions_between(base, FactIndex(base, ClaimReader(base.vocabulary)))


def _problems(base: FactBase, day: date) -> list[FactProblem]:
    from evidencelint.bibliography import load_all  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.claims import ClaimReader  # noqa: PLC0415
    from evidencelint.curating.audit import audit_fact_base  # noqa: PLC0415
    from evidencelint.curating.check import check_fact_base  # noqa: PLC0415
    from evidencelint.matching.index import FactIndex  # noqa: PLC0415

    problems = list(check_fact_base(base, load_all(base.bibliography)))
    problems += audit_fact_base(base, FactIndex(base, ClaimReader(base.vocabulary)), day)
    order = {path: number for number, path in enumerate(base.files)}
    return sorted(problems, key=lambda p: (order.get(p.position.path, -1), p.position.line))


def _mended(base: FactBase) -> FactBase:
    from evidencelint.curating.fix import fix  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.yamledit import write_whole  # noqa: PLC0415

    fixes = fix(base)
    for file, text in fixes.texts.items():
        write_whole(Path(file), text)
    for line in fixes.done:
        say(f"fixed: {line}", err=True)
    return _load((Path(base.path),)) if fixes.done else base


def _as_data(base: FactBase, problems: Sequence[FactProblem]) -> dict[str, object]:
    return {
        "schema_version": 1,
        "path": base.path,
        "fingerprint": base.fingerprint,
        "facts": len(base.facts),
        "problems": [
            {
                "code": p.code,
                "name": p.name,
                "severity": p.severity,
                "path": p.position.path,
                "line": p.position.line,
                "column": p.position.column,
                "fact": p.fact,
                "message": p.message,
            }
            for p in problems
        ],
    }


def _named(arguments: tuple[Path, ...], options: tuple[Path, ...]) -> tuple[Path, ...]:
    if arguments and options:
        raise click.UsageError("name the fact base once: as an argument or with --facts")
    return arguments or options


@facts.command("list")
@_path
@_facts_option
@click.option("--concepts", is_flag=True, help="List the vocabulary instead, with the built-in concepts.")
@click.option("--status", type=Choice(["kept", "candidate", "changed", "gone"]), help="Only facts of this status.")
@click.option("--output-format", type=Choice(["text", "json"]), default="text", show_default=True)
def list_facts(
    path: tuple[Path, ...], facts_paths: tuple[Path, ...], status: str | None, output_format: str, *, concepts: bool
) -> None:
    """List the facts, one a line, or the concepts that they are read with."""
    base = _load(_named(path, facts_paths))
    if concepts:
        _list_concepts(base, output_format)
        return
    chosen = [fact for fact in base.facts if status in {None, fact.status}]
    if output_format == "json":
        click.echo(json.dumps([_fact_data(fact) for fact in chosen], ensure_ascii=False, indent=1))
        return
    for fact in chosen:
        say(f"{fact.id}: {fact.quote}")


def _list_concepts(base: FactBase, output_format: str) -> None:
    """Print every concept with its slot, names, and how many facts speak of it; the built-in ones last."""
    from evidencelint.curating.names import concepts_in_use  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.factbase.vocabulary import general_vocabulary  # noqa: PLC0415

    used, general = concepts_in_use(base), general_vocabulary().concepts
    rows = sorted(base.vocabulary.concepts.items(), key=lambda item: item[0] in general)
    if output_format == "json":
        data = [
            {
                "slot": slot,
                "id": identity,
                "names": list(concept.names),
                "is_a": list(concept.is_a),
                "built_in": (slot, identity) in general,
                "facts": used.get((slot, identity), 0),
            }
            for (slot, identity), concept in rows
        ]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    for (slot, identity), concept in rows:
        kind = f" (a kind of {', '.join(concept.is_a)})" if concept.is_a else ""
        built = "built in, " if (slot, identity) in general else ""
        uses = used.get((slot, identity), 0)
        say(f"{slot} {identity}{kind} [{built}{count(uses, 'fact')}]: {', '.join(concept.names)}")


@facts.command()
@click.argument("query", nargs=-1, required=True)
@_facts_option
@click.option("--output-format", type=Choice(["text", "json"]), default="text", show_default=True)
def search(query: tuple[str, ...], facts_paths: tuple[Path, ...], output_format: str) -> int:
    """Find facts by figure ("67%"), by concept, or by words that are roughly theirs; exit code 1 if none."""
    from evidencelint.curating.search import search as find  # noqa: PLC0415 - keeps --help cheap

    found = find(_load(facts_paths), " ".join(query))
    if output_format == "json":
        data = [{**_fact_data(item.fact), "score": item.score, "why": item.why} for item in found]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    for item in found if output_format == "text" else ():
        say(f"{item.fact.id} ({item.why}): {item.fact.quote}")
    if not found:
        say(f"no fact has {' '.join(query)}; try other words, a figure, or: evidencelint facts list", err=True)
    return int(not found)


def _fact_data(fact: Fact) -> dict[str, object]:
    return {
        "id": fact.id,
        "quote": fact.quote,
        "source": fact.source,
        "at": fact.at,
        "slots": {slot: sorted(names) for slot, names in fact.slots.items()},
        "status": fact.status,
        "path": fact.position.path,
        "line": fact.position.line,
    }


@facts.command()
@click.argument("identity")
@_facts_option
def show(identity: str, facts_paths: tuple[Path, ...]) -> None:
    """Show one fact with its quote, its place and its frame as read."""
    from rapidfuzz.process import extractOne  # noqa: PLC0415

    base = _load(facts_paths)
    found = next((fact for fact in base.facts if fact.id == identity), None)
    if found is None:
        near = extractOne(identity, [fact.id for fact in base.facts], score_cutoff=_NEAR)
        hint = f"did you mean {near[0]}?" if near is not None else f"look with: evidencelint facts search {identity}"
        raise EvidencelintError(f"no fact {identity}; {hint}")
    _print_fact(found)
    _print_frames(base, identity)


def _load(paths: tuple[Path, ...]) -> FactBase:
    """Load a fact base, or join several; without any named, those of the working folder."""
    from evidencelint.factbase.joining import join  # noqa: PLC0415
    from evidencelint.factbase.load import load_facts  # noqa: PLC0415 - keeps --help cheap

    return join([load_facts(path) for path in _configured(paths)])


def _configured(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    from evidencelint.configuration.discovery import find_facts  # noqa: PLC0415 - keeps --help cheap

    return tuple(dict.fromkeys(paths)) or find_facts(Path())


def _print_fact(fact: Fact) -> None:
    say(f"{fact.id} ({', '.join((fact.source, *fact.also))}, {fact.position.path}:{fact.position.line})")
    say(f"  quote: “{fact.quote}”")
    if fact.at:
        say(f"  at: {fact.at}")
    for slot, concepts in fact.slots.items():
        say(f"  {slot}: {', '.join(sorted(concepts))}" + (" (of the defaults)" if slot in fact.defaulted else ""))
    for name, value in (
        ("strength", fact.strength),
        ("direction", fact.direction),
        ("reported in", fact.reported_in),
        ("valid until", fact.valid_until),
        ("superseded by", fact.superseded_by),
        ("recheck by", fact.recheck_by),
        ("when", fact.when),
        ("note", fact.note),
        ("status", fact.status if fact.status != "kept" else None),
    ):
        if value:
            say(f"  {name}: {value}")


def _print_frames(base: FactBase, only: str | None = None) -> None:
    """Print what the reader understood, so that a curator sees which slots to override."""
    from evidencelint.engine import describe_facts  # noqa: PLC0415

    for identity, line in describe_facts(base):
        if only is None or identity == only:
            say(f"  {line}" if only else f"{identity}: {line}")
