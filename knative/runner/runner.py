"""The parts of the runner, started so that each finds what it needs, and stopped so that nothing is lost."""

import asyncio
import errno
import json
import logging
import socket
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from knative.runner.activator import Activator
from knative.runner.eventing.backbone import Eventing
from knative.runner.eventing.cloudevents import Event, to_http
from knative.runner.eventing.log import EventLog
from knative.runner.eventing.postgres_log import PostgresLog
from knative.runner.gateway import Gateway
from knative.runner.manifests import Destination, Manifests, Service
from knative.runner.page import Page
from knative.runner.processes import Zygote
from knative.runner.proxy import serve
from knative.runner.reading import Refused, read_manifests
from knative.runner.routes import Routes
from knative.runner.schedules import Schedules, Send
from knative.runner.services import LOOPBACK, Services, cluster_name

log = logging.getLogger(__name__)

GATEWAY = "web"  # the Service that the runner plays itself
INGRESSES = ("kafka-broker-ingress", "kafka-sink-ingress")
ATTEMPT = 30.0  # seconds for a schedule's delivery straight to a function


class CannotStart(Exception):
    """Something around the runner is not as it has to be; the sentence says what to do."""


@dataclass(frozen=True)
class Settings:
    manifests: list[Path]
    routes: Path
    page: Path | None
    host: str
    port: int
    state: Path
    entry: str
    preload: list[str]
    database_url: str
    kafka_bootstrap_servers: str


class Runner:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.address = ""
        self._addresses = settings.state / "addresses.json"
        self._addresses.unlink(missing_ok=True)
        self._stops: list[Callable[[], Awaitable[None]]] = []

    async def start(self) -> None:
        given = self._settings
        manifests = read_manifests(given.manifests)
        functions = tuple(service for service in manifests.services if service.name != GATEWAY)
        routes = Routes.read(given.routes)
        _check_routes(routes, functions)
        _check_visibility(functions)
        _check_names(functions)
        for what in manifests.left_to_the_cluster:
            log.info("%s is left to the cluster", what)
        outside = _bind(given.host, given.port)  # taken at once, so that a taken port is the first thing said

        zygote = Zygote(given.entry, given.preload)
        services = Services(functions, zygote)
        addresses = await services.open_doors()
        for service in manifests.services:
            if service.name == GATEWAY:
                services.know(cluster_name(service.namespace, service.name), address_of(outside))
        eventing = self._eventing(manifests, services)
        if eventing:
            bound = _bind(LOOPBACK, 0)
            await eventing.door.open(bound)
            self._stops.append(eventing.door.close)
            address = address_of(bound)
            for name in INGRESSES:
                services.know(cluster_name("knative-eventing", name), address)
            addresses = {**addresses, "ingress": address}
        # Deliveries end before the functions do. What these have to say at their end is refused, kept, and said later.
        self._stops += [zygote.stop, services.stop, *([eventing.stop] if eventing else [])]
        await asyncio.gather(zygote.start(), *([eventing.start()] if eventing else []))
        services.start()

        schedules = Schedules(manifests.schedules, _sender(services, eventing))
        self._stops.append(schedules.stop)
        schedules.start()
        gateway = serve(Gateway(routes, self._page(), _finder(functions, services)).handle)
        self._stops.insert(0, gateway.cleanup)
        self.address = await _open(gateway, outside)
        self._stops.append(lambda: _close_doors(gateway))
        self._publish({"gateway": self.address, **addresses})

    async def stop(self) -> None:
        """The last to start is the first to stop; each may still use what was there before it."""
        while self._stops:
            stop = self._stops.pop()
            try:
                await stop()
            except Exception:  # what one part could not finish must not keep the next ones from ending
                log.exception("one part of the runner did not stop in order")

    def _eventing(self, manifests: Manifests, services: Services) -> Eventing | None:
        if not (manifests.brokers or manifests.sinks or manifests.sources):
            return None
        try:
            return Eventing(manifests, services.deliver, self._event_log())
        except ValueError as error:
            raise Refused([str(error)]) from error

    def _event_log(self) -> EventLog:
        if self._settings.kafka_bootstrap_servers:
            from knative.runner.eventing.kafka_log import KafkaLog  # half a second that most starts need not spend

            return KafkaLog(self._settings.kafka_bootstrap_servers)
        if self._settings.database_url:
            return PostgresLog(self._settings.database_url)
        raise CannotStart("the event log needs a place: set RUNNER_DATABASE_URL, or KAFKA_BOOTSTRAP_SERVERS")

    def _page(self) -> Page:
        folder = self._settings.page
        if folder and not (folder / "index.html").is_file():
            log.warning("there is no page in %s; the API works without it, `make run` builds it", folder)
        return Page(folder)

    def _publish(self, addresses: Mapping[str, str]) -> None:
        """Say where everything listens: whoever finds the file finds all of it there."""
        self._addresses.parent.mkdir(parents=True, exist_ok=True)
        beside = self._addresses.with_suffix(".new")
        beside.write_text(json.dumps(addresses, indent=2) + "\n", encoding="utf-8")
        beside.replace(self._addresses)


def _check_routes(routes: Routes, functions: tuple[Service, ...]) -> None:
    unknown = routes.functions - {service.name for service in functions}
    if unknown:
        raise Refused(f"routes: there is no Service {name} in the manifests" for name in sorted(unknown))


def _check_visibility(functions: tuple[Service, ...]) -> None:
    public = [service.name for service in functions if not service.cluster_local]
    if public:
        raise Refused(
            f"Service {name}: a public Service beside {GATEWAY} is not supported by the runner; "
            "label it networking.knative.dev/visibility: cluster-local and give it a route"
            for name in public
        )


def _check_names(functions: tuple[Service, ...]) -> None:
    """Routes and logs know a function by its name alone."""
    names = Counter(service.name for service in functions)
    if twice := [name for name, times in names.items() if times > 1]:
        raise Refused(
            f"Service {name}: the runner supports one of this name, not one in each namespace" for name in twice
        )


def _finder(functions: tuple[Service, ...], services: Services) -> Callable[[str], Activator]:
    activators = {service.name: services.activator(service.namespace, service.name) for service in functions}
    return activators.__getitem__


def _sender(services: Services, eventing: Eventing | None) -> Send:
    async def send(sink: Destination, event: Event) -> int:
        if sink.kind in {"broker", "kafkasink"}:
            assert eventing is not None  # there is a broker, so there is eventing
            return (await eventing.accept(sink, event)).status
        return (await services.deliver(sink, to_http(event), event.data or b"", ATTEMPT)).status

    return send


def _bind(host: str, port: int) -> socket.socket:
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(f"port {port} is taken: stop what uses it, or choose another with --port") from error
        raise CannotStart(f"cannot listen at {host}:{port}: {error.strerror}") from error
    return bound


async def _open(runner: web.BaseRunner, bound: socket.socket) -> str:
    await runner.setup()
    await web.SockSite(runner, bound, backlog=1024).start()
    return address_of(bound)


def address_of(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    return f"http://{host}:{port}"


async def _close_doors(gateway: web.ServerRunner) -> None:
    for site in list(gateway.sites):
        await site.stop()
