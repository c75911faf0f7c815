"""``evidencelint explain``: the page of a rule."""

from __future__ import annotations

import json

import click


@click.command()
@click.argument("rule", required=False)
@click.option("--all", "everything", is_flag=True, help="List every rule.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def explain(rule: str | None, output_format: str, *, everything: bool) -> None:
    """Explain a rule, by code or name; without one, list them all."""
    from evidencelint.rules import Rule, all_rules, find_rule  # noqa: PLC0415 - keeps --help cheap

    def as_data(item: Rule) -> dict[str, object]:
        meta = {key: getattr(item, key) for key in ("code", "name", "family", "verdict", "severity", "status", "since")}
        return {**meta, "page": item.page}

    if rule is not None and not everything:
        found = find_rule(rule)
        head = f"{found.code} {found.name} ({found.verdict}, {found.severity})"
        click.echo(json.dumps(as_data(found), indent=1) if output_format == "json" else f"{head}\n\n{found.page}")
    elif output_format == "json":
        click.echo(json.dumps([as_data(item) for item in all_rules()], indent=1))
    else:
        for item in all_rules():
            click.echo(f"{item.code}  {item.name:24} {item.verdict:13} {item.severity}")
