"""The JSON Schema of the configuration, from the table of settings."""

from __future__ import annotations

from evidencelint.configuration.settings import LEVELS, SETTINGS, Kind, Setting
from evidencelint.rules import all_rules

Schema = dict[str, object]
_WORD: Schema = {"type": "string", "minLength": 1}


def schema() -> Schema:
    """Give the schema of ``evidencelint.yaml``, and of the table ``[tool.evidencelint]``."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Settings of evidencelint",
        "type": "object",
        "additionalProperties": False,
        "definitions": {"rule": _rule(), "rules": _some({"$ref": "#/definitions/rule"})},
        "properties": {setting.key: _property(setting) for setting in SETTINGS},
    }


def _property(setting: Setting) -> Schema:
    kinds: dict[Kind, Schema] = {
        "words": _some(_WORD),
        "patterns": _some(_WORD),
        "rules": {"$ref": "#/definitions/rules"},
        "flag": {"type": "boolean"},
        "choice": {"enum": list(setting.choices)},
        "path": _WORD,
        "paths": _some(_WORD),
        "rules by pattern": _table({"$ref": "#/definitions/rules"}),
        "paths by pattern": _table(_some(_WORD)),
        "levels": {
            "type": "object",
            "propertyNames": {"$ref": "#/definitions/rule"},
            "additionalProperties": {"enum": list(LEVELS)},
        },
    }
    return {"description": setting.about, **kinds[setting.kind]}


def _some(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item}]}


def _table(item: Schema) -> Schema:
    return {"type": "object", "additionalProperties": item}


def _rule() -> Schema:
    """Take names and codes, which editors complete, and beginnings of codes; only upper case is offered."""
    known = [name for rule in all_rules() for name in (rule.name, rule.code)]
    return {"anyOf": [{"enum": known}, {"type": "string", "pattern": "^EL\\d{0,2}$"}]}
