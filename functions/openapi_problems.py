"""What each operation of the API may be refused with: found from what it takes, so that no route has to repeat it.

Only what a route alone knows, as when it answers 409, is declared there: `responses={409: {"description": "…"}}`.
"""

from http import HTTPStatus
from typing import Any

from shared import problems
from shared.problems import Problem

JSON: dict[str, Any] = {
    "type": "object",
    "description": "Why a request was refused (RFC 9457).",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "The kind of refusal; programs go by this."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "For a person: what is wrong and what to do."},
        "request_id": {"type": "string", "description": "Names this request in our logs."},
        "errors": {
            "type": "array",
            "description": "Where a field is at fault, which and why.",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}}}
WITH_RETRY_AFTER = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
CHANGING = {"post", "put", "patch", "delete"}


def kinds() -> list[type[Problem]]:
    """Every problem there is, by status."""
    found = [kind for kind in vars(problems).values() if isinstance(kind, type) and issubclass(kind, Problem)]
    return sorted((kind for kind in found if kind is not Problem), key=lambda kind: (kind.status, kind.__name__))


def schemas() -> dict[str, Any]:
    """One for what all have in common, and one for each, by the name that its `type` ends with."""
    return {"Problem": JSON} | {kind.__name__: _schema(kind) for kind in kinds()}


def _schema(kind: type[Problem]) -> dict[str, Any]:
    known = {"type": {"const": f"/problems/{kind.__name__}"}, "status": {"const": kind.status.value}}
    return {
        "description": (kind.__doc__ or "").strip(),
        "allOf": [{"$ref": "#/components/schemas/Problem"}, {"type": "object", "properties": known}],
        "examples": [
            {
                "type": f"/problems/{kind.__name__}",
                "title": kind.status.phrase,
                "status": kind.status.value,
                "detail": "A sentence that says what is wrong and what to do.",
                "request_id": "019a9f0e-5a1c-7d2e-8f3b-6a1b2c3d4e5f",
            }
        ],
    }


def responses(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    """Those of this operation, by status; what its route declares says when."""
    declared = {int(status): said for status, said in operation["responses"].items() if int(status) >= 400}
    wanted = may_answer(path, method, operation) | set(declared)
    return {str(status): _response(status, declared.get(status, {})) for status in sorted(wanted)}


def may_answer(path: str, method: str, operation: dict[str, Any]) -> set[int]:
    parameters = operation.get("parameters", [])
    places = {parameter["in"] for parameter in parameters}
    needs_credentials = bool(operation["security"])
    found = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE}
    if needs_credentials:
        found |= {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
    elif method in CHANGING:
        found |= {HTTPStatus.FORBIDDEN}  # another site's page
    if "path" in places:
        found |= {HTTPStatus.NOT_FOUND}
    if method in CHANGING:  # the body; or the Idempotency-Key is none
        found |= {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}
    if places or method in CHANGING:  # or it was used for another request
        found |= {HTTPStatus.UNPROCESSABLE_ENTITY}
    if any(parameter["name"].lower() == "if-match" for parameter in parameters):
        found |= {HTTPStatus.BAD_REQUEST, HTTPStatus.PRECONDITION_FAILED}
    return {status.value for status in found}


def _response(status: int, declared: dict[str, Any]) -> dict[str, Any]:
    possible = [kind for kind in kinds() if kind.status == status]
    refs = [{"$ref": f"#/components/schemas/{kind.__name__}"} for kind in possible]
    response: dict[str, Any] = {
        "description": declared.get("description") or HTTPStatus(status).phrase,
        "content": {"application/problem+json": {"schema": refs[0] if len(refs) == 1 else {"anyOf": refs}}},
    }
    if status in WITH_RETRY_AFTER:
        response["headers"] = dict(RETRY_AFTER)
    return response
