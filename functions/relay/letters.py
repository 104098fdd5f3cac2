"""Dead letters: kept once, delivered again when what killed them may have passed, else left to an operator."""

import asyncio
import json
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from urllib.parse import urlsplit

from shared import db, metrics
from shared.config import settings
from shared.envelope import Envelope
from shared.events import EVENT_TYPES, WorkIsDue
from shared.http_post import Connection, Unreachable
from shared.logs import log
from shared.work import TICK, Step

sql = db.queries(__file__)

AT_ONCE, PATIENCE = 4, 8.0
WHY = "knativeerror"  # the extensions that Knative adds to a dead letter begin with this
TRAVELLED = "knativekafka"  # and those that say where in Kafka it was, with this


@dataclass(frozen=True, slots=True)
class Outcome:
    status: int | None  # none: there was no answer
    said: str

    @property
    def delivered(self) -> bool:
        return self.status is not None and self.status < 300

    @property
    def may_pass(self) -> bool:
        """As Knative has it."""
        return self.status is None or self.status in (404, 408, 409, 429) or self.status >= 500

    def __str__(self) -> str:
        return f"{self.status or 'no answer'}: {self.said}".replace("\0", "")


def is_dead(event: Envelope) -> bool:
    return f"{WHY}dest" in event.attributes


async def keep(event: Envelope) -> None:
    subscriber = (urlsplit(event.attributes[f"{WHY}dest"]).hostname or "").split(".")[0]
    if event.type in (TICK, WorkIsDue.name):  # the next minute says it again
        log().info("dropped", type=event.type, subscriber=subscriber)
        return
    outcome = cause_of_death(event)
    async with db.transaction() as tx:
        new = await tx.run(
            sql.keep_letter,
            source=event.source,
            id=event.id,
            subscriber=subscriber,
            type=event.type,
            headers=json.dumps(headers_of(event)),
            data=event.data,
            reason=str(outcome),
            transient=outcome.may_pass,
        )
    if new:
        metrics.count("dead_letters_total", subscriber=subscriber)
        report(event.id, subscriber, outcome, tried_again=outcome.may_pass)


def cause_of_death(event: Envelope) -> Outcome:
    code = event.attributes.get(f"{WHY}code", "")
    try:
        said = b64decode(event.attributes.get(f"{WHY}data", ""), validate=True).decode(errors="replace")
    except NotBase64:
        said = "what it answered cannot be read"
    return Outcome(int(code) if code.isdecimal() else None, said)


def headers_of(event: Envelope) -> dict[str, str]:
    """As the function shall get it: the event that was published, without the marks of its way."""
    passing = tuple(f"ce-{mark}" for mark in (WHY, TRAVELLED))
    return {name: value for name, value in event.headers().items() if not name.startswith(passing)}


async def redeliver(step: Step) -> int:
    done = 0
    while step.goes_on and (letters := await take(AT_ONCE)):
        done += sum(await asyncio.gather(*map(deliver, letters)))
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
            kept = await tx.one(sql.not_delivered, **key, reason=str(outcome), transient=outcome.may_pass)
    if outcome.delivered:
        log().info("a dead letter was delivered", event_id=letter["id"], subscriber=letter["subscriber"])
    else:
        report(letter["id"], letter["subscriber"], outcome, tried_again=kept["transient"])
    return outcome.delivered


async def post(letter: db.Row) -> Outcome:
    url = address(letter)
    if url is None:
        return Outcome(410, "no function of this name takes dead letters here")
    connection = Connection(url, timeout=PATIENCE)
    try:
        response = await connection.post("", letter["headers"], letter["data"])
    except Unreachable as error:
        return Outcome(None, str(error))
    finally:
        connection.close()
    return Outcome(response.status, response.body[:1024].decode(errors="replace"))


def address(letter: db.Row) -> str | None:
    """Where our own manifest says; never a URL that came with an event."""
    if letter["subscriber"] != settings().service:
        return settings().subscriber_urls.get(letter["subscriber"])
    # It died on its way to this very function, and with it the name of who lacked it: everybody gets it again.
    event_type = EVENT_TYPES.get(letter["type"])
    return f"{settings().broker_ingress_url}/{event_type.topic}" if event_type else None


def report(event_id: str, subscriber: str, outcome: Outcome, tried_again: bool) -> None:
    if tried_again:
        log().warning("a dead letter will be tried again", event_id=event_id, subscriber=subscriber, why=str(outcome))
    else:
        log().error("a dead letter waits for an operator", event_id=event_id, subscriber=subscriber, why=str(outcome))
