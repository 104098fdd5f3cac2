"""Eventing on one machine: brokers and KafkaSinks put events into the log, Triggers and KafkaSources bring them out."""

import asyncio
from collections.abc import Iterator

from knative.runner.eventing.cloudevents import Event
from knative.runner.eventing.consumer import SourceConsumer, TriggerConsumer
from knative.runner.eventing.delivery import Answer, Deliver
from knative.runner.eventing.dispatcher import Dispatcher, Ordered, Unordered
from knative.runner.eventing.door import Door
from knative.runner.eventing.ingress import Ingress
from knative.runner.eventing.log import EventLog
from knative.runner.eventing.outlet import Outlet
from knative.runner.eventing.topics import topics_of
from knative.runner.manifests import Destination, Manifests

_GRACE = 10.0  # seconds for deliveries under way when the runner stops
_ATTEMPT = 30.0  # seconds for a schedule's delivery to something that is no broker


class Eventing:
    def __init__(self, manifests: Manifests, deliver: Deliver, event_log: EventLog) -> None:
        self._manifests, self._log = manifests, event_log
        self._outlet = Outlet(manifests, deliver, event_log)
        self._dispatchers = list(self._consumers())
        if len({dispatcher.group for dispatcher in self._dispatchers}) < len(self._dispatchers):
            raise ValueError("two KafkaSources share one consumerGroup, which the runner does not support")
        brokers = {f"/{broker.namespace}/{broker.name}": broker.topic for broker in manifests.brokers}
        sinks = {f"/{sink.namespace}/{sink.name}": sink.topic for sink in manifests.sinks}
        if shared := brokers.keys() & sinks.keys():
            raise ValueError(f"a Broker and a KafkaSink would share one door here: {', '.join(shared)}")
        self._ingress = Ingress(event_log, brokers | sinks)
        self.door = Door(self._ingress.handle)

    async def start(self) -> None:
        """Once this returns, no event that the doors accept is missed by any Trigger or KafkaSource."""
        await self._log.start(topics_of(self._manifests))
        await asyncio.gather(*(dispatcher.start(self._log) for dispatcher in self._dispatchers))
        self._ingress.open = True

    async def stop(self) -> None:
        self._outlet.stop()
        await asyncio.gather(*(dispatcher.stop(_GRACE) for dispatcher in self._dispatchers))
        self._ingress.open = False  # only now: deliveries under way may have had something to say
        await self._log.stop()

    async def accept(self, destination: Destination, event: Event) -> Answer:
        """Deliver once; it raises, or answers, what the destination does."""
        return await self._outlet.post(destination, event, _ATTEMPT)

    def _consumers(self) -> Iterator[Dispatcher]:
        topics = {(broker.namespace, broker.name): broker.topic for broker in self._manifests.brokers}
        for trigger in self._manifests.triggers:
            topic = topics[trigger.namespace, trigger.broker]
            group = f"knative-trigger-{trigger.namespace}-{trigger.name}"
            kind = Ordered if trigger.ordered else Unordered
            yield kind(group, [topic], "latest", TriggerConsumer(trigger, topic, self._outlet).handle)
        for source in self._manifests.sources:
            kind = Ordered if source.ordered else Unordered
            handle = SourceConsumer(source, self._outlet).handle
            yield kind(source.group, source.topics, source.initial_offset, handle)
