"""The mails that `account_mails` asks for: whose each is, the token in it, and what became of it.

A mail goes out once. After a kill, or a line that broke at the wrong moment, nobody knows whether it did; then it goes
out once more, the same to the last byte, and never a third time.
"""

import hmac
from base64 import urlsafe_b64encode
from uuid import UUID

from functions.notify import letters, smtp
from functions.notify.lanes import Lanes, What
from shared import db, sessions, work
from shared.config import settings
from shared.events import UserPasswordResetRequested
from shared.logs import log
from shared.problems import SignInRequired, Unavailable

sql = db.queries(__file__)

RESET_LIVES = 3600  # seconds
REGISTRATION_LIVES = 24 * 3600


async def send_all() -> None:
    """All that are due. What the mail server did not take comes again with this event, and later by the minute."""
    async with db.single() as tx:
        await tx.run(sql.leave_be)
    if mailing.hears():
        return
    async with work.step() as step:
        if not await mailing.send_all(step):
            await work.announce("mails")
    if mailing.put_off:
        raise Unavailable(f"{mailing.put_off} mails wait for the mail server.")


async def _send_next(step: work.Step) -> What | None:
    async with db.single() as tx:
        mail = await tx.first(sql.take)
    return await _send(mail, step) if mail else None


async def _send(mail: db.Row, step: work.Step) -> What:
    letter = await letter_for(mail)
    if letter is None:
        await settle(mail, "nobody has this address")
        return "done"
    async with db.single() as tx:
        await tx.run(sql.hand_over, id=mail["id"])
    try:
        await smtp.deliver(letter, step.left)
    except smtp.Refused as refused:
        log().error("a mail was refused for good", mail=str(mail["id"]), kind=mail["kind"], error=str(refused))
        await settle(mail, "refused")
    except smtp.NotTaken as error:
        log().warning("a mail waits for the mail server", mail=str(mail["id"]), kind=mail["kind"], error=str(error))
        async with db.single() as tx:
            if await tx.run(sql.put_off, id=mail["id"], sure=error.sure):
                return "away" if error.is_away else "put off"
        await settle(mail, "given up")
    else:
        await settle(mail, "sent")
    return "done"


mailing = Lanes(_send_next)


async def letter_for(mail: db.Row) -> letters.Letter | None:
    """None when there is nobody to write to."""
    match mail["kind"]:
        case "reset":
            token = token_of(mail["id"])
            if (address := await arm(mail, token)) is None:
                return None
            return letters.reset(mail["id"], address, mail["requested_at"], token)
        case "registration":
            return await letter_to_newcomer(mail)
        case "password_changed":
            return letters.password_changed(mail["id"], mail["email"], mail["requested_at"])
    raise AssertionError(mail["kind"])


async def letter_to_newcomer(mail: db.Row) -> letters.Letter:
    """Who has an account is told so, and nobody else learns of it."""
    token = token_of(mail["id"])
    async with db.single() as tx:
        person = await tx.first(sql.whose, email_key=mail["email_key"])
        if person:
            return letters.account_exists(mail["id"], person["email"], mail["requested_at"])
        await tx.run(sql.let_confirm, id=mail["id"], token_hash=sessions.token_hash(token), lives=REGISTRATION_LIVES)
    return letters.registration(mail["id"], mail["email"], mail["requested_at"], token)


async def arm(mail: db.Row, token: str) -> str | None:
    """Let the token set a password, and say where it is to be sent: to the address as the account has it.

    As it was asked for it may be spelled otherwise, and belong to somebody else.
    """
    from shared import changes  # with FastAPI behind them, which no event has to wait for
    from shared.callers import Caller

    async with db.single() as tx:
        person = await tx.first(sql.whose, email_key=mail["email_key"])
    if person is None:
        return None
    user_id, token_hash = person["id"], sessions.token_hash(token)
    try:
        async with changes.change(Caller(user_id, session_id=None, via="system")) as tx:
            await tx.run(sql.arm, id=mail["id"], user_id=user_id, token_hash=token_hash, lives=RESET_LIVES)
            if mail["user_id"] is None:  # and else this was said with the first attempt
                user = (await tx.one(sql.user, id=user_id))["document"]
                tx.emit(UserPasswordResetRequested, user_id, user, changes={})
    except SignInRequired:  # the account was deleted this moment
        return None
    return str(person["email"])


def token_of(mail_id: UUID) -> str:
    """Made of the mail's name and the installation's key, so that the same mail has the same link."""
    secret = hmac.digest(settings().event_signing_keys[0], b"account mail\n" + mail_id.bytes, "sha256")
    return urlsafe_b64encode(secret).decode().rstrip("=")


async def settle(mail: db.Row, outcome: str) -> None:
    async with db.single() as tx:
        await tx.run(sql.settle, id=mail["id"], outcome=outcome)
