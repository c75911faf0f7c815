"""From surveyed documents to the pages of the site, by name."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import accumulate, groupby
from pathlib import PurePath

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from evidencelint import __version__
from evidencelint.accounts import Accounts
from evidencelint.factbase.facts import Fact, FactBase
from evidencelint.model import SLOTS
from evidencelint.nlp import model_name
from evidencelint.reporters.numbers import in_words
from evidencelint.site.rendering import Rendered, render_document, show
from evidencelint.site.survey import SHADES, Item, Shade, Surveyed

INDEX = "index"
FACTS = "facts"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9.-]+")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a bar: what it counts, where it begins and how wide it is, in percent."""

    shade: Shade
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document as the pages show it."""

    path: str
    href: str
    surveyed: Surveyed
    items: tuple[Item, ...]
    bar: tuple[Part, ...]

    @property
    def counts(self) -> Mapping[Shade, int]:
        """Give the number of items by shade."""
        return Counter(item.shade for item in self.items)

    def severity(self, severity: str) -> int:
        """Count the findings of a severity."""
        checked = self.surveyed.checked
        return sum(found.severity == severity for found in checked.report.diagnostics) if checked is not None else 0


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a document tells of a fact."""

    sheet: Sheet
    item: Item
    line: int


@dataclass(frozen=True, slots=True)
class Trace:
    """One fact, and the places that tell of it."""

    base: FactBase
    fact: Fact
    anchor: str
    uses: tuple[Use, ...]


def build(documents: Sequence[Surveyed], title: str = "") -> dict[str, str]:
    """Build every page of the site; the same documents give the same bytes."""
    sheets = tuple(_sheets(documents))
    bases = {each.checked.base.path: each.checked.base for each in documents if each.checked is not None}
    traces = tuple(_traces(sheets, list(bases.values())))
    anchors = {(trace.base.path, trace.fact.id): trace.anchor for trace in traces}
    titles = [base.title for base in bases.values() if base.title]
    head = _head()
    common = {
        "title": title or (titles[0] if len(titles) == 1 else "Evidence report"),
        "sheets": sheets,
        "shades": SHADES,
        "index": f"{INDEX}.html",
        "facts_page": f"{FACTS}.html",
        "tool": f"evidencelint {__version__} ({model_name()})",
        "bases": tuple(bases.values()),
        "slots": SLOTS,
        **head,
    }
    environment = _environment()
    pages = {
        f"{INDEX}.html": environment.get_template("index.html").render(
            **common,
            bar=_bar([item for sheet in sheets for item in sheet.items]),
            unused=_unused(traces),
            numbers=in_words(_accounts(documents)),
        ),
        f"{FACTS}.html": environment.get_template("facts.html").render(
            **common, traces=traces, unused=_unused(traces), told=_by_sheet(traces)
        ),
    }
    for sheet in sheets:
        checked = sheet.surveyed.checked
        rendered = render_document(checked.source, sheet.items) if checked is not None else Rendered(Markup(""), {})
        template = environment.get_template("document.html")
        pages[sheet.href] = template.render(**common, sheet=sheet, checked=checked, rendered=rendered, anchors=anchors)
    return pages


def _accounts(documents: Sequence[Surveyed]) -> Accounts:
    reports = (document.checked.report for document in documents if document.checked is not None)
    return sum((report.accounts() for report in reports), start=Accounts())


def _sheets(documents: Sequence[Surveyed]) -> Iterator[Sheet]:
    paths = [PurePath(document.path).as_posix().replace("\\", "/") for document in documents]
    shared = Counter(_name(path).lower() for path in (*paths, INDEX, FACTS))
    for document, path in zip(documents, paths, strict=True):
        items = document.items()
        name = _name(path)
        if shared[name.lower()] > 1:
            name = f"{name}-{hashlib.sha256(path.encode('utf-8', 'replace')).hexdigest()[:6]}"
        yield Sheet(path, f"{name}.html", document, items, _bar(items))


def _name(path: str) -> str:
    """Give a file name, without its ending, that says the path, is the same in every run, and harms no file system."""
    name = _NOT_IN_NAMES.sub("-", path).strip("-.")
    return name.removesuffix(".md")[-_LONGEST_NAME:].lstrip("-.") or "page"


def _bar(items: Sequence[Item]) -> tuple[Part, ...]:
    counts = Counter(item.shade for item in items)
    shades = [shade for shade in SHADES if counts[shade]]
    widths = [100 * counts[shade] / len(items) for shade in shades]
    starts = [0.0, *accumulate(widths)]
    return tuple(
        Part(shade, counts[shade], round(start, 2), round(width, 2))
        for shade, start, width in zip(shades, starts, widths, strict=False)
    )


def _traces(sheets: Sequence[Sheet], bases: Sequence[FactBase]) -> Iterator[Trace]:
    uses: dict[tuple[str, str], list[Use]] = {}
    for sheet in sheets:
        checked = sheet.surveyed.checked
        for item in sheet.items if checked is not None else ():
            told = [fact.id for found in item.findings for fact in found.facts]
            told += item.claim.facts if item.claim is not None else ()
            for identity in dict.fromkeys(told):
                if checked is not None:
                    line, _ = checked.source.position(item.span.start)
                    uses.setdefault((checked.base.path, identity), []).append(Use(sheet, item, line))
    for number, base in enumerate(bases):
        for fact in base.facts:
            anchor = f"f{number}-{fact.id}"
            yield Trace(base, fact, anchor, tuple(uses.get((base.path, fact.id), ())))


def _by_sheet(traces: Sequence[Trace]) -> dict[str, list[tuple[Trace, list[Use]]]]:
    """Turn the table round: the facts of each document, with the places that tell of them."""
    told: dict[str, list[tuple[Trace, list[Use]]]] = {}
    for trace in traces:
        for href, uses in groupby(trace.uses, key=lambda use: use.sheet.href):
            told.setdefault(href, []).append((trace, list(uses)))
    return told


def _unused(traces: Sequence[Trace]) -> tuple[Trace, ...]:
    return tuple(trace for trace in traces if not trace.uses)


def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_resource),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


def _shown(value: object) -> object:
    """Make visible what a page cannot show, wherever text is put in."""
    return show(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _head() -> dict[str, Markup]:
    """Give the style and the script, and the policy that lets a page run these two and load nothing."""
    style, script = _resource("style.css"), _resource("script.js")
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return {"style": Markup(style), "script": Markup(script), "policy": Markup(policy)}  # noqa: S704 - our own files


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _resource(name: str) -> str:
    return (files("evidencelint.site") / "templates" / name).read_text(encoding="utf-8")
