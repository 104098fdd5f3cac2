"""Changes of several users in one transaction: for all of them one commit, and one statement for all their events.

Whoever makes them locks the users' counters himself, and waits for none of them: who waits while others wait for him
may wait for ever.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

from shared import db
from shared.callers import Caller
from shared.changes import Change
from shared.emitted import Emitted, in_columns, source

sql = db.queries(__file__, "crowds")

PATIENCE = 10  # seconds that relay leaves events to who has made them


class Crowd:
    def __init__(self, tx: db.Transaction, publishes: bool) -> None:
        self.tx = tx
        self._publishes = publishes
        self._changes: dict[UUID, Change] = {}

    def change_of(self, user_id: UUID, value: int, now: datetime, hooked: bool) -> Change:
        """That of one user, whose counter had this value when it was locked, before this moment."""
        if user_id not in self._changes:
            caller = Caller(user_id, session_id=None, via="system")
            self._changes[user_id] = Change(self.tx, caller, now, value, self._publishes, hooked)
        return self._changes[user_id]

    def store_events(self) -> None:
        """With the next statement, or with the COMMIT."""
        whose: list[UUID] = []
        sequences: list[int] = []
        moments: list[datetime] = []
        events: list[Emitted] = []
        last: dict[UUID, int] = {}
        for user_id, change in self._changes.items():
            first = change.last_stored + 1
            if emitted := change.numbered():
                last[user_id] = change.last_stored
                whose += [user_id] * len(emitted)
                sequences += range(first, first + len(emitted))
                moments += [change.now] * len(emitted)
                events += emitted
        if events:
            self.tx.later(
                sql.emit,
                counted=list(last),
                values=list(last.values()),
                user_ids=whose,
                sequences=sequences,
                moments=moments,
                source=source(),
                patience=PATIENCE if self._publishes else 0,
                **in_columns(events),
            )

    def is_done(self) -> None:
        for change in self._changes.values():
            change.publish()


@asynccontextmanager
async def crowd(publishes: bool = True) -> AsyncIterator[Crowd]:
    """If it `publishes` nothing, its events are relay's at once."""
    async with db.transaction() as tx:
        crowd = Crowd(tx, publishes)
        yield crowd
        crowd.store_events()
    crowd.is_done()
