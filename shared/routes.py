"""Routes as FastAPI declares them, answered on the short way.

FastAPI knows and documents each route: its parameters, its models, what it depends on. What it then does for every
request serves much that our functions do not use (forms, generators, background tasks, traces), and was more than half
of what it cost. A route that does use some of it is answered by FastAPI itself.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from inspect import iscoroutinefunction
from typing import Any
from uuid import UUID

from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import request_body_to_args, request_params_to_args
from fastapi.exceptions import RequestValidationError
from fastapi.params import Body
from fastapi.routing import APIRoute, APIRouter
from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.problems import BadRequest
from shared.receiving import Events

Handlers = Mapping[Any, Callable[[Request, Exception], Awaitable[Response]]]


SIMPLE = (int, str, int | None, str | None)  # of a query's parameters: given once, and nothing to gather
UNCHANGING = str | int | float | date | UUID | None
KNOWN, LONG = 100, 500  # queries that a route remembers, and bytes of one that it does not


class Straight(APIRoute):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_straight = _is_straight(self)
        if self.is_straight:
            self.app = self._answer
        self._simple = {
            field.alias: field
            for field in self.dependant.query_params
            if field.field_info.annotation in SIMPLE and field.field_info.validation_alias in (None, field.alias)
        }
        self._defaults = {
            field.alias: (field.name, field.default)
            for field in self.dependant.query_params
            if isinstance(field.default, int | str | None) and field.field_info.validation_alias in (None, field.alias)
        }

        self._queries: dict[bytes, dict[str, Any]] = {}
        self._body = next((field for field in self.dependant.body_params if _is_model(field)), None)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.respond(Request(scope, receive))
        await response(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        wants = self.dependant
        body = await _body(request) if wants.body_params else PydanticUndefined
        values: dict[str, Any] = {}
        for needed in wants.dependencies:
            assert needed.call
            value = await needed.call(request)
            if needed.name:
                values[needed.name] = value
        faults: list[Any] = []
        if wants.path_params:
            _take(values, faults, request_params_to_args(wants.path_params, request.path_params))
        if wants.query_params:
            _take(values, faults, self._query(request))
        if wants.header_params:
            _take(values, faults, request_params_to_args(wants.header_params, request.headers))
        if self._body and body is not PydanticUndefined:
            values[self._body.name], found = self._body.validate(body, loc=("body",))
            faults += found
        elif wants.body_params:
            _take(values, faults, await request_body_to_args(wants.body_params, body, embed_body_fields=False))
        if faults:
            raise RequestValidationError(faults)
        if wants.request_param_name:
            values[wants.request_param_name] = request
        response: Response = await self.endpoint(**values) or Response(status_code=self.status_code or 200)
        return response

    def _query(self, request: Request) -> tuple[dict[str, Any], list[Any]]:
        """Pages ask the same again and again; to read it costs a tenth of what it takes to answer."""
        text: bytes = request.scope["query_string"]
        if text in self._queries:
            return self._queries[text], []
        values, faults = self._read(request.query_params)
        if not faults and len(text) < LONG and all(isinstance(value, UNCHANGING) for value in values.values()):
            if len(self._queries) == KNOWN:
                self._queries.clear()
            self._queries[text] = values
        return values, faults

    def _read(self, asked: QueryParams) -> tuple[dict[str, Any], list[Any]]:
        """What is left out, as most of a list's parameters are, has its default and needs no look."""
        values = {name: default for alias, (name, default) in self._defaults.items() if alias not in asked}
        faults: list[Any] = []
        others = []
        for field in self.dependant.query_params:
            if field.name in values:
                continue
            if field.alias in self._simple and field.alias in asked:
                values[field.name], found = field.validate(asked[field.alias], loc=("query", field.alias))
                faults += found
            else:
                others.append(field)
        if others:
            _take(values, faults, request_params_to_args(others, asked))
        return values, faults


class ByAddress:
    """Routes with nothing to find out in their path are found by it at once; for all others the router looks.

    What such a route raises becomes an answer as it does behind the router.
    """

    def __init__(self, router: APIRouter, handlers: Handlers, otherwise: ASGIApp) -> None:
        self._handlers, self._otherwise = handlers, otherwise
        self._routes: dict[tuple[str, str], Straight | Events] = {}
        for number, route in enumerate(router.routes):
            if isinstance(route, Events) or (
                isinstance(route, Straight) and route.is_straight and not route.param_convertors
            ):
                free = (route.methods or set()) - _taken(router.routes[:number], route.path)
                self._routes |= {(method, route.path): route for method in free}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = self._routes.get((scope["method"], scope["path"]))
        if route is None:
            await self._otherwise(scope, receive, send)
            return
        scope["route"] = route
        scope["path_params"] = {}
        request = Request(scope, receive)
        try:
            response = await route.respond(request)
        except Exception as problem:
            handler = next((self._handlers[kind] for kind in type(problem).__mro__ if kind in self._handlers), None)
            if handler is None:
                raise
            response = await handler(request, problem)
        await response(scope, receive, send)


def _is_model(field: ModelField) -> bool:
    """The body is this model, and JSON."""
    kind = field.field_info.annotation
    return type(field.field_info) is Body and isinstance(kind, type) and issubclass(kind, BaseModel)


def _taken(earlier: Sequence[BaseRoute], path: str) -> set[str]:
    """By which methods the router finds another route at this address first."""
    found = (route for route in earlier if isinstance(route, Route) and route.path_regex.match(path))
    return {method for route in found for method in route.methods or ()}


def _take(values: dict[str, Any], faults: list[Any], found: tuple[dict[str, Any], list[Any]]) -> None:
    values.update(found[0])
    faults.extend(found[1])


async def _body(request: Request) -> Any:
    """Whatever does not say that it is JSON stays bytes, which no model takes."""
    body = await request.body()
    if not body or not _is_json(request.headers.get("content-type", "")):
        return body or PydanticUndefined
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest("The body is not JSON.") from None


def _is_json(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _is_straight(route: APIRoute) -> bool:
    """It answers with a response of its own making, or with nothing, and needs no more than is served above."""
    wants, answers = route.dependant, route.endpoint.__annotations__.get("return", Any)
    return (
        iscoroutinefunction(route.endpoint)
        and (answers is None or (isinstance(answers, type) and issubclass(answers, Response)))
        and len(wants.body_params) <= 1
        and not route._embed_body_fields
        and _needs_only(wants, "path_params", "query_params", "header_params", "body_params", "dependencies")
        and all(iscoroutinefunction(needed.call) for needed in wants.dependencies)
        and all(needed.request_param_name and _needs_only(needed) for needed in wants.dependencies)
        and len({needed.call for needed in wants.dependencies}) == len(wants.dependencies)
    )


def _needs_only(wants: Dependant, *served: str) -> bool:
    said_of_each = ("request_param_name", "name", "call", "path", "scope", "use_cache")
    others = {field.name for field in fields(wants)} - {*served, *said_of_each}
    return not any(getattr(wants, name) for name in others)
