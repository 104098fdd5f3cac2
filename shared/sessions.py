"""Who somebody is, by what they show: a session's cookie, or an API token.

The row in PostgreSQL is the truth; requests read its copy in Redis. Both begin with the user's id, so that the copy and
the user's epoch are read in one round trip. Revoking changes the epoch: a copy made from a row that was read before
cannot come back to life after. What a process has read it knows by itself until Redis says that it has changed.
"""

import base64
import hashlib
import json
import secrets
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, LiteralString
from uuid import UUID

from shared import bells, db, redis, strangers
from shared.batches import Batches
from shared.kept import Kept

sql = db.queries(__file__, "sessions")

LIVES = 30 * 24 * 3600  # seconds
COPY_LIVES = 60  # seconds; so long a revoked session may live on when Redis did not take the revocation
EPOCH_LIVES = 10 * COPY_LIVES

KNOWN = 4  # of what a copy has besides its id; a later release may put more into it

PREFIX = "tsk_"  # by which people, and what searches code for secrets, know an API token


@dataclass(frozen=True, slots=True)
class Credential:
    user_id: UUID
    id: UUID
    scopes: str | None  # an API token's; in a session its user may do everything
    zone: str  # its user's, in which days and weeks are
    week_start: str
    default_reminders: str | None = None  # as JSON, of who has any


def new_token(user_id: UUID) -> str:
    return base64.urlsafe_b64encode(user_id.bytes + secrets.token_bytes(32)).decode()


def new_api_token(user_id: UUID) -> str:
    content = user_id.bytes + secrets.token_bytes(25)
    return PREFIX + base64.urlsafe_b64encode(content + _checksum(content)).decode()


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _owner(token: str) -> UUID | None:
    try:
        return UUID(bytes=base64.urlsafe_b64decode(token.encode("ascii"))[:16])
    except ValueError:
        return None


def _owner_of_api_token(token: str) -> UUID | None:
    """What was mistyped or cut off says so itself: nobody has to be asked."""
    try:
        content = base64.urlsafe_b64decode(token.removeprefix(PREFIX).encode("ascii"))
    except ValueError:
        return None
    whole = token.startswith(PREFIX) and len(content) == 45 and content[41:] == _checksum(content[:41])
    return UUID(bytes=content[:16]) if whole else None


def _checksum(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(4, "big")


Asked = tuple[UUID, bytes]


class Kind:
    def __init__(self, name: str, owner: Callable[[str], UUID | None], statement: LiteralString) -> None:
        self.name: Final = name
        self.owner: Final = owner
        self._statement: LiteralString = statement
        # Without copies, as after a restart of Redis, everybody comes at once.
        self.rows: Final = Batches(self._read, at_once=100)

    async def _read(self, asked: Sequence[Asked]) -> dict[Asked, tuple[Credential, int]]:
        """Each with the seconds that a copy of it may live."""
        async with db.single() as tx:
            user_ids, hashes = [user_id for user_id, _ in asked], [hashed for _, hashed in asked]
            rows = await tx.all(self._statement, user_ids=user_ids, token_hashes=hashes)
        return {
            (row["user_id"], row["token_hash"]): (
                Credential(
                    row["user_id"], row["id"], row["scopes"], row["zone"], row["week_start"], row["default_reminders"]
                ),
                min(row["lives"] or COPY_LIVES, COPY_LIVES),
            )
            for row in rows
        }


SESSION = Kind("session", _owner, sql.find)
API_TOKEN = Kind("token", _owner_of_api_token, sql.find_token)


_kept: Final = Kept[Credential]()


async def find(kind: Kind, token: str, address: str) -> Credential | None:
    """`address`: from where it is shown."""
    hashed = token_hash(token)
    key = _name(kind, hashed)
    if kept := _kept.get(key):
        return kept
    user_id = kind.owner(token)
    if user_id is None:
        return None
    epoch_key = f"epoch:{user_id}"
    reading = _kept.begin(key, key, epoch_key)
    try:
        [(copy, epoch)] = await redis.ask_together(("MGET", key, epoch_key))
        if credential := _as_copied(user_id, copy, epoch):
            _kept.keep(reading, credential)
            return credential
        await strangers.admit(key, address)
    except redis.Away:
        found = await kind.rows.ask((user_id, hashed))
        return found and found[0]
    found = await kind.rows.ask((user_id, hashed))
    if found is None:
        await strangers.count(key, address)
        return None
    await _copy(key, epoch, *found)
    return found[0]


async def introduce(kind: Kind, token: str) -> None:
    """A new one: it is known before it is shown."""
    await strangers.remember(_name(kind, token_hash(token)))


def _name(kind: Kind, hashed: bytes) -> str:
    return f"{kind.name}:{hashed.hex()}"


def _as_copied(user_id: UUID, copy: str | None, epoch: str | None) -> Credential | None:
    if copy is None:
        return None
    copied_in, id, *others = json.loads(copy)
    return Credential(user_id, UUID(id), *others[:KNOWN]) if copied_in == epoch else None


async def _copy(key: str, epoch: str | None, credential: Credential, lives: int) -> None:
    others = [credential.scopes, credential.zone, credential.week_start]
    if credential.default_reminders:
        others.append(credential.default_reminders)  # few have any
    with suppress(redis.Away):  # the next request reads the row again
        await redis.ask("SET", key, json.dumps([epoch, str(credential.id), *others]), "EX", lives)
    await strangers.remember(key)


async def forget_copies(user_id: UUID) -> None:
    """After a commit that ended sessions of this user, or tokens, or changed what else a copy has."""
    epoch = secrets.token_hex(8)
    with suppress(redis.Away):  # the row is gone: its copies die by themselves within COPY_LIVES
        await redis.insist("SET", f"epoch:{user_id}", epoch, "EX", EPOCH_LIVES)
    await bells.ring(user_id)  # streams that were opened with them end now, wherever the event of it may be held up
