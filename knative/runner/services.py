"""All Services of the manifests: their doors on the loopback interface, their names, and delivery to them."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from knative.runner.activator import Activator
from knative.runner.answers import Refusal, TimedOut
from knative.runner.manifests import Destination, Service
from knative.runner.processes import Zygote
from knative.runner.proxy import end_to_end, pass_on, serve, streamed
from knative.runner.upstream import Request

LOOPBACK = "127.0.0.1"
EARLY = 0.001  # seconds before its time that an alarm may go off


class Unreachable(ConnectionError):
    """Nobody is at that address."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Services:
    """Every Service that is a function. The gateway's is none: the runner plays that one itself."""

    def __init__(self, services: tuple[Service, ...], zygote: Zygote) -> None:
        self._addresses: dict[str, str] = {}
        self._activators = {
            cluster_name(service.namespace, service.name): Activator(service, self._environment, zygote)
            for service in services
        }
        self._doors: list[web.ServerRunner] = []
        self._client: aiohttp.ClientSession | None = None

    async def open_doors(self) -> Mapping[str, str]:
        """One port each, for what inside a cluster is http://<name>.<namespace>.svc.cluster.local."""
        for name, activator in self._activators.items():
            self.know(name, await self._open_door(activator))
        return dict(self._addresses)

    def know(self, cluster_name: str, address: str) -> None:
        """What the manifests call by its name in the cluster is here at another address."""
        self._addresses[f"http://{cluster_name}"] = address

    def start(self) -> None:
        for activator in self._activators.values():
            activator.start()

    async def stop(self) -> None:
        await asyncio.gather(*(activator.stop() for activator in self._activators.values()))
        await asyncio.gather(*(door.cleanup() for door in self._doors))
        if self._client:
            await self._client.close()

    def activator(self, namespace: str, name: str) -> Activator:
        return self._activators[cluster_name(namespace, name)]

    async def deliver(self, to: Destination, headers: Mapping[str, str], body: bytes, timeout: float) -> Answer:
        """POST to a Service, which may have to start first, or to an address anywhere.

        What a cluster's activator would answer is an answer here too; TimeoutError and Unreachable mean there was none.
        """
        if to.kind == "service":
            host, target = cluster_name(to.namespace, to.name), to.uri or "/"
        else:
            url = urlsplit(to.uri)
            host, target = url.hostname or "", url._replace(scheme="", netloc="").geturl() or "/"
        if activator := self._activators.get(host):
            named = [("host", host), *headers.items()]
            return await _exchange(activator, Request("POST", target, named, body), timeout)
        if to.kind == "service":
            raise Unreachable(f"there is no Service {to.name}")
        async with asyncio.timeout(timeout):
            return await self._post(to.uri, headers, body)

    async def _post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        self._client = self._client or aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))
        try:
            async with self._client.post(url, headers=headers, data=body, allow_redirects=False) as answer:
                return Answer(answer.status, dict(answer.headers), await answer.read())
        except aiohttp.ClientError as error:
            raise Unreachable(f"{url}: {error}") from error

    async def _open_door(self, activator: Activator) -> str:
        async def handle(request: web.BaseRequest) -> web.StreamResponse:
            body = streamed(request) if request.can_read_body else b""
            headers = end_to_end(request.headers.items())
            return await pass_on(request, activator, headers, body, in_plain_words)

        door = serve(handle)
        self._doors.append(door)
        await door.setup()
        await web.TCPSite(door, LOOPBACK, 0, backlog=1024).start()
        return f"http://{LOOPBACK}:{door.addresses[0][1]}"

    def _environment(self, service: Service) -> Mapping[str, str]:
        given = {"K_SERVICE": service.name, "K_CONFIGURATION": service.name, "K_REVISION": f"{service.name}-00001"}
        return {name: self._resolved(value) for name, value in service.env.items()} | given

    def _resolved(self, value: str) -> str:
        return _CLUSTER_ADDRESS.sub(lambda found: self._addresses.get(found[1], found[0]), value)


_CLUSTER_ADDRESS = re.compile(r"(http://[a-z0-9.-]+\.svc\.cluster\.local)(?::80)?(?![a-z0-9.:-])")


def cluster_name(namespace: str, name: str) -> str:
    return f"{name}.{namespace}.svc.cluster.local"


async def _exchange(activator: Activator, request: Request, timeout: float) -> Answer:
    """One alarm for the Service's time and for this one: to set one was a tenth of what an event costs here."""
    loop = asyncio.get_running_loop()
    until = loop.time() + timeout
    try:
        async with activator.exchange(request, until) as answer:
            return Answer(answer.status, dict(answer.headers), await answer.read())
    except TimedOut as over:
        if loop.time() + EARLY >= until:
            raise TimeoutError from over
        return Answer(over.status, {}, b"")
    except Refusal as refusal:
        return Answer(refusal.status, {}, b"")


def in_plain_words(refusal: Refusal) -> web.Response:
    return web.Response(status=refusal.status, text=str(refusal))
