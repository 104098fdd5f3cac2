"""Where events go: a destination of the manifests, over HTTP, or through the log if it is a broker or KafkaSink."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from knative.runner.eventing import cloudevents
from knative.runner.eventing.cloudevents import Event
from knative.runner.eventing.delivery import Answer, Deliver
from knative.runner.eventing.log import EventLog, LogUnavailable
from knative.runner.manifests import Destination, Manifests

BROKER_INGRESS = "http://kafka-broker-ingress.knative-eventing.svc.cluster.local"
SINK_INGRESS = "http://kafka-sink-ingress.knative-eventing.svc.cluster.local"

_PATIENCE = 10.0  # seconds the log may take for one record
_PAUSE = 1.0  # seconds before a reply knocks again at a log that is away


@dataclass(frozen=True)
class Accepted:
    """What a broker or KafkaSink answers."""

    status: int = 202
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Outlet:
    def __init__(self, manifests: Manifests, http: Deliver, event_log: EventLog) -> None:
        self._http, self._log = http, event_log
        self._topics = {("broker", broker.namespace, broker.name): broker.topic for broker in manifests.brokers}
        self._topics |= {("kafkasink", sink.namespace, sink.name): sink.topic for sink in manifests.sinks}
        self._stopping = asyncio.Event()

    async def post(self, to: Destination, event: Event, timeout: float) -> Answer:
        if to.kind in ("broker", "kafkasink"):
            await self._append(self._topics[to.kind, to.namespace, to.name], event)
            return Accepted()
        headers = cloudevents.to_http(event) | {"Prefer": "reply", "Kn-Namespace": to.namespace}
        return await self._http(to, headers, event.data or b"", timeout)

    async def append_at_last(self, topic: str, event: Event) -> None:
        """Keep knocking: an event that was answered with is not lost because the log is away for a minute."""
        while True:
            try:
                return await self._append(topic, event)
            except (LogUnavailable, TimeoutError):
                await self.sleep(_PAUSE)

    async def _append(self, topic: str, event: Event) -> None:
        async with asyncio.timeout(_PATIENCE):
            await self._log.append(topic, *cloudevents.to_record(event))

    async def sleep(self, seconds: float) -> None:
        """A pause between two attempts; who is in one when the runner stops gives up, the log remembers the event."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return
        raise asyncio.CancelledError

    def stop(self) -> None:
        self._stopping.set()


def address_of(destination: Destination) -> str:
    """The name a cluster knows it by."""
    match destination.kind:
        case "uri":
            return destination.uri
        case "broker":
            return f"{BROKER_INGRESS}/{destination.namespace}/{destination.name}"
        case "kafkasink":
            return f"{SINK_INGRESS}/{destination.namespace}/{destination.name}"
        case "service":
            return f"http://{destination.name}.{destination.namespace}.svc.cluster.local{destination.uri}"
