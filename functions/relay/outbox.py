"""Events that the process which made them could not publish, or did not live to."""

from shared import db, envelope, publishing, work
from shared.config import settings
from shared.events import EVENT_TYPES
from shared.http_post import Connection
from shared.publishing import Stored

sql = db.queries(__file__)

# A round's worst case, five posts of two seconds each, still ends within the step's time and the lease.
DOORS, EACH, PATIENCE = 4, 5, 2.0


async def publish_leftovers(step: work.Step) -> int:
    doors = [Connection(settings().broker_ingress_url, timeout=PATIENCE) for _ in range(DOORS)]
    done = 0
    try:
        while step.goes_on and (events := await take(DOORS * EACH)):
            decided = await publishing.publish(events, doors)
            if not decided:
                break  # the broker is away; the minute will come back to it
            done += decided
    finally:
        for door in doors:
            door.close()
    return done


async def take(limit: int) -> list[Stored]:
    async with db.transaction() as tx:
        return [as_stored(row) for row in await tx.all(sql.take_events, limit=limit)]


def as_stored(row: db.Row) -> Stored:
    event_type = EVENT_TYPES.get(row["type"])  # a newer release may have written one that this one does not know
    attributes = envelope.attributes(
        row["user_id"],
        row["sequence"],
        row["subject"],
        row["happened_at"],
        event_type.schema if event_type else None,
        row["traceparent"],
        row["hooked"],
    )
    event = envelope.Envelope(str(row["id"]), row["source"], row["type"], attributes, row["data"].encode())
    return Stored(row["user_id"], row["sequence"], row["topic"], event)
