"""The one document of the whole HTTP API: `python -m functions.openapi` writes it where the page serves it."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from fastapi.routing import APIRoute

from functions import openapi_problems
from shared import callers
from shared.web import App

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
        "components": {"schemas": openapi_problems.schemas(), "securitySchemes": SECURITY},
    }
    for app in http_apps().values():
        own = app.openapi()
        for route in app.routes:
            if isinstance(route, APIRoute):
                for method in route.methods or ():
                    own["paths"][route.path][method.lower()]["security"] = takes(app, route, method)
        whole["paths"] |= own["paths"]
        schemas = own.get("components", {}).get("schemas", {})
        for name, schema in schemas.items():
            if whole["components"]["schemas"].setdefault(name, schema) != schema:
                raise ValueError(f"Two functions mean different things by {name}.")
    for path, operations in whole["paths"].items():
        for method, operation in operations.items():
            if operation["responses"].get("422", {}).get("description") == "Validation Error":  # as FastAPI has it
                del operation["responses"]["422"]
            operation["responses"] |= openapi_problems.responses(path, method, operation)
    whole["paths"] = dict(sorted(whole["paths"].items()))
    for unused in ("HTTPValidationError", "ValidationError"):
        whole["components"]["schemas"].pop(unused, None)
    return whole


def takes(app: App, route: APIRoute, method: str) -> list[dict[str, list[str]]]:
    """Which of the ways to say who one is, and which scope of a token."""
    asked = {needed.call for needed in route.dependant.dependencies}
    scope = callers.scope_for(app.about, method)
    by_token = [{"token": [scope]}] if callers.signed_in in asked and scope in callers.SCOPES else []
    return [{"session": []}, *by_token] if asked & {callers.signed_in, callers.in_session} else []


def http_apps() -> dict[str, App]:
    """The functions that answer people, by name."""
    found = {}
    for source in sorted((ROOT / "functions").glob("*/main.py")):
        app = import_module(f"functions.{source.parent.name}.main").app
        if isinstance(app, App):
            found[source.parent.name] = app
    return found


SECURITY = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": callers.COOKIE,
        "description": "Set by logging in. What changes something must come from Taskora's own page.",
    },
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API token, `tsk_…`, that has the scope named here. It counts before a cookie.",
    },
}
if __name__ == "__main__":
    main()
