"""Dead letters whose cause may have passed are delivered again, to where our own manifest says."""

import json

from functions.relay.letters import Outcome, tell
from shared import db, work
from shared.config import settings
from shared.events import EVENT_TYPES
from shared.http_post import Connection, Unreachable
from shared.ids import new_id
from shared.logs import log

sql = db.queries(__file__)

AT_ONCE, PATIENCE = 4, 8.0


async def redeliver(step: work.Step) -> int:
    done = 0
    while step.goes_on and (letters := await take(AT_ONCE)):
        done += sum(await work.together(*map(deliver, letters)))
    return done


async def take(limit: int) -> list[db.Row]:
    async with db.transaction() as tx:
        return await tx.all(sql.take_letters, limit=limit)


async def deliver(letter: db.Row) -> bool:
    outcome = await post(letter)
    key = {name: letter[name] for name in ("source", "id", "subscriber")}
    async with db.transaction() as tx:
        if outcome.delivered:
            await tx.run(sql.delivered, **key)
        else:
            kept = await tx.first(
                sql.not_delivered, **key, reason=str(outcome), transient=outcome.may_pass, report=new_id()
            )
    if outcome.delivered:
        log().info("a dead letter was delivered", event_id=letter["id"], subscriber=letter["subscriber"])
    elif kept:
        tell(letter["id"], letter["subscriber"], outcome, tried_again=kept["transient"])
    return outcome.delivered


async def post(letter: db.Row) -> Outcome:
    url = address(letter)
    if url is None:
        return Outcome(410, "no function of this name takes dead letters here")
    connection = Connection(url, timeout=PATIENCE)
    try:
        response = await connection.post("", json.loads(letter["headers"]), letter["data"])
    except Unreachable as error:
        return Outcome(None, str(error))
    finally:
        connection.close()
    return Outcome(response.status, response.body[:1024].decode(errors="replace"))


def address(letter: db.Row) -> str | None:
    """Never a URL that came with an event."""
    if letter["subscriber"] != settings().service:
        return settings().subscriber_urls.get(letter["subscriber"])
    # It died on its way to this very function, and with it the name of who lacked it: everybody gets it again.
    event_type = EVENT_TYPES.get(letter["type"])
    return f"{settings().broker_ingress_url}/{event_type.topic}" if event_type else None
