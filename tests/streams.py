"""Pages that listen: one stream of server-sent events, or a follower that comes back whenever its stream ends."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from shared.sessions import PREFIX

PATIENCE = 20.0


@dataclass(frozen=True)
class Frame:
    event: str
    data: Any
    id: str | None
    at: float  # time.monotonic() when it came


class Refused(Exception):
    """The server answered, and not with a stream."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(f"{status}: {body.decode()}")
        self.status = status


class Connection:
    """One stream of a session or an API token, read by whoever iterates over it. Another thread may cut it."""

    def __init__(self, url: str, token: str, last_event_id: object = None, query: str = "") -> None:
        server = urlsplit(url)
        assert server.hostname
        self._http = http.client.HTTPConnection(server.hostname, server.port, timeout=60)
        self._http.connect()
        self._socket: socket.socket = self._http.sock
        shown = {"authorization": f"Bearer {token}"} if token.startswith(PREFIX) else {"cookie": f"session={token}"}
        headers = {"accept": "text/event-stream", **shown}
        if last_event_id is not None:
            headers["last-event-id"] = str(last_event_id)
        try:
            self._answer = self._ask(f"/api/events/stream{query}", headers)
        except BaseException:
            self._http.close()
            raise
        self.headers = {name.lower(): value for name, value in self._answer.getheaders()}

    def _ask(self, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        self._http.request("GET", path, headers=headers)
        answer = self._http.getresponse()
        if answer.status != 200:
            raise Refused(answer.status, answer.read())
        return answer

    def cut(self) -> None:
        """As a network does it: no farewell. Whoever reads finds the end."""
        with suppress(OSError):  # the other side was first
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._answer.close()
        self._http.close()

    def __iter__(self) -> Iterator[Frame]:
        """Every frame as it comes, heartbeats as frames called "heartbeat". Ends when the server ends the stream."""
        return frames(self._lines())

    def _lines(self) -> Iterator[str]:
        while line := self._answer.readline():
            yield line.decode().removesuffix("\n")


def frames(lines: Iterable[str]) -> Iterator[Frame]:
    fields: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(":")
            fields[name or "heartbeat"] = value.removeprefix(" ")
            continue
        event = "heartbeat" if "heartbeat" in fields else fields.get("event", "message")
        yield Frame(event, json.loads(fields.get("data", "null")), fields.get("id"), time.monotonic())
        fields = {}


class Page:
    """An open page: a stream read in the background, and everything it said so far."""

    def __init__(self, url: str, token: str, last_event_id: object = None, query: str = "") -> None:
        self.connection = Connection(url, token, last_event_id, query)
        self.frames: list[Frame] = []
        self.ended = False
        self.broke: Exception | None = None  # why it ended, when the server did not end it in good order
        self._news = threading.Condition()
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        try:
            for frame in self.connection:
                with self._news:
                    self.frames.append(frame)
                    self._news.notify_all()
        except (OSError, http.client.HTTPException) as error:
            self.broke = error
        with self._news:
            self.ended = True
            self._news.notify_all()

    def named(self, event: str) -> list[Any]:
        return [frame.data for frame in list(self.frames) if frame.event == event]

    @property
    def changes(self) -> list[dict[str, Any]]:
        return self.named("message")

    @property
    def numbers(self) -> list[int]:
        return [change["sequence"] for change in self.changes]

    def until(self, question: Callable[[], object], wanted: str, within: float = PATIENCE) -> None:
        """Wait for what the stream brings; fail with what was wanted when it never comes."""
        with self._news:
            came = self._news.wait_for(question, within)
        assert came, f"after {within:g} s still not: {wanted}; the stream said {self.frames}"

    def until_number(self, number: int, within: float = PATIENCE) -> None:
        self.until(lambda: number in self.numbers, f"number {number}", within)

    def until_named(self, event: str, times: int = 1) -> None:
        self.until(lambda: len(self.named(event)) >= times, f"{event}, {times} times")

    def until_ended(self) -> None:
        self.until(lambda: self.ended, "the stream has ended")

    def close(self) -> None:
        self.connection.cut()
        self._reading.join(PATIENCE)
        self.connection.close()

    def __enter__(self) -> Self:
        self.until_named("hello")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Follower:
    """A page that comes back with the last id it has, as browsers do, whatever happens to its streams.

    `numbers` is everything it was given, in the order it came; `resyncs` the heads at which it had to load anew.
    """

    def __init__(self, url: Callable[[], str], token: str, last_event_id: int | None = None) -> None:
        self._url, self._token = url, token
        self.last_event_id = last_event_id
        self.numbers: list[int] = []
        self.resyncs: list[int] = []
        self.connections = 0
        self._open: Connection | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def _follow(self) -> None:
        while not self._stop.is_set():
            try:
                self._open = connection = Connection(self._url(), self._token, self.last_event_id)
            except (OSError, http.client.HTTPException, Refused):
                self._stop.wait(0.2)
                continue
            self.connections += 1
            try:
                for frame in connection:
                    self._take(frame)
            except (OSError, http.client.HTTPException):
                pass  # cut off; it comes back
            finally:
                connection.close()

    def _take(self, frame: Frame) -> None:
        if frame.event == "message":
            self.numbers.append(frame.data["sequence"])
        if frame.event == "resync":
            self.resyncs.append(frame.data["head"])
        if frame.id is not None:
            self.last_event_id = int(frame.id)

    def stop(self) -> None:
        self._stop.set()
        if self._open:
            self._open.cut()
        self._thread.join(PATIENCE)
