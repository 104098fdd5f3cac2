"""The HTTP edge of every function: request ids, size limits, errors, one log line, health and metrics.

Plain ASGI, around FastAPI and Starlette alike.
"""

import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from tzdata import IANA_VERSION

from shared import failures, logs, metrics
from shared.ids import new_id
from shared.logs import log
from shared.problems import Broken, Problem, TooLarge

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_LIMIT = 1_048_576
HEADERS = "taskora.headers"  # in a scope: what `headers` has found
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,128}")
TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")


class Edge:
    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if own := OWN_PAGES.get(scope["path"]):
            await answer(send, *await own())
            return
        await Exchange(scope, receive, send).run(self.app)


class Exchange:
    """One request and its answer."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope, self._receive, self._send = scope, receive, send
        self.status = 0
        self._complete = False
        self._read = 0
        said = headers(scope)
        given_id = said.get(b"x-request-id", b"").decode("latin-1")
        trace = TRACEPARENT.fullmatch(said.get(b"traceparent", b"").decode("latin-1"))
        self.context = logs.Context(
            request_id=given_id if REQUEST_ID.fullmatch(given_id) else str(new_id()),
            trace_id=trace[1] if trace else "",
            event_id=said.get(b"ce-id", b"").decode("latin-1"),
        )
        self._announced = int(length) if (length := said.get(b"content-length", b"")).isdigit() else 0

    async def run(self, app: App) -> None:
        began = time.perf_counter()
        token = logs.context.set(self.context)
        try:
            if self._announced > BODY_LIMIT:
                raise TooLarge("A request body has at most 1 MB.")  # noqa: TRY301
            await app(self.scope, self.receive, self.send)
        except Problem as problem:
            await self.refuse(problem)
        except Exception as error:  # the one place where a bug becomes an answer
            failures.fault("unexpected error", error)
            await self.refuse(OUR_FAULT)
        finally:
            self._record(time.perf_counter() - began)
            logs.context.reset(token)

    async def receive(self) -> Message:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > BODY_LIMIT:
            raise TooLarge("A request body has at most 1 MB.")
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = (b"x-request-id", self.context.request_id.encode())
            message["headers"] = [*message.get("headers", ()), *self.context.headers, own]
        await self._send(message)
        self._complete = message["type"] == "http.response.body" and not message.get("more_body")

    async def refuse(self, problem: Problem) -> None:
        if self._complete:
            return  # the framework inside has answered
        if self.status:
            raise problem  # part of an answer has left: the server cuts the connection
        await answer(self.send, *as_response(problem, self.context.request_id))

    def _record(self, seconds: float) -> None:
        route = getattr(self.scope.get("route"), "path", "-")
        method = self.scope["method"]
        metrics.observe_request(method, route, self.status, seconds)
        logs.answered(self.context, method, route, self.status, round(seconds * 1000, 1))


def headers(scope: Scope) -> dict[bytes, bytes]:
    """Each by its name, the first of those that came several times."""
    said: dict[bytes, bytes] | None = scope.get(HEADERS)
    if said is None:  # several ask for them
        said = scope[HEADERS] = dict(reversed(scope["headers"]))
    return said


def as_response(problem: Problem, request_id: str) -> tuple[int, dict[str, str], bytes]:
    import json

    if problem.status >= 500 and problem.__cause__:
        log().warning("refused for now", error=str(problem), cause=repr(problem.__cause__))
    headers = {"content-type": "application/problem+json", **problem.headers}
    return problem.status.value, headers, json.dumps(problem.as_json(request_id)).encode()


def function(app: App) -> Callable[[object], Awaitable[App]]:
    """The functions framework's target: what it returns is awaited as an ASGI answer, and may be a whole app."""
    edge = Edge(app)

    async def handle(_: object) -> App:
        return edge

    handle.app = edge  # type: ignore[attr-defined]  # where our own entry finds it
    return handle


OUR_FAULT = Broken("Something went wrong on our side. It is logged under this request's id.")


async def answer(send: Send, status: int, headers: dict[str, str], body: bytes) -> None:
    named = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    named.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": named})
    await send({"type": "http.response.body", "body": body})


# Which zone data it goes by, for that decides what is right (shared/zones.py).
HEALTH = f'{{"status":"ok","tzdata":"{IANA_VERSION}"}}'.encode()

Page: TypeAlias = tuple[int, dict[str, str], bytes]


async def health() -> Page:
    """No I/O: it is the readiness probe, asked every few milliseconds while a pod starts."""
    return 200, {"content-type": "application/json"}, HEALTH


async def ready() -> Page:
    from shared import readiness

    return await readiness.page()


async def exposition() -> Page:
    return 200, {"content-type": "text/plain; version=0.0.4"}, metrics.exposition().encode()


OWN_PAGES: dict[str, Callable[[], Awaitable[Page]]] = {"/health": health, "/ready": ready, "/metrics": exposition}
