"""FastAPI as our HTTP functions use it: bodies are strict, every refusal is problem+json."""

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from fastapi.telemetry import TelemetryConfig
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp

from shared import refusals
from shared.answers import Answer, AnsweredBefore
from shared.problems import BadRequest, Invalid
from shared.routes import ByAddress, Straight

UNTOLD: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}  # the edge's log and metrics tell it
MOST_FAULTS = 20  # more of them help nobody, and an answer stays smaller than what was sent


class App(FastAPI):
    about = ""  # what an API token's scope has to name

    def build_middleware_stack(self) -> ASGIApp:
        """One layer, which turns what is raised into an answer. Limits, faults of ours and the log are the edge's."""
        handlers: Any = {kind: handler for kind, handler in self.exception_handlers.items() if kind is not Exception}
        whole = ExceptionMiddleware(AsyncExitStackMiddleware(self.router), handlers)
        return ByAddress(self.router, handlers, whole)


def app(title: str, about: str | None = None) -> App:
    app = App(title=title, openapi_url=None, redirect_slashes=False, telemetry=UNTOLD)
    app.about = title if about is None else about
    app.router.route_class = Straight
    for kind, handler in refusals.HANDLERS.items():
        app.add_exception_handler(kind, handler)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(AnsweredBefore, _again)
    return app


class Body(BaseModel):
    """What a request may contain; anything else is refused by name."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("it contains a NUL character")
    return text


Storable = AfterValidator(_storable)  # the last in an Annotated: constraints behind it would be checked one by one


def refused(error: ValidationError) -> RequestValidationError:
    """What a body would make of something is no good."""
    return RequestValidationError([{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()])


def respond(answer: Answer) -> Response:
    return Response(answer.body or None, answer.status, answer.headers, "application/json" if answer.body else None)


async def _again(_: Request, answered: Exception) -> Response:
    assert isinstance(answered, AnsweredBefore)
    again = respond(answered.answer)
    again.headers["idempotency-replayed"] = "true"  # what it is about may be another by now, or gone
    return again


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(fault["type"] == "json_invalid" for fault in found):
        return refusals.respond(BadRequest("The body is not JSON."))
    faults = _faults(found)[:MOST_FAULTS]
    detail = "; ".join(f"{fault['field']}: {fault['message']}" for fault in faults)
    return refusals.respond(Invalid(detail, errors=faults))


def _faults(found: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """One for each field: what may be one thing or another has a fault for either."""
    messages: dict[str, str] = {}
    for fault in found:
        field, said = _field(*fault["loc"]), fault["msg"].removeprefix("Value error, ")
        message = "this field does not exist" if fault["type"] == "extra_forbidden" else said
        messages[field] = f"{messages[field]}; or {message[0].lower()}{message[1:]}" if field in messages else message
    return [{"field": field, "message": message} for field, message in messages.items()]


def _field(where: str, *place: str | int) -> str:
    """As the API names it: behind a parameter and its number stands what it was taken for, if it may be several."""
    named = place if where == "body" else [*place[:1], *(part for part in place[1:] if isinstance(part, int))]
    # A field's name comes from the client: shown, but never longer than a name.
    return ".".join(map(str, named))[:100].encode("ascii", "replace").decode() or "body"
