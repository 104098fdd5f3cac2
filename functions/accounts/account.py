"""What takes more than being signed in: a new password, and the end of an account."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response

from functions.accounts import mails, passwords
from functions.accounts.attempts import GUESS, attempt
from functions.accounts.bodies import Farewell, PasswordChange
from functions.accounts.signing_in import signed_out, user_document
from shared import changes, db, sessions
from shared.callers import Caller, InSession, client_address
from shared.events import UserDeleted, UserPasswordChanged
from shared.problems import Forbidden, Invalid
from shared.routes import Straight

sql = db.queries(__file__)
router = APIRouter(route_class=Straight)

WRONG = replace(GUESS, failure=Invalid)  # 401 would tell the page that the session is over


@router.post("/api/me/password", status_code=204)
async def change_password(asked: PasswordChange, caller: InSession, request: Request) -> Response:
    person = await prove(caller, request, "current_password", asked.current_password)
    password_hash = await passwords.hashed(asked.new_password)
    async with changes.change(caller) as tx:
        if not await tx.run(
            sql.set_password, user_id=caller.user_id, checked=person["password_hash"], password_hash=password_hash
        ):
            raise wrong("current_password")
        await tx.run(sql.stop_resets, email_key=person["email_key"])
        ended = await tx.run(sql.end_other_sessions, user_id=caller.user_id, current=caller.session_id)
        tx.emit(UserPasswordChanged, caller.user_id, await user_document(tx), changes={"sessions": [ended + 1, 1]})
        await mails.ask_for(tx, "password_changed", person["email"], person["email_key"], caller.user_id)
    await sessions.forget_copies(caller.user_id)
    await mails.ring()
    return Response(status_code=204)


@router.delete("/api/me", status_code=204)
async def delete_account(asked: Farewell, caller: InSession, request: Request) -> Response:
    """Nobody signs in from now on, and the address is free. `tidy` erases the rest once the history has sealed it."""
    person = await prove(caller, request, "password", asked.password)
    async with changes.change(caller) as tx:
        if not await tx.run(sql.bury, user_id=caller.user_id, checked=person["password_hash"], now=tx.now):
            raise wrong("password")
        await tx.run(sql.end_sessions, user_id=caller.user_id)
        await tx.run(sql.revoke_tokens, user_id=caller.user_id)
        await tx.run(sql.part_from_providers, user_id=caller.user_id)
        await tx.run(sql.stop_mails, user_id=caller.user_id, email_key=person["email_key"])
        await tx.run(sql.stop_counting, user_id=caller.user_id)
        tx.emit(UserDeleted, caller.user_id, await user_document(tx), changes={"deleted": [False, True]})
    return await signed_out(caller)


async def prove(caller: Caller, request: Request, field: str, password: str | None) -> db.Row:
    """That it is still the same person: by the password, or where there is none by a log-in of minutes ago.

    Says who it is, with the hash that was checked: what is done then may only be done while it is still that one.
    """
    async with db.single() as tx:
        person = await tx.first(sql.to_be_proven, user_id=caller.user_id, session_id=caller.session_id)
    if person is None:
        raise changes.gone()
    password_hash: str | None = person["password_hash"]
    if password_hash is None:
        if not person["logged_in_just_now"]:
            raise Forbidden("Log in again first, and then do this within ten minutes.")
        return person
    async with attempt(WRONG, person["email_key"], client_address(request)):
        if not await passwords.is_right(password or "", password_hash):
            raise wrong(field)
    return person


def wrong(field: str) -> Invalid:
    return Invalid.at(field, "this is not your password")
