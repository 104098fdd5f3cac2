"""Events come in by POST to /events, as a Trigger or a KafkaSource delivers them.

204 and nothing else when the handler has done its part, also when there was nothing to do. 422 sends the event to the
dead letters at once; 503 and 500 have it delivered again.
"""

from collections.abc import Awaitable, Callable, Mapping

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from shared import envelope, logs, refusals
from shared.edge import TRACEPARENT
from shared.envelope import Envelope, Unreadable
from shared.problems import Invalid

Handler = Callable[[Envelope], Awaitable[None]]
Refusal = Callable[[Mapping[str, str], bytes, Unreadable], Awaitable[None]]


async def refuse(_headers: Mapping[str, str], _data: bytes, reason: Unreadable) -> None:
    raise Invalid(str(reason)) from reason


def app(handle: Handler, unreadable: Refusal = refuse) -> Starlette:
    """The app of a function that only events wake."""
    return Starlette(routes=[route(handle, unreadable)], exception_handlers=refusals.HANDLERS)


class Events(Route):
    """Where events come in. Beside other routes it is found by its address (shared/routes.py)."""

    def __init__(self, handle: Handler, unreadable: Refusal) -> None:
        super().__init__("/events", self.respond, methods=["POST"])
        self._handle, self._unreadable = handle, unreadable

    async def respond(self, request: Request) -> Response:
        request.scope["route"] = self  # how the log line and the metrics call it
        try:
            event = await event_in(request)
            await self._handle(event)
        except Unreadable as reason:
            await self._unreadable(request.headers, await request.body(), reason)
        return Response(status_code=204)


def route(handle: Handler, unreadable: Refusal = refuse) -> Events:
    """For a function that has other routes as well: `app.router.routes.append(receiving.route(handle))`."""
    return Events(handle, unreadable)


async def event_in(request: Request) -> Envelope:
    event = envelope.read(request.headers, await request.body())
    if context := logs.context.get():
        context.user_id = event.user_id
        if trace := TRACEPARENT.fullmatch(event.attributes.get("traceparent", "")):
            context.trace_id = trace[1]
    return event
