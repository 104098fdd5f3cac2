"""FastAPI as our HTTP functions use it: bodies are strict, every refusal is problem+json."""

from typing import Annotated, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.responses import Response

from shared import edge, logs
from shared.changes import Answer, AnsweredBefore
from shared.problems import BadRequest, Invalid, MethodNotAllowed, NotFound, Problem


def app(title: str) -> FastAPI:
    app = FastAPI(title=title, openapi_url=None, redirect_slashes=False)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(AnsweredBefore, _again)
    app.add_exception_handler(Exception, _broken)
    return app


class Body(BaseModel):
    """What a request may contain; anything else is refused by name."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("it contains a NUL character")
    return text


Text = Annotated[str, AfterValidator(_storable)]


def respond(answer: Answer) -> Response:
    return Response(answer.body, answer.status, answer.headers, "application/json")


def _respond(problem: Problem) -> Response:
    context = logs.context.get()
    status, headers, body = edge.as_response(problem, context.request_id if context else "")
    return Response(body, status, headers)


async def _problem(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return _respond(problem)


async def _broken(_: Request, __: Exception) -> Response:
    return _respond(edge.OUR_FAULT)  # the edge logs what it was


async def _again(_: Request, answered: Exception) -> Response:
    assert isinstance(answered, AnsweredBefore)
    return respond(answered.answer)


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if any(fault["type"] == "json_invalid" for fault in error.errors()):
        return _respond(BadRequest("The body is not JSON."))
    faults = [_fault(fault) for fault in error.errors()]
    detail = "; ".join(f"{fault['field']}: {fault['message']}" for fault in faults)
    return _respond(Invalid(detail, errors=faults))


def _fault(fault: dict[str, Any]) -> dict[str, str]:
    place = [str(part) for part in fault["loc"] if part not in ("body", "query", "path")]
    message = "this field does not exist" if fault["type"] == "extra_forbidden" else fault["msg"]
    # A field's name comes from the client: shown, but never longer than a name.
    return {"field": (".".join(place) or "body")[:100].encode("ascii", "replace").decode(), "message": message}


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, Problem):
        return _respond(error.__cause__)
    if error.status_code == 404:
        return _respond(NotFound(f"There is nothing at {request.url.path}."))
    if error.status_code == 405:
        return _respond(MethodNotAllowed(f"{request.method} is not possible here.", headers=dict(error.headers or {})))
    return _respond(BadRequest("The body could not be read."))
