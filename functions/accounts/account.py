"""What takes more than being signed in: a new password, and the end of an account."""

from fastapi import APIRouter, Request, Response

from functions.accounts import devices, mails, passwords, second_factor
from functions.accounts.bodies import PasswordChange, Proof
from functions.accounts.proving import prove, wrong
from functions.accounts.signing_in import signed_out, user_document
from shared import changes, db, sessions, work
from shared.callers import InSession
from shared.events import UserDeleted, UserPasswordChanged
from shared.routes import Straight

sql = db.queries(__file__)
router = APIRouter(route_class=Straight)


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
    await work.ring("mails")
    answer = Response(status_code=204)
    devices.remember(answer, request, person["email_key"], password_hash)
    return answer


@router.delete("/api/me", status_code=204)
async def delete_account(asked: Proof, caller: InSession, request: Request) -> Response:
    """Nobody signs in from now on, and the address is free. `tidy` erases the rest once the history has sealed it."""
    person = await prove(caller, request, "password", asked.password)
    checked = await second_factor.prove(caller, request, asked.code)
    async with changes.change(caller) as tx:
        await second_factor.use_if_asked(tx, checked)
        if not await tx.run(sql.bury, user_id=caller.user_id, checked=person["password_hash"], now=tx.now):
            raise wrong("password")
        await tx.run(sql.end_sessions, user_id=caller.user_id)
        await tx.run(sql.revoke_tokens, user_id=caller.user_id)
        await tx.run(sql.part_from_providers, user_id=caller.user_id)
        await tx.run(sql.stop_mails, user_id=caller.user_id, email_key=person["email_key"])
        await tx.run(sql.stop_counting, user_id=caller.user_id)
        tx.emit(UserDeleted, caller.user_id, await user_document(tx), changes={"deleted": [False, True]})
    return await signed_out(caller)
