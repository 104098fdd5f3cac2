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


def route(handle: Handler, unreadable: Refusal = refuse) -> Route:
    """For a function that has other routes as well: `app.router.routes.append(receiving.route(handle))`."""

    async def receive(request: Request) -> Response:
        request.scope["route"] = events  # how the log line and the metrics call it
        try:
            event = await event_in(request)
            await handle(event)
        except Unreadable as reason:
            await unreadable(request.headers, await request.body(), reason)
        return Response(status_code=204)

    events = Route("/events", receive, methods=["POST"])
    return events


async def event_in(request: Request) -> Envelope:
    event = envelope.read(request.headers, await request.body())
    if context := logs.context.get():
        context.user_id = event.user_id
        if trace := TRACEPARENT.fullmatch(event.attributes.get("traceparent", "")):
            context.trace_id = trace[1]
    return event
