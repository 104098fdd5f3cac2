"""A page left open: it follows its person's stream, comes back after every break, and holds what it was told."""

import asyncio
import json
import random
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import aiohttp

from tests.chaos.people import Browser

KINDS = ("task", "series", "list", "tag", "filter", "comment", "notification", "preferences")
SILENCE = 25.0  # seconds; the stream says something every 15
LOOKS_AWAY = 20.0  # seconds after which, on average, it hangs up by itself
LIMITS = aiohttp.ClientTimeout(total=None, connect=10, sock_read=SILENCE)


@dataclass
class Page:
    person: UUID
    browser: Browser
    chance: random.Random
    things: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)  # by kind and id
    number: int = 0  # the last change it was told
    connections: int = 0
    resyncs: int = 0
    wrong: list[str] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _last_event_id: str = "0"  # as a browser keeps it
    _retry: float = 1.0
    _stays: bool = False
    _visit: asyncio.Timeout | None = None

    async def watch(self) -> None:
        while True:
            # A stream that breaks, falls silent, is refused for now or was left by the page itself: it comes back.
            with suppress(aiohttp.ClientError, TimeoutError, OSError):
                until = None if self._stays else self.chance.expovariate(1 / LOOKS_AWAY)
                async with asyncio.timeout(until) as self._visit:
                    await self._follow()
            self._visit = None
            await asyncio.sleep(self.chance.uniform(0, self._retry))

    def stay(self) -> None:
        """From now on it hangs up no more by itself."""
        self._stays = True
        if self._visit:
            self._visit.reschedule(None)

    async def told(self, number: int, deadline: float) -> None:
        """Wait until it was told that change, or until the time is over."""
        with suppress(TimeoutError):
            async with asyncio.timeout_at(deadline):
                while self.number < number:
                    self._changed.clear()
                    await self._changed.wait()

    async def _follow(self) -> None:
        headers = {"Last-Event-ID": self._last_event_id, "Accept": "text/event-stream"}
        async with self.browser.http.get("/api/events/stream", headers=headers, timeout=LIMITS) as answer:
            if answer.status >= 500:
                return
            if answer.status != 200:
                self.wrong.append(f"{self.browser.name} was answered {answer.status}: {await answer.text()}")
                return
            self.connections += 1
            frame: dict[str, str] = {}
            async for line in answer.content:
                name, _, value = line.decode().rstrip("\n").partition(":")
                if line == b"\n":
                    self._take(frame)
                    frame = {}
                elif name:
                    frame[name] = value.removeprefix(" ")

    def _take(self, frame: dict[str, str]) -> None:
        self._last_event_id = frame.get("id", self._last_event_id)
        if "retry" in frame:
            self._retry = int(frame["retry"]) / 1000
        match frame.get("event", "message"):
            case "message" if "data" in frame:
                self._apply(int(frame["id"]), json.loads(frame["data"]))
            case "resync":
                self.resyncs += 1

    def _apply(self, number: int, change: dict[str, Any]) -> None:
        if number != self.number + 1 or number != change["sequence"]:
            self.wrong.append(f"{self.browser.name} had {self.number} and was told {number} ({change['sequence']})")
        self.number = number
        self._changed.set()
        kind, _, id = change["subject"].partition("/")
        if change["type"] == f"{kind}.deleted":
            self.things.pop((kind, id), None)
        elif kind in KINDS:
            self.things[kind, id] = change[kind]
