"""PingSources: an event each time a schedule is due, in its zone. A time that passes while nothing runs is lost."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from knative.runner.cron import Cron
from knative.runner.eventing.cloudevents import Event
from knative.runner.manifests import Destination, PingSource

log = logging.getLogger(__name__)

RETRIES, FIRST_PAUSE = 5, 0.05
TRIED_AGAIN = frozenset({404, 413, 425, 429, 502, 503, 504})


Send = Callable[[Destination, Event], Awaitable[int]]  # the sink's status


class Schedules:
    def __init__(self, sources: tuple[PingSource, ...], send: Send) -> None:
        self._sources, self._send = sources, send
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        for source in self._sources:
            self._run(self._keep(source))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep(self, source: PingSource) -> None:
        cron, zone = Cron.parse(source.schedule), ZoneInfo(source.timezone)
        due = cron.next(datetime.now(UTC), zone)
        while due:
            await _until(due)
            now = datetime.now(UTC)
            self._run(self._tick(source, now))
            due = cron.next(max(due, now), zone)
        log.warning("PingSource %s: %r is never due again", source.name, source.schedule)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            log.error("a PingSource failed", exc_info=fault)

    async def _tick(self, source: PingSource, now: datetime) -> None:
        event = event_of(source, now)
        for attempt in range(RETRIES + 1):
            try:
                status = await self._send(source.sink, event)
                if status < 300:
                    return
                why = f"answered {status}"
                if status not in TRIED_AGAIN:
                    break
            except (OSError, TimeoutError) as error:
                why = str(error) or type(error).__name__
            if attempt < RETRIES:
                await asyncio.sleep(FIRST_PAUSE * 2**attempt)
        log.error("PingSource %s: the tick is lost: its sink %s", source.name, why)


async def _until(due: datetime) -> None:
    # The clock may be set, and the machine may sleep: it is asked again at least once a minute.
    while (wait := (due - datetime.now(UTC)).total_seconds()) > 0:  # noqa: ASYNC110  there is no event for a time
        await asyncio.sleep(min(wait, 60))


def event_of(source: PingSource, now: datetime) -> Event:
    attributes = {
        "specversion": "1.0",
        "id": str(uuid4()),
        "type": "dev.knative.sources.ping",
        "source": f"/apis/v1/namespaces/{source.namespace}/pingsources/{source.name}",
        "time": now.isoformat().replace("+00:00", "Z"),
    }
    if source.data and source.content_type:
        attributes["datacontenttype"] = source.content_type
    return Event({**attributes, **source.extensions}, source.data or None)
