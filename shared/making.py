"""Something new, made alone: a change that reads nothing first.

It is a single statement, which shares its round trip and its commit with those of other users: a quarter of the work
for PostgreSQL.
"""

import json
from functools import cache
from typing import LiteralString
from uuid import UUID

from shared import answers, changes, db, publishing
from shared.answers import Answer
from shared.callers import Caller
from shared.emitted import Emitted, data_around, name, named, source, stored
from shared.events import EventType
from shared.ids import new_id
from shared.trips import Ticket, Trips

sql = db.queries(__file__, "making")

together = Trips()


async def make(
    caller: Caller,
    statement: LiteralString,
    event_type: EventType,
    id: UUID,
    headers: dict[str, str],
    **values: object,
) -> Answer:
    """Something new, its event and the answer: 201, these headers and its document. All of it is one statement.

    The given one inserts the row for the user and the moment in `counter`, and returns the document. It runs in one
    transaction with those of other users (shared/trips.py), so it takes no lock but on what is the user's own.
    """
    event_id, subject = new_id(), f"{event_type.entity}/{id}"
    before, after = data_around(caller, event_type, {})
    values |= {
        "user_id": caller.user_id,
        "id": id,
        "event_id": event_id,
        "topic": event_type.topic,
        "type": event_type.name,
        "source": source(),
        "subject": subject,
        "traceparent": caller.traceparent,
        "data_before": before,
        "data_after": after,
    }
    if caller.idempotency_key is not None:
        values |= {
            "key": caller.idempotency_key,
            "request_hash": caller.request_hash,
            "answer_status": 201,
            "headers": json.dumps(headers | named(event_id)),
        }
    row = await _once(caller, ticket(statement, caller.idempotency_key is not None), values)
    event = Emitted(event_id, event_type, subject, f"{before}{row['document']}{after}")
    name(event_id)
    publishing.soon([stored(caller, event, row["value"], row["now"], row["hooked"])])
    return Answer(201, row["document"], headers)


async def _once(caller: Caller, wanted: Ticket, values: dict[str, object]) -> db.Row:
    """With an answer under its Idempotency-Key already, the statement fails as a whole.

    What it fails of may be something else: what it is about can be gone by now. It gets that answer all the same.
    """
    while True:
        try:
            row = await together.go(caller.user_id, wanted, values)
        except db.Refused as refused:
            if caller.idempotency_key is None:
                raise
            async with db.single() as tx:
                for given in await tx.each(*answers.asked(caller)):
                    answers.repeat(given, caller)
                if refused.constraint != answers.KEY:
                    raise
                await answers.retire(tx, caller)
        else:
            if row is None:
                raise changes.gone()
            return row


@cache
def ticket(statement: LiteralString, answered: bool) -> Ticket:
    hurried, patient = (db.statement(at_once(statement, answered, own)) for own in (sql.if_free, sql.when_free))
    return Ticket(hurried, patient)


def at_once(statement: LiteralString, answered: bool, own: LiteralString) -> LiteralString:
    whole: LiteralString = sql.at_once
    whole = whole.replace("{own}", own.rstrip(";")).replace("{answer}", sql.with_answer if answered else "")
    return whole.replace("{made}", statement.rstrip(";"))
