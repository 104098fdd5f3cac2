"""A process with nothing but a broker's door, the log and two consumers, to be killed: `orders` to `mail` and `audit`.

Called with the log's kind and address, a unique word, the URLs of the two subscribers, and how many seconds its door
waits for the log; prints its door's URL.
"""

import asyncio
import signal
import socket
import sys
from collections.abc import Mapping

from aiohttp import ClientSession, ClientTimeout

from knative.runner.eventing import ingress
from knative.runner.eventing.backbone import Eventing
from knative.runner.manifests import Broker, Delivery, Destination, KafkaSource, Manifests, Trigger
from tests.conformance.eventing.log_address import LogAddress
from tests.conformance.eventing.stage import NAMESPACE, Answer


async def main(kind: str, address: str, unique: str, mail: str, audit: str, patience: str) -> None:
    ingress.PATIENCE = float(patience)
    policy = Delivery(retry=5, backoff_policy="exponential", backoff_delay=0.1, timeout=10, dead_letter_sink=None)
    to_mail, to_audit = (Destination("uri", "", url, NAMESPACE) for url in (mail, audit))
    manifests = Manifests(
        brokers=(Broker("orders", NAMESPACE, f"orders-{unique}", None, 3),),
        triggers=(Trigger(f"mail-{unique}", NAMESPACE, "orders", (), False, to_mail, policy),),
        sources=(
            KafkaSource(
                "audit", NAMESPACE, (f"orders-{unique}",), f"audit-{unique}", "earliest", True, to_audit, policy, {}
            ),
        ),
    )
    async with ClientSession() as client:

        async def deliver(to: Destination, headers: Mapping[str, str], body: bytes, timeout: float) -> Answer:
            async with client.post(to.uri, headers=headers, data=body, timeout=ClientTimeout(timeout)) as answer:
                return Answer(answer.status, dict(answer.headers), await answer.read())

        log = LogAddress("postgres" if kind == "postgres" else "kafka", address).open()
        eventing = Eventing(manifests, deliver, log)
        await eventing.start()
        bound = socket.create_server(("127.0.0.1", 0))
        await eventing.door.open(bound)
        host, port = bound.getsockname()
        print(f"http://{host}:{port}/{NAMESPACE}/orders", flush=True)  # noqa: T201
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        await stop.wait()
        await eventing.door.close()
        await eventing.stop()


asyncio.run(main(*sys.argv[1:]))
