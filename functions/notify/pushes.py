"""Pushes on their way: each goes to all browsers of its user at once, and no push service waits for another."""

import asyncio
import json
from collections.abc import Sequence

from functions.notify import browsers, kept
from functions.notify.gathering import Gathering
from shared import db, failures, work

WORKERS = 32  # most of the time each waits for a push service

ASTRAY = 5  # times in a row; the pauses between them are those of a delivery that failed

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
    async with kept.apart(taken):
        if await kept.goes_out(taken):
            await _send(taken)


async def _send(taken: db.Row) -> None:
    those = json.loads(taken["browsers"])
    message = browsers.message(taken)
    outcomes = await asyncio.gather(*(_tell(browser, message) for browser in those))
    ids: dict[str, list[str]] = {"reached": [], "gone": [], "refused": [], "failed": [], "astray": []}
    for browser, outcome in zip(those, outcomes, strict=True):
        ids[_for_good(outcome, browser)].append(browser["id"])
    await _count(taken, those, ids)
    errors = {outcome.what: outcome.error for outcome in outcomes}
    error = next((errors[what] for what in ("failed", "astray", "refused", "gone") if what in errors), None)
    if ids["failed"] or ids["astray"]:
        await kept.put_off(taken, error, ids["reached"], pause=max(outcome.pause for outcome in outcomes))
    elif ids["reached"] or taken["reached"]:
        await kept.keep(taken, "sent", ids["reached"], error)
    else:
        await kept.keep(taken, "refused" if ids["refused"] else "nobody is there any more", error=error)


async def _tell(browser: db.Row, message: browsers.Message) -> browsers.Outcome:
    """What nobody foresaw of one browser keeps no other of its user's from hearing it."""
    try:
        return await browsers.tell(browser, message)
    except Exception as error:
        failures.fault("a browser cannot be told", error, subscription=str(browser["id"]))
        return browsers.Outcome("failed", type(error).__name__)


def _for_good(outcome: browsers.Outcome, browser: db.Row) -> str:
    return "gone" if outcome.what == "astray" and browser["refusals"] + 1 >= ASTRAY else outcome.what


async def _count(taken: db.Row, those: Sequence[db.Row], ids: dict[str, list[str]]) -> None:
    """Which of the browsers are no more, and which lead astray, or do so no longer."""
    user_id = taken["user_id"]
    answered = {*ids["reached"], *ids["refused"]}
    found = [browser["id"] for browser in those if browser["refusals"] and browser["id"] in answered]
    async with db.single() as tx:
        if ids["gone"]:
            await tx.run(sql.forget_browsers, user_id=user_id, ids=ids["gone"])
        if ids["astray"] or found:
            await tx.run(sql.count_refusals, user_id=user_id, astray=ids["astray"], found=found)
