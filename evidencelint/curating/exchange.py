"""Facts for other tools and from spreadsheets: CSV both ways, JSON-LD out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evidencelint.bibliography import Work
from evidencelint.errors import FactBaseError
from evidencelint.factbase.facts import Fact, FactBase
from evidencelint.model import SLOTS, Position
from evidencelint.yamledit import YamlText, flow, scalar
from evidencelint.yamlio import read_text, suggest

COLUMNS = (
    *("id", "quote", "source", "at", *SLOTS, "figures", "strength", "direction", "note"),
    *("reported_in", "valid_until", "superseded_by", "recheck_by", "when", "status"),
)
_JOIN = "; "
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_MOST_CELL = 100_000


def to_csv(base: FactBase) -> str:
    """Write the facts as CSV; what a spreadsheet would take for a formula starts with an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for fact in base.facts:
        cells = _cells(fact)
        writer.writerow([_shielded(cells[column]) for column in COLUMNS])
    return buffer.getvalue()


def _cells(fact: Fact) -> Mapping[str, str]:
    own = {slot: names for slot, names in fact.slots.items() if slot not in fact.defaulted}
    figures = {text: {slot: sorted(names) for slot, names in slots.items()} for text, slots in fact.figures.items()}
    return {
        "id": fact.id,
        "quote": fact.quote,
        "source": _JOIN.join((fact.source, *fact.also)),
        "at": fact.at,
        **{slot: _JOIN.join(sorted(own.get(slot, ()))) for slot in SLOTS},
        "figures": json.dumps(figures, ensure_ascii=False) if figures else "",
        "strength": fact.strength or "",
        "direction": fact.direction or "",
        "note": fact.note,
        "reported_in": fact.reported_in or "",
        "valid_until": str(fact.valid_until or ""),
        "superseded_by": fact.superseded_by or "",
        "recheck_by": str(fact.recheck_by or ""),
        "when": fact.when,
        "status": "" if fact.status == "kept" else fact.status,
    }


def _shielded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def read_csv(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV file with their lines; raises FactBaseError for columns and rows that don't fit."""
    text = read_text(path, "table", FactBaseError)
    csv.field_size_limit(_MOST_CELL)
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        head = [name.strip() for name in next(reader, [])]
        for name in head:
            if name not in COLUMNS:
                raise FactBaseError(f"unknown column {name!r}{suggest(name, COLUMNS)}", Position(str(path), 1))
        for needed in ("id", "quote"):
            if needed not in head:
                raise FactBaseError(f"the column {needed} is missing", Position(str(path), 1))
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(head):
                message = f"the row has {len(row)} cells, the head {len(head)}"
                raise FactBaseError(message, Position(str(path), reader.line_num))
            yield reader.line_num, {name: _bare(cell).strip() for name, cell in zip(head, row, strict=True)}
    except csv.Error as error:
        raise FactBaseError(f"is no valid CSV: {error}", Position(str(path), reader.line_num)) from error


def import_rows(base: FactBase, path: Path, *, update: bool) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Add the rows of a CSV file to a fact base; with ``update``, rows of known ids replace what they fill.

    Gives the text of the fact base, the ids added and those changed; the caller validates the text before it writes.
    """
    editor = YamlText(read_text(Path(base.path), "fact base", FactBaseError), base.path, FactBaseError)
    known = {fact.id: fact for fact in base.facts}
    added: list[str] = []
    changed: list[str] = []
    for line, row in read_csv(path):
        place = Position(str(path), line)
        fact = known.get(row["id"])
        if fact is None:
            if not editor.has("facts"):
                editor.append_line("facts: []")
            editor.insert(_lines(row, place, sole=len(base.sources) == 1), editor.count("facts") - 1, "facts")
            added.append(row["id"])
        elif not update:
            raise FactBaseError(f"id: the fact base has {row['id']} already; add --update to change it", place)
        elif _apply(editor, fact, row, place):
            changed.append(fact.id)
    return editor.text, tuple(added), tuple(changed)


def _lines(row: Mapping[str, str], place: Position, *, sole: bool) -> list[str]:
    lines = [f"id: {scalar(row['id'])}", f"quote: {scalar(row['quote'])}"]
    if row.get("source") and not sole:
        names = row["source"].split(_JOIN.strip())
        lines.append(f"source: {flow([name.strip() for name in names] if len(names) > 1 else row['source'])}")
    lines += [f"at: {scalar(row['at'])}"] if row.get("at") else []
    slots = _slots(row)
    lines += [f"slots: {flow(slots)}"] if slots else []
    if row.get("figures"):
        lines.append(f"figures: {flow(_figures(row['figures'], place))}")
    for key in COLUMNS[COLUMNS.index("strength") :]:
        if row.get(key):
            lines.append(f"{key}: {scalar(row[key])}")
    return lines


def _slots(row: Mapping[str, str]) -> dict[str, list[str]]:
    return {slot: [name.strip() for name in row[slot].split(";")] for slot in SLOTS if row.get(slot)}


def _figures(text: str, place: Position) -> dict[str, dict[str, list[str]]]:
    try:
        data = json.loads(text)
        return {str(k): {str(s): [str(n) for n in names] for s, names in slots.items()} for k, slots in data.items()}
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise FactBaseError('figures: must be JSON such as {"67%": {"arm": ["control"]}}', place) from error


def _apply(editor: YamlText, fact: Fact, row: Mapping[str, str], place: Position) -> bool:
    before = editor.text
    if fact.position.path != editor.path:
        raise FactBaseError(f"id: {fact.id} stands in {fact.position.path}; import into that file", place)
    index = next(
        i
        for i in range(editor.count("facts"))
        if editor.has("facts", i, "id") and editor.value("facts", i, "id") == fact.id
    )
    old = _cells(fact)
    for key, value in row.items():
        if key in SLOTS or key == "id" or value in {"", old[key]}:
            continue
        editor.put(key, _figures(value, place) if key == "figures" else value, "facts", index)
    slots = _slots(row)
    if any(row.get(slot) and row[slot] != old[slot] for slot in SLOTS):
        kept = {slot: sorted(names) for slot, names in fact.slots.items() if slot not in fact.defaulted}
        editor.put("slots", {**kept, **slots}, "facts", index)
    return editor.text != before


def to_json_ld(base: FactBase, works: Mapping[str, Work]) -> str:
    """Write the facts as JSON-LD: schema.org claims with their reviews, and provenance as nanopublications have it."""
    graph: list[object] = [_work(key, works) for key in _keys(base)]
    graph += [node for fact in base.facts for node in _nodes(fact, base)]
    data = {
        "@context": {
            "@vocab": "https://schema.org/",
            "np": "http://www.nanopub.org/nschema#",
            "prov": "http://www.w3.org/ns/prov#",
        },
        "@id": f"urn:evidencelint:{base.fingerprint}",
        "@type": "Dataset",
        "name": base.title or base.path,
        "@graph": graph,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _keys(base: FactBase) -> Sequence[str]:
    return [source.key for source in base.sources]


def _work(key: str, works: Mapping[str, Work]) -> Mapping[str, object]:
    work = works.get(key)
    node: dict[str, object] = {"@id": f"#work-{key}", "@type": "ScholarlyArticle", "identifier": key}
    if work is not None:
        node |= {"name": work.title} if work.title else {}
        node |= {"datePublished": str(work.year)} if work.year else {}
        node |= {"author": [{"@type": "Person", "familyName": name} for name in work.authors]} if work.authors else {}
        node |= {"sameAs": f"https://doi.org/{work.doi}"} if work.doi else {}
    return node


def _nodes(fact: Fact, base: FactBase) -> Iterator[Mapping[str, object]]:
    claim = {
        "@id": f"#claim-{fact.id}",
        "@type": "Claim",
        "text": fact.quote,
        "firstAppearance": {"@id": f"#work-{fact.source}"},
        "appearance": [{"@id": f"#work-{key}"} for key in fact.quoted_from],
        **({"expires": str(fact.valid_until)} if fact.valid_until else {}),
        **(
            {"about": [f"{slot}: {name}" for slot in SLOTS for name in sorted(fact.slots.get(slot, ()))]}
            if fact.slots
            else {}
        ),
    }
    yield claim
    yield {
        "@id": f"#review-{fact.id}",
        "@type": "ClaimReview",
        "claimReviewed": fact.quote,
        "itemReviewed": {"@id": f"#claim-{fact.id}"},
        "reviewBody": fact.note or "quoted verbatim from the source",
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "not reviewed"
            if fact.status != "kept"
            else "superseded"
            if fact.superseded_by
            else "quoted",
        },
    }
    yield {
        "@id": f"#nanopub-{fact.id}",
        "@type": "np:Nanopublication",
        "np:hasAssertion": {"@id": f"#claim-{fact.id}"},
        "np:hasProvenance": {
            "@id": f"#claim-{fact.id}",
            "prov:wasQuotedFrom": [{"@id": f"#work-{key}"} for key in fact.quoted_from],
            "prov:hadPrimarySource": {"@id": f"#work-{fact.source}"},
            **({"prov:atLocation": fact.at} if fact.at else {}),
            **({"prov:wasInvalidatedBy": {"@id": f"#claim-{fact.superseded_by}"}} if fact.superseded_by else {}),
        },
        "np:hasPublicationInfo": {
            "@id": f"#nanopub-{fact.id}",
            "prov:wasDerivedFrom": f"urn:evidencelint:{base.fingerprint}",
        },
    }
