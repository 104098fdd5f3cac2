"""Dead letters are kept once, whatever they hold. Those whose cause may have passed are due for delivery again."""

import hashlib
import json
import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from shared import db, metrics
from shared.config import settings
from shared.envelope import Envelope, Unreadable
from shared.events import ReminderScheduled, SystemDeadLetter, WorkIsDue
from shared.ids import new_id
from shared.logs import log
from shared.work import TICK

sql = db.queries(__file__)

WHY = "knativeerror"  # the extensions that Knative adds to a dead letter begin with this
TRAVELLED = "knativekafka"  # and those that say where in Kafka it was, with this
DEAD = f"{WHY}dest"
STATUS = re.compile("[1-9][0-9]{2}")
LONGEST = 1000  # bytes of a source and of an id, which are the key of an index
A_NAME = 63  # bytes, as DNS has it


@dataclass(frozen=True, slots=True)
class Outcome:
    status: int | None  # none: there was no answer
    said: str

    @property
    def delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def may_pass(self) -> bool:
        """As Knative has it."""
        return self.status is None or self.status in (404, 408, 409, 429) or self.status >= 500

    def __str__(self) -> str:
        return f"{self.status or 'no answer'}: {self.said}".replace("\0", "")


async def keep(event: Envelope) -> None:
    subscriber = name_in(event.attributes[DEAD])
    if event.type in (TICK, WorkIsDue.name, SystemDeadLetter.name) or (event.type, subscriber) == (
        ReminderScheduled.name,
        "remind",
    ):
        # The next minute says it again; and what is said of dead letters makes no others.
        log().info("dropped", type=event.type, subscriber=subscriber)
        return
    if max(len(event.source.encode()), len(event.id.encode())) > LONGEST:
        raise Unreadable("Its source or its id is longer than any of ours.")
    await enter(event.source, event.id, subscriber, event.type, headers_of(event), event.data, cause_of_death(event))


async def keep_unreadable(headers: Mapping[str, str], data: bytes, reason: Unreadable) -> None:
    """A letter of which nobody can say what it is, as it came, for an operator.

    It is not refused: relay's own dead letters go to the topic they come from, so it would be back at once, for ever.
    Its name is made of what it holds, for what it calls itself may be missing or too long, and it may come twice.
    """
    said = {name: value for name, value in headers.items() if name.startswith("ce-") or name == "content-type"}
    name = hashlib.sha256(json.dumps(sorted(said.items())).encode() + data).hexdigest()
    subscriber = name_in(headers[f"ce-{DEAD}"])
    await enter("unreadable", name, subscriber, "unreadable", said, data, Outcome(422, str(reason)))


async def enter(
    source: str, id: str, subscriber: str, type: str, headers: dict[str, str], data: bytes, outcome: Outcome
) -> None:
    async with db.transaction() as tx:
        new = await tx.run(
            sql.keep_letter,
            source=source,
            id=id,
            subscriber=subscriber,
            type=type,
            headers=json.dumps(headers),
            data=data,
            reason=str(outcome),
            transient=outcome.may_pass,
            relay=settings().service,
            report=new_id(),
        )
    if new:
        # A name that came with an event is no label: there would be as many as somebody likes.
        metrics.count(
            "dead_letters_total", subscriber=subscriber if subscriber in settings().subscriber_urls else "other"
        )
        tell(id, subscriber, outcome, tried_again=outcome.may_pass)


def name_in(url: str) -> str:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    return (host or "unknown").split(".")[0][:A_NAME]


def cause_of_death(event: Envelope) -> Outcome:
    code = event.attributes.get(f"{WHY}code")
    try:
        said = b64decode(event.attributes.get(f"{WHY}data", ""), validate=True).decode(errors="replace")
    except ValueError:
        said = "what it answered cannot be read"
    if code is None or STATUS.fullmatch(code):
        return Outcome(int(code) if code else None, said)
    return Outcome(None, f"or one of unknown status: {said}")


def headers_of(event: Envelope) -> dict[str, str]:
    """As the function shall get it: the event that was published, without the marks of its way."""
    passing = tuple(f"ce-{mark}" for mark in (WHY, TRAVELLED))
    return {name: value for name, value in event.headers().items() if not name.startswith(passing)}


def tell(event_id: str, subscriber: str, outcome: Outcome, tried_again: bool) -> None:
    if tried_again:
        log().warning("a dead letter will be tried again", event_id=event_id, subscriber=subscriber, why=str(outcome))
    else:
        log().error("a dead letter waits for an operator", event_id=event_id, subscriber=subscriber, why=str(outcome))
