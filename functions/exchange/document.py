"""Taskora JSON, version 1: one object, whose long members are read a few megabytes at a time.

What changes its meaning for those who read it gets another version.
"""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import LiteralString
from uuid import UUID

from shared import db, entities
from shared.config import settings
from shared.kinds import KINDS
from shared.problems import SignInRequired, Unavailable

sql = db.queries(__file__, "document")

NO_ID = UUID(int=0)  # before all others


@asynccontextmanager
async def moment() -> AsyncIterator[db.Transaction]:
    """The database as it is now, for as long as it takes: on a connection of its own, for the pool lends its few for
    seconds. It locks nothing, and keeps from being cleaned up only what is changed meanwhile.
    """
    try:
        async with db.direct(settings().database_url) as tx:
            await tx.run(sql.begin)
            yield tx
    except Unavailable as error:
        raise db.away() from error


async def written(tx: db.Transaction, user_id: UUID) -> AsyncGenerator[bytes]:
    account = await tx.first(sql.account, user_id=user_id)
    if account is None:
        raise SignInRequired("This account no longer exists.")
    yield account["document"][:-1].encode()
    for kind in KINDS.values():
        yield b',"%s":[' % kind.table.encode()
        async for part in joined(pages(tx, entities.filled(sql.things, kind), user_id, "id", NO_ID)):
            yield part
        yield b"]"
    yield b',"notifications":['
    async for part in joined(pages(tx, sql.notifications, user_id, "sequence", 0)):
        yield part
    yield b'],"firings":['
    async for part in joined(pages(tx, sql.firings, user_id, "task", NO_ID)):
        yield part
    yield b'],"webhook_deliveries":['
    async for part in joined(pages(tx, sql.webhook_deliveries, user_id, "id", NO_ID)):
        yield part
    yield b'],"chat_messages":['
    async for part in joined(pages(tx, sql.chat_messages, user_id, "sequence", 0)):
        yield part
    yield b'],"activity":['
    logged = pages(tx, sql.logged, user_id, "sequence", 0)
    under_way = pages(tx, sql.under_way, user_id, "sequence", 0)
    async for part in joined(logged, under_way):
        yield part
    yield b"]}"


async def pages(
    tx: db.Transaction, statement: LiteralString, user_id: UUID, key: str, after: object
) -> AsyncIterator[list[bytes]]:
    while page := await tx.texts(statement, user_id=user_id, after=after):
        yield page
        after = json.loads(page[-1])[key]


async def joined(*parts: AsyncIterator[list[bytes]]) -> AsyncIterator[bytes]:
    comma = b""
    for part in parts:
        async for page in part:
            yield comma + b",".join(page)
            comma = b","
