"""The one document of the whole HTTP API: `python -m functions.openapi` writes it where the page serves it."""

import json
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from typing import Any

from fastapi.routing import APIRoute

from functions import openapi_given, openapi_problems, openapi_taken
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
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = openapi_problems.schemas()
    for name, app in http_apps().items():
        own = deepcopy(app.openapi())  # FastAPI keeps it, and gives it again
        for route in app.routes:
            if isinstance(route, APIRoute):
                for method in route.methods or ():
                    operation = own["paths"][route.path][method.lower()]
                    operation["tags"] = [name]
                    operation["security"] = takes(app, route, method)
                    complete(operation, route.path, method.lower())
                    paths.setdefault(route.path, {})[method.lower()] = operation
        for title, schema in own.get("components", {}).get("schemas", {}).items():
            if title not in FASTAPIS_OWN and schemas.setdefault(title, schema) != schema:
                raise ValueError(f"Two functions mean different things by {title}.")
    for title, example in (openapi_taken.TAKEN | openapi_given.GIVEN).items():
        schemas[title]["examples"] = [example]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Taskora", "version": "1", "description": "How to use it: functions/README.md"},
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": schemas, "securitySchemes": SECURITY},
    }


def complete(operation: dict[str, Any], path: str, method: str) -> None:
    """With what holds for every operation, and no route says."""
    if operation["responses"].get("422", {}).get("description") == "Validation Error":  # as FastAPI has it
        del operation["responses"]["422"]
    operation["responses"] |= openapi_problems.responses(path, method, operation)
    is_change = method != "get" and any("token" in way for way in operation["security"])
    if is_change:
        operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
    for status, response in operation["responses"].items():
        response.setdefault("headers", {})["X-Request-Id"] = REQUEST_ID
        if operation["security"] and status != "401":
            response["headers"] |= RATE_LIMIT
        if is_change and status < "300":
            response["headers"] |= {"Taskora-Activity": ACTIVITY, "Idempotency-Replayed": REPLAYED}


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


FASTAPIS_OWN = {"HTTPValidationError", "ValidationError"}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Any new key: the request may then be sent again, for a day, and is done once.",
    "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,200}$"},
}
REQUEST_ID = {"description": "Names this request in our logs.", "schema": {"type": "string"}}
RATE_LIMIT = {
    "RateLimit-Policy": {
        "description": 'How many in how many seconds: `"write";q=1200;w=60`.',
        "schema": {"type": "string"},
    },
    "RateLimit": {"description": 'What is left for how long: `"write";r=1187;t=42`.', "schema": {"type": "string"}},
}
ACTIVITY = {
    "description": "If anything changed: the entry of the history that `POST /api/activity/{activity_id}/undo` takes.",
    "schema": {"type": "string", "format": "uuid"},
}
REPLAYED = {
    "description": "`true`: its `Idempotency-Key` had this answer before. What it is about may be another, or gone.",
    "schema": {"const": "true"},
}
SECURITY = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": callers.COOKIE,
        "description": "Set by logging in. What changes something must come from Taskora's own page. With `If-User`, "
        "the id of whoever is meant, nothing is done once the cookie is somebody else's (`OtherPerson`).",
    },
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API token, `tsk_…`, that has the scope named here. It counts before a cookie.",
    },
}
if __name__ == "__main__":
    main()
