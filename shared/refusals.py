"""Whatever is raised inside a Starlette or FastAPI app leaves it as problem+json."""

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from shared import edge, logs
from shared.problems import BadRequest, MethodNotAllowed, NotFound, Problem


def respond(problem: Problem) -> Response:
    context = logs.context.get()
    status, headers, body = edge.as_response(problem, context.request_id if context else "")
    return Response(body, status, headers)


async def _problem(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return respond(problem)


async def _broken(_: Request, __: Exception) -> Response:
    return respond(edge.OUR_FAULT)  # the edge logs what it was


async def _hung_up(_: Request, __: Exception) -> Response:
    return Response(status_code=499)  # as nginx calls it; nobody reads it but those who read the log


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, Problem):
        return respond(error.__cause__)
    if error.status_code == 404:
        return respond(NotFound(f"There is nothing at {request.url.path}."))
    if error.status_code == 405:
        return respond(MethodNotAllowed(f"{request.method} is not possible here.", headers=dict(error.headers or {})))
    return respond(BadRequest("The body could not be read."))


HANDLERS = {Problem: _problem, HTTPException: _http, ClientDisconnect: _hung_up, Exception: _broken}
