"""The HTTP door of brokers and KafkaSinks: `POST /<namespace>/<name>` takes one CloudEvent; 202 means it is durable."""

import asyncio
import logging
from collections.abc import Mapping

from knative.runner.eventing import cloudevents
from knative.runner.eventing.cloudevents import NotAnEvent
from knative.runner.eventing.door import LARGEST, Answer, Request
from knative.runner.eventing.log import EventLog, LogUnavailable, TooLarge

log = logging.getLogger(__name__)

PATIENCE = 10.0  # seconds the log may take; later than that the event may still have been written


class Ingress:
    def __init__(self, event_log: EventLog, topics: Mapping[str, str]) -> None:
        """`topics` by path."""
        self._log, self._topics = event_log, topics
        self.open = False

    async def handle(self, request: Request) -> Answer:
        if request.method != "POST":
            return Answer(405, headers={"allow": "POST"})
        topic = self._topics.get(request.path)
        if topic is None:
            return Answer(404)
        if not self.open:
            return Answer(503)
        if len(request.body) > LARGEST:
            return Answer(413, f"An event has at most {LARGEST} bytes of data.")
        try:
            event = cloudevents.from_http(request.headers, bytes(request.body))
        except NotAnEvent as reason:
            return Answer(400, str(reason))
        try:
            async with asyncio.timeout(PATIENCE):
                await self._log.append(topic, *cloudevents.to_record(event))
        except TooLarge as reason:
            return Answer(413, str(reason))
        except (LogUnavailable, TimeoutError) as error:
            log.warning("%s did not accept an event: %s", request.path, repr(error))
            return Answer(503)
        return Answer(202)
