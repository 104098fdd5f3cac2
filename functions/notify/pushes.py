"""Pushes on their way: each goes to all browsers of its user at once, and no push service waits for another."""

import asyncio
import json
from collections.abc import Sequence

from functions.notify import browsers, kept
from functions.notify.gathering import Gathering
from shared import db, work

WORKERS = 32  # most of the time each waits for a push service

sql = db.queries(__file__, "deliveries")


async def send_all(step: work.Step) -> bool:
    """Whether none is left."""
    return all(await work.together(*(_work(step) for _ in range(WORKERS))))


async def _work(step: work.Step) -> bool:
    while step.goes_on:
        if (taken := await taking.ask(None)) is None:
            return True
        await send(taken)
    return False


async def _take(asked: Sequence[None]) -> list[db.Row | None]:
    rows = await kept.take("push", len(asked))
    return [*rows, *[None] * (len(asked) - len(rows))]


taking = Gathering(_take)


async def send(taken: db.Row) -> None:
    """If it is still to be said, and now; what went wrong is kept with it."""
    if not await kept.goes_out(taken):
        return
    those = json.loads(taken["browsers"])
    message = browsers.message(taken)
    outcomes = await asyncio.gather(*(browsers.tell(browser, message) for browser in those))
    ids: dict[str, list[str]] = {"reached": [], "gone": [], "refused": [], "failed": []}
    for browser, outcome in zip(those, outcomes, strict=True):
        ids[outcome.what].append(browser["id"])
    if ids["gone"]:
        async with db.single() as tx:
            await tx.run(sql.forget_browsers, user_id=taken["user_id"], ids=ids["gone"])
    errors = {outcome.what: outcome.error for outcome in outcomes}
    error = next((errors[what] for what in ("failed", "refused", "gone") if what in errors), None)
    if ids["failed"]:
        await kept.put_off(taken, error, ids["reached"], pause=max(outcome.pause for outcome in outcomes))
    elif ids["reached"] or taken["reached"]:
        await kept.keep(taken, "sent", ids["reached"], error)
    else:
        await kept.keep(taken, "refused" if ids["refused"] else "nobody is there any more", error=error)
