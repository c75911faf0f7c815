"""The shape of a fact base as JSON Schema, for editors that complete and validate YAML."""

from __future__ import annotations

from typing import get_args

from evidencelint.factbase.facts import STATUSES
from evidencelint.factbase.files import TOP
from evidencelint.factbase.load import FACT_KEYS
from evidencelint.model import SLOTS, Direction, Strength

Schema = dict[str, object]

_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
_TEXT: Schema = {"type": ["string", "number"]}
_WORDS: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_DAY: Schema = {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}


def fact_base_schema() -> Schema:
    """Give the JSON Schema (draft 2020-12) of a fact base of version 1."""
    properties: dict[str, Schema] = {
        "version": {"const": 1, "description": "The version of the format."},
        "title": {"type": "string", "description": "What the fact base is about."},
        "include": {**_WORDS, "description": "Other files of the fact base; * stands for any name."},
        "sources": {
            "type": "array",
            "minItems": 1,
            "items": _source(),
            "description": "The works that facts come from.",
        },
        "bibliography": {**_WORDS, "description": "Files of works; citation keys and years are checked against them."},
        "retractions": {**_WORDS, "description": "Files of retracted works: CSV with the columns of Retraction Watch."},
        "defaults": {
            **_slots(
                source={**_WORDS, "description": "The work or works that carry the facts that name none."},
                reported_in={**_TEXT, "description": "The source that tells what the other works found."},
            ),
            "description": "Slots that hold for every fact of this file, unless its quote says otherwise; sources.",
        },
        "vocabulary": _vocabulary(),
        "contrasts": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "string"}, "minItems": 2},
            "description": "Sets of concepts of one slot that exclude one another.",
        },
        "facts": {"type": "array", "items": _fact()},
        "dropped": {"type": "array", "items": _TEXT, "description": "Statements that were looked at and are no facts."},
    }
    assert set(properties) == set(TOP)  # noqa: S101 - the loader and the schema know the same keys
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "evidencelint fact base",
        "type": "object",
        "properties": properties,
        "patternProperties": {"^x-": {"description": "The author's own: a place for anchors."}},
        "additionalProperties": False,
    }


def _source() -> Schema:
    return {
        "type": "object",
        "properties": {
            "key": {**_TEXT, "description": "The work's key in the bibliography."},
            "path": {
                **_TEXT,
                "description": "The file that quotes are looked up in: Markdown, text, HTML, DOCX or PDF.",
            },
            "digest": {
                "enum": [True, False, "true", "false"],
                "description": "The file tells the work in other words.",
            },
        },
        "required": ["key"],
        "additionalProperties": False,
    }


def _slots(**others: Schema) -> Schema:
    properties = {**dict.fromkeys(SLOTS, _WORDS), **others}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _vocabulary() -> Schema:
    concept: Schema = {
        "anyOf": [
            *_anyof(_WORDS),
            {
                "type": "object",
                "properties": {"names": _WORDS, "is_a": _WORDS},
                "required": ["names"],
                "additionalProperties": False,
            },
        ]
    }
    kinds = [slot for slot in SLOTS if slot != "comparator"]
    return {
        "type": "object",
        "properties": {kind: {"type": "object", "additionalProperties": concept} for kind in (*kinds, "topic")},
        "additionalProperties": False,
        "description": "The things of the field by slot: an id with the names it goes by.",
    }


def _anyof(schema: Schema) -> list[object]:
    inner = schema["anyOf"]
    return list(inner) if isinstance(inner, list) else []


def _fact() -> Schema:
    properties: dict[str, Schema] = {
        "id": {"type": "string", "pattern": _ID, "description": "Lower-case words and digits, joined by hyphens."},
        "quote": {**_TEXT, "description": "The words of the source, verbatim."},
        "at": {**_TEXT, "description": "Where in the source, for people."},
        "source": {**_WORDS, "description": "The work or works that carry the fact; needless where there is one."},
        "slots": {**_slots(), "description": "What the quote does not say itself."},
        "figures": {
            "type": "object",
            "additionalProperties": _slots(),
            "description": "Slots of single figures, by the piece of the quote that holds them.",
        },
        "strength": {
            "enum": list(get_args(Strength)),
            "description": "Overrides the strength that the quote reads as.",
        },
        "direction": {
            "enum": list(get_args(Direction)),
            "description": "Overrides the direction that the quote reads as.",
        },
        "note": {**_TEXT, "description": "Anything for people."},
        "reported_in": {
            **_TEXT,
            "description": "The source that tells the finding second-hand; the quote stands there.",
        },
        "valid_until": {**_DAY, "description": "The last day that the fact holds."},
        "superseded_by": {"type": "string", "pattern": _ID, "description": "The fact that holds since."},
        "recheck_by": {**_DAY, "description": "The day by which a person looks again."},
        "when": {**_TEXT, "description": "The condition under which the fact holds."},
        "status": {"enum": list(STATUSES), "description": "What harvesting left for a person to decide."},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "now": {**_TEXT, "description": "What a changed source says in the place of the quote."},
    }
    assert set(properties) == set(FACT_KEYS)  # noqa: S101 - the loader and the schema know the same keys
    return {"type": "object", "properties": properties, "required": ["id", "quote"], "additionalProperties": False}
