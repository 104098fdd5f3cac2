"""Hearing bells: which users' are heard here, and whether any can be."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from shared import redis
from shared.bells import channel
from shared.logs import log

if TYPE_CHECKING:
    from redis.asyncio.connection import AbstractConnection

SILENCE = 1.0  # after this long without a word Redis is asked for one, and has as long again to answer
PAUSE = 1.0  # between attempts to reach it


class Listener:
    """Hears the bells of some users and knows whether it can.

    Redis confirming a subscription counts as a bell: what happened before, nobody could hear.
    """

    def __init__(self, heard: Callable[[UUID], None], presence_changed: Callable[[], None]) -> None:
        self.away = False
        self._heard, self._presence_changed = heard, presence_changed
        self._users: set[UUID] = set()
        self._connection: AbstractConnection | None = None

    async def add(self, user_id: UUID) -> None:
        self._users.add(user_id)
        await self._say("SUBSCRIBE", user_id)

    async def remove(self, user_id: UUID) -> None:
        self._users.discard(user_id)
        await self._say("UNSUBSCRIBE", user_id)

    async def listen_forever(self) -> None:
        from redis.exceptions import RedisError

        while True:
            pool = redis.client().connection_pool
            connection: AbstractConnection = pool.make_connection()  # type: ignore[no-untyped-call]
            try:
                await connection.connect()  # type: ignore[no-untyped-call]
                self._connection = connection
                await connection.send_command("SUBSCRIBE", *map(channel, self._users))
                await self._hear(connection)
            except (RedisError, OSError) as error:
                self._is_away(True, str(error))
            finally:
                self._connection = None
                await connection.disconnect(nowait=True)
            await asyncio.sleep(PAUSE)

    async def _hear(self, connection: "AbstractConnection") -> None:
        asked = False
        while True:
            said = await connection.read_response(timeout=SILENCE, disconnect_on_error=False, push_request=True)
            if said is None:
                if asked:
                    raise ConnectionError("Redis is silent")
                asked = True
                await connection.send_command("PING")
                continue
            asked = False
            self._is_away(False)
            if isinstance(said, list) and said[0] in (b"subscribe", b"message"):
                self._heard(UUID(said[1].decode().partition(":")[2]))

    def _is_away(self, away: bool, error: str = "") -> None:
        if away != self.away:
            self.away = away
            log().warning("bells cannot be heard" if away else "bells are heard again", error=error)
            self._presence_changed()

    async def _say(self, command: str, user_id: UUID) -> None:
        from redis.exceptions import RedisError

        # Not connected, or cut off and about to find out: the next connection begins with all users.
        if self._connection is not None and self._connection.is_connected:
            with suppress(RedisError, OSError):
                await self._connection.send_command(command, channel(user_id))
