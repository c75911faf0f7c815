"""``evidencelint facts coverage|diff|schema|export|import``: a fact base beside documents, and beside other tools."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidencelint.cli.common import complain, say, write
from evidencelint.cli.given import Choice, one_facts_option
from evidencelint.errors import EvidencelintError, FactBaseError
from evidencelint.wording import count

if TYPE_CHECKING:
    from evidencelint.curating.coverage import Coverage
    from evidencelint.factbase.facts import FactBase
    from evidencelint.outcome import FileReport

_facts_option = one_facts_option("The fact base (default: the nearest facts.yaml).")
_format_option = click.option("--output-format", type=Choice(["text", "json"]), default="text", show_default=True)
_paths = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
_MODELINE = "# yaml-language-server: $schema="


@click.command()
@_paths
@_facts_option
@click.option(
    "--least", type=click.FloatRange(0, 1), default=0.6, show_default=True, help="Ask only for what is this sure."
)
@_format_option
def coverage(paths: tuple[Path, ...], facts_path: Path | None, least: float, output_format: str) -> int:
    """Show which facts no document uses, and which statements of the sources no fact holds.

    PATHS are the documents (default: the folder of the fact base).
    """
    from evidencelint.curating.coverage import cover  # noqa: PLC0415 - keeps --help cheap

    base = _load(facts_path)
    reports = list(_reports(base, paths or (Path(base.path).parent,)))
    found = cover(base, reports, least)
    if output_format == "json":
        click.echo(json.dumps(_coverage_data(base, found), ensure_ascii=False, indent=1))
    else:
        for fact in found.unused:
            say(f"{fact.position.path}:{fact.position.line}: unused: {fact.id}")
        for gap in found.gaps:
            say(f"{gap.source}: no fact: “{gap.candidate.quote}” ({gap.candidate.at or 'no heading'})")
        used = len(base.facts) - len(found.unused)
        held = found.statements - len(found.gaps)
        say(
            f"{used} of {count(len(base.facts), 'fact')} used in {count(len(reports), 'document')}; "
            f"{held} of {count(found.statements, 'statement')} held"
        )
    return 0 if all(report.checked for report in reports) else 2


def _coverage_data(base: FactBase, found: Coverage) -> dict[str, object]:
    return {
        "schema_version": 1,
        "path": base.path,
        "facts": [{"id": identity, "used": count} for identity, count in found.told.items()],
        "gaps": [
            {
                "source": gap.source,
                "quote": gap.candidate.quote,
                "at": gap.candidate.at,
                "confidence": gap.candidate.confidence,
            }
            for gap in found.gaps
        ],
        "statements": found.statements,
    }


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@_paths
@_format_option
def diff(old: str, new: str | None, paths: tuple[Path, ...], output_format: str) -> int:
    """Show what a changed fact base means: which facts changed, and which lines of documents become wrong.

    OLD and NEW are files, or revisions that git knows: REV:path, or REV for the same file as the other one. Without
    NEW, it is the nearest facts.yaml as it is now. PATHS are the documents (default: the folder of NEW). Ends with 1
    where a line becomes wrong.
    """
    from evidencelint.configuration.discovery import only_fact_base  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.curating.diff import changed_facts, consequences  # noqa: PLC0415
    from evidencelint.curating.revisions import version_of  # noqa: PLC0415

    files = [Path(named) for named in (new, old) if named is not None and Path(named).exists()]
    file = files[0] if files else only_fact_base(Path()) if new is None else None
    with version_of(old, file) as before, version_of(new or str(file), file) as after:
        where = paths or (file.parent if file is not None else Path(),)
        own = before.sources | after.sources
        changes = list(changed_facts(before.base, after.base))
        first, second = list(_reports(before.base, where, own)), list(_reports(after.base, where, own))
    result = consequences(first, second)
    if output_format == "json":
        data = {
            "schema_version": 1,
            "facts": [{"change": c.kind, "id": c.fact.id, "details": list(c.details)} for c in changes],
            "appeared": [_finding_data(d.path, d.line, d.code, d.text, d.message) for d in result.appeared],
            "settled": [_finding_data(d.path, d.line, d.code, d.text, d.message) for d in result.settled],
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for change in changes:
            say(f"{change.kind}: {change.fact.id}")
            for line in change.details:
                say(f"  {line}")
        for word, found in (("becomes wrong", result.appeared), ("is settled", result.settled)):
            for d in found:
                say(f"{d.path}:{d.line}:{d.column}: {word}: {d.code} {d.name}: {d.message}")
        counts = f"{count(len(result.appeared), 'line')} more wrong, {len(result.settled)} settled"
        say(f"{count(len(changes), 'change')} of facts; {counts} in {count(len(second), 'document')}")
    if not all(report.checked for report in (*first, *second)):
        return 2
    return int(bool(result.appeared))


def _finding_data(path: str, line: int, code: str, text: str, message: str) -> dict[str, object]:
    return {"path": path, "line": line, "code": code, "text": text, "message": message}


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the schema to a file.")
@click.option(
    "--modeline", "target", type=click.Path(path_type=Path), help="Tell editors of this fact base where the schema is."
)
def schema(output: Path | None, target: Path | None) -> int:
    """Print the JSON Schema of fact bases; editors complete and validate the YAML with it.

    With --modeline, the first line of a fact base names the schema file (that of -o, or facts.schema.json beside it).
    """
    from evidencelint.errors import FactBaseError  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.factbase.schema import fact_base_schema  # noqa: PLC0415
    from evidencelint.yamledit import write_whole  # noqa: PLC0415
    from evidencelint.yamlio import read_text  # noqa: PLC0415

    text = json.dumps(fact_base_schema(), indent=2) + "\n"
    if target is None:
        write(text, output)
        return 0
    place = output or target.parent / "facts.schema.json"
    content = read_text(target, "fact base", FactBaseError)
    line = f"{_MODELINE}{Path(os.path.relpath(place, target.parent)).as_posix()}\n"
    rest = content.split("\n", 1)[1] if content.startswith(_MODELINE) else content
    write_whole(place, text)
    write_whole(target, line + rest)
    say(f"{target.as_posix()}: now names {place.as_posix()}")
    return 0


@click.command()
@_facts_option
@click.option("--format", "form", type=Choice(["csv", "json-ld"]), default="csv", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to a file.")
def export(facts_path: Path | None, form: str, output: Path | None) -> int:
    """Write the facts as CSV, or as JSON-LD (schema.org ClaimReview, provenance as in nanopublications)."""
    from evidencelint.bibliography import load_all  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.curating.exchange import to_csv, to_json_ld  # noqa: PLC0415

    base = _load(facts_path)
    write(to_csv(base) if form == "csv" else to_json_ld(base, load_all(base.bibliography) or {}), output)
    return 0


@click.command("import")
@click.argument("table", type=click.Path(path_type=Path))
@_facts_option
@click.option("--update", is_flag=True, help="Let rows of known ids change their facts.")
def import_facts(table: Path, facts_path: Path | None, *, update: bool) -> int:
    """Add the rows of a CSV TABLE to a fact base; the columns are those of 'facts export', id and quote are enough."""
    from evidencelint.curating.exchange import import_rows  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.factbase.load import load_facts  # noqa: PLC0415
    from evidencelint.yamledit import write_whole  # noqa: PLC0415
    from evidencelint.yamlio import read_text  # noqa: PLC0415

    base = _load(facts_path)
    path = Path(base.path)
    before = read_text(path, "fact base", FactBaseError)
    text, added, changed = import_rows(base, table, update=update)
    if text != before:
        write_whole(path, text)
        try:
            load_facts(path)
        except FactBaseError as error:
            write_whole(path, before)
            raise EvidencelintError(
                f"{table}: nothing was imported; a row does not fit the fact base: {error}"
            ) from error
    say(f"{base.path}: {len(added)} added, {len(changed)} changed")
    return 0


def _load(path: Path | None) -> FactBase:
    from evidencelint.configuration.discovery import only_fact_base  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.factbase.load import load_facts  # noqa: PLC0415

    return load_facts(path or only_fact_base(Path()))


def _reports(base: FactBase, paths: Sequence[Path], sources: Collection[Path] = ()) -> Iterator[FileReport]:
    """Check the documents against a fact base; the files of its own sources, and ``sources``, are no documents."""
    from evidencelint.configuration.discovery import find_documents  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.engine import Linter  # noqa: PLC0415
    from evidencelint.rules import select  # noqa: PLC0415

    linter = Linter(base, select())
    own = {(Path(source.position.path).parent / source.path).resolve() for source in base.sources if source.path}
    for document in find_documents(paths):
        if document.resolve() in own or document.resolve() in sources:
            continue
        try:
            data = document.read_bytes()
        except OSError as error:
            raise EvidencelintError(f"{document}: cannot be read: {error.strerror}") from error
        report = linter.check(data, document.as_posix())
        if report.error is not None:
            complain(report.error)
        yield report
