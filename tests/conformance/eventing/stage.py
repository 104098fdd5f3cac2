"""Eventing on a stage: a broker's door, subscribers that remember, and the Triggers and sources a test asks for."""

import asyncio
import socket
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Self
from uuid import uuid4

from aiohttp import ClientSession, ClientTimeout, TCPConnector

from knative.runner.eventing.backbone import Eventing
from knative.runner.manifests import Broker, Delivery, Destination, KafkaSink, KafkaSource, Manifests, Trigger
from tests.conformance.eventing.log_address import LogAddress
from tests.conformance.eventing.subscriber import Subscriber

NAMESPACE = "taskora"
GRAVEYARD = Destination("kafkasink", "graveyard", "", NAMESPACE)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Stage:
    """One Broker `orders`, one KafkaSink `graveyard`, each on a topic of its own."""

    address: LogAddress
    unique: str = field(default_factory=lambda: uuid4().hex[:12])
    subscribers: dict[str, Subscriber] = field(default_factory=dict)
    triggers: list[Trigger] = field(default_factory=list)
    sources: list[KafkaSource] = field(default_factory=list)

    @property
    def orders(self) -> str:
        return f"orders-{self.unique}"

    @property
    def graveyard(self) -> str:
        return f"graveyard-{self.unique}"

    async def __aenter__(self) -> Self:
        self._stack = AsyncExitStack()
        self._client = await self._stack.enter_async_context(ClientSession(connector=TCPConnector(limit=0)))
        return self

    async def __aexit__(self, *_: object) -> None:
        for subscriber in self.subscribers.values():
            subscriber.let_go()
        await self.close_curtain()
        await self._stack.aclose()

    async def subscriber(self, name: str) -> Subscriber:
        self.subscribers[name] = await self._stack.enter_async_context(Subscriber())
        return self.subscribers[name]

    async def trigger(self, name: str, *filters: dict[str, Any], ordered: bool = False, **delivery: Any) -> Subscriber:
        """A Trigger of this name to a subscriber of the same name."""
        policy = self.delivery(**delivery)
        to = Destination("service", name, "/events", NAMESPACE)
        self.triggers.append(Trigger(f"{name}-{self.unique}", NAMESPACE, "orders", filters, ordered, to, policy))
        return await self.subscriber(name)

    async def source(
        self,
        name: str,
        *topics: str,
        ordered: bool = True,
        initial: str = "earliest",
        extensions: Mapping[str, str] | None = None,
        to: Destination | None = None,
        **delivery: Any,
    ) -> Subscriber:
        """A KafkaSource of this name, of all orders unless other topics are named, to a subscriber of the same name."""
        self.sources.append(
            KafkaSource(
                name=name,
                namespace=NAMESPACE,
                topics=topics or (self.orders,),
                group=f"{name}-{self.unique}",
                initial_offset="earliest" if initial == "earliest" else "latest",
                ordered=ordered,
                sink=to or Destination("service", name, "/events", NAMESPACE),
                delivery=self.delivery(**delivery),
                extensions=extensions or {},
            )
        )
        return await self.subscriber(name)

    async def consumer(self, kind: str, name: str, *, ordered: bool = False, **delivery: Any) -> Subscriber:
        """A Trigger or a KafkaSource, for what holds for either."""
        make = self.trigger if kind == "trigger" else self.source
        return await make(name, ordered=ordered, **delivery)

    async def letters(self) -> Subscriber:
        """Reads the graveyard."""
        return await self.source("letters", self.graveyard)

    @staticmethod
    def delivery(
        retry: int = 0,
        policy: str = "exponential",
        delay: float = 0.01,
        timeout: float = 10.0,
        dead_letters: Destination | None = None,
    ) -> Delivery:
        return Delivery(retry, "linear" if policy == "linear" else "exponential", delay, timeout, dead_letters)

    async def raise_curtain(self) -> None:
        await self.open_door()
        await self.eventing.start()

    async def open_door(self) -> None:
        for topic in (self.orders, self.graveyard):
            self.address.create(topic)
        self.log = self.address.open()
        self.eventing = Eventing(
            Manifests(
                brokers=(Broker("orders", NAMESPACE, self.orders, None, 3),),
                sinks=(KafkaSink("graveyard", NAMESPACE, self.graveyard, 1),),
                triggers=tuple(self.triggers),
                sources=tuple(self.sources),
            ),
            self._deliver,
            self.log,
        )
        bound = socket.create_server(("127.0.0.1", 0))
        await self.eventing.door.open(bound)
        host, port = bound.getsockname()
        self.door = f"http://{host}:{port}"

    async def close_curtain(self) -> None:
        if hasattr(self, "eventing"):
            await self.eventing.door.close()
            await self.eventing.stop()
            del self.eventing

    async def restart(self) -> None:
        await self.close_curtain()
        await self.raise_curtain()

    async def send(self, id: str, to: str = "orders", data: bytes = b"{}", **attributes: str) -> int:
        """The status with which the door answers this event."""
        event = {"specversion": "1.0", "id": id, "source": "/test", "type": "order.placed"} | attributes
        headers = {f"ce-{name}": value for name, value in event.items()} | {"content-type": "application/json"}
        return (await self.knock(f"/{NAMESPACE}/{to}", headers, data)).status

    async def sends(self, *ids: str) -> None:
        statuses = await asyncio.gather(*(self.send(id) for id in ids))
        assert set(statuses) == {202}

    async def knock(self, path: str, headers: Mapping[str, str], body: bytes, method: str = "POST") -> Answer:
        async with self._client.request(method, self.door + path, headers=headers, data=BytesIO(body)) as answer:
            return Answer(answer.status, dict(answer.headers), await answer.read())

    async def _deliver(self, to: Destination, headers: Mapping[str, str], body: bytes, timeout: float) -> Answer:
        url = to.uri if to.kind == "uri" else self.subscribers[to.name].url + to.uri
        async with self._client.post(
            url, headers=headers, data=body, timeout=ClientTimeout(timeout), allow_redirects=False
        ) as answer:
            return Answer(answer.status, dict(answer.headers), await answer.read())
