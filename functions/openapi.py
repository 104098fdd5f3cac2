"""The one document of the whole HTTP API: `python -m functions.openapi` writes it where the page serves it."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from fastapi import FastAPI

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "frontend" / "public" / "api" / "openapi.json"


def main() -> None:
    DOCUMENT.parent.mkdir(parents=True, exist_ok=True)
    DOCUMENT.write_text(text())


def text() -> str:
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def document() -> dict[str, Any]:
    whole: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Taskora", "version": "1"},
        "paths": {},
        "components": {"schemas": {"Problem": PROBLEM}},
    }
    for app in http_apps().values():
        own = app.openapi()
        whole["paths"] |= own["paths"]
        schemas = own.get("components", {}).get("schemas", {})
        for name, schema in schemas.items():
            if whole["components"]["schemas"].setdefault(name, schema) != schema:
                raise ValueError(f"Two functions mean different things by {name}.")
    for operations in whole["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = REFUSAL
    whole["paths"] = dict(sorted(whole["paths"].items()))
    for unused in ("HTTPValidationError", "ValidationError"):
        whole["components"]["schemas"].pop(unused, None)
    return whole


def http_apps() -> dict[str, FastAPI]:
    """The functions that answer people, by name."""
    found = {}
    for source in sorted((ROOT / "functions").glob("*/main.py")):
        app = import_module(f"functions.{source.parent.name}.main").app
        if isinstance(app, FastAPI):
            found[source.parent.name] = app
    return found


PROBLEM = {
    "type": "object",
    "description": "Why a request was refused (RFC 9457).",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "For a person: what is wrong and what to do."},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
REFUSAL = {
    "description": "Refused",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


if __name__ == "__main__":
    main()
