"""Where the suite's functions say what happens to them, and wait for the suite to let them go on."""

import json
import threading
from collections import defaultdict
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self

PATIENCE = 30.0


class Said(NamedTuple):
    service: str
    pid: int
    what: str


class Backstage:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._said: list[Said] = []
        self._open: set[tuple[str, str]] = set()
        self._waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._events: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._closing = False
        stage = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_POST(self) -> None:
                service = self.path.rpartition("/")[2]
                stage._take(service, json.loads(self.rfile.read(int(self.headers["content-length"]))))
                self.send_response(204)
                self.end_headers()

            def do_GET(self) -> None:
                _, verb, service, pid, what = self.path.split("/")
                if verb == "tell":
                    stage._hear(Said(service, int(pid), what))
                else:
                    stage._hold(service, int(pid), what)
                self.send_response(204)
                self.end_headers()

        class Server(ThreadingHTTPServer):
            request_queue_size = 128
            daemon_threads = True

        self._server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.02])
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.let_all_go()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    # What the suite asks

    def open(self, service: str, gate: str) -> None:
        """Let everybody go on who waits at this gate, or will."""
        with self._changed:
            self._open.add((service, gate))
            self._changed.notify_all()

    def let_all_go(self) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify_all()

    def waiting(self, service: str, gate: str) -> list[int]:
        """The processes that hold a request at this gate now, one entry for each request."""
        with self._changed:
            return list(self._waiting[service, gate])

    def wait_until_held(self, service: str, gate: str, number: int) -> list[int]:
        self.wait_until(
            lambda: len(self._waiting[service, gate]) >= number, f"{number} at the gate {gate} of {service}"
        )
        return self.waiting(service, gate)

    def said(self, service: str, what: str) -> list[int]:
        """The processes that said it, in the order in which they did."""
        with self._changed:
            return [said.pid for said in self._said if (said.service, said.what) == (service, what)]

    def everything(self, service: str) -> list[tuple[int, str]]:
        with self._changed:
            return [(said.pid, said.what) for said in self._said if said.service == service]

    def wait_until_said(self, service: str, what: str, times: int = 1) -> list[int]:
        self.wait_until(lambda: len(self.said(service, what)) >= times, f"{service} to say {what} {times} times")
        return self.said(service, what)

    def wait_for_events(self, service: str, number: int) -> list[dict[str, Any]]:
        self.wait_until(lambda: len(self._events[service]) >= number, f"{number} events at {service}")
        return self.events(service)

    def events(self, service: str) -> list[dict[str, Any]]:
        with self._changed:
            return list(self._events[service])

    def wait_until(self, true: Callable[[], bool], what: str) -> None:
        with self._changed:
            assert self._changed.wait_for(true, PATIENCE), f"waited in vain for {what}; heard {self._said}"

    # What functions say

    def _hear(self, said: Said) -> None:
        with self._changed:
            self._said.append(said)
            self._changed.notify_all()

    def _take(self, service: str, event: dict[str, Any]) -> None:
        with self._changed:
            self._events[service].append(event)
            self._changed.notify_all()

    def _hold(self, service: str, pid: int, gate: str) -> None:
        with self._changed:
            self._waiting[service, gate].append(pid)
            self._changed.notify_all()
            self._changed.wait_for(lambda: (service, gate) in self._open or self._closing)
            self._waiting[service, gate].remove(pid)
