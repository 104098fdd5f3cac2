"""Every function does what the API document says: nothing fails, and nothing is answered that is not in there.

The same is asked each time. What people are answered in other tests is in the document, too (tests/documented.py).
"""

import re
from ipaddress import IPv4Address
from random import randrange
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests import api
from tests.people import Person

schema = schemathesis.openapi.from_dict(api.document())
OUR_PAGE = {"origin": "https://taskora.test", "x-forwarded-host": "taskora.test"}

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def from_somewhere() -> dict[str, str]:
    """Somewhere else each time, or what nobody has to sign in for would soon be too much for one network."""
    return OUR_PAGE | {"x-forwarded-for": str(IPv4Address(randrange(2**24) + 10 * 2**24))}


@schema.exclude(path="/api/events/stream").parametrize()
@settings(max_examples=20, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_the_answer_is_in_the_document(case: Case[Any], alice: Person) -> None:
    asked = api.Operation(case.method.lower(), case.path)
    function = next(name for (_, path), name in api.functions_by_route().items() if path == case.path)
    response = case.call(
        base_url=str(alice.at(function).base_url), headers=from_somewhere(), cookies={"session": alice.token}
    )

    if asked in api.operations():
        case.validate_response(response, checks=CHECKS)
    elif not is_anothers(asked):
        assert response.status_code == 405


def is_anothers(asked: api.Operation) -> bool:
    """As DELETE /api/tasks/deleted is for /api/tasks/{task_id}, which is asked for it."""
    routes = (path for method, path in api.functions_by_route() if method == asked.method.upper())
    return any(re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), asked.path) for path in routes)
