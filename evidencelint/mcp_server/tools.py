"""The tools: check a draft, explain a rule, find facts. They read the fact base, write nothing and ask no network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Annotated

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from evidencelint import __version__
from evidencelint.configuration.settings import Overrides
from evidencelint.curating.search import Found, search
from evidencelint.errors import EvidencelintError
from evidencelint.nlp import model_name
from evidencelint.project import Project
from evidencelint.reporters import BaseRef, Run, json_report
from evidencelint.rules import all_rules, find_rule
from evidencelint.session import Session

_LONGEST_TEXT = 1_000_000
_MOST_FACTS = 50
_DRAFT = "draft.md"
_INSTRUCTIONS = (
    "Check what you write about the evidence before you hand it over: call check_text on the whole draft, mend every "
    "error and warning, and check again. A finding names the characters, the fact and its verbatim quote. Where a "
    "claim is unsupported, look with search_facts for what the fact base does say, rather than rephrase the claim."
)


class Tools:
    """The tools as the SDK reads them: what stands in the docstrings and fields is what an assistant is told."""

    def __init__(self, session: Session) -> None:
        """Work with a session."""
        self._session = session

    def check_text(
        self,
        text: Annotated[str, Field(description="The draft, as Markdown.")],
        filename: Annotated[
            str, Field(description="The file it will be, below the project's folder; its fact base is the nearest one.")
        ] = _DRAFT,
    ) -> dict[str, object]:
        """Check the claims and citations of a Markdown draft against the fact base.

        Gives what `evidencelint check --output-format json` gives: for each finding the characters (offset and
        end_offset count from 0), what is wrong, what the fact says, its quote, and a fix where there is one. With no
        error and no warning, nothing in the draft is known to depart from the facts.
        """
        with _told():
            if len(text) > _LONGEST_TEXT:
                raise EvidencelintError(f"the text is over {_LONGEST_TEXT:,} characters; check it in parts")
            path = PurePath(filename)
            if path.is_absolute() or ".." in path.parts or not path.name:
                raise EvidencelintError(f"filename: {filename!r} must be a path below the project's folder")
            checked = self._session.check(text, path.as_posix())
            name = path.as_posix()
            parts = checked.base.parts or (checked.base,)
            bases = {name: tuple(BaseRef(PurePath(base.path).as_posix(), base.fingerprint) for base in parts)}
            run = Run((checked.report,), {name: checked.source.text}, __version__, model_name(), bases=bases)
            report: dict[str, object] = json.loads(json_report.render(run))
            return report

    def explain(
        self, rule: Annotated[str, Field(description="Its code (EL101) or name; empty for a list of all.")] = ""
    ) -> str:
        """Explain a rule: what it reports, why that matters, wrong and right examples."""
        with _told():
            if not rule:
                return "".join(f"{each.code} {each.name}: {each.verdict}, {each.severity}\n" for each in all_rules())
            found = find_rule(rule)
            return f"{found.code} {found.name} ({found.verdict}, {found.severity})\n\n{found.page}"

    def search_facts(
        self,
        query: Annotated[str, Field(description="A few words, a concept by any of its names, or a figure like 67%.")],
        limit: Annotated[int, Field(ge=1, le=_MOST_FACTS, description="How many facts to give at most.")] = 5,
    ) -> dict[str, object]:
        """Find what the fact base says of something, with the verbatim quotes; best first."""
        with _told():
            base = self._session.base(_DRAFT)
            found = search(base, query, limit)
            return {"title": base.title, "facts": [_shown(each) for each in found]}


def make_server(facts: tuple[Path, ...] = ()) -> MCPServer[object]:
    """Make the server; ``facts`` are the fact bases for all texts, else the nearest to the working folder is used."""
    server: MCPServer[object] = MCPServer(
        "evidencelint", instructions=_INSTRUCTIONS, version=__version__, log_level="WARNING"
    )
    overrides = Overrides(facts=facts)
    tools = Tools(Session(lambda: Project.open(overrides)))
    harmless = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for tool in (tools.check_text, tools.explain, tools.search_facts):
        server.add_tool(tool, annotations=harmless)
    return server


@contextmanager
def _told() -> Iterator[None]:
    """Tell the assistant what is wrong, where anything else would be a crash of the tool."""
    try:
        yield
    except EvidencelintError as error:
        raise ToolError(str(error)) from error


def _shown(found: Found) -> dict[str, object]:
    fact = found.fact
    return {
        "id": fact.id,
        "quote": fact.quote,
        "source": fact.source,
        "at": fact.at,
        "note": fact.note,
        "path": PurePath(fact.position.path).as_posix(),
        "line": fact.position.line,
        "score": found.score,
        "why": found.why,
    }
