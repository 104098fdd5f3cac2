"""What an operator wants delivered again is made due: a few hundred at a time, each once, however often it is asked."""

import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from functions.relay import shown
from shared import db

sql = db.queries(__file__, "dead_letters")

AT_ONCE = 500  # in one short transaction: relay and other operators wait for none of them
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Nothing said: all."""

    ids: list[str] | None = None
    subscriber: str | None = None
    type: str | None = None
    reason: str | None = None


async def replay(connection: db.Direct, wanted: Wanted, as_json: bool) -> None:
    """What dies half way has replayed the first of them, and finds the others when it is asked again."""
    number, named = 0, set()
    async for letters in made_due(connection, wanted):
        for letter in letters:
            shown.outcome(letter, "due", as_json)
            number += 1
            if wanted.ids:
                named.add((letter["id"], letter["subscriber"]))
    missing = await tell_of_others(connection, wanted, named, as_json) if wanted.ids else []
    if not as_json:
        shown.say(f"{number} due; relay delivers what is due within a minute.")
    if missing:
        sys.exit(f"There is no dead letter {', '.join(missing)}.")


async def made_due(connection: db.Direct, wanted: Wanted) -> AsyncIterator[list[db.Row]]:
    chosen = {"ids": wanted.ids, "subscriber": wanted.subscriber, "type": wanted.type, "reason": wanted.reason}
    last: db.Row = {"source": "", "id": "", "subscriber": ""}
    while letters := await connection.all(
        sql.replay_letters,
        after_source=last["source"],
        after_id=last["id"],
        after_subscriber=last["subscriber"],
        limit=AT_ONCE,
        **chosen,
    ):
        yield letters
        last = letters[-1]
    last = {"user_id": NOBODY, "sequence": 0}
    while events := await connection.all(
        sql.replay_events, after_user=last["user_id"], after_sequence=last["sequence"], limit=AT_ONCE, **chosen
    ):
        yield events
        last = events[-1]


async def tell_of_others(connection: db.Direct, wanted: Wanted, due: set[tuple[str, str]], as_json: bool) -> list[str]:
    """Of each that was named and is not due by this, what it is instead; and the names that nothing has."""
    known = await connection.all(sql.states, ids=wanted.ids, subscriber=wanted.subscriber)
    for letter in known:
        if (letter["id"], letter["subscriber"]) not in due:
            shown.outcome(letter, letter["state"], as_json)
    return sorted(set(wanted.ids or ()) - {letter["id"] for letter in known} - {name for name, _ in due})
