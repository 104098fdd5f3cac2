"""Who is signed in. The row in PostgreSQL is the truth; every request reads its copy in Redis.

A token is the user's id and a secret, so that the copy and the user's epoch are read in one round trip.
Revoking changes the epoch: a copy made from a row that was read before cannot come back to life after.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from shared import db, redis
from shared.batches import Batches

sql = db.queries(__file__, "sessions")

LIVES = 30 * 24 * 3600  # seconds
COPY_LIVES = 60  # seconds; so long a revoked session may live on when Redis did not take the revocation
EPOCH_LIVES = 10 * COPY_LIVES


@dataclass(frozen=True, slots=True)
class Session:
    user_id: UUID
    id: UUID


def new_token(user_id: UUID) -> str:
    return base64.urlsafe_b64encode(user_id.bytes + secrets.token_bytes(32)).decode()


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def find(token: str) -> Session | None:
    user_id = _user_id(token)
    if user_id is None:
        return None
    hashed = token_hash(token)
    copy_key, epoch_key = f"session:{hashed.hex()}", f"epoch:{user_id}"
    try:
        copy, epoch = await redis.ask("MGET", copy_key, epoch_key)
    except redis.Away:
        return await _from_rows.ask((user_id, hashed))
    if copy is not None:
        session_id, copied_in = json.loads(copy)
        if copied_in == epoch:
            return Session(user_id, UUID(session_id))
    session = await _from_rows.ask((user_id, hashed))
    if session is not None:
        value = json.dumps([str(session.id), epoch])
        with suppress(redis.Away):  # the next request reads the row again
            await redis.ask("SET", copy_key, value, "EX", COPY_LIVES)
    return session


async def forget_copies(user_id: UUID) -> None:
    """After a commit that ended sessions of this user."""
    epoch = secrets.token_hex(8)
    with suppress(redis.Away):  # the row is gone: its copies die by themselves within COPY_LIVES
        await redis.insist("SET", f"epoch:{user_id}", epoch, "EX", EPOCH_LIVES)


async def _rows(asked: Sequence[tuple[UUID, bytes]]) -> dict[tuple[UUID, bytes], Session]:
    async with db.single() as tx:
        user_ids, hashes = [user_id for user_id, _ in asked], [hashed for _, hashed in asked]
        rows = await tx.all(sql.find, user_ids=user_ids, token_hashes=hashes)
    return {(row["user_id"], row["token_hash"]): Session(row["user_id"], row["id"]) for row in rows}


# Without copies, as after a restart of Redis, everybody comes at once.
_from_rows = Batches(_rows, at_once=100)


def _user_id(token: str) -> UUID | None:
    try:
        return UUID(bytes=base64.urlsafe_b64decode(token.encode("ascii"))[:16])
    except ValueError:
        return None
