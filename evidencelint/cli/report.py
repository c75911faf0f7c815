"""``evidencelint report``: the drafts as pages, every claim beside its fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidencelint.cli.common import DocumentToCheck, complain, find_documents, open_project, say
from evidencelint.cli.given import facts_option
from evidencelint.cli.progress import Progress
from evidencelint.errors import DocumentError

if TYPE_CHECKING:
    from evidencelint.session import Session
    from evidencelint.site import Surveyed


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=str))
@click.option(
    "-o", "--output", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("evidence-report"),
    show_default=True, metavar="FOLDER", help="Where the pages go; what an earlier run left there is replaced.",
)  # fmt: skip
@click.option("--title", default="", help="The name of the report (default: the title of the fact base).")
@facts_option("The fact base to check against (default: the nearest facts.yaml).")
@click.option("--config", "config_path", type=click.Path(path_type=Path), metavar="FILE", help="The settings to use.")
@click.option("--isolated", is_flag=True, help="Use no settings file.")
def report(
    paths: tuple[str, ...],
    folder: Path,
    title: str,
    facts_paths: tuple[Path, ...],
    config_path: Path | None,
    *,
    isolated: bool,
) -> int:
    """Write a site: the drafts as rendered, every claim coloured by its verdict, with its fact and quote.

    PATHS are files or folders of Markdown (default: those of the settings, else the current folder). Every page stands
    alone: no network, no file beside it. The exit code is 0 whatever the verdicts are, and 2 if a document could not be
    checked.
    """
    from evidencelint.session import Session  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.site import build, write_site  # noqa: PLC0415

    project = open_project(facts_paths, config_path, isolated=isolated)
    documents = find_documents(project, paths, "stdin.md")
    surveyed = list(_survey(documents, Session(lambda: project)))
    write_site(build(surveyed, title), folder)
    say(f"{(folder / 'index.html').as_posix()}: {len(surveyed)} document{'s' * (len(surveyed) != 1)}", err=True)
    return 2 if any(each.error is not None for each in surveyed) else 0


def _survey(documents: Sequence[DocumentToCheck], session: Session) -> Iterator[Surveyed]:
    with closing(Progress(len(documents))) as progress:
        for document in documents:
            surveyed = _surveyed(document, session)
            progress.advance(document.name)
            if surveyed.error is not None:
                complain(surveyed.error)
            yield surveyed


def _surveyed(document: DocumentToCheck, session: Session) -> Surveyed:
    from evidencelint.site import Surveyed  # noqa: PLC0415

    try:
        # what a baseline knows is still wrong, and a report is to say how things stand
        return Surveyed(document.name, session.check_bytes(document.read(), document.name, hide_known=False))
    except DocumentError as error:
        return Surveyed(document.name, None, error)
