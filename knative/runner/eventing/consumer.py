"""What becomes of each record for one Trigger or KafkaSource: wanted or not, delivered, answered, or a dead letter."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Mapping

from knative.runner.eventing import cloudevents, filters
from knative.runner.eventing.cloudevents import Event, NotAnEvent
from knative.runner.eventing.delivery import Answer, Undelivered, deliver, reply_in
from knative.runner.eventing.foreign import event_of_foreign
from knative.runner.eventing.log import Record
from knative.runner.eventing.outlet import Outlet, address_of
from knative.runner.manifests import Delivery, Destination, KafkaSource, Trigger

log = logging.getLogger(__name__)

_LONGEST_PAUSE = 60.0  # seconds between two rounds at a dead-letter sink that fails


class Consumer(ABC):
    def __init__(
        self, name: str, outlet: Outlet, to: Destination, policy: Delivery, extensions: Mapping[str, str]
    ) -> None:
        self._name, self._outlet, self._to, self._policy, self._extensions = name, outlet, to, policy, extensions

    @abstractmethod
    def _event_of(self, record: Record) -> Event | None:
        """The event in the record, if it is wanted."""

    @abstractmethod
    async def _take_reply(self, answer: Answer) -> None:
        """What the subscriber answered with; raises NotAnEvent for an answer that makes a delivery a failure."""

    def handle(self, record: Record) -> Awaitable[None] | None:
        event = self._event_of(record)
        if event is None:
            return None
        place = {
            "knativekafkapartition": str(record.partition.number),
            "knativekafkaoffset": str(record.offset),
        }
        return self._deliver(event.extended({**place, **self._extensions}))

    async def _deliver(self, event: Event) -> None:
        outcome = await deliver(self._outlet.post, self._to, event, self._policy, self._outlet.sleep)
        if not isinstance(outcome, Undelivered):
            try:
                await self._take_reply(outcome)
            except NotAnEvent as reason:
                log.warning("%s: the answer to event %s is not one: %s", self._name, event.attributes["id"], reason)
                outcome = Undelivered()
        if isinstance(outcome, Undelivered):
            await self._bury(event, outcome)

    async def _bury(self, event: Event, failure: Undelivered) -> None:
        """A cluster tries the dead-letter sink as often as the subscriber and then drops the event; here it is kept."""
        sink, pause = self._policy.dead_letter_sink, 1.0
        if sink is None:
            log.error("%s: event %s is dropped, it has no dead-letter sink", self._name, event.attributes["id"])
            return
        letter = event.extended(failure.extensions(address_of(self._to)))
        while isinstance(
            answer := await deliver(self._outlet.post, sink, letter, self._policy, self._outlet.sleep), Undelivered
        ):
            log.error("%s: the dead-letter sink does not take event %s", self._name, event.attributes["id"])
            await self._outlet.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        try:
            await self._take_reply(answer)
        except NotAnEvent:
            log.warning("%s: the dead-letter sink took an event and answered with something else", self._name)


class TriggerConsumer(Consumer):
    def __init__(self, trigger: Trigger, topic: str, outlet: Outlet) -> None:
        super().__init__(f"Trigger {trigger.name}", outlet, trigger.subscriber, trigger.delivery, {})
        self._topic = topic
        self._wanted = filters.all_of(trigger.filters)

    def _event_of(self, record: Record) -> Event | None:
        try:
            event = cloudevents.from_record(record.headers, record.value)
        except NotAnEvent as reason:
            log.warning("%s: record %s of %s is passed over: %s", self._name, record.offset, record.partition, reason)
            return None
        return event if self._wanted(event.attributes) else None

    async def _take_reply(self, answer: Answer) -> None:
        reply = reply_in(answer)
        if reply is not None:
            await self._outlet.append_at_last(self._topic, reply)


class SourceConsumer(Consumer):
    def __init__(self, source: KafkaSource, outlet: Outlet) -> None:
        super().__init__(f"KafkaSource {source.name}", outlet, source.sink, source.delivery, source.extensions)
        self._source = source

    def _event_of(self, record: Record) -> Event:
        try:
            return cloudevents.from_record(record.headers, record.value)
        except NotAnEvent:
            return event_of_foreign(self._source, record)

    async def _take_reply(self, answer: Answer) -> None:
        """A KafkaSource is not interested."""
