"""The HTTP door of brokers and KafkaSinks: `POST /<namespace>/<name>` takes one CloudEvent; 202 means it is durable."""

import asyncio
import logging
from collections.abc import Mapping

from aiohttp import web

from knative.runner.eventing import cloudevents
from knative.runner.eventing.cloudevents import NotAnEvent
from knative.runner.eventing.log import EventLog, LogUnavailable, TooLarge

log = logging.getLogger(__name__)

LARGEST = 1024 * 1024  # bytes
PATIENCE = 10.0  # seconds the log may take; later than that the event may still have been written


class Ingress:
    def __init__(self, event_log: EventLog, topics: Mapping[str, str]) -> None:
        """`topics` by path."""
        self._log, self._topics = event_log, topics
        self.open = False

    def application(self) -> web.Application:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self.handle)
        return application

    async def handle(self, request: web.Request) -> web.Response:
        if request.method != "POST":
            return web.Response(status=405, headers={"Allow": "POST"})
        topic = self._topics.get(request.path)
        if topic is None:
            return web.Response(status=404)
        if not self.open:
            return web.Response(status=503)
        try:
            body = await _read(request)
            event = cloudevents.from_http({name.lower(): value for name, value in request.headers.items()}, body)
        except NotAnEvent as reason:
            return web.Response(status=400, text=str(reason))
        try:
            async with asyncio.timeout(PATIENCE):
                await self._log.append(topic, *cloudevents.to_record(event))
        except TooLarge as reason:
            return web.Response(status=413, text=str(reason))
        except (LogUnavailable, TimeoutError) as error:
            log.warning("%s did not accept an event: %s", request.path, repr(error))
            return web.Response(status=503)
        return web.Response(status=202)


async def _read(request: web.Request) -> bytes:
    body = bytearray()
    async for piece in request.content.iter_any():
        body += piece
        if len(body) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, len(body))
    return bytes(body)
