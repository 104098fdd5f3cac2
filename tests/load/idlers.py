"""Thousands of people who each have a page open and do nothing, in one process that costs little."""

import asyncio
import time
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit
from uuid import UUID

import psycopg

from shared.ids import new_id
from shared.sessions import new_token, token_hash

TOGETHER = 100  # that open their page at once
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Idler:
    id: UUID
    token: str


def move_in(owner_url: str, many: int) -> list[Idler]:
    """As if they had registered; with hashing, that would take minutes."""
    people = [Idler(id, new_token(id)) for id in (new_id() for _ in range(many))]
    ids = [person.id for person in people]
    with psycopg.connect(owner_url) as connection:
        connection.execute(
            "INSERT INTO users (id, email, email_key, name, zone, created_at)"
            " SELECT id, id || '@idle.test', id || '@idle.test', 'Idler', 'UTC', now() FROM unnest(%s::uuid[]) AS id",
            [ids],
        )
        connection.execute("INSERT INTO counters (user_id) SELECT unnest(%s::uuid[])", [ids])
        connection.execute(
            "INSERT INTO sessions (user_id, id, token_hash, created_at, expires_at)"
            " SELECT user_id, gen_random_uuid(), token_hash, now(), now() + interval '1 day'"
            " FROM unnest(%s::uuid[], %s::bytea[]) AS person (user_id, token_hash)",
            [ids, [token_hash(person.token) for person in people]],
        )
        connection.execute("ANALYZE users, counters, sessions")
    return people


class Page(asyncio.Protocol):
    def __init__(self, idler: Idler) -> None:
        self._idler = idler
        self._said = b""
        self._wanted: tuple[bytes, asyncio.Future[float]] | None = None
        self.is_lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        head = f"GET /api/events/stream HTTP/1.1\r\nhost: idle.test\r\ncookie: session={self._idler.token}\r\n\r\n"
        transport.write(head.encode())

    def data_received(self, data: bytes) -> None:
        self._said = (self._said + data)[-2000:]
        if self._wanted and self._wanted[0] in self._said and not self._wanted[1].done():
            self._wanted[1].set_result(time.monotonic())

    def connection_lost(self, error: Exception | None) -> None:
        self.is_lost = True

    def says(self, words: bytes) -> "asyncio.Future[float]":
        """When it says so, from now on."""
        self._said, self._wanted = b"", (words, asyncio.get_running_loop().create_future())
        return self._wanted[1]


class Pages:
    """All of them open."""

    def __init__(self, url: str, people: list[Idler]) -> None:
        server = urlsplit(url)
        assert server.hostname
        assert server.port
        self._host, self._port, self._people = server.hostname, server.port, people
        self.all: list[Page] = []

    async def __aenter__(self) -> Self:
        for first in range(0, len(self._people), TOGETHER):
            some = self._people[first : first + TOGETHER]
            self.all += await asyncio.wait_for(asyncio.gather(*map(self._open, some)), PATIENCE)
        return self

    async def _open(self, idler: Idler) -> Page:
        page = Page(idler)
        greeted = page.says(b"event: hello")
        await asyncio.get_running_loop().create_connection(lambda: page, self._host, self._port)
        await greeted
        return page

    async def __aexit__(self, *_: object) -> None:
        for page in self.all:
            page.transport.close()

    @property
    def lost(self) -> int:
        return sum(page.is_lost for page in self.all)
