"""The one door to the outside: the page, and the routes to the functions behind it. It plays the Service `web`.

What comes from outside is trusted in nothing that functions trust among themselves: event headers, forwarding headers,
and the paths that are for inside only.
"""

import json
import logging
import re
import secrets
from collections.abc import Callable, Collection

from aiohttp import web

from knative.gateway import BODY_LIMIT, PASSED, REQUEST_ID, SECURITY
from knative.runner.activator import Activator
from knative.runner.answers import NotStarting, Overloaded, Refusal, TimedOut
from knative.runner.page import DOCUMENT, NotThere, Page
from knative.runner.proxy import SERVER, announce_continue, pass_on
from knative.runner.routes import Routes

log = logging.getLogger(__name__)

_REQUEST_ID = re.compile(REQUEST_ID)

Find = Callable[[str], Activator]


class TooLarge(Exception):
    """The body is longer than the gateway takes."""


class Gateway:
    def __init__(self, routes: Routes, page: Page, find: Find) -> None:
        self._routes, self._page, self._find = routes, page, find

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        given = request.headers.get("X-Request-Id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(16)
        try:
            return await self._answer(request, request_id)
        except (web.HTTPException, ConnectionError):
            raise
        except Exception:
            log.exception("the gateway failed on a request (request id %s)", request_id)
            return problem(500, "Internal Server Error", "Something went wrong on our side.", request_id)

    async def _answer(self, request: web.BaseRequest, request_id: str) -> web.StreamResponse:
        path = request.raw_path.partition("?")[0]
        if not path.startswith("/"):
            return problem(400, "Bad Request", "The request's target must be a path.", request_id)
        match = self._routes.match(request.method, path)
        if match is None:
            return self._static(request, path, request_id)
        if match.function is None:
            return _wrong_method(request, match.allowed, request_id)
        try:
            body = await _body(request)
        except TooLarge:
            return problem(413, "Content Too Large", "A request body has at most 1 MB.", request_id, close=True)
        activator = self._find(match.function)
        return await pass_on(
            request,
            activator,
            _inward(request, activator, request_id),
            body,
            lambda refusal: _refused(refusal, match.function or "", request_id),
            (*SECURITY, ("x-request-id", request_id)),
        )

    def _static(self, request: web.BaseRequest, path: str, request_id: str) -> web.StreamResponse:
        if path == "/api" or (path.startswith("/api/") and path != DOCUMENT):
            return problem(404, "Not Found", "There is nothing at this address.", request_id)
        if request.method not in {"GET", "HEAD"}:
            return _wrong_method(request, {"GET", "HEAD"}, request_id)
        try:
            response = self._page.file(path)
        except NotThere:
            return problem(404, "Not Found", "There is nothing at this address.", request_id)
        response.headers.update((*SECURITY, ("x-request-id", request_id), ("server", SERVER)))
        return response


def _inward(request: web.BaseRequest, activator: Activator, request_id: str) -> list[tuple[str, str]]:
    """The headers that go on: what a client may say, and what functions want to know and only the gateway may say."""
    service = activator.service
    return [
        ("host", f"{service.name}.{service.namespace}.svc.cluster.local"),
        ("x-forwarded-host", request.headers.get("Host", "")),
        ("x-forwarded-proto", request.scheme),
        ("x-forwarded-for", request.remote or "unknown"),
        ("x-request-id", request_id),
        *((name, value) for name, value in request.headers.items() if name.lower() in PASSED),
    ]


async def _body(request: web.BaseRequest) -> bytes:
    """The whole body: a slow client shall keep the gateway waiting, which costs little, and not a function."""
    if not request.can_read_body:
        return b""
    if (request.content_length or 0) > BODY_LIMIT:
        raise TooLarge
    await announce_continue(request)
    chunks, size = [], 0
    async for chunk in request.content.iter_any():
        size += len(chunk)
        if size > BODY_LIMIT:
            raise TooLarge
        chunks.append(chunk)
    return b"".join(chunks)


def _refused(refusal: Refusal, function: str, request_id: str) -> web.Response:
    match refusal:
        case Overloaded():
            title, detail = "Service Unavailable", f"{function} is busy. Try again in a moment."
        case NotStarting():
            title, detail = "Service Unavailable", f"{function} does not start; the runner's log says why."
        case TimedOut():
            title, detail = "Gateway Timeout", f"{function} did not answer in time."
        case _:
            title, detail = "Bad Gateway", f"{function} ended before it answered."
    response = problem(refusal.status, title, detail, request_id)
    if refusal.status == 503:
        response.headers["retry-after"] = "1"
    return response


def _wrong_method(request: web.BaseRequest, allowed: Collection[str], request_id: str) -> web.Response:
    methods = ", ".join(sorted(allowed))
    response = problem(405, "Method Not Allowed", f"{request.method} does nothing here; {methods} does.", request_id)
    response.headers["allow"] = methods
    return response


def problem(status: int, title: str, detail: str, request_id: str, *, close: bool = False) -> web.Response:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "request_id": request_id}
    response = web.Response(
        status=status,
        body=json.dumps(body).encode(),
        headers=[*SECURITY, ("x-request-id", request_id), ("server", SERVER)],
        content_type="application/problem+json",
    )
    if close:
        response.force_close()
    return response
