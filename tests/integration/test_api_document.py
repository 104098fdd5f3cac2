"""Every function does what the API document says: nothing fails, and nothing is answered that is not in there.

The same is asked each time. What people are answered in other tests is in the document, too (tests/documented.py).
"""

import re
from collections.abc import Iterator
from http.cookiejar import DefaultCookiePolicy
from ipaddress import IPv4Address
from random import randrange
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import BaseSchema, Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests import api
from tests.people import Person

OUR_PAGE = {"origin": "https://taskora.test", "x-forwarded-host": "taskora.test"}
NOBODY = {"authorization": "Bearer of-nobody"}

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


@pytest.fixture(scope="module")
def schema() -> BaseSchema:
    schema = schemathesis.openapi.from_dict(api.document())
    schema.config.generation.with_security_parameters = False  # nearly all would be asked by nobody: 401
    return schema


@pytest.fixture
def connection() -> Iterator[requests.Session]:
    """One for all questions of an operation, rather than one for each. It keeps no cookie that an answer brings."""
    with requests.Session() as connection:
        connection.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        connection.trust_env = False  # it asks this machine; nothing of the environment is looked up each time
        yield connection


@pytest.mark.parametrize("operation", [each for each in api.operations() if not each.is_stream], ids=str)
def test_whatever_is_asked_the_answer_is_in_the_document(
    operation: api.Operation, alice: Person, connection: requests.Session, request: pytest.FixtureRequest
) -> None:
    nobody_asked = False

    def answer(case: Case[Any], **more: Any) -> schemathesis.Response:
        url = str(alice.at(operation.function).base_url)
        return case.call(base_url=url, session=connection, **more)

    def is_in_the_document(case: Case[Any]) -> None:
        nonlocal nobody_asked
        asked = api.Operation(case.method.lower(), case.path)
        response = answer(case, headers=from_somewhere(), cookies={"session": alice.token})

        if asked in api.operations():
            case.validate_response(response, checks=CHECKS)
            if not nobody_asked:
                nobody_asked = True
                case.validate_response(answer(case, headers=from_somewhere() | NOBODY), checks=CHECKS)
        elif not is_anothers(asked):
            assert response.status_code == 405

    # From here, and not over the whole test: else each of the processes that share the tests thinks up every question.
    of_it = schemathesis.pytest.from_fixture("schema").include(path=operation.path, method=operation.method.upper())
    questions = settings(max_examples=8, derandomize=True, suppress_health_check=list(HealthCheck))
    request.node._nodeid = request.node.nodeid  # where schemathesis looks for it
    of_it.parametrize()(questions(is_in_the_document))(request=request)


def is_anothers(asked: api.Operation) -> bool:
    """As DELETE /api/tasks/deleted is for /api/tasks/{task_id}, which is asked for it."""
    routes = (path for method, path in api.functions_by_route() if method == asked.method.upper())
    return any(re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), asked.path) for path in routes)
