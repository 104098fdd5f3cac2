"""nginx as the image `web` starts it: the tree's own start script, another user, nothing to write to but one folder.

What a cluster has around it is here, too: names that lead to an ingress (`Names`), and the ingress, which looks at the
host a request is for (`Ingress`).
"""

import os
import shutil
import signal
import socket
import socketserver
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import pytest

from knative.images import tree, web
from knative.local import guardian
from knative.runner.routes import Routes
from tests.ports import free_port
from tests.world import PATIENCE, World

NOBODY = 65532  # whom the image runs as


def required() -> None:
    if not shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"):
        pytest.skip("nginx is not installed here")


def laid_out(routes: Path, page: Path) -> Callable[[Path], object]:
    """The image's tree with other routes and another page than the product's."""
    return lambda tree: web.lay_out(tree, Routes.read(routes), page)


class Nginx:
    """The image's tree, as `build` lays it out, and its start script."""

    def __init__(self, build: Callable[[Path], object], domain: str, ingress: "Ingress", names: "Names") -> None:
        # Not in pytest's own folder, which only its owner may enter.
        self._folder = Path(tempfile.mkdtemp(prefix="taskora-web-"))
        self._folder.chmod(0o755)
        self.tree, self._temporary = self._folder / "tree", self._folder / "tmp"
        self.output = self._folder / "output.log"
        self.tree.mkdir()
        build(self.tree)
        tree.make_alike(self.tree)
        self._temporary.mkdir()
        self._temporary.chmod(0o777)
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.environment = {
            "PATH": os.environ["PATH"],
            "TMPDIR": str(self._temporary),
            "FUNCTIONS_DOMAIN": domain,
            "FUNCTIONS_PORT": str(ingress.port),
            "RESOLVER": names.address,
            "HOST": "127.0.0.1",
            "PORT": str(port),
        }

    def file(self, name: str) -> str:
        return (self.tree / "app" / name).read_text()

    def edit(self, file: str, old: str, new: str) -> None:
        """Another number in one of the tree's files, for what would take too long."""
        path = self.tree / "app" / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def begin(self, **changed: str) -> subprocess.Popen[bytes]:
        as_nobody = os.geteuid() == 0
        with self.output.open("ab") as output:
            return subprocess.Popen(
                [self.tree / "app" / "start"],
                cwd="/",
                env=self.environment | changed,
                stdout=output,
                stderr=output,
                start_new_session=True,
                user=NOBODY if as_nobody else None,
                group=NOBODY if as_nobody else None,
                extra_groups=[] if as_nobody else None,
            )

    def start(self, **changed: str) -> Self:
        self.process = self.begin(**changed)
        guardian.watch(self.process.pid, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while not self.listens():
            assert self.process.poll() is None, f"nginx ended:\n{self.said()}"
            assert time.monotonic() < deadline, f"nginx does not listen:\n{self.said()}"
            time.sleep(0.02)
        return self

    def listens(self) -> bool:
        address = urlsplit(self.address)
        with socket.socket() as asked:
            return asked.connect_ex((str(address.hostname), address.port)) == 0

    def said(self) -> str:
        return self.output.read_text()

    def configuration(self) -> str:
        return (self._temporary / "web" / "nginx.conf").read_text()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()  # at once; SIGQUIT would wait for streams
            self.process.wait(PATIENCE)
        guardian.release(self.process.pid)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if hasattr(self, "process"):
            self.stop()
        shutil.rmtree(self._folder)


class Served:
    """Serves in the background for as long as it is entered."""

    server: socketserver.BaseServer

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self.server.serve_forever, args=[0.02])
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()


class Names(Served):
    """A name server in which every Service of the cluster is at 127.0.0.1, and nothing else is anywhere."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        names = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                query, channel = self.request
                channel.sendto(names.answer(query), self.client_address)

        self.server = socketserver.ThreadingUDPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_address[1]}"

    def answer(self, query: bytes) -> bytes:
        labels, at = [], 12
        while length := query[at]:
            labels.append(query[at + 1 : at + 1 + length].decode())
            at += 1 + length
        name, kind, question = ".".join(labels), query[at + 1 : at + 3], query[12 : at + 5]
        self.asked.append(name)
        known = name.endswith(".svc.cluster.local")
        # A pointer to the question's name, class IN, 5 s to live.
        record = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x05\x00\x04" + socket.inet_aton("127.0.0.1")
        records = [record] if known and kind == b"\x00\x01" else []
        flags = b"\x81\x80" if known else b"\x81\x83"
        return query[:2] + flags + b"\x00\x01" + bytes([0, len(records)]) + bytes(4) + question + b"".join(records)


class Ingress(Served):
    """Leads each connection to the Service that its first request is for; what it carries passes untouched."""

    def __init__(self, find: Callable[[str], str | None]) -> None:
        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                head = b""
                while b"\r\n\r\n" not in head:
                    if not (more := self.request.recv(65_536)):
                        return
                    head += more
                lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
                [host] = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("host:")]
                address = find(host)
                if address is None:
                    self.request.sendall(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                    return
                service = urlsplit(address)
                with socket.create_connection((service.hostname, service.port)) as inner:
                    inner.sendall(head)
                    back = threading.Thread(target=pump, args=[inner, self.request], daemon=True)
                    back.start()
                    pump(self.request, inner)
                    back.join()

        class Server(socketserver.ThreadingTCPServer):
            request_queue_size = 128
            daemon_threads = True
            block_on_close = False

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = int(self.server.server_address[1])


def pump(source: socket.socket, sink: socket.socket) -> None:
    """Until either side has had enough; then both hear of it."""
    with suppress(OSError):
        while piece := source.recv(65_536):
            sink.sendall(piece)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def before(world: World) -> Iterator[Nginx]:
    """The product's own tree, with its page and its routes, before the functions of this world."""
    domain, one_at_a_time = "taskora.svc.cluster.local", threading.Lock()

    def find(host: str) -> str:
        with one_at_a_time:
            return world.function(host.removesuffix(f".{domain}")).url

    required()
    with Ingress(find) as ingress, Names() as names, Nginx(web.build, domain, ingress, names) as nginx:
        yield nginx.start()


def by_host(services: Mapping[str, str], domain: str) -> Callable[[str], str | None]:
    return lambda host: services.get(host.removesuffix(f".{domain}"))
