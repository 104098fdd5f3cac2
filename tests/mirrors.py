"""Clients that hold what somebody has: what they read once, and what they were told has changed since."""

import threading
from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

import httpx

from tests.streams import PATIENCE, Follower, Frame
from tests.world import NO_AUTHORITIES

Thing: TypeAlias = tuple[str, str]  # its kind, and its id
Things: TypeAlias = dict[Thing, dict[str, Any]]
PASSING = {"reminder", "notification"}  # what was said about a task; nothing that somebody has

Snapshot = Callable[[], Things]


class Mirror:
    """`head` comes first and the snapshot after it, so that nothing happens in between unseen."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.things: Things = {}
        self.number: int | None = None
        self.snapshots = 0
        self.wrong: list[str] = []

    def begin(self, head: int) -> None:
        self.number, self.things = head, self._snapshot()
        self.snapshots += 1

    def take(self, change: dict[str, Any]) -> None:
        if self.number is None or change["sequence"] != self.number + 1:
            self.wrong.append(f"had {self.number} and was told {change['sequence']}")
        self.number = change["sequence"]
        kind, _, id = change["subject"].partition("/")
        if kind in PASSING:
            return
        if change["type"].endswith(".deleted"):
            self.things.pop((kind, id), None)
        else:
            self.things[kind, id] = change[kind]


class Client(Protocol):
    """Holds a mirror, whatever becomes of its connections."""

    mirror: Mirror

    def stop(self) -> None: ...


class Listening(Follower):
    """By the stream."""

    def __init__(self, url: Callable[[], str], token: str, mirror: Mirror) -> None:
        self.mirror = mirror
        super().__init__(url, token)

    def _take(self, frame: Frame) -> None:
        if frame.event in ("hello", "resync") and frame.id is not None:
            self.mirror.begin(frame.data["head"])
        if frame.event == "message":
            self.mirror.take(frame.data)
        super()._take(frame)


class Asking:
    """By `GET /api/changes` alone."""

    def __init__(self, url: Callable[[], str], token: str, mirror: Mirror, limit: int) -> None:
        self._url, self._cookies = url, {"session": token}
        self.mirror, self._limit = mirror, limit
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._ask_on, daemon=True)
        self._thread.start()

    def _ask_on(self) -> None:
        with httpx.Client(cookies=self._cookies, timeout=PATIENCE, verify=NO_AUTHORITIES) as client:
            while not self._stop.is_set():
                try:
                    answer = client.get(f"{self._url()}/api/changes", params=self._question())
                except httpx.TransportError:
                    continue
                if answer.status_code != 200 or not self._take(answer.json()):
                    self._stop.wait(0.05)

    def _question(self) -> dict[str, int]:
        since = {} if self.mirror.number is None else {"since": self.mirror.number}
        return {"limit": self._limit, **since}

    def _take(self, page: dict[str, Any]) -> bool:
        """Whether there is more."""
        if self.mirror.number is None or page["resync"]:
            self.mirror.begin(page["head"])
        for change in page["items"]:
            self.mirror.take(change)
        return bool(self.mirror.number != page["head"])

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)
