"""The JSON Schema of the configuration, for editors; `python -m stabaudit.config.schema` rewrites it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from stabaudit.config.table import KEYS, OPTIONS, Key

#: The schema that is shipped.
FILE = Path(__file__).with_name("stabaudit.schema.json")


def schema() -> dict[str, Any]:
    """The schema of `[tool.stabaudit]`, and of a whole `stabaudit.toml`."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        # Where SchemaStore has it.
        "$id": "https://json.schemastore.org/stabaudit.json",
        "title": "stabaudit",
        "description": "Settings of stabaudit, which finds numerically unstable Python.",
        "type": "object",
        "additionalProperties": False,
        "definitions": {
            # Not their names: a rule is one file, and a new one touches no other.
            "rules": {"type": "array", "items": {"type": "string", "pattern": "^([a-z][a-z0-9]*(-[a-z0-9]+)*|ALL)$"}},
            "patterns": {"type": "array", "items": {"type": "string", "pattern": r"^[^#\s]"}},
        },
        "properties": {name: _property(key) for name, key in KEYS.items()},
    }


def _property(key: Key) -> dict[str, Any]:
    told: dict[str, Any] = {"description": f"{key.told[0].upper()}{key.told[1:]}."}
    if key.default is not None:
        told["default"] = list(key.default) if isinstance(key.default, tuple) else key.default
    match key.kind:
        case "rules" | "patterns":
            # Beside a reference draft 7 sees nothing.
            return {**told, "allOf": [{"$ref": f"#/definitions/{key.kind}"}]}
        case "rules by pattern":
            return {
                **told,
                "type": "object",
                "propertyNames": {"pattern": r"^[^#\s]"},
                "additionalProperties": {"$ref": "#/definitions/rules"},
            }
        case "flag":
            return {**told, "type": "boolean"}
        case "number":
            return {**told, "type": "integer", "minimum": 1}
        case "choice":
            return {**told, "enum": list(key.choices)}
        case "path":
            return {**told, "type": "string", "minLength": 1}
        case "small":
            return {**told, "type": "number", "minimum": 0, "maximum": 1}
        case "options":
            of_one = {rule for option in OPTIONS.values() for rule in option.rules}
            return {
                **told,
                "type": "object",
                "propertyNames": {"pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},
                "properties": {rule: _options(rule) for rule in sorted(of_one)},
                "additionalProperties": _options(),
            }
        case "release":
            return {**told, "type": "string", "pattern": r"^\d+(\.\d+)+$"}
        case "modules":
            name = r"[^\W\d]\w*"
            return {
                **told,
                "type": "object",
                "propertyNames": {"pattern": f"^{name}$"},
                "additionalProperties": {"type": "string", "pattern": rf"^{name}(\.{name})*$"},
            }


def _options(rule: str | None = None) -> dict[str, Any]:
    """The options of a rule, or those that all have."""
    there = {name: _property(one.key) for name, one in OPTIONS.items() if not one.rules or rule in one.rules}
    return {"type": "object", "properties": there, "additionalProperties": False}


def text() -> str:
    """The schema as it is shipped."""
    return f"{json.dumps(schema(), indent=2)}\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
