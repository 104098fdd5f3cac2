"""Notifications on their way as letters. While the mail server is away, they wait for the minute."""

from functions.notify import kept, notice_letters, smtp
from functions.notify.lanes import Lanes, What
from shared import db, work

sql = db.queries(__file__, "deliveries")


async def send_all(step: work.Step) -> bool:
    """Whether none is left, or others are at it."""
    async with db.single() as tx:
        await tx.run(sql.leave_be)
    return mailing.hears() or await mailing.send_all(step)


async def _send_next(step: work.Step) -> What | None:
    found = await kept.take("email", 1)
    if not found:
        return None
    async with kept.apart(found[0]):
        return await _send(found[0], step)
    return "put off"


async def _send(taken: db.Row, step: work.Step) -> What:
    if not await kept.goes_out(taken):
        return "done"
    letter = notice_letters.letter(taken)
    async with db.single() as tx:
        await tx.run(sql.hand_over, **dict(zip(("user_id", "notification_id", "channel"), kept.of(taken), strict=True)))
    try:
        await smtp.deliver(letter, step.left)
    except smtp.Refused as refused:
        await kept.keep(taken, "refused", error=str(refused))
    except smtp.NotTaken as error:
        await kept.put_off(taken, str(error), took_back=error.sure)
        return "away" if error.is_away else "put off"
    else:
        await kept.keep(taken, "sent")
    return "done"


mailing = Lanes(_send_next)
